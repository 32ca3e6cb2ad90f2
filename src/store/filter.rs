//! Which events are wanted and in which order, as SQL.

use rusqlite::types::Value;

use super::facets::Facet;
use crate::model::{EventType, Status};
use crate::text::fold::fold_phrase;

/// Which events are wanted. Values of one facet are alternatives; the facets narrow one another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Entity ids, any of which takes part.
    pub actors: Vec<String>,
    /// Years of four digits; the empty string stands for events without a known year.
    pub years: Vec<String>,
    /// Types.
    pub types: Vec<EventType>,
    /// Entity ids, any of which is a place of the event.
    pub places: Vec<String>,
    /// Keys of documents.
    pub documents: Vec<i64>,
    /// Statuses; none named means those that count as events ([`Status::counts`]).
    pub statuses: Vec<Status>,
    /// Words that stand, in this order and in any spelling, in the event's extent.
    pub text: Option<String>,
}

/// The order of the list. Every order is total: ties go by date, document and place in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Earliest first, undated last.
    #[default]
    Date,
    /// As the documents were given, then as the text runs.
    Document,
    /// Most doubtful first.
    Confidence,
    /// In PLOVER's order from agreement to assault.
    Type,
}

impl Sort {
    pub(super) const fn order(self) -> &'static str {
        match self {
            Self::Date => "e.day, e.date, f.position, d.position, e.trigger_start",
            Self::Document => "f.position, d.position, e.trigger_start",
            Self::Confidence => "e.confidence, e.day, e.date, f.position, d.position, e.trigger_start",
            Self::Type => "e.type, e.day, e.date, f.position, d.position, e.trigger_start",
        }
    }
}

/// A condition over `event AS e` with the values of its placeholders.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

impl Filter {
    /// The condition, without the part of the facet `but`.
    pub(super) fn condition(&self, but: Option<Facet>) -> Condition {
        let mut condition = Condition { sql: "1".to_owned(), values: Vec::new() };
        let on = |facet: Facet| but != Some(facet);
        let texts = |list: &[String]| list.iter().cloned().map(Value::Text).collect::<Vec<_>>();
        if on(Facet::Actor) {
            condition.any(&member("event_actor"), texts(&self.actors), ")");
        }
        if on(Facet::Place) {
            condition.any(&member("event_place"), texts(&self.places), ")");
        }
        if on(Facet::Year) {
            condition.any("e.year IN (", texts(&self.years), "");
        }
        if on(Facet::Type) {
            let types = self.types.iter().map(|&kind| Value::Integer(kind as i64)).collect();
            condition.any("e.type IN (", types, "");
        }
        if on(Facet::Document) {
            let documents = self.documents.iter().map(|&key| Value::Integer(key)).collect();
            condition.any("e.document IN (", documents, "");
        }
        if on(Facet::Status) {
            let wanted: &[Status] =
                if self.statuses.is_empty() { &[Status::Occurred, Status::Planned] } else { &self.statuses };
            let statuses = wanted.iter().map(|&status| Value::Integer(status as i64)).collect();
            // Nearly all events pass: the plus sign keeps the planner from starting with this one.
            condition.any("+e.status IN (", statuses, "");
        }
        if let Some(text) = &self.text {
            condition.text(&fold_phrase(text));
        }
        condition
    }
}

fn member(table: &str) -> String {
    format!("e.key IN (SELECT m.event FROM {table} AS m JOIN entity AS n ON n.key = m.entity WHERE n.id IN (")
}

impl Condition {
    /// Adds `AND head ?, ?, … ) tail` unless there are no values.
    fn any(&mut self, head: &str, values: Vec<Value>, tail: &str) {
        if values.is_empty() {
            return;
        }
        let places = vec!["?"; values.len()].join(", ");
        for part in [" AND ", head, &places, ")", tail] {
            self.sql.push_str(part);
        }
        self.values.extend(values);
    }

    /// The trigram index answers for three letters and more, a scan for fewer.
    fn text(&mut self, folded: &str) {
        if folded.is_empty() {
            return;
        }
        if folded.chars().count() >= 3 {
            self.sql.push_str(" AND e.key IN (SELECT rowid FROM event_text WHERE event_text MATCH ?)");
            self.values.push(Value::Text(format!("\"{}\"", folded.replace('"', "\"\""))));
        } else {
            self.sql.push_str(" AND e.key IN (SELECT rowid FROM event_text WHERE instr(folded, ?) > 0)");
            self.values.push(Value::Text(folded.to_owned()));
        }
    }
}
