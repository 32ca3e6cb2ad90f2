//! From text to annotations: pure, no files, no screens.
//!
//! [`analysis`] asks the lexicon about every word, [`dates`] finds and resolves date expressions,
//! [`actors`] finds who is spoken of, [`events`] what happened.

pub mod actors;
pub mod analysis;
pub mod dates;
pub mod events;
pub mod evidence;
pub mod registry;
mod words;

use std::ops::Range;

use crate::lexicon::Lexicon;
use crate::model::{
    ActorMention, Annotations, Article, Block, BlockKind, Document, Published, PublishedBasis, Span,
};
use crate::text::fold::fold_phrase;
use crate::text::{Tokens, sentences};
use analysis::Analysis;
use dates::lexemes::Calendar;
use events::{Paragraph, Weighed};
use registry::Registry;

/// Finds the dates, actors and events of `document`. Events that are denied or merely possible are
/// among them with that status; [`crate::model::Status::counts`] tells them from those that count.
pub fn extract(document: &Document, lexicon: &Lexicon) -> Annotations {
    let mut events = Vec::new();
    let annotations = read(document, lexicon, false, &mut |weighed| events.push(weighed.event));
    Annotations { events, ..annotations }
}

/// Every candidate of `document` with its features, events or not: what the weights are fitted on.
pub fn weigh(document: &Document, lexicon: &Lexicon) -> Vec<Weighed> {
    let mut out = Vec::new();
    read(document, lexicon, true, &mut |weighed| out.push(weighed));
    out
}

/// Finds the date expressions of `document` alone, without a lexicon of words: the same as
/// [`extract`] finds.
pub fn extract_dates(document: &Document) -> Annotations {
    let tokens = Tokens::new(&document.text);
    let mut annotations = Annotations::default();
    for told in articles(document, &tokens) {
        annotations.dates.extend(told.tagged.dates);
        annotations.articles.push(Article { span: told.span, published: told.tagged.published });
    }
    annotations
}

/// One article with its dates, before anything else is asked about it.
struct Told<'d> {
    span: Span,
    /// Its lines without furniture.
    blocks: Vec<&'d Block>,
    /// The tokens of each of them.
    ranges: Vec<Range<usize>>,
    tagged: dates::Tagged,
}

fn articles<'d>(document: &'d Document, text: &impl Calendar) -> impl Iterator<Item = Told<'d>> {
    let articles = document.blocks.chunk_by(|a, b| a.article == b.article);
    articles.filter_map(move |all| {
        let span = all.iter().map(|b| b.span).reduce(Span::cover)?;
        let blocks: Vec<&Block> = all.iter().filter(|b| b.kind != BlockKind::Furniture).collect();
        let ranges: Vec<Range<usize>> = blocks.iter().map(|b| token_range(text.tokens(), b.span)).collect();
        let tagged = dates::tag(text, &ranges, given(document, all[0].article));
        Some(Told { span, blocks, ranges, tagged })
    })
}

/// What there is in `document` without its events, of which every candidate, or every one that counts or
/// is worth showing, is handed to `out`.
fn read(document: &Document, lexicon: &Lexicon, every: bool, out: &mut dyn FnMut(Weighed)) -> Annotations {
    let tokens = Tokens::new(&document.text);
    let analysis = Analysis::new(&tokens, lexicon);
    let all_sentences = sentences::sentences(&tokens);
    let mut registry = Registry::new(lexicon);
    let mut annotations = Annotations::default();
    for Told { span, blocks, ranges, tagged } in articles(document, &analysis) {
        let paragraphs: Vec<Paragraph> = blocks
            .iter()
            .zip(&ranges)
            .map(|(b, r)| Paragraph { tokens: r.clone(), sentences: within(&all_sentences, r), kind: b.kind })
            .collect();
        let published = tagged.published.map(|p| p.date);
        let mentions = actors::find(&analysis, &ranges, &mut registry, published);
        let article = events::Article {
            analysis: &analysis,
            paragraphs: &paragraphs,
            dates: &tagged.dates,
            mentions: &mentions,
            document: &document.id,
            published: tagged.published.map(|p| p.date.to_string()),
            this_day: blocks.first().is_some_and(|b| this_day(b.span.of(&document.text), lexicon)),
        };
        events::weigh(&article, &mut registry, every, out);
        annotations.actors.extend(mentions.iter().map(|m| ActorMention {
            span: m.span,
            entity: m.acting,
            basis: m.basis,
            rule: m.rule.into(),
        }));
        annotations.dates.extend(tagged.dates);
        annotations.articles.push(Article { span, published: tagged.published });
    }
    annotations.entities = registry.into_entities();
    analysis.keep();
    annotations
}

/// Whether a headline announces what happened on this day in other years.
fn this_day(headline: &str, lexicon: &Lexicon) -> bool {
    lexicon.particles.this_day.stand_in(&fold_phrase(headline))
}

/// The publication date that an article starts from: the document's, but a date in the file's name
/// says nothing of a second article on the page.
fn given(document: &Document, article: u32) -> Option<Published> {
    document.published.filter(|p| article == 0 || p.basis != PublishedBasis::Filename)
}

/// The tokens of a block.
fn token_range(tokens: &Tokens<'_>, span: Span) -> Range<usize> {
    let first = tokens.at(span.start);
    let end = first + tokens.all()[first..].partition_point(|t| t.span.start < span.end);
    first..end
}

/// The sentences that lie in a token range, cut to it.
fn within(sentences: &[Range<usize>], range: &Range<usize>) -> Vec<Range<usize>> {
    let first = sentences.partition_point(|s| s.end <= range.start);
    sentences[first..]
        .iter()
        .take_while(|s| s.start < range.end)
        .map(|s| s.start.max(range.start)..s.end.min(range.end))
        .filter(|s| !s.is_empty())
        .collect()
}
