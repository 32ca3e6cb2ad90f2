//! How far figures would move with other texts: percentile bootstrap over documents (Efron and
//! Tibshirani, An Introduction to the Bootstrap, chapter 13). Seeded: the same documents give the
//! same intervals.

/// How often the documents are drawn anew.
const DRAWS: usize = 1000;

/// Where the numbers begin; any constant would do.
const SEED: u64 = 0x5EED;

/// Draws `count` of `count` documents, with replacement, [`DRAWS`] times, and collects what `of` makes
/// of each draw.
pub(super) fn draws<T>(count: usize, mut of: impl FnMut(&[usize]) -> T) -> Vec<T> {
    let mut numbers = Numbers(SEED);
    let mut drawn = vec![0; count];
    (0..DRAWS)
        .map(|_| {
            drawn.fill_with(|| numbers.below(count));
            of(&drawn)
        })
        .collect()
}

/// The bounds between which the middle 95 % of the values lie.
pub(super) fn bounds(mut values: Vec<f64>) -> Option<[f64; 2]> {
    values.sort_unstable_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let low = last * 25 / 1000;
    Some([values[low], values[last - low]])
}

/// Pseudo-random numbers after `SplitMix64` (Steele, Lea and Flood 2014).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, `bound`.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_is_drawn_about_as_often() {
        let mut often = [0_usize; 7];
        for drawn in draws(often.len(), <[usize]>::to_vec) {
            for i in drawn {
                often[i] += 1;
            }
        }
        assert_eq!(often.iter().sum::<usize>(), 7 * DRAWS);
        assert!(often.iter().all(|&n| n.abs_diff(DRAWS) < DRAWS / 8), "{often:?}");
    }

    #[test]
    fn bounds_leave_out_a_fortieth_at_each_end() {
        assert_eq!(bounds((0..=1000).rev().map(f64::from).collect()), Some([25.0, 975.0]));
        assert_eq!(bounds(Vec::new()), None);
    }
}
