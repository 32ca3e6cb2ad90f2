//! Which events are told in given words.
//!
//! Every folded word that stands in some event's sentence has a number, the most frequent words the
//! lowest, and each event the list of the numbers of its words. What is searched for, a piece of a word
//! or words one after the other, is looked up among the words that there are; then one pass over the
//! lists finds the events. That takes the same time for every word, however long or frequent it is.

use memchr::memmem::Finder;

use super::bits::Bits;

/// Numbers from here on take two places: the bits above the lowest sixteen, then those.
const WIDE: u16 = 0xF000;

/// Appends the number of a word, in little-endian pairs of bytes.
pub(super) fn pack(number: u32, out: &mut Vec<u8>) {
    match u16::try_from(number) {
        Ok(low) if low < WIDE => out.extend(low.to_le_bytes()),
        _ => {
            out.extend((WIDE | (number >> 16) as u16).to_le_bytes());
            out.extend((number as u16).to_le_bytes());
        }
    }
}

/// The numbers that were packed.
fn unpack(packed: &[u16]) -> impl Iterator<Item = usize> + '_ {
    let mut rest = packed.iter();
    std::iter::from_fn(move || {
        let first = *rest.next()?;
        if first < WIDE {
            return Some(usize::from(first));
        }
        Some(usize::from(first - WIDE) << 16 | usize::from(*rest.next()?))
    })
}

/// What can be said of an event without unpacking its words: for each packed number a bit for each of
/// the sets of words, up to seven, in which it is. A look into a table and nothing to decide on, which is
/// what makes the pass over all lists fast.
struct Signs {
    table: Vec<u8>,
    all: u8,
}

impl Signs {
    /// The bit of numbers that take two places.
    const WIDE: u8 = 0x80;

    fn new(wanted: &[Bits]) -> Self {
        let mut table = vec![0; 1 << 16];
        let mut all = 0;
        for (n, words) in wanted.iter().take(7).enumerate() {
            all |= 1 << n;
            words.iter().take_while(|&word| word < usize::from(WIDE)).for_each(|word| table[word] |= 1 << n);
        }
        table[usize::from(WIDE)..].fill(Self::WIDE);
        Self { table, all }
    }

    /// Whether the packed words have one of every set; none where that has to be looked at more closely.
    fn of(&self, packed: &[u16]) -> Option<bool> {
        let signs = packed.iter().fold(0, |signs, &word| signs | self.table[usize::from(word)]);
        (signs & Self::WIDE == 0).then_some(signs & self.all == self.all)
    }
}

/// The words of all events.
#[derive(Debug)]
pub(super) struct Wording {
    /// The words in the order of their numbers, a line end behind each.
    words: String,
    /// The byte at which each word begins, and the one past the last line end.
    begins: Vec<u32>,
    /// The packed numbers of the words of all events, and where those of each event begin.
    told: Vec<u16>,
    starts: Vec<u32>,
}

impl Wording {
    /// Takes the words, each with a line end behind it, and the lists.
    pub(super) fn new(words: String, told: Vec<u16>, starts: Vec<u32>) -> Self {
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
            [one] => {
                let finder = Finder::new(one);
                vec![self.words_that(|word| finder.find(word.as_bytes()).is_some())]
            }
            [first, between @ .., last] => std::iter::once(self.words_that(|word| word.ends_with(first)))
                .chain(between.iter().map(|piece| self.words_that(|word| word == *piece)))
                .chain([self.words_that(|word| word.starts_with(last))])
                .collect(),
        };
        if wanted.is_empty() || wanted.iter().any(|words| words.count() == 0) {
            return Bits::none(events);
        }
        let signs = Signs::new(&wanted);
        Bits::of(events, |event| {
            let packed = self.told(event);
            match signs.of(packed) {
                Some(found) if !found || wanted.len() == 1 => found,
                _ => {
                    let words: Vec<usize> = unpack(packed).collect();
                    words
                        .windows(wanted.len())
                        .any(|run| run.iter().zip(&wanted).all(|(&word, wanted)| wanted.has(word)))
                }
            }
        })
    }

    /// The packed numbers of the words of an event.
    fn told(&self, event: usize) -> &[u16] {
        let (Some(&start), Some(&end)) = (self.starts.get(event), self.starts.get(event + 1)) else {
            return &[];
        };
        self.told.get(start as usize..end as usize).unwrap_or_default()
    }

    fn words_that(&self, holds: impl Fn(&str) -> bool + Sync) -> Bits {
        let word = |n: usize| self.words.get(self.begins[n] as usize..self.begins[n + 1] as usize - 1);
        Bits::of(self.begins.len() - 1, |n| word(n).is_some_and(&holds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of some folded texts, numbered from `first` on.
    fn wording(texts: &[&str], first: u32) -> Wording {
        let mut vocabulary: Vec<&str> = (0..first).map(|_| "\u{1}").collect();
        let (mut told, mut starts) = (Vec::new(), vec![0]);
        for text in texts {
            for word in text.split(' ') {
                let number = vocabulary.iter().position(|known| *known == word).unwrap_or_else(|| {
                    vocabulary.push(word);
                    vocabulary.len() - 1
                });
                pack(number as u32, &mut told);
            }
            starts.push(told.len() as u32 / 2);
        }
        let words = vocabulary.join("\n") + "\n";
        let told = told.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
        Wording::new(words, told, starts)
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        /// What is found is what has the phrase as a part, wherever words begin and end and however
        /// high their numbers are.
        #[test]
        fn a_phrase_is_found_wherever_it_stands(
            texts in proptest::collection::vec("[اب]{1,3}( [اب]{0,2}){0,3}", 1..8),
            phrase in "[اب ]{1,6}",
            first in proptest::sample::select(vec![0_u32, 0xEFFE, 0xFFFF]),
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
