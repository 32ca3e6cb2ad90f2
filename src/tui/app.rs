//! The state of the screen, all of it. [`super::update`] is the only writer, views only read.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use super::board::Board;
use super::chart::Chart;
use super::comparison::Comparison;
use super::editor::{Editor, Entry};
use super::history::Typed;
use super::input::Input;
use super::jumps::Jumps;
use super::keys::{Context, Keymap};
use super::layout::Areas;
use super::marker::Marker;
use super::marks::Roles;
use super::offer::Offer;
use super::opened::Source;
use super::panel::Panel;
use super::picker::Picker;
use super::query_line::{QueryLine, Recall};
use super::reviews::Reviews;
use super::session::Session;
use super::terminal::Mode;
use super::theme::Theme;
use super::update::Hunt;
use super::words::{Lang, Words};
use crate::bidi::{Align, Harakat, Options};
use crate::corpus::Skipped;
use crate::model::{EntityKind, Event};
use crate::query::{Field, Query};
use crate::review::{ReviewReport, Sample};
use crate::store::{DocumentRow, EventKey, EventRow, Filter, Index, Judgement, Progress, Sort};

/// Which pane the keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The list of events.
    #[default]
    List,
    /// The source text.
    Source,
}

/// What the panes show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The events and their text.
    #[default]
    Events,
    /// The happenings and their tellings.
    Timeline,
    /// What differs, side by side.
    Compare,
}

/// What lies over the panes.
#[derive(Clone, Debug)]
pub enum Layer {
    /// The values of a facet.
    Facet(Box<Panel>),
    /// A search is being typed.
    Search(Input, Recall),
    /// A query is being typed.
    Query(Box<QueryLine>),
    /// A list of documents or commands.
    Picker(Box<Picker>),
    /// Why the selected event is as it is, scrolled down by so many rows.
    Explain(usize),
    /// The name of a file to write is being typed; a name that is taken is entered twice.
    Write(Input, Option<String>),
    /// The help page, scrolled down by so many rows.
    Help(usize),
    /// The files that were skipped, scrolled down by so many rows.
    Skipped(usize),
    /// An event is being corrected, or given its fields.
    Edit(Box<Editor>),
    /// Words of the text are being marked as a missed event.
    Mark(Box<Marker>),
    /// A note is being typed.
    Note(Input),
    /// A sample is being typed.
    Sample(Input),
    /// The name of an actor for the lexicon is being typed.
    Name(Input, EntityKind),
    /// Whether many events are to be judged alike.
    Bulk(Bulk),
    /// How good the extraction is, scrolled down by so many rows.
    Quality(Box<ReviewReport>, usize),
}

/// Events that are to be judged alike, once that is confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulk {
    /// How.
    pub judgement: Judgement,
    /// Which.
    pub keys: Vec<EventKey>,
}

/// A term of the query as the title shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its field.
    pub field: Field,
    /// Whether it asks for whole years.
    pub years: bool,
    /// Whether it is turned round.
    pub negated: bool,
    /// Its values as a person knows them.
    pub values: Vec<String>,
}

/// A line for the user, shown until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The words.
    pub text: String,
    /// Whether something went wrong.
    pub error: bool,
}

/// How far the writing of a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Underway {
    /// The name of the file.
    pub file: String,
    /// Events written so far, and of how many.
    pub done: usize,
    /// All of them; 0 until that is known.
    pub of: usize,
}

/// The list of events as it is filtered and sorted.
#[derive(Debug, Default)]
pub struct List {
    /// Keys of all events, in order.
    pub keys: Vec<EventKey>,
    /// By key, the place of the event, [`u32::MAX`] for what is not in the list; empty where the keys
    /// stand in their own order.
    places: Vec<u32>,
    /// Ids of the events of a sample, in order; of the whole list none.
    pub ids: Vec<String>,
    /// Place of the selected one.
    pub selected: usize,
    /// Place of the one at the top of the window.
    pub top: usize,
    /// The rows in the window, from `top` on.
    pub rows: Vec<EventRow>,
    /// How many events there are without a filter.
    pub total: usize,
    /// How often it was filled.
    pub filled: u64,
}

impl List {
    /// Fills it anew.
    pub(super) fn fill(&mut self, keys: Vec<EventKey>) {
        self.places.clear();
        if !keys.is_sorted() {
            self.places.resize(keys.iter().max().map_or(0, |&key| key as usize + 1), u32::MAX);
            for (place, &key) in keys.iter().enumerate() {
                self.places[key as usize] = place as u32;
            }
        }
        self.keys = keys;
        self.rows.clear();
    }

    /// The place of an event in it.
    pub fn place(&self, key: EventKey) -> Option<usize> {
        if self.places.is_empty() {
            return self.keys.binary_search(&key).ok();
        }
        self.places.get(key as usize).filter(|&&place| place != u32::MAX).map(|&place| place as usize)
    }

    /// The selected row, where there is one.
    pub fn row(&self) -> Option<&EventRow> {
        let key = self.keys.get(self.selected)?;
        self.rows.iter().find(|row| row.key == *key)
    }
}

/// What a start needs beside the index.
#[derive(Debug)]
pub struct Start {
    /// Keys.
    pub keymap: Keymap,
    /// Colours.
    pub theme: Theme,
    /// The words of the interface.
    pub words: Words,
    /// What becomes of the marks on Arabic letters.
    pub harakat: Harakat,
    /// The side of the rows of the text.
    pub align: Align,
    /// What the terminal needs.
    pub mode: Mode,
    /// What only the user of this terminal can do so that Arabic stands in order, as a name in the
    /// table of words.
    pub hint: Option<&'static str>,
    /// The verdicts.
    pub reviews: Reviews,
    /// Whether the list also holds what is denied or merely possible.
    pub all: bool,
}

/// The state of the screen.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, none excludes another")]
pub struct App {
    /// The index; none until the first reading is done, where it lives in memory.
    pub(super) index: Option<Index>,
    pub(super) keymap: Keymap,
    pub(super) theme: Theme,
    pub(super) words: Words,
    pub(super) harakat: Harakat,
    pub(super) align: Align,
    pub(super) all: bool,
    pub(super) mode: Mode,
    /// What only the user of this terminal can do, as a name in the table of words.
    pub(super) hint: Option<&'static str>,
    pub(super) areas: Areas,
    pub(super) view: View,
    /// The view to go back to from the text.
    pub(super) back_to: Option<View>,
    pub(super) focus: Focus,
    pub(super) layer: Option<Layer>,
    pub(super) sort: Sort,
    /// What the list is filtered by, and how the title shows it.
    pub(super) query: Query,
    pub(super) shown: Vec<Shown>,
    /// The queries typed and what was searched for, the last one at the end.
    pub(super) history: Vec<String>,
    pub(super) searched: Vec<String>,
    /// What was typed since [`App::take_typed`].
    pub(super) typed: Vec<Typed>,
    pub(super) list: List,
    pub(super) chart: Chart,
    pub(super) board: Board,
    /// The event that was selected when the board was made.
    pub(super) board_from: Option<EventKey>,
    pub(super) jumps: Jumps,
    /// Ids of the events that are marked.
    pub(super) bookmarks: BTreeSet<String>,
    /// The list's part of the window, in thousandths, where the user set it.
    pub(super) split: Option<u16>,
    /// Whether the border between the panes is being dragged.
    pub(super) dragging: bool,
    /// The byte of the text on which the button of the mouse was pressed, while it is down.
    pub(super) pressed: Option<u32>,
    /// Where the reader left off the last time, until he is there.
    pub(super) left_off: Option<Session>,
    /// All documents, in order.
    pub(super) documents: Arc<Vec<DocumentRow>>,
    /// Documents opened lately, the newest first; the first one is on screen.
    pub(super) sources: Vec<Source>,
    /// What is searched for.
    pub(super) search: Option<String>,
    /// The search that goes on.
    pub(super) hunt: Option<Hunt>,
    /// What is being written to a file.
    pub(super) writing: Option<Underway>,
    pub(super) reviews: Reviews,
    /// The sample that is worked through.
    pub(super) work: Option<Sample>,
    pub(super) message: Option<Message>,
    /// Set while documents are read.
    pub(super) progress: Option<Progress>,
    pub(super) skipped: Vec<Skipped>,
    /// Whether all documents were read once.
    pub(super) read_before: bool,
    /// Whether documents that take time to open are opened.
    pub(super) patient: bool,
    /// When the list was filled last while documents are read.
    pub(super) refreshed: Option<Instant>,
    /// The user's folders of the lexicon, of which the last one is written to.
    pub(super) lexicon: Vec<PathBuf>,
    /// What can be put into the lexicon by the event that is asked about.
    pub(super) offers: Vec<Offer>,
    /// What is compared.
    pub(super) comparison: Comparison,
}

impl Start {
    /// With the keys that are built in, in a terminal that leaves the cells where they are put.
    pub fn new(theme: Theme, lang: Lang, reviews: Reviews) -> Self {
        Self {
            keymap: Keymap::builtin(),
            theme,
            words: Words::new(lang),
            harakat: Harakat::Keep,
            align: Align::Auto,
            mode: Mode::Visual,
            hint: None,
            reviews,
            all: false,
        }
    }
}

impl App {
    /// A state without a window yet; the first [`super::Action::Resize`] gives it one.
    pub fn new(index: Option<Index>, start: Start) -> Self {
        Self {
            index,
            keymap: start.keymap,
            theme: start.theme,
            words: start.words,
            harakat: start.harakat,
            align: start.align,
            all: start.all,
            mode: start.mode,
            hint: start.hint,
            areas: Areas::default(),
            view: View::default(),
            back_to: None,
            focus: Focus::default(),
            layer: None,
            sort: Sort::default(),
            query: Query::default(),
            shown: Vec::new(),
            history: Vec::new(),
            searched: Vec::new(),
            typed: Vec::new(),
            list: List::default(),
            chart: Chart::default(),
            board: Board::default(),
            board_from: None,
            jumps: Jumps::default(),
            bookmarks: BTreeSet::new(),
            split: None,
            dragging: false,
            pressed: None,
            left_off: None,
            documents: Arc::default(),
            sources: Vec::new(),
            search: None,
            hunt: None,
            writing: None,
            reviews: start.reviews,
            work: None,
            message: None,
            progress: Some(Progress::default()),
            skipped: Vec::new(),
            read_before: false,
            patient: true,
            refreshed: None,
            lexicon: Vec::new(),
            offers: Vec::new(),
            comparison: Comparison::default(),
        }
    }

    /// Where keys go now.
    pub fn context(&self) -> Context {
        match &self.layer {
            None => Context::Browse,
            Some(Layer::Facet(_) | Layer::Picker(_)) => Context::Panel,
            Some(
                Layer::Search(..)
                | Layer::Query(_)
                | Layer::Note(_)
                | Layer::Sample(_)
                | Layer::Name(..)
                | Layer::Write(..),
            ) => Context::Prompt,
            Some(Layer::Help(_) | Layer::Skipped(_) | Layer::Explain(_) | Layer::Quality(..)) => {
                Context::Page
            }
            Some(Layer::Edit(editor)) => match &editor.entry {
                Some(Entry::Date(_)) => Context::Prompt,
                Some(Entry::Choice(_)) => Context::Panel,
                None => Context::Edit,
            },
            Some(Layer::Mark(_)) => Context::Mark,
            Some(Layer::Bulk(_)) => Context::Confirm,
        }
    }

    /// What is being written to a file.
    pub const fn writing(&self) -> Option<&Underway> {
        self.writing.as_ref()
    }

    /// Whether documents are being read.
    pub const fn reading(&self) -> bool {
        self.progress.is_some()
    }

    /// The live keymap.
    pub const fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// Whether the screen runs from right to left, the list on the right.
    pub fn mirrored(&self) -> bool {
        self.words.lang() == Lang::Ar
    }

    /// What could not be read.
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// How many documents there are.
    pub fn documents(&self) -> usize {
        self.documents.len()
    }

    /// How text is laid out in the source pane.
    pub fn options(&self) -> Options {
        Options {
            harakat: self.harakat,
            align: self.align,
            order: self.mode.order(),
            shaping: self.mode.shaping(),
            ..Options::default()
        }
    }

    /// The document on screen.
    pub fn source(&self) -> Option<&Source> {
        self.sources.first()
    }

    /// The selected event with its document.
    pub fn event(&self) -> Option<(&Source, &Event)> {
        let row = self.list.row()?;
        let source = self.source().filter(|s| s.key == row.document)?;
        Some((source, source.annotations.events.get(row.n as usize)?))
    }

    /// The spans of the selected event by role.
    pub(super) fn roles(&self) -> Option<Roles> {
        if let Some(Layer::Edit(editor)) = &self.layer {
            return Some(Roles::of(&editor.event));
        }
        self.event().map(|(_, event)| Roles::of(event))
    }

    /// What the list is filtered by.
    pub(super) fn filter(&self) -> Filter {
        Filter { query: self.query.clone(), all: self.all }
    }

    /// What the list holds when nothing is chosen.
    pub(super) fn unfiltered(&self) -> Filter {
        Filter { query: Query::default(), all: self.all }
    }
}
