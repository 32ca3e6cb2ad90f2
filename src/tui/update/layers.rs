//! What lies over the panes: facet panels, the search prompt, pages to read.

use crate::store::Facet;
use crate::text::fold::fold_phrase;
use crate::tui::action::Command;
use crate::tui::app::{App, Chosen, Layer};
use crate::tui::input::Input;
use crate::tui::panel::Panel;
use crate::tui::view;

/// Lets a command edit a line of text; whether it was one that does.
fn edit(input: &mut Input, command: Command) -> bool {
    match command {
        // Left and right are those of the screen: in a text from right to left the next letter
        // stands on the left.
        Command::CursorLeft if view::rtl(input.text()) => input.forward(),
        Command::CursorRight if view::rtl(input.text()) => input.back(),
        Command::CursorLeft => input.back(),
        Command::CursorRight => input.forward(),
        Command::CursorStart => input.start(),
        Command::CursorEnd => input.end(),
        Command::DeleteBefore => input.delete_before(),
        Command::DeleteAfter => input.delete_after(),
        Command::DeleteWord => input.delete_word(),
        Command::DeleteLine => input.clear(),
        _ => return false,
    }
    true
}

/// How far a command moves on something that is `height` rows high.
fn movement(command: Command, height: usize) -> Option<isize> {
    let page = height.saturating_sub(1).max(1) as isize;
    Some(match command {
        Command::Down => 1,
        Command::Up => -1,
        Command::PageDown => page,
        Command::PageUp => -page,
        Command::HalfPageDown => (page / 2).max(1),
        Command::HalfPageUp => -(page / 2).max(1),
        Command::First => isize::MIN,
        Command::Last => isize::MAX,
        _ => return None,
    })
}

impl App {
    /// Opens the panel of a facet with what there is to choose from now.
    pub(super) fn open_facet(&mut self, facet: Facet) {
        let filter = self.filter();
        let Some(index) = &self.index else { return };
        let rows = index.facet(facet, &filter);
        let Some(mut rows) = self.or_fault(rows) else { return };
        // What is chosen stays to be seen, and dropped, where other filters leave nothing of it.
        let chosen: Vec<_> = self.chosen.iter().filter(|c| c.facet == facet).cloned().collect();
        for one in &chosen {
            if !rows.iter().any(|r| r.value == one.value) {
                let (value, label) = (one.value.clone(), one.label.clone());
                rows.push(crate::store::FacetRow { value, label_en: label.clone(), label, count: 0 });
            }
        }
        let chosen = chosen.into_iter().map(|c| c.value).collect();
        self.layer = Some(Layer::Facet(Box::new(Panel::new(self.words, facet, rows, chosen))));
    }

    /// A command while a facet panel is open.
    pub(super) fn in_panel(&mut self, mut panel: Panel, command: Command) {
        let height = usize::from(view::facet::rows(&self.areas).height);
        match command {
            Command::Back if panel.input.text().is_empty() => return,
            Command::Back => {
                panel.input.clear();
                panel.narrow();
            }
            Command::Open => {
                let facet = panel.facet;
                self.chosen.retain(|c| c.facet != facet);
                let applied = panel.applied();
                self.chosen.extend(applied.into_iter().map(|(value, label)| Chosen { facet, value, label }));
                return self.refresh();
            }
            Command::Toggle => panel.toggle(),
            Command::ClearFilters => panel.clear(),
            command => {
                if edit(&mut panel.input, command) {
                    panel.narrow();
                } else if let Some(rows) = movement(command, height) {
                    panel.step(rows);
                }
            }
        }
        self.layer = Some(Layer::Facet(Box::new(panel)));
    }

    /// A command while a search is being typed.
    pub(super) fn in_prompt(&mut self, mut input: Input, command: Command) {
        match command {
            Command::Back => return,
            Command::Open => {
                self.search = Some(input.text().to_owned()).filter(|t| !fold_phrase(t).is_empty());
                if self.search.is_some() {
                    if let Some(source) = self.sources.first_mut() {
                        source.found = None;
                    }
                    self.next_match(true);
                }
                return;
            }
            command => {
                edit(&mut input, command);
            }
        }
        self.layer = Some(Layer::Search(input));
    }

    /// A command while a page lies over the panes.
    pub(super) fn on_page(&mut self, mut page: Layer, command: Command) {
        if command == Command::Back {
            return;
        }
        let inner = view::page(&self.areas).inner;
        let rows = match page {
            Layer::Help(_) => view::help::rows(self, inner.width),
            _ => self.skipped.len(),
        };
        let most = rows.saturating_sub(usize::from(inner.height));
        if let Layer::Help(top) | Layer::Skipped(top) = &mut page
            && let Some(by) = movement(command, usize::from(inner.height))
        {
            *top = top.saturating_add_signed(by).min(most);
        }
        self.layer = Some(page);
    }
}
