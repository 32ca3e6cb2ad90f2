//! What the layout has to know of a character, in one look-up.
//!
//! The facts come from the Unicode crates, whose look-ups are binary searches; those of the blocks
//! that Arabic text is made of are kept in a small table, since each character needs five of them.

use std::sync::OnceLock;

use unicode_bidi::BidiClass;
use unicode_bidi_mirroring::{get_mirrored, is_mirroring};
use unicode_joining_type::{JoiningType, get_joining_type};
use unicode_width::UnicodeWidthChar;

use super::Reason;
use super::sanitize::{Fate, fate};

/// A letter that joins, or is joined, on its right side (types R, D and C).
pub(super) const RIGHT: u8 = 1;
/// A letter that joins, or is joined, on its left side (types L, D and C).
pub(super) const LEFT: u8 = 2;
/// A character that joining looks through (type T).
const TRANSPARENT: u8 = 4;

/// What a character is to the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Takes columns.
    Base,
    /// Takes none and shows on the character before it.
    Mark,
    /// A mark that [`super::Harakat::Strip`] takes away.
    Haraka,
    /// A space that may hang at the end of a row.
    Space,
    Tab,
    /// A line break inside the paragraph.
    Break,
    /// One half of a flag.
    Regional,
    /// A skin tone.
    Modifier,
    Joiner,
    NonJoiner,
    Silent,
    /// A bidi control, shown as this mark.
    Bidi(char),
    Dropped(Reason),
}

/// The facts of one character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Props {
    pub(super) class: BidiClass,
    pub(super) kind: Kind,
    /// Columns; a few signs have three or more.
    pub(super) width: u8,
    /// [`RIGHT`], [`LEFT`], or neither; for what joining looks through see [`Props::transparent`].
    pub(super) joining: u8,
    pub(super) mirrored: bool,
}

impl Props {
    /// The sides on which the character joins.
    pub(super) const fn sides(self) -> u8 {
        self.joining & (RIGHT | LEFT)
    }

    /// Whether letters join across the character.
    pub(super) const fn transparent(self) -> bool {
        self.joining & TRANSPARENT != 0
    }

    /// Whether UAX #9, L1 sets the character to the paragraph's level at the end of a row: white
    /// space, isolates, and what X9 takes out (5.2).
    pub(super) const fn trailing(self) -> bool {
        use BidiClass::{B, BN, FSI, LRE, LRI, LRO, PDF, PDI, RLE, RLI, RLO, S, WS};
        matches!(self.class, B | BN | FSI | LRE | LRI | LRO | PDF | PDI | RLE | RLI | RLO | S | WS)
    }

    fn of(c: char) -> Self {
        let class = match unicode_bidi::bidi_class(c) {
            // The text is one paragraph: a separator inside it is white space.
            BidiClass::B => BidiClass::WS,
            class => class,
        };
        let joining = match get_joining_type(c) {
            JoiningType::RightJoining => RIGHT,
            JoiningType::LeftJoining => LEFT,
            JoiningType::DualJoining | JoiningType::JoinCausing => RIGHT | LEFT,
            JoiningType::Transparent => TRANSPARENT,
            _ => 0,
        };
        // Prepended concatenation marks (U+0600 …) are wide enough to see, whatever the tables say
        // of format characters.
        let width = match c {
            '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}' => 1,
            c => c.width().unwrap_or(0) as u8,
        };
        let kind = match fate(c) {
            Fate::Tab => Kind::Tab,
            Fate::Break => Kind::Break,
            Fate::Mark(mark) => Kind::Bidi(mark),
            Fate::Joiner => Kind::Joiner,
            Fate::NonJoiner => Kind::NonJoiner,
            Fate::Silent => Kind::Silent,
            Fate::Dropped(reason) => Kind::Dropped(reason),
            Fate::Shown => match c {
                '\u{653}'..='\u{655}' => Kind::Mark,
                '\u{610}'..='\u{6ff}' | '\u{8ca}'..='\u{8ff}' if width == 0 => Kind::Haraka,
                '\u{1f1e6}'..='\u{1f1ff}' => Kind::Regional,
                '\u{1f3fb}'..='\u{1f3ff}' => Kind::Modifier,
                _ if width == 0 => Kind::Mark,
                _ if class == BidiClass::WS => Kind::Space,
                _ => Kind::Base,
            },
        };
        Self { class, kind, width, joining, mirrored: is_mirroring(c) }
    }
}

/// Latin, Greek, Cyrillic, Hebrew, Arabic, Syriac; general punctuation; Arabic presentation forms.
const BLOCKS: [std::ops::Range<u32>; 3] = [0..0x900, 0x2000..0x2100, 0xfb50..0xff00];

/// Properties of all characters, those of [`BLOCKS`] from memory.
pub(super) struct Chars {
    blocks: [Box<[Props]>; 3],
}

impl Chars {
    /// The one table.
    pub(super) fn get() -> &'static Self {
        static CHARS: OnceLock<Chars> = OnceLock::new();
        CHARS.get_or_init(|| Self {
            blocks: BLOCKS.map(|range| range.filter_map(char::from_u32).map(Props::of).collect()),
        })
    }

    /// The facts of `c`.
    #[inline]
    pub(super) fn props(&self, c: char) -> Props {
        let code = u32::from(c);
        for (range, block) in BLOCKS.iter().zip(&self.blocks) {
            if let Some(props) = code.checked_sub(range.start).and_then(|offset| block.get(offset as usize)) {
                return *props;
            }
        }
        Props::of(c)
    }
}

/// The character to show for `c` at an odd level (UAX #9, L4).
pub(super) fn mirrored(c: char) -> char {
    get_mirrored(c).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_the_crates_say() {
        let chars = Chars::get();
        for c in
            ['a', '(', 'ع', '\u{8ff}', '\u{900}', '\u{1fff}', '\u{2000}', '\u{20ff}', '\u{2100}', 'ﻻ', '漢']
        {
            let (kept, computed) = (chars.props(c), Props::of(c));
            assert_eq!(format!("{kept:?}"), format!("{computed:?}"), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn joining_sides() {
        let chars = Chars::get();
        for (c, sides) in
            [('ا', RIGHT), ('ب', RIGHT | LEFT), ('ـ', RIGHT | LEFT), ('ء', 0), ('a', 0), ('ﺎ', 0)]
        {
            assert_eq!(chars.props(c).sides(), sides, "{c}");
        }
        assert!(chars.props('\u{64e}').transparent());
        assert_eq!(chars.props('\u{64e}').kind, Kind::Haraka);
        assert_eq!(chars.props('\u{654}').kind, Kind::Mark);
        assert_eq!(chars.props('\u{301}').kind, Kind::Mark);
    }
}
