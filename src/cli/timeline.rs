//! `waqai timeline`: the happenings of several documents, each with who tells it.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::words::Words;
use super::{Common, NOTHING_READ, out, stream, tell};
use crate::corpus;
use crate::formats::json_line;
use crate::model::Document;
use crate::timeline::{Telling, happenings};

/// Print the happenings of the documents, each with all the documents that tell it.
///
/// One happening a line, by date, undated ones last. Tellings of different dates or of different
/// actors are never put together; `differences` says where those put together differ, `evidence` why
/// they were.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  waqai timeline news/ > timeline.jsonl
  waqai timeline news/ --sources 2         what at least two documents tell")]
pub(super) struct TimelineArgs {
    /// Files and folders; `-` is standard input. Without any, the documents that come with the program
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// In which form
    #[arg(long, value_enum, default_value_t = FormatArg::Jsonl)]
    format: FormatArg,

    /// Leave out what fewer than N documents tell
    #[arg(long, value_name = "N", default_value_t = 1)]
    sources: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatArg {
    /// One JSON object a line
    Jsonl,
}

pub(super) fn run(args: &TimelineArgs, common: &Common) -> anyhow::Result<ExitCode> {
    let FormatArg::Jsonl = args.format;
    let words = Words::new(common)?;
    let (sources, skipped) = corpus::discover(&args.paths);
    skipped.iter().for_each(tell);
    let mut tellings: Vec<Telling> = Vec::new();
    let mut read = 0_u64;
    let work = |document: Document| {
        let found = words.extract(&document);
        let counts = found.events.iter().filter(|e| common.all || e.status.counts());
        counts.map(|event| Telling::of(&document, &found, event)).collect::<Vec<_>>()
    };
    stream::each(&sources, &common.read(), work, |result| {
        match result {
            Ok(told) => {
                read += 1;
                tellings.extend(told);
            }
            Err(skipped) => tell(&skipped),
        }
        Ok::<(), io::Error>(())
    })?;
    let happenings = happenings(&tellings);
    let mut told = happenings.iter().filter(|h| h.sources() >= args.sources);
    out::write(|out| told.try_for_each(|h| json_line(&h.record(&tellings), out)))?;
    Ok(if read == 0 { ExitCode::from(NOTHING_READ) } else { ExitCode::SUCCESS })
}
