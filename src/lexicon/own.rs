//! What a reviewer puts into the lexicon from the screen: an entry more at the end of a file of the
//! user's folder. What stands in the file already is never touched.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::Lexicon;
use super::source::File;
use crate::corpus::one_line;
use crate::model::{EntityKind, EventType};

/// The files that are written, without their ending; the second one where something in the first, made
/// by hand, stands in the way (`person = […]` cannot be continued).
const FILES: [&str; 3] = ["reviewed", "reviewed-2", "reviewed-3"];

/// What is put into the lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addition {
    /// An actor or place.
    Entity {
        /// What it is.
        kind: EntityKind,
        /// Its name in the text.
        name: String,
        /// Its English name; empty where none was given.
        name_en: String,
    },
    /// A trigger that is not to be taken in one sense.
    NoTrigger {
        /// Its lemma.
        lemma: String,
        /// The sense.
        kind: EventType,
    },
    /// An actor or place of the lexicon that is not to be taken.
    NoEntity {
        /// Its id.
        id: String,
    },
}

impl Addition {
    /// Sees that there is something to switch off.
    fn check(&self, lexicon: &Lexicon) -> Result<(), String> {
        match self {
            Self::Entity { name, .. } if crate::text::fold::fold_phrase(name).is_empty() => {
                Err("a name has letters".to_owned())
            }
            Self::NoTrigger { lemma, kind }
                if !lexicon.senses.iter().any(|s| *s.lemma == **lemma && s.kind == Some(*kind)) =>
            {
                Err(format!("{lemma} is no trigger of {kind}"))
            }
            Self::NoEntity { id } if lexicon.entity(id).is_none() => {
                Err(format!("{id} is not in the lexicon"))
            }
            _ => Ok(()),
        }
    }

    /// The entry in TOML, `why` as a comment above it.
    fn entry(&self, why: &str) -> String {
        let quoted = |text: &str| toml::Value::String(one_line(text)).to_string();
        let body = match self {
            Self::Entity { kind, name, name_en } => {
                // A country has to have an English name.
                let en = if name_en.is_empty() && *kind == EntityKind::Country { name } else { name_en };
                let en = if en.is_empty() { String::new() } else { format!("en = {}\n", quoted(en)) };
                format!("[[{}]]\nname = {}\n{en}", kind.name(), quoted(name))
            }
            Self::NoTrigger { lemma, kind } => {
                format!("[[off]]\nlemma = {}\ntype = \"{kind}\"\n", quoted(lemma))
            }
            Self::NoEntity { id } => format!("[[off]]\nid = {}\n", quoted(id)),
        };
        format!("\n# {}\n{body}", one_line(why))
    }
}

/// Puts `addition` into the last of the user's `folders`, which is made where there is none, and returns
/// the file. `why` goes with it as a comment. The file stands whole under its name, as it was or with the
/// entry.
///
/// # Errors
/// In one line: what cannot be read or written, what is wrong in a file, or that the lexicon has nothing
/// that could be switched off so; then nothing is changed.
pub fn add(folders: &[PathBuf], addition: &Addition, why: &str) -> Result<PathBuf, String> {
    let folder = folders.last().ok_or("no folder to write to")?;
    let there: Vec<PathBuf> = folders.iter().filter(|folder| folder.is_dir()).cloned().collect();
    // With a fault in it the lexicon would not load at the next start.
    let lexicon = Lexicon::load(&there).map_err(|fault| one_line(&fault.to_string()))?;
    addition.check(&lexicon)?;
    fs::create_dir_all(folder).map_err(|error| told(folder, &error.to_string()))?;
    let entry = addition.entry(why);
    let mut fault = String::new();
    for name in FILES {
        let path = folder.join(name).with_extension("toml");
        let before = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(told(&path, &error.to_string())),
        };
        // What is broken already is for its author to mend.
        toml::from_str::<File>(&before).map_err(|error| told(&path, error.message()))?;
        let end = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
        let after = format!("{before}{end}{entry}");
        match toml::from_str::<File>(&after) {
            Ok(_) => {
                return replace(&path, &after)
                    .map(|()| path.clone())
                    .map_err(|e| told(&path, &e.to_string()));
            }
            Err(error) => fault = told(&path, error.message()),
        }
    }
    Err(fault)
}

fn told(path: &Path, reason: &str) -> String {
    one_line(&format!("{}: {}", path.display(), reason.trim().replace('\n', " ")))
}

/// Writes the file beside its place, sees it on the disk and moves it there.
fn replace(path: &Path, content: &str) -> io::Result<()> {
    let beside = path.with_extension("toml.part");
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.write_all(content.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&beside, path)).inspect_err(|_| drop(fs::remove_file(&beside)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::blocks;
    use crate::extract::extract;
    use crate::model::{Annotations, Document};

    const TEXT: &str = "3 أيار/مايو 2021: رفضت لمياء الصفوري العرض الجديد.";

    fn found(folder: &Path) -> Annotations {
        let document = Document { text: TEXT.to_owned(), blocks: blocks(TEXT), ..Document::default() };
        extract(&document, &Lexicon::load(&[folder.to_owned()]).unwrap())
    }

    fn actor(name: &str) -> Addition {
        Addition::Entity { kind: EntityKind::Person, name: name.to_owned(), name_en: String::new() }
    }

    #[test]
    fn what_is_added_is_found_and_what_is_switched_off_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let own = vec![folder.path().join("lexicon")];
        add(&own, &actor("لمياء الصفوري"), "a.txt").unwrap();
        let events = found(&own[0]).events;
        assert_eq!(events.len(), 1);
        assert!(found(&own[0]).entities.iter().any(|e| e.name == "لمياء الصفوري"));
        let lemma = crate::extract::evidence::lemma(events[0].kind, &events[0].evidence).unwrap();
        let off = Addition::NoTrigger { lemma: lemma.to_owned(), kind: events[0].kind };
        let path = add(&own, &off, "layla\n[[person]]").unwrap();
        assert!(add(&own, &off, "").unwrap_err().contains("no trigger"), "it is off already");
        assert!(found(&own[0]).events.is_empty());
        add(&own, &Addition::NoEntity { id: "لمياء-الصفوري".into() }, "b.txt").unwrap();
        let lexicon = Lexicon::load(&own).unwrap();
        assert!(lexicon.entity("لمياء-الصفوري").is_some(), "its id stays taken");
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains("# layla\\n[[person]]\n[[off]]"), "{text}");
    }

    #[test]
    fn what_a_hand_wrote_stays() {
        let folder = tempfile::tempdir().unwrap();
        let hand = folder.path().join("reviewed.toml");
        let own = "# mine\nperson = [{ name = \"هدى\" }]";
        fs::write(&hand, own).unwrap();
        // An array written so cannot be continued: the entry goes into a file beside it.
        let path = add(&[folder.path().to_owned()], &actor("لمياء الصفوري"), "").unwrap();
        assert!(path.ends_with("reviewed-2.toml"));
        assert_eq!(fs::read_to_string(&hand).unwrap(), own);
        let off = Addition::NoTrigger { lemma: "رفض".into(), kind: EventType::Reject };
        assert_eq!(add(&[folder.path().to_owned()], &off, "").unwrap(), hand);
        assert!(fs::read_to_string(&hand).unwrap().starts_with(own));
        // What is broken stays as it is.
        fs::write(&hand, "person = [").unwrap();
        let fault = add(&[folder.path().to_owned()], &off, "").unwrap_err();
        assert!(fault.contains("reviewed.toml:1: ") && !fault.contains('\n'), "{fault}");
        assert_eq!(fs::read_to_string(&hand).unwrap(), "person = [");
        // A folder that cannot be made is said.
        fs::write(&hand, own).unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        assert!(add(&[folder.path().join("file/lexicon")], &off, "").unwrap_err().contains("file/lexicon: "));
    }
}
