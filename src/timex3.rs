//! TIMEX3 values: which there are, and those that leave open what the text does not tell.

use crate::query::Period;

/// Stands for a year that is not told.
const OPEN_YEAR: &str = "XXXX";
/// Stands, before the number of a day of the week, for a week that is not told.
const OPEN_WEEK: &str = "XXXX-WXX-";
/// A leap year, so that an open year may have a 29 February.
const LEAP_YEAR: &str = "2000";

/// The shapes of a date with its year, or of a decade or century, `9` for a digit.
const SHAPES: [&str; 8] = ["99", "999", "9999", "9999-99", "9999-99-99", "9999-W99", "9999-Q9", "9999-H9"];
/// Those that an open year can have.
const OPEN_SHAPES: [&str; 2] = ["9999-99", "9999-99-99"];
/// Seasons, and times of the day.
const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];
const TIMES: [&str; 6] = ["MO", "MI", "AF", "EV", "NI", "DT"];

/// The value of a day of the week, from Monday as 1, in a week that is not told: `XXXX-WXX-4`.
pub fn open_weekday(day: u8) -> String {
    format!("{OPEN_WEEK}{day}")
}

/// Whether `value` is that of a point or period on the calendar, or empty.
pub fn is_point(value: &str) -> bool {
    let (date, time) = value.split_once('T').map_or((value, None), |(date, time)| (date, Some(time)));
    value.is_empty() || (is_date(date) && time.is_none_or(is_time))
}

fn is_date(date: &str) -> bool {
    if let Some(weekday) = date.strip_prefix(OPEN_WEEK) {
        return weekday.len() == 1 && ("1"..="7").contains(&weekday);
    }
    let open = date.strip_prefix(OPEN_YEAR).map(|rest| format!("{LEAP_YEAR}{rest}"));
    let full = open.as_deref().unwrap_or(date);
    let shape: String = full.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    let known = if open.is_some() {
        OPEN_SHAPES.contains(&shape.as_str())
    } else {
        SHAPES.contains(&shape.as_str())
            || shape.strip_prefix("9999-").is_some_and(|season| SEASONS.contains(&season))
    };
    known && Period::of(full).is_some()
}

fn is_time(time: &str) -> bool {
    let number = |part: &str, most: u32| {
        part.len() == 2
            && part.bytes().all(|b| b.is_ascii_digit())
            && part.parse().is_ok_and(|n: u32| n <= most)
    };
    let mut parts = time.split(':');
    let hour = parts.next().unwrap_or_default();
    TIMES.contains(&time)
        || (number(hour, 24) && parts.clone().count() <= 2 && parts.all(|part| number(part, 59)))
}
