//! The terminal: asked what it is, set up, and always given back as it was found.

pub mod decide;
pub mod detect;
pub mod mode;
pub mod screen;
pub mod sgr;
pub mod tmux;

use std::io::{self, Write};
use std::sync::{Mutex, Once, PoisonError};
use std::thread::{self, ThreadId};

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::KeyEvent;

pub use decide::Decision;
pub use mode::{Choice, Mode};

use crate::bidi::Harakat;

/// Whether there is something to read within `wait`, less than a second.
#[cfg(unix)]
fn readable(tty: &std::fs::File, wait: std::time::Duration) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let wait = Timespec { tv_sec: 0, tv_nsec: i64::from(wait.subsec_nanos()) };
    matches!(poll(&mut [PollFd::new(tty, PollFlags::IN)], Some(&wait)), Ok(1..))
}

/// The way of the guard that is active and the thread that draws, for the panic hook and the
/// signal thread.
static ACTIVE: Mutex<Option<(Way, ThreadId)>> = Mutex::new(None);

/// How the terminal is spoken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// In whose words.
    pub mode: Mode,
    /// Whether tmux stands between and hands orders on.
    pub through: bool,
}

impl Way {
    /// Tells the terminal the mode, see [`Mode::enter`].
    ///
    /// # Errors
    /// Those of the writer.
    pub fn enter(self, out: &mut impl Write) -> io::Result<()> {
        let mut order = Vec::new();
        self.mode.enter(&mut order)?;
        self.send(order, out)
    }

    /// Takes back what [`Way::enter`] said.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn leave(self, out: &mut impl Write) -> io::Result<()> {
        let mut order = Vec::new();
        self.mode.leave(&mut order)?;
        self.send(order, out)
    }

    fn send(self, order: Vec<u8>, out: &mut impl Write) -> io::Result<()> {
        let order = if self.through && !order.is_empty() { tmux::wrapped(&order) } else { order };
        out.write_all(&order)
    }
}

/// What came while answers were still waited for.
#[derive(Debug)]
pub struct Arrived {
    /// Keys, in order.
    pub keys: Vec<KeyEvent>,
    /// The mode that the last answer asks for, where it is another one.
    pub mode: Option<Mode>,
    /// Whether nothing is waited for any longer.
    pub over: bool,
}

/// Takes the terminal for the program: raw mode, alternate screen, the mode for Arabic. Gives it
/// back when dropped, on a panic of the thread that draws, and on SIGTERM, SIGHUP and SIGINT.
#[derive(Debug, Default)]
pub struct Guard {
    way: Way,
    /// Whether the user named the mode, so that no answer changes it.
    chosen: bool,
    /// Keys typed while the terminal was asked.
    pub early: Vec<KeyEvent>,
    /// What only the user of this terminal can do, as a name in the table of words.
    pub hint: Option<&'static str>,
    /// What becomes of marks on letters unless the user says.
    pub harakat: Harakat,
    /// Whether its background is light, where it told.
    pub light: Option<bool>,
    /// The answers that are still to come.
    #[cfg(unix)]
    late: Option<detect::Late>,
}

impl Guard {
    /// Asks where `choice` says so, and takes the terminal.
    ///
    /// # Errors
    /// Where the terminal cannot be set to raw mode or written to.
    pub fn enter(choice: Choice) -> io::Result<Self> {
        hook();
        crossterm::terminal::enable_raw_mode()?;
        set_active(Some(Way::default()));
        let (mut guard, mut decision) = (Self::default(), Decision::default());
        // Its background is asked whatever the choice: the colours go by it.
        let answers = detect::ask();
        guard.light = answers.light;
        guard.early = detect::keys(&answers.typed);
        #[cfg(unix)]
        {
            guard.late = detect::Late::after(&answers);
        }
        match choice {
            Choice::Mode(mode) => (guard.chosen, decision.mode) = (true, mode),
            Choice::Auto => decision = decide::decide(&answers, &decide::Environment::read()),
        }
        guard.way = Way { mode: decision.mode, through: decision.through };
        (guard.hint, guard.harakat) = (decision.hint, decision.harakat);
        set_active(Some(guard.way));
        let mut out = io::stdout().lock();
        open(guard.way, &mut out)?;
        out.flush()?;
        drop(out);
        #[cfg(unix)]
        signals::watch();
        Ok(guard)
    }

    /// The mode in force.
    pub const fn mode(&self) -> Mode {
        self.way.mode
    }

    /// What comes within `wait` (less than a second) while answers may still come; none once none can.
    ///
    /// # Errors
    /// Where the terminal cannot be read.
    #[cfg(unix)]
    pub fn late(&mut self, wait: std::time::Duration) -> io::Result<Option<Arrived>> {
        let Some(late) = &mut self.late else { return Ok(None) };
        let mut arrived = Arrived { keys: late.keys(wait)?, mode: None, over: late.is_over() };
        if arrived.over {
            let decision = decide::decide(&late.answers, &decide::Environment::read());
            arrived.mode = Some(decision.mode).filter(|mode| !self.chosen && *mode != self.way.mode);
            self.late = None;
        }
        Ok(Some(arrived))
    }

    /// Nothing comes late where nothing is asked.
    ///
    /// # Errors
    /// None.
    #[cfg(not(unix))]
    pub fn late(&mut self, _wait: std::time::Duration) -> io::Result<Option<Arrived>> {
        Ok(None)
    }

    /// Changes the mode. The screen is cleared, as the terminal needs it.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn set_mode(&mut self, mode: Mode) -> io::Result<()> {
        let mut out = io::stdout().lock();
        self.way.leave(&mut out)?;
        self.way.mode = mode;
        set_active(Some(self.way));
        self.way.enter(&mut out)?;
        out.write_all(b"\x1b[H\x1b[2J")?;
        out.flush()
    }

    /// Puts `text` on the clipboard (OSC 52), past tmux where that is allowed.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn copy(&self, text: &str) -> io::Result<()> {
        let mut order = String::new();
        CopyToClipboard::to_clipboard_from(text)
            .write_ansi(&mut order)
            .map_err(|_| io::Error::other("the text could not be written as OSC 52"))?;
        let mut out = io::stdout().lock();
        out.write_all(order.as_bytes())?;
        if self.way.through {
            out.write_all(&tmux::wrapped(order.as_bytes()))?;
        }
        out.flush()
    }

    /// Gives the terminal back, stops the process as the shell expects it, and takes the terminal
    /// again when it goes on.
    ///
    /// # Errors
    /// Where the terminal cannot be taken again.
    #[cfg(unix)]
    pub fn suspend(&self) -> io::Result<()> {
        restore();
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        crossterm::terminal::enable_raw_mode()?;
        set_active(Some(self.way));
        let mut out = io::stdout().lock();
        open(self.way, &mut out)?;
        out.flush()
    }

    /// Suspending is Unix's.
    ///
    /// # Errors
    /// None.
    #[cfg(not(unix))]
    pub fn suspend(&self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

fn set_active(way: Option<Way>) -> Option<Way> {
    let new = way.map(|way| (way, thread::current().id()));
    let old = std::mem::replace(&mut *ACTIVE.lock().unwrap_or_else(PoisonError::into_inner), new);
    old.map(|(way, _)| way)
}

/// Alternate screen, home, the mode for Arabic, and only then the clearing that makes it hold;
/// cursor hidden, pasted text marked as such, the mouse reported. Through tmux the mode comes first: with the alternate
/// screen begins a redraw, while which tmux hands nothing on.
fn open(way: Way, out: &mut impl Write) -> io::Result<()> {
    if way.through {
        way.enter(out)?;
        out.flush()?;
    }
    out.write_all(b"\x1b[?1049h\x1b[H")?;
    if !way.through {
        way.enter(out)?;
    }
    out.write_all(b"\x1b[2J\x1b[?25l\x1b[?2004h\x1b[?1000h\x1b[?1002h\x1b[?1006h")
}

/// The way back of [`open`].
fn close(way: Way, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\x1b[0m\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[?25h")?;
    way.leave(out)?;
    out.write_all(b"\x1b[?1049l")
}

/// Gives the terminal back, once; a terminal that is gone is no error.
fn restore() {
    if let Some(way) = set_active(None) {
        let mut out = io::stdout().lock();
        let _ = close(way, &mut out).and_then(|()| out.flush());
        let _ = crossterm::terminal::disable_raw_mode();
    }
}

/// Puts the restoring before the panic message, once per process. A panic of a background thread
/// leaves the screen alone and is told by whoever waits for that thread.
fn hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let next = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let drawing = ACTIVE.lock().unwrap_or_else(PoisonError::into_inner).map(|(_, thread)| thread);
            if drawing.is_some_and(|t| t != thread::current().id()) {
                return;
            }
            restore();
            next(info);
        }));
    });
}

#[cfg(unix)]
mod signals {
    //! A thread that waits for the signals that end the program.

    use std::sync::Once;
    use std::{io, thread};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    /// Starts the thread, once per process. It needs nothing of the main loop, which may be busy.
    pub(super) fn watch() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let Ok(mut signals) = Signals::new([SIGHUP, SIGINT, SIGTERM]) else { return };
            thread::spawn(move || {
                if let Some(signal) = signals.forever().next() {
                    super::restore();
                    // Nothing may be drawn on the screen that was given back.
                    let _held = io::stdout().lock();
                    let _ = emulate_default_handler(signal);
                }
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;

    #[test]
    fn the_mode_is_set_before_the_clear_and_taken_back_before_the_main_screen() {
        let ways = Mode::value_variants()
            .iter()
            .flat_map(|mode| [false, true].map(|through| Way { mode: *mode, through }));
        for way in ways {
            let (mut opened, mut closed, mut set, mut unset) =
                (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            open(way, &mut opened).expect("a vector takes all");
            close(way, &mut closed).expect("a vector takes all");
            way.enter(&mut set).expect("a vector takes all");
            way.leave(&mut unset).expect("a vector takes all");
            let place = |all: &[u8], part: &[u8]| {
                (0..all.len()).find(|&i| all[i..].starts_with(part)).expect("the sequence is there")
            };
            let after = place(&opened, b"\x1b[?1049h") < place(&opened, &set);
            assert!(set.is_empty() || after != way.through);
            assert!(place(&opened, &set) < place(&opened, b"\x1b[2J"));
            assert!(unset.is_empty() || place(&closed, b"\x1b[?25h") < place(&closed, &unset));
            assert!(place(&closed, &unset) < place(&closed, b"\x1b[?1049l"));
            let terminal = way.mode == Mode::Terminal;
            assert_eq!(set.is_empty() || terminal, unset.is_empty() || terminal);
        }
    }
}
