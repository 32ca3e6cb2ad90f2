//! Correcting an event field by field, and marking one that was missed.

use std::collections::HashSet;

use crate::formats::Records;
use crate::formats::exchange::Told;
use crate::model::{Annotations, DateBasis, Entity, EntityKind, Event, EventDate, EventType, Span, Status};
use crate::review::{self, read_date};
use crate::store::Index;
use crate::text::Tokens;
use crate::text::sentences::sentences;
use crate::tui::action::Command;
use crate::tui::app::{App, Focus, Layer};
use crate::tui::choice::{Choice, Pick};
use crate::tui::editor::{Editor, Entry, Slot};
use crate::tui::input::Input;
use crate::tui::marker::Marker;
use crate::tui::narrowed::movement;

impl App {
    /// Opens the editor on the selected event, as it was corrected before if it was.
    pub(super) fn correct(&mut self) {
        let Some((source, event)) = self.event() else { return };
        let (key, text) = (source.key, source.view.text());
        let corrected = self.reviews.correction(&event.id).and_then(|told| {
            let document =
                crate::model::Document { id: source.id.clone(), text: text.to_owned(), ..Default::default() };
            crate::formats::exchange::place(&document, &told).ok()
        });
        let (event, entities) =
            corrected.unwrap_or_else(|| (event.clone(), source.annotations.entities.clone()));
        let editor = Editor::new(key, text, event, entities, false);
        self.layer = Some(Layer::Edit(Box::new(editor)));
    }

    /// A command while an event is being corrected.
    pub(super) fn in_editor(&mut self, mut editor: Editor, command: Command) {
        match editor.entry.take() {
            Some(Entry::Date(input)) => self.in_date(&mut editor, input, command),
            Some(Entry::Choice(choice)) => self.in_choice(&mut editor, *choice, command),
            None => match command {
                Command::Back => return,
                Command::Save => return self.save(editor),
                Command::Open => self.open_slot(&mut editor),
                Command::Toggle => editor.turn(),
                Command::TurnKind => editor.turn_kind(),
                Command::Remove => editor.remove(),
                Command::WidenEnd => editor.stretch(true, true),
                Command::NarrowEnd => editor.stretch(true, false),
                Command::WidenStart => editor.stretch(false, true),
                Command::NarrowStart => editor.stretch(false, false),
                command => {
                    if let Some(rows) = movement(command, usize::from(self.areas.list.inner.height)) {
                        editor.step(rows);
                    }
                }
            },
        }
        self.layer = Some(Layer::Edit(Box::new(editor)));
    }

    /// Opens what there is to type or choose for the line under the cursor.
    fn open_slot(&mut self, editor: &mut Editor) {
        let slot = editor.slot();
        editor.entry = match slot {
            Slot::Date => {
                let value = editor.event.date.as_ref().map(|date| date.value.clone()).unwrap_or_default();
                Some(Entry::Date(Input::new(value)))
            }
            Slot::Status | Slot::Trigger | Slot::Extent => return editor.turn(),
            Slot::Type | Slot::Actor(_) | Slot::AddActor | Slot::Place(_) | Slot::AddPlace => {
                Some(Entry::Choice(Box::new(Choice::new(self.picks(slot, editor)))))
            }
        };
    }

    /// What can be chosen: all types, or the entities of the corpus, those of the document first.
    fn picks(&mut self, slot: Slot, editor: &Editor) -> Vec<Pick> {
        if slot == Slot::Type {
            let words = self.words;
            return EventType::ALL
                .into_iter()
                .map(|kind| Pick::Kind(kind, words.kind(kind).to_owned()))
                .collect();
        }
        let known = self.ask(Index::known_entities).unwrap_or_default();
        let mut seen = HashSet::new();
        let all = editor.entities.iter().cloned().chain(known);
        all.filter(|entity| seen.insert(entity.id.clone())).map(Pick::Entity).collect()
    }

    fn in_date(&mut self, editor: &mut Editor, mut input: Input, command: Command) {
        match command {
            Command::Back => return,
            Command::Open => {
                let published = self.source().and_then(|source| source.published);
                match read_date(input.text(), published) {
                    Some(read) => {
                        editor.set_date(read.value);
                        return;
                    }
                    None => self.say(self.words.get("edit.no-date")),
                }
            }
            command => {
                input.edit(command);
            }
        }
        editor.entry = Some(Entry::Date(input));
    }

    fn in_choice(&mut self, editor: &mut Editor, mut choice: Choice, command: Command) {
        match command {
            Command::Back => return,
            Command::Open => return self.chosen_for(editor, &choice),
            // One is chosen, so that a blank is a blank.
            Command::Toggle => {
                choice.list.input.insert(" ");
                choice.narrow();
            }
            command => {
                if choice.list.takes(command, usize::from(self.areas.list.inner.height)) {
                    choice.narrow();
                }
            }
        }
        editor.entry = Some(Entry::Choice(Box::new(choice)));
    }

    /// Puts what stands under the cursor of the choice on the editor's line; what is typed and is
    /// nothing's name is a new actor or place.
    fn chosen_for(&mut self, editor: &mut Editor, choice: &Choice) {
        let typed = choice.list.input.text().trim();
        let entity = match choice.picked() {
            Some(Pick::Kind(kind, _)) => {
                editor.event.kind = *kind;
                return;
            }
            Some(Pick::Entity(entity)) => entity.clone(),
            None if typed.is_empty() || editor.slot() == Slot::Type => return,
            None => {
                let arabic = typed.chars().any(|c| ('\u{600}'..='\u{6FF}').contains(&c));
                let place = matches!(editor.slot(), Slot::Place(_) | Slot::AddPlace);
                Entity {
                    id: typed.split_whitespace().collect::<Vec<_>>().join("-").to_lowercase(),
                    name: typed.to_owned(),
                    name_en: if arabic { String::new() } else { typed.to_owned() },
                    kind: if place { EntityKind::Place } else { EntityKind::Person },
                    country: None,
                }
            }
        };
        if let Some(source) = self.source() {
            editor.set_entity(entity, source.view.text());
        }
    }

    /// Saves what the editor holds: as a correction where it differs from what was found, or as a
    /// missed event. What could not be saved stays open.
    fn save(&mut self, editor: Editor) {
        let Some(document) = self.same_document(editor.document) else {
            self.layer = Some(Layer::Edit(Box::new(editor)));
            return;
        };
        let draft = Annotations { entities: editor.entities.clone(), ..Annotations::default() };
        let after = Told::from(Records::new(&document, &draft).event(&editor.event));
        let reviewer = self.reviews.reviewer().to_owned();
        let Some(source) = self.sources.first().filter(|s| s.key == editor.document) else { return };
        let new = if editor.missed {
            let after = serde_json::to_value(&after).unwrap_or_default();
            Some(review::missed(&reviewer, &document, editor.event.trigger, after))
        } else {
            let found = source.annotations.events.iter().find(|event| event.id == editor.event.id);
            found.and_then(|found| {
                let before = Told::from(Records::new(&document, &source.annotations).event(found));
                (before != after)
                    .then(|| review::corrected(&reviewer, &document, &source.annotations, found, &after))
            })
        };
        let new = match &editor.settles {
            Some(dispute) => new.map(|new| review::settling(new, dispute)),
            None => new,
        };
        let Some(new) = new else {
            self.layer = Some(Layer::Edit(Box::new(editor)));
            return self.say(self.words.get("edit.unchanged"));
        };
        let saved = self.reviews.save(&new, &document, &source.annotations);
        self.tell_index();
        if self.or_fault(saved).is_none() {
            self.layer = Some(Layer::Edit(Box::new(editor)));
        } else if editor.missed {
            self.show_missed();
            self.say(self.words.get("edit.missed-saved"));
        } else if editor.settles.is_some() {
            self.settled();
        } else {
            self.move_on();
        }
    }

    /// Underlines in the text what was marked as missed in it.
    pub(super) fn show_missed(&mut self) {
        if let Some(source) = self.sources.first_mut() {
            let missed = self.reviews.missed(&source.hash, source.view.text());
            source.ground.mark(missed);
        }
    }

    /// Begins to mark an event that was missed, at the row that is read or at the selected event.
    pub(super) fn mark(&mut self) {
        let from = match (self.focus, self.event(), self.source()) {
            (Focus::List, Some((_, event)), _) => event.extent.start,
            (_, _, Some(source)) => source.view.bytes(source.view.cursor()).start,
            _ => return,
        };
        let Some(source) = self.sources.first() else { return };
        match Marker::new(source.view.text(), from) {
            Some(marker) => self.marking_in_sight(marker),
            None => self.say(self.words.get("source.no-text")),
        }
    }

    /// Shows the marker's words in the text, the one under its cursor in sight.
    fn marking_in_sight(&mut self, marker: Marker) {
        if let Some(source) = self.sources.first_mut() {
            let word = marker.word();
            source.view.show(word.start..word.end);
        }
        self.marking(marker);
    }

    /// Shows the marker's words in the text.
    pub(super) fn marking(&mut self, marker: Marker) {
        if let Some(source) = self.sources.first_mut() {
            let span = marker.span();
            source.found = Some(span.start..span.end);
        }
        self.layer = Some(Layer::Mark(Box::new(marker)));
    }

    /// A command while words are being marked.
    pub(super) fn in_marker(&mut self, mut marker: Marker, command: Command) {
        match command {
            Command::Back => {
                if let Some(source) = self.sources.first_mut() {
                    source.found = None;
                }
                return;
            }
            // Right to left: the next word stands on the left.
            Command::CursorLeft => marker.step(true),
            Command::CursorRight => marker.step(false),
            Command::Toggle => marker.hold(),
            Command::Open => return self.new_event(marker.span()),
            Command::Lexicon => {
                let Some(source) = self.sources.first_mut() else { return };
                source.found = None;
                let name = marker.span().of(source.view.text()).to_owned();
                return self.ask_name(&name);
            }
            command => {
                let height = usize::from(self.areas.source.inner.height);
                if let (Some(rows), Some(source)) = (movement(command, height), self.sources.first_mut()) {
                    let word = marker.word();
                    source.view.show(word.start..word.end);
                    source.view.step(rows);
                    let row = source.view.bytes(source.view.cursor());
                    marker.go(row.start);
                }
            }
        }
        self.marking_in_sight(marker);
    }

    /// Opens the editor on an event with the trigger `trigger`, its sentence as extent and the date
    /// that the events around it have.
    fn new_event(&mut self, trigger: Span) {
        let Some(source) = self.sources.first_mut() else { return };
        source.found = None;
        let text = source.view.text();
        let tokens = Tokens::new(text);
        let sentence = sentences(&tokens)
            .into_iter()
            .map(|range| tokens.span(range.start, range.end - 1))
            .find(|span| span.overlaps(trigger));
        let extent = sentence.map_or(trigger, |span| span.cover(trigger));
        // The nearest date before it in its sentence or entry is as good a guess as any.
        let date =
            source.annotations.dates.iter().rfind(|d| d.span.start < extent.end && !d.value.is_empty());
        let date = date.map(|d| EventDate {
            value: d.value.clone(),
            mention: Some(d.span),
            basis: DateBasis::Explicit,
        });
        let event = Event {
            id: String::new(),
            trigger,
            extent,
            kind: EventType::Consult,
            status: Status::Occurred,
            date,
            actors: Vec::new(),
            places: Vec::new(),
            confidence: 1.0,
            evidence: Vec::new(),
        };
        let mut editor = Editor::new(source.key, text, event, source.annotations.entities.clone(), true);
        self.open_slot(&mut editor);
        self.layer = Some(Layer::Edit(Box::new(editor)));
    }
}
