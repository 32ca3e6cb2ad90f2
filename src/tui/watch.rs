//! Noticing that documents have changed on disk.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::corpus;

/// An editor writes a file in several steps: so long nothing more has to happen.
const QUIET: Duration = Duration::from_millis(250);

/// Watches over what was named on the command line.
pub(super) struct Watch {
    changes: Receiver<()>,
    /// Watching ends with it.
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Begins to watch. None where the system cannot do it or nothing can change.
    pub(super) fn new(paths: &[PathBuf]) -> Option<Self> {
        let (sender, changes) = channel();
        let named: Vec<PathBuf> = paths.iter().filter_map(|path| path.canonicalize().ok()).collect();
        if named.is_empty() {
            return None;
        }
        let of_ours = named.clone();
        let told = move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| concerns(&event, &of_ours)) {
                // Nobody may be listening any more.
                let _ = sender.send(());
            }
        };
        let mut watcher = notify::recommended_watcher(told).ok()?;
        let mut watching = false;
        for path in &named {
            // A file that is replaced by another of its name is seen from its folder only.
            let (folder, mode) = match path.parent() {
                Some(folder) if !path.is_dir() => (folder, RecursiveMode::NonRecursive),
                _ => (path.as_path(), RecursiveMode::Recursive),
            };
            watching |= watcher.watch(folder, mode).is_ok();
        }
        watching.then_some(Self { changes, _watcher: watcher })
    }

    /// Waits so long for a change; whether there was one and it is over.
    pub(super) fn changed(&self, patience: Duration) -> bool {
        if self.changes.recv_timeout(patience).is_err() {
            return false;
        }
        loop {
            match self.changes.recv_timeout(QUIET) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return true,
            }
        }
    }
}

/// Whether an event is about documents: those that were named, those of folders that were named, or
/// folders in them. An index that lies among them is none.
fn concerns(event: &notify::Event, named: &[PathBuf]) -> bool {
    let document = |path: &Path| {
        let within = named.iter().any(|name| path != name.as_path() && path.starts_with(name));
        named.iter().any(|name| name == path)
            || (within && (corpus::is_document(path) || path.is_dir() || path.extension().is_none()))
    };
    !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(|path| document(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_noticed_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let news = folder.path().canonicalize().expect("a folder").join("news");
        std::fs::create_dir(&news).expect("a folder");
        let one = folder.path().join("one.txt");
        std::fs::write(&one, "خبر").expect("a file");
        let Some(watch) = Watch::new(&[news.clone(), one.clone()]) else {
            eprintln!("nothing can be watched here");
            return;
        };
        let soon = Duration::from_secs(5);
        let never = Duration::from_millis(400);
        assert!(!watch.changed(never), "nothing has changed");
        std::fs::write(news.join("a.txt"), "خبر").expect("a file");
        assert!(watch.changed(soon), "a new document");
        std::fs::write(folder.path().join("other.txt"), "خبر").expect("a file");
        std::fs::write(news.join("index.sqlite-wal"), "").expect("a file");
        assert!(!watch.changed(never), "neither of these is ours");
        let beside = folder.path().join("one.txt.tmp");
        std::fs::write(&beside, "خبر آخر").expect("a file");
        std::fs::rename(beside, one).expect("a file");
        assert!(watch.changed(soon), "a document that was replaced");
        std::fs::remove_file(news.join("a.txt")).expect("a file");
        assert!(watch.changed(soon), "a document that is gone");
    }
}
