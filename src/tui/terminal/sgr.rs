//! Styles as SGR sequences, for the screen and for `render` alike.

use std::io::{self, Write};

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// The look of a cell: what has to change between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Look {
    /// What a terminal shows after a reset.
    pub const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    /// The look of a cell.
    pub const fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// The same without italics, which a line below stands for.
    #[must_use]
    pub fn upright(mut self) -> Self {
        if self.modifier.contains(Modifier::ITALIC) {
            self.modifier.remove(Modifier::ITALIC);
            self.modifier.insert(Modifier::UNDERLINED);
        }
        self
    }

    /// Writes the one sequence that makes whatever follows look so.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(b"\x1b[0")?;
        for (modifier, code) in [
            (Modifier::BOLD, 1),
            (Modifier::DIM, 2),
            (Modifier::ITALIC, 3),
            (Modifier::UNDERLINED, 4),
            (Modifier::REVERSED, 7),
        ] {
            if self.modifier.contains(modifier) {
                write!(out, ";{code}")?;
            }
        }
        color(self.fg, 30, out)?;
        color(self.bg, 40, out)?;
        out.write_all(b"m")
    }
}

/// Writes the parameters of one colour; `base` is 30 for the foreground, 40 for the background.
fn color(color: Color, base: u8, out: &mut impl Write) -> io::Result<()> {
    let index = match color {
        Color::Reset => return Ok(()),
        Color::Indexed(i) => return write!(out, ";{};5;{i}", base + 8),
        Color::Rgb(r, g, b) => return write!(out, ";{};2;{r};{g};{b}", base + 8),
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
    };
    write!(out, ";{}", base + index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sequence_says_all() {
        let look = Look {
            fg: Color::Indexed(117),
            bg: Color::LightRed,
            modifier: Modifier::BOLD | Modifier::UNDERLINED,
        };
        let mut out = Vec::new();
        look.write(&mut out).expect("a vector takes all");
        assert_eq!(out, b"\x1b[0;1;4;38;5;117;101m");
        out.clear();
        Look::PLAIN.write(&mut out).expect("a vector takes all");
        assert_eq!(out, b"\x1b[0m");
    }
}
