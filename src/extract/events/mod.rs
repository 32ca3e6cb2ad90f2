//! What happened: triggers in their clauses, with who, when, where, and how sure it is.

pub mod arguments;
pub mod candidates;
pub mod clause;
pub mod dating;
pub mod modality;
pub mod score;

use std::ops::Range;

use sha2::{Digest, Sha256};

use super::actors::{Form, Mention};
use super::analysis::Analysis;
use super::registry::Registry;
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::{Classes, Proclitic};
use crate::model::{BlockKind, DateMention, EntityKind, Event, EventType, Participant, Role, Span, Status};
use crate::text::TokenKind;
use arguments::{Arguments, Binder, Discourse};
use candidates::Candidate;
use clause::Clauses;
use dating::{Context, Standing};
use modality::Modality;
use score::Features;

/// One paragraph of an article.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its sentences.
    pub sentences: Vec<Range<usize>>,
    /// What it is.
    pub kind: BlockKind,
}

/// Everything known of an article before its events are.
#[derive(Debug)]
pub struct Article<'x, 'a> {
    /// The document's tokens with their readings.
    pub analysis: &'x Analysis<'a>,
    /// Its paragraphs without furniture.
    pub paragraphs: &'x [Paragraph],
    /// Its date expressions.
    pub dates: &'x [DateMention],
    /// Its mentions.
    pub mentions: &'x [Mention],
    /// The document's id, for the ids of events.
    pub document: &'x str,
    /// The day of publication, as an ISO date.
    pub published: Option<String>,
    /// Whether it is a column of what happened on this day in other years.
    pub this_day: bool,
}

/// A candidate with its features and the event it would be.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// The event, its confidence included.
    pub event: Event,
    /// What its confidence was made of.
    pub features: Features,
}

/// Weighs every candidate of an article, in text order; which of them are events is for the
/// threshold and the status to say.
pub fn weigh(article: &Article<'_, '_>, registry: &mut Registry<'_>) -> Vec<Weighed> {
    let mut out: Vec<Weighed> = Vec::new();
    let mut discourse = Discourse::default();
    let mut entry: Option<Standing> = None;
    let mut seen = std::collections::HashSet::new();
    let countries = countries(article, registry);
    let mut pairs = Pairs::default();
    let chronicle = dating::is_chronicle(article);
    discourse.main = most_named(article);
    for paragraph in article.paragraphs {
        if paragraph.kind == BlockKind::Headline {
            // Under a new heading the days told before are over.
            if chronicle {
                entry = None;
            }
            continue;
        }
        for sentence in &paragraph.sentences {
            if let Some(header) = dating::header(article, sentence, chronicle) {
                entry = Some(header);
                // An entry begins anew: who is not named is the one whom all of it is about.
                discourse.topic = discourse.main.into_iter().collect();
                discourse.subject.clone_from(&discourse.topic);
                discourse.together.clear();
            }
            if !discourse.topic.is_empty() {
                discourse.subject.clone_from(&discourse.topic);
            }
            let text = article
                .analysis
                .tokens
                .span(sentence.start, sentence.end - 1)
                .of(article.analysis.tokens.text());
            // A sentence printed twice counts once.
            if sentence.len() > 5 && !seen.insert(crate::text::fold::fold_phrase(text)) {
                continue;
            }
            discourse.sides = pairs.sides(&countries);
            discourse.persons = pairs.persons(article.mentions, registry);
            discourse.countries.clone_from(if discourse.states.len() == 2 {
                &discourse.states
            } else {
                &countries
            });
            let context = Context {
                entry: entry.as_ref(),
                caption: paragraph.kind == BlockKind::Caption,
                planned: false,
            };
            Sentence { article, registry, paragraph, tokens: sentence.clone(), context }.read(
                &mut discourse,
                &mut pairs,
                &mut out,
            );
        }
    }
    out
}

/// Who has acted with whom in an article so far, to know whom `الطرفان` means.
#[derive(Debug, Default)]
struct Pairs {
    /// Pairs of actors, how often they acted together, and a mention of each.
    counts: Vec<((u32, u32), usize, [usize; 2])>,
    /// The same of the states that they belong to.
    states: Vec<([usize; 2], usize)>,
}

/// How many events together it counts for that an article names two states most.
const LIKELY: usize = 4;

impl Pairs {
    /// Counts the first two actors of an event, and the states of all of them where they are two.
    fn note(&mut self, arguments: &Arguments, mentions: &[Mention], states: Option<[usize; 2]>) {
        if let Some(pair) = states {
            let same = |p: &[usize; 2]| p.contains(&pair[0]) && p.contains(&pair[1]);
            match self.states.iter_mut().find(|(p, _)| same(p)) {
                Some((_, n)) => *n += 1,
                None => self.states.push((pair, 1)),
            }
        }
        let [first, second] = match arguments.actors.as_slice() {
            [a, b, ..] => [a.mention, b.mention],
            _ => return,
        };
        let (a, b) = (mentions[first].acting, mentions[second].acting);
        if a == b {
            return;
        }
        let key = (a.min(b), a.max(b));
        match self.counts.iter_mut().find(|c| c.0 == key) {
            Some(c) => c.1 += 1,
            None => self.counts.push((key, 1, [first, second])),
        }
    }

    /// The commonest pair of persons.
    fn persons(&self, mentions: &[Mention], registry: &Registry<'_>) -> Vec<usize> {
        let person = |m: usize| registry.get(mentions[m].acting).kind == EntityKind::Person;
        self.counts
            .iter()
            .filter(|c| c.2.iter().all(|&m| person(m)))
            .max_by_key(|c| c.1)
            .map(|c| c.2.to_vec())
            .unwrap_or_default()
    }

    /// The commonest pair of states; `likely`, those that the article names most, counts [`LIKELY`] times more.
    fn sides(&self, likely: &[usize]) -> Vec<usize> {
        let bonus = |p: &[usize; 2]| if p.iter().all(|m| likely.contains(m)) { LIKELY } else { 0 };
        let best = self.states.iter().max_by_key(|(p, n)| n + bonus(p)).map(|(p, _)| p.to_vec());
        best.or_else(|| self.counts.iter().max_by_key(|c| c.1).map(|c| c.2.to_vec()))
            .unwrap_or_else(|| likely.to_vec())
    }
}

/// The two countries that an article names most, as mentions.
fn countries(article: &Article<'_, '_>, registry: &Registry<'_>) -> Vec<usize> {
    let mut counts: Vec<(u32, usize, usize)> = Vec::new();
    for (m, mention) in article.mentions.iter().enumerate() {
        if registry.get(mention.acting).kind == EntityKind::Country {
            match counts.iter_mut().find(|c| c.0 == mention.acting) {
                Some(c) => c.1 += 1,
                None => counts.push((mention.acting, 1, m)),
            }
        }
    }
    counts.sort_by_key(|c| std::cmp::Reverse(c.1));
    counts.iter().take(2).map(|c| c.2).collect()
}

/// A mention of the actor that an article names most; the first of equals.
fn most_named(article: &Article<'_, '_>) -> Option<usize> {
    let mut counts: std::collections::BTreeMap<u32, (usize, usize)> = std::collections::BTreeMap::new();
    for (m, mention) in article.mentions.iter().enumerate() {
        if !mention.place && mention.form != Form::Nisba {
            counts.entry(mention.acting).or_insert((0, m)).0 += 1;
        }
    }
    counts.into_values().max_by_key(|&(count, m)| (count, std::cmp::Reverse(m))).map(|(_, m)| m)
}

struct Sentence<'s, 'x, 'a, 'l> {
    article: &'s Article<'x, 'a>,
    registry: &'s mut Registry<'l>,
    paragraph: &'s Paragraph,
    tokens: Range<usize>,
    /// What dates its events beside its own expressions.
    context: Context<'s>,
}

impl Sentence<'_, '_, '_, '_> {
    fn read(&mut self, discourse: &mut Discourse, pairs: &mut Pairs, out: &mut Vec<Weighed>) {
        let a = self.article.analysis;
        let mentions = self.article.mentions;
        let first = mentions.partition_point(|m| m.first < self.tokens.start);
        let last = mentions.partition_point(|m| m.first < self.tokens.end);
        let here = first..last;
        let dates = dating::inside(self.article, &self.tokens);
        // Names and dates hold no triggers.
        let mut names = vec![false; self.tokens.len()];
        let spans = dates.iter().map(|&d| {
            let span = self.article.dates[d].span;
            a.tokens.at(span.start)..a.tokens.at(span.end - 1) + 1
        });
        for range in mentions[here.clone()].iter().map(|m| m.first..m.end).chain(spans) {
            for i in range.start.max(self.tokens.start)..range.end.min(self.tokens.end) {
                names[i - self.tokens.start] = true;
            }
        }
        let taken = |i: usize| names[i - self.tokens.start];
        let mut candidates = candidates::find(a, self.tokens.clone(), &mentions[here.clone()], &taken);
        link_light_verbs(a, &self.tokens, &mut candidates);
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
            let modality = modality::judge(a, &clauses, candidate, &candidates);
            let weighed = self.weighed(
                candidate,
                &candidates,
                &arguments,
                &modality,
                &clauses,
                &dates,
                first_verb,
                discourse.told.contains(&candidate.kind),
            );
            if candidate.is_verb() {
                first_verb = false;
                if arguments.own_source {
                    let source: Vec<usize> = arguments
                        .actors
                        .iter()
                        .filter(|x| x.role == Role::Source)
                        .map(|x| x.mention)
                        .collect();
                    if !source.is_empty() && !in_quote(a, &self.tokens, t) {
                        self.note_subject(source, discourse);
                    }
                }
            }
            if let Some(weighed) = weighed {
                let sure =
                    weighed.event.confidence >= score::weights().threshold && weighed.event.status.counts();
                if sure {
                    let states = self.states(&weighed.event);
                    discourse.told.insert(weighed.event.kind);
                    pairs.note(&arguments, mentions, states);
                    remember(&weighed.event, &arguments, discourse);
                    if let Some(states) = states {
                        discourse.states = states.to_vec();
                    }
                }
                out.push(weighed);
            }
        }
        self.follow_subjects(next_verb..self.tokens.end, &clauses, here, discourse);
    }

    /// A mention of each of the two states that an event's actors belong to, where they are two.
    fn states(&self, event: &Event) -> Option<[usize; 2]> {
        let mut countries: Vec<&str> = Vec::new();
        for participant in &event.actors {
            if let Some(country) = self.registry.get(participant.entity).country.as_deref()
                && !countries.contains(&country)
            {
                countries.push(country);
            }
        }
        let [first, second] = countries.as_slice() else { return None };
        let mention_of = |country: &str| {
            self.article.mentions.iter().position(|m| self.registry.get(m.acting).id == country)
        };
        Some([mention_of(first)?, mention_of(second)?])
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
        for i in tokens {
            if a.is(i, Classes::SPEECH | Classes::PLAIN_VERB | Classes::LIGHT) {
                let (subject, own, _) =
                    Binder { a, clauses, mentions: self.article.mentions, here: here.clone(), discourse }
                        .subject(i);
                if own && !subject.is_empty() && !in_quote(a, &self.tokens, i) {
                    self.note_subject(subject, discourse);
                }
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn weighed(
        &mut self,
        candidate: &Candidate,
        candidates: &[Candidate],
        arguments: &Arguments,
        modality: &Modality,
        clauses: &Clauses<'_, '_>,
        dates: &[usize],
        first_verb: bool,
        told: bool,
    ) -> Option<Weighed> {
        let a = self.article.analysis;
        let t = candidate.tokens.start;
        let trigger = self.trigger(candidate, modality);
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
        let extent = self.extent(left, right, arguments);
        let f = |b: bool| if b { 1.0 } else { 0.0 };
        let source = actors.iter().any(|p| p.role == Role::Source);
        let target = actors.iter().any(|p| p.role != Role::Source);
        let person = actors
            .iter()
            .any(|p| p.role == Role::Source && self.registry.get(p.entity).kind == EntityKind::Person);
        let noun = candidate.shape == Shape::Noun;
        let before = (t > self.tokens.start).then(|| t - 1);
        let governed = governed(clauses, candidate, candidates, left);
        let speech = (left.saturating_sub(8).max(self.tokens.start)..t).any(|i| a.is(i, Classes::SPEECH));
        let features: Features = [
            candidate.weight,
            f(candidate.shape == Shape::Perfect),
            f(candidate.shape == Shape::Imperfect),
            f(noun),
            f(matches!(candidate.shape, Shape::Active | Shape::Passive)),
            f(candidate.conditioned),
            f(candidate.light.is_some() && !candidate.passive_light),
            f(candidate.passive_light),
            f(arguments.own_source),
            f(source),
            f(target),
            f(actors.len() > 1),
            f(!places.is_empty()),
            f(dating.as_ref().is_some_and(|d| d.near == dating::Near::Clause)),
            f(dating.as_ref().is_some_and(|d| d.near == dating::Near::Sentence)),
            f(dating.as_ref().is_some_and(|d| d.near == dating::Near::Entry)),
            f(candidate.definite),
            f(candidate.enclitic),
            f(noun && candidate.definite && actors.is_empty()),
            f(modality.status == Status::Hypothetical),
            f(modality.status == Status::Denied),
            f(modality.status == Status::Planned),
            f(modality.refusal.is_some()),
            f(noun && before.is_some_and(|b| a.is(b, Classes::PREPOSITION)) && candidate.light.is_none()),
            f(noun && candidate.proclitic == Some(Proclitic::Li)),
            f(governed),
            f(in_quote(a, &self.tokens, t)),
            f(a.is(left, Classes::RELATIVE)),
            f(candidate.is_verb() && first_verb),
            f(speech),
            f(self.paragraph.kind == BlockKind::Caption),
            f(person),
            f(noun && arguments.actors.iter().any(|x| x.rule == "genitive of the trigger")),
            f(noun) * candidate.weight,
            f(t <= left + 1),
            f(t > self.tokens.start + 30),
            f(arguments.inherited),
            f(arguments.inherited && noun),
            f(noun && !candidate.definite && candidate.light.is_none() && !candidate.enclitic),
            f(candidate.unmet),
            f(candidate.shape == Shape::Active),
            f(noun && consequence(a, &self.tokens, t)),
            f(candidates
                .iter()
                .any(|c| c.kind == candidate.kind && c.tokens.start >= left && c.tokens.start < t)),
            f(noun && second_term(a, &self.tokens, t)),
            f(noun
                && arguments
                    .actors
                    .iter()
                    .any(|x| self.article.mentions[x.mention].first == candidate.tokens.end)),
            f(candidates.iter().any(|c| c.is_verb() && c.tokens.start >= left && c.tokens.start < t)),
            f(noun && candidate.definite && told),
            f(noun && unrealised(clauses, candidate, candidates, left)),
        ];
        if actors.is_empty() {
            return None;
        }
        let confidence = score::weights().confidence(&features);
        let date = dating.as_ref().map(|d| d.date.clone());
        let evidence = self.evidence(candidate, kind, arguments, modality, dating.as_ref());
        let status = modality.status;
        let id = self.id(kind, trigger);
        Some(Weighed {
            event: Event { id, trigger, extent, kind, status, date, actors, places, confidence, evidence },
            features,
        })
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
        let mut actors: Vec<Participant> = Vec::new();
        for argument in &arguments.actors {
            let mention = &mentions[argument.mention];
            add(&mut actors, mention.acting, argument.role, mention.span);
        }
        let mut places: Vec<Participant> = Vec::new();
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
        let mut out = vec![format!("type: {kind} by {} ({})", candidate.lemma, shape_name(candidate))];
        if let Some(light) = candidate.light {
            out.push(format!("trigger: noun of the light verb ({})", tokens.written(light)));
        }
        if let Some((cue, why)) = modality.cue {
            out.push(format!("status: {why} ({})", tokens.written(cue)));
        }
        for argument in &arguments.actors {
            let mention = &self.article.mentions[argument.mention];
            out.push(format!(
                "actor: {} ({}); {}",
                argument.rule,
                mention.span.of(tokens.text()),
                mention.rule
            ));
        }
        for &place in &arguments.places {
            let mention = &self.article.mentions[place];
            out.push(format!("place: behind a preposition of place ({})", mention.span.of(tokens.text())));
        }
        if let Some(dating) = dating {
            let words = dating.date.mention.map(|s| s.of(tokens.text())).unwrap_or_default();
            out.push(format!("date: {} ({words}); {}", dating.rule, self.article.dates[dating.mention].rule));
        }
        out
    }

    fn id(&self, kind: EventType, trigger: Span) -> String {
        let mut hash = Sha256::new();
        hash.update(self.article.document.as_bytes());
        hash.update([0]);
        hash.update(kind.name().as_bytes());
        hash.update(trigger.start.to_le_bytes());
        hash.finalize().iter().take(6).fold(String::new(), |id, byte| id + &format!("{byte:02x}"))
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

/// Ties nouns to the light verbs before them: `شنت روسيا غزوها`, `تم توقيع`. A light verb that is
/// itself a candidate gives way to its noun; another verb whose sense asks for an object takes that
/// noun with it.
fn link_light_verbs(a: &Analysis<'_>, sentence: &Range<usize>, candidates: &mut Vec<Candidate>) {
    for i in 0..candidates.len() {
        let (verb, Some(object)) = (candidates[i].clone(), candidates[i].object) else { continue };
        if verb.is_verb() && a.is(verb.tokens.start, Classes::LIGHT) {
            // The noun carries the happening, of the type that the two have together.
            let definite = a.tokens.folded(object).starts_with("ال");
            let whole = object == verb.tokens.end;
            let candidate = &mut candidates[i];
            candidate.light = Some(verb.tokens.start);
            candidate.definite = definite;
            candidate.tokens = if whole { verb.tokens.start..object + 1 } else { object..object + 1 };
            candidate.prefix =
                if whole { verb.prefix } else { a.readings(object).first().map_or(0, |r| r.prefix) };
            candidate.shape = Shape::Noun;
            candidate.object = None;
        } else if object == verb.tokens.end {
            candidates[i].tokens.end = object + 1;
        }
        // Whatever else the object was taken for, it tells of nothing besides.
        for (n, other) in candidates.iter_mut().enumerate() {
            if n != i && other.tokens.contains(&object) && !other.tokens.contains(&verb.tokens.start) {
                other.weight = -1.0;
            }
        }
    }
    candidates.retain(|c| c.weight >= 0.0);
    candidates.sort_by_key(|c| c.tokens.start);
    tie_nouns(a, sentence, candidates);
}

/// Ties the remaining nouns to light verbs before them.
fn tie_nouns(a: &Analysis<'_>, sentence: &Range<usize>, candidates: &mut Vec<Candidate>) {
    /// How many tokens may stand between a light verb and its noun.
    const REACH: usize = 7;
    let mut given_way = Vec::new();
    for i in 0..candidates.len() {
        if candidates[i].shape != Shape::Noun || candidates[i].light.is_some() {
            continue;
        }
        let t = candidates[i].tokens.start;
        let mut at = t;
        while at > sentence.start && t - at < REACH {
            at -= 1;
            if a.is_any_mark(at) || a.is(at, Classes::SUBORDINATOR | Classes::RELATIVE) {
                break;
            }
            if a.is(at, Classes::PASSIVE_LIGHT) && t - at <= 2 {
                candidates[i].light = Some(at);
                candidates[i].passive_light = true;
                break;
            }
            let own = candidates.iter().position(|c| c.tokens.contains(&at));
            if a.is(at, Classes::LIGHT) && own.is_none_or(|o| !candidates[o].conditioned) {
                candidates[i].light = Some(at);
                given_way.extend(own);
                break;
            }
            // Another trigger between: the light verb is that one's.
            if own.is_some() {
                break;
            }
        }
    }
    given_way.sort_unstable();
    given_way.dedup();
    for o in given_way.into_iter().rev() {
        candidates.remove(o);
    }
}

/// Whether an event counts.
fn is_sure(event: &Event) -> bool {
    event.status.counts() && event.confidence >= score::weights().threshold
}

/// Whether a noun stands under a verb that does not make it happen: `طالبت بسحب قواتها`, `هدد بفرض
/// عقوبات`, `رفض قطع العلاقات`.
fn unrealised(
    clauses: &Clauses<'_, '_>,
    candidate: &Candidate,
    candidates: &[Candidate],
    left: usize,
) -> bool {
    let t = candidate.tokens.start;
    candidate.light.is_none()
        && candidates.iter().any(|c| {
            (c.is_verb() || c.shape == Shape::Active)
                && matches!(
                    c.kind,
                    EventType::Request | EventType::Threaten | EventType::Reject | EventType::Agree
                )
                && c.tokens.start >= left
                && c.tokens.end <= t
                && t - c.tokens.end <= 9
                && clauses.left(c.tokens.start) == left
        })
}

/// Keeps in mind who may be meant without a name after an event.
fn remember(event: &Event, arguments: &Arguments, discourse: &mut Discourse) {
    let of = |source: bool| -> Vec<usize> {
        arguments
            .actors
            .iter()
            .filter(|x| (x.role == Role::Source) == source)
            .map(|x| x.mention)
            .take(1)
            .collect()
    };
    match event.kind {
        EventType::Accuse | EventType::Request | EventType::Threaten => discourse.addressed = of(false),
        EventType::Assault if !of(true).is_empty() => discourse.attacker = of(true),
        EventType::Reject => discourse.addressed.clear(),
        _ => {}
    }
    if event.kind == EventType::Consult && arguments.actors.len() > 1 {
        discourse.together = arguments.actors.iter().map(|x| x.mention).collect();
    }
}

/// Whether a noun is what another trigger's verb is about: `اقترح استئناف المحادثات`.
fn governed(clauses: &Clauses<'_, '_>, candidate: &Candidate, candidates: &[Candidate], left: usize) -> bool {
    if candidate.is_verb() || candidate.light.is_some() {
        return false;
    }
    let t = candidate.tokens.start;
    candidates.iter().any(|c| {
        c.tokens.start >= left
            && c.tokens.end <= t
            && t - c.tokens.end <= 6
            && clauses.left(c.tokens.start) == left
    })
}

/// Whether a noun at `t` is the second term of a genitive: `إمكانية تقسيم`, `سبل إنهاء`.
fn second_term(a: &Analysis<'_>, sentence: &Range<usize>, t: usize) -> bool {
    t > sentence.start
        && a.tokens.kind(t - 1) == Some(TokenKind::Word)
        && !a.tokens.folded(t - 1).starts_with("ال")
        && (a.is(t - 1, Classes::COMMON | Classes::TITLE_INNER) || a.readings(t - 1).is_empty())
}

/// Whether a noun at `t` is what something led to: `أدى الهجوم إلى مقتل`, `مما أسفر عن إصابة`.
fn consequence(a: &Analysis<'_>, sentence: &Range<usize>, t: usize) -> bool {
    (sentence.start..t)
        .rev()
        .take(8)
        .take_while(|&i| !a.is_any_mark(i))
        .any(|i| a.is(i, Classes::CONSEQUENCE))
}

/// Whether token `i` stands between quotation marks of its sentence.
fn in_quote(a: &Analysis<'_>, sentence: &Range<usize>, i: usize) -> bool {
    let mut open = false;
    for at in sentence.start..i {
        match a.tokens.folded(at) {
            "\"" => open = !open,
            "“" | "«" => open = true,
            "”" | "»" => open = false,
            _ => {}
        }
    }
    open
}
