//! Words that single rules ask for exactly as they stand, and how they are asked for fast.

use foldhash::HashSet;
use serde::Deserialize;

use crate::text::fold::fold_phrase;

/// Words that single rules of the grammar ask for by their form.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The keys are explained where the words stand.
pub struct Particles {
    pub with: Forms,
    pub topic: Forms,
    pub agent: Forms,
    pub purpose: Forms,
    pub to_whom: Forms,
    pub stress: Forms,
    pub after_fact: Forms,
    pub subjunctive: Forms,
    pub no_subjunctive: Forms,
    pub exception: Forms,
    pub will_be: Forms,
    pub until: Forms,
    pub onset: Forms,
    pub half: Forms,
    pub masculine: Forms,
    pub feminine: Forms,
    pub suffered: Forms,
    pub decree: Forms,
    pub share: Forms,
    pub members: Forms,
    pub aside: Forms,
    pub son: Forms,
    pub of_another: Forms,
    pub needs_object: Forms,
    pub asks: Forms,
    pub split: Forms,
    pub concern: Forms,
    pub reason: Forms,
    pub belonging: Forms,
    pub people: Forms,
    pub among: Forms,
    pub weapons: Forms,
    pub express: Forms,
    pub side: Forms,
    pub against: Forms,
    pub crowd: Forms,
    pub when: Forms,
    pub for_year: Forms,
    pub care: Forms,
    pub going: Forms,
    pub by_itself: Forms,
    pub summit: Forms,
    pub scale: Forms,
    pub apart: Forms,
    pub was: Forms,
    pub means: Forms,
    pub again: Forms,
    pub successor: Forms,
    pub moment: Forms,
    pub latter: Forms,
    pub this: Forms,
    pub this_day: Forms,
}

/// Words in one spelling, folded; asked for as they stand, without taking anything off.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Forms {
    words: HashSet<String>,
    /// The [`Self::kind`]s of the words, a bit each: most words of a text are of none of them.
    kinds: u64,
}

impl Forms {
    /// Whether a folded word is one of them.
    #[inline]
    pub fn has(&self, folded: &str) -> bool {
        self.kinds & Self::kind(folded) != 0 && self.holds(folded)
    }

    fn holds(&self, folded: &str) -> bool {
        self.words.contains(folded)
    }

    /// Whether one of them stands in a folded text.
    pub fn stand_in(&self, folded: &str) -> bool {
        self.words.iter().any(|words| folded.contains(words))
    }

    /// One of 64 kinds of words, by length, first and last letter.
    #[inline]
    fn kind(folded: &str) -> u64 {
        let (first, last) = match folded.as_bytes() {
            [_, first, .., last] => (usize::from(*first), usize::from(*last)),
            _ => (0, 0),
        };
        1 << ((first ^ last << 3 ^ folded.len() << 2) % 64)
    }
}

impl From<Vec<String>> for Forms {
    fn from(words: Vec<String>) -> Self {
        let words: HashSet<String> = words.iter().map(|word| fold_phrase(word)).collect();
        let kinds = words.iter().fold(0, |kinds, word| kinds | Self::kind(word));
        Self { words, kinds }
    }
}
