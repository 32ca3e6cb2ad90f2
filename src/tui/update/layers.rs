//! What lies over the panes: facet panels, the search prompt, pages to read.

use crate::query::{Query, Term, Value};
use crate::store::{Facet, FacetRow, Filter};
use crate::tui::action::Command;
use crate::tui::app::{App, Layer};
use crate::tui::narrowed::movement;
use crate::tui::panel::{Mark, Panel, split};
use crate::tui::view;

impl App {
    /// Opens the panel of a facet with what there is to choose from now.
    pub(super) fn open_facet(&mut self, facet: Facet) {
        let (chosen, rest) = split(&self.query, facet);
        if let Some(panel) = self.panel(facet, chosen, rest, None) {
            self.layer = Some(Layer::Facet(Box::new(panel)));
        }
    }

    fn panel(
        &mut self,
        facet: Facet,
        chosen: Vec<(Value, Mark)>,
        rest: Query,
        within: Option<String>,
    ) -> Option<Panel> {
        let filter = Filter { query: rest, all: self.all };
        let mut rows = self.ask(|index| index.facet(facet, &filter))?;
        if let Some(within) = &within {
            rows.retain(|row| row.label.starts_with(within.as_str()));
        }
        // What is chosen stays to be seen, and dropped, where other filters leave nothing of it.
        for (value, _) in &chosen {
            if !rows.iter().any(|row| row.value == *value) {
                let term = Term::new(facet.field(), false, vec![value.clone()]);
                let mut one = filter.clone();
                one.query.terms.push(term);
                let (label, count) =
                    self.ask(|index| Ok((index.label(facet.field(), value)?, index.count(&one)?)))?;
                rows.push(FacetRow::new(value.clone(), &label, count as u32));
            }
        }
        let mut panel = Panel::new(self.words, facet, rows, chosen, filter.query);
        panel.within = within;
        Some(panel)
    }

    /// From years to the months of the one under the cursor, from months to days; or back.
    fn zoom(&mut self, panel: Panel, into: bool) -> Panel {
        let label = panel.row().map(|row| row.label.to_string()).filter(|label| !label.is_empty());
        let (facet, within) = match (panel.facet, into) {
            (Facet::Year, true) => (Facet::Month, label),
            (Facet::Month, true) => (Facet::Day, label),
            (Facet::Day, false) => {
                (Facet::Month, panel.within.as_ref().and_then(|month| month.get(..4)).map(str::to_owned))
            }
            (Facet::Month, false) => (Facet::Year, None),
            _ => return panel,
        };
        if into && within.is_none() {
            return panel;
        }
        let (chosen, rest) = split(&panel.clone().query(), facet);
        match self.panel(facet, chosen, rest, within) {
            Some(mut next) => {
                next.take_over(panel);
                next
            }
            None => panel,
        }
    }

    /// A command while a facet panel is open.
    pub(super) fn in_panel(&mut self, mut panel: Panel, command: Command) {
        let height = usize::from(view::facet::rows(&self.areas).height);
        match command {
            Command::Back if panel.list.input.text().is_empty() => return,
            Command::Back => {
                panel.list.input.clear();
                panel.narrow();
            }
            Command::Open => return self.filter_by(panel.applied()),
            Command::Toggle => panel.toggle(Mark::Wanted),
            Command::Exclude => panel.toggle(Mark::Shut),
            Command::ZoomIn | Command::ZoomOut => panel = self.zoom(panel, command == Command::ZoomIn),
            Command::ClearFilters => panel.clear(),
            command => {
                if panel.list.takes(command, height) {
                    panel.narrow();
                }
            }
        }
        self.layer = Some(Layer::Facet(Box::new(panel)));
    }

    /// A command while a page lies over the panes.
    pub(super) fn on_page(&mut self, mut page: Layer, command: Command) {
        if command == Command::Back {
            return;
        }
        let inner = view::page(&self.areas).inner;
        let rows = match page {
            Layer::Help(_) => view::help::rows(self, inner.width),
            Layer::Explain(_) => view::explain::rows(self, inner.width),
            Layer::Quality(ref report, _) => view::quality::rows(self, report),
            _ => self.skipped.len(),
        };
        let most = rows.saturating_sub(usize::from(inner.height));
        if let Layer::Help(top) | Layer::Skipped(top) | Layer::Explain(top) | Layer::Quality(_, top) =
            &mut page
            && let Some(by) = movement(command, usize::from(inner.height))
        {
            *top = top.saturating_add_signed(by).min(most);
        }
        self.layer = Some(page);
    }
}
