//! Everything on screen.

mod setup;

use anyhow::bail;

pub use setup::{Extractor, Setup};

use crate::cli::RenderArgs;
use crate::model::{Annotations, Document};

/// Opens the screen and stays until the user quits.
///
/// # Errors
/// When the terminal or a store fails.
pub fn run(_setup: Setup) -> anyhow::Result<()> {
    bail!("this build has no screen; use `waqai extract`")
}

/// Prints one document as the screen would show it.
///
/// # Errors
/// When standard output fails.
pub fn render_file(_args: &RenderArgs, _document: &Document, _found: &Annotations) -> anyhow::Result<()> {
    bail!("this build has no screen; use `waqai extract`")
}
