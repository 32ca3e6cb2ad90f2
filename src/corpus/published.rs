//! Publication dates outside the text: in metadata and in file names.

use std::path::Path;

use chrono::NaiveDate;

/// The day that `text` begins with, as ISO 8601 writes it: `2018-05-09`, alone or followed by a time
/// (`2018-05-09T12:00:00Z`, `2018-05-09 12:00`).
pub fn parse(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let (day, rest) = text.split_at_checked(10)?;
    if !rest.is_empty() && !rest.starts_with(['T', 't', ' ']) {
        return None;
    }
    iso_day(day.as_bytes())
}

/// The first `2018-05-09` in the last part of the path `name` that is a day of the calendar and not
/// part of a longer number.
pub fn from_name(name: &str) -> Option<NaiveDate> {
    let name = Path::new(name).file_name()?.to_str()?.as_bytes();
    name.windows(10).enumerate().find_map(|(at, window)| {
        let digit = |i: Option<usize>| i.and_then(|i| name.get(i)).is_some_and(u8::is_ascii_digit);
        if digit(at.checked_sub(1)) || digit(Some(at + 10)) { None } else { iso_day(window) }
    })
}

/// Exactly `YYYY-MM-DD`.
fn iso_day(bytes: &[u8]) -> Option<NaiveDate> {
    let number = |range: std::ops::Range<usize>| {
        bytes
            .get(range)?
            .iter()
            .try_fold(0u32, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
    };
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    NaiveDate::from_ymd_opt(number(0..4)? as i32, number(5..7)?, number(8..10)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
    }

    #[test]
    fn days_in_names() {
        for (name, expected) in [
            ("a/2018-05-09.txt", day("2018-05-09")),
            ("03_BBC_2018-05-09_خبر.txt", day("2018-05-09")),
            ("2018-13-09 2018-12-09.txt", day("2018-12-09")),
            ("2018-05-09/news.txt", None),
            ("12018-05-09.txt", None),
            ("2018-05-091.txt", None),
            ("001_142f507d9f14665c.txt", None),
        ] {
            assert_eq!(from_name(name), expected, "{name}");
        }
    }

    #[test]
    fn days_in_metadata() {
        for (text, expected) in [
            ("2018-05-09", day("2018-05-09")),
            ("2018-05-09T23:10:00+03:00", day("2018-05-09")),
            ("2018-05-09x", None),
            ("2018-02-30", None),
            ("May 9, 2018", None),
            ("٢٠١٨-٠٥-٠٩", None),
            ("", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
