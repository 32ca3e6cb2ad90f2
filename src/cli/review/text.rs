//! The figures of a review as tables: for a terminal, or in Markdown.

use std::fmt::Write as _;

use crate::corpus::one_line;
use crate::review::{ReviewReport, Row, Share};

/// How tables look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Markdown,
}

/// How many rows of a long table are printed.
const ROWS: usize = 15;

pub(super) fn write(report: &ReviewReport, style: Style) -> String {
    let mut out = Out { text: String::new(), style };
    out.title("Review");
    out.line(&format!(
        "{} events judged: {} accepted, {} corrected, {} rejected; {} skipped",
        report.judged,
        report.right.map_or(0, |r| r.right),
        report.corrected,
        report.rejected,
        report.skipped
    ));
    let named = [("right as they are", report.right), ("events (right or corrected)", report.found)];
    out.shares("Precision", named.into_iter().filter_map(|(name, share)| Some((name.to_owned(), share?))));
    out.shares(
        "By field, of accepted and corrected",
        report.fields.iter().map(|(f, s)| (f.name().to_owned(), *s)),
    );
    for (title, rows) in [
        ("By type", &report.types),
        ("By actor", &report.actors),
        ("By document", &report.documents),
        ("By rule", &report.rules),
    ] {
        out.rows(title, rows);
    }
    let bins = report.reliability.iter().map(|bin| {
        (format!("{:.1} to {:.1} (mean {:.2})", bin.from, bin.from + 0.1, bin.confidence), bin.right)
    });
    out.shares("By confidence", bins);
    match &report.recall {
        Some(recall) => {
            out.shares("Recall, in documents fully read", [("found".to_owned(), recall.recall)]);
            out.line(&format!("{} missed in {}", recall.missed, recall.documents.join(", ")));
        }
        None => out.line("Recall is not known: no document was marked as fully read."),
    }
    if !report.failing.is_empty() {
        out.heading("Rules that fail most");
        for failing in &report.failing {
            out.item(&format!("{} of {}: {}", failing.failed, failing.of, failing.rule));
            failing.examples.iter().for_each(|example| out.below(example));
        }
    }
    agreement(report, &mut out);
    if !report.progress.is_empty() {
        let days = report.progress.iter().map(|d| (format!("{}, {} verdicts", d.day, d.verdicts), d.right));
        out.shares("Day by day", days);
    }
    for reviewer in &report.reviewers {
        let pace = reviewer.seconds.map(|s| format!(", {s:.1} s each")).unwrap_or_default();
        out.item(&format!("{}: {} verdicts{pace}", reviewer.name, reviewer.verdicts));
    }
    if !report.unattached.is_empty() {
        out.heading("Verdicts whose event is no longer found");
        report.unattached.iter().for_each(|line| out.item(line));
    }
    out.text
}

fn agreement(report: &ReviewReport, out: &mut Out) {
    let value = |v: Option<f64>| v.map_or("-".to_owned(), |v| format!("{v:.3}"));
    for pair in &report.agreement {
        let [a, b] = &pair.reviewers;
        out.heading(&format!("Agreement of {a} and {b}"));
        out.line(&format!(
            "{} events judged by both, {} alike; kappa {}, alpha {}",
            pair.events,
            pair.same,
            value(pair.kappa),
            value(pair.alpha)
        ));
        let fields: Vec<String> =
            pair.fields.iter().map(|(field, kappa)| format!("{} {}", field.name(), value(*kappa))).collect();
        out.line(&format!("kappa by field: {}", fields.join(", ")));
    }
    if report.to_settle > 0 {
        out.line(&format!(
            "{} of these differences are open; `4` in the browser settles them",
            report.to_settle
        ));
    }
    if report.agreement.len() > 1 {
        out.line(&format!("Krippendorff's alpha over all: {}", value(report.alpha)));
    }
}

struct Out {
    text: String,
    style: Style,
}

// Writing into a string cannot fail.
impl Out {
    fn title(&mut self, text: &str) {
        if self.style == Style::Markdown {
            let _ = writeln!(self.text, "# {text}\n");
        }
    }

    fn heading(&mut self, text: &str) {
        let mark = if self.style == Style::Markdown { "## " } else { "" };
        let _ = write!(self.text, "\n{mark}{}\n", self.clean(text));
        if self.style == Style::Markdown {
            self.text.push('\n');
        }
    }

    fn line(&mut self, text: &str) {
        let text = self.clean(text);
        let gap = if self.style == Style::Markdown { "\n" } else { "" };
        let _ = writeln!(self.text, "{text}{gap}");
    }

    fn item(&mut self, text: &str) {
        let mark = if self.style == Style::Markdown { "- " } else { "  " };
        let _ = writeln!(self.text, "{mark}{}", self.clean(text));
    }

    fn below(&mut self, text: &str) {
        let mark = if self.style == Style::Markdown { "  - " } else { "      " };
        let _ = writeln!(self.text, "{mark}{}", self.clean(text));
    }

    /// On one line, and nothing in it that Markdown would take for its own.
    fn clean(&self, text: &str) -> String {
        let line = one_line(text);
        if self.style == Style::Plain {
            return line;
        }
        line.chars().fold(String::new(), |mut out, c| {
            if "\\`*_{}[]<>|#!".contains(c) {
                out.push('\\');
            }
            out.push(c);
            out
        })
    }

    fn rows(&mut self, title: &str, rows: &[Row]) {
        self.shares(title, rows.iter().take(ROWS).map(|row| (row.name.clone(), row.right)));
        if rows.len() > ROWS {
            self.line(&format!("and {} more", rows.len() - ROWS));
        }
    }

    fn shares(&mut self, title: &str, rows: impl IntoIterator<Item = (String, Share)>) {
        let mut rows = rows.into_iter().peekable();
        if rows.peek().is_none() {
            return;
        }
        self.heading(title);
        if self.style == Style::Markdown {
            self.text.push_str("| | right | of | share | 95 % |\n|---|---:|---:|---:|---|\n");
        }
        for (name, share) in rows {
            let Share { right, of, value, interval } = share;
            let value = value.unwrap_or_default();
            let [low, high] = interval.unwrap_or_default();
            let name = self.clean(&name);
            let _ = if self.style == Style::Markdown {
                writeln!(self.text, "| {name} | {right} | {of} | {value:.3} | {low:.3} to {high:.3} |")
            } else {
                // Names of other scripts are as wide as they are: the figures stand first.
                writeln!(self.text, "  {right:>5} of {of:<5} {value:.3}  {low:.3} to {high:.3}  {name}")
            };
        }
    }
}
