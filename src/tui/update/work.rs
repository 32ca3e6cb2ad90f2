//! Notes, verdicts in bulk, documents marked as fully read, and the sample that is worked through.

use crate::bidi::path_name;
use crate::review::{self, Sample, on_event};
use crate::store::{EventKey, Judgement, NewVerdict};
use crate::tui::action::Command;
use crate::tui::app::{App, Bulk, Layer};
use crate::tui::input::Input;

impl App {
    /// A command while a note or a sample is being typed.
    pub(super) fn in_line(&mut self, mut layer: Layer, command: Command) {
        if command == Command::Back {
            return;
        }
        match (&mut layer, command) {
            (Layer::Note(input), Command::Open) => return self.note(input.text().trim()),
            (Layer::Sample(input), Command::Open) => {
                let typed = input.text().trim().to_owned();
                if self.sample(&typed) {
                    return;
                }
            }
            (Layer::Note(input) | Layer::Sample(input), command) => {
                input.edit(command);
            }
            _ => {}
        }
        self.layer = Some(layer);
    }

    /// Saves a note on the selected event.
    fn note(&mut self, words: &str) {
        let Some(row) = self.list.row().filter(|_| !words.is_empty()) else { return };
        let (key, n) = (row.document, row.n as usize);
        let Some(document) = self.same_document(key) else { return };
        let Some(source) = self.sources.first().filter(|s| s.key == key) else { return };
        let Some(event) = source.annotations.events.get(n) else { return };
        let new = review::note(self.reviews.reviewer(), words, &document, &source.annotations, event);
        let saved = self.reviews.save(&new, &document, &source.annotations);
        if self.or_fault(saved).is_some() {
            self.say(self.words.get("review.noted"));
        }
    }

    /// Marks the document on screen as fully read.
    pub(super) fn fully_read(&mut self) {
        let Some(key) = self.source().map(|source| source.key) else { return };
        let Some(document) = self.same_document(key) else { return };
        let new = review::fully_read(self.reviews.reviewer(), &document);
        let Some(source) = self.sources.first() else { return };
        let saved = self.reviews.save(&new, &document, &source.annotations);
        if self.or_fault(saved).is_some() {
            self.say(self.words.fill("review.read", &[("document", &path_name(&document.id))]));
        }
    }

    /// Asks whether all open events of the list are to be judged alike.
    pub(super) fn ask_bulk(&mut self, judgement: Judgement) {
        let keys = self.list.keys.clone();
        let Some(rows) = self.ask(|index| index.rows(&keys)) else { return };
        let open = |id: &str| matches!(self.said_of(id), None | Some(Judgement::Skip));
        let keys: Vec<EventKey> = rows.iter().filter(|row| open(&row.event_id)).map(|row| row.key).collect();
        if keys.is_empty() {
            return self.say(self.words.get("review.none-open"));
        }
        self.layer = Some(Layer::Bulk(Bulk { judgement, keys }));
    }

    /// A command while that is asked.
    pub(super) fn in_bulk(&mut self, bulk: Bulk, command: Command) {
        match command {
            Command::Open => self.judge_all(&bulk),
            Command::Back => {}
            _ => self.layer = Some(Layer::Bulk(bulk)),
        }
    }

    /// Judges many events in one go: all of them are saved or none is.
    fn judge_all(&mut self, bulk: &Bulk) {
        let reviewer = self.reviews.reviewer().to_owned();
        let made = self.ask(|index| {
            let mut rows = index.rows(&bulk.keys)?;
            rows.sort_by_key(|row| (row.document, row.n));
            let mut made: Vec<NewVerdict> = Vec::with_capacity(rows.len());
            for own in rows.chunk_by(|a, b| a.document == b.document) {
                let Some(first) = own.first() else { continue };
                let document = index.document(first.document)?;
                let found = index.annotations(first.document)?;
                let events = own.iter().filter_map(|row| found.events.get(row.n as usize));
                made.extend(
                    events.map(|event| on_event(&reviewer, bulk.judgement, &document, &found, event)),
                );
            }
            Ok(made)
        });
        let Some(made) = made else { return };
        let saved = self.reviews.save_all(&made);
        if self.or_fault(saved).is_none() {
            return;
        }
        if let Some(index) = &self.index {
            let attached = self.reviews.attach(index);
            self.or_fault(attached);
        }
        self.tell_index();
        self.say(self.words.count("review.judged", made.len()));
    }

    /// Opens the figures.
    pub(super) fn quality(&mut self) {
        let report = self.reviews.report(self.index.as_ref());
        if let Some(report) = self.or_fault(report) {
            self.layer = Some(Layer::Quality(Box::new(report), 0));
        }
    }

    /// Opens the line in which a sample is typed.
    pub(super) fn ask_sample(&mut self) {
        let typed = self.work.map_or_else(String::new, |sample| sample.to_string());
        self.layer = Some(Layer::Sample(Input::new(typed)));
    }

    /// Keeps to a sample from the start.
    pub fn keep_to(&mut self, sample: Option<Sample>) {
        self.work = sample;
    }

    /// Keeps to a sample of the list, or with nothing typed to all of it again; whether it was one.
    pub fn sample(&mut self, typed: &str) -> bool {
        if typed.is_empty() {
            self.work = None;
            self.refresh();
            return true;
        }
        let Ok(sample) = typed.parse::<Sample>() else {
            self.say(self.words.get("review.no-sample"));
            return false;
        };
        self.work = Some(sample);
        self.list.selected = 0;
        self.refresh();
        self.next_open(0);
        self.say(self.words.fill("review.sample", &[("n", &self.list.keys.len())]));
        true
    }

    /// The verdict by which an event is no longer open. A sample is each reviewer's own, so that two who
    /// work through the same one can be compared; elsewhere they share the work.
    pub fn said_of(&self, id: &str) -> Option<Judgement> {
        if self.work.is_some() { self.reviews.own(id) } else { self.reviews.on(id) }
    }

    /// Selects the first open event from `place` on, where there is one.
    pub(super) fn next_open(&mut self, place: usize) {
        let keys: Vec<EventKey> =
            self.list.keys.get(place..).unwrap_or_default().iter().take(5000).copied().collect();
        let Some(rows) = self.ask(|index| index.rows(&keys)) else { return };
        let open = rows.iter().position(|row| self.said_of(&row.event_id).is_none());
        if let Some(n) = open {
            self.select(place + n);
        }
    }
}
