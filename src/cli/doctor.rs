//! `waqai doctor`: what the terminal was asked and answered, what follows, where things are; plain
//! text for a bug report.

use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum as _};

use super::out::unless_closed;
use super::{Common, config_folder};
use crate::bidi::sanitize::plain;
use crate::bidi::{self, Align, Base, Options};
use crate::store::{default_index, default_reviews};
use crate::tui::terminal::decide::{Decision, Environment, decide};
use crate::tui::terminal::detect::{Answers, PATIENCE, ask};
use crate::tui::terminal::{Mode, Way};
use crate::tui::{Lang, Words};

/// The sentence that is shown in every mode, and the word of it that is lit up.
const SENTENCE: &str = include_str!("../../assets/bidi/sentence.txt");
/// Columns of the names, and of names and sentence together.
const NAME: u16 = 24;
const BAR: u16 = 62;

/// What of the environment says something of the terminal or the language.
const VARIABLES: [&str; 14] = [
    "TERM",
    "TERM_PROGRAM",
    "TERM_PROGRAM_VERSION",
    "COLORTERM",
    "COLORFGBG",
    "NO_COLOR",
    "TMUX",
    "STY",
    "VTE_VERSION",
    "KONSOLE_VERSION",
    "MLTERM",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
];

/// Tell what the terminal was asked and answered, how Arabic is set for it, and where things are kept.
///
/// Plain text, to look at in the terminal in question and to put into a bug report.
#[derive(Debug, Args)]
pub(super) struct DoctorArgs {}

pub(super) fn run(common: &Common) -> anyhow::Result<ExitCode> {
    let (answers, took) = asked();
    let environment = Environment::read();
    let decision = decide(&answers, &environment);
    let out = io::stdout().lock();
    let terminal = out.is_terminal();
    let mut out = BufWriter::new(out);
    let told = program(&mut out)
        .and_then(|()| screen(&answers, took, &environment, &mut out))
        .and_then(|()| verdict(decision, &mut out))
        .and_then(|()| sentences(decision, terminal, &mut out))
        .and_then(|()| folders(common, &mut out))
        .and_then(|()| out.flush());
    unless_closed(told)?;
    Ok(ExitCode::SUCCESS)
}

/// The answers of the controlling terminal, whatever the output is, and how long they took; no time
/// where there is none to ask.
fn asked() -> (Answers, Option<Duration>) {
    if crossterm::terminal::enable_raw_mode().is_err() {
        return (Answers::default(), None);
    }
    let begun = Instant::now();
    let answers = ask();
    let took = begun.elapsed();
    // Where this fails the terminal is gone, and nobody looks at it.
    let _ = crossterm::terminal::disable_raw_mode();
    (answers, Some(took))
}

/// A line of the report; nothing in it can speak to the terminal.
fn line(name: &str, value: &str, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "  {name:<width$}{}", plain(value), width = usize::from(NAME) - 2)
}

fn program(out: &mut impl Write) -> io::Result<()> {
    let (os, processor) = (std::env::consts::OS, std::env::consts::ARCH);
    writeln!(out, "waqai {} on {os} ({processor})", env!("CARGO_PKG_VERSION"))?;
    let version = |(major, minor, patch): (u64, u64, u64)| format!("{major}.{minor}.{patch}");
    let small = |(major, minor, patch): (u8, u8, u8)| version((major.into(), minor.into(), patch.into()));
    let versions = [
        ("bidi", version(unicode_bidi::UNICODE_VERSION)),
        ("mirroring", small(unicode_bidi_mirroring::UNICODE_VERSION)),
        ("joining", version(unicode_joining_type::UNICODE_VERSION)),
        ("line breaks", small(unicode_linebreak::UNICODE_VERSION)),
        ("clusters", version(unicode_segmentation::UNICODE_VERSION)),
        ("widths", small(unicode_width::UNICODE_VERSION)),
        ("normal forms", small(unicode_normalization::UNICODE_VERSION)),
    ]
    .map(|(what, version)| format!("{what} {version}"));
    let (first, second) = versions.split_at(3);
    line("Unicode", &first.join(", "), out)?;
    line("", &second.join(", "), out)
}

/// What was asked, what was answered.
fn screen(
    answers: &Answers,
    took: Option<Duration>,
    environment: &Environment,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "\nTerminal")?;
    let asked = match took {
        Some(took) => {
            let whole =
                if answers.primary.is_some() { "to the last question" } else { "not to the last question" };
            let (took, most) = (took.as_millis(), PATIENCE.as_millis());
            format!("as below; answered {whole} after {took} ms of {most} at most")
        }
        None => "nothing, there is no terminal".to_owned(),
    };
    line("asked", &asked, out)?;
    let bdsm = answers.bdsm.map(|state| {
        let words = match state {
            1 => "set: it orders text itself",
            2 => "reset: it leaves cells alone",
            3 | 4 => "fixed",
            _ => "it does not know this mode",
        };
        format!("{state}, {words}")
    });
    let light = answers.light.map(|light| if light { "light" } else { "dark" }.to_owned());
    for (question, answer) in [
        ("mode 8 (CSI 8 $ p)", &bdsm),
        ("name (CSI > q)", &answers.version),
        ("background (OSC 11)", &light),
        ("attributes (CSI > c)", &answers.secondary),
        ("attributes (CSI c)", &answers.primary),
    ] {
        line(question, answer.as_deref().unwrap_or("no answer"), out)?;
    }
    if let Some(tmux) = &environment.around {
        let passed = if tmux.passthrough { "handed on" } else { "not handed on" };
        let around = if tmux.around.is_empty() { "a terminal without a name" } else { &tmux.around };
        line("tmux", &format!("in {around}, orders are {passed} (allow-passthrough)"), out)?;
    }
    let size = crossterm::terminal::size();
    let size =
        size.map_or_else(|_| "unknown".to_owned(), |(width, height)| format!("{width} × {height} cells"));
    line("size", &size, out)?;
    let set = VARIABLES
        .iter()
        .filter_map(|name| Some(format!("{name}={}", std::env::var_os(name)?.to_string_lossy())));
    line("environment", &set.collect::<Vec<_>>().join(" "), out)
}

/// What follows.
fn verdict(decision: Decision, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\nArabic")?;
    let words = decision.mode.to_possible_value().and_then(|value| value.get_help().map(ToString::to_string));
    line("mode", &format!("{}: {}", decision.mode.name(), words.unwrap_or_default()), out)?;
    line("because", decision.why, out)?;
    if decision.through {
        line("by", "tmux, wrapped", out)?;
    }
    let harakat = match decision.harakat {
        bidi::Harakat::Keep => "kept",
        bidi::Harakat::Strip => "stripped",
    };
    line("harakat", harakat, out)?;
    line("to be set by the user", decision.hint.map_or("nothing", |hint| Words::new(Lang::En).get(hint)), out)
}

/// The sentence in every mode that can be tried here.
fn sentences(decision: Decision, terminal: bool, out: &mut impl Write) -> io::Result<()> {
    let mut lines = SENTENCE.lines();
    let (sentence, word) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let at = sentence.find(word).unwrap_or_default() as u32;
    let lit = at..at + word.len() as u32;
    writeln!(out, "\nThe sentence in each mode (--bidi MODE)")?;
    for mode in Mode::value_variants().iter().copied() {
        let chosen = if mode == decision.mode { " (in use)" } else { "" };
        write!(out, "  {:<width$}", format!("{}{chosen}", mode.name()), width = usize::from(NAME) - 2)?;
        // Words of one family alone: to others they may mean something else.
        if terminal && matches!(mode, Mode::Konsole | Mode::Mlterm | Mode::Kitty) && mode != decision.mode {
            writeln!(out, "not tried: for terminals of that kind only")?;
            continue;
        }
        let options = Options {
            base: Base::Rtl,
            align: Align::Left,
            order: mode.order(),
            shaping: mode.shaping(),
            ..Options::default()
        };
        let row = bidi::line(sentence, BAR, &options);
        let way = Way { mode, through: decision.through };
        if terminal {
            // The mode holds for rows that are cleared after it was set.
            way.enter(out)?;
            write!(
                out,
                "\r\x1b[2K  {:<width$}",
                format!("{}{chosen}", mode.name()),
                width = usize::from(NAME) - 2
            )?;
        }
        for (place, cell) in row.cells.iter().enumerate() {
            let inside = cell.bytes.start < lit.end && lit.start < cell.bytes.end;
            if terminal {
                out.write_all(if inside { b"\x1b[7m" } else { b"\x1b[0m" })?;
                mode.cell(&cell.symbol, NAME + place as u16, out)?;
            } else {
                out.write_all(cell.symbol.as_bytes())?;
            }
        }
        if terminal {
            out.write_all(b"\x1b[0m")?;
        }
        writeln!(out, "{:width$}│", "", width = usize::from(BAR.saturating_sub(row.width)))?;
        if terminal {
            way.leave(out)?;
        }
    }
    writeln!(
        out,
        "  Right is a row that reads from the right: letters joined, brackets around what they\n  \
         enclose, the reversed word the second, the bar under the other bars."
    )
}

/// Where things are kept.
fn folders(common: &Common, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\nFiles")?;
    let config = config_folder();
    let in_config = |name: &str| config.as_ref().map(|folder| folder.join(name));
    for (what, path) in [
        ("configuration", config.clone()),
        ("keys", in_config("keymap.toml")),
        ("lexicon", in_config("lexicon")),
        ("verdicts", common.reviews.clone().or_else(default_reviews)),
        ("index of the demo", common.index.clone().or_else(|| default_index(&[]))),
        ("log", common.log.clone()),
    ] {
        let told = path.as_deref().map_or_else(|| "nowhere".to_owned(), there);
        line(what, &told, out)?;
    }
    Ok(())
}

fn there(path: &Path) -> String {
    format!("{}{}", path.display(), if path.exists() { "" } else { " (not there)" })
}
