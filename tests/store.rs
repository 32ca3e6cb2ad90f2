//! The index follows its files and counts right, and verdicts find their events in it.

#![allow(clippy::unwrap_used, reason = "what a test cannot set up is a failed test")]

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use waqai::corpus::{ReadOptions, discover};
use waqai::model::{
    ActorBasis, ActorMention, Annotations, DateBasis, Document, Entity, EntityKind, Event, EventDate,
    EventType, Participant, Role, Span, Status,
};
use waqai::query::{Query, Term};
use waqai::review;
use waqai::store::{
    Facet, Filter, Index, Judgement, Sort, StoreError, SyncOptions, SyncReport, VerdictLog, content_hash,
};

/// An extractor simple enough to count by hand: every line `DATE TYPE SOURCE TARGET words…` is an
/// event, `-` standing for nothing.
fn by_line(document: &Document) -> Annotations {
    let mut found = Annotations::default();
    for block in &document.blocks {
        let line = block.span.of(&document.text);
        let words: Vec<&str> = line.split(' ').collect();
        let Some(kind) = words.get(1).and_then(|name| EventType::parse(name)) else { continue };
        let mut actors = Vec::new();
        for (at, role) in [(2, Role::Source), (3, Role::Target)] {
            let Some(&name) = words.get(at).filter(|name| **name != "-") else { continue };
            let entity = found.entities.iter().position(|e| e.name == name).unwrap_or_else(|| {
                found.entities.push(Entity {
                    id: name.to_lowercase(),
                    name: name.to_owned(),
                    name_en: name.to_uppercase(),
                    kind: EntityKind::Person,
                    country: None,
                });
                found.entities.len() - 1
            }) as u32;
            let start = block.span.start + line.find(name).unwrap() as u32;
            let span = Span::new(start, start + name.len() as u32);
            found.actors.push(ActorMention { span, entity, basis: ActorBasis::Lexicon, rule: "line".into() });
            actors.push(Participant { entity, role, mentions: vec![span] });
        }
        let start = block.span.start + line.find(words[1]).unwrap() as u32;
        let status = if line.contains("denied") { Status::Denied } else { Status::Occurred };
        let date = (words[0] != "-").then(|| EventDate {
            value: words[0].to_owned(),
            mention: None,
            basis: DateBasis::Explicit,
        });
        found.events.push(Event {
            id: content_hash(&format!("{}{}{}", document.id, kind, start))[..16].to_owned(),
            trigger: Span::new(start, start + words[1].len() as u32),
            extent: block.span,
            kind,
            status,
            date,
            places: actors.iter().filter(|a| a.role == Role::Target).cloned().collect(),
            actors,
            confidence: 0.5,
            evidence: Vec::new(),
        });
    }
    found
}

struct Corpus {
    dir: tempfile::TempDir,
    calls: AtomicUsize,
}

impl Corpus {
    fn new(files: &[(&str, &str)]) -> Self {
        let corpus = Self { dir: tempfile::tempdir().unwrap(), calls: AtomicUsize::new(0) };
        for (name, text) in files {
            fs::create_dir_all(corpus.path("").join(name).parent().unwrap()).unwrap();
            fs::write(corpus.path(name), text).unwrap();
        }
        corpus
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join("docs").join(name)
    }

    fn index(&self) -> Index {
        Index::open(&self.dir.path().join("cache/index.sqlite")).unwrap()
    }

    /// Syncs, and tells how many documents were extracted besides the report.
    fn sync(&self, index: &mut Index, version: &str) -> (SyncReport, usize) {
        self.calls.store(0, Ordering::SeqCst);
        let (sources, skipped) = discover(&[self.path("")]);
        assert_eq!(skipped, []);
        let options = SyncOptions { read: ReadOptions::default(), version: version.to_owned(), first: None };
        let extract = |document: &Document| {
            self.calls.fetch_add(1, Ordering::SeqCst);
            by_line(document)
        };
        let report = index.sync(&sources, &options, &extract, &mut |_| (), &AtomicBool::new(false)).unwrap();
        (report, self.calls.load(Ordering::SeqCst))
    }
}

const NEWS: &[(&str, &str)] = &[
    ("a.txt", "2022-02-28 CONSULT Ali Omar محادثات\n2022-03 REJECT Omar - رفَض الوفد\n- ASSAULT Zaid Ali\n"),
    (
        "b.txt",
        "2021 AGREE Ali - اتفاق\n2025-W33 CONSULT Zaid Omar لقاء في القُـدس\n2022-01-01 AID Ali - denied\n",
    ),
    (
        "c.jsonl",
        "{\"id\":\"one\",\"text\":\"2022-05-01 CONSULT Ali Ali زيارة\"}\n{\"id\":\"two\"}\n{\"id\":\"three\",\"text\":\"خبر\"}\n",
    ),
];

fn asked(query: &str) -> Filter {
    Query::parse(query).unwrap().into()
}

fn names(index: &Index, filter: &Filter, sort: Sort) -> Vec<String> {
    let keys = index.event_keys(filter, sort).unwrap();
    assert_eq!(index.count(filter).unwrap(), keys.len() as u64);
    let rows = index.rows(&keys).unwrap();
    rows.iter().map(|r| format!("{} {}", r.date.as_deref().unwrap_or("-"), r.kind)).collect()
}

#[test]
fn unchanged_files_are_not_extracted_again() {
    let corpus = Corpus::new(NEWS);
    let mut index = corpus.index();
    let (first, calls) = corpus.sync(&mut index, "1");
    assert_eq!((first.read, first.unchanged, first.removed, calls), (4, 0, 0, 4));
    assert_eq!(first.skipped.len(), 1);
    assert!(first.skipped[0].to_string().ends_with("c.jsonl:2: no \"text\""), "{}", first.skipped[0]);

    // Also after a restart; what could not be read is still told.
    drop(index);
    let mut index = corpus.index();
    let (second, calls) = corpus.sync(&mut index, "1");
    assert_eq!((second.read, second.unchanged, second.removed, calls), (0, 4, 0, 0));
    assert_eq!(second.skipped, first.skipped);
    assert_eq!(index.count(&Filter::default()).unwrap(), 6);
}

#[test]
fn only_what_changed_is_extracted() {
    let corpus = Corpus::new(NEWS);
    let mut index = corpus.index();
    corpus.sync(&mut index, "1");

    // A new time of change with the same content costs a reading, no extraction.
    let file = fs::File::options().append(true).open(corpus.path("a.txt")).unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1)).unwrap();
    assert_eq!(corpus.sync(&mut index, "1").1, 0);

    // One more line of JSON is one more document.
    let more = format!("{}{}\n", NEWS[2].1, "{\"id\":\"four\",\"text\":\"2020 AGREE Omar -\"}");
    fs::write(corpus.path("c.jsonl"), more).unwrap();
    fs::write(corpus.path("b.txt"), "2019 AGREE Ali -\n").unwrap();
    let (report, calls) = corpus.sync(&mut index, "1");
    assert_eq!((report.read, report.unchanged, report.removed, calls), (2, 3, 0, 2));
    let ids: Vec<_> = index.documents().unwrap().iter().map(|d| (d.id.clone(), d.events)).collect();
    assert_eq!(
        ids[2..],
        [("one".to_owned(), 1), ("three".to_owned(), 0), ("four".to_owned(), 1)],
        "in the order of the lines"
    );
    assert!(names(&index, &Filter::default(), Sort::Date).contains(&"2019 AGREE".to_owned()));

    // Another version of the extractor: all of it.
    assert_eq!(corpus.sync(&mut index, "2").1, 5);
}

#[test]
fn what_vanished_goes_with_all_its_events() {
    let corpus = Corpus::new(NEWS);
    let mut index = corpus.index();
    corpus.sync(&mut index, "1");
    fs::remove_file(corpus.path("a.txt")).unwrap();
    fs::write(corpus.path("c.jsonl"), "{\"id\":\"three\",\"text\":\"خبر\"}\n").unwrap();
    let (report, calls) = corpus.sync(&mut index, "1");
    assert_eq!((report.read, report.unchanged, report.removed, calls), (0, 2, 2, 0));
    assert_eq!(report.skipped, []);
    assert_eq!(names(&index, &Filter::default(), Sort::Date), ["2021 AGREE", "2025-W33 CONSULT"]);
    assert_eq!(index.count(&asked("محادثات")).unwrap(), 0);
}

#[test]
fn a_stopped_sync_is_taken_up_where_it_stood() {
    let files: Vec<_> =
        (0..600).map(|n| (format!("{n:03}.txt"), format!("2020 AGREE Ali - {n}\n"))).collect();
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let corpus = Corpus::new(&files);
    let mut index = corpus.index();
    let (sources, _) = discover(&[corpus.path("")]);
    let (cancel, batches) = (AtomicBool::new(false), Cell::new(0));
    let options = SyncOptions { version: "1".to_owned(), ..SyncOptions::default() };
    let mut progress = |_| {
        batches.set(batches.get() + 1);
        cancel.store(true, Ordering::Relaxed);
    };
    let report = index.sync(&sources, &options, &by_line, &mut progress, &cancel).unwrap();
    assert!(report.cancelled);
    assert_eq!(batches.get(), 1);
    let done = index.documents().unwrap().len();
    assert!(done > 0 && done < 600, "{done}");
    let (report, calls) = corpus.sync(&mut index, "1");
    assert_eq!(calls, 600 - done);
    assert_eq!((report.read, report.unchanged), (600 - done, done));
}

#[test]
fn documents_come_back_as_they_were_read() {
    let corpus = Corpus::new(&[("2018-05-09.txt", "2022 AGREE Ali -\n\nخبر\n")]);
    let mut index = corpus.index();
    corpus.sync(&mut index, "1");
    let row = index.documents().unwrap()[0].clone();
    let (sources, _) = discover(&[corpus.path("")]);
    let read = waqai::corpus::read(&sources[0], &ReadOptions::default()).unwrap();
    assert_eq!(index.document(row.key).unwrap(), read);
    assert_eq!(index.annotations(row.key).unwrap(), by_line(&read));
    assert_eq!(row.published.as_deref(), Some("2018-05-09"));
    assert_eq!(row.hash, content_hash(&read.text));
    assert_eq!(index.documents_like("elsewhere", &row.hash).unwrap(), [row]);
}

#[test]
fn orders_and_filters() {
    let corpus = Corpus::new(NEWS);
    let mut index = corpus.index();
    corpus.sync(&mut index, "1");
    let all = Filter::default();
    assert_eq!(
        names(&index, &all, Sort::Date),
        [
            "2021 AGREE",
            "2022-02-28 CONSULT",
            "2022-03 REJECT",
            "2022-05-01 CONSULT",
            "2025-W33 CONSULT",
            "- ASSAULT"
        ]
    );
    assert_eq!(
        names(&index, &all, Sort::Document)[..3],
        ["2022-02-28 CONSULT", "2022-03 REJECT", "- ASSAULT"]
    );
    assert_eq!(names(&index, &all, Sort::Type)[0], "2021 AGREE");
    let found = |query: &str| names(&index, &asked(query), Sort::Date);
    assert_eq!(found("actor:zaid"), ["2025-W33 CONSULT", "- ASSAULT"]);
    assert_eq!(found("actor:omar,zaid type:CONSULT"), ["2022-02-28 CONSULT", "2025-W33 CONSULT"]);
    assert_eq!(found("actor:omar actor:zaid"), ["2025-W33 CONSULT"]);
    assert_eq!(found("source:omar"), ["2022-03 REJECT"]);
    assert_eq!(found("target:omar !actor:zaid"), ["2022-02-28 CONSULT"]);
    assert_eq!(found("year:none"), ["- ASSAULT"]);
    assert_eq!(found("year:2022"), ["2022-02-28 CONSULT", "2022-03 REJECT", "2022-05-01 CONSULT"]);
    assert_eq!(found("date:2022-03"), ["2022-03 REJECT"]);
    assert_eq!(
        found("date:2022-03..2025-08-17"),
        ["2022-03 REJECT", "2022-05-01 CONSULT", "2025-W33 CONSULT"]
    );
    assert_eq!(found("status:denied"), ["2022-01-01 AID"]);
    assert_eq!(found("place:omar"), ["2022-02-28 CONSULT", "2025-W33 CONSULT"]);
    assert_eq!(found("place:none year:2021"), ["2021 AGREE"]);
    assert_eq!(found("document:a.txt date:2022-02..2022-03"), ["2022-02-28 CONSULT", "2022-03 REJECT"]);
    assert_eq!(found("confidence:0.5").len(), 6);
    assert_eq!(found("confidence:>0.5").len(), 0);
    for text in ["القدس", "\"في القدس\"", "ألقُدس", "قد", "رفض"] {
        let expected = if text == "رفض" { "2022-03 REJECT" } else { "2025-W33 CONSULT" };
        assert_eq!(found(text), [expected], "{text}");
    }
    for text in ["\"\\\"\"", "\"a\\\" OR \\\"b\"", "*", "\"غير موجود\""] {
        assert_eq!(index.count(&asked(text)).unwrap(), 0, "{text}");
    }
    let query = Query::parse("actor:ali,nobody document:z.txt place:nowhere").unwrap();
    assert_eq!(index.unknown(&query).unwrap(), ["nobody", "z.txt", "nowhere"]);
    let row = index.rows(&index.event_keys(&all, Sort::Date).unwrap()[1..2]).unwrap().remove(0);
    assert_eq!((row.source_names, row.target_names), (vec!["Ali".to_owned()], vec!["Omar".to_owned()]));
    assert_eq!(index.rows(&[u32::MAX]).unwrap(), []);
}

#[test]
fn facet_counts_equal_a_plain_count() {
    let corpus = Corpus::new(NEWS);
    let mut index = corpus.index();
    corpus.sync(&mut index, "1");
    for query in ["", "actor:ali year:2022,none", "!type:CONSULT", "date:2022-02..2022-04"] {
        let filter = asked(query);
        for facet in Facet::ALL {
            for row in index.facet(facet, &filter).unwrap() {
                let mut one = filter.clone();
                one.query.terms.push(Term::new(facet.field(), false, vec![row.value.clone()]));
                assert_eq!(u64::from(row.count), index.count(&one).unwrap(), "{facet:?} {row:?}");
                assert!(row.count > 0);
            }
        }
    }
    // Every event has exactly one of these, so that none can be missing from the list.
    for facet in [Facet::Year, Facet::Type, Facet::Document, Facet::Verdict, Facet::Confidence] {
        let rows = index.facet(facet, &Filter::default()).unwrap();
        assert_eq!(rows.iter().map(|row| row.count).sum::<u32>(), 6, "{facet:?}");
    }
    let statuses = index.facet(Facet::Status, &Filter::default()).unwrap();
    assert_eq!(statuses.iter().map(|row| row.count).sum::<u32>(), 7);
    let actors = index.facet(Facet::Actor, &Filter::default()).unwrap();
    let list: Vec<_> =
        actors.iter().map(|r| (r.value.to_string(), &*r.label, &*r.label_en, r.count)).collect();
    assert_eq!(
        list,
        [
            ("ali".to_owned(), "Ali", "ALI", 4),
            ("omar".to_owned(), "Omar", "OMAR", 3),
            ("zaid".to_owned(), "Zaid", "ZAID", 2)
        ]
    );
}

#[test]
fn an_index_of_another_format_is_built_anew_and_foreign_files_are_left_alone() {
    let corpus = Corpus::new(NEWS);
    let mut index = corpus.index();
    corpus.sync(&mut index, "1");
    drop(index);
    let path = corpus.dir.path().join("cache/index.sqlite");
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let mut index = corpus.index();
    assert!(index.documents().unwrap().is_empty());
    assert_eq!(corpus.sync(&mut index, "1").0.read, 4);

    let text = corpus.path("a.txt");
    let before = fs::read(&text).unwrap();
    assert!(matches!(Index::open(&text), Err(StoreError::Foreign { .. })));
    assert_eq!(fs::read(&text).unwrap(), before);
    let log = corpus.dir.path().join("reviews.sqlite");
    drop(VerdictLog::open(&log).unwrap());
    assert!(matches!(Index::open(&log), Err(StoreError::Foreign { .. })));
    assert!(VerdictLog::open(&log).is_ok());
    assert!(matches!(VerdictLog::open(&path), Err(StoreError::Foreign { .. })));
    assert!(matches!(Index::open(Path::new("/proc/none/index.sqlite")), Err(StoreError::Open { .. })));
}

#[test]
fn verdicts_find_their_events_after_the_file_has_moved() {
    let corpus = Corpus::new(NEWS);
    let mut index = corpus.index();
    corpus.sync(&mut index, "1");
    let mut log = VerdictLog::open(&corpus.dir.path().join("r.sqlite")).unwrap();
    let row = index.documents().unwrap()[0].clone();
    let (document, annotations) = (index.document(row.key).unwrap(), index.annotations(row.key).unwrap());
    for (event, judgement) in annotations.events.iter().zip([Judgement::Accept, Judgement::Reject]) {
        let verdict = log.append(&review::on_event("me", judgement, &document, &annotations, event)).unwrap();
        assert_eq!(verdict.said.before.unwrap()["document"], document.id);
    }
    let before = review::attach_all(&log.all().unwrap(), &index).unwrap();
    assert_eq!(before.events.len(), 2);

    fs::rename(corpus.path("a.txt"), corpus.path("z.txt")).unwrap();
    corpus.sync(&mut index, "1");
    let after = review::attach_all(&log.all().unwrap(), &index).unwrap();
    assert_eq!(after.precision(), before.precision());
    assert_eq!(after.events.len(), 2);
    assert!(after.events.keys().all(|id| !before.events.contains_key(id)), "the ids are others");

    fs::remove_file(corpus.path("z.txt")).unwrap();
    corpus.sync(&mut index, "1");
    assert_eq!(review::attach_all(&log.all().unwrap(), &index).unwrap().unattached, [1, 2]);
}

#[test]
fn a_fault_of_the_extractor_costs_one_document() {
    let corpus = Corpus::new(NEWS);
    let mut index = corpus.index();
    let (sources, _) = discover(&[corpus.path("")]);
    let faulty = |document: &Document| {
        assert!(!document.id.ends_with("b.txt"), "the fault under test");
        by_line(document)
    };
    let options = SyncOptions { version: "1".to_owned(), ..SyncOptions::default() };
    let report = index.sync(&sources, &options, &faulty, &mut |_| (), &AtomicBool::new(false)).unwrap();
    assert_eq!(report.read, 4);
    assert!(report.skipped.iter().any(|s| s.name.ends_with("b.txt") && s.reason.contains("fault")));
    assert_eq!(index.documents().unwrap().len(), 4);
    assert_eq!(index.count(&Filter::default()).unwrap(), 4);
}

#[test]
fn what_was_read_before_is_never_mixed_with_what_is_read_now() {
    let corpus = Corpus::new(NEWS);
    let mut writing = corpus.index();
    corpus.sync(&mut writing, "1");
    let mut reading = corpus.index();
    let before = reading.count(&asked("")).unwrap();
    fs::remove_file(corpus.path("a.txt")).unwrap();
    corpus.sync(&mut writing, "1");
    // What it has loaded stands; what it has not is that of another state.
    assert_eq!(reading.count(&asked("")).unwrap(), before);
    assert!(matches!(reading.facet(Facet::Year, &asked("")), Err(StoreError::Changed)));
    assert!(reading.renew().unwrap());
    let years = reading.facet(Facet::Year, &asked("")).unwrap();
    assert_eq!(u64::from(years.iter().map(|row| row.count).sum::<u32>()), reading.count(&asked("")).unwrap());
    assert!(reading.count(&asked("")).unwrap() < before);
}

#[test]
fn the_chart_counts_what_plain_filters_count() {
    let corpus = Corpus::new(NEWS);
    let mut index = corpus.index();
    corpus.sync(&mut index, "1");
    index.renew().unwrap();
    let all = index.chart(Facet::Year, &asked("")).unwrap();
    let labels: Vec<&str> = all.iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(labels, ["2021", "2022", "2025", ""]);
    for (label, counts) in &all {
        let year = if label.is_empty() { "none" } else { label };
        for (quad, count) in waqai::model::Quad::ALL.into_iter().zip(counts) {
            let types: Vec<&str> = waqai::model::EventType::ALL
                .into_iter()
                .filter(|kind| waqai::model::Quad::of(*kind) == quad)
                .map(waqai::model::EventType::name)
                .collect();
            let plain = index.count(&asked(&format!("year:{year} type:{}", types.join(",")))).unwrap();
            assert_eq!(u64::from(*count), plain, "{label} {quad:?}");
        }
    }
    let months = index.chart(Facet::Month, &asked("year:2022")).unwrap();
    let labels: Vec<&str> = months.iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(labels, ["2022-02", "2022-03", "2022-05"]);
}
