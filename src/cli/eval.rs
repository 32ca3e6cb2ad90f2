//! `waqai eval`: how good the extraction is against annotations made by hand.

mod text;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use serde::{Deserialize, Serialize};

use super::words::Words;
use super::{Common, Form, NOTHING_READ, out, stream, tell};
use crate::corpus::{self, Skipped};
use crate::formats;
use crate::model::Document;
use crate::review::measure::{Comparison, Marked, PerDocument, Report, base_name, compare, measure};
use crate::review::read_gold;

/// Measure the extraction against annotations made by hand.
///
/// Prints precision, recall and F1 for dates, events, actors and usable events (right date, at least
/// half of the actors), with 95 % intervals by bootstrap over documents, by type, with a confusion
/// matrix of types and a reliability table. Each document is compared with the gold file whose `doc`
/// is the document's name; documents without gold and gold without a document are left out and told.
/// What cannot be read counts as if nothing had been found in it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  waqai eval --gold gold/ news/ --show
  waqai eval --gold gold/ news/ --format json > before.json
  waqai eval --gold gold/ news/ --against before.json")]
pub(super) struct EvalArgs {
    /// The folder with the gold: one .json a document
    #[arg(long, value_name = "DIR")]
    gold: PathBuf,

    /// Files and folders to measure; `-` is standard input. Without any: the documents that come with
    /// the program
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// In which form
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,

    /// Also list every miss, false find and wrong field with its words
    #[arg(long)]
    show: bool,

    /// Compare with FILE, the JSON of an earlier run
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
}

/// What is printed.
#[derive(Debug, Serialize)]
struct Printed {
    #[serde(flatten)]
    report: Report,
    /// Gold whose document was not among those read.
    gold_without_document: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<Comparison>,
}

/// What is read of an earlier run.
#[derive(Debug, Deserialize)]
struct Earlier {
    per_document: Vec<PerDocument>,
}

pub(super) fn run(args: &EvalArgs, common: &Common) -> anyhow::Result<ExitCode> {
    let gold = read_gold(&args.gold)?;
    let earlier = args.against.as_deref().map(earlier).transpose()?;
    let found = found(args, common, &gold)?;
    if found.is_empty() {
        return Ok(ExitCode::from(NOTHING_READ));
    }
    let mut report = measure(gold.iter().filter_map(|gold| Some((gold, found.get(gold.name.as_str())?))));
    let dated = |gold: &Marked| found.contains_key(gold.name.as_str()) && !gold.dates.is_empty();
    if common.events.is_some() || !gold.iter().any(dated) {
        // Another extraction is handed over by its events, and reviewers judge events: neither tells of
        // other dates.
        report.leave_out_dates();
    }
    if !args.show {
        report.faults.clear();
    }
    let missing = gold.iter().filter(|gold| !found.contains_key(gold.name.as_str()));
    let printed = Printed {
        gold_without_document: missing.map(|gold| gold.name.clone()).collect(),
        comparison: earlier.map(|earlier| compare(&earlier.per_document, &report.per_document)),
        report,
    };
    out::write(|out| match args.format {
        Form::Text => text::write(&printed, out),
        Form::Json => formats::json_line(&printed, out),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn earlier(file: &Path) -> anyhow::Result<Earlier> {
    let json = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    serde_json::from_str(&json)
        .with_context(|| format!("{}: not what `waqai eval --format json` prints", file.display()))
}

/// What is found in the documents that have gold, by their names; nothing in those that are there and
/// cannot be read, since whoever relies on the program goes without. Tells what could not be read, how
/// many have no gold, and where the gold is that of another text.
fn found<'g>(
    args: &EvalArgs,
    common: &Common,
    gold: &'g [Marked],
) -> anyhow::Result<HashMap<&'g str, Marked>> {
    let by_name: HashMap<&str, &Marked> = gold.iter().map(|gold| (gold.name.as_str(), gold)).collect();
    let words = Words::new(common)?;
    let (sources, skipped) = corpus::discover(&args.paths);
    words.faults(&sources, &common.read())?.iter().for_each(tell);
    let mut found = HashMap::new();
    let mut without = 0_u32;
    let unread = |skipped: &Skipped, found: &mut HashMap<&'g str, Marked>| {
        tell(skipped);
        if let Some(gold) = by_name.get(base_name(&skipped.name)) {
            found.entry(&gold.name).or_default();
        }
    };
    for skipped in &skipped {
        unread(skipped, &mut found);
    }
    let work = |document: Document| {
        let gold = *by_name.get(base_name(&document.id))?;
        let marked = Marked::of(&document, &words.extract(&document));
        Some((gold, document.id, gold.misfits(&document.text), marked))
    };
    stream::each(&sources, &common.read(), work, |result| {
        match result {
            Ok(Some((gold, id, misfits, marked))) => {
                if found.contains_key(gold.name.as_str()) {
                    tell(&Skipped::new(id, "left out: a document of this name was measured before"));
                    return Ok(());
                }
                if misfits > 0 {
                    let reason = format!(
                        "the gold is that of another text: {misfits} of its {} places hold other words",
                        gold.dates.len() + gold.events.len()
                    );
                    tell(&Skipped::new(id, reason));
                }
                found.insert(gold.name.as_str(), marked);
            }
            Ok(None) => without += 1,
            Err(skipped) => unread(&skipped, &mut found),
        }
        anyhow::Ok(())
    })?;
    if without > 0 {
        tell(&Skipped::new(
            args.gold.display().to_string(),
            format!("no gold for {without} document{}", if without == 1 { "" } else { "s" }),
        ));
    }
    for gold in gold.iter().filter(|gold| !gold.complete && found.contains_key(gold.name.as_str())) {
        let reason = "the gold holds what was judged and no more: what is found besides counts as false";
        tell(&Skipped::new(&gold.name, reason));
    }
    for gold in gold.iter().filter(|gold| !found.contains_key(gold.name.as_str())) {
        tell(&Skipped::new(&gold.name, "left out: no such document among those read"));
    }
    Ok(found)
}
