//! Writing the events of the list to a file: on a thread of its own, with an index of its own, so that
//! one can go on reading; it tells how far it is and can be stopped.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::worker::Report;
use crate::formats::export::{Export, Written};
use crate::review::Sample;
use crate::store::{EventKey, Filter, Index, Judgement, Reader, Sort, StoreError};

/// How often it is told how far it is.
const TELL: Duration = Duration::from_millis(100);

/// What is to be written.
#[derive(Debug)]
pub struct Order {
    /// The name of the file.
    pub file: String,
    /// In which form.
    pub format: Export,
    /// Which events.
    pub filter: Filter,
    /// Which of them, where a sample is worked through.
    pub sample: Option<Sample>,
    /// The verdicts that stand, by the ids of the events.
    pub verdicts: Vec<(String, Judgement)>,
    /// The index.
    pub reader: Reader,
}

/// Why nothing was written; what stood under the name is as it was.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// It was stopped.
    #[error("stopped")]
    Stopped,
    /// The index or the file failed.
    #[error("{0}")]
    Failed(String),
}

/// The keys of the events that a filter lets through and, of these, a sample holds, in order; for a
/// sample with the ids of the events.
///
/// # Errors
/// When the index fails.
pub fn listed(
    index: &Index,
    filter: &Filter,
    sort: Sort,
    sample: Option<Sample>,
) -> Result<(Vec<EventKey>, Vec<String>), StoreError> {
    let all = index.event_keys(filter, sort)?;
    let Some(sample) = sample else { return Ok((all, Vec::new())) };
    let rows = index.rows(&all)?;
    let keys = sample.draw(&rows);
    let drawn: std::collections::HashSet<_> = keys.iter().copied().collect();
    let ids = rows.into_iter().filter(|row| drawn.contains(&row.key)).map(|row| row.event_id);
    Ok((keys, ids.collect()))
}

impl Order {
    /// Writes it, telling from time to time how far it is, until it is done or to be stopped.
    ///
    /// # Errors
    /// Why nothing was written.
    pub fn carry_out(self, say: &mut dyn FnMut(Report), stop: &AtomicBool) -> Result<Written, NotWritten> {
        let failed = |error: StoreError| NotWritten::Failed(error.to_string());
        let index = self.reader.open().map_err(failed)?;
        let verdicts = self.verdicts.iter().map(|(id, judgement)| (id.as_str(), *judgement));
        index.judged(verdicts).map_err(failed)?;
        let (keys, _) = listed(&index, &self.filter, Sort::Date, self.sample).map_err(failed)?;
        let of = keys.len();
        let (mut done, mut told) = (0, Instant::now());
        let mut selection = index.selection(keys).map_err(failed)?.map(|selected| {
            if stop.load(Ordering::Relaxed) {
                return Err(io::Error::other(NotWritten::Stopped));
            }
            let selected = selected?;
            done += selected.places.len();
            if told.elapsed() >= TELL {
                say(Report::Writing { done, of });
                told = Instant::now();
            }
            Ok(selected)
        });
        self.format.write_to(Path::new(&self.file), &mut selection, true).map_err(|error| {
            if stop.load(Ordering::Relaxed) {
                NotWritten::Stopped
            } else {
                NotWritten::Failed(error.to_string())
            }
        })
    }
}

/// A writing that goes on. Dropping it stops it and waits until nothing half written is left.
#[derive(Debug)]
pub struct Writing {
    reports: Receiver<Report>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Writing {
    /// Starts.
    pub fn start(order: Order) -> Self {
        let (sender, reports) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stop);
        let thread = thread::spawn(move || {
            let file = order.file.clone();
            // The screen may be gone when a report comes: then nobody wants it.
            let mut say = |report| drop(sender.send(report));
            let result = order.carry_out(&mut say, &told);
            say(Report::Wrote { file, result });
        });
        Self { reports, stop, thread: Some(thread) }
    }

    /// Asks to stop.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// The next report, if there is one.
    pub fn next(&self) -> Option<Report> {
        self.reports.try_recv().ok()
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        self.stop();
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}
