//! Who does it: the subject of a verb, behind it, before it, or the one spoken of.

use std::ops::Range;

use super::arguments::{Binder, REACH};
use super::tie::Tie;
use crate::extract::actors::{Form, Mention};
use crate::extract::analysis::Traits;
use crate::lexicon::words::Classes;
use crate::model::EventType;

/// Why nobody is the subject: the verb has one, which is no actor.
pub(super) const NOBODY: &str = "";
/// Why whoever was spoken of is the subject: a pronoun before the verb says so.
pub(super) const THE_PRONOUN: &str = "the pronoun before the verb";
/// Why a mention is the subject of the verb before it.
pub(super) const BEHIND: &str = "subject behind the verb";

impl Binder<'_, '_> {
    /// The subject of the verb at token `verb`: behind it, before it in its clause, or the one
    /// spoken of. Empty where nobody is.
    pub fn subject(&self, verb: usize) -> (Vec<usize>, bool, &'static str) {
        if self.speaks(verb) {
            let own = self.discourse.subject.iter().any(|&m| self.here.contains(&m));
            return (self.discourse.subject.clone(), own, "whoever speaks");
        }
        // `قال إنه يرفض دخول فلان`: the pronoun is the subject, and none follows.
        if verb > self.clauses.sentence().start
            && self.a.is(verb - 1, Classes::PRONOUN_COMPLEMENTIZER)
            && !self.a.is(verb, Classes::PASSIVE_LIGHT)
        {
            return self.meant(verb - 1);
        }
        let left = self.topic_left(verb);
        let right = self.clauses.right(verb);
        // What agrees goes before what stands next to the verb: translated text does not always agree.
        if let Some(m) = self.fronted(verb, left, true) {
            return (self.with_conjuncts(m, left, verb), true, "subject before the verb");
        }
        let next = self.fronted(verb, left, false);
        let surely = |m: &usize| next.is_none() || self.mentions[*m].gender.is_some();
        let behind = self.following(verb, right, true).filter(surely);
        if let Some(m) = next.filter(|_| behind.is_none()) {
            return (self.with_conjuncts(m, left, verb), true, "subject before the verb");
        }
        // An adjective of the noun right behind: `أصابت صواريخ روسية ميناء`, `قصفت طائرات حربية روسية`.
        let armed = self.inside(verb + 1..right.min(verb + 5)).next().filter(|&m| {
            let first = self.mentions[m].first;
            let further = first == verb + 3
                && !self.a.has(verb + 2, Traits::DEFINITE)
                && !self.a.is(verb + 2, Classes::PREPOSITION)
                && !self.a.is_any_mark(verb + 2);
            self.mentions[m].form == Form::Nisba
                && (first == verb + 2 || further)
                && !self.a.is(verb + 1, Classes::PREPOSITION)
                && !self.is_of_speech(verb)
                && self.precedes(verb)
        });
        // `أجبر القصف الروسي ملايين الأشخاص`: whoever stands behind it is whom it is done to.
        let both = self.a.has(verb + 1, Traits::DEFINITE) && self.a.has(verb + 2, Traits::DEFINITE);
        let behind = behind
            .or_else(|| self.following(verb, right, false))
            .filter(|_| armed.is_none_or(|m| !both || self.mentions[m].first != verb + 2));
        if let Some(m) = behind {
            let mut all = vec![m];
            self.coordinated(m, right, &mut all);
            return (all, true, BEHIND);
        }
        if let Some(m) = armed {
            return (vec![m], true, "adjective of the subject");
        }
        if let Some(sides) =
            self.both_sides(verb + 1..right.min(verb + 3), true).or_else(|| self.both_sides(left..verb, true))
        {
            return (sides, true, "the two sides spoken of");
        }
        // A relative clause: the antecedent.
        if self.a.is(left, Classes::RELATIVE) {
            // `بطل حرب أنغولا الذي أعدم`: a country is not spoken of as الذي.
            let antecedent = self
                .inside(self.clauses.sentence().start..left)
                .filter(|&m| self.resumes(left, m) && self.agrees(verb, m))
                .last();
            // `أدان فلان الهجوم الذي استهدف`: the attack it is, and nobody.
            let noun = |i: usize| self.a.has(i, Traits::NOUN) && !self.a.is(i, Classes::TITLE_INNER);
            let near = |m: usize| {
                let end = self.mentions[m].end;
                left - end <= 4 && !(end..left).any(noun)
            };
            if let Some(m) = antecedent.filter(|&m| near(m)) {
                return (vec![m], false, "antecedent of the relative clause");
            }
            return (Vec::new(), false, NOBODY);
        }
        // A subject of its own that is nobody: `الغارة استهدفت`.
        if verb > left
            && self.a.tokens.folded(verb - 1).starts_with("ال")
            && !self.a.is(verb - 1, Classes::all() - Classes::OBJECT)
        {
            return (Vec::new(), false, NOBODY);
        }
        // `رسالة من فلان دعاه فيها`: a clause that tells of a noun without a relative pronoun.
        let near = self.inside(left..verb).last().filter(|&m| self.mentions[m].end == verb);
        if let Some(m) = near.filter(|&m| {
            let mention = &self.mentions[m];
            mention.form == Form::Name && mention.proclitic.is_none() && self.agrees(verb, m)
        }) {
            return (vec![m], true, "named right before the verb");
        }
        if let Some(m) = self.announced(verb) {
            return (vec![m], true, "subject before a relative clause");
        }
        if !self.discourse.together.is_empty() && plural(self.a.tokens.folded(verb)) {
            return (self.discourse.together.clone(), false, "those who met before");
        }
        (self.discourse.subject.clone(), false, "the one spoken of before")
    }

    /// Whom the pronoun at the end of token `i` before a verb means: the subject, else whoever was named last
    /// in the sentence, if they agree with it.
    fn meant(&self, i: usize) -> (Vec<usize>, bool, &'static str) {
        let mut here = self.own_subject(i);
        here.retain(|&m| self.means(i, m));
        if here.is_empty() {
            let start = self.clauses.sentence().start;
            let named = |m: &usize| {
                let mention = &self.mentions[*m];
                mention.form != Form::Nisba && !mention.place && mention.gender.is_some() && self.means(i, *m)
            };
            here.extend(self.inside(start..i).filter(named).last());
        }
        if here.is_empty() {
            (self.discourse.subject.clone(), false, THE_PRONOUN)
        } else {
            (here, true, THE_PRONOUN)
        }
    }

    /// Whether a trigger at `verb` is done by speaking, which no thing does: in `أدان الهجوم الإسرائيلي` the
    /// attack is the object.
    fn is_of_speech(&self, verb: usize) -> bool {
        self.clauses.candidates().iter().any(|c| {
            c.tokens.start == verb
                && matches!(
                    c.kind,
                    EventType::Accuse
                        | EventType::Request
                        | EventType::Reject
                        | EventType::Support
                        | EventType::Agree
                        | EventType::Concede
                )
        })
    }

    /// Whom `أن` announces as the subject of the verb that a relative clause keeps from it: `أكد أن المدعي فلان،
    /// الذي كان مكلفا بالتحقيق، قد اغتيل`.
    fn announced(&self, verb: usize) -> Option<usize> {
        let sentence = self.clauses.sentence();
        let opener = (sentence.start..verb).rev().find(|&i| self.a.is(i, Classes::COMPLEMENTIZER))?;
        let m = self.inside(opener + 1..verb).find(|&m| self.mentions[m].form != Form::Nisba)?;
        let mention = &self.mentions[m];
        let apart = usize::from(self.a.is_mark(mention.end, "،"));
        let again = self.a.is_any_mark(verb - 1)
            || self.a.lexicon.particles.stress.has(self.a.tokens.folded(verb - 1));
        (mention.first == opener + 1
            && self.a.is(mention.end + apart, Classes::RELATIVE)
            && again
            && self.agrees(verb, m))
        .then_some(m)
    }

    /// A subject before the verb, at the head of its clause: `لكن لافروف رفض`. One that does not agree
    /// stands right before it.
    fn fronted(&self, verb: usize, left: usize, agreeing: bool) -> Option<usize> {
        self.inside(left..verb)
            .filter(|&m| {
                let mention = &self.mentions[m];
                (if agreeing { self.agrees(verb, m) } else { mention.end == verb })
                    && self.heads(mention, left)
                    && (mention.form != Form::Nisba || mention.first == left + 1 && mention.end == verb)
                    && self.tie(m) == Tie::Bare
            })
            .last()
            .filter(|&m| {
                verb - self.mentions[m].end <= 6
                    && !(self.mentions[m].end..verb).any(|t| self.clauses.verb_at(t) && !self.is_auxiliary(t))
            })
    }

    /// A subject behind the verb; one that does not agree stands right behind it.
    fn following(&self, verb: usize, right: usize, agreeing: bool) -> Option<usize> {
        self.inside(verb + 1..right.min(verb + 1 + REACH))
            .find(|&m| self.mentions[m].form != Form::Nisba || self.mentions[m].first == verb + 1)
            .filter(|&m| {
                let mention = &self.mentions[m];
                self.tie(m) == Tie::Bare
                    && mention.form != Form::Nisba
                    // `حيث التقى نظيره`: his is the subject's.
                    && (mention.first > verb + 1 || !self.is_counterpart(verb, mention))
                    // `شهدت مدينة درعا مظاهرات`, but `استهدفت سيارته جنوب لبنان`.
                    && !(mention.place
                        && mention.acting == mention.entity
                        && mention.first > verb + 1
                        && !self.a.is(verb, Classes::LIGHT))
            })
            .filter(|&m| {
                if agreeing {
                    self.precedes(verb) && self.agrees(verb, m)
                } else {
                    self.mentions[m].first == verb + 1
                }
            })
            .filter(|&m| {
                self.mentions[m].first - verb <= 6
                    && !(verb + 1..self.mentions[m].first).any(|t| self.a.is_mark(t, "،") || self.governs(t))
            })
    }

    /// Whether a mention right behind a verb without a pronoun names the counterpart of its subject.
    fn is_counterpart(&self, verb: usize, mention: &Mention) -> bool {
        let verb = self.a.tokens.folded(verb);
        self.a.is(mention.first, Classes::COUNTERPART) && !verb.ends_with('ه') && !verb.ends_with("ها")
    }

    /// The first token of the clause of a verb, or of the topic that stands apart before it:
    /// `أما الرئيس فلان فدعا`, `نائب الرئيس فلان، إلى اليمين، يتحدث`.
    pub(super) fn topic_left(&self, verb: usize) -> usize {
        let start = self.clauses.sentence().start;
        let mut left = self.clauses.left(verb);
        while left > start && self.apart(left, verb) {
            let topic = self.clauses.left(left - 1);
            if (topic..left).any(|t| self.clauses.verb_at(t)) {
                break;
            }
            left = topic;
        }
        left
    }

    /// Whether the clause that begins at `left` may have its topic before it.
    fn apart(&self, left: usize, verb: usize) -> bool {
        matches!(self.a.tokens.folded(left), "،" | ",")
            || left == verb && self.a.tokens.folded(verb).starts_with('ف')
    }

    /// Who did what was just told, where a word at `tokens` says so: `ألقي القبض على المتهم`.
    pub(super) fn suspect(&self, tokens: Range<usize>) -> Option<&[usize]> {
        let found = tokens
            .into_iter()
            .any(|t| self.a.is(t, Classes::SUSPECT) && self.a.readings(t).iter().any(|r| r.definite));
        (found && !self.discourse.attacker.is_empty()).then_some(&self.discourse.attacker)
    }

    /// Whom `الطرفان`, `الرئيسان` and their like in these tokens mean; behind a preposition they are
    /// no subject.
    pub(super) fn both_sides(&self, tokens: Range<usize>, bare: bool) -> Option<Vec<usize>> {
        let at = tokens.into_iter().find(|&t| self.a.is(t, Classes::BOTH_SIDES))?;
        if bare && at > 0 && self.a.is(at - 1, Classes::PREPOSITION) {
            return None;
        }
        let pair = if self.a.is(at, Classes::BOTH_PERSONS) {
            &self.discourse.persons
        } else if self.a.is(at, Classes::BOTH_COUNTRIES) {
            &self.discourse.countries
        } else {
            &self.discourse.sides
        };
        (pair.len() == 2).then(|| pair.clone())
    }

    fn is_auxiliary(&self, t: usize) -> bool {
        self.a.is(t, Classes::PLAIN_VERB) || self.a.is(t, Classes::NEGATION | Classes::MODAL)
    }

    /// Whether a mention stands at the head of the clause that begins at `left`.
    fn heads(&self, mention: &Mention, left: usize) -> bool {
        let gap = mention.first.saturating_sub(left);
        gap == 0 || gap <= 2 || self.a.is_any_mark(mention.first - 1) || mention.conjunction
    }

    /// A subject before the verb with those named together with it.
    fn with_conjuncts(&self, m: usize, left: usize, verb: usize) -> Vec<usize> {
        let mut all = self.conjuncts_before(m, left);
        all.push(m);
        self.coordinated(m, verb, &mut all);
        all
    }

    /// Bare mentions right before `m`, tied to it by `و`.
    fn conjuncts_before(&self, m: usize, left: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let mut at = m;
        while at > self.here.start && self.mentions[at].conjunction {
            let before = at - 1;
            let mention = &self.mentions[before];
            if mention.first < left
                || self.mentions[at].first - mention.end > 1
                || mention.form == Form::Nisba
            {
                break;
            }
            out.insert(0, before);
            at = before;
        }
        out
    }
}

/// Whether a verb's ending says that several act.
fn plural(folded: &str) -> bool {
    folded.ends_with("وا") || folded.ends_with("ون") || folded.ends_with("تا") || folded.ends_with("ان")
}
