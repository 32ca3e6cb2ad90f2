//! What `export` writes, in every format of its own; completions and the manual.

#![allow(clippy::unwrap_used, reason = "what a test cannot set up is a failed test")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

/// One event told with marks that mean something elsewhere, one of another type, one undated.
const NEWS: &str = "{\"id\":\"=a<b>&|.txt\",\"published\":\"2022-03-22\",\"text\":\"رفض سيرغي لافروف <b>*الاقتراح*</b> \
    \\u202eفي 21 آذار/مارس 2022.\\n\\nزار رجب طيب أردوغان بغداد في 3 مايو 2023.\"}\n";

fn run(folder: &Path, words: &[&str]) -> (String, String, bool) {
    let mut command = Command::cargo_bin("waqai").unwrap();
    command.env("HOME", folder).env("XDG_CACHE_HOME", folder).env("XDG_CONFIG_HOME", folder);
    command.env("XDG_DATA_HOME", folder).current_dir(folder).args(words);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.success())
}

fn news() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("news.jsonl"), NEWS).unwrap();
    folder
}

fn export(folder: &Path, words: &[&str]) -> String {
    let (out, err, fine) = run(folder, &[&["export", "news.jsonl"], words].concat());
    assert!(fine, "{err}");
    out
}

#[test]
fn a_query_decides_what_is_written_and_records_are_those_of_extract() {
    let folder = news();
    let (all, _, _) = run(folder.path(), &["extract", "news.jsonl"]);
    assert_eq!(export(folder.path(), &[]), all);
    let one = export(folder.path(), &["--query", "actor:lavrov"]);
    assert_eq!(one.lines().count(), 1);
    assert!(all.contains(&one));
    assert_eq!(
        export(folder.path(), &["--query", "!actor:lavrov type:CONSULT year:2023"]).lines().count(),
        1
    );
    let (out, err, fine) = run(folder.path(), &["export", "news.jsonl", "--query", "actor:nobody"]);
    assert!(fine && out.is_empty() && err.contains("nothing here is called nobody"), "{err}");
    let (_, err, fine) = run(folder.path(), &["export", "--query", "actor:lavrov yaer:2022"]);
    assert!(!fine && err.contains("character 14: there is no field `yaer`"), "{err}");
}

#[test]
fn a_spreadsheet_gets_a_byte_order_mark_and_no_formula() {
    let folder = news();
    let plain = export(folder.path(), &["--format", "csv"]);
    assert!(plain.starts_with("id,") && plain.contains(",=a<b>&|.txt,"));
    let marked = export(folder.path(), &["--format", "csv", "--bom"]);
    assert!(marked.starts_with("\u{feff}id,") && marked.contains(",'=a<b>&|.txt,"), "{marked}");
}

#[test]
fn a_page_holds_the_quotations_and_nothing_of_a_document_is_markup() {
    let folder = news();
    export(folder.path(), &["--output", "page.html"]);
    let page = fs::read_to_string(folder.path().join("page.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"ar\" dir=\"rtl\">"));
    assert!(page.contains("<mark>رفض</mark> <b>سيرغي لافروف</b> &lt;b&gt;*الاقتراح*"), "{page}");
    assert!(page.contains("=a&lt;b&gt;&amp;|.txt") && !page.contains('\u{202e}'));
    for elsewhere in ["http:", "https:", "<script", "<link", "url("] {
        assert!(!page.contains(elsewhere), "{elsewhere}");
    }
    let years: Vec<_> = page.match_indices("<h2").map(|(at, _)| at).collect();
    assert_eq!(years.len(), 2);
    assert!(page.find("2022</h2>") < page.find("2023</h2>"));
    assert!(!folder.path().join("page.html.part").exists());
}

#[test]
fn a_chronology_in_markdown_takes_nothing_for_markup() {
    let folder = news();
    let text = export(folder.path(), &["--format", "markdown"]);
    assert!(text.contains("\n## 2022\n\n### مارس\n\n- **2022-03-21** REJECT"), "{text}");
    assert!(text.contains("> **رفض** سيرغي لافروف \\<b\\>\\*الاقتراح\\*\\</b\\>"), "{text}");
    assert!(text.contains("\n  \\=a\\<b\\>\\&\\|.txt"), "{text}");
}

#[test]
fn a_calendar_has_an_entry_of_whole_days_for_each_event() {
    let folder = news();
    let text = export(folder.path(), &["--format", "ics", "--query", "actor:lavrov"]);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    for line in ["DTSTART;VALUE=DATE:20220321", "DTEND;VALUE=DATE:20220322", "DTSTAMP:20220322T000000Z"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(text.lines().all(|line| line.len() <= 75), "{text}");
    assert_eq!(
        text,
        export(folder.path(), &["--format", "ics", "--query", "actor:lavrov"]),
        "twice the same"
    );
}

#[test]
fn the_formats_of_annotation_tools_take_the_same_query() {
    let folder = news();
    let one = export(folder.path(), &["--format", "doccano", "--query", "actor:lavrov"]);
    assert_eq!(one.lines().count(), 1);
    assert!(one.contains("REJECT") && !one.contains("CONSULT"), "{one}");
    let (_, err, fine) = run(folder.path(), &["export", "news.jsonl", "--format", "brat"]);
    assert!(!fine && err.contains("takes a folder"), "{err}");
    export(folder.path(), &["--format", "brat", "--output", "brat"]);
    assert!(fs::read_dir(folder.path().join("brat")).unwrap().count() >= 2);
}

#[test]
fn shells_and_manual_readers_are_served() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (out, err, fine) = run(folder.path(), &["completions", shell]);
        assert!(fine && out.contains("waqai") && out.contains("query"), "{shell}: {err}");
    }
    let (page, _, fine) = run(folder.path(), &["man"]);
    assert!(fine && page.contains(".TH waqai") && page.contains("export"), "{page}");
    assert!(run(folder.path(), &["man", "export"]).0.contains("\\-\\-query"));
    let (_, err, fine) = run(folder.path(), &["man", "nothing"]);
    assert!(!fine && err.contains("no command is called"));
}
