//! What holds of the layout of any text at any width.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
use waqai::bidi::{
    Align, Base, Controls, Direction, Harakat, Layout, Options, Order, Row, Shaping, input, line, paragraph,
    paragraphs, sanitize,
};

/// Texts of what is hard: Arabic with marks, joiners and ligatures, digits, Latin, brackets, bidi
/// controls, wide characters, emoji, control characters; and of any characters at all.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئةى]{1,6}",
        3 => "(لا|لأ|لَا|لّٰه|ـ|پ|گ|ڕ|ە|ی)",
        4 => "[\u{64b}-\u{655}\u{670}\u{300}\u{301}]{1,3}",
        4 => " {1,3}",
        3 => "[0-9٠-٩./:,%-]{1,5}",
        3 => "[a-z]{1,8}",
        2 => "[()\\[\\]«»<>!?؟،؛]",
        2 => "[\u{200c}\u{200d}\u{ad}\u{200b}\u{feff}\u{fe0f}]",
        2 => "[\u{61c}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]",
        1 => "[\t\r\n\u{b}\u{85}\u{2028}]",
        1 => "[\u{0}-\u{1f}\u{7f}-\u{9f}]",
        1 => "[漢字한글ｱ\u{1100}\u{1161}]{1,4}",
        1 => "(👨\u{200d}👩|🇸🇦|👍🏽|❤\u{fe0f}|क्षि|\u{600}١)",
        1 => "[\u{fb50}-\u{fdff}\u{fe70}-\u{fefc}]{1,3}",
        1 => "\\PC{1,4}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn options() -> impl Strategy<Value = Options> {
    (
        prop_oneof![Just(Base::Auto), Just(Base::Ltr), Just(Base::Rtl)],
        prop_oneof![Just(Direction::Ltr), Just(Direction::Rtl)],
        prop_oneof![Just(Align::Auto), Just(Align::Left), Just(Align::Right)],
        prop_oneof![Just(Harakat::Keep), Just(Harakat::Strip)],
        prop_oneof![Just(Shaping::Forms), Just(Shaping::Letters)],
        prop_oneof![Just(Order::Visual), Just(Order::Logical)],
        prop_oneof![Just(Controls::Show), Just(Controls::Hide)],
        0..20_u8,
    )
        .prop_map(|(base, fallback, align, harakat, shaping, order, controls, tab)| Options {
            base,
            fallback,
            align,
            harakat,
            shaping,
            order,
            controls,
            tab,
        })
}

/// Every byte of `text` is in one cell, or in one dropped piece.
fn every_byte_once(text: &str, layout: &Layout) -> Result<(), TestCaseError> {
    let mut seen = vec![0_u8; text.len()];
    let cells = layout.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.bytes);
    for bytes in cells.chain(layout.dropped.iter().map(|dropped| &dropped.bytes)) {
        prop_assert!(bytes.start < bytes.end);
        prop_assert!(
            text.get(bytes.start as usize..bytes.end as usize).is_some(),
            "{bytes:?} cuts a character"
        );
        seen[bytes.start as usize..bytes.end as usize].iter_mut().for_each(|count| *count += 1);
    }
    prop_assert!(seen.iter().all(|count| *count == 1), "{text:?}: {seen:?}");
    prop_assert!(layout.dropped.is_sorted_by(|a, b| a.bytes.end <= b.bytes.start));
    Ok(())
}

/// The row is as wide as it says and no wider than `width`, and nothing in it is an order to a
/// terminal or invisible.
fn sound(row: &Row, width: u16) -> Result<(), TestCaseError> {
    let cells: usize = row.cells.iter().map(|cell| usize::from(cell.width)).sum();
    prop_assert_eq!(cells, usize::from(row.width));
    prop_assert!(row.width + row.indent <= width, "{} + {} > {}", row.indent, row.width, width);
    for cell in &row.cells {
        prop_assert!(cell.width >= 1 && !cell.symbol.is_empty());
        for c in cell.symbol.chars() {
            prop_assert_eq!(sanitize::fate(c), sanitize::Fate::Shown, "U+{:04X}", u32::from(c));
        }
        // What a terminal makes of the characters one by one is what the layout counted on.
        let columns: usize = cell.symbol.chars().filter_map(UnicodeWidthChar::width).sum();
        prop_assert_eq!(columns, usize::from(cell.width), "{:?}", cell.symbol);
        // So is what a terminal makes of them as a whole.
        prop_assert_eq!(cell.symbol.width(), columns, "{:?}", cell.symbol);
    }
    Ok(())
}

/// Byte to cell to byte, and column to byte to column, come back to where they began.
fn there_and_back(row: &Row) -> Result<(), TestCaseError> {
    let mut column = row.indent;
    for (place, cell) in row.cells.iter().enumerate() {
        let start = cell.bytes.start;
        prop_assert_eq!(row.cell_of(start), Some(place));
        prop_assert_eq!(row.column_of(start), Some(column));
        prop_assert_eq!(row.cursor(start), Some(column));
        for inside in 0..u16::from(cell.width) {
            prop_assert_eq!(row.byte_at(column + inside), Some(start));
        }
        for byte in cell.bytes.clone() {
            prop_assert_eq!(row.cells_of(byte..byte + 1).collect::<Vec<_>>(), vec![place]);
        }
        prop_assert!(row.bytes.start <= start && cell.bytes.end <= row.bytes.end);
        column += u16::from(cell.width);
    }
    prop_assert_eq!(row.byte_at(column), None);
    prop_assert_eq!(row.indent.checked_sub(1).and_then(|before| row.byte_at(before)), None);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_paragraph(text in text(), width in 1..=300_u16, narrow in 1..12_u16, options in options()) {
        for width in [width, narrow] {
            let layout = paragraph(&text, width, &options);
            every_byte_once(&text, &layout)?;
            let mut end = 0;
            for row in &layout.rows {
                sound(row, width)?;
                there_and_back(row)?;
                prop_assert_eq!(row.bytes.start, end);
                end = row.bytes.end;
            }
            prop_assert_eq!(end as usize, text.len());
        }
    }

    /// The same clusters at every width: only white space may hang, and only what is wider than the
    /// row looks different.
    #[test]
    fn no_width_loses_a_cluster(text in text(), width in 1..=40_u16, options in options()) {
        let clusters = |width| {
            let mut cells: Vec<_> = paragraph(&text, width, &options)
                .rows
                .into_iter()
                .flat_map(|row| row.cells)
                .filter(|cell| !cell.symbol.trim_matches(char::is_whitespace).is_empty())
                .collect();
            cells.sort_by_key(|cell| cell.bytes.start);
            cells
        };
        let (narrow, wide) = (clusters(width), clusters(u16::MAX));
        prop_assert_eq!(narrow.len(), wide.len());
        for (narrow, wide) in narrow.iter().zip(&wide) {
            prop_assert_eq!(&narrow.bytes, &wide.bytes);
            // Breaking a row changes no joining: letters look the same on both sides of the break.
            prop_assert!(narrow.symbol == wide.symbol || u16::from(wide.width) > width);
        }
    }

    /// A grapheme cluster is never parted by a row's end where it fits a row, save a sequence that
    /// terminals give several cells.
    #[test]
    fn marks_stay_with_their_letters(words in "([ابتلمسا][\u{64b}-\u{652}]{0,2}){1,30}", width in 1..=9_u16) {
        let layout = paragraph(&words, width, &Options::default());
        let starts: Vec<u32> = words.grapheme_indices(true).map(|(at, _)| at as u32).collect();
        for cell in layout.rows.iter().flat_map(|row| &row.cells) {
            prop_assert!(starts.contains(&cell.bytes.start));
        }
    }

    #[test]
    fn a_line(text in text(), width in 0..=60_u16, options in options()) {
        let row = line(&text, width, &options);
        sound(&row, width)?;
        there_and_back(&row)?;
        prop_assert_eq!(row.bytes.clone(), 0..text.len() as u32);
        let whole = line(&text, u16::MAX, &options);
        if row.cells.iter().map(|cell| &cell.bytes).ne(whole.cells.iter().map(|cell| &cell.bytes)) && width > 0 {
            prop_assert_eq!(row.cells.iter().filter(|cell| cell.bytes.end as usize == text.len()).count(), 1);
            prop_assert!(row.cells.iter().any(|cell| &*cell.symbol == "…"));
        }
    }

    #[test]
    fn a_prompt(text in text(), width in 1..=60_u16, options in options()) {
        for (cursor, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let input = input(&text, cursor as u32, width, &options);
            sound(&input.row, width)?;
            there_and_back(&input.row)?;
            prop_assert!(input.cursor < width);
            // The cell under the cursor is that of the character, where there is room for one.
            if let (Some(byte), true) = (input.row.byte_at(input.cursor), width > 4 + 20) {
                let cell = &input.row.cells[input.row.cell_at(input.cursor).unwrap()];
                let shows = &text[cell.bytes.start as usize..cell.bytes.end as usize];
                prop_assert!(cell.bytes.end as usize > cursor, "{byte} {cursor}");
                prop_assert!(&*cell.symbol != "…" || shows.starts_with('…'));
            }
        }
    }

    #[test]
    fn a_document_is_its_paragraphs_and_line_ends(text in text()) {
        const ENDS: [&str; 6] = ["", "\n", "\r", "\r\n", "\u{2028}", "\u{2029}"];
        let mut end = 0;
        for piece in paragraphs(&text) {
            prop_assert!(ENDS.contains(&&text[end..piece.start]));
            let inside = ENDS[1..].iter().any(|line_end| text[piece.clone()].contains(line_end));
            prop_assert!(!inside);
            end = piece.end;
        }
        prop_assert!(ENDS.contains(&&text[end..]));
    }
}
