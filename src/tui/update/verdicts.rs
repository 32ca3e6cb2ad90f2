//! Accepting, rejecting, skipping, and taking it back.

use crate::model::Document;
use crate::store::{Judgement, Verdict, content_hash};
use crate::tui::action::Command;
use crate::tui::app::App;

impl App {
    /// Judges the selected event and moves on. A verdict that could not be saved is said at once
    /// and not shown.
    pub(super) fn judge(&mut self, command: Command) {
        let judgement = match command {
            Command::Accept => Judgement::Accept,
            Command::Reject => Judgement::Reject,
            _ => Judgement::Skip,
        };
        let Some(row) = self.list.row() else { return };
        let (key, n) = (row.document, row.n as usize);
        let Some(document) = self.same_document(key) else { return };
        let Some(source) = self.sources.first().filter(|s| s.key == key) else { return };
        let Some(event) = source.annotations.events.get(n) else { return };
        let id = event.id.clone();
        let saved = self.reviews.judge(judgement, &document, &source.annotations, event);
        if self.or_fault(saved).is_some() {
            let judgement = self.reviews.on(&id);
            self.ask(|index| index.judge(&id, judgement));
            self.move_on();
        }
    }

    /// The document `key`, which has to be the one on screen; words say where it is not.
    pub(super) fn same_document(&mut self, key: i64) -> Option<Document> {
        let document = self.ask(|index| index.document(key))?;
        let shown = self.sources.first().filter(|source| source.key == key)?;
        if content_hash(&document.text) != shown.hash {
            self.fault(self.words.get("said.changed"));
            return None;
        }
        Some(document)
    }

    /// Tells the index which verdicts stand, for filters by verdict.
    pub(super) fn tell_index(&mut self) {
        if let Some(index) = &self.index {
            let told = index.judged(self.reviews.standing());
            self.or_fault(told);
        }
    }

    /// Takes the newest verdict back, or restores it, and goes to its event.
    pub(super) fn take_back(&mut self, redo: bool) {
        let Some(index) = &self.index else { return };
        let changed = self.reviews.take_back(redo, index);
        let told = index.judged(self.reviews.standing());
        self.or_fault(told);
        let Some(changed) = self.or_fault(changed) else { return };
        let Some(first) = changed.first() else {
            let words = if redo { "said.nothing-to-restore" } else { "said.nothing-to-undo" };
            return self.say(self.words.get(words));
        };
        self.show_missed();
        match self.place_of(first) {
            Some(place) => self.select(place),
            None => self.say(self.words.get("said.done-elsewhere")),
        }
        if changed.len() > 1 {
            let words = if redo { "review.restored" } else { "review.taken-back" };
            self.say(self.words.count(words, changed.len()));
        }
    }

    /// The place in the list of the event that a verdict is about.
    pub(super) fn place_of(&mut self, verdict: &Verdict) -> Option<usize> {
        let key = self.ask(|index| {
            for document in index.documents_like(&verdict.said.document, &verdict.said.hash)? {
                let events = index.rows(&index.events_of(document.key)?)?;
                if let Some(event) = events.into_iter().find(|e| e.event_id == verdict.said.event_id) {
                    return Ok(Some(event.key));
                }
            }
            Ok(None)
        })??;
        self.list.place(key)
    }
}
