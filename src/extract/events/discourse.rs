//! What sentences leave behind for those after them: who was spoken of, who acted with whom.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt};

use super::Article;
use super::arguments::Arguments;
use crate::extract::actors::{Form, Mention};
use crate::extract::registry::Registry;
use crate::model::{EntityKind, Event, EventType, Role};

/// The context that the sentences before leave behind.
#[derive(Clone, Debug, Default)]
pub struct Discourse {
    /// The mentions that were subject of the last verb.
    pub subject: Vec<usize>,
    /// The types of the events told so far.
    pub told: BTreeSet<EventType>,
    /// The subject of the first verb of the last sentence: what the next one goes on with.
    pub topic: Vec<usize>,
    /// The two sides spoken of: a mention of each.
    pub sides: Vec<usize>,
    /// The states of those who acted together last: a mention of each.
    pub states: Vec<usize>,
    /// The two states spoken of: a mention of each.
    pub countries: Vec<usize>,
    /// The two persons spoken of: a mention of each.
    pub persons: Vec<usize>,
    /// Who was accused, asked or threatened last: who denies or refuses without being named.
    pub addressed: Vec<usize>,
    /// With or to whom the last happening was: whom a pronoun means that is not the subject.
    pub others: Vec<usize>,
    /// Who met last: whom a plural verb without a subject means (`واتفقوا`).
    pub together: Vec<usize>,
    /// Who attacked last: whom `المهاجم`, `المتهم` mean.
    pub attacker: Vec<usize>,
    /// A mention of whom the article names most.
    pub main: Option<usize>,
}

/// Who has acted with whom in an article so far, to know whom `الطرفان` means.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// Pairs of actors, how often they acted together, and a mention of each.
    counts: Vec<((u32, u32), usize, [usize; 2])>,
    /// The same of the states that they belong to.
    states: Vec<([usize; 2], usize)>,
    /// The pair that acted together last.
    last: Option<[usize; 2]>,
    /// Id of a state → its first mention.
    first: HashMap<String, usize>,
}

/// How many events together it counts for that an article names two states most.
const LIKELY: usize = 4;

impl Pairs {
    /// No pairs yet, in an article with these mentions.
    pub(super) fn new(mentions: &[Mention], registry: &Registry<'_>) -> Self {
        let mut first = HashMap::new();
        for (m, mention) in mentions.iter().enumerate() {
            let entity = registry.get(mention.acting);
            if entity.kind == EntityKind::Country && !first.contains_key(&entity.id) {
                first.insert(entity.id.clone(), m);
            }
        }
        Self { first, ..Self::default() }
    }

    /// The first mention of a state.
    pub(super) fn mention_of(&self, state: &str) -> Option<usize> {
        self.first.get(state).copied()
    }

    /// Counts the first two actors of an event, and the states of all of them where they are two.
    pub(super) fn note(&mut self, arguments: &Arguments, mentions: &[Mention], states: Option<[usize; 2]>) {
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
        self.last = Some([first, second]);
        let key = (a.min(b), a.max(b));
        match self.counts.iter_mut().find(|c| c.0 == key) {
            Some(c) => c.1 += 1,
            None => self.counts.push((key, 1, [first, second])),
        }
    }

    /// The two persons who acted together last, else the commonest pair of persons.
    pub(super) fn persons(&self, mentions: &[Mention], registry: &Registry<'_>) -> Vec<usize> {
        let person = |m: usize| registry.get(mentions[m].acting).kind == EntityKind::Person;
        if let Some(pair) = self.last.filter(|pair| pair.iter().all(|&m| person(m))) {
            return pair.to_vec();
        }
        self.counts
            .iter()
            .filter(|c| c.2.iter().all(|&m| person(m)))
            .max_by_key(|c| c.1)
            .map(|c| c.2.to_vec())
            .unwrap_or_default()
    }

    /// The commonest pair of states; `likely`, those that the article names most, counts [`LIKELY`] times more.
    pub(super) fn sides(&self, likely: &[usize]) -> Vec<usize> {
        let bonus = |p: &[usize; 2]| if p.iter().all(|m| likely.contains(m)) { LIKELY } else { 0 };
        let best = self.states.iter().max_by_key(|(p, n)| n + bonus(p)).map(|(p, _)| p.to_vec());
        best.or_else(|| self.counts.iter().max_by_key(|c| c.1).map(|c| c.2.to_vec()))
            .unwrap_or_else(|| likely.to_vec())
    }
}

/// The two countries that an article names most, as mentions.
pub(super) fn countries(article: &Article<'_, '_>, registry: &Registry<'_>) -> Vec<usize> {
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
pub(super) fn most_named(article: &Article<'_, '_>) -> Option<usize> {
    let mut counts: std::collections::BTreeMap<u32, (usize, usize)> = std::collections::BTreeMap::new();
    for (m, mention) in article.mentions.iter().enumerate() {
        if !mention.place && mention.form != Form::Nisba {
            counts.entry(mention.acting).or_insert((0, m)).0 += 1;
        }
    }
    counts.into_values().max_by_key(|&(count, m)| (count, std::cmp::Reverse(m))).map(|(_, m)| m)
}

/// Keeps in mind who may be meant without a name after an event.
pub(super) fn remember(event: &Event, arguments: &Arguments, discourse: &mut Discourse) {
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
    discourse.others = of(false);
    if event.kind == EventType::Consult && arguments.actors.len() > 1 {
        discourse.together = arguments.actors.iter().map(|x| x.mention).collect();
    }
}
