//! A panel with the values of one facet: typed text narrows it, several values can be chosen.

use super::fuzzy::matching;
use super::narrowed::Narrowed;
use super::words::Words;
use crate::model::{EventType, Status};
use crate::query::{Names, Query, Term, Value, sounds, words};
use crate::store::{Facet, FacetRow};

/// The state of the panel.
#[derive(Clone, Debug)]
pub struct Panel {
    /// What is counted.
    pub facet: Facet,
    /// The year or month whose months or days are shown; none for all.
    pub within: Option<String>,
    /// What is typed, what it leaves of the rows, and the cursor.
    pub list: Narrowed,
    /// The query without the terms that the panel makes.
    rest: Query,
    rows: Vec<FacetRow>,
    /// Values chosen, in the order of choosing, and whether each is wanted or shut out.
    chosen: Vec<(Value, Mark)>,
    /// Whether a value was chosen or dropped since the panel was opened.
    touched: bool,
}

/// What was said of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Events that have it are wanted.
    Wanted,
    /// Events that have it are not.
    Shut,
}

/// What a query says of a facet: the values of the last term that wants some, those that are shut
/// out, and the query without these terms.
pub fn split(query: &Query, facet: Facet) -> (Vec<(Value, Mark)>, Query) {
    let field = facet.field();
    let last = query.terms.iter().rposition(|term| term.field == field && !term.negated);
    let own = |n: usize, term: &Term| Some(n) == last || (term.field == field && term.negated);
    let mut chosen = Vec::new();
    let mut rest = Query::default();
    for (n, term) in query.terms.iter().enumerate() {
        if own(n, term) {
            let mark = if term.negated { Mark::Shut } else { Mark::Wanted };
            chosen.extend(term.values.iter().map(|value| (value.clone(), mark)));
        } else {
            rest.terms.push(term.clone());
        }
    }
    (chosen, rest)
}

impl Panel {
    /// A panel over `rows` with what [`split`] gave for them.
    pub fn new(
        words: Words,
        facet: Facet,
        mut rows: Vec<FacetRow>,
        chosen: Vec<(Value, Mark)>,
        rest: Query,
    ) -> Self {
        // What has a word in the interface is found by it as well.
        for row in &mut rows {
            let word = value_label(words, facet, &row.label);
            if *word != *row.label {
                row.names = Names::new([word, &*row.label]);
            }
        }
        let mut panel =
            Self { facet, within: None, list: Narrowed::default(), rest, rows, chosen, touched: false };
        panel.narrow();
        panel
    }

    /// The rows that match, best first, and what was said of each.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = (&FacetRow, Option<Mark>)> + DoubleEndedIterator {
        self.list.shown().iter().map(|&i| (&self.rows[i], self.mark(&self.rows[i].value)))
    }

    fn mark(&self, value: &Value) -> Option<Mark> {
        self.chosen.iter().find(|(chosen, _)| chosen == value).map(|(_, mark)| *mark)
    }

    /// How many values there are in all.
    pub const fn total(&self) -> usize {
        self.rows.len()
    }

    /// How many are chosen.
    pub const fn chosen(&self) -> usize {
        self.chosen.len()
    }

    /// The row under the cursor.
    pub fn row(&self) -> Option<&FacetRow> {
        self.list.picked().map(|row| &self.rows[row])
    }

    /// Matches anew after the typed text changed.
    pub fn narrow(&mut self) {
        let names = self.rows.iter().map(|row| row.names.folded());
        let mut shown = matching(&words(self.list.input.text()), names);
        // A name that is romanised in another way is found by its sound.
        if shown.is_empty() {
            let sounds = sounds(self.list.input.text());
            let alike = |(i, row): (usize, &FacetRow)| row.names.sound_like(&sounds).then_some(i);
            if !sounds.is_empty() {
                shown = self.rows.iter().enumerate().filter_map(alike).collect();
            }
        }
        self.list.show(shown);
    }

    /// Says `mark` of the value under the cursor, or nothing any more where that was said already, and
    /// moves on. Of stretches of the calendar that lie in one another the last one stands.
    pub fn toggle(&mut self, mark: Mark) {
        let Some(value) = self.row().map(|row| row.value.clone()) else { return };
        let before = self.mark(&value);
        self.chosen.retain(|(chosen, _)| *chosen != value && !overlap(chosen, &value));
        if before != Some(mark) {
            self.chosen.push((value, mark));
        }
        self.touched = true;
        self.list.step(1);
    }

    /// Drops all values.
    pub fn clear(&mut self) {
        self.chosen.clear();
        self.touched = true;
    }

    /// Takes over what was chosen in a panel of the same field.
    pub fn take_over(&mut self, before: Self) {
        (self.chosen, self.touched) = (before.chosen, before.touched);
    }

    /// The query with what was chosen by hand.
    pub fn query(mut self) -> Query {
        self.touched = true;
        self.applied()
    }

    /// The query with what was chosen. Where nothing was chosen or dropped by hand, the value under
    /// the cursor is meant.
    pub fn applied(mut self) -> Query {
        if !self.touched
            && let Some(value) = self.row().map(|row| row.value.clone())
            && self.mark(&value).is_none()
        {
            self.chosen.retain(|(chosen, _)| !overlap(chosen, &value));
            self.chosen.push((value, Mark::Wanted));
        }
        let mut query = self.rest;
        for mark in [Mark::Wanted, Mark::Shut] {
            let of = self.chosen.iter().filter(|(_, m)| *m == mark).map(|(value, _)| value.clone());
            let values: Vec<Value> = of.collect();
            if !values.is_empty() {
                query.terms.push(Term::new(self.facet.field(), mark == Mark::Shut, values));
            }
        }
        query
    }
}

/// Whether one of two stretches of the calendar lies in the other.
fn overlap(a: &Value, b: &Value) -> bool {
    let (Value::Periods(a), Value::Periods(b)) = (a, b) else { return false };
    let (a, b) = (a.period(), b.period());
    a.contains(b) || b.contains(a)
}

/// How a value reads: a name, or the interface's word for it.
pub fn value_label(words: Words, facet: Facet, label: &str) -> &str {
    match facet {
        Facet::Year | Facet::Month | Facet::Day if label.is_empty() => words.get("facet.undated"),
        Facet::Type => EventType::parse(label).map_or(label, |kind| words.kind(kind)),
        Facet::Status => {
            Status::ALL.into_iter().find(|s| s.name() == label).map_or(label, |status| words.status(status))
        }
        Facet::Verdict => verdict_name(words, label),
        _ if label.is_empty() => words.get("facet.none"),
        _ => label,
    }
}

/// What a verdict is called, by its name in the log; an empty name is none.
fn verdict_name(words: Words, name: &str) -> &str {
    match name {
        "" => words.get("verdict.none"),
        "accept" => words.get("verdict.accepted"),
        "reject" => words.get("verdict.rejected"),
        "skip" => words.get("verdict.skipped"),
        "correct" => words.get("verdict.corrected"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(value: &str, label: &str, label_en: &str, count: u32) -> FacetRow {
        FacetRow {
            value: Value::Words(value.into()),
            label: label.into(),
            label_en: label_en.into(),
            names: Names::new([label, label_en, value]),
            count,
        }
    }

    fn panel() -> Panel {
        let rows = vec![
            row("russia", "روسيا", "Russia", 9),
            row("sergey-lavrov", "سيرغي لافروف", "Sergey Lavrov", 5),
            row("recep-tayyip-erdogan", "رجب طيب أردوغان", "Recep Tayyip Erdogan", 3),
            row("volodymyr-zelensky", "فولوديمير زيلينسكي", "Volodymyr Zelensky", 2),
        ];
        Panel::new(Words::default(), Facet::Actor, rows, Vec::new(), Query::default())
    }

    fn shown(mut panel: Panel, typed: &str) -> Vec<String> {
        panel.list.input.insert(typed);
        panel.narrow();
        panel.shown().map(|(row, _)| row.value.to_string()).collect()
    }

    #[test]
    fn any_spelling_finds_the_actor() {
        for typed in ["لافروف", "lavrov", "srgy lav", "سيرغى"] {
            assert_eq!(shown(panel(), typed)[0], "sergey-lavrov", "{typed}");
        }
        assert_eq!(shown(panel(), "اردوغان"), ["recep-tayyip-erdogan"]);
        for typed in ["Zelenskyy", "زيلنسكي", "zelinskiy"] {
            assert_eq!(shown(panel(), typed), ["volodymyr-zelensky"], "{typed}");
        }
        assert_eq!(shown(panel(), "xyz"), [""; 0]);
    }

    #[test]
    fn a_year_is_its_digits_in_their_order() {
        let years = ["", "1922", "2002", "2012", "2020", "2022", "2023", "2202"];
        let rows = || years.map(|year| row(year, year, year, 1)).into();
        for (typed, expected) in [
            ("2022", vec!["2022"]),
            ("٢٠٢٢", vec!["2022"]),
            ("202", vec!["2020", "2022", "2023", "2202"]),
            ("undat", vec!["\"\""]),
        ] {
            let mut shown =
                shown(Panel::new(Words::default(), Facet::Year, rows(), Vec::new(), Query::default()), typed);
            shown.sort_unstable();
            assert_eq!(shown, expected, "{typed}");
        }
    }

    #[test]
    fn letters_here_and_there_are_no_match_beside_a_name() {
        let mut panel = panel();
        panel.rows.push(row("x", "علم بان نفس كرس حول صفر", "x", 1));
        assert_eq!(shown(panel, "لافروف").len(), 1);
    }

    #[test]
    fn enter_means_the_cursor_unless_values_were_chosen() {
        let mut one = panel();
        one.list.step(1);
        assert_eq!(one.applied().to_string(), "actor:sergey-lavrov");
        let mut two = panel();
        two.toggle(Mark::Wanted);
        two.list.step(1);
        two.toggle(Mark::Wanted);
        assert_eq!(two.applied().to_string(), "actor:russia,recep-tayyip-erdogan");
        let mut none = panel();
        none.toggle(Mark::Wanted);
        none.list.step(-1);
        none.toggle(Mark::Wanted);
        assert!(none.applied().is_empty());
        let mut shut = panel();
        shut.toggle(Mark::Shut);
        shut.toggle(Mark::Wanted);
        assert_eq!(shut.applied().to_string(), "actor:sergey-lavrov !actor:russia");
    }

    #[test]
    fn a_panel_has_its_own_terms_and_leaves_the_others() {
        let query = Query::parse("actor:a actor:b,c type:AID !actor:d,e").expect("a query");
        let (chosen, rest) = split(&query, Facet::Actor);
        assert_eq!(chosen.len(), 4);
        assert_eq!(rest.to_string(), "actor:a type:AID");
        let mut panel = Panel::new(Words::default(), Facet::Actor, Vec::new(), chosen, rest);
        panel.touched = true;
        assert_eq!(panel.applied().to_string(), "actor:a type:AID actor:b,c !actor:d,e");
    }

    #[test]
    fn a_month_takes_the_place_of_its_year() {
        let row = |text: &str| {
            let Value::Periods(periods) =
                Query::parse(&format!("date:{text}")).expect("a date").terms[0].values[0].clone()
            else {
                panic!("{text}")
            };
            FacetRow::new(Value::Periods(periods), text, 1)
        };
        let query = Query::parse("year:2022,2024").expect("a query");
        let (chosen, rest) = split(&query, Facet::Month);
        let mut panel =
            Panel::new(Words::default(), Facet::Month, vec![row("2022-03"), row("2022-04")], chosen, rest);
        panel.toggle(Mark::Wanted);
        panel.toggle(Mark::Wanted);
        assert_eq!(panel.applied().to_string(), "date:2024,2022-03,2022-04");
    }
}
