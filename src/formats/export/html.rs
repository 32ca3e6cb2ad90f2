//! A chronology as one page of HTML: from right to left, with its own style and nothing from
//! elsewhere, no script, each event with the sentence that tells it.

use std::fmt::Write as _;

use super::chronicle::{Part, Style, Under, clean, kind, month, names, places, quotation, status};
use crate::model::{Event, EventType, Role, Status};
use crate::store::Selected;

/// The style of the page, and the words around the events.
const STYLE: &str = include_str!("../../../assets/export/page.css");

/// HTML.
pub(super) struct Html;

/// A text as the content of an element or attribute.
fn escaped(text: &str) -> String {
    clean(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// A name in an element of its own, whose direction does not touch what is around it.
fn isolated(name: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(name))
}

fn joined(names: &[&str]) -> String {
    names.iter().map(|name| isolated(name)).collect::<Vec<_>>().join("، ")
}

/// PLOVER's quadrant, for the colour.
const fn class(kind: EventType) -> &'static str {
    match kind as usize {
        0..=3 => "vc",
        4..=6 => "mc",
        7..=10 => "vx",
        _ => "mx",
    }
}

impl Style for Html {
    fn head(&self, events: usize, documents: usize) -> String {
        format!(
            "<!DOCTYPE html>\n<html lang=\"ar\" dir=\"rtl\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <title>وقائع</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <header><h1>وقائع</h1><p>الأحداث: {events} · الوثائق: {documents}</p></header>\n<main>\n"
        )
    }

    fn heading(&self, under: &Under, new_year: bool) -> String {
        let mut out = String::new();
        if new_year {
            match under.year {
                // Writing into a text cannot fail.
                Some(year) => {
                    let _ = writeln!(out, "<h2 id=\"y{year}\">{year}</h2>");
                }
                None => out.push_str("<h2>بلا تاريخ معروف</h2>\n"),
            }
        }
        if let Some(number) = under.month {
            let _ = writeln!(out, "<h3>{}</h3>", month(number));
        }
        out
    }

    fn event(&self, selected: &Selected, event: &Event) -> String {
        let date = event.date.as_ref().map_or("", |date| date.value.as_str());
        let target = names(selected, event, Role::Target);
        let mut doing = names(selected, event, Role::Source);
        doing.extend(names(selected, event, Role::Participant));
        let arrow = if target.is_empty() { "" } else { " ← " };
        let mut facts = vec![joined(&doing) + arrow + &joined(&target)];
        let places = places(selected, event);
        if !places.is_empty() {
            facts.push(joined(&places));
        }
        if event.status != Status::Occurred {
            facts.push(status(event.status).to_owned());
        }
        facts.retain(|fact| !fact.is_empty());
        let quotation: String = quotation(selected, event)
            .into_iter()
            .map(|(part, words)| {
                let words = escaped(words);
                match part {
                    Part::Words => words,
                    Part::Trigger => format!("<mark>{words}</mark>"),
                    Part::Date => format!("<time>{words}</time>"),
                    Part::Actor => format!("<b>{words}</b>"),
                    Part::Place => format!("<i>{words}</i>"),
                }
            })
            .collect();
        format!(
            "<article id=\"e{id}\" class=\"{class}\">\n<p><bdi class=\"date\">{date}</bdi> <span class=\"type\" \
             title=\"{name}\">{kind}</span> {facts}</p>\n<blockquote>{quotation}</blockquote>\n\
             <footer><bdi>{document}</bdi> · الثقة {confidence:.2}</footer>\n</article>\n",
            id = escaped(&event.id),
            class = class(event.kind),
            date = escaped(date),
            name = event.kind.name(),
            kind = kind(event.kind),
            facts = facts.join(" · "),
            document = escaped(&selected.document.id),
            confidence = event.confidence,
        )
    }

    fn tail(&self) -> String {
        "</main>\n</body>\n</html>\n".to_owned()
    }
}
