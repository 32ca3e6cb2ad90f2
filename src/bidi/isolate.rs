//! Words that stand among others without touching their order (UAX #9 isolates).

/// Whether a character steers the direction of what is around it.
const fn steers(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text of any origin, kept together in its own direction; laid out with
/// [`Controls::Hide`](super::Controls::Hide). What it brings along to steer directions is left out.
pub fn isolated(text: &str) -> String {
    let text: String = text.chars().filter(|c| !steers(*c)).collect();
    if text.is_empty() { text } else { format!("\u{2068}{text}\u{2069}") }
}

/// The name of a file or an address on the web: from left to right whatever stands around it, and so
/// each of its parts after the other, whatever their letters; laid out as [`isolated`]. What it has to
/// steer directions is told by its number, since a name may be made to look like another one.
pub fn path_name(path: &str) -> String {
    let mut out = String::from('\u{2066}');
    let mut part = String::new();
    for c in path.chars() {
        if steers(c) {
            part.extend(c.escape_unicode());
        } else if c.is_ascii_punctuation() {
            out.push_str(&isolated(&part));
            out.push(c);
            part.clear();
        } else {
            part.push(c);
        }
    }
    out + &isolated(&part) + "\u{2069}"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bidi::{Base, Controls, Options, Shaping, line};

    fn row(text: &str, base: Base) -> String {
        let options =
            Options { base, controls: Controls::Hide, shaping: Shaping::Letters, ..Options::default() };
        line(text, 60, &options)
            .cells
            .iter()
            .map(|cell| cell.symbol.as_str())
            .collect::<String>()
            .trim()
            .to_owned()
    }

    #[test]
    fn a_path_runs_from_left_to_right_in_any_surroundings() {
        for (path, shown) in [
            ("/news/a-1.txt", "/news/a-1.txt"),
            ("أخبار/تقرير المعبر.txt", "رابخأ/ربعملا ريرقت.txt"),
            ("./2022-تقرير-3.txt", "./2022-ريرقت-3.txt"),
            ("https://example.org/خبر?n=1", "https://example.org/ربخ?n=1"),
        ] {
            for base in [Base::Ltr, Base::Rtl, Base::Auto] {
                assert_eq!(row(&path_name(path), base), shown, "{base:?}");
            }
            let told = row(&format!("كُتب في {} اليوم", path_name(path)), Base::Rtl);
            assert!(told.contains(shown), "{told}");
        }
    }

    #[test]
    fn a_name_cannot_turn_itself_round() {
        assert!(row(&path_name("a\u{202e}txt.exe"), Base::Ltr).contains("u{202e}"));
        assert_eq!(isolated("\u{202e}"), "");
    }
}
