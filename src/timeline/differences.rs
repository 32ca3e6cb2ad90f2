//! Where the tellings of one happening differ.

use serde::Serialize;

use super::telling::{Party, Telling};
use crate::model::Role;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Aspect {
    /// PLOVER type.
    Type,
    /// Fact or plan.
    Status,
    /// Who does it, to whom, who takes part.
    Actors,
    /// Where.
    Places,
    /// The words that carry the happening.
    Wording,
}

/// What one telling says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Id of the document.
    pub document: String,
    /// Its value: a type, a status, ids of actors with their parts, ids of places, words of the text.
    pub value: String,
}

/// An aspect in which not all tellings are the same, and what each says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// In what they differ.
    #[serde(rename = "field")]
    pub aspect: Aspect,
    /// In the order of the tellings.
    pub told: Vec<Said>,
}

/// What a telling says of an aspect.
type Value = fn(&Telling) -> String;

/// The differences of some tellings, in the order of the aspects.
pub(super) fn of(tellings: &[&Telling]) -> Vec<Difference> {
    let aspects: [(Aspect, Value); 5] = [
        (Aspect::Type, |t| t.kind.name().to_owned()),
        (Aspect::Status, |t| t.status.name().to_owned()),
        (Aspect::Actors, |t| ids(&t.actors, true)),
        (Aspect::Places, |t| ids(&t.places, false)),
        (Aspect::Wording, |t| t.trigger.clone()),
    ];
    let difference = |(aspect, value): &(Aspect, Value)| {
        let told: Vec<Said> =
            tellings.iter().map(|t| Said { document: t.document.clone(), value: value(t) }).collect();
        let same = told.windows(2).all(|two| two[0].value == two[1].value);
        (!same).then_some(Difference { aspect: *aspect, told })
    };
    aspects.iter().filter_map(difference).collect()
}

/// Ids in order of their names, with what each does where that is asked for.
fn ids(parties: &[Party], with_part: bool) -> String {
    let mut ids: Vec<String> = parties
        .iter()
        .map(|p| match p.role {
            _ if !with_part => p.id.clone(),
            Role::Source => format!("{} (source)", p.id),
            Role::Target => format!("{} (target)", p.id),
            Role::Participant => format!("{} (participant)", p.id),
        })
        .collect();
    ids.sort_unstable();
    ids.join(", ")
}
