//! The chart over the list: a bar for each year, month or day, its colours the four quadrants, its
//! height and width by the room there is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

use super::{cell_at, columns, line_options, put};
use crate::model::Quad;
use crate::tui::app::App;
use crate::tui::chart::Bar;

/// Parts of a cell, from an eighth to all of it.
const EIGHTHS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/// What fills a cell of each quadrant where there are no colours.
const TEXTURES: [&str; 4] = ["░", "▒", "▓", "█"];

/// Which bars are shown in so many columns, and how many columns each takes.
pub fn window(app: &App, width: u16) -> (usize, usize, u16) {
    let count = app.chart.bars.len();
    let slot = (usize::from(width) / count.max(1)).clamp(2, 8) as u16;
    let fits = usize::from(width / slot).max(1);
    let first = app.chart.selected.saturating_sub(fits / 2).min(count.saturating_sub(fits));
    (first, fits.min(count), slot)
}

/// The bar in a column of the chart.
pub fn bar_at(app: &App, column: u16) -> Option<usize> {
    let (first, shown, slot) = window(app, app.areas.chart.width.saturating_sub(2));
    let n = usize::from(column.checked_sub(1)? / slot);
    (n < shown).then_some(first + n)
}

/// Draws it: bars, and under them what they are.
pub fn render(app: &App, buffer: &mut Buffer, area: Rect) {
    if area.height < 2 || area.width < 4 {
        return;
    }
    let theme = &app.theme;
    let (first, shown, slot) = window(app, area.width - 2);
    let bars = app.chart.bars.iter().enumerate().skip(first).take(shown);
    let most = app.chart.bars.iter().map(Bar::total).max().unwrap_or(0).max(1);
    let height = area.height - 1;
    let here = app.list.row().and_then(|row| row.date.as_deref());
    for (n, (place, bar)) in bars.enumerate() {
        let x = area.x + 1 + slot * n as u16;
        draw(app, buffer, Rect::new(x, area.y, slot - 1, height), bar, most);
        let label = label(app, bar);
        let wanted = columns(label, line_options(app));
        // Labels that have no room are left out; the selected one and those of its kind stand.
        let every = (wanted + 1).div_ceil(slot) as usize;
        let selected = app.chart.focused && place == app.chart.selected;
        if selected || (n % every == 0 && !beside_selected(app, place, every)) {
            let told = !bar.label.is_empty() && here.is_some_and(|date| date.starts_with(&bar.label));
            let style: Style = match (selected, told) {
                (true, _) => Style::from(theme.row).patch(theme.row_selected.0).patch(theme.key.0),
                (false, true) => theme.filter.into(),
                (false, false) => theme.hint.into(),
            };
            put(buffer, app, (x, area.y + height), area.right().saturating_sub(x), label, style);
        }
    }
}

/// Whether the label of a bar would run into that of the selected one.
fn beside_selected(app: &App, place: usize, every: usize) -> bool {
    app.chart.focused && place != app.chart.selected && place.abs_diff(app.chart.selected) < every
}

fn label<'a>(app: &App, bar: &'a Bar) -> &'a str {
    match bar.label.rsplit_once('-') {
        Some((_, last)) => last,
        None if bar.label.is_empty() => app.words.get("chart.undated"),
        None => &bar.label,
    }
}

/// One bar, its quadrants on top of one another, the friendliest at the bottom.
fn draw(app: &App, buffer: &mut Buffer, area: Rect, bar: &Bar, most: u32) {
    let full = u64::from(area.height) * 8;
    let share = |count: u32| (u64::from(count) * full).div_ceil(u64::from(most));
    let total = share(bar.total());
    let mut tops = [0; 4];
    let mut counted = 0;
    for (top, count) in tops.iter_mut().zip(bar.counts) {
        counted += count;
        *top = share(counted);
    }
    // The quadrant that fills most of some eighths.
    let filling = |from: u64, to: u64| {
        let part = |at: usize| {
            let below = if at == 0 { 0 } else { tops[at - 1] };
            tops[at].min(to).saturating_sub(below.max(from))
        };
        (0..4).max_by_key(|&at| (part(at), std::cmp::Reverse(at))).unwrap_or_default()
    };
    for row in 0..u64::from(area.height) {
        let (from, to) = (row * 8, (row * 8 + 8).min(total));
        if to <= from {
            break;
        }
        let quad = if area.height == 1 { at_of(bar.most()) } else { filling(from, to) };
        // A strong theme sets types off by their ground: that is the colour.
        let style = app.theme.quad(Quad::ALL[quad]);
        let colour = style.bg.or(style.fg);
        let plain = matches!(colour, None | Some(Color::Reset));
        let style = Style { fg: colour, ..Style::new() };
        let symbol = match to - from {
            8 if plain => TEXTURES[quad],
            eighths => EIGHTHS[eighths as usize - 1],
        };
        for x in area.x..area.right() {
            if let Some(cell) = cell_at(app, buffer, (x, area.bottom() - 1 - row as u16)) {
                cell.set_symbol(symbol).set_style(style);
            }
        }
    }
}

fn at_of(quad: Quad) -> usize {
    Quad::ALL.iter().position(|q| *q == quad).unwrap_or_default()
}

/// What the selected bar counts, in words: by these the quadrants differ without colour too.
pub fn facts(app: &App) -> Vec<String> {
    let Some(bar) = app.chart.bar() else { return Vec::new() };
    let words = app.words;
    let date = if bar.label.is_empty() { words.get("fact.undated").to_owned() } else { bar.label.clone() };
    let mut rest = vec![words.count("count.events", bar.total() as usize)];
    for (quad, count) in Quad::ALL.into_iter().zip(bar.counts) {
        if count > 0 {
            let name = words.get(match quad {
                Quad::VerbalCooperation => "quad.verbal-cooperation",
                Quad::MaterialCooperation => "quad.material-cooperation",
                Quad::VerbalConflict => "quad.verbal-conflict",
                Quad::MaterialConflict => "quad.material-conflict",
            });
            rest.push(format!("{name} {count}"));
        }
    }
    vec![date, format!(" · {}", rest.join(" · "))]
}
