//! The shapes of what verdicts say of an extraction, as JSON prints them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::agreement::Share;
use crate::formats::exchange::{Named, Told};

/// A field that can be right or wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // As in the contract.
pub enum Field {
    Date,
    Type,
    Actors,
    Places,
    Trigger,
    Extent,
    Status,
}

impl Field {
    /// All, in the order in which they are printed.
    pub const ALL: [Self; 7] =
        [Self::Date, Self::Type, Self::Actors, Self::Places, Self::Trigger, Self::Extent, Self::Status];

    /// Its name in the contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Type => "type",
            Self::Actors => "actors",
            Self::Places => "places",
            Self::Trigger => "trigger",
            Self::Extent => "extent",
            Self::Status => "status",
        }
    }

    /// Whether two annotations agree on it. Of actors and places it is who and in which part, not
    /// where they are mentioned.
    pub fn same(self, a: &Told, b: &Told) -> bool {
        let who = |list: &[Named]| {
            let mut who: Vec<_> = list.iter().map(|n| (n.id.clone(), n.role.map(|r| r as u8))).collect();
            who.sort();
            who
        };
        match self {
            Self::Date => {
                let value = |told: &Told| told.date.as_ref().map(|d| d.value.clone()).unwrap_or_default();
                value(a) == value(b)
            }
            Self::Type => a.kind == b.kind,
            Self::Actors => who(&a.actors) == who(&b.actors),
            Self::Places => who(&a.places) == who(&b.places),
            Self::Trigger => a.trigger.at(&b.trigger),
            Self::Extent => match (&a.extent, &b.extent) {
                (Some(a), Some(b)) => a.at(b),
                (a, b) => a.is_none() == b.is_none(),
            },
            Self::Status => a.status == b.status,
        }
    }
}

/// One value of what is counted by.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// The type, rule, actor, document or bin.
    pub name: String,
    /// Accepted as they are, of those judged.
    pub right: Share,
    /// Accepted or corrected, of those judged.
    pub found: Share,
}

/// A rule that fails.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Failing {
    /// The rule, as the evidence names it.
    pub rule: String,
    /// How often what it found was rejected or corrected in its field.
    pub failed: u32,
    /// Of how many judged.
    pub of: u32,
    /// Some of the failures: document, words, what was said.
    pub examples: Vec<String>,
}

/// Confidence against what turned out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// From this confidence on.
    pub from: f64,
    /// The mean confidence in the bin.
    pub confidence: f64,
    /// Accepted as they are.
    pub right: Share,
}

/// Recall as estimated.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recall {
    /// Documents that were marked as fully read.
    pub documents: Vec<String>,
    /// Events in them that were marked as missed.
    pub missed: u32,
    /// Found of found and missed.
    pub recall: Share,
}

/// How far two reviewers agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// The two.
    pub reviewers: [String; 2],
    /// Events that both judged.
    pub events: usize,
    /// Events on which they said the same.
    pub same: usize,
    /// Cohen's kappa of accept, correct, reject.
    pub kappa: Option<f64>,
    /// Krippendorff's alpha of the same.
    pub alpha: Option<f64>,
    /// Cohen's kappa by field: right, wrong, or no event.
    pub fields: BTreeMap<Field, Option<f64>>,
    /// Ids of the events on which they differ.
    pub differ: Vec<String>,
}

/// A reviewer's share of the work.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reviewer {
    /// Who.
    pub name: String,
    /// Standing verdicts.
    pub verdicts: usize,
    /// The median time between two verdicts, pauses left out, in seconds.
    pub seconds: Option<f64>,
}

/// A day of work.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Day {
    /// Which, in UTC.
    pub day: NaiveDate,
    /// Verdicts given on it.
    pub verdicts: usize,
    /// Right of all judged up to its end.
    pub right: Share,
}

/// All figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ReviewReport {
    /// Events that were judged.
    pub judged: usize,
    /// Of these rejected.
    pub rejected: u32,
    /// Of these corrected.
    pub corrected: u32,
    /// Events that were skipped and are open.
    pub skipped: usize,
    /// Accepted as they are, of those judged.
    pub right: Option<Share>,
    /// Accepted or corrected, of those judged.
    pub found: Option<Share>,
    /// By field.
    pub fields: BTreeMap<Field, Share>,
    /// By type of event.
    pub types: Vec<Row>,
    /// By rule.
    pub rules: Vec<Row>,
    /// By actor.
    pub actors: Vec<Row>,
    /// By document.
    pub documents: Vec<Row>,
    /// By confidence, in tenths.
    pub reliability: Vec<Bin>,
    /// What was missed.
    pub recall: Option<Recall>,
    /// The rules that fail most.
    pub failing: Vec<Failing>,
    /// Reviewers.
    pub reviewers: Vec<Reviewer>,
    /// By pair of reviewers.
    pub agreement: Vec<Agreement>,
    /// Events on which reviewers differ and that nobody has settled.
    pub to_settle: usize,
    /// Krippendorff's alpha over all reviewers.
    pub alpha: Option<f64>,
    /// Day by day.
    pub progress: Vec<Day>,
    /// Verdicts whose event is no longer found.
    pub unattached: Vec<String>,
    /// Verdicts on documents that are not among those on hand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<String>,
}
