//! A list to pick one thing from, narrowed by what is typed: the documents, the commands.

use super::action::Command;
use super::fuzzy::matching;
use super::input::Input;
use crate::text::fold::fold_phrase;

/// What is picked from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The documents of the corpus.
    Documents,
    /// Everything that a key can do.
    Commands,
}

/// What picking does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picked {
    /// Opens the document of that key.
    Document(i64),
    /// Does that.
    Command(Command),
}

/// One line.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it does when it is picked.
    pub picked: Picked,
    /// What it is called.
    pub name: String,
    /// What else is to be said, in columns before the name.
    pub before: Vec<String>,
    /// What else is to be said, behind the name.
    pub behind: String,
}

/// The state of the list.
#[derive(Clone, Debug)]
pub struct Picker {
    /// What is picked from.
    pub kind: Kind,
    /// What is typed.
    pub input: Input,
    lines: Vec<Line>,
    /// What is typed is looked for in these.
    names: Vec<String>,
    shown: Vec<usize>,
    at: usize,
}

impl Picker {
    /// A list of `lines`, the cursor on the one at `at`.
    pub fn new(kind: Kind, lines: Vec<Line>, at: usize) -> Self {
        let name =
            |line: &Line| fold_phrase(&format!("{} {} {}", line.name, line.behind, line.before.join(" ")));
        let names = lines.iter().map(name).collect();
        let shown = (0..lines.len()).collect();
        Self { kind, input: Input::default(), names, shown, at: at.min(lines.len().saturating_sub(1)), lines }
    }

    /// The lines that match.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = &Line> {
        self.shown.iter().map(|&i| &self.lines[i])
    }

    /// How many lines there are in all.
    pub const fn total(&self) -> usize {
        self.lines.len()
    }

    /// The place of the cursor among the lines that match.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// Moves the cursor.
    pub fn step(&mut self, rows: isize) {
        self.at = self.at.saturating_add_signed(rows).min(self.shown.len().saturating_sub(1));
    }

    /// Matches anew after what is typed changed.
    pub fn narrow(&mut self) {
        self.shown = matching(self.input.text(), self.names.iter().map(String::as_str));
        self.at = 0;
    }

    /// What the line under the cursor does.
    pub fn picked(&self) -> Option<Picked> {
        self.shown.get(self.at).map(|&i| self.lines[i].picked)
    }

    /// The place of the first line in a window of `height` rows.
    pub fn top(&self, height: usize) -> usize {
        self.at.saturating_sub(height / 2).min(self.shown.len().saturating_sub(height))
    }
}
