//! The command line: one file a command.

mod browse;
mod compare;
mod doctor;
mod eval;
mod export;
mod extract;
mod logging;
mod out;
mod render;
mod review;
mod shell;
mod stream;
mod timeline;
mod words;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use etcetera::BaseStrategy as _;

use crate::corpus::{ReadOptions, Skipped, parse_day};

use out::print;
pub use render::{Align, Color, RenderArgs};

/// Exit status where nothing at all could be read.
const NOTHING_READ: u8 = 2;

/// Reads Arabic news, finds the dated events in it, and lets you browse and check them.
#[derive(Debug, Parser)]
#[command(
    name = "waqai",
    version,
    max_term_width = 100,
    after_help = "\
Examples:
  waqai                                 browse the documents that come with the program
  waqai news/                           browse all .txt and .jsonl files of a folder
  waqai extract news/ > events.jsonl    the events as JSON lines
  waqai timeline news/ --sources 2      what several of them tell
  waqai export news/ --query 'actor:lavrov year:2022' --output lavrov.html
  waqai eval --gold gold/ news/         how right they are
  waqai render report.txt --width 60    one text as the screen shows it
  waqai doctor                          what the terminal makes of Arabic"
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    /// Files and folders to browse; `-` is standard input, nothing the documents that come with the
    /// program
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    screen: crate::tui::ScreenArgs,

    /// Keep to a random sample of the events: how many, a seed, and what it is spread over, as in
    /// 50,7,type or 50,7,document
    #[arg(long, value_name = "SAMPLE")]
    sample: Option<crate::review::Sample>,

    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Subcommand)]
enum Command {
    Extract(extract::ExtractArgs),
    Timeline(timeline::TimelineArgs),
    Export(export::ExportArgs),
    Eval(eval::EvalArgs),
    Review(review::ReviewArgs),
    Compare(compare::CompareArgs),
    Render(RenderArgs),
    Doctor(doctor::DoctorArgs),
    Completions(shell::CompletionsArgs),
    Man(shell::ManArgs),
}

/// How figures are printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// Tables and lists for people
    Text,
    /// One JSON object
    Json,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// Keep the index in FILE; it is derived from the documents and may be deleted at any time
    #[arg(long, value_name = "FILE", global = true)]
    pub index: Option<PathBuf>,

    /// Keep verdicts in FILE, which is only ever appended to
    #[arg(long, value_name = "FILE", global = true)]
    pub reviews: Option<PathBuf>,

    /// Take DATE (2018-05-09) as the publication date of every document
    #[arg(long, value_name = "DATE", global = true, value_parser = day)]
    pub published: Option<NaiveDate>,

    /// Sign verdicts with NAME [default: the login name]
    #[arg(long, value_name = "NAME", global = true)]
    pub reviewer: Option<String>,

    /// Also show what is denied or merely possible, with its status
    #[arg(long, global = true)]
    pub all: bool,

    /// Add the actors, places and triggers in the *.toml files of DIR; may be given several times
    #[arg(long, value_name = "DIR", global = true)]
    pub lexicon: Vec<PathBuf>,

    /// Take the events from FILE, the extraction of another program, in place of finding them: JSON
    /// lines of ours, brat, doccano, Prodigy, Label Studio, W3C Web Annotation or WebAnno TSV; may be a
    /// folder
    #[arg(long, value_name = "FILE", global = true)]
    pub events: Option<PathBuf>,

    /// The format of FILE [default: it is recognised]
    #[arg(
        long,
        value_enum,
        value_name = "FORMAT",
        global = true,
        requires = "events",
        hide_possible_values = true
    )]
    pub events_format: Option<crate::formats::exchange::Exchange>,

    /// Write what the program does to FILE, for looking into faults [default: the file that the
    /// environment variable `WAQAI_LOG` names, else nothing]
    #[arg(long, value_name = "FILE", global = true)]
    pub log: Option<PathBuf>,
}

impl Common {
    /// How documents are read.
    pub fn read(&self) -> ReadOptions {
        ReadOptions { published: self.published }
    }
}

/// The user's own folder for keys, words and the like. None where the user has no home.
fn config_folder() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("waqai"))
}

/// The user's keymap, which need not exist.
fn keymap() -> Option<PathBuf> {
    config_folder().map(|folder| folder.join("keymap.toml"))
}

/// The user's theme, which need not exist.
fn theme() -> Option<PathBuf> {
    config_folder().map(|folder| folder.join("theme.toml"))
}

fn day(text: &str) -> Result<NaiveDate, String> {
    parse_day(text).ok_or_else(|| "not a day of the calendar in the form 2018-05-09".to_owned())
}

/// Runs the program with the words of the command line, the program's own name first.
///
/// # Errors
/// What stopped it, to be told in one line; exit status 1.
pub fn run(words: impl IntoIterator<Item = OsString>) -> anyhow::Result<ExitCode> {
    let cli = match Cli::try_parse_from(words) {
        Ok(cli) => cli,
        Err(error) => {
            // Where help cannot be printed nobody is there to read it.
            let _ = error.print();
            return Ok(ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(NOTHING_READ)));
        }
    };
    logging::start(cli.common.log.as_deref())?;
    match &cli.command {
        None => browse::run(cli.paths, cli.screen, cli.sample, &cli.common),
        Some(Command::Extract(args)) => extract::run(args, &cli.common),
        Some(Command::Timeline(args)) => timeline::run(args, &cli.common),
        Some(Command::Export(args)) => export::run(args, &cli.common),
        Some(Command::Eval(args)) => eval::run(args, &cli.common),
        Some(Command::Review(args)) => review::run(args, &cli.common),
        Some(Command::Compare(args)) => compare::run(args, &cli.common),
        Some(Command::Render(args)) => render::run(args, &cli.common),
        Some(Command::Doctor(_)) => doctor::run(&cli.common),
        Some(Command::Completions(args)) => shell::completions(args),
        Some(Command::Man(args)) => shell::man(args),
    }
}

/// Tells in one line on standard error what could not be read.
fn tell(skipped: &Skipped) {
    tracing::warn!(name = skipped.name, reason = skipped.reason, "skipped");
    // Where standard error is closed nobody wants to know.
    let _ = writeln!(std::io::stderr(), "waqai: {skipped}");
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
