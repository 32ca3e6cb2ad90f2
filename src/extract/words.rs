//! What the lexicon knows of words as written: readings, classes, what they can begin. Words are looked up
//! once and kept from document to document.

use std::cell::Cell;

use bitflags::bitflags;

use super::dates;
use super::dates::lexicon::Hit;
use crate::lexicon::Lexicon;
use crate::lexicon::phrases::Begins;
use crate::lexicon::triggers::Uses;
use crate::lexicon::words::{Classes, Proclitic, Reading, Word, WordId};
use crate::text::WordMap;

/// Classes that a word has only as it stands or behind a conjunction: behind a preposition or the
/// article it is another word.
const CLOSED: Classes = Classes::NEGATION
    .union(Classes::SUBORDINATOR)
    .union(Classes::COMPLEMENTIZER)
    .union(Classes::PRONOUN_COMPLEMENTIZER)
    .union(Classes::RELATIVE)
    .union(Classes::PREPOSITION)
    .union(Classes::LOCATIVE)
    .union(Classes::ATTRIBUTION)
    .union(Classes::PASSIVE_LIGHT)
    .union(Classes::SPEECH)
    .union(Classes::PLAIN_VERB)
    .union(Classes::LIGHT);

/// Classes of words with which a mention of an actor or place may begin.
const HEADS: Classes = Classes::TITLE
    .union(Classes::BODY_HEAD)
    .union(Classes::COLLECTIVE_STATE)
    .union(Classes::COLLECTIVE_BODY)
    .union(NAMES)
    .union(Classes::NAME_PARTICLE)
    .union(Classes::HONORIFIC)
    .union(Classes::HOMELAND)
    .union(Classes::NUMERAL);

/// Classes of words that some name is spelled like.
pub(super) const NAMES: Classes = Classes::GIVEN_NAME.union(Classes::GIVEN_RISKY);

/// How many words are kept for the next document at most: some ten megabytes a thread.
const MOST: usize = 1 << 16;
/// How many bytes they may have: no text consists of endless words.
const MOST_BYTES: usize = 16 * MOST;

thread_local! {
    /// What the last document of this thread left behind.
    static KEPT: Cell<Option<Words>> = const { Cell::new(None) };
}

/// Words as written with what one lexicon knows of them.
#[derive(Debug)]
pub(super) struct Words {
    /// [`Lexicon::number`] of that lexicon.
    lexicon: u64,
    /// Word → entry of `known`.
    entries: WordMap<u32>,
    known: Vec<Known>,
    pool: Vec<Reading>,
    /// How many bytes the words have.
    bytes: usize,
}

impl Words {
    /// The entry of whatever is no word.
    pub(super) const NONE: u32 = 0;

    /// The words that this thread has kept of the lexicon.
    pub(super) fn of(lexicon: &Lexicon) -> Self {
        KEPT.take().filter(|words| words.lexicon == lexicon.number()).unwrap_or_else(|| Self {
            lexicon: lexicon.number(),
            entries: WordMap::default(),
            known: vec![NOTHING],
            pool: Vec::new(),
            bytes: 0,
        })
    }

    /// Keeps them for the next document of this thread, unless they became too many.
    pub(super) fn keep(self) {
        if self.known.len() <= MOST && self.bytes <= MOST_BYTES {
            KEPT.set(Some(self));
        }
    }

    /// The entry of a folded word.
    #[inline]
    pub(super) fn entry(&mut self, folded: &str, lexicon: &Lexicon) -> u32 {
        let Self { entries, known, pool, bytes, .. } = self;
        entries.get_or_insert_with(folded, || {
            *bytes += folded.len();
            let from = pool.len();
            lexicon.vocabulary.readings(folded, pool);
            known.push(Known::new(folded, from, pool, lexicon));
            known.len() as u32 - 1
        })
    }

    /// What is known of an entry.
    #[inline]
    pub(super) fn known(&self, entry: u32) -> &Known {
        &self.known[entry as usize]
    }

    /// The readings of an entry, the one that takes least off first.
    #[inline]
    pub(super) fn readings(&self, entry: u32) -> &[Reading] {
        let (from, to) = self.known(entry).readings;
        &self.pool[from as usize..to as usize]
    }
}

bitflags! {
    /// As what a word as written can be read.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Traits: u16 {
        /// As a form of a trigger.
        const TRIGGER = 1;
        /// As a finite verb of the triggers.
        const FINITE = 1 << 1;
        /// As such a verb without preposition or article.
        const VERB = 1 << 2;
        /// As a noun of the triggers with nothing taken off but the article.
        const NOUN = 1 << 3;
        /// As a word behind a conjunction.
        const JOINED = 1 << 4;
        /// As a word with the article, as it is or behind a proclitic.
        const DEFINITE = 1 << 5;
        /// As an adjective of a country or people.
        const NISBA = 1 << 6;
        /// As a word that names a country or people, or a seat of its power, or as their adjective.
        const STATE = 1 << 7;
        /// As a word of which nothing is known as it stands, or only that people are called so or an active
        /// participle, and which has no article.
        const UNKNOWN = 1 << 8;
        /// As the beginning of a mention, unless something that was told before says so.
        const ACTOR = 1 << 9;
        /// As a word that some sense asks for behind its trigger.
        const AFTER = 1 << 10;
        /// As a word that points back to whoever was named last (`الأخير`).
        const LATTER = 1 << 11;
    }
}

/// What is known of one word as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// Its readings in the pool.
    readings: (u32, u32),
    /// Its classes.
    pub(super) classes: Classes,
    /// The classes of all of its hosts, whatever was taken off.
    pub(super) hosts: Classes,
    /// As what it can be read.
    pub(super) traits: Traits,
    /// The prepositions that may be written together with it, a bit each.
    pub(super) proclitics: u8,
    /// What phrases that begin with it stand for.
    pub(super) begins: Begins,
    /// Which word it is as it stands.
    pub(super) word: Option<WordId>,
    /// What it means in the calendar.
    pub(super) date: Option<&'static Hit>,
}

/// What is known of a mark, a number or a word beyond the text.
pub(super) const NOTHING: Known = Known {
    readings: (0, 0),
    classes: Classes::empty(),
    hosts: Classes::empty(),
    traits: Traits::empty(),
    proclitics: 0,
    begins: Begins::empty(),
    word: None,
    date: None,
};

/// As what the trigger forms of a word can be read where it is read so.
fn traits(word: &Word, reading: &Reading) -> Traits {
    let finite = word.uses.intersects(Uses::PERFECT | Uses::IMPERFECT);
    let mut out = Traits::empty();
    out.set(Traits::TRIGGER, word.uses.intersects(Uses::FORMS));
    out.set(Traits::FINITE, finite);
    out.set(Traits::VERB, finite && !reading.definite && reading.proclitic.is_none());
    out.set(Traits::NOUN, word.uses.contains(Uses::NOUN) && reading.prefix == 0 && !reading.enclitic);
    out.set(Traits::AFTER, word.uses.contains(Uses::AFTER));
    out
}

impl Known {
    /// What the readings of a folded word, which stand in the pool from `from` on, say together.
    fn new(folded: &str, from: usize, pool: &[Reading], lexicon: &Lexicon) -> Self {
        let readings = &pool[from..];
        let date = dates::lexicon::Lexicon::shipped().hit(folded);
        let mut out = Self { readings: (from as u32, pool.len() as u32), date, ..NOTHING };
        let article = folded.starts_with("ال");
        out.traits.set(Traits::DEFINITE, article && folded.chars().nth(3).is_some());
        let mut unknown = !article && folded.chars().nth(2).is_some();
        for reading in readings {
            let word = lexicon.vocabulary.word(reading.word);
            out.traits |= traits(word, reading);
            out.proclitics |= reading.proclitic.map_or(0, Proclitic::bit);
            out.begins |= word.begins;
            unknown &= reading.enclitic
                || reading.prefix > 0
                || !word.uses.intersects(Uses::FORMS - Uses::ACTIVE) && (word.classes - NAMES).is_empty();
            if reading.conjunction {
                out.traits |= Traits::JOINED;
            }
            if reading.definite {
                out.traits |= Traits::DEFINITE;
            }
            let mut classes = word.classes;
            out.hosts |= classes;
            if reading.enclitic {
                continue;
            }
            if word.nisba.or(word.nisba_again).is_some() {
                out.traits |= Traits::NISBA;
            }
            if word.country.or(word.nisba).is_some() {
                out.traits |= Traits::STATE;
            }
            let future = reading.proclitic == Some(Proclitic::Sa);
            if reading.definite || (reading.proclitic.is_some() && !future) {
                classes -= CLOSED;
            }
            out.classes |= classes;
            if reading.prefix == 0 && !reading.definite {
                out.word = Some(reading.word);
            }
        }
        // An unknown word that begins with ب or ل is taken for one with that preposition.
        if readings.is_empty() {
            out.proclitics = match folded.chars().next() {
                Some('ب') => Proclitic::Bi.bit(),
                Some('ل') => Proclitic::Li.bit(),
                _ => 0,
            };
        }
        out.traits.set(Traits::UNKNOWN, unknown);
        out.traits.set(Traits::LATTER, lexicon.particles.latter.has(folded));
        let names = Begins::NAME | Begins::TITLE;
        let actor = unknown
            || readings.is_empty()
            || out.begins.intersects(names)
            || out.hosts.intersects(HEADS)
            || out.traits.contains(Traits::NISBA);
        out.traits.set(Traits::ACTOR, actor);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_for_their_own_lexicon() {
        let (one, other) = (Lexicon::default(), Lexicon::default());
        let mut words = Words::of(&one);
        let entry = words.entry("مصر", &one);
        words.keep();
        let mut words = Words::of(&one);
        assert_eq!((words.known.len(), words.entry("مصر", &one)), (2, entry));
        words.keep();
        assert_eq!(Words::of(&other).known.len(), 1);
    }

    #[test]
    fn endless_words_are_not_kept() {
        let lexicon = Lexicon::default();
        let mut words = Words::of(&lexicon);
        words.entry(&"م".repeat(MOST_BYTES), &lexicon);
        words.keep();
        assert_eq!(Words::of(&lexicon).known.len(), 1);
    }
}
