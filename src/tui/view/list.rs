//! The list of events.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::line::Line;
use super::{columns, day, frame, line_options, put};
use crate::extract::evidence::type_rule;
use crate::store::{EventRow, Judgement, Sort};
use crate::tui::app::{App, Focus};
use crate::tui::layout::Pane;
use crate::tui::names::short;

/// Columns of a date of full precision.
const DATE: u16 = 10;
/// Columns of the longest type.
const TYPE: u16 = 9;

/// Draws it.
pub fn render(app: &App, buffer: &mut Buffer, pane: Pane) {
    if pane.outer.is_empty() {
        return;
    }
    let focused = app.focus == Focus::List;
    let list = &app.list;
    let title = if list.keys.is_empty() {
        app.words.get("list.events").to_owned()
    } else {
        format!("{} {}/{}", app.words.get("list.events"), list.selected + 1, list.keys.len())
    };
    // In the order of the rules it is said which one gave the selected event.
    let rule =
        app.event().filter(|_| app.sort == Sort::Rule).and_then(|(_, event)| type_rule(&event.evidence));
    frame(buffer, app, pane, focused, &title, rule.unwrap_or_default());
    let area = pane.inner;
    if list.keys.is_empty() {
        let words = match (&app.progress, app.query.is_empty()) {
            (Some(_), _) => "list.reading",
            (None, true) => "list.none",
            (None, false) => "list.none-pass",
        };
        put(buffer, app, (area.x, area.y), area.width, app.words.get(words), app.theme.hint.into());
        return;
    }
    for (n, row) in list.rows.iter().take(usize::from(area.height)).enumerate() {
        let line = Rect { y: area.y + n as u16, height: 1, ..area };
        event(app, buffer, line, row, list.keys.get(list.selected) == Some(&row.key), focused);
    }
}

fn event(app: &App, buffer: &mut Buffer, area: Rect, row: &EventRow, selected: bool, focused: bool) {
    let theme = &app.theme;
    let mut line = Line::begin(app, buffer, area, selected, focused);
    // In a narrow list a date goes without its century, then the type goes.
    let date = row.date.as_deref().map_or("–".into(), day);
    if area.width >= 30 {
        line.piece(&date, DATE + 1, theme.date_column.into());
    } else {
        let short = date.strip_prefix("20").or_else(|| date.strip_prefix("19")).filter(|d| d.len() >= 5);
        line.piece(short.unwrap_or(&date), DATE - 1, theme.date_column.into());
    }
    let (mark, style) = match app.reviews.on(&row.event_id) {
        Some(Judgement::Accept) => ("✓", theme.accepted),
        Some(Judgement::Reject) => ("✗", theme.rejected),
        Some(Judgement::Correct) => ("✎", theme.accepted),
        Some(_) => ("·", theme.skipped),
        None => (" ", theme.row),
    };
    line.piece(mark, 1, style.into());
    line.piece(if app.bookmarks.contains(&row.event_id) { "*" } else { " " }, 1, theme.chosen.into());
    if area.width >= 30 {
        let width = if area.width >= 38 { TYPE + 1 } else { 5 };
        let name = app.words.kind(row.kind);
        let cut = name.char_indices().nth(4).map_or(name.len(), |(at, _)| at);
        let shown = if width <= TYPE { &name[..cut] } else { name };
        line.piece(shown, width, theme.quadrant(row.kind));
    }
    let room = line.room();
    names(app, line.buffer, (line.x, area.y), room, row, line.base);
}

/// Who does it → to whom; with nobody on one side, those who take part. Persons by their short names
/// where the whole has no room.
fn names(app: &App, buffer: &mut Buffer, (x, y): (u16, u16), room: u16, row: &EventRow, base: Style) {
    let options = line_options(app);
    let doing = || row.source_names.iter().chain(&row.participant_names);
    let arrow = match (doing().next().is_some(), row.target_names.is_empty()) {
        (_, true) => String::new(),
        (false, false) => format!("{} ", app.words.get("sign.to")),
        (true, false) => format!(" {} ", app.words.get("sign.to")),
    };
    let room_for_names = room.saturating_sub(columns(&arrow, options));
    let whole = |name: &String| name.clone();
    let shortened = |name: &String| {
        if row.persons.contains(name) { short(name).to_owned() } else { name.clone() }
    };
    let (mut source, mut target) = (joined(doing().map(whole)), joined(row.target_names.iter().map(whole)));
    let wanted = |source: &str, target: &str| columns(source, options) + columns(target, options);
    if wanted(&source, &target) > room_for_names {
        source = joined(doing().map(shortened));
        target = joined(row.target_names.iter().map(shortened));
    }
    let (of_source, of_target) = (columns(&source, options), columns(&target, options));
    // Each gets what it needs; where that is too much, half, and what the other leaves.
    let for_source = if of_source + of_target <= room_for_names {
        of_source
    } else {
        of_source.min((room_for_names / 2).max(room_for_names.saturating_sub(of_target)))
    };
    let mut at = x + put(buffer, app, (x, y), for_source, &source, base);
    let end = x + room;
    at += put(buffer, app, (at, y), end.saturating_sub(at), &arrow, base.patch(app.theme.hint.0));
    put(buffer, app, (at, y), end.saturating_sub(at), &target, base);
}

/// Names as one text that goes in the direction of the first.
fn joined(names: impl Iterator<Item = String>) -> String {
    names.fold(String::new(), |mut all, name| {
        if !all.is_empty() {
            all.push_str(if super::rtl(&all) { "، " } else { ", " });
        }
        all.push_str(&name);
        all
    })
}
