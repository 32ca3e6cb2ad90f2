//! The events of one sentence: candidates in order, each bound, judged, dated and weighed.

use std::collections::BTreeSet;
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::arguments::{Arguments, Binder};
use super::candidates::{self, Candidate};
use super::clause::Clauses;
use super::dating::{self, Context};
use super::discourse::{Discourse, Pairs, remember};
use super::features::Case;
use super::light::link_light_verbs;
use super::modality::{self, Modality};
use super::score;
use super::{Article, Paragraph, Weighed};
use crate::extract::actors::Form;
use crate::extract::registry::Registry;
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::{Classes, Proclitic};
use crate::model::{BlockKind, EntityKind, Event, EventDate, EventType, Participant, Role, Span, Status};
use crate::text::TokenKind;

/// One sentence as it is read.
pub(super) struct Sentence<'s, 'x, 'a, 'l> {
    pub(super) article: &'s Article<'x, 'a>,
    pub(super) registry: &'s mut Registry<'l>,
    pub(super) paragraph: &'s Paragraph,
    pub(super) tokens: Range<usize>,
    /// What dates its events beside its own expressions.
    pub(super) context: Context<'s>,
    /// Whether candidates are wanted that are not worth telling of.
    pub(super) every: bool,
}

/// What was told before a candidate.
#[derive(Clone, Copy)]
struct Told<'t> {
    /// Whether no verb of the sentence was a trigger before it.
    first_verb: bool,
    /// The types of the events of the article.
    kinds: &'t BTreeSet<EventType>,
}

impl Sentence<'_, '_, '_, '_> {
    pub(super) fn read(
        &mut self,
        discourse: &mut Discourse,
        pairs: &mut Pairs,
        out: &mut dyn FnMut(Weighed),
    ) {
        let a = self.article.analysis;
        let mentions = self.article.mentions;
        let first = mentions.partition_point(|m| m.first < self.tokens.start);
        let last = mentions.partition_point(|m| m.first < self.tokens.end);
        let here = first..last;
        let dates = dating::inside(self.article, &self.tokens);
        // Names and dates hold no triggers.
        let mut names = vec![false; self.tokens.len()];
        let spans = dates.clone().map(|d| {
            let span = self.article.dates[d].span;
            a.tokens.at(span.start)..a.tokens.at(span.end - 1) + 1
        });
        for range in mentions[here.clone()].iter().map(|m| m.first..m.end).chain(spans) {
            for i in range.start.max(self.tokens.start)..range.end.min(self.tokens.end) {
                names[i - self.tokens.start] = true;
            }
        }
        let start = self.tokens.start;
        let taken = |i: usize| names[i - start];
        let mut candidates = candidates::find(a, self.tokens.clone(), &mentions[here.clone()], &taken);
        link_light_verbs(a, &self.tokens, &mentions[here.clone()], &mut candidates);
        let clauses = Clauses::new(a, self.tokens.clone(), &candidates);
        // Verbs in order: each may change who is spoken of.
        let mut next_verb = self.tokens.start;
        let mut first_verb = true;
        for index in 0..candidates.len() {
            let candidate = &candidates[index];
            let t = candidate.tokens.start;
            self.follow_subjects(next_verb..t, &clauses, here.clone(), discourse);
            next_verb = t;
            let binder = Binder { a, clauses: &clauses, mentions, here: here.clone(), discourse };
            let arguments = binder.bind(candidate, &candidates);
            let modality = modality::judge(a, &clauses, candidate, &candidates, &taken);
            let told = Told { first_verb, kinds: &discourse.told };
            let weighed = self.weighed(index, &arguments, &modality, &clauses, dates.clone(), told);
            if candidate.is_verb() {
                first_verb = false;
                if arguments.own_source {
                    let source: Vec<usize> = arguments
                        .actors
                        .iter()
                        .filter(|x| x.role == Role::Source)
                        .map(|x| x.mention)
                        .collect();
                    if !source.is_empty() && !clauses.in_quote(t) {
                        self.note_subject(source, discourse);
                    }
                }
            }
            if let Some(mut weighed) = weighed {
                if weighed.is_event() {
                    let states = self.states(&weighed.event, pairs);
                    discourse.told.insert(weighed.event.kind);
                    pairs.note(&arguments, mentions, states);
                    remember(&weighed.event, &arguments, discourse);
                    if let Some(states) = states {
                        discourse.states = states.to_vec();
                    }
                }
                let twin = self.twin(&mut weighed, candidate, dates.clone());
                out(weighed);
                twin.into_iter().for_each(&mut *out);
            }
        }
        self.follow_subjects(next_verb..self.tokens.end, &clauses, here, discourse);
    }

    /// A mention of each of the two states that an event's actors belong to, where they are two.
    fn states(&self, event: &Event, pairs: &Pairs) -> Option<[usize; 2]> {
        let mut countries: Vec<&str> = Vec::new();
        for participant in &event.actors {
            if let Some(country) = self.registry.get(participant.entity).country.as_deref()
                && !countries.contains(&country)
            {
                countries.push(country);
            }
        }
        let [first, second] = countries.as_slice() else { return None };
        Some([pairs.mention_of(first)?, pairs.mention_of(second)?])
    }

    /// Notes a subject; the first of a sentence is what the next sentence goes on with.
    fn note_subject(&self, subject: Vec<usize>, discourse: &mut Discourse) {
        let mentions = self.article.mentions;
        let here = |m: &usize| mentions[*m].first >= self.tokens.start;
        if !discourse.topic.iter().any(here) {
            discourse.topic.clone_from(&subject);
        }
        discourse.subject = subject;
    }

    /// Notes the subjects of verbs without event in these tokens.
    fn follow_subjects(
        &self,
        tokens: Range<usize>,
        clauses: &Clauses<'_, '_>,
        here: Range<usize>,
        discourse: &mut Discourse,
    ) {
        let a = self.article.analysis;
        let named = |i: usize| self.article.mentions[here.clone()].iter().any(|m| m.first < i && i < m.end);
        for i in tokens {
            if a.is(i, Classes::SPEECH | Classes::PLAIN_VERB | Classes::LIGHT) && !named(i) {
                let (subject, own, _) =
                    Binder { a, clauses, mentions: self.article.mentions, here: here.clone(), discourse }
                        .subject(i);
                if own && !subject.is_empty() && !clauses.in_quote(i) {
                    self.note_subject(subject, discourse);
                }
            }
        }
    }

    fn weighed(
        &mut self,
        index: usize,
        arguments: &Arguments,
        modality: &Modality,
        clauses: &Clauses<'_, '_>,
        dates: Range<usize>,
        told: Told<'_>,
    ) -> Option<Weighed> {
        let candidates = clauses.candidates();
        let candidate = &candidates[index];
        let t = candidate.tokens.start;
        let left = clauses.left(t);
        let right = clauses.right(candidate.tokens.end - 1);
        let dating = dating::date(
            self.article,
            candidate,
            clauses,
            dates,
            Context { planned: modality.status == Status::Planned, ..self.context },
            candidates,
        );
        let (actors, places) = self.participants(arguments);
        if actors.is_empty() {
            return None;
        }
        let kind = match candidate.kind {
            _ if modality.refusal.is_some() => EventType::Reject,
            // Who says that he will strike or punish threatens to.
            EventType::Sanction | EventType::Assault
                if modality.status == Status::Planned && candidate.proclitic == Some(Proclitic::Sa) =>
            {
                EventType::Threaten
            }
            kind => kind,
        };
        let case = Case {
            article: self.article,
            sentence: &self.tokens,
            clauses,
            candidate,
            candidates,
            arguments,
            modality,
            near: dating.as_ref().map(|d| d.near),
            source: actors.iter().any(|p| p.role == Role::Source),
            target: actors.iter().any(|p| p.role != Role::Source),
            several: actors.len() > 1,
            person: actors
                .iter()
                .any(|p| p.role == Role::Source && self.registry.get(p.entity).kind == EntityKind::Person),
            place: !places.is_empty(),
            caption: self.paragraph.kind == BlockKind::Caption,
            first_verb: told.first_verb,
            told: told.kinds.contains(&candidate.kind),
        };
        let features = case.features();
        let confidence = score::weights().confidence(&features);
        let status = modality.status;
        let told = if status.counts() {
            confidence >= score::weights().threshold
        } else {
            // A denied or possible happening is worth showing where it is dated or its denial was told.
            status == Status::Denied || dating.is_some()
        };
        if !told && !self.every {
            return None;
        }
        let trigger = self.trigger(candidate, modality);
        let extent = self.extent(left, right, arguments);
        let evidence = self.evidence(candidate, kind, arguments, modality, dating.as_ref());
        let date = dating.map(|d| d.date);
        let id = self.id(kind, trigger);
        Some(Weighed {
            event: Event { id, trigger, extent, kind, status, date, actors, places, confidence, evidence },
            features,
        })
    }

    /// The second of two happenings that one phrase tells with two dates (`عقدت اجتماعات في 2 يونيو
    /// و23 يوليو`): by the annotation guidelines the verb carries the first, the noun the second.
    fn twin(&self, weighed: &mut Weighed, candidate: &Candidate, mut dates: Range<usize>) -> Option<Weighed> {
        let tokens = self.article.analysis.tokens;
        let verb = candidate.light.filter(|_| !candidate.passive_light && weighed.is_event())?;
        let noun = candidate.tokens.end - 1;
        let first = weighed.event.date.as_ref().and_then(|d| d.mention)?;
        let one = &self.article.dates[dates.find(|&d| self.article.dates[d].span == first)?];
        let other = &self.article.dates[dates.next()?];
        let between = tokens.text().get(one.span.end as usize..other.span.start as usize)?;
        if between.trim() != "و" || one.value.len() != other.value.len() || one.value == other.value {
            return None;
        }
        let mut twin = weighed.clone();
        let prefix = |token: usize| self.article.analysis.readings(token).first().map_or(0, |r| r.prefix);
        let word = |token: usize| {
            Span::new(tokens.inner(token, prefix(token) as usize), tokens.all()[token].span.end)
        };
        weighed.event.trigger = word(verb);
        weighed.event.id = self.id(weighed.event.kind, weighed.event.trigger);
        twin.event.trigger = word(noun);
        twin.event.id = self.id(twin.event.kind, twin.event.trigger);
        let value = dating::day(&other.value).to_owned();
        twin.event.date = Some(EventDate { value, mention: Some(other.span), basis: other.basis });
        twin.event.evidence.push(format!("date: the second of two ({})", other.span.of(tokens.text())));
        Some(twin)
    }

    /// The bytes of the trigger: proclitics left out, a refusal's negation included.
    fn trigger(&self, candidate: &Candidate, modality: &Modality) -> Span {
        let tokens = self.article.analysis.tokens;
        let end = tokens.all()[candidate.tokens.end - 1].span.end;
        let start = match modality.refusal {
            Some(negation) => tokens.all()[negation].span.start,
            None => tokens.inner(candidate.tokens.start, candidate.prefix as usize),
        };
        Span::new(start, end)
    }

    /// The clause, with the participants that stand before it.
    fn extent(&self, left: usize, right: usize, arguments: &Arguments) -> Span {
        let a = self.article.analysis;
        let mut first = left;
        for argument in &arguments.actors {
            let mention = &self.article.mentions[argument.mention];
            if mention.first >= self.tokens.start && mention.first < first && first - mention.first < 12 {
                first = mention.first;
            }
        }
        while first + 1 < right && a.tokens.kind(first) == Some(TokenKind::Mark) {
            first += 1;
        }
        let mut last = right.max(first + 1);
        while last > first + 1
            && a.tokens.kind(last - 1) == Some(TokenKind::Mark)
            && !matches!(a.tokens.folded(last - 1), "\"" | "»" | "”" | ")")
        {
            last -= 1;
        }
        a.tokens.span(first, last - 1)
    }

    /// Arguments as participants, one entry an entity.
    fn participants(&mut self, arguments: &Arguments) -> (Vec<Participant>, Vec<Participant>) {
        let mentions = self.article.mentions;
        let mut actors: Vec<Participant> = Vec::with_capacity(arguments.actors.len());
        for argument in &arguments.actors {
            let mention = &mentions[argument.mention];
            add(&mut actors, mention.acting, argument.role, mention.span);
        }
        let mut places: Vec<Participant> = Vec::with_capacity(arguments.places.len());
        for &place in &arguments.places {
            let mention = &mentions[place];
            if mention.form == Form::Name {
                add(&mut places, mention.entity, Role::Participant, mention.span);
            }
        }
        (actors, places)
    }

    fn evidence(
        &self,
        candidate: &Candidate,
        kind: EventType,
        arguments: &Arguments,
        modality: &Modality,
        dating: Option<&dating::Dating>,
    ) -> Vec<String> {
        let tokens = self.article.analysis.tokens;
        let words = |span: Span| span.of(tokens.text());
        let lemma = &self.article.analysis.lexicon.senses[candidate.sense as usize].lemma;
        let mut out = Vec::with_capacity(4 + arguments.actors.len() + arguments.places.len());
        out.push(["type: ", kind.name(), " by ", lemma, " (", shape_name(candidate), ")"].concat());
        if let Some(light) = candidate.light {
            out.push(["trigger: noun of the light verb (", tokens.written(light), ")"].concat());
        }
        if let Some((cue, why)) = modality.cue {
            out.push(["status: ", why, " (", tokens.written(cue), ")"].concat());
        }
        for argument in &arguments.actors {
            let mention = &self.article.mentions[argument.mention];
            out.push(["actor: ", argument.rule, " (", words(mention.span), "); ", mention.rule].concat());
        }
        for &place in &arguments.places {
            let mention = &self.article.mentions[place];
            out.push(["place: behind a preposition of place (", words(mention.span), ")"].concat());
        }
        if let Some(dating) = dating {
            let told = dating.date.mention.map(words).unwrap_or_default();
            let date = &self.article.dates[dating.mention];
            out.push(["date: ", dating.rule, " (", told, "); ", &date.rule].concat());
        }
        out
    }

    fn id(&self, kind: EventType, trigger: Span) -> String {
        let mut hash = Sha256::new();
        hash.update(self.article.document.as_bytes());
        hash.update([0]);
        hash.update(kind.name().as_bytes());
        hash.update(trigger.start.to_le_bytes());
        let six = hash.finalize().iter().take(6).fold(0, |id: u64, &byte| id << 8 | u64::from(byte));
        format!("{six:012x}")
    }
}

fn add(list: &mut Vec<Participant>, entity: u32, role: Role, span: Span) {
    match list.iter_mut().find(|p| p.entity == entity) {
        Some(participant) => {
            if !participant.mentions.contains(&span) {
                participant.mentions.push(span);
            }
        }
        None => list.push(Participant { entity, role, mentions: vec![span] }),
    }
}

const fn shape_name(candidate: &Candidate) -> &'static str {
    match candidate.shape {
        Shape::Perfect => "perfect",
        Shape::Imperfect => "imperfect",
        Shape::Noun => "noun",
        Shape::Active => "active participle",
        Shape::Passive => "passive participle",
    }
}
