//! A log of what the program does, written only where it is asked for.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::Context as _;
use tracing_subscriber::EnvFilter;

/// Starts logging to `file`, else to the file that `WAQAI_LOG` names, else not at all.
pub(super) fn start(file: Option<&Path>) -> anyhow::Result<()> {
    let from_environment =
        || std::env::var_os("WAQAI_LOG").filter(|name| !name.is_empty()).map(PathBuf::from);
    let Some(path) = file.map(Path::to_owned).or_else(from_environment) else { return Ok(()) };
    let log = File::options().create(true).append(true).open(&path);
    let log = log.with_context(|| format!("{}: the log cannot be written", path.display()))?;
    tracing_subscriber::fmt()
        .with_writer(Mutex::new(log))
        .with_ansi(false)
        .with_env_filter(EnvFilter::new("waqai=debug"))
        .init();
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    Ok(())
}
