//! The title line: how much there is, how much of it is reviewed, what it is filtered by.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{columns, line_options, put, put_all};
use crate::query::Field;
use crate::store::Facet;
use crate::tui::app::App;
use crate::tui::words::Words;

/// Values of one filter that are shown.
const MANY: usize = 2;

/// The name of a facet in panels.
pub(super) fn facet_name(words: Words, facet: Facet) -> &'static str {
    match facet {
        Facet::Month => words.get("facet.month"),
        Facet::Day => words.get("facet.day"),
        Facet::Year => words.get("facet.year"),
        facet => field_name(words, facet.field()),
    }
}

/// The name of a field in filters.
pub(super) fn field_name(words: Words, field: Field) -> &'static str {
    words.get(match field {
        Field::Actor => "facet.actor",
        Field::Source => "facet.source",
        Field::Target => "facet.target",
        Field::Place => "facet.place",
        Field::Date => "facet.date",
        Field::Type => "facet.type",
        Field::Document => "facet.document",
        Field::Status => "facet.status",
        Field::Verdict => "facet.verdict",
        Field::Confidence => "facet.confidence",
        Field::Id => "facet.id",
        Field::Text => "facet.text",
    })
}

/// Draws it.
pub fn render(app: &App, buffer: &mut Buffer, area: Rect) {
    if area.is_empty() {
        return;
    }
    let (theme, words) = (&app.theme, app.words);
    let (title, hint, filter): (Style, Style, Style) =
        (theme.title.into(), theme.hint.into(), theme.filter.into());
    let mut facts = vec![
        words.count("count.documents", app.documents.len()),
        words.count("count.events", app.list.total),
        words.fill("title.reviewed", &[("n", &app.reviews.precision().judged())]),
    ];
    if let Some(progress) = app.progress {
        facts.push(if progress.of > 0 {
            words.fill("title.reading-of", &[("files", &progress.files), ("of", &progress.of)])
        } else {
            words.get("title.reading").into()
        });
    }
    // Without documents there is nothing to count.
    if let ([a, b], true) = (app.comparison.names.as_slice(), app.index.is_none()) {
        facts = vec![words.fill("compare.title", &[("a", a), ("b", b)])];
    }
    if let Some(writing) = app.writing() {
        facts.push(words.fill("title.writing", &[("done", &writing.done), ("of", &writing.of)]));
    }
    let facts = format!("  {}", facts.join(" · "));
    // What is on is said before how much there is: where there is room for one, it is the filter.
    let filters = filters(app);
    let options = line_options(app);
    let wanted: u16 =
        filters.iter().map(|(name, value)| columns(name, options) + columns(value, options)).sum();
    let room = area.width.saturating_sub(1);
    let filter_room = wanted.min(room * 2 / 3);
    let used = put_all(
        buffer,
        app,
        (area.x + 1, area.y),
        room.saturating_sub(filter_room + u16::from(filter_room > 0)),
        &[("waqai", title), (&facts, hint)],
    );
    let free = room - used;
    let mut x = area.x + 1 + used + free.saturating_sub(wanted.max(1));
    let end = area.right();
    for (name, value) in &filters {
        x += put(buffer, app, (x, area.y), end.saturating_sub(x), name, hint);
        x += put(buffer, app, (x, area.y), end.saturating_sub(x), value, filter);
    }
}

/// The filters and the search that are on, each as its name and its values; of many values the first
/// and how many more there are.
fn filters(app: &App) -> Vec<(String, String)> {
    let words = app.words;
    let mut out: Vec<_> = app
        .shown
        .iter()
        .map(|shown| {
            let mut values = shown.values.iter().take(MANY).fold(String::new(), |mut all, value| {
                if !all.is_empty() {
                    all.push_str(if super::rtl(&all) { "، " } else { ", " });
                }
                all + value
            });
            if shown.values.len() > MANY {
                let _ = write!(values, " +{}", shown.values.len() - MANY);
            }
            let name = if shown.years { words.get("facet.year") } else { field_name(words, shown.field) };
            (format!("  {}{name}: ", if shown.negated { "!" } else { "" }), values)
        })
        .collect();
    if let Some(search) = &app.search {
        out.push(("  / ".into(), search.clone()));
    }
    out
}
