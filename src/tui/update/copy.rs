//! What goes to the clipboard: the text as it was read, never the forms and the order on screen.

use crate::tui::app::{App, Focus};

impl App {
    /// The text to copy: the sentence of the selected event, or in the text the paragraph that is
    /// being read. Says what was copied, or why nothing was.
    pub(super) fn copy(&mut self) -> Option<String> {
        let (what, text) = match self.focus {
            Focus::List => (
                "said.copied-sentence",
                self.event().map(|(source, event)| event.extent.of(source.view.text())),
            ),
            Focus::Source => ("said.copied-paragraph", self.source().map(|source| source.view.reading())),
        };
        let text = text.map(harmless).filter(|text| !text.trim().is_empty());
        match &text {
            Some(text) => self.say(self.words.fill(what, &[("n", &text.chars().count())])),
            None => self.say(self.words.get("said.nothing-copied")),
        }
        text
    }
}

/// `text` without control characters but line ends and tabs: pasted into a shell they would be orders.
fn harmless(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
