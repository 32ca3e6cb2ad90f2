//! A panel with the values of one facet: typed text narrows it, several values can be chosen.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::input::Input;
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
    pub fn new(facet: Facet, rows: Vec<FacetRow>, chosen: Vec<String>) -> Self {
        let names =
            rows.iter().map(|r| fold_phrase(&format!("{} {} {}", r.label, r.label_en, r.value))).collect();
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
    pub fn narrow(&mut self) {
        let query = fold_phrase(self.input.text());
        self.at = 0;
        if query.is_empty() {
            self.shown = (0..self.rows.len()).collect();
            return;
        }
        let pattern = Pattern::new(&query, CaseMatching::Ignore, Normalization::Never, AtomKind::Fuzzy);
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
        Panel::new(Facet::Actor, rows, Vec::new())
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
