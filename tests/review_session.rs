//! A reviewer's whole session at the screen, from the first key to the report.

#![allow(clippy::unwrap_used, reason = "what a test cannot set up is a failed test")]

#[path = "journeys/fixture.rs"]
#[allow(dead_code, reason = "other journeys use the rest")]
mod fixture;

use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;

use fixture::{Journey, events};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use waqai::corpus::demo_sources;
use waqai::extract::extract;
use waqai::formats::exchange::Told;
use waqai::lexicon::Lexicon;
use waqai::store::{Index, Judgement, SyncOptions, Verdict, VerdictLog};
use waqai::tui::reviews::Reviews;
use waqai::tui::words::Lang;
use waqai::tui::worker::Report;
use waqai::tui::{Action, App, Effect, Start, Theme, press, update, view};

/// The program on its own documents, verdicts of `reviewer` in `log`.
struct Session {
    app: App,
    effects: Vec<Effect>,
}

impl Session {
    fn start(log: &Path, reviewer: &str) -> Self {
        let start = Start::new(
            Theme::builtin("dark").unwrap(),
            Lang::En,
            Reviews::new(Some(VerdictLog::open(log).unwrap()), reviewer.into()).unwrap(),
        );
        let mut app = App::new(None, start);
        app.keep_to(Some("50 7".parse().unwrap()));
        update(&mut app, Action::Resize(120, 40));
        let mut index = Index::in_memory().unwrap();
        let find = |document: &_| extract(document, Lexicon::builtin());
        let report = index
            .sync(&demo_sources(), &SyncOptions::default(), &find, &mut |_| (), &AtomicBool::new(false))
            .unwrap();
        update(&mut app, Action::Report(Box::new(Report::Done { report, index: Some(Box::new(index)) })));
        Self { app, effects: Vec::new() }
    }

    fn keys(&mut self, keys: &str) -> &mut Self {
        self.effects.extend(press(&mut self.app, &events(keys)));
        self
    }

    fn screen(&mut self) -> String {
        let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
        let app = &self.app;
        terminal.draw(|frame| view::render(app, frame.buffer_mut())).unwrap();
        let cells = terminal.backend().buffer();
        let rows =
            cells.content().chunks(120).map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect());
        rows.collect::<Vec<String>>().join("\n")
    }
}

fn log(path: &Path) -> Vec<Verdict> {
    VerdictLog::open(path).unwrap().all().unwrap()
}

fn after(verdict: &Verdict) -> Told {
    serde_json::from_value(verdict.said.after.clone().unwrap()).unwrap()
}

fn before(verdict: &Verdict) -> Told {
    serde_json::from_value(verdict.said.before.clone().unwrap()).unwrap()
}

#[test]
fn sample_verdicts_corrections_missed_undo_quit_resume_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reviews.sqlite");
    let mut session = Session::start(&path, "layla");
    assert!(session.screen().contains("Events 1/50"), "{}", session.screen());
    // Twenty verdicts.
    session.keys("aaaxaaaaxaaaaaxaaaa<space>");
    assert_eq!(log(&path).len(), 20);
    assert!(session.screen().contains("Events 21/50"));
    assert!(session.screen().contains("20/50 done"), "{}", session.screen());
    // A date: what is no date is said, an Arabic one in the Islamic calendar is understood.
    session.keys("ej<enter><ctrl-u>2022-02-30");
    assert!(session.screen().contains("no date yet"));
    session.keys("<enter>");
    assert!(session.screen().contains("that is no date"));
    session.keys("<ctrl-u>10 رمضان 1446هـ");
    assert!(session.screen().contains("Monday 2025-03-10"), "{}", session.screen());
    session.keys("<enter>w");
    // A type, with type-ahead.
    session.keys("e<enter>mobil<enter>w");
    // A new actor and a trigger wider by a word.
    session.keys("ejjj<left>jjjjjjjjjjjj");
    let screen = session.screen();
    assert!(screen.contains("+ place"), "{screen}");
    session.keys("<esc>eG");
    session.keys("k");
    while !session.screen().contains("▌+ actor") {
        session.keys("k");
    }
    session.keys("<enter>لمياء الصفوري<enter>");
    session.keys("gjjj<left>w");
    let all = log(&path);
    assert_eq!(all.len(), 23);
    assert!(
        all[20..].iter().all(|v| v.said.judgement == Judgement::Correct),
        "{:?}",
        all[20..].iter().map(|v| v.said.judgement).collect::<Vec<_>>()
    );
    assert_eq!(after(&all[20]).date.unwrap().value, "2025-03-10");
    assert_ne!(before(&all[20]).date.map(|d| d.value).as_deref(), Some("2025-03-10"));
    assert_eq!(after(&all[21]).kind.name(), "MOBILIZE");
    let (was, is) = (before(&all[22]), after(&all[22]));
    assert_eq!(is.actors.len(), was.actors.len() + 1);
    assert_eq!(is.actors.last().unwrap().name, "لمياء الصفوري");
    assert!(is.trigger.text.starts_with(&was.trigger.text) && is.trigger.end > was.trigger.end);
    // A missed event: words of the text, right to left.
    session.keys("m<left><left><space><left><enter>");
    assert!(session.screen().contains("Choose"), "{}", session.screen());
    session.keys("threat<enter>w");
    assert!(session.screen().contains("the missed event is saved"), "{}", session.screen());
    let all = log(&path);
    let missed = all.last().unwrap();
    assert_eq!(missed.said.judgement, Judgement::Missed);
    let told = after(missed);
    assert_eq!((told.kind.name(), told.trigger.text.split(' ').count()), ("THREATEN", 2));
    assert_eq!(told.trigger.text, missed.said.selector.exact);
    assert!(told.extent.unwrap().text.contains(&told.trigger.text));
    // Undo twice: the missed event, the last correction; back again once.
    session.keys("uu<ctrl-r>");
    let all = log(&path);
    assert_eq!(all.len(), 27, "undo appends");
    assert_eq!(waqai::store::undone(&all).len(), 2);
    // A note, and the document is fully read.
    session.keys("cراجع التاريخ<enter>R");
    session.keys("q");
    assert_eq!(session.effects, [Effect::Quit]);
    drop(session);
    // On again: the same sample, the work as it was.
    let mut session = Session::start(&path, "layla");
    let screen = session.screen();
    assert!(screen.contains("/50") && screen.contains("23/50 done"), "{screen}");
    session.keys("3");
    let screen = session.screen();
    assert!(screen.contains("Quality") && screen.contains("0.727   16/22"), "{screen}");
    session.keys("<esc>");
    let reviews = path.display().to_string();
    let out = Command::new(env!("CARGO_BIN_EXE_waqai"))
        .args(["review", "report", "--reviews", &reviews])
        .output()
        .unwrap();
    let report = String::from_utf8(out.stdout).unwrap();
    assert!(report.contains("22 events judged: 16 accepted, 3 corrected, 3 rejected; 1 skipped"), "{report}");
    assert!(report.contains("Recall, in documents fully read"), "{report}");
}

#[test]
fn many_are_judged_alike_after_a_question() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reviews.sqlite");
    let mut journey = Journey::new(100, 24, Some(path.clone()));
    journey.keys("ax");
    journey.keys("A");
    assert!(journey.screen().contains("accept 9 open events?"), "{}", journey.screen());
    journey.keys("n");
    assert_eq!(log(&path).len(), 2);
    journey.keys("Ay");
    assert!(journey.screen().contains("9 events judged"), "{}", journey.screen());
    assert_eq!(log(&path).len(), 11);
    assert!(journey.screen().contains("11 reviewed"));
    journey.keys("A");
    assert!(journey.screen().contains("every event of the list is judged"));
    // What another reviewer writes meanwhile is not lost and is seen.
    let mut other = Journey::new(100, 24, Some(path.clone()));
    other.keys("x");
    journey.keys("x");
    assert_eq!(log(&path).len(), 13);
}

#[test]
fn a_correction_that_is_none_is_not_saved_and_one_that_cannot_be_saved_stays_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reviews.sqlite");
    let mut journey = Journey::new(120, 30, Some(path.clone()));
    journey.keys("ew");
    assert!(journey.screen().contains("nothing is changed"), "{}", journey.screen());
    assert!(log(&path).is_empty());
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch(
        "CREATE TRIGGER full BEFORE INSERT ON verdict BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    )
    .unwrap();
    journey.keys("jj<space>w");
    let screen = journey.screen();
    assert!(screen.contains("was not saved") && screen.contains("Correct"), "{screen}");
    raw.execute_batch("DROP TRIGGER full").unwrap();
    journey.keys("w");
    let all = log(&path);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].said.judgement, Judgement::Correct);
    // It is corrected, not accepted, and opens again as it was corrected.
    assert!(journey.screen().contains("0.00 (0/1)"), "{}", journey.screen());
    journey.keys("ke");
    assert!(journey.screen().contains("planned"), "{}", journey.screen());
}

/// What [`any_keys_leave_the_log_and_the_screen_whole`] presses; `w` is not among them, as it writes files.
const KEYS: [&str; 26] = [
    "e",
    "m",
    "c",
    "A",
    "X",
    "R",
    "W",
    "3",
    "y",
    "n",
    "<ctrl-s>",
    "t",
    "x",
    "a",
    "u",
    "j",
    "k",
    "<enter>",
    "<esc>",
    "<space>",
    "<left>",
    "<right>",
    "<backspace>",
    "7",
    "لا",
    "<tab>",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(60))]

    /// Whatever is pressed while reviewing, nothing panics, and every correction in the log holds an
    /// event before and after.
    #[test]
    fn any_keys_leave_the_log_and_the_screen_whole(
        keys in proptest::collection::vec(0usize..KEYS.len(), 1..60),
        width in 5u16..130,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reviews.sqlite");
        let mut journey = Journey::new(width, 24, Some(path.clone()));
        for key in keys {
            journey.keys(KEYS[key]);
            journey.cells();
        }
        for verdict in log(&path) {
            let told = |value: &Option<serde_json::Value>| {
                value.clone().map(|value| serde_json::from_value::<Told>(value).is_ok())
            };
            if verdict.said.judgement == Judgement::Correct {
                proptest::prop_assert_eq!(told(&verdict.said.before), Some(true));
                proptest::prop_assert_eq!(told(&verdict.said.after), Some(true));
            }
        }
    }
}

#[test]
fn verdicts_in_bulk_are_taken_back_and_restored_in_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reviews.sqlite");
    let mut journey = Journey::new(110, 24, Some(path.clone()));
    journey.keys("xAy");
    assert!(journey.screen().contains("11 reviewed"));
    journey.keys("u");
    let screen = journey.screen();
    assert!(screen.contains("10 verdicts taken back") && screen.contains("1 reviewed"), "{screen}");
    journey.keys("<ctrl-r>");
    let screen = journey.screen();
    assert!(screen.contains("10 verdicts restored") && screen.contains("11 reviewed"), "{screen}");
    journey.keys("uu");
    assert!(journey.screen().contains("0 reviewed"));
    let all = log(&path);
    assert_eq!(all.len(), 11 + 10 + 10 + 10 + 1, "every step is in the log");
    journey.keys("<ctrl-r><ctrl-r>");
    assert!(journey.screen().contains("11 reviewed"));
}

#[test]
fn what_no_longer_attaches_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reviews.sqlite");
    // Another text under the name of the document, and a document that is not here any more.
    let old = "21 آذار/مارس 2022: نفى المتحدث الخبر نفيا قاطعا.";
    for (name, at) in [("chronology.txt", "نفى"), ("gone.txt", "الخبر")] {
        let document = waqai::model::Document { id: name.into(), text: old.into(), ..Default::default() };
        let start = old.find(at).unwrap() as u32;
        let span = waqai::model::Span::new(start, start + at.len() as u32);
        let new = waqai::review::missed("omar", &document, span, serde_json::Value::Null);
        VerdictLog::open(&path).unwrap().append(&new).unwrap();
    }
    let mut journey = Journey::new(110, 40, Some(path));
    journey.keys("3G");
    let screen = journey.screen();
    assert!(screen.contains("1 verdict whose event is no longer found"), "{screen}");
    assert!(screen.contains("1 verdict on a document that is not here"), "{screen}");
    assert!(screen.contains("(missed, omar)"), "{screen}");
}

#[test]
fn the_work_goes_rule_by_rule() {
    let mut journey = Journey::new(110, 24, None);
    journey.keys("ooooog");
    let mut rules = Vec::new();
    for _ in 0..11 {
        journey.keys("i");
        let rule = journey.rows().into_iter().find(|row| row.contains(" by ")).unwrap();
        rules.push(rule.split(" by ").nth(1).unwrap().split('(').next().unwrap().trim().to_owned());
        journey.keys("<esc>j");
    }
    let mut runs = rules.clone();
    runs.dedup();
    let all: std::collections::HashSet<&String> = rules.iter().collect();
    assert_eq!(runs.len(), all.len(), "the events of one rule stand together: {rules:?}");
    let often = |rule: &String| rules.iter().filter(|other| *other == rule).count();
    assert!(runs.windows(2).all(|pair| often(&pair[0]) >= often(&pair[1])), "{rules:?}");
}

#[test]
fn words_are_marked_with_the_mouse_from_right_to_left() {
    use crossterm::event::{MouseButton, MouseEventKind as Kind};
    for lang in [Lang::En, Lang::Ar] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reviews.sqlite");
        let sources = fixture::sources();
        let mut journey = Journey::speaking(lang, &sources, Vec::new(), (120, 24), Some(path.clone()));
        // Letters as they stand on screen, joined, from the left.
        let at = |journey: &mut Journey, symbols: &str| {
            let cells = journey.cells();
            for (y, row) in cells.content().chunks(120).enumerate() {
                let symbols_at =
                    |x: usize| row[x..].iter().map(ratatui::buffer::Cell::symbol).collect::<String>();
                if let Some(x) = (0..120).find(|&x| symbols_at(x).starts_with(symbols)) {
                    return (x as u16, y as u16);
                }
            }
            panic!("{symbols} is not on screen:\n{}", journey.screen());
        };
        // `استضافت إسطنبول`: from the first word, which stands on the right, to the second on its left.
        let (right, y) = at(&mut journey, "ﺖﻓﺎﻀﺘﺳﺍ");
        let (left, y_left) = at(&mut journey, "ﻝﻮﺒﻨﻄﺳﺇ");
        assert!(y == y_left && left < right, "the second word stands on the left");
        journey.mouse(Kind::Down(MouseButton::Left), right + 3, y);
        for x in (left..right + 3).rev() {
            journey.mouse(Kind::Drag(MouseButton::Left), x, y);
        }
        journey.mouse(Kind::Up(MouseButton::Left), left, y);
        journey.keys("<enter>consult<enter>w");
        let all = log(&path);
        assert_eq!(all.len(), 1, "{}", journey.screen());
        assert_eq!(all[0].said.selector.exact, "استضافت إسطنبول");
        // A click alone marks nothing.
        journey.click(right + 3, y);
        journey.keys("<enter>");
        assert!(!journey.screen().contains("Choose"));
    }
}

#[test]
fn differences_of_two_reviewers_are_settled_on_screen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reviews.sqlite");
    let review = |name: &'static str, keys: &str| {
        let log = VerdictLog::open(&path).unwrap();
        let reviews = Reviews::new(Some(log), name.into()).unwrap();
        let mut journey = Journey::changed(120, 30, |start| start.reviews = reviews);
        journey.keys(keys);
        journey
    };
    // They agree on the first; of the second one rejects it, of the third the other corrects the type.
    review("layla", "aaa");
    review("omar", "agjxgjje<enter>threat<enter>w");
    let mut third = review("zayd", "4");
    let screen = third.screen();
    assert!(screen.contains("Reviewers differ 1/2"), "{screen}");
    assert!(screen.contains("layla · accepted") && screen.contains("omar · rejected"), "{screen}");
    assert!(screen.contains("no such event"), "{screen}");
    // As omar has it.
    third.keys("<right><enter>");
    let screen = third.screen();
    assert!(screen.contains("settled; u takes it back") && screen.contains("✓"), "{screen}");
    assert_eq!(log(&path).last().unwrap().said.judgement, Judgement::Reject);
    assert_eq!(log(&path).last().unwrap().said.reviewer, "zayd");
    third.keys("u");
    assert!(!third.screen().contains("settled by"));
    third.keys("<ctrl-r>");
    // What is open stands first; its type is neither's, but a third one.
    let screen = third.screen();
    assert!(screen.contains("≠ type") && screen.contains("THREATEN"), "{screen}");
    third.keys("e<enter>mobil<enter>w");
    let all = log(&path);
    let last = all.last().unwrap();
    assert_eq!((last.said.judgement, after(last).kind.name()), (Judgement::Correct, "MOBILIZE"));
    assert!(last.said.before.as_ref().unwrap()["settles"].as_array().unwrap().len() == 2);
    let screen = third.screen();
    assert!(!screen.contains("≠ "), "{screen}");
    // The agreement of the two is what it was.
    third.keys("3G");
    let screen = third.screen();
    assert!(screen.contains("Agreement of layla and omar") && screen.contains("1 of 3 alike"), "{screen}");
    assert!(!screen.contains("and zayd"), "whoever settles is no third reviewer: {screen}");
}

#[test]
fn two_who_work_through_the_same_sample_judge_the_same_events() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reviews.sqlite");
    for (name, keys) in [("layla", "aaaa"), ("omar", "aaxa")] {
        let reviews = Reviews::new(Some(VerdictLog::open(&path).unwrap()), name.into()).unwrap();
        let mut journey = Journey::changed(120, 40, |start| start.reviews = reviews);
        journey.keys("W5 3<enter>");
        journey.keys(keys);
        assert!(journey.screen().contains("4/5 done"), "{}", journey.screen());
    }
    let report = waqai::review::review_report(&log(&path));
    let pair = &report.agreement[0];
    assert_eq!((pair.events, pair.same), (4, 3), "both judged the same four");
    let mut third = Journey::new(120, 40, Some(path));
    third.keys("3G");
    assert!(third.screen().contains("1 event to settle: 4 shows it side by side"), "{}", third.screen());
}

#[test]
fn the_date_that_is_typed_reads_from_left_to_right_in_the_arabic_screen_too() {
    let mut journey = Journey::speaking(Lang::Ar, &fixture::sources(), Vec::new(), (120, 30), None);
    journey.keys("ej<enter><ctrl-u>10 رمضان 1446هـ");
    let screen = journey.screen();
    assert!(screen.contains("2025-03-10") && screen.contains("ﻦﻴﻨﺛﻻﺍ"), "{screen}");
}
