//! A list that is narrowed by what is typed over it, and the moves in lists of any kind.

use super::action::Command;
use super::input::Input;

/// How far a command moves on something that is `height` rows high; [`isize::MIN`] and [`isize::MAX`]
/// for the first and the last.
pub fn movement(command: Command, height: usize) -> Option<isize> {
    let page = height.saturating_sub(1).max(1) as isize;
    Some(match command {
        Command::Down => 1,
        Command::Up => -1,
        Command::PageDown => page,
        Command::PageUp => -page,
        Command::HalfPageDown => (page / 2).max(1),
        Command::HalfPageUp => -(page / 2).max(1),
        Command::First => isize::MIN,
        Command::Last => isize::MAX,
        _ => return None,
    })
}

/// The place `by` rows from the place `at` among `count`.
pub fn moved(at: usize, by: isize, count: usize) -> usize {
    at.saturating_add_signed(by).min(count.saturating_sub(1))
}

/// The place of the first row in a window of `height` rows that has the cursor in its middle.
pub fn top(at: usize, count: usize, height: usize) -> usize {
    at.saturating_sub(height / 2).min(count.saturating_sub(height))
}

/// What is typed, what of the list it leaves, and the cursor. The list itself stands elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Narrowed {
    /// What is typed.
    pub input: Input,
    /// Places in the list of what matches, in the order in which it is shown.
    shown: Vec<usize>,
    /// The place of the cursor in `shown`.
    at: usize,
}

impl Narrowed {
    /// Nothing typed over a list of `count`.
    pub fn new(count: usize) -> Self {
        Self { shown: (0..count).collect(), ..Self::default() }
    }

    /// Shows these places of the list, the cursor on the first.
    pub fn show(&mut self, shown: Vec<usize>) {
        (self.shown, self.at) = (shown, 0);
    }

    /// Places in the list of what matches.
    pub fn shown(&self) -> &[usize] {
        &self.shown
    }

    /// The place of the cursor among what matches.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// The place in the list of what stands under the cursor; none where nothing matches.
    pub fn picked(&self) -> Option<usize> {
        self.shown.get(self.at).copied()
    }

    /// Moves the cursor.
    pub fn step(&mut self, rows: isize) {
        self.at = moved(self.at, rows, self.shown.len());
    }

    /// Puts the cursor on a row of a window of `height` rows; whether there is something in it.
    pub fn point(&mut self, row: usize, height: usize) -> bool {
        let place = self.top(height) + row;
        let there = place < self.shown.len();
        if there {
            self.at = place;
        }
        there
    }

    /// The place among what matches of the first row in a window of `height` rows.
    pub fn top(&self, height: usize) -> usize {
        top(self.at, self.shown.len(), height)
    }

    /// Lets a command edit what is typed or move the cursor in a window of `height` rows; whether it
    /// edited, so that the list has to be matched anew.
    pub fn takes(&mut self, command: Command, height: usize) -> bool {
        if self.input.edit(command) {
            return true;
        }
        if let Some(rows) = movement(command, height) {
            self.step(rows);
        }
        false
    }
}
