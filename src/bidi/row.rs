//! A row of cells, and the ways between its bytes and its columns.

use std::fmt;
use std::ops::Range;

use super::Symbol;

/// One cell of the grid, or two side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What to write.
    pub symbol: Symbol,
    /// Columns: 1, or 2 for a wide character; a tab takes as many as it is set to.
    pub width: u8,
    /// The bytes of the paragraph that the cell shows.
    pub bytes: Range<u32>,
    /// The embedding level (UAX #9); odd is right to left.
    pub level: u8,
}

/// One row of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// In the order in which they are written, from the left edge to the right.
    pub cells: Vec<Cell>,
    /// Columns of all cells together.
    pub width: u16,
    /// Columns left of the first cell.
    pub indent: u16,
    /// The bytes of the paragraph that the row stands for, with what is dropped at its end. The rows
    /// of a paragraph touch.
    pub bytes: Range<u32>,
    /// Whether the paragraph goes from right to left.
    pub rtl: bool,
}

impl Row {
    /// The cells that show any of `bytes`, as places in [`Row::cells`], from left to right.
    pub fn cells_of(&self, bytes: Range<u32>) -> impl Iterator<Item = usize> + '_ {
        self.cells
            .iter()
            .enumerate()
            .filter(move |(_, cell)| cell.bytes.start < bytes.end && bytes.start < cell.bytes.end)
            .map(|(place, _)| place)
    }

    /// The place in [`Row::cells`] of the cell that shows `byte`.
    pub fn cell_of(&self, byte: u32) -> Option<usize> {
        self.cells.iter().position(|cell| cell.bytes.contains(&byte))
    }

    /// The first column of the cell that shows `byte`, indent included.
    pub fn column_of(&self, byte: u32) -> Option<u16> {
        self.cell_of(byte).map(|place| self.column(place))
    }

    /// The first column of the cell at `place`, indent included.
    pub fn column(&self, place: usize) -> u16 {
        self.indent + self.cells.iter().take(place).map(|cell| u16::from(cell.width)).sum::<u16>()
    }

    /// The place in [`Row::cells`] of the cell at `column`, indent included.
    pub fn cell_at(&self, column: u16) -> Option<usize> {
        let mut left = column.checked_sub(self.indent)?;
        for (place, cell) in self.cells.iter().enumerate() {
            match left.checked_sub(u16::from(cell.width)) {
                Some(rest) => left = rest,
                None => return Some(place),
            }
        }
        None
    }

    /// The first byte of the cell at `column`, indent included; `None` beside the text.
    pub fn byte_at(&self, column: u16) -> Option<u32> {
        self.cell_at(column).map(|place| self.cells[place].bytes.start)
    }

    /// The column in which a cursor before `byte` stands, indent included: that of the cell that
    /// shows it, and at the end of the text the first free column on the side where the text grows.
    /// `None` where there is no column left on that side, and for a byte that has no cell.
    pub fn cursor(&self, byte: u32) -> Option<u16> {
        if byte < self.bytes.end {
            return self.column_of(byte);
        }
        if self.rtl { self.indent.checked_sub(1) } else { self.indent.checked_add(self.width) }
    }
}

/// The row as it looks, indent included; nothing is added on the right.
impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:1$}", "", usize::from(self.indent))?;
        self.cells.iter().try_for_each(|cell| f.write_str(&cell.symbol))
    }
}
