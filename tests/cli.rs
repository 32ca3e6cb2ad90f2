//! The real binary: what it prints, what it says of bad input, and how it ends.

#![allow(clippy::unwrap_used, reason = "what a test cannot set up is a failed test")]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The program in `dir`, with a home of its own, so that no user's files take part.
fn waqai(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waqai"));
    let home = dir.join(".home");
    command.current_dir(dir).stdin(Stdio::null()).env_remove("WAQAI_LOG").env("HOME", &home);
    for variable in ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"] {
        command.env(variable, home.join(variable));
    }
    command
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

fn run(dir: &TempDir, args: &[&str]) -> Output {
    waqai(dir.path()).args(args).output().unwrap()
}

fn told_by(output: &Output) -> Vec<String> {
    String::from_utf8(output.stderr.clone()).unwrap().lines().map(str::to_owned).collect()
}

fn piped(dir: &TempDir, args: &[&str], input: &[u8]) -> Output {
    assert_cmd::Command::from_std(waqai(dir.path())).args(args).write_stdin(input).output().unwrap()
}

const NEWS: &str = "بغداد، 5 آذار/مارس 2021: التقى الرئيس العراقي برهم صالح وزير الخارجية الإيراني محمد جواد ظريف في بغداد.\n";

#[test]
fn every_fault_is_one_line_and_the_rest_goes_on() {
    let dir = folder(&[
        ("a/good.txt", NEWS.as_bytes()),
        ("a/binary.txt", b"PK\x03\x04\x00\x00"),
        ("a/empty.txt", b""),
        ("a/blank.txt", b"\xEF\xBB\xBF \n"),
        ("a/latin.txt", b"\xC7\xE1\xD3\xE1\xC7\xE3"),
        ("a/lines.jsonl", b"{\"id\":1}\n{\"id\":\"x\",\"text\":\"\xD8\xAE\xD8\xA8\xD8\xB1\"}\nnonsense\n"),
        ("none/picture.png", b"\x89PNG"),
    ]);
    let output = run(&dir, &["extract", "--layer", "dates", "missing.txt", "none", "a"]);
    let told = told_by(&output);
    for (line, expected) in told.iter().zip([
        "waqai: missing.txt: no such file or folder",
        "waqai: none: no documents (.txt, .jsonl) in this folder",
        "waqai: a/binary.txt: a binary file, not text",
        "waqai: a/blank.txt: holds nothing but white space",
        "waqai: a/empty.txt: empty file",
        "waqai: a/latin.txt: not valid UTF-8 (first fault at byte 0)",
        "waqai: a/lines.jsonl:1: no \"text\"",
        "waqai: a/lines.jsonl:3: not a JSON object",
    ]) {
        assert!(line.starts_with(expected), "{line}");
    }
    assert_eq!(told.len(), 8, "{told:?}");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn status_2_where_nothing_could_be_read() {
    let dir = folder(&[("empty.txt", b""), ("good.txt", NEWS.as_bytes())]);
    for (args, status) in [
        (&["extract", "missing"][..], 2),
        (&["extract", "empty.txt"], 2),
        (&["extract", "empty.txt", "good.txt"], 0),
        (&["extract", "missing", "good.txt"], 0),
    ] {
        assert_eq!(run(&dir, args).status.code(), Some(status), "{args:?}");
    }
    assert_eq!(piped(&dir, &["extract", "-"], b"").status.code(), Some(2));
    assert_eq!(
        told_by(&piped(&dir, &["extract"], b"\xFF")),
        [
            "waqai: standard input: not valid UTF-8 (first fault at byte 0); convert it first, as with `iconv -f WINDOWS-1256 -t UTF-8`"
        ]
    );
}

#[test]
fn an_unreadable_file_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = folder(&[("closed.txt", NEWS.as_bytes()), ("good.txt", NEWS.as_bytes())]);
    let closed = dir.path().join("closed.txt");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0)).unwrap();
    // Root may read everything; a link to nowhere vanishes for everybody.
    std::os::unix::fs::symlink("nowhere", dir.path().join("link.txt")).unwrap();
    let output = run(&dir, &["extract", "."]);
    let told = told_by(&output);
    assert!(told.iter().any(|line| line.starts_with("waqai: ./link.txt: ")), "{told:?}");
    if fs::read(&closed).is_err() {
        assert!(told.contains(&"waqai: ./closed.txt: permission denied".to_owned()), "{told:?}");
    }
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_line_of_200_megabytes_is_refused_in_little_memory() {
    let dir = folder(&[("good.txt", NEWS.as_bytes())]);
    let line = vec![b'x'; 200_000_000];
    fs::write(dir.path().join("long.txt"), &line).unwrap();
    let json =
        [b"{\"id\":\"x\",\"text\":\"", line.as_slice(), b"\"}\n{\"id\":\"y\",\"text\":\"x\"}\n"].concat();
    fs::write(dir.path().join("long.jsonl"), json).unwrap();
    // The limit would stop a program that held the line.
    let limited = "ulimit -v 1000000; exec \"$0\" extract long.txt long.jsonl good.txt";
    let mut shell = Command::new("sh");
    shell.current_dir(dir.path()).arg("-c").arg(limited).arg(env!("CARGO_BIN_EXE_waqai"));
    let output = shell.env("RAYON_NUM_THREADS", "2").env("HOME", dir.path()).output().unwrap();
    assert_eq!(
        told_by(&output),
        [
            "waqai: long.txt: larger than 32 MiB, too large for one document",
            "waqai: long.jsonl:1: larger than 32 MiB, too large for one document",
        ]
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let lines: String =
        (0..40_000).map(|n| format!("{{\"id\":\"{n}\",\"text\":{}}}\n", Value::from(NEWS))).collect();
    let dir = folder(&[("many.jsonl", lines.as_bytes()), ("good.txt", NEWS.as_bytes())]);
    let mut command = waqai(dir.path());
    command.args(["extract", "--format", "csv", "many.jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with("id,document,"), "{first}");
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));

    // Closed before anything was written.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = waqai(dir.path());
    command.args(["extract", "--format", "csv", "good.txt"]).stdout(writer);
    let output = command.output().unwrap();
    assert_eq!((output.status.code(), told_by(&output)), (Some(0), vec![]));
}

#[test]
fn without_a_terminal_the_screen_says_so_in_one_line() {
    let dir = folder(&[("good.txt", NEWS.as_bytes())]);
    for args in [&[][..], &["good.txt"], &["-"]] {
        let output = run(&dir, args);
        let told = told_by(&output);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("waqai extract") && told[0].contains("waqai render"), "{told:?}");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    }
}

#[test]
fn wrong_options_are_told_before_anything_is_read() {
    let dir = folder(&[("good.txt", NEWS.as_bytes()), ("words/bad.toml", b"[[person]\n")]);
    let output = run(&dir, &["extract", "--published", "2018-02-30", "good.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told_by(&output)[0].contains("2018-02-30"));
    let output = run(&dir, &["extract", "--lexicon", "words", "good.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told_by(&output)[0].starts_with("waqai: words/bad.toml"), "{:?}", told_by(&output));
    let output = run(&dir, &["extract", "--log", "no/such/folder/log", "good.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told_by(&output)[0].contains("the log cannot be written"), "{:?}", told_by(&output));
}

#[test]
fn a_log_is_written_only_when_asked_for() {
    let dir = folder(&[("good.txt", NEWS.as_bytes())]);
    run(&dir, &["extract", "good.txt", "missing"]);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    run(&dir, &["extract", "good.txt", "missing", "--log", "log"]);
    let log = fs::read_to_string(dir.path().join("log")).unwrap();
    assert!(log.contains("started") && log.contains("missing"), "{log}");
}
