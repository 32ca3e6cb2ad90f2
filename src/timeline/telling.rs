//! What one document tells of a happening, as far as tellings are compared by it.

use super::stems::stems;
use crate::model::{Annotations, Document, EntityKind, Event, EventType, Participant, Role, Status};

/// Somebody who takes part, or somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Id of the entity.
    pub id: String,
    /// Arabic name.
    pub name: String,
    /// Id of the country it belongs to, where known.
    pub country: Option<String>,
    /// Whether it is a person.
    pub person: bool,
    /// Its part.
    pub role: Role,
}

/// A happening as one document tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// Id of the document.
    pub document: String,
    /// Id of the event.
    pub event: String,
    /// ISO 8601 value of its date.
    pub date: Option<String>,
    /// PLOVER type.
    pub kind: EventType,
    /// Told as fact or plan.
    pub status: Status,
    /// Who takes part.
    pub actors: Vec<Party>,
    /// Where.
    pub places: Vec<Party>,
    /// The words that carry it.
    pub trigger: String,
    /// The clause or sentence that tells it.
    pub words: String,
    /// The stems of these words, sorted, each once.
    pub stems: Vec<String>,
}

impl Telling {
    /// A telling in these words, of which nothing else is known.
    pub fn new(document: &str, words: &str) -> Self {
        Self {
            document: document.to_owned(),
            event: String::new(),
            date: None,
            kind: EventType::Agree,
            status: Status::Occurred,
            actors: Vec::new(),
            places: Vec::new(),
            trigger: String::new(),
            words: words.to_owned(),
            stems: stems(words),
        }
    }

    /// What `document` tells with one of its events.
    pub fn of(document: &Document, annotations: &Annotations, event: &Event) -> Self {
        let parties = |list: &[Participant]| -> Vec<Party> {
            let party = |p: &Participant| {
                let entity = annotations.entities.get(p.entity as usize)?;
                Some(Party {
                    id: entity.id.clone(),
                    name: entity.name.clone(),
                    country: entity.country.clone(),
                    person: entity.kind == EntityKind::Person,
                    role: p.role,
                })
            };
            list.iter().filter_map(party).collect()
        };
        Self {
            event: event.id.clone(),
            date: event.date.as_ref().map(|d| d.value.clone()),
            kind: event.kind,
            status: event.status,
            actors: parties(&event.actors),
            places: parties(&event.places),
            trigger: event.trigger.of(&document.text).to_owned(),
            ..Self::new(&document.id, event.extent.of(&document.text))
        }
    }
}
