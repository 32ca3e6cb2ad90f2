//! stub, replaced by the date layer
use crate::model::{DateMention, Published};
use crate::text::Tokens;
use std::ops::Range;
/// x
pub struct Tagged {
    /// x
    pub published: Option<Published>,
    /// x
    pub dates: Vec<DateMention>,
}
/// x
pub fn tag(_t: &Tokens<'_>, _b: &[Range<usize>], published: Option<Published>) -> Tagged {
    Tagged { published, dates: Vec::new() }
}
