//! `waqai [PATH]...`: the screen.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;

use super::words::Words;
use super::{Common, NOTHING_READ, config_folder, keymap, tell, theme};
use crate::corpus::{self, one_line};
use crate::review::Sample;
use crate::store::{Index, SyncOptions, default_index, default_reviews, default_session};
use crate::tui::worker::{Extractor, Relearn};
use crate::tui::{self, ScreenArgs, Setup};

pub(super) fn run(
    paths: Vec<PathBuf>,
    screen: ScreenArgs,
    sample: Option<Sample>,
    common: &Common,
) -> anyhow::Result<ExitCode> {
    // With documents on standard input keys come from the controlling terminal.
    let piped = paths.iter().any(|path| path == Path::new("-"));
    if !io::stdout().is_terminal() || !(piped || io::stdin().is_terminal()) {
        bail!(
            "browsing needs a terminal; use `waqai extract` for the events as data, `waqai render` for a text"
        );
    }
    let words = Words::new(common)?;
    let faults = words.faults(&corpus::discover(&paths).0, &common.read())?;
    let options = SyncOptions { read: common.read(), version: words.version(), first: None };
    let own = config_folder();
    let session = default_session(&paths);
    let outcome = tui::run(Setup {
        index: index(&paths, common)?,
        reviews: common.reviews.clone().or_else(default_reviews),
        reviewer: common.reviewer.clone().unwrap_or_else(login_name),
        paths,
        faults,
        options,
        relearn: relearn(common).filter(|_| !piped),
        lexicon: own
            .iter()
            .map(|folder| folder.join("lexicon"))
            .chain(common.lexicon.iter().cloned())
            .collect(),
        extract: extractor(words),
        all: common.all,
        screen,
        sample,
        keymap: keymap(),
        theme: theme(),
        session,
    })?;
    outcome.skipped.iter().for_each(tell);
    let nothing = outcome.documents == 0 && !outcome.skipped.is_empty();
    Ok(if nothing { ExitCode::from(NOTHING_READ) } else { ExitCode::SUCCESS })
}

/// What finds the events by `words`.
fn extractor(words: Words) -> Extractor {
    Box::new(move |document| words.extract(document))
}

/// What takes up the lexicon anew, where the events come from one.
fn relearn(common: &Common) -> Option<Relearn> {
    let common = common.events.is_none().then(|| common.clone())?;
    Some(Box::new(move || {
        let words = Words::new(&common).map_err(|fault| one_line(&fault.to_string()))?;
        let version = words.version();
        Ok((extractor(words), version))
    }))
}

/// The index file, none where it has to live in memory: the default place is a convenience that may
/// fail, a place that was asked for may not.
pub(super) fn index(paths: &[PathBuf], common: &Common) -> anyhow::Result<Option<PathBuf>> {
    if let Some(path) = &common.index {
        Index::open(path)?;
        return Ok(Some(path.clone()));
    }
    // Another extraction of the same documents is another index.
    let inputs: Vec<PathBuf> = paths.iter().chain(&common.events).cloned().collect();
    Ok(default_index(&inputs).filter(|path| match Index::open(path) {
        Ok(_) => true,
        Err(error) => {
            tracing::warn!(%error, "the index stays in memory");
            false
        }
    }))
}

/// Who is at the keyboard, as far as the environment tells.
fn login_name() -> String {
    let name = ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| "anonymous".to_owned())
}
