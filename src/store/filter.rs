//! Which events are wanted, in which order, and which those are.

use std::sync::Arc;

use super::StoreError;
use super::bits::Bits;
use super::columns::{Actor, actors_of, status_of, type_of};
use super::index::{EventKey, Index};
use super::verdicts::Judgement;
use crate::model::{Role, Status};
use crate::query::{Field, Query, Term, Value};
use crate::text::fold::fold_phrase;

/// Which events are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// What has to hold.
    pub query: Query,
    /// Whether what is denied or merely possible ([`Status::counts`]) is wanted too, where the query
    /// names no status.
    pub all: bool,
}

impl From<Query> for Filter {
    fn from(query: Query) -> Self {
        Self { query, all: false }
    }
}

impl Filter {
    /// Its terms, with the one on the status that goes without saying.
    fn terms(&self) -> impl Iterator<Item = Term> + '_ {
        let said = self.all || self.query.terms.iter().any(|term| term.field == Field::Status);
        let counts = Status::ALL.into_iter().filter(|status| status.counts()).map(Value::Status);
        let unsaid = (!said).then(|| Term::new(Field::Status, false, counts.collect()));
        unsaid.into_iter().chain(self.query.terms.iter().cloned())
    }
}

/// The order of the list. Every order is total: ties go by date, document and place in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Earliest first, undated last.
    #[default]
    Date,
    /// As the documents were given, then as the text runs.
    Document,
    /// Most doubtful first.
    Confidence,
    /// In PLOVER's order from agreement to assault.
    Type,
    /// What is not judged first, then what was skipped, rejected, corrected, accepted.
    Verdict,
    /// Rule by rule, the one that gave the most events first.
    Rule,
}

/// How many terms are remembered with the events for which they hold.
const REMEMBERED: usize = 48;

impl Index {
    /// The keys of the events that `filter` lets through, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn event_keys(&self, filter: &Filter, sort: Sort) -> Result<Vec<EventKey>, StoreError> {
        let wanted = self.wanted(filter)?;
        let (columns, c) = (self.columns(), self.connection());
        Ok(match sort {
            Sort::Date => keys(&wanted),
            Sort::Document => {
                columns.by_text(c)?.iter().copied().filter(|&n| wanted.has(n as usize)).collect()
            }
            Sort::Confidence => by_class(&wanted, columns.confidence(c)?, |hundredths| hundredths),
            Sort::Type => by_class(&wanted, columns.kind(c)?, |kind| type_of(kind) as u8),
            Sort::Verdict => {
                let verdicts = self.verdicts.borrow();
                let mut keys = keys(&wanted);
                keys.sort_by_key(|key| verdicts.get(key).map_or(0, |verdict| rank(*verdict)));
                keys
            }
            Sort::Rule => {
                let rules = columns.rule(c)?;
                let mut keys = keys(&wanted);
                keys.sort_by_key(|&key| rules.get(key as usize));
                keys
            }
        })
    }

    /// How many events there are that `filter` lets through.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count(&self, filter: &Filter) -> Result<u64, StoreError> {
        Ok(self.wanted(filter)?.count() as u64)
    }

    /// The events that `filter` lets through.
    pub(super) fn wanted(&self, filter: &Filter) -> Result<Bits, StoreError> {
        let mut wanted = Bits::all(self.columns().len);
        for term in filter.terms() {
            wanted.keep(&*self.holding(&term)?, term.negated);
        }
        Ok(wanted)
    }

    /// The events for which one of the values of `term` holds, be it negated or not.
    fn holding(&self, term: &Term) -> Result<Arc<Bits>, StoreError> {
        let key = Term { negated: false, ..term.clone() };
        let mut remembered = self.remembered.borrow_mut();
        if let Some(at) = remembered.iter().position(|(known, _)| *known == key) {
            let known = remembered.remove(at);
            let bits = Arc::clone(&known.1);
            remembered.insert(0, known);
            return Ok(bits);
        }
        drop(remembered);
        let bits = Arc::new(self.look(&key)?);
        let mut remembered = self.remembered.borrow_mut();
        remembered.insert(0, (key, Arc::clone(&bits)));
        remembered.truncate(REMEMBERED);
        Ok(bits)
    }

    fn look(&self, term: &Term) -> Result<Bits, StoreError> {
        let (columns, c) = (self.columns(), self.connection());
        let len = columns.len;
        let none = term.values.contains(&Value::None);
        Ok(match term.field {
            Field::Type => {
                let mask = mask(term, |value| match value {
                    Value::Type(kind) => Some(*kind as usize),
                    _ => None,
                });
                let kinds = columns.kind(c)?;
                Bits::of(len, |n| mask & 1 << type_of(kinds[n]) != 0)
            }
            Field::Status => {
                let mask = mask(term, |value| match value {
                    Value::Status(status) => Some(*status as usize),
                    _ => None,
                });
                let kinds = columns.kind(c)?;
                Bits::of(len, |n| mask & 1 << status_of(kinds[n]) != 0)
            }
            Field::Confidence => {
                let mut fits = [false; 256];
                for value in &term.values {
                    if let Value::Hundredths(from, to) = value {
                        fits[usize::from(*from)..=usize::from(*to)].fill(true);
                    }
                }
                let confidence = columns.confidence(c)?;
                Bits::of(len, |n| fits[usize::from(confidence[n])])
            }
            Field::Date => {
                let fit = |value: &Value, date: &super::columns::DateValue| match value {
                    Value::None => date.year.is_none(),
                    Value::Periods(periods) => periods.has(&date.value),
                    _ => false,
                };
                let fits: Vec<bool> =
                    columns.dates(c)?.iter().map(|date| term.values.iter().any(|v| fit(v, date))).collect();
                let dates = columns.date(c)?;
                Bits::of(len, |n| fits[dates[n] as usize])
            }
            Field::Actor | Field::Source | Field::Target => {
                let meant = self.meant(&term.values)?;
                let role = match term.field {
                    Field::Source => Some(Role::Source),
                    Field::Target => Some(Role::Target),
                    _ => None,
                };
                let actors = columns.actors(c)?;
                let plays = |actor: &Actor| role.is_none_or(|role| role == actor.role());
                Bits::of(len, |n| {
                    actors_of(actors, n).any(|actor| plays(&actor) && meant.has(actor.entity()))
                        || (none && !actors_of(actors, n).any(|actor| plays(&actor)))
                })
            }
            Field::Place => {
                let meant = self.meant(&term.values)?;
                let places = columns.places(c)?;
                Bits::of(len, |n| {
                    let here = places.of(n);
                    (none && here.is_empty()) || here.iter().any(|&place| meant.has(place as usize))
                })
            }
            Field::Document => {
                let fits = self.documents_meant(&term.values)?;
                let documents = columns.document(c)?;
                Bits::of(len, |n| fits.has(documents[n] as usize))
            }
            Field::Verdict => {
                let mut bits = Bits::none(len);
                let verdicts = self.verdicts.borrow();
                if none {
                    bits = Bits::all(len);
                    let mut judged = Bits::none(len);
                    verdicts.keys().for_each(|&n| judged.insert(n as usize));
                    bits.keep(&judged, true);
                }
                for (&n, judgement) in &*verdicts {
                    if term.values.contains(&Value::Verdict(judgement.name())) {
                        bits.insert(n as usize);
                    }
                }
                bits
            }
            Field::Id => {
                let mut bits = Bits::none(len);
                for id in words(term) {
                    self.keys_of(id)?.into_iter().for_each(|n| bits.insert(n as usize));
                }
                bits
            }
            Field::Text => {
                let wording = columns.wording(c)?;
                let mut bits = Bits::none(len);
                words(term).for_each(|text| bits.add(&wording.telling(&fold_phrase(text))));
                bits
            }
        })
    }
}

/// The words that a term gives as its values.
fn words(term: &Term) -> impl Iterator<Item = &str> {
    term.values.iter().filter_map(|value| match value {
        Value::Words(words) => Some(words.as_str()),
        _ => None,
    })
}

fn mask(term: &Term, bit: impl Fn(&Value) -> Option<usize>) -> u32 {
    term.values.iter().filter_map(bit).fold(0, |mask, bit| mask | 1 << bit)
}

/// The place of a verdict in the order by verdicts.
const fn rank(verdict: Judgement) -> u8 {
    match verdict {
        Judgement::Reject => 2,
        Judgement::Correct => 3,
        Judgement::Accept => 4,
        _ => 1,
    }
}

/// The events of a set, in order.
fn keys(wanted: &Bits) -> Vec<EventKey> {
    let mut keys = Vec::with_capacity(wanted.count());
    wanted.each(|n| keys.push(n as EventKey));
    keys
}

/// The events in the order of a class that each belongs to, in each as they stand.
fn by_class(wanted: &Bits, column: &[u8], class: impl Fn(u8) -> u8) -> Vec<EventKey> {
    let mut starts = [0_usize; 257];
    wanted.each(|n| {
        starts[usize::from(class(column[n])) + 1] += 1;
    });
    for class in 1..starts.len() {
        starts[class] += starts[class - 1];
    }
    let mut out = vec![0; starts[256]];
    wanted.each(|n| {
        let next = &mut starts[usize::from(class(column[n]))];
        out[*next] = n as EventKey;
        *next += 1;
    });
    out
}
