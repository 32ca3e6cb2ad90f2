//! extract

pub mod dates;
