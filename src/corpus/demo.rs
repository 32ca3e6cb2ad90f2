//! The documents that come with the program, so that it has something to show on a fresh machine.

use include_dir::{Dir, include_dir};

use super::discover::{Format, Origin, Source};
use super::{ReadOptions, documents};
use crate::model::Document;

static DOCUMENTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/documents");

/// The embedded documents as sources, in order of their names.
pub fn demo_sources() -> Vec<Source> {
    let mut sources: Vec<_> = DOCUMENTS
        .files()
        .filter_map(|file| {
            let name = file.path().to_str()?;
            let format = Format::of_name(name)?;
            let bytes = file.contents();
            Some(Source {
                name: name.to_owned(),
                origin: Origin::Embedded(bytes),
                format,
                size: bytes.len() as u64,
                modified: 0,
            })
        })
        .collect();
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    sources
}

/// The embedded documents.
pub fn demo() -> Vec<Document> {
    let options = ReadOptions::default();
    demo_sources().iter().flat_map(|source| documents(source, &options)).filter_map(Result::ok).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_document_can_be_read() {
        assert_eq!(demo().len(), demo_sources().len());
    }
}
