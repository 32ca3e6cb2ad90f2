//! Sets of events, one bit each.

use rayon::prelude::*;

/// A set of the numbers below its length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// None of `len`.
    pub(super) fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    /// All of `len`.
    pub(super) fn all(len: usize) -> Self {
        let mut words = vec![!0; len.div_ceil(64)];
        if let Some(last) = words.last_mut().filter(|_| !len.is_multiple_of(64)) {
            *last = (1 << (len % 64)) - 1;
        }
        Self { words, len }
    }

    /// Those of `len` for which `holds`, asked by several threads where there are many.
    pub(super) fn of(len: usize, holds: impl Fn(usize) -> bool + Sync) -> Self {
        Self::by_words(
            len,
            || (),
            |(), n| {
                let start = n * 64;
                (start..len.min(start + 64)).fold(0, |word, n| word | (u64::from(holds(n)) << (n - start)))
            },
        )
    }

    /// Those of `len` whose bits `word` gives, 64 at a time, the lowest bit for the first of them; none
    /// may be set behind `len`. Each thread has room to work in, which `room` makes.
    pub(super) fn by_words<T>(
        len: usize,
        room: impl Fn() -> T + Sync + Send,
        word: impl Fn(&mut T, usize) -> u64 + Sync + Send,
    ) -> Self {
        let words = (0..len.div_ceil(64)).into_par_iter().with_min_len(1024).map_init(room, word).collect();
        Self { words, len }
    }

    /// Puts one in.
    pub(super) fn insert(&mut self, n: usize) {
        if n < self.len {
            self.words[n / 64] |= 1 << (n % 64);
        }
    }

    /// Whether it is in.
    pub(super) fn has(&self, n: usize) -> bool {
        n < self.len && self.words[n / 64] & (1 << (n % 64)) != 0
    }

    /// Keeps those that are in `other` too, or with `negated` those that are not.
    pub(super) fn keep(&mut self, other: &Self, negated: bool) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= if negated { !other } else { *other };
        }
    }

    /// Puts in those that are in `other`.
    pub(super) fn add(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// How many are in.
    pub(super) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Gives those that are in, in order: of a million faster than [`Bits::iter`].
    pub(super) fn each(&self, mut take: impl FnMut(usize)) {
        for (n, &word) in self.words.iter().enumerate() {
            let mut rest = word;
            while rest != 0 {
                take(n * 64 + rest.trailing_zeros() as usize);
                rest &= rest - 1;
            }
        }
    }

    /// Those that are in, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let mut words = self.words.iter();
        // Those of a word that are still to come, and how many numbers stand before the next word.
        let (mut rest, mut before) = (0_u64, 0);
        std::iter::from_fn(move || {
            while rest == 0 {
                rest = *words.next()?;
                before += 64;
            }
            let bit = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            Some(before - 64 + bit)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_sets() {
        for len in [0, 1, 63, 64, 65, 200] {
            let third = Bits::of(len, |n| n % 3 == 0);
            let expected: Vec<_> = (0..len).filter(|n| n % 3 == 0).collect();
            assert_eq!(third.iter().collect::<Vec<_>>(), expected);
            let mut each = Vec::new();
            third.each(|n| each.push(n));
            assert_eq!(each, expected);
            assert_eq!(third.count(), expected.len());
            let mut rest = Bits::all(len);
            rest.keep(&third, true);
            assert_eq!(rest.count(), len - expected.len());
            assert!((0..len).all(|n| rest.has(n) != third.has(n)) && !rest.has(len));
            let mut some = Bits::none(len);
            some.insert(7);
            some.insert(len);
            assert_eq!(some.count(), usize::from(len > 7));
        }
    }
}
