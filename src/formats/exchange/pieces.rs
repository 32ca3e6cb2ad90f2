//! A text cut into tokens for formats that want them: at blanks, at marks of punctuation, and
//! wherever an annotation begins or ends, so that no annotation begins inside a token.

use std::collections::BTreeSet;

/// A token, in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) text: &'t str,
    /// Whether it is white space.
    pub(super) blank: bool,
}

/// Cuts `text`; `edges` are code points at which a token has to end. Blanks are pieces too, a line end
/// always one of its own.
pub(super) fn cut<'t>(text: &'t str, edges: &BTreeSet<u32>) -> Vec<Piece<'t>> {
    #[derive(PartialEq, Clone, Copy)]
    enum Class {
        Word,
        Blank,
        Single,
    }
    let class = |c: char| match c {
        '\n' => Class::Single,
        c if c.is_whitespace() => Class::Blank,
        // Marks belong to their letters, joiners to their words.
        c if c.is_alphanumeric()
            || matches!(c, '\u{200C}' | '\u{200D}' | 'ـ' | '_')
            || unicode_normalization::char::is_combining_mark(c) =>
        {
            Class::Word
        }
        _ => Class::Single,
    };
    let mut out: Vec<Piece<'t>> = Vec::new();
    let mut last = None;
    for (n, (byte, c)) in text.char_indices().enumerate() {
        let (n, class) = (n as u32, class(c));
        let end = byte + c.len_utf8();
        if let (Some((begun, before)), false) = (last, edges.contains(&n))
            && before == class
            && class != Class::Single
            && let Some(piece) = out.last_mut()
        {
            piece.end = n + 1;
            piece.text = &text[begun..end];
            continue;
        }
        last = Some((byte, class));
        out.push(Piece { start: n, end: n + 1, text: &text[byte..end], blank: c.is_whitespace() });
    }
    out
}
