//! `waqai extract`: the contract's records on standard output, for pipes.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::words::Words;
use super::{Common, NOTHING_READ, out, stream, tell};
use crate::corpus;
use crate::extract::extract_dates;
use crate::formats::{Format, Layer, Output};
use crate::model::{Annotations, Document};

/// Print events, dates or actors as JSON lines or CSV.
///
/// One record a line, in the order of the documents and of the text; offsets count Unicode code
/// points from the start of the document's text. What cannot be read is told on standard error, one
/// line each, and the rest goes on; the exit status is 2 where nothing could be read.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  waqai extract news/ --layer events > events.jsonl
  waqai extract --layer dates --format csv report.txt
  cat report.txt | waqai extract - --published 2018-05-09")]
pub(super) struct ExtractArgs {
    /// Files and folders; `-` is standard input. Without any: what is piped in, else the documents
    /// that come with the program
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// What to print
    #[arg(long, value_enum, default_value_t = Layer::Events)]
    layer: Layer,

    /// In which form
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
}

pub(super) fn run(args: &ExtractArgs, common: &Common) -> anyhow::Result<ExitCode> {
    let mut paths = args.paths.clone();
    if paths.is_empty() && something_is_piped_in() {
        paths.push("-".into());
    }
    let words = Words::new(common)?;
    faults_on_one_line();
    let (sources, skipped) = corpus::discover(&paths);
    skipped.iter().for_each(tell);
    words.faults(&sources, &common.read())?.iter().for_each(tell);
    let output = Output { layer: args.layer, format: args.format, all: common.all };
    let mut read = 0_u64;
    let written = out::write(|out| {
        output.head(out)?;
        let work = |document: Document| {
            // Dates need no lexicon, and are many times faster without one.
            let annotations = match args.layer {
                Layer::Dates => extract_dates(&document),
                Layer::Events | Layer::Actors => words.extract(&document),
            };
            if document.text.len() > LONG {
                return Ok(Told::Long(Box::new((document, annotations))));
            }
            let mut records = Vec::new();
            output.document(&document, &annotations, &mut records).map(|()| Told::Records(records))
        };
        stream::each(&sources, &common.read(), work, |result| match result {
            Ok(told) => {
                read += 1;
                match told? {
                    Told::Records(records) => out.write_all(&records),
                    Told::Long(told) => output.document(&told.0, &told.1, out),
                }
            }
            Err(skipped) => {
                tell(&skipped);
                Ok(())
            }
        })
    })?;
    tracing::info!(documents = read, "extracted");
    let nothing = written.is_some() && read == 0;
    Ok(if nothing { ExitCode::from(NOTHING_READ) } else { ExitCode::SUCCESS })
}

/// A document longer than this, in bytes, is long: its records are not held in memory.
const LONG: usize = 1024 * 1024;

/// What was found in a document.
enum Told {
    /// Its records.
    Records(Vec<u8>),
    /// All of it, to be written out record by record.
    Long(Box<(Document, Annotations)>),
}

/// A fault of the program costs one document and one line more, unless somebody looks into it.
fn faults_on_one_line() {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|fault| {
            tracing::error!(%fault, "fault");
            // Where standard error is closed nobody wants to know.
            let _ = writeln!(io::stderr(), "waqai: {}", fault.to_string().replace('\n', " "));
        }));
    }
}

/// Whether standard input is a pipe, a socket or a file, and not a terminal or `/dev/null`.
#[cfg(unix)]
fn something_is_piped_in() -> bool {
    use std::os::fd::AsFd as _;
    use std::os::unix::fs::FileTypeExt as _;
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return false;
    }
    let kind = stdin.as_fd().try_clone_to_owned().and_then(|fd| std::fs::File::from(fd).metadata());
    kind.is_ok_and(|meta| meta.is_file() || meta.file_type().is_fifo() || meta.file_type().is_socket())
}

/// Whether standard input is no terminal.
#[cfg(not(unix))]
fn something_is_piped_in() -> bool {
    !io::stdin().is_terminal()
}
