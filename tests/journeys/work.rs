//! Journeys beside which something else goes on: documents are read, a file is written, a long text is
//! searched; and what is kept for another day.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use waqai::corpus::{Skipped, discover};
use waqai::store::{Index, Progress, SyncOptions, SyncReport};
use waqai::tui::history::{History, Typed};
use waqai::tui::worker::{Job, Report, Worker};
use waqai::tui::{Action, Effect, Lang, update};

use super::fixture::{Journey, annotations, source, sources};

/// How far the reading of documents is.
fn progress(journey: &mut Journey, files: usize) {
    let progress = Progress { files, of: 9, documents: files };
    update(&mut journey.app, Action::Report(Box::new(Report::Progress(progress))));
}

#[test]
fn reading_is_stopped_and_goes_on() {
    let mut journey = Journey::new(120, 24, None);
    journey.keys("<f6>");
    assert_eq!(journey.effects, [], "there is nothing to stop");
    progress(&mut journey, 3);
    assert!(journey.screen().contains("reading 3/9"), "{}", journey.screen());
    journey.keys("<f5><f6>");
    assert_eq!(journey.effects, [Effect::StopReading], "what is being read is not read again");
    let report = SyncReport { cancelled: true, ..SyncReport::default() };
    update(&mut journey.app, Action::Report(Box::new(Report::Done { report, index: None })));
    assert!(journey.screen().contains("reading is stopped; F5 goes on"), "{}", journey.screen());
    journey.keys("<f5>");
    assert_eq!(journey.effects, [Effect::StopReading, Effect::ReadAgain]);
}

/// The next report that is no progress.
fn end(worker: &Worker) -> SyncReport {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(30) {
        match worker.next() {
            Some(Report::Done { report, .. }) => return report,
            Some(_) => {}
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    }
    panic!("the reading does not end");
}

fn job(folder: &Path, go: &Arc<AtomicBool>) -> Job {
    let go = Arc::clone(go);
    Job {
        paths: vec![folder.join("news")],
        faults: Vec::new(),
        index: Some(folder.join("index.sqlite")),
        options: SyncOptions::default(),
        extract: Box::new(move |document| {
            while !go.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(2));
            }
            annotations(document)
        }),
        relearn: None,
    }
}

#[test]
fn what_is_stopped_is_taken_up_where_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("news")).expect("a folder");
    for n in 0..300 {
        let text = format!("نص قصير {n}");
        std::fs::write(folder.path().join(format!("news/{n}.txt")), text).expect("a file");
    }
    let go = Arc::new(AtomicBool::new(false));
    let worker = Worker::start(job(folder.path(), &go));
    worker.stop();
    go.store(true, Ordering::Relaxed);
    let stopped = end(&worker);
    assert!(stopped.cancelled && stopped.read < 300, "{stopped:?}");
    worker.again();
    let done = end(&worker);
    assert!(!done.cancelled, "{done:?}");
    assert_eq!(done.read + done.unchanged, 300);
}

#[test]
fn a_document_that_changes_keeps_its_reader_where_he_is() {
    let mut journey = Journey::new(120, 24, None);
    journey.keys("jjj<enter>jj");
    let reading = |journey: &mut Journey| {
        let rows = journey.rows();
        let row = rows.iter().find(|row| row.contains('▶') || row.contains('◀')).cloned();
        row.map(|row| row.chars().skip(60).collect::<String>())
    };
    let (before, event) = (reading(&mut journey), journey.screen());
    assert!(before.is_some(), "{event}");
    // Two lines come before all, so that every byte is another.
    let longer: &'static str =
        Box::leak(format!("سطر جديد\n\nوسطر آخر\n\n{}", super::fixture::DOCUMENTS[0].1).into_boxed_str());
    let mut changed = sources();
    changed[0] = source(super::fixture::DOCUMENTS[0].0, longer);
    journey.read(&changed, Vec::new());
    assert_eq!(reading(&mut journey), before, "{event}\n{}", journey.screen());
    let place = |screen: &str| screen.split_whitespace().find(|w| w.ends_with("/11")).map(str::to_owned);
    assert_eq!(place(&journey.screen()), place(&event));
}

#[test]
fn a_long_text_is_searched_in_pieces() {
    // 6 MB without the word, and one document behind it that has it.
    let text: &'static str = Box::leak("كلام طويل لا شيء فيه\n".repeat(160_000).into_boxed_str());
    let documents = [source("long.txt", text), source("short.txt", "هنا القدس وحدها")];
    let mut journey = Journey::over(&documents, Vec::new(), 100, 24, None);
    let start = Instant::now();
    journey.keys("/القدس<enter>");
    let first = start.elapsed();
    assert!(journey.app.work(), "it goes on when no key is pressed");
    let mut pieces = 0;
    let mut longest = Duration::ZERO;
    while {
        let start = Instant::now();
        let more = journey.app.work();
        longest = longest.max(start.elapsed());
        more
    } {
        pieces += 1;
    }
    assert!(pieces > 5, "{pieces}");
    // Generous, since the machine may have other things to do.
    assert!(first.max(longest) < Duration::from_millis(500), "{first:?} {longest:?}");
    assert!(journey.screen().contains("short.txt"), "{}", journey.screen());
    // Any key ends it.
    journey.keys("N");
    journey.keys("/بغداد<enter>");
    journey.keys("<f6>");
    assert!(journey.screen().contains("the search is stopped"), "{}", journey.screen());
    assert!(journey.screen().contains("short.txt") || journey.screen().contains("long.txt"));
    journey.keys("n");
    assert!(journey.screen().contains("is nowhere in the 2 documents"), "{}", journey.screen());
}

#[test]
fn while_documents_are_read_nothing_is_said_to_be_nowhere() {
    let mut journey = Journey::over(&[], Vec::new(), 100, 16, None);
    journey.text(("long.txt", "بغداد"));
    journey.keys("/القاهرة<enter>");
    assert!(journey.screen().contains("documents are still being read"), "{}", journey.screen());
    assert!(!journey.screen().contains("nowhere"), "{}", journey.screen());
}

#[test]
fn what_was_typed_comes_back_another_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let history = History::new(folder.path().join("x.history"));
    let mut journey = Journey::new(120, 24, None);
    journey.keys(":type:REJECT<enter>F/نقابة<enter>/المعبر<enter>");
    let typed = journey.app.take_typed();
    assert_eq!(typed[0], Typed::Query("type:REJECT".into()));
    assert_eq!(typed.len(), 3);
    assert_eq!(journey.app.take_typed(), []);
    for typed in &typed {
        history.add(typed).expect("it is kept");
    }
    let mut later = Journey::new(120, 24, None);
    later.app.recall(history.load().expect("it is read"));
    later.keys("/<up><up>");
    assert!(later.screen().contains("ﺔﺑﺎﻘﻧ"), "{}", later.screen());
    later.keys("<down><down><esc>:<up>");
    assert!(later.screen().contains("type:REJECT"), "{}", later.screen());
}

#[test]
fn a_list_of_any_length_is_written_and_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["all.html", "all.md", "all.csv", "all.jsonl", "all.ics"] {
        let path = folder.path().join(name);
        let mut journey = Journey::new(120, 24, None);
        journey.keys("w<ctrl-u>").keys(path.to_str().expect("a name"));
        journey.stop.store(true, Ordering::Relaxed);
        journey.keys("<enter>");
        assert!(journey.screen().contains("writing is stopped"), "{}", journey.screen());
        journey.stop.store(false, Ordering::Relaxed);
        journey.keys("w<ctrl-u>").keys(path.to_str().expect("a name")).keys("<enter>");
        assert!(journey.screen().contains("are written to"), "{}", journey.screen());
        let left: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").flatten().collect();
        assert!(left.iter().all(|entry| !entry.file_name().to_string_lossy().contains("part")), "{left:?}");
        assert!(std::fs::metadata(&path).expect("the file").len() > 500);
    }
}

#[test]
fn a_sample_is_written_and_nothing_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sample.jsonl");
    let mut journey = Journey::new(120, 24, None);
    assert!(journey.app.sample("3,7"));
    journey.keys("w<ctrl-u>").keys(path.to_str().expect("a name")).keys("<enter>");
    let written = std::fs::read_to_string(&path).expect("the file");
    assert_eq!(written.lines().count(), 3, "{}", journey.screen());
}

#[test]
fn a_writing_tells_how_far_it_is_and_only_one_goes_on() {
    let mut journey = Journey::new(120, 24, None);
    let path = "no-such-folder/x.html";
    journey.keys("w<ctrl-u>").keys(path).keys("<enter>");
    assert!(journey.screen().contains("cannot be written"), "{}", journey.screen());
    // As long as nobody says that it is done it goes on.
    waqai::tui::press(&mut journey.app, &super::fixture::events("w<ctrl-u>y.html<enter>"));
    update(&mut journey.app, Action::Report(Box::new(Report::Writing { done: 7, of: 11 })));
    assert!(journey.screen().contains("writing 7/11"), "{}", journey.screen());
    journey.keys("w");
    assert!(journey.screen().contains("y.html is still being written"), "{}", journey.screen());
    journey.keys("<f6>");
    assert_eq!(journey.effects.last(), Some(&Effect::StopWriting));
}

#[test]
fn faults_of_a_query_are_told_in_arabic() {
    let mut journey = Journey::speaking(Lang::Ar, &sources(), Vec::new(), (120, 24), None);
    for (query, fault) in [
        ("yaer:2022", "لا حقل اسمه"),
        ("year:20222", "ليس"),
        ("actor:\"x", "لم تُغلق علامة الاقتباس"),
        ("status:maybe", "ليس"),
    ] {
        journey.keys(":<ctrl-u>").keys(query).keys("<enter>");
        let shown = journey.screen();
        let words = waqai::bidi::line(fault, 60, &waqai::bidi::Options::default());
        let words: String = words.cells.iter().map(|cell| cell.symbol.as_str()).collect();
        assert!(shown.contains(words.trim()), "{query}: {shown}");
        assert!(!shown.contains("character") && !shown.contains(" is no"), "{shown}");
        journey.keys("<esc>");
    }
}

#[test]
fn paths_run_from_left_to_right_in_the_arabic_interface() {
    let name = "/news/2022/تقرير المعبر.txt";
    let documents = [source(name, super::fixture::DOCUMENTS[1].1)];
    let skipped = vec![Skipped::new("/news/ملف آخر.pdf", "not read")];
    let mut journey = Journey::speaking(Lang::Ar, &documents, skipped, (120, 24), None);
    let shown = "/news/2022/ﺮﺒﻌﻤﻟﺍ ﺮﻳﺮﻘﺗ.txt";
    assert!(journey.screen().contains(shown), "{}", journey.screen());
    assert!(journey.screen().contains("/news/ﺮﺧﺁ ﻒﻠﻣ.pdf"), "{}", journey.screen());
    for keys in ["l", "<esc>S"] {
        let screen = journey.keys(keys).screen();
        let path = if keys.ends_with('S') { "/news/ﺮﺧﺁ ﻒﻠﻣ.pdf" } else { shown };
        assert!(screen.contains(path), "{keys}: {screen}");
    }
}

#[test]
fn a_happening_of_one_source_opens_at_once_and_of_several_says_how() {
    let mut all = sources();
    all.push(source(super::fixture::SECOND.0, super::fixture::SECOND.1));
    let mut journey = Journey::over(&all, Vec::new(), 120, 30, None);
    journey.keys("2");
    journey.screen();
    // The last one is told by one document.
    assert!(journey.keys("G").screen().contains("Told by 1 document"), "{}", journey.screen());
    journey.keys("<enter>");
    assert!(!journey.screen().contains("Told by"), "its text is open: {}", journey.screen());
    let back = journey.keys("<esc>").screen();
    assert!(
        back.contains("Told by 1 document") && journey.keys("k").screen() != back,
        "the list has the keys"
    );
    journey.keys("gV");
    journey.screen();
    let screen = journey.keys("<enter>").screen();
    assert!(screen.contains("Enter opens the text of the marked source"), "{screen}");
    assert!(!journey.keys("<enter>").screen().contains("Told by"), "{}", journey.screen());
    assert!(journey.keys("<esc>").screen().contains("Told by 2 documents"), "{}", journey.screen());
}

#[test]
fn an_index_is_read_from_another_thread_wherever_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("index.sqlite");
    let (there, _) = discover(&[]);
    let mut index = Index::open(&path).expect("an index");
    let stop = AtomicBool::new(false);
    index.sync(&there, &SyncOptions::default(), &annotations, &mut |_| (), &stop).expect("it is read");
    let (memory, _) = super::fixture::index(&sources());
    for index in [index, memory] {
        let reader = index.reader().expect("a way to it");
        let other = std::thread::spawn(move || {
            let index = reader.open().expect("it opens");
            let keys = index.documents().expect("documents");
            keys.len()
        });
        let seen = other.join().expect("no fault");
        assert_eq!(seen, index.documents().expect("documents").len());
    }
}
