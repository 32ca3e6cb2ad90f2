//! corpus
pub mod structure;
