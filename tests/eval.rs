//! `waqai eval`: its figures against a pair worked out by hand, against themselves, and against an
//! independent scorer where that is at hand.

#![allow(clippy::unwrap_used, reason = "what a test cannot set up is a failed test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use waqai::model::EventType;
use waqai::review::measure::{FaultKind, Figure, Marked, Report, compare, measure};
use waqai::review::{parse_gold, read_gold};

/// The root of the project.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program with a home of its own, so that no user's files take part.
fn waqai(args: &[&str]) -> Output {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_waqai"));
    command.current_dir(root()).stdin(Stdio::null()).env_remove("WAQAI_LOG").env("HOME", home.path());
    for variable in ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"] {
        command.env(variable, home.path().join(variable));
    }
    command.args(args).output().unwrap()
}

fn printed(args: &[&str]) -> Value {
    let output = waqai(args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// `right`, `found` and `gold` of a figure.
fn counts(score: &Value) -> [u64; 3] {
    ["right", "found", "gold"].map(|field| score[field].as_u64().unwrap())
}

fn of(report: &Report, figure: Figure) -> [u32; 3] {
    let counts = report.figures[&figure].counts;
    [counts.right, counts.found, counts.gold]
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

/// Sums the entries of `map` under `field`.
fn summed(map: &Value, field: &str) -> [u64; 3] {
    map.as_object()
        .unwrap()
        .values()
        .map(|scores| counts(&scores[field]))
        .fold([0; 3], |sum, counts| [0, 1, 2].map(|i| sum[i] + counts[i]))
}

#[test]
fn the_figures_of_the_demo_corpus_add_up() {
    let run = printed(&["eval", "--gold", "tests/gold", "--format", "json", "--show"]);
    let figures = &run["figures"];
    for (name, score) in figures.as_object().unwrap() {
        let [right, found, gold] = counts(score);
        assert!(right <= found && right <= gold && gold > 0, "{name}");
        let [p, r, f1] = ["precision", "recall", "f1"].map(|field| score[field].as_f64().unwrap());
        assert!(near(p, right as f64 / found as f64) && near(r, right as f64 / gold as f64), "{name}");
        assert!(near(f1 * (p + r), 2.0 * p * r), "{name}");
        for (field, value) in [("precision", p), ("recall", r), ("f1", f1)] {
            let [low, high] = [0, 1].map(|i| score["interval"][field][i].as_f64().unwrap());
            assert!(0.0 <= low && low <= value && value <= high && high <= 1.0, "{name} {field}");
        }
    }
    // Stricter figures are no higher.
    for (strict, lenient) in [
        ("dates_strict", "dates_relaxed"),
        ("dates_value", "dates_relaxed"),
        ("events_strict", "events_typed"),
        ("events_typed", "events"),
        ("events_usable", "events"),
        ("usable_strict", "events_usable"),
        ("actors_strict", "actors"),
    ] {
        let (strict, lenient) = (counts(&figures[strict]), counts(&figures[lenient]));
        assert!(strict[0] <= lenient[0] && strict[1..] == lenient[1..]);
    }
    // Types and texts are the whole in other cuts.
    let typed = counts(&figures["events_typed"]);
    assert_eq!(summed(&run["event_types"], "lenient"), typed);
    assert_eq!(summed(&run["date_types"], "lenient")[1..], counts(&figures["dates_relaxed"])[1..]);
    let documents = run["per_document"].as_array().unwrap();
    let files = fs::read_dir(root().join("tests/gold")).unwrap().map(|file| file.unwrap().path());
    assert_eq!(
        documents.len(),
        files.filter(|path| path.extension().is_some_and(|end| end == "json")).count()
    );
    for (name, score) in figures.as_object().unwrap() {
        let sum = documents
            .iter()
            .map(|text| counts(&text["figures"][name]))
            .fold([0; 3], |sum, counts| [0, 1, 2].map(|i| sum[i] + counts[i]));
        assert_eq!(sum, counts(score), "{name}");
    }
    // The matrix: the diagonal is right, without its last row the gold, without its last column the
    // finds.
    let [matched, found, gold] = counts(&figures["events"]);
    let rows: Vec<Vec<u64>> = serde_json::from_value(run["confusion"]["rows"].clone()).unwrap();
    let none = rows.len() - 1;
    assert_eq!((0..none).map(|i| rows[i][i]).sum::<u64>(), typed[0]);
    assert_eq!(rows[..none].iter().flatten().sum::<u64>(), gold);
    assert_eq!(rows.iter().flat_map(|row| &row[..none]).sum::<u64>(), found);
    assert_eq!(rows[none][none], 0);
    // Reliability: every find is in one bin.
    let bins = run["reliability"]["bins"].as_array().unwrap();
    assert_eq!(bins.iter().map(|bin| bin["found"].as_u64().unwrap()).sum::<u64>(), found);
    assert_eq!(bins.iter().map(|bin| bin["right"].as_u64().unwrap()).sum::<u64>(), matched);
    let gap = bins.iter().map(|bin| {
        let [confidence, precision] = ["confidence", "precision"].map(|field| bin[field].as_f64().unwrap());
        assert!(bin["from"].as_f64().unwrap() <= confidence + 1e-6);
        assert!(confidence <= bin["to"].as_f64().unwrap() + 1e-6);
        (confidence - precision).abs() * bin["found"].as_f64().unwrap()
    });
    assert!(near(gap.sum::<f64>() / found as f64, run["reliability"]["mean_gap"].as_f64().unwrap()));
    // Faults: as many misses and false finds as the counts leave.
    let faults = run["faults"].as_array().unwrap();
    let often = |layer: &str, fault: &str| {
        faults.iter().filter(|f| f["layer"] == layer && f["fault"] == fault).count() as u64
    };
    assert_eq!((often("event", "missed"), often("event", "false")), (gold - matched, found - matched));
    let [matched, found, gold] = counts(&figures["dates_relaxed"]);
    assert_eq!((often("date", "missed"), often("date", "false")), (gold - matched, found - matched));
}

#[test]
fn a_run_against_itself_has_not_changed() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("before.json");
    let first = waqai(&["eval", "--gold", "tests/gold", "--format", "json"]);
    fs::write(&file, &first.stdout).unwrap();
    let file = file.to_str().unwrap();
    let mut second = printed(&["eval", "--gold", "tests/gold", "--format", "json", "--against", file]);
    for (name, change) in second["comparison"]["figures"].as_object().unwrap() {
        assert_eq!(change["difference"], json!(0.0), "{name}");
        assert_eq!(change["interval"], json!([0.0, 0.0]), "{name}");
    }
    // The same run prints the same, intervals included.
    second.as_object_mut().unwrap().remove("comparison");
    assert_eq!(second, serde_json::from_slice::<Value>(&first.stdout).unwrap());
    let text = waqai(&["eval", "--gold", "tests/gold", "--against", file]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("against the earlier run, on 10 documents of both"), "{text}");
}

#[test]
fn the_gold_against_itself_is_perfect() {
    let gold = read_gold(&root().join("tests/gold")).unwrap();
    let report = measure(gold.iter().map(|text| (text, text)));
    for (figure, score) in &report.figures {
        assert!(near(score.f1, 1.0), "{figure:?}");
        assert_eq!(score.counts.found, score.counts.gold, "{figure:?}");
    }
    assert_eq!(report.faults, []);
    assert!(report.event_types.values().all(|scores| near(scores.full.f1, 1.0)));
}

/// Dates are `[start, end, type, value]`; texts of triggers and dates do not matter here.
fn text(dates: &Value, events: &Value) -> Marked {
    let mut file = json!({"doc": "a.txt", "dates": [], "events": events});
    for date in dates.as_array().unwrap() {
        let [start, end, kind, value] = [0, 1, 2, 3].map(|i| date[i].clone());
        let date = json!({"text": "", "start": start, "end": end, "type": kind, "value": value});
        file["dates"].as_array_mut().unwrap().push(date);
    }
    parse_gold(&file.to_string()).unwrap()
}

/// An event with the trigger `[start, end)` in the extent `[from, to)`.
fn event(places: [u32; 4], kind: &str, date: Option<&str>, actors: &[&str]) -> Value {
    let [from, start, end, to] = places;
    json!({"trigger": "", "start": start, "end": end, "extent_start": from, "extent_end": to,
        "type": kind, "date": date, "actors": actors})
}

fn with(mut event: Value, field: &str, value: Value) -> Value {
    event[field] = value;
    event
}

#[test]
fn a_pair_worked_out_by_hand() {
    let gold = text(
        &json!([
            [0, 10, "DATE", "2020-01-01"],
            [20, 30, "DATE", "2020-02"],
            [40, 45, "DURATION", "P3D"],
            [50, 55, "DATE", "2021"],
        ]),
        &json!([
            event([100, 100, 105, 150], "CONSULT", Some("2020-01-01"), &["Russia|روسيا", "Iran|إيران"]),
            event([200, 210, 215, 250], "ASSAULT", Some("2020-02"), &["|سيرغي لافروف"]),
            event([300, 300, 305, 350], "AGREE", None, &["USA", "Iraq", "Egypt"]),
            event([400, 400, 405, 450], "REJECT", Some("2021"), &["Iran"]),
            with(event([500, 500, 505, 550], "AID", None, &[]), "optional", json!(true)),
            with(event([600, 600, 605, 650], "COERCE", None, &["Iran"]), "optional", json!(true)),
        ]),
    );
    let found = text(
        &json!([
            [0, 10, "DATE", "2020-01-01"],
            [18, 30, "DATE", "2020-03"],
            // Touches the gold's end and shares nothing with it.
            [45, 49, "DURATION", "P3D"],
            // Both overlap 50–55; the nearer is taken, the other is false.
            [52, 55, "TIME", "2021"],
            [54, 60, "DATE", "2021"],
        ]),
        &json!([
            event([100, 100, 105, 150], "CONSULT", Some("2020-01-01"), &["Russian Federation", "|ايران"]),
            // In the extent of the gold's ASSAULT and of that type; one actor of two is right.
            event([200, 230, 235, 250], "ASSAULT", Some("2020-02"), &["|لافروف", "Iran"]),
            // Overlaps, of another type; one actor of three.
            event([300, 302, 308, 350], "SUPPORT", None, &["united-states"]),
            // In the extent of the gold's REJECT, but of another type: false.
            event([400, 420, 425, 450], "REQUEST", Some("2021"), &["Iran"]),
            // For an optional one: counts nowhere.
            event([500, 500, 505, 550], "AID", None, &[]),
        ]),
    );
    let report = measure([(&gold, &found)]);
    let expected = BTreeMap::from([
        (Figure::DatesStrict, [1, 5, 4]),
        (Figure::DatesRelaxed, [3, 5, 4]),
        (Figure::DatesValue, [2, 5, 4]),
        // CONSULT, ASSAULT, AGREE of four each (REQUEST is false, REJECT missed).
        (Figure::Events, [3, 4, 4]),
        (Figure::EventsTyped, [2, 4, 4]),
        (Figure::EventsStrict, [1, 4, 4]),
        // CONSULT: all right. ASSAULT: 1 actor of 2. AGREE: 1 of 3, too few.
        (Figure::EventsUsable, [2, 4, 4]),
        (Figure::UsableStrict, [1, 4, 4]),
        // Found 2 + 2 + 1, gold 2 + 1 + 3.
        (Figure::Actors, [4, 5, 6]),
        // Without Lavrov, of whom only the last word is shared.
        (Figure::ActorsStrict, [3, 5, 6]),
        (Figure::DateOfFound, [3, 3, 3]),
        (Figure::TypeOfFound, [2, 3, 3]),
    ]);
    for (figure, counts) in expected {
        assert_eq!(of(&report, figure), counts, "{figure:?}");
    }
    let events = &report.figures[&Figure::Actors];
    // 4/5, 4/6, 2 · 0.8 · 0.6667 / 1.4667.
    assert!(near(events.precision, 0.8) && near(events.recall, 2.0 / 3.0) && near(events.f1, 8.0 / 11.0));
    assert_eq!(events.interval, None, "one text has no interval");
    let row = |kind: EventType| report.confusion.rows[kind as usize].clone();
    assert_eq!(row(EventType::Agree)[EventType::Support as usize], 1);
    assert_eq!(row(EventType::Reject)[16], 1);
    assert_eq!(report.confusion.rows[16][EventType::Request as usize], 1);
    let faults: Vec<_> = report.faults.iter().map(|fault| (fault.span.start, fault.fault)).collect();
    let expected = [
        (20, FaultKind::Span),
        (20, FaultKind::Value),
        (40, FaultKind::Missed),
        (45, FaultKind::False),
        (50, FaultKind::Span),
        (54, FaultKind::False),
        (210, FaultKind::Actors),
        (300, FaultKind::Type),
        (300, FaultKind::Actors),
        (400, FaultKind::Missed),
        (420, FaultKind::False),
    ];
    assert_eq!(faults, expected);
}

#[test]
fn other_readings_of_the_gold_are_as_right() {
    let gold = with(event([0, 0, 5, 9], "CONSULT", Some("2020-01-01"), &[]), "type_alt", json!(["AGREE"]));
    let gold = text(&json!([]), &json!([with(gold, "date_alt", json!([null, "2020-01"]))]));
    for (kind, date, usable) in [
        ("AGREE", None, [1, 1, 1]),
        ("CONSULT", Some("2020-01"), [1, 1, 1]),
        ("AGREE", Some("2020"), [0, 1, 1]),
        ("AID", None, [0, 1, 1]),
    ] {
        let found = text(&json!([]), &json!([event([0, 0, 5, 9], kind, date, &[])]));
        let report = measure([(&gold, &found)]);
        assert_eq!(of(&report, Figure::UsableStrict), usable, "{kind} {date:?}");
    }
}

#[test]
fn what_is_there_and_cannot_be_read_counts_as_missed() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    fs::create_dir(dir.path().join("gold")).unwrap();
    let dates = json!([{"text": "عام 2021", "type": "DATE", "value": "2021", "start": 0, "end": 8}]);
    for name in ["read", "binary", "elsewhere"] {
        let gold = json!({"doc": format!("{name}.txt"), "dates": dates, "events": []});
        fs::write(dir.path().join("gold").join(format!("{name}.json")), gold.to_string()).unwrap();
    }
    fs::write(path("read.txt"), "عام 2021").unwrap();
    fs::write(path("other.txt"), "عام 2021").unwrap();
    fs::write(path("binary.txt"), b"\x7fELF\x00\x01\x00").unwrap();
    let args = ["eval", "--gold", &path("gold"), &path("read.txt"), &path("binary.txt"), &path("other.txt")];
    let output = waqai(&[&args[..], &["--format", "json"]].concat());
    let run: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(counts(&run["figures"]["dates_value"]), [1, 1, 2]);
    assert_eq!(run["gold_without_document"], json!(["elsewhere.txt"]));
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told.lines().count(), 3, "{told}");

    // Gold of another text is told, nonsense is one line, nothing to measure is status 2.
    fs::write(path("read.txt"), "في عام 2021").unwrap();
    let told =
        String::from_utf8(waqai(&["eval", "--gold", &path("gold"), &path("read.txt")]).stderr).unwrap();
    assert!(told.contains("1 of its 1 places hold other words"), "{told}");
    assert_eq!(waqai(&["eval", "--gold", &path("gold"), &path("other.txt")]).status.code(), Some(2));
    fs::write(path("gold/nonsense.json"), "{\"doc\": 1}").unwrap();
    let output = waqai(&["eval", "--gold", &path("gold"), &path("read.txt")]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("nonsense.json: no gold annotations") && told.lines().count() == 1, "{told}");
    assert_eq!(told.matches("expected a string").count(), 1, "{told}");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(waqai(&["eval", "--gold", &path("absent")]).stderr).unwrap();
    assert_eq!(told.matches("No such file").count(), 1, "{told}");
}

#[test]
fn confidence_is_held_against_precision() {
    let at = |start: u32| event([start, start, start + 5, start + 5], "AID", None, &[]);
    let gold = text(&json!([]), &json!([at(0), at(10), at(20)]));
    let mut found = text(&json!([]), &json!([at(0), at(10), at(50), at(20), at(60)]));
    for (event, confidence) in found.events.iter_mut().zip([1.0, 0.5, 0.5, 0.75, 0.25]) {
        event.confidence = Some(confidence);
    }
    let reliability = measure([(&gold, &found)]).reliability;
    let bins: Vec<_> = reliability.bins.iter().map(|bin| (bin.from, bin.right, bin.found)).collect();
    assert_eq!(bins, [(0.2, 0, 1), (0.5, 1, 2), (0.7, 1, 1), (0.9, 1, 1)]);
    // |0.25 − 0| · 1, |0.5 − 0.5| · 2, |0.75 − 1| · 1, |1 − 1| · 1, of five finds.
    assert!(near(reliability.mean_gap, 0.5 / 5.0));
}

#[test]
fn a_comparison_is_made_on_the_texts_of_both_runs() {
    let named = |name: &str, starts: &[u32]| {
        let events: Vec<_> = starts
            .iter()
            .map(|&start| event([start, start, start + 5, start + 5], "AID", None, &[]))
            .collect();
        Marked { name: name.to_owned(), ..text(&json!([]), &json!(events)) }
    };
    let gold = ["a", "b", "c", "d"].map(|name| named(name, &[0, 10]));
    let run = |found: &[Marked]| {
        let of = |found: &Marked| gold.iter().find(|gold| gold.name == found.name).unwrap();
        measure(found.iter().map(|found| (of(found), found))).per_document
    };
    let before = run(&[named("a", &[0]), named("b", &[0]), named("c", &[])]);
    let now = run(&[named("a", &[0, 10]), named("b", &[0, 10]), named("d", &[])]);
    let comparison = compare(&before, &now);
    assert_eq!(comparison.documents, 2);
    assert_eq!((comparison.only_before, comparison.only_now), (vec!["c".to_owned()], vec!["d".to_owned()]));
    let change = comparison.figures[&Figure::Events];
    // Before: 2 of 2 finds, 2 of 4 gold; now all. The same in every draw of the two.
    assert!(near(change.before.f1, 2.0 / 3.0) && near(change.now.f1, 1.0));
    assert!(near(change.difference, 1.0 / 3.0));
    assert!(change.interval.unwrap().into_iter().all(|bound| near(bound, 1.0 / 3.0)));
}

/// Where an independent scorer and more gold may lie, beside the project.
fn shared() -> Option<PathBuf> {
    let shared = root().join("../shared");
    let python =
        Command::new("python3").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    (shared.join("tools/score.py").is_file() && python.is_ok_and(|status| status.success())).then_some(shared)
}

#[test]
fn an_independent_scorer_agrees_to_three_decimals() {
    let Some(shared) = shared() else {
        eprintln!("not compared: ../shared/tools/score.py or python3 is absent");
        return;
    };
    let path = |path: PathBuf| path.to_str().unwrap().to_owned();
    let sets = [
        (path(shared.join("gold")), Some(path(shared.join("documents")))),
        (path(shared.join("gold-news")), Some(path(shared.join("news")))),
        (path(shared.join("gold-sample")), Some(path(shared.join("news-sample")))),
        ("tests/gold".to_owned(), None),
    ];
    let mut compared = 0;
    for (gold, documents) in sets {
        if !root().join(&gold).is_dir() {
            eprintln!("not compared: {gold} is absent");
            continue;
        }
        let found = tempfile::tempdir().unwrap();
        let paths: Vec<&str> = documents.iter().map(String::as_str).collect();
        for layer in ["events", "dates"] {
            let output = waqai(&[&["extract", "--layer", layer][..], &paths].concat());
            fs::write(found.path().join(format!("{layer}.jsonl")), output.stdout).unwrap();
        }
        let script = shared.join("tools/score.py");
        let score = Command::new("python3")
            .current_dir(root())
            .arg(script)
            .args([&gold, found.path().to_str().unwrap(), "--json"])
            .output()
            .unwrap();
        assert!(score.status.success(), "{}", String::from_utf8_lossy(&score.stderr));
        let theirs: Value = serde_json::from_slice(&score.stdout).unwrap();
        let ours = printed(&[&["eval", "--format", "json", "--gold", &gold][..], &paths].concat());
        assert_eq!(ours["gold_without_document"], json!([]), "{gold}");
        for figure in ["dates_strict", "dates_relaxed", "dates_value", "events", "events_usable"] {
            same_score(&theirs[figure], &ours["figures"][figure], figure);
        }
        same_score(&theirs["on_matched"]["actors"], &ours["figures"]["actors"], "actors");
        for (theirs, ours) in [
            (&theirs["on_matched"]["date"], &ours["figures"]["date_of_found"]["precision"]),
            (&theirs["on_matched"]["type"], &ours["figures"]["type_of_found"]["precision"]),
        ] {
            assert_eq!(thousandths(theirs), thousandths(ours), "{gold}");
        }
        compared += 1;
    }
    assert!(compared > 0);
}

fn same_score(theirs: &Value, ours: &Value, figure: &str) {
    assert_eq!(["tp", "pred", "gold"].map(|field| theirs[field].as_u64().unwrap()), counts(ours), "{figure}");
    for (their, our) in [("p", "precision"), ("r", "recall"), ("f1", "f1")] {
        assert_eq!(thousandths(&theirs[their]), thousandths(&ours[our]), "{figure} {our}");
    }
}

fn thousandths(value: &Value) -> String {
    format!("{:.3}", value.as_f64().unwrap())
}

#[test]
fn an_extraction_of_events_alone_is_not_measured_on_dates() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("events.jsonl");
    fs::write(&file, waqai(&["extract"]).stdout).unwrap();
    let file = file.to_str().unwrap();
    let own = printed(&["eval", "--gold", "tests/gold", "--format", "json"]);
    let given = printed(&["eval", "--gold", "tests/gold", "--events", file, "--format", "json", "--show"]);
    for figure in ["events", "events_usable", "actors"] {
        assert_eq!(given["figures"][figure], own["figures"][figure], "{figure}");
    }
    assert!(own["figures"].get("dates_strict").is_some() && given["figures"].get("dates_strict").is_none());
    assert!(given["faults"].as_array().unwrap().iter().all(|fault| fault["layer"] == "event"));
    let text = waqai(&["eval", "--gold", "tests/gold", "--events", file]).stdout;
    assert!(!String::from_utf8(text).unwrap().contains("dates"));
}

#[test]
fn gold_of_reviewers_is_of_events_and_says_whether_it_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let gold = |complete: bool| {
        let file = json!({"doc": "tunis-chronology.txt", "complete": complete, "dates": [], "events": []});
        fs::write(folder.path().join("tunis.json"), file.to_string()).unwrap();
        let output = waqai(&["eval", "--gold", folder.path().to_str().unwrap()]);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr))
    };
    let (figures, told) = gold(true);
    assert!(!figures.contains("dates") && !told.contains("what was judged"), "{figures}{told}");
    let (_, told) = gold(false);
    assert!(told.contains("tunis-chronology.txt: the gold holds what was judged and no more"), "{told}");
}
