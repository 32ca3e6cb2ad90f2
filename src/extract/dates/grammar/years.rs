//! Years alone, decades, centuries and the parts of a year.

use super::{Parser, Piece};
use crate::extract::dates::expr::{CalendarDate, Expr, Modifier, MonthSpec, Which, YearPart, YearSpec};
use crate::extract::dates::lexicon::{Class, Role};
use crate::model::Calendar;

impl Parser<'_> {
    /// `عام 2014`, `سنة 1433هـ`, `العام 1994`, `عام ألفين وعشرة`, or digits alone with evidence.
    pub(super) fn year(self, i: usize) -> Option<Piece> {
        let (end, date) = self.year_value(i)?;
        Some(Piece::new(i, end, Expr::Calendar(date), "year"))
    }

    fn year_value(self, i: usize) -> Option<(usize, CalendarDate)> {
        let mut date = CalendarDate::default();
        if self.class(i) == Class::Year && self.at(i).sense.n == 1 {
            if self.at(i).sense.definite && self.before(i).has(Role::GeneralNoun) {
                return None;
            }
            let number = self.at(i + 1);
            if number.class() == Class::Num && !number.sense.definite {
                date.year = YearSpec::Told(number.sense.n);
                let end = self.era(i + 2, &mut date);
                let dated = match number.digits {
                    4 => (1000..3000).contains(&number.sense.n),
                    1..=3 => end > i + 2 && date.calendar == Calendar::Hijri || date.year_is_bc(),
                    _ => false,
                } || number.digits == 3 && number.sense.n > 366 && !self.counted(i + 1);
                return (dated && !self.glued_number(i + 1)).then(|| {
                    assume_hijri(&mut date);
                    (end, date)
                });
            }
            let (far, n) = self.cardinal(i + 1)?;
            if !(1000..3000).contains(&n) {
                return None;
            }
            date.year = YearSpec::Told(n as i32);
            return Some((self.era(far, &mut date), date));
        }
        let number = self.at(i);
        if number.class() != Class::Num || number.sense.definite || number.sense.n == 0 || number.digits > 4 {
            return None;
        }
        date.year = YearSpec::Told(number.sense.n);
        let end = self.era(i + 1, &mut date);
        let era = match self.class(end.saturating_sub(1)) {
            _ if end == i + 1 => false,
            Class::HijriEra => number.digits == 4 || self.placed(i),
            Class::AmPm => {
                number.digits == 4 && number.sense.n < 2200 && (!self.at(i + 1).spaced || self.placed(i))
            }
            _ => true,
        };
        if era && !self.glued_number(i) {
            return Some((end, date));
        }
        date = CalendarDate { year: YearSpec::Told(number.sense.n), ..CalendarDate::default() };
        if !self.evident_year(i) {
            return None;
        }
        assume_hijri(&mut date);
        Some((i + 1, date))
    }

    fn glued_number(self, i: usize) -> bool {
        let bound = |at: usize| {
            self.class(at) == Class::Punct
                && !self.at(at).spaced
                && ['.', ',', ':', '٫', '٬'].iter().any(|&c| self.at(at).is_mark(c))
        };
        i >= 2 && !self.at(i).spaced && bound(i - 1) && self.class(i - 2) == Class::Num
            || bound(i + 1) && self.class(i + 2) == Class::Num && !self.at(i + 2).spaced
    }

    /// Whether four digits alone can be a year at all.
    pub(super) fn year_like(self, i: usize) -> bool {
        let number = self.at(i);
        number.class() == Class::Num
            && number.digits == 4
            && !number.sense.definite
            && (1000..2200).contains(&number.sense.n)
            && !self.glued_number(i)
            && !self.counted(i)
            && !self.before(i).has(Role::CodeNoun)
    }

    /// Whether four digits alone are a year where they stand.
    fn evident_year(self, i: usize) -> bool {
        if !self.year_like(i) {
            return false;
        }
        let n = self.at(i).sense.n;
        let modern = (1800..2100).contains(&n);
        let next = self.at(i + 1);
        if self.ranged(i) {
            return true;
        }
        let before = self.before(i);
        if before.class() == Class::YearPair {
            return true;
        }
        if !modern {
            return false;
        }
        if self.class_before(i) == Class::Break || self.bullet(i) {
            return self.dash(i + 1)
                || [':', '،', '.', '؛'].iter().any(|&c| next.is_mark(c))
                || next.class() == Class::Break
                || next.class() == Class::Other && self.bullet(i);
        }
        if before.is_mark('(') && next.is_mark(')') {
            return true;
        }
        if matches!(
            before.class(),
            Class::In
                | Class::Since
                | Class::To
                | Class::Between
                | Class::Edge
                | Class::Season
                | Class::Roughly
        ) || before.has(Role::YearNoun)
        {
            return true;
        }
        let modest = (1900..2100).contains(&n);
        if modest && matches!(before.class(), Class::From | Class::After | Class::Before) {
            return next.class() != Class::Other;
        }
        // `أزمة لبنان 1958`, `روسيا 2018`: the number closes a noun phrase.
        let closes = matches!(
            next.class(),
            Class::Break
                | Class::Punct
                | Class::In
                | Class::From
                | Class::To
                | Class::After
                | Class::Before
                | Class::Upon
        );
        (1940..2060).contains(&n)
            && n % 100 != 0
            && closes
            && before.class() == Class::Other
            && !self.dash(i + 1)
    }

    /// Whether the number at `i` opens its block behind a bullet.
    pub(super) fn bullet(self, i: usize) -> bool {
        let mut j = i;
        while j > 0 && self.class(j - 1) == Class::Punct && j + 3 > i {
            j -= 1;
        }
        j < i && self.class_before(j) == Class::Break && !self.before(i).is_mark('(')
    }

    /// `2015-2018`, `من 2011 إلى 2014`, `1943 - 1955`, `2011 و2014`, `2017/2018`.
    fn ranged(self, i: usize) -> bool {
        let n = self.at(i).sense.n;
        let rises = |low: usize, high: usize| {
            self.year_like(low)
                && self.year_like(high)
                && self.at(high).sense.n > self.at(low).sense.n
                && self.at(high).sense.n - self.at(low).sense.n < 300
        };
        let joint = |at: usize| self.dash(at) || self.at(at).is_mark('/') || self.class(at) == Class::To;
        if joint(i + 1) && rises(i, i + 2) || i >= 2 && joint(i - 1) && rises(i - 2, i) {
            return true;
        }
        // After a conjunction or comma the one before must be a year in its own right.
        let listed =
            i >= 2 && (self.class(i - 1) == Class::And || self.comma(i - 1)) && self.year_like(i - 2);
        let opens = i >= 2 && self.class(i - 1) == Class::And && self.class_before(i - 1) == Class::Num;
        if listed || opens {
            let first = i - 2;
            return n >= 1700
                && (self.evident_year(first)
                    || matches!(self.class_before(first), Class::Year | Class::Month | Class::Season));
        }
        // `بين 1789 و1797`
        self.class_before(i) == Class::Between && self.class(i + 1) == Class::And && rises(i, i + 2)
    }

    /// `[سنوات] الثمانينيات [من القرن الماضي]`.
    pub(super) fn decade(self, i: usize) -> Option<Piece> {
        let prefixed =
            matches!(self.class(i), Class::Year | Class::Decade) && self.class(i + 1) == Class::DecadeName;
        let at = i + usize::from(prefixed);
        if self.class(at) != Class::DecadeName {
            return None;
        }
        let decade = self.at(at).sense.n as u8;
        let of = at + 1 + usize::from(self.class(at + 1) == Class::From);
        let (end, century) = match self.century_value(of) {
            Some((end, Expr::Century(n))) => (end, Some(n)),
            Some((end, Expr::CenturyFrom(Which::Present(-1)))) => (end, Some(20)),
            Some((end, Expr::CenturyFrom(Which::Present(0)))) => (end, Some(21)),
            _ => (at + 1, None),
        };
        // `الثلاثينيات من عمره` is an age.
        if end == at + 1 && of > at + 1 && self.at(of).has(Role::Aged) {
            return None;
        }
        Some(Piece::new(i, end, Expr::Decade(decade, century), "decade"))
    }

    /// `القرن التاسع عشر`, `القرن الماضي`.
    pub(super) fn century(self, i: usize) -> Option<Piece> {
        let (end, expr) = self.century_value(i)?;
        Some(Piece::new(i, end, expr, "century"))
    }

    fn century_value(self, i: usize) -> Option<(usize, Expr)> {
        let word = self.at(i);
        if word.class() != Class::Century || word.sense.n != 1 || !word.sense.definite {
            return None;
        }
        if let Some(which) = self.lean(i + 1) {
            return Some((i + 2, Expr::CenturyFrom(which)));
        }
        // `القرن الـ19`
        let digits = self.at(i + 1);
        let (mut end, n) = if digits.class() == Class::Num && digits.digits <= 2 {
            (i + 2, digits.sense.n as u32)
        } else {
            self.ordinal(i + 1)?
        };
        let mut date = CalendarDate { year: YearSpec::Told(n as i32), ..CalendarDate::default() };
        end = self.era(end, &mut date);
        let YearSpec::Told(n) = date.year else { return None };
        ((1..=30).contains(&n.abs()) && date.calendar == Calendar::Gregorian)
            .then_some((end, Expr::Century(n as i8)))
    }

    /// `صيف 2018`, `الصيف الماضي`, `بداية الصيف` (where the edge is read before).
    pub(super) fn season(self, i: usize, evident: bool) -> Option<Piece> {
        let prefixed = self.at(i).has(Role::SeasonWord);
        let at = i + usize::from(prefixed);
        if self.class(at) != Class::Season {
            return None;
        }
        let part = YearPart::Season(self.at(at).sense.n as u8);
        let (end, year) = self.of_year(at + 1);
        if end > at + 1 {
            return Some(Piece::new(i, end, Expr::Part(part, year), "season"));
        }
        if let Some(which) = self.lean(at + 1) {
            return Some(Piece::new(i, at + 2, Expr::SeasonFrom(self.at(at).sense.n as u8, which), "season"));
        }
        (evident || prefixed).then(|| Piece::new(i, at + 1, Expr::Part(part, YearSpec::Untold), "season"))
    }

    /// The year that a part of the year belongs to: `[من] [عام] 2018`, `من العام الماضي`.
    fn of_year(self, i: usize) -> (usize, YearSpec) {
        let at = i + usize::from(self.class(i) == Class::From);
        if let Some((end, date)) = self.year_value(at)
            && date.calendar == Calendar::Gregorian
        {
            return (end, date.year);
        }
        if self.year_like(at) && self.at(at).sense.n >= 1500 {
            return (at + 1, YearSpec::Told(self.at(at).sense.n));
        }
        match self.period_of(at, Class::Year) {
            Some((end, which)) => (end, YearSpec::Relative(which)),
            None => (i, YearSpec::Untold),
        }
    }

    /// `الربع الأول من 2018`, `النصف الثاني من العام الجاري`, `النصف الأول من مايو`.
    pub(super) fn year_part(self, i: usize) -> Option<Piece> {
        let word = self.at(i);
        let parts = if word.class() == Class::Half { 2 } else { 4 };
        if !word.sense.definite {
            return None;
        }
        if parts == 4
            && let Some(which @ (Which::Present(0 | 1) | Which::Narrative(_))) = self.lean(i + 1)
        {
            return Some(Piece::new(i, i + 2, Expr::QuarterFrom(which), "year-part"));
        }
        let (end, n) = match self.class(i + 1) {
            Class::Ordinal => (i + 2, self.at(i + 1).sense.n),
            Class::Lean if self.at(i + 1).sense.n == -1 => (i + 2, parts),
            _ => return None,
        };
        if !(1..=parts).contains(&n) {
            return None;
        }
        let (far, year) = self.of_year(end);
        let part = if parts == 2 { YearPart::Half(n as u8) } else { YearPart::Quarter(n as u8) };
        if far > end {
            return Some(Piece::new(i, far, Expr::Part(part, year), "year-part"));
        }
        if parts == 2 && self.class(end) == Class::From {
            let mut piece = self.date(end + 1).or_else(|| self.period(end + 1))?;
            let whole = match piece.expr {
                Expr::Calendar(date) => date.day.is_none() && date.month != MonthSpec::Untold,
                Expr::Period(..) => true,
                _ => false,
            };
            piece.start = i;
            piece.modifier = Some(if n == 1 { Modifier::Start } else { Modifier::End });
            return whole.then_some(piece);
        }
        None
    }
}

/// A year from 1380 to 1499 in today's news is a Hijri year unless it says otherwise.
fn assume_hijri(date: &mut CalendarDate) {
    if let YearSpec::Told(1380..=1499) = date.year {
        date.calendar = Calendar::Hijri;
    }
}
