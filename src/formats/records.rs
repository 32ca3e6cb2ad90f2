//! The records of the contract: field names, their order and their units are what others rely on.

use serde::Serialize;

use crate::model::{
    ActorBasis, Annotations, Calendar, DateBasis, DateKind, Document, Entity, EntityKind, Event, EventType,
    Participant, Role, Span, Status,
};
use crate::text::CodePoints;

/// Words of the text with their place in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Quote<'a> {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: &'a str,
}

/// `--layer events`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventRecord<'a> {
    /// Stable id.
    pub id: &'a str,
    /// Id of the document.
    pub document: &'a str,
    /// The words that carry the happening.
    pub trigger: Quote<'a>,
    /// The clause or sentence.
    pub extent: Quote<'a>,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Told as fact, plan, denial or possibility.
    pub status: Status,
    /// When; null where it is not known.
    pub date: Option<EventDateRecord<'a>>,
    /// Who takes part.
    pub actors: Vec<EntityRecord<'a>>,
    /// Where.
    pub places: Vec<EntityRecord<'a>>,
    /// From 0 to 1, to two decimals.
    pub confidence: f64,
    /// Which rule and which words gave each field.
    pub evidence: &'a [String],
}

/// The date of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct EventDateRecord<'a> {
    /// ISO 8601 value.
    pub value: &'a str,
    /// The expression; null where no words of the text give the date.
    pub text: Option<&'a str>,
    /// Its first code point.
    pub start: Option<u32>,
    /// One past its last code point.
    pub end: Option<u32>,
    /// How the value was reached.
    pub basis: DateBasis,
}

/// An actor or place of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntityRecord<'a> {
    /// Stable id.
    pub id: &'a str,
    /// Arabic name.
    pub name: &'a str,
    /// English name; empty where unknown.
    pub name_en: &'a str,
    /// What it is.
    pub kind: EntityKind,
    /// The part an actor has; places have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Where it is mentioned for this event.
    pub mentions: Vec<Quote<'a>>,
}

/// `--layer dates`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DateRecord<'a> {
    /// Id of the document.
    pub document: &'a str,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: &'a str,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: DateKind,
    /// TIMEX3 value; empty where it cannot be known.
    pub value: &'a str,
    /// How the value was reached.
    pub basis: DateBasis,
    /// The calendar it was written in.
    pub calendar: Calendar,
    /// TIMEX3 `mod`, where the words have one (`أوائل عام 2010`: `START`).
    #[serde(rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<&'a str>,
    /// The rule that found it.
    pub rule: &'a str,
}

/// `--layer actors`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ActorRecord<'a> {
    /// Id of the document.
    pub document: &'a str,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: &'a str,
    /// Id of the entity.
    pub id: &'a str,
    /// Its Arabic name.
    pub name: &'a str,
    /// Its English name; empty where unknown.
    pub name_en: &'a str,
    /// What it is.
    pub kind: EntityKind,
    /// Id of the country it belongs to; null where unknown.
    pub country: Option<&'a str>,
    /// How the mention was tied to the entity.
    pub basis: ActorBasis,
}

/// The records of one document.
#[derive(Clone, Debug)]
pub struct Records<'a> {
    document: &'a Document,
    annotations: &'a Annotations,
    points: CodePoints<'a>,
}

impl<'a> Records<'a> {
    /// The records of `annotations`, which were found in `document`.
    pub fn new(document: &'a Document, annotations: &'a Annotations) -> Self {
        Self { document, annotations, points: CodePoints::new(&document.text) }
    }

    /// The events; those that do not count only where `all` asks for them.
    pub fn events(&self, all: bool) -> impl Iterator<Item = EventRecord<'a>> + '_ {
        let events = self.annotations.events.iter();
        events.filter(move |event| all || event.status.counts()).map(|event| self.event(event))
    }

    /// The record of one event.
    pub fn event(&self, event: &'a Event) -> EventRecord<'a> {
        let date = event.date.as_ref().map(|date| {
            let quote = date.mention.map(|span| self.quote(span));
            EventDateRecord {
                value: &date.value,
                text: quote.map(|q| q.text),
                start: quote.map(|q| q.start),
                end: quote.map(|q| q.end),
                basis: date.basis,
            }
        });
        let actors = event.actors.iter().filter_map(|actor| self.entity(actor, Some(actor.role)));
        let places = event.places.iter().filter_map(|place| self.entity(place, None));
        EventRecord {
            id: &event.id,
            document: &self.document.id,
            trigger: self.quote(event.trigger),
            extent: self.quote(event.extent),
            kind: event.kind,
            status: event.status,
            date,
            actors: actors.collect(),
            places: places.collect(),
            confidence: two_decimals(event.confidence),
            evidence: &event.evidence,
        }
    }

    /// The date expressions.
    pub fn dates(&self) -> impl Iterator<Item = DateRecord<'a>> + '_ {
        self.annotations.dates.iter().map(|date| {
            let Quote { start, end, text } = self.quote(date.span);
            DateRecord {
                document: &self.document.id,
                start,
                end,
                text,
                kind: date.kind,
                value: &date.value,
                basis: date.basis,
                calendar: date.calendar,
                modifier: date.modifier.as_deref(),
                rule: &date.rule,
            }
        })
    }

    /// The mentions of actors and places.
    pub fn actors(&self) -> impl Iterator<Item = ActorRecord<'a>> + '_ {
        self.annotations.actors.iter().filter_map(|mention| {
            let Quote { start, end, text } = self.quote(mention.span);
            let Entity { id, name, name_en, kind, country } =
                self.annotations.entities.get(mention.entity as usize)?;
            Some(ActorRecord {
                document: &self.document.id,
                start,
                end,
                text,
                id,
                name,
                name_en,
                kind: *kind,
                country: country.as_deref(),
                basis: mention.basis,
            })
        })
    }

    fn quote(&self, span: Span) -> Quote<'a> {
        let Span { start, end } = self.points.span(span);
        Quote { start, end, text: span.of(&self.document.text) }
    }

    fn entity(&self, participant: &'a Participant, role: Option<Role>) -> Option<EntityRecord<'a>> {
        let entity = self.annotations.entities.get(participant.entity as usize)?;
        Some(EntityRecord {
            id: &entity.id,
            name: &entity.name,
            name_en: &entity.name_en,
            kind: entity.kind,
            role,
            mentions: participant.mentions.iter().map(|&span| self.quote(span)).collect(),
        })
    }
}

/// Rounded so that it prints with at most two decimals; 0 for what is no number.
fn two_decimals(value: f32) -> f64 {
    if value.is_finite() { (f64::from(value) * 100.0).round() / 100.0 } else { 0.0 }
}
