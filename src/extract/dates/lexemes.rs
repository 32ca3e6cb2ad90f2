//! From tokens to lexemes: every word of one block with its calendar sense, forms of several words
//! made one, digits read.

use std::ops::Range;

use super::lexicon::{Class, Hit, Lexicon, Role, Sense};
use crate::text::{TokenKind, Tokens};

/// A text with what the calendar says of its words.
pub trait Calendar {
    /// Its tokens.
    fn tokens(&self) -> &Tokens<'_>;

    /// What the word at token `i` means.
    fn hit(&self, i: usize) -> Option<&'static Hit>;
}

impl Calendar for Tokens<'_> {
    fn tokens(&self) -> &Tokens<'_> {
        self
    }

    fn hit(&self, i: usize) -> Option<&'static Hit> {
        Lexicon::shipped().hit(self.folded(i))
    }
}

/// One word, number, mark or form of several words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lexeme {
    /// What it means.
    pub sense: Sense,
    /// First token.
    pub first: u32,
    /// Last token.
    pub last: u32,
    /// Folded bytes of the proclitics in the first token.
    pub clitic: u8,
    /// Whether a preposition is among them.
    pub governed: bool,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// How many digits a number has.
    pub digits: u8,
}

impl Lexeme {
    /// Its class.
    pub const fn class(&self) -> Class {
        self.sense.class
    }

    /// Whether it is the mark `c`.
    pub const fn is_mark(&self, c: char) -> bool {
        matches!(self.sense.class, Class::Punct) && self.sense.n == c as i32
    }

    /// Whether it has the role.
    pub const fn has(&self, role: Role) -> bool {
        self.sense.roles.has(role)
    }
}

/// The lexemes of one block, reused from block to block.
#[derive(Debug, Default)]
pub struct Lexemes {
    list: Vec<Lexeme>,
    /// Whether any of them can begin an expression.
    calendar: bool,
}

/// What stands before the first and behind the last lexeme.
const OUTSIDE: Lexeme = Lexeme {
    sense: Sense {
        class: Class::Break,
        n: 0,
        weak: false,
        definite: false,
        roles: super::lexicon::Roles::NONE,
    },
    first: u32::MAX,
    last: u32::MAX,
    clitic: 0,
    governed: false,
    spaced: true,
    digits: 0,
};

impl Lexemes {
    /// Reads the tokens of one block.
    pub fn read(&mut self, text: &impl Calendar, block: Range<usize>) {
        let lexicon = Lexicon::shipped();
        let tokens = text.tokens();
        self.list.clear();
        self.calendar = false;
        let end = block.end.min(tokens.len());
        let mut i = block.start;
        while i < end {
            let Some(token) = tokens.get(i) else { break };
            let mut lexeme =
                Lexeme { first: i as u32, last: i as u32, spaced: token.spaced, ..Lexeme::default() };
            match token.kind {
                TokenKind::Number => read_number(tokens.folded(i), &mut lexeme),
                TokenKind::Word => {
                    if let Some(hit) = text.hit(i) {
                        read_word(tokens, i, end, lexicon, hit, &mut lexeme);
                    } else {
                        read_particle(tokens, i, end, &mut lexeme);
                    }
                }
                TokenKind::Newline => lexeme.sense.class = Class::Break,
                TokenKind::Foreign => lexeme.sense.class = Class::Foreign,
                TokenKind::Mark => {
                    lexeme.sense.class = Class::Punct;
                    lexeme.sense.n = tokens.folded(i).chars().next().map_or(0, |c| c as i32);
                }
            }
            self.calendar |=
                !matches!(lexeme.class(), Class::Other | Class::Break | Class::Punct | Class::Foreign);
            i = lexeme.last as usize + 1;
            self.list.push(lexeme);
        }
    }

    /// Whether an expression can be among them.
    pub const fn calendar(&self) -> bool {
        self.calendar
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The lexeme at an index; a break outside.
    #[inline]
    pub fn at(&self, i: usize) -> &Lexeme {
        self.list.get(i).unwrap_or(&OUTSIDE)
    }

    /// The lexeme before an index; a break before the first.
    #[inline]
    pub fn before(&self, i: usize) -> &Lexeme {
        i.checked_sub(1).map_or(&OUTSIDE, |i| self.at(i))
    }
}

fn read_number(folded: &str, lexeme: &mut Lexeme) {
    lexeme.sense.class = Class::Num;
    lexeme.digits = folded.len().min(255) as u8;
    lexeme.sense.n = folded.parse().unwrap_or(i32::MAX);
}

/// `الـ24`: the article of a number; a single letter glued to a number: its preposition.
fn read_particle(tokens: &Tokens<'_>, i: usize, end: usize, lexeme: &mut Lexeme) {
    if i + 1 >= end || tokens.kind(i + 1) != Some(TokenKind::Number) {
        return;
    }
    let glued = tokens.get(i + 1).is_some_and(|t| !t.spaced);
    if !glued && tokens.folded(i) != "ال" {
        return;
    }
    match tokens.folded(i) {
        "ال" => {
            read_number(tokens.folded(i + 1), lexeme);
            lexeme.last = i as u32 + 1;
            lexeme.sense.definite = true;
        }
        article @ ("وال" | "بال" | "لل" | "فال") => {
            read_number(tokens.folded(i + 1), lexeme);
            lexeme.last = i as u32 + 1;
            lexeme.clitic = if article == "لل" { 0 } else { 2 };
            lexeme.sense.definite = true;
        }
        "ب" | "ل" | "ك" | "وب" | "ول" => lexeme.sense.class = Class::In,
        _ => {}
    }
}

fn read_word(tokens: &Tokens<'_>, i: usize, end: usize, lexicon: &Lexicon, hit: &Hit, lexeme: &mut Lexeme) {
    lexeme.clitic = hit.clitic;
    lexeme.governed = hit.governed;
    lexeme.sense = hit.sense;
    let Some(slot) = hit.phrases else { return };
    for phrase in lexicon.phrases(slot) {
        let last = i + phrase.rest.len();
        if last < end && phrase.rest.iter().zip(i + 1..).all(|(word, at)| tokens.folded(at) == &**word) {
            lexeme.sense = phrase.sense;
            lexeme.last = last as u32;
            return;
        }
    }
}
