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
fn the_doctor_writes_plain_text_into_a_pipe() {
    let dir = folder(&[]);
    let output = run(&dir, &["doctor"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
    for words in ["waqai ", "asked ", "(in use)", "verdicts ", "ﺮﻳﺯﻮﻟﺍ", "الوزير"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

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
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
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
            "waqai: long.txt: larger than 64 MiB, too large for one document",
            "waqai: long.jsonl:1: larger than 64 MiB, too large for one document",
        ]
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let line = |n: u32| serde_json::json!({"id": n, "text": NEWS}).to_string() + "\n";
    let lines: String = (0..40_000).map(line).collect();
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

/// Every `start`/`end`/`text` in `value` quotes the code points of `text`; how many there were.
fn quotes(value: &Value, text: &[char]) -> usize {
    let inner = match value {
        Value::Object(fields) => fields.values().map(|field| quotes(field, text)).sum(),
        Value::Array(items) => items.iter().map(|item| quotes(item, text)).sum(),
        _ => 0,
    };
    let (Some(start), Some(end)) = (value["start"].as_u64(), value["end"].as_u64()) else { return inner };
    let quoted: String = text[start as usize..end as usize].iter().collect();
    assert_eq!(value["text"], quoted, "{value}");
    inner + 1
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// A text in which bytes, UTF-16 and code points all differ.
const MARKED: &str = "\u{FEFF}🙂 خبر عاجل 🙂🙂\r\nالتقى الرَّئيسُ الرّوسيّ فلاديمير بوتين نظيرَه التركيّ رجب طيب أردوغان في أنقرة يوم 5 آذار/مارس 2021.\r\n";

#[test]
fn offsets_count_code_points_of_the_text() {
    let dir = folder(&[("news/marked.txt", MARKED.as_bytes())]);
    let text: Vec<char> = MARKED[3..].replace("\r\n", "\n").chars().collect();
    for (layer, fields) in [
        ("dates", "basis calendar document end rule start text type value"),
        ("actors", "basis country document end id kind name name_en start text"),
        ("events", "actors confidence date document evidence extent id places status trigger type"),
    ] {
        let output = run(&dir, &["extract", "--layer", layer, "--format", "jsonl", "news"]);
        let records = lines(&output);
        assert!(!records.is_empty(), "{layer}");
        for record in &records {
            assert!(quotes(record, &text) >= 1, "{layer} {record}");
            assert_eq!(record["document"], "news/marked.txt");
            let mut keys = keys(record);
            keys.sort_unstable();
            assert_eq!(keys.join(" "), fields);
        }
    }
    let event = &lines(&run(&dir, &["extract", "news"]))[0];
    assert_eq!((&event["type"], &event["status"]), (&Value::from("CONSULT"), &Value::from("occurred")));
    assert_eq!(event["date"]["value"], "2021-03-05");
    assert!(event["confidence"].as_f64().is_some_and(|c| c > 0.0 && c <= 1.0));
    // Not escaped to ASCII.
    let raw = String::from_utf8(run(&dir, &["extract", "news"]).stdout).unwrap();
    assert!(raw.contains("بوتين") && !raw.contains("\\u"), "{raw}");
}

#[test]
fn the_same_from_a_file_a_pipe_and_json_lines() {
    let json =
        serde_json::json!({"id": "x", "text": MARKED.replace("\r\n", "\n").trim_start_matches('\u{FEFF}')});
    let dir = folder(&[("a.txt", MARKED.as_bytes()), ("a.jsonl", format!("{json}\n").as_bytes())]);
    // The id of an event holds that of its document.
    let nameless = |output: &Output| {
        let mut records = lines(output);
        for record in &mut records {
            record["document"].take();
            record["id"].take();
        }
        records
    };
    let file = nameless(&run(&dir, &["extract", "a.txt"]));
    assert!(!file.is_empty());
    assert_eq!(nameless(&run(&dir, &["extract", "a.jsonl"])), file);
    assert_eq!(nameless(&piped(&dir, &["extract", "-"], MARKED.as_bytes())), file);
    assert_eq!(nameless(&piped(&dir, &["extract"], json.to_string().as_bytes())), file);
    assert_eq!(lines(&piped(&dir, &["extract"], json.to_string().as_bytes()))[0]["document"], "x");
    assert_eq!(lines(&piped(&dir, &["extract"], MARKED.as_bytes()))[0]["document"], "-");
}

#[test]
fn output_is_in_the_order_of_the_documents_and_the_same_every_time() {
    let files: Vec<_> = (0..300).map(|n| (format!("d/{n:03}.txt"), NEWS.repeat(1 + (n * 7) % 5))).collect();
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let dir = folder(&files);
    let output = run(&dir, &["extract", "--layer", "actors", "d"]);
    let records = lines(&output);
    let place = |r: &Value| (r["document"].as_str().unwrap().to_owned(), r["start"].as_u64().unwrap());
    let places: Vec<_> = records.iter().map(place).collect();
    assert!(places.is_sorted());
    assert_eq!(places.first().unwrap().0, "d/000.txt");
    assert_eq!(places.last().unwrap().0, "d/299.txt");
    assert_eq!(run(&dir, &["extract", "--layer", "actors", "d"]).stdout, output.stdout);
}

#[test]
fn a_document_of_megabytes_stands_in_its_place_with_all_its_records() {
    let times = 2 * 1024 * 1024 / NEWS.len();
    let dir = folder(&[
        ("a.txt", NEWS.as_bytes()),
        ("b.txt", NEWS.repeat(times).as_bytes()),
        ("c.txt", NEWS.as_bytes()),
    ]);
    let output = run(&dir, &["extract", "--layer", "dates", "a.txt", "b.txt", "c.txt"]);
    let records = lines(&output);
    assert_eq!(records.len(), 1 + times + 1);
    let place = |record: &Value| (record["document"].as_str().unwrap().to_owned(), record["start"].as_u64());
    let (at, length) = (records[0]["start"].as_u64().unwrap(), NEWS.chars().count() as u64);
    assert_eq!(place(&records[0]), ("a.txt".to_owned(), Some(at)));
    for (n, record) in (0..).zip(&records[1..=times]) {
        assert_eq!(place(record), ("b.txt".to_owned(), Some(at + n * length)));
    }
    assert_eq!(place(&records[1 + times]), ("c.txt".to_owned(), Some(at)));
}

#[test]
fn publication_dates_in_their_order() {
    let text = "بغداد: التقى الرئيس العراقي برهم صالح وزير الخارجية الإيراني محمد جواد ظريف أمس.\n";
    let json = serde_json::json!({"id": "x", "text": text, "published": "2020-01-10"}).to_string();
    let dir = folder(&[("2021-03-05.txt", text.as_bytes()), ("a.jsonl", json.as_bytes())]);
    let yesterday = |args: &[&str]| {
        let output = run(&dir, &[&["extract", "--layer", "dates"], args].concat());
        lines(&output).iter().find(|d| d["text"] == "أمس").unwrap()["value"].as_str().unwrap().to_owned()
    };
    assert_eq!(yesterday(&["2021-03-05.txt"]), "2021-03-04");
    assert_eq!(yesterday(&["a.jsonl"]), "2020-01-09");
    assert_eq!(yesterday(&["2021-03-05.txt", "--published", "2019-06-02"]), "2019-06-01");
    assert_eq!(yesterday(&["a.jsonl", "--published", "2019-06-02"]), "2019-06-01");
}

#[test]
fn what_is_denied_comes_only_with_all() {
    let text = "لم يلتق الرئيس الروسي فلاديمير بوتين الرئيس الأوكراني فولوديمير زيلينسكي في 5 مارس 2021.\n\
                التقى الرئيس التركي رجب طيب أردوغان المستشارة الألمانية أنغيلا ميركل في 6 مارس 2021.\n";
    let dir = folder(&[("a.txt", text.as_bytes())]);
    let statuses = |args: &[&str]| {
        let output = run(&dir, &[&["extract", "a.txt"], args].concat());
        lines(&output).iter().map(|e| e["status"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let (few, all) = (statuses(&[]), statuses(&["--all"]));
    assert!(few.iter().all(|s| s == "occurred" || s == "planned"), "{few:?}");
    assert!(all.len() > few.len() && all.contains(&"denied".to_owned()), "{all:?}");
}

#[test]
fn a_lexicon_of_ones_own_is_used() {
    let text = "التقى زعفران المرجاني الرئيس الروسي فلاديمير بوتين في موسكو يوم 5 مارس 2021.\n";
    let words = "[[person]]\nid = \"zaafran\"\nname = \"زعفران المرجاني\"\nen = \"Zaafran al-Murjani\"\n";
    let dir = folder(&[("a.txt", text.as_bytes()), ("words/mine.toml", words.as_bytes())]);
    let ids = |dir: &TempDir, args: &[&str]| {
        let output = run(dir, &[&["extract", "--layer", "actors", "a.txt"], args].concat());
        assert_eq!(told_by(&output), Vec::<String>::new());
        lines(&output).iter().map(|a| a["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(!ids(&dir, &[]).contains(&"zaafran".to_owned()));
    assert!(ids(&dir, &["--lexicon", "words"]).contains(&"zaafran".to_owned()));
    // The user's own folder needs no option.
    let own = dir.path().join(".home/XDG_CONFIG_HOME/waqai/lexicon");
    fs::create_dir_all(&own).unwrap();
    fs::copy(dir.path().join("words/mine.toml"), own.join("mine.toml")).unwrap();
    assert!(ids(&dir, &[]).contains(&"zaafran".to_owned()));
}

#[test]
fn the_documents_that_come_with_the_program() {
    let dir = folder(&[]);
    let records = lines(&run(&dir, &["extract"]));
    let mut documents: Vec<_> = records.iter().map(|r| r["document"].as_str().unwrap()).collect();
    documents.dedup();
    assert!(documents.len() >= 8, "{documents:?}");
}
