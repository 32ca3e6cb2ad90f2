//! Every fault by name: what was missed, what is false, and which field of a find is wrong.

use serde::Serialize;

use super::tally::Judged;
use super::{Alignment, MarkedDate, MarkedEvent};
use crate::model::Span;

/// What is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MarkedLayer {
    /// A date expression.
    Date,
    /// An event.
    Event,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FaultKind {
    /// In the gold, not found.
    Missed,
    /// Found, not in the gold.
    False,
    /// Found elsewhere than the gold has it, in part.
    Span,
    /// The value of a date.
    Value,
    /// The date of an event.
    Date,
    /// The type of an event.
    Type,
    /// The actors of an event.
    Actors,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The name of the text.
    pub document: String,
    /// On what.
    pub layer: MarkedLayer,
    /// What is wrong.
    pub fault: FaultKind,
    /// Where it stands, in code points: the gold's place, for a false find its own.
    #[serde(flatten)]
    pub span: Span,
    /// The words there.
    pub text: String,
    /// What the gold says; empty for a false find.
    pub gold: String,
    /// What was found; empty for a miss.
    pub found: String,
}

/// The faults of one text, in text order.
pub(super) fn of(document: &str, alignment: &Alignment<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut add = |layer, fault, span, text: &str, gold: String, found: String| {
        let (document, text) = (document.to_owned(), text.to_owned());
        faults.push(Fault { document, layer, fault, span, text, gold, found });
    };
    for pair in &alignment.dates {
        let (gold, found) = (pair.gold, pair.found);
        let mut wrong = |fault, was, is| add(MarkedLayer::Date, fault, gold.span, &gold.text, was, is);
        if gold.span != found.span {
            wrong(FaultKind::Span, gold.text.clone(), found.text.clone());
        }
        if !gold.accepts(&found.value) {
            wrong(FaultKind::Value, either(&gold.value, &gold.other_values), shown(&found.value));
        }
    }
    for date in &alignment.dates_missed {
        add(MarkedLayer::Date, FaultKind::Missed, date.span, &date.text, of_date(date), String::new());
    }
    for date in &alignment.dates_false {
        add(MarkedLayer::Date, FaultKind::False, date.span, &date.text, String::new(), of_date(date));
    }
    for pair in &alignment.events {
        let (gold, found) = (pair.gold, pair.found);
        let judged = Judged::new(gold, found);
        let mut wrong = |fault, was, is| add(MarkedLayer::Event, fault, gold.trigger, &gold.text, was, is);
        if !judged.date {
            wrong(FaultKind::Date, either(&gold.date, &gold.other_dates), shown(&found.date));
        }
        if !judged.kind {
            wrong(FaultKind::Type, gold.kind.to_string(), found.kind.to_string());
        }
        if !judged.all_actors() {
            wrong(FaultKind::Actors, actors(gold), actors(found));
        }
    }
    for event in &alignment.events_missed {
        let gold = of_event(event);
        add(MarkedLayer::Event, FaultKind::Missed, event.trigger, &event.text, gold, String::new());
    }
    for event in &alignment.events_false {
        let found = of_event(event);
        add(MarkedLayer::Event, FaultKind::False, event.trigger, &event.text, String::new(), found);
    }
    faults.sort_by_key(|fault| (fault.layer, fault.span, fault.fault));
    faults
}

fn shown(value: &str) -> String {
    if value.is_empty() { "unknown".to_owned() } else { value.to_owned() }
}

fn either(value: &str, others: &[String]) -> String {
    let all = std::iter::once(value).chain(others.iter().map(String::as_str));
    all.map(shown).collect::<Vec<_>>().join(" or ")
}

fn actors(event: &MarkedEvent) -> String {
    let names: Vec<_> = event.actors.iter().map(|actor| actor.shown.as_str()).collect();
    if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
}

fn of_date(date: &MarkedDate) -> String {
    shown(&date.value)
}

fn of_event(event: &MarkedEvent) -> String {
    format!("{} {}: {}", shown(&event.date), event.kind, actors(event))
}
