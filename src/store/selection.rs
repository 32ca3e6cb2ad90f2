//! The events that a filter lets through, document by document, for writing them out.

use std::collections::HashMap;
use std::io;

use rusqlite::Transaction;

use super::StoreError;
use super::bits::Bits;
use super::columns::Columns;
use super::index::{EventKey, Index};
use crate::model::{Annotations, Document, Event};

/// A document with those of its events that are wanted.
#[derive(Clone, Debug)]
pub struct Selected {
    /// The document.
    pub document: Document,
    /// What was found in it.
    pub annotations: Annotations,
    /// Of each wanted event its place in [`Annotations::events`], and its place in the order of dates
    /// among all that are wanted.
    pub places: Vec<(usize, usize)>,
}

impl Selected {
    /// The wanted events with their places in the order of dates.
    pub fn events(&self) -> impl ExactSizeIterator<Item = (&Event, usize)> {
        self.places.iter().map(|&(n, place)| (&self.annotations.events[n], place))
    }
}

/// Events being fetched, document by document.
#[derive(Debug)]
pub struct Selection<'i> {
    index: &'i Index,
    /// All that are wanted, in the order of dates.
    by_date: Vec<EventKey>,
    chunks: std::vec::IntoIter<Vec<EventKey>>,
    _steady: Transaction<'i>,
}

impl Iterator for Selection<'_> {
    type Item = io::Result<Selected>;

    fn next(&mut self) -> Option<Self::Item> {
        let keys = self.chunks.next()?;
        Some(self.index.selected(&keys, &self.by_date).map_err(io::Error::other))
    }
}

impl Index {
    /// The documents with those of their events whose `keys` are given, in the order of the documents;
    /// one document is in memory at a time, and all are as they are now, whatever is read meanwhile.
    ///
    /// # Errors
    /// When the database fails, or has changed since the keys were asked for; what fails later is told by
    /// the iterator.
    pub fn selection(&self, mut keys: Vec<EventKey>) -> Result<Selection<'_>, StoreError> {
        let c = self.connection();
        let steady = c.unchecked_transaction()?;
        if Columns::newest_generation(c)? != self.columns().generation {
            return Err(StoreError::Changed);
        }
        keys.sort_unstable();
        let mut wanted = Bits::none(self.columns().len);
        for &key in &keys {
            wanted.insert(key as usize);
        }
        let documents = self.columns().document(c)?;
        let of = |key: EventKey| documents.get(key as usize).copied().unwrap_or_default();
        let mut chunks: Vec<Vec<EventKey>> = Vec::new();
        for &key in self.columns().by_text(c)?.iter().filter(|&&key| wanted.has(key as usize)) {
            match chunks.last_mut().filter(|chunk| of(chunk[0]) == of(key)) {
                Some(chunk) => chunk.push(key),
                None => chunks.push(vec![key]),
            }
        }
        Ok(Selection { index: self, by_date: keys, chunks: chunks.into_iter(), _steady: steady })
    }

    /// A document with those of its events whose keys are given.
    fn selected(&self, keys: &[EventKey], by_date: &[EventKey]) -> Result<Selected, StoreError> {
        let places: HashMap<u32, usize> =
            keys.iter().filter_map(|&key| Some((key, by_date.binary_search(&key).ok()?))).collect();
        let rows = self.rows(keys)?;
        let document = rows.first().map_or(0, |row| row.document);
        let (document, annotations) = (self.document(document)?, self.annotations(document)?);
        let places = rows
            .iter()
            // An index that is being written may be ahead of the keys.
            .filter(|row| (row.n as usize) < annotations.events.len())
            .map(|row| (row.n as usize, places.get(&row.key).copied().unwrap_or_default()))
            .collect();
        Ok(Selected { document, annotations, places })
    }
}
