//! The status line: a message, the search being typed, or the facts of the selected event.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::{
    clear, columns, day, isolated, line_options, on_screen, own_words, put_all, put_mixed, put_words,
};
use crate::bidi;
use crate::model::Status;
use crate::store::Judgement;
use crate::tui::action::Command;
use crate::tui::app::{App, Layer, View};
use crate::tui::editor::kind_name;
use crate::tui::input::Input;
use crate::tui::keys::Context;

/// From so many verdicts on the pace is said without being asked for by a sample.
const STEADY: usize = 10;

/// Draws it.
pub fn render(app: &App, buffer: &mut Buffer, area: Rect) {
    if area.is_empty() {
        return;
    }
    let theme = &app.theme;
    let prompt = match &app.layer {
        Some(Layer::Search(input, _)) => Some((" / ".to_owned(), input)),
        Some(Layer::Note(input)) => Some((format!(" {} ", app.words.get("review.note")), input)),
        Some(Layer::Sample(input)) => Some((format!(" {} ", app.words.get("review.ask-sample")), input)),
        Some(Layer::Name(input, kind)) => {
            let kind = app.words.get(kind_name(*kind));
            Some((format!(" {} ", app.words.fill("lexicon.name", &[("kind", &kind)])), input))
        }
        Some(Layer::Write(input, _)) => Some((" w ".to_owned(), input)),
        _ => None,
    };
    if let Some((label, input)) = prompt.filter(|_| app.message.is_none()) {
        let used = put_words(buffer, app, (area.x, area.y), area.width, &label, theme.key.into());
        let field = Rect { x: area.x + used, width: area.width.saturating_sub(used), ..area };
        field_render(app, buffer, field, input);
        return;
    }
    if let Some(message) = &app.message {
        let style: Style = if message.error { theme.error } else { theme.message }.into();
        clear(buffer, app, area, style);
        put_mixed(buffer, app, (area.x + 1, area.y), area.width.saturating_sub(2), &message.text, style);
        return;
    }
    if asked(app, buffer, area) {
        return;
    }
    if let Some(hunt) = &app.hunt {
        let (n, of) = hunt.progress();
        let text =
            app.words.fill("said.looking", &[("words", &isolated(&hunt.words)), ("n", &n), ("of", &of)]);
        put_mixed(
            buffer,
            app,
            (area.x + 1, area.y),
            area.width.saturating_sub(2),
            &text,
            theme.message.into(),
        );
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
    if app.chart.focused {
        return super::chart::facts(app);
    }
    if app.view == View::Timeline {
        let kind = app.board.happening().map(|h| words.kind(h.kind).to_owned());
        return kind.into_iter().collect();
    }
    if app.view == View::Compare {
        return Vec::new();
    }
    let Some((_, event)) = app.event() else { return Vec::new() };
    let date = match &event.date {
        Some(date) => [day(&date.value).into_owned(), format!(" {}", words.get(super::basis(date)))],
        None => [String::new(), words.get("fact.undated").to_owned()],
    };
    let mut rest = Vec::new();
    if event.status != Status::Occurred {
        rest.push(words.status(event.status).to_owned());
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
    if app.work.is_some() {
        let open = |id: &str| app.said_of(id).is_none();
        let done = app.list.ids.iter().filter(|id| !open(id)).count();
        let pace = app.reviews.pace(1).map_or_else(|| "–".to_owned(), |seconds| format!("{seconds:.0}"));
        parts.push(
            app.words
                .fill("review.progress", &[("done", &done), ("of", &app.list.keys.len()), ("pace", &pace)]),
        );
    }
    if app.view == View::Compare {
        return parts;
    }
    if app.work.is_none()
        && let Some(pace) = app.reviews.pace(STEADY)
    {
        parts.push(app.words.fill("review.pace", &[("pace", &format!("{pace:.0}"))]));
    }
    let (shown, total) = (app.list.keys.len(), app.list.total);
    parts.push(app.words.fill("fact.shown", &[("shown", &shown), ("total", &total)]));
    parts
}

/// What is asked, or the keys of what is being done; whether there is something.
fn asked(app: &App, buffer: &mut Buffer, area: Rect) -> bool {
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    match &app.layer {
        Some(Layer::Bulk(bulk)) => {
            let name =
                if bulk.judgement == Judgement::Accept { "review.accept-all" } else { "review.reject-all" };
            let text = app.words.count(name, bulk.keys.len());
            let used =
                put_words(buffer, app, (inner.x, inner.y), inner.width, &text, app.theme.message.into());
            let area = Rect { x: inner.x + used + 2, width: inner.width.saturating_sub(used + 2), ..inner };
            let words = [(Command::Open, "hint.yes"), (Command::Back, "hint.no")];
            keys(app, buffer, area, Context::Confirm, &words);
        }
        Some(Layer::Edit(editor)) if editor.entry.is_none() => {
            let words = [
                (Command::Save, "hint.save"),
                (Command::Back, "hint.leave"),
                (Command::Open, "hint.change"),
                (Command::Toggle, "hint.turn"),
                (Command::Remove, "hint.remove"),
                (Command::WidenEnd, "hint.widen"),
                (Command::NarrowEnd, "hint.narrow"),
                (Command::TurnKind, "hint.kind"),
            ];
            keys(app, buffer, inner, Context::Edit, &words);
        }
        Some(Layer::Mark(_)) => {
            let words = [
                (Command::CursorLeft, "hint.next-word"),
                (Command::CursorRight, "hint.previous-word"),
                (Command::Toggle, "hint.hold"),
                (Command::Open, "hint.take"),
                (Command::Lexicon, "hint.lexicon"),
                (Command::Back, "hint.leave"),
            ];
            keys(app, buffer, inner, Context::Mark, &words);
        }
        _ => return false,
    }
    true
}

/// Keys that help now, as many as there is room for.
fn hints(app: &App, buffer: &mut Buffer, area: Rect) {
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
    let settling = [
        (Command::Help, "hint.help"),
        (Command::Open, "hint.settle"),
        (Command::Correct, "hint.change"),
        (Command::Reject, "hint.reject"),
        (Command::CursorRight, "hint.side"),
        (Command::Undo, "hint.undo"),
        (Command::ViewEvents, "hint.events"),
    ];
    let extractions =
        [(Command::Help, "hint.help"), (Command::OtherPane, "hint.part"), (Command::Quit, "hint.leave")];
    let words = match app.view {
        View::Events => &judging[..],
        View::Timeline => &comparing,
        View::Compare if app.comparison.of_people() => &settling,
        View::Compare => &extractions,
    };
    let words: Vec<_> = scrambled.into_iter().chain(words.iter().copied()).collect();
    keys(app, buffer, area, Context::Browse, &words);
}

/// Keys and what they do, as many as there is room for.
fn keys(app: &App, buffer: &mut Buffer, area: Rect, context: Context, words: &[(Command, &str)]) {
    let options = line_options(app);
    let mut pieces = Vec::new();
    let mut used = 0;
    for (command, word) in words {
        let Some(key) = app.keymap.keys(context, *command).first() else { continue };
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
