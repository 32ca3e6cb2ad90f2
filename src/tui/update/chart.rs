//! The chart: counting its bars, moving in it, zooming from years to months to days and back.

use crate::store::Filter;
use crate::tui::action::Command;
use crate::tui::app::App;
use crate::tui::chart::{narrow, narrowed, steps};

impl App {
    /// Counts the bars anew for the query, its own date left aside.
    pub(super) fn count_bars(&mut self) {
        let within = match narrowed(&self.query) {
            Some(label) if label.len() == 10 => label.get(..7).unwrap_or_default().to_owned(),
            Some(label) => label,
            None => String::new(),
        };
        let rest =
            if narrowed(&self.query).is_some() { narrow(&self.query, None) } else { self.query.clone() };
        let facet = steps(&within);
        let filter = Filter { query: rest, all: self.all };
        let Some(mut counts) = self.ask(|index| index.chart(facet, &filter)) else { return };
        counts.retain(|(label, _)| label.starts_with(&within));
        self.chart.fill(within, counts);
    }

    /// A command while keys go to the chart; whether it was one of its own.
    pub(super) fn in_chart(&mut self, command: Command) -> bool {
        use Command as C;
        let last = self.chart.bars.len().saturating_sub(1);
        let on = |by: isize, at: usize| at.saturating_add_signed(by).min(last);
        let at = self.chart.selected;
        self.chart.selected = match command {
            C::CursorRight | C::CursorLeft => {
                on(if (command == C::CursorRight) == self.mirrored() { -1 } else { 1 }, at)
            }
            C::Down => on(1, at),
            C::Up => on(-1, at),
            C::First => 0,
            C::Last => last,
            C::Open => {
                self.zoom_in();
                return true;
            }
            C::Back => {
                self.zoom_out();
                return true;
            }
            C::OtherPane | C::Chart => {
                self.chart.focused = false;
                return true;
            }
            _ => return false,
        };
        true
    }

    /// Narrows the list to the selected bar, and shows its months or days.
    pub(super) fn zoom_in(&mut self) {
        let Some(label) = self.chart.bar().map(|bar| bar.label.clone()) else { return };
        let query = narrow(&self.query, Some(&label));
        self.filter_by(query);
    }

    /// From a day to its month, from a month to its year, from a year to all, from all to the list.
    fn zoom_out(&mut self) {
        match narrowed(&self.query) {
            Some(label) => {
                let wider = label.rsplit_once('-').map(|(wider, _)| wider);
                let query = narrow(&self.query, wider);
                self.filter_by(query);
            }
            None => self.chart.focused = false,
        }
    }
}
