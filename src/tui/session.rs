//! Where one left off, per corpus: position, filter, order, panes, bookmarks. Kept in the user's state
//! folder; it may be deleted at any time, and what cannot be read of it is left out.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::app::{App, Focus, View};
use crate::store::Sort;

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// The filter, as it is typed.
    pub query: String,
    /// The order of the list, by its name.
    pub sort: String,
    /// Whether the timeline was shown.
    pub timeline: bool,
    /// Whether the timeline showed only what several documents tell.
    pub several: bool,
    /// Id and document of the selected event.
    pub event: Option<(String, String)>,
    /// Whether the text had the keys, and the byte that was being read.
    pub reading: Option<u32>,
    /// The list's part of the window, in thousandths.
    pub split: Option<u16>,
    /// Ids of the events that were marked.
    pub bookmarks: BTreeSet<String>,
}

/// The orders by their names.
pub(super) const SORTS: [(Sort, &str); 6] = [
    (Sort::Date, "date"),
    (Sort::Document, "document"),
    (Sort::Confidence, "confidence"),
    (Sort::Type, "type"),
    (Sort::Verdict, "verdict"),
    (Sort::Rule, "rule"),
];

impl Session {
    /// Reads it; none where there is none, or something else.
    pub fn load(path: &Path) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(path).ok()?).ok()
    }

    /// Writes it, its folder too; what stood there before is replaced at once or not at all.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        // Another program may save its own at this moment.
        let beside = path.with_extension(format!("{}.new", std::process::id()));
        std::fs::write(&beside, serde_json::to_vec(self)?)?;
        std::fs::rename(&beside, path)
    }
}

impl App {
    /// Where the reader is now.
    pub fn session(&self) -> Session {
        // Not yet come to where he left off the last time: that stands.
        if let Some(session) = &self.left_off {
            return session.clone();
        }
        let reading = self.source().filter(|_| self.focus == Focus::Source);
        Session {
            query: self.query.to_string(),
            sort: SORTS.iter().find(|(sort, _)| *sort == self.sort).map_or("", |(_, name)| name).to_owned(),
            timeline: self.view == View::Timeline,
            several: self.board.several,
            event: self.list.row().map(|row| (row.event_id.clone(), row.document_id.clone())),
            reading: reading.map(|source| source.view.bytes(source.view.cursor()).start),
            split: self.split,
            bookmarks: self.bookmarks.clone(),
        }
    }
}
