//! Resolution: expressions and reference dates to values. Pure: all it knows of the text is what
//! the grammar found in it, in order.

pub mod civil;
pub mod context;
mod year;

use chrono::{Datelike, NaiveDate};

use self::civil::{
    Point, Precision, clock_suffix, iso_weekday, length_value, part_suffix, week_value, weekday_ahead,
    weekday_back, weekday_near, year_value,
};
use self::context::Context;
use super::expr::{Amount, Anchor, Expr, Found, Link, Unit, Which, YearPart, YearSpec};
use crate::model::{Calendar, DateBasis, DateKind};
use crate::timex3::open_weekday;

/// The value of one expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// TIMEX3 type.
    pub kind: DateKind,
    /// TIMEX3 value; empty where it cannot be known.
    pub value: String,
    /// The date meant, where it is one.
    pub point: Option<Point>,
    /// How the value was reached.
    pub basis: DateBasis,
    /// The calendar it was written in.
    pub calendar: Calendar,
}

/// A value before parts of the day and clock times are added.
struct Raw {
    value: String,
    point: Option<Point>,
    basis: DateBasis,
    kind: DateKind,
}

impl Raw {
    fn of(point: Option<Point>, basis: DateBasis) -> Self {
        Self { value: point.map_or_else(String::new, Point::value), point, basis, kind: DateKind::Date }
    }

    fn text(value: String, basis: DateBasis) -> Self {
        Self { value, point: None, basis, kind: DateKind::Date }
    }
}

/// The values of the expressions of one article, in text order.
///
/// `year` is the current year where the page betrays it (a copyright line) but no publication date.
pub fn resolve(found: &[Found], published: Option<NaiveDate>, year: Option<i32>) -> Vec<Resolved> {
    let mut context = Context::new(published, year);
    let mut out = Vec::with_capacity(found.len());
    for (k, item) in found.iter().enumerate() {
        context.enter(item.block);
        let resolved = resolve_one(item, found.get(k + 1), &context);
        if let Some(point) = resolved.point {
            let explicit = resolved.basis == DateBasis::Explicit;
            context.tell(point, item, explicit);
        }
        out.push(resolved);
    }
    out
}

/// The value of one expression where it stands; `next` is the one behind it.
pub fn resolve_one(item: &Found, next: Option<&Found>, context: &Context) -> Resolved {
    let mut raw = bare(item, next, context);
    if item.link == Link::Same
        && let Some(next) = next
    {
        let other = bare(next, None, context);
        match (item.expr, other.point) {
            // `بعد بضعة أشهر في 1 نوفمبر`: as exact as the unit.
            (Expr::Offset { length, .. }, Some(point)) => {
                raw = Raw::of(Some(point.at(precision_of(length.unit))), DateBasis::Anaphoric);
            }
            // The Gregorian twin says which day was meant, where the moon was seen a day off.
            (_, Some(point))
                if raw.point.is_none_or(|own| {
                    own.precision == Precision::Day && (own.date - point.date).num_days().abs() <= 3
                }) =>
            {
                raw = Raw::of(Some(point), raw.basis);
            }
            _ => {}
        }
    }
    let calendar = match item.expr {
        Expr::Calendar(date) => date.calendar,
        _ => Calendar::Gregorian,
    };
    let day = match item.expr {
        Expr::Clock => true,
        _ => raw.point.is_some_and(|p| p.precision == Precision::Day),
    };
    if let Some(clock) = item.clock {
        raw.kind = DateKind::Time;
        if day && !raw.value.contains('T') {
            raw.value.push_str(&clock_suffix(clock));
        }
    } else if let Some(part) = item.part {
        raw.kind = DateKind::Time;
        if day && !raw.value.is_empty() {
            raw.value.push_str(part_suffix(part));
        }
    }
    Resolved { kind: raw.kind, value: raw.value, point: raw.point, basis: raw.basis, calendar }
}

fn bare(item: &Found, next: Option<&Found>, context: &Context) -> Raw {
    let published = context.published;
    match item.expr {
        Expr::Calendar(date) => year::calendar(item, date, next, context),
        Expr::Deictic(days, weekday) => deictic(days, weekday, context),
        Expr::Weekday(day, lean) => self::weekday(item, day, lean, context),
        Expr::WeekdayOf(day, which) => {
            let (base, basis) = match which {
                Which::Present(_) => (published, DateBasis::Deictic),
                Which::Narrative(_) => {
                    (context.narrative(Precision::Day).map(|p| p.date), DateBasis::Anaphoric)
                }
            };
            let week = base.and_then(|b| Point::day(b).shifted(i64::from(steps(which)), Unit::Week));
            let monday = week.and_then(|w| weekday_back(w.date, 1, false));
            Raw::of(monday.and_then(|m| weekday_ahead(m, day, false)).map(Point::day), basis)
        }
        Expr::Period(unit, which) => period(unit, which, context),
        Expr::Weekend(which) => {
            let ahead = match which {
                Some(Which::Present(n)) => n,
                _ => item.direction.unwrap_or(-1),
            };
            let week = published.and_then(|date| {
                let on = iso_weekday(date) >= 6;
                match (ahead, on) {
                    (1, true) => Point::day(date).shifted(1, Unit::Week),
                    (-1, false) => Point::day(date).shifted(-1, Unit::Week),
                    _ => Some(Point::day(date)),
                }
            });
            Raw::text(week.map_or_else(String::new, |p| week_value(p.date) + "-WE"), DateBasis::Deictic)
        }
        Expr::Offset { length, sign, anchor } => offset(item, length, sign, anchor, next, context),
        Expr::Part(part, year) => {
            let (year, basis) = match year {
                YearSpec::Told(year) => (Some(year), DateBasis::Explicit),
                YearSpec::Relative(which) => related_year(which, context),
                YearSpec::Untold => {
                    (context.narrative(Precision::Year).map(|p| p.date.year()), DateBasis::Inferred)
                }
            };
            Raw::text(year.map_or_else(String::new, |y| part_value(part, y)), basis)
        }
        Expr::QuarterFrom(which) => {
            let (base, basis) = match which {
                Which::Present(_) => (published.map(Point::day), DateBasis::Deictic),
                Which::Narrative(_) => (context.narrative(Precision::Month), DateBasis::Anaphoric),
            };
            let point = base.and_then(|b| b.shifted(3 * i64::from(steps(which)), Unit::Month));
            let value =
                point.map(|p| part_value(YearPart::Quarter(p.date.month0() as u8 / 3 + 1), p.date.year()));
            Raw::text(value.unwrap_or_default(), basis)
        }
        Expr::SeasonFrom(season, which) => season_from(season, which, context),
        Expr::Decade(decade, century) => {
            let century = century.map_or(20, i32::from);
            let value = (century - 1) * 10 + i32::from(decade) / 10;
            Raw::text(format!("{value:03}"), DateBasis::Explicit)
        }
        Expr::DecadeFrom(which) => {
            let (year, basis) = base_year(which, context);
            let n = i32::from(steps(which));
            Raw::text(year.map_or_else(String::new, |y| format!("{:03}", y.div_euclid(10) + n)), basis)
        }
        Expr::Century(n) if n < 0 => Raw::text(format!("BC{:02}", -i32::from(n) - 1), DateBasis::Explicit),
        Expr::Century(n) => Raw::text(format!("{:02}", i32::from(n) - 1), DateBasis::Explicit),
        Expr::CenturyFrom(which) => {
            let (year, basis) = base_year(which, context);
            let n = i32::from(steps(which));
            Raw::text(year.map_or_else(String::new, |y| format!("{:02}", y.div_euclid(100) + n)), basis)
        }
        Expr::Vague => Raw::text(String::new(), DateBasis::Deictic),
        Expr::Then => Raw::of(context.last(), DateBasis::Anaphoric),
        Expr::Duration(length) => {
            Raw { kind: DateKind::Duration, ..Raw::text(length_value(length), DateBasis::Explicit) }
        }
        Expr::EveryLength(length) => {
            Raw { kind: DateKind::Set, ..Raw::text(length_value(length), DateBasis::Explicit) }
        }
        Expr::EveryWeekday(day) => {
            Raw { kind: DateKind::Set, ..Raw::text(open_weekday(day), DateBasis::Explicit) }
        }
        Expr::Clock => {
            if item.repeated {
                return Raw::text(String::new(), DateBasis::Explicit);
            }
            let day = context
                .in_sentence(item.sentence, Precision::Day)
                .or_else(|| context.header().filter(|p| p.precision == Precision::Day))
                .or_else(|| published.map(Point::day));
            // The time is told, the day is not: the expression dates nothing by itself.
            Raw { point: None, ..Raw::of(day, DateBasis::Inferred) }
        }
    }
}

const fn steps(which: Which) -> i8 {
    match which {
        Which::Present(n) | Which::Narrative(n) => n,
    }
}

const fn precision_of(unit: Unit) -> Precision {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Week => Precision::Day,
        Unit::Month => Precision::Month,
        Unit::Year | Unit::Decade | Unit::Century => Precision::Year,
    }
}

fn base_year(which: Which, context: &Context) -> (Option<i32>, DateBasis) {
    match which {
        Which::Present(_) => (context.published.map(|d| d.year()), DateBasis::Deictic),
        Which::Narrative(_) => {
            (context.narrative(Precision::Year).map(|p| p.date.year()), DateBasis::Anaphoric)
        }
    }
}

/// The year that `العام الماضي` or `العام ذاته` is.
fn related_year(which: Which, context: &Context) -> (Option<i32>, DateBasis) {
    let (year, basis) = base_year(which, context);
    (year.map(|y| y + i32::from(steps(which))), basis)
}

fn part_value(part: YearPart, year: i32) -> String {
    let year = year_value(year);
    match part {
        YearPart::Season(n) => {
            let sign = ["SP", "SU", "FA", "WI"][usize::from(n.clamp(1, 4) - 1)];
            format!("{year}-{sign}")
        }
        YearPart::Quarter(n) => format!("{year}-Q{n}"),
        YearPart::Half(n) => format!("{year}-H{n}"),
    }
}

/// `الصيف الماضي`: the last summer that is over.
fn season_from(season: u8, which: Which, context: &Context) -> Raw {
    let basis = if matches!(which, Which::Present(_)) { DateBasis::Deictic } else { DateBasis::Anaphoric };
    let base = match which {
        Which::Present(_) => context.published,
        Which::Narrative(_) => context.narrative(Precision::Year).map(|p| p.date),
    };
    let first = u32::from(season) * 3;
    let year = base.map(|date| match (which, date.month()) {
        (Which::Present(-1), month) => date.year() - i32::from(month <= first + 2),
        (Which::Present(1), month) => date.year() + i32::from(month >= first),
        (_, _) => {
            date.year() + if matches!(which, Which::Narrative(_)) { i32::from(steps(which)) } else { 0 }
        }
    });
    Raw::text(year.map_or_else(String::new, |y| part_value(YearPart::Season(season), y)), basis)
}

fn deictic(days: i8, weekday: Option<u8>, context: &Context) -> Raw {
    // Inside an entry that lies well before the publication, `من الغد` is the day after the entry's.
    if days == 1
        && weekday.is_none()
        && let Some(entry) = context.old_entry()
    {
        return Raw::of(entry.shifted(1, Unit::Day), DateBasis::Anaphoric);
    }
    let date = context.published.and_then(|p| Point::day(p).shifted(i64::from(days), Unit::Day));
    match (date, weekday) {
        // A paper that names both means the weekday it names.
        (Some(point), Some(day)) => {
            Raw::of(weekday_near(point.date, day).map(Point::day), DateBasis::Deictic)
        }
        (None, Some(day)) => Raw::text(open_weekday(day), DateBasis::Deictic),
        (point, None) => Raw::of(point, DateBasis::Deictic),
    }
}

fn weekday(item: &Found, day: u8, lean: Option<Which>, context: &Context) -> Raw {
    if let Some(Which::Narrative(n)) = lean {
        let base = context.narrative(Precision::Day).map(|p| p.date);
        let date = base.and_then(|b| match n {
            1 => weekday_ahead(b, day, true),
            -1 => weekday_back(b, day, true),
            _ => weekday_near(b, day),
        });
        return Raw::of(date.map(Point::day), DateBasis::Anaphoric);
    }
    let Some(published) = context.published else {
        return Raw::text(open_weekday(day), DateBasis::Deictic);
    };
    if lean.is_none() {
        // Inside an entry that lies well before the publication, weekdays are the entry's.
        if let Some(entry) = context.old_entry() {
            return Raw::of(weekday_near(entry.date, day).map(Point::day), DateBasis::Anaphoric);
        }
        if let Some(told) = context.told_weekday(day) {
            let fits = match item.direction {
                Some(-1) => told <= published,
                Some(1) => told >= published,
                _ => true,
            };
            if fits {
                return Raw::of(Some(Point::day(told)), DateBasis::Deictic);
            }
        }
    }
    let date = match (lean, item.direction) {
        (Some(Which::Present(-1)), _) => weekday_back(published, day, true),
        (Some(Which::Present(1)), _) => weekday_ahead(published, day, true),
        (Some(_), _) => weekday_near(published, day),
        (None, Some(1)) => weekday_ahead(published, day, false),
        (None, _) => weekday_back(published, day, false),
    };
    Raw::of(date.map(Point::day), DateBasis::Deictic)
}

fn period(unit: Unit, which: Which, context: &Context) -> Raw {
    let n = i64::from(steps(which));
    let (base, basis) = match which {
        Which::Present(_) => (context.published.map(Point::day), DateBasis::Deictic),
        Which::Narrative(_) => (
            context.narrative(if unit == Unit::Week { Precision::Day } else { precision_of(unit) }),
            DateBasis::Anaphoric,
        ),
    };
    let point = base.and_then(|b| b.shifted(n, unit));
    if unit == Unit::Week {
        return Raw::text(point.map_or_else(String::new, |p| week_value(p.date)), basis);
    }
    Raw::of(point.map(|p| p.at(precision_of(unit))), basis)
}

fn offset(
    item: &Found,
    length: super::expr::Length,
    sign: i8,
    anchor: Anchor,
    next: Option<&Found>,
    context: &Context,
) -> Raw {
    let amount = match length.amount {
        Amount::Exact(n) | Amount::AndHalf(n) | Amount::Between(n, _) => i64::from(n),
        Amount::Vague => return Raw::text(String::new(), DateBasis::Anaphoric),
    };
    let steps = amount * i64::from(sign);
    let exact = precision_of(length.unit);
    let narrative = || {
        let base = context.narrative(exact)?;
        let shifted = base.shifted(steps, length.unit)?;
        match length.rest {
            Some((n, unit)) => shifted.shifted(i64::from(n) * i64::from(sign), unit),
            None => Some(shifted),
        }
    };
    match anchor {
        Anchor::Narrative => Raw::of(narrative().map(|p| p.at(exact)), DateBasis::Anaphoric),
        Anchor::Publication => {
            let point = context.published.and_then(|p| Point::day(p).shifted(steps, length.unit));
            Raw::of(point.map(|p| p.at(exact)), DateBasis::Deictic)
        }
        Anchor::Told | Anchor::Elsewhere => {
            // `قبل سنة من الانتخابات المقررة في أبريل 2019`: the other happening's date is told.
            if let Some(next) = next
                && next.sentence == item.sentence
                && next.first.saturating_sub(item.last) <= 9
                && let Expr::Calendar(date) = next.expr
                && matches!(date.year, YearSpec::Told(_))
                && let Some(base) = bare(next, None, context).point
            {
                let point = base.shifted(steps, length.unit);
                let at = if length.unit == Unit::Year { base.precision.min(Precision::Month) } else { exact };
                return Raw::of(
                    point.map(|p| Point { precision: at.min(base.precision), ..p }),
                    DateBasis::Anaphoric,
                );
            }
            if anchor == Anchor::Told {
                return Raw::of(narrative().map(|p| p.at(exact)), DateBasis::Anaphoric);
            }
            let own = context
                .in_sentence(item.sentence, Precision::Year)
                .or_else(|| context.header())
                .or_else(|| context.published.map(Point::day));
            let at = if length.unit == Unit::Year && amount == 1 { Precision::Month } else { exact };
            Raw::of(own.map(|p| p.at(at)), DateBasis::Anaphoric)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::expr::Length;
    use super::*;

    fn item(expr: Expr) -> Found {
        Found {
            first: 0,
            last: 0,
            skip: 0,
            expr,
            part: None,
            clock: None,
            modifier: None,
            link: Link::None,
            header: false,
            alone: false,
            repeated: false,
            direction: None,
            block: 0,
            sentence: 0,
            rule: "test",
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn offset(n: u32, unit: Unit, anchor: Anchor) -> Expr {
        Expr::Offset { length: Length { amount: Amount::Exact(n), unit, rest: None }, sign: 1, anchor }
    }

    #[test]
    fn the_narrative_is_carried_along() {
        let told = Expr::Deictic(-10, None);
        let steps = [told, offset(1, Unit::Day, Anchor::Narrative), offset(1, Unit::Day, Anchor::Narrative)];
        let values: Vec<_> =
            resolve(&steps.map(item), Some(day("2018-05-11")), None).into_iter().map(|r| r.value).collect();
        assert_eq!(values, ["2018-05-01", "2018-05-02", "2018-05-03"]);
    }

    #[test]
    fn nothing_known_is_nothing_said() {
        let value = |expr| resolve(&[item(expr)], None, None)[0].value.clone();
        assert_eq!(value(Expr::Deictic(0, None)), "");
        assert_eq!(value(Expr::Weekday(4, None)), "XXXX-WXX-4");
        assert_eq!(value(Expr::Period(Unit::Week, Which::Present(1))), "");
        assert_eq!(value(offset(2, Unit::Day, Anchor::Narrative)), "");
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_cliff() {
        for published in [NaiveDate::MIN, day("0001-01-01"), day("9999-12-31"), NaiveDate::MAX] {
            for unit in
                [Unit::Second, Unit::Hour, Unit::Day, Unit::Week, Unit::Month, Unit::Year, Unit::Century]
            {
                for sign in [-1, 1] {
                    let length =
                        Length { amount: Amount::Exact(u32::MAX), unit, rest: Some((u32::MAX, unit)) };
                    for anchor in [Anchor::Narrative, Anchor::Publication, Anchor::Told, Anchor::Elsewhere] {
                        let found = [item(Expr::Offset { length, sign, anchor })];
                        assert_eq!(resolve(&found, Some(published), None).len(), 1);
                    }
                }
            }
            for n in [-3, 3] {
                for expr in [
                    Expr::Deictic(n, Some(1)),
                    Expr::Weekday(7, Some(Which::Present(n))),
                    Expr::WeekdayOf(7, Which::Present(n)),
                    Expr::Period(Unit::Week, Which::Present(n)),
                    Expr::Weekend(Some(Which::Present(1))),
                    Expr::QuarterFrom(Which::Present(n)),
                    Expr::SeasonFrom(4, Which::Present(n)),
                    Expr::DecadeFrom(Which::Present(n)),
                    Expr::CenturyFrom(Which::Present(n)),
                ] {
                    assert_eq!(resolve(&[item(expr)], Some(published), None).len(), 1);
                }
            }
        }
    }
}
