//! What there is to read: paths from the command line, folders walked in a stable order.

use std::collections::HashSet;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use super::{Skipped, demo_sources};

/// Where the bytes of a source come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file, pipe or device with a path.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// A document that comes with the program.
    Embedded(&'static [u8]),
}

/// How the bytes of a source are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One document of plain text.
    Text,
    /// One document a line, as JSON.
    Jsonl,
    /// JSON lines if the first character is `{`, else plain text; for what has no name.
    Sniff,
}

impl Format {
    /// The format that the end of a name tells; none where it is no document's name. In folders only
    /// such files are taken.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        let extension = Path::new(name).extension()?.to_str()?;
        match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            _ => None,
        }
    }
}

/// Whether a file in a folder is taken for a document, by its name.
pub(crate) fn is_document(path: &Path) -> bool {
    path.file_name().is_some_and(|name| Format::of_name(&name.to_string_lossy()).is_some())
}

/// Something that can be read later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as given, or as a folder that was given leads to it; `-` for standard input.
    pub name: String,
    /// Where its bytes come from.
    pub origin: Origin,
    /// How they are to be understood.
    pub format: Format,
    /// Size in bytes when it was listed; 0 where that is not known.
    pub size: u64,
    /// Last change when it was listed, in nanoseconds since 1970; 0 where that is not known.
    pub modified: i64,
}

impl Source {
    /// The name for messages.
    pub(super) fn label(&self) -> &str {
        if self.origin == Origin::Stdin { "standard input" } else { &self.name }
    }
}

/// Lists what `paths` hold: files as they are, folders with all that is in them, in order of their
/// names, `-` as standard input; without any path the documents that come with the program. What is
/// reached twice by the same name is listed once. Hidden files in folders and those of other kinds
/// are passed over; whatever was named and cannot be had is told.
pub fn discover(paths: &[PathBuf]) -> (Vec<Source>, Vec<Skipped>) {
    if paths.is_empty() {
        return (demo_sources(), Vec::new());
    }
    let mut listing = Listing::default();
    for path in paths {
        listing.add(path);
    }
    (listing.sources, listing.skipped)
}

#[derive(Default)]
struct Listing {
    sources: Vec<Source>,
    skipped: Vec<Skipped>,
    seen: HashSet<String>,
}

impl Listing {
    fn add(&mut self, path: &Path) {
        if path == Path::new("-") {
            let source = Source {
                name: "-".to_owned(),
                origin: Origin::Stdin,
                format: Format::Sniff,
                size: 0,
                modified: 0,
            };
            self.push(source);
            return;
        }
        let name = name_of(path);
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.walk(path),
            Ok(meta) => {
                let other = if meta.is_file() { Format::Text } else { Format::Sniff };
                let format = Format::of_name(&name).unwrap_or(other);
                self.push(file(path, format, &meta));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.skipped.push(Skipped::new(name, "no such file or folder"));
            }
            Err(error) => self.skipped.push(Skipped::io(name, &error)),
        }
    }

    fn walk(&mut self, folder: &Path) {
        let (sources, skipped) = (self.sources.len(), self.skipped.len());
        let mut known = false;
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(|entry| entry.depth() == 0 || !hidden(entry)) {
            match entry {
                Ok(entry) => known |= self.entry(&entry),
                Err(error) => self.fault(folder, &error),
            }
        }
        if self.sources.len() == sources && self.skipped.len() == skipped && !known {
            self.skipped.push(Skipped::new(name_of(folder), "no documents (.txt, .jsonl) in this folder"));
        }
    }

    /// Whether the entry is a document, listed now or before.
    fn entry(&mut self, entry: &DirEntry) -> bool {
        if !entry.file_type().is_file() {
            return false;
        }
        let Some(format) = Format::of_name(&entry.file_name().to_string_lossy()) else { return false };
        match entry.metadata() {
            Ok(meta) => self.push(file(entry.path(), format, &meta)),
            Err(error) => self.fault(entry.path(), &error),
        }
        true
    }

    fn fault(&mut self, folder: &Path, error: &walkdir::Error) {
        let name = name_of(error.path().unwrap_or(folder));
        let skipped = if error.loop_ancestor().is_some() {
            Skipped::new(name, "a link that leads back to its own folder")
        } else if let Some(error) = error.io_error() {
            Skipped::io(name, error)
        } else {
            Skipped::new(name, "cannot be listed")
        };
        self.skipped.push(skipped);
    }

    fn push(&mut self, source: Source) {
        if self.seen.insert(source.name.clone()) {
            self.sources.push(source);
        }
    }
}

/// The path as text; bytes that are not UTF-8 become `\xNN`, so that different files keep different
/// names.
fn name_of(path: &Path) -> String {
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        for byte in chunk.invalid() {
            name.push_str(&byte.escape_ascii().to_string());
        }
    }
    name
}

fn hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn file(path: &Path, format: Format, meta: &Metadata) -> Source {
    let since = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    Source {
        name: name_of(path),
        origin: Origin::File(path.to_owned()),
        format,
        size: meta.len(),
        modified: since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn names_that_are_no_text_stay_apart() {
        use std::os::unix::ffi::OsStrExt as _;
        let names = [&b"\xC7.txt"[..], b"\xC8.txt", "خبر.txt".as_bytes()]
            .map(|name| name_of(Path::new(std::ffi::OsStr::from_bytes(name))));
        assert_eq!(names, ["\\xc7.txt", "\\xc8.txt", "خبر.txt"]);
    }

    #[test]
    fn folders_are_walked_in_order_and_told_when_empty() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::create_dir_all(at("b/c")).unwrap();
        fs::create_dir_all(at("empty/.hidden")).unwrap();
        for name in
            ["b/2.txt", "b/10.txt", "b/c/x.jsonl", "b/note.md", "b/.secret.txt", "empty/.hidden/a.txt"]
        {
            fs::write(at(name), "خبر").unwrap();
        }
        let (sources, skipped) = discover(&[at("b/2.txt"), at("b"), at("empty"), at("none"), "-".into()]);
        let root = format!("{}/", dir.path().display());
        let names: Vec<_> = sources.iter().map(|s| s.name.strip_prefix(&root).unwrap_or(&s.name)).collect();
        assert_eq!(names, ["b/2.txt", "b/10.txt", "b/c/x.jsonl", "-"]);
        assert_eq!(sources[2].format, Format::Jsonl);
        assert!(sources[0].size > 0 && sources[0].modified > 0);
        let reasons: Vec<_> = skipped.iter().map(|s| s.reason.as_str()).collect();
        assert_eq!(reasons, ["no documents (.txt, .jsonl) in this folder", "no such file or folder"]);
    }
}
