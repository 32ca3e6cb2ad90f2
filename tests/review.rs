//! What verdicts make: figures that equal an independent count, gold that `waqai eval` takes, two
//! extractions side by side.

#![allow(clippy::unwrap_used, reason = "what a test cannot set up is a failed test")]

use std::path::Path;
use std::process::Command;

use waqai::corpus::demo;
use waqai::extract::extract;
use waqai::formats::exchange::{Dated, Exchange, Text, Told, to_string};
use waqai::lexicon::Lexicon;
use waqai::model::{Annotations, DateBasis, Document, EventType, Span};
use waqai::review::{corrected, fully_read, missed, on_event};
use waqai::store::{Judgement, VerdictLog};

fn waqai(folder: &Path, arguments: &[&str]) -> (bool, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_waqai"))
        .args(arguments)
        .env("HOME", folder)
        .env("XDG_CONFIG_HOME", folder.join("config"))
        .env("XDG_DATA_HOME", folder.join("data"))
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.success(), text(out.stdout), text(out.stderr))
}

fn first() -> (Document, Annotations) {
    let document = demo().into_iter().next().unwrap();
    let found = extract(&document, Lexicon::builtin());
    assert!(found.events.len() > 9, "the first document tells more than nine events");
    (document, found)
}

fn told(document: &Document, found: &Annotations, n: usize) -> Told {
    Text::of(document, found, true).events[n].1.clone()
}

/// Ten verdicts of `me` and six of `you` on one document: accepted 0 to 4, corrected 5 (date) and 6
/// (type), rejected 7 and 8, skipped 9, one missed; the other agrees on 0 to 2 and 7, not on 3 and 4.
fn fill(path: &Path) -> (Document, Annotations) {
    let (document, found) = first();
    let mut log = VerdictLog::open(path).unwrap();
    let mut say = |reviewer: &str, judgement, n: usize| {
        let event = &found.events[n];
        log.append(&on_event(reviewer, judgement, &document, &found, event)).unwrap();
    };
    (0..5).for_each(|n| say("me", Judgement::Accept, n));
    say("me", Judgement::Accept, 7);
    (7..9).for_each(|n| say("me", Judgement::Reject, n));
    say("me", Judgement::Skip, 9);
    (0..3).for_each(|n| say("you", Judgement::Accept, n));
    say("you", Judgement::Reject, 7);
    (3..5).for_each(|n| say("you", Judgement::Reject, n));
    // The last word is mine again.
    (3..5).for_each(|n| say("me", Judgement::Accept, n));
    let mut after = told(&document, &found, 5);
    after.date = Some(Dated {
        value: "1999-01-01".to_owned(),
        text: None,
        start: None,
        end: None,
        basis: DateBasis::Explicit,
    });
    log.append(&corrected("me", &document, &found, &found.events[5], &after)).unwrap();
    let mut after = told(&document, &found, 6);
    after.kind = EventType::ALL.into_iter().find(|kind| *kind != after.kind).unwrap();
    log.append(&corrected("me", &document, &found, &found.events[6], &after)).unwrap();
    let mut after = told(&document, &found, 0);
    after.trigger = told(&document, &found, 0).extent.unwrap();
    after.trigger.end = after.trigger.start + 2;
    after.trigger.text = after.trigger.text.chars().take(2).collect();
    let span = Span::new(found.events[0].extent.start, found.events[0].extent.start + 4);
    log.append(&missed("me", &document, span, serde_json::to_value(&after).unwrap())).unwrap();
    log.append(&fully_read("me", &document)).unwrap();
    // What was taken back does not count.
    log.append(&on_event("me", Judgement::Reject, &document, &found, &found.events[0])).unwrap();
    assert_eq!(log.undo("me").unwrap().len(), 1);
    (document, found)
}

#[test]
fn the_report_equals_an_independent_count() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.sqlite");
    let (document, found) = fill(&path);
    let reviews = path.display().to_string();
    let (good, json, err) =
        waqai(folder.path(), &["review", "report", "--reviews", &reviews, "--format", "json"]);
    assert!(good, "{err}");
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["judged"], 9);
    assert_eq!((&report["right"]["right"], &report["right"]["of"]), (&5.into(), &9.into()));
    assert_eq!((&report["found"]["right"], &report["found"]["of"]), (&7.into(), &9.into()));
    assert_eq!(report["skipped"], 1);
    // Wilson by hand: the roots of (p - 5/9)^2 = z^2 p (1 - p) / 9.
    let bounds: Vec<f64> = serde_json::from_value(report["right"]["interval"].clone()).unwrap();
    for bound in bounds {
        let z = (bound - 5.0 / 9.0) / (bound * (1.0 - bound) / 9.0).sqrt();
        assert!((z.abs() - 1.96).abs() < 1e-3, "{bound}");
    }
    for (field, right) in [("date", 6), ("type", 6), ("actors", 7), ("extent", 7)] {
        assert_eq!(
            (&report["fields"][field]["right"], &report["fields"][field]["of"]),
            (&right.into(), &7.into()),
            "{field}"
        );
    }
    let types: u64 =
        report["types"].as_array().unwrap().iter().map(|row| row["right"]["of"].as_u64().unwrap()).sum();
    assert_eq!(types, 9);
    assert_eq!(report["documents"][0]["name"], document.id);
    let bins: u64 = report["reliability"]
        .as_array()
        .unwrap()
        .iter()
        .map(|bin| bin["right"]["of"].as_u64().unwrap())
        .sum();
    assert_eq!(bins, 9);
    // Seven found, one missed.
    assert_eq!(report["recall"]["missed"], 1);
    assert_eq!(report["recall"]["recall"]["value"], 7.0 / 8.0);
    // Six by both: 0, 1, 2 accepted by both, 3 and 4 not, 7 rejected by both.
    let agreement = &report["agreement"][0];
    assert_eq!((&agreement["events"], &agreement["same"]), (&6.into(), &4.into()));
    // Accepted 5 and 3, rejected 1 and 3: chance 5/6·3/6 + 1/6·3/6 = 1/2; (4/6 - 1/2) / (1 - 1/2).
    assert!((agreement["kappa"].as_f64().unwrap() - 1.0 / 3.0).abs() < 1e-12);
    // Alpha: 12 labels, 8 accepted, 4 rejected; (11·8 - (8·7 + 4·3)) / (12·11 - (8·7 + 4·3)).
    assert!((agreement["alpha"].as_f64().unwrap() - 20.0 / 64.0).abs() < 1e-12);
    assert_eq!(agreement["differ"].as_array().unwrap().len(), 2);
    let failing = report["failing"].as_array().unwrap();
    let failed = found.events[7].evidence[0].split(" (").next().unwrap();
    assert!(failing.iter().any(|f| f["rule"] == failed), "{failing:?}");

    let (_, text, _) = waqai(folder.path(), &["review", "report", "--reviews", &reviews]);
    assert!(text.contains("9 events judged: 5 accepted, 2 corrected, 2 rejected; 1 skipped"), "{text}");
    assert!(text.contains("5 of 9     0.556  0.267 to 0.811  right as they are"), "{text}");
    assert!(text.contains("kappa 0.333, alpha 0.312"), "{text}");
    let (_, md, _) = waqai(folder.path(), &["review", "report", "--reviews", &reviews, "--format", "md"]);
    assert!(md.contains("| right as they are | 5 | 9 | 0.556 | 0.267 to 0.811 |"), "{md}");
    assert!(md.starts_with("# Review\n"));
}

#[test]
fn a_report_on_documents_lists_what_no_longer_attaches() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.sqlite");
    let (document, _) = fill(&path);
    let reviews = path.display().to_string();
    let file = folder.path().join(&document.id);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    // The document without its last half: the events told there are gone.
    let half: String = document.text.chars().take(document.text.chars().count() / 12).collect();
    std::fs::write(&file, half).unwrap();
    let (good, text, err) = waqai(folder.path(), &["review", "report", &document.id, "--reviews", &reviews]);
    assert!(good, "{err}");
    assert!(text.contains("Verdicts whose event is no longer found"), "{text}");
    let (good, text, _) = waqai(folder.path(), &["review", "report", "elsewhere.txt", "--reviews", &reviews]);
    assert!(good && text.contains("0 events judged"), "{text}");
    let (good, _, err) = waqai(folder.path(), &["review", "report", "--reviews", "none.sqlite"]);
    assert!(!good && err.contains("none.sqlite: no verdicts yet"), "{err}");
    assert!(!folder.path().join("none.sqlite").exists());
}

#[test]
fn gold_from_review_is_gold_for_eval() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.sqlite");
    let (document, _) = fill(&path);
    let reviews = path.display().to_string();
    let (good, out, err) =
        waqai(folder.path(), &["review", "gold", "--output", "gold", "--reviews", &reviews]);
    assert!(good, "{err}");
    assert_eq!(out, "8 events of 1 documents written to gold\n");
    assert_eq!(err, "");
    let gold = waqai::review::read_gold(&folder.path().join("gold")).unwrap();
    assert_eq!(gold.len(), 1);
    assert_eq!((gold[0].name.as_str(), gold[0].events.len()), (document.id.as_str(), 8));
    let dates: Vec<&str> = gold[0].events.iter().map(|event| event.date.as_str()).collect();
    assert!(dates.contains(&"1999-01-01"), "{dates:?}");
    let (good, json, err) = waqai(folder.path(), &["eval", "--gold", "gold", "--format", "json"]);
    assert!(good, "{err}");
    let measured: serde_json::Value = serde_json::from_str(&json).unwrap();
    // All found but the missed one; what was not judged counts as false.
    assert_eq!(measured["figures"]["events"]["gold"], 8);
    assert_eq!(measured["figures"]["events"]["right"], 7);
}

#[test]
fn two_extractions_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let (document, found) = first();
    let ours = Text::of(&document, &found, false);
    let mut theirs = ours.clone();
    theirs.events.remove(0);
    theirs.events[0].1.date = None;
    theirs.events[1].1.kind = EventType::ALL.into_iter().find(|k| *k != theirs.events[1].1.kind).unwrap();
    // Another system's ids, the same names.
    for named in &mut theirs.events[2].1.actors {
        named.id = String::new();
    }
    let mut lone = theirs.events[3].clone();
    let gap = ours.events.iter().map(|(_, e)| e.trigger.end).max().unwrap() + 1;
    lone.1.trigger = waqai::formats::exchange::Words { start: gap, end: gap + 2, text: String::new() };
    theirs.events.push(lone);
    std::fs::write(folder.path().join("a.jsonl"), to_string(Exchange::Jsonl, std::slice::from_ref(&ours)))
        .unwrap();
    std::fs::write(folder.path().join("b.jsonl"), to_string(Exchange::Doccano, &[theirs])).unwrap();
    let (good, out, err) = waqai(folder.path(), &["compare", "a.jsonl", "b.jsonl", "--format", "json"]);
    assert!(good, "{err}");
    let sides: serde_json::Value = serde_json::from_str(&out).unwrap();
    let length = |key: &str| sides[key].as_array().unwrap().len();
    assert_eq!((length("only_a"), length("only_b"), length("differ")), (1, 1, 2), "{out}");
    assert_eq!(sides["same"].as_u64().unwrap() as usize, ours.events.len() - 3);
    assert_eq!(sides["differ"][0]["fields"], serde_json::json!(["date"]));
    assert_eq!(sides["differ"][1]["fields"], serde_json::json!(["type"]));
    let (_, text, _) = waqai(folder.path(), &["compare", "a.jsonl", "b.jsonl"]);
    assert!(text.contains("2  in both with differing fields") && text.contains("Only in b.jsonl"), "{text}");
}

#[test]
fn another_extraction_is_browsed_measured_and_told_where_it_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let (_, ours, _) = waqai(folder.path(), &["extract"]);
    let broken = ours.replacen("\"start\":", "\"start\":9", 1).replacen("{\"id\"", "{\"broken\n{\"id\"", 3);
    let lines = ours.lines().count();
    std::fs::write(folder.path().join("e.jsonl"), &broken).unwrap();
    let (good, again, err) = waqai(folder.path(), &["extract", "--events", "e.jsonl"]);
    assert!(good);
    assert!(err.contains("waqai: e.jsonl:1: broken JSON"), "{err}");
    assert!(again.lines().count() > lines - 5 && again.lines().all(|line| ours.contains(line)));
    std::fs::write(folder.path().join("e.jsonl"), &ours).unwrap();
    let (_, again, err) = waqai(folder.path(), &["extract", "--events", "e.jsonl"]);
    assert_eq!((again == ours, err.as_str()), (true, ""));
    let gold = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gold");
    let events = |arguments: &[&str]| {
        let (good, json, err) = waqai(folder.path(), arguments);
        assert!(good, "{err}");
        serde_json::from_str::<serde_json::Value>(&json).unwrap()["figures"]["events"].clone()
    };
    let own = events(&["eval", "--gold", gold, "--format", "json"]);
    let given = events(&["eval", "--gold", gold, "--format", "json", "--events", "e.jsonl"]);
    assert_eq!(own, given);
    let (good, _, err) = waqai(folder.path(), &["extract", "-", "--events", "e.jsonl"]);
    assert!(!good && err.contains("--events needs the documents as files"), "{err}");
    let (good, _, err) = waqai(folder.path(), &["extract", "--events", "nothing.jsonl"]);
    assert!(!good && err.contains("nothing.jsonl"), "{err}");
}
