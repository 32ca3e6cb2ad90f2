//! The files that could not be read, each with its reason.

use ratatui::buffer::Buffer;

use super::{clear, frame, page, put, put_mixed};
use crate::tui::app::App;
use crate::tui::update::not_read;

/// Draws them, from the one at `top` on.
pub fn render(app: &App, top: usize, buffer: &mut Buffer) {
    let pane = page(&app.areas);
    clear(buffer, app, pane.outer, app.theme.row.into());
    let files = app.words.count("count.files", app.skipped.len());
    frame(buffer, app, pane, true, app.words.get("page.skipped"), &files);
    let area = pane.inner;
    if app.skipped.is_empty() {
        let words = app.words.get("page.all-read");
        put(buffer, app, (area.x, area.y), area.width, words, app.theme.hint.into());
    }
    for (skipped, y) in app.skipped.iter().skip(top).zip(area.y..area.bottom()) {
        put_mixed(buffer, app, (area.x, y), area.width, &not_read(skipped), app.theme.row.into());
    }
}
