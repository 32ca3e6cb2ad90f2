//! How good an extraction is against annotations made by hand: dates, events, actors, and events
//! that can be used as they are; by type, with intervals, with every fault by name.
//!
//! Pure: annotations in, figures out. The definitions:
//!
//! - A date is found where its span overlaps one of the gold's (relaxed), strictly where both ends
//!   agree; its value is right where it is one of those that the gold accepts.
//! - An event is found where its trigger overlaps one of the gold's, or stands in the gold event's
//!   extent and has its type; strictly where the trigger's ends and the type agree.
//! - An event is usable where its date is right and at least half of all actors that either side
//!   names are named by both; strictly where its type and all its actors are right too.
//! - Actors are counted on the events found: by a whole name or the last word of an Arabic one,
//!   strictly by a whole name.
//! - What the gold calls optional counts neither where it is found nor where it is missed.
//!
//! Each side of a pair is used once, the nearest pairs first.

mod actor;
mod align;
mod compare;
mod faults;
mod interval;
mod report;
mod tally;

pub use actor::Actor;
pub use align::{Alignment, Pair, align};
pub use compare::{Change, Comparison, compare};
pub use faults::{Fault, FaultKind, MarkedLayer};
pub use report::{Bin, Confusion, PerDocument, PerType, Reliability, Report, Score};
pub use tally::{Counts, Figure, Tally};

use crate::model::{Annotations, DateKind, Document, Entity, EventType, Participant, Span};
use crate::text::CodePoints;

/// One text with its dates and events, as a person or a program marked them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marked {
    /// The name of the text: the last part of its path.
    pub name: String,
    /// Whether all of the text was marked, and not only what was looked at.
    pub complete: bool,
    /// Date expressions.
    pub dates: Vec<MarkedDate>,
    /// Events.
    pub events: Vec<MarkedEvent>,
}

/// A date expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedDate {
    /// Where it stands, in code points.
    pub span: Span,
    /// Its words.
    pub text: String,
    /// TIMEX3 type.
    pub kind: DateKind,
    /// TIMEX3 value; empty where it cannot be known.
    pub value: String,
    /// Other values that are as right.
    pub other_values: Vec<String>,
}

/// An event.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkedEvent {
    /// Where the trigger stands, in code points.
    pub trigger: Span,
    /// The trigger's words.
    pub text: String,
    /// The clause or sentence, in code points.
    pub extent: Span,
    /// PLOVER type.
    pub kind: EventType,
    /// Other types that are as right.
    pub other_kinds: Vec<EventType>,
    /// ISO 8601 value of its date; empty where none is known.
    pub date: String,
    /// Other values of its date that are as right.
    pub other_dates: Vec<String>,
    /// Who takes part.
    pub actors: Vec<Actor>,
    /// Whether it counts neither found nor missed.
    pub optional: bool,
    /// From 0 to 1, where whoever marked it said how sure it is.
    pub confidence: Option<f32>,
}

impl MarkedDate {
    /// Whether this, the gold's, accepts that value.
    pub fn accepts(&self, value: &str) -> bool {
        self.value == value || self.other_values.iter().any(|other| other == value)
    }
}

impl MarkedEvent {
    /// Whether this, the gold's, accepts that date.
    pub fn accepts_date(&self, date: &str) -> bool {
        self.date == date || self.other_dates.iter().any(|other| other == date)
    }

    /// Whether this, the gold's, accepts that type.
    pub fn accepts_kind(&self, kind: EventType) -> bool {
        self.kind == kind || self.other_kinds.contains(&kind)
    }
}

impl Marked {
    /// What was found in a document; of its events those that count.
    pub fn of(document: &Document, annotations: &Annotations) -> Self {
        let points = CodePoints::new(&document.text);
        let words = |span: Span| span.of(&document.text).to_owned();
        let dates = annotations.dates.iter().map(|date| MarkedDate {
            span: points.span(date.span),
            text: words(date.span),
            kind: date.kind,
            value: date.value.clone(),
            other_values: Vec::new(),
        });
        let actor = |participant: &Participant| {
            let Entity { id, name, name_en, .. } = annotations.entities.get(participant.entity as usize)?;
            let mentions = participant.mentions.iter().map(|span| span.of(&document.text));
            Some(Actor::new([id.as_str(), name_en], std::iter::once(name.as_str()).chain(mentions)))
        };
        let events = annotations.events.iter().filter(|event| event.status.counts());
        let events = events.map(|event| MarkedEvent {
            trigger: points.span(event.trigger),
            text: words(event.trigger),
            extent: points.span(event.extent),
            kind: event.kind,
            other_kinds: Vec::new(),
            date: event.date.as_ref().map(|date| date.value.clone()).unwrap_or_default(),
            other_dates: Vec::new(),
            actors: event.actors.iter().filter_map(actor).collect(),
            optional: false,
            confidence: Some(event.confidence),
        });
        Self {
            name: base_name(&document.id).to_owned(),
            complete: true,
            dates: dates.collect(),
            events: events.collect(),
        }
    }

    /// How many of its spans do not hold, in `text`, the words that they were marked on; more than
    /// none means that another version of the text was marked.
    pub fn misfits(&self, text: &str) -> usize {
        let points = CodePoints::new(text);
        let fits = |span: Span, words: &str| {
            let start = points.to_byte(span.start);
            let end = points.to_byte(span.end);
            start.zip(end).is_some_and(|(start, end)| Span::new(start, end).of(text) == words)
        };
        self.dates.iter().filter(|date| !fits(date.span, &date.text)).count()
            + self.events.iter().filter(|event| !fits(event.trigger, &event.text)).count()
    }
}

/// The last part of a path.
pub fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Measures what was found against the gold, text by text.
pub fn measure<'a>(texts: impl IntoIterator<Item = (&'a Marked, &'a Marked)>) -> Report {
    let alignments: Vec<_> =
        texts.into_iter().map(|(gold, found)| (gold.name.as_str(), align(gold, found))).collect();
    Report::of(&alignments)
}
