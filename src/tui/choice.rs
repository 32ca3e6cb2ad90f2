//! One of many, chosen by typing part of its name: a type of event, an actor, a place.

use super::narrowed::Narrowed;
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
    /// What is typed, what it leaves of what can be chosen, and the cursor.
    pub list: Narrowed,
    picks: Vec<(Pick, Names)>,
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
        Self { list: Narrowed::new(picks.len()), picks }
    }

    /// Matches anew after the typed text changed: what has it in one of its names, in the order in which
    /// it was given. Nothing fuzzy, so that a name that is new matches none.
    pub fn narrow(&mut self) {
        let typed = fold_phrase(self.list.input.text());
        let fits = |names: &Names| typed.split_whitespace().all(|word| names.folded().contains(word));
        self.list.show((0..self.picks.len()).filter(|&i| fits(&self.picks[i].1)).collect());
    }

    /// What matches.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = &Pick> {
        self.list.shown().iter().map(|&i| &self.picks[i].0)
    }

    /// What stands under the cursor; none where nothing matches.
    pub fn picked(&self) -> Option<&Pick> {
        self.list.picked().map(|i| &self.picks[i].0)
    }
}
