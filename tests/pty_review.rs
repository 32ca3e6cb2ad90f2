//! The reviewer's work with the real program in a pseudo-terminal: into the lexicon from the screen, two
//! extractions side by side, a disk that is full.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "what a test cannot set up is a failed test")]

#[path = "pty/session.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod session;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use portable_pty::CommandBuilder;
use session::Session;
use waqai::store::{Judgement, VerdictLog};

const REPORT: &str = "بغداد 5 أيار/مايو 2021: زار بوتين أنقرة والتقى أردوغان.\n\
    6 أيار/مايو 2021: رفض لافروف المقترح.\n\
    7 أيار/مايو 2021: رفضت شوقلان المقترح.\n\
    7 حزيران/يونيو 2022: زار أردوغان موسكو والتقى بوتين.\n";

/// What `waqai extract` finds with the lexicon of that home: types, and the names of the actors.
fn found(home: &Path, file: &str) -> Vec<(String, Vec<String>)> {
    let output = Command::new(env!("CARGO_BIN_EXE_waqai"))
        .args(["extract", file])
        .env("HOME", home)
        .env_remove("XDG_CONFIG_HOME")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let lines = String::from_utf8(output.stdout).unwrap();
    lines
        .lines()
        .map(|line| {
            let event: serde_json::Value = serde_json::from_str(line).unwrap();
            let actors =
                event["actors"].as_array().unwrap().iter().map(|actor| text(&actor["name"])).collect();
            (text(&event["type"]), actors)
        })
        .collect()
}

#[test]
fn a_missing_actor_and_a_rejected_trigger_go_into_the_lexicon_and_the_document_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.txt");
    fs::write(&file, REPORT).unwrap();
    let path = file.to_str().unwrap();
    let rejected = |actor: &str| ("REJECT".to_owned(), vec![actor.to_owned()]);
    let before = found(folder.path(), path);
    assert!(before.contains(&rejected("سيرغي لافروف")) && !before.contains(&rejected("شوقلان")), "{before:?}");
    let mut session = Session::waqai(folder.path(), &[path, "--lang", "en", "--reviewer", "layla"]);
    session.wait_for("Events 1/");
    session.send("treject \r");
    session.wait_for("type: REJECT");
    session.wait_for("Events 1/2");
    // To the second one, so that it is seen that the place is kept.
    session.send("j");
    session.wait_for("Events 2/2");
    session.send("L");
    session.wait_for("Into your lexicon");
    session.send("missing\r");
    session.wait_for("as person");
    session.send("\tشوقلان\r");
    session.wait_for("1 documents read anew");
    session.wait_for("Events 2/2");
    let own = folder.path().join(".config/waqai/lexicon/reviewed.toml");
    let text = fs::read_to_string(&own).unwrap();
    assert!(text.contains("[[organization]]\nname = \"شوقلان\"\n") && text.contains("# layla: "), "{text}");
    assert!(found(folder.path(), path).contains(&rejected("شوقلان")));
    // Never again: both are gone, and the verdict on one of them is not lost.
    session.send("x");
    session.wait_for("1 reviewed");
    session.send("L\r");
    session.wait_for("no event passes the filters");
    session.send("3");
    session.wait_for("1 verdict whose event is no longer found");
    session.send("q");
    session.wait("the page to close", |screen| !screen.contents().contains("Quality"));
    session.send("q");
    assert!(session.end().success());
    let text = fs::read_to_string(&own).unwrap();
    assert!(text.contains("[[off]]\nlemma = \"رفض\"\ntype = \"REJECT\"\n"), "{text}");
    let after = found(folder.path(), path);
    assert_eq!(after.len(), before.len() - 2, "{after:?}");
    assert!(after.iter().all(|(kind, _)| kind != "REJECT"));
}

#[test]
fn two_extractions_stand_side_by_side_on_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let event = |start: u32, kind: &str, date: &str| {
        format!(
            "{{\"document\":\"a.txt\",\"trigger\":{{\"start\":{start},\"end\":{},\"text\":\"رفض\"}},\
             \"type\":\"{kind}\",\"date\":{{\"value\":\"{date}\"}}}}\n",
            start + 3
        )
    };
    let ours = event(0, "REJECT", "2021-05-05") + &event(10, "AID", "2021") + &event(20, "AGREE", "2020");
    let theirs =
        event(0, "REJECT", "2021-05-06") + &event(30, "ASSAULT", "2021") + &event(20, "AGREE", "2020");
    fs::write(folder.path().join("ours.jsonl"), ours).unwrap();
    fs::write(folder.path().join("theirs.jsonl"), theirs).unwrap();
    let [a, b] = ["ours.jsonl", "theirs.jsonl"].map(|name| folder.path().join(name).display().to_string());
    let mut session = Session::waqai(folder.path(), &["compare", &a, &b, "--lang", "en"]);
    session.wait_for("Differences 1/3");
    session.wait_for("1 the same");
    session.wait("both dates", |screen| {
        let row = screen.contents().lines().find(|line| line.contains("≠ date")).map(str::to_owned);
        row.is_some_and(|row| row.contains("2021-05-05") && row.contains("2021-05-06"))
    });
    session.send("\t");
    session.wait_for("no such event");
    session.wait("what only ours has", |screen| screen.contents().contains("ours.jsonl 1/1"));
    session.send("\t");
    session.wait("what only theirs has", |screen| screen.contents().contains("theirs.jsonl 1/1"));
    session.send("\t");
    session.wait_for("Differing fields 1/1");
    session.send("q");
    assert!(session.end().success());
    // In a pipe it is the report as before.
    let output = Command::new(env!("CARGO_BIN_EXE_waqai")).args(["compare", &a, &b]).output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("1  in both with differing fields"));
}

/// A limit on the size of files has the write that goes over it fail as one on a full disk does.
#[test]
fn a_verdict_that_the_disk_has_no_room_for_is_said_at_once_and_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let news = (0..200).fold(String::new(), |mut out, n| {
        let _ = writeln!(
            out,
            "{{\"id\":\"n{n}\",\"text\":\"{} أيار/مايو 2021: رفض لافروف المقترح.\",\"published\":\"2025-05-01\"}}",
            1 + n % 28
        );
        out
    });
    let file = folder.path().join("news.jsonl");
    fs::write(&file, news).unwrap();
    let mut first = Session::waqai(folder.path(), &[file.to_str().unwrap(), "--lang", "en"]);
    first.wait_for("Events 1/200");
    first.send("a");
    first.wait_for("1 reviewed");
    first.send("q");
    assert!(first.end().success());
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 400; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_waqai")]);
    command.args([file.to_str().unwrap(), "--lang", "en"]);
    let mut session = Session::at_home(command, folder.path());
    session.wait_for("1 reviewed");
    let shown = |screen: &vt100::Screen| -> Option<usize> {
        let text = screen.contents();
        text.split(" reviewed").next()?.rsplit(' ').next()?.parse().ok()
    };
    let mut given = 1;
    let full = loop {
        session.send("a");
        given += 1;
        session.wait("the verdict or the fault", |screen| {
            screen.contents().contains("was not saved") || shown(screen) == Some(given)
        });
        if session.screen.screen().contents().contains("was not saved") {
            break given;
        }
        assert!(given < 200, "nothing ran full");
    };
    // The fault stands; the event is still the one that is selected and open, and the log says the same.
    assert_eq!(shown(session.screen.screen()), Some(full - 1));
    session.wait_for(&format!("Events {full}/200"));
    session.send("a");
    session.wait_for("was not saved");
    session.send("q");
    assert!(session.end().success());
    let log = VerdictLog::open(&folder.path().join("reviews.sqlite")).unwrap().all().unwrap();
    assert_eq!(log.len(), full - 1);
    assert!(log.iter().all(|verdict| verdict.said.judgement == Judgement::Accept));
    eprintln!("{} verdicts fitted; the next was said not to be saved", log.len());
}

#[test]
fn what_comes_through_a_pipe_is_not_read_again_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.txt");
    fs::write(&file, REPORT).unwrap();
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", "cat \"$1\" | \"$0\" - --lang en \"$2\" \"$3\" \"$4\" \"$5\""]);
    command.args([env!("CARGO_BIN_EXE_waqai"), file.to_str().unwrap()]);
    let mut session = Session::at_home(command, folder.path());
    session.wait_for("Events 1/");
    session.send("L");
    session.wait_for("no lexicon to add to");
    session.send("q");
    assert!(session.end().success());
    assert!(!folder.path().join(".config").exists(), "nothing is written");
}

#[test]
fn without_a_place_for_the_index_the_documents_are_read_again_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.txt");
    fs::write(&file, REPORT).unwrap();
    // A file stands where the folder of the index would be made.
    fs::write(folder.path().join(".cache"), "").unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_waqai"));
    command.args([file.to_str().unwrap(), "--lang", "en"]);
    command.arg("--reviews");
    command.arg(folder.path().join("reviews.sqlite"));
    command.env("HOME", folder.path());
    for name in ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "TMUX", "VTE_VERSION", "NO_COLOR"] {
        command.env_remove(name);
    }
    command.env("TERM", "xterm-256color");
    let mut session = Session::start(command);
    session.wait_for("Events 1/");
    session.send("treject \r");
    session.wait_for("Events 1/2");
    session.send("L\r");
    session.wait_for("no event passes the filters");
    session.send("q");
    assert!(session.end().success());
}
