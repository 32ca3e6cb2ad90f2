//! Picking a document or a command from a list.

use super::{Effect, update};
use crate::model::PublishedBasis;
use crate::tui::action::{Action, Command};
use crate::tui::app::{App, Layer};
use crate::tui::keys::Context;
use crate::tui::picker::{Kind, Line, Picked, Picker};
use crate::tui::view;

impl App {
    /// Opens the list of documents: publication date and how it is known, how many events.
    pub(super) fn pick_document(&mut self) {
        let words = self.words;
        let line = |d: &crate::store::DocumentRow| {
            let basis = match d.basis {
                Some(PublishedBasis::Given) => words.get("basis.given"),
                Some(PublishedBasis::Metadata) => words.get("basis.metadata"),
                Some(PublishedBasis::Dateline) => words.get("basis.dateline"),
                Some(PublishedBasis::Filename) => words.get("basis.filename"),
                Some(PublishedBasis::Inferred) => words.get("basis.inferred"),
                None => words.get("basis.none"),
            };
            let published = d.published.clone().unwrap_or_else(|| "–".to_owned());
            Line {
                picked: Picked::Document(d.key),
                name: d.id.clone(),
                before: vec![d.events.to_string(), published, basis.to_owned()],
                behind: String::new(),
            }
        };
        let lines: Vec<Line> = self.documents.iter().map(line).collect();
        let here = self.source().map(|s| s.key);
        let at = self.documents.iter().position(|d| Some(d.key) == here).unwrap_or(0);
        self.layer = Some(Layer::Picker(Box::new(Picker::new(Kind::Documents, lines, at))));
    }

    /// Opens the list of all that a key can do, with the keys that do it now.
    pub(super) fn pick_command(&mut self) {
        let line = |command: Command| {
            let keys: Vec<String> =
                self.keymap.keys(Context::Browse, command).iter().map(ToString::to_string).collect();
            Line {
                picked: Picked::Command(command),
                name: self.words.help(&command.name()).to_owned(),
                before: vec![keys.join(" ")],
                behind: command.name(),
            }
        };
        let lines = Command::all().filter(|c| !c.edits() && *c != Command::Palette).map(line).collect();
        self.layer = Some(Layer::Picker(Box::new(Picker::new(Kind::Commands, lines, 0))));
    }

    /// A command while such a list is open.
    pub(super) fn in_picker(&mut self, mut picker: Picker, command: Command) -> Option<Effect> {
        let height = usize::from(view::picker::rows(self).height);
        match command {
            Command::Back if picker.list.input.text().is_empty() => return None,
            Command::Back => {
                picker.list.input.clear();
                picker.narrow();
            }
            Command::Open => {
                return match picker.picked()? {
                    Picked::Document(key) => {
                        self.open_document(key);
                        None
                    }
                    Picked::Offer(n) => self.take_offer(n),
                    Picked::Command(command) => update(self, Action::Command(command)),
                };
            }
            command => {
                if picker.list.takes(command, height) {
                    picker.narrow();
                }
            }
        }
        self.layer = Some(Layer::Picker(Box::new(picker)));
        None
    }
}
