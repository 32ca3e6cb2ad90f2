//! The index: documents, annotations and events of one corpus, derived from its files and always
//! safe to delete. Reading is here, writing in [`super::sync`].

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use super::StoreError;
use super::filter::{Filter, Sort};
use super::schema::{self, INDEX, INDEX_ID, INDEX_TABLES, INDEX_VERSION};
use super::write::{Meta, STATUSES};
use crate::model::{Annotations, Document, EventType, PublishedBasis, Span, Status};

/// Key of an event in the index; valid until its document is read again.
pub type EventKey = i64;

/// A corpus, indexed.
#[derive(Debug)]
pub struct Index {
    connection: Connection,
}

/// A document as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its key, valid until it is read again.
    pub key: i64,
    /// The path as given, or the id of a JSONL line.
    pub id: String,
    /// SHA-256 of its text, in hexadecimal.
    pub hash: String,
    /// Publication date of its (first) article, ISO 8601.
    pub published: Option<String>,
    /// How that is known.
    pub basis: Option<PublishedBasis>,
    /// How many events it has that count.
    pub events: u32,
}

/// An event as the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// Its key.
    pub key: EventKey,
    /// Key of its document.
    pub document: i64,
    /// Id of its document.
    pub document_id: String,
    /// Its place in [`Annotations::events`] of the document.
    pub n: u32,
    /// Its stable id.
    pub event_id: String,
    /// ISO 8601 value of its date.
    pub date: Option<String>,
    /// PLOVER type.
    pub kind: EventType,
    /// Told as fact, plan, denial or possibility.
    pub status: Status,
    /// Arabic names of those who do it, in the order of the annotation.
    pub source_names: Vec<String>,
    /// Arabic names of those to whom it is done.
    pub target_names: Vec<String>,
    /// Arabic names of those who take part otherwise.
    pub participant_names: Vec<String>,
    /// Those of all these names that are persons'.
    pub persons: Vec<String>,
    /// Bytes of the trigger.
    pub trigger: Span,
    /// Bytes of the clause or sentence.
    pub extent: Span,
    /// From 0 to 1.
    pub confidence: f32,
}

impl Index {
    /// Opens the index at `path`, or makes it, its folder too. One of another format is emptied.
    ///
    /// # Errors
    /// When the file cannot be opened or made, or is not an index.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let (mut connection, version) = schema::open(path, &INDEX)?;
        if version != INDEX_VERSION {
            rebuild(&mut connection)?;
        }
        Ok(Self { connection })
    }

    /// An index without a file.
    ///
    /// # Errors
    /// When the database fails.
    pub fn in_memory() -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        schema::configure(&connection, &INDEX)?;
        rebuild(&mut connection)?;
        Ok(Self { connection })
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(super) fn connection_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// All documents, as they were given.
    ///
    /// # Errors
    /// When the database fails.
    pub fn documents(&self) -> Result<Vec<DocumentRow>, StoreError> {
        self.document_rows("1", [])
    }

    /// The documents with this id or this content hash.
    ///
    /// # Errors
    /// When the database fails.
    pub fn documents_like(&self, id: &str, hash: &str) -> Result<Vec<DocumentRow>, StoreError> {
        self.document_rows("d.id = ?1 OR d.hash = ?2", [id, hash])
    }

    fn document_rows<const N: usize>(
        &self,
        condition: &str,
        values: [&str; N],
    ) -> Result<Vec<DocumentRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT d.key, d.id, d.hash, d.published, d.basis, d.events
             FROM document AS d JOIN file AS f ON f.key = d.file
             WHERE {condition} ORDER BY f.position, d.position"
        ))?;
        let rows = statement.query_map(params_from_iter(values), |row| {
            Ok(DocumentRow {
                key: row.get(0)?,
                id: row.get(1)?,
                hash: row.get(2)?,
                published: row.get(3)?,
                basis: row.get::<_, Option<String>>(4)?.and_then(|basis| parse(&format!("\"{basis}\"")).ok()),
                events: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The document of that key, as it was read.
    ///
    /// # Errors
    /// When the database fails or has no such document.
    pub fn document(&self, key: i64) -> Result<Document, StoreError> {
        let sql = "SELECT d.id, c.meta, c.text FROM document AS d JOIN content AS c ON c.document = d.key
                   WHERE d.key = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let (id, meta, text): (String, String, String) =
            statement.query_row([key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(parse::<Meta>(&meta)?.document(id, text))
    }

    /// What was found in the document of that key.
    ///
    /// # Errors
    /// When the database fails or has no such document.
    pub fn annotations(&self, key: i64) -> Result<Annotations, StoreError> {
        let sql = "SELECT annotations FROM content WHERE document = ?";
        let text: String = self.connection.prepare_cached(sql)?.query_row([key], |row| row.get(0))?;
        parse(&text)
    }

    /// The keys of the events that `filter` lets through, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn event_keys(&self, filter: &Filter, sort: Sort) -> Result<Vec<EventKey>, StoreError> {
        let condition = filter.condition(None);
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT e.key FROM event AS e JOIN document AS d ON d.key = e.document
             JOIN file AS f ON f.key = d.file WHERE {} ORDER BY {}, e.n",
            condition.sql,
            sort.order()
        ))?;
        let keys = statement.query_map(params_from_iter(condition.values), |row| row.get(0))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    /// How many events there are that `filter` lets through.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count(&self, filter: &Filter) -> Result<u64, StoreError> {
        let condition = filter.condition(None);
        let sql = format!("SELECT count(*) FROM event AS e WHERE {}", condition.sql);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let count: i64 = statement.query_row(params_from_iter(condition.values), |row| row.get(0))?;
        Ok(count as u64)
    }

    /// The rows of `keys`, in their order; a key that no longer exists has none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn rows(&self, keys: &[EventKey]) -> Result<Vec<EventRow>, StoreError> {
        let mut event = self.connection.prepare_cached(
            "SELECT e.key, e.document, d.id, e.n, e.id, e.date, e.type, e.status, e.trigger_start,
                    e.trigger_end, e.extent_start, e.extent_end, e.confidence
             FROM event AS e JOIN document AS d ON d.key = e.document WHERE e.key = ?",
        )?;
        let mut actors = self.connection.prepare_cached(
            "SELECT m.role, n.name, n.kind FROM event_actor AS m JOIN entity AS n ON n.key = m.entity
             WHERE m.event = ? ORDER BY m.n",
        )?;
        let mut rows = Vec::with_capacity(keys.len());
        for key in keys {
            let Some(mut row) = event.query_row([key], event_row).optional()? else { continue };
            let mut names = actors.query([key])?;
            while let Some(actor) = names.next()? {
                if actor.get::<_, String>(2)? == "person" {
                    row.persons.push(actor.get(1)?);
                }
                match actor.get::<_, i64>(0)? {
                    0 => row.source_names.push(actor.get(1)?),
                    1 => row.target_names.push(actor.get(1)?),
                    _ => row.participant_names.push(actor.get(1)?),
                }
            }
            rows.push(row);
        }
        Ok(rows)
    }

    /// The keys of the events of the document `document`, in text order, whatever their status.
    ///
    /// # Errors
    /// When the database fails.
    pub fn events_of(&self, document: i64) -> Result<Vec<EventKey>, StoreError> {
        let sql = "SELECT key FROM event WHERE document = ? ORDER BY trigger_start, n";
        let mut statement = self.connection.prepare_cached(sql)?;
        let keys = statement.query_map(params![document], |row| row.get(0))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }
}

fn event_row(row: &Row<'_>) -> rusqlite::Result<EventRow> {
    let kind: usize = row.get::<_, i64>(6)? as usize;
    let status: usize = row.get::<_, i64>(7)? as usize;
    Ok(EventRow {
        key: row.get(0)?,
        document: row.get(1)?,
        document_id: row.get(2)?,
        n: row.get(3)?,
        event_id: row.get(4)?,
        date: row.get(5)?,
        kind: *EventType::ALL.get(kind).ok_or(rusqlite::Error::IntegralValueOutOfRange(6, kind as i64))?,
        status: STATUSES.get(status).ok_or(rusqlite::Error::IntegralValueOutOfRange(7, status as i64))?.0,
        source_names: Vec::new(),
        target_names: Vec::new(),
        participant_names: Vec::new(),
        persons: Vec::new(),
        trigger: Span::new(row.get(8)?, row.get(9)?),
        extent: Span::new(row.get(10)?, row.get(11)?),
        confidence: row.get(12)?,
    })
}

/// Drops whatever tables there are and makes them anew.
fn rebuild(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let names: Vec<String> = transaction
        // The tables that a virtual table keeps for itself go with it.
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                  AND name NOT LIKE 'event\\_text\\_%' ESCAPE '\\' ORDER BY rowid DESC",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for name in names {
        transaction.execute_batch(&format!("DROP TABLE \"{}\"", name.replace('"', "\"\"")))?;
    }
    schema::create(&transaction, INDEX_ID, INDEX_VERSION, INDEX_TABLES)?;
    transaction.commit()
}

/// Reads what [`super::write`] wrote as JSON.
pub(super) fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Damaged(error.to_string()))
}
