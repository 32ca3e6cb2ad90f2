//! Who suffers what a verb tells though he stands where its subject stands: unvocalised, `قتل` and `عين`
//! are spelled alike in the active and the passive.

use super::arguments::{Argument, Arguments, Binder};
use super::candidates::Candidate;
use super::subject::BEHIND;
use crate::extract::actors::Form;
use crate::extract::analysis::Traits;
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::{Classes, Reading};
use crate::model::{EventType, Role};
use crate::text::fold::fold_phrase;

impl Binder<'_, '_> {
    /// Turns the source of a verb into its target where the verb is done to him: `قتل القائد في غارة`,
    /// `أقال الرئيس رئيس الحكومة وعين فلانا خلفا له`.
    pub(super) fn turn_round(&self, candidate: &Candidate, out: &mut Arguments) {
        if candidate.shape != Shape::Perfect || candidate.enclitic || !out.own_source {
            return;
        }
        let verb = candidate.tokens.start;
        let behind = |x: &Argument| x.rule == BEHIND && self.mentions[x.mention].first > verb;
        let Some(subject) = out.actors.iter().rposition(behind) else { return };
        let end = self.mentions[out.actors[subject].mention].end;
        // `أودى بحياة عشرة جنود`: the genitive of what a phrase ends with.
        let phrase = candidate.tokens.len() > 1
            && self.mentions[out.actors[subject].mention].first == candidate.tokens.end
            && self.a.readings(candidate.tokens.end - 1).first().is_some_and(|r| r.proclitic.is_some());
        let hostile = matches!(candidate.kind, EventType::Assault | EventType::Coerce | EventType::Accuse);
        let appointed = !hostile && self.becomes(end);
        let suffers = self.dies(end) || self.a.is(verb, Classes::SUFFERING) && self.has_no_object(end);
        // Who acted before acts again: `أعلن الرئيس … وأعفى نائبه`.
        let mut before = Vec::new();
        if self.a.has(verb, Traits::JOINED) {
            before = self.own_subject(verb);
            before.retain(|&m| !out.has(m) && self.agrees(verb, m));
        }
        let addressed = !before.is_empty() && self.is_addressed(candidate, out);
        if !appointed && !suffers && !phrase && !addressed {
            return;
        }
        for x in out.actors.iter_mut().filter(|x| behind(x)) {
            x.role = Role::Target;
        }
        for m in before {
            out.add(m, Role::Source, "subject of the verb before");
        }
    }

    /// Whether the only one behind a verb that needs an object is its object, since its subject was told
    /// before: `رفض الوزير الاتهام واتهم المعارضة بالكذب`.
    fn is_addressed(&self, candidate: &Candidate, out: &Arguments) -> bool {
        let particles = &self.a.lexicon.particles;
        let lemma = fold_phrase(&self.a.lexicon.senses[candidate.sense as usize].lemma);
        let [x] = out.actors.as_slice() else { return false };
        particles.needs_object.has(&lemma)
            || particles.asks.has(&lemma) && self.mentions[x.mention].form == Form::Collective
    }

    /// Whether the word at `i` says what somebody becomes: an office in the accusative.
    fn becomes(&self, i: usize) -> bool {
        let folded = self.a.tokens.folded(i);
        self.a.lexicon.particles.successor.has(folded)
            || folded.ends_with('ا') && self.a.reading_in(i, Classes::TITLE).is_some_and(|r| r.prefix == 0)
    }

    /// Whether the word at `i` is what somebody met: `لقي ثلاثة متظاهرين مصرعهم`.
    fn dies(&self, i: usize) -> bool {
        let suffered = |word: &str| self.a.lexicon.particles.suffered.has(word);
        self.a.readings(i).iter().any(|r| r.enclitic && suffered(self.a.lexicon_word(r.word)))
    }

    /// Whether what follows a subject that ends before `i` is no object: a preposition, a date, a mark.
    fn has_no_object(&self, i: usize) -> bool {
        // `قتل القائد ونجله في غارة`
        let i = i + usize::from(self.a.has(i, Traits::JOINED) && !self.clauses.verb_at(i));
        let own = |r: &Reading| r.proclitic.is_some();
        self.a.is_any_mark(i)
            || self.clauses.begins(i)
            || self.governs(i)
            || self.a.is(i, Classes::SUBORDINATOR | Classes::ORDINAL | Classes::LOCATIVE)
            || self.a.readings(i).first().is_some_and(own)
            || self.a.lexicon.particles.moment.has(self.a.tokens.folded(i))
            || self.here.clone().any(|m| self.mentions[m].first == i && self.mentions[m].form == Form::Nisba)
    }
}
