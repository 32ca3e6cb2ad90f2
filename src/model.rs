//! The nouns of the house: documents, dates, actors, events and verdicts as plain serde types.
//!
//! Every [`Span`] is in bytes of the document's text and lies on `char` boundaries. The units of
//! the outside world (code points, UTF-16) are made in [`crate::formats`].

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use crate::plover::{EventType, Quad};

/// A half-open range of bytes in a document's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from byte `start` up to, not including, byte `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies wholly inside this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// As a range for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words of `text` that the span covers; empty where it does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}

/// One text as it was read: a file, a JSONL line, standard input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The path as given on the command line, or the `id` of a JSONL line.
    pub id: String,
    /// Title, where the metadata give one.
    pub title: Option<String>,
    /// Publisher, where the metadata give one.
    pub source: Option<String>,
    /// Address, where the metadata give one.
    pub url: Option<String>,
    /// Publication date from metadata, command line or file name; what the text itself says is
    /// found by [`crate::extract`].
    pub published: Option<Published>,
    /// The text, without byte order mark, with `\n` line ends.
    pub text: String,
    /// Its lines in text order, each with what it is; blank lines have none.
    pub blocks: Vec<Block>,
}

/// What a line of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The title of an article: its dates count, its happenings are told again below.
    Headline,
    /// Place and date of publication.
    Dateline,
    /// Told text.
    Body,
    /// The caption of a picture.
    Caption,
    /// Menus, read-also lists, copyright lines: nothing in it counts.
    Furniture,
}

/// One line of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where it stands, without its line end.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Which article of the document it belongs to, from 0.
    pub article: u32,
}

/// A publication date and how it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The day.
    pub date: NaiveDate,
    /// How it is known.
    pub basis: PublishedBasis,
}

/// Where a publication date comes from, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PublishedBasis {
    /// `--published` on the command line.
    Given,
    /// The metadata of the file or JSONL line.
    Metadata,
    /// A dateline or `date 2025-08-07` line at the head of the text.
    Dateline,
    /// A date in the file's name.
    Filename,
    /// Concluded from what the text tells.
    Inferred,
}

/// One article inside a document; a scraped page may hold several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Where it stands in the document.
    pub span: Span,
    /// Its publication date, if known or inferred.
    pub published: Option<Published>,
}

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum DateKind {
    /// A point or period on the calendar.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A repeated time.
    Set,
}

/// How the value of a date was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateBasis {
    /// All of it stands in the text.
    Explicit,
    /// Counted from the publication date.
    Deictic,
    /// Counted from the date the narrative speaks of.
    Anaphoric,
    /// Completed from the context: an entry header, a year told before.
    Inferred,
}

/// The calendar in which a date was written; values are always Gregorian.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Calendar {
    /// The Gregorian calendar.
    #[default]
    Gregorian,
    /// The Islamic calendar (Umm al-Qura, tabular outside its range).
    Hijri,
}

/// A date expression in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateMention {
    /// Where it stands.
    pub span: Span,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: DateKind,
    /// TIMEX3 / ISO 8601 value; empty where it cannot be known.
    pub value: String,
    /// TIMEX3 `mod`: `START`, `MID`, `END`, `APPROX` …
    #[serde(default, rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<String>,
    /// How the value was reached.
    pub basis: DateBasis,
    /// The calendar it was written in.
    pub calendar: Calendar,
    /// The rule that found it.
    pub rule: Cow<'static, str>,
    /// Whether it heads an entry (`28 شباط 2022: اجتمع …`) and so dates what stands under it.
    #[serde(default)]
    pub header: bool,
}

/// What kind of thing an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A body with a name: ministry, party, agency, alliance.
    Organization,
    /// A state, standing for its government.
    Country,
    /// A city, region or building.
    Place,
    /// People acting together without a name of their own.
    Group,
}

impl EntityKind {
    /// Its name in the contract, and in the files of the lexicon.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Country => "country",
            Self::Place => "place",
            Self::Group => "group",
        }
    }
}

/// A canonical actor or place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Stable id: a slug of the English name, or of the Arabic where there is no English.
    pub id: String,
    /// Arabic name.
    pub name: String,
    /// English name; empty where unknown.
    pub name_en: String,
    /// What it is.
    pub kind: EntityKind,
    /// Id of the country it belongs to, where known.
    pub country: Option<String>,
}

/// How a mention was tied to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActorBasis {
    /// A name in the lexicon.
    Lexicon,
    /// A title and name pattern.
    Title,
    /// A pronoun, surname or description of someone named before.
    Coreference,
}

/// A mention of an actor or place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorMention {
    /// Where it stands.
    pub span: Span,
    /// Index into [`Annotations::entities`].
    pub entity: u32,
    /// How it was tied to the entity.
    pub basis: ActorBasis,
    /// The rule that found it.
    pub rule: Cow<'static, str>,
}

/// Whether the happening is told as fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Has happened or is happening.
    Occurred,
    /// Firmly scheduled.
    Planned,
    /// Said not to have happened; no event by the guidelines.
    Denied,
    /// Wished, feared or conditional; no event by the guidelines.
    Hypothetical,
}

impl Status {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Occurred, Self::Planned, Self::Denied, Self::Hypothetical];

    /// The name under which it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Occurred => "occurred",
            Self::Planned => "planned",
            Self::Denied => "denied",
            Self::Hypothetical => "hypothetical",
        }
    }

    /// Whether the guidelines count it as an event.
    pub const fn counts(self) -> bool {
        matches!(self, Self::Occurred | Self::Planned)
    }
}

/// The part an actor has in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Who does it.
    Source,
    /// To whom it is done.
    Target,
    /// Who takes part.
    Participant,
}

/// An actor or place of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Index into [`Annotations::entities`].
    pub entity: u32,
    /// Its part; places are [`Role::Participant`].
    pub role: Role,
    /// Where it is mentioned for this event.
    pub mentions: Vec<Span>,
}

/// The date of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDate {
    /// ISO 8601 value at the precision the text gives.
    pub value: String,
    /// The expression that gives it; none where it is the publication date.
    pub mention: Option<Span>,
    /// How it was reached.
    pub basis: DateBasis,
}

/// One happening with one trigger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Stable over runs: a hash of the document's id, the type and the trigger's place.
    pub id: String,
    /// The one or two words that carry the happening.
    pub trigger: Span,
    /// The clause or sentence in which it is told.
    pub extent: Span,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Told as fact, plan, denial or possibility.
    pub status: Status,
    /// When.
    pub date: Option<EventDate>,
    /// Who takes part.
    pub actors: Vec<Participant>,
    /// Where.
    pub places: Vec<Participant>,
    /// From 0 to 1, from the evidence.
    pub confidence: f32,
    /// Which rule and which words gave each field, one line each: `field: rule (words)`.
    pub evidence: Vec<String>,
}

/// All that was found in one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Annotations {
    /// The articles, in text order.
    pub articles: Vec<Article>,
    /// The entities that mentions and events point to.
    pub entities: Vec<Entity>,
    /// Date expressions, in text order, not overlapping.
    pub dates: Vec<DateMention>,
    /// Mentions of actors and places, in text order.
    pub actors: Vec<ActorMention>,
    /// Events, in text order of their triggers.
    pub events: Vec<Event>,
}

impl Annotations {
    /// The day on which `document` was published: as its first article says, which yields to what was
    /// given with the document and overrules a file name; else as the document says.
    pub fn published(&self, document: &Document) -> Option<Published> {
        self.articles.first().and_then(|article| article.published).or(document.published)
    }
}
