//! From text to annotations: pure, no files, no screens.

pub mod actors;
pub mod analysis;
pub mod registry;

use crate::lexicon::Lexicon;
use crate::model::{Annotations, Document};

/// Finds the dates, actors and events of `document`.
pub fn extract(_document: &Document, _lexicon: &Lexicon) -> Annotations {
    Annotations::default()
}
