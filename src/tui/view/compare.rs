//! What was extracted twice, or judged by several, side by side: a row for each event on which they
//! differ, and beside the list each field as each of them has it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::line::Line;
use super::timeline::paragraph;
use super::{clear, columns, day, frame, isolated, line_options, put, put_path, put_words};
use crate::formats::exchange::{Named, Told};
use crate::model::Role;
use crate::review::Field;
use crate::store::Judgement;
use crate::tui::app::App;
use crate::tui::comparison::{Item, Part, Side};
use crate::tui::layout::Pane;
use crate::tui::narrowed::top;

/// Columns of the names of fields.
const LABEL: u16 = 12;

/// What there is to compare, from the top.
const FIELDS: [Field; 6] =
    [Field::Type, Field::Date, Field::Status, Field::Trigger, Field::Actors, Field::Places];

/// Draws the rows.
pub fn render(app: &App, buffer: &mut Buffer, pane: Pane) {
    if pane.outer.is_empty() {
        return;
    }
    let (words, compared) = (app.words, &app.comparison);
    let name = match (compared.part(), compared.names.as_slice()) {
        (Part::OnlyFirst, [a, _]) => words.fill("compare.only", &[("name", a)]),
        (Part::OnlySecond, [_, b]) => words.fill("compare.only", &[("name", b)]),
        (Part::Differing, [_, _]) => words.get("compare.differing").to_owned(),
        (_, [_, _]) => words.get("compare.all").to_owned(),
        _ => words.get("compare.reviewers").to_owned(),
    };
    let count = compared.count();
    let title = if count == 0 { name } else { format!("{name} {}/{count}", compared.selected() + 1) };
    let same = if compared.of_people() {
        String::new()
    } else {
        words.fill("compare.same", &[("n", &compared.same)])
    };
    frame(buffer, app, pane, true, &title, &same);
    let area = pane.inner;
    if count == 0 {
        let words = words.get(if compared.of_people() { "compare.agreed" } else { "compare.nothing" });
        put_words(buffer, app, (area.x, area.y), area.width, words, app.theme.hint.into());
    }
    let first = top(compared.selected(), count, usize::from(area.height));
    for (place, y) in (first..count).zip(area.y..area.bottom()) {
        let Some(item) = compared.at(place) else { break };
        row(app, buffer, Rect { y, height: 1, ..area }, item, place == compared.selected());
    }
}

fn row(app: &App, buffer: &mut Buffer, area: Rect, item: &Item, selected: bool) {
    let theme = &app.theme;
    let mut line = Line::begin(app, buffer, area, selected, true);
    let sign = match (item.settled(), item.dispute.is_some(), item.part()) {
        (Some(_), ..) => "✓",
        (None, false, Part::OnlyFirst) => "A",
        (None, false, Part::OnlySecond) => "B",
        _ => "≠",
    };
    let style = if sign == "✓" { theme.accepted } else { theme.rejected };
    line.piece(sign, 2, style.into());
    let Some(told) = item.told() else { return };
    let date = told.date.as_ref().map_or("–".into(), |date| day(&date.value));
    line.piece(&date, 11, theme.date_column.into());
    if area.width >= 38 {
        line.piece(app.words.kind(told.kind), 10, theme.quadrant(told.kind));
    }
    let room = line.room();
    line.piece(&told.trigger.text, room, Style::new());
}

/// Draws what each of them holds of the selected event.
pub fn sides(app: &App, buffer: &mut Buffer, pane: Pane) {
    if pane.outer.is_empty() {
        return;
    }
    let Some(item) = app.comparison.item() else {
        return frame(buffer, app, pane, false, "", "");
    };
    let (words, theme) = (app.words, &app.theme);
    let settled = item.settled().map(|who| words.fill("compare.settled-by", &[("who", &who)]));
    frame(buffer, app, pane, false, words.get("compare.sides"), &settled.unwrap_or_default());
    let area = pane.inner;
    let mut y = area.y;
    put_path(buffer, app, (area.x, y), area.width, &item.document, theme.hint.into());
    y += 2;
    let count = item.sides.len().max(1) as u16;
    let label = LABEL.min(area.width / 4);
    let width = (area.width - label) / count;
    let column = |n: usize| area.x + label + width * n as u16;
    if y < area.bottom() {
        for (n, side) in item.sides.iter().enumerate() {
            let selected = app.comparison.of_people() && n == app.comparison.column();
            let mut style: Style = theme.title.into();
            if selected {
                style = style.patch(theme.row_selected.0);
            }
            let line = Rect { x: column(n), y, width: width.saturating_sub(1), height: 1 };
            clear(buffer, app, line, style);
            let mark = if selected { words.get("sign.selected") } else { " " };
            let used = put(buffer, app, (line.x, y), line.width, mark, style.patch(theme.border_focused.0));
            put_path(
                buffer,
                app,
                (line.x + used, y),
                line.width.saturating_sub(used),
                &name(app, side),
                style,
            );
        }
        y += 1;
    }
    for field in FIELDS {
        if y >= area.bottom() {
            return;
        }
        let differs = item.fields.contains(&field);
        let style: Style = if differs { theme.rejected } else { theme.hint }.into();
        let said = words.get(field_name(field));
        let sign = if differs { format!("≠ {said}") } else { format!("  {said}") };
        put_words(buffer, app, (area.x, y), label.saturating_sub(1), &sign, style);
        let mut next = y + 1;
        for (n, side) in item.sides.iter().enumerate() {
            let value = match &side.told {
                Some(told) => value(app, field, told),
                None if field == Field::Type => words.get("compare.none").to_owned(),
                None => continue,
            };
            let room =
                Rect { x: column(n) + 1, y, width: width.saturating_sub(2), height: area.bottom() - y };
            next = next.max(paragraph(app, buffer, room, &value, "", true));
        }
        y = next;
    }
    let rest = Rect { y: y + 1, height: area.bottom().saturating_sub(y + 1), ..area };
    let lit = item.told().map_or("", |told| told.trigger.text.as_str());
    paragraph(app, buffer, rest, &item.words, lit, false);
}

/// A side's name, of a reviewer with what he said.
fn name(app: &App, side: &Side) -> String {
    let said = side.judgement.map(|judgement| {
        app.words.get(match judgement {
            Judgement::Accept => "verdict.accepted",
            Judgement::Reject => "verdict.rejected",
            Judgement::Correct => "verdict.corrected",
            _ => "verdict.none",
        })
    });
    said.map_or_else(|| side.name.clone(), |said| format!("{} · {said}", side.name))
}

const fn field_name(field: Field) -> &'static str {
    match field {
        Field::Date => "edit.date",
        Field::Type => "edit.type",
        Field::Actors => "compare.actors",
        Field::Places => "compare.places",
        Field::Trigger => "edit.trigger",
        Field::Extent => "edit.extent",
        Field::Status => "edit.status",
    }
}

fn value(app: &App, field: Field, told: &Told) -> String {
    let words = app.words;
    let all = |list: &[Named]| {
        let one = |named: &Named| {
            let name = if named.name.is_empty() { &named.name_en } else { &named.name };
            let role = named.role.map(|role| {
                words.get(match role {
                    Role::Source => "role.source",
                    Role::Target => "role.target",
                    Role::Participant => "role.participant",
                })
            });
            role.map_or_else(|| isolated(name), |role| format!("{} ({role})", isolated(name)))
        };
        list.iter().map(one).collect::<Vec<_>>().join(words.get("sign.comma"))
    };
    let value = match field {
        Field::Type => words.kind(told.kind).to_owned(),
        Field::Date => told.date.as_ref().map_or_else(String::new, |date| date.value.clone()),
        Field::Status => words.status(told.status).to_owned(),
        Field::Trigger => isolated(&told.trigger.text),
        Field::Extent => told.extent.as_ref().map_or_else(String::new, |extent| isolated(&extent.text)),
        Field::Actors => all(&told.actors),
        Field::Places => all(&told.places),
    };
    if columns(&value, line_options(app)) == 0 { words.get("explain.none").to_owned() } else { value }
}
