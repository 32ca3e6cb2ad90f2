//! Civil arithmetic that never panics, and how values are written.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use icu_calendar::Date;
use icu_calendar::cal::{Hijri, Iso};

use crate::extract::dates::expr::{Amount, Clock, DayPart, Length, Unit};

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
}

/// A date with its precision; what is below the precision is the middle of the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The day, or one within the period.
    pub date: NaiveDate,
    /// How much of it is known.
    pub precision: Precision,
}

impl Point {
    /// A known day.
    pub const fn day(date: NaiveDate) -> Self {
        Self { date, precision: Precision::Day }
    }

    /// A month; none where the calendar has no such month.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, 15).map(|date| Self { date, precision: Precision::Month })
    }

    /// A year.
    pub fn year(year: i32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, 7, 1).map(|date| Self { date, precision: Precision::Year })
    }

    /// The same at a lower precision.
    #[must_use]
    pub fn at(self, precision: Precision) -> Self {
        Self { precision: self.precision.min(precision), ..self }
    }

    /// As ISO 8601 writes it; `BC0300` before the common era.
    pub fn value(self) -> String {
        let mut out = year_value(self.date.year());
        if self.precision >= Precision::Month {
            push_two(self.date.month(), &mut out);
        }
        if self.precision >= Precision::Day {
            push_two(self.date.day(), &mut out);
        }
        out
    }

    /// So many units on (or back, for negative `n`); the result is as exact as unit and start allow.
    pub fn shifted(self, n: i64, unit: Unit) -> Option<Self> {
        let days = |n: i64| {
            let by = Days::new(n.unsigned_abs());
            if n < 0 { self.date.checked_sub_days(by) } else { self.date.checked_add_days(by) }
        };
        let months = |n: i64| {
            let by = Months::new(u32::try_from(n.unsigned_abs()).ok()?);
            if n < 0 { self.date.checked_sub_months(by) } else { self.date.checked_add_months(by) }
        };
        let (date, precision) = match unit {
            Unit::Second | Unit::Minute => (Some(self.date), Precision::Day),
            Unit::Hour => (days(n / 24), Precision::Day),
            Unit::Day => (days(n), Precision::Day),
            Unit::Week => (days(n.checked_mul(7)?), Precision::Day),
            Unit::Month => (months(n), Precision::Month),
            Unit::Year => (months(n.checked_mul(12)?), Precision::Year),
            Unit::Decade => (months(n.checked_mul(120)?), Precision::Year),
            Unit::Century => (months(n.checked_mul(1200)?), Precision::Year),
        };
        let date = date.filter(|d| (-9999..=99999).contains(&d.year()))?;
        Some(Self { date, precision: precision.min(self.precision) })
    }
}

/// Four digits, or `BC` and four digits.
pub fn year_value(year: i32) -> String {
    if year > 0 { format!("{year:04}") } else { format!("BC{:04}", 1 - year) }
}

/// Appends `-04`.
fn push_two(n: u32, out: &mut String) {
    let digit = |n: u32| char::from_digit(n % 10, 10).unwrap_or('0');
    out.extend(['-', digit(n / 10), digit(n)]);
}

/// `2025-W33`.
pub fn week_value(date: NaiveDate) -> String {
    let week = date.iso_week();
    format!("{}-W{:02}", year_value(week.year()), week.week())
}

/// ISO weekday 1 to 7.
pub fn iso_weekday(date: NaiveDate) -> u8 {
    date.weekday().number_from_monday() as u8
}

/// The weekday of an ISO number.
fn weekday(n: u8) -> Weekday {
    Weekday::try_from(n.saturating_sub(1) % 7).unwrap_or(Weekday::Mon)
}

/// The last such weekday at or before `date`, or strictly before it.
pub fn weekday_back(date: NaiveDate, day: u8, strictly: bool) -> Option<NaiveDate> {
    let back = (7 + u64::from(iso_weekday(date)) - u64::from(weekday(day).number_from_monday())) % 7;
    date.checked_sub_days(Days::new(if back == 0 && strictly { 7 } else { back }))
}

/// The first such weekday at or after `date`, or strictly after it.
pub fn weekday_ahead(date: NaiveDate, day: u8, strictly: bool) -> Option<NaiveDate> {
    let ahead = (7 + u64::from(weekday(day).number_from_monday()) - u64::from(iso_weekday(date))) % 7;
    date.checked_add_days(Days::new(if ahead == 0 && strictly { 7 } else { ahead }))
}

/// The nearest such weekday, at most three days away.
pub fn weekday_near(date: NaiveDate, day: u8) -> Option<NaiveDate> {
    let (back, ahead) = (weekday_back(date, day, false)?, weekday_ahead(date, day, false)?);
    Some(if date - back <= ahead - date { back } else { ahead })
}

/// The Gregorian day of a Hijri one by Umm al-Qura, tabular outside the range of its tables. A
/// thirtieth of a month that has 29 days is the first of the next.
pub fn from_hijri(year: i32, month: u8, day: u8) -> Option<NaiveDate> {
    let calendar = Hijri::new_umm_al_qura();
    let (short, extra) = if day == 30 { (29, 1) } else { (day, 0) };
    let hijri =
        Date::try_new_hijri_with_calendar(year, month, day, calendar).map(|date| (date, 0)).or_else(|_| {
            Date::try_new_hijri_with_calendar(year, month, short, calendar).map(|date| (date, extra))
        });
    let (date, extra) = hijri.ok()?;
    let iso = date.to_calendar(Iso);
    NaiveDate::from_ymd_opt(
        iso.year().extended_year(),
        u32::from(iso.month().number()),
        u32::from(iso.day_of_month().0),
    )?
    .checked_add_days(Days::new(extra))
}

/// The Hijri year that a Gregorian day lies in.
pub fn hijri_year(date: NaiveDate) -> Option<i32> {
    let iso = Date::try_new_iso(date.year(), date.month() as u8, date.day() as u8).ok()?;
    Some(iso.to_calendar(Hijri::new_umm_al_qura()).year().extended_year())
}

/// `TMO` and its like; dawn and daytime have no sign.
pub const fn part_suffix(part: DayPart) -> &'static str {
    match part {
        DayPart::Morning => "TMO",
        DayPart::Noon => "TMI",
        DayPart::Afternoon => "TAF",
        DayPart::Evening => "TEV",
        DayPart::Night => "TNI",
        DayPart::Dawn | DayPart::Daytime => "",
    }
}

/// `T09:00`.
pub fn clock_suffix(clock: Clock) -> String {
    match clock.second {
        Some(second) => format!("T{:02}:{:02}:{second:02}", clock.hour, clock.minute),
        None => format!("T{:02}:{:02}", clock.hour, clock.minute),
    }
}

/// `P30D`, `PT2H30M`, `P10D/P12D`, `PXM`.
pub fn length_value(length: Length) -> String {
    let single = |amount: &str, unit: Unit| {
        let (time, sign) = sign(unit);
        format!("P{time}{amount}{sign}")
    };
    let exact = |n: u32| single(&n.to_string(), length.unit);
    let mut value = match length.amount {
        Amount::Exact(n) => exact(n),
        Amount::Between(low, high) => return format!("{}/{}", exact(low), exact(high)),
        Amount::Vague => return single("X", length.unit),
        Amount::AndHalf(n) => {
            let whole = if n == 0 { "P".to_owned() } else { exact(n) };
            return match length.unit {
                Unit::Hour if n == 0 => "PT30M".to_owned(),
                Unit::Hour => format!("{whole}30M"),
                Unit::Minute => format!("PT{}S", u64::from(n) * 60 + 30),
                Unit::Year => format!("{whole}6M"),
                Unit::Day => format!("{whole}T12H"),
                Unit::Decade => format!("P{}Y", u64::from(n) * 10 + 5),
                Unit::Century => format!("P{}Y", u64::from(n) * 100 + 50),
                unit => single(&format!("{n}.5"), unit),
            };
        }
    };
    if let Some((n, unit)) = length.rest {
        let (time, sign) = sign(unit);
        if !time.is_empty() && !value.contains('T') {
            value.push_str(time);
        }
        value.push_str(&n.to_string());
        value.push_str(sign);
    }
    value
}

const fn sign(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Second => ("T", "S"),
        Unit::Minute => ("T", "M"),
        Unit::Hour => ("T", "H"),
        Unit::Day => ("", "D"),
        Unit::Week => ("", "W"),
        Unit::Month => ("", "M"),
        Unit::Year => ("", "Y"),
        Unit::Decade => ("", "DE"),
        Unit::Century => ("", "CE"),
    }
}
