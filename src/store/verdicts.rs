//! The log of verdicts: append-only, of several reviewers, never rewritten. Undo appends.
//!
//! A verdict that [`VerdictLog::append`] has returned is on the disk: the file is in WAL mode with
//! `synchronous=FULL`, each verdict its own transaction, and triggers refuse to change or delete.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::{Connection, Row, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::StoreError;
use super::schema::{self, LOG, LOG_ID, LOG_MIGRATION, LOG_TABLES, LOG_VERSION};
use super::selector::Selector;

/// What a reviewer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Judgement {
    /// Right in every field.
    Accept,
    /// No event, or a wrong one.
    Reject,
    /// Seen, left open.
    Skip,
    /// Right after the change from `before` to `after`.
    Correct,
    /// An event that was not found; `after` holds it.
    Missed,
    /// A remark, no judgement.
    Note,
    /// Takes back the record that `undoes` names; of an undo, restores what that one took back.
    Undo,
}

impl Judgement {
    const NAMES: [(Self, &'static str); 7] = [
        (Self::Accept, "accept"),
        (Self::Reject, "reject"),
        (Self::Skip, "skip"),
        (Self::Correct, "correct"),
        (Self::Missed, "missed"),
        (Self::Note, "note"),
        (Self::Undo, "undo"),
    ];

    /// The name in the log.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(judgement, _)| *judgement == self).map_or("", |(_, name)| name)
    }

    fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, n)| *n == name).map(|(judgement, _)| *judgement)
    }
}

/// What a verdict says: a record of the log before the log has numbered it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewVerdict {
    /// Who says it.
    pub reviewer: String,
    /// What is said; [`Judgement::Undo`] comes from [`VerdictLog::undo`] and [`VerdictLog::redo`] alone.
    pub judgement: Judgement,
    /// Id of the document.
    pub document: String,
    /// SHA-256 of the document's text, in hexadecimal.
    pub hash: String,
    /// The trigger of the event, or the words marked as a missed one.
    pub selector: Selector,
    /// Id of the event; empty for a missed one.
    pub event_id: String,
    /// The annotation that was judged, in full.
    pub before: Option<Value>,
    /// The annotation as it should be.
    pub after: Option<Value>,
    /// A remark.
    pub note: Option<String>,
}

/// A record of the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Its place in the log, growing from 1.
    pub seq: i64,
    /// When it was said, to the millisecond.
    pub at: DateTime<Utc>,
    /// What was said.
    #[serde(flatten)]
    pub said: NewVerdict,
    /// The record that this one takes back.
    pub undoes: Option<i64>,
    /// The number of the first record that was written in one go with this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<i64>,
}

/// The log, open for reading and appending.
#[derive(Debug)]
pub struct VerdictLog {
    connection: Connection,
    path: PathBuf,
}

const COLUMNS: &str =
    "seq, reviewer, at, judgement, document, hash, start, end, exact, prefix, suffix, event,
                       before, after, undoes, note, batch";

impl VerdictLog {
    /// Opens the log at `path`, or makes it, its folder too.
    ///
    /// # Errors
    /// When it cannot be opened, made or written, is something else, or comes from a newer version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let (mut connection, version) = schema::open(path, &LOG)?;
        if version > LOG_VERSION {
            return Err(StoreError::Newer { path: path.to_owned(), found: version, known: LOG_VERSION });
        }
        let fault =
            |error: rusqlite::Error| StoreError::Open { path: path.to_owned(), reason: error.to_string() };
        // Taking the write lock here tells at once, not at the first verdict, that nothing can be
        // written, and keeps two that start together from both making the tables.
        let transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        let made: i64 =
            transaction.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(fault)?;
        if made == 0 {
            schema::create(&transaction, LOG_ID, LOG_VERSION, LOG_TABLES).map_err(fault)?;
        } else {
            if made == 1 {
                transaction.execute(LOG_MIGRATION, []).map_err(fault)?;
            }
            // An idle lock does not touch the file; writing its mark does.
            transaction.pragma_update(None, "user_version", LOG_VERSION).map_err(fault)?;
        }
        transaction.commit().map_err(fault)?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a verdict. When this returns, it is on the disk.
    ///
    /// # Errors
    /// [`StoreError::NotSaved`] when it is not; nothing of it is in the log then.
    pub fn append(&mut self, verdict: &NewVerdict) -> Result<Verdict, StoreError> {
        self.in_transaction(|transaction| insert(transaction, verdict, None, None))
    }

    /// Writes several verdicts, all of them or none, to be taken back together. When this returns, they
    /// are on the disk.
    ///
    /// # Errors
    /// As [`VerdictLog::append`].
    pub fn append_all(&mut self, verdicts: &[NewVerdict]) -> Result<(), StoreError> {
        self.in_transaction(|transaction| {
            let batch = next(transaction)?;
            verdicts.iter().try_for_each(|verdict| insert(transaction, verdict, None, Some(batch)).map(drop))
        })
    }

    /// Takes back the newest verdict of `reviewer` that still stands, with all that was given in one go
    /// with it, and returns the records that do so; none where there is nothing to take back.
    ///
    /// # Errors
    /// As [`VerdictLog::append`].
    pub fn undo(&mut self, reviewer: &str) -> Result<Vec<Verdict>, StoreError> {
        self.take_back(reviewer, |log| {
            let undone = undone(log);
            log.iter().rev().find(|v| v.said.judgement != Judgement::Undo && !undone.contains(&v.seq))
        })
    }

    /// Restores what `reviewer` took back last, unless they have judged since; none where there is
    /// nothing to restore.
    ///
    /// # Errors
    /// As [`VerdictLog::append`].
    pub fn redo(&mut self, reviewer: &str) -> Result<Vec<Verdict>, StoreError> {
        self.take_back(reviewer, |log| {
            let undone = undone(log);
            let judged: HashSet<i64> =
                log.iter().filter(|v| v.said.judgement != Judgement::Undo).map(|v| v.seq).collect();
            let last = judged.iter().copied().max().unwrap_or(0);
            log.iter().rev().find(|v| {
                v.seq > last
                    && v.undoes.is_some_and(|target| judged.contains(&target))
                    && !undone.contains(&v.seq)
            })
        })
    }

    /// Appends an undo of the record that `choose` finds among those of `reviewer`, and of what was
    /// written in one go with it.
    fn take_back(
        &mut self,
        reviewer: &str,
        choose: impl Fn(&[Verdict]) -> Option<&Verdict>,
    ) -> Result<Vec<Verdict>, StoreError> {
        self.in_transaction(|transaction| {
            let log = select(transaction, "WHERE reviewer = ? ORDER BY seq", [reviewer])?;
            let Some(chosen) = choose(&log) else { return Ok(Vec::new()) };
            let gone = undone(&log);
            let together = |v: &&Verdict| {
                v.seq == chosen.seq
                    || (chosen.batch.is_some() && v.batch == chosen.batch && !gone.contains(&v.seq))
            };
            let batch = chosen.batch.map(|_| next(transaction)).transpose()?;
            let undo = |target: &Verdict| {
                let undo = NewVerdict {
                    judgement: Judgement::Undo,
                    before: None,
                    after: None,
                    note: None,
                    ..target.said.clone()
                };
                insert(transaction, &undo, Some(target.seq), batch)
            };
            log.iter().filter(together).map(undo).collect()
        })
    }

    fn in_transaction<T>(
        &mut self,
        body: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::NotSaved)?;
        let value = body(&transaction).map_err(StoreError::NotSaved)?;
        transaction.commit().map_err(StoreError::NotSaved)?;
        Ok(value)
    }

    /// The whole log, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn all(&self) -> Result<Vec<Verdict>, StoreError> {
        self.since(0)
    }

    /// The records after `seq`, oldest first; what others wrote meanwhile.
    ///
    /// # Errors
    /// When the database fails.
    pub fn since(&self, seq: i64) -> Result<Vec<Verdict>, StoreError> {
        Ok(select(&self.connection, "WHERE seq > ? ORDER BY seq", [seq])?)
    }
}

/// Which records of a log (oldest first) no longer stand, by their number. An undo that was itself
/// undone has no effect.
pub fn undone(log: &[Verdict]) -> HashSet<i64> {
    let mut undone = HashSet::new();
    for verdict in log.iter().rev() {
        if let Some(target) = verdict.undoes
            && !undone.contains(&verdict.seq)
        {
            undone.insert(target);
        }
    }
    undone
}

/// The number of the next record.
fn next(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT ifnull(max(seq), 0) + 1 FROM verdict", [], |row| row.get(0))
}

fn insert(
    connection: &Connection,
    new: &NewVerdict,
    undoes: Option<i64>,
    batch: Option<i64>,
) -> rusqlite::Result<Verdict> {
    let at = Utc::now();
    let json = |value: &Option<Value>| value.as_ref().map(Value::to_string);
    let Selector { start, end, exact, prefix, suffix } = &new.selector;
    connection
        .prepare_cached(
            "INSERT INTO verdict (reviewer, at, judgement, document, hash, start, end, exact, prefix, suffix,
             event, before, after, undoes, note, batch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            new.reviewer,
            at.to_rfc3339_opts(SecondsFormat::Millis, true),
            new.judgement.name(),
            new.document,
            new.hash,
            start,
            end,
            exact,
            prefix,
            suffix,
            new.event_id,
            json(&new.before),
            json(&new.after),
            undoes,
            new.note,
            batch,
        ])?;
    let seq = connection.last_insert_rowid();
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM verdict WHERE seq = ?"))?
        .query_row([seq], verdict)
}

fn select<P: rusqlite::Params>(
    connection: &Connection,
    tail: &str,
    values: P,
) -> rusqlite::Result<Vec<Verdict>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM verdict {tail}"))?
        .query_map(values, verdict)?
        .collect()
}

fn verdict(row: &Row<'_>) -> rusqlite::Result<Verdict> {
    use rusqlite::types::Type;
    let bad = |column: usize, error: Box<dyn std::error::Error + Send + Sync>| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error)
    };
    let json = |column: usize| -> rusqlite::Result<Option<Value>> {
        let text: Option<String> = row.get(column)?;
        text.map(|text| serde_json::from_str(&text).map_err(|e| bad(column, e.into()))).transpose()
    };
    let at: String = row.get(2)?;
    let judgement: String = row.get(3)?;
    let said = NewVerdict {
        reviewer: row.get(1)?,
        judgement: Judgement::parse(&judgement)
            .ok_or_else(|| bad(3, format!("judgement {judgement}").into()))?,
        document: row.get(4)?,
        hash: row.get(5)?,
        selector: Selector {
            start: row.get(6)?,
            end: row.get(7)?,
            exact: row.get(8)?,
            prefix: row.get(9)?,
            suffix: row.get(10)?,
        },
        event_id: row.get(11)?,
        before: json(12)?,
        after: json(13)?,
        note: row.get(15)?,
    };
    Ok(Verdict {
        seq: row.get(0)?,
        at: DateTime::parse_from_rfc3339(&at).map_err(|e| bad(2, e.into()))?.with_timezone(&Utc),
        said,
        undoes: row.get(14)?,
        batch: row.get(16)?,
    })
}
