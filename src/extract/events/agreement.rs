//! Agreement: which mentions can be the subject of a verb by its gender, number and person.
//!
//! Before its subject a verb is singular and agrees in gender alone; behind it, in number as well; nouns
//! of several things count as one woman. What is not told agrees with everything.

use super::arguments::Binder;
use crate::lexicon::conjugator::Gender;
use crate::lexicon::words::Subjects;

impl Binder<'_, '_> {
    /// Whom the verb at token `verb` agrees with, in any of its readings.
    fn subjects(&self, verb: usize) -> Subjects {
        let vocabulary = &self.a.lexicon.vocabulary;
        let readings = self.a.readings(verb).iter().filter(|r| !r.definite);
        readings.fold(Subjects::empty(), |all, r| all | vocabulary.word(r.word).subjects)
    }

    /// Whether mention `m` can be the subject of the verb at token `verb`.
    pub(super) fn agrees(&self, verb: usize, m: usize) -> bool {
        self.fits(self.subjects(verb), m)
    }

    /// Whether the relative pronoun at token `pronoun` can resume mention `m`.
    pub(super) fn resumes(&self, pronoun: usize, m: usize) -> bool {
        let folded = self.a.tokens.folded(pronoun);
        let particles = &self.a.lexicon.particles;
        let subjects = if particles.masculine.has(folded) {
            Subjects::HE
        } else if particles.feminine.has(folded) {
            Subjects::SHE
        } else {
            Subjects::empty()
        };
        self.fits(subjects, m)
    }

    /// Whether the pronoun at the end of token `t` can mean mention `m`.
    pub(super) fn means(&self, t: usize, m: usize) -> bool {
        let folded = self.a.tokens.folded(t);
        let subjects = if folded.ends_with("ها") {
            Subjects::SHE
        } else if folded.ends_with('ه') {
            Subjects::HE
        } else {
            Subjects::empty()
        };
        self.fits(subjects, m)
    }

    fn fits(&self, subjects: Subjects, m: usize) -> bool {
        match self.mentions[m].gender {
            Some(Gender::Masculine) => subjects != Subjects::SHE,
            Some(Gender::Feminine) => subjects != Subjects::HE,
            None => true,
        }
    }

    /// Whether the verb at token `verb` is in the first person.
    pub(super) fn speaks(&self, verb: usize) -> bool {
        self.subjects(verb) == Subjects::SPEAKER
    }

    /// Whether the verb at token `verb` can have its subject behind it.
    pub(super) fn precedes(&self, verb: usize) -> bool {
        let subjects = self.subjects(verb);
        subjects.is_empty() || subjects.intersects(Subjects::HE | Subjects::SHE)
    }
}
