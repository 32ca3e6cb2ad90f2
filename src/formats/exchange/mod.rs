//! The formats of annotation tools, both ways: brat, doccano, Prodigy, Label Studio, W3C Web
//! Annotation, WebAnno TSV 3.3, and our own JSON lines.
//!
//! Offsets are code points in all of them but WebAnno TSV, which counts UTF-16 code units. What is
//! written is read back as it was; what people changed in between is taken as they left it. A fault
//! of what is read is one line with its place, and the good rest is taken.

mod brat;
mod contract;
mod data;
mod doccano;
mod graph;
mod json;
mod labelstudio;
mod percent;
mod pieces;
mod prodigy;
mod recognise;
mod resolve;
mod w3c;
mod webanno;

use std::io;
use std::path::{Path, PathBuf};

pub use data::{Dated, Named, Told, Words};
pub use resolve::{Given, place};

use crate::corpus::Skipped;
use crate::formats::Records;
use crate::model::{Annotations, Document};

/// A format of annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Exchange {
    /// The JSON lines of `waqai extract`
    Jsonl,
    /// brat standoff: a folder with a .txt and a .ann for each document
    Brat,
    /// doccano JSON lines with entities and relations
    Doccano,
    /// Prodigy JSON lines with spans and relations
    Prodigy,
    /// Label Studio tasks with predictions
    #[value(name = "labelstudio")]
    LabelStudio,
    /// W3C Web Annotation: a page of annotations in JSON-LD
    W3c,
    /// WebAnno TSV 3.3, as INCEpTION reads it: a folder with a .tsv for each document
    #[value(name = "webanno")]
    WebAnno,
}

impl Exchange {
    /// All formats.
    pub const ALL: [Self; 7] =
        [Self::Jsonl, Self::Brat, Self::Doccano, Self::Prodigy, Self::LabelStudio, Self::W3c, Self::WebAnno];

    /// Whether it takes a folder with files for each document.
    pub const fn is_folder(self) -> bool {
        matches!(self, Self::Brat | Self::WebAnno)
    }
}

/// A document with its events, on the way out or in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// Its id; empty where the format does not name it.
    pub document: String,
    /// Its text, where the format holds it.
    pub text: Option<String>,
    /// Its events, each with the place in the file that tells it.
    pub events: Vec<(String, Told)>,
}

impl Text {
    /// A document with the events that were found in it; those that do not count only where `all`
    /// asks for them.
    pub fn of(document: &Document, annotations: &Annotations, all: bool) -> Self {
        let records = Records::new(document, annotations);
        let events = records.events(all).map(|event| (String::new(), Told::from(event))).collect();
        Self { document: document.id.clone(), text: Some(document.text.clone()), events }
    }

    /// The events without their places.
    fn told(&self) -> Vec<Told> {
        self.events.iter().map(|(_, event)| event.clone()).collect()
    }

    fn words(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// Documents in the order of the file.
    pub texts: Vec<Text>,
    /// What could not be taken, each with its place.
    pub faults: Vec<Skipped>,
}

impl Import {
    fn fault(&mut self, place: impl Into<String>, reason: impl Into<String>) {
        self.faults.push(Skipped::new(place, reason));
    }
}

/// Writes documents with their events to `path`: a file, or a folder where the format takes one. A
/// file stands whole under its name or not at all.
///
/// # Errors
/// When something cannot be written.
pub fn write(format: Exchange, path: &Path, texts: &[Text]) -> io::Result<()> {
    match format {
        Exchange::Brat => brat::write(path, texts),
        Exchange::WebAnno => webanno::write(path, texts),
        _ => whole(path, &to_string(format, texts)),
    }
}

/// The file of a format that takes one; empty for those that take a folder.
pub fn to_string(format: Exchange, texts: &[Text]) -> String {
    match format {
        Exchange::Jsonl => contract::write(texts),
        Exchange::Doccano => doccano::write(texts),
        Exchange::Prodigy => prodigy::write(texts),
        Exchange::LabelStudio => labelstudio::write(texts),
        Exchange::W3c => w3c::write(texts),
        Exchange::Brat | Exchange::WebAnno => String::new(),
    }
}

/// Reads the file or folder `path`, in `format` or in the one that it is recognised to have.
///
/// # Errors
/// One line: that it cannot be read at all, or that its format is not known.
pub fn read(path: &Path, format: Option<Exchange>) -> Result<Import, Skipped> {
    let mut import = Import::default();
    for file in recognise::files(path, format)? {
        let format = match format {
            Some(format) => format,
            None => recognise::format(&file)?,
        };
        let name = file.display().to_string();
        if format == Exchange::Brat {
            brat::read(path, &file, &mut import);
            continue;
        }
        let bytes = std::fs::read(&file).map_err(|error| Skipped::io(&name, &error))?;
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let line = memchr::memchr_iter(b'\n', &error.as_bytes()[..good]).count() + 1;
                import.fault(format!("{name}:{line}"), "not UTF-8; the whole file is left out");
                continue;
            }
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        match format {
            Exchange::Jsonl => contract::read(&name, text, &mut import),
            Exchange::Doccano => doccano::read(&name, text, &mut import),
            Exchange::Prodigy => prodigy::read(&name, text, &mut import),
            Exchange::LabelStudio => labelstudio::read(&name, text, &mut import),
            Exchange::W3c => w3c::read(&name, text, &mut import),
            Exchange::WebAnno => webanno::read(&name, text, &mut import),
            Exchange::Brat => {}
        }
    }
    Ok(import)
}

/// Writes a file beside its place and moves it there, so that nobody ever sees half of it.
fn whole(path: &Path, content: &str) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    std::fs::write(&beside, content)
        .and_then(|()| std::fs::rename(&beside, path))
        .inspect_err(|_| drop(std::fs::remove_file(&beside)))
}

/// File names, without ending, for the documents of a folder: the last part of the id, with what no
/// file system likes replaced, numbered where several come out the same.
fn file_names(texts: &[Text]) -> Vec<String> {
    let mut used = std::collections::HashSet::new();
    texts
        .iter()
        .map(|text| {
            let base = text.document.rsplit('/').next().unwrap_or_default();
            let base = base.strip_suffix(".txt").unwrap_or(base);
            let safe: String = base
                .chars()
                .map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c })
                .collect();
            let safe = safe.trim_matches(['.', ' ']);
            let safe = if safe.is_empty() { "document" } else { safe };
            let mut name = safe.to_owned();
            let mut n = 1;
            while !used.insert(name.clone()) {
                n += 1;
                name = format!("{safe}-{n}");
            }
            name
        })
        .collect()
}
