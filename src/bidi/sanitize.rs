//! What may reach a terminal: no control character ever, nothing that hides.
//!
//! The layout asks [`fate`] for every character. Text that goes to a terminal without being laid
//! out (a window title, a path in an error message) goes through [`plain`].

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::Reason;

/// Bidi controls and their marks: code point, name, mark.
const CONTROLS: &str = include_str!("../../assets/bidi/controls.tsv");
/// Ranges of characters that show nothing: first, last, `silent` or `drop`.
const INVISIBLE: &str = include_str!("../../assets/bidi/invisible.tsv");

/// What becomes of a character on its way to a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Written as it is.
    Shown,
    /// A tab: written as spaces.
    Tab,
    /// A line break inside a paragraph: written as a space.
    Break,
    /// A bidi control: written as this mark.
    Mark(char),
    /// ZERO WIDTH JOINER: not written, joins letters.
    Joiner,
    /// ZERO WIDTH NON-JOINER: not written, parts letters.
    NonJoiner,
    /// A variation selector or the like: not written, belongs to the character before it.
    Silent,
    /// Left out and counted.
    Dropped(Reason),
}

/// What becomes of `c`.
pub fn fate(c: char) -> Fate {
    match c {
        ' '..='~' => Fate::Shown,
        '\t' => Fate::Tab,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::Break,
        '\u{200d}' => Fate::Joiner,
        '\u{200c}' => Fate::NonJoiner,
        c if c.is_control() => Fate::Dropped(Reason::Control),
        c => tables().fate(c),
    }
}

/// `text` without anything that a terminal would take as an order or that hides: control and format
/// characters left out, bidi controls as their marks, tabs and line breaks as one space each.
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        match fate(c) {
            Fate::Shown | Fate::Joiner | Fate::NonJoiner | Fate::Silent => clean.push(c),
            Fate::Tab | Fate::Break => clean.push(' '),
            Fate::Mark(mark) => clean.push(mark),
            Fate::Dropped(_) => {}
        }
    }
    Cow::Owned(clean)
}

/// The names (`LRM`, `RLO` …) and marks of the bidi controls, in the order of their code points, for
/// a legend.
pub fn marks() -> impl Iterator<Item = (char, &'static str, char)> {
    rows(CONTROLS).filter_map(|mut fields| {
        let control = code_point(fields.next()?)?;
        Some((control, fields.next()?, fields.next()?.chars().next()?))
    })
}

/// The lines of a table that are not comments, each as its fields.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = std::str::Split<'static, char>> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t'))
}

/// The character of a hexadecimal code point.
pub(super) fn code_point(hex: &str) -> Option<char> {
    u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)
}

/// The data files, parsed.
struct Tables {
    marks: HashMap<char, char>,
    /// First, last, fate; sorted.
    invisible: Vec<(char, char, Fate)>,
}

impl Tables {
    fn fate(&self, c: char) -> Fate {
        if let Some(mark) = self.marks.get(&c) {
            return Fate::Mark(*mark);
        }
        let after = self.invisible.partition_point(|range| range.0 <= c);
        match after.checked_sub(1).map(|at| self.invisible[at]) {
            Some((_, last, fate)) if c <= last => fate,
            _ => Fate::Shown,
        }
    }
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables {
        marks: marks().map(|(control, _, mark)| (control, mark)).collect(),
        invisible: rows(INVISIBLE)
            .filter_map(|mut fields| {
                let (first, last) = (code_point(fields.next()?)?, code_point(fields.next()?)?);
                let silent = fields.next()? == "silent";
                Some((first, last, if silent { Fate::Silent } else { Fate::Dropped(Reason::Format) }))
            })
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_character_is_ever_written() {
        for c in ('\0'..=char::MAX).filter(|c| c.is_control()) {
            assert!(!matches!(fate(c), Fate::Shown | Fate::Silent), "U+{:04X}", u32::from(c));
            assert!(!plain(&c.to_string()).contains(c), "U+{:04X}", u32::from(c));
        }
        assert_eq!(plain("a\u{1b}]0;x\u{7}b\u{9b}2J"), "a]0;xb2J");
    }

    #[test]
    fn bidi_controls_show() {
        assert_eq!(marks().count(), 12);
        assert_eq!(plain("ملف\u{202e}fdp.exe"), "ملف⇇fdp.exe");
        for (control, ..) in marks() {
            assert!(matches!(fate(control), Fate::Mark(_)));
        }
    }

    #[test]
    fn what_hides_is_dropped_and_what_shows_is_kept() {
        for c in ['\u{ad}', '\u{200b}', '\u{feff}', '\u{2060}', '\u{e0041}', '\u{3164}', '\u{fff9}'] {
            assert_eq!(fate(c), Fate::Dropped(Reason::Format), "U+{:04X}", u32::from(c));
        }
        for c in ['ع', '\u{600}', '\u{6dd}', '\u{64b}', '—', '漢', '\u{e000}', '\u{a0}'] {
            assert_eq!(fate(c), Fate::Shown, "U+{:04X}", u32::from(c));
        }
        assert_eq!(fate('\u{fe0f}'), Fate::Silent);
        assert_eq!(fate('\u{e0100}'), Fate::Silent);
    }
}
