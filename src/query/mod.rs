//! The query language: which events are wanted, as a person writes it and as the program keeps it.
//!
//! ```text
//! actor:lavrov year:2022..2025 type:REJECT,ACCUSE !place:syria confidence:>=0.8 "القرم"
//! ```
//!
//! Terms narrow one another; the values of one term, between commas, are alternatives; `!` before a
//! term turns it round. Words without a field have to stand in the text of the event. [`Query::parse`]
//! reads it, `Display` writes it, [`complete`] goes on with what is typed. What a name stands for is
//! for [`crate::store`] to say, which knows the names.

mod complete;
mod names;
mod parse;
mod period;
mod vocabulary;

use std::fmt;

pub use complete::{Completion, complete};
pub use names::{Names, sound};
pub(crate) use names::{sounds, words};
pub use parse::{Fault, QueryError};
pub(crate) use period::year;
pub use period::{Bound, Period, Periods};

use crate::model::{EventType, Status};

/// What is wanted: events for which every term holds. Without terms, all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// The terms, in the order in which they were written.
    pub terms: Vec<Term>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// What is looked at.
    pub field: Field,
    /// Whether events are wanted for which none of the values holds.
    pub negated: bool,
    /// Alternatives; at least one.
    pub values: Vec<Value>,
}

/// What a term looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Whoever takes part, in whichever role.
    Actor,
    /// Who does it.
    Source,
    /// To whom it is done.
    Target,
    /// Where.
    Place,
    /// When; written `year:` for whole years, `date:` for all else.
    Date,
    /// PLOVER type.
    Type,
    /// In which document it is told.
    Document,
    /// Told as fact, plan, denial or possibility.
    Status,
    /// What a reviewer said of it.
    Verdict,
    /// Confidence, in hundredths.
    Confidence,
    /// The event's own id.
    Id,
    /// Words in the sentence that tells it.
    Text,
}

/// One value of a term.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// No value at all: no actor, no place, no known year, no verdict.
    None,
    /// A name, an id or words of a text, as typed.
    Words(String),
    /// A stretch of the calendar.
    Periods(Periods),
    /// A type.
    Type(EventType),
    /// A status.
    Status(Status),
    /// A verdict by its name in the log: `accept`, `reject`, `skip`, `correct`.
    Verdict(&'static str),
    /// A confidence from so many hundredths to so many, both included.
    Hundredths(u8, u8),
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// What is wrong and at which bytes.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        parse::query(text)
    }

    /// Whether it lets everything through.
    pub const fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The query without its terms on `field` that `drop` names.
    #[must_use]
    pub fn without(&self, drop: impl Fn(&Term) -> bool) -> Self {
        Self { terms: self.terms.iter().filter(|term| !drop(term)).cloned().collect() }
    }
}

impl Term {
    /// A term that wants one of `values`, or with `negated` none of them.
    pub const fn new(field: Field, negated: bool, values: Vec<Value>) -> Self {
        Self { field, negated, values }
    }

    /// The name of the field as this term writes it: `year` where all its values are whole years.
    pub fn name(&self) -> &'static str {
        let years = |value: &Value| match value {
            Value::Periods(periods) => periods.whole_years(),
            value => *value == Value::None,
        };
        if self.field == Field::Date && self.values.iter().all(years) {
            vocabulary::YEAR
        } else {
            self.field.name()
        }
    }
}

impl Field {
    /// All fields.
    pub const ALL: [Self; 12] = [
        Self::Actor,
        Self::Source,
        Self::Target,
        Self::Place,
        Self::Date,
        Self::Type,
        Self::Document,
        Self::Status,
        Self::Verdict,
        Self::Confidence,
        Self::Id,
        Self::Text,
    ];

    /// The name under which it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Source => "source",
            Self::Target => "target",
            Self::Place => "place",
            Self::Date => "date",
            Self::Type => "type",
            Self::Document => "document",
            Self::Status => "status",
            Self::Verdict => "verdict",
            Self::Confidence => "confidence",
            Self::Id => "id",
            Self::Text => "text",
        }
    }

    /// Whether its values are names of entities.
    pub const fn of_entities(self) -> bool {
        matches!(self, Self::Actor | Self::Source | Self::Target | Self::Place)
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, term) in self.terms.iter().enumerate() {
            if n > 0 {
                f.write_str(" ")?;
            }
            term.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("!")?;
        }
        if self.field == Field::Text {
            // Bare words would be read as so many terms.
            if let [Value::Words(words)] = self.values.as_slice() {
                return write!(f, "{}", Quoted(words));
            }
        }
        write!(f, "{}:", self.name())?;
        for (n, value) in self.values.iter().enumerate() {
            if n > 0 {
                f.write_str(",")?;
            }
            value.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str(vocabulary::none()),
            Self::Words(words) if parse::bare(words) => f.write_str(words),
            Self::Words(words) => Quoted(words).fmt(f),
            Self::Periods(periods) => periods.fmt(f),
            Self::Type(kind) => f.write_str(kind.name()),
            Self::Status(status) => f.write_str(status.name()),
            Self::Verdict(name) => f.write_str(name),
            Self::Hundredths(from, to) if from == to => hundredths(*from, f),
            Self::Hundredths(from, 100) => {
                f.write_str(">=")?;
                hundredths(*from, f)
            }
            Self::Hundredths(from, to) => {
                hundredths(*from, f)?;
                f.write_str("..")?;
                hundredths(*to, f)
            }
        }
    }
}

fn hundredths(n: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{}.{:02}", n / 100, n % 100)
}

/// Words between quotation marks, with the marks inside them escaped.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
