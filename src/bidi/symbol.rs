//! A short string that lives in its cell: no allocation per cell.

use std::fmt;
use std::ops::Deref;

/// Bytes that fit: a presentation form and six harakat, a flag.
pub(super) const CAPACITY: usize = 15;

/// What a cell shows: one character that takes columns and the marks on it, at most 15 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Symbol {
    len: u8,
    bytes: [u8; CAPACITY],
}

impl Symbol {
    /// The empty symbol.
    pub(super) const fn new() -> Self {
        Self { len: 0, bytes: [0; CAPACITY] }
    }

    /// A symbol of `count` spaces, as many as fit.
    pub(super) fn spaces(count: u8) -> Self {
        Self { len: count.min(CAPACITY as u8), bytes: [b' '; CAPACITY] }
    }

    /// Adds `c` where it fits. What does not is left out: nothing readable has so many marks, and a
    /// stack of them that fills the screen is what a hostile text would send.
    pub(super) fn push(&mut self, c: char) {
        let at = usize::from(self.len);
        if at + c.len_utf8() <= CAPACITY {
            self.len += c.encode_utf8(&mut self.bytes[at..]).len() as u8;
        }
    }

    /// The symbol as text.
    pub fn as_str(&self) -> &str {
        // Only whole characters are ever pushed, so this is never the default.
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default()
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
