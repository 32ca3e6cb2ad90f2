//! CSV: one flat row a record. Several values in one cell are joined by `; `; ids and Arabic names
//! of actors stand in the same order.

use std::borrow::Cow;
use std::io::{self, Write};

use ::csv::{Writer, WriterBuilder};
use serde::Serialize;

use super::{EntityRecord, EventRecord, Layer, Output, Records};
use crate::model::Role;

const EVENTS: [&str; 24] = [
    "id",
    "document",
    "trigger_start",
    "trigger_end",
    "trigger",
    "extent_start",
    "extent_end",
    "extent",
    "type",
    "status",
    "date",
    "date_basis",
    "date_start",
    "date_end",
    "date_text",
    "sources",
    "source_names",
    "targets",
    "target_names",
    "participants",
    "participant_names",
    "places",
    "confidence",
    "evidence",
];
const DATES: [&str; 10] =
    ["document", "start", "end", "text", "type", "value", "basis", "calendar", "mod", "rule"];
const ACTORS: [&str; 10] =
    ["document", "start", "end", "text", "id", "name", "name_en", "kind", "country", "basis"];

pub(super) fn head(layer: Layer, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = writer(out);
    match layer {
        Layer::Events => csv.write_record(EVENTS)?,
        Layer::Dates => csv.write_record(DATES)?,
        Layer::Actors => csv.write_record(ACTORS)?,
    }
    csv.flush()
}

/// Rows of events, without their header. For a spreadsheet no cell may begin as a formula does.
pub(super) fn events<'r>(
    records: impl Iterator<Item = EventRecord<'r>>,
    spreadsheet: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut csv = writer(out);
    for record in records {
        event(&mut csv, &record, spreadsheet)?;
    }
    csv.flush()
}

pub(super) fn write(output: Output, records: &Records<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = writer(out);
    match output.layer {
        Layer::Events => records.events(output.all).try_for_each(|record| event(&mut csv, &record, false))?,
        Layer::Dates => {
            for r in records.dates() {
                let (start, end) = (r.start.to_string(), r.end.to_string());
                let (kind, basis, calendar) = (name(r.kind), name(r.basis), name(r.calendar));
                let modifier = r.modifier.unwrap_or_default();
                row(
                    &mut csv,
                    [r.document, &start, &end, r.text, &kind, r.value, &basis, &calendar, modifier, r.rule],
                )?;
            }
        }
        Layer::Actors => {
            for r in records.actors() {
                let (start, end) = (r.start.to_string(), r.end.to_string());
                let (kind, basis, country) = (name(r.kind), name(r.basis), r.country.unwrap_or_default());
                row(
                    &mut csv,
                    [r.document, &start, &end, r.text, r.id, r.name, r.name_en, &kind, country, &basis],
                )?;
            }
        }
    }
    csv.flush()
}

fn event<W: Write>(csv: &mut Writer<W>, r: &EventRecord<'_>, spreadsheet: bool) -> io::Result<()> {
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let date = r.date.as_ref();
    let ids = |list: &[&EntityRecord<'_>]| list.iter().map(|e| e.id).collect::<Vec<_>>().join("; ");
    let names = |list: &[&EntityRecord<'_>]| list.iter().map(|e| e.name).collect::<Vec<_>>().join("; ");
    let with = |role: Role| r.actors.iter().filter(|a| a.role == Some(role)).collect::<Vec<_>>();
    let (sources, targets, others) = (with(Role::Source), with(Role::Target), with(Role::Participant));
    let places: Vec<_> = r.places.iter().collect();
    let cells: [Cow<'_, str>; EVENTS.len()] = [
        r.id.into(),
        r.document.into(),
        r.trigger.start.to_string().into(),
        r.trigger.end.to_string().into(),
        r.trigger.text.into(),
        r.extent.start.to_string().into(),
        r.extent.end.to_string().into(),
        r.extent.text.into(),
        r.kind.name().into(),
        name(r.status).into(),
        date.map_or("", |d| d.value).into(),
        date.map(|d| name(d.basis)).unwrap_or_default().into(),
        number(date.and_then(|d| d.start)).into(),
        number(date.and_then(|d| d.end)).into(),
        date.and_then(|d| d.text).unwrap_or_default().into(),
        ids(&sources).into(),
        names(&sources).into(),
        ids(&targets).into(),
        names(&targets).into(),
        ids(&others).into(),
        names(&others).into(),
        ids(&places).into(),
        r.confidence.to_string().into(),
        r.evidence.join("; ").into(),
    ];
    if !spreadsheet {
        return row(csv, cells.iter().map(AsRef::as_ref));
    }
    // An apostrophe tells a spreadsheet that words follow.
    let harmless = |cell: &Cow<'_, str>| {
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        if formula { format!("'{cell}") } else { cell.to_string() }
    };
    let cells: Vec<String> = cells.iter().map(harmless).collect();
    row(csv, cells.iter().map(String::as_str))
}

/// The name under which serde writes a unit variant.
fn name(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn writer(out: &mut dyn Write) -> Writer<&mut dyn Write> {
    WriterBuilder::new().flexible(false).from_writer(out)
}

/// CSV has no escapes, so that a control character other than tab and line end becomes U+FFFD, which
/// keeps the length and tells a terminal nothing.
fn row<'c, W: Write>(csv: &mut Writer<W>, cells: impl IntoIterator<Item = &'c str>) -> io::Result<()> {
    let bad = |c: char| c.is_control() && c != '\n' && c != '\t';
    for cell in cells {
        if cell.contains(bad) {
            csv.write_field(cell.replace(bad, "\u{FFFD}"))?;
        } else {
            csv.write_field(cell)?;
        }
    }
    csv.write_record(None::<&[u8]>)?;
    Ok(())
}
