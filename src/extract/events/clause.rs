//! Clauses: how far a trigger's words reach to the left and right.

use std::ops::Range;

use super::candidates::Candidate;
use crate::extract::analysis::{Analysis, Traits};
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::Classes;
use crate::text::TokenKind;

/// Classes of words that are finite verbs, triggers or not.
const VERBS: Classes = Classes::SPEECH.union(Classes::PLAIN_VERB).union(Classes::PASSIVE_LIGHT);

/// What every token of a sentence is to the clauses around it.
#[derive(Debug)]
pub struct Clauses<'c, 'a> {
    a: &'c Analysis<'a>,
    sentence: Range<usize>,
    candidates: &'c [Candidate],
    /// For each token of the sentence whether a finite verb stands there, and the first of its clause.
    verbs: Vec<bool>,
    lefts: Vec<usize>,
    /// Its marks.
    marks: Vec<usize>,
}

impl<'c, 'a> Clauses<'c, 'a> {
    /// The clauses of a sentence with these candidates.
    pub fn new(a: &'c Analysis<'a>, sentence: Range<usize>, candidates: &'c [Candidate]) -> Self {
        let marks = sentence.clone().filter(|&i| a.tokens.kind(i) == Some(TokenKind::Mark)).collect();
        let mut clauses =
            Self { a, sentence: sentence.clone(), candidates, verbs: Vec::new(), lefts: Vec::new(), marks };
        clauses.verbs = sentence.clone().map(|i| a.is(i, VERBS | Classes::LIGHT)).collect();
        for verb in candidates.iter().map(|c| c.tokens.start) {
            clauses.verbs[verb - sentence.start] = clauses.is_verb(verb);
        }
        let mut left = sentence.start;
        let mut left_of = |i: usize| {
            left = if clauses.is_start(i) { i } else { left };
            left
        };
        clauses.lefts = sentence.map(&mut left_of).collect();
        clauses
    }

    /// Whether a finite verb stands at `i`, trigger or not.
    pub fn verb_at(&self, i: usize) -> bool {
        let inside = i.checked_sub(self.sentence.start).and_then(|n| self.verbs.get(n));
        inside.copied().unwrap_or_else(|| self.is_verb(i))
    }

    fn is_verb(&self, i: usize) -> bool {
        self.a.is(i, VERBS)
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
        self.inside(i).map_or_else(|| self.is_start(i), |lefts| lefts[0] == i)
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
        if self.verb_at(i + 1) && self.a.tokens.folded(i) == "منذ" {
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

    /// The first tokens of the clauses of token `i` and those behind it, where it is of the sentence.
    fn inside(&self, i: usize) -> Option<&[usize]> {
        let lefts = i.checked_sub(self.sentence.start).and_then(|n| self.lefts.get(n..));
        lefts.filter(|lefts| !lefts.is_empty())
    }

    /// The first token of the clause of token `i`.
    pub fn left(&self, i: usize) -> usize {
        if let Some(lefts) = self.inside(i) {
            return lefts[0];
        }
        let mut at = i;
        while at > self.sentence.start && !self.begins(at) {
            at -= 1;
        }
        at
    }

    /// One past the last token of the clause of token `i`: before the next clause begins.
    pub fn right(&self, i: usize) -> usize {
        i + self.inside(i).map_or(1, |lefts| lefts.iter().take_while(|&left| *left == lefts[0]).count())
    }

    /// The marks of the sentence before token `i`.
    fn marks(&self, i: usize) -> impl DoubleEndedIterator<Item = &str> {
        let before = self.marks.partition_point(|&mark| mark < i);
        self.marks[..before].iter().map(|&mark| self.a.tokens.folded(mark))
    }

    /// Whether token `i` stands between quotation marks of its sentence.
    pub fn in_quote(&self, i: usize) -> bool {
        self.marks(i).fold(false, |open, mark| match mark {
            "\"" => !open,
            "“" | "«" => true,
            "”" | "»" => false,
            _ => open,
        })
    }

    /// Whether token `i` stands between parentheses: credits and glosses take no part.
    pub fn in_parentheses(&self, i: usize) -> bool {
        self.marks(i).rfind(|mark| matches!(*mark, "(" | ")")) == Some("(")
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
