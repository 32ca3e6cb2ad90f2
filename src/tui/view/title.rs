//! The title line: how much there is, how much of it is reviewed, what it is filtered by.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{columns, line_options, put, put_all};
use crate::store::Facet;
use crate::tui::app::App;
use crate::tui::panel::value_label;
use crate::tui::words::Words;

/// The name of a facet in filters and panels.
pub(super) fn facet_name(words: Words, facet: Facet) -> &'static str {
    words.get(match facet {
        Facet::Actor => "facet.actor",
        Facet::Year => "facet.year",
        Facet::Type => "facet.type",
        Facet::Place => "facet.place",
        Facet::Document => "facet.document",
        Facet::Status => "facet.status",
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

/// The filters and the search that are on, each as its name and its values.
fn filters(app: &App) -> Vec<(String, String)> {
    let mut out: Vec<(Facet, String)> = Vec::new();
    for chosen in &app.chosen {
        let label = value_label(app.words, chosen.facet, &chosen.label);
        match out.iter_mut().find(|(facet, _)| *facet == chosen.facet) {
            Some((_, values)) => {
                values.push_str(if super::rtl(values) { "، " } else { ", " });
                values.push_str(label);
            }
            None => out.push((chosen.facet, label.to_owned())),
        }
    }
    let mut out: Vec<_> = out
        .into_iter()
        .map(|(facet, values)| (format!("  {}: ", facet_name(app.words, facet)), values))
        .collect();
    if let Some(search) = &app.search {
        out.push(("  / ".into(), search.clone()));
    }
    out
}
