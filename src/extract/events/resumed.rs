//! What takes a noun up again: relative clauses that tell who brought it about (`الهجوم الذي شنته طالبان`,
//! `الزيارة التي قام بها الوزير`), and objects that a pronoun ends (`أطلقت سراحه`).

use super::arguments::{Arguments, Binder};
use super::candidates::Candidate;
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::{Classes, Reading};
use crate::model::Role;

/// How many adjectives may stand between a noun and the pronoun of its relative clause.
const ADJECTIVES: usize = 3;

impl Binder<'_, '_> {
    /// The light verb of a noun trigger in the relative clause behind it, which takes the noun up with a
    /// pronoun of its own or behind `ب` or `في`.
    pub(super) fn resuming_verb(&self, candidate: &Candidate) -> Option<usize> {
        let end = candidate.tokens.end;
        let stop = self.clauses.sentence().end.min(end + ADJECTIVES + 1);
        let relative = |i: usize| self.a.is(i, Classes::RELATIVE);
        let pronoun = (end..stop).find(|&i| !self.a.tokens.folded(i).starts_with("ال") || relative(i));
        let pronoun = pronoun.filter(|&i| candidate.shape == Shape::Noun && relative(i))?;
        let resumes = |i: usize, r: &Reading| {
            let classes = self.a.lexicon.vocabulary.word(r.word).classes;
            // What begins or takes place has no object.
            let again = || {
                !classes.contains(Classes::INCHOATIVE)
                    && self.a.lexicon.particles.again.has(self.a.tokens.folded(i + 1))
            };
            classes.contains(Classes::LIGHT)
                && !classes.intersects(Classes::SPEECH | Classes::CONSEQUENCE)
                && (r.enclitic || again())
        };
        (pronoun + 1..pronoun + 3).find(|&i| self.a.readings(i).iter().any(|r| resumes(i, r)))
    }

    /// Who brought a noun about by the verb of its relative clause, which is found with
    /// [`Self::resuming_verb`].
    pub(super) fn resumed(&self, verb: usize, out: &mut Arguments) {
        let (subject, own, rule) = self.subject(verb);
        out.own_source = own;
        let subject = if own { subject } else { self.discourse.subject.clone() };
        for m in subject {
            out.add(m, Role::Source, rule);
        }
    }

    /// Whom the pronoun means that ends the object of a trigger: `أطلقت سراحه`.
    pub(super) fn object_pronoun(&self, candidate: &Candidate, out: &mut Arguments) {
        let last = candidate.tokens.end - 1;
        // `قطعت علاقاتها`, `نقل صلاحياته` are of who does it.
        let others =
            |r: &Reading| r.enclitic && self.a.lexicon.particles.of_another.has(self.a.lexicon_word(r.word));
        if last == candidate.tokens.start || !self.a.readings(last).iter().any(others) {
            return;
        }
        let mut whom = self.other_subject(out);
        whom.retain(|&m| self.means(last, m));
        if whom.is_empty() {
            whom.extend(self.discourse.main.filter(|&m| !self.takes_part(m, out) && self.means(last, m)));
        }
        for m in whom {
            out.add(m, Role::Target, "the pronoun behind the trigger");
        }
    }
}
