//! Moving in the list and in the text, each taking the other along.

use crate::store::{Facet, Judgement, Sort};
use crate::tui::action::Command;
use crate::tui::app::{App, Focus, Layer, View};
use crate::tui::input::Input;
use crate::tui::narrowed::movement;
use crate::tui::query_line::Recall;
use crate::tui::text_view::TextView;

impl App {
    /// A command while no layer is open.
    pub(super) fn browse(&mut self, command: Command) {
        use Command as C;
        if self.chart.focused && self.in_chart(command) {
            return;
        }
        match command {
            C::OtherPane => {
                self.focus = if self.focus == Focus::List { Focus::Source } else { Focus::List };
            }
            C::Open => {
                self.remember();
                self.focus = Focus::Source;
            }
            C::Chart => self.chart.focused = true,
            C::Bookmark => self.bookmark(),
            C::NextBookmark => self.next_bookmark(),
            C::NextEvent => self.next_event(true),
            C::PreviousEvent => self.next_event(false),
            C::JumpBack => self.jump_to(true),
            C::JumpForward => self.jump_to(false),
            C::Documents => self.pick_document(),
            C::Palette => self.pick_command(),
            C::Explain => self.layer = Some(Layer::Explain(0)),
            C::ViewEvents => self.show(View::Events),
            C::ViewTimeline => self.show(View::Timeline),
            C::Back => self.back(),
            C::Search => {
                let input = Input::new(self.search.clone().unwrap_or_default());
                self.layer = Some(Layer::Search(input, Recall::default()));
            }
            C::NextMatch => self.next_match(true),
            C::PreviousMatch => self.next_match(false),
            C::FacetActor => self.open_facet(Facet::Actor),
            C::FacetYear => self.open_facet(Facet::Year),
            C::FacetType => self.open_facet(Facet::Type),
            C::FacetPlace => self.open_facet(Facet::Place),
            C::FacetDocument => self.open_facet(Facet::Document),
            C::FacetStatus => self.open_facet(Facet::Status),
            C::FacetVerdict => self.open_facet(Facet::Verdict),
            C::FacetConfidence => self.open_facet(Facet::Confidence),
            C::Query => self.open_query(),
            C::Write => self.open_write(),
            C::DropFilter => self.drop_filter(),
            C::ClearFilters => self.clear_filters(),
            C::Accept | C::Reject | C::Skip => self.judge(command),
            C::Correct => self.correct(),
            C::MarkMissed => self.mark(),
            C::Note if self.list.row().is_some() => self.layer = Some(Layer::Note(Input::default())),
            C::AcceptAll => self.ask_bulk(Judgement::Accept),
            C::RejectAll => self.ask_bulk(Judgement::Reject),
            C::FullyRead => self.fully_read(),
            C::Lexicon => self.offer_entries(),
            C::ViewDifferences => self.show_disputes(),
            C::Sample => self.ask_sample(),
            C::Quality => self.quality(),
            C::Undo | C::Redo => self.take_back(command == C::Redo),
            C::Sort => self.next_sort(),
            C::SkippedFiles => self.layer = Some(Layer::Skipped(0)),
            C::Help => self.layer = Some(Layer::Help(0)),
            _ => self.step(command),
        }
    }

    /// Moves in the pane that has the focus, where the command is one that moves.
    fn step(&mut self, command: Command) {
        let pane = if self.focus == Focus::List { self.areas.list } else { self.areas.source };
        let Some(rows) = movement(command, usize::from(pane.inner.height)) else { return };
        match (self.focus, rows) {
            (Focus::List, _) => self.select(self.list.selected.saturating_add_signed(rows)),
            (Focus::Source, isize::MIN) => self.read(TextView::first),
            (Focus::Source, isize::MAX) => self.read(TextView::last),
            (Focus::Source, _) => self.read(|view| view.step(rows)),
        }
    }

    /// Moves in the text, and selects the event that is told there.
    pub(super) fn read(&mut self, movement: impl FnOnce(&mut TextView)) {
        let Some(source) = self.sources.first_mut() else { return };
        movement(&mut source.view);
        let row = source.view.bytes(source.view.cursor());
        let begun = source.listed.partition_point(|(at, _)| *at < row.end);
        let in_row = source.listed.partition_point(|(at, _)| *at < row.start);
        // The first that is told in the row, else the last one told before it.
        let told = if in_row < begun { Some(in_row) } else { begun.checked_sub(1) };
        if let Some(&(_, place)) = told.and_then(|i| source.listed.get(i)) {
            self.list.selected = place;
        }
    }

    /// One level up: from the text to the list, from a search or a filter to none.
    fn back(&mut self) {
        if self.focus == Focus::Source {
            self.focus = Focus::List;
            if let Some(view) = self.back_to.take() {
                self.show(view);
                // A happening that one document tells was opened from the list.
                if self.board.happening().is_some_and(|happening| happening.sources() > 1) {
                    self.focus = Focus::Source;
                }
            }
        } else if self.search.take().is_some() {
            self.say(self.words.get("said.search-cleared"));
        } else {
            self.drop_filter();
        }
    }

    fn next_sort(&mut self) {
        let (sort, name) = match self.sort {
            Sort::Date => (Sort::Document, "said.sort-document"),
            Sort::Document => (Sort::Confidence, "said.sort-confidence"),
            Sort::Confidence => (Sort::Type, "said.sort-type"),
            Sort::Type => (Sort::Verdict, "said.sort-verdict"),
            Sort::Verdict => (Sort::Rule, "said.sort-rule"),
            Sort::Rule => (Sort::Date, "said.sort-date"),
        };
        self.sort = sort;
        self.refresh();
        self.say(self.words.get(name));
    }

    /// Marks the selected event, or takes the mark away.
    fn bookmark(&mut self) {
        let Some(id) = self.list.row().map(|row| row.event_id.clone()) else { return };
        if !self.bookmarks.remove(&id) {
            self.bookmarks.insert(id);
        }
    }

    /// To the next marked event of the list, from the last one round to the first.
    fn next_bookmark(&mut self) {
        let marked: Vec<String> = self.bookmarks.iter().cloned().collect();
        let mut places: Vec<usize> = Vec::new();
        for id in marked {
            let keys = self.ask(|index| index.keys_of(&id)).unwrap_or_default();
            places.extend(keys.into_iter().filter_map(|key| self.list.place(key)));
        }
        places.sort_unstable();
        let next = places.iter().find(|&&place| place > self.list.selected).or(places.first()).copied();
        match next {
            Some(place) => {
                self.remember();
                self.select(place);
            }
            None => self.say(self.words.get("said.no-bookmark")),
        }
    }
}
