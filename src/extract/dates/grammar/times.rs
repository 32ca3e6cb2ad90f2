//! Times of the day: clock times and parts of the day, alone and with their day.

use super::{Parser, Piece};
use crate::extract::dates::expr::{Clock, DayPart, Expr, Unit, Which};
use crate::extract::dates::lexicon::{Class, Role};

impl Parser<'_> {
    /// The part of the day of a number in the lexicon.
    pub(super) fn day_part(n: i32) -> Option<DayPart> {
        Some(match n {
            1 => DayPart::Morning,
            2 => DayPart::Noon,
            3 => DayPart::Afternoon,
            4 => DayPart::Evening,
            5 => DayPart::Night,
            6 => DayPart::Dawn,
            7 => DayPart::Daytime,
            _ => return None,
        })
    }

    /// A day with a part of it before or behind: `صباح الخميس`, `مساء أمس`, `ليل 15/16 تموز 2016`, `أمس مساء`,
    /// `وقت متأخر مساء الأحد`, `في وقت لاحق من ذلك اليوم`.
    pub(super) fn part_of_day(self, i: usize) -> Option<Piece> {
        let mut start = i;
        let mut j = i;
        if self.class(i) == Class::SomeTime {
            j += 1;
            let own = self.at(i).sense.n == 1 && !matches!(self.class(j), Class::Part | Class::Night);
            if own && self.class_before(i) == Class::In && self.at(i).clitic == 0 && i > 0 {
                start = i - 1;
            }
            j += usize::from(self.class(j) == Class::From);
        }
        let mut part = None;
        let word = self.at(j);
        match word.class() {
            Class::Part if !word.sense.definite => {
                part = Self::day_part(word.sense.n);
                j += 1;
            }
            Class::Night if word.sense.n == 1 && !word.sense.definite => {
                part = Some(DayPart::Night);
                j += 1;
            }
            Class::Tonight | Class::LastNight => {
                let days = if word.class() == Class::Tonight { 0 } else { -1 };
                let mut piece = Piece::new(start, j + 1, Expr::Deictic(days, None), "night");
                piece.part = Some(DayPart::Night);
                return Some(piece);
            }
            _ if j == i => return None,
            _ => {}
        }
        j += usize::from(part.is_some() && self.class(j) == Class::From);
        if self.at(j).clitic > 0 {
            return None;
        }
        let mut piece = self.night_between(j).or_else(|| self.day_or_period(j))?;
        let dayish = match piece.expr {
            Expr::Calendar(date) => date.day.is_some(),
            Expr::Period(unit, _) => unit == Unit::Day,
            Expr::Deictic(..) | Expr::Weekday(..) => true,
            _ => false,
        };
        if part.is_some() && !dayish {
            return None;
        }
        piece.start = start;
        piece.part = part.or(piece.part);
        if piece.part.is_some() {
            piece.rule = "part-of-day";
        }
        Some(piece)
    }

    /// `15/16 تموز 2016`, `الأربعاء الخميس` behind `ليل`: the night between two days belongs to the first.
    fn night_between(self, i: usize) -> Option<Piece> {
        let night =
            matches!(self.class_before(i), Class::Part | Class::Night) || self.class_before(i) == Class::From;
        if !night {
            return None;
        }
        if self.class(i) == Class::Weekday {
            let at = i + 1 + usize::from(self.dash(i + 1) || self.at(i + 1).is_mark('/'));
            let next = self.at(at);
            let follows = next.class() == Class::Weekday && next.sense.n == self.at(i).sense.n % 7 + 1;
            let expr = Expr::Weekday(self.at(i).sense.n as u8, None);
            return follows.then(|| Piece::new(i, at + 1, expr, "weekday"));
        }
        if self.class(i) == Class::Num && (self.at(i + 1).is_mark('/') || self.dash(i + 1)) {
            let (_, first, true) = self.day_number(i)? else { return None };
            let mut piece = self.date(i + 2)?;
            if let Expr::Calendar(date) = &mut piece.expr
                && date.day.is_some_and(|d| d > 1 && first == d - 1)
            {
                date.day = Some(first);
                piece.start = i;
                return Some(piece);
            }
        }
        None
    }

    fn day_or_period(self, i: usize) -> Option<Piece> {
        let date = self.date(i);
        let period = self.period(i);
        match (date, period) {
            (Some(a), Some(b)) => Some(if b.end > a.end { b } else { a }),
            (a, b) => a.or(b),
        }
    }

    /// Adds what stands behind a day: `صباحا`, `الساعة 10:47`, `عند العاشرة مساء`.
    pub(super) fn with_time(self, mut piece: Piece) -> Piece {
        let dayish = match piece.expr {
            Expr::Calendar(date) => date.day.is_some(),
            Expr::Period(Unit::Day, Which::Narrative(_)) | Expr::Deictic(..) | Expr::Weekday(..) => true,
            _ => false,
        };
        if !dayish || piece.clock.is_some() {
            return piece;
        }
        let word = self.at(piece.end);
        if piece.part.is_none()
            && word.class() == Class::Part
            && word.clitic == 0
            && !word.sense.definite
            && !self.begins_day(piece.end + 1)
        {
            piece.part = Self::day_part(word.sense.n);
            piece.end += 1;
            piece.rule = "part-of-day";
        }
        let mut at = piece.end + usize::from(self.comma(piece.end) || self.dash(piece.end));
        if matches!(self.class(at), Class::In | Class::At) && self.at(at).sense.n == 0 {
            at += 1;
        }
        let hour_word = self.class(at) == Class::Hour && self.at(at).sense.definite;
        let bare = at == piece.end && matches!(piece.expr, Expr::Calendar(_));
        if (hour_word || self.class(at) == Class::Ordinal || bare && self.class(at) == Class::Num)
            && let Some((end, clock)) = self.clock_value(at, bare)
        {
            piece.clock = Some(clock);
            piece.end = end;
            piece.rule = "clock";
        }
        piece
    }

    fn begins_day(self, i: usize) -> bool {
        matches!(self.class(i), Class::Weekday | Class::Deictic | Class::Day)
    }

    /// A clock time, alone or with its day behind it: `الساعة العاشرة من صباح الخميس`, `العاشرة مساء`.
    pub(super) fn clock(self, i: usize) -> Option<Piece> {
        let rough = usize::from(self.class(i) == Class::Approx);
        let (end, clock) = self.clock_value(i + rough, false)?;
        let mut piece = Piece::new(i, end, Expr::Clock, "clock");
        let at = end + usize::from(self.class(end) == Class::From || self.comma(end));
        let day = self.part_of_day(at).or_else(|| {
            if at == end || self.class(end) == Class::From { self.day_or_period(at) } else { None }
        });
        if let Some(day) = day
            && self.at(at).clitic == 0
            && !matches!(day.expr, Expr::Period(unit, _) if unit != Unit::Day)
            && !matches!(day.expr, Expr::Calendar(date) if date.day.is_none())
        {
            piece.expr = day.expr;
            piece.end = day.end;
            piece.clock = Some(match day.part {
                Some(part) => shift(clock, part),
                None => clock,
            });
            return Some(piece);
        }
        piece.clock = Some(clock);
        Some(piece)
    }

    /// Hour, minutes, part of the day and zone. `bare` accepts digits with a colon and no word.
    fn clock_value(self, i: usize, bare: bool) -> Option<(usize, Clock)> {
        let word = self.class(i) == Class::Hour && self.at(i).sense.n == 1 && self.at(i).sense.definite;
        let at = i + usize::from(word);
        let (mut end, mut clock, colon) = self.hour(at, word)?;
        if !colon {
            end = self.minutes(end, &mut clock);
        }
        let of = usize::from(self.class(end) == Class::From && self.class(end + 1) == Class::Part);
        let part = match self.class(end + of) {
            Class::Part if self.at(end + of).clitic == 0 && !self.begins_day(end + of + 1) => {
                Self::day_part(self.at(end + of).sense.n)
            }
            Class::AmPm if !self.begins_day(end + 1) => Self::day_part(self.at(end).sense.n),
            _ => None,
        };
        if let Some(part) = part {
            clock = shift(clock, part);
            end += of + 1;
        } else if !(word || bare && colon || colon && self.zone(end) > end) {
            return None;
        }
        Some((self.zone(end), clock))
    }

    /// `10:47`, `09,00`, `10`, `العاشرة`. The flag tells whether minutes were told in digits.
    fn hour(self, i: usize, word: bool) -> Option<(usize, Clock, bool)> {
        let clock = |hour, minute, second| Clock { hour, minute, second };
        if self.class(i) != Class::Num {
            let (end, n) = self.ordinal(i).or_else(|| if word { self.cardinal(i) } else { None })?;
            return (1..=12).contains(&n).then(|| (end, clock(n as u8, 0, None), false));
        }
        let hour = self.at(i);
        if hour.digits > 2
            || !(0..=24).contains(&hour.sense.n)
            || i >= 2
                && !hour.spaced
                && self.class(i - 1) == Class::Punct
                && !self.at(i - 1).is_mark('(')
                && self.class(i - 2) == Class::Num
        {
            return None;
        }
        let two = |at: usize, marks: &[char]| {
            let ok = marks.iter().any(|&c| self.at(at).is_mark(c))
                && !self.at(at).spaced
                && self.class(at + 1) == Class::Num
                && !self.at(at + 1).spaced
                && self.at(at + 1).digits == 2
                && self.at(at + 1).sense.n < 60;
            ok.then(|| self.at(at + 1).sense.n as u8)
        };
        let marks: &[char] = if word { &[':', '.', ',', '،', '٫'] } else { &[':'] };
        let Some(minute) = two(i + 1, marks) else {
            return Some((i + 1, clock(hour.sense.n as u8, 0, None), false));
        };
        let second = two(i + 3, &[':']);
        let end = i + 3 + if second.is_some() { 2 } else { 0 };
        Some((end, clock(hour.sense.n as u8, minute, second), true))
    }

    /// `والنصف`, `والربع`, `إلا ربعا`, `و30 دقيقة`, `وعشر دقائق` behind an hour.
    fn minutes(self, i: usize, clock: &mut Clock) -> usize {
        let word = self.at(i);
        let joined = word.clitic > 0 && !word.governed;
        let fraction = |class| match class {
            Class::Half => Some(30),
            Class::Third => Some(20),
            Class::Quarter => Some(15),
            _ => None,
        };
        if joined && let Some(n) = fraction(word.class()) {
            clock.minute = n;
            return i + 1;
        }
        if word.class() == Class::Except
            && let Some(n) = fraction(self.class(i + 1))
        {
            clock.hour = (clock.hour + 23) % 24;
            clock.minute = 60 - n;
            return i + 2;
        }
        let glued = word.class() == Class::And && word.sense.n == 0;
        if (glued || joined)
            && let Some((end, n)) = self.number(i + usize::from(glued))
            && n < 60
            && self.class(end) == Class::Minute
        {
            clock.minute = n as u8;
            return end + 1;
        }
        i
    }

    /// `بتوقيت غرينتش`, `بالتوقيت المحلي`, `ت غ`, `(13:00 ت غ)` behind a clock time.
    fn zone(self, i: usize) -> usize {
        if self.at(i).has(Role::Zone) {
            let local = self.class(i) == Class::Other && self.at(i).last > self.at(i).first;
            return i + if local { 1 } else { 2 };
        }
        if self.at(i).is_mark('(') {
            let inner = if self.class(i + 1) == Class::Num {
                match self.hour(i + 1, true) {
                    Some((end, ..)) => end,
                    None => return i,
                }
            } else {
                i + 1
            };
            let end = self.zone(inner);
            if end > inner && self.at(end).is_mark(')') {
                return end + 1;
            }
        }
        i
    }
}

/// The clock on 24 hours, once the part of the day is known.
fn shift(clock: Clock, part: DayPart) -> Clock {
    let hour = match part {
        DayPart::Morning | DayPart::Dawn => clock.hour % 12 + if clock.hour > 12 { 12 } else { 0 },
        DayPart::Noon if clock.hour >= 10 => clock.hour,
        DayPart::Noon | DayPart::Afternoon | DayPart::Evening if clock.hour < 12 => clock.hour + 12,
        DayPart::Night if (6..12).contains(&clock.hour) => clock.hour + 12,
        DayPart::Night if clock.hour == 12 => 0,
        _ => clock.hour,
    };
    Clock { hour, ..clock }
}
