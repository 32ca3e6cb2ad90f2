//! All known words: entities, titles, triggers.

/// The compiled lexicon.
#[derive(Debug, Default)]
pub struct Lexicon {}

impl Lexicon {
    /// The lexicon that comes with the program.
    pub fn builtin() -> &'static Self {
        static BUILTIN: Lexicon = Lexicon {};
        &BUILTIN
    }
}
