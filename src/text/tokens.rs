//! Words, numbers and marks, each with its folded form: what all of the extraction reads.

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

impl<'t> Tokens<'t> {
    /// Cuts `text` into tokens. A run of letters of one script or of digits is one token; every
    /// other visible character is one of its own.
    pub fn new(text: &'t str) -> Self {
        let mut folded = String::with_capacity(text.len());
        let mut list: Vec<Token> = Vec::with_capacity(text.len() / 8);
        let mut open = None;
        let mut spaced = true;
        for (at, c) in text.char_indices() {
            let class = class(c);
            let at = at as u32;
            let end = at + c.len_utf8() as u32;
            match class {
                Class::Space => {
                    open = None;
                    spaced = true;
                    continue;
                }
                Class::Gone => {
                    if open.is_some()
                        && let Some(last) = list.last_mut()
                    {
                        last.span.end = end;
                    }
                    continue;
                }
                _ => {}
            }
            let from = folded.len() as u32;
            push_fold(c, &mut folded);
            let to = folded.len() as u32;
            let joins = matches!(class, Class::Arabic | Class::Foreign | Class::Digit) && open == Some(class);
            if joins && let Some(last) = list.last_mut() {
                last.span.end = end;
                last.fold.1 = to;
            } else {
                let kind = match class {
                    Class::Arabic => TokenKind::Word,
                    Class::Foreign => TokenKind::Foreign,
                    Class::Digit => TokenKind::Number,
                    Class::Newline => TokenKind::Newline,
                    _ => TokenKind::Mark,
                };
                list.push(Token { span: Span::new(at, end), kind, spaced, fold: (from, to) });
                open =
                    matches!(kind, TokenKind::Word | TokenKind::Foreign | TokenKind::Number).then_some(class);
            }
            spaced = class == Class::Newline;
        }
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
    fn the_way_back_into_a_word() {
        let text = "وَبِالقاهرة";
        let t = Tokens::new(text);
        assert_eq!(t.folded(0), "وبالقاهره");
        assert_eq!(&text[t.inner(0, "وب".len()) as usize..], "القاهرة");
        assert_eq!(t.inner(0, t.folded(0).len()), text.len() as u32);
    }
}
