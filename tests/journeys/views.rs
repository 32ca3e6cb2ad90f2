//! Journeys through the views beside the list: timeline, documents, commands, explanation, and the
//! ways from event to event.

use super::fixture::{DOCUMENTS, Journey, SECOND, source, sources};
use waqai::tui::{Effect, Lang};

/// A screen on the corpus and a second report of what its first document tells.
fn told_twice(lang: Lang, width: u16, height: u16) -> Journey {
    let mut all = sources();
    all.push(source(SECOND.0, SECOND.1));
    Journey::speaking(lang, &all, Vec::new(), (width, height), None)
}

#[test]
fn the_timeline_shows_a_happening_once_with_all_its_sources() {
    let mut journey = told_twice(Lang::En, 120, 24);
    assert!(journey.screen().contains("14 events"));
    screen!("timeline", journey.keys("2"));
    assert!(journey.screen().contains("Timeline 1/12"), "two happenings are told twice");
    screen!("timeline-several", journey.keys("V"));
    assert!(journey.screen().contains("Timeline 1/2"));
    journey.keys("j");
    assert!(journey.screen().contains("≠ Places"), "where they differ");
    let mut arabic = told_twice(Lang::Ar, 120, 24);
    screen!("arabic-timeline", arabic.keys("2Vj"));
    for (width, height) in [(80, 24), (40, 12)] {
        let mut journey = told_twice(Lang::En, width, height);
        screen!(format!("timeline-{width}x{height}"), journey.keys("2"));
    }
}

#[test]
fn from_the_timeline_into_each_source_and_back() {
    let mut journey = told_twice(Lang::En, 120, 24);
    journey.keys("2").screen();
    journey.keys("<enter><enter>");
    assert!(journey.screen().contains("┌ chronology.txt"), "{}", journey.screen());
    assert!(journey.screen().contains("Events 1/14"));
    journey.keys("<esc>");
    assert!(journey.screen().contains("Told by 2 documents"), "back to the happening");
    journey.keys("j<enter>");
    assert!(journey.screen().contains("┌ second-report.txt"), "{}", journey.screen());
    journey.keys("<esc><esc>1");
    assert!(journey.screen().contains("┌ Events"));
}

#[test]
fn the_timeline_follows_the_filter_and_keeps_the_selected_event() {
    let mut journey = told_twice(Lang::En, 120, 24);
    journey.keys("G2");
    assert!(journey.screen().contains("Timeline 12/12"), "{}", journey.screen());
    journey.keys("flavrov<enter>");
    assert!(journey.screen().contains("Timeline 1/1"), "{}", journey.screen());
    journey.keys("F");
    assert!(journey.screen().contains("/12"));
}

#[test]
fn events_of_the_text_one_after_the_other() {
    let mut journey = Journey::new(120, 24, None);
    let at = |journey: &mut Journey| {
        journey.rows()[1].split_whitespace().nth(2).map(str::to_owned).unwrap_or_default()
    };
    journey.keys("]");
    assert_eq!(at(&mut journey), "2/11");
    journey.keys("]]]]]");
    assert_eq!(at(&mut journey), "8/11", "over an event of another document");
    journey.keys("]");
    assert!(journey.screen().contains("تقرير") || journey.screen().contains("ﺮﻳﺮﻘﺗ"), "the next document");
    journey.keys("[[");
    assert_eq!(at(&mut journey), "7/11");
    journey.keys("g[");
    assert!(journey.screen().contains("this is the first event"));
}

#[test]
fn back_to_where_one_was_and_forward_again() {
    let mut journey = Journey::new(120, 24, None);
    journey.keys("jjj<enter>/نقابه<enter>");
    assert!(!journey.screen().contains("┌ chronology.txt"));
    journey.keys("<ctrl-o>");
    assert!(journey.screen().contains("┌ chronology.txt") && journey.screen().contains("Events 4/11"));
    journey.keys("<ctrl-y>");
    assert!(!journey.screen().contains("┌ chronology.txt"));
    journey.keys("<ctrl-y>");
    assert!(journey.screen().contains("nowhere to go forward to"));
}

#[test]
fn documents_are_listed_with_counts_and_dates_and_opened() {
    let mut journey = told_twice(Lang::En, 120, 24);
    screen!("documents", journey.keys("l"));
    journey.keys("undated<enter>");
    assert!(journey.screen().contains("┌ undated.txt"), "{}", journey.screen());
    assert_eq!(DOCUMENTS[2].0, "undated.txt");
}

#[test]
fn every_command_is_in_the_palette_with_its_keys_and_can_be_done_from_there() {
    let mut journey = Journey::new(120, 40, None);
    screen!("palette", journey.keys(";"));
    journey.keys("undo last<enter>");
    assert!(journey.screen().contains("cannot be saved"), "{}", journey.screen());
    journey.keys("<ctrl-p>leave<enter>");
    assert_eq!(journey.effects, [Effect::Quit]);
}

#[test]
fn every_field_of_an_event_is_explained() {
    let mut journey = Journey::new(120, 24, None);
    screen!("explain", journey.keys("ji"));
    let mut arabic = Journey::speaking(Lang::Ar, &sources(), Vec::new(), (120, 24), None);
    screen!("arabic-explain", arabic.keys("ji"));
    assert!(!arabic.keys("<esc>").screen().contains("ﻦﻣ ﻆﻔﻠﻟﺍ"));
}

#[test]
fn beside_the_text_stands_where_the_events_are() {
    let mut journey = Journey::new(120, 24, None);
    let column = |journey: &mut Journey| -> String {
        let cells = journey.cells();
        (2..22).map(|y| cells[(54, y)].symbol().to_owned()).collect()
    };
    let first = column(&mut journey);
    assert_eq!(first.matches('◆').count(), 1, "{first}");
    assert!(first.matches('•').count() >= 3, "{first}");
    journey.keys("]]]]]]");
    let last = column(&mut journey);
    assert!(last.find('◆') > first.find('◆'), "{first} {last}");
}
