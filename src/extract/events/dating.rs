//! When it happened: which date expression belongs to a trigger.

use std::ops::Range;

use super::Article;
use super::candidates::Candidate;
use super::clause::Clauses;
use crate::model::{DateKind, EventDate};

/// Where the date stands from the trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Near {
    /// In its clause.
    Clause,
    /// Elsewhere in its sentence.
    Sentence,
    /// At the head of its entry.
    Entry,
}

/// The date of a candidate.
#[derive(Clone, Debug)]
pub struct Dating {
    /// As the event tells it.
    pub date: EventDate,
    /// Index of the expression.
    pub mention: usize,
    /// Where it stands.
    pub near: Near,
    /// Why, for the evidence.
    pub rule: &'static str,
}

/// The date expressions that stand in a sentence (indices).
pub fn inside(article: &Article<'_, '_>, sentence: &Range<usize>) -> Vec<usize> {
    let tokens = article.analysis.tokens;
    let span = tokens.span(sentence.start, sentence.end - 1);
    let first = article.dates.partition_point(|d| d.span.end <= span.start);
    (first..article.dates.len()).take_while(|&i| article.dates[i].span.start < span.end).collect()
}

/// The date that heads an entry in this sentence.
pub fn header(article: &Article<'_, '_>, sentence: &Range<usize>) -> Option<usize> {
    inside(article, sentence).into_iter().find(|&d| article.dates[d].header)
}

/// The date of a candidate: the nearest expression of its clause, else of its sentence where no
/// other verb stands between, else the entry's.
pub fn date(
    article: &Article<'_, '_>,
    candidate: &Candidate,
    clauses: &Clauses<'_, '_>,
    dates: &[usize],
    entry: Option<usize>,
    candidates: &[Candidate],
) -> Option<Dating> {
    let tokens = article.analysis.tokens;
    let t = candidate.tokens.start;
    let (left, right) = (clauses.left(t), clauses.right(candidate.tokens.end - 1));
    let points: Vec<(usize, usize)> = dates
        .iter()
        .filter(|&&d| {
            matches!(article.dates[d].kind, DateKind::Date | DateKind::Time)
                && !article.dates[d].value.is_empty()
                && !article.dates[d].header
        })
        .map(|&d| (d, tokens.at(article.dates[d].span.start)))
        .collect();
    let distance = |at: usize| if at > t { at - t } else { (t - at) * 2 };
    let own = points.iter().filter(|(_, at)| left <= *at && *at < right).min_by_key(|(_, at)| distance(*at));
    if let Some(&(d, _)) = own {
        return Some(made(article, d, Near::Clause, "date in the clause"));
    }
    let reachable = points.iter().filter(|(_, at)| {
        let (from, to) = if *at < t { (*at, t) } else { (t + 1, *at) };
        candidates.iter().filter(|c| c.is_verb() && from <= c.tokens.start && c.tokens.start < to).count()
            <= 1
    });
    if let Some(&(d, _)) = reachable.min_by_key(|(_, at)| distance(*at))
        && entry.is_none()
    {
        return Some(made(article, d, Near::Sentence, "date in the sentence"));
    }
    entry.map(|d| made(article, d, Near::Entry, "date of the entry"))
}

fn made(article: &Article<'_, '_>, d: usize, near: Near, rule: &'static str) -> Dating {
    let mention = &article.dates[d];
    // An event's date is a calendar value; a part of the day belongs to its day.
    let value = mention.value.split('T').next().unwrap_or_default().to_owned();
    Dating {
        date: EventDate { value, mention: Some(mention.span), basis: mention.basis },
        mention: d,
        near,
        rule,
    }
}
