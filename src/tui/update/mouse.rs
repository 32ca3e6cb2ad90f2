//! The mouse: a click selects, a click on what is selected opens it, the wheel scrolls, the border
//! between list and text can be dragged.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use crate::model::Span;
use crate::tui::action::Command;
use crate::tui::app::{App, Focus, Layer, View};
use crate::tui::layout::WIDE;
use crate::tui::marker::Marker;
use crate::tui::narrowed::top;
use crate::tui::text_view::Place;
use crate::tui::view;

/// Rows that the wheel moves by.
const NOTCH: isize = 3;

impl App {
    /// What the mouse does. Its places are those of the screen; the layout runs from left to right.
    pub(super) fn mouse(&mut self, event: MouseEvent) {
        let window = self.areas.window;
        let x = if self.mirrored() { window.width.saturating_sub(event.column + 1) } else { event.column };
        let at = Position::new(x, event.row);
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                self.message = None;
                self.click(at);
            }
            MouseEventKind::Drag(MouseButton::Left) if self.dragging => self.drag(at),
            MouseEventKind::Drag(MouseButton::Left) => self.drag_over_text(at),
            MouseEventKind::Up(_) => (self.dragging, self.pressed) = (false, None),
            MouseEventKind::ScrollDown => self.wheel(at, NOTCH),
            MouseEventKind::ScrollUp => self.wheel(at, -NOTCH),
            _ => {}
        }
    }

    fn click(&mut self, at: Position) {
        if self.layer.is_some() {
            return self.click_layer(at);
        }
        let areas = self.areas;
        self.chart.focused = areas.chart.contains(at);
        if self.chart.focused {
            if let Some(bar) = view::chart::bar_at(self, at.x - areas.chart.x) {
                let again = self.chart.selected == bar;
                self.chart.selected = bar;
                if again {
                    self.zoom_in();
                }
            }
        } else if self.on_divider(at) {
            self.dragging = true;
        } else if areas.list.inner.contains(at) {
            self.click_list(usize::from(at.y - areas.list.inner.y));
        } else if areas.source.inner.contains(at) {
            self.focus = Focus::Source;
            match self.view {
                View::Events => self.click_text(areas.source.inner, at),
                View::Timeline => self.click_telling(at.x - areas.source.inner.x),
                View::Compare => {}
            }
        }
    }

    fn click_list(&mut self, row: usize) {
        let was = self.focus;
        self.focus = Focus::List;
        match self.view {
            View::Events => {
                let place = self.list.top + row;
                if place >= self.list.keys.len() {
                    return;
                }
                if place == self.list.selected && was == Focus::List {
                    return self.browse(Command::Open);
                }
                self.select(place);
            }
            View::Timeline => {
                let height = usize::from(self.areas.list.inner.height);
                let shown = self.board.count().0;
                let place = top(self.board.selected, shown, height) + row;
                if place >= shown {
                    return;
                }
                if place == self.board.selected && was == Focus::List {
                    return self.in_timeline(Command::Open);
                }
                self.board.select(place);
            }
            View::Compare => {
                let height = usize::from(self.areas.list.inner.height);
                let first = top(self.comparison.selected(), self.comparison.count(), height);
                self.comparison.select(first + row);
            }
        }
    }

    /// The row of the text at a place of its pane, and the byte that stands there, if one does.
    fn text_at(&self, pane: Rect, at: Position) -> Option<(Place, Option<u32>)> {
        let source = self.sources.first()?;
        let place = *source.view.window().get(usize::from(at.y.checked_sub(pane.y)?))?;
        let start = source.view.paragraphs().get(place.paragraph).map_or(0, |p| p.start);
        // Rows are cells from the left whichever way the interface runs.
        let column =
            if self.mirrored() { pane.right().checked_sub(at.x + 1)? } else { at.x.checked_sub(pane.x)? };
        let layout = source.view.layout(place.paragraph);
        let byte = layout.rows.get(place.row).and_then(|row| row.byte_at(column)).map(|byte| start + byte);
        Some((place, byte))
    }

    /// Draws the mouse over the text: the words from where the button was pressed to where it is now are
    /// marked as those of a missed event, until they are taken with the keyboard.
    fn drag_over_text(&mut self, at: Position) {
        let pane = self.areas.source.inner;
        let on_text = self.view == View::Events && pane.contains(at);
        let (Some(from), Some((_, Some(to)))) = (self.pressed, self.text_at(pane, at).filter(|_| on_text))
        else {
            return;
        };
        let marking = match &self.layer {
            None => self.sources.first().and_then(|source| Marker::new(source.view.text(), from)),
            Some(Layer::Mark(marker)) => Some((**marker).clone()),
            Some(_) => None,
        };
        if let Some(mut marker) = marking {
            marker.draw(from, to);
            self.marking(marker);
        }
    }

    /// A click on a word of the text selects the event that it belongs to, and reads there.
    fn click_text(&mut self, pane: Rect, at: Position) {
        let Some((place, byte)) = self.text_at(pane, at) else { return };
        self.pressed = byte;
        let Some(source) = self.sources.first_mut() else { return };
        source.view.read_at(place);
        let Some(byte) = byte else { return };
        let word = Span::new(byte, byte + 1);
        // The event whose trigger it is, else the one told in the fewest words around it.
        let told = source
            .annotations
            .events
            .iter()
            .filter(|e| e.trigger.overlaps(word) || e.extent.overlaps(word))
            .filter_map(|e| {
                let at = source.listed.iter().find(|(start, _)| *start == e.trigger.start)?;
                Some((!e.trigger.overlaps(word), e.extent.len(), at.1))
            })
            .min();
        if let Some((_, _, place)) = told {
            self.remember();
            self.list.selected = place;
        }
    }

    fn click_telling(&mut self, column: u16) {
        if let Some(n) = view::timeline::telling_at(self, column) {
            let again = n == self.board.telling;
            self.board.select_telling(n);
            if again {
                self.in_timeline(Command::Open);
            }
        }
    }

    fn click_layer(&mut self, at: Position) {
        let row = |area: Rect| area.contains(at).then(|| usize::from(at.y - area.y));
        match self.layer.take() {
            Some(Layer::Mark(mut marker)) => {
                let pane = self.areas.source.inner;
                if let Some((_, Some(byte))) = self.text_at(pane, at).filter(|_| pane.contains(at)) {
                    self.pressed = Some(byte);
                    marker.draw(byte, byte);
                }
                self.marking(*marker);
            }
            Some(Layer::Picker(mut picker)) => {
                let area = view::picker::rows(self);
                let on = row(area).is_some_and(|row| picker.list.point(row, usize::from(area.height)));
                if on {
                    drop(self.in_picker(*picker, Command::Open));
                }
            }
            Some(Layer::Facet(mut panel)) => {
                let area = view::facet::rows(&self.areas);
                if let Some(row) = row(area) {
                    if panel.list.point(row, usize::from(area.height)) {
                        return self.in_panel(*panel, Command::Toggle);
                    }
                    self.layer = Some(Layer::Facet(panel));
                } else {
                    // A click beside the panel takes what was chosen in it.
                    self.in_panel(*panel, Command::Open);
                }
            }
            // A click beside a page or a line closes it.
            Some(page) if view::page(&self.areas).outer.contains(at) => self.layer = Some(page),
            _ => {}
        }
    }

    fn wheel(&mut self, at: Position, rows: isize) {
        let command = if rows < 0 { Command::Up } else { Command::Down };
        match self.layer.take() {
            Some(Layer::Facet(mut panel)) => {
                panel.list.step(rows);
                self.layer = Some(Layer::Facet(panel));
            }
            Some(Layer::Picker(mut picker)) => {
                picker.list.step(rows);
                self.layer = Some(Layer::Picker(picker));
            }
            Some(page @ (Layer::Help(_) | Layer::Skipped(_) | Layer::Explain(_))) => {
                self.on_page(page, command);
            }
            Some(other) => self.layer = Some(other),
            None if self.areas.chart.contains(at) => {
                self.in_chart(command);
            }
            None if self.areas.list.outer.contains(at) => match self.view {
                View::Events => self.select(self.list.selected.saturating_add_signed(rows)),
                View::Timeline => self.board.select(self.board.selected.saturating_add_signed(rows)),
                View::Compare => {
                    self.comparison.select(self.comparison.selected().saturating_add_signed(rows));
                }
            },
            None if self.areas.source.outer.contains(at) => match self.view {
                View::Events => self.read(|view| view.step(rows)),
                View::Timeline => {
                    self.board.select_telling(self.board.telling.saturating_add_signed(rows.signum()));
                }
                View::Compare => self.comparison.turn(rows.signum()),
            },
            None => {}
        }
    }

    /// Whether a place is on the border between list and text.
    fn on_divider(&self, at: Position) -> bool {
        let (list, source) = (self.areas.list.outer, self.areas.source.outer);
        if list.is_empty() || source.is_empty() {
            return false;
        }
        if list.y == source.y {
            (at.x == source.x || at.x + 1 == source.x) && (list.top()..list.bottom()).contains(&at.y)
        } else {
            at.y == source.y || at.y + 1 == source.y
        }
    }

    fn drag(&mut self, at: Position) {
        let (list, window) = (self.areas.list.outer, self.areas.window);
        let (part, whole) = if window.width >= WIDE {
            (at.x + 1, window.width)
        } else {
            ((at.y + 1).saturating_sub(list.y), window.height.saturating_sub(list.y + 1))
        };
        self.split = Some((u32::from(part) * 1000 / u32::from(whole.max(1))) as u16);
    }
}
