//! Clauses: how far a trigger's words reach to the left and right.

use std::ops::Range;

use super::candidates::Candidate;
use crate::extract::analysis::{Analysis, Traits};
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::Classes;
use crate::text::TokenKind;

/// What every token of a sentence is to the clauses around it.
#[derive(Debug)]
pub struct Clauses<'c, 'a> {
    a: &'c Analysis<'a>,
    sentence: Range<usize>,
    candidates: &'c [Candidate],
    /// For each token of the sentence whether a finite verb stands there, and whether a clause begins.
    verbs: Vec<bool>,
    starts: Vec<bool>,
}

impl<'c, 'a> Clauses<'c, 'a> {
    /// The clauses of a sentence with these candidates.
    pub fn new(a: &'c Analysis<'a>, sentence: Range<usize>, candidates: &'c [Candidate]) -> Self {
        let mut clauses =
            Self { a, sentence: sentence.clone(), candidates, verbs: Vec::new(), starts: Vec::new() };
        clauses.verbs = sentence.clone().map(|i| clauses.is_verb(i)).collect();
        clauses.starts = sentence.map(|i| clauses.is_start(i)).collect();
        clauses
    }

    /// Whether a finite verb stands at `i`, trigger or not.
    pub fn verb_at(&self, i: usize) -> bool {
        let inside = i.checked_sub(self.sentence.start).and_then(|n| self.verbs.get(n));
        inside.copied().unwrap_or_else(|| self.is_verb(i))
    }

    fn is_verb(&self, i: usize) -> bool {
        self.a.is(i, Classes::SPEECH | Classes::PLAIN_VERB | Classes::PASSIVE_LIGHT)
            || self.candidates.iter().any(|c| c.tokens.start == i && c.is_verb())
            || self.light_at(i)
    }

    fn light_at(&self, i: usize) -> bool {
        self.a.is(i, Classes::LIGHT) && !self.candidates.iter().any(|c| c.tokens.start == i)
    }

    /// Whether a participle trigger (`رافضا`, `داعيا`) opens a clause at `i`.
    fn participle_at(&self, i: usize) -> bool {
        self.candidates.iter().any(|c| c.tokens.start == i && c.shape == Shape::Active && !c.definite)
    }

    /// Whether a new clause begins with token `i`.
    pub fn begins(&self, i: usize) -> bool {
        let inside = i.checked_sub(self.sentence.start).and_then(|n| self.starts.get(n));
        inside.copied().unwrap_or_else(|| self.is_start(i))
    }

    fn is_start(&self, i: usize) -> bool {
        if i <= self.sentence.start {
            return true;
        }
        if self.a.tokens.kind(i) == Some(TokenKind::Mark) {
            return matches!(self.a.tokens.folded(i), ":" | "؛" | ";" | "." | "؟" | "!")
                || matches!(self.a.tokens.folded(i), "–" | "—" | "-") && self.a.tokens.all()[i].spaced
                || matches!(self.a.tokens.folded(i), "،" | ",") && self.clause_after_comma(i + 1);
        }
        if self.a.is(i, Classes::SUBORDINATOR | Classes::RELATIVE) && !self.is_adverbial_ma(i) {
            return true;
        }
        // `منذ` is a conjunction before a verb: `منذ التقى جو بايدن بوتين`.
        if self.a.tokens.folded(i) == "منذ" && self.verb_at(i + 1) {
            return true;
        }
        self.a.has(i, Traits::JOINED) && (self.verb_at(i) || self.participle_at(i))
    }

    /// `ما` inside `سرعان ما`, `ما زال` opens nothing; nor does a preposition that is listed among
    /// the subordinators without `أن` behind it.
    fn is_adverbial_ma(&self, i: usize) -> bool {
        self.a.lexicon.particles.half.has(self.a.tokens.folded(i)) && !self.verb_at(i + 1)
    }

    fn clause_after_comma(&self, i: usize) -> bool {
        self.verb_at(i)
            || self.participle_at(i)
            || self.a.is(i, Classes::SUBORDINATOR | Classes::RELATIVE)
            || self.verb_at(i + 1) && self.a.is(i, Classes::NEGATION | Classes::MODAL)
    }

    /// The first token of the clause of token `i`.
    pub fn left(&self, i: usize) -> usize {
        let mut at = i;
        while at > self.sentence.start && !self.begins(at) {
            at -= 1;
        }
        at
    }

    /// One past the last token of the clause of token `i`: before the next clause begins.
    pub fn right(&self, i: usize) -> usize {
        let mut at = i + 1;
        while at < self.sentence.end && !self.begins(at) {
            at += 1;
        }
        at
    }

    /// The candidates of the sentence.
    pub const fn candidates(&self) -> &'c [Candidate] {
        self.candidates
    }

    /// The sentence.
    pub fn sentence(&self) -> Range<usize> {
        self.sentence.clone()
    }
}
