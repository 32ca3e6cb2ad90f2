//! The timeline: a row for each happening with how many documents tell it, and beside it what the
//! documents say, side by side.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::line::Line;
use super::{
    clear, columns, day, frame, isolated, line_options, mixed_words, on_screen, put, put_line, put_path,
    put_row, put_words, spoken,
};
use crate::bidi;
use crate::model::Role;
use crate::timeline::{Aspect, Happening, Telling};
use crate::tui::app::{App, Focus};
use crate::tui::board::MOST;
use crate::tui::layout::Pane;
use crate::tui::names::short;
use crate::tui::narrowed::top;

/// The fewest columns in which a telling is readable beside another.
const COLUMN: u16 = 28;

/// Draws the rows.
pub fn render(app: &App, buffer: &mut Buffer, pane: Pane) {
    if pane.outer.is_empty() {
        return;
    }
    let (words, board) = (app.words, &app.board);
    let (shown, all) = board.count();
    let title = if shown == 0 {
        words.get("timeline.title").to_owned()
    } else {
        format!("{} {}/{shown}", words.get("timeline.title"), board.selected + 1)
    };
    let right = if board.several { words.fill("timeline.several", &[("n", &all)]) } else { String::new() };
    frame(buffer, app, pane, app.focus == Focus::List, &title, &right);
    let area = pane.inner;
    let says = match board.progress() {
        _ if app.progress.is_some() => Some(words.get("list.reading").to_owned()),
        Some((read, of)) => Some(words.fill("timeline.reading", &[("read", &read), ("of", &of)])),
        None if shown == 0 => Some(words.get("timeline.none").to_owned()),
        None => None,
    };
    if let Some(says) = says {
        put_words(buffer, app, (area.x, area.y), area.width, &says, app.theme.hint.into());
        return;
    }
    let cut = usize::from(app.list.keys.len() > MOST);
    let height = usize::from(area.height).saturating_sub(cut);
    for n in 0..height {
        let place = top(board.selected, shown, height) + n;
        let Some(happening) = board.at(place) else { break };
        let line = Rect { y: area.y + n as u16, height: 1, ..area };
        row(app, buffer, line, happening, place == board.selected);
    }
    if cut > 0 && area.height > 0 {
        let says = words.fill("timeline.cut", &[("n", &MOST), ("of", &app.list.keys.len())]);
        put_words(buffer, app, (area.x, area.bottom() - 1), area.width, &says, app.theme.error.into());
    }
}

fn row(app: &App, buffer: &mut Buffer, area: Rect, happening: &Happening, selected: bool) {
    let theme = &app.theme;
    let mut line = Line::begin(app, buffer, area, selected, app.focus == Focus::List);
    line.piece(&happening.date.as_deref().map_or("–".into(), day), 11, theme.date_column.into());
    let sources = happening.sources();
    let times = if sources > 1 { format!("×{sources}") } else { String::new() };
    line.piece(&times, 4, theme.chosen.into());
    if area.width >= 38 {
        line.piece(app.words.kind(happening.kind), 10, theme.quadrant(happening.kind));
    }
    let room = line.room();
    line.piece(&who(app, happening, room), room, Style::new());
}

/// Who does it → to whom, persons by their short names where the whole has no room.
fn who(app: &App, happening: &Happening, room: u16) -> String {
    let line = |shorten: bool| {
        let names = |target: bool| {
            let mut out = String::new();
            for party in happening.actors.iter().filter(|p| (p.role == Role::Target) == target) {
                let name = if shorten && party.person { short(&party.name) } else { &party.name };
                let comma = if super::rtl(name) { "، " } else { ", " };
                let _ = write!(out, "{}{name}", if out.is_empty() { "" } else { comma });
            }
            out
        };
        let (doers, others) = (names(false), names(true));
        // The arrow points the way in which the names run.
        let arrow = if super::rtl(&doers) || super::rtl(&others) { "←" } else { "→" };
        match (doers.is_empty(), others.is_empty()) {
            (_, true) => doers,
            (true, false) => format!("{arrow} {others}"),
            (false, false) => format!("{doers} {arrow} {others}"),
        }
    };
    let whole = line(false);
    if columns(&whole, line_options(app)) <= room { whole } else { line(true) }
}

/// Draws what the documents say of the selected happening.
pub fn compare(app: &App, buffer: &mut Buffer, pane: Pane) {
    if pane.outer.is_empty() {
        return;
    }
    let words = app.words;
    let happening = app.board.happening().filter(|_| app.board.progress().is_none());
    let title = happening.map_or_else(String::new, |h| words.count("count.tellings", h.sources()));
    frame(buffer, app, pane, app.focus == Focus::Source, &title, "");
    let Some(happening) = happening else { return };
    let area = pane.inner;
    let mut y = area.y;
    let heading: Style = app.theme.title.into();
    // A line that is longer than the pane goes on under its own text, as long as the tellings keep the
    // lower half of it.
    let half = area.y + area.height / 2;
    let mut line = |buffer: &mut Buffer, name: &str, text: &str| {
        if y >= area.bottom() {
            return;
        }
        let name = format!("{}: ", words.get(name));
        let used = put_words(buffer, app, (area.x, y), area.width, &name, heading);
        let room = area.width.saturating_sub(used).max(1);
        let options = bidi::Options { align: bidi::Align::Left, ..mixed_words(app) };
        let mut rows = bidi::paragraph(text, room, &options).rows;
        if usize::from(y) + rows.len() > usize::from(half) {
            rows = vec![bidi::line(text, room, &options)];
        }
        for row in rows {
            put_line(buffer, app, (area.x + used, y), &row, app.theme.row.into());
            y += 1;
        }
    };
    line(
        buffer,
        if happening.sources() > 1 { "timeline.agree" } else { "timeline.told" },
        &agreed(app, happening),
    );
    if happening.sources() > 1 {
        let names: Vec<&str> = happening.differences.iter().map(|d| words.get(aspect(d.aspect))).collect();
        let names = if names.is_empty() {
            words.get("explain.none").to_owned()
        } else {
            names.join(words.get("sign.comma"))
        };
        line(buffer, "timeline.differ", &names);
        for joined in &happening.because {
            let share = format!("{:.0}", joined.likeness.words * 100.0);
            let actors: Vec<String> = joined.likeness.actors.iter().map(|name| isolated(name)).collect();
            let actors = actors.join(words.get("sign.comma"));
            let name = if joined.likeness.same_type { "timeline.because" } else { "timeline.because-other" };
            line(buffer, "timeline.why", &words.fill(name, &[("actors", &actors), ("share", &share)]));
        }
    }
    y += 1;
    let room = Rect { y, height: area.bottom().saturating_sub(y), ..area };
    let side_by_side = usize::from((area.width / COLUMN).max(1)).min(happening.sources());
    let first = app.board.telling.saturating_sub(side_by_side - 1);
    let width = area.width / side_by_side as u16;
    for (n, telling) in app.board.tellings(happening).enumerate().skip(first).take(side_by_side) {
        let x = room.x + width * (n - first) as u16;
        let column = Rect { x, width: width.saturating_sub(u16::from(side_by_side > 1)), ..room };
        self::telling(app, buffer, column, happening, telling, n == app.board.telling);
    }
}

/// The telling in a column of the comparison.
pub fn telling_at(app: &App, column: u16) -> Option<usize> {
    let happening = app.board.happening()?;
    let width = app.areas.source.inner.width;
    let side_by_side = usize::from((width / COLUMN).max(1)).min(happening.sources());
    let first = app.board.telling.saturating_sub(side_by_side - 1);
    let n = first + usize::from(column / (width / side_by_side as u16).max(1));
    (n < happening.sources()).then_some(n)
}

const fn aspect(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Type => "explain.type",
        Aspect::Status => "explain.status",
        Aspect::Actors => "explain.actors",
        Aspect::Places => "explain.places",
        Aspect::Wording => "timeline.wording",
    }
}

/// What all documents say alike.
fn agreed(app: &App, happening: &Happening) -> String {
    let differs = |aspect: Aspect| happening.differences.iter().any(|d| d.aspect == aspect);
    let mut parts = vec![match &happening.date {
        Some(date) => spoken(app.words, date),
        None => app.words.get("fact.undated").to_owned(),
    }];
    if !differs(Aspect::Type) {
        parts.push(app.words.kind(happening.kind).to_owned());
    }
    let all = |id: &str| app.board.tellings(happening).all(|t| t.actors.iter().any(|p| p.id == id));
    let names: Vec<String> =
        happening.actors.iter().filter(|p| all(&p.id)).map(|p| isolated(&p.name)).collect();
    if !names.is_empty() {
        parts.push(names.join(app.words.get("sign.comma")));
    }
    parts.join(" · ")
}

/// One telling: the document, what it says where they differ, its words.
fn telling(
    app: &App,
    buffer: &mut Buffer,
    area: Rect,
    happening: &Happening,
    told: &Telling,
    selected: bool,
) {
    let (theme, words) = (&app.theme, app.words);
    let focused = selected && app.focus == Focus::Source;
    let base: Style =
        if focused { Style::from(theme.row).patch(theme.row_selected.0) } else { Style::from(theme.row) };
    let mut y = area.y;
    if y >= area.bottom() {
        return;
    }
    clear(buffer, app, Rect { height: 1, ..area }, base);
    let mark = if selected { words.get("sign.selected") } else { " " };
    let used = put(buffer, app, (area.x, y), area.width, mark, base.patch(theme.border_focused.0));
    let room = area.width.saturating_sub(used);
    put_path(buffer, app, (area.x + used, y), room, &told.document, base.patch(theme.title.0));
    y += 1;
    for difference in &happening.differences {
        let value = match difference.aspect {
            Aspect::Type => words.kind(told.kind).to_owned(),
            Aspect::Status => words.status(told.status).to_owned(),
            Aspect::Actors => names(app, told, true),
            Aspect::Places => names(app, told, false),
            Aspect::Wording => isolated(&told.trigger),
        };
        let value = if value.is_empty() { words.get("explain.none") } else { &value };
        let text = format!("≠ {}: {value}", words.get(aspect(difference.aspect)));
        y = paragraph(
            app,
            buffer,
            Rect { y, height: area.bottom().saturating_sub(y), ..area },
            &text,
            "",
            true,
        );
    }
    let rest = Rect { y, height: area.bottom().saturating_sub(y), ..area };
    paragraph(app, buffer, rest, &told.words, &told.trigger, false);
}

fn names(app: &App, told: &Telling, actors: bool) -> String {
    let list = if actors { &told.actors } else { &told.places };
    let part = |role: Role| match role {
        Role::Source => "role.source",
        Role::Target => "role.target",
        Role::Participant => "role.participant",
    };
    let name = |p: &crate::timeline::Party| {
        let name = isolated(&p.name);
        if actors { format!("{name} ({})", app.words.get(part(p.role))) } else { name }
    };
    list.iter().map(name).collect::<Vec<_>>().join(app.words.get("sign.comma"))
}

/// Writes a text in as many rows as it needs and there are, `lit` lit up in it; the row after it.
pub(super) fn paragraph(app: &App, buffer: &mut Buffer, area: Rect, text: &str, lit: &str, own: bool) -> u16 {
    let options = if own { mixed_words(app) } else { app.options() };
    let lit = text.find(lit).filter(|_| !lit.is_empty()).map(|at| at as u32..(at + lit.len()) as u32);
    let (base, trigger): (Style, Style) = if own {
        (app.theme.hint.into(), Style::new())
    } else {
        (app.theme.text.into(), app.theme.trigger.into())
    };
    let place = on_screen(app, buffer, area);
    let mut y = area.y;
    // Line ends inside a sentence count as blanks.
    for row in bidi::paragraph(text, area.width.max(1), &options).rows {
        if y >= area.bottom() {
            break;
        }
        put_row(buffer, &row, (place.x, y), place.width, |cell| {
            let inside = lit.as_ref().is_some_and(|lit| cell.start < lit.end && lit.start < cell.end);
            if inside { base.patch(trigger) } else { base }
        });
        y += 1;
    }
    y
}
