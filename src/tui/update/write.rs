//! Writing the events of the list to a file.

use std::path::Path;

use super::Effect;
use crate::bidi::path_name;
use crate::formats::export::{Export, Written};
use crate::store::Index;
use crate::tui::action::Command;
use crate::tui::app::{App, Layer, Underway};
use crate::tui::input::Input;
use crate::tui::writing::{NotWritten, Order};

impl App {
    /// Asks for the name of the file.
    pub(super) fn open_write(&mut self) {
        if let Some(writing) = &self.writing {
            let file = path_name(&writing.file);
            return self.say(self.words.fill("said.still-writing", &[("file", &file)]));
        }
        self.layer = Some(Layer::Write(Input::new("events.html"), None));
    }

    /// A command while the name is being typed.
    pub(super) fn in_write(
        &mut self,
        mut input: Input,
        taken: Option<String>,
        command: Command,
    ) -> Option<Effect> {
        let mut taken = taken;
        match command {
            Command::Back => return None,
            Command::Open => {
                let name = input.text().trim().to_owned();
                let path = Path::new(&name);
                match Export::of_name(path) {
                    None => self.fault(self.words.get("said.no-format")),
                    Some(_) if path.exists() && taken.as_deref() != Some(&name) => {
                        self.fault(self.words.fill("said.file-taken", &[("file", &path_name(&name))]));
                        taken = Some(name);
                    }
                    Some(format) => {
                        self.writing = Some(Underway { file: name.clone(), done: 0, of: 0 });
                        return Some(Effect::Write(name, format));
                    }
                }
            }
            command => {
                input.edit(command);
            }
        }
        self.layer = Some(Layer::Write(input, taken));
        None
    }

    /// What is to be written for [`Effect::Write`]; none where the index cannot be read from elsewhere.
    pub fn order(&mut self, file: String, format: Export) -> Option<Order> {
        let (filter, sample) = (self.filter(), self.work);
        let verdicts = self.reviews.standing().map(|(id, judgement)| (id.to_owned(), judgement)).collect();
        let reader = self.ask(Index::reader);
        if reader.is_none() {
            self.writing = None;
        }
        Some(Order { file, format, filter, sample, verdicts, reader: reader? })
    }

    /// What came of it.
    pub(super) fn wrote(&mut self, file: &str, result: Result<Written, NotWritten>) {
        self.writing = None;
        let (words, file) = (self.words, path_name(file));
        match result {
            Ok(done) if done.left_out > 0 => self.say(words.fill(
                "said.written-part",
                &[("n", &done.events), ("file", &file), ("left", &done.left_out)],
            )),
            Ok(done) => self.say(words.fill("said.written", &[("n", &done.events), ("file", &file)])),
            Err(NotWritten::Stopped) => self.say(words.fill("said.writing-stopped", &[("file", &file)])),
            Err(why) => self.fault(words.fill("said.not-written", &[("file", &file), ("why", &why)])),
        }
    }
}
