//! What is counted from the publication date or from the narrative: `الأسبوع المقبل`, `في اليوم التالي`,
//! `بعد أسبوعين`, `قبل ذلك بعام`.

use super::{Parser, Piece};
use crate::extract::dates::expr::{Amount, Anchor, Expr, Length, Modifier, Unit, Which};
use crate::extract::dates::lexicon::{Class, Role};

impl Parser<'_> {
    /// The adjective at `i` that says which one.
    pub(super) fn lean(self, i: usize) -> Option<Which> {
        let word = self.at(i);
        if word.clitic > 0 {
            return None;
        }
        match word.class() {
            Class::Lean if word.sense.definite => Some(Which::Present(word.sense.n as i8)),
            Class::NarrativeLean => Some(Which::Narrative(word.sense.n as i8)),
            _ => None,
        }
    }

    /// A definite period of the given unit, with what says which one: `العام الماضي`, `هذا العام`, `العام
    /// ذاته`, `نفس العام`, `ذلك العام`, `العام قبل الماضي`.
    pub(super) fn period_of(self, i: usize, unit: Class) -> Option<(usize, Which)> {
        let singular = |at: usize| {
            let word = self.at(at);
            word.class() == unit && word.sense.n == 1 && word.sense.definite
        };
        match self.class(i) {
            Class::This if singular(i + 1) => {
                let far = i + 2 + usize::from(self.lean(i + 2) == Some(Which::Present(0)));
                Some((far, Which::Present(0)))
            }
            Class::That | Class::Same if singular(i + 1) => Some((i + 2, Which::Narrative(0))),
            _ if singular(i) && !self.before(i).has(Role::GeneralNoun) => {
                if let Some(which) = self.lean(i + 1) {
                    return Some((i + 2, which));
                }
                let twice = match (self.class(i + 1), self.lean(i + 2)) {
                    (Class::Before, Some(Which::Present(-1))) => -2,
                    (Class::After, Some(Which::Present(1))) => 2,
                    _ => return None,
                };
                Some((i + 3, Which::Present(twice)))
            }
            _ => None,
        }
    }

    /// `الأسبوع المقبل`, `ذلك اليوم`, `السنة التالية`, `الأيام القليلة الماضية`, `هذا الصباح`.
    pub(super) fn period(self, i: usize) -> Option<Piece> {
        if let Some(piece) = self.nth_of(i) {
            return Some(piece);
        }
        for class in [Class::Day, Class::Week, Class::MonthUnit, Class::Year, Class::Decade] {
            if let Some((end, which)) = self.period_of(i, class) {
                // `العقد الحالي` is rather the contract in force.
                if class == Class::Decade && which == Which::Present(0) {
                    return None;
                }
                let expr = match (class, which) {
                    (Class::Decade, which) => Expr::DecadeFrom(which),
                    (Class::Day, Which::Present(n)) => Expr::Deictic(n, None),
                    _ => Expr::Period(unit_of(class)?, which),
                };
                return Some(Piece::new(i, end, expr, "period"));
            }
        }
        let this = usize::from(self.class(i) == Class::This);
        let word = self.at(i + this);
        if word.class() == Class::Weekend {
            let lean = self.lean(i + this + 1);
            let end = i + this + 1 + usize::from(lean.is_some());
            return Some(Piece::new(i, end, Expr::Weekend(lean), "weekend"));
        }
        if this == 1 {
            return match word.class() {
                Class::Weekday => Some(Piece::new(
                    i,
                    i + 2,
                    Expr::Weekday(word.sense.n as u8, Some(Which::Present(1))),
                    "weekday",
                )),
                Class::Month if self.class(i + 2) != Class::Num => None,
                Class::Season => Some(Piece::new(
                    i,
                    i + 2,
                    Expr::SeasonFrom(word.sense.n as u8, Which::Present(0)),
                    "season",
                )),
                Class::Part if word.sense.definite => {
                    let mut piece = Piece::new(i, i + 2, Expr::Deictic(0, None), "part-of-day");
                    piece.part = Self::day_part(word.sense.n);
                    Some(piece)
                }
                _ if word.sense.n == 3 && word.sense.definite && word.class() == Class::Day => {
                    Some(Piece::new(i, i + 2, Expr::Vague, "vague-period"))
                }
                _ => None,
            };
        }
        self.plural_period(i)
    }

    /// `الأسبوع الأول من مايو`, `الأسبوع الأخير من الشهر الجاري`: somewhere in the larger period.
    fn nth_of(self, i: usize) -> Option<Piece> {
        let word = self.at(i);
        if !matches!(word.class(), Class::Week | Class::Third) || !word.sense.definite || word.sense.n > 1 {
            return None;
        }
        let modifier = match (self.class(i + 1), self.at(i + 1).sense.n) {
            (Class::Ordinal, 1) => Modifier::Start,
            (Class::Ordinal, 2 | 3) => Modifier::Mid,
            (Class::Ordinal, _) | (Class::Lean, -1) => Modifier::End,
            _ => return None,
        };
        if self.class(i + 2) != Class::From {
            return None;
        }
        let mut piece = [self.period(i + 3), self.date(i + 3), self.year(i + 3)]
            .into_iter()
            .flatten()
            .max_by_key(|p| p.end)?;
        let long = match piece.expr {
            Expr::Calendar(date) => date.day.is_none(),
            Expr::Period(unit, _) => unit > Unit::Week,
            _ => false,
        };
        piece.start = i;
        piece.modifier = Some(modifier);
        long.then_some(piece)
    }

    /// `الأيام المقبلة`, `الأيام القليلة الماضية`, `السنوات الماضية`: how many is not told.
    fn plural_period(self, i: usize) -> Option<Piece> {
        let word = self.at(i);
        let unit = unit_of(word.class())?;
        if word.sense.n != 3 || !word.sense.definite {
            return None;
        }
        let few = usize::from(self.class(i + 1) == Class::Few);
        let Some(Which::Present(side)) = self.lean(i + 1 + few) else { return None };
        let (mut end, mut few) = (i + 2 + few, few);
        if few == 0 && self.class(end) == Class::Few {
            (end, few) = (end + 1, 1);
        }
        let length = Length { amount: Amount::Vague, unit, rest: None };
        if unit < Unit::Hour {
            return None;
        }
        let expr = if few == 1 || unit >= Unit::Year || unit == Unit::Hour && side < 0 {
            Expr::Duration(length)
        } else {
            Expr::Vague
        };
        Some(Piece::new(i, end, expr, "vague-period"))
    }

    /// `بعد يومين`, `بعد ذلك بعام`, `قبل يومين من الموعد`, `قبل ثلاثة أيام`, `بعدها بأسبوع`.
    pub(super) fn offset(self, i: usize) -> Option<Piece> {
        let sign = match self.class(i) {
            Class::After | Class::AfterIt => 1,
            Class::Before | Class::BeforeIt => -1,
            _ => return None,
        };
        if matches!(self.class(i), Class::AfterIt | Class::BeforeIt) {
            return self.offset_behind(i, i + 1, sign);
        }
        if matches!(self.class(i + 1), Class::That | Class::Then) && self.at(i + 1).clitic == 0 {
            return self.offset_behind(i, i + 2, sign);
        }
        let mut j = i + 1;
        if self.class(j) == Class::Passing {
            j += 1;
        }
        let (mut end, length, modifier) = self.length_any(j)?;
        if self.at(j).governed {
            return None;
        }
        if self.class(end) == Class::Roughly {
            end += 1;
        }
        let vague = length.amount == Amount::Vague;
        let mut anchor = if sign > 0 { Anchor::Narrative } else { Anchor::Publication };
        match self.class(end) {
            Class::From if self.at(end).clitic == 0 => {
                let next = self.at(end + 1);
                if next.class() == Class::That || next.class() == Class::Then {
                    anchor = Anchor::Narrative;
                    end += 2;
                } else if vague || sign > 0 && next.has(Role::LastingNoun) || next.class() == Class::Lean {
                    return None;
                } else {
                    anchor = if next.has(Role::EventNoun) { Anchor::Told } else { Anchor::Elsewhere };
                    // `بعد أسبوع من الآن`, `من اليوم`
                    let now = next.class() == Class::Now
                        || next.class() == Class::Day && next.sense.definite && self.lean(end + 2).is_none();
                    if now {
                        anchor = Anchor::Publication;
                    }
                    end += if now { 2 } else { 1 };
                }
            }
            Class::Upon if self.at(end).sense.n == 1 => return None,
            Class::Upon => anchor = Anchor::Elsewhere,
            Class::In if sign > 0 && self.at(end + 1).has(Role::LastingNoun) => return None,
            _ => {}
        }
        if vague && length.unit < Unit::Day {
            return None;
        }
        // `يوما بعد يوم`, `عاما بعد عام`
        let again = length.amount == Amount::Exact(1)
            && unit_of(self.class_before(i)) == Some(length.unit)
            && self.before(i).sense.n == 1;
        if again {
            return None;
        }
        let expr = Expr::Offset { length, sign, anchor };
        let mut piece = Piece::new(i, end, expr, if sign > 0 { "offset-after" } else { "offset-before" });
        piece.modifier = modifier;
        Some(piece)
    }

    /// The length behind `بعد ذلك` and `بعدها`, with its ب.
    fn offset_behind(self, i: usize, at: usize, sign: i8) -> Option<Piece> {
        let glued =
            self.class(at) == Class::In && self.class(at + 1) == Class::Num && !self.at(at + 1).spaced;
        if !self.at(at).governed && !glued {
            return None;
        }
        let (end, length, modifier) = self.length_any(at + usize::from(glued))?;
        let expr = Expr::Offset { length, sign, anchor: Anchor::Narrative };
        let mut piece = Piece::new(i, end, expr, "offset-that");
        piece.modifier = modifier;
        Some(piece)
    }
}

/// The unit that a unit word names.
pub(super) const fn unit_of(class: Class) -> Option<Unit> {
    Some(match class {
        Class::Second => Unit::Second,
        Class::Minute => Unit::Minute,
        Class::Hour => Unit::Hour,
        Class::Day | Class::Night => Unit::Day,
        Class::Week => Unit::Week,
        Class::MonthUnit => Unit::Month,
        Class::Year => Unit::Year,
        Class::Decade => Unit::Decade,
        Class::Century => Unit::Century,
        _ => return None,
    })
}
