//! The verdict log keeps all it was told, and says when it cannot.

#![allow(clippy::unwrap_used, reason = "what a test cannot set up is a failed test")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use waqai::model::Span;
use waqai::store::{Judgement, NewVerdict, Selector, StoreError, VerdictLog, content_hash, undone};

fn verdict(reviewer: &str, event: &str, judgement: Judgement) -> NewVerdict {
    let text = "قبل رفض بعد";
    let at = text.find("رفض").unwrap() as u32;
    NewVerdict {
        reviewer: reviewer.to_owned(),
        judgement,
        document: "a.txt".to_owned(),
        hash: content_hash(text),
        selector: Selector::new(text, Span::new(at, at + 6)),
        event_id: event.to_owned(),
        before: Some(serde_json::json!({"type": "REJECT", "text": "رفض"})),
        after: None,
        note: None,
    }
}

#[test]
fn verdicts_survive_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("data/waqai/reviews.sqlite");
    let mut log = VerdictLog::open(&path).unwrap();
    let first = log.append(&verdict("me", "e1", Judgement::Accept)).unwrap();
    let second = log.append(&verdict("you", "e1", Judgement::Reject)).unwrap();
    assert_eq!((first.seq, second.seq), (1, 2));
    assert_eq!(first.said.selector.exact, "رفض");
    // Two programs on one file see each other's.
    let mut other = VerdictLog::open(&path).unwrap();
    assert_eq!(other.all().unwrap(), [first.clone(), second.clone()]);
    let third = other.append(&verdict("you", "e2", Judgement::Skip)).unwrap();
    assert_eq!(log.since(2).unwrap(), std::slice::from_ref(&third));
    drop((log, other));
    assert_eq!(VerdictLog::open(&path).unwrap().all().unwrap(), [first, second, third]);
}

#[test]
fn undo_and_redo_append_and_are_each_reviewers_own() {
    let dir = tempfile::tempdir().unwrap();
    let mut log = VerdictLog::open(&dir.path().join("r.sqlite")).unwrap();
    let standing = |log: &VerdictLog| {
        let all = log.all().unwrap();
        let undone = undone(&all);
        let standing = all.iter().filter(|v| v.said.judgement != Judgement::Undo && !undone.contains(&v.seq));
        standing.map(|v| v.said.event_id.clone()).collect::<Vec<_>>()
    };
    for (reviewer, event) in [("me", "a"), ("you", "b"), ("me", "c")] {
        log.append(&verdict(reviewer, event, Judgement::Accept)).unwrap();
    }
    let undo = log.undo("me").unwrap().remove(0);
    assert_eq!((undo.undoes, undo.said.event_id.as_str()), (Some(3), "c"));
    assert_eq!(standing(&log), ["a", "b"]);
    assert_eq!(log.undo("me").unwrap().len(), 1);
    assert_eq!(standing(&log), ["b"]);
    assert_eq!(log.undo("me").unwrap(), []);
    assert_eq!(log.redo("me").unwrap().len(), 1);
    assert_eq!(standing(&log), ["a", "b"]);
    assert_eq!(log.redo("me").unwrap().len(), 1);
    assert_eq!(standing(&log), ["a", "b", "c"]);
    assert_eq!(log.redo("me").unwrap(), []);
    assert_eq!(log.undo("me").unwrap().len(), 1);
    log.append(&verdict("me", "d", Judgement::Reject)).unwrap();
    assert_eq!(log.redo("me").unwrap(), [], "a new verdict ends the way forward");
    assert_eq!(standing(&log), ["a", "b", "d"]);
    assert_eq!(log.redo("you").unwrap(), []);
    assert_eq!(log.all().unwrap().len(), 9, "nothing was taken out");
}

#[test]
fn the_log_refuses_to_be_rewritten() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.sqlite");
    let mut log = VerdictLog::open(&path).unwrap();
    log.append(&verdict("me", "a", Judgement::Accept)).unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    for sql in [
        "UPDATE verdict SET judgement = 'reject'",
        "DELETE FROM verdict",
        "INSERT OR REPLACE INTO verdict SELECT * FROM verdict",
    ] {
        let error = raw.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains("append-only"), "{sql}: {error}");
    }
    let undo_by_hand = NewVerdict { judgement: Judgement::Undo, ..verdict("me", "a", Judgement::Accept) };
    assert!(matches!(log.append(&undo_by_hand), Err(StoreError::NotSaved(_))));
    assert_eq!(log.all().unwrap().len(), 1);
}

#[test]
fn a_log_that_cannot_be_written_says_so_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.sqlite");
    fs::create_dir(&path).unwrap();
    let error = VerdictLog::open(&path).unwrap_err().to_string();
    assert!(error.starts_with(&path.display().to_string()), "{error}");
    // A folder where there can be none.
    let file = dir.path().join("file");
    fs::write(&file, "x").unwrap();
    let error = VerdictLog::open(&file.join("r.sqlite")).unwrap_err().to_string();
    assert!(error.contains("cannot be opened"), "{error}");
    // A file that may only be read. (Root may write everything.)
    let path = dir.path().join("closed/r.sqlite");
    drop(VerdictLog::open(&path).unwrap());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    if fs::File::options().append(true).open(&path).is_err() {
        let error = VerdictLog::open(&path).unwrap_err().to_string();
        assert!(error.contains("readonly"), "{error}");
    }
    // A write that fails is no saved verdict.
    let path = dir.path().join("s.sqlite");
    let mut log = VerdictLog::open(&path).unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch(
        "CREATE TRIGGER full BEFORE INSERT ON verdict BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    )
    .unwrap();
    let error = log.append(&verdict("me", "a", Judgement::Accept)).unwrap_err().to_string();
    assert!(error.starts_with("the verdict was not saved") && error.contains("disk full"), "{error}");
    assert_eq!(log.all().unwrap(), []);
    raw.pragma_update(None, "user_version", 7).unwrap();
    assert!(matches!(VerdictLog::open(&path), Err(StoreError::Newer { found: 7, .. })));
}

/// Names the log that [`a_writer`] writes to when it runs as a process of its own.
const LOG: &str = "WAQAI_TEST_LOG";

/// Saves two hundred verdicts and tells each. The two tests below run it as a process on their log.
#[test]
fn a_writer() {
    let own = tempfile::tempdir().unwrap();
    let path = std::env::var_os(LOG).map_or_else(|| own.path().join("r.sqlite"), PathBuf::from);
    let mut log = VerdictLog::open(&path).unwrap();
    let reviewer = std::process::id().to_string();
    for n in 0..200 {
        let saved = log.append(&verdict(&reviewer, &n.to_string(), Judgement::Accept)).unwrap();
        println!("\nsaved {}", saved.seq);
    }
    let all = VerdictLog::open(&path).unwrap().all().unwrap();
    let mine = all.iter().filter(|v| v.said.reviewer == reviewer).map(|v| v.said.event_id.as_str());
    assert!(mine.eq((0..200).map(|n| n.to_string())), "{all:?}");
}

fn writer(path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["a_writer", "--exact", "--nocapture"])
        .env(LOG, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What the writer said it had saved, until it ended or `enough` were said.
fn saved(writer: &mut Child, enough: usize) -> Vec<i64> {
    let lines = BufReader::new(writer.stdout.as_mut().unwrap()).lines();
    lines
        .map_while(Result::ok)
        .filter_map(|line| line.strip_prefix("saved ")?.parse().ok())
        .take(enough)
        .collect()
}

#[test]
fn a_killed_writer_loses_nothing_that_it_said_was_saved() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.sqlite");
    let mut said = Vec::new();
    for round in 0..12 {
        let mut writer = writer(&path);
        let new = saved(&mut writer, 1 + round * 7 % 30);
        writer.kill().unwrap();
        writer.wait().unwrap();
        assert!(!new.is_empty());
        said.extend(new);
        let log: Vec<_> = VerdictLog::open(&path).unwrap().all().unwrap().iter().map(|v| v.seq).collect();
        assert!(said.iter().all(|seq| log.contains(seq)), "round {round}");
    }
}

#[test]
fn two_writers_at_once_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.sqlite");
    let mut writers = [writer(&path), writer(&path)];
    let mut said: Vec<_> = writers.iter_mut().flat_map(|writer| saved(writer, usize::MAX)).collect();
    assert!(writers.iter_mut().all(|writer| writer.wait().unwrap().success()));
    said.sort_unstable();
    assert_eq!(said, (1..=400).collect::<Vec<_>>());
    assert_eq!(VerdictLog::open(&path).unwrap().all().unwrap().len(), 400);
}

#[test]
fn a_log_of_the_first_format_is_taken_over_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.sqlite");
    let mut log = VerdictLog::open(&path).unwrap();
    log.append(&verdict("me", "a", Judgement::Accept)).unwrap();
    let before = log.all().unwrap();
    drop(log);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch("ALTER TABLE verdict DROP COLUMN batch; PRAGMA user_version = 1").unwrap();
    drop(raw);
    let mut log = VerdictLog::open(&path).unwrap();
    assert_eq!(log.all().unwrap(), before);
    log.append_all(&[verdict("me", "b", Judgement::Reject), verdict("me", "c", Judgement::Reject)]).unwrap();
    assert_eq!(log.undo("me").unwrap().len(), 2);
    assert_eq!(log.undo("me").unwrap().len(), 1, "what was given alone is taken back alone");
}
