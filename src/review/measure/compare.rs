//! Two runs side by side, on the texts that both measured.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::interval::{bounds, draws};
use super::{Figure, PerDocument, Score, Tally};

/// What has changed between two runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Texts that both runs measured; all figures here are on these.
    pub documents: usize,
    /// Texts that only the earlier run measured.
    pub only_before: Vec<String>,
    /// Texts that only this run measured.
    pub only_now: Vec<String>,
    /// Figure by figure.
    pub figures: BTreeMap<Figure, Change>,
}

/// How one figure has changed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The earlier run.
    pub before: Score,
    /// This run.
    pub now: Score,
    /// F1 now, less F1 before.
    pub difference: f64,
    /// Its 95 % interval, both runs drawn on the same documents; a difference whose interval holds 0
    /// may be chance. None with fewer than two documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<[f64; 2]>,
}

/// Compares this run with an earlier one, by the counts of their texts.
pub fn compare(before: &[PerDocument], now: &[PerDocument]) -> Comparison {
    let earlier: HashMap<_, _> = before.iter().map(|text| (&*text.document, text)).collect();
    let names = |texts: Vec<&PerDocument>| texts.iter().map(|text| text.document.clone()).collect();
    let (both, only_now): (Vec<_>, Vec<_>) =
        now.iter().partition(|text| earlier.contains_key(&*text.document));
    let only_before = before.iter().filter(|text| !both.iter().any(|b| b.document == text.document));
    let pairs: Vec<(Tally, Tally)> =
        both.iter().map(|text| (earlier[&*text.document].tally(), text.tally())).collect();
    let sums = |drawn: &[usize]| {
        let before: Tally = drawn.iter().map(|&i| &pairs[i].0).sum();
        let now: Tally = drawn.iter().map(|&i| &pairs[i].1).sum();
        (before, now)
    };
    let drawn = if pairs.len() < 2 { Vec::new() } else { draws(pairs.len(), sums) };
    let all: Vec<usize> = (0..pairs.len()).collect();
    let (sum_before, sum_now) = sums(&all);
    let change = |figure| {
        let difference = |(before, now): &(Tally, Tally)| now.get(figure).f1() - before.get(figure).f1();
        let change = Change {
            before: sum_before.get(figure).into(),
            now: sum_now.get(figure).into(),
            difference: difference(&(sum_before, sum_now)),
            interval: bounds(drawn.iter().map(difference).collect()),
        };
        (figure, change)
    };
    Comparison {
        documents: pairs.len(),
        only_before: names(only_before.collect()),
        only_now: names(only_now),
        figures: Figure::ALL.into_iter().map(change).collect(),
    }
}
