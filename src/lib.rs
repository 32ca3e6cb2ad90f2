//! `waqai` (وقائع) reads Arabic news, finds the dated events in it, and lets a person browse and
//! check them in a terminal.
//!
//! The way of the data, each room a module:
//!
//! ```text
//!  files, folders, stdin                     corpus    bytes → documents
//!         │
//!  documents ── text (folding, words, sentences) ── lexicon (all known words)
//!         │
//!  dates → actors → events                   extract   pure: text + lexicon → annotations with spans
//!         │
//!  index (SQLite, derived)                   store
//!  verdicts (SQLite, precious)               store  ◄── review
//!         │
//!         ├── timeline   the same happening across documents
//!         ├── formats    JSONL, CSV … out
//!         └── tui        list, source, facets, review   ◄── bidi (logical text → rows of cells)
//! ```
//!
//! One direction: `text ← lexicon ← extract ← timeline`, `text ← corpus`, all of them ← `store` ←
//! `tui`, `cli`. [`bidi`] knows nothing of events, [`extract`] nothing of files or screens, and
//! nothing below [`tui`] names ratatui or crossterm.
//!
//! Inside the program every offset is a byte offset into the document's text ([`model::Span`]).
//! Code points, the unit of every output, are counted at the door ([`text::offsets`]).

/// Extraction makes many small short-lived strings; the system's allocator takes a third longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod bidi;
pub mod cli;
pub mod corpus;
pub mod extract;
pub mod formats;
pub mod lexicon;
pub mod model;
mod plover;
pub mod query;
pub mod review;
pub mod store;
pub mod text;
pub mod timeline;
pub mod timex3;
pub mod tui;
pub mod words;
