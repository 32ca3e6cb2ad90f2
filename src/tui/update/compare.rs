//! What was extracted twice, or judged by several, side by side; and the differences of reviewers
//! settled, each by one more verdict.

use crate::model::Document;
use crate::review;
use crate::store::{Judgement, NewVerdict};
use crate::tui::action::Command;
use crate::tui::app::{App, Focus, Layer, View};
use crate::tui::comparison::Comparison;
use crate::tui::editor::Editor;
use crate::tui::narrowed::{moved, movement};

impl App {
    /// Shows nothing but a comparison.
    pub fn show_comparison(&mut self, comparison: Comparison) {
        self.comparison = comparison;
        self.progress = None;
        self.show(View::Compare);
    }

    /// Shows what reviewers differ on.
    pub(super) fn show_disputes(&mut self) {
        if self.comparison.of_people() {
            self.renew_disputes();
        }
        self.show(View::Compare);
    }

    fn renew_disputes(&mut self) {
        let now = Comparison::of_reviewers(self.reviews.disputes());
        self.comparison = std::mem::take(&mut self.comparison).renew(now);
    }

    /// A command in that view.
    pub(super) fn in_comparison(&mut self, command: Command) {
        use Command as C;
        let settling = self.comparison.of_people();
        match command {
            C::CursorRight | C::CursorLeft => {
                let on = (command == C::CursorRight) != self.mirrored();
                self.comparison.turn(if on { 1 } else { -1 });
            }
            C::OtherPane if !settling => self.comparison.next_part(),
            C::OtherPane => self.comparison.turn(1),
            C::Open if settling => self.settle_as(self.comparison.column()),
            C::Accept | C::Reject if settling => self.settle_by(command == C::Accept),
            C::Correct if settling => self.edit_dispute(),
            C::Undo | C::Redo if settling => {
                self.take_back(command == C::Redo);
                self.renew_disputes();
            }
            C::Back | C::ViewEvents if self.index.is_some() => self.show(View::Events),
            C::ViewTimeline if self.index.is_some() => self.show(View::Timeline),
            C::Quality | C::Documents | C::Query | C::Write if self.index.is_some() => self.browse(command),
            C::Help | C::Palette | C::SkippedFiles => self.browse(command),
            command => {
                let height = usize::from(self.areas.list.inner.height);
                if let Some(rows) = movement(command, height) {
                    let place = moved(self.comparison.selected(), rows, self.comparison.count());
                    self.comparison.select(place);
                }
            }
        }
    }

    /// Settles the selected difference as one of the reviewers has it.
    fn settle_as(&mut self, place: usize) {
        let reviewer = self.reviews.reviewer().to_owned();
        let dispute = self.comparison.item().and_then(|item| item.dispute.as_ref());
        let new = dispute.and_then(|dispute| review::settle(&reviewer, dispute, place));
        self.settle_with(new);
    }

    /// Settles it by accepting the event as it was found, or by rejecting it, whatever others said.
    fn settle_by(&mut self, accept: bool) {
        let judgement = if accept { Judgement::Accept } else { Judgement::Reject };
        let reviewer = self.reviews.reviewer().to_owned();
        let dispute = self.comparison.item().and_then(|item| item.dispute.as_ref());
        let new = dispute.and_then(|dispute| review::settle(&reviewer, dispute, 0));
        self.settle_with(new.map(|new| NewVerdict { judgement, after: None, ..new }));
    }

    fn settle_with(&mut self, new: Option<NewVerdict>) {
        let Some(new) = new else { return };
        let saved = self.reviews.settle(&new, self.index.as_ref());
        self.tell_index();
        if self.or_fault(saved).is_some() {
            self.renew_disputes();
            self.say(self.words.get("compare.settled"));
        }
    }

    /// Opens the editor on the event as the selected reviewer has it; what it saves settles the
    /// difference.
    fn edit_dispute(&mut self) {
        let item = self.comparison.item();
        let Some((dispute, side)) = item.and_then(|item| {
            Some((item.dispute.clone()?, item.sides.get(self.comparison.column())?.clone()))
        }) else {
            return;
        };
        let Some(first) = dispute.positions.first().map(|position| position.verdict.clone()) else { return };
        let Some(place) = self.place_of(&first) else {
            return self.fault(self.words.get("compare.not-here"));
        };
        self.select(place);
        let told = side.told.as_ref().unwrap_or(&dispute.found);
        let Some((source, _)) = self.event() else { return };
        let document =
            Document { id: source.id.clone(), text: source.view.text().to_owned(), ..Document::default() };
        let (key, id) = (source.key, first.said.event_id.clone());
        match crate::formats::exchange::place(&document, told) {
            Ok((mut event, entities)) => {
                event.id = id;
                let mut editor = Editor::new(key, &document.text, event, entities, false);
                editor.settles = Some(dispute);
                self.focus = Focus::List;
                self.layer = Some(Layer::Edit(Box::new(editor)));
            }
            Err(why) => self.fault(why),
        }
    }

    /// After the editor has saved what settles a difference.
    pub(super) fn settled(&mut self) {
        self.renew_disputes();
        self.say(self.words.get("compare.settled"));
    }
}
