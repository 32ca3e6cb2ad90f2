//! What the lexicon knows of each token of a document: readings and classes, looked up once.

use foldhash::{HashMap, HashMapExt};

use crate::lexicon::Lexicon;
use crate::lexicon::words::{Classes, Reading, WordId};
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
    known: Vec<(u32, u32, Classes)>,
    /// Token → entry of `known`.
    entry: Vec<u32>,
}

impl<'a> Analysis<'a> {
    /// Looks up every word of `tokens`; a word that comes again is looked up once.
    pub fn new(tokens: &'a Tokens<'a>, lexicon: &'a Lexicon) -> Self {
        let mut pool = Vec::new();
        let mut known = vec![(0, 0, Classes::empty())];
        let mut entry = Vec::with_capacity(tokens.len());
        let mut seen: HashMap<&str, u32> = HashMap::with_capacity(1024);
        let mut found = Vec::new();
        for i in 0..tokens.len() {
            let index = match tokens.kind(i) {
                Some(TokenKind::Word | TokenKind::Foreign) => {
                    *seen.entry(tokens.folded(i)).or_insert_with(|| {
                        lexicon.vocabulary.readings(tokens.folded(i), &mut found);
                        let from = pool.len() as u32;
                        pool.extend_from_slice(&found);
                        known.push((from, pool.len() as u32, classes(&found, lexicon)));
                        known.len() as u32 - 1
                    })
                }
                _ => 0,
            };
            entry.push(index);
        }
        Self { tokens, lexicon, pool, known, entry }
    }

    /// The readings of token `i`, the one that takes least off first.
    pub fn readings(&self, i: usize) -> &[Reading] {
        let Some(&entry) = self.entry.get(i) else { return &[] };
        let (from, to, _) = self.known[entry as usize];
        &self.pool[from as usize..to as usize]
    }

    /// All classes of token `i`.
    pub fn classes(&self, i: usize) -> Classes {
        self.entry.get(i).map_or(Classes::empty(), |&e| self.known[e as usize].2)
    }

    /// Whether token `i` is in one of `classes`.
    pub fn is(&self, i: usize, classes: Classes) -> bool {
        self.classes(i).intersects(classes)
    }

    /// The first reading of token `i` that is in one of `classes`.
    pub fn reading_in(&self, i: usize, classes: Classes) -> Option<&Reading> {
        self.readings(i)
            .iter()
            .find(|r| !r.enclitic && self.lexicon.vocabulary.word(r.word).classes.intersects(classes))
    }

    /// The entity whose nisba token `i` is, with the reading.
    pub fn nisba(&self, i: usize) -> Option<(u32, &Reading)> {
        self.readings(i)
            .iter()
            .filter(|r| !r.enclitic)
            .find_map(|r| Some((self.lexicon.vocabulary.word(r.word).nisba?, r)))
    }

    /// The folded form of a word of the vocabulary.
    pub fn lexicon_word(&self, word: WordId) -> &str {
        self.lexicon.vocabulary.text(word)
    }

    /// Whether token `i` is a mark with this folded form.
    pub fn is_mark(&self, i: usize, mark: &str) -> bool {
        self.tokens.kind(i) == Some(TokenKind::Mark) && self.tokens.folded(i) == mark
    }

    /// Whether token `i` is any mark or beyond the text.
    pub fn is_any_mark(&self, i: usize) -> bool {
        !matches!(self.tokens.kind(i), Some(TokenKind::Word | TokenKind::Foreign | TokenKind::Number))
    }
}

fn classes(readings: &[Reading], lexicon: &Lexicon) -> Classes {
    let mut out = Classes::empty();
    for reading in readings.iter().filter(|r| !r.enclitic) {
        let mut classes = lexicon.vocabulary.word(reading.word).classes;
        let future = reading.proclitic == Some(crate::lexicon::words::Proclitic::Sa);
        if reading.definite || (reading.proclitic.is_some() && !future) {
            classes -= CLOSED;
        }
        out |= classes;
    }
    out
}
