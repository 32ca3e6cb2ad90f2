//! What the lexicon knows of each token of a document: readings and classes, looked up once.

use bitflags::bitflags;
use foldhash::{HashMap, HashMapExt};

use crate::lexicon::Lexicon;
use crate::lexicon::phrases::{Begins, Found};
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::{Classes, Proclitic, Reading, WordId};
use crate::text::{TokenKind, Tokens};

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

/// The tokens of a document with their readings.
#[derive(Debug)]
pub struct Analysis<'a> {
    /// The tokens.
    pub tokens: &'a Tokens<'a>,
    /// The lexicon that was asked.
    pub lexicon: &'a Lexicon,
    pool: Vec<Reading>,
    known: Vec<Known>,
    /// Token → entry of `known`.
    entry: Vec<u32>,
}

bitflags! {
    /// As what a word as written can be read.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Traits: u8 {
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
    }
}

/// What is known of one word as written.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// Its readings in the pool.
    readings: (u32, u32),
    /// Its classes.
    classes: Classes,
    /// The classes of all of its hosts, whatever was taken off.
    hosts: Classes,
    /// As what it can be read.
    traits: Traits,
    /// What phrases that begin with it stand for.
    begins: Begins,
    /// Which word it is as it stands.
    word: Option<WordId>,
}

/// What is known of a mark, a number or a word beyond the text.
const NOTHING: Known = Known {
    readings: (0, 0),
    classes: Classes::empty(),
    hosts: Classes::empty(),
    traits: Traits::empty(),
    begins: Begins::empty(),
    word: None,
};

impl<'a> Analysis<'a> {
    /// Looks up every word of `tokens`; a word that comes again is looked up once.
    pub fn new(tokens: &'a Tokens<'a>, lexicon: &'a Lexicon) -> Self {
        let mut pool = Vec::new();
        // About so many different words has a text of ordinary length.
        let different = (tokens.len() / 2).min(1024);
        let mut known = Vec::with_capacity(1 + different);
        known.push(NOTHING);
        let mut entry = Vec::with_capacity(tokens.len());
        let mut seen: HashMap<&str, u32> = HashMap::with_capacity(different);
        let mut found = Vec::new();
        for i in 0..tokens.len() {
            let index = match tokens.kind(i) {
                Some(TokenKind::Word | TokenKind::Foreign) => {
                    *seen.entry(tokens.folded(i)).or_insert_with(|| {
                        lexicon.vocabulary.readings(tokens.folded(i), &mut found);
                        let from = pool.len() as u32;
                        pool.extend_from_slice(&found);
                        known.push(Known::new(tokens.folded(i), from, &found, lexicon));
                        known.len() as u32 - 1
                    })
                }
                _ => 0,
            };
            entry.push(index);
        }
        Self { tokens, lexicon, pool, known, entry }
    }

    #[inline]
    fn known(&self, i: usize) -> &Known {
        self.entry.get(i).map_or(&NOTHING, |&entry| &self.known[entry as usize])
    }

    /// The readings of token `i`, the one that takes least off first.
    #[inline]
    pub fn readings(&self, i: usize) -> &[Reading] {
        let (from, to) = self.known(i).readings;
        &self.pool[from as usize..to as usize]
    }

    /// All classes of token `i`.
    #[inline]
    pub fn classes(&self, i: usize) -> Classes {
        self.known(i).classes
    }

    /// Whether some host of token `i` is in one of `classes`, whatever was taken off.
    #[inline]
    pub fn has_host(&self, i: usize, classes: Classes) -> bool {
        self.known(i).hosts.intersects(classes)
    }

    /// Whether token `i` is in one of `classes`.
    #[inline]
    pub fn is(&self, i: usize, classes: Classes) -> bool {
        self.classes(i).intersects(classes)
    }

    /// Whether token `i` can be read as one of `traits`.
    #[inline]
    pub fn has(&self, i: usize, traits: Traits) -> bool {
        self.known(i).traits.intersects(traits)
    }

    /// Whether phrases that stand for one of `meanings` begin with the word at `i`.
    #[inline]
    pub fn begins(&self, i: usize, meanings: Begins) -> bool {
        self.known(i).begins.intersects(meanings)
    }

    /// The first reading of token `i` that is in one of `classes`.
    pub fn reading_in(&self, i: usize, classes: Classes) -> Option<&Reading> {
        if !self.has_host(i, classes) {
            return None;
        }
        self.readings(i)
            .iter()
            .find(|r| !r.enclitic && self.lexicon.vocabulary.word(r.word).classes.intersects(classes))
    }

    /// The entity whose nisba token `i` is, with the reading.
    pub fn nisba(&self, i: usize) -> Option<(u32, &Reading)> {
        if !self.has(i, Traits::NISBA) {
            return None;
        }
        self.readings(i)
            .iter()
            .filter(|r| !r.enclitic)
            .find_map(|r| Some((self.lexicon.vocabulary.word(r.word).nisba?, r)))
    }

    /// The longest phrase of the lexicon that begins with `first`, the host of token `i`.
    pub fn phrase(&self, i: usize, first: WordId) -> Option<Found<'a>> {
        let word = |i: usize| match self.tokens.kind(i)? {
            TokenKind::Word | TokenKind::Foreign => self.known(i).word,
            _ => self.lexicon.vocabulary.id(self.tokens.folded(i)),
        };
        let phrases = self.lexicon.vocabulary.word(first).phrases;
        self.lexicon.phrases.longest(self.tokens, word, i, phrases)
    }

    /// The folded form of a word of the vocabulary.
    pub fn lexicon_word(&self, word: WordId) -> &str {
        self.lexicon.vocabulary.text(word)
    }

    /// Whether token `i` is a mark with this folded form.
    #[inline]
    pub fn is_mark(&self, i: usize, mark: &str) -> bool {
        self.tokens.kind(i) == Some(TokenKind::Mark) && self.tokens.folded(i) == mark
    }

    /// Whether token `i` is any mark or beyond the text.
    #[inline]
    pub fn is_any_mark(&self, i: usize) -> bool {
        !matches!(self.tokens.kind(i), Some(TokenKind::Word | TokenKind::Foreign | TokenKind::Number))
    }
}

/// What a form of this shape is where it is read so.
fn traits(shape: Shape, reading: &Reading) -> Traits {
    match shape {
        Shape::Perfect | Shape::Imperfect if !reading.definite && reading.proclitic.is_none() => {
            Traits::TRIGGER | Traits::FINITE | Traits::VERB
        }
        Shape::Perfect | Shape::Imperfect => Traits::TRIGGER | Traits::FINITE,
        Shape::Noun if reading.prefix == 0 && !reading.enclitic => Traits::TRIGGER | Traits::NOUN,
        Shape::Noun | Shape::Active | Shape::Passive => Traits::TRIGGER,
    }
}

impl Known {
    /// What the readings of a folded word, which begin in the pool at `from`, say together.
    fn new(folded: &str, from: u32, readings: &[Reading], lexicon: &Lexicon) -> Self {
        let mut out = Self { readings: (from, from + readings.len() as u32), ..NOTHING };
        out.traits.set(Traits::DEFINITE, folded.starts_with("ال") && folded.chars().nth(3).is_some());
        for reading in readings {
            let word = lexicon.vocabulary.word(reading.word);
            for form in &word.triggers {
                out.traits |= traits(form.shape, reading);
            }
            out.begins |= word.begins;
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
        out
    }
}
