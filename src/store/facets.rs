//! Counts by actor, year, type, place, document, status, verdict and confidence for the current
//! filter.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::StoreError;
use super::columns::{Actor, DateValue, actors_of, status_of, type_of};
use super::filter::Filter;
use super::index::Index;
use crate::model::{EventType, Status};
use crate::query::{Bound, Field, Names, Periods, Value};
use chrono::{Datelike as _, NaiveDate};

/// What events can be counted and narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// Who takes part.
    Actor,
    /// The year of the date.
    Year,
    /// The month of the date.
    Month,
    /// The day.
    Day,
    /// PLOVER type.
    Type,
    /// Where.
    Place,
    /// In which document.
    Document,
    /// Told as fact, plan, denial or possibility.
    Status,
    /// What a reviewer said.
    Verdict,
    /// Confidence, in tenths.
    Confidence,
}

impl Facet {
    /// All facets.
    pub const ALL: [Self; 10] = [
        Self::Actor,
        Self::Year,
        Self::Month,
        Self::Day,
        Self::Type,
        Self::Place,
        Self::Document,
        Self::Status,
        Self::Verdict,
        Self::Confidence,
    ];

    /// The field of a query that narrows by it.
    pub const fn field(self) -> Field {
        match self {
            Self::Actor => Field::Actor,
            Self::Year | Self::Month | Self::Day => Field::Date,
            Self::Type => Field::Type,
            Self::Place => Field::Place,
            Self::Document => Field::Document,
            Self::Status => Field::Status,
            Self::Verdict => Field::Verdict,
            Self::Confidence => Field::Confidence,
        }
    }
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetRow {
    /// What to put into a term of the facet's field.
    pub value: Value,
    /// Arabic name, where there is one; else as [`FacetRow::label_en`]. Empty for no value at all.
    pub label: Arc<str>,
    /// English name.
    pub label_en: Arc<str>,
    /// All its names, to be searched in.
    pub names: Names,
    /// How many events have it.
    pub count: u32,
}

impl FacetRow {
    /// A row of one name.
    pub fn new(value: Value, label: &str, count: u32) -> Self {
        let names = Names::new([label]);
        let label: Arc<str> = label.into();
        Self { value, label_en: Arc::clone(&label), label, names, count }
    }
}

/// A year, month or day, as years, months or days are counted; those that are unknown come last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Year(i32),
    Month(i32, u32),
    Day(NaiveDate),
    Unknown,
}

impl Step {
    /// That in which a date lies; none for a date that is less exact.
    pub(super) fn of(steps: Facet, date: &DateValue) -> Option<Self> {
        match steps {
            Facet::Year => Some(date.year.map_or(Self::Unknown, Self::Year)),
            Facet::Month => {
                let (first, last) = date.period.map(|p| (month(p.first), month(p.last)))?;
                (first == last).then_some(Self::Month(first.0, first.1))
            }
            _ => date.period.filter(|p| p.first == p.last).map(|p| Self::Day(p.first)),
        }
    }

    /// As ISO 8601 has it; empty for what is unknown.
    pub(super) fn label(self) -> String {
        match self {
            Self::Year(year) => format!("{year:04}"),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Day(day) => day.to_string(),
            Self::Unknown => String::new(),
        }
    }
}

impl Index {
    /// The values of `facet` among the events that `filter` lets through. Years, months, days, types,
    /// statuses and confidences come in their own order, documents as given, actors and places with
    /// the most frequent first. A status goes without saying where none is filtered by, except in the
    /// counts of statuses.
    ///
    /// # Errors
    /// When the database fails.
    pub fn facet(&self, facet: Facet, filter: &Filter) -> Result<Vec<FacetRow>, StoreError> {
        let all = filter.all || facet == Facet::Status;
        let wanted = self.wanted(&Filter { all, ..filter.clone() })?;
        let (columns, c) = (self.columns(), self.connection());
        Ok(match facet {
            Facet::Actor => {
                let actors = columns.actors(c)?;
                self.by_entity(wanted.iter().flat_map(|n| actors_of(actors, n).map(Actor::entity)))?
            }
            Facet::Place => {
                let places = columns.places(c)?;
                self.by_entity(wanted.iter().flat_map(|n| places.of(n).iter().map(|&key| key as usize)))?
            }
            Facet::Year | Facet::Month | Facet::Day => {
                let dates = columns.date(c)?;
                let counts = tally(wanted.iter().map(|n| dates[n] as usize));
                let mut rows: BTreeMap<Step, u32> = BTreeMap::new();
                for (date, count) in columns.dates(c)?.iter().zip(counts).filter(|(_, count)| *count > 0) {
                    if let Some(step) = Step::of(facet, date) {
                        *rows.entry(step).or_default() += count;
                    }
                }
                rows.into_iter()
                    .map(|(step, count)| {
                        let label = step.label();
                        let bound = Bound::parse(&label).filter(|_| step != Step::Unknown);
                        let value = bound.map_or(Value::None, |b| Value::Periods(Periods::one(b)));
                        FacetRow::new(value, &label, count)
                    })
                    .collect()
            }
            Facet::Type => {
                let kinds = columns.kind(c)?;
                let counts = tally(wanted.iter().map(|n| type_of(kinds[n])));
                named(&counts, |n| EventType::ALL.get(n).map(|kind| (Value::Type(*kind), kind.name())))
            }
            Facet::Status => {
                let kinds = columns.kind(c)?;
                let counts = tally(wanted.iter().map(|n| status_of(kinds[n])));
                named(&counts, |n| Status::ALL.get(n).map(|status| (Value::Status(*status), status.name())))
            }
            Facet::Confidence => {
                let confidence = columns.confidence(c)?;
                // 1.00 belongs to the highest tenth.
                let counts = tally(wanted.iter().map(|n| usize::from(confidence[n] / 10).min(9)));
                let mut rows = named(&counts, |tenth| {
                    let from = tenth as u8 * 10;
                    Some((Value::Hundredths(from, if tenth == 9 { 100 } else { from + 9 }), ""))
                });
                for row in &mut rows {
                    *row = FacetRow::new(row.value.clone(), &row.value.to_string(), row.count);
                }
                rows.reverse();
                rows
            }
            Facet::Document => {
                let documents = columns.document(c)?;
                let counts = tally(wanted.iter().map(|n| documents[n] as usize));
                let documents = self.documents()?;
                let row = |n: usize| documents.get(n).map(|d| (Value::Words(d.id.clone()), d.id.as_str()));
                named(&counts, row)
            }
            Facet::Verdict => {
                let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
                for (&n, judgement) in &*self.verdicts.borrow() {
                    if wanted.has(n as usize) {
                        *counts.entry(judgement.name()).or_default() += 1;
                    }
                }
                let judged: u32 = counts.values().sum();
                let none = FacetRow::new(Value::None, "", wanted.count() as u32 - judged);
                let rows = counts.into_iter().map(|(name, n)| FacetRow::new(Value::Verdict(name), name, n));
                rows.chain([none]).filter(|row| row.count > 0).collect()
            }
        })
    }

    /// Rows of the entities whose keys are given, each as often as it is to be counted.
    fn by_entity(&self, keys: impl Iterator<Item = usize>) -> Result<Vec<FacetRow>, StoreError> {
        let counts = tally(keys);
        let mut rows = Vec::new();
        for entity in self.entities()? {
            let count = counts.get(entity.key).copied().unwrap_or_default();
            if count > 0 {
                let label_en = if entity.name_en.is_empty() { &entity.name } else { &entity.name_en };
                rows.push(FacetRow {
                    value: Value::Words(entity.id.clone()),
                    label: Arc::clone(&entity.name),
                    label_en: Arc::clone(label_en),
                    names: entity.names.clone(),
                    count,
                });
            }
        }
        rows.sort_by(|a, b| {
            b.count.cmp(&a.count).then_with(|| (&a.label, &a.label_en).cmp(&(&b.label, &b.label_en)))
        });
        Ok(rows)
    }
}

fn month(day: NaiveDate) -> (i32, u32) {
    (day.year(), day.month())
}

/// How often each number comes.
fn tally(numbers: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut counts = Vec::new();
    for n in numbers {
        if n >= counts.len() {
            counts.resize(n + 1, 0);
        }
        counts[n] += 1;
    }
    counts
}

/// Rows of what was counted, in the order of its numbers.
fn named<'n>(counts: &[u32], name: impl Fn(usize) -> Option<(Value, &'n str)>) -> Vec<FacetRow> {
    let rows = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    rows.filter_map(|(n, &count)| name(n).map(|(value, label)| FacetRow::new(value, label, count))).collect()
}
