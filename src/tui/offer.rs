//! What a reviewer can put into the lexicon by the event on screen.

use crate::lexicon::own::Addition;
use crate::model::EntityKind;

/// One thing that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// An entry that is written as it is.
    Write(Addition),
    /// An actor whose name is asked for first.
    Ask(EntityKind),
}
