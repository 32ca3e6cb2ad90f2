//! Where a verdict points, in words that outlive the offsets: after the W3C Web Annotation Data
//! Model's `TextPositionSelector` and `TextQuoteSelector`.

use serde::{Deserialize, Serialize};

use crate::model::Span;
use crate::text::CodePoints;

/// How many code points of context a selector keeps on each side.
pub const CONTEXT: usize = 32;

/// A place in a text, by position and by quotation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selector {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words themselves.
    pub exact: String,
    /// Up to [`CONTEXT`] code points before them.
    pub prefix: String,
    /// Up to [`CONTEXT`] code points after them.
    pub suffix: String,
}

impl Selector {
    /// The selector of `span` (bytes) in `text`.
    pub fn new(text: &str, span: Span) -> Self {
        let points = CodePoints::new(text);
        let Span { start, end } = points.span(span);
        let before = text.get(..span.start as usize).unwrap_or_default();
        let after = text.get(span.end as usize..).unwrap_or_default();
        let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
        Self {
            start,
            end,
            exact: span.of(text).to_owned(),
            prefix: before[from..].to_owned(),
            suffix: after.chars().take(CONTEXT).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_code_points_and_context_is_bounded() {
        let text = format!("{}دَعا🙂{}", "ا".repeat(40), "ب".repeat(5));
        let at = text.find('د').unwrap() as u32;
        let selector = Selector::new(&text, Span::new(at, at + "دَعا".len() as u32));
        assert_eq!((selector.start, selector.end), (40, 44));
        assert_eq!(selector.exact, "دَعا");
        assert_eq!(selector.prefix, "ا".repeat(CONTEXT));
        assert_eq!(selector.suffix, "🙂ببببب");
    }
}
