//! The query line: what is typed, what is wrong with it or how much it finds, what may come next.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{clear, columns, isolated, line_options, put, put_mixed, status};
use crate::tui::app::App;
use crate::tui::narrowed::top;
use crate::tui::query_line::QueryLine;

/// Rows of what may come next.
const OFFERED: u16 = 8;

/// Draws it: the field in the status line, the rest above it.
pub fn render(app: &App, line: &QueryLine, buffer: &mut Buffer) {
    let area = app.areas.status;
    if area.is_empty() {
        return;
    }
    let theme = &app.theme;
    clear(buffer, app, area, theme.status.into());
    let used = put(buffer, app, (area.x, area.y), area.width, " : ", theme.key.into());
    let field = Rect { x: area.x + used, width: area.width.saturating_sub(used), ..area };
    status::field_render(app, buffer, field, &line.input);
    let room = area.y.saturating_sub(app.areas.title.height);
    if room == 0 {
        return;
    }
    let row = Rect { y: area.y - 1, ..area };
    let (words, style): (String, Style) = match &line.said {
        Some(Err(error)) => (error.told(app.words, isolated), theme.error.into()),
        Some(Ok(found)) => (app.words.count("count.events", *found as usize), theme.hint.into()),
        None => (String::new(), theme.hint.into()),
    };
    clear(buffer, app, row, style);
    put_mixed(buffer, app, (row.x + 1, row.y), row.width.saturating_sub(2), &words, style);
    let (candidates, at) = line.candidates();
    let height = OFFERED.min(room - 1).min(candidates.len() as u16);
    let options = line_options(app);
    let widest = candidates.iter().map(|text| columns(text, options)).max().unwrap_or_default();
    let list = Rect { y: row.y - height, height, width: (widest + 4).min(area.width), x: area.x };
    let top = top(at.unwrap_or_default(), candidates.len(), usize::from(height));
    for (n, text) in candidates.iter().enumerate().skip(top).take(usize::from(height)) {
        let y = list.y + (n - top) as u16;
        let mut base: Style = theme.row.into();
        if at == Some(n) {
            base = base.patch(theme.row_selected.0);
        }
        clear(buffer, app, Rect { y, height: 1, ..list }, base);
        let mark = if at == Some(n) { app.words.get("sign.selected") } else { " " };
        put(buffer, app, (list.x, y), list.width, mark, base);
        put(buffer, app, (list.x + 2, y), list.width.saturating_sub(3), text, base);
    }
}
