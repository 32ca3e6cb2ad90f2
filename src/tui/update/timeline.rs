//! The timeline view: happenings put together from what is in the list, and the way from each of
//! their tellings to its text and back.

use std::collections::BTreeMap;

use crate::store::{EventKey, Progress};
use crate::tui::action::Command;
use crate::tui::app::{App, Focus, View};
use crate::tui::board::MOST;
use crate::tui::narrowed::movement;

/// Documents read at a time; between them keys are looked for.
const AT_A_TIME: usize = 8;

impl App {
    /// Changes to a view.
    pub(super) fn show(&mut self, view: View) {
        if view != self.view {
            self.view = view;
            self.focus = Focus::List;
            self.back_to = None;
        }
    }

    /// A command in the timeline view; what is not its own is done as anywhere.
    pub(super) fn in_timeline(&mut self, command: Command) {
        use Command as C;
        if self.chart.focused && self.in_chart(command) {
            return;
        }
        if let Some(rows) = movement(command, usize::from(self.areas.list.inner.height)) {
            return self.step_board(rows);
        }
        match command {
            C::CursorRight | C::CursorLeft if self.focus == Focus::Source => {
                let on = (command == C::CursorRight) != self.mirrored();
                self.step_board(if on { 1 } else { -1 });
            }
            C::Open
                if self.focus == Focus::List && self.board.happening().is_some_and(|h| h.sources() > 1) =>
            {
                self.focus = Focus::Source;
                self.say(self.words.get("timeline.choose"));
            }
            C::Open => self.open_telling(),
            C::Back if self.focus == Focus::List && self.query.is_empty() => self.show(View::Events),
            C::SeveralSources => {
                self.board.several = !self.board.several;
                self.board.narrow();
            }
            command => self.browse(command),
        }
    }

    fn step_board(&mut self, by: isize) {
        match self.focus {
            Focus::List => self.board.select(self.board.selected.saturating_add_signed(by)),
            Focus::Source => self.board.select_telling(self.board.telling.saturating_add_signed(by)),
        }
    }

    /// Shows the event behind the selected telling in its text.
    fn open_telling(&mut self) {
        let Some((key, document)) = self.board.event() else { return };
        self.remember();
        let place = self.list.place(key);
        self.show(View::Events);
        self.back_to = Some(View::Timeline);
        self.focus = Focus::Source;
        match place {
            Some(place) => self.select(place),
            None => drop(self.open(document)),
        }
    }

    /// Does a piece of what can wait until no key is pressed; whether there was any.
    pub fn work(&mut self) -> bool {
        // Once documents are read, what is loaded now would soon be out of date.
        let steady = self.progress.is_none_or(|progress| progress == Progress::default());
        if let Some(index) = self.index.as_ref().filter(|_| steady) {
            index.warm();
        }
        if self.hunt_on() || self.offer_on() {
            return true;
        }
        let made = self.board.made_from == Some(self.list.filled) && self.board.next().is_none();
        if made || self.view != View::Timeline || self.progress.is_some() {
            return false;
        }
        if self.board.made_from != Some(self.list.filled) {
            let selected = self.list.keys.get(self.list.selected).copied();
            let events = self.told();
            self.board.start(self.list.filled, events);
            self.board_from = selected;
        }
        for _ in 0..AT_A_TIME {
            let Some(document) = self.board.next() else { break };
            let read = self.ask(|index| Ok((index.document(document)?, index.annotations(document)?)));
            self.board.take(read.as_ref().map(|(document, annotations)| (document, annotations)));
        }
        if self.board.next().is_none()
            && let Some(place) = self.board_from.take().and_then(|key| self.board.place_of(key))
        {
            self.board.select(place);
        }
        true
    }

    /// The events of the list by document.
    fn told(&mut self) -> Vec<(i64, Vec<(EventKey, u32)>)> {
        let keys: Vec<EventKey> = self.list.keys.iter().take(MOST).copied().collect();
        let rows = self.ask(|index| index.rows(&keys)).unwrap_or_default();
        let mut by_document: BTreeMap<i64, Vec<(EventKey, u32)>> = BTreeMap::new();
        for row in rows {
            by_document.entry(row.document).or_default().push((row.key, row.n));
        }
        by_document.into_iter().collect()
    }
}
