//! Dates told in part: the month or year that is missing, from adjectives, weekdays and the context.

use chrono::{Datelike, NaiveDate};

use super::civil::{Point, Precision, from_hijri, hijri_year, iso_weekday};
use super::context::Context;
use super::{Raw, related_year, steps};
use crate::extract::dates::expr::{CalendarDate, Expr, Found, Link, MonthSpec, Unit, Which, YearSpec};
use crate::model::{Calendar, DateBasis};

/// Year, month and day as far as told, the rest from the context.
pub(super) fn calendar(item: &Found, date: CalendarDate, next: Option<&Found>, context: &Context) -> Raw {
    let mut basis = DateBasis::Explicit;
    let mut year = match date.year {
        YearSpec::Told(year) => Some(if year < 0 { year + 1 } else { year }),
        YearSpec::Relative(which) => {
            let (year, from) = related_year(which, context);
            basis = from;
            if date.calendar == Calendar::Hijri {
                year.and_then(|y| NaiveDate::from_ymd_opt(y, 7, 1)).and_then(hijri_year)
            } else {
                year
            }
        }
        YearSpec::Untold => None,
    };
    if year.is_none()
        && item.link == Link::Next
        && let Some(Found { expr: Expr::Calendar(other), .. }) = next
        && let YearSpec::Told(told) = other.year
        && other.calendar == date.calendar
    {
        // `من 28 ديسمبر إلى 3 يناير 2023`: the first lies in the year before.
        let order = |d: &CalendarDate| match d.month {
            MonthSpec::Told(month) => (month, d.day),
            _ => (0, None),
        };
        year = Some(if order(&date) > order(other) { told - 1 } else { told });
    }
    let month = match date.month {
        MonthSpec::Told(month) => Some(month),
        MonthSpec::Relative(which) => {
            let (base, from) = match which {
                Which::Present(_) => (context.published.map(Point::day), DateBasis::Deictic),
                Which::Narrative(_) => (context.narrative(Precision::Month), DateBasis::Anaphoric),
            };
            let month = base.and_then(|b| b.shifted(i64::from(steps(which)), Unit::Month));
            let Some(month) = month else { return Raw::text(String::new(), from) };
            let day = date
                .day
                .and_then(|d| NaiveDate::from_ymd_opt(month.date.year(), month.date.month(), d.into()));
            return Raw::of(day.map(Point::day).or(Some(month.at(Precision::Month))), from);
        }
        MonthSpec::Untold => None,
    };
    let Some(month) = month else {
        let point = year.and_then(|y| build(date.calendar, y, None, None));
        return Raw::of(point, basis);
    };
    if let Some(year) = year {
        let point = build(date.calendar, year, Some(month), date.day);
        // A day that the month does not have (31 April) is worth its month.
        return Raw::of(point.or_else(|| build(date.calendar, year, Some(month), None)), basis);
    }
    let chosen = choose_year(item, date, month, context);
    let basis = match date.lean {
        Some(Which::Present(_)) => DateBasis::Deictic,
        Some(Which::Narrative(_)) => DateBasis::Anaphoric,
        None => DateBasis::Inferred,
    };
    Raw::of(chosen, basis)
}

fn build(calendar: Calendar, year: i32, month: Option<u8>, day: Option<u8>) -> Option<Point> {
    match (calendar, month, day) {
        (Calendar::Gregorian, None, _) => Point::year(year),
        (Calendar::Gregorian, Some(month), None) => Point::month(year, month.into()),
        (Calendar::Gregorian, Some(month), Some(day)) => {
            NaiveDate::from_ymd_opt(year, month.into(), day.into()).map(Point::day)
        }
        (Calendar::Hijri, None, _) => Point::year(from_hijri(year, 7, 1)?.year()),
        (Calendar::Hijri, Some(month), None) => {
            let middle = from_hijri(year, month, 15)?;
            Point::month(middle.year(), middle.month())
        }
        (Calendar::Hijri, Some(month), Some(day)) => from_hijri(year, month, day).map(Point::day),
    }
}

/// The year of a date without one: by its adjective, by its weekday, else the one that brings it
/// nearest to what the text speaks of, rather behind it than ahead.
fn choose_year(item: &Found, date: CalendarDate, month: u8, context: &Context) -> Option<Point> {
    let base = match date.lean {
        Some(Which::Present(0)) if context.published.is_none() => {
            return build(date.calendar, context.year?, Some(month), date.day);
        }
        Some(Which::Present(_)) => context.published?,
        Some(Which::Narrative(_)) => context.narrative(Precision::Year)?.date,
        None if date.deictic.is_some() => context.published?,
        None => context.near(item.block, item.sentence)?,
    };
    let year = match date.calendar {
        Calendar::Gregorian => base.year(),
        Calendar::Hijri => hijri_year(base)?,
    };
    let candidates: Vec<Point> = [year - 1, year, year + 1]
        .into_iter()
        .filter_map(|y| build(date.calendar, y, Some(month), date.day))
        .collect();
    let precision = if date.day.is_some() { Precision::Day } else { Precision::Month };
    let order = |point: &Point| match precision {
        Precision::Day => (point.date - base).num_days(),
        // Hijri months lie across Gregorian ones.
        _ if date.calendar == Calendar::Hijri => (point.date - base).num_days(),
        _ => {
            i64::from(point.date.year() - base.year()) * 12 + i64::from(point.date.month())
                - i64::from(base.month())
        }
    };
    if let Some(day) = date.weekday
        && date.day.is_some()
        && let Some(fit) =
            candidates.iter().filter(|p| iso_weekday(p.date) == day).min_by_key(|p| order(p).abs())
    {
        return Some(*fit);
    }
    let lean = match date.lean {
        Some(Which::Present(n) | Which::Narrative(n)) => Some(n),
        None => None,
    };
    match lean {
        Some(-1) => candidates.iter().filter(|p| order(p) < 0).max_by_key(|p| order(p)).copied(),
        Some(1) => candidates.iter().filter(|p| order(p) > 0).min_by_key(|p| order(p)).copied(),
        Some(_) => candidates.iter().min_by_key(|p| order(p).abs()).copied(),
        None => {
            // News look back, a story goes on: half as much again for the other side, and for what
            // lies ahead of the publication unless a verb points there.
            let story = Some(base) != context.published;
            let (behind, ahead) = if story || item.direction == Some(1) { (3, 2) } else { (2, 3) };
            candidates
                .iter()
                .min_by_key(|p| order(p).abs() * if order(p) < 0 { behind } else { ahead })
                .copied()
        }
    }
}
