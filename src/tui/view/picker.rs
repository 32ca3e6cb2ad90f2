//! A list to pick from: the documents, the commands.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{clear, columns, frame, line_options, put, put_path, put_words, status};
use crate::tui::app::App;
use crate::tui::layout::Pane;
use crate::tui::picker::{Kind, Line, Picker};

fn pane(app: &App) -> Pane {
    app.areas.panel(96, 30)
}

/// The place of the lines, under the field.
pub fn rows(app: &App) -> Rect {
    let inner = pane(app).inner;
    let field = u16::from(inner.height >= 2);
    Rect { y: inner.y + field, height: inner.height - field, ..inner }
}

/// Draws it.
pub fn render(app: &App, picker: &Picker, buffer: &mut Buffer) {
    let pane = pane(app);
    let theme = &app.theme;
    clear(buffer, app, pane.outer, theme.row.into());
    let title = match picker.kind {
        Kind::Documents => app.words.get("page.documents"),
        Kind::Commands => app.words.get("page.commands"),
        Kind::Lexicon => app.words.get("page.lexicon"),
    };
    frame(buffer, app, pane, true, title, &format!("{}/{}", picker.shown().len(), picker.total()));
    let area = rows(app);
    if area.y > pane.inner.y {
        let (x, y, width) = (pane.inner.x, pane.inner.y, pane.inner.width);
        let used = put(buffer, app, (x, y), width, "> ", theme.key.into());
        let field = Rect::new(x + used, y, width.saturating_sub(used), 1);
        status::field_render(app, buffer, field, &picker.list.input);
    }
    if picker.shown().len() == 0 {
        put(buffer, app, (area.x, area.y), area.width, app.words.get("facet.nothing"), theme.hint.into());
        return;
    }
    let height = usize::from(area.height);
    let top = picker.list.top(height);
    // Columns are as wide as their widest entry, as far as there is room for names beside them.
    let mut widths: Vec<u16> = Vec::new();
    for line in picker.shown() {
        widths.resize(widths.len().max(line.before.len()), 0);
        for (width, text) in widths.iter_mut().zip(&line.before) {
            *width = (*width).max(columns(text, line_options(app)));
        }
    }
    for (n, line) in picker.shown().skip(top).take(height).enumerate() {
        let row = Rect { y: area.y + n as u16, height: 1, ..area };
        draw(app, buffer, row, (picker.kind, line), top + n == picker.list.at(), &widths);
    }
}

fn draw(
    app: &App,
    buffer: &mut Buffer,
    area: Rect,
    (kind, line): (Kind, &Line),
    under: bool,
    widths: &[u16],
) {
    let theme = &app.theme;
    let mut base: Style = theme.row.into();
    if under {
        base = base.patch(theme.row_selected.0);
    }
    clear(buffer, app, area, base);
    let (mut x, end) = (area.x, area.right());
    let mark = if under { app.words.get("sign.selected") } else { " " };
    x += put(buffer, app, (x, area.y), area.width, mark, base.patch(theme.border_focused.0));
    let style = base.patch(if kind == Kind::Commands { theme.key.0 } else { theme.count.0 });
    for (text, &width) in line.before.iter().zip(widths) {
        if end.saturating_sub(x) < width + 12 {
            continue;
        }
        // Numbers against the end of their column.
        let number = text.bytes().all(|b| b.is_ascii_digit());
        let indent = if number { width.saturating_sub(columns(text, line_options(app))) } else { 0 };
        put(buffer, app, (x + indent, area.y), width - indent, text, style);
        x += width + 2;
    }
    let write = if kind == Kind::Documents { put_path } else { put_words };
    x += write(buffer, app, (x, area.y), end.saturating_sub(x), &line.name, base) + 2;
    let wanted = columns(&line.behind, line_options(app));
    if wanted > 0 && x + wanted <= end {
        put(buffer, app, (end - wanted, area.y), wanted, &line.behind, base.patch(theme.hint.0));
    }
}
