//! The reading side of a run of [`super::sync`]: files into batches of documents, on a thread of its own.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;

use super::write::Stamped;
use crate::corpus::{self, ReadOptions, Skipped, Source};

/// Documents and bytes of text after which a batch is full.
const BATCH: (usize, usize) = (128, 2 * 1024 * 1024);

/// What the reading thread says.
pub(super) enum Message {
    Document(usize, Box<Stamped>),
    Skipped(usize, Skipped),
    /// All of that source was sent.
    End(usize),
}

/// Reads the sources `stale` and sends their documents in batches until done or nobody listens.
pub(super) fn send_all(
    sources: &[Source],
    stale: &[usize],
    version: &str,
    options: &ReadOptions,
    cancel: &AtomicBool,
    sender: &SyncSender<Vec<Message>>,
) {
    let mut batch = Vec::new();
    let mut bytes = 0;
    for &source in stale {
        let mut documents = corpus::documents(&sources[source], options);
        loop {
            if cancel.load(Ordering::Relaxed) {
                return;
            }
            let next = documents.next();
            let end = next.is_none();
            batch.push(match next {
                Some(Ok(document)) => {
                    bytes += document.text.len();
                    Message::Document(source, Box::new(Stamped::new(document, version)))
                }
                Some(Err(skipped)) => Message::Skipped(source, skipped),
                None => Message::End(source),
            });
            if batch.len() >= BATCH.0 || bytes >= BATCH.1 {
                bytes = 0;
                if sender.send(std::mem::take(&mut batch)).is_err() {
                    return;
                }
            }
            if end {
                break;
            }
        }
    }
    // Nobody listening any more is how a failed run ends.
    let _ = sender.send(batch);
}
