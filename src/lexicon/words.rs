//! The vocabulary: every known folded word with what is known of it, and how a word as written is
//! taken apart into proclitics, article, host and enclitic.

pub use super::classes::{Classes, Genders, Subjects};
use super::phrases::Begins;
use super::triggers::{TriggerForm, Uses};
use crate::text::WordMap;
use crate::text::fold::fold_phrase;

/// Index of a word in the vocabulary.
pub type WordId = u32;

/// What is known of one folded word: a line of the processor's cache, since words are asked for in no
/// order.
#[derive(Debug, Default)]
#[repr(align(64))]
pub struct Word {
    /// The classes it belongs to.
    pub classes: Classes,
    /// The country or people whose nisba it is (index of a lexicon entity).
    pub nisba: Option<u32>,
    /// The same of an adjective that means something else as well (`مالي`): only where that country
    /// was named.
    pub nisba_again: Option<u32>,
    /// The country of which this one word is a name, or whose seat of power.
    pub country: Option<u32>,
    /// The trigger forms it can be.
    pub triggers: Vec<TriggerForm>,
    /// What it is to the triggers.
    pub uses: Uses,
    /// Whom it agrees with as a verb; empty where it is none that the lexicon knows.
    pub subjects: Subjects,
    /// As what verbs agree with it.
    pub genders: Genders,
    /// What phrases that begin with it stand for.
    pub begins: Begins,
    /// Where [`super::phrases::Phrases`] has them; 0 where there are none.
    pub phrases: u32,
}

const _: () = assert!(size_of::<Word>() == 64);

/// All known words.
#[derive(Debug, Default)]
pub struct Vocabulary {
    ids: WordMap<WordId>,
    words: Vec<Word>,
    /// Their folded forms.
    texts: Vec<Box<str>>,
}

/// A preposition written together with its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proclitic {
    /// ب
    Bi,
    /// ك
    Ka,
    /// ل
    Li,
    /// س of the future
    Sa,
}

impl Proclitic {
    /// A bit of its own, for sets of them.
    pub const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// One way to take a word apart.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// The known host.
    pub word: WordId,
    /// A conjunction و or ف stands before it.
    pub conjunction: bool,
    /// The preposition or future particle before it.
    pub proclitic: Option<Proclitic>,
    /// The article was taken off.
    pub definite: bool,
    /// A pronoun was taken off its end.
    pub enclitic: bool,
    /// Folded bytes before the host (the article not counted).
    pub prefix: u8,
}

/// Pronouns that are written together with the word before them; none ends in another, so that a word
/// has one at most. `ي` is left out: at a word's end it nearly always makes an adjective.
const ENCLITICS: [&str; 10] = ["هما", "كما", "هم", "هن", "ها", "كم", "نا", "ني", "ه", "ك"];

/// Longest folded word that is taken apart, in bytes: longer ones are no words of the language.
const LONGEST: usize = 60;

impl Vocabulary {
    /// The id of a folded word, made known if it was not.
    pub fn intern(&mut self, folded: &str) -> WordId {
        if let Some(id) = self.id(folded) {
            return id;
        }
        let id = self.words.len() as WordId;
        self.ids.insert(folded, id);
        self.words.push(Word::default());
        self.texts.push(folded.into());
        id
    }

    /// Forgets which words mean an entity of `gone`.
    pub fn forget(&mut self, gone: &[u32]) {
        for word in &mut self.words {
            for meaning in [&mut word.nisba, &mut word.nisba_again, &mut word.country] {
                *meaning = meaning.filter(|entity| !gone.contains(entity));
            }
        }
    }

    /// The id of a folded word, if known.
    pub fn id(&self, folded: &str) -> Option<WordId> {
        self.ids.get(folded).copied()
    }

    /// What is known of a word.
    #[inline]
    pub fn word(&self, id: WordId) -> &Word {
        &self.words[id as usize]
    }

    /// The folded form of a word.
    pub fn text(&self, id: WordId) -> &str {
        &self.texts[id as usize]
    }

    /// To add what is known of a word.
    pub fn word_mut(&mut self, id: WordId) -> &mut Word {
        &mut self.words[id as usize]
    }

    /// Puts a word, in any spelling, into classes.
    pub fn classify(&mut self, word: &str, classes: Classes) {
        let id = self.intern(&fold_phrase(word));
        self.words[id as usize].classes |= classes;
    }

    /// Says as what verbs agree with a word, in any spelling.
    pub fn agree(&mut self, word: &str, genders: Genders) {
        let id = self.intern(&fold_phrase(word));
        self.words[id as usize].genders |= genders;
    }

    /// Takes a word, in any spelling, out of classes.
    pub fn declassify(&mut self, word: &str, classes: Classes) {
        if let Some(id) = self.id(&fold_phrase(word)) {
            self.words[id as usize].classes -= classes;
        }
    }

    /// A particle is never the verb that a form is spelled like: `إنه` is no form of أنهى.
    pub fn settle(&mut self) {
        let particle = Classes::NEGATION
            | Classes::SUBORDINATOR
            | Classes::RELATIVE
            | Classes::PREPOSITION
            | Classes::HOMOGRAPH;
        let verb = Classes::SPEECH | Classes::PLAIN_VERB | Classes::LIGHT | Classes::CONSEQUENCE;
        for word in &mut self.words {
            if word.classes.intersects(particle) {
                word.classes -= verb;
            }
        }
    }

    /// Appends all ways to take a folded word apart into a known host and its clitics, the one that takes
    /// least off first. The host of a reading with `definite` stands in the vocabulary without the
    /// article.
    pub fn readings(&self, folded: &str, out: &mut Vec<Reading>) {
        if folded.len() > LONGEST {
            return;
        }
        let enclitic = ENCLITICS.into_iter().find(|enclitic| folded.ends_with(enclitic));
        clitics(folded, |clitics, host| {
            self.hosts(host, clitics, enclitic, out);
            None::<()>
        });
    }

    fn hosts(&self, host: &str, clitics: Clitics, enclitic: Option<&str>, out: &mut Vec<Reading>) {
        let Clitics { conjunction, proclitic, prefix } = clitics;
        let mut push = |word, definite, enclitic| {
            out.push(Reading { word, conjunction, proclitic, definite, enclitic, prefix });
        };
        if let Some(word) = self.id(host) {
            push(word, false, false);
        }
        if let Some(bare) = host.strip_prefix("ال")
            && bare.len() >= 4
            && let Some(word) = self.id(bare)
        {
            push(word, true, false);
        }
        if let Some(stem) = enclitic.and_then(|enclitic| host.strip_suffix(enclitic))
            && stem.len() >= 4
            && let Some(word) = self.id(stem)
            && (!self.word(word).triggers.is_empty()
                || self.word(word).classes.intersects(Classes::OBJECT | Classes::LIGHT))
        {
            push(word, false, true);
        }
    }
}

/// What is written together with a word before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clitics {
    /// A conjunction و or ف.
    pub conjunction: bool,
    /// A preposition or the future particle.
    pub proclitic: Option<Proclitic>,
    /// Their folded bytes.
    pub prefix: u8,
}

/// Offers to `take` all ways to take clitics off the beginning of a folded word, with what remains (two
/// letters at least), until it takes one: the whole word first, then without a preposition, a
/// conjunction, both. Behind `لل` the article's alef, which is not written there, is given back.
pub fn clitics<T>(folded: &str, mut take: impl FnMut(Clitics, &str) -> Option<T>) -> Option<T> {
    behind_conjunction(folded, Clitics::default(), &mut take).or_else(|| {
        let rest = folded.strip_prefix(['و', 'ف']).filter(|rest| rest.len() >= 4)?;
        behind_conjunction(rest, Clitics { conjunction: true, proclitic: None, prefix: 2 }, &mut take)
    })
}

/// Offers what stands behind the conjunction in `clitics`: all of it, then without its preposition.
fn behind_conjunction<T>(
    rest: &str,
    clitics: Clitics,
    take: &mut impl FnMut(Clitics, &str) -> Option<T>,
) -> Option<T> {
    let taken = take(clitics, rest);
    if taken.is_some() {
        return taken;
    }
    let proclitic = match rest.chars().next()? {
        'ب' => Proclitic::Bi,
        'ل' => Proclitic::Li,
        'ك' => Proclitic::Ka,
        'س' => Proclitic::Sa,
        _ => return None,
    };
    let host = &rest['ب'.len_utf8()..];
    if host.len() < 4 {
        return None;
    }
    let clitics = Clitics { proclitic: Some(proclitic), prefix: clitics.prefix + 2, ..clitics };
    let taken = take(clitics, host);
    let article = proclitic == Proclitic::Li && host.starts_with('ل');
    if article && taken.is_none() { take(clitics, &["ا", host].concat()) } else { taken }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(words: &[&str]) -> Vocabulary {
        let mut v = Vocabulary::default();
        for w in words {
            v.classify(w, Classes::COMMON);
        }
        v
    }

    #[test]
    fn words_are_taken_apart() {
        let v = vocabulary(&["روسيا", "الكرملين", "جيش", "لكن", "بوتين"]);
        let mut out = Vec::new();
        for (word, conjunction, proclitic, definite) in [
            ("وروسيا", true, None, false),
            ("لروسيا", false, Some(Proclitic::Li), false),
            ("للكرملين", false, Some(Proclitic::Li), false),
            ("وبالجيش", true, Some(Proclitic::Bi), true),
            ("للجيش", false, Some(Proclitic::Li), true),
            ("لكن", false, None, false),
            ("بوتين", false, None, false),
        ] {
            out.clear();
            v.readings(word, &mut out);
            let r = out.first().unwrap_or_else(|| panic!("{word}"));
            assert_eq!(
                (r.conjunction, r.proclitic, r.definite),
                (conjunction, proclitic, definite),
                "{word}"
            );
        }
    }

    #[test]
    fn no_pronoun_ends_in_another() {
        for one in ENCLITICS {
            assert_eq!(ENCLITICS.iter().filter(|other| one.ends_with(**other)).count(), 1, "{one}");
        }
    }

    #[test]
    fn unknown_words_have_no_reading() {
        let v = vocabulary(&["روسيا"]);
        let mut out = Vec::new();
        v.readings("مصر", &mut out);
        assert!(out.is_empty());
        v.readings(&"و".repeat(1000), &mut out);
        assert!(out.is_empty());
    }
}
