//! Dates as a reviewer types them: a TIMEX3 value, checked against the calendar, or an Arabic date in
//! any calendar that the program reads (`10 رمضان 1446`), turned into one.

use chrono::{Datelike as _, NaiveDate};

use crate::corpus::blocks;
use crate::extract::extract_dates;
use crate::model::{Document, Published};
use crate::text::fold::{Fold, fold_char};
use crate::timex3::is_point;

/// A date that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadDate {
    /// TIMEX3 value; empty for an unknown date.
    pub value: String,
    /// The day of the week, from Monday as 0, of a whole day.
    pub weekday: Option<u8>,
}

/// What `typed` means; none where that is no date. Deictic words count from `published`.
pub fn read_date(typed: &str, published: Option<Published>) -> Option<ReadDate> {
    let ascii = ascii_digits(typed.trim());
    if is_point(&ascii) {
        return Some(with_day(ascii));
    }
    // Of what is written as a value and is none, no part is meant.
    if ascii.bytes().all(|b| b.is_ascii_digit() || b"-:TWX".contains(&b)) {
        return None;
    }
    let text = typed.trim().to_owned();
    let document = Document { blocks: blocks(&text), text, published, ..Document::default() };
    let found = extract_dates(&document);
    let [date] = found.dates.as_slice() else { return None };
    // All that was typed has to be the date.
    (date.span.of(&document.text) == document.text && is_point(&date.value))
        .then(|| with_day(date.value.clone()))
}

/// `text` with the digits of other scripts as those of ASCII.
pub(super) fn ascii_digits(text: &str) -> String {
    let digit = |c| match fold_char(c) {
        Fold::One(digit) if digit.is_ascii_digit() => digit,
        _ => c,
    };
    text.chars().map(digit).collect()
}

fn with_day(value: String) -> ReadDate {
    let day = value.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    ReadDate { weekday: day.map(|day| day.weekday().num_days_from_monday() as u8), value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PublishedBasis;

    #[test]
    fn values_are_checked_against_the_calendar() {
        for good in [
            "",
            "2022",
            "2022-02",
            "2022-02-28",
            "2024-02-29",
            "2025-W33",
            "2025-Q2",
            "2025-SU",
            "199",
            "19",
            "2022-02-28T10:30",
            "2022-02-28TEV",
            "XXXX-WXX-4",
            "XXXX-05-08",
            "XXXX-02-29",
            "2022-02-28T10",
        ] {
            assert_eq!(read_date(good, None).map(|r| r.value).as_deref(), Some(good));
        }
        for bad in [
            "2022-02-29",
            "2022-Q5",
            "2022-H0",
            "XXXX-02-30",
            "XXXX-WXX-8",
            "2022-02-28T10:60",
            "2022-13",
            "2022-02-30",
            "2021-W53",
            "20222",
            "soon",
            "2022-",
            "2022-1-1",
            "2022T99",
        ] {
            assert_eq!(read_date(bad, None), None, "{bad}");
        }
        assert_eq!(read_date("2022-02-28", None).unwrap().weekday, Some(0));
    }

    #[test]
    fn arabic_dates_of_either_calendar_are_understood() {
        let value = |typed: &str| read_date(typed, None).map(|read| read.value);
        assert_eq!(value("28 شباط/فبراير 2022").as_deref(), Some("2022-02-28"));
        assert_eq!(value("٢٠٢٢-٠٢-٢٨").as_deref(), Some("2022-02-28"));
        assert_eq!(value("10 رمضان 1446هـ").as_deref(), Some("2025-03-10"));
        assert_eq!(value("قال الوزير"), None);
        let published =
            NaiveDate::from_ymd_opt(2024, 4, 23).map(|date| Published { date, basis: PublishedBasis::Given });
        assert_eq!(read_date("أمس", published).unwrap().value, "2024-04-22");
    }
}
