//! Presentation forms of Arabic letters.

use std::sync::OnceLock;

use super::chars::{LEFT, RIGHT};
use super::sanitize::{code_point, rows};

/// Letters and ligatures with their forms; see the head of the file.
const SHAPING: &str = include_str!("../../assets/bidi/shaping.tsv");

/// Lam, the first half of the ligatures.
pub(super) const LAM: char = '\u{644}';
/// The letters that the table may hold: Arabic, U+0600 to U+06FF.
const FIRST: u32 = 0x600;
const LETTERS: usize = 0x100;
/// The alefs that lam ligates with lie between U+0622 and U+0627.
const FIRST_ALEF: u32 = 0x622;
const ALEFS: usize = 6;

/// The forms of a letter: isolated, final, initial, medial.
type Forms = [Option<char>; 4];

/// The table of forms.
pub(super) struct Shapes {
    letters: Vec<Forms>,
    /// Lam with each alef.
    ligatures: [Forms; ALEFS],
}

impl Shapes {
    /// The one table.
    pub(super) fn get() -> &'static Self {
        static SHAPES: OnceLock<Shapes> = OnceLock::new();
        SHAPES.get_or_init(Self::parse)
    }

    fn parse() -> Self {
        let mut shapes = Self { letters: vec![[None; 4]; LETTERS], ligatures: [[None; 4]; ALEFS] };
        for mut fields in rows(SHAPING) {
            let letters = fields.next().unwrap_or_default();
            let mut forms = [None; 4];
            for (form, field) in forms.iter_mut().zip(fields) {
                *form = code_point(field);
            }
            let slot = match letters.split_once('+') {
                Some((_, alef)) => {
                    code_point(alef).and_then(|alef| shapes.ligatures.get_mut(index(alef, FIRST_ALEF)))
                }
                None => code_point(letters).and_then(|letter| shapes.letters.get_mut(index(letter, FIRST))),
            };
            if let Some(slot) = slot {
                *slot = forms;
            }
        }
        shapes
    }

    /// `letter` in the form that joins on `sides` ([`RIGHT`], [`LEFT`]); the letter itself where it
    /// has no such form.
    #[inline]
    pub(super) fn form(&self, letter: char, sides: u8) -> char {
        self.letters.get(index(letter, FIRST)).and_then(|forms| forms[place(sides)]).unwrap_or(letter)
    }

    /// Whether lam and `alef` share a cell.
    #[inline]
    pub(super) fn ligates(&self, alef: char) -> bool {
        self.ligatures.get(index(alef, FIRST_ALEF)).is_some_and(|forms| forms[0].is_some())
    }

    /// The ligature of lam and `alef`, joined on `sides`.
    pub(super) fn ligature(&self, alef: char, sides: u8) -> char {
        let forms = self.ligatures.get(index(alef, FIRST_ALEF));
        forms.and_then(|forms| forms[place(sides & RIGHT)]).unwrap_or(alef)
    }
}

/// The place of `letter` in a table that begins with `first`; out of it for letters before.
const fn index(letter: char, first: u32) -> usize {
    (letter as u32).wrapping_sub(first) as usize
}

/// The column of the form that joins on `sides`.
const fn place(sides: u8) -> usize {
    match (sides & RIGHT != 0, sides & LEFT != 0) {
        (false, false) => 0,
        (true, false) => 1,
        (false, true) => 2,
        (true, true) => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_by_side() {
        let shapes = Shapes::get();
        assert_eq!(shapes.letters.iter().filter(|forms| forms[0].is_some()).count(), 75);
        assert_eq!(shapes.ligatures.iter().filter(|forms| forms[0].is_some()).count(), 4);
        assert_eq!(
            [0, RIGHT, LEFT, RIGHT | LEFT].map(|sides| shapes.form('ع', sides)),
            ['\u{fec9}', '\u{feca}', '\u{fecb}', '\u{fecc}']
        );
        assert_eq!(shapes.form('پ', LEFT), '\u{fb58}');
        // Letters without forms stay.
        for letter in ['ە', 'ڕ', 'ێ', 'ڵ', 'a', '٣', '漢'] {
            assert_eq!(shapes.form(letter, RIGHT), letter);
        }
        assert_eq!(shapes.ligature('أ', 0), '\u{fef7}');
        assert_eq!(shapes.ligature('أ', RIGHT), '\u{fef8}');
        assert!(!shapes.ligates('ٱ') && !shapes.ligates('ؤ'));
    }
}
