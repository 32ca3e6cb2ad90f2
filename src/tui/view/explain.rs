//! Why the selected event is as it is: for each of its fields the value, the words that gave it and
//! the rule.

use std::fmt::Display;

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::{clear, frame, isolated, mixed_words, on_screen, page, put_row};
use crate::bidi::{self, Row};
use crate::model::{Annotations, Event, EventType, Participant, Role};
use crate::tui::app::App;
use crate::tui::words::Words;

/// What a line of the page is.
#[derive(Clone, Copy)]
enum Part {
    /// A field and its value.
    Field,
    /// A reason for it.
    Reason,
}

/// The lines of the page.
fn lines(app: &App) -> Vec<(Part, String)> {
    let words = app.words;
    let Some((source, event)) = app.event() else {
        return vec![(Part::Reason, words.get("explain.nothing").to_owned())];
    };
    let text = source.view.text();
    let mut out = Vec::new();
    let mut reasons: Vec<(&str, &str)> =
        event.evidence.iter().map(|line| line.split_once(": ").unwrap_or(("", line))).collect();
    let mut field = |name: &str, value: String, of: &[&str]| {
        out.push((Part::Field, format!("{}: {value}", words.get(name))));
        reasons.retain(|(field, reason)| {
            let its = of.contains(field);
            if its {
                out.push((Part::Reason, self::reason(words, reason)));
            }
            !its
        });
    };
    field("explain.type", words.kind(event.kind).to_owned(), &["type"]);
    field("explain.trigger", isolated(event.trigger.of(text)), &["trigger"]);
    let (date, told) = date(words, event, text);
    field("explain.date", date, &["date"]);
    if let Some(told) = told {
        field("explain.date-words", told, &[]);
    }
    field("explain.status", words.status(event.status).to_owned(), &["status"]);
    for (name, list, key) in [
        ("explain.actors", &event.actors, ["actor", "actors"]),
        ("explain.places", &event.places, ["place", "places"]),
    ] {
        let parties = parties(words, list, &source.annotations, text, name == "explain.actors");
        field(name, if parties.is_empty() { words.get("explain.none").to_owned() } else { parties }, &key);
    }
    field("explain.confidence", format!("{:.2}", event.confidence), &["confidence"]);
    field("explain.sentence", isolated(event.extent.of(text)), &["extent"]);
    if !reasons.is_empty() {
        out.push((Part::Field, words.get("explain.more").to_owned()));
        let line = |(field, reason): (&str, &str)| isolated(&format!("{field}: {reason}"));
        out.extend(reasons.into_iter().map(|reason| (Part::Reason, line(reason))));
    }
    out
}

/// A reason in the words of the interface. A reason is one rule or several, `;` between them, each
/// with the words of the document that it was applied to behind it in brackets; what the table does not
/// know (another program's reasons) is shown as it is.
fn reason(words: Words, reason: &str) -> String {
    let rule = |rule: &str| words.rule(rule).map_or_else(|| isolated(rule), str::to_owned);
    // `CONSULT by زار (perfect)`: a type by a lemma in one of its shapes.
    if let Some((kind, by)) = reason.split_once(" by ")
        && let Some(kind) = EventType::parse(kind)
        && let Some((lemma, shape)) = by.strip_suffix(')').and_then(|by| by.rsplit_once(" ("))
    {
        let values: [(&str, &dyn Display); 3] =
            [("kind", &words.kind(kind)), ("lemma", &isolated(lemma)), ("shape", &rule(shape))];
        return words.fill("explain.by", &values);
    }
    let one = |(name, told): (&str, Option<&str>)| match told {
        Some(told) => format!("{} ({})", rule(name), isolated(told)),
        None => rule(name),
    };
    rules(reason).into_iter().map(one).collect::<Vec<_>>().join(words.get("sign.semicolon"))
}

/// The rules of a reason, each with the words of the document that it was applied to.
fn rules(reason: &str) -> Vec<(&str, Option<&str>)> {
    let mut out = Vec::new();
    let mut rest = reason;
    while let Some((rule, after)) = rest.split_once(" (") {
        // Words of the document may hold brackets: the last one before the next rule closes.
        let Some(end) = after.find("); ").or_else(|| after.strip_suffix(')').map(str::len)) else { break };
        out.push((rule, after.get(..end)));
        rest = after.get(end + 1..).unwrap_or_default().trim_start_matches("; ");
    }
    if !rest.is_empty() {
        out.push((rest, None));
    }
    out
}

/// The value of the date with how it was reached, and the words that give it.
fn date(words: Words, event: &Event, text: &str) -> (String, Option<String>) {
    let Some(date) = &event.date else { return (words.get("fact.undated").to_owned(), None) };
    let told = date.mention.map(|span| isolated(span.of(text)));
    (format!("{} ({})", super::spoken(words, &date.value), words.get(super::basis(date))), told)
}

/// Names, with the part each has and the words by which the text calls him.
fn parties(words: Words, list: &[Participant], found: &Annotations, text: &str, with_part: bool) -> String {
    let one = |p: &Participant| {
        let name = found.entities.get(p.entity as usize).map_or("", |e| e.name.as_str());
        let mut told: Vec<&str> = p.mentions.iter().map(|span| span.of(text)).collect();
        told.dedup();
        let mut said = Vec::new();
        if with_part {
            said.push(words.get(match p.role {
                Role::Source => "role.source",
                Role::Target => "role.target",
                Role::Participant => "role.participant",
            }));
        }
        let mut said: Vec<String> = said.into_iter().map(str::to_owned).collect();
        said.extend(told.into_iter().filter(|told| *told != name).map(isolated));
        let name = isolated(name);
        if said.is_empty() { name } else { format!("{name} ({})", said.join(words.get("sign.comma"))) }
    };
    list.iter().map(one).collect::<Vec<_>>().join(words.get("sign.semicolon"))
}

fn laid_out(app: &App, width: u16) -> Vec<(u16, Row, Style)> {
    let options = mixed_words(app);
    let mut out = Vec::new();
    for (part, text) in lines(app) {
        let (indent, style): (u16, Style) = match part {
            Part::Field => (0, app.theme.title.into()),
            Part::Reason => (2.min(width / 4), app.theme.row.into()),
        };
        let rows = bidi::paragraph(&text, width.saturating_sub(indent).max(1), &options).rows;
        out.extend(rows.into_iter().map(|row| (indent, row, style)));
    }
    out
}

/// How many rows the page has.
pub fn rows(app: &App, width: u16) -> usize {
    laid_out(app, width).len()
}

/// Draws it, from the row at `top` on.
pub fn render(app: &App, top: usize, buffer: &mut Buffer) {
    let pane = page(&app.areas);
    clear(buffer, app, pane.outer, app.theme.row.into());
    let id = app.event().map_or("", |(_, event)| event.id.as_str());
    frame(buffer, app, pane, true, app.words.get("page.explain"), id);
    let area = pane.inner;
    for ((indent, row, style), y) in
        laid_out(app, area.width).into_iter().skip(top).zip(area.y..area.bottom())
    {
        let place = ratatui::layout::Rect::new(area.x + indent, y, area.width - indent, 1);
        let place = on_screen(app, buffer, place);
        put_row(buffer, &row, (place.x, y), place.width, |_| style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{ReadOptions, demo_sources, read};
    use crate::extract::extract;
    use crate::lexicon::Lexicon;

    #[test]
    fn rules_and_words_of_the_document_are_told_apart() {
        for (reason, told) in [
            ("calendar", vec![("calendar", None)]),
            ("behind من (قطر); name", vec![("behind من", Some("قطر")), ("name", None)]),
            ("date (3 (مايو) 2018); year", vec![("date", Some("3 (مايو) 2018")), ("year", None)]),
            ("left (open", vec![("left (open", None)]),
        ] {
            assert_eq!(rules(reason), told, "{reason}");
        }
    }

    #[test]
    fn every_rule_that_finds_something_in_the_demo_has_words() {
        let words = Words::default();
        for source in demo_sources() {
            let document = read(&source, &ReadOptions::default()).expect("it is built in");
            for event in extract(&document, Lexicon::builtin()).events {
                for line in event.evidence {
                    let (field, reason) = line.split_once(": ").expect("a field");
                    let known = match field {
                        "type" => reason
                            .rsplit_once(" (")
                            .is_some_and(|(_, shape)| words.rule(shape.trim_end_matches(')')).is_some()),
                        _ => rules(reason).iter().all(|(rule, _)| words.rule(rule).is_some()),
                    };
                    assert!(known, "{line}");
                }
            }
        }
    }
}
