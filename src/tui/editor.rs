//! An event while a reviewer corrects it, or gives a missed one its fields.

use std::ops::Range;

use super::choice::Choice;
use super::input::Input;
use super::narrowed::moved;
use crate::model::{Entity, EntityKind, Event, EventDate, Participant, Role, Span, Status};
use crate::review::Dispute;
use crate::text::{Folded, TokenKind, Tokens, fold::fold_phrase};

/// A line of the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// PLOVER type.
    Type,
    /// Date.
    Date,
    /// Fact or plan.
    Status,
    /// The words that carry the happening.
    Trigger,
    /// The clause or sentence.
    Extent,
    /// An actor, by its place.
    Actor(usize),
    /// A further actor.
    AddActor,
    /// A place, by its place.
    Place(usize),
    /// A further place.
    AddPlace,
}

/// What is being typed or chosen.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A date.
    Date(Input),
    /// A type, an actor or a place.
    Choice(Box<Choice>),
}

/// One event under correction.
#[derive(Clone, Debug)]
pub struct Editor {
    /// Key of its document.
    pub document: i64,
    /// As it is now.
    pub event: Event,
    /// The entities that it points to.
    pub entities: Vec<Entity>,
    /// Whether it was not found, but marked in the text.
    pub missed: bool,
    /// The line with the cursor.
    pub at: usize,
    /// What is being typed or chosen for that line.
    pub entry: Option<Entry>,
    /// The difference of reviewers that it settles.
    pub settles: Option<Dispute>,
    /// The words of the document, in bytes.
    words: Vec<Span>,
}

/// The words of a text: letters and digits, punctuation left out.
pub fn words(text: &str) -> Vec<Span> {
    let tokens = Tokens::new(text);
    let word = |kind| matches!(kind, TokenKind::Word | TokenKind::Foreign | TokenKind::Number);
    tokens.all().iter().filter(|token| word(token.kind)).map(|token| token.span).collect()
}

/// The kind after `kind`, round to the first.
pub const fn next_kind(kind: EntityKind) -> EntityKind {
    match kind {
        EntityKind::Person => EntityKind::Organization,
        EntityKind::Organization => EntityKind::Country,
        EntityKind::Country => EntityKind::Place,
        EntityKind::Place => EntityKind::Group,
        EntityKind::Group => EntityKind::Person,
    }
}

/// What a kind is called, as a name in the table of words.
pub const fn kind_name(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "edit.person",
        EntityKind::Organization => "edit.organization",
        EntityKind::Country => "edit.country",
        EntityKind::Place => "edit.place-kind",
        EntityKind::Group => "edit.group",
    }
}

impl Editor {
    /// An editor for `event` of the document `document`, whose text is `text`.
    pub fn new(document: i64, text: &str, event: Event, entities: Vec<Entity>, missed: bool) -> Self {
        Self { document, event, entities, missed, at: 0, entry: None, settles: None, words: words(text) }
    }

    /// The lines, from the top.
    pub fn slots(&self) -> Vec<Slot> {
        let mut slots = vec![Slot::Type, Slot::Date, Slot::Status, Slot::Trigger, Slot::Extent];
        slots.extend((0..self.event.actors.len()).map(Slot::Actor));
        slots.push(Slot::AddActor);
        slots.extend((0..self.event.places.len()).map(Slot::Place));
        slots.push(Slot::AddPlace);
        slots
    }

    /// The line with the cursor.
    pub fn slot(&self) -> Slot {
        self.slots().get(self.at).copied().unwrap_or(Slot::Type)
    }

    /// Moves the cursor.
    pub fn step(&mut self, rows: isize) {
        self.at = moved(self.at, rows, self.slots().len());
    }

    /// The next value of what has few: status, the part of an actor.
    pub fn turn(&mut self) {
        match self.slot() {
            Slot::Status => {
                self.event.status = match self.event.status {
                    Status::Occurred => Status::Planned,
                    Status::Planned => Status::Denied,
                    Status::Denied => Status::Hypothetical,
                    Status::Hypothetical => Status::Occurred,
                };
            }
            Slot::Actor(i) => {
                if let Some(actor) = self.event.actors.get_mut(i) {
                    actor.role = match actor.role {
                        Role::Source => Role::Target,
                        Role::Target => Role::Participant,
                        Role::Participant => Role::Source,
                    };
                }
            }
            _ => {}
        }
    }

    /// The next kind of the actor or place under the cursor, for one that is new.
    pub fn turn_kind(&mut self) {
        let participant = match self.slot() {
            Slot::Actor(i) => self.event.actors.get(i),
            Slot::Place(i) => self.event.places.get(i),
            _ => None,
        };
        let entity = participant.map(|p| p.entity as usize);
        if let Some(entity) = entity.and_then(|i| self.entities.get_mut(i)) {
            entity.kind = next_kind(entity.kind);
        }
    }

    /// Takes the actor, place or date under the cursor away.
    pub fn remove(&mut self) {
        match self.slot() {
            Slot::Actor(i) => drop(self.event.actors.remove(i)),
            Slot::Place(i) => drop(self.event.places.remove(i)),
            Slot::Date => self.event.date = None,
            _ => {}
        }
        self.step(0);
    }

    /// Sets the date; the words that gave another one no longer do.
    pub fn set_date(&mut self, value: String) {
        if self.event.date.as_ref().is_some_and(|date| date.value == value) {
            return;
        }
        self.event.date = (!value.is_empty()).then_some(EventDate {
            value,
            mention: None,
            basis: crate::model::DateBasis::Explicit,
        });
    }

    /// Puts an entity on the line with the cursor: in place of the one there, or as a further one. It
    /// is mentioned where its name stands in the extent.
    pub fn set_entity(&mut self, entity: Entity, text: &str) {
        let slot = self.slot();
        let mentions: Vec<Span> = self.mention(&entity, text).into_iter().collect();
        let known = self.entities.iter().position(|e| e.id == entity.id);
        let entity = known.unwrap_or_else(|| {
            self.entities.push(entity);
            self.entities.len() - 1
        }) as u32;
        let new = |role| Participant { entity, role, mentions: mentions.clone() };
        match slot {
            Slot::Actor(i) => {
                if let Some(actor) = self.event.actors.get_mut(i) {
                    *actor = new(actor.role);
                }
            }
            Slot::AddActor => {
                let first = self.event.actors.iter().all(|actor| actor.role != Role::Source);
                self.event.actors.push(new(if first { Role::Source } else { Role::Target }));
            }
            Slot::Place(i) => {
                if let Some(place) = self.event.places.get_mut(i) {
                    *place = new(Role::Participant);
                }
            }
            Slot::AddPlace => self.event.places.push(new(Role::Participant)),
            _ => {}
        }
    }

    fn mention(&self, entity: &Entity, text: &str) -> Option<Span> {
        let extent = self.event.extent;
        let folded = Folded::new(extent.of(text));
        let last = entity.name.split_whitespace().next_back().unwrap_or_default();
        [entity.name.as_str(), last].into_iter().filter(|name| name.chars().count() > 2).find_map(|name| {
            let found: Range<usize> = folded.find_all(&fold_phrase(name)).next()?;
            Some(Span::new(extent.start + found.start as u32, extent.start + found.end as u32))
        })
    }

    /// Widens or narrows the trigger or the extent by a word, at its end or its start.
    pub fn stretch(&mut self, end: bool, widen: bool) {
        let slot = self.slot();
        let span = match slot {
            Slot::Trigger => self.event.trigger,
            Slot::Extent => self.event.extent,
            _ => return,
        };
        let inside = |w: &&Span| span.contains(**w);
        let changed = match (end, widen) {
            (true, true) => {
                self.words.iter().find(|w| w.end > span.end).map(|w| Span::new(span.start, w.end))
            }
            (true, false) => {
                let kept = self.words.iter().filter(inside).rfind(|w| w.end < span.end);
                kept.map(|w| Span::new(span.start, w.end))
            }
            (false, true) => {
                self.words.iter().rfind(|w| w.start < span.start).map(|w| Span::new(w.start, span.end))
            }
            (false, false) => {
                let kept = self.words.iter().filter(inside).find(|w| w.start > span.start);
                kept.map(|w| Span::new(w.start, span.end))
            }
        };
        let Some(changed) = changed else { return };
        if slot == Slot::Trigger {
            self.event.trigger = changed;
            self.event.extent = self.event.extent.cover(changed);
        } else if changed.contains(self.event.trigger) {
            self.event.extent = changed;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EventType;

    #[test]
    fn spans_grow_and_shrink_word_by_word() {
        let text = "قبل، ثم رفض ذلك كله. بعد";
        let at = text.find("رفض").unwrap() as u32;
        let trigger = Span::new(at, at + 6);
        let event = Event {
            id: String::new(),
            trigger,
            extent: trigger,
            kind: EventType::Reject,
            status: Status::Occurred,
            date: None,
            actors: Vec::new(),
            places: Vec::new(),
            confidence: 1.0,
            evidence: Vec::new(),
        };
        let mut editor = Editor::new(1, text, event, Vec::new(), false);
        editor.at = 3;
        let words = |editor: &Editor| editor.event.trigger.of(text).to_owned();
        editor.stretch(true, false);
        assert_eq!(words(&editor), "رفض", "a word is the least");
        editor.stretch(true, true);
        editor.stretch(false, true);
        assert_eq!(words(&editor), "ثم رفض ذلك");
        assert_eq!(editor.event.extent, editor.event.trigger, "the extent holds the trigger");
        editor.stretch(false, true);
        assert_eq!(words(&editor), "قبل، ثم رفض ذلك");
        editor.stretch(false, false);
        editor.stretch(true, false);
        assert_eq!(words(&editor), "ثم رفض");
        editor.at = 4;
        for _ in 0..9 {
            editor.stretch(true, false);
            editor.stretch(false, false);
        }
        assert!(editor.event.extent.contains(editor.event.trigger));
        editor.stretch(true, true);
        editor.stretch(true, true);
        editor.stretch(true, true);
        editor.stretch(true, true);
        assert!(editor.event.extent.of(text).ends_with("بعد"));
    }
}
