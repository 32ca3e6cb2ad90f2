//! The files that could not be read, each with its reason.

use ratatui::buffer::Buffer;

use super::{clear, count, frame, page, put, put_words};
use crate::tui::app::App;

/// Draws them, from the one at `top` on.
pub fn render(app: &App, top: usize, buffer: &mut Buffer) {
    let pane = page(&app.areas);
    clear(buffer, pane.outer, app.theme.row.into());
    frame(buffer, app, pane, true, "Skipped", &count(app.skipped.len(), "file", "files"));
    let area = pane.inner;
    if app.skipped.is_empty() {
        put(buffer, app, (area.x, area.y), area.width, "every file was read", app.theme.hint.into());
    }
    for (skipped, y) in app.skipped.iter().skip(top).zip(area.y..area.bottom()) {
        put_words(buffer, app, (area.x, y), area.width, &skipped.to_string(), app.theme.row.into());
    }
}
