//! Lengths of time and repeated times.

use super::relative::unit_of;
use super::{Parser, Piece};
use crate::extract::dates::expr::{Amount, Expr, Length, Modifier, Unit, Which};
use crate::extract::dates::lexicon::{Class, Role};

impl Parser<'_> {
    /// A length of time that stands for itself, with what makes it rough: `نحو 90 دقيقة`.
    pub(super) fn duration(self, i: usize) -> Option<Piece> {
        let rough = self.class(i) == Class::Approx;
        let at = i + usize::from(rough);
        let (mut end, length, strong) = self.length(at)?;
        if !strong && !rough && !self.length_expected(i, &length) {
            return None;
        }
        let mut piece = Piece::new(i, end, Expr::Duration(length), "duration");
        if rough {
            piece.modifier = Some(self.approx(i));
        }
        if self.class(end) == Class::Roughly && self.at(end).sense.n == 0 {
            end += 1;
            piece.end = end;
            piece.modifier = Some(Modifier::Approx);
        }
        Some(piece)
    }

    /// The modifier of an approximation.
    pub(super) fn approx(self, i: usize) -> Modifier {
        match self.at(i).sense.n {
            1 => Modifier::MoreThan,
            -1 => Modifier::LessThan,
            _ => Modifier::Approx,
        }
    }

    /// A length, rough or not, for an offset.
    pub(super) fn length_any(self, i: usize) -> Option<(usize, Length, Option<Modifier>)> {
        let rough = self.class(i) == Class::Approx;
        let (end, length, _) = self.length(i + usize::from(rough))?;
        Some((end, length, rough.then(|| self.approx(i))))
    }

    /// Whether the place asks for a length, so that a unit alone (`ساعة`, `سنوات`) is one.
    fn length_expected(self, i: usize, length: &Length) -> bool {
        let before = self.before(i);
        let plural = length.amount == Amount::Vague;
        before.has(Role::For)
            || before.class() == Class::Since
            || before.class() == Class::In && before.sense.n == 1
            || plural && matches!(before.class(), Class::After | Class::Before)
            || plural && self.at(i).governed
            || self.class_before(i) == Class::Every
    }

    /// A number of units. The flag tells whether the words need no help from the context.
    pub(super) fn length(self, i: usize) -> Option<(usize, Length, bool)> {
        let word = self.at(i);
        if let Some(unit) = unit_of(word.class()) {
            return self.unit_first(i, unit);
        }
        if matches!(word.class(), Class::Half | Class::Quarter | Class::Third) && !word.sense.definite {
            return self.fraction(i);
        }
        let (at, amount) = self.amount(i)?;
        let unit_word = self.at(at);
        let unit = unit_of(unit_word.class())?;
        if unit_word.clitic > 0 || unit_word.sense.definite || !agrees(amount, unit_word.sense.n) {
            return None;
        }
        // `45 دقيقة`, but `2018 سنة` is a year written backwards.
        if unit == Unit::Year && matches!(amount, Amount::Exact(1800..=2100)) {
            return None;
        }
        let mut length = Length { amount, unit, rest: None };
        let mut end = self.stretch(at + 1);
        if let Some(far) = self.and_half(end, &mut length) {
            end = far;
        } else if let Some(far) = self.and_rest(end, &mut length) {
            end = far;
        }
        if self.at(i).sense.definite || self.class(end) == Class::Lean {
            end += usize::from(self.lean(end).is_some());
        }
        Some((end, length, true))
    }

    /// A unit before its number, or alone: `يومين`, `السنوات الأربع الأخيرة`, `ساعة واحدة`, `سنوات عديدة`.
    fn unit_first(self, i: usize, unit: Unit) -> Option<(usize, Length, bool)> {
        let word = self.at(i);
        let of = |amount| Length { amount, unit, rest: None };
        if word.sense.definite {
            if word.sense.n == 3
                && let Some((end, n)) = self.number(i + 1)
                && self.at(i + 1).sense.definite
            {
                let end = end + usize::from(self.lean(end).is_some());
                return Some((end, of(Amount::Exact(n)), true));
            }
            if word.sense.n == 2 {
                let end = i + 1 + usize::from(self.lean(i + 1).is_some());
                return Some((end, of(Amount::Exact(2)), end > i + 1));
            }
            if word.sense.n == 1
                && unit <= Unit::Hour
                && matches!(self.lean(i + 1), Some(Which::Present(-1 | 1)))
            {
                return Some((i + 2, of(Amount::Exact(1)), true));
            }
            return None;
        }
        if self.names_more(i, unit) {
            return None;
        }
        match word.sense.n {
            1 => {
                let one = self.class(i + 1) == Class::Cardinal
                    && self.at(i + 1).sense.n == 1
                    && self.at(i + 1).clitic == 0;
                let mut length = of(Amount::Exact(1));
                let end = self.stretch(i + 1 + usize::from(one));
                if let Some(far) = self.and_half(end, &mut length).or_else(|| self.and_rest(end, &mut length))
                {
                    return Some((far, length, true));
                }
                Some((end, length, one || self.at(end).has(Role::Full)))
            }
            2 => {
                let two = self.class(i + 1) == Class::Cardinal
                    && self.at(i + 1).sense.n == 2
                    && self.at(i + 1).clitic == 0;
                let mut length = of(Amount::Exact(2));
                let mut end = self.stretch(i + 1 + usize::from(two));
                if let Some(far) = self.and_half(end, &mut length).or_else(|| self.and_rest(end, &mut length))
                {
                    end = far;
                }
                Some((end, length, true))
            }
            _ => {
                let several =
                    matches!(self.class(i + 1), Class::Several | Class::Vague) && self.at(i + 1).clitic == 0;
                let end = i + 1 + usize::from(several);
                Some((self.stretch(end), of(Amount::Vague), several))
            }
        }
    }

    /// Whether what stands behind the unit at `i` makes it part of a name or another word: `عام 2014`,
    /// `يوم الخميس`, `شهر رمضان`, and `عقد` as "holding" (`بعد عقد اجتماع`) or "contract".
    fn names_more(self, i: usize, unit: Unit) -> bool {
        let (one, next) = (self.at(i).sense.n == 1, self.at(i + 1));
        match (unit, next.class()) {
            (Unit::Decade, Class::Other) => {
                let held = self.at(i).governed
                    || matches!(self.class_before(i), Class::After | Class::Before | Class::In | Class::To);
                held && self.at(i).sense.n != 2 && next.clitic == 0 && !next.has(Role::Full)
            }
            (Unit::Year, Class::Num) => one && next.digits >= 3,
            (Unit::Year, Class::Cardinal) => one && next.sense.n >= 1000,
            (Unit::Month, Class::Num | Class::Month | Class::HijriMonth) => one,
            (
                Unit::Day,
                Class::Num
                | Class::Weekday
                | Class::WeekdayBare
                | Class::Ordinal
                | Class::Deictic
                | Class::Part,
            ) => one && next.clitic == 0,
            _ => false,
        }
    }

    /// `متتالية` and its like behind a length.
    fn stretch(self, i: usize) -> usize {
        i + usize::from(matches!(self.class(i), Class::Whole | Class::Passing) && self.at(i).clitic == 0)
    }

    /// `ساعة ونصف [الساعة]`.
    fn and_half(self, i: usize, length: &mut Length) -> Option<usize> {
        let half = self.at(i);
        let joined = half.clitic > 0 && !half.governed;
        if half.class() != Class::Half || !joined {
            return None;
        }
        let Amount::Exact(n) = length.amount else { return None };
        length.amount = Amount::AndHalf(n);
        let again = self.at(i + 1);
        Some(i + 1 + usize::from(unit_of(again.class()) == Some(length.unit) && again.sense.n == 1))
    }

    /// `ثلاث سنوات وأربعة أشهر`, `ساعة و30 دقيقة`.
    fn and_rest(self, i: usize, length: &mut Length) -> Option<usize> {
        let next = self.at(i);
        let glued = next.class() == Class::And && next.sense.n == 0;
        if !glued && (next.clitic == 0 || next.governed) {
            return None;
        }
        let at = i + usize::from(glued);
        let (unit_at, n) = match unit_of(self.class(at)) {
            Some(_) if (1..=2).contains(&self.at(at).sense.n) => (at, self.at(at).sense.n as u32),
            Some(_) => return None,
            None => self.number(at)?,
        };
        let word = self.at(unit_at);
        let unit = unit_of(word.class())?;
        if unit >= length.unit || word.sense.definite || unit_at > at && word.clitic > 0 {
            return None;
        }
        length.rest = Some((n, unit));
        Some(unit_at + 1)
    }

    /// `نصف ساعة`, `ربع ساعة`, `نصف قرن`.
    fn fraction(self, i: usize) -> Option<(usize, Length, bool)> {
        let next = self.at(i + 1);
        let unit = unit_of(next.class())?;
        if next.sense.n != 1 || next.clitic > 0 {
            return None;
        }
        let (n, unit) = match (self.class(i), unit) {
            (Class::Half, Unit::Minute) => (30, Unit::Second),
            (Class::Half, Unit::Hour) => (30, Unit::Minute),
            (Class::Quarter, Unit::Hour) => (15, Unit::Minute),
            (Class::Third, Unit::Hour) => (20, Unit::Minute),
            (Class::Half, Unit::Day) => (12, Unit::Hour),
            (Class::Half, Unit::Year) => (6, Unit::Month),
            (Class::Half, Unit::Decade) => (5, Unit::Year),
            (Class::Half, Unit::Century) => (50, Unit::Year),
            (Class::Quarter, Unit::Century) => (25, Unit::Year),
            _ => return None,
        };
        Some((i + 2, Length { amount: Amount::Exact(n), unit, rest: None }, true))
    }

    /// `كل 5 سنوات`, `كل يوم جمعة`, `يوميا`, `أيام الجمع`.
    pub(super) fn repeated(self, i: usize) -> Option<Piece> {
        let word = self.at(i);
        let one = |unit| Length { amount: Amount::Exact(1), unit, rest: None };
        let (end, expr) = match word.class() {
            Class::Weekdays => (i + 1, Expr::EveryWeekday(word.sense.n as u8)),
            Class::Frequency => {
                let length = match word.sense.n {
                    1 => one(Unit::Day),
                    2 => one(Unit::Week),
                    3 => one(Unit::Month),
                    4 => one(Unit::Year),
                    _ => Length { amount: Amount::Exact(3), unit: Unit::Month, rest: None },
                };
                (i + 1, Expr::EveryLength(length))
            }
            Class::Every => {
                let day = usize::from(self.class(i + 1) == Class::Day && self.at(i + 1).sense.n == 1);
                let named = self.at(i + 1 + day);
                if matches!(named.class(), Class::WeekdayBare | Class::Weekday) && named.clitic == 0 {
                    let bare_seven =
                        named.class() == Class::WeekdayBare && day == 0 && matches!(named.sense.n, 1 | 7);
                    // `كل أحد` is everyone.
                    if bare_seven {
                        return None;
                    }
                    (i + 2 + day, Expr::EveryWeekday(named.sense.n as u8))
                } else {
                    let (end, length, _) = self.length(i + 1)?;
                    if length.amount == Amount::Vague || self.at(i + 1).sense.definite {
                        return None;
                    }
                    (end, Expr::EveryLength(length))
                }
            }
            _ => return None,
        };
        Some(Piece::new(i, end, expr, "set"))
    }
}

/// Number words and their nouns: three to ten take the plural, eleven and up the singular; two is a
/// form of its own. Digits are often left unagreed, so only what is surely wrong is refused.
const fn agrees(amount: Amount, number: i32) -> bool {
    match amount {
        Amount::Vague => number == 3,
        Amount::Exact(n) => !(number == 2 && n > 2),
        _ => true,
    }
}
