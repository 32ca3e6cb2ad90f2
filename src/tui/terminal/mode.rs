//! What each family of terminals must be told so that it leaves the order of cells alone.
//!
//! The program orders and shapes Arabic itself. Most terminals put cells where they are told; some
//! reorder on their own and have a switch, each another one.

use std::io::{self, Write};

use clap::ValueEnum;

use crate::bidi::{Order, Shaping};

/// How right-to-left text reaches a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// Cells in visual order, nothing said: xterm, alacritty, foot, st and most others.
    #[default]
    Visual,
    /// ECMA-48 BDSM reset, "explicit" (`CSI 8 l`): VTE, mintty.
    Explicit,
    /// U+200E after every cell: a VTE behind tmux.
    Lrm,
    /// Konsole's own switch.
    Konsole,
    /// mlterm's own switch.
    Mlterm,
    /// kitty's text sizing protocol, a cell at a time (kitty 0.40 and later).
    Kitty,
    /// Logical order: the terminal is to reorder and shape.
    Terminal,
    /// Logical order, letters unshaped, the terminal not spoken to.
    Off,
}

/// What `--bidi` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Choice {
    /// Ask the terminal.
    #[default]
    Auto,
    /// Cells in visual order, nothing said.
    Visual,
    /// Visual order after `CSI 8 l`.
    Explicit,
    /// Visual order with U+200E in every cell.
    Lrm,
    /// Visual order, Konsole's bidi switched off.
    Konsole,
    /// Visual order, mlterm's bidi switched off.
    Mlterm,
    /// Visual order, every cell wrapped in kitty's text sizing sequence.
    Kitty,
    /// Logical order, for a terminal that reorders by itself.
    Terminal,
    /// Logical order, no shaping, nothing said.
    Off,
}

impl Choice {
    /// The mode that is chosen; none for [`Choice::Auto`].
    pub const fn mode(self) -> Option<Mode> {
        Some(match self {
            Self::Auto => return None,
            Self::Visual => Mode::Visual,
            Self::Explicit => Mode::Explicit,
            Self::Lrm => Mode::Lrm,
            Self::Konsole => Mode::Konsole,
            Self::Mlterm => Mode::Mlterm,
            Self::Kitty => Mode::Kitty,
            Self::Terminal => Mode::Terminal,
            Self::Off => Mode::Off,
        })
    }
}

impl Mode {
    /// All modes, in the order in which a key goes through them.
    pub const ALL: [Self; 8] = [
        Self::Visual,
        Self::Explicit,
        Self::Lrm,
        Self::Konsole,
        Self::Mlterm,
        Self::Kitty,
        Self::Terminal,
        Self::Off,
    ];

    /// The name as `--bidi` takes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Visual => "visual",
            Self::Explicit => "explicit",
            Self::Lrm => "lrm",
            Self::Konsole => "konsole",
            Self::Mlterm => "mlterm",
            Self::Kitty => "kitty",
            Self::Terminal => "terminal",
            Self::Off => "off",
        }
    }

    /// The next one, for the key that goes through them.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|&m| m == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
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
