//! Which events are told in given words.
//!
//! Every folded word that stands in some event's sentence has a number, the most frequent words the
//! lowest, and each event the list of the numbers of its words. What is searched for, a piece of a word
//! or words one after the other, is looked up among the words that there are; then one pass over the
//! lists finds the events. That takes the same time for every word, however long or frequent it is: the
//! pass looks each number up in a table and makes of what it finds one bit for each place, 64 places at
//! a time, with nothing to decide on until an event's own bits are looked at.

use memchr::memmem::Finder;

use super::bits::Bits;

/// Stands for a number that has no room in two bytes; which one it is stands apart, with its place.
const FAR: u16 = u16::MAX;

/// As many pieces of a phrase are looked up at a time: each has a bit of a byte of the table.
const AT_ONCE: usize = 8;

/// Word numbers one after the other.
#[derive(Debug, Default)]
pub(super) struct Told {
    near: Vec<u16>,
    /// The places of those that are [`FAR`], in order, and their numbers.
    far: Vec<(u32, u32)>,
}

impl Told {
    /// An empty list with room for so many.
    pub(super) fn with_capacity(words: usize) -> Self {
        Self { near: Vec::with_capacity(words), far: Vec::new() }
    }

    /// Takes up what [`Told::pairs`] and [`Told::outliers`] gave.
    pub(super) const fn new(near: Vec<u16>, far: Vec<(u32, u32)>) -> Self {
        Self { near, far }
    }

    /// Appends the number of a word.
    pub(super) fn push(&mut self, number: u32) {
        match u16::try_from(number) {
            Ok(near) if near != FAR => self.near.push(near),
            _ => {
                self.far.push((self.near.len() as u32, number));
                self.near.push(FAR);
            }
        }
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.near.len()
    }

    /// The numbers as far as they have room in two bytes.
    pub(super) fn pairs(&self) -> &[u16] {
        &self.near
    }

    /// Places and numbers of the others.
    pub(super) fn outliers(&self) -> impl Iterator<Item = u32> + '_ {
        self.far.iter().flat_map(|&(place, number)| [place, number])
    }

    /// The number at a place.
    fn at(&self, place: usize) -> Option<usize> {
        match *self.near.get(place)? {
            FAR => {
                let far = self.far.binary_search_by_key(&(place as u32), |(place, _)| *place).ok()?;
                Some(self.far[far].1 as usize)
            }
            near => Some(usize::from(near)),
        }
    }

    /// Places and numbers of the [`FAR`] ones between two places.
    fn far_within(&self, from: usize, to: usize) -> &[(u32, u32)] {
        if self.far.is_empty() {
            return &[];
        }
        let before = |end: usize| self.far.partition_point(|(place, _)| (*place as usize) < end);
        &self.far[before(from)..before(to)]
    }
}

/// What is looked for: of each piece of the phrase the words that have it.
struct Wanted {
    pieces: Vec<Bits>,
    /// For each number with room in two bytes a bit for each of the first pieces.
    table: Vec<u8>,
}

impl Wanted {
    fn new(pieces: Vec<Bits>) -> Self {
        let mut table = vec![0; 1 << 16];
        for (n, words) in pieces.iter().take(AT_ONCE).enumerate() {
            words.iter().take_while(|&word| word < usize::from(FAR)).for_each(|word| table[word] |= 1 << n);
        }
        Self { pieces, table }
    }

    /// How many of the pieces are in the table.
    fn at_once(&self) -> usize {
        self.pieces.len().min(AT_ONCE)
    }
}

/// The words of all events.
#[derive(Debug)]
pub(super) struct Wording {
    /// The words in the order of their numbers, a line end behind each.
    words: String,
    /// The byte at which each word begins, and the one past the last line end.
    begins: Vec<u32>,
    /// The numbers of the words of all events, and where those of each event begin.
    told: Told,
    starts: Vec<u32>,
}

impl Wording {
    /// Takes the words, each with a line end behind it, and the lists.
    pub(super) fn new(words: String, told: Told, starts: Vec<u32>) -> Self {
        let ends = memchr::memchr_iter(b'\n', words.as_bytes()).map(|end| end as u32 + 1);
        let begins = std::iter::once(0).chain(ends).collect();
        Self { words, begins, told, starts }
    }

    /// The events whose folded words hold `phrase`, which is folded too. None where that is empty.
    pub(super) fn telling(&self, phrase: &str) -> Bits {
        let events = self.starts.len().saturating_sub(1);
        let pieces: Vec<&str> = phrase.split(' ').collect();
        // Only at its ends a phrase may hold a part of a word.
        let wanted: Vec<Bits> = match pieces.as_slice() {
            [] | [""] => Vec::new(),
            [one] => vec![self.words_with(one)],
            [first, between @ .., last] => std::iter::once(self.words_that(|word| word.ends_with(first)))
                .chain(between.iter().map(|piece| self.words_that(|word| word == *piece)))
                .chain([self.words_that(|word| word.starts_with(last))])
                .collect(),
        };
        if wanted.is_empty() || wanted.iter().any(|words| words.count() == 0) {
            return Bits::none(events);
        }
        let wanted = Wanted::new(wanted);
        Bits::by_words(events, Vec::new, |found, n| self.told_in(n * 64, events, &wanted, found))
    }

    /// Which of the 64 events from `first` on, of `events`, are told in what is wanted, a bit for each.
    /// `found` is room to work in.
    fn told_in(&self, first: usize, events: usize, wanted: &Wanted, found: &mut Vec<u64>) -> u64 {
        let starts = &self.starts[first..=events.min(first + 64)];
        let (from, to) = (starts[0] as usize, starts[starts.len() - 1] as usize);
        let Some(near) = self.told.near.get(from..to) else { return 0 };
        // For each piece a bit for each place, with a word of none behind them.
        let (pieces, row) = (wanted.at_once(), near.len().div_ceil(64) + 1);
        found.clear();
        found.resize(pieces * row, 0);
        for (n, eight) in near.chunks(8).enumerate() {
            let signs = signs_of(eight, &wanted.table);
            for piece in 0..pieces {
                found[piece * row + n / 8] |= gathered(signs >> piece) << (n % 8 * 8);
            }
        }
        for &(place, number) in self.told.far_within(from, to) {
            let place = place as usize - from;
            for (piece, words) in wanted.pieces.iter().take(pieces).enumerate() {
                found[piece * row + place / 64] |= u64::from(words.has(number as usize)) << (place % 64);
            }
        }
        // A phrase begins where its first piece stands and the others behind it.
        let (begun, others) = found.split_at_mut(row);
        for (piece, other) in others.chunks(row).enumerate() {
            for (n, begun) in begun.iter_mut().enumerate() {
                let next = other.get(n + 1).copied().unwrap_or_default();
                *begun &= other[n] >> (piece + 1) | next << (63 - piece);
            }
        }
        if begun.iter().all(|begun| *begun == 0) {
            return 0;
        }
        for (n, words) in wanted.pieces.iter().enumerate().skip(pieces) {
            for place in 0..near.len() {
                if begun[place / 64] & (1 << (place % 64)) != 0
                    && !self.told.at(from + place + n).is_some_and(|word| words.has(word))
                {
                    begun[place / 64] &= !(1 << (place % 64));
                }
            }
        }
        let behind = wanted.pieces.len() - 1;
        starts.windows(2).enumerate().fold(0, |events, (n, bounds)| {
            let (start, end) =
                (bounds[0] as usize - from, (bounds[1] as usize - from).saturating_sub(behind));
            events | u64::from(any(begun, start, end)) << n
        })
    }

    /// The words of which `piece` is a part.
    fn words_with(&self, piece: &str) -> Bits {
        let mut words = Bits::none(self.begins.len() - 1);
        let finder = Finder::new(piece);
        let (text, mut from, mut word) = (self.words.as_bytes(), 0, 0);
        while let Some(at) = text.get(from..).and_then(|rest| finder.find(rest)) {
            while self.begins[word + 1] as usize <= from + at {
                word += 1;
            }
            words.insert(word);
            from = self.begins[word + 1] as usize;
        }
        words
    }

    fn words_that(&self, holds: impl Fn(&str) -> bool + Sync) -> Bits {
        let word = |n: usize| self.words.get(self.begins[n] as usize..self.begins[n + 1] as usize - 1);
        Bits::of(self.begins.len() - 1, |n| word(n).is_some_and(&holds))
    }
}

/// What a table says of up to eight numbers, a byte for each.
fn signs_of(numbers: &[u16], table: &[u8]) -> u64 {
    let sign = |number: u16| u64::from(table[usize::from(number)]);
    if let Ok(eight) = <[u16; 8]>::try_from(numbers) {
        return (0..8).fold(0, |signs, n| signs | sign(eight[n]) << (8 * n));
    }
    numbers.iter().rev().fold(0, |signs, &number| signs << 8 | sign(number))
}

/// The lowest bits of eight bytes, as one byte. The product has each of them in its highest byte, and
/// no two of its terms fall on the same bit.
const fn gathered(bytes: u64) -> u64 {
    (bytes & 0x0101_0101_0101_0101).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Whether one of the bits from `start` up to `end` is set; behind the word of the last one stands another.
fn any(words: &[u64], mut start: usize, end: usize) -> bool {
    while start < end {
        let (word, bit) = (start / 64, start % 64);
        let next = words.get(word + 1).copied().unwrap_or_default();
        let bits = words[word] >> bit | (next << 1) << (63 - bit);
        let length = (end - start).min(64);
        if bits & (!0 >> (64 - length)) != 0 {
            return true;
        }
        start += length;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of some folded texts, numbered from `first` on.
    fn wording(texts: &[&str], first: u32) -> Wording {
        let mut vocabulary: Vec<&str> = (0..first).map(|_| "\u{1}").collect();
        let (mut told, mut starts) = (Told::default(), vec![0]);
        for text in texts {
            for word in text.split(' ') {
                let number = vocabulary.iter().position(|known| *known == word).unwrap_or_else(|| {
                    vocabulary.push(word);
                    vocabulary.len() - 1
                });
                told.push(number as u32);
            }
            starts.push(told.len() as u32);
        }
        let words = vocabulary.join("\n") + "\n";
        Wording::new(words, told, starts)
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        /// What is found is what has the phrase as a part, wherever words begin and end and however
        /// high their numbers are.
        #[test]
        fn a_phrase_is_found_wherever_it_stands(
            texts in proptest::prop_oneof![
                proptest::collection::vec("[اب]{1,3}( [اب]{0,2}){0,3}", 1..8),
                proptest::collection::vec("[اب]( [اب]{0,2}){0,3}", 60..200),
                proptest::collection::vec("[اب]( [اب]){0,150}", 1..8),
            ],
            phrase in proptest::prop_oneof!["[اب ]{1,6}", "[اب]( [اب]){0,12}"],
            first in proptest::sample::select(vec![0_u32, 0xFFFC, 0x1_0000]),
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let found = wording(&texts, first).telling(&phrase);
            for (n, text) in texts.iter().enumerate() {
                proptest::prop_assert_eq!(found.has(n), text.contains(&phrase), "{:?} in {:?}", phrase, text);
            }
        }
    }

    #[test]
    fn nothing_is_in_no_event() {
        assert_eq!(wording(&["اب"], 0).telling("").count(), 0);
        assert_eq!(wording(&[], 0).telling("اب").count(), 0);
    }
}
