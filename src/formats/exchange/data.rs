//! Events as other programs hand them over: the records of the contract, owned, with everything
//! but the trigger and the type left to choice.

use serde::{Deserialize, Serialize};

use crate::formats::{EntityRecord, EventRecord, Quote};
use crate::model::{DateBasis, EntityKind, EventType, Role, Status};

/// Words of a text with their place in code points, half open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Words {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words; empty where the format does not repeat them.
    #[serde(default)]
    pub text: String,
}

impl Words {
    /// Whether the two stand at the same place.
    pub fn at(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}

impl From<Quote<'_>> for Words {
    fn from(quote: Quote<'_>) -> Self {
        Self { start: quote.start, end: quote.end, text: quote.text.to_owned() }
    }
}

/// The date of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// TIMEX3 / ISO 8601 value; empty where the format only marks the words.
    #[serde(default)]
    pub value: String,
    /// The expression; none where no words of the text give the date.
    pub text: Option<String>,
    /// Its first code point.
    pub start: Option<u32>,
    /// One past its last code point.
    pub end: Option<u32>,
    /// How the value was reached.
    #[serde(default = "explicit")]
    pub basis: DateBasis,
}

const fn explicit() -> DateBasis {
    DateBasis::Explicit
}

impl Dated {
    /// Where the expression stands, if there is one.
    pub fn words(&self) -> Option<Words> {
        let text = self.text.clone().unwrap_or_default();
        Some(Words { start: self.start?, end: self.end?, text })
    }
}

/// An actor or place of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Stable id; empty where the format has none.
    #[serde(default)]
    pub id: String,
    /// Arabic name.
    #[serde(default)]
    pub name: String,
    /// English name; empty where unknown.
    #[serde(default)]
    pub name_en: String,
    /// What it is.
    pub kind: EntityKind,
    /// The part an actor has; places have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Where it is mentioned for this event.
    #[serde(default)]
    pub mentions: Vec<Words>,
}

impl From<EntityRecord<'_>> for Named {
    fn from(record: EntityRecord<'_>) -> Self {
        Self {
            id: record.id.to_owned(),
            name: record.name.to_owned(),
            name_en: record.name_en.to_owned(),
            kind: record.kind,
            role: record.role,
            mentions: record.mentions.into_iter().map(Words::from).collect(),
        }
    }
}

/// An event. Its JSON is the contract of `waqai extract`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Stable id; empty where the format has none.
    #[serde(default)]
    pub id: String,
    /// Id of the document.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// The words that carry the happening.
    pub trigger: Words,
    /// The clause or sentence; none where the format has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extent: Option<Words>,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Told as fact, plan, denial or possibility.
    #[serde(default = "occurred")]
    pub status: Status,
    /// When.
    #[serde(default)]
    pub date: Option<Dated>,
    /// Who takes part.
    #[serde(default)]
    pub actors: Vec<Named>,
    /// Where.
    #[serde(default)]
    pub places: Vec<Named>,
    /// From 0 to 1; none where the format does not say how sure it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Which rule and which words gave each field.
    #[serde(default)]
    pub evidence: Vec<String>,
}

const fn occurred() -> Status {
    Status::Occurred
}

impl Told {
    /// An event of which no more is known than its trigger and its type.
    pub fn bare(kind: EventType, trigger: Words) -> Self {
        Self {
            id: String::new(),
            document: String::new(),
            trigger,
            extent: None,
            kind,
            status: Status::Occurred,
            date: None,
            actors: Vec::new(),
            places: Vec::new(),
            confidence: None,
            evidence: Vec::new(),
        }
    }
}

impl From<EventRecord<'_>> for Told {
    fn from(record: EventRecord<'_>) -> Self {
        Self {
            id: record.id.to_owned(),
            document: record.document.to_owned(),
            trigger: record.trigger.into(),
            extent: Some(record.extent.into()),
            kind: record.kind,
            status: record.status,
            date: record.date.map(|date| Dated {
                value: date.value.to_owned(),
                text: date.text.map(str::to_owned),
                start: date.start,
                end: date.end,
                basis: date.basis,
            }),
            actors: record.actors.into_iter().map(Named::from).collect(),
            places: record.places.into_iter().map(Named::from).collect(),
            confidence: Some(record.confidence),
            evidence: record.evidence.to_vec(),
        }
    }
}
