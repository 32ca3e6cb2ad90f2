//! The layout as a whole, on small texts.

use super::*;

fn layout(text: &str, width: u16) -> Layout {
    paragraph(text, width, &Options::default())
}

fn show(text: &str, width: u16) -> Vec<String> {
    layout(text, width).rows.iter().map(ToString::to_string).collect()
}

/// The only row of `text`, from the left edge.
fn row(text: &str, options: Options) -> String {
    let layout = paragraph(text, 200, &Options { align: Align::Left, ..options });
    assert_eq!(layout.rows.len(), 1);
    layout.rows[0].to_string()
}

fn forms(text: &str) -> String {
    row(text, Options::default())
}

#[test]
fn letters_join_and_turn() {
    // From the right: seen initial, lam and alef in one cell, final, meem isolated.
    assert_eq!(forms("سلام"), "\u{fee1}\u{fefc}\u{feb3}");
    assert_eq!(forms("لا"), "\u{fefb}");
    assert_eq!(forms("abc لا"), "abc \u{fefb}");
    // Every lam-alef of a word, not only the first.
    assert_eq!(forms("لالا"), "\u{fefb}\u{fefb}");
    assert_eq!(forms("بلابلا"), "\u{fefc}\u{fe91}\u{fefc}\u{fe91}");
    // Hamza neither joins nor is joined.
    assert_eq!(forms("شيء"), "ء\u{fef2}\u{feb7}");
    // No ligature for the name of God: the letters are the text.
    assert_eq!(forms("الله"), "\u{feea}\u{fee0}\u{fedf}\u{fe8d}");
}

#[test]
fn persian_and_kurdish() {
    assert_eq!(forms("پچژگکی"), "\u{fbfd}\u{fb91}\u{fb94}\u{fb8b}\u{fb7d}\u{fb58}");
    // No forms for ڕ and ە: the letter stays, the one before it still joins.
    assert_eq!(forms("بڕ"), "ڕ\u{fe91}");
    assert_eq!(forms("بە"), "ە\u{fe91}");
}

#[test]
fn joiners() {
    // ZWNJ parts and takes no cell.
    let layout = layout("می\u{200c}شود", 200);
    assert_eq!(layout.rows[0].cells.len(), 5);
    assert_eq!(layout.rows[0].cells[3].symbol.as_str(), "\u{fbfd}");
    assert_eq!(layout.rows[0].cells[3].bytes, 2..7);
    assert!(layout.dropped.is_empty());
    // ZWJ joins with nothing to be seen beside it; tatweel with itself.
    assert_eq!(forms("ه\u{200d}"), "\u{feeb}");
    assert_eq!(forms("\u{200d}ه"), "\u{feea}");
    assert_eq!(forms("\u{200d}ه\u{200d}"), "\u{feec}");
    assert_eq!(forms("بـب"), "\u{fe90}ـ\u{fe91}");
    // Neither lets lam and alef share a cell.
    assert_eq!(forms("ل\u{200c}ا"), "\u{fe8d}\u{fedd}");
    assert_eq!(forms("ل\u{200d}ا"), "\u{fe8e}\u{fedf}");
    // What hides between letters does not part them.
    assert_eq!(forms("ب\u{ad}ب"), "\u{fe90}\u{fe91}");
}

#[test]
fn marks_stay_with_their_letter() {
    assert_eq!(
        forms("م\u{64f}ح\u{64e}م\u{651}\u{64e}د"),
        "\u{feaa}\u{fee4}\u{651}\u{64e}\u{fea4}\u{64e}\u{fee3}\u{64f}"
    );
    // Lam, mark, alef, mark: one cell with both marks.
    assert_eq!(forms("لَاً"), "\u{fefb}\u{64e}\u{64b}");
    let strip = Options { harakat: Harakat::Strip, ..Options::default() };
    assert_eq!(row("لَاً", strip), "\u{fefb}");
    let layout = paragraph("كِتَاب", 200, &strip);
    assert!(layout.dropped.is_empty());
    assert_eq!(layout.rows[0].cells[3].bytes, 0..4);
    // A mark without letter stands on a dotted circle, or goes.
    assert_eq!(forms("\u{64e}"), "◌\u{64e}");
    let mark = Dropped { bytes: 0..2, reason: Reason::Mark };
    assert_eq!(paragraph("\u{64e}", 9, &strip).dropped, [mark]);
}

#[test]
fn hamza_written_as_a_mark_is_part_of_the_letter() {
    assert_eq!(forms("ا\u{654}"), "\u{fe83}");
    assert_eq!(forms("لا\u{653}"), "\u{fef5}");
    assert_eq!(forms("ي\u{64e}\u{654}ب"), "\u{fe90}\u{fe8b}\u{64e}");
    let letters = Options { shaping: Shaping::Letters, harakat: Harakat::Strip, ..Options::default() };
    assert_eq!(row("ا\u{654}\u{64e}", letters), "ا\u{654}");
}

#[test]
fn forms_in_the_text_stay() {
    assert_eq!(forms("\u{fefb}\u{feb3}"), "\u{feb3}\u{fefb}");
    // They are drawn already, so their neighbours do not reach for them.
    assert_eq!(forms("ب\u{feb3}"), "\u{feb3}\u{fe8f}");
}

#[test]
fn brackets_mirror_at_odd_levels_only() {
    assert_eq!(forms("(ع)"), "(\u{fec9})");
    assert_eq!(forms("(ع) (a)"), "(a) (\u{fec9})");
    assert_eq!(forms("a (b)"), "a (b)");
    assert_eq!(forms("«ع»"), "«\u{fec9}»");
    assert_eq!(forms("ع < ع"), "\u{fec9} > \u{fec9}");
}

#[test]
fn numbers_read_from_the_left() {
    assert_eq!(forms("ع 123 ع"), "\u{fec9} 123 \u{fec9}");
    assert_eq!(forms("ع ١٢٣"), "١٢٣ \u{fec9}");
    assert_eq!(forms("ع 2022-03-21"), "21-03-2022 \u{fec9}");
    assert_eq!(forms("ع 3.5%"), "%3.5 \u{fec9}");
}

#[test]
fn rows_wrap_in_logical_order() {
    assert_eq!(show("د د د", 3), ["\u{fea9} \u{fea9}", "  \u{fea9}"]);
    // The first words of the text are on the first row, though they stand last in it.
    let rows = layout("واحد اثنان ثلاثة", 11).rows;
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0].bytes.clone(), rows[1].bytes.clone()), (0..20, 20..30));
    // A word longer than the row breaks between clusters and stays joined.
    assert_eq!(show("بببب", 2), ["\u{fe92}\u{fe91}", "\u{fe90}\u{fe92}"]);
    assert_eq!(show("abcdef", 4), ["abcd", "ef"]);
    // UAX #14 would break between a space and a mark, which share a cell here: no opportunity.
    assert_eq!(show("aaa \u{301}bb", 5), ["aaa \u{301}b", "b"]);
}

#[test]
fn spaces_hang_at_the_end_of_a_row() {
    let layout = layout("aaa   bb  ", 3);
    let rows: Vec<_> = layout.rows.iter().map(ToString::to_string).collect();
    assert_eq!(rows, ["aaa", "bb "]);
    assert_eq!(
        layout.dropped,
        [Dropped { bytes: 3..6, reason: Reason::Hung }, Dropped { bytes: 9..10, reason: Reason::Hung }]
    );
    assert_eq!((layout.row_of(0), layout.row_of(5), layout.row_of(6), layout.row_of(10)), (0, 0, 1, 1));
}

#[test]
fn wide_characters() {
    assert_eq!(show("漢字", 3), ["漢", "字"]);
    assert_eq!(show("漢a", 1), ["▯", "a"]);
    assert_eq!(show("a\tb", 80), ["a    b"]);
    assert_eq!(show("\tb", 2), ["", "b"]);
    assert_eq!(show("a\u{17d8}b", 80), ["a▯b"]);
    // A flag is one cell, an emoji with joiner is its parts, a skin tone goes with its hand.
    let widths =
        |text: &str| layout(text, 80).rows[0].cells.iter().map(|cell| cell.width).collect::<Vec<_>>();
    assert_eq!(widths("🇸🇦🇶🇦"), [2, 2]);
    assert_eq!(widths("👨\u{200d}👩"), [2, 2]);
    assert_eq!(widths("👍🏽"), [2]);
    assert_eq!(widths("❤\u{fe0f}"), [1]);
}

#[test]
fn alignment() {
    let indent =
        |text: &str, align| paragraph(text, 10, &Options { align, ..Options::default() }).rows[0].indent;
    assert_eq!((indent("عع", Align::Auto), indent("ab", Align::Auto)), (8, 0));
    assert_eq!((indent("عع", Align::Left), indent("ab", Align::Right)), (0, 8));
}

#[test]
fn controls_of_the_text_never_reach_a_cell() {
    let layout = layout("a\u{1b}[31mع\u{9b}2J\u{7f}\u{202e}abc", 80);
    assert!(layout.dropped.iter().all(|dropped| dropped.reason == Reason::Control));
    assert_eq!(layout.dropped.len(), 3);
    let shown = layout.rows[0].to_string();
    assert!(!shown.chars().any(char::is_control));
    assert!(shown.contains('⇇') && shown.contains("cba"));
    assert_eq!(forms("a\u{202e}bc"), "a⇇cb");
}

#[test]
fn arabic_in_a_left_to_right_override_still_joins() {
    // Beh then meem, beh on the left: it joins to its right.
    assert_eq!(forms("\u{202d}بم"), "\u{fe90}\u{fee3}⇉");
}

#[test]
fn letters_of_different_levels_do_not_join() {
    // The control itself is a mark between them.
    let letters = |text: &str| forms(text).replace(['⇽', '◂'], "");
    assert_eq!(letters("ب\u{202b}ب"), "\u{fe8f}\u{fe8f}");
    assert_eq!(letters("ب\u{200f}ب"), "\u{fe90}\u{fe91}");
}

#[test]
fn logical_order_leaves_all_to_the_terminal() {
    let options = Options { order: Order::Logical, shaping: Shaping::Letters, ..Options::default() };
    assert_eq!(row("سلام (abc)", options), "سلام (abc)");
}

#[test]
fn a_line_is_cut_at_its_logical_end() {
    let show = |text: &str, width| {
        let row = line(text, width, &Options::default());
        assert!(row.width <= width);
        (row.to_string(), row.cells.last().map(|cell| cell.bytes.clone()))
    };
    assert_eq!(show("abcdef", 4), ("abc…".to_owned(), Some(3..6)));
    assert_eq!(show("abcd", 4), ("abcd".to_owned(), Some(3..4)));
    assert_eq!(show("دددد", 3), ("…\u{fea9}\u{fea9}".to_owned(), Some(0..2)));
    assert_eq!(show("a\nb", 9), ("a b".to_owned(), Some(2..3)));
    assert_eq!(show("abc", 1), ("…".to_owned(), Some(0..3)));
    assert_eq!(show("abc", 0), (String::new(), None));
    assert_eq!(show("漢字", 3), ("漢…".to_owned(), Some(3..6)));
    // Latin at the cut of an Arabic line: the mark is still at the left.
    assert_eq!(show("د abcdef", 5).0, "…ab \u{fea9}");
    // As quick for a text of any length.
    assert_eq!(line(&"د".repeat(10_000_000), 20, &Options::default()).width, 20);
}

#[test]
fn between_bytes_and_columns() {
    let options = Options::default();
    let row = paragraph("د abc لا", 10, &options).rows.remove(0);
    // From the right: dal, space, abc, space, lam-alef; seven columns.
    assert_eq!((row.indent, row.width), (3, 7));
    assert_eq!((row.column_of(0), row.column_of(3), row.column_of(5)), (Some(9), Some(5), Some(7)));
    assert_eq!((row.column_of(7), row.column_of(9)), (Some(3), Some(3)));
    assert_eq!(
        (row.byte_at(2), row.byte_at(3), row.byte_at(9), row.byte_at(10)),
        (None, Some(7), Some(0), None)
    );
    assert_eq!(row.cells_of(3..6).collect::<Vec<_>>(), [2, 3, 4]);
    // The dal with the space and the first two letters of abc: apart on the screen.
    assert_eq!(row.cells_of(0..5).collect::<Vec<_>>(), [2, 3, 5, 6]);
    assert_eq!(row.cells_of(4..4).count(), 0);
    assert_eq!((row.cursor(0), row.cursor(11)), (Some(9), Some(2)));
    let full = paragraph("دد", 2, &options).rows.remove(0);
    assert_eq!(full.cursor(4), None);
    let empty = paragraph("", 5, &options).rows.remove(0);
    assert_eq!((empty.indent, empty.cursor(0)), (5, Some(4)));
}
