//! Stretches of the calendar: what an ISO 8601 / TIMEX3 value covers, and what a query asks for.

use std::fmt;
use std::sync::LazyLock;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::text::fold::fold_phrase;

/// The days that a date value covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// First day.
    pub first: NaiveDate,
    /// Last day.
    pub last: NaiveDate,
}

impl Period {
    /// What an ISO 8601 / TIMEX3 value covers: a day, month, year, week (`2025-W33`), quarter
    /// (`2025-Q2`), half (`2025-H1`), season (`2025-SU`), decade (`199`) or century (`19`). None where
    /// the value leaves the year open.
    pub fn of(value: &str) -> Option<Self> {
        let value = value.split('T').next()?;
        let mut parts = value.split('-');
        let head = parts.next()?;
        if !(2..=4).contains(&head.len()) || !head.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let width = 10_i32.pow(4 - head.len() as u32);
        let year = head.parse::<i32>().ok()? * width;
        let months = |first: u32, count: u32| {
            let first = NaiveDate::from_ymd_opt(year, first, 1)?;
            Some(Self { first, last: first.checked_add_months(Months::new(count))?.pred_opt()? })
        };
        let Some(part) = parts.next() else { return months(1, 12 * width as u32) };
        match part {
            // A season is the quarter that is most of it.
            "WI" | "Q1" => months(1, 3),
            "SP" | "Q2" => months(4, 3),
            "SU" | "Q3" => months(7, 3),
            "FA" | "Q4" => months(10, 3),
            "H1" => months(1, 6),
            "H2" => months(7, 6),
            week if week.starts_with('W') => {
                let first = NaiveDate::from_isoywd_opt(year, week.get(1..)?.parse().ok()?, Weekday::Mon)?;
                Some(Self { first, last: first.checked_add_days(Days::new(6))? })
            }
            month => {
                let month: u32 = month.parse().ok()?;
                match parts.next() {
                    None => months(month, 1),
                    Some(day) => {
                        let first = NaiveDate::from_ymd_opt(year, month, day.parse().ok()?)?;
                        Some(Self { first, last: first })
                    }
                }
            }
        }
    }

    /// Whether `other` lies wholly inside this one.
    pub fn contains(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }
}

/// The year that a value names, if it names one: also of `2025-W01`, whose first day may lie in the
/// year before.
pub(crate) fn year(value: &str) -> Option<i32> {
    let year = value.get(..4)?;
    let ends = !value.as_bytes().get(4).is_some_and(u8::is_ascii_digit);
    if ends && year.bytes().all(|b| b.is_ascii_digit()) { year.parse().ok() } else { None }
}

/// One end of what a query asks for: a year, a month or a day, as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bound {
    text: String,
    period: Period,
}

impl Bound {
    /// The bound of that value; digits of any kind. None where it is no year, month or day.
    pub fn parse(value: &str) -> Option<Self> {
        let text = fold_phrase(value).replace('/', "-");
        let mut parts = text.split('-');
        let mut all_digits = |wanted: &[usize]| {
            parts.next().is_none_or(|p| wanted.contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
        };
        if !(all_digits(&[4]) && all_digits(&[1, 2]) && all_digits(&[1, 2])) || parts.next().is_some() {
            return None;
        }
        let period = Period::of(&text)?;
        let text = match text.len() {
            4 => text,
            _ if text.matches('-').count() == 1 => period.first.format("%Y-%m").to_string(),
            _ => period.first.to_string(),
        };
        Some(Self { text, period })
    }

    /// As it is written: `2022`, `2022-03`, `2022-03-21`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The year, month or day next to it: behind it with `later`, else before it.
    pub(super) fn neighbour(&self, later: bool) -> Option<Self> {
        let day = if later { self.period.last.succ_opt()? } else { self.period.first.pred_opt()? };
        let all = day.to_string();
        Self::parse(all.get(..self.text.len())?)
    }

    const fn whole_year(&self) -> bool {
        self.text.len() == 4
    }
}

/// From one bound to another, both included; an end that is missing is open.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Periods {
    from: Option<Bound>,
    to: Option<Bound>,
}

/// The calendar's ends, which no date of a text reaches.
static ENDS: LazyLock<(NaiveDate, NaiveDate)> = LazyLock::new(|| {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    (day(0, 1, 1), day(9999, 12, 31))
});

impl Periods {
    /// From `from` to `to`. None where both are open or the second ends before the first begins.
    pub fn new(from: Option<Bound>, to: Option<Bound>) -> Option<Self> {
        match (&from, &to) {
            (None, None) => return None,
            (Some(from), Some(to)) if to.period.last < from.period.first => return None,
            _ => {}
        }
        Some(Self { from, to })
    }

    /// One year, month or day.
    pub fn one(bound: Bound) -> Self {
        Self { from: Some(bound.clone()), to: Some(bound) }
    }

    /// All days from the first to the last.
    pub fn period(&self) -> Period {
        Period {
            first: self.from.as_ref().map_or(ENDS.0, |bound| bound.period.first),
            last: self.to.as_ref().map_or(ENDS.1, |bound| bound.period.last),
        }
    }

    /// Whether it begins and ends with whole years.
    pub fn whole_years(&self) -> bool {
        [&self.from, &self.to].into_iter().flatten().all(Bound::whole_year)
    }

    /// Whether a date value lies in it: all days that it covers, or where whole years are asked for,
    /// the year that it names.
    pub fn has(&self, value: &str) -> bool {
        let asked = self.period();
        match year(value) {
            Some(year) if self.whole_years() => (asked.first.year()..=asked.last.year()).contains(&year),
            _ => Period::of(value).is_some_and(|period| asked.contains(period)),
        }
    }
}

impl fmt::Display for Periods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |bound: &Option<Bound>| bound.as_ref().map_or(String::new(), |b| b.text.clone());
        if self.from == self.to {
            return f.write_str(&text(&self.from));
        }
        write!(f, "{}..{}", text(&self.from), text(&self.to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_place_in_time() {
        for (value, days, of_year) in [
            ("2022-02-28", "2022-02-28 2022-02-28", "2022"),
            ("2022-02", "2022-02-01 2022-02-28", "2022"),
            ("2022", "2022-01-01 2022-12-31", "2022"),
            ("2025-W33", "2025-08-11 2025-08-17", "2025"),
            ("2025-Q2", "2025-04-01 2025-06-30", "2025"),
            ("2025-SU", "2025-07-01 2025-09-30", "2025"),
            ("2022-02-28T10:00", "2022-02-28 2022-02-28", "2022"),
            ("199", "1990-01-01 1999-12-31", ""),
            ("19", "1900-01-01 1999-12-31", ""),
            ("XXXX-WXX-4", "", ""),
            ("P30D", "", ""),
            ("2022-02-30", "", "2022"),
        ] {
            let read = Period::of(value).map(|p| format!("{} {}", p.first, p.last));
            assert_eq!(read.unwrap_or_default(), days, "{value}");
            assert_eq!(year(value).map(|y| y.to_string()).unwrap_or_default(), of_year, "{value}");
        }
    }

    fn periods(from: &str, to: &str) -> Option<Periods> {
        Periods::new(Bound::parse(from), Bound::parse(to))
    }

    #[test]
    fn what_lies_in_what_is_asked_for() {
        let asked = periods("2022", "2025").unwrap();
        for (value, inside) in
            [("2022", true), ("2025-12-31", true), ("2021-12-31", false), ("2025-W01", true), ("202", false)]
        {
            assert_eq!(asked.has(value), inside, "{value}");
        }
        assert!(periods("1990", "1999").unwrap().has("199"));
        let month = Periods::one(Bound::parse("2022-2").unwrap());
        assert_eq!(month.to_string(), "2022-02");
        assert!(month.has("2022-02-01") && month.has("2022-02") && !month.has("2022"));
        assert!(periods("2022-05", "").unwrap().has("2030"));
        assert_eq!(periods("2022-05", "").unwrap().to_string(), "2022-05..");
        assert_eq!(periods("2023", "2022"), None);
        assert_eq!(Bound::parse("٢٠٢٢/٣/١").unwrap().text(), "2022-03-01");
        for wrong in ["22", "2022-13", "2022-02-30", "March", "2022-1-1-1", ""] {
            assert_eq!(Bound::parse(wrong), None, "{wrong}");
        }
    }
}
