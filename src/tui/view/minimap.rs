//! Where in the document the events are: one column beside the text, the whole document from top to
//! bottom, with the part that is on screen.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::cell_at;
use crate::tui::app::App;
use crate::tui::layout::Pane;
use crate::tui::opened::Source;

/// Draws it on the inner side of the frame.
pub fn render(app: &App, buffer: &mut Buffer, pane: Pane, source: &Source) {
    let height = u64::from(pane.inner.height);
    let length = source.view.text().len() as u64;
    if !pane.framed() || height == 0 || length == 0 {
        return;
    }
    let row_of = |byte: u32| (u64::from(byte) * height / length).min(height - 1) as u16;
    let theme = &app.theme;
    let window = source.view.window();
    let (first, last) = (window.first(), window.last());
    let seen = first.zip(last).map(|(first, last)| {
        row_of(source.view.bytes(*first).start)..=row_of(source.view.bytes(*last).end.saturating_sub(1))
    });
    let mut draw = |row: u16, symbol: &str, style: Style| {
        if let Some(cell) = cell_at(app, buffer, (pane.outer.x, pane.inner.y + row)) {
            cell.set_symbol(symbol).set_style(style);
        }
    };
    for row in seen.into_iter().flatten() {
        draw(row, "┃", theme.border_focused.into());
    }
    for (byte, _) in &source.listed {
        draw(row_of(*byte), "•", theme.key.into());
    }
    if let Some((_, event)) = app.event() {
        draw(row_of(event.trigger.start), "◆", theme.filter.into());
    }
}
