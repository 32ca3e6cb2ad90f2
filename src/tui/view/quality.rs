//! How good the extraction is by the verdicts so far: shares as bars with their 95 % intervals.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{clear, frame, page, put, put_words};
use crate::review::{Bin, Field, ReviewReport, Row, Share};
use crate::tui::app::App;

/// Columns of a bar.
const BAR: usize = 20;
/// How many rows of a long table are shown.
const ROWS: usize = 12;

/// A line of the page.
enum Line {
    Heading(String),
    Words(String),
    /// What a verdict was given on, in its own direction.
    Told(String),
    /// Figures in the program's own order, then a name in its own direction.
    Share(Share, String),
    /// The same of a bin of confidence.
    Bin(Bin),
}

fn lines(app: &App, report: &ReviewReport) -> Vec<Line> {
    let words = app.words;
    let mut out = Vec::new();
    let table = |out: &mut Vec<Line>, title: &str, rows: Vec<(String, Share)>| {
        if !rows.is_empty() {
            out.push(Line::Heading(words.get(title).to_owned()));
            out.extend(rows.into_iter().map(|(name, share)| Line::Share(share, name)));
        }
    };
    let rows = |rows: &[Row]| rows.iter().take(ROWS).map(|r| (r.name.clone(), r.right)).collect::<Vec<_>>();
    let all = [("quality.right", report.right), ("quality.found", report.found)];
    table(
        &mut out,
        "quality.precision",
        all.into_iter().filter_map(|(name, share)| Some((words.get(name).to_owned(), share?))).collect(),
    );
    let recall = report.recall.iter().map(|r| (words.count("count.documents", r.documents.len()), r.recall));
    table(&mut out, "quality.recall", recall.collect());
    let fields = report
        .fields
        .iter()
        .map(|(f, s)| (words.get(&format!("edit.{}", singular(f.name()))).to_owned(), *s));
    table(&mut out, "quality.fields", fields.collect());
    let typed = rows(&report.types).into_iter().map(|(name, share)| (kind(app, &name), share));
    table(&mut out, "quality.types", typed.collect());
    if !report.reliability.is_empty() {
        out.push(Line::Heading(words.get("quality.confidence").to_owned()));
    }
    out.extend(report.reliability.iter().map(|bin| Line::Bin(bin.clone())));
    if !report.failing.is_empty() {
        out.push(Line::Heading(words.get("quality.rules").to_owned()));
    }
    for failing in &report.failing {
        out.push(Line::Share(Share::new(failing.of - failing.failed, failing.of), failing.rule.clone()));
        // Of the document its name, so that its words have room.
        let short = |example: &String| {
            let (document, words) = example.split_once(": ").unwrap_or(("", example));
            Line::Told(format!("   {}: {words}", document.rsplit('/').next().unwrap_or_default()))
        };
        out.extend(failing.examples.iter().map(short));
    }
    table(&mut out, "quality.by-rule", rows(&report.rules));
    table(&mut out, "quality.actors", rows(&report.actors));
    table(&mut out, "quality.documents", rows(&report.documents));
    let days = report.progress.iter().map(|d| (format!("{} · {}", d.day, d.verdicts), d.right));
    table(&mut out, "quality.days", days.collect());
    for pair in &report.agreement {
        let [a, b] = &pair.reviewers;
        out.push(Line::Heading(words.fill("quality.agreement", &[("a", a), ("b", b)])));
        let value = |v: Option<f64>| v.map_or_else(|| "–".to_owned(), |v| format!("{v:.3}"));
        out.push(Line::Words(words.fill(
            "quality.alike",
            &[
                ("same", &pair.same),
                ("n", &pair.events),
                ("kappa", &value(pair.kappa)),
                ("alpha", &value(pair.alpha)),
            ],
        )));
        let of_field = |(field, kappa): (&Field, &Option<f64>)| {
            format!("{} {}", words.get(&format!("edit.{}", singular(field.name()))), value(*kappa))
        };
        let fields: Vec<String> = pair.fields.iter().map(of_field).collect();
        let fields = fields.join(words.get("sign.comma"));
        out.push(Line::Words(words.fill("quality.by-field", &[("fields", &fields)])));
    }
    if report.to_settle > 0 {
        out.push(Line::Words(words.count("quality.differ", report.to_settle)));
    }
    for (title, list) in
        [("quality.unattached", &report.unattached), ("quality.elsewhere", &report.elsewhere)]
    {
        if !list.is_empty() {
            out.push(Line::Heading(words.count(title, list.len())));
            out.extend(list.iter().cloned().map(Line::Told));
        }
    }
    if out.is_empty() {
        out.push(Line::Words(words.get("quality.nothing").to_owned()));
    }
    out
}

fn kind(app: &App, name: &str) -> String {
    crate::model::EventType::parse(name)
        .map_or_else(|| name.to_owned(), |kind| app.words.kind(kind).to_owned())
}

fn singular(field: &str) -> &str {
    field.strip_suffix('s').filter(|_| field != "status").unwrap_or(field)
}

/// How many rows the page has.
pub fn rows(app: &App, report: &ReviewReport) -> usize {
    lines(app, report).len()
}

/// Draws it, from the row `top` on.
pub fn render(app: &App, report: &ReviewReport, top: usize, buffer: &mut Buffer) {
    let pane = page(&app.areas);
    let theme = &app.theme;
    clear(buffer, app, pane.outer, theme.row.into());
    let judged = app.words.fill("title.reviewed", &[("n", &report.judged)]);
    frame(buffer, app, pane, true, app.words.get("quality.title"), &judged);
    let area = pane.inner;
    for (line, y) in lines(app, report).iter().skip(top).zip(area.y..area.bottom()) {
        match line {
            Line::Heading(text) => {
                put_words(buffer, app, (area.x, y), area.width, text, theme.title.into());
            }
            Line::Words(text) => {
                put_words(buffer, app, (area.x + 2, y), area.width.saturating_sub(2), text, theme.row.into());
            }
            Line::Told(text) => {
                put(buffer, app, (area.x + 2, y), area.width.saturating_sub(2), text, theme.row.into());
            }
            Line::Share(share, name) => self::share(app, buffer, (area, y), (*share, None), name),
            Line::Bin(bin) => {
                let name = format!("{:.1}–{:.1}", bin.from, bin.from + 0.1);
                self::share(app, buffer, (area, y), (bin.right, Some(bin.confidence)), &name);
            }
        }
    }
}

/// Draws a share in its row: figures, a bar with a mark where it was to end, a name.
fn share(
    app: &App,
    buffer: &mut Buffer,
    (area, y): (Rect, u16),
    (share, mark): (Share, Option<f64>),
    name: &str,
) {
    let theme = &app.theme;
    let figures = format!(
        "{} {:>4}/{:<4} ",
        share.value.map_or_else(|| "   – ".to_owned(), |value| format!("{value:.3}")),
        share.right,
        share.of
    );
    let mut x = area.x + 2;
    x += put(buffer, app, (x, y), area.right().saturating_sub(x), &figures, theme.count.into());
    if area.width >= 60 {
        let bar: Style = theme.accepted.into();
        x += put(buffer, app, (x, y), area.right().saturating_sub(x), &bar_of(share, mark), bar) + 1;
    }
    put(buffer, app, (x, y), area.right().saturating_sub(x), name, theme.row.into());
}

/// A bar as long as the share, with its interval (`████▓▓▓▓░░░░··`), and a mark where it was to end.
fn bar_of(share: Share, mark: Option<f64>) -> String {
    let Some((value, [low, high])) = share.value.zip(share.interval) else { return " ".repeat(BAR) };
    let column = |value: f64| (value * BAR as f64).round() as usize;
    let (value, low, high) = (column(value), column(low), column(high));
    let mark = mark.map(|mark| column(mark).min(BAR - 1));
    (0..BAR)
        .map(|i| match i {
            i if Some(i) == mark => '┃',
            i if i < low => '█',
            i if i < value => '▓',
            i if i < high => '░',
            _ => '·',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_shares() {
        assert_eq!(bar_of(Share::new(0, 0), None), " ".repeat(BAR));
        let bar = bar_of(Share::new(10, 20), None);
        assert_eq!(bar.chars().filter(|c| "█▓".contains(*c)).count(), BAR / 2);
        assert!(bar.contains('░') && bar.ends_with('·'));
        assert_eq!(bar.chars().count(), BAR);
        assert!(!bar_of(Share::new(500, 500), None).contains('·'));
        let marked = bar_of(Share::new(10, 20), Some(0.8));
        assert_eq!(marked.chars().position(|c| c == '┃'), Some(16), "confidence above what turned out");
    }
}
