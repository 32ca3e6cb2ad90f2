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
    /// The chart over the panes.
    pub chart: Rect,
    /// The list of events.
    pub list: Pane,
    /// The source text.
    pub source: Pane,
    /// The status line.
    pub status: Rect,
}

/// What the user made of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Where only one pane has room it is the text, otherwise the list.
    pub source_first: bool,
    /// Whether keys go to the chart: then it is there wherever there is room at all.
    pub chart: bool,
    /// The list's part, in thousandths, where it was set.
    pub split: Option<u16>,
}

impl Shape {
    /// The rows of the chart in a window: more in higher ones, none in small ones.
    fn chart_rows(self, width: u16, height: u16) -> u16 {
        match height {
            48.. => 6,
            34.. => 4,
            28.. if width >= 60 => 3,
            9.. if self.chart => 3,
            _ => 0,
        }
    }
}

impl Areas {
    /// The places in a window of `width` by `height` cells.
    pub fn new(width: u16, height: u16, shape: Shape) -> Self {
        let window = Rect::new(0, 0, width, height);
        let mut areas = Self { window, ..Self::default() };
        if window.is_empty() {
            return areas;
        }
        let title = u16::from(height >= 6);
        let status = u16::from(height >= 3);
        areas.title = Rect::new(0, 0, width, title);
        areas.status = Rect::new(0, height - status, width, status);
        let chart = shape.chart_rows(width, height);
        areas.chart = Rect::new(0, title, width, chart);
        let body = Rect::new(0, title + chart, width, height - title - chart - status);
        let part =
            |whole: u16| shape.split.map(|split| (u32::from(whole) * u32::from(split)).div_ceil(1000) as u16);
        if width >= WIDE && body.height >= 3 {
            let list = part(width).map_or((width * 9 / 20).clamp(40, 84), |list| list.clamp(24, width - 30));
            areas.list = Pane::new(Rect { width: list, ..body });
            areas.source = Pane::new(Rect { x: list, width: width - list, ..body }).padded();
        } else if body.height >= 6 {
            let list = part(body.height)
                .map_or((body.height * 2 / 5).clamp(3, 14), |list| list.clamp(3, body.height - 3));
            areas.list = Pane::new(Rect { height: list, ..body });
            areas.source = Pane::new(Rect { y: body.y + list, height: body.height - list, ..body }).padded();
        } else if shape.source_first {
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
                for (source_first, chart, split) in [
                    (false, false, None),
                    (true, true, Some(0)),
                    (true, false, Some(999)),
                    (false, true, Some(500)),
                ] {
                    let a = Areas::new(width, height, Shape { source_first, chart, split });
                    let parts = [a.title, a.chart, a.list.outer, a.source.outer, a.status];
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
