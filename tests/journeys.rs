//! Journeys: keys in, screen out.

#[path = "journeys/fixture.rs"]
mod fixture;

use fixture::{Journey, source, sources};
use ratatui::style::{Color, Modifier};
use waqai::bidi::Align;
use waqai::corpus::Skipped;
use waqai::tui::terminal::Mode;
use waqai::tui::{Effect, Lang, Theme, plain};

/// Compares a screen with the one that was looked at and accepted.
macro_rules! screen {
    ($name:expr, $journey:expr) => {
        insta::with_settings!({ snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/tests/journeys/snapshots"), prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!($name, $journey.screen());
        })
    };
}

#[path = "journeys/hands.rs"]
mod hands;
#[path = "journeys/views.rs"]
mod views;
#[path = "journeys/work.rs"]
mod work;

#[test]
fn first_screen_at_every_size() {
    for (width, height) in [(80, 24), (120, 40), (20, 10), (500, 50), (5, 2)] {
        screen!(format!("first-{width}x{height}"), Journey::new(width, height, None));
    }
}

#[test]
fn the_arabic_screen_runs_the_other_way() {
    for (width, height) in [(80, 24), (120, 40), (40, 12)] {
        let mut journey = Journey::speaking(Lang::Ar, &sources(), Vec::new(), (width, height), None);
        screen!(format!("arabic-{width}x{height}"), journey);
    }
    let mut journey = Journey::speaking(Lang::Ar, &sources(), Vec::new(), (100, 24), None);
    screen!("arabic-actor-panel", journey.keys("fاردوغان"));
    assert_eq!(journey.keys("<esc><esc>/قدم").cursor(), Some(93), "on the left of what is typed");
    screen!("arabic-help", journey.keys("<esc>?"));
}

#[test]
fn moving_in_the_list_lights_up_the_event_in_its_text() {
    let mut journey = Journey::new(120, 20, None);
    journey.keys("j");
    screen!("second-event", journey);
    let trigger = journey.looking(|c| c.bg == Color::Indexed(179));
    assert_eq!(trigger, ["ﺾﻓﺭ"]);
    let date = journey.looking(|c| c.fg == Color::Indexed(117) && c.modifier.contains(Modifier::UNDERLINED));
    assert_eq!(date, ["2022 ﺱﺭﺎﻣ/ﺭﺍﺫﺁ 21"]);
    let actor = journey.looking(|c| c.fg == Color::Indexed(150));
    assert_eq!(actor, ["ﻑﻭﺮﻓﻻ"]);
    journey.keys("j");
    let place = journey.looking(|c| c.fg == Color::Indexed(182) && c.modifier.contains(Modifier::ITALIC));
    assert_eq!(place, ["ﻝﻮﺒﻨﻄﺳﺇ"]);
    let others = journey.looking(|c| c.modifier == Modifier::UNDERLINED && c.bg != Color::Indexed(179));
    assert!(others.iter().any(|row| row.contains("ﺎﻋﺩ")), "{others:?}");
}

#[test]
fn moving_in_the_text_selects_the_event_told_there() {
    let mut journey = Journey::new(80, 24, None);
    let at = |journey: &mut Journey| journey.rows()[1].split_whitespace().nth(2).map(str::to_owned);
    journey.keys("<tab>");
    assert_eq!(at(&mut journey).as_deref(), Some("1/11"));
    journey.keys("G");
    assert_eq!(at(&mut journey).as_deref(), Some("8/11"), "the last event of the document");
    journey.keys("kkkk");
    screen!("reading-the-text", journey);
    journey.keys("<esc>g");
    assert_eq!(at(&mut journey).as_deref(), Some("1/11"));
}

#[test]
fn filter_by_actor_and_year_and_clear() {
    let mut journey = Journey::new(100, 24, None);
    screen!("actor-panel", journey.keys("f"));
    screen!("actor-panel-typed-arabic", journey.keys("زيلنسكى"));
    screen!("actor-filtered", journey.keys("<enter>"));
    screen!("year-panel", journey.keys("y"));
    journey.keys("<space><enter>");
    screen!("actor-and-year-filtered", journey);
    journey.keys("<esc>");
    assert!(!journey.screen().contains("year:") && journey.screen().contains("actor:"));
    journey.keys("F");
    assert!(journey.screen().contains("11/11 shown"));
}

#[test]
fn latin_letters_find_an_arabic_name_and_several_values_go_together() {
    let mut journey = Journey::new(100, 24, None);
    journey.keys("flavrov<enter>");
    assert!(journey.screen().contains(" 1/11 shown"));
    journey.keys("f<ctrl-l><down><space>erdo<space><enter>");
    screen!("two-actors", journey);
    journey.keys("Ftass<space><enter>");
    assert!(journey.screen().contains("type: ASSAULT"), "{}", journey.screen());
    journey.keys("Fp<enter>");
    assert!(journey.screen().contains(" 1/11 shown"));
    journey.keys("Fd<enter>");
    assert!(journey.screen().contains(" 7/11 shown"));
    journey.keys("Fsplan<enter>");
    assert!(journey.screen().contains(" 1/11 shown"));
    screen!("planned", journey);
}

#[test]
fn an_arabic_keyboard_does_the_same() {
    let mut latin = Journey::new(100, 24, None);
    let mut arabic = Journey::new(100, 24, None);
    latin.keys("jjkG");
    arabic.keys("تتنلأ");
    assert_eq!(latin.screen(), arabic.screen());
    arabic.keys("بlavrov<enter>");
    assert!(arabic.screen().contains(" 1/11 shown"));
    arabic.keys("ض");
    assert_eq!(arabic.effects, [Effect::Quit]);
}

#[test]
fn search_is_folded_and_goes_on_in_other_documents() {
    let mut journey = Journey::new(100, 24, None);
    screen!("search-typed", journey.keys("/نقابه"));
    journey.keys("<enter>");
    screen!("search-found", journey);
    let found = |journey: &mut Journey| journey.looking(|c| c.modifier.contains(Modifier::REVERSED));
    assert_eq!(found(&mut journey), ["ﺔﺑﺎﻘﻧ"]);
    journey.keys("n");
    assert!(journey.screen().contains("undated.txt"));
    journey.keys("n");
    assert!(journey.screen().contains("from the first document on"));
    journey.keys("N");
    assert!(journey.screen().contains("undated.txt"));
    journey.keys("<esc>/بغداد<enter>");
    assert!(journey.screen().contains("is nowhere in the 3 documents"), "{}", journey.screen());
}

#[test]
fn what_is_typed_is_edited_by_letter_in_the_order_of_the_screen() {
    let mut journey = Journey::new(60, 12, None);
    journey.keys("/قَدم");
    screen!("prompt-end", journey);
    // ` /  ` and three letters, the cursor on the left of the last: the text grows to the left.
    assert_eq!(journey.cursor(), Some(3));
    journey.keys("<right>");
    assert_eq!(journey.cursor(), Some(4), "on the last letter");
    journey.keys("<right><right>");
    assert_eq!(journey.cursor(), Some(6), "on the first letter");
    journey.keys("<left>");
    assert_eq!(journey.cursor(), Some(5));
    journey.keys("<backspace>");
    screen!("prompt-cluster-deleted", journey);
    journey.keys("<ctrl-u>Lavrov<left>");
    assert_eq!(journey.cursor(), Some(8), "on the last letter of a Latin word");
}

#[test]
fn what_is_copied_is_the_text_as_it_was_read() {
    let mut journey = Journey::new(100, 24, None);
    journey.keys("Y");
    let [Effect::Copy(sentence)] = &journey.effects[..] else { panic!("{:?}", journey.effects) };
    let (_, text) = fixture::DOCUMENTS[0];
    assert!(text.contains(sentence.as_str()) && sentence.contains("دعا"), "{sentence}");
    assert!(!sentence.chars().any(|c| ('\u{fb50}'..='\u{fdff}').contains(&c) || c >= '\u{fe70}'));
    assert!(journey.screen().contains("the sentence is copied"));
    journey.keys("<tab>إ");
    let Some(Effect::Copy(paragraph)) = journey.effects.last() else { panic!("{:?}", journey.effects) };
    assert!(text.lines().any(|line| line == paragraph), "{paragraph}");
    // What would be an order in a shell is not copied.
    let hostile = [source("x.txt", "قبل\u{1b}[2J\u{9b}31m\u{7}بعد")];
    let mut journey = Journey::over(&hostile, Vec::new(), 100, 24, None);
    journey.keys("<tab>Y");
    assert_eq!(journey.effects, [Effect::Copy("قبل[2J31mبعد".into())]);
}

#[test]
fn a_long_text_can_be_read_before_anything_is_found_in_it() {
    // Nothing was read so far.
    let mut journey = Journey::over(&[], Vec::new(), 100, 16, None);
    assert!(journey.screen().contains("reading"));
    journey.text(fixture::DOCUMENTS[0]);
    assert!(journey.screen().contains("chronology.txt") && journey.screen().contains("Events"));
    let pane = |journey: &mut Journey| {
        // Without the borders, in which the gutter tells where the events are.
        let part = |row: &String| row.chars().skip(46).take(53).collect::<String>();
        journey.rows().iter().skip(2).take(12).map(part).collect::<Vec<_>>()
    };
    journey.keys("<tab>G<up><up>");
    let before = pane(&mut journey);
    assert!(before.iter().any(|row| row.chars().any(|c| c >= '\u{fe70}')), "{}", journey.screen());
    journey.read(&sources(), Vec::new());
    assert!(journey.screen().contains("11/11 shown"), "{}", journey.screen());
    // All but what is lit up in it.
    assert_eq!(pane(&mut journey), before, "the reader is where he was");
    journey.keys("<tab>gj");
    let trigger = journey.looking(|c| c.bg == Color::Indexed(179));
    assert_eq!(trigger, ["ﺾﻓﺭ"], "and now the events are lit up");
}

#[test]
fn where_only_the_user_can_help_that_is_said_and_stays() {
    let mut journey = Journey::hinting(120, 24, "terminal.rendering");
    assert!(journey.screen().contains("B Arabic scrambled?"));
    journey.keys("B");
    assert!(journey.screen().contains("--bidi explicit") && journey.screen().contains("rendering off"));
    assert_eq!(journey.effects, [Effect::Mode(Mode::Explicit)]);
    journey.keys("j");
    assert!(journey.screen().contains("B Arabic scrambled?"));
    assert!(!Journey::new(120, 24, None).screen().contains("scrambled"));
}

#[test]
fn verdicts_move_on_and_are_kept_across_restarts() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("reviews.sqlite");
    let mut journey = Journey::new(100, 24, Some(log.clone()));
    journey.keys("aax<space>");
    screen!("verdicts", journey);
    drop(journey);
    let mut again = Journey::new(100, 24, Some(log));
    assert!(again.screen().contains("3 reviewed"));
    assert!(again.screen().contains("precision 0.67 (2/3)"));
    again.keys("uu");
    assert!(again.screen().contains("2 reviewed"));
    assert!(again.screen().contains("precision 1.00 (2/2)"));
    assert!(again.screen().contains("Events 3/11"), "the event whose verdict was undone is selected");
    again.keys("<ctrl-r>");
    assert!(again.screen().contains("precision 0.67 (2/3)"));
}

#[test]
fn a_verdict_that_cannot_be_saved_is_said_and_not_shown() {
    let mut journey = Journey::new(100, 24, None);
    journey.keys("a");
    assert!(journey.screen().contains("verdicts cannot be saved"));
    assert!(journey.screen().contains("0 reviewed") && !journey.screen().contains('✓'));
    assert!(journey.screen().contains("Events 1/11"), "not moved on");
}

#[test]
fn help_and_skipped_files() {
    let skipped = vec![Skipped::new("صورة.bin", "not text"), Skipped::new("empty.txt", "empty")];
    let mut journey = Journey::over(&sources(), skipped, 100, 30, None);
    screen!("skipped-said", journey);
    screen!("skipped-page", journey.keys("S"));
    screen!("help", journey.keys("<esc>?"));
    journey.keys("<pgdn>jjj");
    screen!("help-further", journey);
    journey.keys("<esc>").resize(20, 10).keys("?");
    screen!("help-20x10", journey);
}

#[test]
fn nothing_of_a_document_or_its_name_reaches_the_terminal_unfiltered() {
    let text = "\u{1b}[2Jقبل\u{202e}بعد\u{9b}31m\u{7}\u{85}\u{200f} نص \u{2028}سطر\tجدول\r\nنهاية\u{0}";
    let name = "x\u{1b}]0;y\u{7}\u{202e}gpj.txt";
    let skipped = vec![Skipped::new("\u{1b}[31mz\n.txt", "a\u{9b}b")];
    for (width, height) in [(100, 24), (30, 12)] {
        let mut journey = Journey::over(&[source(name, text)], skipped.clone(), width, height, None);
        for keys in ["", "d", "<esc>S", "<esc>/\u{202e}س<enter>"] {
            let cells = journey.keys(keys).cells();
            for cell in cells.content() {
                let hostile = cell.symbol().chars().find(|c| {
                    c.is_control() || matches!(c, '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
                });
                assert_eq!(hostile, None, "{keys}");
            }
        }
    }
}

#[test]
fn resizing_keeps_the_reader_where_he_was() {
    let mut journey = Journey::new(120, 16, None);
    journey.keys("G<up><up>");
    for (width, height) in [(20, 10), (5, 2), (500, 50), (1, 1), (99, 7), (0, 0), (120, 16)] {
        journey.resize(width, height);
        let rows = journey.rows();
        assert_eq!(rows.len(), usize::from(height));
    }
    screen!("resized-and-back", journey);
}

#[test]
fn a_text_is_rendered_into_a_pipe_as_the_pane_shows_it() {
    let (name, text) = fixture::DOCUMENTS[0];
    let document = waqai::model::Document { id: name.into(), text: text.into(), ..Default::default() };
    let found = fixture::annotations(&document);
    let render = |theme: Option<&Theme>| {
        let mut out = Vec::new();
        plain::write(&document, &found, 64, Align::Auto, theme, &mut out).expect("a vector takes all");
        String::from_utf8(out).expect("text")
    };
    let bare = render(None);
    insta::with_settings!({ snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/tests/journeys/snapshots"), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("rendered-64", bare);
    });
    let mut journey = Journey::new(68, 40, None);
    let pane: Vec<String> = journey
        .rows()
        .iter()
        .filter_map(|r| Some(r.strip_suffix(" │")?.split_once(' ')?.1.trim_end().to_owned()))
        .collect();
    for row in bare.lines().filter(|r| !r.is_empty()) {
        assert!(pane.iter().any(|p| p == row), "not in the pane: {row}");
    }
    let lit = render(Some(&Theme::builtin("dark").expect("built in")));
    for words in ["1;38;5;16;48;5;179mﺎﻋﺩ", "1;38;5;150;48;5;236mﻑﻭﺮﻓﻻ", "3;38;5;182;48;5;236mﻝﻮﺒﻨﻄﺳﺇ"]
    {
        assert!(lit.contains(words), "{words} is not in {lit}");
    }
    let mut unlit = String::new();
    for piece in lit.split('\u{1b}') {
        unlit.push_str(
            piece.strip_prefix('[').and_then(|p| p.split_once('m')).map_or(piece, |(_, text)| text),
        );
    }
    assert_eq!(unlit.lines().map(str::trim_end).collect::<Vec<_>>(), bare.lines().collect::<Vec<_>>());
}

#[test]
fn frames_are_straight_whatever_the_text() {
    let text = "مُحَمَّدٌ 漢字 👨‍👩‍👧 e\u{301} ـــ\tعمود\n\n\u{64e}\u{64f} لاإله 🇸🇾 ｶﾞ ﷺ\n";
    let mut journey = Journey::over(&[source("漢字 👨‍👩‍👧 لا.txt", text)], Vec::new(), 60, 20, None);
    for width in 40..=60 {
        journey.resize(width, 20).keys("<tab>");
        let cells = journey.cells();
        let frames = ["│", "┐", "┘", "◀"];
        for y in (1..19).filter(|y| cells[(0, *y)].symbol() != " ") {
            let last = cells[(width - 1, y)].symbol();
            assert!(frames.contains(&last), "{width}: row {y} ends in {last:?}");
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    /// Whatever is pressed in windows of whatever size, nothing panics and the selected event is on
    /// screen.
    #[test]
    fn any_keys_in_any_window(
        keys in proptest::collection::vec(0usize..KEYS.len(), 1..40),
        sizes in proptest::collection::vec((0u16..140, 0u16..50), 1..6),
    ) {
        let mut journey = Journey::new(80, 24, None);
        for (n, key) in keys.iter().enumerate() {
            journey.keys(KEYS[*key]);
            if n % 7 == 6 {
                let (width, height) = sizes[n / 7 % sizes.len()];
                journey.resize(width, height);
            }
            journey.cells();
        }
        journey.keys("<esc><esc><esc>F1").resize(80, 24);
        let rows = journey.rows();
        proptest::prop_assert!(rows.iter().any(|row| row.contains('▌')), "{}", rows.join("\n"));
    }
}

/// What [`any_keys_in_any_window`] presses.
const KEYS: [&str; 46] = [
    "h",
    "<right>",
    "b",
    "1",
    "2",
    "V",
    "]",
    "[",
    "<ctrl-o>",
    "i",
    "l",
    ";",
    "j",
    "k",
    "g",
    "G",
    "<tab>",
    "<enter>",
    "<esc>",
    "/",
    "n",
    "N",
    "f",
    "y",
    "t",
    "p",
    "d",
    "s",
    "F",
    "a",
    "x",
    "u",
    "o",
    "S",
    "?",
    "B",
    "ب",
    "لا",
    "نقابة",
    "l",
    "<space>",
    "<pgdn>",
    "<ctrl-d>",
    "<ctrl-u>",
    "<backspace>",
    "<left>",
];

#[test]
fn sorting_goes_round() {
    let mut journey = Journey::new(100, 24, None);
    journey.keys("o");
    assert!(journey.screen().contains("as the documents tell them"));
    journey.keys("ooooo");
    assert!(journey.screen().contains("by date"));
}
