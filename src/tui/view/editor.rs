//! The fields of an event under correction, over the list, so that the text stays in sight.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{clear, columns, day, frame, line_options, put, put_words, status};
use crate::model::{Participant, Role, Span};
use crate::review::read_date;
use crate::tui::app::App;
use crate::tui::choice::Choice;
use crate::tui::editor::{Editor, Entry, Slot, kind_name};
use crate::tui::layout::Pane;
use crate::tui::narrowed::top;

/// Columns of the names of fields.
const LABEL: u16 = 12;

fn pane(app: &App) -> Pane {
    let list = app.areas.list;
    if list.inner.height >= 3 { list } else { app.areas.panel(64, 24) }
}

/// Draws it.
pub fn render(app: &App, editor: &Editor, buffer: &mut Buffer) {
    let pane = pane(app);
    clear(buffer, app, pane.outer, app.theme.row.into());
    let title = if editor.missed { "edit.missed" } else { "edit.correct" };
    frame(buffer, app, pane, true, app.words.get(title), "");
    let area = pane.inner;
    let slots = editor.slots();
    let height = usize::from(area.height);
    let top = top(editor.at, slots.len(), height);
    for (n, slot) in slots.iter().enumerate().skip(top).take(height) {
        let line = Rect { y: area.y + (n - top) as u16, height: 1, ..area };
        field(app, editor, *slot, n == editor.at, buffer, line);
    }
    match &editor.entry {
        Some(Entry::Choice(choice)) => choose(app, choice, buffer),
        Some(Entry::Date(_)) | None => {}
    }
}

/// Draws what can be chosen, with what is typed above it.
fn choose(app: &App, choice: &Choice, buffer: &mut Buffer) {
    let pane = pane(app);
    let theme = &app.theme;
    clear(buffer, app, pane.outer, theme.row.into());
    let shown = choice.shown().len().to_string();
    frame(buffer, app, pane, true, app.words.get("edit.choose"), &shown);
    let area = pane.inner;
    let used = put(buffer, app, (area.x, area.y), area.width, "> ", theme.key.into());
    let field = Rect { x: area.x + used, width: area.width.saturating_sub(used), height: 1, ..area };
    status::field_render(app, buffer, field, &choice.list.input);
    let height = usize::from(area.height.saturating_sub(1));
    let top = choice.list.top(height);
    for (n, pick) in choice.shown().skip(top).take(height).enumerate() {
        let line = Rect { y: area.y + 1 + n as u16, height: 1, ..area };
        let selected = top + n == choice.list.at();
        let base: Style =
            if selected { Style::from(theme.row).patch(theme.row_selected.0) } else { theme.row.into() };
        clear(buffer, app, line, base);
        let (name, name_en) = pick.labels();
        let mark = if selected { app.words.get("sign.selected") } else { " " };
        let mut x = line.x + 2;
        put(buffer, app, (line.x, line.y), 1, mark, base.patch(theme.border_focused.0));
        x += put(buffer, app, (x, line.y), line.right().saturating_sub(x), name, base) + 2;
        if name_en != name {
            put(buffer, app, (x, line.y), line.right().saturating_sub(x), name_en, base.patch(theme.hint.0));
        }
    }
}

fn field(app: &App, editor: &Editor, slot: Slot, selected: bool, buffer: &mut Buffer, area: Rect) {
    let theme = &app.theme;
    let mut base: Style = theme.row.into();
    if selected {
        base = base.patch(theme.row_selected.0);
    }
    clear(buffer, app, area, base);
    let words = app.words;
    let (name, value) = told(app, editor, slot);
    let mark = if selected { words.get("sign.selected") } else { " " };
    put(buffer, app, (area.x, area.y), 1, mark, base.patch(theme.border_focused.0));
    let room = area.width.saturating_sub(2);
    put_words(buffer, app, (area.x + 1, area.y), LABEL.min(room), words.get(name), base.patch(theme.hint.0));
    let x = area.x + 1 + LABEL;
    let width = area.right().saturating_sub(x);
    if let (true, Some(Entry::Date(input))) = (selected, &editor.entry) {
        let (said, date) = verdict(app, input.text());
        let options = line_options(app);
        let taken = (columns(&said, options) + columns(&date, options)).min(width / 2);
        let field = Rect { x, width: width.saturating_sub(taken + 1), ..area };
        status::field_render(app, buffer, field, input);
        let hint = base.patch(theme.hint.0);
        let at = area.right().saturating_sub(taken);
        let used = put_words(buffer, app, (at, area.y), taken, &said, hint);
        put(buffer, app, (at + used, area.y), taken.saturating_sub(used), &date, hint);
    } else {
        put(buffer, app, (x, area.y), width, &value, base);
    }
}

/// What the date that is being typed means: words, and a value, which keeps its own direction.
fn verdict(app: &App, typed: &str) -> (String, String) {
    let published = app.source().and_then(|source| source.published);
    let words = app.words;
    match read_date(typed, published) {
        None => (words.get("edit.no-date-yet").to_owned(), String::new()),
        Some(read) if read.value.is_empty() => (words.get("fact.undated").to_owned(), String::new()),
        Some(read) => {
            let weekday =
                read.weekday.map(|weekday| format!("{} ", words.get(&format!("weekday.{weekday}"))));
            (weekday.unwrap_or_default(), read.value)
        }
    }
}

/// The name of a field in the table of words, and its value.
fn told(app: &App, editor: &Editor, slot: Slot) -> (&'static str, String) {
    let words = app.words;
    let text = app.source().map_or("", |source| source.view.text());
    let quoted = |span: Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let event = &editor.event;
    let named = |list: &[Participant], i: usize, with_role: bool| {
        let Some(one) = list.get(i) else { return String::new() };
        let Some(entity) = editor.entities.get(one.entity as usize) else { return String::new() };
        let kind = words.get(kind_name(entity.kind));
        let role = words.get(role_name(one.role));
        if with_role {
            format!("{} · {role} · {kind}", entity.name)
        } else {
            format!("{} · {kind}", entity.name)
        }
    };
    match slot {
        Slot::Type => ("edit.type", words.kind(event.kind).to_owned()),
        Slot::Date => {
            let date = event.date.as_ref();
            let value =
                date.map_or_else(|| words.get("fact.undated").to_owned(), |d| day(&d.value).into_owned());
            let from =
                date.and_then(|d| d.mention).map(|span| format!("  {}", quoted(span))).unwrap_or_default();
            ("edit.date", value + &from)
        }
        Slot::Status => ("edit.status", words.status(event.status).to_owned()),
        Slot::Trigger => ("edit.trigger", quoted(event.trigger)),
        Slot::Extent => ("edit.extent", quoted(event.extent)),
        Slot::Actor(i) => ("edit.actor", named(&event.actors, i, true)),
        Slot::AddActor => ("edit.add-actor", String::new()),
        Slot::Place(i) => ("edit.place", named(&event.places, i, false)),
        Slot::AddPlace => ("edit.add-place", String::new()),
    }
}

const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Source => "edit.source",
        Role::Target => "edit.target",
        Role::Participant => "edit.participant",
    }
}
