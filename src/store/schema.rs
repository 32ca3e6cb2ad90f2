//! Opening the two databases: who they are, how they behave, what tables they have.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::StoreError;

/// Marks an index file (`waqI`), so that no other database is ever taken for one and emptied.
pub(super) const INDEX_ID: i64 = 0x7761_7149;
/// Marks a verdict log (`waqV`).
pub(super) const LOG_ID: i64 = 0x7761_7156;
/// The format of the index, a hash (FNV-1a, 31 bits) of its tables, so that no change of them can be
/// forgotten, and of how the columns are written; another one is thrown away and built anew.
pub(super) const INDEX_VERSION: i64 = {
    let (bytes, mut hash, mut at) = (INDEX_TABLES.as_bytes(), 0x811c_9dc5_u32 ^ COLUMNS_FORMAT, 0);
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    (hash >> 1) as i64
};
/// Counts how often the way has changed in which the columns are written.
const COLUMNS_FORMAT: u32 = 1;
/// The format of the verdict log; a newer one is refused, an older one migrated.
pub(super) const LOG_VERSION: i64 = 2;

/// How long a writer waits for another before it gives up.
const BUSY: Duration = Duration::from_secs(10);

/// The tables of the index. What is long stands apart from what is read by the row. `type` and
/// `status` are indexes into the orders of [`crate::model`]'s enums. `snapshot` tells of the columns
/// made from these tables ([`super::columns`]), and whether the tables have changed since. `event_words`
/// has the keys of the folded words of an event's sentence, four bytes each, the lowest first.
pub(super) const INDEX_TABLES: &str = "
CREATE TABLE file (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    position INTEGER NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    version TEXT NOT NULL
);
CREATE TABLE skipped (
    file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
    name TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX skipped_file ON skipped (file);
CREATE TABLE document (
    key INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    stamp TEXT NOT NULL,
    hash TEXT NOT NULL,
    published TEXT,
    basis TEXT,
    events INTEGER NOT NULL
);
CREATE INDEX document_file ON document (file, id);
CREATE INDEX document_id ON document (id);
CREATE INDEX document_hash ON document (hash);
CREATE TABLE content (
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    meta TEXT NOT NULL,
    text TEXT NOT NULL,
    annotations TEXT NOT NULL
);
CREATE TABLE entity (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    kind TEXT NOT NULL
);
CREATE TABLE event (
    key INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    date TEXT,
    type INTEGER NOT NULL,
    status INTEGER NOT NULL,
    confidence REAL NOT NULL,
    rule TEXT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    extent_start INTEGER NOT NULL,
    extent_end INTEGER NOT NULL
);
CREATE INDEX event_document ON event (document);
CREATE INDEX event_id ON event (id);
CREATE TABLE event_actor (
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    entity INTEGER NOT NULL,
    n INTEGER NOT NULL,
    role INTEGER NOT NULL,
    PRIMARY KEY (event, entity)
) WITHOUT ROWID;
CREATE TABLE event_place (
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    entity INTEGER NOT NULL,
    PRIMARY KEY (event, entity)
) WITHOUT ROWID;
CREATE TABLE snapshot (
    generation INTEGER NOT NULL,
    events INTEGER NOT NULL,
    stale INTEGER NOT NULL
);
INSERT INTO snapshot (generation, events, stale) VALUES (0, 0, 0);
CREATE TABLE snapshot_column (
    name TEXT PRIMARY KEY,
    data BLOB NOT NULL
);
CREATE TABLE word (
    key INTEGER PRIMARY KEY,
    folded TEXT NOT NULL UNIQUE
);
CREATE TABLE event_words (
    event INTEGER PRIMARY KEY REFERENCES event ON DELETE CASCADE,
    words BLOB NOT NULL
);
";

/// The table of the verdict log and the triggers that keep it append-only. Records that were written in
/// one go have the same `batch`, the number of the first of them.
pub(super) const LOG_TABLES: &str = "
CREATE TABLE verdict (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    reviewer TEXT NOT NULL,
    at TEXT NOT NULL,
    judgement TEXT NOT NULL CHECK (judgement IN
        ('accept', 'reject', 'skip', 'correct', 'missed', 'note', 'undo')),
    document TEXT NOT NULL,
    hash TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    event TEXT NOT NULL,
    before TEXT,
    after TEXT,
    undoes INTEGER REFERENCES verdict (seq),
    note TEXT,
    batch INTEGER,
    CHECK ((judgement = 'undo') = (undoes IS NOT NULL))
);
CREATE INDEX verdict_event ON verdict (event);
CREATE TRIGGER verdict_no_update BEFORE UPDATE ON verdict BEGIN
    SELECT RAISE(ABORT, 'the verdict log is append-only');
END;
CREATE TRIGGER verdict_no_delete BEFORE DELETE ON verdict BEGIN
    SELECT RAISE(ABORT, 'the verdict log is append-only');
END;
CREATE TRIGGER verdict_no_replace BEFORE INSERT ON verdict
WHEN EXISTS (SELECT 1 FROM verdict WHERE seq = new.seq) BEGIN
    SELECT RAISE(ABORT, 'the verdict log is append-only');
END;
";

/// What makes a log of format 1 one of format 2.
pub(super) const LOG_MIGRATION: &str = "ALTER TABLE verdict ADD COLUMN batch INTEGER";

/// Which of the two a file is to be.
pub(super) struct Kind {
    pub(super) id: i64,
    pub(super) expected: &'static str,
    /// `PRAGMA synchronous`.
    synchronous: &'static str,
}

pub(super) const INDEX: Kind = Kind { id: INDEX_ID, expected: "an index of waqai", synchronous: "NORMAL" };
pub(super) const LOG: Kind = Kind { id: LOG_ID, expected: "a verdict log of waqai", synchronous: "FULL" };

/// Opens or makes the file at `path`, its folder too, and sees that it is empty or of the right kind.
/// Returns its format, 0 for an empty one.
pub(super) fn open(path: &Path, kind: &Kind) -> Result<(Connection, i64), StoreError> {
    let fault = |reason: String| StoreError::Open { path: path.to_owned(), reason };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| fault(error.to_string()))?;
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| fault(said(&error)))?;
    let checked = identify(&connection).map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => foreign(path, kind),
        _ => fault(said(&error)),
    })?;
    let version = match checked {
        Some((id, version)) if id == kind.id => version,
        None => 0,
        Some(_) => return Err(foreign(path, kind)),
    };
    configure(&connection, kind).map_err(|error| fault(said(&error)))?;
    Ok((connection, version))
}

fn foreign(path: &Path, kind: &Kind) -> StoreError {
    StoreError::Foreign { path: path.to_owned(), expected: kind.expected }
}

/// What `SQLite` said, without the wrapping.
fn said(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(text)) => text.clone(),
        error => error.to_string(),
    }
}

/// Application id and format; none for a database without any table.
fn identify(connection: &Connection) -> rusqlite::Result<Option<(i64, i64)>> {
    connection.busy_timeout(BUSY)?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables == 0 {
        return Ok(None);
    }
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    Ok(Some((number("application_id")?, number("user_version")?)))
}

/// Sets what a connection of this kind needs.
pub(super) fn configure(connection: &Connection, kind: &Kind) -> rusqlite::Result<()> {
    write_ahead(connection)?;
    connection.pragma_update(None, "synchronous", kind.synchronous)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Turns the write-ahead log on. Where another connection does so at this moment `SQLite` gives up at
/// once, whatever its busy timeout, so it is asked again until that time is over.
fn write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let begun = Instant::now();
    loop {
        // The answer is the mode that was reached: `memory` for a database without a file.
        match connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())) {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && begun.elapsed() < BUSY =>
            {
                std::thread::sleep(Duration::from_millis(5));
            }
            done => return done,
        }
    }
}

/// Makes the tables of an empty database, marked with who it is.
pub(super) fn create(connection: &Connection, id: i64, version: i64, tables: &str) -> rusqlite::Result<()> {
    connection
        .execute_batch(&format!("PRAGMA application_id = {id}; PRAGMA user_version = {version}; {tables}"))
}
