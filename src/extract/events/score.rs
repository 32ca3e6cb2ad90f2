//! How sure an event is: features of its candidate, weighed by `assets/lexicon/weights.toml`.
//!
//! The weights are those of a logistic regression over annotated news; every feature is about the
//! grammar of the place where the trigger stands, none about a document.

use std::sync::LazyLock;

use serde::Deserialize;

/// Names of the features, in the order of [`Features`].
pub const NAMES: [&str; COUNT] = [
    "lexicon_weight",
    "perfect",
    "imperfect",
    "noun",
    "participle",
    "conditioned",
    "light",
    "passive_light",
    "own_source",
    "has_source",
    "has_target",
    "two_actors",
    "place",
    "date_in_clause",
    "date_in_sentence",
    "entry_date",
    "definite",
    "enclitic",
    "planned",
    "refusal",
    "preposition_before",
    "li",
    "governed",
    "in_quote",
    "relative",
    "first_verb",
    "after_speech",
    "caption",
    "person_source",
    "genitive",
    "weight_noun",
    "clause_head",
    "late",
    "inherited",
    "inherited_noun",
    "indefinite_noun",
    "unmet",
    "active",
    "consequence",
    "same_type_before",
    "second_term",
    "actor_adjacent",
    "verb_before",
    "told_before",
    "same_type_sentence",
    "unrealised",
];

/// How many features there are.
pub const COUNT: usize = 46;

/// The features of one candidate.
pub type Features = [f32; COUNT];

/// The weights file.
#[derive(Debug, Deserialize)]
struct File {
    bias: f32,
    threshold: f32,
    weights: std::collections::BTreeMap<String, f32>,
}

/// The weights in the order of [`NAMES`].
#[derive(Debug)]
pub struct Weights {
    bias: f32,
    /// Confidence from which a candidate is an event.
    pub threshold: f32,
    features: Features,
}

/// The weights that come with the program.
///
/// # Panics
/// Never in a program that passed its tests: the embedded file is read by one of them.
pub fn weights() -> &'static Weights {
    static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
        let file: File = toml::from_str(include_str!("../../../assets/lexicon/weights.toml"))
            .unwrap_or_else(|fault| panic!("the embedded weights are at fault: {fault}"));
        let features = NAMES.map(|name| file.weights.get(name).copied().unwrap_or_default());
        Weights { bias: file.bias, threshold: file.threshold, features }
    });
    &WEIGHTS
}

impl Weights {
    /// The confidence of a candidate, 0 to 1.
    pub fn confidence(&self, features: &Features) -> f32 {
        let sum: f32 = self.features.iter().zip(features).map(|(w, f)| w * f).sum();
        1.0 / (1.0 + (-(self.bias + sum)).exp())
    }
}
