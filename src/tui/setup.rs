//! What the screen is started with.

use std::path::PathBuf;

use crate::model::{Annotations, Document};
use crate::store::SyncOptions;

/// Finds the annotations of a document; called from several threads.
pub type Extractor = Box<dyn Fn(&Document) -> Annotations + Send + Sync>;

/// What the screen is started with.
pub struct Setup {
    /// Files and folders; none means the documents that come with the program.
    pub paths: Vec<PathBuf>,
    /// The index file; without one the index lives in memory.
    pub index: Option<PathBuf>,
    /// The verdict log; without one verdicts cannot be given.
    pub reviews: Option<PathBuf>,
    /// Who signs verdicts.
    pub reviewer: String,
    /// How documents are read, and what the extraction depends on.
    pub options: SyncOptions,
    /// What finds the events.
    pub extract: Extractor,
    /// Whether what is denied or merely possible is shown too.
    pub all: bool,
}
