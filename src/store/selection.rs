//! The events that a filter lets through, document by document, for writing them out.

use std::collections::HashMap;
use std::io;

use super::StoreError;
use super::filter::{Filter, Sort};
use super::index::Index;
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

impl Index {
    /// The documents with the events in them that `filter` lets through, in the order of the
    /// documents; one document is in memory at a time.
    ///
    /// # Errors
    /// When the database fails; what fails later is told by the iterator.
    pub fn selection(
        &self,
        filter: &Filter,
    ) -> Result<impl Iterator<Item = io::Result<Selected>> + '_, StoreError> {
        let by_date = self.event_keys(filter, Sort::Date)?;
        let by_text = self.event_keys(filter, Sort::Document)?;
        let documents = self.columns().document(self.connection())?;
        let of = |key: u32| documents.get(key as usize).copied().unwrap_or_default();
        let mut chunks: Vec<Vec<u32>> = Vec::new();
        for key in by_text {
            match chunks.last_mut().filter(|chunk| of(chunk[0]) == of(key)) {
                Some(chunk) => chunk.push(key),
                None => chunks.push(vec![key]),
            }
        }
        Ok(chunks.into_iter().map(move |chunk| self.selected(&chunk, &by_date).map_err(io::Error::other)))
    }

    /// A document with those of its events whose keys are given.
    fn selected(&self, keys: &[u32], by_date: &[u32]) -> Result<Selected, StoreError> {
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
