//! JSON lines: one document a line, `{"id":…,"text":…,"published":"2018-05-09"?,"title"?,"source"?,
//! "url"?}`. A line that is none is told with its number and the rest goes on.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, BufRead, Read};

use serde::Deserialize;

use super::read::too_large;
use super::{MAX_DOCUMENT_BYTES, ReadOptions, Skipped, blocks, parse_day};
use crate::model::{Document, Published, PublishedBasis};

/// The longest line that is read, in bytes. JSON may write a letter of two bytes as six (`\u0628`): so
/// written, a document of half the greatest size still fits.
const MAX_LINE_BYTES: u64 = 3 * MAX_DOCUMENT_BYTES / 2;

/// How many faulty lines of a file are told one by one; where there are more, they have most likely one
/// cause, and their number is told.
const TOLD: u64 = 10;

#[derive(Deserialize)]
struct Line<'a> {
    id: Option<Id>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    published: Option<String>,
    title: Option<String>,
    source: Option<String>,
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

/// The documents of a JSONL stream.
pub(super) struct JsonLines<R> {
    reader: R,
    /// The file, for messages and for nothing else.
    name: String,
    options: ReadOptions,
    line: u64,
    ids: HashSet<Box<str>>,
    /// Lines that were no document.
    faults: u64,
    buffer: Vec<u8>,
    done: bool,
}

impl<R: BufRead> JsonLines<R> {
    pub(super) fn new(reader: R, name: String, options: ReadOptions) -> Self {
        let (ids, buffer) = (HashSet::new(), Vec::new());
        Self { reader, name, options, line: 0, ids, faults: 0, buffer, done: false }
    }

    /// Reads the next line into the buffer, without its end; whether there was one, and whether it
    /// fitted. What does not fit is passed over without being held.
    fn fill(&mut self) -> io::Result<Option<bool>> {
        self.buffer.clear();
        let read = self.reader.by_ref().take(MAX_LINE_BYTES + 1).read_until(b'\n', &mut self.buffer)?;
        if read == 0 {
            return Ok(None);
        }
        self.line += 1;
        if self.buffer.last() == Some(&b'\n') {
            self.buffer.pop();
        } else if read as u64 > MAX_LINE_BYTES {
            self.buffer = Vec::new();
            self.reader.skip_until(b'\n')?;
            return Ok(Some(false));
        }
        Ok(Some(true))
    }

    /// What is said of the line at hand, which is no document: nothing, from the eleventh on.
    fn fault(&mut self, reason: String) -> Option<Skipped> {
        self.faults += 1;
        (self.faults <= TOLD).then(|| Skipped::new(format!("{}:{}", self.name, self.line), reason))
    }

    /// What is left to say of the whole file when it has been read.
    fn rest(&self) -> Option<Skipped> {
        let reason = match self.faults {
            0 if self.ids.is_empty() => "empty file".to_owned(),
            more if more > TOLD => format!("{} more lines are no documents", more - TOLD),
            _ => return None,
        };
        Some(Skipped::new(&self.name, reason))
    }

    fn document(&mut self) -> Result<Document, String> {
        let line: Line<'_> = serde_json::from_slice(&self.buffer).map_err(|error| {
            let text = error.to_string();
            // The parser counts within this one line; only the column says something.
            let what = text.split(" at line ").next().unwrap_or(&text);
            format!("not a JSON object of the expected form: {what} at column {}", error.column())
        })?;
        let id = match line.id {
            Some(Id::Text(id)) if !id.is_empty() => id,
            Some(Id::Number(number)) => number.to_string(),
            _ => return Err("no \"id\"".to_owned()),
        };
        let text = match line.text {
            None => return Err("no \"text\"".to_owned()),
            Some(text) if text.trim().is_empty() => return Err("empty \"text\"".to_owned()),
            Some(text) if text.len() as u64 > MAX_DOCUMENT_BYTES => return Err(too_large()),
            // One for one, so that offsets hold in the text as it was given.
            Some(text) => text.replace("\r\n", " \n").replace('\r', "\n"),
        };
        let date = match line.published.filter(|day| !day.is_empty()) {
            None => None,
            Some(day) => {
                Some(parse_day(&day).ok_or_else(|| format!("\"published\" is no day (YYYY-MM-DD): {day}"))?)
            }
        };
        let given = self.options.published.map(|date| Published { date, basis: PublishedBasis::Given });
        let metadata = date.map(|date| Published { date, basis: PublishedBasis::Metadata });
        if !self.ids.insert(id.as_str().into()) {
            return Err(format!("the id {id} was given before"));
        }
        Ok(Document {
            id,
            title: line.title,
            source: line.source,
            url: line.url,
            published: given.or(metadata),
            blocks: blocks(&text),
            text,
        })
    }
}

impl<R: BufRead> Iterator for JsonLines<R> {
    type Item = Result<Document, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.fill() {
                Err(error) => {
                    self.done = true;
                    return Some(Err(Skipped::io(format!("{}:{}", self.name, self.line), &error)));
                }
                Ok(None) => {
                    self.done = true;
                    return self.rest().map(Err);
                }
                Ok(Some(false)) => {
                    if let Some(skipped) = self.fault(too_large()) {
                        return Some(Err(skipped));
                    }
                }
                Ok(Some(true)) => {
                    if self.line == 1 && self.buffer.starts_with(b"\xEF\xBB\xBF") {
                        self.buffer.drain(..3);
                    }
                    if !self.buffer.trim_ascii().is_empty() {
                        match self.document() {
                            Ok(document) => return Some(Ok(document)),
                            Err(reason) => {
                                if let Some(skipped) = self.fault(reason) {
                                    return Some(Err(skipped));
                                }
                            }
                        }
                    }
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Result<Document, Skipped>> {
        JsonLines::new(text.as_bytes(), "in.jsonl".to_owned(), ReadOptions::default()).collect()
    }

    #[test]
    fn many_faults_of_a_file_are_counted() {
        let read = lines(&("{\"no\":1}\n".repeat(25) + "{\"id\":\"a\",\"text\":\"خبر\"}\n"));
        assert_eq!(read.len(), 12);
        assert_eq!(read[9].as_ref().unwrap_err().to_string(), "in.jsonl:10: no \"id\"");
        assert_eq!(read[10].as_ref().unwrap().id, "a");
        assert_eq!(read[11].as_ref().unwrap_err().to_string(), "in.jsonl: 15 more lines are no documents");
        assert_eq!(lines("\n \n")[0].as_ref().unwrap_err().to_string(), "in.jsonl: empty file");
    }

    #[test]
    fn good_lines_are_documents_and_bad_ones_are_told() {
        let read = lines(concat!(
            "\u{FEFF}{\"id\":\"a\",\"text\":\"خبر\\r\\nثان\",\"published\":\"2018-05-09\",\"title\":null,\"more\":1}\n",
            "\n",
            "{\"id\":\"b\",\"text\":\n",
            "{\"id\":7,\"text\":\"خبر\"}\r\n",
            "{\"text\":\"خبر\"}\n",
            "{\"id\":\"c\"}\n",
            "{\"id\":\"a\",\"text\":\"خبر\"}\n",
            "{\"id\":\"d\",\"text\":\"خبر\",\"published\":\"أمس\"}\n",
            "[1]",
        ));
        let told: Vec<_> = read
            .iter()
            .map(|item| match item {
                Ok(document) => document.id.clone(),
                Err(skipped) => skipped.to_string(),
            })
            .collect();
        assert_eq!(told[0], "a");
        assert!(told[1].starts_with("in.jsonl:3: not a JSON object"), "{}", told[1]);
        assert_eq!(told[2], "7");
        assert_eq!(told[3], "in.jsonl:5: no \"id\"");
        assert_eq!(told[4], "in.jsonl:6: no \"text\"");
        assert_eq!(told[5], "in.jsonl:7: the id a was given before");
        assert_eq!(told[6], "in.jsonl:8: \"published\" is no day (YYYY-MM-DD): أمس");
        assert!(told[7].starts_with("in.jsonl:9: not a JSON object"), "{}", told[7]);
        assert_eq!(told.len(), 8);
        let first = read[0].as_ref().unwrap();
        assert_eq!(first.text, "خبر \nثان");
        assert_eq!(first.published.unwrap().basis, PublishedBasis::Metadata);
        assert_eq!(first.blocks.len(), 2);
    }
}
