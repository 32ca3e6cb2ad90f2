//! What each family of terminals must be told so that it leaves the order of cells alone.
//!
//! The program orders and shapes Arabic itself. Most terminals put cells where they are told; some
//! reorder on their own and have a switch, each another one.

use std::io::{self, Write};
use std::iter;
use std::sync::LazyLock;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use ratatui::buffer::Cell;

use super::sgr::Look;
use crate::bidi::{Order, Shaping};

/// How right-to-left text reaches a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// Visual order, nothing said: xterm, alacritty, foot, st and most others
    #[default]
    Visual,
    /// Visual order after `CSI 8 l` (ECMA-48 BDSM, explicit): VTE, mintty
    Explicit,
    /// Visual order with U+200E behind every cell: a VTE behind tmux
    Lrm,
    /// Visual order, Konsole's bidi switched off
    Konsole,
    /// Visual order, mlterm's bidi switched off
    Mlterm,
    /// Visual order, every cell wrapped in a text sizing sequence: kitty 0.40 and later
    Kitty,
    /// Logical order, for a terminal that reorders and shapes by itself
    Terminal,
    /// Logical order, no shaping, nothing said
    Off,
}

/// What `--bidi` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Ask the terminal.
    #[default]
    Auto,
    /// This mode, whatever the terminal.
    Mode(Mode),
}

impl ValueEnum for Choice {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<Choice>> = LazyLock::new(|| {
            let modes = Mode::value_variants().iter().copied().map(Choice::Mode);
            iter::once(Choice::Auto).chain(modes).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Auto => Some(PossibleValue::new("auto").help("Ask the terminal")),
            Self::Mode(mode) => mode.to_possible_value(),
        }
    }
}

impl Mode {
    /// The look of a cell as the terminal can show it: mlterm has no Arabic in italics and shows boxes.
    pub fn look(self, cell: &Cell) -> Look {
        let look = Look::of(cell);
        if self == Self::Mlterm { look.upright() } else { look }
    }

    /// The name as `--bidi` takes it.
    pub fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// The next one, for the key that goes through them.
    #[must_use]
    pub fn next(self) -> Self {
        let all = Self::value_variants();
        let at = all.iter().position(|&m| m == self).unwrap_or(0);
        all[(at + 1) % all.len()]
    }

    /// The order in which cells are laid out for it.
    pub const fn order(self) -> Order {
        match self {
            Self::Terminal | Self::Off => Order::Logical,
            _ => Order::Visual,
        }
    }

    /// Whether letters are shaped for it.
    pub const fn shaping(self) -> Shaping {
        match self {
            Self::Terminal | Self::Off => Shaping::Letters,
            _ => Shaping::Forms,
        }
    }

    /// Tells the terminal. VTE keeps the setting per row, from when the row was cleared: the screen
    /// has to be cleared after this.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn enter(self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(match self {
            // BDSM explicit; SCP left to right; DECSET 2501, autodetection of direction, off.
            Self::Explicit => b"\x1b[8l\x1b[1 k\x1b[?2501l",
            Self::Terminal => b"\x1b[8h",
            // Sent to that terminal alone: on others OSC 50 sets the font.
            Self::Konsole => b"\x1b]50;BidiRenderingEnabled=false\x07",
            Self::Mlterm => b"\x1b]5379;use_ctl=false\x07",
            Self::Visual | Self::Lrm | Self::Kitty | Self::Off => b"",
        })
    }

    /// Takes back what [`Mode::enter`] said.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn leave(self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(match self {
            Self::Explicit => b"\x1b[8h\x1b[0 k",
            Self::Konsole => b"\x1b]50;BidiRenderingEnabled=true\x07",
            Self::Mlterm => b"\x1b]5379;use_ctl=true\x07",
            Self::Visual | Self::Lrm | Self::Kitty | Self::Terminal | Self::Off => b"",
        })
    }

    /// Writes one cell's symbol at column `x` as this mode wants it.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn cell(self, symbol: &str, x: u16, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Lrm => write!(out, "{symbol}\u{200E}"),
            // Neighbours with another horizontal alignment are not one run, so kitty does not
            // reorder them; the alignment itself shows in nothing.
            Self::Kitty if !symbol.is_ascii() => {
                write!(out, "\x1b]66;w=1:h={};{symbol}\x07", 1 + (x & 1))
            }
            _ => out.write_all(symbol.as_bytes()),
        }
    }
}
