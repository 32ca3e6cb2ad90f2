//! How a document, its annotations and its events become rows.

use std::collections::HashMap;

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::extract::evidence::type_rule;
use crate::model::{Annotations, Block, Document, Entity, Event, Published, Role};
use crate::text::fold::fold_phrase;

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

/// Words whose keys are remembered.
const REMEMBERED: usize = 200_000;

/// Writes documents; remembers the keys of the entities and words it met.
#[derive(Debug, Default)]
pub(super) struct Writer {
    entities: HashMap<String, i64>,
    words: HashMap<String, u32>,
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
                "INSERT INTO event (document, n, id, date, type, status, confidence,
                 rule, trigger_start, trigger_end, extent_start, extent_end)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                document,
                n as i64,
                event.id,
                date,
                event.kind as i64,
                event.status as i64,
                f64::from(if event.confidence.is_finite() { event.confidence } else { 0.0 }),
                type_rule(&event.evidence).unwrap_or_default(),
                event.trigger.start,
                event.trigger.end,
                event.extent.start,
                event.extent.end,
            ])?;
        let key = connection.last_insert_rowid();
        let mut words = Vec::new();
        for word in fold_phrase(event.extent.of(&stamped.document.text)).split(' ') {
            words.extend(self.word(connection, word)?.to_le_bytes());
        }
        connection
            .prepare_cached("INSERT INTO event_words (event, words) VALUES (?, ?)")?
            .execute(params![key, words])?;
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

    fn word(&mut self, connection: &Connection, word: &str) -> Result<u32, StoreError> {
        if let Some(&key) = self.words.get(word) {
            return Ok(key);
        }
        let key = connection
            // To have it returned where it is there already it has to be changed.
            .prepare_cached(
                "INSERT INTO word (folded) VALUES (?1) ON CONFLICT (folded) DO UPDATE SET folded = ?1 RETURNING key",
            )?
            .query_row([word], |row| row.get(0))?;
        if self.words.len() >= REMEMBERED {
            self.words.clear();
        }
        self.words.insert(word.to_owned(), key);
        Ok(key)
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
pub(super) fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plain structs and enums with string keys are always JSON")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EventType, Status};

    #[test]
    fn statuses_are_numbered_as_they_are_declared() {
        for (n, status) in Status::ALL.into_iter().enumerate() {
            assert_eq!(status as usize, n);
            assert_eq!(json(&status), format!("\"{}\"", status.name()));
        }
        for (n, kind) in EventType::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, n);
        }
    }
}
