//! Reading an index in another thread than the one that has it open.

use std::path::PathBuf;

use tempfile::TempPath;

use super::StoreError;
use super::index::Index;

/// The way to an index that is open already.
#[derive(Debug)]
pub struct Reader {
    path: PathBuf,
    /// The copy that was made of an index in memory; it goes when it is read.
    _copy: Option<TempPath>,
}

impl Index {
    /// A way to read what is in it now or later from another thread. An index in memory is copied.
    ///
    /// # Errors
    /// When such a copy cannot be made.
    pub fn reader(&self) -> Result<Reader, StoreError> {
        if let Some(path) = self.path() {
            return Ok(Reader { path: path.to_owned(), _copy: None });
        }
        let copy = tempfile::NamedTempFile::new()
            .map_err(|error| StoreError::Open { path: std::env::temp_dir(), reason: error.to_string() })?
            .into_temp_path();
        self.connection().execute("VACUUM INTO ?", [copy.to_string_lossy()])?;
        Ok(Reader { path: copy.to_path_buf(), _copy: Some(copy) })
    }
}

impl Reader {
    /// Opens it.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn open(&self) -> Result<Index, StoreError> {
        Index::open(&self.path)
    }
}
