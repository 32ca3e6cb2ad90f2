//! A program in a pseudo-terminal: keys in, its screen read back.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The size of the terminal.
const ROWS: NonZeroU16 = NonZeroU16::new(30).expect("not zero");
const COLUMNS: NonZeroU16 = NonZeroU16::new(100).expect("not zero");

/// A program in a terminal of 100 by 30.
pub(crate) struct Session {
    pub(crate) child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    pub(crate) screen: vt100::Parser,
    /// All that was written.
    pub(crate) bytes: Vec<u8>,
    /// What the terminal answers to questions, if anything.
    pub(crate) answer: Option<&'static str>,
}

impl Session {
    pub(crate) fn start(command: CommandBuilder) -> Self {
        let size = PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let (sender, output) = channel();
        std::thread::spawn(move || {
            // The terminal has to live as long as it is read.
            let _master = pair.master;
            let mut chunk = [0; 4096];
            while let Ok(n @ 1..) = reader.read(&mut chunk) {
                if sender.send(chunk[..n].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            writer,
            output,
            screen: vt100::Parser::new(ROWS, COLUMNS, 0),
            bytes: Vec::new(),
            answer: Some("\x1b[8;0$y\x1b[?64;1;2c"),
        }
    }

    pub(crate) fn waqai(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_waqai"));
        command.args(arguments);
        Self::at_home(command, folder)
    }

    /// Starts a command whose last argument is one of the program, all that it keeps in `folder`.
    pub(crate) fn at_home(mut command: CommandBuilder, folder: &Path) -> Self {
        command.arg("--index");
        command.arg(folder.join("index.sqlite"));
        command.arg("--reviews");
        command.arg(folder.join("reviews.sqlite"));
        command.env("HOME", folder);
        for name in ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "TMUX", "VTE_VERSION", "NO_COLOR"]
        {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        Self::start(command)
    }

    pub(crate) fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).expect("the terminal takes keys");
        self.writer.flush().expect("the terminal takes keys");
    }

    /// Reads until the screen passes; answers the question that every terminal answers.
    pub(crate) fn wait(&mut self, what: &str, passes: impl Fn(&vt100::Screen) -> bool) {
        let start = Instant::now();
        while !passes(self.screen.screen()) {
            let left = PATIENCE.saturating_sub(start.elapsed());
            let Ok(chunk) = self.output.recv_timeout(left) else {
                panic!("{what} did not come:\n{}", self.screen.screen().contents());
            };
            self.screen.process(&chunk);
            let asked = chunk.windows(3).any(|w| w == b"\x1b[c");
            self.bytes.extend(chunk);
            if let Some(answer) = self.answer.filter(|_| asked) {
                self.send(answer);
            }
        }
    }

    pub(crate) fn wait_for(&mut self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    /// Waits for the end; the exit status. The terminal has to be as it was.
    pub(crate) fn end(mut self) -> portable_pty::ExitStatus {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("the program is ours") {
                break status;
            }
            if start.elapsed() > PATIENCE {
                self.child.kill().expect("the program is ours");
                panic!("the program did not end:\n{}", self.screen.screen().contents());
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        while let Ok(chunk) = self.output.recv_timeout(Duration::from_millis(500)) {
            self.screen.process(&chunk);
            self.bytes.extend(chunk);
        }
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert!(!screen.bracketed_paste(), "pasting is as before");
        assert!(self.bytes.windows(8).any(|w| w == b"\x1b[?1049h"), "the program was on the screen");
        status
    }
}
