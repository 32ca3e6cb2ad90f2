//! Going on where the reader left off.

use crate::query::Query;
use crate::tui::app::{App, View};
use crate::tui::session::{SORTS, Session};

impl App {
    /// Takes up a session as soon as there are events.
    pub fn resume(&mut self, session: Session) {
        self.bookmarks.clone_from(&session.bookmarks);
        self.split = session.split;
        self.left_off = Some(session);
    }

    /// Goes where the reader left off, if that is still to be done and there is anything in the list.
    pub(super) fn go_on(&mut self) {
        if self.list.keys.is_empty() {
            return;
        }
        let Some(session) = self.left_off.take() else { return };
        if let Some((sort, _)) = SORTS.iter().find(|(_, name)| *name == session.sort) {
            self.sort = *sort;
        }
        self.board.several = session.several;
        if let Ok(query) = Query::parse(&session.query) {
            self.query = query;
        }
        self.refill();
        let place = session.event.and_then(|(event, document)| self.place_of_event(&event, &document));
        if let Some(place) = place {
            self.go_to(place, session.reading);
        }
        if session.timeline {
            self.view = View::Timeline;
        }
    }
}
