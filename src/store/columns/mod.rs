//! What lists and counts run over: the events of the index as columns of numbers, a million of them
//! in a few dozen megabytes. They are made from the tables when a reading ends ([`build`]), kept in
//! the index as blobs, and each is loaded when it is first asked for, so that the first screen waits
//! for none that it does not show.
//!
//! An event's number is its place in the order of dates: by first day, then the value, the document,
//! the place in the text.

mod build;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use rusqlite::{Connection, OptionalExtension};

use super::StoreError;
use super::entities::KnownEntity;
use super::index::DocumentRow;
use super::wording::Wording;
use crate::model::Role;
use crate::query::{Period, year};

pub(super) use build::write;

/// Bits of an entity's key in [`Columns::actors`]; its role stands above them.
const ENTITY_BITS: u32 = 30;

/// An actor of an event, packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Actor(u32);

impl Actor {
    /// Key of the entity.
    pub(super) const fn entity(self) -> usize {
        (self.0 & ((1 << ENTITY_BITS) - 1)) as usize
    }

    /// Its part.
    pub(super) const fn role(self) -> Role {
        match self.0 >> ENTITY_BITS {
            0 => Role::Source,
            1 => Role::Target,
            _ => Role::Participant,
        }
    }
}

/// A date that events have, with what is asked of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DateValue {
    /// As the event has it; empty for none.
    pub(super) value: String,
    /// The year that it names.
    pub(super) year: Option<i32>,
    /// The days that it covers.
    pub(super) period: Option<Period>,
}

impl DateValue {
    fn new(value: String) -> Self {
        Self { year: year(&value), period: Period::of(&value), value }
    }
}

/// The columns that are there, each with the name of its blob.
const ROWID: &str = "rowid";
const DATE: &str = "date";
const KIND: &str = "kind";
const CONFIDENCE: &str = "confidence";
const DOCUMENT: &str = "document";
const BY_TEXT: &str = "by_text";
const BY_ROWID: &str = "by_rowid";
const TEXT_START: &str = "text_start";
const ACTOR: &str = "actor";
const ACTOR_START: &str = "actor_start";
const PLACE: &str = "place";
const PLACE_START: &str = "place_start";
const DOCUMENTS: &str = "documents";
const DATES: &str = "dates";
const RULE: &str = "rule";
const WORDS: &str = "words";
const TOLD: &str = "told";
const TOLD_START: &str = "told_start";

/// The columns of one state of the index.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Which state.
    pub(super) generation: i64,
    /// How many events.
    pub(super) len: usize,
    rowid: OnceLock<Vec<u32>>,
    date: OnceLock<Vec<u32>>,
    kind: OnceLock<Vec<u8>>,
    confidence: OnceLock<Vec<u8>>,
    document: OnceLock<Vec<u32>>,
    by_text: OnceLock<Vec<u32>>,
    by_rowid: OnceLock<Vec<u32>>,
    text_start: OnceLock<Vec<u32>>,
    actor: OnceLock<Vec<u32>>,
    actor_start: OnceLock<Vec<u32>>,
    place: OnceLock<Vec<u32>>,
    place_start: OnceLock<Vec<u32>>,
    dates: OnceLock<Vec<DateValue>>,
    rule: OnceLock<Vec<u32>>,
    wording: OnceLock<Wording>,
    entities: OnceLock<Vec<KnownEntity>>,
    documents: OnceLock<Arc<Vec<DocumentRow>>>,
    warmed: AtomicBool,
}

/// The lists of all events one after the other, and where each begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lists<'a> {
    starts: &'a [u32],
    items: &'a [u32],
}

impl<'a> Lists<'a> {
    /// The list of one event.
    pub(super) fn of(self, event: usize) -> &'a [u32] {
        let (Some(&start), Some(&end)) = (self.starts.get(event), self.starts.get(event + 1)) else {
            return &[];
        };
        self.items.get(start as usize..end as usize).unwrap_or_default()
    }
}

impl Columns {
    /// The columns of the newest state.
    pub(super) fn newest(connection: &Connection) -> Result<Self, StoreError> {
        let (generation, len) = state(connection)?;
        Ok(Self { generation, len, ..Self::default() })
    }

    /// The number of that state, for comparing.
    pub(super) fn newest_generation(connection: &Connection) -> Result<i64, StoreError> {
        Ok(state(connection)?.0)
    }

    /// Whether nobody has set out to load all of them.
    pub(super) fn first_to_warm(&self) -> bool {
        !self.warmed.swap(true, Ordering::Relaxed)
    }

    /// Loads all of them, as long as this is the newest state.
    pub(super) fn load_all(&self, mut connection: Connection) -> Result<(), StoreError> {
        // All is read as it is at one moment.
        let c = connection.transaction()?;
        if Self::newest_generation(&c)? != self.generation {
            return Ok(());
        }
        self.entities(&c)?;
        self.actors(&c)?;
        self.wording(&c)?;
        self.places(&c)?;
        self.dates(&c)?;
        for column in [Self::date, Self::document, Self::by_text, Self::by_rowid, Self::rowid] {
            column(self, &c)?;
        }
        self.kind(&c)?;
        self.confidence(&c)?;
        Ok(())
    }

    /// The words in which the events are told.
    pub(super) fn wording(&self, c: &Connection) -> Result<&Wording, StoreError> {
        once(&self.wording, || {
            let words = blob(c, WORDS, |data| String::from_utf8(data.to_vec()).unwrap_or_default())?;
            let told = blob(c, TOLD, |data| {
                data.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect::<Vec<_>>()
            })?;
            Ok(Wording::new(words, told, blob(c, TOLD_START, |data| unpacked(data).collect())?))
        })
    }

    /// The entities, in the order of their keys.
    pub(super) fn entities(&self, c: &Connection) -> Result<&[KnownEntity], StoreError> {
        Ok(once(&self.entities, || KnownEntity::all(c))?)
    }

    /// The documents, in order.
    pub(super) fn documents(&self, c: &Connection) -> Result<&Arc<Vec<DocumentRow>>, StoreError> {
        once(&self.documents, || list(c, DOCUMENTS).map(Arc::new))
    }

    /// Keys of the events in the tables.
    pub(super) fn rowid(&self, c: &Connection) -> Result<&[u32], StoreError> {
        numbers(&self.rowid, c, ROWID)
    }

    /// Places in [`Columns::dates`].
    pub(super) fn date(&self, c: &Connection) -> Result<&[u32], StoreError> {
        numbers(&self.date, c, DATE)
    }

    /// Type and status, packed: see [`type_of`] and [`status_of`].
    pub(super) fn kind(&self, c: &Connection) -> Result<&[u8], StoreError> {
        bytes(&self.kind, c, KIND)
    }

    /// Confidence in hundredths.
    pub(super) fn confidence(&self, c: &Connection) -> Result<&[u8], StoreError> {
        bytes(&self.confidence, c, CONFIDENCE)
    }

    /// Places in [`Columns::documents`].
    pub(super) fn document(&self, c: &Connection) -> Result<&[u32], StoreError> {
        numbers(&self.document, c, DOCUMENT)
    }

    /// All events in the order of the documents and their texts.
    pub(super) fn by_text(&self, c: &Connection) -> Result<&[u32], StoreError> {
        numbers(&self.by_text, c, BY_TEXT)
    }

    /// All events in the order of their keys in the tables.
    pub(super) fn by_rowid(&self, c: &Connection) -> Result<&[u32], StoreError> {
        numbers(&self.by_rowid, c, BY_ROWID)
    }

    /// The events of the document at that place, in text order.
    pub(super) fn told_in(&self, c: &Connection, document: usize) -> Result<&[u32], StoreError> {
        let starts = numbers(&self.text_start, c, TEXT_START)?;
        Ok(Lists { starts, items: self.by_text(c)? }.of(document))
    }

    /// The actors of the events, to be read as [`actors_of`].
    pub(super) fn actors(&self, c: &Connection) -> Result<Lists<'_>, StoreError> {
        let starts = numbers(&self.actor_start, c, ACTOR_START)?;
        Ok(Lists { starts, items: numbers(&self.actor, c, ACTOR)? })
    }

    /// Keys of the places of the events.
    pub(super) fn places(&self, c: &Connection) -> Result<Lists<'_>, StoreError> {
        let starts = numbers(&self.place_start, c, PLACE_START)?;
        Ok(Lists { starts, items: numbers(&self.place, c, PLACE)? })
    }

    /// The rules that gave the events their types, as numbers: the one with the most events first, what
    /// came by no rule last.
    pub(super) fn rule(&self, c: &Connection) -> Result<&[u32], StoreError> {
        numbers(&self.rule, c, RULE)
    }

    /// The dates that there are, in their order, what has none last.
    pub(super) fn dates(&self, c: &Connection) -> Result<&[DateValue], StoreError> {
        Ok(once(&self.dates, || Ok(list(c, DATES)?.into_iter().map(DateValue::new).collect()))?)
    }
}

/// The actors of an event in the lists of [`Columns::actors`].
pub(super) fn actors_of(lists: Lists<'_>, event: usize) -> impl Iterator<Item = Actor> + '_ {
    lists.of(event).iter().map(|&packed| Actor(packed))
}

/// The number of the type in a packed kind.
pub(super) const fn type_of(kind: u8) -> usize {
    (kind & 0x0F) as usize
}

/// The number of the status in a packed kind.
pub(super) const fn status_of(kind: u8) -> usize {
    (kind >> 4) as usize
}

fn state(connection: &Connection) -> Result<(i64, usize), StoreError> {
    let sql = "SELECT generation, events FROM snapshot";
    let row = connection
        .prepare_cached(sql)?
        .query_row([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as usize)))
        .optional()?;
    Ok(row.unwrap_or_default())
}

fn numbers<'a>(cell: &'a OnceLock<Vec<u32>>, c: &Connection, name: &str) -> Result<&'a [u32], StoreError> {
    Ok(once(cell, || blob(c, name, |data| unpacked(data).collect()))?)
}

fn bytes<'a>(cell: &'a OnceLock<Vec<u8>>, c: &Connection, name: &str) -> Result<&'a [u8], StoreError> {
    Ok(once(cell, || blob(c, name, <[u8]>::to_vec))?)
}

/// The numbers of a blob.
fn unpacked(data: &[u8]) -> impl Iterator<Item = u32> + '_ {
    data.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

/// What is in the cell, loaded now where it was not before. Where two load at a time one of them does
/// so in vain.
fn once<T>(cell: &OnceLock<T>, load: impl FnOnce() -> Result<T, StoreError>) -> Result<&T, StoreError> {
    if let Some(loaded) = cell.get() {
        return Ok(loaded);
    }
    let loaded = load()?;
    Ok(cell.get_or_init(|| loaded))
}

/// The list of that name, which is written as JSON; an empty one where there is none.
fn list<T: serde::de::DeserializeOwned>(c: &Connection, name: &str) -> Result<Vec<T>, StoreError> {
    let read =
        blob(c, name, |data| if data.is_empty() { Ok(Vec::new()) } else { serde_json::from_slice(data) })?;
    read.map_err(|error| StoreError::Damaged(error.to_string()))
}

/// The blob of that name as `read` takes it; what it makes of nothing where there is none.
fn blob<T>(c: &Connection, name: &str, read: impl FnOnce(&[u8]) -> T) -> Result<T, StoreError> {
    let mut statement = c.prepare_cached("SELECT data FROM snapshot_column WHERE name = ?")?;
    let mut rows = statement.query([name])?;
    Ok(match rows.next()? {
        Some(row) => read(row.get_ref(0)?.as_blob().map_err(|e| StoreError::Damaged(e.to_string()))?),
        None => read(&[]),
    })
}
