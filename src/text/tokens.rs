//! Words, numbers and marks, each with its folded form: what all of the extraction reads.

use std::sync::LazyLock;

use super::fold::{Fold, fold_char, push_fold};
use crate::model::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters of the Arabic script, with their marks.
    Word,
    /// Letters of another script.
    Foreign,
    /// A run of digits (folded to ASCII).
    Number,
    /// One other character; folded to itself.
    Mark,
    /// One line end.
    Newline,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands in the text, in bytes. Marks and tatweel belong to their word.
    pub span: Span,
    /// Its kind.
    pub kind: TokenKind,
    /// Whether white space (not a line end) stands before it.
    pub spaced: bool,
    fold: (u32, u32),
}

/// The tokens of one text.
#[derive(Clone, Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    /// The folded text; between the tokens is what parts them.
    folded: String,
    list: Vec<Token>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Arabic,
    Foreign,
    Digit,
    Mark,
    Newline,
    Space,
    /// Vanishes in folding; belongs to the word it stands in.
    Gone,
}

fn class(c: char) -> Class {
    match c {
        '\n' | '\u{2028}' | '\u{2029}' => Class::Newline,
        '0'..='9' | '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' => Class::Digit,
        'a'..='z' | 'A'..='Z' => Class::Foreign,
        '\u{0}'..='\u{7F}' => {
            if c.is_ascii_whitespace() || c.is_ascii_control() {
                Class::Space
            } else {
                Class::Mark
            }
        }
        '\u{600}'..='\u{6FF}' => match fold_char(c) {
            Fold::Gone => Class::Gone,
            Fold::One(_) if c.is_alphabetic() => Class::Arabic,
            _ => Class::Mark,
        },
        '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' => {
            if c.is_alphabetic() {
                Class::Arabic
            } else {
                Class::Mark
            }
        }
        _ if matches!(fold_char(c), Fold::Gone) => Class::Gone,
        _ if c.is_whitespace() || c.is_control() => Class::Space,
        _ if c.is_alphanumeric() => Class::Foreign,
        _ => Class::Mark,
    }
}

/// The class of a character, and whether it folds to itself.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Cell {
    class: Class,
    same: bool,
}

impl Cell {
    fn of(c: char) -> Self {
        Self { class: class(c), same: fold_char(c) == Fold::One(c) }
    }
}

/// How many code points have one byte or two: ASCII, Arabic and what lies between.
const SHORT: usize = 0x800;

/// Their cells.
static CELLS: LazyLock<[Cell; SHORT]> =
    LazyLock::new(|| std::array::from_fn(|point| Cell::of(char::from_u32(point as u32).unwrap_or_default())));

/// The cell of the character at byte `at`, with its length in bytes: of the short ones from the table, of
/// everything else worked out.
#[inline]
fn cell_at(cells: &[Cell; SHORT], text: &str, at: usize) -> Option<(Cell, usize)> {
    let bytes = text.as_bytes();
    match *bytes.get(at)? {
        byte @ 0..0x80 => Some((cells[usize::from(byte)], 1)),
        lead @ 0x80..0xE0 => {
            let low = bytes.get(at + 1)?;
            Some((cells[short(lead, *low)], 2))
        }
        _ => text[at..].chars().next().map(|c| (Cell::of(c), c.len_utf8())),
    }
}

/// How many bytes at the beginning of a text are characters of two bytes of this cell.
#[inline]
fn run(cells: &[Cell; SHORT], bytes: &[u8], cell: Cell) -> usize {
    let pairs = bytes.chunks_exact(2);
    2 * pairs.take_while(|pair| pair[0] & 0xE0 == 0xC0 && cells[short(pair[0], pair[1])] == cell).count()
}

/// The code point of two bytes.
#[inline]
fn short(lead: u8, low: u8) -> usize {
    usize::from(lead & 0x1F) << 6 | usize::from(low & 0x3F)
}

/// A text being folded: what folds to itself is copied in long pieces.
struct Folding<'t> {
    text: &'t str,
    folded: String,
    /// From this byte on the text folds to itself and is not copied yet.
    plain: usize,
}

impl Folding<'_> {
    /// How long the fold of the text before byte `at` is.
    fn len(&self, at: usize) -> usize {
        self.folded.len() + at - self.plain
    }

    /// Takes the character at bytes `at` to `end`, which folds to something else.
    fn change(&mut self, at: usize, end: usize) {
        self.folded.push_str(&self.text[self.plain..at]);
        self.text[at..end].chars().for_each(|c| push_fold(c, &mut self.folded));
        self.plain = end;
    }

    /// The folded text.
    fn end(mut self) -> String {
        self.folded.push_str(&self.text[self.plain..]);
        self.folded
    }
}

impl<'t> Tokens<'t> {
    /// Cuts `text` into tokens. A run of letters of one script or of digits is one token; every
    /// other visible character is one of its own.
    pub fn new(text: &'t str) -> Self {
        let mut folding = Folding { text, folded: String::with_capacity(text.len()), plain: 0 };
        let mut list: Vec<Token> = Vec::with_capacity(text.len() / 8);
        let cells = &*CELLS;
        let mut spaced = true;
        let mut at = 0;
        while let Some((cell, len)) = cell_at(cells, text, at) {
            let (start, from) = (at, folding.len(at));
            at += len;
            if !cell.same {
                folding.change(start, at);
            }
            let kind = match cell.class {
                Class::Space => {
                    spaced = true;
                    continue;
                }
                // In a word or number it is taken with it.
                Class::Gone => continue,
                Class::Arabic => TokenKind::Word,
                Class::Foreign => TokenKind::Foreign,
                Class::Digit => TokenKind::Number,
                Class::Newline => TokenKind::Newline,
                Class::Mark => TokenKind::Mark,
            };
            if matches!(kind, TokenKind::Word | TokenKind::Foreign | TokenKind::Number) {
                let plain = Cell { same: true, ..cell };
                at += run(cells, &text.as_bytes()[at..], plain);
                while let Some((next, len)) = cell_at(cells, text, at)
                    && (next.class == cell.class || next.class == Class::Gone)
                {
                    if !next.same {
                        folding.change(at, at + len);
                    }
                    at += len;
                    at += run(cells, &text.as_bytes()[at..], plain);
                }
            }
            let span = Span::new(start as u32, at as u32);
            list.push(Token { span, kind, spaced, fold: (from as u32, folding.len(at) as u32) });
            spaced = kind == TokenKind::Newline;
        }
        let folded = folding.end();
        Self { text, folded, list }
    }

    /// The text they were cut from.
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The token at an index.
    pub fn get(&self, index: usize) -> Option<&Token> {
        self.list.get(index)
    }

    /// All tokens in order.
    pub fn all(&self) -> &[Token] {
        &self.list
    }

    /// The folded form of the token at `index`; empty beyond the end.
    #[inline]
    pub fn folded(&self, index: usize) -> &str {
        self.list.get(index).map_or("", |t| &self.folded[t.fold.0 as usize..t.fold.1 as usize])
    }

    /// The kind of the token at `index`.
    #[inline]
    pub fn kind(&self, index: usize) -> Option<TokenKind> {
        self.list.get(index).map(|t| t.kind)
    }

    /// The bytes from token `first` through token `last`.
    pub fn span(&self, first: usize, last: usize) -> Span {
        Span::new(self.list[first].span.start, self.list[last].span.end)
    }

    /// The text of the token at `index` as written.
    pub fn written(&self, index: usize) -> &'t str {
        self.list.get(index).map_or("", |t| t.span.of(self.text))
    }

    /// The byte offset in the text at which the folded bytes `0..folded` of token `index` end: the
    /// way back from a proclitic's length in the folded form to the place where its host begins.
    pub fn inner(&self, index: usize, folded: usize) -> u32 {
        let span = self.list[index].span;
        let mut out = String::new();
        for (at, c) in span.of(self.text).char_indices() {
            if out.len() >= folded && !matches!(fold_char(c), Fold::Gone) {
                return span.start + at as u32;
            }
            push_fold(c, &mut out);
        }
        span.end
    }

    /// The index of the first token that ends after byte `at`.
    pub fn at(&self, at: u32) -> usize {
        self.list.partition_point(|t| t.span.end <= at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let t = Tokens::new(text);
        (0..t.len()).map(|i| t.folded(i).to_owned()).collect()
    }

    #[test]
    fn cuts_by_script_and_keeps_marks() {
        assert_eq!(
            words("في ٢٨ شباط/فبراير 2022، قالَ"),
            ["في", "28", "شباط", "/", "فبراير", "2022", "،", "قال"]
        );
        assert_eq!(words("1446هـ إف35"), ["1446", "ه", "اف", "35"]);
        assert_eq!(words("أ\nب"), ["ا", "\n", "ب"]);
    }

    #[test]
    fn marks_and_joiners_belong_to_their_word() {
        let text = "قُـلْ\u{200d} (\u{64e}12\u{64b}) Straße ﷲ";
        let t = Tokens::new(text);
        let written: Vec<_> = (0..t.len()).map(|i| t.written(i)).collect();
        assert_eq!(written, ["قُـلْ\u{200d}", "(", "12\u{64b}", ")", "Straße", "ﷲ"]);
        assert_eq!(words(text), ["قل", "(", "12", ")", "straße", "الله"]);
        assert!(t.get(1).is_some_and(|x| x.spaced) && t.get(2).is_some_and(|x| !x.spaced));
    }

    #[test]
    fn the_way_back_into_a_word() {
        let text = "وَبِالقاهرة";
        let t = Tokens::new(text);
        assert_eq!(t.folded(0), "وبالقاهره");
        assert_eq!(&text[t.inner(0, "وب".len()) as usize..], "القاهرة");
        assert_eq!(t.inner(0, t.folded(0).len()), text.len() as u32);
    }
}
