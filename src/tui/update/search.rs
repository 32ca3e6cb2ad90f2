//! Searching the texts: on from the place that is read, in this document and then in the others, round
//! to where it began. What is not found at once is looked for a piece at a time while no key is pressed.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use crate::bidi::isolated;
use crate::store::DocumentRow;
use crate::text::fold::fold_phrase;
use crate::text::{Finding, Read};
use crate::tui::action::Command;
use crate::tui::app::{App, Layer};
use crate::tui::history::Typed;
use crate::tui::input::Input;
use crate::tui::query_line::Recall;

/// Bytes that are looked through before keys are looked for again: a few milliseconds.
const PIECE: usize = 512 * 1024;
/// What opening a document counts for among them.
const OPENING: usize = 4 * 1024;

/// A search that goes on.
#[derive(Debug)]
pub(in crate::tui) struct Hunt {
    /// What is searched for.
    pub(in crate::tui) words: String,
    forward: bool,
    finding: Finding,
    /// The documents as they were when it began, where among them it began, and how many it has looked
    /// through since.
    documents: Arc<Vec<DocumentRow>>,
    start: usize,
    done: usize,
    /// The text that it is in.
    text: Rc<str>,
    /// Backwards: what begins here or behind it does not count, and the last place before it so far.
    before: u32,
    last: Option<Range<u32>>,
}

impl Hunt {
    /// How many documents are looked through, and of how many.
    pub(in crate::tui) fn progress(&self) -> (usize, usize) {
        (self.done, self.documents.len())
    }

    /// The place among the documents of the one that it is in.
    fn at(&self) -> usize {
        let count = self.documents.len().max(1);
        let n = self.done % count;
        let at = if self.forward { self.start + n } else { self.start + count - n };
        at % count
    }

    /// Looks on in the text; none where it is over, or the piece.
    fn on(&mut self, piece: &mut usize) -> Option<Range<u32>> {
        while *piece > 0 {
            match self.finding.read_on(&self.text, piece) {
                Read::Found(found) if self.forward => return Some(found),
                Read::Found(found) if found.start < self.before => self.last = Some(found),
                Read::More => {}
                Read::Found(_) | Read::End => {
                    self.text = Rc::from("");
                    return self.last.take();
                }
            }
        }
        None
    }
}

impl App {
    /// A command while a search is being typed.
    pub(super) fn in_prompt(&mut self, mut input: Input, mut recall: Recall, command: Command) {
        match command {
            Command::Back => return,
            Command::Open => {
                let words = input.text().to_owned();
                self.search = (!fold_phrase(&words).is_empty()).then(|| words.clone());
                if self.search.is_some() {
                    self.enter(Typed::Search(words));
                    if let Some(source) = self.sources.first_mut() {
                        source.found = None;
                    }
                    self.next_match(true);
                }
                return;
            }
            Command::Up | Command::Down => {
                recall.turn(&mut input, &self.searched, command == Command::Up);
            }
            command => {
                if input.edit(command) {
                    recall = Recall::default();
                }
            }
        }
        self.layer = Some(Layer::Search(input, recall));
    }

    /// To the next or previous place where the search is found.
    pub(super) fn next_match(&mut self, forward: bool) {
        let Some(words) = self.search.clone() else {
            return self.say(self.words.get("said.no-search"));
        };
        let (Some(mut finding), Some(here)) = (Finding::new(&words), self.sources.first()) else { return };
        let reading = here.found.clone().unwrap_or_else(|| {
            let row = here.view.bytes(here.view.cursor());
            row.start..row.start
        });
        // Behind the beginning of what was found last.
        let begun = here.view.text().get(reading.start as usize..).and_then(|text| text.chars().next());
        let next = reading.start as usize + begun.map_or(0, char::len_utf8);
        if forward {
            finding.start(if here.found.is_some() { next } else { reading.start as usize });
        }
        let documents = Arc::clone(&self.documents);
        let start = documents.iter().position(|d| d.key == here.key).unwrap_or(0);
        let (text, before) = (here.view.shared(), reading.start);
        let hunt = Hunt { words, forward, finding, documents, start, done: 0, text, before, last: None };
        self.remember();
        self.hunt = Some(hunt);
        self.hunt_on();
    }

    /// Looks on for a piece; whether there is a search that goes on.
    pub(super) fn hunt_on(&mut self) -> bool {
        let Some(mut hunt) = self.hunt.take() else { return false };
        let mut piece = PIECE;
        while piece > 0 {
            if let Some(found) = hunt.on(&mut piece) {
                self.hunted(&hunt, found);
                return true;
            }
            if hunt.text.is_empty() && !self.next_text(&mut hunt, &mut piece) {
                let (words, n) = (isolated(&hunt.words), hunt.documents.len());
                self.say(if self.reading() {
                    self.words.fill("said.not-yet", &[("words", &words)])
                } else {
                    self.words.fill("said.nowhere", &[("words", &words), ("n", &n)])
                });
                return true;
            }
        }
        self.hunt = Some(hunt);
        true
    }

    /// Goes on to the next document that has a text; false where all were looked through.
    fn next_text(&mut self, hunt: &mut Hunt, piece: &mut usize) -> bool {
        hunt.done += 1;
        if hunt.done > hunt.documents.len() {
            return false;
        }
        *piece = piece.saturating_sub(OPENING);
        let key = hunt.documents[hunt.at()].key;
        let open = self.sources.iter().find(|source| source.key == key).map(|source| source.view.shared());
        // A document that is gone meanwhile has nothing to be found in.
        let text = open.or_else(|| Some(self.index.as_ref()?.text(key).ok()?.into()));
        hunt.text = text.unwrap_or_else(|| Rc::from(""));
        hunt.finding.start(0);
        hunt.before = u32::MAX;
        true
    }

    /// Shows what was found.
    fn hunted(&mut self, hunt: &Hunt, found: Range<u32>) {
        let (at, count) = (hunt.at(), hunt.documents.len());
        if hunt.done > 0 && !hunt.documents.get(at).is_some_and(|document| self.open(document.key)) {
            return;
        }
        self.show_match(found);
        if hunt.done > 0 && (hunt.done == count || (at < hunt.start) == hunt.forward) {
            let words = if hunt.forward { "said.from-first" } else { "said.from-last" };
            self.say(self.words.get(words));
        }
    }

    fn show_match(&mut self, found: Range<u32>) {
        self.read(|view| view.show(found.clone()));
        if let Some(source) = self.sources.first_mut() {
            source.found = Some(found);
        }
    }
}
