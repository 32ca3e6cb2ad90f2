//! The index: documents, annotations and events of one corpus, derived from its files and always
//! safe to delete. Reading is here, writing in [`super::sync`].

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

use super::bits::Bits;
use super::columns::Columns;
use super::schema::{self, INDEX, INDEX_ID, INDEX_TABLES, INDEX_VERSION};
use super::write::Meta;
use super::{Judgement, StoreError};
use crate::model::{Annotations, Document, EventType, PublishedBasis, Span, Status};
use crate::query::{Field, Term};

/// Number of an event: its place among all in the order of dates. Valid until [`Index::renew`] finds
/// another state.
pub type EventKey = u32;

/// A corpus, indexed.
#[derive(Debug)]
pub struct Index {
    connection: Connection,
    /// Its file, where it has one.
    path: Option<PathBuf>,
    columns: Arc<Columns>,
    /// Terms asked for lately, the last one first, with the events for which they hold.
    pub(super) remembered: RefCell<Vec<(Term, Arc<Bits>)>>,
    /// The verdicts that stand, as [`Index::judged`] was told.
    pub(super) verdicts: RefCell<HashMap<EventKey, Judgement>>,
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

/// The fields of a [`DocumentRow`] without their names, which take longer to read than what they hold.
pub(super) type PackedDocument = (i64, String, String, Option<String>, Option<PublishedBasis>, u32);

impl From<DocumentRow> for PackedDocument {
    fn from(row: DocumentRow) -> Self {
        (row.key, row.id, row.hash, row.published, row.basis, row.events)
    }
}

impl From<PackedDocument> for DocumentRow {
    fn from((key, id, hash, published, basis, events): PackedDocument) -> Self {
        Self { key, id, hash, published, basis, events }
    }
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
        Self::over(connection, Some(path.to_owned()))
    }

    /// An index without a file.
    ///
    /// # Errors
    /// When the database fails.
    pub fn in_memory() -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        schema::configure(&connection, &INDEX)?;
        rebuild(&mut connection)?;
        Self::over(connection, None)
    }

    fn over(connection: Connection, path: Option<PathBuf>) -> Result<Self, StoreError> {
        let columns = Arc::new(Columns::newest(&connection)?);
        Ok(Self { connection, path, columns, remembered: RefCell::default(), verdicts: RefCell::default() })
    }

    /// Takes notice of what a [`Index::sync`] has written since; whether there was anything. Then the
    /// keys of events are others, and the verdicts have to be told again.
    ///
    /// # Errors
    /// When the database fails.
    pub fn renew(&mut self) -> Result<bool, StoreError> {
        let newer = Columns::newest_generation(&self.connection)? != self.columns.generation;
        if newer {
            self.columns = Arc::new(Columns::newest(&self.connection)?);
            self.remembered.borrow_mut().clear();
            self.verdicts.borrow_mut().clear();
        }
        Ok(newer)
    }

    /// Its file, where it has one.
    pub(super) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Begins to load, on a thread of its own, what the first screen asks for after the documents. An index in memory is
    /// left as it is, and what fails is left to whoever asks for it.
    pub fn load_ahead(&self) {
        self.beside(|columns, connection| columns.load_ahead(&connection));
    }

    /// Does something with the columns on a thread of its own, where the index is a file.
    fn beside(&self, work: impl FnOnce(&Columns, Connection) -> Result<(), StoreError> + Send + 'static) {
        let Some(path) = self.path.clone() else { return };
        let columns = Arc::clone(&self.columns);
        std::thread::spawn(move || {
            if let Err(error) = schema::open(&path, &INDEX).and_then(|(c, _)| work(&columns, c)) {
                tracing::debug!(%error, "the columns are loaded when they are asked for");
            }
        });
    }

    /// Loads on a thread of its own what filters, counts and lists look into, unless that was done
    /// before, so that whoever filters next need not wait for it. An index in memory is left as it is,
    /// and what fails is left to whoever asks for it.
    pub fn warm(&self) {
        if self.columns.first_to_warm() {
            self.beside(Columns::load_all);
        }
    }

    /// Tells which verdicts stand, by the ids of the events; those told before are forgotten.
    ///
    /// # Errors
    /// When the database fails.
    pub fn judged<'v>(&self, verdicts: impl Iterator<Item = (&'v str, Judgement)>) -> Result<(), StoreError> {
        let mut all = HashMap::new();
        for (id, judgement) in verdicts {
            all.extend(self.keys_of(id)?.into_iter().map(|key| (key, judgement)));
        }
        *self.verdicts.borrow_mut() = all;
        self.remembered.borrow_mut().retain(|(term, _)| term.field != Field::Verdict);
        Ok(())
    }

    /// Tells which verdict stands on the event of that id now, if one does.
    ///
    /// # Errors
    /// When the database fails.
    pub fn judge(&self, id: &str, judgement: Option<Judgement>) -> Result<(), StoreError> {
        for key in self.keys_of(id)? {
            let mut verdicts = self.verdicts.borrow_mut();
            match judgement {
                Some(judgement) => verdicts.insert(key, judgement),
                None => verdicts.remove(&key),
            };
        }
        self.remembered.borrow_mut().retain(|(term, _)| term.field != Field::Verdict);
        Ok(())
    }

    /// The keys of the events of that id.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keys_of(&self, id: &str) -> Result<Vec<EventKey>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT key FROM event WHERE id = ?")?;
        let rowids = statement.query_map([id], |row| row.get::<_, u32>(0))?;
        let (order, all) = (self.columns.by_rowid(&self.connection)?, self.columns.rowid(&self.connection)?);
        let mut keys = Vec::new();
        for rowid in rowids {
            let rowid = rowid?;
            let at = order.binary_search_by_key(&rowid, |&n| all[n as usize]);
            keys.extend(at.ok().map(|at| order[at]));
        }
        Ok(keys)
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
    pub fn documents(&self) -> Result<Arc<Vec<DocumentRow>>, StoreError> {
        self.columns.documents(&self.connection).map(Arc::clone)
    }

    /// The documents with this id or this content hash.
    ///
    /// # Errors
    /// When the database fails.
    pub fn documents_like(&self, id: &str, hash: &str) -> Result<Vec<DocumentRow>, StoreError> {
        document_rows(&self.connection, "d.id = ?1 OR d.hash = ?2", [id, hash])
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

    /// The text of the document of that key.
    ///
    /// # Errors
    /// When the database fails or has no such document.
    pub fn text(&self, key: i64) -> Result<String, StoreError> {
        let sql = "SELECT text FROM content WHERE document = ?";
        Ok(self.connection.prepare_cached(sql)?.query_row([key], |row| row.get(0))?)
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

    /// The rows of `keys`, in their order; a key that no longer exists has none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn rows(&self, keys: &[EventKey]) -> Result<Vec<EventRow>, StoreError> {
        let mut event = self.connection.prepare_cached(
            "SELECT e.document, d.id, e.n, e.id, e.date, e.type, e.status, e.trigger_start,
                    e.trigger_end, e.extent_start, e.extent_end, e.confidence
             FROM event AS e JOIN document AS d ON d.key = e.document WHERE e.key = ?",
        )?;
        let mut actors = self.connection.prepare_cached(
            "SELECT m.role, n.name, n.kind FROM event_actor AS m JOIN entity AS n ON n.key = m.entity
             WHERE m.event = ? ORDER BY m.n",
        )?;
        let mut rows = Vec::with_capacity(keys.len());
        let rowids = self.columns.rowid(&self.connection)?;
        for &key in keys {
            let Some(rowid) = rowids.get(key as usize) else { continue };
            let found = event.query_row([rowid], |row| event_row(key, row)).optional()?;
            let Some(mut row) = found else { continue };
            let mut names = actors.query([rowid])?;
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
        let c = &self.connection;
        let place = self.columns.documents(c)?.iter().position(|row| row.key == document);
        place.map_or(Ok(Vec::new()), |place| Ok(self.columns.told_in(c, place)?.to_vec()))
    }
}

/// The documents of which a condition on `document AS d` holds, as they were given.
pub(super) fn document_rows<const N: usize>(
    connection: &Connection,
    condition: &str,
    values: [&str; N],
) -> Result<Vec<DocumentRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
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

fn event_row(key: EventKey, row: &Row<'_>) -> rusqlite::Result<EventRow> {
    let kind: usize = row.get::<_, i64>(5)? as usize;
    let status: usize = row.get::<_, i64>(6)? as usize;
    Ok(EventRow {
        key,
        document: row.get(0)?,
        document_id: row.get(1)?,
        n: row.get(2)?,
        event_id: row.get(3)?,
        date: row.get(4)?,
        kind: *EventType::ALL.get(kind).ok_or(rusqlite::Error::IntegralValueOutOfRange(5, kind as i64))?,
        status: *Status::ALL.get(status).ok_or(rusqlite::Error::IntegralValueOutOfRange(6, status as i64))?,
        source_names: Vec::new(),
        target_names: Vec::new(),
        participant_names: Vec::new(),
        persons: Vec::new(),
        trigger: Span::new(row.get(7)?, row.get(8)?),
        extent: Span::new(row.get(9)?, row.get(10)?),
        confidence: row.get(11)?,
    })
}

/// Drops whatever tables there are and makes them anew.
fn rebuild(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let names: Vec<String> = transaction
        // The tables that a virtual table keeps for itself, which older formats have, go with it.
        .prepare(
            "SELECT t.name FROM pragma_table_list AS t JOIN sqlite_schema AS s ON s.name = t.name
             WHERE t.schema = 'main' AND t.type IN ('table', 'virtual')
                  AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY s.rowid DESC",
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
