//! Numbers: digits, number words and how they join, ordinals, days of the month.

use super::Parser;
use crate::extract::dates::expr::Amount;
use crate::extract::dates::lexicon::Class;

impl Parser<'_> {
    /// Whether the number at `i` is glued to another number by a point, comma, colon or slash, so
    /// that it is part of something else (2.19.424, 10:30, 1,500).
    pub(super) fn glued(self, i: usize) -> bool {
        self.glued_left(i) || self.glued_right(i)
    }

    fn glued_left(self, i: usize) -> bool {
        i >= 2 && !self.at(i).spaced && self.is_joint(i - 1) && self.class(i - 2) == Class::Num
    }

    fn glued_right(self, i: usize) -> bool {
        self.is_joint(i + 1) && !self.at(i + 2).spaced && self.class(i + 2) == Class::Num
    }

    fn is_joint(self, i: usize) -> bool {
        let mark = self.at(i);
        !mark.spaced && ['.', ',', ':', '/', '٫', '٬', '،', '\\'].iter().any(|&c| mark.is_mark(c))
    }

    /// Whether a dash of any length stands at `i`.
    pub(super) fn dash(self, i: usize) -> bool {
        ['-', '–', '—', '−', '‑'].iter().any(|&c| self.at(i).is_mark(c))
    }

    /// Whether the mark at `i` is a comma.
    pub(super) fn comma(self, i: usize) -> bool {
        self.at(i).is_mark('،') || self.at(i).is_mark(',')
    }

    /// A whole number in digits or words.
    pub(super) fn number(self, i: usize) -> Option<(usize, u32)> {
        match self.class(i) {
            Class::Num if !self.glued(i) && self.at(i).digits <= 7 => {
                Some((i + 1, self.at(i).sense.n as u32))
            }
            Class::Num => self.grouped(i),
            _ => self.cardinal(i),
        }
    }

    /// `1,500`: groups of three digits.
    fn grouped(self, i: usize) -> Option<(usize, u32)> {
        if self.glued_left(i) || self.at(i).digits > 3 {
            return None;
        }
        let mut n = self.at(i).sense.n as u32;
        let mut j = i;
        while self.glued_right(j) && self.at(j + 2).digits == 3 && j < i + 4 {
            n = n * 1000 + self.at(j + 2).sense.n as u32;
            j += 2;
        }
        (j > i && !self.glued_right(j)).then_some((j + 1, n))
    }

    /// A number in words: `أحد عشر`, `مئة وعشرين`, `ألف وتسعمئة وثمانية وأربعين`.
    pub(super) fn cardinal(self, i: usize) -> Option<(usize, u32)> {
        let first = self.at(i);
        let mut value = match first.class() {
            Class::Cardinal => first.sense.n as u32,
            // `اثنين وعشرين`: the two, not the Monday.
            Class::WeekdayBare if first.sense.n == 1 && self.tens_follow(i + 1) => 2,
            _ => return None,
        };
        let mut total = 0;
        let mut j = i + 1;
        while self.class(j) == Class::Cardinal || self.joined_two(j) {
            let next = self.at(j);
            let n = if next.class() == Class::Cardinal { next.sense.n as u32 } else { 2 };
            let joined = next.clitic > 0 && !next.governed;
            match n {
                10 if !joined && (1..10).contains(&value) => value += 10,
                100 if !joined && (3..10).contains(&value) => value *= 100,
                1000 if !joined && value < 1000 => {
                    total += value * 1000;
                    value = 0;
                }
                1000.. if joined && total == 0 => return None,
                1..1000 if joined && magnitude(n) != magnitude(value) => value += n,
                _ => break,
            }
            j += 1;
        }
        Some((j, total + value))
    }

    fn tens_follow(self, i: usize) -> bool {
        self.class(i) == Class::Cardinal && self.at(i).clitic > 0 && self.at(i).sense.n >= 20
    }

    fn joined_two(self, i: usize) -> bool {
        self.class(i) == Class::WeekdayBare && self.at(i).sense.n == 1 && self.tens_follow(i + 1)
    }

    /// How many of something: `10-12`, `ثلاثة إلى أربعة`, `( 21 )`, `2.5`, `بضعة`.
    pub(super) fn amount(self, i: usize) -> Option<(usize, Amount)> {
        if self.class(i) == Class::Vague {
            return Some((i + 1, Amount::Vague));
        }
        if self.at(i).is_mark('(') {
            let (end, n) = self.number(i + 1)?;
            return self.at(end).is_mark(')').then_some((end + 1, Amount::Exact(n)));
        }
        if self.class(i) == Class::Num
            && self.glued_right(i)
            && !self.glued_left(i)
            && self.at(i + 2).digits == 1
            && self.at(i + 2).sense.n == 5
            && !self.glued_right(i + 2)
            && self.at(i).digits <= 6
        {
            return Some((i + 3, Amount::AndHalf(self.at(i).sense.n as u32)));
        }
        let (end, low) = self.number(i)?;
        let joint = self.dash(end) || matches!(self.class(end), Class::To | Class::And) && !self.is_and(end);
        if joint
            && let Some((far, high)) = self.number(end + 1)
            && high > low
            && high < low.saturating_mul(10)
        {
            return Some((far, Amount::Between(low, high)));
        }
        Some((end, Amount::Exact(low)))
    }

    /// Whether the conjunction at `i` is the one letter و: `3 و4 أيام` is no range.
    fn is_and(self, i: usize) -> bool {
        self.class(i) == Class::And && self.at(i).sense.n == 0
    }

    /// An ordinal: `الخامس`, `الثاني عشر`, `الحادي والعشرين`, `العشرين`, `الثلاثون`.
    pub(super) fn ordinal(self, i: usize) -> Option<(usize, u32)> {
        let first = self.at(i);
        match first.class() {
            Class::Ordinal => {
                let n = first.sense.n as u32;
                let next = self.at(i + 1);
                if next.class() == Class::Cardinal {
                    if next.sense.n == 10 && next.clitic == 0 {
                        return Some((i + 2, n + 10));
                    }
                    if next.sense.definite && next.clitic > 0 && (20..100).contains(&next.sense.n) {
                        return Some((i + 2, n + next.sense.n as u32));
                    }
                }
                Some((i + 1, n))
            }
            Class::Cardinal if first.sense.definite && (20..100).contains(&first.sense.n) => {
                Some((i + 1, first.sense.n as u32))
            }
            _ => None,
        }
    }
}

/// Ones, tens, hundreds: number words join across these only.
const fn magnitude(n: u32) -> u8 {
    match n {
        0..20 => 0,
        20..100 => 1,
        100..1000 => 2,
        _ => 3,
    }
}
