//! The words the program knows, and the forms they take.

pub mod conjugator;
