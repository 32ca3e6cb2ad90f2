//! Annotations on their way out: the records of the contract, as JSON lines and as CSV.
//!
//! Offsets in every record are code points from the start of the document's text, half open.

mod csv;
mod jsonl;
mod records;

use std::io::{self, Write};

pub use records::{ActorRecord, DateRecord, EntityRecord, EventDateRecord, EventRecord, Quote, Records};

use crate::model::{Annotations, Document};

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Events with their dates, actors and places.
    Events,
    /// Date expressions.
    Dates,
    /// Mentions of actors and places.
    Actors,
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line, not escaped to ASCII.
    Jsonl,
    /// Comma-separated values (RFC 4180, `\n` line ends) with a header row.
    Csv,
}

/// What to write and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// Which layer.
    pub layer: Layer,
    /// In which form.
    pub format: Format,
    /// Whether to write what is denied or merely possible too, with its status.
    pub all: bool,
}

impl Output {
    /// What stands before the first record: the header row of CSV.
    ///
    /// # Errors
    /// When `out` fails.
    pub fn head(self, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            Format::Jsonl => Ok(()),
            Format::Csv => csv::head(self.layer, out),
        }
    }

    /// The records of one document, in text order.
    ///
    /// # Errors
    /// When `out` fails.
    pub fn document(
        self,
        document: &Document,
        annotations: &Annotations,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let records = Records::new(document, annotations);
        match self.format {
            Format::Jsonl => jsonl::write(self, &records, out),
            Format::Csv => csv::write(self, &records, out),
        }
    }
}
