//! Where a run has its events from: the lexicon (the program's own, the user's folder, and what
//! `--lexicon` adds), or another extraction that `--events` names.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::{Common, config_folder, stream};
use crate::corpus::{ReadOptions, Skipped, Source, one_line};
use crate::extract;
use crate::formats::exchange::{self, Given};
use crate::lexicon::Lexicon;
use crate::model::{Annotations, Document};
use crate::store::{content_hash, extractor_version};

/// The lexicon, compiled when it is first needed: a start on unchanged documents does without.
pub(super) enum Words {
    /// Nothing but the program's own.
    Builtin,
    /// With the user's additions.
    Extended(Box<Lexicon>, String),
    /// No lexicon: events of another extraction, and what of them could not be read.
    Given(Box<Given>, Vec<Skipped>),
}

impl Words {
    /// The lexicon for these options. The user's own folder is `lexicon` in the configuration folder
    /// of the program.
    ///
    /// # Errors
    /// The first fault in a file of the user's; where `--events` names nothing that can be read.
    pub(super) fn new(common: &Common) -> anyhow::Result<Self> {
        if let Some(path) = &common.events {
            return match exchange::read(path, common.events_format) {
                Ok(import) => {
                    let faults = import.faults.clone();
                    Ok(Self::Given(Box::new(Given::new(import)), faults))
                }
                Err(fault) => bail!("{}", one_line(&fault.to_string())),
            };
        }
        let own = config_folder().map(|folder| folder.join("lexicon"));
        let mut folders: Vec<PathBuf> = own.into_iter().filter(|folder| folder.is_dir()).collect();
        folders.extend(common.lexicon.iter().cloned());
        if folders.is_empty() {
            return Ok(Self::Builtin);
        }
        let lexicon = Lexicon::load(&folders)?;
        Ok(Self::Extended(Box::new(lexicon), fingerprint(&folders)))
    }

    /// What the result of an extraction depends on, besides the document.
    pub(super) fn version(&self) -> String {
        match self {
            Self::Builtin => extractor_version(""),
            Self::Extended(_, fingerprint) => extractor_version(fingerprint),
            Self::Given(given, _) => extractor_version(&given.fingerprint()),
        }
    }

    /// Finds what stands in `document`.
    pub(super) fn extract(&self, document: &Document) -> Annotations {
        match self {
            Self::Builtin => extract::extract(document, Lexicon::builtin()),
            Self::Extended(lexicon, _) => extract::extract(document, lexicon),
            Self::Given(given, _) => given.annotations(document).0,
        }
    }

    /// What is wrong with the events that were handed over: what could not be read of them, what does
    /// not fit its document among `sources`, and documents that are not there. None for a lexicon.
    ///
    /// # Errors
    /// Where the documents come from standard input, which can be read but once.
    pub(super) fn faults(&self, sources: &[Source], read: &ReadOptions) -> anyhow::Result<Vec<Skipped>> {
        let Self::Given(given, faults) = self else { return Ok(Vec::new()) };
        if sources.iter().any(|source| Path::new(&source.name) == Path::new("-")) {
            bail!("--events needs the documents as files: they are read twice");
        }
        let mut faults = faults.clone();
        let mut seen = HashSet::new();
        let work = |document: Document| (given.number(&document), given.annotations(&document).1);
        stream::each(sources, read, work, |result| {
            // What cannot be read is told by whoever reads it in earnest.
            if let Ok((number, mut wrong)) = result {
                seen.extend(number);
                faults.append(&mut wrong);
            }
            anyhow::Ok(())
        })?;
        faults.extend(given.unseen(&seen));
        Ok(faults)
    }
}

/// A hash of the files that were loaded; a file that cannot be read any more counts as empty.
fn fingerprint(folders: &[PathBuf]) -> String {
    let mut all = String::new();
    for folder in folders {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|end| end == "toml"));
        paths.sort();
        for path in paths {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            all.push_str(&content_hash(&text));
        }
    }
    content_hash(&all)
}
