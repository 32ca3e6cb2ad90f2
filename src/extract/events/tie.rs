//! How mentions are tied to what stands before them: bare, behind a preposition, or joined by `و`.

use std::ops::Range;

use super::arguments::Binder;
use super::candidates::expresses;
use crate::extract::actors::Form;
use crate::lexicon::words::{Classes, Proclitic, Reading};

/// How a mention is tied to what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// Nothing but nouns or the verb: subject, object or genitive.
    Bare,
    /// مع، بين، إلى، على، ضد، ل، ب …
    With,
    /// من
    From,
    /// من قبل، من جانب، على يد
    Agent,
    /// في، داخل …
    In,
    /// عن
    About,
    /// About, because of, according to: no participant.
    Topic,
}

impl Binder<'_, '_> {
    /// How mention `m` is tied to what stands before it.
    pub(super) fn tie(&self, m: usize) -> Tie {
        let mention = &self.mentions[m];
        match mention.proclitic {
            Some(Proclitic::Li | Proclitic::Bi) => {
                if mention.proclitic == Some(Proclitic::Li)
                    && self.before(mention.first, Classes::ATTRIBUTION)
                {
                    return Tie::Topic;
                }
                // `قصفت بالمدفعية الثقيلة`
                let head = self.a.readings(mention.first).iter().find(|r| r.proclitic == Some(Proclitic::Bi));
                let weapon = |r: &Reading| self.a.lexicon.particles.weapons.has(self.a.lexicon_word(r.word));
                if mention.form == Form::Collective && head.is_some_and(weapon) {
                    return Tie::Topic;
                }
                return if mention.proclitic == Some(Proclitic::Bi) && mention.place {
                    Tie::In
                } else {
                    Tie::With
                };
            }
            Some(Proclitic::Ka) => return Tie::Topic,
            _ => {}
        }
        // The preposition may stand before a noun that announces the place: `في مدينة حلب`.
        let mut at = mention.first;
        let mut steps = 0;
        while at > self.clauses.sentence().start && steps < 3 {
            at -= 1;
            steps += 1;
            let folded = self.a.tokens.folded(at);
            let particles = &self.a.lexicon.particles;
            match folded {
                _ if particles.agent.has(folded)
                    && at > 0
                    && matches!(self.a.tokens.folded(at - 1), "من" | "علي") =>
                {
                    return Tie::Agent;
                }
                // `برصاص الجيش`
                _ if particles.means.has(folded) => return Tie::Agent,
                _ if particles.with.has(folded) => return Tie::With,
                // `تحت حماية الشرطة`
                _ if particles.care.has(folded) => return Tie::Agent,
                // `بدخول وزارة الزراعة`
                _ if particles.going.has(folded) => return Tie::Topic,
                // `بدلا من فلان`: who was replaced.
                "من" if at > 0 && particles.successor.has(self.a.tokens.folded(at - 1)) => {
                    return Tie::With;
                }
                // `بدعم من التحالف`
                "من" if at > 0 && particles.care.has(self.a.tokens.folded(at - 1)) => return Tie::Agent,
                "من" => return Tie::From,
                "عن" => return Tie::About,
                _ if self.expresses(at) => break,
                _ if particles.topic.has(folded) => return Tie::Topic,
                _ => {}
            }
            if self.a.is(at, Classes::ATTRIBUTION) {
                return Tie::Topic;
            }
            if self.a.is(at, Classes::LOCATIVE) {
                return Tie::In;
            }
            if self.governs(at) {
                return Tie::Topic;
            }
            if let Some(cue) =
                self.a.reading_in(at, Classes::PLACE_CUE).filter(|_| mention.place || mention.state)
            {
                match cue.proclitic {
                    Some(Proclitic::Bi) => return Tie::In,
                    Some(_) => return Tie::With,
                    None => continue,
                }
            }
            break;
        }
        Tie::Bare
    }

    /// Whether a preposition at `t` governs what follows: one with a pronoun of its own (`عليه`) does
    /// not.
    pub(super) fn governs(&self, t: usize) -> bool {
        let folded = self.a.tokens.folded(t);
        let own = ["ه", "ها", "هم", "هما", "نا"].iter().any(|p| folded.ends_with(p)) && folded != "تجاه";
        self.a.is(t, Classes::PREPOSITION) && !own && !self.expresses(t)
    }

    /// Whether the word at `t` is the verb of [`expresses`].
    fn expresses(&self, t: usize) -> bool {
        expresses(self.a, t, self.clauses.sentence().end)
    }

    fn before(&self, i: usize, classes: Classes) -> bool {
        i > self.clauses.sentence().start && self.a.is(i - 1, classes)
    }

    /// The mentions of the sentence that lie in `tokens`.
    pub(super) fn inside(&self, tokens: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        self.here.clone().filter(move |&m| {
            let mention = &self.mentions[m];
            mention.first >= tokens.start
                && mention.end <= tokens.end
                && !self.clauses.in_parentheses(mention.first)
        })
    }

    /// Mentions that go on behind `m` with `و` or a comma: `روسيا وأوكرانيا`.
    pub(super) fn coordinated(&self, m: usize, limit: usize, out: &mut Vec<usize>) {
        let mut last = m;
        for next in m + 1..self.here.end {
            let (before, mention) = (&self.mentions[last], &self.mentions[next]);
            let gap = mention.first.saturating_sub(before.end);
            if mention.end > limit || gap > 1 || !mention.conjunction || mention.proclitic.is_some() {
                break;
            }
            if mention.form != Form::Nisba || before.form == Form::Nisba {
                out.push(next);
            }
            last = next;
        }
    }
}
