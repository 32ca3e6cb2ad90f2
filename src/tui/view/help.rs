//! The help page, made from the live keymap.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::{clear, columns, frame, line_options, page, put, put_words};
use crate::tui::action::Command;
use crate::tui::app::App;
use crate::tui::keys::{Context, Key};

/// Columns of the keys.
const KEYS: u16 = 15;

/// The lines of the page: a heading, or keys and what they do.
fn lines(app: &App) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (context, heading) in [
        (Context::Browse, "page.browse"),
        (Context::Panel, "page.panel"),
        (Context::Prompt, "page.prompt"),
        (Context::Page, "page.page"),
        (Context::Edit, "page.edit"),
        (Context::Mark, "page.mark"),
        (Context::Confirm, "page.confirm"),
    ] {
        if !out.is_empty() {
            out.push((String::new(), String::new()));
        }
        out.push((app.words.get(heading).to_owned(), String::new()));
        let mut bound: Vec<(Command, &[Key])> = app.keymap.describe(context).collect();
        bound.sort_by_key(|(command, _)| *command);
        for (command, keys) in bound {
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            out.push((keys.join(" "), app.words.help(&command.name()).to_owned()));
        }
    }
    out.push((String::new(), String::new()));
    out.push((app.words.get("page.arabic").to_owned(), String::new()));
    out.push(("ض ت ن ؟ …".to_owned(), app.words.get("page.by-place").to_owned()));
    out
}

/// How many rows the page has; where it is narrow the words stand under their keys.
pub fn rows(app: &App, width: u16) -> usize {
    let lines = lines(app);
    if narrow(width) {
        lines.iter().map(|(_, words)| 1 + usize::from(!words.is_empty())).sum()
    } else {
        lines.len()
    }
}

const fn narrow(width: u16) -> bool {
    width < KEYS * 3
}

/// Draws it.
pub fn render(app: &App, top: usize, buffer: &mut Buffer) {
    let pane = page(&app.areas);
    let theme = &app.theme;
    clear(buffer, app, pane.outer, theme.row.into());
    frame(buffer, app, pane, true, app.words.get("page.keys"), concat!("waqai ", env!("CARGO_PKG_VERSION")));
    let area = pane.inner;
    let options = line_options(app);
    let mut rows: Vec<(u16, String, Style)> = Vec::new();
    let mut pairs: Vec<(usize, u16, String, Style)> = Vec::new();
    for (keys, words) in lines(app) {
        let heading = words.is_empty();
        let style: Style = if heading { theme.title } else { theme.key }.into();
        let taken = columns(&keys, options);
        rows.push((0, keys, style));
        if heading {
            continue;
        }
        if narrow(area.width) {
            rows.push((2, words, theme.row.into()));
        } else {
            pairs.push((rows.len() - 1, KEYS.max(taken + 2), words, theme.row.into()));
        }
    }
    let visible = |row: usize| row.checked_sub(top).filter(|r| *r < usize::from(area.height));
    for (n, (indent, text, style)) in rows.iter().enumerate() {
        if let Some(row) = visible(n) {
            let at = (area.x + indent, area.y + row as u16);
            put(buffer, app, at, area.width.saturating_sub(*indent), text, *style);
        }
    }
    for (n, indent, text, style) in pairs {
        if let Some(row) = visible(n) {
            let at = (area.x + indent, area.y + row as u16);
            put_words(buffer, app, at, area.width.saturating_sub(indent), &text, style);
        }
    }
}
