//! Date expressions in Arabic news: found, and given their calendar values.
//!
//! ```text
//!  tokens of a block ── lexemes (calendar words and their senses, one hash lookup a word)
//!         │
//!  grammar: lexemes → expressions                recognise, pure, longest match, no reference date
//!         │
//!  published: dateline or inference              where nobody gives a publication date
//!         │
//!  resolve: expressions + reference dates → values   pure, the narrative's current date carried along
//! ```
//!
//! Values are TIMEX3 (ISO 8601 with its extensions): `2022-02-28`, `2025-W33`, `XXXX-WXX-4`, `P30D`,
//! `199` (the nineties), `2018-SU`, `2018-Q1`, `2018-05-09TMO`; empty where they cannot be known.

pub mod expr;
pub mod grammar;
pub mod lexemes;
pub mod lexicon;
mod published;
pub mod resolve;

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use self::expr::{Found, Modifier};
use self::lexemes::{Calendar, Lexemes};
use self::resolve::{Resolved, resolve};
use crate::model::{DateMention, Published, PublishedBasis, Span};
use crate::text::Tokens;

/// The date expressions of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tagged {
    /// The publication date: the given one, a dateline's, or the inferred one.
    pub published: Option<Published>,
    /// The expressions in text order, not overlapping.
    pub dates: Vec<DateMention>,
}

/// Finds and resolves the date expressions of one article. `blocks` are the token ranges of its
/// paragraphs or lines in order; expressions never cross a block.
pub fn tag(text: &impl Calendar, blocks: &[Range<usize>], published: Option<Published>) -> Tagged {
    let tokens = text.tokens();
    let mut found = recognise(text, blocks);
    let mut published = published;
    if let Some(k) = published::head_line(tokens, &found) {
        let head = found.remove(k);
        if published.is_none() || weak(published) {
            let value = resolve(&[head], None, None).pop().and_then(|r| r.point);
            published =
                value.map(|p| Published { date: p.date, basis: PublishedBasis::Dateline }).or(published);
        }
    }
    let year = published.is_none().then(|| published::copyright_year(tokens)).flatten();
    let mut resolved = resolve(&found, published.map(|p| p.date), year);
    if published.is_none() || weak(published) {
        let known = published;
        published = published::dateline(tokens, &found, &resolved, blocks)
            .or(known)
            .or_else(|| published::infer(&found, &resolved));
        if let Some(published) = published
            && known.map(|k| k.date) != Some(published.date)
        {
            resolved = resolve(&found, Some(published.date), None);
        }
    }
    let dates = found.iter().zip(resolved).map(|(f, r)| mention(tokens, f, r)).collect();
    Tagged { published, dates }
}

/// Whether a publication date yields to what the text says at its head.
fn weak(published: Option<Published>) -> bool {
    published.is_some_and(|p| p.basis == PublishedBasis::Filename)
}

/// The expressions of one article, unresolved.
pub fn recognise(text: &impl Calendar, blocks: &[Range<usize>]) -> Vec<Found> {
    let mut lexemes = Lexemes::default();
    let mut found = Vec::new();
    let mut sentence = 0;
    for (number, block) in blocks.iter().enumerate() {
        lexemes.read(text, block.clone());
        sentence = grammar::recognise(&lexemes, number as u32, sentence, &mut found);
    }
    found
}

fn mention(tokens: &Tokens<'_>, found: &Found, resolved: Resolved) -> DateMention {
    let whole = tokens.span(found.first as usize, found.last as usize);
    let start = match found.skip {
        0 => whole.start,
        skip => tokens.inner(found.first as usize, usize::from(skip)),
    };
    DateMention {
        span: whole_graphemes(tokens.text(), Span::new(start, whole.end)),
        kind: resolved.kind,
        value: resolved.value,
        modifier: found.modifier.map(Modifier::name).map(str::to_owned),
        basis: resolved.basis,
        calendar: resolved.calendar,
        rule: found.rule.into(),
        header: found.header,
    }
}

/// The span widened to grapheme boundaries: a stray combining mark behind a bracket or digit goes with
/// what it stands on.
fn whole_graphemes(text: &str, span: Span) -> Span {
    let splits = |at: usize| {
        text.is_char_boundary(at)
            && GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true)
    };
    let (mut start, mut end) = (span.start as usize, span.end as usize);
    while start > 0 && !splits(start) {
        start -= 1;
    }
    while end < text.len() && !splits(end) {
        end += 1;
    }
    Span::new(start as u32, end as u32)
}
