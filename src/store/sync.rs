//! Bringing the index up to date with its files: what did not change is not read, what was read and
//! has the same content is not extracted again, what vanished goes.
//!
//! One thread reads and hashes; while the rayon pool extracts one batch, the one before is written,
//! each batch in one transaction. A file is marked as done only when its last document is written, so that whatever
//! interrupts a run costs no more than the batch in hand.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::columns;
use super::index::Index;
use super::reading::{Message, send_all};
use super::write::{Stamped, Writer};
use super::{StoreError, content_hash};
use crate::corpus::{Format, Origin, ReadOptions, Skipped, Source, guarded};
use crate::model::{Annotations, Document};

/// Size of a file in the index whose documents are not all written yet.
const UNFINISHED: i64 = -1;

/// How long the columns stand at least while documents are read.
const LEAST_PAUSE: Duration = Duration::from_millis(900);

/// What finds the annotations of a document.
pub type Extract<'a> = dyn Fn(&Document) -> Annotations + Sync + 'a;

/// How to read and what the result depends on.
#[derive(Clone, Debug, Default)]
pub struct SyncOptions {
    /// How documents are read.
    pub read: ReadOptions,
    /// The version of extractor and lexicon ([`extractor_version`]); whatever was extracted by
    /// another one is extracted again.
    pub version: String,
    /// The id of a document whose file is read before all others.
    pub first: Option<String>,
}

/// How far a [`Index::sync`] is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files done, of those that have to be read.
    pub files: usize,
    /// Files that have to be read.
    pub of: usize,
    /// Documents read so far.
    pub documents: usize,
}

/// What a [`Index::sync`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncReport {
    /// Documents that were extracted.
    pub read: usize,
    /// Documents that stayed as they were.
    pub unchanged: usize,
    /// Documents that are no longer there.
    pub removed: usize,
    /// What could not be read or not be extracted, now or when its unchanged file was read last.
    pub skipped: Vec<Skipped>,
    /// Whether it was stopped before it was done.
    pub cancelled: bool,
}

/// The version of this very program (each build is one of its own) together with that of the
/// lexicon it uses, for [`SyncOptions::version`].
pub fn extractor_version(lexicon: &str) -> String {
    let build = std::env::current_exe().and_then(std::fs::metadata).ok().map(|meta| {
        let built = meta.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        (meta.len(), built.map_or(0, |since| since.as_nanos()))
    });
    let all = format!("{} {build:?} {lexicon}", env!("CARGO_PKG_VERSION"));
    content_hash(&all)[..16].to_owned()
}

/// A file as the index knows it.
struct Known {
    key: i64,
    size: i64,
    modified: i64,
    version: String,
}

/// A file that is being written.
struct Open {
    source: usize,
    key: i64,
    /// Keys of its documents in this run.
    seen: HashSet<i64>,
    position: u32,
    retry: bool,
}

impl Index {
    /// Makes the index hold exactly the documents of `sources`, in their order. `extract` is called
    /// for new and changed documents only, from several threads at once; `progress` after every
    /// batch. Setting `cancel` stops after the batch in hand; what is written stays.
    ///
    /// # Errors
    /// When the database fails; what was written before stays.
    pub fn sync(
        &mut self,
        sources: &[Source],
        options: &SyncOptions,
        extract: &Extract<'_>,
        progress: &mut dyn FnMut(Progress),
        cancel: &AtomicBool,
    ) -> Result<SyncReport, StoreError> {
        let version = format!("{} {:?}", options.version, options.read.published);
        let mut report = SyncReport::default();
        let mut stale = self.take_stock(sources, &version, &mut report)?;
        if let Some(first) = options.first.as_deref().map(|id| self.file_of(id)).transpose()?.flatten() {
            stale.sort_by_key(|&source| sources[source].name != first);
        }
        let progress_so_far = Progress { of: stale.len(), ..Progress::default() };
        let mut run = Run {
            sources,
            version: &version,
            writer: Writer::default(),
            open: None,
            progress: progress_so_far,
        };
        std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel(2);
            let (stale, version, read) = (&stale, &version, &options.read);
            scope.spawn(move || send_all(sources, stale, version, read, cancel, &sender));
            let mut ready: Option<Ready> = None;
            let mut pause = Pause::default();
            loop {
                let next = receiver.recv().ok();
                if cancel.load(Ordering::Relaxed) || (next.is_none() && ready.is_none()) {
                    break;
                }
                let next = next.map(|batch| run.recognise(self.connection(), batch)).transpose()?;
                let (connection, writing) = (self.connection_mut(), ready.take());
                let (found, written) = rayon::join(
                    || next.map(|work| Ready::new(work, extract)),
                    || writing.map(|done| run.write(connection, done, &mut report)).transpose(),
                );
                if written?.is_some() {
                    if pause.over() {
                        pause.after(|| self.take_snapshot())?;
                    }
                    progress(run.progress);
                }
                ready = found;
            }
            Ok::<_, StoreError>(())
        })?;
        report.cancelled = cancel.load(Ordering::Relaxed);
        self.take_snapshot()?;
        let total: i64 =
            self.connection().query_row("SELECT count(*) FROM document", [], |row| row.get(0))?;
        report.unchanged = (total as usize).saturating_sub(report.read);
        Ok(report)
    }

    /// The file that holds a document.
    fn file_of(&self, document: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT f.name FROM document AS d JOIN file AS f ON f.key = d.file WHERE d.id = ? LIMIT 1";
        Ok(self.connection().query_row(sql, [document], |row| row.get(0)).optional()?)
    }

    /// Removes what is no longer among the sources, notes their order, and tells which have to be
    /// read.
    fn take_stock(
        &mut self,
        sources: &[Source],
        version: &str,
        report: &mut SyncReport,
    ) -> Result<Vec<usize>, StoreError> {
        let transaction = self.connection_mut().transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut known = HashMap::new();
        {
            let mut files = transaction.prepare("SELECT name, key, size, modified, version FROM file")?;
            let mut rows = files.query([])?;
            while let Some(row) = rows.next()? {
                let file = Known {
                    key: row.get(1)?,
                    size: row.get(2)?,
                    modified: row.get(3)?,
                    version: row.get(4)?,
                };
                known.insert(row.get::<_, String>(0)?, file);
            }
        }
        let mut stale = Vec::new();
        let mut moved = false;
        {
            let mut place =
                transaction.prepare("UPDATE file SET position = ?1 WHERE key = ?2 AND position <> ?1")?;
            let mut faults = transaction.prepare("SELECT name, reason FROM skipped WHERE file = ?")?;
            for (position, source) in sources.iter().enumerate() {
                let file = known.remove(&source.name);
                if let Some(file) = &file {
                    moved |= place.execute(params![position as i64, file.key])? > 0;
                }
                match file {
                    Some(file) if unchanged(source, &file, version) => {
                        let rows = faults.query_map([file.key], |row| {
                            Ok(Skipped::new(row.get::<_, String>(0)?, row.get::<_, String>(1)?))
                        })?;
                        for skipped in rows {
                            report.skipped.push(skipped?);
                        }
                    }
                    _ => stale.push(position),
                }
            }
        }
        for file in known.into_values() {
            moved = true;
            let sql = "SELECT count(*) FROM document WHERE file = ?";
            report.removed += transaction.query_row(sql, [file.key], |row| row.get::<_, i64>(0))? as usize;
            transaction.execute("DELETE FROM file WHERE key = ?", [file.key])?;
        }
        if moved {
            transaction.execute("UPDATE snapshot SET stale = 1", [])?;
        }
        transaction.commit()?;
        Ok(stale)
    }

    /// Makes the columns anew where the tables have changed since.
    fn take_snapshot(&mut self) -> Result<(), StoreError> {
        let transaction = self.connection_mut().transaction_with_behavior(TransactionBehavior::Immediate)?;
        let stale: bool = transaction.query_row("SELECT stale FROM snapshot", [], |row| row.get(0))?;
        if stale {
            columns::write(&transaction)?;
            transaction.commit()?;
            self.renew()?;
        }
        Ok(())
    }
}

fn unchanged(source: &Source, file: &Known, version: &str) -> bool {
    // The time of change says nothing of pipes and of what is compiled in; their content decides.
    matches!(source.origin, Origin::File(_))
        && source.format != Format::Sniff
        && source.modified != 0
        && file.size == source.size as i64
        && file.modified == source.modified
        && file.version == version
}

/// When the columns are made anew while documents are read: seldom enough that it costs little.
#[derive(Default)]
struct Pause {
    since: Option<Instant>,
    cost: Duration,
}

impl Pause {
    fn over(&self) -> bool {
        self.since.is_none_or(|since| since.elapsed() >= LEAST_PAUSE.max(self.cost * 10))
    }

    fn after<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        *self = Self { since: Some(Instant::now()), cost: start.elapsed() };
        done
    }
}

/// The writing side of a run.
struct Run<'a> {
    sources: &'a [Source],
    version: &'a str,
    writer: Writer,
    /// The file in hand; a batch may end in the middle of one.
    open: Option<Open>,
    progress: Progress,
}

/// A message, and for a document its key in the index if it is there with the same content.
type Recognised = (Message, Option<i64>);

/// A batch with what was found in its new documents.
struct Ready {
    work: Vec<Recognised>,
    found: Vec<Option<Result<Annotations, Skipped>>>,
}

impl Ready {
    fn new(work: Vec<Recognised>, extract: &Extract<'_>) -> Self {
        let found = work
            .par_iter()
            .map(|(message, same)| match message {
                Message::Document(_, stamped) if same.is_none() => {
                    let document = &stamped.document;
                    Some(guarded(&document.id, || extract(document)))
                }
                _ => None,
            })
            .collect();
        Self { work, found }
    }
}

impl Run<'_> {
    /// Looks up which documents of a batch the index has with the same content.
    fn recognise(&self, connection: &Connection, batch: Vec<Message>) -> Result<Vec<Recognised>, StoreError> {
        let mut work = Vec::with_capacity(batch.len());
        for message in batch {
            let same = match &message {
                Message::Document(source, stamped) => self.same(connection, *source, stamped)?,
                Message::Skipped(..) | Message::End(_) => None,
            };
            work.push((message, same));
        }
        Ok(work)
    }

    /// Writes a batch in one transaction.
    fn write(
        &mut self,
        connection: &mut Connection,
        ready: Ready,
        report: &mut SyncReport,
    ) -> Result<(), StoreError> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("UPDATE snapshot SET stale = 1", [])?;
        let mut progress = self.progress;
        for (message, _) in &ready.work {
            match message {
                Message::Document(..) => progress.documents += 1,
                Message::End(_) => progress.files += 1,
                Message::Skipped(..) => {}
            }
        }
        self.write_all(&transaction, ready, report)?;
        transaction.commit()?;
        self.progress = progress;
        Ok(())
    }

    fn write_all(
        &mut self,
        transaction: &Transaction<'_>,
        ready: Ready,
        report: &mut SyncReport,
    ) -> Result<(), StoreError> {
        for ((message, same), found) in ready.work.into_iter().zip(ready.found) {
            match message {
                Message::Document(source, stamped) => {
                    let open = self.open(transaction, source)?;
                    let (file, position) = (open.key, open.position);
                    open.position += 1;
                    let key = if let Some(found) = found {
                        // Without annotations it can still be read.
                        let annotations = match found {
                            Ok(annotations) => annotations,
                            Err(skipped) => {
                                self.skip(transaction, source, skipped, report)?;
                                Annotations::default()
                            }
                        };
                        transaction
                            .prepare_cached("DELETE FROM document WHERE file = ? AND id = ?")?
                            .execute(params![file, stamped.document.id])?;
                        report.read += 1;
                        self.writer.document(transaction, file, position, &stamped, &annotations)?
                    } else {
                        let key = same.unwrap_or_default();
                        let there = transaction
                            .prepare_cached("UPDATE document SET position = ? WHERE key = ?")?
                            .execute(params![position, key])?;
                        // Another program may have written the same file meanwhile.
                        self.open(transaction, source)?.retry |= there == 0;
                        key
                    };
                    self.open(transaction, source)?.seen.insert(key);
                }
                Message::Skipped(source, skipped) => self.skip(transaction, source, skipped, report)?,
                Message::End(source) => self.close(transaction, source, report)?,
            }
        }
        Ok(())
    }

    /// Notes what could not be read.
    fn skip(
        &mut self,
        transaction: &Transaction<'_>,
        source: usize,
        skipped: Skipped,
        report: &mut SyncReport,
    ) -> Result<(), StoreError> {
        let open = self.open(transaction, source)?;
        open.retry |= skipped.retry;
        transaction
            .prepare_cached("INSERT INTO skipped (file, name, reason) VALUES (?, ?, ?)")?
            .execute(params![open.key, skipped.name, skipped.reason])?;
        report.skipped.push(skipped);
        Ok(())
    }

    /// The key of the document in the index that has the same content, if there is one.
    fn same(
        &self,
        connection: &Connection,
        source: usize,
        stamped: &Stamped,
    ) -> Result<Option<i64>, StoreError> {
        let key = connection
            .prepare_cached(
                "SELECT d.key FROM document AS d JOIN file AS f ON f.key = d.file
                 WHERE f.name = ? AND d.id = ? AND d.stamp = ?",
            )?
            .query_row(params![self.sources[source].name, stamped.document.id, stamped.stamp], |row| {
                row.get(0)
            })
            .optional()?;
        Ok(key)
    }

    /// The file of that source, marked as unfinished in the index when it is first asked for.
    fn open(&mut self, transaction: &Transaction<'_>, source: usize) -> Result<&mut Open, StoreError> {
        if self.open.as_ref().is_none_or(|open| open.source != source) {
            let key = transaction
                .prepare_cached(
                    "INSERT INTO file (name, position, size, modified, version) VALUES (?1, ?2, ?3, 0, '')
                     ON CONFLICT (name) DO UPDATE SET position = ?2, size = ?3 RETURNING key",
                )?
                .query_row(params![self.sources[source].name, source as i64, UNFINISHED], |row| row.get(0))?;
            transaction.prepare_cached("DELETE FROM skipped WHERE file = ?")?.execute([key])?;
            self.open = Some(Open { source, key, seen: HashSet::new(), position: 0, retry: false });
        }
        Ok(self.open.as_mut().expect("was set in the lines above"))
    }

    /// Drops the documents that the file no longer has and marks it as done.
    fn close(
        &mut self,
        transaction: &Transaction<'_>,
        source: usize,
        report: &mut SyncReport,
    ) -> Result<(), StoreError> {
        let version = self.version;
        let Source { size, modified, .. } = self.sources[source];
        let open = self.open(transaction, source)?;
        let mut keys = transaction.prepare_cached("SELECT key FROM document WHERE file = ?")?;
        let gone: Vec<i64> = keys
            .query_map([open.key], |row| row.get(0))?
            .filter(|key| !key.as_ref().is_ok_and(|key| open.seen.contains(key)))
            .collect::<Result<_, _>>()?;
        for key in &gone {
            transaction.prepare_cached("DELETE FROM document WHERE key = ?")?.execute([key])?;
        }
        report.removed += gone.len();
        let size = if open.retry { UNFINISHED } else { size as i64 };
        transaction
            .prepare_cached("UPDATE file SET size = ?, modified = ?, version = ? WHERE key = ?")?
            .execute(params![size, modified, version, open.key])?;
        self.open = None;
        Ok(())
    }
}
