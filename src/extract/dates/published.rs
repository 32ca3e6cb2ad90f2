//! The publication date where nobody gives one: a dateline, or what the text itself betrays.

use std::ops::Range;

use chrono::NaiveDate;

use super::expr::{Expr, Found, MonthSpec, YearSpec};
use super::resolve::Resolved;
use super::resolve::civil::{Point, Precision, iso_weekday, weekday_ahead};
use crate::extract::dates::expr::Unit;
use crate::model::{Calendar, Published, PublishedBasis};
use crate::text::{TokenKind, Tokens};

/// How many blocks from the top a dateline may stand in.
const HEAD_BLOCKS: u32 = 8;
/// How many tokens beside its dates a dateline may hold (place, agency, hyphens).
const DATELINE_REST: usize = 7;
/// Words before a date that make it part of a sentence.
const GOVERNORS: [&str; 9] = ["في", "منذ", "حتي", "الي", "من", "بتاريخ", "خلال", "بين", "عن"];
/// Words that, at a block's start, make a governed date a dateline's: `نشر في 9 مايو 2018`.
const PUBLISHING: [&str; 5] = ["نشر", "نشرت", "النشر", "تحديث", "حدث"];
/// How many tokens before its governor such a line may have (`تم النشر`, `تاريخ النشر:`).
const PUBLISHING_WITHIN: usize = 3;

/// The index in `found` of the `date 2025-08-07` line at the very top, which is no part of the text.
pub(super) fn head_line(tokens: &Tokens<'_>, found: &[Found]) -> Option<usize> {
    let first = found.first()?;
    let before = first.first as usize;
    let word = tokens.folded(before.checked_sub(1)?);
    let word = if word == ":" { tokens.folded(before.checked_sub(2)?) } else { word };
    (before <= 3 && word == "date" && full(first)).then_some(0)
}

/// The date of a dateline: a short block near the top that holds little but a full date. A text in
/// which such blocks come again and again is a chronology and has none.
pub(super) fn dateline(
    tokens: &Tokens<'_>,
    found: &[Found],
    resolved: &[Resolved],
    blocks: &[Range<usize>],
) -> Option<Published> {
    let mut lines: Vec<(u32, NaiveDate)> = Vec::new();
    for (item, value) in found.iter().zip(resolved) {
        let Some(Point { date, precision: Precision::Day }) = value.point else { continue };
        if !full(item) || lines.last().is_some_and(|(block, _)| *block == item.block) {
            continue;
        }
        let Some(block) = blocks.get(item.block as usize) else { continue };
        let before = block.start..item.first as usize;
        let governed = before.clone().next_back().is_some_and(|i| GOVERNORS.contains(&tokens.folded(i)));
        let published = before.len() <= 1 + PUBLISHING_WITHIN
            && before.into_iter().any(|i| PUBLISHING.contains(&tokens.folded(i)));
        if governed && !published {
            continue;
        }
        let dated: usize =
            found.iter().filter(|f| f.block == item.block).map(|f| (f.last - f.first + 1) as usize).sum();
        if block.len().saturating_sub(dated) <= DATELINE_REST {
            lines.push((item.block, date));
        }
    }
    let (block, date) = *lines.first()?;
    (lines.len() <= 2 && block < HEAD_BLOCKS).then_some(Published { date, basis: PublishedBasis::Dateline })
}

/// The year of a copyright line anywhere in the text.
pub(super) fn copyright_year(tokens: &Tokens<'_>) -> Option<i32> {
    let signs = |i: usize| {
        matches!(tokens.kind(i), Some(TokenKind::Mark | TokenKind::Foreign))
            && matches!(tokens.folded(i), "©" | "copyright")
            || tokens.kind(i) == Some(TokenKind::Word)
                && tokens.folded(i) == "الحقوق"
                && tokens.folded(i + 1) == "محفوظه"
    };
    let year = |i: usize| {
        let digits = tokens.folded(i);
        let number =
            (tokens.kind(i) == Some(TokenKind::Number) && digits.len() == 4).then(|| digits.parse().ok());
        number.flatten().filter(|y| (1990..2100).contains(y))
    };
    (0..tokens.len()).filter(|&i| signs(i)).find_map(|i| (i + 1..i + 9).filter_map(year).max())
}

fn full(item: &Found) -> bool {
    matches!(item.expr, Expr::Calendar(date)
        if date.day.is_some() && matches!(date.month, MonthSpec::Told(_)) && matches!(date.year, YearSpec::Told(_)))
}

/// The publication date as the text betrays it: a chronology (three dated entries or more) was
/// written on the first day at or after the latest date told whose weekday is the one it calls today
/// (`اليوم الجمعة`), or on which it says that something happened (`قال يوم الخميس`).
/// Anything else would be guessing.
pub(super) fn infer(found: &[Found], resolved: &[Resolved]) -> Option<Published> {
    let entries = found.iter().filter(|f| f.header && full(f)).count();
    if entries < 3 {
        return None;
    }
    let latest = found
        .iter()
        .zip(resolved)
        .filter(|(f, r)| f.direction != Some(1) && r.calendar == Calendar::Gregorian)
        .filter_map(|(_, r)| r.point)
        .filter(|p| p.precision == Precision::Day)
        .map(|p| p.date)
        .max()?;
    let named = found.iter().find_map(|f| match f.expr {
        Expr::Deictic(days, Some(day)) => Some((day, days)),
        _ => None,
    });
    let bare = || {
        found.iter().find_map(|f| match f.expr {
            Expr::Weekday(day, None) if f.direction != Some(1) => Some((day, 0)),
            _ => None,
        })
    };
    let (day, days) = named.or_else(bare)?;
    let from = Point::day(latest).shifted(i64::from(days.min(0)), Unit::Day)?.date;
    let that = weekday_ahead(from, day, false)?;
    let date = Point::day(that).shifted(-i64::from(days), Unit::Day)?.date;
    debug_assert_eq!(iso_weekday(that), day);
    Some(Published { date, basis: PublishedBasis::Inferred })
}
