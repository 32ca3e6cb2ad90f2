//! Moving from event to event in the text, and back to where one was.

use crate::tui::app::{App, Focus, View};
use crate::tui::jumps::Place;

impl App {
    /// Where the reader is.
    fn here(&self) -> Option<Place> {
        let source = self.source()?;
        let byte = source.view.bytes(source.view.cursor()).start;
        Some(Place { document: source.key, byte, event: self.list.keys.get(self.list.selected).copied() })
    }

    /// Remembers where the reader is, before he is taken elsewhere.
    pub(super) fn remember(&mut self) {
        if let Some(here) = self.here() {
            self.jumps.leave(here);
        }
    }

    /// Back to where the reader was, or forward again.
    pub(super) fn jump_to(&mut self, back: bool) {
        let here = self.here();
        let Some(place) = self.jumps.go(here, back) else {
            return self.say(self.words.get(if back { "said.no-way-back" } else { "said.no-way-on" }));
        };
        if self.view != View::Events {
            self.show(View::Events);
        }
        let known = place.event.and_then(|key| self.list.place(key));
        if let Some(at) = known {
            self.select(at);
        }
        if self.open(place.document)
            && let Some(source) = self.sources.first_mut()
        {
            source.view.show(place.byte..place.byte + 1);
        }
    }

    /// To the next or previous event that the document on screen tells; from the last one on, to those
    /// of the next document that tells any.
    pub(super) fn next_event(&mut self, forward: bool) {
        let Some(source) = self.sources.first() else { return };
        let here = source.listed.iter().position(|(_, place)| *place == self.list.selected);
        let reading = source.view.bytes(source.view.cursor());
        let next = match (here, forward) {
            (Some(at), true) => at.checked_add(1),
            (Some(at), false) => at.checked_sub(1),
            (None, true) => Some(source.listed.partition_point(|(at, _)| *at < reading.start)),
            (None, false) => source.listed.partition_point(|(at, _)| *at < reading.start).checked_sub(1),
        };
        let place = next.and_then(|at| source.listed.get(at)).map(|(_, place)| *place);
        let key = source.key;
        if let Some(place) = place {
            self.remember();
            return self.select(place);
        }
        let start = self.documents.iter().position(|d| d.key == key).unwrap_or(0);
        let count = self.documents.len();
        let away = |n: usize| if forward { start.checked_add(n) } else { start.checked_sub(n) };
        let others: Vec<i64> = (1..count)
            .map_while(|n| self.documents.get(away(n)?))
            .filter(|d| d.events > 0)
            .map(|d| d.key)
            .collect();
        self.remember();
        for document in others {
            if !self.open(document) {
                break;
            }
            let listed = self.sources.first().map(|s| &s.listed);
            let place =
                listed.and_then(|l| if forward { l.first() } else { l.last() }).map(|(_, place)| *place);
            if let Some(place) = place {
                return self.select(place);
            }
        }
        self.open(key);
        self.say(self.words.get(if forward { "said.last-event" } else { "said.first-event" }));
    }

    /// Opens a document at its first event that is in the list, or at its beginning.
    pub(super) fn open_document(&mut self, key: i64) {
        self.remember();
        self.show(View::Events);
        if !self.open(key) {
            return;
        }
        self.focus = Focus::Source;
        match self.sources.first().and_then(|s| s.listed.first()).map(|(_, place)| *place) {
            Some(place) => self.select(place),
            None => self.read(crate::tui::text_view::TextView::first),
        }
    }
}
