//! What stands behind a trigger: whom it is done to or with, where, and what it is only about.

use super::arguments::{Arguments, Binder};
use super::candidates::Candidate;
use super::tie::Tie;
use crate::extract::actors::{Form, HOMELAND, Mention};
use crate::extract::analysis::Traits;
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::{Classes, Proclitic, Reading};
use crate::model::{EventType, Role};

impl Binder<'_, '_> {
    /// The mentions behind a trigger, up to `right`.
    pub(super) fn behind(
        &self,
        candidate: &Candidate,
        candidates: &[Candidate],
        right: usize,
        out: &mut Arguments,
    ) {
        let end = candidate.tokens.end;
        self.aimed_at(candidate, out);
        let mut topic_until = 0;
        for m in self.inside(end..right) {
            let mention = &self.mentions[m];
            if out.actors.iter().any(|x| x.mention == m) {
                continue;
            }
            if mention.form == Form::Nisba {
                self.adjective(m, candidate, candidates, out);
                continue;
            }
            // `أكد الرئيس دعم بلاده`: his country does what he does.
            if self.is_own_country(m, out) {
                continue;
            }
            let tie = self.tie(m);
            let adjacent = mention.first == end;
            match tie {
                _ if self.goes_on(m, out) => {
                    let role = out.role(m - 1);
                    if out.places.contains(&(m - 1)) {
                        out.places.push(m);
                    } else {
                        out.add(m, role, "named together with another");
                    }
                }
                Tie::In => out.places.push(m),
                Tie::Agent => out.add(m, Role::Source, "agent of the passive"),
                Tie::About
                    if matches!(
                        candidate.kind,
                        EventType::Retreat | EventType::Support | EventType::Coerce | EventType::Concede
                    ) =>
                {
                    out.add(m, Role::Target, "behind عن");
                }
                Tie::Topic | Tie::About => topic_until = mention.end + 1,
                // `سحبت سفيرها من طهران`
                Tie::From
                    if mention.place
                        && (mention.acting == mention.entity || candidate.kind != EventType::Sanction) => {}
                Tie::From => {
                    out.add(m, if candidate.is_verb() { Role::Target } else { Role::Source }, "behind من");
                }
                Tie::With if mention.place && self.is_where(mention, candidate) => out.places.push(m),
                Tie::With if self.goal(candidate, mention, out) => out.places.push(m),
                Tie::With => out.add(m, Role::Target, "behind a preposition"),
                Tie::Bare if mention.place && mention.acting == mention.entity => out.places.push(m),
                // `معاهدة بروكسل`: where it was signed names it.
                Tie::Bare if adjacent && mention.place && candidate.kind == EventType::Agree => {
                    out.places.push(m);
                }
                Tie::Bare if adjacent && !candidate.is_verb() => {
                    let named =
                        candidate.light.is_some() && out.actors.iter().any(|x| x.role == Role::Source);
                    let itself = self.by_itself(candidate);
                    let role = if !itself && (named || objective(candidate) && !self.acts_on(m, right)) {
                        Role::Target
                    } else {
                        Role::Source
                    };
                    out.add(m, role, "genitive of the trigger");
                }
                Tie::Bare if mention.first <= topic_until && topic_until > 0 => {}
                Tie::Bare if self.is_of_time(mention.first, candidates) => {}
                Tie::Bare if candidate.is_verb() => out.add(m, Role::Target, "object of the verb"),
                Tie::Bare if candidate.kind == EventType::Consult && Self::met(mention, candidates) => {
                    out.add(m, Role::Target, "whom the purpose is to meet");
                }
                Tie::Bare if mention.first - end <= 3 && !self.predicate(candidate.tokens.start) => out.add(
                    m,
                    // `رفض الأردن تهجير الفلسطينيين`, `دعمها لسيادة لبنان`: who does it was told before.
                    if objective(candidate) && !self.by_itself(candidate)
                        || out.actors.iter().any(|x| x.role == Role::Source)
                    {
                        Role::Target
                    } else {
                        Role::Source
                    },
                    "genitive near the trigger",
                ),
                Tie::Bare => {}
            }
        }
        self.dual_places(candidate, out);
        Self::nearest_target(candidate, out);
    }

    /// Whom a light verb is aimed at, between it and its noun: `وجه إلى الرئيس رسالة`.
    fn aimed_at(&self, candidate: &Candidate, out: &mut Arguments) {
        let Some(light) = candidate.light else { return };
        if candidate.passive_light || self.a.is(light, Classes::SPEECH) {
            return;
        }
        for m in self.inside(light + 1..candidate.tokens.start) {
            let mention = &self.mentions[m];
            if out.has(m) || self.tie(m) != Tie::With || mention.form == Form::Nisba {
                continue;
            }
            if mention.place && Self::stays(mention, candidate) {
                out.places.push(m);
            } else {
                out.add(m, Role::Target, "between the light verb and its noun");
            }
        }
    }

    /// Whether `m` goes on with the mention before it, which was taken up: joined by `و`, or behind the same
    /// preposition again (`ضد هذا وضد ذاك`).
    fn goes_on(&self, m: usize, out: &Arguments) -> bool {
        if m == self.here.start || !out.has(m - 1) {
            return false;
        }
        let mention = &self.mentions[m];
        let (stop, again) = (self.mentions[m - 1].end + 1, mention.first - 1);
        let repeats = |r: &Reading| r.conjunction && r.proclitic.is_none();
        mention.conjunction && mention.first <= stop
            || again <= stop && self.governs(again) && self.a.readings(again).iter().any(repeats)
    }

    /// Whether the genitive `m` of a noun is who does it, since whom it is done to stands behind a
    /// preposition: `إفراج تركيا عن القس`, `قصف إسرائيل لغزة`.
    fn acts_on(&self, m: usize, right: usize) -> bool {
        let next = m + 1;
        self.here.contains(&next)
            && self.mentions[next].end <= right
            && self.mentions[next].first - self.mentions[m].end <= 2
            && (self.tie(next) == Tie::About || self.mentions[next].proclitic == Some(Proclitic::Li))
    }

    /// Who something is done to stands next to it; the further ones belong to what it is about.
    /// Those who meet are many.
    fn nearest_target(candidate: &Candidate, out: &mut Arguments) {
        if candidate.kind == EventType::Consult {
            return;
        }
        let mut targets = 0;
        out.actors.retain(|x| {
            targets += usize::from(x.role == Role::Target && x.rule != "named together with another");
            x.role != Role::Target || targets <= 1
        });
    }

    /// A visit's goal is where it takes place; the state that it stands for takes part only where
    /// nobody else is met.
    fn dual_places(&self, candidate: &Candidate, out: &mut Arguments) {
        if candidate.kind != EventType::Consult {
            return;
        }
        let stands = |m: usize| self.mentions[m].acting != self.mentions[m].entity;
        let goals: Vec<usize> = out
            .actors
            .iter()
            .filter(|x| x.role == Role::Target && stands(x.mention))
            .map(|x| x.mention)
            .collect();
        if out.actors.len() > goals.len() + 1 {
            out.actors.retain(|x| !goals.contains(&x.mention));
        }
        out.places.extend(goals);
        if out.actors.len() == 1
            && let Some(&m) =
                out.places.iter().find(|&&m| stands(m) && matches!(self.tie(m), Tie::With | Tie::Bare))
        {
            out.add(m, Role::Target, "whom the visit is to");
        }
    }

    /// Whether a country is where a visit of a person goes: `زيارة إلى روسيا`.
    fn goal(&self, candidate: &Candidate, mention: &Mention, out: &Arguments) -> bool {
        let person =
            out.actors.iter().any(|x| x.role == Role::Source && self.mentions[x.mention].form == Form::Name);
        candidate.kind == EventType::Consult
            && person
            && mention.form == Form::Name
            && mention.first > 0
            && self.a.tokens.folded(mention.first - 1) == "الي"
            && !self.mentions.iter().any(|m| m.entity == mention.entity && m.form == Form::Role)
            && Self::named_as_country(mention)
    }

    /// Whether a mention names a state or a city that stands for one.
    const fn named_as_country(mention: &Mention) -> bool {
        mention.place || mention.state
    }

    /// Whether a mention stands right behind a meeting that is the purpose: `للقاء بوتين`.
    fn met(mention: &Mention, candidates: &[Candidate]) -> bool {
        candidates.iter().any(|c| {
            c.kind == EventType::Consult
                && c.proclitic == Some(Proclitic::Li)
                && c.tokens.end == mention.first
        })
    }

    /// Whether a place behind a preposition is only where it happens: towns and squares, unless help goes
    /// there, and even capitals of what is done in a place.
    const fn stays(place: &Mention, candidate: &Candidate) -> bool {
        let local = matches!(
            candidate.kind,
            EventType::Consult | EventType::Assault | EventType::Mobilize | EventType::Retreat
        );
        local || place.acting == place.entity && !matches!(candidate.kind, EventType::Aid)
    }

    /// Whether a place behind a preposition is where something happens: capitals between which something is
    /// agreed are those who do it (`المفاوضات بين طهران وواشنطن`), those between which a road leads are not.
    fn is_where(&self, place: &Mention, candidate: &Candidate) -> bool {
        let before = place.first.checked_sub(1).map_or("", |i| self.a.tokens.folded(i));
        let side = place.acting != place.entity && self.a.lexicon.particles.side.has(before);
        if side { candidate.kind == EventType::Protest } else { Self::stays(place, candidate) }
    }

    /// Whether the country of whoever acts is named with what he promises or demands for it: `أكد دعم بلاده`.
    fn is_own_country(&self, m: usize, out: &Arguments) -> bool {
        self.mentions[m].rule == HOMELAND
            && out.own_source
            && self.tie(m) == Tie::Bare
            && self.a.has(self.mentions[m].first - 1, Traits::NOUN)
    }

    /// Whether what stands at `i` is the genitive of another happening, which tells when or in spite of what:
    /// `سيطرت على المدينة بعد انسحاب الجيش`.
    fn is_of_time(&self, i: usize, candidates: &[Candidate]) -> bool {
        let noun = |c: &Candidate| {
            let before = c.tokens.start.checked_sub(1).map_or("", |b| self.a.tokens.folded(b));
            c.tokens.end == i && !c.is_verb() && self.a.lexicon.particles.aside.has(before)
        };
        candidates.iter().any(noun)
    }

    /// Whether a noun's genitive does what it tells: `انسحاب الجيش`, `استقالة الوزير`.
    pub(super) fn by_itself(&self, candidate: &Candidate) -> bool {
        let noun = self.a.tokens.folded(candidate.tokens.start);
        let host = noun.get(usize::from(candidate.prefix)..).unwrap_or(noun);
        candidate.shape == Shape::Noun && self.a.lexicon.particles.by_itself.has(host)
    }
}

/// Whether the genitive of a noun is whom it is done to (`اعتقال فلان`) rather than who does it.
const fn objective(candidate: &Candidate) -> bool {
    matches!(
        candidate.kind,
        EventType::Coerce | EventType::Assault | EventType::Retreat | EventType::Sanction
    )
}
