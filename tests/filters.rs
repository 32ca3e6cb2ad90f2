//! Journeys through the filters: panels of facets and the query line, keys in, screen out.

#[allow(dead_code, reason = "shared with the other journeys, which use the rest of it")]
#[path = "journeys/fixture.rs"]
mod fixture;

use fixture::Journey;
use waqai::tui::words::Lang;

fn shown(journey: &mut Journey) -> String {
    let screen = journey.screen();
    let words: Vec<&str> = screen.split_whitespace().collect();
    words.iter().position(|w| *w == "shown").map_or(String::new(), |at| words[at - 1].to_owned())
}

fn title(journey: &mut Journey) -> String {
    journey.rows().first().cloned().unwrap_or_default()
}

#[test]
fn a_value_is_shut_out_and_let_in_again() {
    let mut journey = Journey::new(100, 24, None);
    journey.keys("flavrov!<enter>");
    assert!(title(&mut journey).contains("!actor:"), "{}", title(&mut journey));
    assert_eq!(shown(&mut journey), "10/11");
    journey.keys("flavrov");
    assert!(journey.screen().contains("▌!"), "{}", journey.screen());
    journey.keys("!<enter>");
    assert_eq!(shown(&mut journey), "11/11");
}

#[test]
fn years_open_into_months_and_days() {
    let mut journey = Journey::new(100, 24, None);
    journey.keys("y2022<tab>");
    assert!(journey.screen().contains("Filter by month of 2022"), "{}", journey.screen());
    assert!(journey.screen().contains("2022-03"));
    journey.keys("2022-03<tab>");
    assert!(journey.screen().contains("Filter by day of 2022-03"), "{}", journey.screen());
    journey.keys("<enter>");
    assert!(title(&mut journey).contains("date: 2022-03-"), "{}", title(&mut journey));
    journey.keys("Fy2022<tab><enter>");
    assert!(title(&mut journey).contains("date: 2022-"), "{}", title(&mut journey));
}

#[test]
fn verdicts_and_confidence_are_facets() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut journey = Journey::new(100, 24, Some(folder.path().join("reviews.sqlite")));
    journey.keys("aaxv");
    for (words, count) in [("accepted", "2"), ("rejected", "1"), ("not reviewed", "8")] {
        let row = journey.rows().into_iter().find(|row| row.contains(words)).unwrap_or_default();
        assert!(row.contains(count), "{words}: {row}");
    }
    journey.keys("accept<enter>");
    assert_eq!(shown(&mut journey), "2/11");
    journey.keys("F:verdict:none<enter>");
    assert_eq!(shown(&mut journey), "8/11");
    journey.keys("FC<enter>");
    assert!(title(&mut journey).contains("confidence: "), "{}", title(&mut journey));
}

#[test]
fn one_key_clears_one_filter_and_one_clears_all() {
    let mut journey = Journey::new(120, 24, None);
    journey.keys(":year:2022 !type:ASSAULT actor:lavrov<enter>");
    let filters = |journey: &mut Journey| title(journey).matches(": ").count();
    assert_eq!(filters(&mut journey), 3);
    journey.keys("<backspace>");
    assert_eq!(filters(&mut journey), 2);
    assert!(!title(&mut journey).contains("actor"));
    journey.keys("F");
    assert_eq!(filters(&mut journey), 0);
}

#[test]
fn a_query_is_completed_checked_and_remembered() {
    let mut journey = Journey::new(100, 24, None);
    journey.keys(":act<tab>");
    assert!(journey.screen().contains(": actor:"), "{}", journey.screen());
    journey.keys("لاف");
    assert!(journey.screen().contains("  lavrov"), "{}", journey.screen());
    journey.keys("<tab> year:2022..2025 type:re");
    assert!(journey.screen().contains("RETREAT") && journey.screen().contains("REJECT"));
    journey.keys("ject");
    assert!(journey.screen().contains("1 event"), "{}", journey.screen());
    journey.keys("<enter>");
    assert_eq!(shown(&mut journey), "1/11");
    assert!(title(&mut journey).contains("year: 2022..2025"));
    journey.keys("F:yaer:2022<enter>");
    assert!(journey.screen().contains("character 1: there is no field"), "{}", journey.screen());
    journey.keys("<esc>:<up>");
    assert!(journey.screen().contains("actor:lavrov year:2022..2025 type:REJECT"));
    journey.keys("<down><ctrl-u>\"القدس\" \"أو\"<esc>");
    assert_eq!(shown(&mut journey), "11/11", "what was not entered changes nothing");
    journey.keys(":actor:nobody<enter>");
    assert!(journey.screen().contains("nothing here is called nobody"), "{}", journey.screen());
}

#[test]
fn words_of_the_text_narrow_the_facets() {
    let mut journey = Journey::new(100, 24, None);
    journey.keys(":\"نقابة\"<enter>");
    let some = shown(&mut journey);
    assert_ne!(some, "11/11");
    journey.keys("t");
    let rows = journey.screen();
    let narrowed = rows.lines().filter(|row| row.contains('│') && row.contains("1 ")).count();
    assert!(narrowed > 0, "{rows}");
    journey.keys("<esc>F");
    assert_eq!(shown(&mut journey), "11/11");
}

#[test]
fn the_list_is_written_to_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("one.md");
    let mut journey = Journey::new(120, 24, None);
    journey.keys(":type:REJECT<enter>w<ctrl-u>").keys(path.to_str().expect("a name")).keys("<enter>");
    assert!(journey.screen().contains("are written to"), "{}", journey.screen());
    let text = std::fs::read_to_string(&path).expect("the file");
    assert!(text.contains("REJECT") && !text.contains("CONSULT"), "{text}");
    journey.keys("w<ctrl-u>").keys(path.to_str().expect("a name")).keys("<enter>");
    assert!(journey.screen().contains("is there already"), "{}", journey.screen());
    journey.keys("<enter>");
    assert!(journey.screen().contains("are written to"), "{}", journey.screen());
    journey.keys("w<ctrl-u>x.xyz<enter>");
    assert!(journey.screen().contains("the ending of the name"), "{}", journey.screen());
}

#[test]
fn the_arabic_interface_filters_in_its_own_words() {
    let mut journey = Journey::speaking(Lang::Ar, &fixture::sources(), Vec::new(), (100, 24), None);
    journey.keys(":فاعل:لافروف سنة:2022<enter>");
    assert!(journey.screen().contains("1/11"), "{}", journey.screen());
}
