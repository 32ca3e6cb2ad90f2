//! Reading JSON piece by piece, so that a fault costs one line or one item and no more.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::data::Told;
use super::{Import, Skipped};

/// The JSON of one of our own types, none of which can fail to be written.
pub(super) fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plain structs and enums with string keys are always JSON")
}

/// Calls `take` with every line that holds something, parsed, and with its place `FILE:LINE`; what
/// does not parse is a fault.
pub(super) fn lines<T: DeserializeOwned>(
    name: &str,
    text: &str,
    import: &mut Import,
    mut take: impl FnMut(String, T, &mut Import),
) {
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("{name}:{}", n + 1);
        match serde_json::from_str(line) {
            Ok(value) => take(place, value, import),
            Err(error) => import.fault(place, reason(&error)),
        }
    }
}

/// What is wrong with a line of JSON, in words.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // The parser counts within the piece it was given; only the column says something.
    let what = text.split(" at line ").next().unwrap_or(&text);
    match error.classify() {
        serde_json::error::Category::Data => format!("not of the expected form: {what}"),
        _ => format!("broken JSON: {what} at column {}", error.column()),
    }
}

/// The items of an array, each with its place `FILE:LINE`: the file is the array itself, an object
/// that holds it under `key`, or a single item, or items line by line. Behind a broken item it goes
/// on with the next one that begins a line as deeply indented as the first.
pub(super) fn items(name: &str, text: &str, key: &str, import: &mut Import) -> Vec<(String, Value)> {
    let mut out = Vec::new();
    let begin = text.len() - text.trim_start().len();
    let array = if text[begin..].starts_with('[') { Some(begin + 1) } else { array_under(text, key) };
    let mut at = array.unwrap_or(begin);
    let mut indent = None;
    loop {
        at += text[at..].len() - text[at..].trim_start_matches([' ', '\t', '\r', '\n', ',']).len();
        let rest = &text[at..];
        if rest.is_empty() || (array.is_some() && rest.starts_with(']')) {
            return out;
        }
        let place = || format!("{name}:{}", text[..at].matches('\n').count() + 1);
        let indent = *indent.get_or_insert_with(|| column(text, at));
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        match stream.next() {
            Some(Ok(value)) => {
                out.push((place(), value));
                at += stream.byte_offset();
            }
            Some(Err(error)) => {
                let line = text[..at].matches('\n').count() + error.line().max(1);
                let text_of = error.to_string();
                let what = text_of.split(" at line ").next().unwrap_or_default();
                let column = error.column();
                import.faults.push(Skipped::new(
                    format!("{name}:{line}"),
                    format!("broken JSON: {what} at column {column}; the item is left out"),
                ));
                match next_item(text, at + 1, indent) {
                    Some(next) => at = next,
                    None => return out,
                }
            }
            None => return out,
        }
    }
}

/// Where the content of the array under `key` begins.
fn array_under(text: &str, key: &str) -> Option<usize> {
    let quoted = format!("\"{key}\"");
    text.match_indices(&quoted).find_map(|(at, _)| {
        let rest =
            text[at + quoted.len()..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('[')?;
        Some(text.len() - rest.len())
    })
}

/// How many bytes stand before `at` on its line.
fn column(text: &str, at: usize) -> usize {
    at - text[..at].rfind('\n').map_or(0, |n| n + 1)
}

/// The next `{` that begins a line with that indent.
fn next_item(text: &str, from: usize, indent: usize) -> Option<usize> {
    let from = (from..=text.len()).find(|&at| text.is_char_boundary(at))?;
    text[from..].match_indices('\n').find_map(|(n, _)| {
        let line = from + n + 1;
        let brace = line + (text[line..].len() - text[line..].trim_start_matches([' ', '\t']).len());
        (text[brace..].starts_with('{') && brace - line == indent).then_some(brace)
    })
}

/// The details of events, as [`super::graph`] wants them; those that are none are faults.
pub(super) fn details(place: &str, value: Option<Value>, import: &mut Import) -> Vec<Told> {
    let list = match value {
        Some(Value::Array(list)) => list,
        Some(Value::String(text)) => serde_json::from_str(&text).unwrap_or_default(),
        _ => Vec::new(),
    };
    let mut out = Vec::new();
    for value in list {
        match serde_json::from_value(value) {
            Ok(told) => out.push(told),
            Err(error) => import.fault(place, format!("the details of an event are {}", reason(&error))),
        }
    }
    out
}
