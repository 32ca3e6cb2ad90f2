//! iCalendar (RFC 5545): an entry of whole days for each event with a known date.

use std::io::{self, Write};

use chrono::{NaiveTime, TimeZone as _, Utc};
use icalendar::{Calendar, Class, Component as _, Event as Entry, EventLike as _, EventStatus};

use super::Written;
use super::chronicle::{clean, names, places};
use super::ordered::Ordered;
use crate::model::{Event, Role, Status};
use crate::query::Period;
use crate::store::Selected;

/// Writes a calendar.
pub(super) fn write(
    selection: &mut dyn Iterator<Item = io::Result<Selected>>,
    out: &mut dyn Write,
) -> io::Result<Written> {
    let mut written = Written::default();
    let mut entries = Ordered::new();
    for selected in selection {
        let selected = selected?;
        for (event, place) in selected.events() {
            match entry(&selected, event) {
                Some(entry) => entries.push(place, &entry.to_string(), ())?,
                None => written.left_out += 1,
            }
        }
    }
    written.events = entries.len();
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", concat!("-//waqai//waqai ", env!("CARGO_PKG_VERSION"), "//AR")));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    // The entries stand before the end.
    let calendar = calendar.to_string();
    let (head, end) = calendar.split_at(calendar.find("END:VCALENDAR").unwrap_or(calendar.len()));
    out.write_all(head.as_bytes())?;
    entries.each(|(), entry| out.write_all(entry))?;
    out.write_all(end.as_bytes())?;
    Ok(written)
}

/// The entry of an event; none where its date has no place on the calendar.
fn entry(selected: &Selected, event: &Event) -> Option<Entry> {
    let period = Period::of(&event.date.as_ref()?.value)?;
    let list = |names: Vec<&str>| clean(&names.join("، "));
    let mut doing = names(selected, event, Role::Source);
    doing.extend(names(selected, event, Role::Participant));
    let target = list(names(selected, event, Role::Target));
    let arrow = if target.is_empty() { "" } else { " ← " };
    let who = format!("{}{arrow}{target}", list(doing));
    let told = clean(event.extent.of(&selected.document.text));
    let mut entry = Entry::new();
    entry
        .uid(&format!("{}@waqai", event.id))
        // When it was published: that a calendar is written twice changes nothing in it.
        .timestamp(
            Utc.from_utc_datetime(
                &selected
                    .annotations
                    .published(&selected.document)
                    .map_or(period.last, |published| published.date)
                    .and_time(NaiveTime::MIN),
            ),
        )
        .starts(period.first)
        .ends(period.last.succ_opt()?)
        .summary(format!("{} {who}", event.kind.name()).trim_end())
        .description(&format!("{told}\n{}", clean(&selected.document.id)))
        .class(Class::Public)
        .status(if event.status == Status::Planned { EventStatus::Tentative } else { EventStatus::Confirmed })
        .add_property("CATEGORIES", event.kind.name())
        .add_property("TRANSP", "TRANSPARENT");
    let places = list(places(selected, event));
    if !places.is_empty() {
        entry.location(&places);
    }
    Some(entry.done())
}
