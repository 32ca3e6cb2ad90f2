//! From state to cells: one file per part of the screen, each `render(&App, &mut Buffer, Rect)`.

pub mod chart;
pub mod compare;
pub mod editor;
pub mod explain;
pub mod facet;
pub mod help;
mod line;
pub mod list;
pub mod minimap;
pub mod picker;
pub mod quality;
pub mod query;
pub mod skipped;
pub mod source;
pub mod status;
pub mod timeline;
pub mod title;

use std::borrow::Cow;

use chrono::{Datelike as _, NaiveDate};
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::app::{App, Layer, View};
use super::layout::{Areas, Pane};
use super::text_view::Place;
use super::theme::Theme;
use super::words::Words;
use crate::bidi::{self, Align, Base, Controls, Direction, Options, Row, isolated, path_name};
use crate::model::{DateBasis, EventDate};

/// Draws everything.
pub fn render(app: &App, buffer: &mut Buffer) {
    let areas = &app.areas;
    title::render(app, buffer, areas.title);
    chart::render(app, buffer, areas.chart);
    match app.view {
        View::Events => {
            list::render(app, buffer, areas.list);
            source::render(app, buffer, areas.source);
        }
        View::Timeline => {
            timeline::render(app, buffer, areas.list);
            timeline::compare(app, buffer, areas.source);
        }
        View::Compare => {
            compare::render(app, buffer, areas.list);
            compare::sides(app, buffer, areas.source);
        }
    }
    status::render(app, buffer, areas.status);
    match &app.layer {
        Some(Layer::Facet(panel)) => facet::render(app, panel, buffer),
        Some(Layer::Picker(picker)) => picker::render(app, picker, buffer),
        Some(Layer::Help(top)) => help::render(app, *top, buffer),
        Some(Layer::Explain(top)) => explain::render(app, *top, buffer),
        Some(Layer::Skipped(top)) => skipped::render(app, *top, buffer),
        Some(Layer::Query(line)) => query::render(app, line, buffer),
        Some(Layer::Edit(editor)) => editor::render(app, editor, buffer),
        Some(Layer::Quality(report, top)) => quality::render(app, report, *top, buffer),
        Some(
            Layer::Search(..)
            | Layer::Write(..)
            | Layer::Note(_)
            | Layer::Sample(_)
            | Layer::Name(..)
            | Layer::Mark(_)
            | Layer::Bulk(_),
        )
        | None => {}
    }
}

/// What decides which glyphs stand where, apart from single cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    areas: Areas,
    view: View,
    /// What is selected in the timeline or the comparison, and which column of it.
    told: (usize, usize),
    /// Which layer, what is typed in it, how far it is moved.
    layer: Option<(u8, String, usize)>,
    list: usize,
    source: Option<(i64, Place)>,
}

/// The scene that is on screen now.
pub fn scene(app: &App) -> Scene {
    Scene {
        areas: app.areas,
        view: app.view,
        told: match app.view {
            View::Compare => (app.comparison.selected(), app.comparison.column()),
            _ => (app.board.selected, app.board.telling),
        },
        layer: app.layer.as_ref().map(|layer| match layer {
            Layer::Facet(panel) => (0, panel.list.input.text().to_owned(), panel.list.at()),
            Layer::Search(input, _) => (1, input.text().to_owned(), 0),
            Layer::Help(top) => (2, String::new(), *top),
            Layer::Skipped(top) => (3, String::new(), *top),
            Layer::Note(input) | Layer::Sample(input) | Layer::Name(input, _) => {
                (4, input.text().to_owned(), 0)
            }
            Layer::Edit(editor) => (5, format!("{:?}", editor.entry), editor.at),
            Layer::Mark(marker) => (6, String::new(), marker.span().start as usize),
            Layer::Bulk(bulk) => (7, String::new(), bulk.keys.len()),
            Layer::Quality(_, top) => (8, String::new(), *top),
            Layer::Query(line) => (9, line.input.text().to_owned(), line.candidates().1.unwrap_or_default()),
            Layer::Explain(top) => (10, String::new(), *top),
            Layer::Picker(picker) => (11, picker.list.input.text().to_owned(), picker.list.at()),
            Layer::Write(input, _) => (12, input.text().to_owned(), 0),
        }),
        list: app.list.top,
        source: app.source().map(|s| (s.key, s.view.top())),
    }
}

/// Has every cell written, changed or not. Arabic glyphs reach beyond their cells, and terminals
/// that paint cell by cell leave those parts behind in neighbours that did not change.
pub fn repaint(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let wide = matches!(cell.diff_option, CellDiffOption::ForcedWidth(columns) if columns.get() > 1);
        if !wide {
            cell.set_diff_option(CellDiffOption::AlwaysUpdate);
        }
    }
}

/// Whether a text goes from right to left.
pub fn rtl(text: &str) -> bool {
    let options = Options { fallback: Direction::Ltr, ..Options::default() };
    bidi::direction(text, &options) == Direction::Rtl
}

/// The place of a page that is only read.
pub fn page(areas: &Areas) -> Pane {
    areas.panel(84, areas.window.height)
}

/// How lines outside the source pane are laid out: tight, in their own direction.
fn line_options(app: &App) -> Options {
    let fallback = if app.mirrored() { Direction::Rtl } else { Direction::Ltr };
    Options { align: Align::Left, fallback, ..app.options() }
}

/// The direction of the program's own words, whatever names are in them.
fn own_words(app: &App) -> Options {
    let base = if app.mirrored() { Base::Rtl } else { Base::Ltr };
    Options { base, ..line_options(app) }
}

/// Where an area of the layout stands on screen. Views think from left to right; the Arabic screen
/// runs the other way, so that everything that is drawn passes through here.
fn on_screen(app: &App, buffer: &Buffer, area: Rect) -> Rect {
    if app.mirrored() { Rect { x: buffer.area.right().saturating_sub(area.right()), ..area } } else { area }
}

/// The cell of the layout's `position` on screen.
fn cell_at<'a>(app: &App, buffer: &'a mut Buffer, (x, y): (u16, u16)) -> Option<&'a mut Cell> {
    let at = on_screen(app, buffer, Rect::new(x, y, 1, 1));
    buffer.cell_mut((at.x, at.y))
}

/// Writes a row's cells at a place on screen, `x` being where its indent begins, as far as `width`
/// columns reach.
pub(super) fn put_row(
    buffer: &mut Buffer,
    row: &Row,
    (x, y): (u16, u16),
    width: u16,
    style: impl Fn(&std::ops::Range<u32>) -> Style,
) {
    let end = x.saturating_add(width);
    let mut column = x + row.indent;
    for cell in &row.cells {
        let next = column + u16::from(cell.width);
        if next > end {
            break;
        }
        let style = style(&cell.bytes);
        let symbol = cell.symbol.as_str();
        let blank = symbol.bytes().all(|b| b == b' ');
        for at in column..next {
            let Some(target) = buffer.cell_mut((at, y)) else { continue };
            target.set_style(style);
            if at == column && !blank {
                target.set_symbol(symbol);
                if let Some(columns) = std::num::NonZeroU16::new(u16::from(cell.width)) {
                    target.set_diff_option(CellDiffOption::ForcedWidth(columns));
                }
            } else {
                target.set_symbol(" ");
            }
        }
        column = next;
    }
}

/// The columns that a cell written by [`put_row`] covers.
pub(super) fn cell_width(cell: &Cell) -> usize {
    match cell.diff_option {
        CellDiffOption::ForcedWidth(columns) => usize::from(columns.get()),
        _ => 1,
    }
}

/// Writes one line of text, cut with `…` where it is longer than `width`; the columns it took.
fn put(buffer: &mut Buffer, app: &App, at: (u16, u16), width: u16, text: &str, style: Style) -> u16 {
    put_line(buffer, app, at, &bidi::line(text, width, &line_options(app)), style)
}

/// Writes one line of the program's own words, in the direction of the interface whatever names are
/// in it.
fn put_words(buffer: &mut Buffer, app: &App, at: (u16, u16), width: u16, text: &str, style: Style) -> u16 {
    put_line(buffer, app, at, &bidi::line(text, width, &own_words(app)), style)
}

/// Writes the name of a file.
fn put_path(buffer: &mut Buffer, app: &App, at: (u16, u16), width: u16, text: &str, style: Style) -> u16 {
    let options = Options { base: Base::Ltr, controls: Controls::Hide, ..line_options(app) };
    let (mut name, mut rest) = (path_name(text), text);
    // Of a long one the end tells it from others.
    while columns(&name, options) > width
        && let Some((_, behind)) = rest.split_once('/')
    {
        rest = behind;
        name = path_name(&format!("…/{rest}"));
    }
    put_line(buffer, app, at, &bidi::line(&name, width, &options), style)
}

fn put_line(buffer: &mut Buffer, app: &App, (x, y): (u16, u16), row: &Row, style: Style) -> u16 {
    let area = on_screen(app, buffer, Rect::new(x, y, row.width, 1));
    put_row(buffer, row, (area.x, y), row.width, |_| style);
    row.width
}

/// Writes pieces of the program's own words one after the other, in the direction of the interface,
/// whatever their own; the columns they took.
fn put_all(buffer: &mut Buffer, app: &App, (x, y): (u16, u16), width: u16, pieces: &[(&str, Style)]) -> u16 {
    let mut used = 0;
    for (text, style) in pieces {
        if used >= width {
            break;
        }
        used += put_words(buffer, app, (x + used, y), width - used, text, *style);
    }
    used
}

/// The columns that a text would take.
fn columns(text: &str, options: Options) -> u16 {
    bidi::line(text, u16::MAX, &options).width
}

/// A date value as it is said in the language of the interface: `2022-03-21` would fall apart among
/// words from right to left.
fn spoken(words: Words, value: &str) -> String {
    let mut parts = value.split('-');
    let year = parts.next().filter(|y| y.len() == 4);
    let month = parts.next().and_then(|m| m.parse::<u32>().ok()).filter(|m| (1..=12).contains(m));
    match (year, month, value.len()) {
        (_, _, 10) => value.parse().map_or_else(|_| value.to_owned(), |date| long_day(words, date)),
        (Some(year), Some(month), 7) => {
            words.fill("source.month", &[("month", &words.month(month)), ("year", &year)])
        }
        _ => day(value).into_owned(),
    }
}

/// How the program's own words with [`isolated`] ones among them are laid out: at the side where the
/// interface begins.
fn mixed_words(app: &App) -> Options {
    let align = if app.mirrored() { Align::Right } else { Align::Left };
    Options { align, controls: Controls::Hide, ..own_words(app) }
}

/// Writes one line of the program's own words with [`isolated`] ones among them.
fn put_mixed(buffer: &mut Buffer, app: &App, at: (u16, u16), width: u16, text: &str, style: Style) -> u16 {
    let options = Options { controls: Controls::Hide, ..own_words(app) };
    put_line(buffer, app, at, &bidi::line(text, width, &options), style)
}

/// Empties a place and gives it a style.
fn clear(buffer: &mut Buffer, app: &App, area: Rect, style: Style) {
    for position in on_screen(app, buffer, area).positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.reset();
            cell.set_style(style);
        }
    }
}

/// Draws the frame of a pane, or its head line, with the program's own words on it at both ends.
fn frame(buffer: &mut Buffer, app: &App, pane: Pane, focused: bool, left: &str, right: &str) {
    frame_around(buffer, app, pane, focused, (left, put_words), right);
}

/// How the value of a date was reached, as a name in the table of words.
const fn basis(date: &EventDate) -> &'static str {
    match date.basis {
        DateBasis::Explicit => "fact.explicit",
        DateBasis::Deictic => "fact.deictic",
        DateBasis::Anaphoric => "fact.anaphoric",
        DateBasis::Inferred if date.mention.is_none() => "fact.published",
        DateBasis::Inferred => "fact.completed",
    }
}

/// How a title is written: [`put_words`] or [`put_path`].
type Put = fn(&mut Buffer, &App, (u16, u16), u16, &str, Style) -> u16;

/// Draws the frame of a pane, or its head line, with a title and words on it.
fn frame_around(
    buffer: &mut Buffer,
    app: &App,
    pane: Pane,
    focused: bool,
    (left, put_title): (&str, Put),
    right: &str,
) {
    let Rect { x, y, width, height } = pane.outer;
    if !pane.headed() || width == 0 {
        return;
    }
    let theme: &Theme = &app.theme;
    let line: Style = if focused { theme.border_focused } else { theme.border }.into();
    let mut draw = |x: u16, y: u16, symbol: &str| {
        if let Some(cell) = cell_at(app, buffer, (x, y)) {
            cell.set_symbol(symbol).set_style(line);
        }
    };
    // The corners where lines begin, and where they end.
    let (begin, end) =
        if app.mirrored() { (["┐", "┘"], ["┌", "└"]) } else { (["┌", "└"], ["┐", "┘"]) };
    for column in x..x + width {
        draw(column, y, "─");
        if pane.framed() {
            draw(column, y + height - 1, "─");
        }
    }
    if pane.framed() {
        for row in y + 1..y + height - 1 {
            draw(x, row, "│");
            draw(x + width - 1, row, "│");
        }
        draw(x, y, begin[0]);
        draw(x, y + height - 1, begin[1]);
        draw(x + width - 1, y, end[0]);
        draw(x + width - 1, y + height - 1, end[1]);
    }
    let inside = width.saturating_sub(2);
    let title: Style = if focused { theme.border_focused } else { theme.title }.into();
    let taken = if left.is_empty() || inside < 3 {
        0
    } else {
        let used = put_title(buffer, app, (x + 2, y), inside - 2, left, title);
        for at in [x + 1, x + 2 + used] {
            if let Some(cell) = cell_at(app, buffer, (at, y)) {
                cell.set_symbol(" ");
            }
        }
        used + 2
    };
    let wanted = columns(right, own_words(app));
    if wanted > 0 && taken + wanted + 3 <= inside {
        let at = x + width - 2 - wanted;
        put_words(buffer, app, (at - 1, y), wanted, right, theme.hint.into());
        for at in [at - 2, at - 1 + wanted] {
            if let Some(cell) = cell_at(app, buffer, (at, y)) {
                cell.set_symbol(" ");
            }
        }
    }
}

/// A date value as it reads: a decade (`199`) and a century (`19`) as the years they are.
fn day(value: &str) -> Cow<'_, str> {
    match value.len() {
        2 | 3 if value.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{value}{}s", if value.len() == 3 { "0" } else { "00" }).into()
        }
        _ => value.into(),
    }
}

/// A day as it reads in the language of the interface.
fn long_day(words: Words, date: NaiveDate) -> String {
    let (day, month, year) = (date.day(), words.month(date.month()), date.year());
    words.fill("source.date", &[("day", &day), ("month", &month), ("year", &year)])
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn decades_and_centuries_read_as_years() {
        for (value, read) in
            [("199", "1990s"), ("19", "1900s"), ("1999", "1999"), ("1978-FA", "1978-FA"), ("", "")]
        {
            assert_eq!(day(value), read);
        }
    }
}
