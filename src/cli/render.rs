//! `waqai render`: one text as the screen shows it, for pipes and pictures.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::words::Words;
use super::{Common, NOTHING_READ, out, tell};
use crate::corpus;

/// Print a text as the screen shows it: right to left, joined, wrapped, one row a line.
///
/// Rows are in visual order, for terminals that do no bidi of their own.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  waqai render report.txt --width 60 --color always | less -R")]
pub struct RenderArgs {
    /// The document; `-` is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// No row is wider than N cells [default: the width of the terminal, else 80]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub width: Option<u16>,

    /// Where rows are set
    #[arg(long, value_enum, default_value_t = Align::Auto)]
    pub align: Align,

    /// Whether events, dates, actors and places are lit up [default: on a terminal]
    #[arg(long, value_enum)]
    pub color: Option<Color>,
}

/// Where rows are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Align {
    /// By the direction of each paragraph
    #[default]
    Auto,
    /// To the left
    Left,
    /// To the right
    Right,
}

/// Whether styles are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// Also into a pipe
    Always,
    /// Not even on a terminal
    Never,
}

pub(super) fn run(args: &RenderArgs, common: &Common) -> anyhow::Result<ExitCode> {
    let words = Words::new(common)?;
    let (sources, skipped) = corpus::discover(std::slice::from_ref(&args.file));
    skipped.iter().for_each(tell);
    let mut read = false;
    for document in sources.iter().flat_map(|source| corpus::documents(source, &common.read())) {
        match document {
            Ok(document) => {
                let written = crate::tui::render_file(args, &document, &words.extract(&document));
                read = true;
                if out::unless_closed(written)?.is_none() {
                    break;
                }
            }
            Err(skipped) => tell(&skipped),
        }
    }
    Ok(if read { ExitCode::SUCCESS } else { ExitCode::from(NOTHING_READ) })
}
