//! What lists and counts run over: the events of the index as columns of numbers, a million of them
//! in a few dozen megabytes. They are made from the tables when a reading ends ([`build`]), kept in
//! the index as blobs, and each is loaded when it is first asked for, so that the first screen waits
//! for none that it does not show.
//!
//! An event's number is its place in the order of dates: by first day, then the value, the document,
//! the place in the text.

mod build;
mod cell;

use std::io::Read as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use cell::Cell;
use rusqlite::{Connection, MAIN_DB, OptionalExtension};

use super::StoreError;
use super::entities::KnownEntity;
use super::index::{DocumentRow, PackedDocument};
use super::wording::{Told, Wording};
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
const TOLD_FAR: &str = "told_far";
const TOLD_START: &str = "told_start";

/// Bytes of a blob that are read at a time; all items fit into it without a rest.
const PIECE: usize = 64 * 1024;

/// The columns of one state of the index.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Which state.
    pub(super) generation: i64,
    /// How many events.
    pub(super) len: usize,
    rowid: Cell<Vec<u32>>,
    date: Cell<Vec<u32>>,
    kind: Cell<Vec<u8>>,
    confidence: Cell<Vec<u8>>,
    document: Cell<Vec<u32>>,
    by_text: Cell<Vec<u32>>,
    by_rowid: Cell<Vec<u32>>,
    text_start: Cell<Vec<u32>>,
    actor: Cell<Vec<u32>>,
    actor_start: Cell<Vec<u32>>,
    place: Cell<Vec<u32>>,
    place_start: Cell<Vec<u32>>,
    dates: Cell<Vec<DateValue>>,
    rule: Cell<Vec<u32>>,
    wording: Cell<Wording>,
    entities: Cell<Vec<KnownEntity>>,
    documents: Cell<Arc<Vec<DocumentRow>>>,
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
        for entity in self.entities(&c)? {
            entity.names.sounds();
        }
        Ok(())
    }

    /// Loads what the first screen asks for after the documents, in the order in which it does.
    pub(super) fn load_ahead(&self, c: &Connection) -> Result<(), StoreError> {
        self.kind(c)?;
        self.date(c)?;
        self.dates(c)?;
        self.rowid(c)?;
        self.told_in(c, 0)?;
        Ok(())
    }

    /// The words in which the events are told.
    pub(super) fn wording(&self, c: &Connection) -> Result<&Wording, StoreError> {
        self.wording.get_or_load(|| {
            let words = String::from_utf8(self.read(c, WORDS, u8::from_le_bytes)?);
            let words = words.map_err(|error| StoreError::Damaged(error.to_string()))?;
            let told = self.read(c, TOLD, u16::from_le_bytes)?;
            let far = self.read(c, TOLD_FAR, u32::from_le_bytes)?;
            let far = far.chunks_exact(2).map(|far| (far[0], far[1])).collect();
            let starts = self.read(c, TOLD_START, u32::from_le_bytes)?;
            Ok(Wording::new(words, Told::new(told, far), starts))
        })
    }

    /// The entities, in the order of their keys.
    pub(super) fn entities(&self, c: &Connection) -> Result<&[KnownEntity], StoreError> {
        self.entities.get_or_load(|| KnownEntity::all(c)).map(Vec::as_slice)
    }

    /// The documents, in order.
    pub(super) fn documents(&self, c: &Connection) -> Result<&Arc<Vec<DocumentRow>>, StoreError> {
        self.documents.get_or_load(|| {
            let rows: Vec<PackedDocument> = self.read_list(c, DOCUMENTS)?;
            Ok(Arc::new(rows.into_iter().map(DocumentRow::from).collect()))
        })
    }

    /// Keys of the events in the tables.
    pub(super) fn rowid(&self, c: &Connection) -> Result<&[u32], StoreError> {
        self.numbers(&self.rowid, c, ROWID)
    }

    /// Places in [`Columns::dates`].
    pub(super) fn date(&self, c: &Connection) -> Result<&[u32], StoreError> {
        self.numbers(&self.date, c, DATE)
    }

    /// Type and status, packed: see [`type_of`] and [`status_of`].
    pub(super) fn kind(&self, c: &Connection) -> Result<&[u8], StoreError> {
        self.bytes(&self.kind, c, KIND)
    }

    /// Confidence in hundredths.
    pub(super) fn confidence(&self, c: &Connection) -> Result<&[u8], StoreError> {
        self.bytes(&self.confidence, c, CONFIDENCE)
    }

    /// Places in [`Columns::documents`].
    pub(super) fn document(&self, c: &Connection) -> Result<&[u32], StoreError> {
        self.numbers(&self.document, c, DOCUMENT)
    }

    /// All events in the order of the documents and their texts.
    pub(super) fn by_text(&self, c: &Connection) -> Result<&[u32], StoreError> {
        self.numbers(&self.by_text, c, BY_TEXT)
    }

    /// All events in the order of their keys in the tables.
    pub(super) fn by_rowid(&self, c: &Connection) -> Result<&[u32], StoreError> {
        self.numbers(&self.by_rowid, c, BY_ROWID)
    }

    /// The events of the document at that place, in text order.
    pub(super) fn told_in(&self, c: &Connection, document: usize) -> Result<&[u32], StoreError> {
        let starts = self.numbers(&self.text_start, c, TEXT_START)?;
        Ok(Lists { starts, items: self.by_text(c)? }.of(document))
    }

    /// The actors of the events, to be read as [`actors_of`].
    pub(super) fn actors(&self, c: &Connection) -> Result<Lists<'_>, StoreError> {
        let starts = self.numbers(&self.actor_start, c, ACTOR_START)?;
        Ok(Lists { starts, items: self.numbers(&self.actor, c, ACTOR)? })
    }

    /// Keys of the places of the events.
    pub(super) fn places(&self, c: &Connection) -> Result<Lists<'_>, StoreError> {
        let starts = self.numbers(&self.place_start, c, PLACE_START)?;
        Ok(Lists { starts, items: self.numbers(&self.place, c, PLACE)? })
    }

    /// The rules that gave the events their types, as numbers: the one with the most events first, what
    /// came by no rule last.
    pub(super) fn rule(&self, c: &Connection) -> Result<&[u32], StoreError> {
        self.numbers(&self.rule, c, RULE)
    }

    /// The dates that there are, in their order, what has none last.
    pub(super) fn dates(&self, c: &Connection) -> Result<&[DateValue], StoreError> {
        self.dates
            .get_or_load(|| Ok(self.read_list(c, DATES)?.into_iter().map(DateValue::new).collect()))
            .map(Vec::as_slice)
    }

    fn numbers<'a>(
        &self,
        cell: &'a Cell<Vec<u32>>,
        c: &Connection,
        name: &str,
    ) -> Result<&'a [u32], StoreError> {
        cell.get_or_load(|| self.read(c, name, u32::from_le_bytes)).map(Vec::as_slice)
    }

    fn bytes<'a>(&self, cell: &'a Cell<Vec<u8>>, c: &Connection, name: &str) -> Result<&'a [u8], StoreError> {
        cell.get_or_load(|| self.read(c, name, u8::from_le_bytes)).map(Vec::as_slice)
    }

    /// The list of that name, which is written as JSON; an empty one where there is none.
    fn read_list<T: serde::de::DeserializeOwned>(
        &self,
        c: &Connection,
        name: &str,
    ) -> Result<Vec<T>, StoreError> {
        let data = self.read(c, name, u8::from_le_bytes)?;
        if data.is_empty() {
            return Ok(Vec::new());
        }
        serde_json::from_slice(&data).map_err(|error| StoreError::Damaged(error.to_string()))
    }

    /// The blob of that name as items of `N` bytes each; none where there is no such blob. It is read piece
    /// by piece, since otherwise all of it would be in memory twice.
    fn read<const N: usize, T>(
        &self,
        c: &Connection,
        name: &str,
        item: impl Fn([u8; N]) -> T,
    ) -> Result<Vec<T>, StoreError> {
        // The blob is to be found where it was looked for.
        let steady = c.is_autocommit().then(|| c.unchecked_transaction()).transpose()?;
        let sql = "SELECT generation, (SELECT rowid FROM snapshot_column WHERE name = ?) FROM snapshot";
        let found: Option<(i64, Option<i64>)> =
            c.prepare_cached(sql)?.query_row([name], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let (generation, row) = found.unwrap_or_default();
        if generation != self.generation {
            return Err(StoreError::Changed);
        }
        let Some(row) = row else { return Ok(Vec::new()) };
        let mut blob = c.blob_open(MAIN_DB, "snapshot_column", "data", row, true)?;
        let mut rest = blob.len();
        let mut items = Vec::with_capacity(rest / N);
        let mut piece = vec![0; PIECE.min(rest)];
        while rest > 0 {
            let length = PIECE.min(rest);
            let read = blob.read_exact(&mut piece[..length]);
            read.map_err(|error| StoreError::Damaged(error.to_string()))?;
            items.extend(piece[..length].as_chunks().0.iter().map(|bytes| item(*bytes)));
            rest -= length;
        }
        drop(blob);
        steady.map_or(Ok(()), rusqlite::Transaction::finish)?;
        Ok(items)
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
