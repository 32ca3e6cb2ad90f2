//! A short string that lives in its cell: no allocation per cell.

use std::fmt;
use std::ops::Deref;

/// Bytes that fit: a presentation form and six harakat, a flag.
pub(super) const CAPACITY: usize = 15;

/// What a cell shows: one character that takes columns and the marks on it, at most 15 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Symbol {
    /// The length, then the text.
    bytes: [u8; CAPACITY + 1],
}

impl Symbol {
    /// The symbol of one character.
    #[inline]
    pub(super) fn of(c: char) -> Self {
        let (utf8, len) = encoded(c);
        // Made in a register: bytes written one by one would have to be waited for when copied.
        Self { bytes: (u128::from(utf8) << 8 | u128::from(len)).to_le_bytes() }
    }

    /// A symbol of `count` spaces, as many as fit.
    pub(super) fn spaces(count: u8) -> Self {
        let mut bytes = [b' '; CAPACITY + 1];
        bytes[0] = count.min(CAPACITY as u8);
        Self { bytes }
    }

    /// Adds `c` where it fits. What does not is left out: nothing readable has so many marks, and a
    /// stack of them that fills the screen is what a hostile text would send.
    pub(super) fn push(&mut self, c: char) {
        let [len, text @ ..] = &mut self.bytes;
        let at = usize::from(*len);
        if at + c.len_utf8() <= CAPACITY {
            *len += c.encode_utf8(&mut text[at..]).len() as u8;
        }
    }

    /// The symbol as text.
    pub fn as_str(&self) -> &str {
        // Only whole characters are ever pushed, so this is never the default.
        let [len, text @ ..] = &self.bytes;
        std::str::from_utf8(&text[..usize::from(*len)]).unwrap_or_default()
    }
}

/// The bytes of `c` in UTF-8, the first one lowest, and how many they are.
fn encoded(c: char) -> (u32, u8) {
    let code = c as u32;
    let tail = |shift: u32| 0x80 | (code >> shift & 0x3f);
    match code {
        0..0x80 => (code, 1),
        0x80..0x800 => (0xc0 | code >> 6 | tail(0) << 8, 2),
        0x800..0x1_0000 => (0xe0 | code >> 12 | tail(6) << 8 | tail(0) << 16, 3),
        _ => (0xf0 | code >> 18 | tail(12) << 8 | tail(6) << 16 | tail(0) << 24, 4),
    }
}

impl Deref for Symbol {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character() {
        for c in '\0'..=char::MAX {
            assert_eq!(Symbol::of(c).as_str(), c.encode_utf8(&mut [0; 4]));
        }
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let mut symbol = Symbol::of('\u{feb3}');
        for _ in 0..100 {
            symbol.push('\u{64e}');
        }
        assert_eq!(symbol.as_str(), format!("\u{feb3}{}", "\u{64e}".repeat(6)));
        assert_eq!(Symbol::spaces(3).as_str(), "   ");
    }
}
