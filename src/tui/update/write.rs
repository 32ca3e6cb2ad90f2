//! Writing the events of the list to a file.

use std::path::Path;

use crate::formats::export::Export;
use crate::tui::action::Command;
use crate::tui::app::{App, Layer};
use crate::tui::input::Input;

/// As many events are written while the screen waits; a second, about.
const MOST: usize = 20_000;

impl App {
    /// Asks for the name of the file.
    pub(super) fn open_write(&mut self) {
        self.layer = Some(Layer::Write(Input::new("events.html"), None));
    }

    /// A command while the name is being typed.
    pub(super) fn in_write(&mut self, mut input: Input, taken: Option<String>, command: Command) {
        match command {
            Command::Back => return,
            Command::Open => {
                let name = input.text().trim().to_owned();
                let path = Path::new(&name);
                let Some(format) = Export::of_name(path) else {
                    self.fault(self.words.get("said.no-format"));
                    self.layer = Some(Layer::Write(input, None));
                    return;
                };
                if path.exists() && taken.as_deref() != Some(&name) {
                    self.fault(self.words.fill("said.file-taken", &[("file", &name)]));
                    self.layer = Some(Layer::Write(input, Some(name)));
                    return;
                }
                return self.write(&name, format);
            }
            command => {
                input.edit(command);
            }
        }
        self.layer = Some(Layer::Write(input, taken));
    }

    fn write(&mut self, name: &str, format: Export) {
        let count = self.list.keys.len();
        if count > MOST {
            return self.fault(self.words.fill("said.many", &[("n", &count)]));
        }
        let (filter, words) = (self.filter(), self.words);
        let path = Path::new(name);
        let written = self.ask(|index| Ok(format.write_to(path, &mut index.selection(&filter)?, true)));
        match written {
            Some(Ok(done)) if done.left_out > 0 => self.say(words.fill(
                "said.written-part",
                &[("n", &done.events), ("file", &name), ("left", &done.left_out)],
            )),
            Some(Ok(done)) => {
                self.say(words.fill("said.written", &[("n", &done.events), ("file", &name)]));
            }
            Some(Err(why)) => {
                self.fault(words.fill("said.not-written", &[("file", &name), ("why", &why)]));
            }
            None => {}
        }
    }
}
