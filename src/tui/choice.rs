//! One of many, chosen by typing part of its name: a type of event, an actor, a place.

use super::input::Input;
use crate::model::{Entity, EventType};
use crate::query::Names;
use crate::text::fold::fold_phrase;

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// A type, with its name in the language of the interface.
    Kind(EventType, String),
    /// An actor or place.
    Entity(Entity),
}

impl Pick {
    /// As a person knows it, and in English where that is something else.
    pub fn labels(&self) -> (&str, &str) {
        match self {
            Self::Kind(kind, name) => (name, kind.name()),
            Self::Entity(entity) => (&entity.name, &entity.name_en),
        }
    }
}

/// The state of the choice.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is typed.
    pub input: Input,
    picks: Vec<(Pick, Names)>,
    /// Those that have what is typed in one of their names, in their order.
    shown: Vec<usize>,
    at: usize,
}

impl Choice {
    /// A choice among `picks`.
    pub fn new(picks: Vec<Pick>) -> Self {
        let named = |pick: Pick| {
            let (name, name_en) = pick.labels();
            let id = if let Pick::Entity(entity) = &pick { entity.id.as_str() } else { "" };
            let names = Names::new([name, name_en, id]);
            (pick, names)
        };
        let picks: Vec<_> = picks.into_iter().map(named).collect();
        Self { input: Input::default(), shown: (0..picks.len()).collect(), picks, at: 0 }
    }

    /// Matches anew after the typed text changed.
    pub fn narrow(&mut self) {
        let typed = fold_phrase(self.input.text());
        let fits = |names: &Names| typed.split_whitespace().all(|word| names.folded().contains(word));
        self.shown = (0..self.picks.len()).filter(|&i| fits(&self.picks[i].1)).collect();
        self.at = 0;
    }

    /// Moves the cursor.
    pub fn step(&mut self, rows: isize) {
        self.at = self.at.saturating_add_signed(rows).min(self.shown.len().saturating_sub(1));
    }

    /// What matches.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = &Pick> {
        self.shown.iter().map(|&i| &self.picks[i].0)
    }

    /// The place of the cursor among what matches.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// What stands under the cursor; none where nothing matches.
    pub fn picked(&self) -> Option<&Pick> {
        self.shown().nth(self.at)
    }
}
