//! A selection of events on its way out, in any format: records, a calendar, a chronology to read,
//! or what annotation tools take. One entry of [`Export`] and one file a format.

mod calendar;
mod chronicle;
mod html;
mod markdown;
mod ordered;

use std::io::{self, Write};
use std::path::Path;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::exchange::{self, Exchange, Text, Told};
use super::{Layer, Records, csv, jsonl};
use crate::store::Selected;

/// A format of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Export {
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values with a header row.
    Csv,
    /// iCalendar, for calendar programs.
    Ics,
    /// A chronology in Markdown.
    Markdown,
    /// A chronology as one page of HTML, from right to left, with the sentences that tell each event.
    Html,
    /// What annotation tools take.
    Tool(Exchange),
}

impl ValueEnum for Export {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [Export; 11] = [
            Export::Jsonl,
            Export::Csv,
            Export::Ics,
            Export::Markdown,
            Export::Html,
            Export::Tool(Exchange::Brat),
            Export::Tool(Exchange::Doccano),
            Export::Tool(Exchange::Prodigy),
            Export::Tool(Exchange::LabelStudio),
            Export::Tool(Exchange::W3c),
            Export::Tool(Exchange::WebAnno),
        ];
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Self::Jsonl => ("jsonl", "One JSON object a line"),
            Self::Csv => ("csv", "Comma-separated values with a header row"),
            Self::Ics => ("ics", "iCalendar, for calendar programs"),
            Self::Markdown => ("markdown", "A chronology in Markdown"),
            Self::Html => {
                ("html", "A chronology as one page of HTML, with the sentences that tell each event")
            }
            Self::Tool(format) => return format.to_possible_value(),
        };
        Some(PossibleValue::new(name).help(help))
    }
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Events.
    pub events: usize,
    /// Events that the format has no place for: those without a date in a calendar.
    pub left_out: usize,
}

impl Export {
    /// The format that the ending of a file's name tells.
    pub fn of_name(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "jsonl" | "ndjson" => Self::Jsonl,
            "csv" => Self::Csv,
            "ics" => Self::Ics,
            "md" => Self::Markdown,
            "html" | "htm" => Self::Html,
            _ => return None,
        })
    }

    /// Whether it takes a folder with files for each document.
    pub const fn is_folder(self) -> bool {
        matches!(self, Self::Tool(format) if format.is_folder())
    }

    /// Writes `selection`, whose documents come in order, to `out`. With `bom` a CSV begins with a byte
    /// order mark, without which some spreadsheets take it for another encoding.
    ///
    /// # Errors
    /// When `out` fails, when the selection fails, and for a format that takes a folder.
    pub fn write(
        self,
        selection: &mut dyn Iterator<Item = io::Result<Selected>>,
        bom: bool,
        out: &mut dyn Write,
    ) -> io::Result<Written> {
        let mut written = Written::default();
        match self {
            Self::Jsonl => {
                for selected in selection {
                    let selected = selected?;
                    let records = Records::new(&selected.document, &selected.annotations);
                    for (event, _) in selected.events() {
                        jsonl::line(&records.event(event), out)?;
                        written.events += 1;
                    }
                }
            }
            Self::Csv => {
                if bom {
                    out.write_all("\u{feff}".as_bytes())?;
                }
                csv::head(Layer::Events, out)?;
                for selected in selection {
                    let selected = selected?;
                    let records = Records::new(&selected.document, &selected.annotations);
                    csv::events(selected.events().map(|(event, _)| records.event(event)), bom, out)?;
                    written.events += selected.places.len();
                }
            }
            Self::Ics => return calendar::write(selection, out),
            Self::Markdown => return chronicle::write(selection, &markdown::Markdown, out),
            Self::Html => return chronicle::write(selection, &html::Html, out),
            Self::Tool(format) if format.is_folder() => {
                return Err(io::Error::new(io::ErrorKind::InvalidInput, "this format takes a folder"));
            }
            Self::Tool(format) => {
                let texts = texts(selection, &mut written)?;
                out.write_all(exchange::to_string(format, &texts).as_bytes())?;
            }
        }
        Ok(written)
    }

    /// Writes `selection` to the file `path`, which stands whole under its name or not at all, or to
    /// the folder `path` where the format takes one.
    ///
    /// # Errors
    /// As [`Export::write`].
    pub fn write_to(
        self,
        path: &Path,
        selection: &mut dyn Iterator<Item = io::Result<Selected>>,
        bom: bool,
    ) -> io::Result<Written> {
        if let Self::Tool(format) = self
            && format.is_folder()
        {
            let mut written = Written::default();
            let texts = texts(selection, &mut written)?;
            exchange::write(format, path, &texts)?;
            return Ok(written);
        }
        let mut beside = path.as_os_str().to_owned();
        // Another program may write to the same name at this moment.
        beside.push(format!(".{}.part", std::process::id()));
        let beside = Path::new(&beside);
        let mut whole = || {
            let mut out = io::BufWriter::new(std::fs::File::create(beside)?);
            let written = self.write(selection, bom, &mut out)?;
            out.flush()?;
            Ok(written)
        };
        match whole() {
            Ok(written) => std::fs::rename(beside, path).map(|()| written),
            Err(error) => {
                // It is no more than half of what was asked for.
                drop(std::fs::remove_file(beside));
                Err(error)
            }
        }
    }
}

/// A document with its wanted events, as annotation tools take them.
fn text(selected: &Selected) -> Text {
    let records = Records::new(&selected.document, &selected.annotations);
    let told = selected.events().map(|(event, _)| (String::new(), Told::from(records.event(event))));
    Text {
        document: selected.document.id.clone(),
        text: Some(selected.document.text.clone()),
        events: told.collect(),
    }
}

fn texts(
    selection: &mut dyn Iterator<Item = io::Result<Selected>>,
    written: &mut Written,
) -> io::Result<Vec<Text>> {
    selection
        .map(|selected| {
            let selected = selected?;
            written.events += selected.places.len();
            Ok(text(&selected))
        })
        .collect()
}
