//! Arabic and bidirectional text for a grid of cells: logical text and a width in, rows of cells out.
//!
//! Terminals differ in what they do to right-to-left text, so the layout is done here, whole, and a
//! terminal is only asked to leave its cells alone. The way of a paragraph:
//!
//! ```text
//!  text ── levels       UAX #9 up to I2, once for the paragraph
//!    └──── clusters     characters → things that take columns; joining, lam-alef, what is dropped
//!            └── wrap   rows at UAX #14 opportunities, in logical order
//!                  └── rows   L1, L2, forms, mirroring: cells in visual order
//! ```
//!
//! [`paragraph`] gives all the rows of a paragraph, [`line()`] one row that ends in `…` where the text
//! is longer, [`input()`] one row around the cursor of a prompt. [`paragraphs`] cuts a document. Every
//! [`Cell`] knows the bytes it came from, and [`Row`] goes both ways: bytes to cells (highlights,
//! search) and columns to bytes (the mouse). [`sanitize`] says what may reach a terminal at all. The
//! bidi controls of a text (LRM, RLM, ALM, embeddings, overrides, isolates) have their effect on the
//! order and are shown as a mark of one column each, since a hidden one can make a text look like
//! another.
//!
//! Byte offsets are `u32` and count from the start of the text given, which is shorter than 4 GiB;
//! columns are `u16`. Nothing here knows what a terminal library or an event is.

mod chars;
mod clusters;
mod input;
mod isolate;
mod levels;
mod line;
mod paragraphs;
mod row;
pub mod sanitize;
mod shaping;
mod symbol;
mod wrap;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub use input::{Input, cluster_after, cluster_before, input};
pub use isolate::{isolated, path_name};
pub use levels::direction;
pub use line::line;
pub use paragraphs::{MAX_PARAGRAPH, paragraphs};
pub use row::{Cell, Row};
pub use symbol::Symbol;

/// A direction of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    #[default]
    Rtl,
}

/// Where the direction of a paragraph comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Base {
    /// The first strong character outside isolates (UAX #9, P2 and P3); [`Options::fallback`] where
    /// there is none.
    #[default]
    Auto,
    /// Left to right, whatever the text.
    Ltr,
    /// Right to left, whatever the text.
    Rtl,
}

/// On which side of the width a row stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// Right for paragraphs from right to left, left for the others.
    #[default]
    Auto,
    /// Against the left edge.
    Left,
    /// Against the right edge.
    Right,
}

/// What becomes of Arabic vowel signs and the other marks above and below the letters.
///
/// Hamza and madda written as marks (U+0653 to U+0655) are part of their letter and always kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Harakat {
    /// Each stays in the cell of its letter.
    #[default]
    Keep,
    /// None is shown; their bytes still belong to the cell of their letter.
    Strip,
}

/// How Arabic letters are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shaping {
    /// As presentation forms, joined by us; lam and alef share one cell.
    #[default]
    Forms,
    /// As the letters of the text, for a terminal that joins them itself.
    Letters,
}

/// In which order the cells of a row come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// From the left edge to the right, reordered and mirrored.
    #[default]
    Visual,
    /// As in the text, neither reordered nor mirrored, for a terminal that does its own bidi.
    Logical,
}

/// What becomes of the bidi controls of a text; either way they have their effect on the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Controls {
    /// Each is shown as a mark of one column, since a hidden one can make a text look like another.
    #[default]
    Show,
    /// They take no column: for words of a program that set their own, and let through no others.
    Hide,
}

/// How to lay out. The default fits a document of Arabic prose in a terminal without bidi.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// Where a paragraph's direction comes from.
    pub base: Base,
    /// The direction of a paragraph without strong character, with [`Base::Auto`].
    pub fallback: Direction,
    /// The side of the rows.
    pub align: Align,
    /// Marks on Arabic letters.
    pub harakat: Harakat,
    /// Forms or letters.
    pub shaping: Shaping,
    /// Visual or logical order.
    pub order: Order,
    /// Bidi controls shown or hidden.
    pub controls: Controls,
    /// Columns of a tab, from 1 to 15. A tab is written as spaces and stays a segment separator to
    /// the algorithm (UAX #9, L1): the fields of a line come in the direction of the paragraph.
    pub tab: u8,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            base: Base::Auto,
            fallback: Direction::Rtl,
            align: Align::Auto,
            harakat: Harakat::Keep,
            shaping: Shaping::Forms,
            order: Order::Visual,
            controls: Controls::Show,
            tab: 4,
        }
    }
}

/// Why bytes of the text have no cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// A control character (C0, DEL, C1).
    Control,
    /// A character that shows nothing: soft hyphen, zero width space, tag …
    Format,
    /// A mark without letter, with [`Harakat::Strip`].
    Mark,
    /// White space at the end of a row, where the text goes on in the next row or no room is left.
    Hung,
}

/// Bytes of the text that no cell shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dropped {
    /// Which bytes of the text.
    pub bytes: Range<u32>,
    /// Why.
    pub reason: Reason,
}

/// A paragraph laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The rows from top to bottom; one at least, empty for a text without anything to show.
    pub rows: Vec<Row>,
    /// What no cell shows, in the order of the text.
    pub dropped: Vec<Dropped>,
}

impl Layout {
    /// The number of the row that holds `byte`, the last row for the text's end and beyond.
    pub fn row_of(&self, byte: u32) -> usize {
        self.rows.partition_point(|row| row.bytes.end <= byte).min(self.rows.len().saturating_sub(1))
    }
}

/// Lays out `text`, one paragraph, in rows of at most `width` columns (1 at least).
///
/// A line break inside `text` counts as a space; [`paragraphs`] cuts a document so that there is
/// none, and so that no paragraph is longer than [`MAX_PARAGRAPH`]: the time taken grows with the
/// length of `text`, all of which is laid out.
pub fn paragraph(text: &str, width: u16, options: &Options) -> Layout {
    let mut shaped = clusters::Clusters::of(text, *options);
    let rows = wrap::rows(text, &mut shaped, width.max(1), *options);
    Layout { rows, dropped: shaped.dropped }
}
