//! What is loaded when it is first asked for, by whichever thread asks first.

use std::sync::{Mutex, OnceLock, PoisonError};

/// A place for it. Who asks while another loads it waits for that.
#[derive(Debug)]
pub(super) struct Cell<T> {
    loaded: OnceLock<T>,
    loading: Mutex<()>,
}

impl<T> Default for Cell<T> {
    fn default() -> Self {
        Self { loaded: OnceLock::new(), loading: Mutex::default() }
    }
}

impl<T> Cell<T> {
    /// What is in it, loaded now where it was not before; after a fault whoever asks next loads it.
    pub(super) fn get_or_load<E>(&self, load: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
        if let Some(loaded) = self.loaded.get() {
            return Ok(loaded);
        }
        let alone = self.loading.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(loaded) = self.loaded.get() {
            return Ok(loaded);
        }
        let loaded = load()?;
        let loaded = self.loaded.get_or_init(|| loaded);
        drop(alone);
        Ok(loaded)
    }
}
