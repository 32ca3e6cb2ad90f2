//! Who takes part in a happening, and where: the mentions around a trigger by their place and
//! prepositions.

use std::ops::Range;

use super::candidates::Candidate;
use super::clause::Clauses;
use super::discourse::Discourse;
use super::subject::{NOBODY, THE_PRONOUN};
use super::tie::Tie;
use crate::extract::actors::{Form, Mention, PEOPLE};
use crate::extract::analysis::Analysis;
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::{Classes, Proclitic, Reading};
use crate::model::{EventType, Role};

/// How many tokens away a participant may stand.
pub(super) const REACH: usize = 28;
/// Most participants of one event.
const MOST: usize = 5;

/// What a mention is to an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Index of the mention.
    pub mention: usize,
    /// Its part.
    pub role: Role,
    /// Why, for the evidence.
    pub rule: &'static str,
}

/// The participants and places of one candidate.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a finding of its own, none excludes another")]
pub struct Arguments {
    /// Who takes part.
    pub actors: Vec<Argument>,
    /// Mentions of where it took place.
    pub places: Vec<usize>,
    /// Whether the source stands in the clause itself.
    pub own_source: bool,
    /// Whether nobody is named with the trigger and the participants are those spoken of before.
    pub inherited: bool,
    /// Whether the verb does not agree with the one spoken of, who is taken for its subject.
    pub disagrees: bool,
    /// Whether the verb is in the first person.
    pub speaks: bool,
}

/// Finds arguments in one sentence.
#[derive(Debug)]
pub struct Binder<'b, 'a> {
    /// The document's tokens.
    pub a: &'b Analysis<'a>,
    /// The clauses of the sentence.
    pub clauses: &'b Clauses<'b, 'a>,
    /// All mentions of the article.
    pub mentions: &'b [Mention],
    /// Those that stand in the sentence.
    pub here: Range<usize>,
    /// What the sentences before leave behind.
    pub discourse: &'b Discourse,
}

impl Binder<'_, '_> {
    /// Where in `behind` a purpose clause begins that closes the reach of a trigger's participants:
    /// `لإنهاء الحرب`, `من أجل`, `بهدف`; a meeting as purpose (`للقاء بوتين`) does not, nor whom a
    /// promised help is for (`لدعم الموازنة اليمنية`).
    fn purpose(
        &self,
        behind: Range<usize>,
        candidate: &Candidate,
        candidates: &[Candidate],
    ) -> Option<usize> {
        let closes = |c: &&Candidate| {
            behind.contains(&c.tokens.start)
                && c.proclitic == Some(Proclitic::Li)
                && c.shape == Shape::Noun
                && c.kind != EventType::Consult
                && !(helps(candidate) && helps(c))
        };
        let noun = candidates.iter().filter(closes).map(|c| c.tokens.start).min();
        let particles = &self.a.lexicon.particles;
        // `ليستمع`: a verb behind ل.
        let vocabulary = &self.a.lexicon.vocabulary;
        let so_that = |r: &Reading| {
            r.proclitic == Some(Proclitic::Li)
                && !r.definite
                && vocabulary.text(r.word).starts_with('ي')
                && !vocabulary.word(r.word).subjects.is_empty()
        };
        (behind.start..noun.unwrap_or(behind.end))
            .find(|&i| {
                let folded = self.a.tokens.folded(i);
                particles.purpose.has(folded)
                    || candidate.kind != EventType::Protest && particles.reason.has(folded)
                    || folded.starts_with("لي") && self.a.readings(i).iter().any(so_that)
            })
            .or(noun)
    }

    /// All arguments of a candidate.
    pub fn bind(&self, candidate: &Candidate, candidates: &[Candidate]) -> Arguments {
        let t = candidate.tokens.start;
        let left = self.clauses.left(t);
        let right = self.clauses.right(candidate.tokens.end - 1).min(t + REACH);
        let mut right = self.purpose(candidate.tokens.end..right, candidate, candidates).unwrap_or(right);
        let mut out = Arguments::default();
        let mut nobody = self.is_aside(candidate);
        if let Some(verb) = self.resuming_verb(candidate) {
            right = self.clauses.right(verb).min(t + REACH);
            self.resumed(verb, &mut out);
        } else if candidate.is_verb() || candidate.shape == Shape::Active {
            let (subject, own, rule) = self.subject(t);
            out.own_source = own;
            nobody |= !own && rule == NOBODY;
            out.speaks = self.speaks(t);
            out.disagrees = !own && subject.iter().any(|&m| !self.agrees(t, m));
            let passive = candidate.passive_light;
            // Who was accused denies, who was asked refuses: `تتهمه أنقرة …، لكنه ينفي ذلك`.
            let answered = (!own || rule == THE_PRONOUN)
                && candidate.kind == EventType::Reject
                && !self.discourse.addressed.is_empty()
                && self.discourse.addressed.iter().all(|&m| self.agrees(t, m));
            let subject = if answered { self.discourse.addressed.clone() } else { subject };
            for m in subject {
                out.add(m, if passive { Role::Target } else { Role::Source }, rule);
            }
            // Whom a pronoun on the verb means: who was spoken of before (`دعاه`, `استقبله`).
            if candidate.enclitic {
                let whom = if own { self.other_subject(&out) } else { self.others(&out) };
                for m in whom {
                    if self.means(t, m) {
                        out.add(m, Role::Target, "the pronoun on the trigger");
                    }
                }
            }
        } else if let Some(verb) = candidate.light {
            let (mut subject, own, rule) = self.subject(verb);
            out.own_source = own;
            // `تم اغتياله`: the pronoun is whom it is done to.
            if candidate.passive_light && candidate.enclitic && !own {
                subject = self.possessor(t);
            }
            // `بدأت المحادثات`: the noun is the subject, and nobody else is meant.
            let itself = !own && self.a.is(verb, Classes::INCHOATIVE);
            // Who announces a death did not bring it about.
            let noun = self.a.tokens.folded(t);
            let host = noun.get(usize::from(candidate.prefix)..).unwrap_or(noun);
            let suffered = self.a.is(verb, Classes::SPEECH) && self.a.lexicon.particles.suffered.has(host);
            for m in subject.into_iter().filter(|_| !itself && !suffered) {
                let suffers = candidate.passive_light || self.a.is(verb, Classes::SUFFERING);
                out.add(m, if suffers { Role::Target } else { Role::Source }, rule);
            }
        } else if self.predicate(t) {
            for &m in &self.discourse.subject {
                out.add(m, Role::Source, "the one spoken of before");
            }
        } else if candidate.enclitic {
            for &m in &self.possessor(t) {
                out.add(m, Role::Source, "the pronoun on the trigger");
            }
        }
        self.object_pronoun(candidate, &mut out);
        self.behind(candidate, candidates, right, &mut out);
        self.turn_round(candidate, &mut out);
        if candidate.shape == Shape::Noun
            && candidate.light.is_none()
            && !out.actors.is_empty()
            && out.actors.iter().all(|x| x.role != Role::Source)
            && !Self::is_judged(candidate, candidates, left)
            && !(left..t).any(|i| self.a.lexicon.particles.reason.has(self.a.tokens.folded(i)))
        {
            for m in self.own_subject(t) {
                out.add(m, Role::Source, "subject of the sentence");
            }
        }
        // `زار موسكو والتقى بوتين`, `عاد الوفد بعد أن التقى بوتين`: one name behind a second verb of meeting is the other side.
        if candidate.kind == EventType::Consult
            && candidate.is_verb()
            && out.own_source
            && out.actors.len() == 1
            && (left..t).all(|i| self.a.is(i, Classes::SUBORDINATOR) || self.governs(i))
        {
            for m in self.own_subject(t) {
                out.add(m, Role::Source, "subject of the verb before");
            }
        }
        self.behind_pronoun(candidate, right, &mut out);
        if let Some(noun) = &candidate.circumstance
            && !out.actors.iter().any(|x| x.role == Role::Source && self.mentions[x.mention].first >= left)
        {
            let within = self.bind(noun, candidates);
            for x in within.actors.into_iter().filter(|x| x.role == Role::Source && !within.inherited) {
                out.add(x.mention, Role::Source, x.rule);
            }
        }
        if let Some(suspect) = self.suspect(t..right) {
            for &m in suspect {
                out.add(m, Role::Target, "the one who did what was told before");
            }
        }
        if let Some(sides) = self.both_sides(left..right, false)
            && out.actors.len() < 2
        {
            let persons = &self.discourse.persons;
            let leaders = self.is_summit(candidate) && persons.len() == 2;
            let sides = if leaders { persons.clone() } else { sides };
            for m in sides {
                out.add(m, Role::Participant, "the two sides spoken of");
            }
        }
        // Who announces a meeting or a resignation takes no part where those who meet or resign are named.
        let enough = if self.by_itself(candidate) { 1 } else { 2 };
        if let Some(verb) = candidate.light
            && (candidate.kind == EventType::Consult || enough == 1)
            && !candidate.enclitic
            && self.a.is(verb, Classes::SPEECH)
            && out.actors.iter().filter(|x| self.mentions[x.mention].first > t).count() >= enough
        {
            out.actors.retain(|x| self.mentions[x.mention].first > t);
        }
        // What stands before a nominal trigger in its clause as topic: `بين ترامب وبوتين`.
        if out.actors.is_empty() && !candidate.is_verb() && !nobody {
            for m in self.inside(left..t) {
                let mention = &self.mentions[m];
                if mention.form != Form::Nisba
                    && !mention.place
                    && self.tie(m) == Tie::Bare
                    && t - mention.end <= 8
                {
                    out.add(m, Role::Participant, "named before the noun");
                }
            }
        }
        // `إضراب عام في تونس`: those who protest are of the country.
        if out.actors.is_empty() && candidate.kind == EventType::Protest {
            let state = out.places.iter().copied().find(|&m| self.mentions[m].state);
            if let Some(m) = state {
                out.add(m, Role::Participant, "the country where it is");
            }
        }
        self.only_people(&mut out);
        if out.actors.is_empty() && !nobody {
            for m in self.fallback(candidate) {
                out.add(m, Role::Participant, "the one spoken of before");
            }
            out.inherited = true;
        }
        out.actors.truncate(MOST);
        out
    }

    /// Whether a noun is what somebody condemned, praised or asked for in its clause, who thus did not do it:
    /// `ندد باغتيال القيادي`.
    fn is_judged(noun: &Candidate, candidates: &[Candidate], left: usize) -> bool {
        candidates.iter().any(|c| {
            matches!(
                c.kind,
                EventType::Accuse | EventType::Support | EventType::Threaten | EventType::Request
            ) && (c.is_verb() || c.light.is_some())
                && c.tokens.start >= left
                && c.tokens.end <= noun.tokens.start
                && noun.tokens.start - c.tokens.end <= 6
        })
    }

    /// Whether a noun only tells when or in spite of what something else happened: nobody who did that is
    /// meant (`قدمت قطر مساعدات عقب انفجار المرفأ`).
    fn is_aside(&self, candidate: &Candidate) -> bool {
        let t = candidate.tokens.start;
        !candidate.is_verb()
            && candidate.light.is_none()
            && t > self.clauses.sentence().start
            && self.a.lexicon.particles.aside.has(self.a.tokens.folded(t - 1))
    }

    /// So many people of whom nothing else is told are an actor where there is no other: they suffer it.
    fn only_people(&self, out: &mut Arguments) {
        let people = |x: &Argument| self.mentions[x.mention].rule == PEOPLE;
        if out.actors.iter().all(people) {
            out.actors.iter_mut().for_each(|x| x.role = Role::Target);
        } else {
            out.actors.retain(|x| !people(x));
        }
    }

    /// Whether those who meet are the leaders themselves: `قمة بين الطرفين`.
    fn is_summit(&self, candidate: &Candidate) -> bool {
        candidate.tokens.clone().any(|i| self.a.lexicon.particles.summit.has(self.a.tokens.folded(i)))
    }
}

/// Whether help is given or promised.
const fn helps(candidate: &Candidate) -> bool {
    matches!(candidate.kind, EventType::Aid | EventType::Agree | EventType::Support)
}

impl Arguments {
    pub(super) fn add(&mut self, mention: usize, role: Role, rule: &'static str) {
        if !self.actors.iter().any(|a| a.mention == mention) {
            self.actors.push(Argument { mention, role, rule });
        }
    }

    pub(super) fn has(&self, mention: usize) -> bool {
        self.actors.iter().any(|a| a.mention == mention) || self.places.contains(&mention)
    }

    pub(super) fn role(&self, mention: usize) -> Role {
        self.actors.iter().find(|a| a.mention == mention).map_or(Role::Participant, |a| a.role)
    }
}
