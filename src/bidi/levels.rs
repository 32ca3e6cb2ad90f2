//! Embedding levels of a paragraph and the order that they give (UAX #9).

use unicode_bidi::data_source::BidiMatchedOpeningBracket;
use unicode_bidi::utf16::ParagraphBidiInfo;
use unicode_bidi::{BidiClass, BidiDataSource, HardcodedBidiData, Level};

use super::chars::Chars;
use super::{Base, Direction, Options};

/// The direction of the paragraph `text` under `options` (UAX #9, P2 and P3).
///
/// A caller that lays out a paragraph in pieces (see [`super::paragraphs`]) takes the direction of
/// the first piece as the [`Base`] of the others.
pub fn direction(text: &str, options: &Options) -> Direction {
    match options.base {
        Base::Ltr => Direction::Ltr,
        Base::Rtl => Direction::Rtl,
        Base::Auto => first_strong(text).unwrap_or(options.fallback),
    }
}

/// The direction of the first strong character outside isolates.
fn first_strong(text: &str) -> Option<Direction> {
    let chars = Chars::get();
    let mut isolates = 0_usize;
    for c in text.chars() {
        match chars.props(c).class {
            BidiClass::L if isolates == 0 => return Some(Direction::Ltr),
            BidiClass::R | BidiClass::AL if isolates == 0 => return Some(Direction::Rtl),
            BidiClass::LRI | BidiClass::RLI | BidiClass::FSI => isolates += 1,
            BidiClass::PDI => isolates = isolates.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// The level of every character of `text` after rule I2, in a paragraph of `direction`.
pub(super) fn levels(text: &str, direction: Direction) -> Vec<Level> {
    let base = match direction {
        Direction::Ltr => Level::ltr(),
        Direction::Rtl => Level::rtl(),
    };
    // A separator at the end closes all embeddings (X8); one inside the text is white space.
    let body = text.trim_end_matches(['\n', '\r', '\u{85}', '\u{2029}']);
    let chars = Chars::get();
    let mut units = Vec::with_capacity(body.len());
    let mut classes = 0;
    units.extend(body.chars().map(|c| {
        let props = chars.props(c);
        classes |= bit(props.class);
        if props.mirrored && u32::from(c) <= 0xffff { c as u16 } else { props.class as u16 }
    }));
    let plain = match direction {
        Direction::Ltr => PLAIN_LTR,
        Direction::Rtl => PLAIN_RTL,
    };
    let mut levels = if classes & !plain == 0 {
        Vec::new()
    } else {
        ParagraphBidiInfo::new_with_data_source(&Units, &units, Some(base)).levels
    };
    levels.resize(units.len() + text[body.len()..].chars().count(), base);
    levels
}

/// The class as one bit of a set.
const fn bit(class: BidiClass) -> u32 {
    1 << class as u32
}

/// Marks, separators and neutrals, which go with what is around them.
const WEAK: u32 = bit(BidiClass::NSM)
    | bit(BidiClass::BN)
    | bit(BidiClass::ES)
    | bit(BidiClass::ET)
    | bit(BidiClass::CS)
    | bit(BidiClass::S)
    | bit(BidiClass::WS)
    | bit(BidiClass::ON);
/// A paragraph from left to right of these classes alone is at level 0 throughout.
const PLAIN_LTR: u32 = WEAK | bit(BidiClass::L) | bit(BidiClass::EN);
/// A paragraph from right to left of these classes alone is at level 1 throughout.
const PLAIN_RTL: u32 = WEAK | bit(BidiClass::R) | bit(BidiClass::AL);

/// What the algorithm is given for a text: for each character the number of its class, as one UTF-16
/// unit, and a bracket as itself. The class is then looked up once, and the arrays that the crate
/// keeps for each unit are half as long as for Arabic in UTF-8.
struct Units;

/// The classes by their numbers.
const CLASSES: [BidiClass; 23] = {
    use BidiClass::{
        AL, AN, B, BN, CS, EN, ES, ET, FSI, L, LRE, LRI, LRO, NSM, ON, PDF, PDI, R, RLE, RLI, RLO, S, WS,
    };
    let all =
        [AL, AN, B, BN, CS, EN, ES, ET, FSI, L, LRE, LRI, LRO, NSM, ON, PDF, PDI, R, RLE, RLI, RLO, S, WS];
    let mut numbered = [ON; 23];
    let mut at = 0;
    while at < all.len() {
        numbered[all[at] as usize] = all[at];
        at += 1;
    }
    numbered
};

impl BidiDataSource for Units {
    fn bidi_class(&self, c: char) -> BidiClass {
        // All that mirrors is neutral.
        CLASSES.get(c as usize).copied().unwrap_or(BidiClass::ON)
    }

    fn bidi_matched_opening_bracket(&self, c: char) -> Option<BidiMatchedOpeningBracket> {
        // The crate's search is linear; a number is no bracket.
        if (c as usize) < CLASSES.len() { None } else { HardcodedBidiData.bidi_matched_opening_bracket(c) }
    }
}

/// The visual order of the clusters of one row, whose levels (after L1) are `levels`: from left to
/// right, their places in the row's logical order (L2). Fills `order`, emptied first.
pub(super) fn visual_order(levels: &[u8], order: &mut Vec<u32>) {
    order.clear();
    order.extend(0..levels.len() as u32);
    let highest = levels.iter().copied().max().unwrap_or(0);
    let Some(lowest_odd) = levels.iter().copied().filter(|level| level % 2 == 1).min() else {
        return;
    };
    for level in (lowest_odd..=highest).rev() {
        let mut at = 0;
        // A run at or above `level` stays one run when the runs inside it were turned, so its
        // places are the logical ones.
        while at < levels.len() {
            let run = levels[at..].iter().take_while(|other| **other >= level).count();
            order[at..at + run].reverse();
            at += run.max(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(levels: &[u8]) -> Vec<u32> {
        let mut order = Vec::new();
        visual_order(levels, &mut order);
        order
    }

    #[test]
    fn a_unit_stands_for_the_class_of_its_character() {
        let chars = Chars::get();
        for c in '\0'..='\u{ffff}' {
            let props = chars.props(c);
            if props.mirrored {
                assert_eq!(props.class, BidiClass::ON, "U+{:04X}", u32::from(c));
                assert!(c as usize >= CLASSES.len());
            }
            assert_eq!(CLASSES[props.class as usize], props.class);
        }
    }

    #[test]
    fn nested_runs_turn() {
        assert!(order(&[]).is_empty());
        assert_eq!(order(&[0, 0]), [0, 1]);
        assert_eq!(order(&[1, 1, 1]), [2, 1, 0]);
        assert_eq!(order(&[1, 1, 2, 2, 1]), [4, 2, 3, 1, 0]);
        assert_eq!(order(&[0, 1, 2, 3, 2, 1, 0]), [0, 5, 2, 3, 4, 1, 6]);
    }

    #[test]
    fn the_first_strong_character_outside_isolates_decides() {
        let options = Options::default();
        assert_eq!(direction("123 abc عربي", &options), Direction::Ltr);
        assert_eq!(direction("(عربي) abc", &options), Direction::Rtl);
        assert_eq!(direction("\u{2067}عربي\u{2069} abc", &options), Direction::Ltr);
        assert_eq!(direction("2022-03-21", &options), Direction::Rtl);
        assert_eq!(direction("", &Options { fallback: Direction::Ltr, ..options }), Direction::Ltr);
        assert_eq!(direction("عربي", &Options { base: Base::Ltr, ..options }), Direction::Ltr);
    }
}
