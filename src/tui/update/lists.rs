//! The list of events: what is in it, which one is selected, which rows are on screen, and the
//! document that goes with the selected one.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::Document;
use crate::store::{DocumentRow, EventRow, Index, StoreError};
use crate::tui::app::{App, Focus};
use crate::tui::opened::{Source, UNREAD};
use crate::tui::writing::listed;

/// How much text of documents opened before is kept, in bytes.
const KEPT_TEXT: usize = 16 * 1024 * 1024;
/// How many documents opened before are kept.
const KEPT_DOCUMENTS: usize = 16;
/// From this many bytes on a text is shown before what was found in it.
const LONG_TEXT: usize = 4 * 1024 * 1024;
/// From this many events on a document is not opened before the first frame.
const MANY_EVENTS: u32 = 2000;

impl App {
    /// Asks the index for something; a fault is a message.
    pub(super) fn ask<T>(&mut self, question: impl FnOnce(&Index) -> Result<T, StoreError>) -> Option<T> {
        let answer = question(self.index.as_ref()?);
        // While documents are read the list is filled anew in a moment.
        if self.reading() && matches!(answer, Err(StoreError::Changed)) {
            return None;
        }
        self.or_fault(answer)
    }

    /// Fills the list anew by filter and order; the selected event stays selected where it is still
    /// there.
    pub(super) fn refresh(&mut self) {
        self.refresh_after(false);
    }

    /// The same after a reading; where the text of the selected event is as it was, and the event is found
    /// no more, the next one in the list that is still there takes its place.
    fn refresh_after(&mut self, same_text: bool) {
        let selected = self.list.row().cloned();
        let behind: Vec<EventRow> = match &selected {
            Some(row) if same_text => {
                self.list.rows.iter().skip_while(|other| other.key != row.key).skip(1).cloned().collect()
            }
            _ => Vec::new(),
        };
        if !self.refill() {
            return;
        }
        let place = selected.and_then(|row| {
            self.place_of_event(&row.event_id, &row.document_id)
                .or_else(|| {
                    behind.iter().find_map(|next| self.place_of_event(&next.event_id, &next.document_id))
                })
                .or_else(|| self.place_near(&row))
        });
        let before = self.list.selected;
        self.select(place.unwrap_or(if self.query.is_empty() { before } else { 0 }));
        self.locate();
    }

    /// Fills the list and the chart anew, whatever is selected; whether the index could be asked.
    pub(super) fn refill(&mut self) -> bool {
        let (filter, sort) = (self.filter(), self.sort);
        let sample = self.work;
        let keys = self.ask(|index| listed(index, &filter, sort, sample));
        let Some((keys, ids)) = keys else { return false };
        self.list.ids = ids;
        self.list.fill(keys);
        self.list.filled += 1;
        self.show_query();
        self.count_bars();
        for source in &mut self.sources {
            source.listed.clear();
        }
        true
    }

    /// Selects an event and, where a byte of its text was being read, reads on there.
    pub(super) fn go_to(&mut self, place: usize, reading: Option<u32>) {
        self.select(place);
        if let Some(byte) = reading
            && let Some(source) = self.sources.first_mut()
        {
            source.view.show(byte..byte + 1);
            self.focus = Focus::Source;
        }
    }

    /// The place in the list of the event of that id in that document.
    pub(super) fn place_of_event(&mut self, event: &str, document: &str) -> Option<usize> {
        let keys = self.ask(|index| index.keys_of(event))?;
        let rows = if keys.len() > 1 { self.ask(|index| index.rows(&keys))? } else { Vec::new() };
        let key = rows.iter().find(|row| row.document_id == document).map(|row| row.key);
        self.list.place(key.or(keys.first().copied())?)
    }

    /// The place of the event in the list that is told nearest to where that of `row` was, in the
    /// document that was read anew.
    fn place_near(&mut self, row: &EventRow) -> Option<usize> {
        let document = self.documents.iter().find(|d| d.id == row.document_id)?.key;
        if document == row.document {
            return None;
        }
        let keys = self.ask(|index| index.events_of(document))?;
        let listed: Vec<_> = keys.into_iter().filter(|&key| self.list.place(key).is_some()).collect();
        let rows = self.ask(|index| index.rows(&listed))?;
        let near = rows.iter().min_by_key(|r| r.trigger.start.abs_diff(row.trigger.start))?;
        self.list.place(near.key)
    }

    /// Shows what the index holds already, before anything is read. A document that takes time to
    /// open is left to [`App::open_selected`], so that the list is there first.
    pub fn open_index(&mut self) {
        if let Some(index) = &self.index {
            index.load_ahead();
            self.patient = false;
            self.reload();
            self.patient = true;
            self.settle();
        }
    }

    /// Does what was left for later so that the screen could be drawn before: opens the document of
    /// the selected event, fetches what was found in a long one. Whether there was something to do.
    pub fn open_selected(&mut self) -> bool {
        let later = self.sources.is_empty() && !self.list.keys.is_empty();
        if later {
            self.select(self.list.selected);
            self.settle();
        }
        (later && !self.sources.is_empty()) || self.fetch_late()
    }

    /// Shows the text of a document that is being read, while there is nothing else to show.
    pub(super) fn preview(&mut self, document: Document) {
        if self.sources.is_empty() && self.documents.is_empty() {
            let source = Source::text(UNREAD, document, String::new(), self.options());
            self.sources.push(source);
        }
    }

    /// Fetches what was found in the document on screen where only its text is there; whether it was so.
    fn fetch_late(&mut self) -> bool {
        let late = self.sources.first().filter(|source| source.late.is_some() && source.key != UNREAD);
        let Some(key) = late.map(|source| source.key) else { return false };
        let annotations = self.ask(|index| index.annotations(key)).unwrap_or_default();
        if let Some(source) = self.sources.first_mut() {
            source.find(annotations);
        }
        self.locate();
        true
    }

    /// Counts documents and events, and fills the list.
    pub(super) fn reload(&mut self) {
        if let Some(index) = &mut self.index {
            let renewed = index.renew();
            self.or_fault(renewed);
        }
        let Some(documents) = self.ask(Index::documents) else { return };
        let selected = self.list.row().map(|row| row.document_id.as_str());
        let hash = |documents: &[DocumentRow]| {
            documents.iter().find(|d| Some(d.id.as_str()) == selected).map(|d| d.hash.clone())
        };
        let same_text = hash(&documents) == hash(&self.documents);
        self.documents = documents;
        if let Some(index) = &self.index {
            let attached = self.reviews.attach(index).and_then(|()| index.judged(self.reviews.standing()));
            self.or_fault(attached);
        }
        let reading = self.reading_place();
        let hashes: HashMap<i64, &str> = self.documents.iter().map(|d| (d.key, d.hash.as_str())).collect();
        let unread = self.sources.iter().position(|s| s.key == UNREAD).map(|at| self.sources.remove(at));
        self.sources.retain(|s| hashes.get(&s.key).is_some_and(|hash| *hash == s.hash));
        let all = self.unfiltered();
        if let Some(total) = self.ask(|index| index.count(&all)) {
            self.list.total = total as usize;
        }
        self.refresh_after(same_text);
        self.go_on();
        if self.sources.is_empty()
            && self.list.keys.is_empty()
            && let Some(first) = self.documents.first().map(|d| d.key)
        {
            self.open(first);
        }
        if let Some(unread) = unread {
            self.replace(unread);
        }
        if let Some((document, byte, words)) = reading {
            self.read_again(&document, byte, &words);
        }
    }

    /// Where the reader is in the text: the document, the byte, and the paragraph from there on.
    fn reading_place(&self) -> Option<(String, u32, String)> {
        let source = self.source().filter(|_| self.focus == Focus::Source)?;
        let byte = source.view.bytes(source.view.cursor()).start;
        Some((source.id.clone(), byte, source.view.reading().to_owned()))
    }

    /// Takes the reader back to the paragraph that he was reading, or one that is nearest to where it was,
    /// in a text that has changed.
    fn read_again(&mut self, document: &str, byte: u32, words: &str) {
        let Some(source) = self.sources.first_mut().filter(|source| source.id == document) else { return };
        let here = source.view.bytes(source.view.cursor());
        if here.start == byte && source.view.reading() == words {
            return;
        }
        let text = source.view.text();
        let same = |p: &&Range<u32>| text.get(p.start as usize..p.end as usize) == Some(words);
        let nearest = source.view.paragraphs().iter().filter(same).min_by_key(|p| p.start.abs_diff(byte));
        let byte = nearest.map_or(byte.min(text.len() as u32), |p| p.start);
        source.view.show(byte..byte + 1);
    }

    /// Puts the document that is now in the index in the place of its text that was shown before. Who
    /// has begun to read in that stays where he is.
    fn replace(&mut self, unread: Source) {
        match self.sources.first_mut() {
            None if self.documents.is_empty() => self.sources.push(unread),
            Some(source)
                if self.focus == Focus::Source
                    && source.id == unread.id
                    && source.view.text() == unread.view.text() =>
            {
                source.view = unread.view;
            }
            _ => {}
        }
    }

    /// Selects an event by its place and shows it in its text.
    pub(super) fn select(&mut self, place: usize) {
        self.list.selected = place.min(self.list.keys.len().saturating_sub(1));
        self.settle_list();
        let Some(row) = self.list.row() else { return };
        let (document, trigger, extent) = (row.document, row.trigger, row.extent);
        if self.open(document)
            && let Some(source) = self.sources.first_mut()
        {
            source.found = None;
            // The trigger has to be in view; of a long extent, as much as fits.
            source.view.show(extent.start..extent.end);
            source.view.show(trigger.start..trigger.end);
        }
    }

    /// Brings a document on screen, from those opened before or from the index.
    pub(super) fn open(&mut self, key: i64) -> bool {
        if let Some(at) = self.sources.iter().position(|s| s.key == key) {
            let source = self.sources.remove(at);
            self.sources.insert(0, source);
        } else {
            let row = self.documents.iter().find(|d| d.key == key);
            if !self.patient && row.is_some_and(|d| d.events > MANY_EVENTS) {
                return false;
            }
            let hash = row.map_or_else(String::new, |d| d.hash.clone());
            let Some(document) = self.ask(|index| index.document(key)) else { return false };
            let source = if document.text.len() >= LONG_TEXT {
                Source::text(key, document, hash, self.options())
            } else {
                let Some(annotations) = self.ask(|index| index.annotations(key)) else { return false };
                Source::new(key, document, hash, annotations, self.options())
            };
            self.sources.insert(0, source);
            let mut text = 0;
            self.sources.truncate(KEPT_DOCUMENTS);
            let mut first = true;
            self.sources.retain(|s| {
                text += s.view.text().len();
                std::mem::take(&mut first) || text <= KEPT_TEXT
            });
        }
        let options = self.options();
        let inner = self.areas.source.inner;
        if let Some(source) = self.sources.first_mut() {
            source.view.fit(inner.width, inner.height, options);
        }
        self.show_missed();
        self.locate();
        true
    }

    /// Finds where the events of the document on screen stand in the list.
    fn locate(&mut self) {
        let Some(key) = self.sources.first().filter(|s| s.listed.is_empty()).map(|s| s.key) else { return };
        let Some(keys) = self.ask(|index| index.events_of(key)) else { return };
        let Some(source) = self.sources.first_mut() else { return };
        // The index gives the keys in the order of the triggers in the text.
        let mut starts: Vec<u32> = source.annotations.events.iter().map(|e| e.trigger.start).collect();
        starts.sort_unstable();
        let list = &self.list;
        source.listed =
            keys.into_iter().zip(starts).filter_map(|(key, start)| Some((start, list.place(key)?))).collect();
        source.listed.sort_unstable();
    }

    /// Keeps the selected event in the window of the list and fetches the rows that are in it.
    pub(super) fn settle_list(&mut self) {
        let height = usize::from(self.areas.list.inner.height).max(1);
        let list = &mut self.list;
        list.selected = list.selected.min(list.keys.len().saturating_sub(1));
        let margin = (height / 4).min((height - 1) / 2);
        let lowest = list.selected.saturating_sub(margin);
        let highest = (list.selected + margin + 1).saturating_sub(height);
        let top = list.top.min(lowest).max(highest).min(list.keys.len().saturating_sub(height));
        let end = (top + height).min(list.keys.len());
        let wanted = list.keys.get(top..end).unwrap_or_default();
        let same = list.top == top
            && list.rows.len() == wanted.len()
            && list.rows.iter().zip(wanted).all(|(row, key)| row.key == *key);
        list.top = top;
        if !same {
            let wanted = wanted.to_vec();
            if let Some(rows) = self.ask(|index| index.rows(&wanted)) {
                self.list.rows = rows;
            }
        }
    }

    /// After a verdict: the next open event.
    pub(super) fn move_on(&mut self) {
        match self.focus {
            Focus::List => {
                self.select(self.list.selected + 1);
                self.next_open(self.list.selected);
            }
            Focus::Source => {
                let next = self.sources.first().and_then(|source| {
                    let at = source.listed.iter().position(|(_, place)| *place == self.list.selected)?;
                    source.listed.get(at + 1).map(|(_, place)| *place)
                });
                if let Some(place) = next {
                    self.select(place);
                }
            }
        }
    }
}
