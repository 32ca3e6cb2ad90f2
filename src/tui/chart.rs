//! The chart over the list: how many events there are in each year, month or day, by PLOVER's four
//! quadrants.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::model::Quad;
use crate::query::{Bound, Field, Periods, Query, Term, Value};
use crate::store::Facet;

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// A year, month or day (`2022`, `2022-03`, `2022-03-21`); empty for what has no known year.
    pub label: String,
    /// How many events, by quadrant in the order of [`Quad::ALL`].
    pub counts: [u32; 4],
}

impl Bar {
    /// How many events.
    pub fn total(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// The quadrant with the most events.
    pub fn most(&self) -> Quad {
        let most = self.counts.iter().copied().max().unwrap_or_default();
        let at = self.counts.iter().position(|&count| count == most).unwrap_or_default();
        Quad::ALL[at]
    }
}

/// The bars and which of them is selected.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// The year or month whose months or days are shown; empty for years.
    pub within: String,
    /// In the order of time; what has no known year comes last.
    pub bars: Vec<Bar>,
    /// The place of the selected bar.
    pub selected: usize,
    /// Whether keys go here.
    pub focused: bool,
}

impl Chart {
    /// The selected bar.
    pub fn bar(&self) -> Option<&Bar> {
        self.bars.get(self.selected)
    }

    /// Takes new counts, in the order of time. Months of a year and days of a month are all there,
    /// years only as far as they have events.
    pub(super) fn fill(&mut self, within: String, counts: Vec<(String, [u32; 4])>) {
        let before = self.bar().map(|bar| bar.label.clone());
        let bar = |(label, counts)| Bar { label, counts };
        self.bars = if within.is_empty() {
            counts.into_iter().map(bar).collect()
        } else {
            let mut counts: HashMap<String, [u32; 4]> = counts.into_iter().collect();
            let count = |label: String| (counts.remove(&label).unwrap_or_default(), label);
            labels(&within).into_iter().map(count).map(|(counts, label)| Bar { label, counts }).collect()
        };
        // Out of a year's months the year is selected again.
        let wanted = if self.within.len() > within.len() { Some(self.within.clone()) } else { before };
        let place = wanted.and_then(|label| self.bars.iter().position(|bar| bar.label == label));
        let first = self.bars.iter().position(|bar| bar.total() > 0);
        self.selected = place.or(first).unwrap_or(0);
        self.within = within;
    }
}

/// What is counted within a year, a month, or all of the calendar.
pub(super) const fn steps(within: &str) -> Facet {
    match within.len() {
        0 => Facet::Year,
        4 => Facet::Month,
        _ => Facet::Day,
    }
}

/// The months of a year, the days of a month.
fn labels(within: &str) -> Vec<String> {
    if within.len() == 4 {
        return (1..=12).map(|month| format!("{within}-{month:02}")).collect();
    }
    let day = |day: u32| {
        let label = format!("{within}-{day:02}");
        label.parse::<NaiveDate>().is_ok().then_some(label)
    };
    (1..=31).filter_map(day).collect()
}

/// The stretch of the calendar that a query is narrowed to: a year, month or day.
pub(super) fn narrowed(query: &Query) -> Option<String> {
    let mut dates = query.terms.iter().filter(|term| term.field == Field::Date && !term.negated);
    let (Some(term), None) = (dates.next(), dates.next()) else { return None };
    let [Value::Periods(periods)] = term.values.as_slice() else { return None };
    let text = periods.to_string();
    (matches!(text.len(), 4 | 7 | 10) && Bound::parse(&text).is_some()).then_some(text)
}

/// The query narrowed to that stretch instead of what it was narrowed to before; the empty label is
/// what has no known year, none is all of the calendar.
pub(super) fn narrow(query: &Query, label: Option<&str>) -> Query {
    let mut query = query.without(|term| term.field == Field::Date && !term.negated);
    let value = match label {
        None => None,
        Some("") => Some(Value::None),
        Some(label) => Bound::parse(label).map(|bound| Value::Periods(Periods::one(bound))),
    };
    query.terms.extend(value.map(|value| Term::new(Field::Date, false, vec![value])));
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_steps_of_a_year_and_of_a_month_are_there() {
        assert_eq!(labels("2022").len(), 12);
        assert_eq!(labels("2024-02").len(), 29);
        assert_eq!(labels("2023-02").last().map(String::as_str), Some("2023-02-28"));
    }

    #[test]
    fn bars_are_filled_by_quadrant_and_the_year_is_selected_again() {
        let mut chart = Chart::default();
        let bar = |label: &str, counts| (label.to_owned(), counts);
        let years = || vec![bar("2022", [0, 0, 0, 5]), bar("2023", [2, 0, 0, 1]), bar("", [0, 0, 0, 1])];
        chart.fill(String::new(), years());
        let shown: Vec<&str> = chart.bars.iter().map(|b| b.label.as_str()).collect();
        assert_eq!(shown, ["2022", "2023", ""]);
        assert_eq!((chart.bars[1].counts, chart.bars[1].most()), ([2, 0, 0, 1], Quad::VerbalCooperation));
        chart.fill("2023".into(), vec![bar("2023-05", [2, 0, 0, 0])]);
        assert_eq!((chart.bars.len(), chart.selected), (12, 4));
        chart.fill(String::new(), years());
        assert_eq!(chart.selected, 1);
    }

    #[test]
    fn a_query_is_narrowed_in_place() {
        let query = Query::parse("actor:x year:2022").expect("a query");
        assert_eq!(narrowed(&query).as_deref(), Some("2022"));
        let month = narrow(&query, Some("2022-03"));
        assert_eq!((month.terms.len(), narrowed(&month).as_deref()), (2, Some("2022-03")));
        assert_eq!(narrowed(&narrow(&month, None)), None);
        assert_eq!(narrowed(&Query::parse("year:2021..2022").expect("a query")), None);
    }
}
