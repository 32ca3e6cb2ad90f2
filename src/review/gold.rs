//! Annotations made by hand, as files hold them: one JSON object a text, with its name (`doc`), its
//! `dates` and its `events`; offsets in code points, half open; actors as `English name|Arabic name`.
//! `value_alt`, `date_alt` and `type_alt` hold what is as right, `optional` events count neither
//! found nor missed. What an annotator could not place in the text has no `start` and is left out.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::measure::{Actor, Marked, MarkedDate, MarkedEvent};
use crate::model::{DateKind, EventType, Span};

/// Why gold cannot be used; one line, with the file.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// The folder or a file in it cannot be read.
    #[error("{}: {error}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A file holds something else.
    #[error("{}: no gold annotations: {error}", path.display())]
    Malformed {
        /// Which.
        path: PathBuf,
        /// What is wrong and where.
        error: serde_json::Error,
    },
    /// Two files annotate one text.
    #[error("{}: {doc} has gold annotations in another file already", path.display())]
    Twice {
        /// The second of them.
        path: PathBuf,
        /// The text.
        doc: String,
    },
    /// There is nothing to compare with.
    #[error("{}: no gold annotations (.json) in this folder", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
}

/// Reads the `.json` files of a folder, in order of their names.
///
/// # Errors
/// The first file that cannot be used, or that there is none.
pub fn read_gold(folder: &Path) -> Result<Vec<Marked>, GoldError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |error| GoldError::Unreadable { path, error }
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        if path.extension().is_some_and(|end| end == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut gold: Vec<Marked> = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).map_err(unreadable(&path))?;
        match parse_gold(&text) {
            Ok(marked) if gold.iter().any(|other| other.name == marked.name) => {
                return Err(GoldError::Twice { path, doc: marked.name });
            }
            Ok(marked) => gold.push(marked),
            Err(error) => return Err(GoldError::Malformed { path, error }),
        }
    }
    if gold.is_empty() { Err(GoldError::Empty { path: folder.to_owned() }) } else { Ok(gold) }
}

/// Reads the annotations of one text.
///
/// # Errors
/// Where and how the JSON is not what it should be.
pub fn parse_gold(json: &str) -> Result<Marked, serde_json::Error> {
    let file: File = serde_json::from_str(json)?;
    Ok(Marked {
        name: file.doc,
        complete: file.complete,
        dates: file.dates.into_iter().filter_map(Date::marked).collect(),
        events: file.events.into_iter().filter_map(Event::marked).collect(),
    })
}

#[derive(Deserialize)]
struct File {
    doc: String,
    #[serde(default = "whole")]
    complete: bool,
    dates: Vec<Date>,
    events: Vec<Event>,
}

/// Gold is that of the whole text unless it says otherwise.
const fn whole() -> bool {
    true
}

#[derive(Deserialize)]
struct Date {
    text: String,
    #[serde(rename = "type")]
    kind: DateKind,
    value: Option<String>,
    #[serde(default)]
    value_alt: Vec<Option<String>>,
    start: Option<u32>,
    end: Option<u32>,
}

#[derive(Deserialize)]
struct Event {
    trigger: String,
    date: Option<String>,
    #[serde(default)]
    date_alt: Vec<Option<String>>,
    #[serde(rename = "type")]
    kind: EventType,
    #[serde(default)]
    type_alt: Vec<EventType>,
    #[serde(default)]
    actors: Vec<String>,
    #[serde(default)]
    optional: bool,
    start: Option<u32>,
    end: Option<u32>,
    extent_start: Option<u32>,
    extent_end: Option<u32>,
}

fn plain(values: Vec<Option<String>>) -> Vec<String> {
    values.into_iter().map(Option::unwrap_or_default).collect()
}

impl Date {
    fn marked(self) -> Option<MarkedDate> {
        Some(MarkedDate {
            span: Span::new(self.start?, self.end?),
            text: self.text,
            kind: self.kind,
            value: self.value.unwrap_or_default(),
            other_values: plain(self.value_alt),
        })
    }
}

impl Event {
    fn marked(self) -> Option<MarkedEvent> {
        let trigger = Span::new(self.start?, self.end?);
        let extent = self.extent_start.zip(self.extent_end);
        Some(MarkedEvent {
            trigger,
            text: self.trigger,
            extent: extent.map_or(trigger, |(start, end)| Span::new(start, end)),
            kind: self.kind,
            other_kinds: self.type_alt,
            date: self.date.unwrap_or_default(),
            other_dates: plain(self.date_alt),
            actors: self.actors.iter().map(|name| Actor::of_gold(name)).collect(),
            optional: self.optional,
            confidence: None,
        })
    }
}
