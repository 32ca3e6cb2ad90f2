//! A document that was opened: its text on screen and what was found in it.

use std::ops::Range;

use super::marks::Ground;
use super::text_view::TextView;
use crate::bidi::Options;
use crate::model::{Annotations, Document, Published};

/// The key of a document that is not in the index yet, which counts from 1.
pub(super) const UNREAD: i64 = 0;

/// A document that was opened.
#[derive(Debug)]
pub struct Source {
    /// Its key in the index.
    pub key: i64,
    /// The path as given, or the id of a JSONL line.
    pub id: String,
    /// Publication date, where the document or its text gives one.
    pub published: Option<Published>,
    /// SHA-256 of its text, in hexadecimal.
    pub hash: String,
    /// What was found in it.
    pub annotations: Annotations,
    /// The document without its text where they are still to be fetched: of a long text they take
    /// longer than the text.
    pub late: Option<Document>,
    /// Its text on screen.
    pub view: TextView,
    /// What is painted whatever is selected.
    pub ground: Ground,
    /// Its events in the list as it is filtered: trigger's first byte, place in the list; by byte.
    pub listed: Vec<(u32, usize)>,
    /// Where the search was found last.
    pub found: Option<Range<u32>>,
}

impl Source {
    /// Opens a document whose text hashes to `hash`.
    pub(super) fn new(
        key: i64,
        document: Document,
        hash: String,
        annotations: Annotations,
        options: Options,
    ) -> Self {
        let ground = Ground::new(&document, &annotations);
        let published = annotations.published(&document);
        let view = TextView::new(document.text, options);
        Self {
            key,
            id: document.id,
            published,
            hash,
            annotations,
            late: None,
            view,
            ground,
            listed: Vec::new(),
            found: None,
        }
    }

    /// Opens the text of a document alone; what was found in it comes with [`Source::find`].
    pub(super) fn text(key: i64, mut document: Document, hash: String, options: Options) -> Self {
        let text = std::mem::take(&mut document.text);
        let shown =
            Document { text, id: document.id.clone(), published: document.published, ..Document::default() };
        let source = Self::new(key, shown, hash, Annotations::default(), options);
        Self { late: Some(document), ..source }
    }

    /// Takes what was found in a document whose text is shown already.
    pub(super) fn find(&mut self, annotations: Annotations) {
        if let Some(document) = self.late.take() {
            self.ground = Ground::new(&document, &annotations);
            self.published = annotations.published(&document);
            self.annotations = annotations;
            self.listed.clear();
        }
    }
}
