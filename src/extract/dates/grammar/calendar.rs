//! Days, months and years in every order and dress.

use super::{Parser, Piece};
use crate::extract::dates::expr::{CalendarDate, Expr, MonthSpec, Which, YearSpec};
use crate::extract::dates::lexicon::{Class, Lexicon, Role};
use crate::model::Calendar;

impl Parser<'_> {
    /// `[اليوم|غدا] [يوم] [الخميس] [،] [26 جويلية 2012] [الخميس] [الماضي]`: what names a day or, without
    /// a day, a month.
    pub(super) fn date(self, i: usize) -> Option<Piece> {
        let mut j = i;
        let mut head = CalendarDate::default();
        if self.class(j) == Class::Day && self.at(j).sense.n == 1 {
            if self.at(j).sense.definite {
                if self.not_today(j) {
                    return None;
                }
                head.deictic = Some(0);
            }
            j += 1;
        } else if self.class(j) == Class::Deictic {
            // `غد` alone is the morrow only beside a weekday or part of the day.
            let beside = self.class(j + 1) == Class::Weekday || self.class_before(i) == Class::Part;
            if self.at(j).sense.weak && !beside {
                return None;
            }
            head.deictic = Some(self.at(j).sense.n as i8);
            j += 1;
        }
        let named = j > i;
        if self.class(j) == Class::Weekday && !self.before(j).has(Role::NotADay) {
            head.weekday = Some(self.at(j).sense.n as u8);
            j += 1;
            if let Some(lean) = self.lean(j) {
                head.lean = Some(lean);
                j += 1;
            }
        }
        let bare = head.weekday.is_none() && head.deictic.is_none();
        let mut k = j;
        let mut paren = false;
        if !bare {
            paren = self.at(k).is_mark('(');
            if paren || self.comma(k) || self.dash(k) || self.at(k).is_mark('؛') {
                k += 1;
            }
            k += usize::from(self.class(k) == Class::SameAs);
            if self.class(k) == Class::Day && self.at(k).sense.n == 1 && !self.at(k).sense.definite {
                k += 1;
            }
        }
        if let Some((mut end, mut date)) = self.core(k, !bare || named)
            && (date.day.is_some() || bare && !named)
        {
            if paren {
                end += usize::from(self.at(end).is_mark(')'));
            }
            if bare && date.day.is_some() {
                (end, head.weekday) = self.weekday_behind(end);
            }
            date.weekday = head.weekday;
            date.deictic = head.deictic;
            date.lean = date.lean.or(head.lean);
            return Some(Piece::new(i, end, Expr::Calendar(date), "calendar"));
        }
        match (head.deictic, head.weekday) {
            (Some(days), weekday) => Some(Piece::new(i, j, Expr::Deictic(days, weekday), "deictic")),
            (None, Some(weekday)) => {
                // `الاثنين من الأسبوع المقبل`
                if let Some((end, which)) = self.of_period(j, Class::Week) {
                    return Some(Piece::new(i, end, Expr::WeekdayOf(weekday, which), "weekday"));
                }
                // `بين الاثنين`: the two of them, unless another day follows.
                let two =
                    weekday == 1 && self.class_before(i) == Class::Between && self.class(j) != Class::Weekday;
                (!two).then(|| Piece::new(i, j, Expr::Weekday(weekday, head.lean), "weekday"))
            }
            _ => None,
        }
    }

    /// A weekday told behind the date: `12 مايو 2022 الخميس`, `(الخميس)`.
    fn weekday_behind(self, end: usize) -> (usize, Option<u8>) {
        let paren = self.at(end).is_mark('(');
        let at = end + usize::from(paren || self.comma(end));
        let day = self.at(at);
        if day.class() != Class::Weekday || day.clitic > 0 || self.lean(at + 1).is_some() {
            return (end, None);
        }
        if paren && !self.at(at + 1).is_mark(')') {
            return (end, None);
        }
        (at + 1 + usize::from(paren), Some(day.sense.n as u8))
    }

    /// Whether `اليوم` at `i` is part of a name (`روسيا اليوم`, `اليوم العالمي`).
    pub(super) fn not_today(self, i: usize) -> bool {
        let quoted = self.before(i).is_mark('"') && self.at(i + 1).is_mark('"');
        self.before(i).has(Role::TodayName) || self.at(i + 1).has(Role::NotToday) || quoted
    }

    /// Year, month and day without what stands around them. `expected` tells that a day word before
    /// makes even `24/2` a date.
    fn core(self, i: usize, expected: bool) -> Option<(usize, CalendarDate)> {
        let numeric = self.numeric(i, expected);
        let named = self.day_month(i, expected).or_else(|| self.month_year(i));
        match (numeric, named) {
            (Some(a), Some(b)) => Some(if b.0 > a.0 { b } else { a }),
            (a, b) => a.or(b),
        }
    }

    /// A day of the month in digits, ordinals or number words.
    pub(super) fn day_number(self, i: usize) -> Option<(usize, u8, bool)> {
        let lexeme = self.at(i);
        let (end, n, digits) = if lexeme.class() == Class::Num {
            if lexeme.digits > 2 || self.is_decimal(i) {
                return None;
            }
            (i + 1, lexeme.sense.n as u32, true)
        } else if let Some((end, n)) = self.ordinal(i) {
            (end, n, false)
        } else {
            let (end, n) = self.cardinal(i)?;
            (end, n, false)
        };
        (1..=31).contains(&n).then_some((end, n as u8, digits))
    }

    /// Whether the digits at `i` follow a decimal point.
    fn is_decimal(self, i: usize) -> bool {
        i >= 2
            && !self.at(i).spaced
            && (self.at(i - 1).is_mark('.') || self.at(i - 1).is_mark('٫') || self.at(i - 1).is_mark(':'))
            && !self.at(i - 1).spaced
            && self.class(i - 2) == Class::Num
    }

    /// `28 شباط/فبراير 2022`, `الثاني عشر من فبراير`, `15 من الشهر الجاري`.
    fn day_month(self, i: usize, expected: bool) -> Option<(usize, CalendarDate)> {
        let (mut j, day, digits) = self.day_number(i)?;
        if self.in_name(i) {
            return None;
        }
        let word = self.class(i) == Class::Cardinal && !self.at(i).sense.definite;
        let of = self.class(j) == Class::From;
        if of || self.dash(j) || self.at(j).is_mark('/') || self.at(j).is_mark('.') {
            j += 1;
        }
        let mut date = CalendarDate { day: Some(day), ..CalendarDate::default() };
        if let Some((end, month, calendar, weak)) = self.month_name(j) {
            if weak && !digits && !of && self.class(i) != Class::Ordinal || word && weak {
                return None;
            }
            date.month = MonthSpec::Told(month);
            date.calendar = calendar;
            let (end, mut date) = self.year_behind(end, date);
            if date.year == YearSpec::Untold
                && date.lean.is_none()
                && self.before(i).has(Role::FeatNoun)
                && let Some(year) = Lexicon::shipped().feat(month, day)
            {
                date.year = YearSpec::Told(year);
            }
            return Some((end, date));
        }
        if let Some((end, which)) = self.period_of(j, Class::MonthUnit)
            && (of || self.at(i).sense.definite || digits)
        {
            date.month = MonthSpec::Relative(which);
            return Some((end, date));
        }
        // `في 15 الجاري`
        let placed =
            expected || matches!(self.class_before(i), Class::In | Class::To | Class::Since | Class::Day);
        if placed
            && !of
            && digits
            && self.class(j) == Class::Lean
            && self.at(j).sense.definite
            && self.at(j).sense.n >= 0
        {
            date.month = MonthSpec::Relative(Which::Present(self.at(j).sense.n as i8));
            return Some((j + 1, date));
        }
        None
    }

    /// A month by name with its twins: `شهر آذار/مارس`, `مارس (آذار)`, `نوفمبر/تشرين`. Gives the end, the
    /// month, its calendar and whether the word could mean something else.
    fn month_name(self, i: usize) -> Option<(usize, u8, Calendar, bool)> {
        let prefixed = self.class(i) == Class::MonthUnit && self.at(i).sense.n == 1;
        let first = self.at(i + usize::from(prefixed));
        let calendar = match first.class() {
            Class::Month => Calendar::Gregorian,
            Class::HijriMonth => Calendar::Hijri,
            _ => return None,
        };
        let mut weak = first.sense.weak && !prefixed;
        let mut j = i + 1 + usize::from(prefixed);
        loop {
            let paren = self.at(j).is_mark('(');
            let slash = self.at(j).is_mark('/') || self.at(j).is_mark('\\') || self.dash(j);
            let twin = self.at(j + usize::from(paren || slash));
            let same = twin.class() == first.class() && twin.sense.n == first.sense.n;
            let stem = twin.class() == Class::MonthStem && first.sense.n >= 10;
            let slip = twin.class() == first.class() && (paren || slash && !self.dash(j));
            if calendar == Calendar::Hijri || twin.clitic > 0 || !(same || stem || slip) {
                break;
            }
            let end = j + 1 + usize::from(paren || slash);
            if paren && !self.at(end).is_mark(')') {
                break;
            }
            j = end + usize::from(paren);
            weak = false;
        }
        Some((j, first.sense.n as u8, calendar, weak))
    }

    /// Whether the day at `i` is part of a name: `قوى 14 آذار`, `فريقا 8 و14 آذار`, `مدينة 6 أكتوبر`.
    fn in_name(self, i: usize) -> bool {
        let mut at = i;
        for _ in 0..3 {
            if self.before(at).has(Role::BlocNoun) {
                return true;
            }
            if !matches!(self.class_before(at), Class::And | Class::Num) {
                return false;
            }
            at -= 1;
        }
        false
    }

    /// A month without a day: `فبراير 2022`, `نيسان الماضي`, `أبريل`; or `فبراير 24, 2022`.
    fn month_year(self, i: usize) -> Option<(usize, CalendarDate)> {
        let (j, month, calendar, weak) = self.month_name(i)?;
        let date = CalendarDate { month: MonthSpec::Told(month), calendar, ..CalendarDate::default() };
        if let Some((end, day, true)) = self.day_number(j)
            && self.at(j).spaced
        {
            let dated = CalendarDate { day: Some(day), ..date };
            let found = self.year_behind(end, dated);
            if matches!(found.1.year, YearSpec::Told(_)) {
                return Some(found);
            }
        }
        let (end, date) = self.year_behind(j, date);
        if self.class_before(i) == Class::Num && self.in_name(i - 1) {
            return None;
        }
        let evident = !weak
            || date.year != YearSpec::Untold
            || date.lean.is_some()
            || (self.placed(i) || self.before(i).has(Role::Date))
                && (calendar == Calendar::Gregorian || matches!(month, 9 | 10));
        evident.then_some((end, date))
    }

    /// Whether what stands before `i` puts it in time.
    pub(super) fn placed(self, i: usize) -> bool {
        matches!(
            self.class_before(i),
            Class::In
                | Class::Since
                | Class::To
                | Class::Edge
                | Class::Between
                | Class::After
                | Class::Before
        )
    }

    /// The year behind a month, its era, and the adjective behind all: `، 2022`, `من عام 1975`, `من العام
    /// الحالي`, `الماضي`, `1446هـ`.
    fn year_behind(self, i: usize, mut date: CalendarDate) -> (usize, CalendarDate) {
        let mut end = i;
        let mark = self.comma(i) || self.dash(i) || ['.', '/', '\\'].iter().any(|&c| self.at(i).is_mark(c));
        let j = i + usize::from(mark || self.class(i) == Class::From);
        let word = self.class(j) == Class::Year && self.at(j).sense.n == 1;
        let at = j + usize::from(word);
        let hijri = date.calendar == Calendar::Hijri;
        let number = self.at(at);
        if number.class() == Class::Num
            && !self.glued_right_decimal(at)
            && (number.digits == 4
                || number.digits == 3 && (hijri || word)
                || self.class(at + 1) == Class::BeforeEra)
            && (!mark || number.digits == 4)
            && (1..3000).contains(&number.sense.n)
            && (!self.counted(at) || date.day.is_some() && self.year_before_noun(at))
        {
            date.year = YearSpec::Told(number.sense.n);
            end = self.era(at + 1, &mut date);
            // `2017 من العام ذاته`
            if let Some((far, Which::Narrative(0))) = self.of_period(end, Class::Year) {
                end = far;
            }
        } else if number.class() == Class::Num
            && number.digits == 2
            && number.spaced
            && hijri
            && self.class(at + 1) == Class::HijriEra
        {
            date.year = YearSpec::Told(1400 + number.sense.n);
            end = self.era(at + 1, &mut date);
        } else if word
            && let Some((far, n)) = self.cardinal(at)
            && (1000..3000).contains(&n)
        {
            date.year = YearSpec::Told(n as i32);
            end = self.era(far, &mut date);
        } else if let Some((far, which)) = self.of_period(i, Class::Year) {
            date.year = YearSpec::Relative(which);
            end = far;
        }
        if date.year == YearSpec::Untold
            && let Some(lean) = self.lean(end)
        {
            date.lean = Some(lean);
            end += 1;
        }
        (end, date)
    }

    fn glued_right_decimal(self, i: usize) -> bool {
        (self.at(i + 1).is_mark('.') || self.at(i + 1).is_mark(':'))
            && !self.at(i + 1).spaced
            && self.class(i + 2) == Class::Num
            && !self.at(i + 2).spaced
    }

    /// `[من] العام الماضي`, `هذا العام`, `العام نفسه` behind a date.
    fn of_period(self, i: usize, unit: Class) -> Option<(usize, Which)> {
        self.period_of(i + usize::from(self.class(i) == Class::From), unit)
    }

    /// The era behind a year: `هـ`, `م`, `ق.م`.
    pub(super) fn era(self, i: usize, date: &mut CalendarDate) -> usize {
        let paren = self.at(i).is_mark('(');
        let at = i + usize::from(paren);
        let close = usize::from(paren && self.at(at + 1).is_mark(')'));
        match self.class(at) {
            Class::HijriEra => {
                date.calendar = Calendar::Hijri;
                at + 1 + close
            }
            Class::CommonEra => at + 1 + close,
            Class::AmPm if self.at(at).sense.n == 4 => at + 1 + close,
            Class::BeforeEra => {
                if let YearSpec::Told(year) = date.year {
                    date.year = YearSpec::Told(-year);
                }
                at + 1 + close
            }
            _ => i,
        }
    }

    /// `٢٤/٢/٢٠٢٢`, `2022-02-24`, `24.2.2022`, `7 / 11 / 1436هـ`; `5/2018`; `24/2` where `expected`.
    fn numeric(self, i: usize, expected: bool) -> Option<(usize, CalendarDate)> {
        let part = |at: usize| {
            let lexeme = self.at(at);
            (lexeme.class() == Class::Num && lexeme.digits <= 4).then_some((lexeme.sense.n, lexeme.digits))
        };
        let (a, a_digits) = part(i)?;
        if self.before(i).has(Role::CodeNoun) || self.glued_before(i) {
            return None;
        }
        let mark = ['/', '-', '.', '\\', '–'].into_iter().find(|&c| self.at(i + 1).is_mark(c))?;
        let (b, b_digits) = part(i + 2)?;
        let tight = !self.at(i + 1).spaced && !self.at(i + 2).spaced;
        if !tight && mark == '.' || b_digits > 2 && a_digits > 2 {
            return None;
        }
        if self.at(i + 3).is_mark(mark) && part(i + 4).is_some() {
            let (c, c_digits) = part(i + 4)?;
            if self.at(i + 5).is_mark(mark) && self.class(i + 6) == Class::Num && !self.at(i + 6).spaced {
                return None;
            }
            let (year, month, day) = match (a_digits, c_digits) {
                (4, 1 | 2) => (a, b, c),
                (1 | 2, 4) => (c, b, a),
                (1 | 2, 2) if mark != '-' => (if c < 50 { 2000 + c } else { 1900 + c }, b, a),
                _ => return None,
            };
            let (month, day) = if month > 12 && day <= 12 { (day, month) } else { (month, day) };
            if !(1..=12).contains(&month) || !(1..=31).contains(&day) || year == 0 {
                return None;
            }
            let mut date = CalendarDate {
                year: YearSpec::Told(year),
                month: MonthSpec::Told(month as u8),
                day: Some(day as u8),
                ..CalendarDate::default()
            };
            let end = self.era(i + 5, &mut date);
            if end == i + 5 && (1300..1500).contains(&year) {
                date.calendar = Calendar::Hijri;
            }
            return Some((end, date));
        }
        if !tight || mark == '.' || self.glued_after(i + 2) {
            return None;
        }
        let mut date = CalendarDate::default();
        let year = |n: i32| (1900..2100).contains(&n);
        if mark == '/' || mark == '-' {
            if b_digits == 4 && year(b) && (1..=12).contains(&a) && a_digits <= 2 && mark == '/' {
                (date.year, date.month) = (YearSpec::Told(b), MonthSpec::Told(a as u8));
                return Some((i + 3, date));
            }
            if a_digits == 4
                && year(a)
                && (1..=12).contains(&b)
                && (b_digits == 2 || mark == '/')
                && b_digits < 3
            {
                (date.year, date.month) = (YearSpec::Told(a), MonthSpec::Told(b as u8));
                return Some((i + 3, date));
            }
        }
        let dated = expected || self.before(i).has(Role::Date);
        if dated
            && a_digits <= 2
            && b_digits <= 2
            && (1..=31).contains(&a)
            && (1..=12).contains(&b)
            && mark == '/'
        {
            (date.day, date.month) = (Some(a as u8), MonthSpec::Told(b as u8));
            return Some((i + 3, date));
        }
        None
    }

    /// Whether a mark and a number are glued before the number at `i`.
    fn glued_before(self, i: usize) -> bool {
        i >= 2
            && !self.at(i).spaced
            && self.class(i - 1) == Class::Punct
            && !self.at(i - 1).spaced
            && matches!(self.class(i - 2), Class::Num | Class::Foreign)
            && !self.at(i - 1).is_mark('(')
    }

    fn glued_after(self, i: usize) -> bool {
        self.class(i + 1) == Class::Punct
            && !self.at(i + 1).spaced
            && self.class(i + 2) == Class::Num
            && !self.at(i + 2).spaced
    }

    /// Whether the number at `i` is a likely year before a word that could be counted as well be a
    /// verb: behind a day and its month it is the year (`20 أغسطس 2022 طالب الملك`).
    fn year_before_noun(self, i: usize) -> bool {
        let number = self.at(i);
        number.digits == 4 && (1900..2100).contains(&number.sense.n) && self.at(i + 1).has(Role::CountNoun)
    }

    /// Whether what stands behind the number at `i` makes it a count, a sum or a share.
    pub(super) fn counted(self, i: usize) -> bool {
        let next = self.at(i + 1);
        next.has(Role::CountNoun)
            || ['%', '$', '€', '£', '٪', '°'].iter().any(|&c| next.is_mark(c))
            || self.before(i).class() == Class::Punct
                && ['$', '€', '£'].iter().any(|&c| self.before(i).is_mark(c))
            || super::relative::unit_of(next.class()).is_some() && !next.sense.definite && next.clitic == 0
    }
}
