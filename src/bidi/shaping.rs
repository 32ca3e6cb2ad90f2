//! Presentation forms of Arabic letters.

use std::collections::HashMap;
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

/// The forms of a letter: isolated, final, initial, medial.
type Forms = [Option<char>; 4];

/// The table of forms.
pub(super) struct Shapes {
    letters: Vec<Forms>,
    /// Lam with the alef that is the key.
    ligatures: HashMap<char, Forms>,
}

impl Shapes {
    /// The one table.
    pub(super) fn get() -> &'static Self {
        static SHAPES: OnceLock<Shapes> = OnceLock::new();
        SHAPES.get_or_init(Self::parse)
    }

    fn parse() -> Self {
        let mut shapes = Self { letters: vec![[None; 4]; LETTERS], ligatures: HashMap::new() };
        for mut fields in rows(SHAPING) {
            let letters = fields.next().unwrap_or_default();
            let mut forms = [None; 4];
            for (form, field) in forms.iter_mut().zip(fields) {
                *form = code_point(field);
            }
            match letters.split_once('+') {
                Some((_, alef)) => {
                    shapes.ligatures.extend(code_point(alef).map(|alef| (alef, forms)));
                }
                None => {
                    if let Some(slot) = code_point(letters).and_then(|c| shapes.letters.get_mut(index(c))) {
                        *slot = forms;
                    }
                }
            }
        }
        shapes
    }

    /// `letter` in the form that joins on `sides` ([`RIGHT`], [`LEFT`]); the letter itself where it
    /// has no such form.
    #[inline]
    pub(super) fn form(&self, letter: char, sides: u8) -> char {
        self.letters.get(index(letter)).and_then(|forms| forms[place(sides)]).unwrap_or(letter)
    }

    /// Whether lam and `alef` share a cell.
    #[inline]
    pub(super) fn ligates(&self, alef: char) -> bool {
        matches!(alef, '\u{622}'..='\u{627}') && self.ligatures.contains_key(&alef)
    }

    /// The ligature of lam and `alef`, joined on `sides`.
    pub(super) fn ligature(&self, alef: char, sides: u8) -> char {
        self.ligatures.get(&alef).and_then(|forms| forms[place(sides & RIGHT)]).unwrap_or(alef)
    }
}

/// The row of `letter` in the table; out of it for what is not Arabic.
const fn index(letter: char) -> usize {
    (letter as u32).wrapping_sub(FIRST) as usize
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
        assert_eq!(shapes.ligatures.len(), 4);
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
