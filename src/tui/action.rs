//! What can happen: commands that keys are bound to, and everything else that changes the state.

use clap::ValueEnum;
use crossterm::event::MouseEvent;
use serde::Deserialize;

use super::terminal::Mode;
use super::worker::Report;

/// A thing that a key can do. The names in `assets/keymap.toml` are these in kebab case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // What each does is said once, in the `[help]` table of the words.
pub enum Command {
    Down,
    Up,
    PageDown,
    PageUp,
    HalfPageDown,
    HalfPageUp,
    First,
    Last,
    OtherPane,
    Open,
    Back,
    Search,
    NextMatch,
    PreviousMatch,
    FacetActor,
    FacetYear,
    FacetType,
    FacetPlace,
    FacetDocument,
    FacetStatus,
    FacetVerdict,
    FacetConfidence,
    Query,
    Write,
    Toggle,
    Exclude,
    ZoomIn,
    ZoomOut,
    DropFilter,
    ClearFilters,
    Accept,
    Reject,
    Skip,
    Undo,
    Redo,
    Correct,
    MarkMissed,
    Note,
    AcceptAll,
    RejectAll,
    FullyRead,
    Lexicon,
    Sample,
    Quality,
    Sort,
    Chart,
    Bookmark,
    NextBookmark,
    NextEvent,
    PreviousEvent,
    JumpBack,
    JumpForward,
    Documents,
    Explain,
    ViewEvents,
    ViewTimeline,
    ViewDifferences,
    SeveralSources,
    Palette,
    SkippedFiles,
    StopReading,
    ReadAgain,
    Copy,
    ToggleBidi,
    Help,
    Suspend,
    Quit,
    CursorLeft,
    CursorRight,
    CursorStart,
    CursorEnd,
    DeleteBefore,
    DeleteAfter,
    DeleteWord,
    DeleteLine,
    Complete,
    CompleteBack,
    Save,
    TurnKind,
    Remove,
    WidenEnd,
    NarrowEnd,
    WidenStart,
    NarrowStart,
}

impl Command {
    /// All of them.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        Self::value_variants().iter().copied()
    }

    /// Whether it edits a line that is being typed, and has no meaning elsewhere.
    pub const fn edits(self) -> bool {
        matches!(
            self,
            Self::CursorLeft
                | Self::CursorRight
                | Self::CursorStart
                | Self::CursorEnd
                | Self::DeleteBefore
                | Self::DeleteAfter
                | Self::DeleteWord
                | Self::DeleteLine
        )
    }

    /// The name by which the keymap and the palette know it.
    pub fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// Everything that changes the state of the screen.
#[derive(Debug)]
pub enum Action {
    /// A bound key.
    Command(Command),
    /// Text typed or pasted into the field that is open.
    Insert(String),
    /// The mouse, at a place of the screen.
    Mouse(MouseEvent),
    /// The window has this many columns and rows.
    Resize(u16, u16),
    /// The terminal has said late what it is, and needs this mode.
    Terminal(Mode),
    /// The background work reports.
    Report(Box<Report>),
}
