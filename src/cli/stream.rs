//! Documents read on one thread, worked on by all cores, handed back in order: at most a few batches
//! are in memory at a time, however large the corpus.

use std::sync::mpsc::sync_channel;

use rayon::prelude::*;

use crate::corpus::{self, ReadOptions, Skipped, Source, guarded};
use crate::model::Document;

/// Documents and bytes of text after which a batch is full.
const BATCH: (usize, usize) = (128, 2 * 1024 * 1024);

/// Calls `work` for each document, from several threads at once, and `done` with each result, or with
/// what could not be read, in the order of the sources. Ends at the first error of `done`.
pub(super) fn each<T: Send, E>(
    sources: &[Source],
    options: &ReadOptions,
    work: impl Fn(Document) -> T + Sync,
    mut done: impl FnMut(Result<T, Skipped>) -> Result<(), E>,
) -> Result<(), E> {
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(2);
        scope.spawn(move || {
            let mut batch = Vec::new();
            let mut bytes = 0;
            for document in sources.iter().flat_map(|source| corpus::documents(source, options)) {
                bytes += document.as_ref().map_or(0, |document| document.text.len());
                batch.push(document);
                if batch.len() >= BATCH.0 || bytes >= BATCH.1 {
                    bytes = 0;
                    if sender.send(std::mem::take(&mut batch)).is_err() {
                        return;
                    }
                }
            }
            // Nobody listens any more after an error.
            let _ = sender.send(batch);
        });
        for batch in receiver {
            let results: Vec<_> = batch
                .into_par_iter()
                .map(|document| {
                    let document = document?;
                    let id = document.id.clone();
                    guarded(&id, || work(document))
                })
                .collect();
            for result in results {
                done(result)?;
            }
        }
        Ok(())
    })
}
