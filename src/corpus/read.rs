//! Reading one source: its documents one after the other, each at most
//! [`MAX_DOCUMENT_BYTES`](super::MAX_DOCUMENT_BYTES) long.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use super::discover::{Format, Origin, Source};
use super::jsonl::JsonLines;
use super::{MAX_DOCUMENT_BYTES, ReadOptions, Skipped, blocks, date_in_name, decode::decode};
use crate::model::{Document, Published, PublishedBasis};

/// The documents of one source, in order; made by [`documents`].
pub struct Documents(State);

enum State {
    /// Nothing (more) to come but this.
    Once(Option<Box<Result<Document, Skipped>>>),
    Lines(JsonLines<Box<dyn BufRead + Send>>),
}

impl Iterator for Documents {
    type Item = Result<Document, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            State::Once(item) => item.take().map(|item| *item),
            State::Lines(lines) => lines.next(),
        }
    }
}

/// Opens `source` and reads its documents as they are asked for: one for plain text, one a line for
/// JSON lines.
pub fn documents(source: &Source, options: &ReadOptions) -> Documents {
    let once = |item| Documents(State::Once(Some(Box::new(item))));
    let (reader, format) = match open(source) {
        Ok(opened) => opened,
        Err(skipped) => return once(Err(skipped)),
    };
    match format {
        Format::Jsonl => {
            Documents(State::Lines(JsonLines::new(reader, source.label().to_owned(), options.clone())))
        }
        Format::Text | Format::Sniff => once(text(reader, source, options)),
    }
}

/// Reads the first document of `source`; for plain text that is all there is.
///
/// # Errors
/// One line that says why there is none.
pub fn read(source: &Source, options: &ReadOptions) -> Result<Document, Skipped> {
    let nothing = || Err(Skipped::new(source.label(), "empty file"));
    documents(source, options).next().unwrap_or_else(nothing)
}

/// Opens the source and settles its format.
fn open(source: &Source) -> Result<(Box<dyn BufRead + Send>, Format), Skipped> {
    let fault = |error: &io::Error| Skipped::io(source.label(), error);
    let mut reader: Box<dyn BufRead + Send> = match &source.origin {
        Origin::File(path) => {
            Box::new(BufReader::with_capacity(64 * 1024, File::open(path).map_err(|e| fault(&e))?))
        }
        Origin::Stdin => Box::new(BufReader::new(io::stdin())),
        Origin::Embedded(bytes) => Box::new(*bytes),
    };
    let format = match source.format {
        Format::Sniff => {
            let head = reader.fill_buf().map_err(|e| fault(&e))?;
            let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
            if head.trim_ascii_start().starts_with(b"{") { Format::Jsonl } else { Format::Text }
        }
        format => format,
    };
    Ok((reader, format))
}

fn text(reader: impl Read, source: &Source, options: &ReadOptions) -> Result<Document, Skipped> {
    let skip = |reason: String| Skipped::new(source.label(), reason);
    if source.size > MAX_DOCUMENT_BYTES {
        return Err(skip(too_large()));
    }
    let mut bytes = Vec::with_capacity(source.size as usize);
    reader
        .take(MAX_DOCUMENT_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| Skipped::io(source.label(), &e))?;
    if bytes.len() as u64 > MAX_DOCUMENT_BYTES {
        return Err(skip(too_large()));
    }
    let text = decode(bytes).map_err(skip)?;
    let named = || match source.origin {
        Origin::Stdin => None,
        _ => date_in_name(&source.name).map(|date| Published { date, basis: PublishedBasis::Filename }),
    };
    let given = options.published.map(|date| Published { date, basis: PublishedBasis::Given });
    Ok(Document {
        id: source.name.clone(),
        published: given.or_else(named),
        blocks: blocks(&text),
        text,
        ..Document::default()
    })
}

/// The reason for leaving out what is larger than [`MAX_DOCUMENT_BYTES`].
pub(super) fn too_large() -> String {
    format!("larger than {} MiB, too large for one document", MAX_DOCUMENT_BYTES / (1024 * 1024))
}
