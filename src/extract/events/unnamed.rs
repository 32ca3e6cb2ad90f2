//! Who is meant where nobody is named: by a pronoun, as the subject that goes on, as the one whom all is about.

use super::arguments::{Arguments, Binder};
use super::candidates::Candidate;
use super::tie::Tie;
use crate::extract::actors::Form;
use crate::lexicon::words::Classes;
use crate::model::{EventType, Role};

impl Binder<'_, '_> {
    /// Whom a preposition with a pronoun near behind the trigger means, where nobody is named: `حكم عليه
    /// بالسجن`, `وجهت إليه تهمة`.
    pub(super) fn behind_pronoun(&self, candidate: &Candidate, right: usize, out: &mut Arguments) {
        /// How many tokens behind the trigger it may stand.
        const NEAR: usize = 3;
        if out.actors.iter().any(|x| self.mentions[x.mention].first >= candidate.tokens.end) {
            return;
        }
        let end = candidate.tokens.end;
        let told = (end..right.min(end + NEAR))
            .find(|&i| self.a.lexicon.particles.to_whom.has(self.a.tokens.folded(i)));
        let Some(pronoun) = told else { return };
        let mut whom = self.other_subject(out);
        if whom.is_empty() {
            let main = self.discourse.main.filter(|&m| !self.takes_part(m, out) && self.means(pronoun, m));
            whom.extend(main);
        }
        for m in whom {
            out.add(m, Role::Target, "the pronoun behind the trigger");
        }
    }

    /// Who was spoken of before, if not already one of the participants: the subject, else the other side
    /// of the last happening of the sentence.
    pub(super) fn other_subject(&self, out: &Arguments) -> Vec<usize> {
        let known = |m: &usize| self.takes_part(*m, out);
        let subject: Vec<usize> = self.discourse.subject.iter().copied().filter(|m| !known(m)).collect();
        if !subject.is_empty() {
            return subject;
        }
        self.others(out)
    }

    /// The other side of the last happening of the sentence, if not already one of the participants.
    pub(super) fn others(&self, out: &Arguments) -> Vec<usize> {
        let others = self.discourse.others.iter().copied();
        others.filter(|m| self.here.contains(m) && !self.takes_part(*m, out)).collect()
    }

    /// Whether whoever `m` names is a participant already.
    pub(super) fn takes_part(&self, m: usize, out: &Arguments) -> bool {
        out.actors.iter().any(|x| self.mentions[x.mention].acting == self.mentions[m].acting)
    }

    /// The subject of the verb before `t` in its own sentence.
    pub(super) fn own_subject(&self, t: usize) -> Vec<usize> {
        let start = self.clauses.sentence().start;
        let inside = |&m: &usize| self.mentions[m].first >= start && self.mentions[m].first < t;
        self.discourse.subject.iter().copied().filter(inside).collect()
    }

    /// Whom a trigger without participants of its own is taken to be about: the last subject, two
    /// sides where it takes two, whoever was named last before it in its sentence, or whom the
    /// article names most.
    pub(super) fn fallback(&self, candidate: &Candidate) -> Vec<usize> {
        let t = candidate.tokens.start;
        let sentence = self.clauses.sentence();
        let subject = &self.discourse.subject;
        let own = self.own_subject(t);
        if !own.is_empty() {
            return own;
        }
        let both = candidate.light.is_some_and(|v| self.a.is(v, Classes::INCHOATIVE))
            || candidate.kind == EventType::Consult;
        if both && self.discourse.sides.len() == 2 {
            return self.discourse.sides.clone();
        }
        let named = self
            .inside(sentence.start..t)
            .filter(|&m| {
                !self.mentions[m].place
                    && self.mentions[m].form != Form::Nisba
                    && !matches!(self.tie(m), Tie::Topic | Tie::About)
            })
            .last();
        if let Some(m) = named {
            return vec![m];
        }
        if subject.is_empty() { self.discourse.main.into_iter().collect() } else { subject.clone() }
    }

    /// Whether a noun at `t` is said of whoever was spoken of: `قال إنه مستعد`.
    pub(super) fn predicate(&self, t: usize) -> bool {
        (1..=2).any(|back| {
            t.checked_sub(back).is_some_and(|i| {
                i >= self.clauses.sentence().start && self.a.is(i, Classes::PRONOUN_COMPLEMENTIZER)
            })
        })
    }

    /// Who a pronoun on a noun at `t` means: the subject of the clause, else the one spoken of.
    pub(super) fn possessor(&self, t: usize) -> Vec<usize> {
        let left = self.clauses.left(t);
        let named = self.inside(left..t).filter(|&m| {
            self.tie(m) == Tie::Bare && self.mentions[m].form != Form::Nisba && !self.mentions[m].place
        });
        // `أبلغت بغداد أنقرة رفضها`: rather the subject than who is named last.
        let own =
            self.own_subject(t).into_iter().find(|&m| self.mentions[m].first >= left && self.means(t, m));
        let own = own.or_else(|| named.last());
        own.map_or_else(|| self.discourse.subject.clone(), |m| vec![m])
    }
}
