//! The lexicon that a run uses: the program's own, the user's folder, and what `--lexicon` adds.

use std::path::PathBuf;

use super::{Common, config_folder};
use crate::extract;
use crate::lexicon::{Lexicon, LexiconError};
use crate::model::{Annotations, Document};
use crate::store::{content_hash, extractor_version};

/// The lexicon, compiled when it is first needed: a start on unchanged documents does without.
pub(super) enum Words {
    /// Nothing but the program's own.
    Builtin,
    /// With the user's additions.
    Extended(Box<Lexicon>, String),
}

impl Words {
    /// The lexicon for these options. The user's own folder is `lexicon` in the configuration folder
    /// of the program.
    ///
    /// # Errors
    /// The first fault in a file of the user's.
    pub(super) fn new(common: &Common) -> Result<Self, LexiconError> {
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
        }
    }

    /// Finds what stands in `document`.
    pub(super) fn extract(&self, document: &Document) -> Annotations {
        match self {
            Self::Builtin => extract::extract(document, Lexicon::builtin()),
            Self::Extended(lexicon, _) => extract::extract(document, lexicon),
        }
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
