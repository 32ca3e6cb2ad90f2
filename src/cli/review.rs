//! `waqai review`: what the verdicts say, and the gold that they make.

mod text;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand, ValueEnum};

use super::words::Words;
use super::{Common, print, stream, tell};
use crate::corpus::{self, Skipped};
use crate::model::{Document, Event};
use crate::review::{self, Seen, attach, harvest, review_report};
use crate::store::{Verdict, VerdictLog, content_hash, default_reviews};

/// Figures and gold from the verdicts of reviewers.
#[derive(Debug, Args)]
pub(super) struct ReviewArgs {
    #[command(subcommand)]
    command: Do,
}

#[derive(Debug, Subcommand)]
enum Do {
    Report(ReportArgs),
    Gold(GoldArgs),
}

/// Print how good the extraction is by the verdicts given so far.
///
/// Precision over what was judged, with Wilson's 95 % interval: in all, by field, type, rule, actor and
/// document; recall estimated in documents marked as fully read; confidence against precision; the
/// rules that fail most; the agreement of reviewers; the days of work. Each verdict holds what was
/// judged, so no document is needed; with PATHs only verdicts on these documents count, and those
/// whose event is no longer found are listed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  waqai review report
  waqai review report --format md news/ > quality.md
  waqai review report --format json --reviews shared.sqlite")]
struct ReportArgs {
    /// Files and folders whose verdicts count [default: all]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// In which form
    #[arg(long, value_enum, default_value_t = FormatArg::Text)]
    format: FormatArg,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatArg {
    /// Tables for people
    Text,
    /// One JSON object
    Json,
    /// Markdown, for a report
    Md,
}

/// Write accepted, corrected and missed events as a gold folder that `waqai eval` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  waqai review gold --output gold/ && waqai eval --gold gold/ news/")]
struct GoldArgs {
    /// The folder: one .json a document; a file of that name is written anew
    #[arg(long, value_name = "DIR")]
    output: PathBuf,
}

pub(super) fn run(args: &ReviewArgs, common: &Common) -> anyhow::Result<ExitCode> {
    let log = log(common)?;
    match &args.command {
        Do::Report(args) => report(args, common, log),
        Do::Gold(args) => gold(args, &log),
    }
}

/// The whole log; a file that is not there is a fault and is not made.
fn log(common: &Common) -> anyhow::Result<Vec<Verdict>> {
    let path = common.reviews.clone().or_else(default_reviews);
    let path = path.context("no home folder to keep verdicts in; --reviews names a file")?;
    if !path.exists() {
        bail!("{}: no verdicts yet", path.display());
    }
    Ok(VerdictLog::open(&path)?.all()?)
}

fn report(args: &ReportArgs, common: &Common, mut log: Vec<Verdict>) -> anyhow::Result<ExitCode> {
    let mut unattached = Vec::new();
    if !args.paths.is_empty() {
        let texts = texts(&args.paths, common, &log)?;
        let own = |v: &Verdict| texts.iter().any(|t| t.hash == v.said.hash || t.id == v.said.document);
        log.retain(own);
        let seen: Vec<Seen<'_>> = texts
            .iter()
            .map(|t| Seen { id: &t.id, hash: &t.hash, text: &t.text, events: &t.events })
            .collect();
        [unattached, _] = review::unattached(&log, &attach(&log, &seen).unattached, |_| true);
    }
    let mut report = review_report(&log);
    report.unattached = unattached;
    let printed = match args.format {
        FormatArg::Json => serde_json::to_string(&report)? + "\n",
        FormatArg::Text => text::write(&report, text::Style::Plain),
        FormatArg::Md => text::write(&report, text::Style::Markdown),
    };
    print(printed)?;
    Ok(ExitCode::SUCCESS)
}

/// A document that the log speaks of.
struct Told {
    id: String,
    hash: String,
    text: String,
    events: Vec<Event>,
}

/// The documents among `paths` that the log speaks of, with what is found in them now.
fn texts(paths: &[PathBuf], common: &Common, log: &[Verdict]) -> anyhow::Result<Vec<Told>> {
    let known: HashSet<&str> = log.iter().flat_map(|v| [v.said.hash.as_str(), &v.said.document]).collect();
    let words = Words::new(common)?;
    let (sources, skipped) = corpus::discover(paths);
    skipped.iter().for_each(tell);
    words.faults(&sources, &common.read())?.iter().for_each(tell);
    let mut texts = Vec::new();
    let work = |document: Document| {
        let hash = content_hash(&document.text);
        let speaks = known.contains(hash.as_str()) || known.contains(document.id.as_str());
        speaks.then(|| {
            let events = words.extract(&document).events;
            Told { id: document.id, hash, text: document.text, events }
        })
    };
    stream::each(&sources, &common.read(), work, |result| {
        match result {
            Ok(told) => texts.extend(told),
            Err(skipped) => tell(&skipped),
        }
        anyhow::Ok(())
    })?;
    Ok(texts)
}

fn gold(args: &GoldArgs, log: &[Verdict]) -> anyhow::Result<ExitCode> {
    let harvest = harvest(log);
    if harvest.is_empty() {
        bail!("no event was accepted, corrected or marked as missed");
    }
    let folder = &args.output;
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let mut partial = 0;
    for gold in &harvest {
        let safe: String = gold
            .doc
            .chars()
            .map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c })
            .collect();
        let stem = safe.strip_suffix(".txt").unwrap_or(&safe);
        write(&folder.join(format!("{stem}.json")), &(serde_json::to_string_pretty(gold)? + "\n"))?;
        partial += usize::from(!gold.complete);
    }
    let events: usize = harvest.iter().map(|gold| gold.events.len()).sum();
    print(format!("{events} events of {} documents written to {}\n", harvest.len(), folder.display()))?;
    if partial > 0 {
        tell(&Skipped::new(
            folder.display().to_string(),
            format!(
                "{partial} documents were not marked as fully read: their gold holds what was judged and no more"
            ),
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a file beside its place and moves it there.
fn write(path: &Path, content: &str) -> anyhow::Result<()> {
    let beside = path.with_extension("json.part");
    std::fs::write(&beside, content)
        .and_then(|()| std::fs::rename(&beside, path))
        .with_context(|| path.display().to_string())
}
