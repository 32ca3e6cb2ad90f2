//! How sure a share is, and how far people agree beyond chance.

use std::collections::BTreeMap;

use serde::Serialize;

/// The quantile of the normal distribution for 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// A share with its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Share {
    /// How many were right.
    pub right: u32,
    /// Of how many.
    pub of: u32,
    /// The share, from 0 to 1; none of nothing.
    pub value: Option<f64>,
    /// Bounds after Wilson (1927): the score interval, which holds for small counts and for shares near
    /// 0 and 1 too.
    pub interval: Option<[f64; 2]>,
}

impl Share {
    /// `right` of `of`.
    pub fn new(right: u32, of: u32) -> Self {
        let value = (of > 0).then(|| f64::from(right) / f64::from(of));
        Self { right, of, value, interval: wilson(right, of) }
    }
}

/// The Wilson score interval for 95 %; none of nothing.
fn wilson(right: u32, of: u32) -> Option<[f64; 2]> {
    if of == 0 {
        return None;
    }
    let n = f64::from(of);
    let p = f64::from(right) / n;
    let z2 = Z * Z;
    let middle = p + z2 / (2.0 * n);
    let spread = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let bound = |value: f64| (value / (1.0 + z2 / n)).clamp(0.0, 1.0);
    Some([bound(middle - spread), bound(middle + spread)])
}

/// Cohen's kappa (1960) for two people who each gave every unit one label; none without units, or
/// where chance alone would agree on all of them.
pub fn kappa<L: Ord>(pairs: &[(L, L)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let mut own: BTreeMap<&L, (f64, f64)> = BTreeMap::new();
    for (a, b) in pairs {
        own.entry(a).or_default().0 += 1.0;
        own.entry(b).or_default().1 += 1.0;
    }
    let observed = pairs.iter().filter(|(a, b)| a == b).count() as f64 / n;
    let expected: f64 = own.values().map(|(a, b)| a / n * b / n).sum();
    (!pairs.is_empty() && expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

/// Krippendorff's alpha (2011) for nominal labels of any number of people, each unit a list of those it
/// was given; a unit with fewer than two counts for nothing. None where nothing can be compared or
/// where all labels are the same.
pub fn alpha<L: Ord>(units: &[Vec<L>]) -> Option<f64> {
    let mut totals: BTreeMap<&L, f64> = BTreeMap::new();
    let (mut agreed, mut n) = (0.0, 0.0);
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let mut counts: BTreeMap<&L, f64> = BTreeMap::new();
        for label in unit {
            *counts.entry(label).or_default() += 1.0;
            *totals.entry(label).or_default() += 1.0;
        }
        let size = unit.len() as f64;
        agreed += counts.values().map(|c| c * (c - 1.0)).sum::<f64>() / (size - 1.0);
        n += size;
    }
    let by_chance: f64 = totals.values().map(|c| c * (c - 1.0)).sum();
    let disagreement = n * (n - 1.0) - by_chance;
    (n > 0.0 && disagreement > 0.0).then(|| ((n - 1.0) * agreed - by_chance) / disagreement)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_as_newcombe_published_it() {
        // Newcombe, Statistics in Medicine 17 (1998), 857–872, table I, method 3.
        for (right, of, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let [l, h] = Share::new(right, of).interval.unwrap();
            assert!((l - low).abs() < 5e-5 && (h - high).abs() < 5e-5, "{right}/{of}: {l} {h}");
        }
        assert_eq!(Share::new(0, 0).interval, None);
    }

    #[test]
    fn kappa_of_a_table_of_fifty_proposals() {
        // 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: 0.7 observed, 0.5 by chance.
        let mut pairs = Vec::new();
        for (a, b, often) in [("y", "y", 20), ("y", "n", 5), ("n", "y", 10), ("n", "n", 15)] {
            pairs.extend(std::iter::repeat_n((a, b), often));
        }
        assert!((kappa(&pairs).unwrap() - 0.4).abs() < 1e-12);
        assert_eq!(kappa::<u8>(&[]), None);
        assert_eq!(kappa(&[(1, 1), (1, 1)]), None);
    }

    #[test]
    fn alpha_as_krippendorff_published_it() {
        // Computing Krippendorff's Alpha-Reliability (2011), examples A, B and C.
        let two = |a: &str, b: &str| a.chars().zip(b.chars()).map(|(a, b)| vec![a, b]).collect::<Vec<_>>();
        let near = |units: &[Vec<char>], value: f64| {
            let found = alpha(units).unwrap();
            assert!((found - value).abs() < 5e-4, "{found}");
        };
        near(&two("0100000010", "1110010000"), 0.095);
        near(&two("aabbdcccedda", "babbbccceddd"), 0.692);
        let observers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
        let units: Vec<Vec<char>> = (0..12)
            .map(|u| observers.iter().filter_map(|o| o.chars().nth(u)).filter(|c| *c != '.').collect())
            .collect();
        near(&units, 0.743);
        assert_eq!(alpha(&[vec![1], vec![2]]), None);
        assert_eq!(alpha(&[vec![1, 1], vec![1, 1]]), None);
    }
}
