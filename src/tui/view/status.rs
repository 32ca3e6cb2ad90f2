//! The status line: a message, the search being typed, or the facts of the selected event.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::{clear, columns, day, line_options, on_screen, own_words, put, put_all, put_words};
use crate::bidi;
use crate::model::{DateBasis, Status};
use crate::tui::action::Command;
use crate::tui::app::{App, Layer, View};
use crate::tui::input::Input;
use crate::tui::keys::Context;

/// Draws it.
pub fn render(app: &App, buffer: &mut Buffer, area: Rect) {
    if area.is_empty() {
        return;
    }
    let theme = &app.theme;
    let prompt = match &app.layer {
        Some(Layer::Search(input)) => Some((" / ", input)),
        Some(Layer::Write(input, _)) if app.message.is_none() => Some((" w ", input)),
        _ => None,
    };
    if let Some((sign, input)) = prompt {
        let used = put(buffer, app, (area.x, area.y), area.width, sign, theme.key.into());
        let field = Rect { x: area.x + used, width: area.width.saturating_sub(used), ..area };
        field_render(app, buffer, field, input);
        return;
    }
    if let Some(message) = &app.message {
        let style: Style = if message.error { theme.error } else { theme.message }.into();
        clear(buffer, app, area, style);
        put_words(buffer, app, (area.x + 1, area.y), area.width.saturating_sub(2), &message.text, style);
        return;
    }
    let style: Style = theme.status.into();
    let facts = facts(app);
    let options = own_words(app);
    let room = area.width.saturating_sub(2);
    // Of the figures as many as leave the facts a third of the line, the last one before all.
    let mut figures = figures(app);
    while figures.len() > 1 && columns(&figures.join(" · "), options) > room * 2 / 3 {
        figures.remove(0);
    }
    let right = figures.join(" · ");
    let right_width = columns(&right, options);
    let mut x = area.x + 1;
    let shown = room.saturating_sub((right_width + 1).min(room.saturating_sub(6)));
    let pieces: Vec<_> = facts.iter().map(|text| (text.as_str(), style)).collect();
    x += put_all(buffer, app, (x, area.y), shown, &pieces);
    let free = area.right().saturating_sub(x + 1);
    let at = area.right().saturating_sub(1 + right_width.min(free));
    put_words(buffer, app, (at, area.y), right_width.min(free), &right, theme.hint.into());
    hints(app, buffer, Rect { x: x + 2, width: at.saturating_sub(x + 4), ..area });
}

/// Draws a field that is typed into, cursor as a reversed cell.
pub(super) fn field_render(app: &App, buffer: &mut Buffer, area: Rect, input: &Input) {
    if area.is_empty() {
        return;
    }
    let area = on_screen(app, buffer, area);
    let align = if app.mirrored() { bidi::Align::Right } else { bidi::Align::Left };
    let options = bidi::Options { align, ..line_options(app) };
    let laid = bidi::input(input.text(), input.cursor() as u32, area.width, &options);
    super::put_row(buffer, &laid.row, (area.x, area.y), area.width, |_| app.theme.status.into());
    if let Some(cell) = buffer.cell_mut((area.x + laid.cursor, area.y)) {
        cell.set_style(Style::new().add_modifier(Modifier::REVERSED));
    }
}

/// Type, date with its basis, status and confidence of the selected event, in pieces: a date keeps
/// its own direction.
fn facts(app: &App) -> Vec<String> {
    let words = app.words;
    if app.view == View::Timeline {
        let kind = app.board.happening().map(|h| words.kind(h.kind).to_owned());
        return kind.into_iter().collect();
    }
    let Some((_, event)) = app.event() else { return Vec::new() };
    let date = match &event.date {
        Some(date) => {
            let basis = match date.basis {
                DateBasis::Explicit => "fact.explicit",
                DateBasis::Deictic => "fact.deictic",
                DateBasis::Anaphoric => "fact.anaphoric",
                DateBasis::Inferred if date.mention.is_none() => "fact.published",
                DateBasis::Inferred => "fact.completed",
            };
            [day(&date.value).into_owned(), format!(" {}", words.get(basis))]
        }
        None => [String::new(), words.get("fact.undated").to_owned()],
    };
    let mut rest = Vec::new();
    match event.status {
        Status::Occurred => {}
        Status::Planned => rest.push(words.get("status.planned").to_owned()),
        Status::Denied => rest.push(words.get("status.denied").to_owned()),
        Status::Hypothetical => rest.push(words.get("status.hypothetical").to_owned()),
    }
    rest.push(words.fill("fact.confidence", &[("value", &format!("{:.2}", event.confidence))]));
    let [date, basis] = date;
    vec![words.kind(event.kind).to_owned(), " · ".into(), date, basis, format!(" · {}", rest.join(" · "))]
}

/// How much is shown, how right it was so far, what was skipped.
fn figures(app: &App) -> Vec<String> {
    let mut parts = Vec::new();
    if !app.skipped.is_empty() {
        parts.push(app.words.fill("fact.skipped", &[("n", &app.skipped.len())]));
    }
    let so_far = app.reviews.precision();
    if let Some(share) = so_far.value() {
        let share = format!("{share:.2}");
        let figures: [(&str, &dyn std::fmt::Display); 3] =
            [("share", &share), ("right", &so_far.accepted), ("judged", &so_far.judged())];
        parts.push(app.words.fill("fact.precision", &figures));
    }
    let (shown, total) = (app.list.keys.len(), app.list.total);
    parts.push(app.words.fill("fact.shown", &[("shown", &shown), ("total", &total)]));
    parts
}

/// Keys that help now, as many as there is room for.
fn hints(app: &App, buffer: &mut Buffer, area: Rect) {
    let options = line_options(app);
    // Where the terminal may scramble Arabic, what can be done about it comes first.
    let scrambled = app.hint.map(|_| (Command::ToggleBidi, "hint.scrambled"));
    let judging = [
        (Command::Help, "hint.help"),
        (Command::Accept, "hint.accept"),
        (Command::Reject, "hint.reject"),
        (Command::FacetActor, "hint.actor"),
        (Command::FacetYear, "hint.year"),
        (Command::Search, "hint.search"),
        (Command::Explain, "hint.explain"),
        (Command::ViewTimeline, "hint.timeline"),
        (Command::Palette, "hint.commands"),
    ];
    let comparing = [
        (Command::Help, "hint.help"),
        (Command::SeveralSources, "hint.several"),
        (Command::FacetActor, "hint.actor"),
        (Command::FacetYear, "hint.year"),
        (Command::ViewEvents, "hint.events"),
    ];
    let words = if app.view == View::Timeline { &comparing[..] } else { &judging };
    let mut pieces = Vec::new();
    let mut used = 0;
    for (command, word) in scrambled.into_iter().chain(words.iter().copied()) {
        let Some(key) = app.keymap.keys(Context::Browse, command).first() else { continue };
        let (key, word) = (format!("{key} "), format!("{}  ", app.words.get(word)));
        used += columns(&key, options) + columns(&word, options);
        if used > area.width {
            break;
        }
        pieces.push((key, app.theme.key.0));
        pieces.push((word, app.theme.hint.0));
    }
    let pieces: Vec<_> = pieces.iter().map(|(text, style)| (text.as_str(), *style)).collect();
    put_all(buffer, app, (area.x, area.y), area.width, &pieces);
}
