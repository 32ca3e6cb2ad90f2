//! `waqai compare`: two extractions side by side.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use clap::Args;

use super::{Common, Form, keymap, print, tell, theme};
use crate::corpus::one_line;
use crate::formats::exchange::{self, Dated, Import, Named, Told};
use crate::review::{Field, Sides, sides};
use crate::tui::comparison::Comparison;
use crate::tui::{self, ScreenArgs};

/// Compare two extractions of the same documents: what only one of them has, what both have and tell
/// differently.
///
/// A and B are files or folders in any of the formats that `--events` takes. Documents are the same
/// where their names are, events where their triggers share letters.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  waqai extract news/ > ours.jsonl
  waqai compare ours.jsonl theirs/
  waqai compare before.jsonl after.jsonl --format json")]
pub(super) struct CompareArgs {
    /// The first extraction
    a: PathBuf,

    /// The second one
    b: PathBuf,

    /// In which form [default: on a terminal the screen, else text]
    #[arg(long, value_enum)]
    format: Option<Form>,

    #[command(flatten)]
    screen: ScreenArgs,
}

pub(super) fn run(args: &CompareArgs, common: &Common) -> anyhow::Result<ExitCode> {
    let read = |path: &Path| -> anyhow::Result<Import> {
        match exchange::read(path, common.events_format) {
            Ok(import) => {
                import.faults.iter().for_each(tell);
                Ok(import)
            }
            Err(fault) => bail!("{}", one_line(&fault.to_string())),
        }
    };
    let (a, b) = (read(&args.a)?, read(&args.b)?);
    let name = |path: &Path| one_line(&path.display().to_string());
    let terminal = io::stdout().is_terminal() && io::stdin().is_terminal();
    match args.format {
        None if terminal => {
            let (name_a, name_b) = (name(&args.a), name(&args.b));
            let compared = Comparison::of_extractions((&name_a, &a), (&name_b, &b));
            tui::compare(compared, &args.screen, (keymap().as_deref(), theme().as_deref()))?;
        }
        None | Some(Form::Text) => print(text(&sides(&a, &b), &name(&args.a), &name(&args.b)))?,
        Some(Form::Json) => print(serde_json::to_string(&sides(&a, &b))? + "\n")?,
    }
    Ok(ExitCode::SUCCESS)
}

fn text(found: &Sides, a: &str, b: &str) -> String {
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = writeln!(
        out,
        "{:>6}  the same in both\n{:>6}  in both with differing fields\n{:>6}  only in {a}\n{:>6}  only in {b}",
        found.same,
        found.differ.len(),
        found.only_a.len(),
        found.only_b.len()
    );
    for (title, list) in [(a, &found.only_a), (b, &found.only_b)] {
        if !list.is_empty() {
            let _ = writeln!(out, "\nOnly in {title}");
        }
        for lone in list {
            let _ = writeln!(out, "  {}", one_line(&told(&lone.document, &lone.event)));
        }
    }
    if !found.differ.is_empty() {
        let _ = writeln!(out, "\nDiffering fields ({a} | {b})");
    }
    for pair in &found.differ {
        let _ = writeln!(out, "  {}", one_line(&told(&pair.document, &pair.a)));
        for field in &pair.fields {
            let (a, b) = (value(*field, &pair.a), value(*field, &pair.b));
            let _ = writeln!(out, "    {}: {}", field.name(), one_line(&format!("{a} | {b}")));
        }
    }
    out
}

/// An event on one line.
fn told(document: &str, event: &Told) -> String {
    let date = event.date.as_ref().map_or("-", |date| &date.value);
    let Told { kind, trigger, .. } = event;
    format!(
        "{document}:{}-{} {date} {kind} {} {}",
        trigger.start,
        trigger.end,
        trigger.text,
        names(&event.actors)
    )
}

fn names(list: &[Named]) -> String {
    let names = list.iter().map(|n| if n.name.is_empty() { &n.name_en } else { &n.name }.as_str());
    let names: Vec<&str> = names.collect();
    if names.is_empty() { "-".to_owned() } else { names.join("، ") }
}

fn value(field: Field, event: &Told) -> String {
    match field {
        Field::Date => event.date.as_ref().map_or("-", |Dated { value, .. }| value).to_owned(),
        Field::Type => event.kind.to_string(),
        Field::Actors => names(&event.actors),
        Field::Places => names(&event.places),
        Field::Trigger => format!("{} {}-{}", event.trigger.text, event.trigger.start, event.trigger.end),
        Field::Extent => event.extent.as_ref().map_or("-", |extent| &extent.text).to_owned(),
        Field::Status => format!("{:?}", event.status).to_lowercase(),
    }
}
