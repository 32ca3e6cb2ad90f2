//! The ratatui backend: cells as bytes, each as the terminal's mode wants it.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::mode::Mode;
use super::sgr::Look;

/// Writes cells to a terminal.
#[derive(Debug)]
pub struct Screen<W: Write> {
    out: W,
    mode: Mode,
}

impl<W: Write> Screen<W> {
    /// A screen behind `out`, which should be buffered.
    pub const fn new(out: W, mode: Mode) -> Self {
        Self { out, mode }
    }

    /// Changes the mode; the next frame has to be drawn on a cleared screen.
    pub const fn set_mode(&mut self, mode: Mode) {
        self.mode = mode;
    }

    /// What it writes to.
    pub const fn out(&mut self) -> &mut W {
        &mut self.out
    }
}

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut look = Look::PLAIN;
        let mut expected = None;
        for (x, y, cell) in content {
            if expected != Some((x, y)) {
                write!(self.out, "\x1b[{};{}H", y + 1, x + 1)?;
            }
            let wanted = self.mode.look(cell);
            if look != wanted {
                look = wanted;
                look.write(&mut self.out)?;
            }
            let symbol = cell.symbol();
            self.mode.cell(symbol, x, &mut self.out)?;
            // Terminals agree on the width of one code point of ASCII or of a letter's
            // presentation form; after anything else the place is said anew.
            let mut chars = symbol.chars();
            let sure = match (chars.next(), chars.next()) {
                (Some(c), None) => {
                    c.is_ascii() || matches!(c, '\u{2500}'..='\u{257F}' | '\u{FE70}'..='\u{FEFC}')
                }
                _ => false,
            };
            expected = sure.then_some((x + 1, y));
        }
        Look::PLAIN.write(&mut self.out)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.out.write_all(b"\x1b[?25l")
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.out.write_all(b"\x1b[?25h")
    }

    /// The place is never asked: an answer could be mixed with keys.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        write!(self.out, "\x1b[{};{}H", y + 1, x + 1)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.out.write_all(b"\x1b[H\x1b[2J")
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.out.write_all(match clear_type {
            ClearType::All => b"\x1b[2J",
            ClearType::AfterCursor => b"\x1b[J",
            ClearType::BeforeCursor => b"\x1b[1J",
            ClearType::CurrentLine => b"\x1b[2K",
            ClearType::UntilNewLine => b"\x1b[K",
        })
    }

    fn size(&self) -> io::Result<Size> {
        crossterm::terminal::size().map(|(width, height)| Size { width, height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(mode: Mode, symbols: &[&'static str]) -> String {
        let cells: Vec<_> = symbols.iter().map(|s| Cell::new(s)).collect();
        let mut screen = Screen::new(Vec::new(), mode);
        let content = cells.iter().enumerate().map(|(x, c)| (x as u16, 0, c));
        screen.draw(content).expect("a vector takes all");
        String::from_utf8(screen.out).expect("text")
    }

    #[test]
    fn nothing_leans_in_mlterm() {
        let mut cell = Cell::new("\u{FEDF}");
        cell.modifier = ratatui::style::Modifier::ITALIC;
        for (mode, code) in [(Mode::Visual, "3"), (Mode::Mlterm, "4")] {
            let mut screen = Screen::new(Vec::new(), mode);
            screen.draw(std::iter::once((0, 0, &cell))).expect("a Vec takes everything");
            let out = String::from_utf8(screen.out).expect("UTF-8");
            assert!(out.contains(&format!("\x1b[0;{code}m")), "{out:?}");
        }
    }

    #[test]
    fn cells_go_out_as_the_mode_wants_them() {
        assert_eq!(drawn(Mode::Visual, &["a", "\u{FEDF}"]), "\x1b[1;1Ha\u{FEDF}\x1b[0m");
        assert_eq!(drawn(Mode::Lrm, &["a", "│"]), "\x1b[1;1Ha\u{200E}│\u{200E}\x1b[0m");
        assert_eq!(
            drawn(Mode::Kitty, &["\u{FEDF}", "\u{FEE2}"]),
            "\x1b[1;1H\x1b]66;w=1:h=1;\u{FEDF}\x07\x1b]66;w=1:h=2;\u{FEE2}\x07\x1b[0m"
        );
    }

    #[test]
    fn the_place_is_said_anew_after_a_cluster_whose_width_terminals_dispute() {
        assert_eq!(
            drawn(Mode::Visual, &["\u{FEDF}\u{64E}", "b"]),
            "\x1b[1;1H\u{FEDF}\u{64E}\x1b[1;2Hb\x1b[0m"
        );
    }
}
