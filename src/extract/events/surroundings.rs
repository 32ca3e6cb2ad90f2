//! What stands around a trigger, as yes or no: the features that are not of its own word.

use std::ops::Range;

use super::candidates::Candidate;
use super::clause::Clauses;
use crate::extract::analysis::Analysis;
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::Classes;
use crate::model::EventType;
use crate::text::TokenKind;

/// Whether a noun stands under a verb that does not make it happen: `طالبت بسحب قواتها`, `هدد بفرض
/// عقوبات`, `رفض قطع العلاقات`.
pub(super) fn unrealised(
    clauses: &Clauses<'_, '_>,
    candidate: &Candidate,
    candidates: &[Candidate],
    left: usize,
) -> bool {
    let t = candidate.tokens.start;
    candidate.light.is_none()
        && candidates.iter().any(|c| {
            (c.is_verb() || c.shape == Shape::Active)
                && matches!(
                    c.kind,
                    EventType::Request
                        | EventType::Threaten
                        | EventType::Reject
                        | EventType::Agree
                        | EventType::Accuse
                        | EventType::Concede
                )
                && c.tokens.start >= left
                && c.tokens.end <= t
                && t - c.tokens.end <= 9
                && clauses.left(c.tokens.start) == left
        })
}

/// Whether a noun is what another trigger's verb is about: `اقترح استئناف المحادثات`.
pub(super) fn governed(
    clauses: &Clauses<'_, '_>,
    candidate: &Candidate,
    candidates: &[Candidate],
    left: usize,
) -> bool {
    if candidate.is_verb() || candidate.light.is_some() {
        return false;
    }
    let t = candidate.tokens.start;
    candidates.iter().any(|c| {
        c.tokens.start >= left
            && c.tokens.end <= t
            && t - c.tokens.end <= 6
            && clauses.left(c.tokens.start) == left
    })
}

/// Whether a noun at `t` is the second term of a genitive: `إمكانية تقسيم`, `سبل إنهاء`.
pub(super) fn second_term(a: &Analysis<'_>, sentence: &Range<usize>, t: usize) -> bool {
    t > sentence.start
        && a.tokens.kind(t - 1) == Some(TokenKind::Word)
        && !a.tokens.folded(t - 1).starts_with("ال")
        && !a.is(t - 1, Classes::SPEECH | Classes::PLAIN_VERB | Classes::LIGHT | Classes::SUBORDINATOR)
        && (a.is(t - 1, Classes::COMMON | Classes::TITLE_INNER) || a.readings(t - 1).is_empty())
}

/// Whether a noun at `t` is what something led to: `أدى الهجوم إلى مقتل`, `مما أسفر عن إصابة`.
pub(super) fn consequence(a: &Analysis<'_>, sentence: &Range<usize>, t: usize) -> bool {
    (sentence.start..t)
        .rev()
        .take(8)
        .take_while(|&i| !a.is_any_mark(i))
        .any(|i| a.is(i, Classes::CONSEQUENCE))
}
