//! Which format a file has, by its name and by how it begins.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Exchange, Skipped};

/// How much of a file is looked at, in bytes.
const HEAD: u64 = 256 * 1024;

/// The files that hold annotations: the file itself, or those of a folder and of the folders in it, in
/// order of their names.
pub(super) fn files(path: &Path, format: Option<Exchange>) -> Result<Vec<PathBuf>, Skipped> {
    let name = path.display().to_string();
    let meta = std::fs::metadata(path).map_err(|error| Skipped::io(&name, &error))?;
    if !meta.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let wanted = |file: &Path| {
        let end = file.extension().and_then(|end| end.to_str()).unwrap_or_default();
        match format {
            Some(Exchange::Brat) => end == "ann",
            Some(Exchange::WebAnno) => end == "tsv",
            Some(Exchange::LabelStudio) => end == "json",
            Some(Exchange::W3c) => matches!(end, "json" | "jsonld"),
            Some(_) => matches!(end, "jsonl" | "ndjson" | "json"),
            None => matches!(end, "ann" | "tsv" | "jsonl" | "ndjson" | "json" | "jsonld"),
        }
    };
    let files: Vec<PathBuf> = walkdir::WalkDir::new(path)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file() && wanted(entry.path()))
        .map(walkdir::DirEntry::into_path)
        .collect();
    if files.is_empty() {
        return Err(Skipped::new(name, "no annotations (.ann, .tsv, .json, .jsonl) in this folder"));
    }
    Ok(files)
}

/// The format of a file.
pub(super) fn format(file: &Path) -> Result<Exchange, Skipped> {
    let name = file.display().to_string();
    if file.extension().is_some_and(|end| end == "ann") {
        return Ok(Exchange::Brat);
    }
    let mut head = Vec::new();
    std::fs::File::open(file)
        .and_then(|open| open.take(HEAD).read_to_end(&mut head))
        .map_err(|error| Skipped::io(&name, &error))?;
    let head = String::from_utf8_lossy(&head);
    of_head(head.trim_start_matches('\u{feff}').trim_start())
        .ok_or_else(|| Skipped::new(name, "of no known format of annotations; --events-format names one"))
}

fn of_head(head: &str) -> Option<Exchange> {
    if head.starts_with("#FORMAT=WebAnno TSV") {
        return Some(Exchange::WebAnno);
    }
    // The first item that can be read tells; where the first lines are broken, the next ones do.
    let array = head.starts_with('[');
    let inside = head.strip_prefix('[').unwrap_or(head);
    let whole = serde_json::Deserializer::from_str(inside.trim_start()).into_iter::<Value>().next();
    let lines =
        head.lines().map(|line| serde_json::from_str::<Value>(line.trim().trim_end_matches(',')).ok());
    let found = std::iter::once(whole.and_then(Result::ok)).chain(lines).flatten().find_map(|v| of_item(&v));
    // A page of annotations, or a task, that is longer than what was looked at.
    found.or_else(|| {
        let has = |key: &str| head.contains(&format!("\"{key}\""));
        if has("@context") || has("AnnotationPage") {
            Some(Exchange::W3c)
        } else if has("data") && (has("annotations") || has("predictions")) && (array || has("result")) {
            Some(Exchange::LabelStudio)
        } else if has("entities") && has("relations") {
            Some(Exchange::Doccano)
        } else if has("spans") && has("tokens") {
            Some(Exchange::Prodigy)
        } else {
            None
        }
    })
}

fn of_item(item: &Value) -> Option<Exchange> {
    let has = |key: &str| item.get(key).is_some();
    if has("trigger") && has("type") {
        Some(Exchange::Jsonl)
    } else if has("@context") || has("motivation") || (has("target") && has("body")) {
        Some(Exchange::W3c)
    } else if has("data") && (has("annotations") || has("predictions")) {
        Some(Exchange::LabelStudio)
    } else if has("text") && (has("spans") || has("tokens") || has("_task_hash")) {
        Some(Exchange::Prodigy)
    } else if has("text") && (has("entities") || has("label") || has("labels")) {
        Some(Exchange::Doccano)
    } else {
        None
    }
}
