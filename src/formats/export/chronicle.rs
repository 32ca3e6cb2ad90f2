//! Formats that a person reads: events in the order of their dates under the years and months.

use std::io::{self, Write};

use chrono::Datelike as _;

use super::Written;
use super::ordered::Ordered;
use crate::model::{Event, EventType, Participant, Role, Span, Status};
use crate::query::{Period, year};
use crate::store::Selected;
use crate::words::{Lang, Words};

/// A way of writing a chronicle.
pub(super) trait Style {
    /// What stands before all: `events` are told by `documents`.
    fn head(&self, events: usize, documents: usize) -> String;
    /// A heading of the year, or none for what has no known year, and below it one of the month.
    fn heading(&self, under: &Under, new_year: bool) -> String;
    /// An event.
    fn event(&self, selected: &Selected, event: &Event) -> String;
    /// What stands behind all.
    fn tail(&self) -> String;
}

/// Under what an event stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Under {
    /// The year.
    pub(super) year: Option<i32>,
    /// The month, from 1, where the date is that exact.
    pub(super) month: Option<u32>,
}

impl Under {
    fn of(event: &Event) -> Self {
        let value = event.date.as_ref().map_or("", |date| date.value.as_str());
        let month = Period::of(value).filter(|period| {
            (period.first.year(), period.first.month()) == (period.last.year(), period.last.month())
        });
        Self { year: year(value), month: month.map(|period| period.first.month()) }
    }
}

/// Writes a chronicle. What is written of each event is kept until all are there, since documents
/// come one after the other and dates do not.
pub(super) fn write(
    selection: &mut dyn Iterator<Item = io::Result<Selected>>,
    style: &dyn Style,
    out: &mut dyn Write,
) -> io::Result<Written> {
    let mut pieces = Ordered::new();
    let mut documents = 0;
    for selected in selection {
        let selected = selected?;
        documents += usize::from(!selected.places.is_empty());
        for (event, place) in selected.events() {
            pieces.push(place, &style.event(&selected, event), Under::of(event))?;
        }
    }
    let events = pieces.len();
    out.write_all(style.head(events, documents).as_bytes())?;
    let mut last: Option<Under> = None;
    pieces.each(|under, piece| {
        if last != Some(*under) {
            let new_year = last.is_none_or(|last| last.year != under.year);
            out.write_all(style.heading(under, new_year).as_bytes())?;
        }
        last = Some(*under);
        out.write_all(piece)
    })?;
    out.write_all(style.tail().as_bytes())?;
    Ok(Written { events, left_out: 0 })
}

/// The words of the interface in Arabic.
const WORDS: Words = Words::new(Lang::Ar);

/// What a type of event is called in Arabic.
pub(super) fn kind(kind: EventType) -> &'static str {
    WORDS.kind(kind)
}

/// An Arabic month.
pub(super) fn month(month: u32) -> &'static str {
    WORDS.month(month)
}

/// What a status is called in Arabic.
pub(super) fn status(status: Status) -> &'static str {
    WORDS.status(status)
}

/// The names of the actors in a role.
pub(super) fn names<'s>(selected: &'s Selected, event: &'s Event, role: Role) -> Vec<&'s str> {
    named(selected, event.actors.iter().filter(|actor| actor.role == role))
}

/// The names of the places.
pub(super) fn places<'s>(selected: &'s Selected, event: &'s Event) -> Vec<&'s str> {
    named(selected, event.places.iter())
}

fn named<'s>(selected: &'s Selected, parts: impl Iterator<Item = &'s Participant>) -> Vec<&'s str> {
    parts
        .filter_map(|p| selected.annotations.entities.get(p.entity as usize))
        .map(|e| e.name.as_str())
        .collect()
}

/// What a stretch of a quotation is to its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// No more than words.
    Words,
    /// A place.
    Place,
    /// An actor.
    Actor,
    /// The date.
    Date,
    /// The words that carry the happening.
    Trigger,
}

/// The extent of an event in stretches, each with what it is; of what lies over one another the later
/// in the order of [`Part`] wins.
pub(super) fn quotation<'s>(selected: &'s Selected, event: &Event) -> Vec<(Part, &'s str)> {
    let mut parts: Vec<(Span, Part)> = vec![(event.trigger, Part::Trigger)];
    parts.extend(event.date.iter().filter_map(|date| Some((date.mention?, Part::Date))));
    let mentions = |list: &[Participant], part| {
        list.iter().flat_map(|p| p.mentions.clone()).map(move |span| (span, part)).collect::<Vec<_>>()
    };
    parts.extend(mentions(&event.actors, Part::Actor));
    parts.extend(mentions(&event.places, Part::Place));
    let extent = event.extent;
    parts.retain(|(span, _)| extent.contains(*span));
    let mut borders: Vec<u32> = parts.iter().flat_map(|(span, _)| [span.start, span.end]).collect();
    borders.extend([extent.start, extent.end]);
    borders.sort_unstable();
    borders.dedup();
    let mut out: Vec<(Part, &str)> = Vec::new();
    for pair in borders.windows(2) {
        let span = Span::new(pair[0], pair[1]);
        let part = parts.iter().filter(|(whole, _)| whole.contains(span)).map(|(_, part)| *part).max();
        out.push((part.unwrap_or(Part::Words), span.of(&selected.document.text)));
    }
    out
}

/// A text without what only terminals and bidi algorithms understand: control characters and marks
/// of direction are gone, line ends are blanks.
pub(super) fn clean(text: &str) -> String {
    let steers = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}');
    text.chars()
        .filter(|c| !steers(*c))
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control())
        .collect()
}
