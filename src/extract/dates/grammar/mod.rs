//! Recognition: the lexemes of one block to expressions, longest match first, left to right. Pure:
//! no reference date is known here.

mod calendar;
mod durations;
mod numbers;
mod relative;
mod times;
mod years;

use super::expr::{CalendarDate, Clock, DayPart, Expr, Found, Link, Modifier, MonthSpec, YearSpec};
use super::lexemes::{Lexeme, Lexemes};
use super::lexicon::{Class, Role};

/// The grammar over the lexemes of one block.
#[derive(Clone, Copy, Debug)]
struct Parser<'a> {
    lexemes: &'a Lexemes,
}

/// An expression being built; `start..end` are lexemes.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    end: usize,
    expr: Expr,
    part: Option<DayPart>,
    clock: Option<Clock>,
    modifier: Option<Modifier>,
    link: Link,
    rule: &'static str,
}

impl Piece {
    const fn new(start: usize, end: usize, expr: Expr, rule: &'static str) -> Self {
        Self { start, end, expr, part: None, clock: None, modifier: None, link: Link::None, rule }
    }
}

/// Appends the expressions of one block to `out`. `sentence` is the number of the block's first
/// sentence; the number of the next block's first sentence is returned.
pub fn recognise(lexemes: &Lexemes, block: u32, sentence: u32, out: &mut Vec<Found>) -> u32 {
    if !lexemes.calendar() {
        return sentence + 1;
    }
    let parser = Parser { lexemes };
    let mut pieces: Vec<Piece> = Vec::new();
    let mut i = 0;
    while i < lexemes.len() {
        match parser.longest(i) {
            Some(piece) if piece.end > i => {
                let before = pieces.last().map_or(0, |p| p.end);
                parser.shared_days(&piece, before, &mut pieces);
                i = piece.end;
                pieces.push(piece);
            }
            _ => i += 1,
        }
    }
    parser.link(&mut pieces);
    parser.hand_over(&pieces, block, sentence, out)
}

impl<'a> Parser<'a> {
    fn at(self, i: usize) -> &'a Lexeme {
        self.lexemes.at(i)
    }

    fn before(self, i: usize) -> &'a Lexeme {
        self.lexemes.before(i)
    }

    fn class(self, i: usize) -> Class {
        self.lexemes.at(i).class()
    }

    fn class_before(self, i: usize) -> Class {
        self.lexemes.before(i).class()
    }

    /// The longest expression that begins at a lexeme.
    fn longest(self, i: usize) -> Option<Piece> {
        let word = self.at(i);
        let mut best: Option<Piece> = None;
        let mut offer = |piece: Option<Piece>| {
            if let Some(piece) = piece
                && best.is_none_or(|b| piece.end > b.end)
            {
                best = Some(piece);
            }
        };
        match word.class() {
            Class::Other if word.has(Role::SeasonWord) => offer(self.season(i, false)),
            Class::Punct if word.is_mark('(') => offer(self.duration(i)),
            Class::Num => {
                offer(self.date(i));
                offer(self.duration(i));
                offer(self.year(i));
                offer(self.clock(i));
            }
            Class::Cardinal | Class::WeekdayBare => {
                offer(self.date(i));
                offer(self.duration(i));
            }
            Class::Ordinal => {
                offer(self.date(i));
                offer(self.clock(i));
            }
            Class::Month | Class::HijriMonth | Class::Deictic | Class::Weekday => offer(self.date(i)),
            Class::Second | Class::Minute | Class::Hour | Class::Week => {
                offer(self.period(i));
                offer(self.duration(i));
                if word.class() == Class::Hour {
                    offer(self.clock(i));
                }
            }
            Class::Day | Class::MonthUnit => {
                offer(self.period(i));
                offer(self.date(i));
                offer(self.duration(i));
            }
            Class::Year | Class::Decade | Class::Century => {
                offer(self.period(i));
                offer(self.year(i));
                offer(self.decade(i));
                offer(self.century(i));
                offer(self.duration(i));
            }
            Class::Night | Class::Part | Class::SomeTime | Class::Tonight | Class::LastNight => {
                offer(self.part_of_day(i));
                offer(self.duration(i));
            }
            // `في وقت لاحق من ذلك اليوم`: the preposition belongs to it.
            Class::In if self.class(i + 1) == Class::SomeTime && self.at(i + 1).clitic == 0 => {
                offer(self.part_of_day(i + 1).filter(|p| p.start == i));
            }
            Class::This | Class::That | Class::Same | Class::Weekend => offer(self.period(i)),
            // `في ذلك الوقت` says nothing that can be dated; `منذ ذلك الحين` does.
            Class::Then => {
                let bound =
                    matches!(self.class_before(i), Class::Since | Class::To | Class::From | Class::Before);
                offer(bound.then(|| Piece::new(i, i + 1, Expr::Then, "then")));
            }
            Class::Edge => offer(self.edge(i)),
            Class::Season => offer(self.season(i, false)),
            Class::Half | Class::Quarter | Class::Third => {
                offer(if word.class() == Class::Third { self.period(i) } else { self.year_part(i) });
                offer(self.duration(i));
            }
            Class::DecadeName => offer(self.decade(i)),
            Class::Vague => offer(self.duration(i)),
            Class::Approx => {
                offer(self.duration(i));
                offer(self.clock(i));
                offer(self.about_year(i));
            }
            Class::After | Class::Before | Class::AfterIt | Class::BeforeIt => offer(self.offset(i)),
            Class::Every | Class::Frequency | Class::Weekdays => offer(self.repeated(i)),
            _ => {}
        }
        best.map(|piece| self.with_time(piece))
    }

    /// `أوائل عام 2022`, `نهاية الشهر`, `بداية الصيف`.
    fn edge(self, i: usize) -> Option<Piece> {
        let modifier = match self.at(i).sense.n {
            1 => Modifier::Start,
            2 => Modifier::Mid,
            _ => Modifier::End,
        };
        let j = i + 1;
        if self.at(j).clitic > 0 {
            return None;
        }
        let mut piece = [
            self.period(j),
            self.date(j),
            self.year(j),
            self.decade(j),
            self.century(j),
            self.season(j, true),
        ]
        .into_iter()
        .flatten()
        .chain(self.current(j))
        .max_by_key(|p| p.end)?;
        let long = match piece.expr {
            Expr::Calendar(CalendarDate { day, month, year, .. }) => {
                day.is_none() && (month != MonthSpec::Untold || year != YearSpec::Untold)
            }
            Expr::Period(unit, _) => unit > super::expr::Unit::Day,
            Expr::Part(..)
            | Expr::Decade(..)
            | Expr::DecadeFrom(_)
            | Expr::Century(_)
            | Expr::CenturyFrom(_) => true,
            _ => false,
        };
        piece.start = i;
        piece.modifier = piece.modifier.or(Some(modifier));
        long.then_some(piece)
    }

    /// `الشهر`, `الأسبوع`, `العام` alone behind an edge: the current one.
    fn current(self, i: usize) -> Option<Piece> {
        let word = self.at(i);
        let unit = relative::unit_of(word.class())?;
        let this = super::expr::Which::Present(0);
        (word.sense.definite
            && word.sense.n == 1
            && unit > super::expr::Unit::Day
            && unit < super::expr::Unit::Decade)
            .then(|| Piece::new(i, i + 1, Expr::Period(unit, this), "period"))
    }

    /// `حوالي عام 1900`.
    fn about_year(self, i: usize) -> Option<Piece> {
        if self.class(i + 1) != Class::Year {
            return None;
        }
        let mut piece = self.year(i + 1)?;
        piece.start = i;
        piece.modifier = Some(self.approx(i));
        Some(piece)
    }

    /// Day numbers before a date that share its month: `28 و29 مارس`, `من 24 إلى 26 نيسان`, `3، 5 و7 مايو`.
    fn shared_days(self, piece: &Piece, floor: usize, pieces: &mut Vec<Piece>) {
        let Expr::Calendar(date) = piece.expr else { return };
        if date.day.is_none() || matches!(date.month, MonthSpec::Untold) || piece.part.is_some() {
            return;
        }
        let mut found: Vec<Piece> = Vec::new();
        let mut start = piece.start;
        let mut after = date.day;
        while start >= floor + 2 {
            let joint = start - 1;
            let joins =
                matches!(self.class(joint), Class::And | Class::To) || self.dash(joint) || self.comma(joint);
            // `السابع والثامن من مايو`: the و is glued to the ordinal.
            let glued = self.at(start).clitic > 0 && !self.at(start).governed;
            let Some(at) = self.day_ending(if glued { start } else { joint }, floor) else { break };
            let Some((_, day, _)) = self.day_number(at) else { break };
            let placed = matches!(
                self.class_before(at),
                Class::In
                    | Class::From
                    | Class::Between
                    | Class::To
                    | Class::Day
                    | Class::And
                    | Class::Since
                    | Class::Break
            ) || self.comma(at.wrapping_sub(1))
                || self.class_before(at) == Class::Weekday
                || self.before(at).has(Role::Date);
            if !(joins || glued) || after.is_some_and(|a| day >= a) || !placed {
                break;
            }
            let mut first = at;
            let mut weekday = None;
            if self.class_before(first) == Class::Weekday && first > floor {
                first -= 1;
                weekday = Some(self.at(first).sense.n as u8);
            }
            let shared = CalendarDate { day: Some(day), weekday, deictic: None, ..date };
            found.push(Piece::new(
                first,
                if glued { start } else { joint },
                Expr::Calendar(shared),
                "shared-month",
            ));
            (start, after) = (first, Some(day));
        }
        pieces.extend(found.into_iter().rev());
    }

    /// Where a bare day number that ends before `end` begins.
    fn day_ending(self, end: usize, floor: usize) -> Option<usize> {
        (1..=2).filter_map(|n| end.checked_sub(n)).find(|&at| {
            at >= floor && self.day_number(at).is_some_and(|(e, _, _)| e == end) && !self.glued(at)
        })
    }

    /// Ties expressions that belong together.
    fn link(self, pieces: &mut [Piece]) {
        for k in 1..pieces.len() {
            let (head, tail) = pieces.split_at_mut(k);
            let (a, b) = (&mut head[k - 1], &tail[0]);
            let between = || (a.end..b.start).map(|i| (i, self.class(i)));
            match (a.expr, b.expr) {
                (Expr::Calendar(first), Expr::Calendar(second))
                    if first.year == YearSpec::Untold
                        && first.month != MonthSpec::Untold
                        && second.year != YearSpec::Untold
                        && second.month != MonthSpec::Untold
                        && b.start <= a.end + 2
                        && between().all(|(i, c)| {
                            matches!(c, Class::And | Class::To | Class::In | Class::From)
                                || self.dash(i)
                                || self.comma(i)
                        })
                        && (b.start > a.end || self.at(b.start).clitic > 0) =>
                {
                    a.link = Link::Next;
                }
                (Expr::Offset { .. }, Expr::Calendar(_))
                    if b.start <= a.end + 3
                        && between().all(|(i, c)| {
                            matches!(c, Class::In | Class::Day) || self.comma(i) || self.dash(i)
                        }) =>
                {
                    a.link = Link::Same;
                }
                (Expr::Calendar(_) | Expr::Weekday(..), Expr::Calendar(_))
                    if b.start == a.end + 1 && self.class(a.end) == Class::SameAs =>
                {
                    a.link = Link::Same;
                }
                _ => {}
            }
        }
    }

    /// Turns the pieces into what was found, with sentences, headers and direction.
    fn hand_over(self, pieces: &[Piece], block: u32, mut sentence: u32, out: &mut Vec<Found>) -> u32 {
        let mut at = 0;
        let mut repeated = false;
        for piece in pieces {
            while at < piece.start {
                if self.ends_sentence(at) {
                    sentence += 1;
                    repeated = false;
                }
                at += 1;
            }
            let (first, last) = (self.at(piece.start), self.at(piece.end - 1));
            out.push(Found {
                first: first.first,
                last: last.last,
                skip: first.clitic,
                expr: piece.expr,
                part: piece.part,
                clock: piece.clock,
                modifier: piece.modifier,
                link: piece.link,
                header: self.heads(piece),
                alone: self.class(piece.end) == Class::Break || self.class(piece.end + 1) == Class::Break,
                repeated,
                direction: self.direction(piece.start),
                block,
                sentence,
                rule: piece.rule,
            });
            repeated |= matches!(piece.expr, Expr::EveryLength(_) | Expr::EveryWeekday(_));
            at = piece.end;
        }
        sentence + 1 + (at..self.lexemes.len()).filter(|&i| self.ends_sentence(i)).count() as u32
    }

    fn ends_sentence(self, i: usize) -> bool {
        let word = self.at(i);
        ['.', '!', '?', '؟', '…'].iter().any(|&c| word.is_mark(c)) && self.class(i + 1) != Class::Num
            || word.class() == Class::Break
    }

    /// Whether the expression heads an entry: it opens its block behind nothing but bullets, and a
    /// colon, comma, dash or the block's end stands behind it, or it is a full date.
    fn heads(self, piece: &Piece) -> bool {
        let Expr::Calendar(date) = piece.expr else { return false };
        let opens = (0..piece.start).all(|i| self.class(i) == Class::Punct && !self.at(i).is_mark('('));
        let next = self.at(piece.end);
        let closed = next.class() == Class::Break
            || self.dash(piece.end)
            || [':', '،', ',', '.', ')', '؛'].iter().any(|&c| next.is_mark(c));
        let full = date.day.is_some() && matches!(date.year, YearSpec::Told(_));
        opens
            && self.at(piece.start).clitic == 0
            && (closed || full || piece.start > 0 && date.lean.is_none())
    }

    /// Whether the clause before `i` looks ahead (1) or back (−1): the nearest verb or participle
    /// that tells.
    fn direction(self, i: usize) -> Option<i8> {
        for at in (i.saturating_sub(14)..i).rev() {
            let word = self.at(at);
            if self.ends_sentence(at) {
                return None;
            }
            if word.has(Role::Ahead) {
                return Some(1);
            }
            if word.has(Role::Behind) {
                return Some(-1);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::expr::{Amount, Anchor, Length, Unit, Which};
    use super::*;
    use crate::text::Tokens;

    fn found(text: &str) -> Vec<Found> {
        let tokens = Tokens::new(text);
        let mut lexemes = Lexemes::default();
        lexemes.read(&tokens, 0..tokens.len());
        let mut out = Vec::new();
        recognise(&lexemes, 0, 0, &mut out);
        out
    }

    #[test]
    fn an_expression_says_what_stands_there_and_no_more() {
        let [date] = found("في 8 مايو الماضي")[..] else { panic!("one expression") };
        let Expr::Calendar(date) = date.expr else { panic!("a calendar date") };
        assert_eq!((date.day, date.month, date.year), (Some(8), MonthSpec::Told(5), YearSpec::Untold));
        assert_eq!(date.lean, Some(Which::Present(-1)));
    }

    #[test]
    fn the_longest_wins() {
        let rules: Vec<_> = found("بعد أسبوعين من الحادث، صباح يوم الخميس 3 مايو 2018، أول أمس")
            .iter()
            .map(|f| f.rule)
            .collect();
        assert_eq!(rules, ["offset-after", "part-of-day", "deictic"]);
    }

    #[test]
    fn offsets_know_from_where_they_count() {
        let anchors: Vec<_> = ["بعد يومين", "قبل يومين", "بعد يومين من الحادث", "بعد يومين من زيارته"]
            .iter()
            .map(|text| match found(text)[..] {
                [Found { expr: Expr::Offset { length, anchor, .. }, .. }] => {
                    assert_eq!(length, Length { amount: Amount::Exact(2), unit: Unit::Day, rest: None });
                    anchor
                }
                _ => panic!("one offset in {text}"),
            })
            .collect();
        assert_eq!(anchors, [Anchor::Narrative, Anchor::Publication, Anchor::Told, Anchor::Elsewhere]);
    }

    #[test]
    fn links_headers_and_sentences() {
        let list = found("– 2 يونيو و23 يوليو 2025: اجتمعوا. بعد يوم عادوا");
        assert_eq!(list[0].link, Link::Next);
        assert!(list[0].header && !list[1].header);
        assert_eq!((list[1].sentence, list[2].sentence), (0, 1));
    }
}
