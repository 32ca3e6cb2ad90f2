//! From files, folders and standard input to documents: bytes in, decoded text with its
//! publication date and its lines out, and one clear line for everything that cannot be read.
//!
//! [`discover`] lists what there is without opening it, [`documents`] reads one source at a time.
//! Nothing here holds more than one document in memory.

mod decode;
mod demo;
mod discover;
mod jsonl;
mod published;
mod read;
pub mod structure;

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use demo::{demo, demo_sources};
pub(crate) use discover::is_document;
pub use discover::{Format, Origin, Source, discover};
pub use published::{from_name as date_in_name, parse as parse_day};
pub use read::{Documents, documents, read};
pub use structure::blocks;

/// The largest document that is read, in bytes. Far longer than the longest novel; whatever is bigger
/// is a dump that should come as JSON lines: extraction takes some twelve times its size in memory.
pub const MAX_DOCUMENT_BYTES: u64 = 64 * 1024 * 1024;

/// Something that was not read, and why. Its `Display` is one line, free of control characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The path as given, with `:LINE` where one line of a JSONL file is meant.
    pub name: String,
    /// Why, in a few words.
    pub reason: String,
    /// Whether the fault may be gone next time though the file looks the same (permissions, a disk
    /// that failed), so that it must be tried again.
    #[serde(default)]
    pub retry: bool,
}

impl Skipped {
    /// A fault of the content: it stays as long as the file is the same.
    pub fn new(name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { name: name.into(), reason: reason.into(), retry: false }
    }

    /// A fault of reading.
    pub(crate) fn io(name: impl Into<String>, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let reason = match error.kind() {
            ErrorKind::NotFound => "vanished before it could be read".to_owned(),
            ErrorKind::PermissionDenied => "permission denied".to_owned(),
            _ => format!("cannot be read: {error}"),
        };
        Self { name: name.into(), reason, retry: true }
    }
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", one_line(&self.name), one_line(&self.reason))
    }
}

/// Does `work` for the document `name`; where that panics, the rest of the corpus goes on without it.
///
/// # Errors
/// The line that says so.
pub fn guarded<T>(name: &str, work: impl FnOnce() -> T) -> Result<T, Skipped> {
    // Whatever `work` left half done is its own and gone with it.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .map_err(|_| Skipped::new(name, "a fault in waqai itself stopped its reading; please report it"))
}

/// `text` with every control character and bidi control escaped, so that a hostile file name cannot
/// speak to the terminal.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                out.extend(c.escape_unicode());
            }
            c if c.is_control() => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}

/// How documents are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The publication date of every document, whatever its metadata or name say.
    pub published: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_name_stays_on_one_line() {
        let skipped = Skipped::new("a\n\u{1b}[2Jb\u{202e}.txt", "empty");
        assert_eq!(skipped.to_string(), "a\\n\\u{1b}[2Jb\\u{202e}.txt: empty");
    }
}
