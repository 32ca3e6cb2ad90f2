//! The figures as tables.

use std::io::{self, Write};

use super::Printed;
use crate::corpus::one_line;
use crate::model::DateKind;
use crate::review::measure::{
    Comparison, Confusion, Fault, FaultKind, Figure, MarkedLayer, PerType, Reliability, Report, Score,
};

/// Cells for the name of a row.
const LABEL: usize = 26;

pub(super) fn write(printed: &Printed, out: &mut dyn Write) -> io::Result<()> {
    let Printed { report, gold_without_document, comparison } = printed;
    faults(&report.faults, out)?;
    let documents = report.per_document.len();
    writeln!(out, "{documents} documents measured, {} left out", gold_without_document.len())?;
    figures(report, out)?;
    types(report, out)?;
    confusion(&report.confusion, out)?;
    reliability(&report.reliability, out)?;
    comparison.iter().try_for_each(|comparison| compared(comparison, out))
}

fn figures(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let (label, f1) = ("", "95 % of F1");
    writeln!(
        out,
        "\n{label:LABEL$}{:>7}{:>7}{:>7}{:>8}{:>8}{:>8}  {f1}",
        "right", "found", "gold", "P", "R", "F1"
    )?;
    for (figure, score) in &report.figures {
        let Score { counts, precision, recall, f1, interval } = score;
        write!(out, "{:LABEL$}{:>7}{:>7}{:>7}", name(*figure), counts.right, counts.found, counts.gold)?;
        write!(out, "{precision:>8.3}{recall:>8.3}{f1:>8.3}")?;
        match interval {
            Some(interval) => writeln!(out, "  {:.3} to {:.3}", interval.f1[0], interval.f1[1])?,
            None => writeln!(out)?,
        }
    }
    Ok(())
}

/// What a figure is called.
const fn name(figure: Figure) -> &'static str {
    match figure {
        Figure::DatesStrict => "dates, exact span",
        Figure::DatesRelaxed => "dates, any overlap",
        Figure::DatesValue => "dates, right value",
        Figure::Events => "events",
        Figure::EventsTyped => "events, right type",
        Figure::EventsStrict => "events, exact trigger",
        Figure::EventsUsable => "usable events",
        Figure::UsableStrict => "usable events, strict",
        Figure::Actors => "actors",
        Figure::ActorsStrict => "actors, by whole names",
        Figure::DateOfFound => "date, of events found",
        Figure::TypeOfFound => "type, of events found",
    }
}

fn types(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let head = |what: &str, strict: &str, full: &str, out: &mut dyn Write| {
        writeln!(
            out,
            "\n{what:12}{:>7}{:>7}{:>8}{:>8}{:>8}{strict:>10}{full:>10}",
            "found", "gold", "P", "R", "F1"
        )
    };
    head("events", "F1 strict", "F1 usable", out)?;
    report.event_types.iter().try_for_each(|(kind, scores)| by_type(kind.name(), scores, out))?;
    if !report.date_types.is_empty() {
        head("dates", "F1 strict", "F1 value", out)?;
    }
    report.date_types.iter().try_for_each(|(kind, scores)| by_type(date_kind(*kind), scores, out))
}

fn by_type(kind: &str, scores: &PerType, out: &mut dyn Write) -> io::Result<()> {
    let PerType { lenient, strict, full } = scores;
    let Score { counts, precision, recall, f1, .. } = lenient;
    write!(out, "{kind:12}{:>7}{:>7}{precision:>8.3}{recall:>8.3}{f1:>8.3}", counts.found, counts.gold)?;
    writeln!(out, "{:>10.3}{:>10.3}", strict.f1, full.f1)
}

const fn date_kind(kind: DateKind) -> &'static str {
    match kind {
        DateKind::Date => "DATE",
        DateKind::Time => "TIME",
        DateKind::Duration => "DURATION",
        DateKind::Set => "SET",
    }
}

/// Rows and columns in which nothing stands are left out.
fn confusion(confusion: &Confusion, out: &mut dyn Write) -> io::Result<()> {
    let Confusion { labels, rows } = confusion;
    let used = |i: usize| rows[i].iter().any(|&n| n > 0) || rows.iter().any(|row| row[i] > 0);
    let used: Vec<usize> = (0..labels.len()).filter(|&i| used(i)).collect();
    write!(out, "\n{:12}", "gold \\ found")?;
    used.iter().try_for_each(|&i| write!(out, "{:>5}", labels[i].get(..4).unwrap_or(labels[i])))?;
    writeln!(out)?;
    for &row in &used {
        write!(out, "{:12}", labels[row])?;
        for &column in &used {
            match rows[row][column] {
                0 => write!(out, "{:>5}", "·")?,
                n => write!(out, "{n:>5}")?,
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

fn reliability(reliability: &Reliability, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{:12}{:>7}{:>7}{:>12}{:>12}", "confidence", "right", "found", "mean", "precision")?;
    for bin in &reliability.bins {
        let bounds = format!("{:.1} to {:.1}", bin.from, bin.to);
        write!(out, "{bounds:12}{:>7}{:>7}", bin.right, bin.found)?;
        writeln!(out, "{:>12.3}{:>12.3}", bin.confidence, bin.precision)?;
    }
    writeln!(out, "mean gap {:.3}", reliability.mean_gap)
}

fn compared(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let Comparison { documents, only_before, only_now, figures } = comparison;
    writeln!(
        out,
        "\nagainst the earlier run, on {documents} documents of both ({} only before, {} only now)",
        only_before.len(),
        only_now.len()
    )?;
    writeln!(out, "{:LABEL$}{:>10}{:>10}{:>12}  95 %", "", "F1 before", "F1 now", "difference")?;
    for (figure, change) in figures {
        write!(out, "{:LABEL$}{:>10.3}{:>10.3}", name(*figure), change.before.f1, change.now.f1)?;
        write!(out, "{:>+12.3}", change.difference)?;
        match change.interval {
            Some([low, high]) => writeln!(out, "  {low:+.3} to {high:+.3}")?,
            None => writeln!(out)?,
        }
    }
    Ok(())
}

fn faults(faults: &[Fault], out: &mut dyn Write) -> io::Result<()> {
    for fault in faults {
        let Fault { document, span, text, gold, found, .. } = fault;
        let layer = match fault.layer {
            MarkedLayer::Date => "date",
            MarkedLayer::Event => "event",
        };
        let (document, text) = (one_line(document), one_line(text));
        let (gold, found) = (one_line(gold), one_line(found));
        write!(out, "{document}:{} {layer} ", span.start)?;
        match fault.fault {
            FaultKind::Missed => writeln!(out, "missed «{text}» {gold}")?,
            FaultKind::False => writeln!(out, "false «{text}» {found}")?,
            FaultKind::Span => writeln!(out, "span «{gold}», found «{found}»")?,
            FaultKind::Value => writeln!(out, "value «{text}» {gold}, found {found}")?,
            FaultKind::Date => writeln!(out, "date «{text}» {gold}, found {found}")?,
            FaultKind::Type => writeln!(out, "type «{text}» {gold}, found {found}")?,
            FaultKind::Actors => writeln!(out, "actors «{text}» {gold}; found {found}")?,
        }
    }
    if faults.is_empty() { Ok(()) } else { writeln!(out) }
}
