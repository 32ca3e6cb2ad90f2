//! How sure an event is: the features of its candidate, weighed by `assets/lexicon/weights.toml`: the
//! weights of a logistic regression over annotated news.

use std::sync::LazyLock;

use serde::Deserialize;

use super::features::{Features, NAMES};

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
