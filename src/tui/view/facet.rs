//! The panel of a facet's values.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::title::facet_name;
use super::{clear, columns, frame, line_options, put, put_path, status};
use crate::store::Facet;
use crate::tui::app::App;
use crate::tui::layout::{Areas, Pane};
use crate::tui::panel::{Mark, Panel, value_label};

fn pane(areas: &Areas) -> Pane {
    areas.panel(64, 24)
}

/// The place of the values, under the field.
pub fn rows(areas: &Areas) -> Rect {
    let inner = pane(areas).inner;
    let field = u16::from(inner.height >= 2);
    Rect { y: inner.y + field, height: inner.height - field, ..inner }
}

/// Draws it.
pub fn render(app: &App, panel: &Panel, buffer: &mut Buffer) {
    let pane = pane(&app.areas);
    clear(buffer, app, pane.outer, app.theme.row.into());
    let words = app.words;
    let name = facet_name(words, panel.facet);
    let left = match &panel.within {
        Some(within) => words.fill("facet.filter-within", &[("facet", &name), ("within", within)]),
        None => words.fill("facet.filter-by", &[("facet", &name)]),
    };
    let (shown, total) = (panel.shown().len(), panel.total());
    let right = if panel.chosen() > 0 {
        words.fill("facet.chosen", &[("n", &panel.chosen()), ("shown", &shown), ("total", &total)])
    } else {
        format!("{shown}/{total}")
    };
    frame(buffer, app, pane, true, &left, &right);
    let area = rows(&app.areas);
    if area.y > pane.inner.y {
        let used =
            put(buffer, app, (pane.inner.x, pane.inner.y), pane.inner.width, "> ", app.theme.key.into());
        let field = Rect {
            x: pane.inner.x + used,
            width: pane.inner.width.saturating_sub(used),
            height: 1,
            ..pane.inner
        };
        status::field_render(app, buffer, field, &panel.list.input);
    }
    if panel.shown().len() == 0 {
        put(buffer, app, (area.x, area.y), area.width, words.get("facet.nothing"), app.theme.hint.into());
        return;
    }
    let height = usize::from(area.height);
    let top = panel.list.top(height);
    for (n, (row, chosen)) in panel.shown().skip(top).take(height).enumerate() {
        let y = area.y + n as u16;
        let under_cursor = top + n == panel.list.at();
        let mut base: Style = app.theme.row.into();
        if under_cursor {
            base = base.patch(app.theme.row_selected.0);
        }
        clear(buffer, app, Rect { y, height: 1, ..area }, base);
        let mark = if under_cursor { words.get("sign.selected") } else { " " };
        let mut x = area.x;
        let end = area.right();
        let style = if chosen.is_some() { base.patch(app.theme.chosen.0) } else { base };
        let said = match chosen {
            Some(Mark::Wanted) => "●",
            Some(Mark::Shut) => "!",
            None => " ",
        };
        for mark in [mark, said] {
            x += put(buffer, app, (x, y), end.saturating_sub(x), mark, style);
        }
        let count = format!("{:>6}  ", row.count);
        x += put(buffer, app, (x, y), end.saturating_sub(x), &count, base.patch(app.theme.count.0));
        let label = value_label(words, panel.facet, &row.label);
        // A file's name goes from left to right whatever its letters, a person's by its letters.
        let write = if panel.facet == Facet::Document { put_path } else { put };
        x += write(buffer, app, (x, y), end.saturating_sub(x), label, style) + 2;
        if *row.label_en != *label {
            let room = end.saturating_sub(x);
            if room >= columns(&row.label_en, line_options(app)).min(8) {
                put(buffer, app, (x, y), room, &row.label_en, base.patch(app.theme.hint.0));
            }
        }
    }
}
