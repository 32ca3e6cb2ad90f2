//! All cases of `BidiTest.txt` and `BidiCharacterTest.txt` through [`waqai::bidi::paragraph`], the
//! very function that lays out a document: levels and order are read off the cells of its row.
//!
//! How the cases, which know characters only, meet a layout that has cells:
//! - a bidi control is shown as a mark and has a cell; the files give it no level (`x`) and no place
//!   in the order, so it is passed by. So are characters that get no cell (BN);
//! - a mark (NSM) shares the cell of its base: both must have that cell's level, and stand side by
//!   side in the order;
//! - a paragraph separator at the end, class B, is a space, which rule L1 treats the same;
//! - `BidiTest.txt` names classes; [`EXAMPLES`] has a character of each, none of which mirrors into,
//!   ligates or joins anything;
//! - without strong letter the files want left to right, so that is the fallback here.
//!
//! The files come with Debian's package `unicode-data`. Where they are absent the test says so and
//! passes.

use std::fs;
use std::path::Path;

use waqai::bidi::{Align, Base, Direction, Options, paragraph};

const FOLDER: &str = "/usr/share/unicode";

/// A character of each class.
const EXAMPLES: [(&str, char); 23] = [
    ("L", 'a'),
    ("R", 'א'),
    ("AL", 'ع'),
    ("EN", '1'),
    ("ES", '+'),
    ("ET", '$'),
    ("AN", '٣'),
    ("CS", ','),
    ("NSM", '\u{300}'),
    ("BN", '\u{ad}'),
    ("B", '\u{2029}'),
    ("S", '\t'),
    ("WS", ' '),
    ("ON", '!'),
    ("LRE", '\u{202a}'),
    ("RLE", '\u{202b}'),
    ("LRO", '\u{202d}'),
    ("RLO", '\u{202e}'),
    ("PDF", '\u{202c}'),
    ("LRI", '\u{2066}'),
    ("RLI", '\u{2067}'),
    ("FSI", '\u{2068}'),
    ("PDI", '\u{2069}'),
];

/// What a case expects.
struct Expected {
    /// One for each character; `None` where the standard gives none.
    levels: Vec<Option<u8>>,
    /// Characters from left to right.
    order: Vec<usize>,
}

impl Expected {
    fn parse(levels: &str, order: &str) -> Self {
        Self {
            levels: levels.split_whitespace().map(|level| level.parse().ok()).collect(),
            order: order.split_whitespace().map(|place| place.parse().expect("a place")).collect(),
        }
    }
}

/// What is wrong with the layout of `chars`, if anything.
fn fault(chars: &[char], base: Base, expected: &Expected) -> Option<String> {
    let text: String = chars.iter().collect();
    let options =
        Options { base, fallback: Direction::Ltr, align: Align::Left, tab: 1, ..Options::default() };
    let layout = paragraph(&text, u16::MAX, &options);
    let [row] = &layout.rows[..] else { return Some(format!("{} rows", layout.rows.len())) };
    let mut at = 0;
    let mut cells = Vec::new();
    for (c, level) in chars.iter().zip(&expected.levels) {
        let cell = row.cell_of(at);
        at += c.len_utf8() as u32;
        cells.push(level.and(cell));
        let Some(level) = level else { continue };
        match cell.map(|cell| row.cells[cell].level) {
            Some(found) if found == *level => {}
            found => return Some(format!("U+{:04X} has level {found:?}, not {level}", u32::from(*c))),
        }
    }
    let mut order: Vec<usize> = expected.order.iter().filter_map(|place| cells[*place]).collect();
    order.dedup();
    // Places in the row are its order from left to right.
    if !order.is_sorted_by(|a, b| a < b) {
        return Some(format!("cells come in the order {order:?}"));
    }
    None
}

/// The text of a test file, or `None` and a word about it.
fn read(name: &str) -> Option<String> {
    let path = Path::new(FOLDER).join(name);
    match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) => {
            eprintln!("SKIPPED: {} ({error}); `apt-get install unicode-data` brings it", path.display());
            None
        }
    }
}

/// Fails with the first few of `faults`.
fn report(name: &str, cases: usize, least: usize, faults: &[String]) {
    println!("{name}: {cases} cases, {} faults", faults.len());
    assert!(
        faults.is_empty(),
        "{} of {cases} cases:\n{}",
        faults.len(),
        faults[..faults.len().min(20)].join("\n")
    );
    assert!(cases >= least, "{name} has only {cases} cases");
}

#[test]
fn bidi_test() {
    let Some(file) = read("BidiTest.txt") else { return };
    let (mut levels, mut order) = ("", "");
    let (mut cases, mut faults) = (0, Vec::new());
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(rest) = line.strip_prefix("@Levels:") {
            levels = rest;
        } else if let Some(rest) = line.strip_prefix("@Reorder:") {
            order = rest;
        } else if let Some((classes, bits)) = line.split_once(';') {
            let chars: Vec<char> = classes
                .split_whitespace()
                .map(|class| EXAMPLES.iter().find(|(name, _)| *name == class).expect("a class").1)
                .collect();
            let bits = u8::from_str_radix(bits.trim(), 16).expect("a bitset");
            let expected = Expected::parse(levels, order);
            for (bit, base) in [(1, Base::Auto), (2, Base::Ltr), (4, Base::Rtl)] {
                if bits & bit != 0 {
                    cases += 1;
                    faults.extend(
                        fault(&chars, base, &expected).map(|fault| format!("{line} {base:?}: {fault}")),
                    );
                }
            }
        }
    }
    report("BidiTest.txt", cases, 700_000, &faults);
}

#[test]
fn bidi_character_test() {
    let Some(file) = read("BidiCharacterTest.txt") else { return };
    let (mut cases, mut faults) = (0, Vec::new());
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let fields: Vec<&str> = line.split(';').collect();
        let [codes, direction, level, levels, order] = fields[..] else { panic!("{line}") };
        let chars: Vec<char> = codes
            .split_whitespace()
            .map(|code| u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a code point"))
            .collect();
        let base = match direction {
            "0" => Base::Ltr,
            "1" => Base::Rtl,
            _ => Base::Auto,
        };
        cases += 1;
        let text: String = chars.iter().collect();
        let rtl =
            paragraph(&text, u16::MAX, &Options { base, fallback: Direction::Ltr, ..Options::default() })
                .rows[0]
                .rtl;
        if rtl != (level == "1") {
            faults.push(format!("{line}: right to left is {rtl}"));
        }
        faults.extend(
            fault(&chars, base, &Expected::parse(levels, order)).map(|fault| format!("{line}: {fault}")),
        );
    }
    report("BidiCharacterTest.txt", cases, 90_000, &faults);
}
