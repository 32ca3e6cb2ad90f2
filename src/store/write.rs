//! How a document, its annotations and its events become rows.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate, Weekday};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::model::{Annotations, Block, Document, Entity, Event, Published, Role, Status};
use crate::text::fold::fold_phrase;

/// The statuses in the order of their numbers in the database, with their names.
pub(super) const STATUSES: [(Status, &str); 4] = [
    (Status::Occurred, "occurred"),
    (Status::Planned, "planned"),
    (Status::Denied, "denied"),
    (Status::Hypothetical, "hypothetical"),
];

/// Sorts behind every day.
const UNDATED: &str = "9999-99-99";

/// What a document has besides its id and text.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Meta {
    title: Option<String>,
    source: Option<String>,
    url: Option<String>,
    published: Option<Published>,
    blocks: Vec<Block>,
}

impl Meta {
    pub(super) fn of(document: &Document) -> Self {
        Self {
            title: document.title.clone(),
            source: document.source.clone(),
            url: document.url.clone(),
            published: document.published,
            blocks: document.blocks.clone(),
        }
    }

    pub(super) fn document(self, id: String, text: String) -> Document {
        let Self { title, source, url, published, blocks } = self;
        Document { id, title, source, url, published, text, blocks }
    }
}

/// A document that was read, with the two hashes that tell whether it is the same as before.
#[derive(Debug)]
pub(super) struct Stamped {
    pub(super) document: Document,
    /// SHA-256 of the text.
    pub(super) hash: String,
    /// SHA-256 of the text, the metadata and the extractor's version.
    pub(super) stamp: String,
    /// [`Meta`] as JSON.
    meta: String,
}

impl Stamped {
    pub(super) fn new(document: Document, version: &str) -> Self {
        let meta = json(&Meta::of(&document));
        let hash = super::content_hash(&document.text);
        let stamp = super::content_hash(&format!("{version}\n{hash}\n{meta}"));
        Self { document, hash, stamp, meta }
    }
}

/// Writes documents; remembers the keys of the entities it met.
#[derive(Debug, Default)]
pub(super) struct Writer {
    entities: HashMap<String, i64>,
}

impl Writer {
    pub(super) fn document(
        &mut self,
        connection: &Connection,
        file: i64,
        position: u32,
        stamped: &Stamped,
        annotations: &Annotations,
    ) -> Result<i64, StoreError> {
        let document = &stamped.document;
        let published = annotations.published(document);
        let counted = annotations.events.iter().filter(|event| event.status.counts()).count();
        connection
            .prepare_cached(
                "INSERT INTO document
                 (file, position, id, stamp, hash, published, basis, events)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                file,
                position,
                document.id,
                stamped.stamp,
                stamped.hash,
                published.map(|p| p.date.to_string()),
                published.map(|p| json(&p.basis).trim_matches('"').to_owned()),
                counted as i64,
            ])?;
        let key = connection.last_insert_rowid();
        connection
            .prepare_cached("INSERT INTO content (document, meta, text, annotations) VALUES (?, ?, ?, ?)")?
            .execute(params![key, stamped.meta, document.text, json(annotations)])?;
        for (n, event) in annotations.events.iter().enumerate() {
            self.event(connection, key, n, event, stamped, &annotations.entities)?;
        }
        Ok(key)
    }

    fn event(
        &mut self,
        connection: &Connection,
        document: i64,
        n: usize,
        event: &Event,
        stamped: &Stamped,
        entities: &[Entity],
    ) -> Result<(), StoreError> {
        let date = event.date.as_ref().map(|date| date.value.as_str()).filter(|value| !value.is_empty());
        connection
            .prepare_cached(
                "INSERT INTO event (document, n, id, date, day, year, type, status, confidence,
                 trigger_start, trigger_end, extent_start, extent_end)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                document,
                n as i64,
                event.id,
                date,
                date.and_then(first_day).map_or(UNDATED.to_owned(), |day| day.to_string()),
                date.and_then(year).unwrap_or_default(),
                event.kind as i64,
                event.status as i64,
                f64::from(if event.confidence.is_finite() { event.confidence } else { 0.0 }),
                event.trigger.start,
                event.trigger.end,
                event.extent.start,
                event.extent.end,
            ])?;
        let key = connection.last_insert_rowid();
        connection
            .prepare_cached("INSERT INTO event_text (rowid, folded) VALUES (?, ?)")?
            .execute(params![key, fold_phrase(event.extent.of(&stamped.document.text))])?;
        for (n, actor) in event.actors.iter().enumerate() {
            let Some(entity) = entities.get(actor.entity as usize) else { continue };
            let entity = self.entity(connection, entity)?;
            let role = match actor.role {
                Role::Source => 0,
                Role::Target => 1,
                Role::Participant => 2,
            };
            connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO event_actor (event, entity, n, role) VALUES (?, ?, ?, ?)",
                )?
                .execute(params![key, entity, n as i64, role])?;
        }
        for place in &event.places {
            let Some(entity) = entities.get(place.entity as usize) else { continue };
            let entity = self.entity(connection, entity)?;
            connection
                .prepare_cached("INSERT OR IGNORE INTO event_place (event, entity) VALUES (?, ?)")?
                .execute(params![key, entity])?;
        }
        Ok(())
    }

    fn entity(&mut self, connection: &Connection, entity: &Entity) -> Result<i64, StoreError> {
        if let Some(&key) = self.entities.get(&entity.id) {
            return Ok(key);
        }
        // The newest spelling wins, so that a corrected lexicon shows.
        let key = connection
            .prepare_cached(
                "INSERT INTO entity (id, name, name_en, kind) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE SET name = ?2, name_en = ?3, kind = ?4 RETURNING key",
            )?
            .query_row(
                params![entity.id, entity.name, entity.name_en, json(&entity.kind).trim_matches('"')],
                |row| row.get(0),
            )?;
        self.entities.insert(entity.id.clone(), key);
        Ok(key)
    }
}

/// The JSON of one of our own types, none of which can fail to be written.
fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plain structs and enums with string keys are always JSON")
}

/// The year of an ISO 8601 / TIMEX3 value, where it tells one.
fn year(value: &str) -> Option<String> {
    let year = value.get(..4)?;
    let ends = !value.as_bytes().get(4).is_some_and(u8::is_ascii_digit);
    (ends && year.bytes().all(|b| b.is_ascii_digit())).then(|| year.to_owned())
}

/// The first day of the period that an ISO 8601 / TIMEX3 value names: a day, month, year, week
/// (`2025-W33`), quarter (`2025-Q2`), half (`2025-H1`), season (`2025-SU`), decade (`199`) or century
/// (`19`). None where the value leaves the year open.
fn first_day(value: &str) -> Option<NaiveDate> {
    let value = value.split('T').next()?;
    let mut parts = value.split('-');
    let head = parts.next()?;
    if head.is_empty() || head.len() > 4 || !head.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year = head.parse::<i32>().ok()? * 10_i32.pow(4 - head.len() as u32);
    let part = parts.next().unwrap_or("01");
    let month = match part {
        "SP" | "Q2" => 4,
        "SU" | "Q3" | "H2" => 7,
        "FA" | "Q4" => 10,
        "WI" | "Q1" | "H1" => 1,
        week if week.starts_with('W') => {
            return NaiveDate::from_isoywd_opt(year, week[1..].parse().ok()?, Weekday::Mon);
        }
        month => month.parse().unwrap_or(1),
    };
    let day = parts.next().and_then(|day| day.parse().ok()).unwrap_or(1);
    NaiveDate::from_ymd_opt(year, month, day).filter(|day| day.year() == year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_place_in_time() {
        for (value, day, of_year) in [
            ("2022-02-28", "2022-02-28", "2022"),
            ("2022-02", "2022-02-01", "2022"),
            ("2022", "2022-01-01", "2022"),
            ("2025-W33", "2025-08-11", "2025"),
            ("2025-Q2", "2025-04-01", "2025"),
            ("2025-SU", "2025-07-01", "2025"),
            ("2022-02-28T10:00", "2022-02-28", "2022"),
            ("199", "1990-01-01", ""),
            ("XXXX-WXX-4", "", ""),
            ("P30D", "", ""),
            ("2022-02-30", "", "2022"),
        ] {
            assert_eq!(first_day(value).map(|d| d.to_string()).unwrap_or_default(), day, "{value}");
            assert_eq!(year(value).unwrap_or_default(), of_year, "{value}");
        }
    }

    #[test]
    fn statuses_are_numbered_as_they_are_declared() {
        for (n, (status, name)) in STATUSES.into_iter().enumerate() {
            assert_eq!(status as usize, n);
            assert_eq!(serde_json::to_string(&status).unwrap(), format!("\"{name}\""));
        }
    }
}
