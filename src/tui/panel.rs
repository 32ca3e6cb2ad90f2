//! A panel with the values of one facet: typed text narrows it, several values can be chosen.

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::input::Input;
use super::words::Words;
use crate::model::EventType;
use crate::store::{Facet, FacetRow};
use crate::text::fold::fold_phrase;

/// The state of the panel.
#[derive(Clone, Debug)]
pub struct Panel {
    /// What is counted.
    pub facet: Facet,
    /// What is typed.
    pub input: Input,
    rows: Vec<FacetRow>,
    /// The folded names of every row: Arabic, English, id.
    names: Vec<String>,
    /// The rows that match what is typed, best first.
    shown: Vec<usize>,
    /// The place of the cursor in `shown`.
    at: usize,
    /// Values chosen, in the order of choosing.
    chosen: Vec<String>,
    /// Whether a value was chosen or dropped since the panel was opened.
    touched: bool,
}

impl Panel {
    /// A panel over `rows` with the values `chosen` before.
    pub fn new(words: Words, facet: Facet, rows: Vec<FacetRow>, chosen: Vec<String>) -> Self {
        let name =
            |r: &FacetRow| format!("{} {} {}", value_label(words, facet, &r.label), r.label_en, r.value);
        let names = rows.iter().map(|r| fold_phrase(&name(r))).collect();
        let mut panel = Self {
            facet,
            input: Input::default(),
            rows,
            names,
            shown: Vec::new(),
            at: 0,
            chosen,
            touched: false,
        };
        panel.narrow();
        panel
    }

    /// The rows that match, best first, and whether each is chosen.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = (&FacetRow, bool)> + DoubleEndedIterator {
        self.shown.iter().map(|&i| (&self.rows[i], self.chosen.contains(&self.rows[i].value)))
    }

    /// How many values there are in all.
    pub const fn total(&self) -> usize {
        self.rows.len()
    }

    /// How many are chosen.
    pub const fn chosen(&self) -> usize {
        self.chosen.len()
    }

    /// The place of the cursor among the rows that match.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// Moves the cursor.
    pub fn step(&mut self, rows: isize) {
        self.at = self.at.saturating_add_signed(rows).min(self.shown.len().saturating_sub(1));
    }

    /// Matches anew after the typed text changed: every word of it, fuzzily, in any of the names.
    /// What has no letter has to stand there as it is: a year with a digit more between is another year.
    pub fn narrow(&mut self) {
        let query = fold_phrase(self.input.text());
        self.at = 0;
        if query.is_empty() {
            self.shown = (0..self.rows.len()).collect();
            return;
        }
        let mut pattern = Pattern::default();
        pattern.atoms = query.split_whitespace().map(atom).collect();
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = self
            .names
            .iter()
            .enumerate()
            .filter_map(|(i, name)| {
                pattern.score(Utf32Str::new(name, &mut buffer), &mut matcher).map(|score| (score, i))
            })
            .collect();
        // Equal scores keep the order of the rows, which is by count.
        scored.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        // Far below the best are long names that hold the letters here and there.
        let least = scored.first().map_or(0, |best| best.0 / 2);
        scored.retain(|(score, _)| *score >= least);
        self.shown = scored.into_iter().map(|(_, i)| i).collect();
    }

    /// Chooses or drops the value under the cursor, and moves on.
    pub fn toggle(&mut self) {
        let Some(&row) = self.shown.get(self.at) else { return };
        let value = &self.rows[row].value;
        match self.chosen.iter().position(|c| c == value) {
            Some(i) => drop(self.chosen.remove(i)),
            None => self.chosen.push(value.clone()),
        }
        self.touched = true;
        self.step(1);
    }

    /// Drops all values.
    pub fn clear(&mut self) {
        self.chosen.clear();
        self.touched = true;
    }

    /// The values to filter by, with their labels. Where none was chosen or dropped by hand, the one
    /// under the cursor is meant.
    pub fn applied(mut self) -> Vec<(String, String)> {
        if !self.touched
            && let Some(&row) = self.shown.get(self.at)
        {
            let value = &self.rows[row].value;
            if !self.chosen.contains(value) {
                self.chosen.push(value.clone());
            }
        }
        let label = |value: &String| {
            self.rows.iter().find(|r| r.value == *value).map_or_else(|| value.clone(), |r| r.label.clone())
        };
        self.chosen.iter().map(|v| (v.clone(), label(v))).collect()
    }
}

/// How a value reads: a name, or the interface's word for it.
pub fn value_label(words: Words, facet: Facet, label: &str) -> &str {
    match facet {
        Facet::Year if label.is_empty() => words.get("facet.undated"),
        Facet::Type => EventType::parse(label).map_or(label, |kind| words.kind(kind)),
        Facet::Status => status_name(words, label),
        _ => label,
    }
}

/// What a status is called, by the name that the records have for it.
fn status_name(words: Words, name: &str) -> &str {
    match name {
        "occurred" => words.get("status.occurred"),
        "planned" => words.get("status.planned"),
        "denied" => words.get("status.denied"),
        "hypothetical" => words.get("status.hypothetical"),
        _ => name,
    }
}

fn atom(word: &str) -> Atom {
    let kind = if word.chars().any(char::is_alphabetic) { AtomKind::Fuzzy } else { AtomKind::Substring };
    Atom::new(word, CaseMatching::Ignore, Normalization::Never, kind, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel() -> Panel {
        let row = |value: &str, label: &str, label_en: &str, count| FacetRow {
            value: value.into(),
            label: label.into(),
            label_en: label_en.into(),
            count,
        };
        let rows = vec![
            row("russia", "روسيا", "Russia", 9),
            row("sergey-lavrov", "سيرغي لافروف", "Sergey Lavrov", 5),
            row("recep-tayyip-erdogan", "رجب طيب أردوغان", "Recep Tayyip Erdogan", 3),
        ];
        Panel::new(Words::default(), Facet::Actor, rows, Vec::new())
    }

    fn best(typed: &str) -> Option<String> {
        let mut panel = panel();
        panel.input.insert(typed);
        panel.narrow();
        panel.shown().next().map(|(r, _)| r.value.clone())
    }

    #[test]
    fn any_spelling_finds_the_actor() {
        for typed in ["لافروف", "lavrov", "srgy lav", "سيرغى"] {
            assert_eq!(best(typed).as_deref(), Some("sergey-lavrov"), "{typed}");
        }
        assert_eq!(best("اردوغان").as_deref(), Some("recep-tayyip-erdogan"));
        assert_eq!(best("xyz"), None);
    }

    #[test]
    fn a_year_is_its_digits_in_their_order() {
        let row = |value: &str| FacetRow {
            value: value.into(),
            label: value.into(),
            label_en: value.into(),
            count: 1,
        };
        let rows = ["", "1922", "2002", "2012", "2020", "2022", "2023", "2202"].map(row);
        let mut panel = Panel::new(Words::default(), Facet::Year, rows.into(), Vec::new());
        for (typed, expected) in [
            ("2022", vec!["2022"]),
            ("٢٠٢٢", vec!["2022"]),
            ("202", vec!["2020", "2022", "2023", "2202"]),
            ("undat", vec![""]),
        ] {
            panel.input.clear();
            panel.input.insert(typed);
            panel.narrow();
            let mut shown: Vec<_> = panel.shown().map(|(r, _)| r.value.as_str()).collect();
            shown.sort_unstable();
            assert_eq!(shown, expected, "{typed}");
        }
    }

    #[test]
    fn letters_here_and_there_are_no_match_beside_a_name() {
        let mut panel = panel();
        panel.rows.push(FacetRow {
            value: "x".into(),
            label: "علم بان نفس كرس حول صفر".into(),
            label_en: "x".into(),
            count: 1,
        });
        panel = Panel::new(Words::default(), Facet::Actor, panel.rows, Vec::new());
        panel.input.insert("لافروف");
        panel.narrow();
        assert_eq!(panel.shown().len(), 1);
    }

    #[test]
    fn enter_means_the_cursor_unless_values_were_chosen() {
        let mut one = panel();
        one.step(1);
        assert_eq!(one.applied(), [("sergey-lavrov".into(), "سيرغي لافروف".into())]);
        let mut two = panel();
        two.toggle();
        two.step(1);
        two.toggle();
        assert_eq!(two.applied().len(), 2);
        let mut none = panel();
        none.toggle();
        none.step(-1);
        none.toggle();
        assert!(none.applied().is_empty());
    }
}
