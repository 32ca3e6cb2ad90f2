//! The terminal: asked what it is, set up, and always given back as it was found.

pub mod detect;
pub mod mode;
pub mod screen;
pub mod sgr;

use std::io::{self, Write};
use std::sync::{Mutex, Once, PoisonError};
use std::thread::{self, ThreadId};

use crossterm::event::KeyEvent;

pub use mode::{Choice, Mode};

/// The mode of the guard that is active and the thread that draws, for the panic hook and the
/// signal thread.
static ACTIVE: Mutex<Option<(Mode, ThreadId)>> = Mutex::new(None);

/// Takes the terminal for the program: raw mode, alternate screen, the mode for Arabic. Gives it
/// back when dropped, on a panic of the thread that draws, and on SIGTERM, SIGHUP and SIGINT.
#[derive(Debug)]
pub struct Guard {
    mode: Mode,
    /// Keys typed while the terminal was asked.
    pub early: Vec<KeyEvent>,
    /// What the user should know about this terminal.
    pub hint: Option<&'static str>,
    /// Whether its background is light, where it told.
    pub light: Option<bool>,
}

impl Guard {
    /// Asks where `choice` says so, and takes the terminal.
    ///
    /// # Errors
    /// Where the terminal cannot be set to raw mode or written to.
    pub fn enter(choice: Choice) -> io::Result<Self> {
        hook();
        crossterm::terminal::enable_raw_mode()?;
        set_active(Some(Mode::default()));
        let mut guard = Self { mode: Mode::default(), early: Vec::new(), hint: None, light: None };
        match choice {
            Choice::Mode(mode) => guard.mode = mode,
            Choice::Auto => {
                let answers = detect::ask();
                (guard.mode, guard.hint) = detect::decide(&answers, detect::Environment::read());
                guard.light = answers.light;
                guard.early = detect::keys(&answers.typed);
            }
        }
        set_active(Some(guard.mode));
        let mut out = io::stdout().lock();
        open(guard.mode, &mut out)?;
        out.flush()?;
        drop(out);
        #[cfg(unix)]
        signals::watch();
        Ok(guard)
    }

    /// The mode in force.
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// Changes the mode. The screen is cleared, as the terminal needs it.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn set_mode(&mut self, mode: Mode) -> io::Result<()> {
        let mut out = io::stdout().lock();
        self.mode.leave(&mut out)?;
        self.mode = mode;
        set_active(Some(mode));
        mode.enter(&mut out)?;
        out.write_all(b"\x1b[H\x1b[2J")?;
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
        set_active(Some(self.mode));
        let mut out = io::stdout().lock();
        open(self.mode, &mut out)?;
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

fn set_active(mode: Option<Mode>) -> Option<Mode> {
    let new = mode.map(|m| (m, thread::current().id()));
    let old = std::mem::replace(&mut *ACTIVE.lock().unwrap_or_else(PoisonError::into_inner), new);
    old.map(|(mode, _)| mode)
}

/// Alternate screen, home, the mode for Arabic, and only then the clearing that makes it hold;
/// cursor hidden, pasted text marked as such.
fn open(mode: Mode, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\x1b[?1049h\x1b[H")?;
    mode.enter(out)?;
    out.write_all(b"\x1b[2J\x1b[?25l\x1b[?2004h")
}

/// The way back of [`open`].
fn close(mode: Mode, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\x1b[0m\x1b[?2004l\x1b[?25h")?;
    mode.leave(out)?;
    out.write_all(b"\x1b[?1049l")
}

/// Gives the terminal back, once; a terminal that is gone is no error.
fn restore() {
    if let Some(mode) = set_active(None) {
        let mut out = io::stdout().lock();
        let _ = close(mode, &mut out).and_then(|()| out.flush());
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
        for mode in Mode::value_variants().iter().copied() {
            let (mut opened, mut closed, mut set, mut unset) =
                (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            open(mode, &mut opened).expect("a vector takes all");
            close(mode, &mut closed).expect("a vector takes all");
            mode.enter(&mut set).expect("a vector takes all");
            mode.leave(&mut unset).expect("a vector takes all");
            let place = |all: &[u8], part: &[u8]| {
                (0..all.len()).find(|&i| all[i..].starts_with(part)).expect("the sequence is there")
            };
            assert!(set.is_empty() || place(&opened, b"\x1b[?1049h") < place(&opened, &set));
            assert!(place(&opened, &set) < place(&opened, b"\x1b[2J"));
            assert!(unset.is_empty() || place(&closed, b"\x1b[?25h") < place(&closed, &unset));
            assert!(place(&closed, &unset) < place(&closed, b"\x1b[?1049l"));
            assert_eq!(set.is_empty() || mode == Mode::Terminal, unset.is_empty() || mode == Mode::Terminal);
        }
    }
}
