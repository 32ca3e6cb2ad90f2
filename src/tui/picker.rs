//! A list to pick one thing from, narrowed by what is typed: the documents, the commands.

use super::action::Command;
use super::fuzzy::matching;
use super::narrowed::Narrowed;
use crate::text::fold::fold_phrase;

/// What is picked from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The documents of the corpus.
    Documents,
    /// Everything that a key can do.
    Commands,
    /// What can be put into the lexicon.
    Lexicon,
}

/// What picking does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picked {
    /// Opens the document of that key.
    Document(i64),
    /// Does that.
    Command(Command),
    /// Takes that offer ([`super::offer`]).
    Offer(usize),
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
    /// What is typed, what it leaves of the lines, and the cursor.
    pub list: Narrowed,
    lines: Vec<Line>,
    /// What is typed is looked for in these.
    names: Vec<String>,
}

impl Picker {
    /// A list of `lines`, the cursor on the one at `at`.
    pub fn new(kind: Kind, lines: Vec<Line>, at: usize) -> Self {
        let name =
            |line: &Line| fold_phrase(&format!("{} {} {}", line.name, line.behind, line.before.join(" ")));
        let names = lines.iter().map(name).collect();
        let mut list = Narrowed::new(lines.len());
        list.step(at as isize);
        Self { kind, list, lines, names }
    }

    /// The lines that match.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = &Line> {
        self.list.shown().iter().map(|&i| &self.lines[i])
    }

    /// How many lines there are in all.
    pub const fn total(&self) -> usize {
        self.lines.len()
    }

    /// Matches anew after what is typed changed.
    pub fn narrow(&mut self) {
        self.list.show(matching(self.list.input.text(), self.names.iter().map(String::as_str)));
    }

    /// What the line under the cursor does.
    pub fn picked(&self) -> Option<Picked> {
        self.list.picked().map(|i| self.lines[i].picked)
    }
}
