//! `waqai export`: the events that a query asks for, in any format.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use anyhow::{Context as _, bail};
use clap::Args;

use super::words::Words;
use super::{Common, NOTHING_READ, browse, out, tell};
use crate::corpus;
use crate::formats::export::Export;
use crate::query::{Field, Query};
use crate::review;
use crate::store::{Filter, Index, Sort, SyncOptions, VerdictLog, default_reviews};

/// Write the events that a query asks for: records, a calendar, a chronology, or what annotation tools
/// take.
///
/// The documents are read into the index first, as for browsing; what has not changed since is not
/// read again. Records come in the order of the documents, chronologies and calendars in that of the
/// dates.
#[derive(Debug, Args)]
#[command(after_help = "\
Queries: terms narrow one another, values between commas are alternatives, ! turns a term round.
  actor:lavrov type:REJECT,ACCUSE year:2022..2025    source: target: place: document: id:
  !place:syria confidence:>=0.8 verdict:accept,none  status: date:2022-03..2022-05-15
  \"القرم\"                                            words in the sentence that tells the event

Examples:
  waqai export news/ --query 'actor:lavrov year:2022' --output lavrov.html
  waqai export news/ --query 'verdict:accept' --format csv --bom > accepted.csv
  waqai export news/ --format brat --output annotations/")]
pub(super) struct ExportArgs {
    /// Files and folders; `-` is standard input, nothing the documents that come with the program
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Which events [default: all]
    #[arg(long, value_name = "QUERY", value_parser = Query::parse, default_value = "", hide_default_value = true)]
    query: Query,

    /// In which form [default: as the ending of FILE says, else jsonl]
    #[arg(long, value_enum)]
    format: Option<Export>,

    /// Write to FILE, or to a folder where the format takes one, and not to standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Begin a CSV with a byte order mark, for spreadsheets
    #[arg(long)]
    bom: bool,
}

pub(super) fn run(args: &ExportArgs, common: &Common) -> anyhow::Result<ExitCode> {
    let named = args.output.as_deref().and_then(Export::of_name);
    let format = args.format.or(named).unwrap_or(Export::Jsonl);
    if format.is_folder() && args.output.is_none() {
        bail!("this format takes a folder: name one with --output");
    }
    let words = Words::new(common)?;
    let (sources, skipped) = corpus::discover(&args.paths);
    skipped.iter().for_each(tell);
    words.faults(&sources, &common.read())?.iter().for_each(tell);
    let mut index = match browse::index(&args.paths, common)? {
        Some(path) => Index::open(&path)?,
        None => Index::in_memory()?,
    };
    let options = SyncOptions { read: common.read(), version: words.version(), first: None };
    let watched = io::stderr().is_terminal();
    let mut progress = |progress: crate::store::Progress| {
        if watched {
            // Where standard error is closed nobody wants to know.
            let _ = write!(io::stderr(), "\rwaqai: {}/{} files read", progress.files, progress.of);
        }
    };
    let extract = |document: &_| words.extract(document);
    let report = index.sync(&sources, &options, &extract, &mut progress, &AtomicBool::new(false))?;
    if watched && report.read > 0 {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
    report.skipped.iter().for_each(tell);
    if report.read + report.unchanged == 0 {
        return Ok(ExitCode::from(NOTHING_READ));
    }
    if args.query.terms.iter().any(|term| term.field == Field::Verdict) {
        tell_verdicts(&index, common)?;
    }
    for name in index.unknown(&args.query)? {
        let _ = writeln!(io::stderr(), "waqai: nothing here is called {}", name.escape_debug());
    }
    let filter = Filter { query: args.query.clone(), all: common.all };
    let mut selection = index.selection(index.event_keys(&filter, Sort::Date)?)?;
    let written = if let Some(path) = &args.output {
        format
            .write_to(path, &mut selection, args.bom)
            .with_context(|| format!("{} cannot be written", path.display()))?
    } else if let Some(written) = out::write(|out| format.write(&mut selection, args.bom, out))? {
        written
    } else {
        return Ok(ExitCode::SUCCESS);
    };
    if written.left_out > 0 {
        let _ =
            writeln!(io::stderr(), "waqai: {} events without a known date are left out", written.left_out);
    }
    Ok(ExitCode::SUCCESS)
}

/// Tells the index which verdicts stand.
fn tell_verdicts(index: &Index, common: &Common) -> anyhow::Result<()> {
    let Some(path) = common.reviews.clone().or_else(default_reviews).filter(|path| path.exists()) else {
        return Ok(());
    };
    let log = VerdictLog::open(&path)?.all()?;
    let attached = review::attach_all(&log, index)?;
    let standing = attached.events.iter().filter_map(|(id, state)| Some((id.as_str(), state.current?.1)));
    index.judged(standing)?;
    Ok(())
}
