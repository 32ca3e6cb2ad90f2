//! Whether two tellings are one happening, and what speaks for it.

use std::fmt;

use super::stems::{TABLE, dice};
use super::telling::{Party, Telling};
use crate::model::{EventType, Quad, Role};

/// What speaks for two tellings being one happening.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// Whether both have the same type.
    pub same_type: bool,
    /// Names of the actors that both have; of a person on one side and his country on the other, both
    /// names with `=` between.
    pub actors: Vec<String>,
    /// The share of the words that both have, from 0 to 1.
    pub words: f32,
    /// How alike they are, for joining the most alike first.
    pub score: f32,
}

impl fmt::Display for Likeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.same_type {
            "same date, same type"
        } else {
            "same date, same actors, other type"
        })?;
        if !self.actors.is_empty() {
            write!(f, ", actors in common ({})", self.actors.join(", "))?;
        }
        write!(f, ", {:.0} % of the words in common", self.words * 100.0)
    }
}

/// What speaks for `a` and `b`, which have the same date, being one happening; none where something
/// speaks against it or too little for it.
pub fn alike(a: &Telling, b: &Telling) -> Option<Likeness> {
    if a.date != b.date {
        return None;
    }
    let (actors, of_a, of_b) = in_common(&a.actors, &b.actors);
    // Each has somebody whom the other has not: others did it, or did it to others.
    if of_a > 0 && of_b > 0 {
        return None;
    }
    let nobody = a.actors.is_empty() || b.actors.is_empty();
    if actors.is_empty() && !nobody {
        return None;
    }
    let (places, other_a, other_b) = in_common(&a.places, &b.places);
    if places.is_empty() && other_a > 0 && other_b > 0 {
        return None;
    }
    let same_type = a.kind == b.kind;
    if turned_round(a, b) || !(same_type || same_parts(a, b)) {
        return None;
    }
    let words = dice(&a.stems, &b.stems);
    let least = &TABLE.least;
    let coarse = a.date.as_ref().is_none_or(|date| date.len() < "2022-03-21".len());
    let wanted = match (same_type, nobody) {
        (true, false) if coarse => least.coarse,
        (true, false) => least.same_type,
        (true, true) => least.no_actor.max(if coarse { least.coarse } else { 0.0 }),
        (false, _) => least.other_type.max(if coarse { least.coarse } else { 0.0 }),
    };
    if words < wanted {
        return None;
    }
    let all = a.actors.len().max(b.actors.len()).max(1) as f32;
    let score = words
        + 0.4 * f32::from(u8::from(same_type))
        + 0.3 * actors.len() as f32 / all
        + 0.1 * f32::from(u8::from(!places.is_empty()));
    Some(Likeness { same_type, actors, words, score })
}

/// The names of those that both lists have, and how many of each list the other has not. A country
/// and one who belongs to it count as the same: papers say either of a government.
fn in_common(a: &[Party], b: &[Party]) -> (Vec<String>, usize, usize) {
    let mut shared = Vec::new();
    let mut found = vec![false; b.len()];
    let mut missing = 0;
    for party in a {
        let same = b.iter().position(|other| other.id == party.id);
        let kin = || b.iter().position(|other| stands_for(party, other));
        match same.or_else(kin) {
            Some(at) => {
                found[at] = true;
                let other = &b[at].name;
                let name =
                    if *other == party.name { other.clone() } else { format!("{} = {other}", party.name) };
                if !shared.contains(&name) {
                    shared.push(name);
                }
            }
            None => missing += 1,
        }
    }
    let unfound = b.iter().zip(found).filter(|(p, found)| !found && !a.iter().any(|o| stands_for(o, p)));
    (shared, missing, unfound.count())
}

fn stands_for(a: &Party, b: &Party) -> bool {
    a.country.as_deref() == Some(b.id.as_str()) || b.country.as_deref() == Some(a.id.as_str())
}

/// Whether in one telling others act than in the other. Of what is done together it does not matter
/// who is named first.
fn turned_round(a: &Telling, b: &Telling) -> bool {
    let doers =
        |t: &Telling| -> Vec<Party> { t.actors.iter().filter(|p| p.role == Role::Source).cloned().collect() };
    let (x, y) = (doers(a), doers(b));
    let together =
        |t: &Telling| matches!(t.kind, EventType::Consult | EventType::Agree | EventType::Cooperate);
    if x.is_empty() || y.is_empty() || (together(a) && together(b)) {
        return false;
    }
    in_common(&x, &y).0.is_empty()
}

/// Whether the very same actors act in both, and the types are of one quad: `AGREE` is no telling of
/// what another calls `REJECT`.
fn same_parts(a: &Telling, b: &Telling) -> bool {
    let (x, y) = (doers(a), doers(b));
    Quad::of(a.kind) == Quad::of(b.kind) && !x.is_empty() && x == y
}

/// The ids of those who act, in order.
fn doers(telling: &Telling) -> Vec<&str> {
    let mut ids: Vec<&str> =
        telling.actors.iter().filter(|p| p.role != Role::Target).map(|p| p.id.as_str()).collect();
    ids.sort_unstable();
    ids
}
