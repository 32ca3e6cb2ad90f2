//! Journeys with the chart, the mouse, bookmarks, an Arabic keyboard, other keys and colours, and
//! another day.

use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use waqai::tui::session::Session;
use waqai::tui::{Keymap, Lang, Theme};

use super::fixture::{Journey, sources};

fn at(journey: &mut Journey) -> String {
    let rows = journey.rows();
    let row = rows.iter().find(|row| row.contains("Events ")).cloned().unwrap_or_default();
    row.split_whitespace().nth(2).map(str::to_owned).unwrap_or_default()
}

/// Column and row of a piece of the screen.
fn find(journey: &mut Journey, symbols: &str) -> (u16, u16) {
    let cells = journey.cells();
    let width = usize::from(cells.area.width);
    for (y, row) in cells.content().chunks(width).enumerate() {
        let text: Vec<&str> = row.iter().map(Cell::symbol).collect();
        for x in 0..width {
            if text[x..].concat().starts_with(symbols) {
                return (x as u16, y as u16);
            }
        }
    }
    panic!("{symbols} is not on screen:\n{}", journey.screen());
}

#[test]
fn the_chart_counts_by_year_and_zooms_to_months_and_days() {
    let mut journey = Journey::new(120, 40, None);
    screen!("chart-years", journey.keys("h"));
    assert!(journey.screen().contains("2022 · 5 events · cooperation in words 2"), "{}", journey.screen());
    screen!("chart-months", journey.keys("<enter>"));
    assert!(journey.screen().contains("5/11 shown"));
    assert!(journey.screen().contains("2022-03 · 4 events"), "the first month with events is selected");
    journey.keys("<enter>");
    assert!(journey.screen().contains("4/11 shown") && journey.screen().contains("2022-03-21 · 2 events"));
    journey.keys("<enter>");
    assert!(journey.screen().contains("2/11 shown"), "a day of the month");
    journey.keys("<esc>");
    assert!(journey.screen().contains("4/11 shown"), "its month again");
    journey.keys("<esc><esc>");
    assert!(journey.screen().contains("11/11 shown"));
    journey.keys("G");
    assert!(journey.screen().contains("undated · 1 event"), "{}", journey.screen());
    journey.keys("<enter>");
    assert!(journey.screen().contains("1/11 shown"));
    journey.keys("<esc><esc>k");
    assert_eq!(at(&mut journey), "10/11", "the keys go to the list again");
}

#[test]
fn the_chart_follows_the_filter_and_runs_the_other_way_in_arabic() {
    let mut journey = Journey::new(120, 40, None);
    journey.keys("tass<space><enter>h");
    assert!(journey.screen().contains("2023 · 1 event · in deeds 1"), "{}", journey.screen());
    let mut arabic = Journey::speaking(Lang::Ar, &sources(), Vec::new(), (120, 40), None);
    screen!("arabic-chart", arabic.keys("h"));
    let left = arabic.keys("<left>").screen();
    let mut english = Journey::new(120, 40, None);
    assert!(left.contains("2023") && english.keys("h<right>").screen().contains("2023 · 3 events"));
}

#[test]
fn without_colours_the_quadrants_differ_in_words_and_in_texture() {
    let mut journey = Journey::changed(120, 50, |start| start.theme = Theme::plain());
    let screen = journey.keys("h").screen();
    assert!(screen.contains("cooperation in words 2") && screen.contains("conflict in words 3"), "{screen}");
    assert!(screen.contains('░') && screen.contains('▓'), "{screen}");
}

#[test]
fn a_click_selects_and_a_second_one_opens() {
    for lang in [Lang::En, Lang::Ar] {
        let mut journey = Journey::speaking(lang, &sources(), Vec::new(), (120, 24), None);
        let (x, y) = find(&mut journey, "2022-10-03");
        journey.click(x, y);
        assert!(journey.screen().contains("5/11"), "{}", journey.screen());
        journey.click(x, y).keys("j");
        assert!(journey.screen().contains('◀') || journey.screen().contains('▶'), "the text has the keys");
    }
}

#[test]
fn a_click_on_a_word_of_the_text_selects_its_event() {
    for lang in [Lang::En, Lang::Ar] {
        let mut journey = Journey::speaking(lang, &sources(), Vec::new(), (120, 30), None);
        let (x, y) = find(&mut journey, "ﺖﻔﺼﻗ");
        journey.click(x + 1, y);
        assert!(journey.screen().contains("8/11"), "{}", journey.screen());
        let lit = journey.looking(|c| c.bg == Color::Indexed(179));
        assert_eq!(lit, ["ﺖﻔﺼﻗ"]);
    }
}

#[test]
fn the_wheel_scrolls_and_the_border_is_dragged() {
    let mut journey = Journey::new(120, 24, None);
    journey.mouse(MouseEventKind::ScrollDown, 5, 8);
    assert_eq!(at(&mut journey), "4/11");
    journey.mouse(MouseEventKind::ScrollUp, 5, 8);
    assert_eq!(at(&mut journey), "1/11");
    let corner = |journey: &mut Journey| find(journey, "┐┌").0;
    let before = corner(&mut journey);
    journey.mouse(MouseEventKind::Down(MouseButton::Left), before, 12);
    journey.mouse(MouseEventKind::Drag(MouseButton::Left), 69, 12);
    journey.mouse(MouseEventKind::Up(MouseButton::Left), 69, 12);
    assert_eq!(corner(&mut journey), 69);
    journey.mouse(MouseEventKind::Drag(MouseButton::Left), 40, 12);
    assert_eq!(corner(&mut journey), 69, "only while it is held");
    let mut high = Journey::new(80, 24, None);
    let (x, y) = find(&mut high, "┌ chronology");
    high.mouse(MouseEventKind::Down(MouseButton::Left), x + 30, y);
    high.mouse(MouseEventKind::Drag(MouseButton::Left), x + 30, y + 4);
    assert_eq!(find(&mut high, "┌ chronology").1, y + 4 + 1);
}

#[test]
fn panels_lists_and_the_chart_take_clicks() {
    let mut journey = Journey::new(120, 40, None);
    journey.keys("f");
    let (x, y) = find(&mut journey, "Vladimir Putin");
    journey.click(x, y).click(0, 0);
    assert!(journey.screen().contains("2/11 shown"), "{}", journey.screen());
    journey.keys("Fl");
    let (x, y) = find(&mut journey, "undated.txt");
    journey.click(x, y);
    assert!(journey.screen().contains("┌ undated.txt"));
    journey.keys("<esc>");
    let (x, y) = find(&mut journey, "2023");
    journey.click(x, y).click(x, y);
    assert!(journey.screen().contains("3/11 shown"), "{}", journey.screen());
    journey.keys("?").click(1, 1);
    assert!(!journey.screen().contains("┌ Keys"));
}

#[test]
fn marked_events_are_found_again() {
    let mut journey = Journey::new(120, 24, None);
    journey.keys("jbjjjbg'");
    assert_eq!(at(&mut journey), "2/11");
    journey.keys("'");
    assert_eq!(at(&mut journey), "5/11");
    journey.keys("'");
    assert_eq!(at(&mut journey), "2/11");
    assert!(journey.rows().iter().filter(|row| row.contains('*')).count() == 2);
    journey.keys("b'b'");
    assert!(journey.screen().contains("no event in the list is marked"));
}

#[test]
fn events_in_the_order_of_their_verdicts() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut journey = Journey::new(120, 24, Some(folder.path().join("reviews.sqlite")));
    journey.keys("axg");
    journey.keys("oooo");
    assert!(journey.screen().contains("by verdict"), "{}", journey.screen());
    let rows = journey.rows();
    let row = |mark: char| rows.iter().position(|row| row.contains(mark)).expect("a verdict");
    assert!(row('✗') < row('✓') && row('✗') > 8, "{}", rows.join("\n"));
}

#[test]
fn one_goes_on_where_one_left_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state/session.json");
    let mut journey = Journey::new(120, 24, None);
    journey.keys("jbofputin<enter>j<enter>");
    journey.app.session().save(&path).expect("it is saved");
    let before = journey.screen();
    let mut again = Journey::resuming(Session::load(&path).expect("a session"));
    assert_eq!(again.screen(), before);
    again.keys("<esc>F");
    assert!(again.screen().contains('*'), "the mark");
    // What is no session, and one whose event is gone, do no harm.
    std::fs::write(&path, "{\"query\":\"actor:\\\"\",\"event\":[\"x\",\"y\"]}").expect("a file");
    assert!(Journey::resuming(Session::load(&path).expect("a session")).screen().contains("11/11 shown"));
    std::fs::write(&path, "no json").expect("a file");
    assert_eq!(Session::load(&path), None);
}

#[test]
fn an_arabic_keyboard_reaches_every_view() {
    for (latin, arabic) in [
        ("jjl", "تتم"),
        ("ji", "ته"),
        ("]]", "دد"),
        ("]][", "ددج"),
        (";", "ك"),
        ("h", "ا"),
        ("b", "لا"),
        ("2V", "٢{"),
    ] {
        let (mut a, mut b) = (Journey::new(120, 30, None), Journey::new(120, 30, None));
        a.keys(latin);
        b.keys(arabic);
        assert_eq!(a.screen(), b.screen(), "{latin} {arabic}");
        assert_ne!(a.screen(), Journey::new(120, 30, None).screen(), "{latin}");
    }
}

#[test]
fn a_key_of_ones_own_is_in_help_palette_and_hints() {
    let own = Keymap::builtin().with("[browse]\nhelp = [\"f5\"]\nexplain = [\"z\"]\n").expect("well formed");
    let mut journey = Journey::changed(120, 40, |start| start.keymap = own);
    assert!(journey.screen().contains("F5 help"));
    journey.keys(";why the event");
    assert!(journey.screen().contains("▌z "), "{}", journey.screen());
    journey.keys("<esc><esc>z");
    assert!(journey.screen().contains("Why this event"));
}

#[test]
fn what_matters_looks_different_in_every_theme() {
    for name in Theme::names() {
        let theme = Theme::builtin(name).expect("built in");
        let mut journey = Journey::changed(120, 30, |start| start.theme = theme);
        journey.keys("jj");
        let cells = journey.cells();
        let look = |cell: &Cell| (cell.modifier, cell.bg != Color::Reset);
        let of = |journey: &mut Journey, symbols: &str| {
            let (x, y) = find(journey, symbols);
            look(&cells[(x, y)])
        };
        // Trigger, place and date of the event, and the words around them.
        let trigger = of(&mut journey, "ﺖﻓﺎﻀﺘﺳﺍ");
        let place = of(&mut journey, "ﻝﻮﺒﻨﻄﺳﺇ");
        let date = of(&mut journey, "ﺱﺭﺎﻣ/ﺭﺍﺫﺁ 29");
        let plain = of(&mut journey, "ﺭﻮﺴﺠﻟﺍ");
        let all = [trigger, place, date, plain];
        for (n, one) in all.iter().enumerate() {
            assert!(!all[..n].contains(one), "{name}: {all:?}");
        }
        assert!(name == "plain" || cells.content().iter().any(|c| c.fg != Color::Reset), "{name}");
        assert!(trigger.0.contains(Modifier::BOLD), "{name}");
    }
}

#[test]
fn every_size_in_both_languages() {
    for (lang, tongue) in [(Lang::En, "en"), (Lang::Ar, "ar")] {
        for (width, height) in [(80, 24), (120, 40), (200, 60), (40, 12)] {
            let mut journey = Journey::speaking(lang, &sources(), Vec::new(), (width, height), None);
            screen!(format!("events-{tongue}-{width}x{height}"), journey);
        }
    }
}
