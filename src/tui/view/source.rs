//! The source text: rows of the text view, painted by the bytes they show.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{cell_at, frame, frame_around, long_day, minimap, on_screen, put, put_path, put_row};
use crate::model::PublishedBasis;
use crate::tui::app::{App, Focus};
use crate::tui::layout::Pane;
use crate::tui::marks::{Ground, Layers, Roles};
use crate::tui::text_view::TextView;
use crate::tui::theme::Theme;

/// Draws the pane.
pub fn render(app: &App, buffer: &mut Buffer, pane: Pane) {
    if pane.outer.is_empty() {
        return;
    }
    let focused = app.focus == Focus::Source;
    let Some(source) = app.source() else {
        frame(buffer, app, pane, focused, app.words.get("source.text"), "");
        return;
    };
    let published = source.published.map_or_else(String::new, |p| {
        let date = long_day(app.words, p.date);
        if p.basis == PublishedBasis::Inferred {
            app.words.fill("source.inferred", &[("date", &date)])
        } else {
            date
        }
    });
    frame_around(buffer, app, pane, focused, (&source.id, put_path), &published);
    if source.view.text().trim().is_empty() {
        let words = app.words.get("source.no-text");
        put(buffer, app, (pane.inner.x, pane.inner.y), pane.inner.width, words, app.theme.hint.into());
        return;
    }
    let paint = Paint {
        view: &source.view,
        ground: &source.ground,
        roles: app.roles(),
        search: app.search.as_deref(),
        theme: &app.theme,
    };
    let area = on_screen(app, buffer, pane.inner);
    paint.window(buffer, area);
    minimap::render(app, buffer, pane, source);
    // The row being read, on the frame at the outer side: in English that where Arabic rows begin.
    if focused
        && pane.framed()
        && let Some(row) = source.view.window().iter().position(|p| *p == source.view.cursor())
        && let Some(cell) = cell_at(app, buffer, (pane.outer.right() - 1, pane.inner.y + row as u16))
    {
        cell.set_symbol(app.words.get("sign.reading")).set_style(Style::from(app.theme.border_focused));
    }
}

/// A text and what lies on it.
#[derive(Debug)]
pub struct Paint<'a> {
    /// The text.
    pub view: &'a TextView,
    /// What is painted whatever is selected.
    pub ground: &'a Ground,
    /// What is selected, by role.
    pub roles: Option<Roles>,
    /// What is searched for.
    pub search: Option<&'a str>,
    /// Colours.
    pub theme: &'a Theme,
}

impl Paint<'_> {
    /// Paints the rows in the view's window.
    pub fn window(&self, buffer: &mut Buffer, area: Rect) {
        let places = self.view.window();
        let mut paragraph = usize::MAX;
        let mut found = Vec::new();
        for (place, y) in places.iter().zip(area.y..area.bottom()) {
            if place.paragraph != paragraph {
                paragraph = place.paragraph;
                found = self.search.map(|s| self.view.found(paragraph, s)).unwrap_or_default();
            }
            self.row(buffer, Rect { y, height: 1, ..area }, *place, &found);
        }
    }

    /// Paints one row of the text into one row of cells.
    pub fn row(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        place: crate::tui::text_view::Place,
        found: &[std::ops::Range<u32>],
    ) {
        let layout = self.view.layout(place.paragraph);
        let Some(row) = layout.rows.get(place.row) else { return };
        let Some(start) = self.view.paragraphs().get(place.paragraph).map(|p| p.start) else { return };
        let bytes = start + row.bytes.start..start + row.bytes.end;
        let layers = Layers::of(&bytes, self.ground, self.roles.as_ref(), found, self.theme);
        put_row(buffer, row, (area.x, area.y), area.width, |cell| {
            layers.style(&(start + cell.start..start + cell.end), self.theme.text.0)
        });
    }
}
