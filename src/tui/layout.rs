//! Where the panes are, for a window of any size.

use ratatui::layout::Rect;

/// From this many columns on, list and text stand side by side.
pub const WIDE: u16 = 100;

/// Under this many columns panes have a head line but no frame.
const FRAMED: u16 = 40;

/// A pane: its place with frame, and the place of what is in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pane {
    /// With its frame.
    pub outer: Rect,
    /// Without.
    pub inner: Rect,
}

impl Pane {
    /// A pane with as much frame as fits: all around, a head line alone, or none.
    fn new(outer: Rect) -> Self {
        let inner = if outer.width >= FRAMED && outer.height >= 4 {
            Rect::new(outer.x + 1, outer.y + 1, outer.width - 2, outer.height - 2)
        } else if outer.height >= 2 && outer.width >= 8 {
            Rect::new(outer.x, outer.y + 1, outer.width, outer.height - 1)
        } else {
            outer
        };
        Self { outer, inner }
    }

    /// With a column of blank on both sides inside the frame, where there is one.
    const fn padded(mut self) -> Self {
        if self.framed() {
            self.inner.x += 1;
            self.inner.width -= 2;
        }
        self
    }

    /// Whether there is a line above the content.
    pub const fn headed(self) -> bool {
        self.inner.y > self.outer.y
    }

    /// Whether there is a frame all around.
    pub const fn framed(self) -> bool {
        self.inner.x > self.outer.x
    }
}

/// The places of everything on screen; what has no room is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// The whole window.
    pub window: Rect,
    /// The title line.
    pub title: Rect,
    /// The list of events.
    pub list: Pane,
    /// The source text.
    pub source: Pane,
    /// The status line.
    pub status: Rect,
}

impl Areas {
    /// The places in a window of `width` by `height` cells. Where only one pane has room it is the
    /// text if `source_first`, otherwise the list.
    pub fn new(width: u16, height: u16, source_first: bool) -> Self {
        let window = Rect::new(0, 0, width, height);
        let mut areas = Self { window, ..Self::default() };
        if window.is_empty() {
            return areas;
        }
        let title = u16::from(height >= 6);
        let status = u16::from(height >= 3);
        areas.title = Rect::new(0, 0, width, title);
        areas.status = Rect::new(0, height - status, width, status);
        let body = Rect::new(0, title, width, height - title - status);
        if width >= WIDE && body.height >= 3 {
            let list = (width * 9 / 20).clamp(40, 84);
            areas.list = Pane::new(Rect { width: list, ..body });
            areas.source = Pane::new(Rect { x: list, width: width - list, ..body }).padded();
        } else if body.height >= 6 {
            let list = (body.height * 2 / 5).clamp(3, 14);
            areas.list = Pane::new(Rect { height: list, ..body });
            areas.source = Pane::new(Rect { y: body.y + list, height: body.height - list, ..body }).padded();
        } else if source_first {
            areas.source = Pane::new(body).padded();
        } else {
            areas.list = Pane::new(body);
        }
        areas
    }

    /// The place of a panel over the panes, between title and status line: centred, at most `width`
    /// by `height` with its frame.
    pub fn panel(&self, width: u16, height: u16) -> Pane {
        let window = self.window;
        let room = window.height - self.title.height - self.status.height;
        let (width, height) = (width.min(window.width), height.min(room));
        let (x, y) = ((window.width - width) / 2, self.title.height + (room - height) / 2);
        Pane::new(Rect::new(x, y, width, height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_never_leave_the_window_and_never_overlap() {
        for width in (0..140).chain([500]) {
            for height in (0..40).chain([200]) {
                for source_first in [false, true] {
                    let a = Areas::new(width, height, source_first);
                    let parts = [a.title, a.list.outer, a.source.outer, a.status];
                    let cells: u32 = parts.iter().map(|r| r.area()).sum();
                    assert_eq!(cells, a.window.area(), "{width}x{height}");
                    for part in parts.into_iter().chain([a.list.inner, a.source.inner, a.panel(60, 20).inner])
                    {
                        assert_eq!(part.intersection(a.window).area(), part.area(), "{width}x{height}");
                    }
                }
            }
        }
    }
}
