//! Entries that a user switches off: a trigger in one of its senses, an actor or a place.

use super::source::{File, Off};
use super::{Lexicon, LexiconError};
use crate::model::EventType;

/// What the files of the user switch off, each with its file and line.
#[derive(Debug, Default)]
pub(super) struct Switches(Vec<(String, usize, Off)>);

impl Switches {
    /// Takes what `file` switches off, whose text is `text`.
    pub(super) fn take(&mut self, name: &str, text: &str, file: &File) {
        for off in &file.off {
            let before = text.get(..off.span().start).unwrap_or_default();
            self.0.push((name.to_owned(), before.matches('\n').count() + 1, off.get_ref().clone()));
        }
    }

    /// Switches it off in `lexicon`, which holds everything else by now. A trigger that is off keeps
    /// its words: in this sense they tell of no event, and in no other one for want of it.
    ///
    /// # Errors
    /// An entry that names nothing, or what the lexicon does not have.
    pub(super) fn apply(&self, lexicon: &mut Lexicon) -> Result<(), LexiconError> {
        let mut gone = Vec::new();
        // As they were: what two entries name is no fault.
        let kinds: Vec<Option<EventType>> = lexicon.senses.iter().map(|sense| sense.kind).collect();
        for (file, line, off) in &self.0 {
            let fault = |reason: String| LexiconError { file: file.clone(), line: Some(*line), reason };
            match off {
                Off { lemma: Some(lemma), kind, id: None } => {
                    let mut known = false;
                    for (sense, was) in lexicon.senses.iter_mut().zip(&kinds) {
                        if *sense.lemma == **lemma && kind.is_none_or(|kind| kind.0 == *was) {
                            known = true;
                            sense.kind = None;
                        }
                    }
                    if !known {
                        let sense = kind.and_then(|kind| kind.0).map_or("event", |kind| kind.name());
                        return Err(fault(format!("`{lemma}` is no trigger of {sense}")));
                    }
                }
                Off { lemma: None, kind: None, id: Some(id) } => {
                    let entity = lexicon.entity(id);
                    gone.push(entity.ok_or_else(|| fault(format!("`{id}` is no id of the lexicon")))?);
                }
                _ => {
                    return Err(fault("`off` takes a `lemma` with or without its `type`, or an `id`".into()));
                }
            }
        }
        if !gone.is_empty() {
            forget(lexicon, &gone);
        }
        Ok(())
    }
}

/// Forgets all names of entities; who held an office is then not known.
fn forget(lexicon: &mut Lexicon, gone: &[u32]) {
    lexicon.phrases.forget(gone);
    lexicon.vocabulary.forget(gone);
    lexicon.variants.retain(|_, person| person.as_ref().is_none_or(|(person, _)| !gone.contains(person)));
    for holder in lexicon.offices.values_mut().flatten() {
        holder.person = holder.person.filter(|person| !gone.contains(person));
    }
}
