//! Work beside the screen: files are listed, read and extracted on a thread of their own, which
//! reports over a channel. The first frame never waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::watch::Watch;
use super::writing::NotWritten;
use crate::corpus::{self, Skipped};
use crate::formats::export::Written;
use crate::model::{Annotations, Document};
use crate::store::{Index, Progress, StoreError, SyncOptions, SyncReport};

/// Finds the annotations of a document; called from several threads.
pub type Extractor = Box<dyn Fn(&Document) -> Annotations + Send + Sync>;

/// Takes up the lexicon anew: what finds the annotations from now on, and its version. A fault is one
/// line, and all stays as it was.
pub type Relearn = Box<dyn Fn() -> Result<(Extractor, String), String> + Send>;

/// What has to be read, and how.
pub struct Job {
    /// Files and folders; none means the documents that come with the program.
    pub paths: Vec<PathBuf>,
    /// What is told with what could not be read.
    pub faults: Vec<Skipped>,
    /// The index file; without one the index lives in memory and is handed over when it is done.
    pub index: Option<PathBuf>,
    /// How documents are read, and what the extraction depends on.
    pub options: SyncOptions,
    /// What finds the events.
    pub extract: Extractor,
    /// Takes up the lexicon anew, where the events come from one.
    pub relearn: Option<Relearn>,
}

/// From this many bytes on the first document is shown before anything is found in it.
const LARGE: u64 = 1024 * 1024;

/// What the thread says.
#[derive(Debug)]
pub enum Report {
    /// The first document, long and not yet in the index: there is time to read in it.
    Text(Box<Document>),
    /// So far.
    Progress(Progress),
    /// Done.
    Done {
        /// What was done; what could not be listed is among the skipped.
        report: SyncReport,
        /// The index, where it lives in memory.
        index: Option<Box<Index>>,
    },
    /// The work stopped, in one line.
    Failed(String),
    /// So many events are written, of so many.
    Writing {
        /// So far.
        done: usize,
        /// All.
        of: usize,
    },
    /// The writing of a file has ended.
    Wrote {
        /// Its name.
        file: String,
        /// What was written, or why nothing was.
        result: Result<Written, NotWritten>,
    },
    /// The work stopped at a fault in the program.
    Broken,
}

/// What the thread is asked for.
#[derive(Debug, Default)]
struct Asked {
    /// To stop reading.
    stop: AtomicBool,
    /// To read again what has changed.
    again: AtomicBool,
    /// To take up the lexicon anew, and then the document of that id first.
    relearn: Mutex<Option<String>>,
    /// To end.
    end: AtomicBool,
}

impl Asked {
    fn wants_to_relearn(&self) -> bool {
        self.relearn.lock().is_ok_and(|asked| asked.is_some())
    }

    fn take_relearn(&self) -> Option<String> {
        self.relearn.lock().ok()?.take()
    }
}

/// The running work. It reads, then waits for documents to change and reads again. Dropping it asks
/// the thread to end and does not wait.
#[derive(Debug)]
pub struct Worker {
    reports: Receiver<Report>,
    asked: Arc<Asked>,
}

/// How often the thread looks whether it is asked for something while nothing changes.
const LOOK: Duration = Duration::from_millis(100);

impl Worker {
    /// Starts the work.
    pub fn start(mut job: Job) -> Self {
        let (sender, reports) = channel();
        let asked = Arc::new(Asked::default());
        let told = Arc::clone(&asked);
        thread::spawn(move || {
            // What comes through standard input comes once. An index in memory is handed over and made
            // anew when that is asked for.
            let once = job.paths.iter().any(|path| path.as_os_str() == "-");
            let watch = if once || job.index.is_none() { None } else { Watch::new(&job.paths) };
            loop {
                // The screen may be gone when a report comes: then nobody wants it.
                let mut say = |report| drop(sender.send(report));
                let end = match catch_unwind(AssertUnwindSafe(|| run(&job, &mut say, &told.stop))) {
                    Ok(Ok((report, index))) => Report::Done { report, index },
                    Ok(Err(e)) => Report::Failed(e.to_string()),
                    Err(_) => Report::Broken,
                };
                if sender.send(end).is_err() || once || !wait(watch.as_ref(), &told) {
                    return;
                }
                told.stop.store(false, Ordering::Relaxed);
                if let Some(first) = told.take_relearn() {
                    match job.relearn.as_ref().map(|relearn| relearn()) {
                        Some(Ok((extract, version))) => {
                            (job.extract, job.options.version) = (extract, version);
                            job.options.first = Some(first);
                        }
                        // It is read again all the same, with what was known before.
                        Some(Err(why)) => drop(sender.send(Report::Failed(why))),
                        None => {}
                    }
                }
            }
        });
        Self { reports, asked }
    }

    /// Asks to stop reading; what is read stays.
    pub fn stop(&self) {
        self.asked.stop.store(true, Ordering::Relaxed);
    }

    /// Asks to read again what has changed.
    pub fn again(&self) {
        self.asked.again.store(true, Ordering::Relaxed);
    }

    /// Asks to take up the lexicon anew and to read all again with it, the document with the id `first`
    /// before all others. What is being read meanwhile is stopped.
    pub fn relearn(&self, first: String) {
        if let Ok(mut asked) = self.asked.relearn.lock() {
            *asked = Some(first);
        }
        self.stop();
    }

    /// The next report, if there is one.
    pub fn next(&self) -> Option<Report> {
        self.reports.try_recv().ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.asked.end.store(true, Ordering::Relaxed);
        self.stop();
    }
}

/// Waits until there is something to read again; false where there will be nothing.
fn wait(watch: Option<&Watch>, asked: &Asked) -> bool {
    loop {
        if asked.end.load(Ordering::Relaxed) {
            return false;
        }
        if asked.again.swap(false, Ordering::Relaxed) || asked.wants_to_relearn() {
            return true;
        }
        match watch {
            Some(watch) if watch.changed(LOOK) => return true,
            Some(_) => {}
            None => thread::sleep(LOOK),
        }
    }
}

/// Lists, reads and extracts; the index comes back where it has no file.
fn run(
    job: &Job,
    say: &mut (dyn FnMut(Report) + Send),
    cancel: &AtomicBool,
) -> Result<(SyncReport, Option<Box<Index>>), StoreError> {
    let (sources, mut skipped) = corpus::discover(&job.paths);
    skipped.extend(job.faults.iter().cloned());
    let mut index = match &job.index {
        Some(path) => Index::open(path)?,
        None => Index::in_memory()?,
    };
    if let Some(first) = sources.first().filter(|first| first.size >= LARGE)
        && index.documents()?.is_empty()
        // What cannot be read is told when it is its turn.
        && let Ok(document) = corpus::read(first, &job.options.read)
    {
        say(Report::Text(Box::new(document)));
    }
    let mut progress = |p| say(Report::Progress(p));
    let (options, extract) = (&job.options, &*job.extract);
    let mut read = || index.sync(&sources, options, extract, &mut progress, cancel);
    // In threads of its own: those that all share are the screen's, which would wait for a long document.
    let mut report = match rayon::ThreadPoolBuilder::new().build() {
        Ok(threads) => threads.install(read),
        Err(_) => read(),
    }?;
    skipped.append(&mut report.skipped);
    skipped.dedup_by(|a: &mut Skipped, b| a.name == b.name && a.reason == b.reason);
    report.skipped = skipped;
    Ok((report, job.index.is_none().then(|| Box::new(index))))
}
