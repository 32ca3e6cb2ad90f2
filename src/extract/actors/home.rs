//! The state that an article is about: whose government `السلطات` is where nothing else is said.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use crate::extract::analysis::{Analysis, Traits};
use crate::model::EntityKind;

/// Fewest words that name it.
const FEWEST: usize = 2;

/// The state (index in the lexicon) that more than half of all words name that name a state, its seats
/// of power and its adjectives among them; none where no state prevails.
pub(super) fn of(a: &Analysis<'_>, blocks: &[Range<usize>]) -> Option<u32> {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    let mut all = 0;
    for i in blocks.iter().cloned().flatten().filter(|&i| a.has(i, Traits::STATE)) {
        let state = a.readings(i).iter().filter(|r| !r.enclitic).find_map(|r| {
            let word = a.lexicon.vocabulary.word(r.word);
            word.country.or(word.nisba)
        });
        let Some(state) = state else { continue };
        if a.lexicon.entities[state as usize].entity.kind == EntityKind::Country {
            *counts.entry(state).or_default() += 1;
            all += 1;
        }
    }
    let (state, count) =
        counts.into_iter().max_by_key(|&(state, count)| (count, std::cmp::Reverse(state)))?;
    (count >= FEWEST && count * 2 > all).then_some(state)
}
