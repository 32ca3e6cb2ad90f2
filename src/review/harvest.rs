//! Gold from review: what was accepted, corrected or marked as missed, in the form that
//! [`super::read_gold`] reads.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;

use super::measure::base_name;
use super::verdict::is_read;
use crate::formats::exchange::{Named, Told};
use crate::store::{Judgement, Verdict, undone};

/// The gold of one document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Harvest {
    /// The name of the document: the last part of its id.
    pub doc: String,
    /// Whether a reviewer has read all of it; otherwise the gold holds what was judged and no more.
    pub complete: bool,
    /// Reviewers judge events, not date expressions.
    pub dates: [(); 0],
    /// Its events, in text order.
    pub events: Vec<GoldEvent>,
}

/// An event as gold files hold it; offsets in code points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GoldEvent {
    trigger: String,
    start: u32,
    end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    extent_start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extent_end: Option<u32>,
    #[serde(rename = "type")]
    kind: &'static str,
    date: Option<String>,
    actors: Vec<String>,
    places: Vec<String>,
}

impl From<&Told> for GoldEvent {
    fn from(told: &Told) -> Self {
        let name = |named: &Named| format!("{}|{}", named.name_en, named.name);
        Self {
            trigger: told.trigger.text.clone(),
            start: told.trigger.start,
            end: told.trigger.end,
            extent_start: told.extent.as_ref().map(|extent| extent.start),
            extent_end: told.extent.as_ref().map(|extent| extent.end),
            kind: told.kind.name(),
            date: told.date.as_ref().map(|date| date.value.clone()).filter(|value| !value.is_empty()),
            actors: told.actors.iter().map(name).collect(),
            places: told.places.iter().map(name).collect(),
        }
    }
}

/// The gold that a whole log (oldest first) holds, by document; of an event the newest standing
/// verdict counts, of several texts under one name the one judged last.
pub fn harvest(log: &[Verdict]) -> Vec<Harvest> {
    let gone = undone(log);
    let mut events: BTreeMap<(&str, String), Option<Told>> = BTreeMap::new();
    let mut read: HashSet<&str> = HashSet::new();
    // Which text a name means.
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for verdict in log.iter().filter(|v| v.said.judgement != Judgement::Undo && !gone.contains(&v.seq)) {
        let hash = verdict.said.hash.as_str();
        let told = |value: &Option<serde_json::Value>| serde_json::from_value::<Told>(value.clone()?).ok();
        let (id, event) = match verdict.said.judgement {
            Judgement::Accept => (verdict.said.event_id.clone(), told(&verdict.said.before)),
            Judgement::Correct => (verdict.said.event_id.clone(), told(&verdict.said.after)),
            Judgement::Missed => (format!("missed {}", verdict.seq), told(&verdict.said.after)),
            Judgement::Reject => (verdict.said.event_id.clone(), None),
            Judgement::Note if is_read(&verdict.said) => {
                read.insert(hash);
                names.insert(base_name(&verdict.said.document), hash);
                continue;
            }
            Judgement::Skip | Judgement::Note | Judgement::Undo => continue,
        };
        names.insert(base_name(&verdict.said.document), hash);
        events.insert((hash, id), event);
    }
    let one = |(name, hash): (&str, &str)| {
        let own = events.iter().filter(|((of, _), _)| *of == hash);
        let mut told: Vec<&Told> = own.filter_map(|(_, event)| event.as_ref()).collect();
        told.sort_by_key(|told| told.trigger.start);
        let events = told.into_iter().map(GoldEvent::from).collect();
        Harvest { doc: name.to_owned(), complete: read.contains(hash), dates: [], events }
    };
    names.into_iter().map(one).collect()
}
