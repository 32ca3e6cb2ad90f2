//! What an adjective of a country behind a trigger says: who does it, or whom it is done to.

use super::arguments::{Argument, Arguments, Binder};
use super::candidates::Candidate;
use crate::extract::analysis::Traits;
use crate::lexicon::words::{Classes, Proclitic, Reading};
use crate::model::{EventType, Role};

impl Binder<'_, '_> {
    /// Takes up the adjective that mention `m` is, if its noun has a part in what the candidate tells.
    pub(super) fn adjective(
        &self,
        m: usize,
        candidate: &Candidate,
        candidates: &[Candidate],
        out: &mut Arguments,
    ) {
        let mention = &self.mentions[m];
        let end = candidate.tokens.end;
        let noun = self.modified(mention.first, candidate.tokens.start);
        if candidate.is_verb() && self.is_objects(mention.first, end, out) {
            out.add(m, Role::Target, "adjective of the object");
        } else if noun.is_some_and(|n| candidate.tokens.contains(&n)) && !candidate.is_verb() {
            out.add(m, Role::Source, "adjective of the trigger");
        } else if candidate.is_verb()
            && noun.is_some_and(|n| {
                candidate.object == Some(n) || candidates.iter().any(|c| c.tokens.start == n)
            })
        {
            out.add(m, Role::Target, "adjective of what it is about");
        } else if self.is_aimed_at(mention.first, candidate, out) {
            out.add(m, Role::Target, "adjective of what it is aimed at");
        }
    }

    /// Whether the adjective at `i` is of the object of a verb that ends before `end`, with its subject
    /// between: `استهدف الحوثيون سفينة بريطانية`.
    fn is_objects(&self, i: usize, end: usize, out: &Arguments) -> bool {
        let subject = |m: usize, noun: usize| {
            out.own_source && out.role(m) == Role::Source && out.has(m) && self.mentions[m].end == noun
        };
        self.nouns(i).any(|noun| {
            let bare = self.a.readings(noun).first().is_none_or(|r| r.proclitic.is_none());
            noun > end && bare && self.inside(end..noun).any(|m| subject(m, noun))
        })
    }

    /// Whether the adjective at `i` is of what a hostile act is aimed at or help is for, where nobody else is:
    /// `عقوبات على شركات صينية`, `غارات على مواقع إيرانية`, `دعمه للقضية الفلسطينية`.
    fn is_aimed_at(&self, i: usize, candidate: &Candidate, out: &Arguments) -> bool {
        let hostile = matches!(
            candidate.kind,
            EventType::Assault | EventType::Sanction | EventType::Coerce | EventType::Threaten
        );
        let helpful = matches!(candidate.kind, EventType::Support | EventType::Aid);
        let end = candidate.tokens.end;
        let other = |x: &Argument| x.role == Role::Target && self.mentions[x.mention].first >= end;
        (hostile || helpful)
            && !out.actors.iter().any(other)
            && self.nouns(i).any(|noun| {
                let behind = noun.checked_sub(1).map_or("", |p| self.a.tokens.folded(p));
                let own = |r: &Reading| r.proclitic == Some(Proclitic::Li);
                noun >= end
                    && (hostile && noun > end && self.a.lexicon.particles.against.has(behind)
                        || self.a.readings(noun).first().is_some_and(own))
            })
    }

    /// The nouns that an adjective without article at `i` may be of, the nearest first: `سفينة شحن يونانية`.
    fn nouns(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        const MOST: usize = 3;
        let plain = |&n: &usize| {
            !self.a.is_any_mark(n)
                && !self.a.is(n, Classes::PREPOSITION | Classes::SUBORDINATOR)
                && !self.clauses.verb_at(n)
        };
        let near = move |n: &usize| *n + 1 == i || !self.a.has(*n, Traits::DEFINITE);
        (self.clauses.sentence().start..i).rev().take(MOST).take_while(plain).take_while(near)
    }

    /// The token of the noun that an adjective at `i` goes with: the nearest noun before it, other
    /// adjectives passed over.
    fn modified(&self, i: usize, from: usize) -> Option<usize> {
        let mut at = i;
        let mut steps = 0;
        while at >= from && steps < 3 {
            at = at.checked_sub(1)?;
            steps += 1;
            if self.a.has(at, Traits::TRIGGER) {
                return Some(at);
            }
            if self.a.is_any_mark(at) || self.a.is(at, Classes::PREPOSITION) {
                return None;
            }
        }
        None
    }
}
