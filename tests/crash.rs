//! The real program in a pseudo-terminal, killed at random moments while verdicts are given: what the
//! screen had confirmed is in the log, every time.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "what a test cannot set up is a failed test")]

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use waqai::store::{Judgement, Verdict, VerdictLog, undone};

/// How often the program is killed, and how many verdicts are asked of it each time.
const KILLS: usize = 100;
const KEYS: usize = 12;

/// Documents with an event each.
const DOCUMENTS: usize = 1300;

/// The size of the terminal.
const ROWS: NonZeroU16 = NonZeroU16::new(30).expect("not zero");
const COLUMNS: NonZeroU16 = NonZeroU16::new(120).expect("not zero");

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Pseudo-random numbers after `SplitMix64`, so that each run is like the one before.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % bound
    }
}

struct Session {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
}

impl Session {
    fn start(folder: &Path) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_waqai"));
        for (flag, name) in [("--index", "index.sqlite"), ("--reviews", "reviews.sqlite")] {
            command.arg(flag);
            command.arg(folder.join(name));
        }
        command.args(["--reviewer", "tester", "--lang", "en"]);
        command.arg(folder.join("news.jsonl"));
        command.env("HOME", folder);
        for name in ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "TMUX", "VTE_VERSION", "NO_COLOR"]
        {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        let size = PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let _master = pair.master;
            let mut chunk = vec![0; 65536];
            while let Ok(n @ 1..) = reader.read(&mut chunk) {
                if sender.send(chunk[..n].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self { child, writer, output, screen: vt100::Parser::new(ROWS, COLUMNS, 0) }
    }

    /// Takes in what comes within `time`; whether something came.
    fn read(&mut self, time: Duration) -> bool {
        let Ok(chunk) = self.output.recv_timeout(time) else { return false };
        self.screen.process(&chunk);
        if chunk.windows(3).any(|w| w == b"\x1b[c") {
            self.send("\x1b[8;0$y\x1b[?64;1;2c");
        }
        true
    }

    fn send(&mut self, keys: &str) {
        // A program that was killed takes no keys.
        let _ = self.writer.write_all(keys.as_bytes()).and_then(|()| self.writer.flush());
    }

    fn wait_for(&mut self, text: &str) {
        let start = Instant::now();
        while !self.screen.screen().contents().contains(text) {
            assert!(start.elapsed() < PATIENCE, "{text} did not come:\n{}", self.screen.screen().contents());
            self.read(Duration::from_millis(100));
        }
    }

    /// Kills it at once, and reads what it had written.
    fn kill(mut self) -> String {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args(["-9", &pid]).status().unwrap().success());
        self.child.wait().unwrap();
        while self.read(Duration::from_millis(50)) {}
        self.screen.screen().contents()
    }
}

/// How many events the screen calls reviewed, where its title and its status line agree: a frame that
/// was cut off by the kill says nothing.
fn confirmed(screen: &str) -> Option<(usize, usize)> {
    let number = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok();
    let title = screen.split(" reviewed").next()?.rsplit(' ').next().and_then(number);
    let (_, figures) = screen.split_once("precision ")?;
    let (right, judged) = figures.split_once('(')?.1.split_once('/')?;
    let (right, judged) = (number(right)?, number(judged)?);
    (title == Some(judged)).then_some((right, judged))
}

/// Events accepted and judged by the log.
fn standing(log: &[Verdict]) -> (usize, usize) {
    let gone = undone(log);
    let mut last = std::collections::HashMap::new();
    for verdict in log.iter().filter(|v| v.said.judgement != Judgement::Undo && !gone.contains(&v.seq)) {
        last.insert(verdict.said.event_id.clone(), verdict.said.judgement);
    }
    let right = last.values().filter(|judgement| **judgement == Judgement::Accept).count();
    (right, last.len())
}

#[test]
fn every_confirmed_verdict_is_there_after_a_hundred_kills() {
    let folder = tempfile::tempdir().unwrap();
    let news = (0..DOCUMENTS).fold(String::new(), |mut out, n| {
        let (year, day) = (2000 + n % 25, 1 + n % 28);
        let _ = writeln!(
            out,
            "{{\"id\":\"n{n}\",\"text\":\"{day} أيار/مايو {year}: رفض لافروف المقترح.\",\"published\":\"2025-05-01\"}}"
        );
        out
    });
    std::fs::write(folder.path().join("news.jsonl"), news).unwrap();
    let reviews = folder.path().join("reviews.sqlite");
    let mut first = Session::start(folder.path());
    first.wait_for(&format!("Events 1/{DOCUMENTS}"));
    first.kill();
    let mut numbers = Numbers(0x5EED);
    let mut before: Vec<Verdict> = Vec::new();
    let (mut seen, mut given) = (0, 0);
    for round in 0..KILLS {
        let mut session = Session::start(folder.path());
        session.wait_for(&format!("/{DOCUMENTS} "));
        // A few at a time, as a person would, so that frames come between them.
        for _ in 0..KEYS {
            session.send("a");
            given += 1;
            session.read(Duration::from_millis(numbers.below(12)));
        }
        let pause = Instant::now();
        let time = Duration::from_millis(numbers.below(40));
        while pause.elapsed() < time {
            session.read(Duration::from_millis(2));
        }
        let screen = session.kill();
        let log = VerdictLog::open(&reviews).unwrap().all().unwrap();
        assert_eq!(log.get(..before.len()), Some(before.as_slice()), "round {round}: what was there is gone");
        let (right, judged) = standing(&log);
        if let Some((shown_right, shown)) = confirmed(&screen) {
            seen += 1;
            assert!(
                judged >= shown && right >= shown_right,
                "round {round}: the screen confirmed {shown_right}/{shown}, the log has {right}/{judged}\n{screen}"
            );
        }
        before = log;
    }
    assert!(given >= 1000);
    assert!(before.len() > 300, "{} verdicts of {given} were given: the kills come too early", before.len());
    assert!(seen > KILLS / 2, "only {seen} frames could be read");
    eprintln!("{} of {given} verdicts saved, {seen} of {KILLS} last frames read", before.len());
}
