//! A row of a list, drawn piece by piece.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{clear, put};
use crate::tui::app::App;

/// A row of a list that is drawn piece by piece, from its head on.
pub(super) struct Line<'v> {
    app: &'v App,
    pub(super) buffer: &'v mut Buffer,
    /// Where the next piece begins.
    pub(super) x: u16,
    y: u16,
    end: u16,
    /// The style that those of the pieces are laid over.
    pub(super) base: Style,
}

impl<'v> Line<'v> {
    /// A cleared row with the sign of the selected at its head; `focused` is whether keys go to its list.
    pub(super) fn begin(
        app: &'v App,
        buffer: &'v mut Buffer,
        area: Rect,
        selected: bool,
        focused: bool,
    ) -> Self {
        let theme = &app.theme;
        let row = Style::from(theme.row);
        let base = match (selected, focused) {
            (true, true) => row.patch(theme.row_selected.0),
            (true, false) => row.patch(theme.row_selected_elsewhere.0),
            (false, _) => row,
        };
        clear(buffer, app, area, base);
        let mut line = Self { app, buffer, x: area.x, y: area.y, end: area.right(), base };
        let sign = if selected { app.words.get("sign.selected") } else { " " };
        line.piece(sign, 1, theme.border_focused.into());
        line
    }

    /// Draws `text` in the next `width` cells.
    pub(super) fn piece(&mut self, text: &str, width: u16, style: Style) {
        let width = width.min(self.room());
        put(self.buffer, self.app, (self.x, self.y), width, text, self.base.patch(style));
        self.x += width;
    }

    /// How many cells are left.
    pub(super) const fn room(&self) -> u16 {
        self.end.saturating_sub(self.x)
    }
}
