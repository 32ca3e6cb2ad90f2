//! Counting: what was right of how many, figure by figure.

use std::iter::Sum;
use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use super::actor::shared;
use super::{Actor, Alignment, MarkedEvent};

/// How many were right, found, and to be found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Right finds.
    pub right: u32,
    /// All finds.
    pub found: u32,
    /// What the gold holds.
    pub gold: u32,
}

impl Counts {
    pub(super) const fn new(right: usize, found: usize, gold: usize) -> Self {
        Self { right: right as u32, found: found as u32, gold: gold as u32 }
    }

    /// The share of the finds that are right; 0 without finds.
    pub fn precision(self) -> f64 {
        share(self.right, self.found)
    }

    /// The share of the gold that was found; 0 without gold.
    pub fn recall(self) -> f64 {
        share(self.right, self.gold)
    }

    /// The harmonic mean of the two; 0 where both are.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }
}

/// `part` of `whole`, from 0 to 1; 0 of nothing.
fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Dates with exactly the gold's span.
    DatesStrict,
    /// Dates that overlap the gold's span.
    DatesRelaxed,
    /// Dates that overlap it and have the right value.
    DatesValue,
    /// Events found.
    Events,
    /// Events found with the right type.
    EventsTyped,
    /// Events with exactly the gold's trigger and the right type.
    EventsStrict,
    /// Events with the right date and at least half of the actors.
    EventsUsable,
    /// Events with the right date, the right type and all actors right.
    UsableStrict,
    /// Actors of the events found.
    Actors,
    /// The same by whole names.
    ActorsStrict,
    /// Events with the right date among those found.
    DateOfFound,
    /// Events with the right type among those found.
    TypeOfFound,
}

impl Figure {
    /// All, in the order in which they are printed.
    pub const ALL: [Self; 12] = [
        Self::DatesStrict,
        Self::DatesRelaxed,
        Self::DatesValue,
        Self::Events,
        Self::EventsTyped,
        Self::EventsStrict,
        Self::EventsUsable,
        Self::UsableStrict,
        Self::Actors,
        Self::ActorsStrict,
        Self::DateOfFound,
        Self::TypeOfFound,
    ];
}

/// The counts of every figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally([Counts; Figure::ALL.len()]);

impl Tally {
    /// Counts one text.
    pub fn of(alignment: &Alignment<'_>) -> Self {
        let mut tally = Self::default();
        let Alignment { dates, events, .. } = alignment;
        let found = dates.len() + alignment.dates_false.len();
        let gold = dates.len() + alignment.dates_missed.len();
        let count = |right: usize| Counts::new(right, found, gold);
        let strict = dates.iter().filter(|pair| pair.gold.span == pair.found.span).count();
        let value = dates.iter().filter(|pair| pair.gold.accepts(&pair.found.value)).count();
        tally.set(Figure::DatesStrict, count(strict));
        tally.set(Figure::DatesRelaxed, count(dates.len()));
        tally.set(Figure::DatesValue, count(value));

        let found = events.len() + alignment.events_false.len();
        let gold = events.len() + alignment.events_missed.len();
        let judged: Vec<_> = events.iter().map(|pair| Judged::new(pair.gold, pair.found)).collect();
        let that = |right: fn(&Judged) -> bool| judged.iter().filter(|event| right(event)).count();
        let count = |right| Counts::new(that(right), found, gold);
        tally.set(Figure::Events, count(|_| true));
        tally.set(Figure::EventsTyped, count(|event| event.kind));
        tally.set(Figure::EventsStrict, count(|event| event.kind && event.trigger));
        tally.set(Figure::EventsUsable, count(Judged::usable));
        tally.set(Figure::UsableStrict, count(|event| event.date && event.kind && event.all_actors()));
        let of_found = |right| Counts::new(that(right), judged.len(), judged.len());
        tally.set(Figure::DateOfFound, of_found(|event| event.date));
        tally.set(Figure::TypeOfFound, of_found(|event| event.kind));
        for event in &judged {
            tally.0[Figure::Actors as usize] += event.actors;
            tally.0[Figure::ActorsStrict as usize] += event.actors_strict;
        }
        tally
    }

    /// The counts of one figure.
    pub const fn get(&self, figure: Figure) -> Counts {
        self.0[figure as usize]
    }

    /// Sets the counts of one figure.
    pub const fn set(&mut self, figure: Figure, counts: Counts) {
        self.0[figure as usize] = counts;
    }
}

impl AddAssign<&Self> for Tally {
    fn add_assign(&mut self, other: &Self) {
        for (sum, counts) in self.0.iter_mut().zip(other.0) {
            *sum += counts;
        }
    }
}

impl<'a> Sum<&'a Self> for Tally {
    fn sum<I: Iterator<Item = &'a Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |mut sum, tally| {
            sum += tally;
            sum
        })
    }
}

/// What is right of an event that was found.
pub(super) struct Judged {
    pub(super) date: bool,
    pub(super) kind: bool,
    trigger: bool,
    actors: Counts,
    actors_strict: Counts,
}

impl Judged {
    pub(super) fn new(gold: &MarkedEvent, found: &MarkedEvent) -> Self {
        let actors = |same| {
            let right = shared(&gold.actors, &found.actors, same);
            Counts::new(right, found.actors.len(), gold.actors.len())
        };
        Self {
            date: gold.accepts_date(&found.date),
            kind: gold.accepts_kind(found.kind),
            trigger: gold.trigger == found.trigger,
            actors: actors(Actor::same),
            actors_strict: actors(Actor::same_name),
        }
    }

    /// Whether the date is right and at least half of the actors of either side are those of both.
    pub(super) const fn usable(&self) -> bool {
        let Counts { right, found, gold } = self.actors;
        self.date && right * 2 >= found + gold - right
    }

    /// Whether both sides name the same actors.
    pub(super) const fn all_actors(&self) -> bool {
        let Counts { right, found, gold } = self.actors;
        right == found && right == gold
    }
}
