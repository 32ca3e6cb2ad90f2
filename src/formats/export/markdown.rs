//! A chronology in Markdown (CommonMark): a heading a year and a month, an item an event, with the
//! sentence that tells it as a quotation.

use std::fmt::Write as _;

use super::chronicle::{Part, Style, Under, clean, month, names, places, quotation, status};
use crate::model::{Event, Role, Status};
use crate::store::Selected;

/// Markdown.
pub(super) struct Markdown;

/// A text in which nothing is taken for markup.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in clean(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' | '$') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// An escaped text that begins a line: a dash, or a number with a point, would begin a list.
fn opening(escaped: &str) -> String {
    if escaped.starts_with(['-', '+', '=']) {
        return format!("\\{escaped}");
    }
    let digits = escaped.len() - escaped.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 && escaped.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')'])) {
        format!("{}\\{}", &escaped[..digits], &escaped[digits..])
    } else {
        escaped.to_owned()
    }
}

impl Style for Markdown {
    fn head(&self, events: usize, documents: usize) -> String {
        format!("# وقائع\n\nالأحداث: {events} · الوثائق: {documents}\n")
    }

    fn heading(&self, under: &Under, new_year: bool) -> String {
        let mut out = String::new();
        if new_year {
            let year = under.year.map_or("بلا تاريخ معروف".to_owned(), |year| year.to_string());
            let _ = writeln!(out, "\n## {year}");
        }
        if let Some(number) = under.month {
            let _ = writeln!(out, "\n### {}", month(number));
        }
        out
    }

    fn event(&self, selected: &Selected, event: &Event) -> String {
        let date = event.date.as_ref().map_or("", |date| date.value.as_str());
        let list = |names: Vec<&str>| names.into_iter().map(escaped).collect::<Vec<_>>().join("، ");
        let mut doing = names(selected, event, Role::Source);
        doing.extend(names(selected, event, Role::Participant));
        let target = names(selected, event, Role::Target);
        let arrow = if target.is_empty() { "" } else { " ← " };
        let mut facts = vec![list(doing) + arrow + &list(target), list(places(selected, event))];
        if event.status != Status::Occurred {
            facts.push(status(event.status).to_owned());
        }
        facts.retain(|fact| !fact.is_empty());
        let mut quotation: String = quotation(selected, event)
            .into_iter()
            .map(|(part, words)| match (part, words.trim()) {
                (Part::Trigger, words) if !words.is_empty() => format!("**{}**", escaped(words)),
                _ => escaped(words),
            })
            .collect();
        quotation = quotation.split_whitespace().collect::<Vec<_>>().join(" ");
        format!(
            "\n- **{date}** {kind} {facts}\n\n  > {quotation}\n\n  {document} · {confidence:.2}\n",
            date = if date.is_empty() { "–".to_owned() } else { escaped(date) },
            kind = event.kind.name(),
            facts = facts.join(" · "),
            quotation = opening(&quotation),
            document = opening(&escaped(&selected.document.id)),
            confidence = event.confidence,
        )
    }

    fn tail(&self) -> String {
        String::new()
    }
}
