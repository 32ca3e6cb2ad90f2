//! Text as the extractor sees it: words with their folded forms and the way back to the bytes.

pub mod find;
pub mod fold;
pub mod offsets;
pub mod sentences;
pub mod tokens;
pub mod word_map;

pub use find::{Finding, Read};
pub use fold::Folded;
pub use offsets::CodePoints;
pub use sentences::lines;
pub use tokens::{Token, TokenKind, Tokens};
pub use word_map::WordMap;
