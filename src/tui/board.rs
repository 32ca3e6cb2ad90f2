//! The timeline view's state: the happenings that the events of the list tell, put together a piece
//! at a time so that keys are never kept waiting.

use std::collections::VecDeque;

use crate::model::{Annotations, Document};
use crate::store::EventKey;
use crate::timeline::{Happening, Telling, happenings};

/// The most events that are put together; a filter brings any corpus under it.
pub const MOST: usize = 20_000;

/// Happenings, and how far putting them together has got.
#[derive(Debug, Default)]
pub struct Board {
    /// The filling of the list that this is made from; none before the first.
    pub(super) made_from: Option<u64>,
    /// Documents still to be read, each with its events: key, place in its annotations.
    waiting: VecDeque<(i64, Vec<(EventKey, u32)>)>,
    /// How many documents there were to read.
    of: usize,
    tellings: Vec<Telling>,
    /// Keys and documents of the tellings' events.
    keys: Vec<(EventKey, i64)>,
    all: Vec<Happening>,
    /// Places in `all` of what is shown.
    shown: Vec<usize>,
    /// Whether only what several documents tell is shown.
    pub(super) several: bool,
    /// Place of the selected one among those shown.
    pub(super) selected: usize,
    /// Which of its tellings is selected.
    pub(super) telling: usize,
}

impl Board {
    /// Starts anew with these documents and their events.
    pub(super) fn start(&mut self, made_from: u64, events: Vec<(i64, Vec<(EventKey, u32)>)>) {
        *self = Self {
            made_from: Some(made_from),
            of: events.len(),
            waiting: events.into(),
            several: self.several,
            selected: self.selected,
            ..Self::default()
        };
    }

    /// The document that is to be read next.
    pub(super) fn next(&self) -> Option<i64> {
        self.waiting.front().map(|(document, _)| *document)
    }

    /// Takes in the document that was to be read, or passes it over where it could not be.
    pub(super) fn take(&mut self, read: Option<(&Document, &Annotations)>) {
        let Some((key, events)) = self.waiting.pop_front() else { return };
        if let Some((document, annotations)) = read {
            for (event, n) in events {
                if let Some(found) = annotations.events.get(n as usize) {
                    self.tellings.push(Telling::of(document, annotations, found));
                    self.keys.push((event, key));
                }
            }
        }
        if self.waiting.is_empty() {
            self.all = happenings(&self.tellings);
            self.narrow();
        }
    }

    /// How many documents are read, and of how many, while that goes on.
    pub fn progress(&self) -> Option<(usize, usize)> {
        (!self.waiting.is_empty()).then(|| (self.of - self.waiting.len(), self.of))
    }

    /// Chooses anew what is shown.
    pub(super) fn narrow(&mut self) {
        let before = self.shown.get(self.selected).copied();
        self.shown = (0..self.all.len()).filter(|&n| !self.several || self.all[n].sources() > 1).collect();
        let place = before.map(|n| self.shown.partition_point(|&shown| shown < n));
        self.select(place.unwrap_or(self.selected));
    }

    /// Selects a happening by its place.
    pub(super) fn select(&mut self, place: usize) {
        let place = place.min(self.shown.len().saturating_sub(1));
        if place != self.selected {
            self.telling = 0;
        }
        self.selected = place;
    }

    /// Selects one of the selected happening's tellings.
    pub(super) fn select_telling(&mut self, n: usize) {
        let most = self.happening().map_or(0, |h| h.sources().saturating_sub(1));
        self.telling = n.min(most);
    }

    /// How many happenings are shown, and how many there are.
    pub const fn count(&self) -> (usize, usize) {
        (self.shown.len(), self.all.len())
    }

    /// The happening at a place among those shown.
    pub fn at(&self, place: usize) -> Option<&Happening> {
        self.all.get(*self.shown.get(place)?)
    }

    /// The selected happening.
    pub fn happening(&self) -> Option<&Happening> {
        self.at(self.selected)
    }

    /// The tellings of a happening.
    pub fn tellings<'a>(&'a self, happening: &'a Happening) -> impl ExactSizeIterator<Item = &'a Telling> {
        happening.tellings.iter().map(|&at| &self.tellings[at])
    }

    /// Key and document of the event behind the selected telling.
    pub(super) fn event(&self) -> Option<(EventKey, i64)> {
        self.keys.get(*self.happening()?.tellings.get(self.telling)?).copied()
    }

    /// The place among those shown of the happening that an event tells.
    pub(super) fn place_of(&self, event: EventKey) -> Option<usize> {
        let at = self.keys.iter().position(|(key, _)| *key == event)?;
        self.shown.iter().position(|&n| self.all[n].tellings.contains(&at))
    }
}
