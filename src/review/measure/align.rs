//! Which annotation of one side answers which of the other.

use super::{Marked, MarkedDate, MarkedEvent};
use crate::model::Span;

/// A gold annotation and what was found for it.
#[derive(Debug)]
pub struct Pair<'a, T> {
    /// The gold's.
    pub gold: &'a T,
    /// What was found.
    pub found: &'a T,
}

/// The annotations of one text, paired.
#[derive(Debug)]
pub struct Alignment<'a> {
    /// Dates found, nearest first.
    pub dates: Vec<Pair<'a, MarkedDate>>,
    /// Dates of the gold that were not found, in its order.
    pub dates_missed: Vec<&'a MarkedDate>,
    /// Finds that are no date of the gold, in their order.
    pub dates_false: Vec<&'a MarkedDate>,
    /// Events found, nearest first.
    pub events: Vec<Pair<'a, MarkedEvent>>,
    /// Events of the gold that were not found, in its order.
    pub events_missed: Vec<&'a MarkedEvent>,
    /// Finds that are no event of the gold, in their order.
    pub events_false: Vec<&'a MarkedEvent>,
}

/// Pairs what was found in a text with its gold. Optional events of the gold are left out, with
/// what was found for them.
pub fn align<'a>(gold: &'a Marked, found: &'a Marked) -> Alignment<'a> {
    let (dates, dates_missed, dates_false) = pair(&gold.dates, &found.dates, date_cost);
    let (mut events, mut events_missed, events_false) = pair(&gold.events, &found.events, event_cost);
    events.retain(|pair| !pair.gold.optional);
    events_missed.retain(|event| !event.optional);
    Alignment { dates, dates_missed, dates_false, events, events_missed, events_false }
}

/// Pairs, what of the gold has no partner, what of the finds has none.
type Paired<'a, T> = (Vec<Pair<'a, T>>, Vec<&'a T>, Vec<&'a T>);

/// Takes the cheapest pair whose sides are both free, until none is left; at one cost what stands
/// first on the gold's side goes first, then what stands first among the finds. No cost: no pair.
fn pair<'a, T, C: Ord>(gold: &'a [T], found: &'a [T], cost: impl Fn(&T, &T) -> Option<C>) -> Paired<'a, T> {
    let mut candidates: Vec<(C, usize, usize)> = Vec::new();
    for (g, of_gold) in gold.iter().enumerate() {
        let costs = found.iter().enumerate();
        candidates.extend(costs.filter_map(|(f, of_found)| Some((cost(of_gold, of_found)?, g, f))));
    }
    candidates.sort_unstable();
    let (mut gold_used, mut found_used) = (vec![false; gold.len()], vec![false; found.len()]);
    let mut pairs = Vec::new();
    for (_, g, f) in candidates {
        if !gold_used[g] && !found_used[f] {
            gold_used[g] = true;
            found_used[f] = true;
            pairs.push(Pair { gold: &gold[g], found: &found[f] });
        }
    }
    (pairs, unused(gold, &gold_used), unused(found, &found_used))
}

fn unused<'a, T>(all: &'a [T], used: &[bool]) -> Vec<&'a T> {
    all.iter().zip(used).filter(|(_, used)| !**used).map(|(one, _)| one).collect()
}

/// How far the ends lie apart; none without a shared code point.
fn date_cost(gold: &MarkedDate, found: &MarkedDate) -> Option<u32> {
    let (g, f) = (gold.span, found.span);
    overlap(g, f).then(|| g.start.abs_diff(f.start) + g.end.abs_diff(f.end))
}

/// How far the triggers' starts lie apart. Triggers that overlap come first; then the same happening
/// told with another trigger of its clause, for which the type must agree.
fn event_cost(gold: &MarkedEvent, found: &MarkedEvent) -> Option<(u8, u32)> {
    let (g, f) = (gold.trigger, found.trigger);
    let apart = g.start.abs_diff(f.start);
    if overlap(g, f) {
        return Some((0, apart));
    }
    let inside = (gold.extent.start..gold.extent.end).contains(&f.start);
    (inside && gold.accepts_kind(found.kind)).then_some((1, apart))
}

/// Whether the two share a code point; an empty span shares none.
fn overlap(a: Span, b: Span) -> bool {
    a.start.max(b.start) < a.end.min(b.end)
}
