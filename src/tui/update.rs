//! The only writer of the state: an action in, the state changed, and what the terminal has to do.

mod browse;
mod chart;
mod compare;
mod copy;
mod correct;
mod jumps;
mod layers;
mod lexicon;
mod lists;
mod mouse;
mod picker;
mod query;
mod reports;
mod search;
mod session;
mod timeline;
mod verdicts;
mod work;
mod write;

use ratatui::layout::Rect;

use super::action::{Action, Command};
use super::app::{App, Focus, Layer, Message, View};
use super::editor::Entry;
use super::layout::{Areas, Shape};
use super::query_line::Recall;
use super::terminal::Mode;
use crate::formats::export::Export;

pub(super) use reports::not_read;
pub(super) use search::Hunt;

/// What is to be done outside of the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Leave.
    Quit,
    /// Stop the process until the shell wakes it.
    Suspend,
    /// Stop reading documents; what is read stays.
    StopReading,
    /// Read again what has changed.
    ReadAgain,
    /// Take up the lexicon anew and read all documents again, that of this id first.
    Relearn(String),
    /// Set the terminal to another mode and draw all anew.
    Mode(Mode),
    /// Put a text on the clipboard.
    Copy(String),
    /// Write the events of the list to a file ([`App::order`]).
    Write(String, Export),
    /// Stop writing.
    StopWriting,
}

/// Changes the state by one action.
pub fn update(app: &mut App, action: Action) -> Option<Effect> {
    let effect = match action {
        Action::Command(command) => {
            app.message = None;
            // Whoever presses a key does not wait for what is searched for.
            let hunted = app.hunt.take().is_some();
            match command {
                Command::Quit => Some(Effect::Quit),
                Command::Suspend => Some(Effect::Suspend),
                Command::StopReading if hunted => {
                    app.say(app.words.get("said.search-stopped"));
                    None
                }
                Command::StopReading if app.writing.is_some() => Some(Effect::StopWriting),
                Command::StopReading if app.reading() => Some(Effect::StopReading),
                Command::ReadAgain if !app.reading() => Some(Effect::ReadAgain),
                Command::ToggleBidi => Some(app.next_mode()),
                Command::Copy if app.layer.is_none() => app.copy().map(Effect::Copy),
                _ => {
                    match app.layer.take() {
                        None => match app.view {
                            View::Events => app.browse(command),
                            View::Timeline => app.in_timeline(command),
                            View::Compare => app.in_comparison(command),
                        },
                        Some(Layer::Facet(panel)) => app.in_panel(*panel, command),
                        Some(Layer::Picker(picker)) => {
                            let effect = app.in_picker(*picker, command);
                            app.settle();
                            return effect;
                        }
                        Some(Layer::Name(input, kind)) => {
                            let effect = app.in_name(input, kind, command);
                            app.settle();
                            return effect;
                        }
                        Some(Layer::Search(input, recall)) => app.in_prompt(input, recall, command),
                        Some(Layer::Edit(editor)) => app.in_editor(*editor, command),
                        Some(Layer::Mark(marker)) => app.in_marker(*marker, command),
                        Some(Layer::Bulk(bulk)) => app.in_bulk(bulk, command),
                        Some(line @ (Layer::Note(_) | Layer::Sample(_))) => app.in_line(line, command),
                        Some(Layer::Query(line)) => app.in_query(*line, command),
                        Some(Layer::Write(input, taken)) => {
                            let effect = app.in_write(input, taken, command);
                            app.settle();
                            return effect;
                        }
                        Some(page) => app.on_page(page, command),
                    }
                    None
                }
            }
        }
        Action::Insert(text) => {
            app.message = None;
            match app.layer.take() {
                Some(Layer::Facet(mut panel)) => {
                    panel.list.input.insert(&text);
                    panel.narrow();
                    app.layer = Some(Layer::Facet(panel));
                }
                Some(Layer::Search(mut input, _)) => {
                    input.insert(&text);
                    app.layer = Some(Layer::Search(input, Recall::default()));
                }
                Some(Layer::Write(mut input, taken)) => {
                    input.insert(&text);
                    app.layer = Some(Layer::Write(input, taken));
                }
                Some(Layer::Query(mut line)) => {
                    line.input.insert(&text);
                    app.typed_query(*line);
                }
                Some(Layer::Picker(mut picker)) => {
                    picker.list.input.insert(&text);
                    picker.narrow();
                    app.layer = Some(Layer::Picker(picker));
                }
                Some(Layer::Note(mut input)) => {
                    input.insert(&text);
                    app.layer = Some(Layer::Note(input));
                }
                Some(Layer::Name(mut input, kind)) => {
                    input.insert(&text);
                    app.layer = Some(Layer::Name(input, kind));
                }
                Some(Layer::Sample(mut input)) => {
                    input.insert(&text);
                    app.layer = Some(Layer::Sample(input));
                }
                Some(Layer::Edit(mut editor)) => {
                    match &mut editor.entry {
                        Some(Entry::Date(input)) => input.insert(&text),
                        Some(Entry::Choice(choice)) => {
                            choice.list.input.insert(&text);
                            choice.narrow();
                        }
                        None => {}
                    }
                    app.layer = Some(Layer::Edit(editor));
                }
                other => app.layer = other,
            }
            None
        }
        Action::Mouse(event) => {
            app.mouse(event);
            None
        }
        Action::Resize(width, height) => {
            app.areas.window = Rect::new(0, 0, width, height);
            None
        }
        Action::Terminal(mode) => {
            app.mode = mode;
            Some(Effect::Mode(mode))
        }
        Action::Report(report) => {
            app.report(*report);
            None
        }
    };
    app.settle();
    effect
}

impl App {
    /// Says something until the next key.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), error: false });
    }

    /// Says that something went wrong, until the next key; behind what went wrong since the last.
    pub(super) fn fault(&mut self, text: impl Into<String>) {
        let mut text = text.into();
        if let Some(Message { text: before, error: true }) = &self.message {
            text = format!("{before} · {text}");
        }
        self.message = Some(Message { text, error: true });
    }

    /// The value, or a message that says why there is none.
    fn or_fault<T, E: std::fmt::Display>(&mut self, result: Result<T, E>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(e) => {
                self.fault(e.to_string());
                None
            }
        }
    }

    fn next_mode(&mut self) -> Effect {
        self.mode = self.mode.next();
        let mode = self.mode.name();
        // Where there is more to say there is no room for more words.
        self.say(match self.hint {
            Some(hint) => format!("--bidi {mode} · {}", self.words.get(hint)),
            None => self.words.fill("said.mode", &[("mode", &mode)]),
        });
        Effect::Mode(self.mode)
    }

    /// Brings the windows of list and text in line with the rest of the state.
    fn settle(&mut self) {
        let window = self.areas.window;
        self.areas = Areas::new(
            window.width,
            window.height,
            Shape { source_first: self.focus == Focus::Source, chart: self.chart.focused, split: self.split },
        );
        self.settle_list();
        let options = self.options();
        let inner = self.areas.source.inner;
        if let Some(source) = self.sources.first_mut() {
            source.view.fit(inner.width, inner.height, options);
        }
    }
}
