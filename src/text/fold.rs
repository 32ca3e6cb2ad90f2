//! Folding: one spelling for what Arabic writers spell in many ways, with the way back.
//!
//! Folded alike are أ إ آ ٱ and ا, ى ی and ي, ة and ه, ک and ك, presentation forms and their letters
//! (NFKC), Arabic-Indic and ASCII digits, upper and lower case. Harakat, tatweel, joiners and bidi
//! controls vanish.

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// What one code point becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Itself, or another code point.
    One(char),
    /// Nothing.
    Gone,
    /// Several code points (ligatures, `İ`).
    Many,
}

/// The fold of every code point of the Arabic block (U+0600–06FF), looked up by low byte.
static ARABIC: LazyLock<[Fold; 256]> = LazyLock::new(|| {
    std::array::from_fn(|low| {
        let c = char::from_u32(0x600 + low as u32).unwrap_or('\u{600}');
        match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => Fold::One('ا'),
            'ى' | 'ی' => Fold::One('ي'),
            'ة' | 'ہ' | 'ە' => Fold::One('ه'),
            'ک' => Fold::One('ك'),
            '\u{660}'..='\u{669}' => Fold::One((b'0' + (low as u8 - 0x60)) as char),
            '\u{6F0}'..='\u{6F9}' => Fold::One((b'0' + (low as u8 - 0xF0)) as char),
            '\u{610}'..='\u{61A}'
            | '\u{61C}'
            | '\u{640}'
            | '\u{64B}'..='\u{65F}'
            | '\u{670}'
            | '\u{6D6}'..='\u{6DC}'
            | '\u{6DF}'..='\u{6E4}'
            | '\u{6E7}'
            | '\u{6E8}'
            | '\u{6EA}'..='\u{6ED}' => Fold::Gone,
            _ => Fold::One(c),
        }
    })
});

/// Folds one code point.
#[inline]
pub fn fold_char(c: char) -> Fold {
    match c {
        '\u{0}'..='\u{7F}' => Fold::One(c.to_ascii_lowercase()),
        '\u{600}'..='\u{6FF}' => ARABIC[(c as usize) & 0xFF],
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{AD}' => Fold::Gone,
        '\u{A0}' => Fold::One(' '),
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' => Fold::Many,
        _ => {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) => Fold::One(one),
                _ => Fold::Many,
            }
        }
    }
}

/// Appends the fold of `c` to `out`.
#[inline]
pub fn push_fold(c: char, out: &mut String) {
    match fold_char(c) {
        Fold::One(c) => out.push(c),
        Fold::Gone => {}
        Fold::Many => push_many(c, out),
    }
}

#[cold]
fn push_many(c: char, out: &mut String) {
    for c in std::iter::once(c).nfkc().flat_map(char::to_lowercase) {
        if let Fold::One(c) = fold_char(c) {
            out.push(c);
        }
    }
}

/// The folded form of `text`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        push_fold(c, &mut out);
    }
    out
}

/// The folded form of a lexicon entry or query: folded, trimmed, inner white space to one blank.
pub fn fold_phrase(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // White space is written when the next word begins, so none stands at either end.
    let mut apart = false;
    let arabic = &*ARABIC;
    for c in text.chars() {
        let fold = match c {
            '\u{600}'..='\u{6FF}' => arabic[(c as usize) & 0xFF],
            _ => fold_char(c),
        };
        match fold {
            Fold::Gone => {}
            // The Arabic block has no white space, so most characters need not be asked.
            Fold::One(one) if !matches!(one, '\u{600}'..='\u{6FF}') && one.is_whitespace() => {
                apart = true;
            }
            _ => {
                if std::mem::take(&mut apart) && !out.is_empty() {
                    out.push(' ');
                }
                match fold {
                    Fold::One(one) => out.push(one),
                    _ => push_many(c, &mut out),
                }
            }
        }
    }
    out
}

/// A folded text that knows where each of its bytes came from; for search in what a person reads.
#[derive(Clone, Debug)]
pub struct Folded<'t> {
    source: Cow<'t, str>,
    text: String,
    /// For every byte of `text`, and one past it, the byte offset of its origin in `source`.
    origin: Vec<u32>,
}

impl<'t> Folded<'t> {
    /// Folds `source`, keeping the way back.
    pub fn new(source: impl Into<Cow<'t, str>>) -> Self {
        let source = source.into();
        let mut text = String::with_capacity(source.len());
        let mut origin = Vec::with_capacity(source.len() + 1);
        for (at, c) in source.char_indices() {
            push_fold(c, &mut text);
            origin.resize(text.len(), at as u32);
        }
        origin.push(source.len() as u32);
        Self { source, text, origin }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the source that the folded bytes `start..end` came from. Marks that follow the
    /// last letter belong to it.
    pub fn origin(&self, start: usize, end: usize) -> std::ops::Range<usize> {
        let from = self.origin.get(start).map_or(self.source.len(), |&o| o as usize);
        let last = end.max(start);
        let to = self.origin.get(last).map_or(self.source.len(), |&o| o as usize);
        from..to.max(from)
    }

    /// Every place where the folded `needle` occurs, as byte ranges of the source. A needle that
    /// folds to nothing is nowhere.
    pub fn find_all<'a>(&'a self, needle: &str) -> impl Iterator<Item = std::ops::Range<usize>> + 'a {
        let needle = fold_phrase(needle);
        let finder =
            (!needle.is_empty()).then(|| memchr::memmem::Finder::new(needle.as_bytes()).into_owned());
        let mut from = 0;
        std::iter::from_fn(move || {
            let finder = finder.as_ref()?;
            let at = from + finder.find(self.text.as_bytes().get(from..)?)?;
            from = at + needle.len();
            Some(self.origin(at, from))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_fold_alike() {
        for (a, b) in [
            ("أحمد", "احمد"),
            ("مُحَمَّد", "محمد"),
            ("مـــصر", "مصر"),
            ("مستشفى", "مستشفي"),
            ("القاهرة", "القاهره"),
            ("٢٠٢٢", "2022"),
            ("Zelenskyy", "ZELENSKYY"),
            ("ﻻ", "لا"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
    }

    #[test]
    fn search_finds_the_original_bytes() {
        let text = "في القُــدس أمس";
        let found: Vec<_> = Folded::new(text).find_all("القدس").map(|r| &text[r]).collect();
        assert_eq!(found, ["القُــدس"]);
        assert_eq!(Folded::new(text).find_all("\u{640}").count(), 0);
    }
}
