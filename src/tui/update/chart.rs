//! The chart: counting its bars, moving in it, zooming from years to months to days and back.

use crate::model::{EventType, Quad};
use crate::query::{Field, Term, Value};
use crate::store::Filter;
use crate::tui::action::Command;
use crate::tui::app::App;
use crate::tui::chart::{narrow, narrowed};

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
        let facet = crate::tui::chart::Chart { within: within.clone(), ..Default::default() }.facet();
        let mut counts = Vec::new();
        for (at, quad) in Quad::ALL.into_iter().enumerate() {
            let types = EventType::ALL.into_iter().filter(|kind| Quad::of(*kind) == quad).map(Value::Type);
            let mut query = rest.clone();
            query.terms.push(Term::new(Field::Type, false, types.collect()));
            let filter = Filter { query, all: self.all };
            let Some(rows) = self.ask(|index| index.facet(facet, &filter)) else { return };
            let rows = rows.into_iter().filter(|row| row.label.starts_with(&within));
            counts.extend(rows.map(|row| (row.label, at, row.count)));
        }
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
