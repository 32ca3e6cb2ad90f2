//! Between bytes, the unit inside, and code points, the unit of every output.

use crate::model::Span;

/// How many bytes lie between two remembered counts.
const STRIDE: usize = 256;

/// Converts between byte and code point offsets of one text, in steps of `STRIDE` bytes.
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points that begin before byte `i * STRIDE`.
    counts: Vec<u32>,
}

/// Whether the byte begins a code point.
const fn begins(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn count(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| begins(b)).count() as u32
}

impl<'t> CodePoints<'t> {
    /// Counts the code points of `text` once.
    pub fn new(text: &'t str) -> Self {
        let mut total = 0;
        let mut counts = Vec::with_capacity(text.len() / STRIDE + 1);
        for chunk in text.as_bytes().chunks(STRIDE) {
            counts.push(total);
            total += count(chunk);
        }
        if text.len().is_multiple_of(STRIDE) {
            counts.push(total);
        }
        Self { text, counts }
    }

    /// The code point offset of a byte offset; beyond the text it is the text's length.
    pub fn of_byte(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        let block = byte / STRIDE;
        self.counts[block] + count(&self.text.as_bytes()[block * STRIDE..byte])
    }

    /// A byte span as code points.
    pub fn span(&self, span: Span) -> Span {
        Span::new(self.of_byte(span.start), self.of_byte(span.end))
    }

    /// The byte offset of a code point offset; none beyond the text's end.
    pub fn to_byte(&self, point: u32) -> Option<u32> {
        let blocks = &self.counts[..=self.text.len() / STRIDE];
        let block = blocks.partition_point(|&c| c <= point).saturating_sub(1);
        let mut left = point - blocks[block];
        let from = block * STRIDE;
        for (i, &b) in self.text.as_bytes().get(from..)?.iter().enumerate() {
            if begins(b) {
                if left == 0 {
                    return Some((from + i) as u32);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(self.text.len() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn there_and_back(text in "[\\PCء-ي ]{0,900}") {
            let points = CodePoints::new(&text);
            for (n, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.of_byte(byte as u32), n as u32);
                prop_assert_eq!(points.to_byte(n as u32), Some(byte as u32));
            }
            let len = text.chars().count() as u32;
            prop_assert_eq!(points.of_byte(text.len() as u32), len);
            prop_assert_eq!(points.to_byte(len), Some(text.len() as u32));
            prop_assert_eq!(points.to_byte(len + 1), None);
        }
    }
}
