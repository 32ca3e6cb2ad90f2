//! The same happening told in several documents, found and put together.
//!
//! Two tellings are one happening where everything speaks for it and nothing against it (`likeness`):
//! the same date value, an actor in common and no actor on one side against another on the other, no
//! other place, the same type, or with the very same actors another one, and words in common.
//! A document tells a happening once. All of a happening's tellings agree pairwise, so that no chain
//! of likenesses joins what differs. Every joining says why, and where the documents differ.
//!
//! ```text
//!  document + annotations ── telling ──► Telling ── likeness (pairs of one date) ──► Happening
//! ```

mod differences;
mod likeness;
mod stems;
mod telling;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

pub use differences::{Aspect, Difference, Said};
pub use likeness::{Likeness, alike};
pub use telling::{Party, Telling};

use crate::model::EventType;

/// A happening and who tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// ISO 8601 value; none where it is not known.
    pub date: Option<String>,
    /// The type that most of the documents give it; of several, the first in PLOVER's order.
    pub kind: EventType,
    /// Everybody who is named, those named by most documents first.
    pub actors: Vec<Party>,
    /// Places of its tellings among those given, in the order of the documents.
    pub tellings: Vec<usize>,
    /// Where the documents differ.
    pub differences: Vec<Difference>,
    /// Why each two tellings were joined, in the order of joining.
    pub because: Vec<Joined>,
}

/// Two tellings that were joined, by their places, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    /// One telling.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// What speaks for it.
    pub likeness: Likeness,
}

/// A happening as `waqai timeline` prints it.
#[derive(Debug, Serialize)]
pub struct HappeningRecord<'a> {
    date: Option<&'a str>,
    #[serde(rename = "type")]
    kind: EventType,
    /// Ids, those named by most documents first.
    actors: Vec<&'a str>,
    events: Vec<EventId<'a>>,
    differences: &'a [Difference],
    /// One line for each joining.
    evidence: Vec<String>,
}

#[derive(Debug, Serialize)]
struct EventId<'a> {
    document: &'a str,
    id: &'a str,
}

impl Happening {
    /// The record of the contract.
    pub fn record<'a>(&'a self, tellings: &'a [Telling]) -> HappeningRecord<'a> {
        let of = |at: &usize| tellings.get(*at);
        let events =
            self.tellings.iter().filter_map(of).map(|t| EventId { document: &t.document, id: &t.event });
        let line = |joined: &Joined| {
            let name = |at: usize| tellings.get(at).map_or("", |t| t.document.as_str());
            format!("{} and {}: {}", name(joined.a), name(joined.b), joined.likeness)
        };
        HappeningRecord {
            date: self.date.as_deref(),
            kind: self.kind,
            actors: self.actors.iter().map(|p| p.id.as_str()).collect(),
            events: events.collect(),
            differences: &self.differences,
            evidence: self.because.iter().map(line).collect(),
        }
    }

    /// In how many documents it is told.
    pub const fn sources(&self) -> usize {
        self.tellings.len()
    }
}

/// Puts tellings together to happenings, by date, undated ones last; of one date in the order of the
/// tellings.
pub fn happenings(tellings: &[Telling]) -> Vec<Happening> {
    let mut by_date: BTreeMap<(bool, &str), Vec<usize>> = BTreeMap::new();
    for (at, telling) in tellings.iter().enumerate() {
        let date = telling.date.as_deref();
        by_date.entry((date.is_none(), date.unwrap_or_default())).or_default().push(at);
    }
    let mut out = Vec::new();
    for ((undated, date), members) in by_date {
        // Without a year there is no saying that two dates are one.
        let known = !undated && date.bytes().take(4).filter(u8::is_ascii_digit).count() == 4;
        let groups = if known { joined(tellings, &members) } else { singles(&members) };
        out.extend(groups.into_iter().map(|(group, because)| happening(tellings, group, because)));
    }
    out
}

type Group = (Vec<usize>, Vec<Joined>);

fn singles(members: &[usize]) -> Vec<Group> {
    members.iter().map(|&at| (vec![at], Vec::new())).collect()
}

/// The tellings of one date in groups, the most alike joined first.
fn joined(tellings: &[Telling], members: &[usize]) -> Vec<Group> {
    let mut pairs = candidates(tellings, members);
    pairs.sort_by(|x, y| {
        y.likeness.score.total_cmp(&x.likeness.score).then_with(|| (x.a, x.b).cmp(&(y.a, y.b)))
    });
    let mut groups: Vec<Group> = singles(members);
    let mut of: HashMap<usize, usize> = members.iter().enumerate().map(|(g, &at)| (at, g)).collect();
    for pair in pairs {
        let (Some(&x), Some(&y)) = (of.get(&pair.a), of.get(&pair.b)) else { continue };
        if x == y || !agree(tellings, &groups[x].0, &groups[y].0) {
            continue;
        }
        let (members, because) = std::mem::take(&mut groups[y]);
        for &at in &members {
            of.insert(at, x);
        }
        groups[x].0.extend(members);
        groups[x].1.extend(because);
        groups[x].1.push(pair);
    }
    groups.retain(|(members, _)| !members.is_empty());
    for (members, _) in &mut groups {
        members.sort_unstable();
    }
    groups.sort_by_key(|(members, _)| members.first().copied());
    groups
}

/// Whether every telling of one group is like every one of the other, and no document is in both.
fn agree(tellings: &[Telling], xs: &[usize], ys: &[usize]) -> bool {
    xs.iter().all(|&x| {
        ys.iter().all(|&y| {
            tellings[x].document != tellings[y].document && alike(&tellings[x], &tellings[y]).is_some()
        })
    })
}

/// All pairs of different documents that are alike. Only those are compared that have an actor, or
/// one's country, in common, or of which one has no actor at all.
fn candidates(tellings: &[Telling], members: &[usize]) -> Vec<Joined> {
    let mut by_actor: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut nobody = Vec::new();
    for &at in members {
        let telling = &tellings[at];
        if telling.actors.is_empty() {
            nobody.push(at);
        }
        let names: HashSet<&str> = telling
            .actors
            .iter()
            .flat_map(|p| [Some(p.id.as_str()), p.country.as_deref()])
            .flatten()
            .collect();
        for name in names {
            by_actor.entry(name).or_default().push(at);
        }
    }
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    let mut compare = |a: usize, b: usize| {
        let (a, b) = (a.min(b), a.max(b));
        if tellings[a].document != tellings[b].document
            && seen.insert((a, b))
            && let Some(likeness) = alike(&tellings[a], &tellings[b])
        {
            out.push(Joined { a, b, likeness });
        }
    };
    for list in by_actor.values() {
        for (n, &a) in list.iter().enumerate() {
            list[n + 1..].iter().for_each(|&b| compare(a, b));
        }
    }
    for &a in &nobody {
        members.iter().filter(|&&b| b != a).for_each(|&b| compare(a, b));
    }
    out
}

fn happening(tellings: &[Telling], members: Vec<usize>, because: Vec<Joined>) -> Happening {
    let told: Vec<&Telling> = members.iter().map(|&at| &tellings[at]).collect();
    let mut kinds: BTreeMap<EventType, usize> = BTreeMap::new();
    let mut actors: Vec<(Party, usize)> = Vec::new();
    for telling in &told {
        *kinds.entry(telling.kind).or_default() += 1;
        for party in &telling.actors {
            match actors.iter_mut().find(|(known, _)| known.id == party.id) {
                Some((_, count)) => *count += 1,
                None => actors.push((party.clone(), 1)),
            }
        }
    }
    actors.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let most = kinds.values().copied().max().unwrap_or_default();
    let kind = kinds.into_iter().find(|(_, count)| *count == most).map_or(EventType::Agree, |(kind, _)| kind);
    Happening {
        date: told.first().and_then(|t| t.date.clone()),
        kind,
        actors: actors.into_iter().map(|(party, _)| party).collect(),
        differences: differences::of(&told),
        tellings: members,
        because,
    }
}
