//! What the lexicon knows of each token of a document: readings and classes.

use std::hash::{BuildHasher, Hasher};
use std::ops::Range;

use super::dates::lexemes::Calendar;
use super::dates::lexicon::Hit;
pub use super::words::Traits;
use super::words::{Known, Words};
use crate::lexicon::Lexicon;
use crate::lexicon::phrases::{Begins, Found};
use crate::lexicon::words::{Classes, Reading, WordId};
use crate::text::{TokenKind, Tokens};

/// The tokens of a document with their readings.
#[derive(Debug)]
pub struct Analysis<'a> {
    /// The tokens.
    pub tokens: &'a Tokens<'a>,
    /// The lexicon that was asked.
    pub lexicon: &'a Lexicon,
    words: Words,
    /// For each token the entry of its word.
    entries: Vec<u32>,
}

impl Calendar for Analysis<'_> {
    fn tokens(&self) -> &Tokens<'_> {
        self.tokens
    }

    fn hit(&self, i: usize) -> Option<&'static Hit> {
        self.known(i).date
    }
}

impl<'a> Analysis<'a> {
    /// Looks up every word of `tokens`.
    pub fn new(tokens: &'a Tokens<'a>, lexicon: &'a Lexicon) -> Self {
        let mut words = Words::of(lexicon);
        let entry = |i: usize| match tokens.kind(i) {
            Some(TokenKind::Word | TokenKind::Foreign) => words.entry(tokens.folded(i), lexicon),
            _ => Words::NONE,
        };
        let entries = (0..tokens.len()).map(entry).collect();
        Self { tokens, lexicon, words, entries }
    }

    /// Keeps what was looked up for the next document.
    pub(super) fn keep(self) {
        self.words.keep();
    }

    #[inline]
    fn entry(&self, i: usize) -> u32 {
        self.entries.get(i).copied().unwrap_or(Words::NONE)
    }

    #[inline]
    fn known(&self, i: usize) -> &Known {
        self.words.known(self.entry(i))
    }

    /// The readings of token `i`, the one that takes least off first.
    #[inline]
    pub fn readings(&self, i: usize) -> &[Reading] {
        self.words.readings(self.entry(i))
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

    /// The prepositions that may be written together with token `i` ([`crate::lexicon::words::Proclitic::bit`]).
    #[inline]
    pub fn proclitics(&self, i: usize) -> u8 {
        self.known(i).proclitics
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

    /// The folded forms of `tokens` as one number.
    pub fn fingerprint(&self, tokens: Range<usize>) -> u64 {
        let mut hash = foldhash::quality::FixedState::default().build_hasher();
        for i in tokens {
            match self.entry(i) {
                Words::NONE => hash.write(self.tokens.folded(i).as_bytes()),
                entry => hash.write_u32(entry),
            }
        }
        hash.finish()
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
