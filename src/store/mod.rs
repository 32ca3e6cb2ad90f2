//! What is kept: the derived index, which may be deleted at any time, and the log of verdicts, which
//! may not. They never share a file. This is the only place in the program that speaks SQL.

mod bits;
mod chart;
mod columns;
mod entities;
mod facets;
mod filter;
mod index;
mod places;
mod reader;
mod reading;
mod schema;
mod selection;
mod selector;
mod sync;
mod verdicts;
mod wording;
mod write;

use std::path::PathBuf;

pub use facets::{Facet, FacetRow};
pub use filter::{Filter, Sort};
pub use index::{DocumentRow, EventKey, EventRow, Index};
pub use places::{default_index, default_reviews, default_session};
pub use reader::Reader;
pub use selection::{Selected, Selection};
pub use selector::{CONTEXT, Selector};
pub use sync::{Extract, Progress, SyncOptions, SyncReport, extractor_version};
pub use verdicts::{Judgement, NewVerdict, Verdict, VerdictLog, undone};

/// Why a store could not be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file or its folder could not be opened or made.
    #[error("{}: cannot be opened: {reason}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file is something else: not a database, or one of another kind.
    #[error("{}: not {expected}; left as it is", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it should have been.
        expected: &'static str,
    },
    /// The log was written by a newer version of the program.
    #[error("{}: written by a newer version of waqai (format {found}, this one knows {known})", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format that this program knows.
        known: i64,
    },
    /// The verdict was not written.
    #[error("the verdict was not saved: {0}")]
    NotSaved(#[source] rusqlite::Error),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// The documents were read anew while they were being written out.
    #[error("the documents were read anew meanwhile; try again")]
    Changed,
    /// What the database holds is not what this program writes.
    #[error("the database holds damaged data: {0}")]
    Damaged(String),
}

/// The SHA-256 of `text` as 64 lower-case hexadecimal digits.
pub fn content_hash(text: &str) -> String {
    use sha2::{Digest, Sha256};
    use std::fmt::Write as _;
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
