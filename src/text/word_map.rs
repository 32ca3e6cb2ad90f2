//! A table from folded words to what is known of them, made for looking up every word of a text.

use foldhash::HashMap;

/// Folded words with a value each: nearly all are short enough to be looked up as one number, which is
/// hashed and compared in a few steps.
#[derive(Clone, Debug)]
pub struct WordMap<T> {
    short: HashMap<u128, T>,
    long: HashMap<Box<str>, T>,
}

impl<T> Default for WordMap<T> {
    fn default() -> Self {
        Self { short: HashMap::default(), long: HashMap::default() }
    }
}

impl<T> WordMap<T> {
    /// What is known of a word.
    #[inline]
    pub fn get(&self, word: &str) -> Option<&T> {
        match number(word.as_bytes()) {
            Some(number) => self.short.get(&number),
            None => self.long.get(word),
        }
    }

    /// Says what is known of a word, in place of what was.
    pub fn insert(&mut self, word: &str, value: T) {
        match number(word.as_bytes()) {
            Some(number) => self.short.insert(number, value),
            None => self.long.insert(word.into(), value),
        };
    }
}

impl<T: Copy> WordMap<T> {
    /// What is known of a word; `made` of one that is new.
    #[inline]
    pub fn get_or_insert_with(&mut self, word: &str, made: impl FnOnce() -> T) -> T {
        if let Some(number) = number(word.as_bytes()) {
            return *self.short.entry(number).or_insert_with(made);
        }
        self.long.get(word).copied().unwrap_or_else(|| {
            let value = made();
            self.long.insert(word.into(), value);
            value
        })
    }
}

/// The bytes of a word, none of which is zero, as a number, where it holds them all: the first and the
/// last few, which overlap.
#[inline]
fn number(bytes: &[u8]) -> Option<u128> {
    let length = bytes.len();
    Some(match length {
        8..=16 => {
            let (first, last) = (bytes.first_chunk()?, bytes.last_chunk()?);
            u128::from(u64::from_le_bytes(*first))
                | u128::from(u64::from_le_bytes(*last)) << (8 * (length - 8))
        }
        4..=7 => {
            let (first, last) = (bytes.first_chunk()?, bytes.last_chunk()?);
            u128::from(u32::from_le_bytes(*first))
                | u128::from(u32::from_le_bytes(*last)) << (8 * (length - 4))
        }
        0..=3 => bytes.iter().rev().fold(0, |number, &byte| number << 8 | u128::from(byte)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_length_are_told_apart() {
        let long = "abcdefghijklmnopqrstuvwxyz";
        let words = || (0..long.len()).flat_map(|from| (from..=long.len()).map(move |to| &long[from..to]));
        let mut map = WordMap::default();
        for word in words() {
            map.insert(word, word);
        }
        assert!(words().all(|word| map.get(word) == Some(&word)));
        assert_eq!(number(b"abcdefgh"), Some(u128::from(u64::from_le_bytes(*b"abcdefgh"))));
        assert_eq!(number("السودان".as_bytes()).map(|n| n >> (8 * 13) != 0), Some(true));
    }

    #[test]
    fn a_word_is_made_once() {
        let mut map = WordMap::default();
        let mut made = 0;
        for word in ["زار", "المسؤولون", "زار", "المسؤولون"] {
            let length = map.get_or_insert_with(word, || {
                made += 1;
                word.len()
            });
            assert_eq!((length, map.get(word)), (word.len(), Some(&length)));
        }
        assert_eq!(made, 2);
        assert_eq!(map.get("زا"), None);
    }
}
