//! Filtering: the query as panels and the query line make it, and taking it back. What may come next in
//! the line, and how much it finds, is found out while no key is pressed.

use std::cell::RefCell;

use crate::bidi::isolated;
use crate::query::{Field, Query, Term, Value, complete};
use crate::store::{Facet, Filter};
use crate::tui::action::Command;
use crate::tui::app::{App, Layer, Shown};
use crate::tui::history::{KEPT, Typed};
use crate::tui::input::Input;
use crate::tui::panel::{Panel, split, value_label};
use crate::tui::query_line::QueryLine;

/// As many names are offered for one word.
const OFFERED: usize = 50;

impl App {
    /// Filters the list by `query`.
    pub(super) fn filter_by(&mut self, query: Query) {
        self.query = query;
        self.refresh();
    }

    /// Clears the last filter.
    pub(super) fn drop_filter(&mut self) {
        let mut query = self.query.clone();
        if query.terms.pop().is_some() {
            self.filter_by(query);
        }
    }

    /// Clears all filters.
    pub(super) fn clear_filters(&mut self) {
        if !self.query.is_empty() {
            self.filter_by(Query::default());
        }
    }

    /// How the title shows the query.
    pub(super) fn show_query(&mut self) {
        let query = self.query.clone();
        self.shown = query
            .terms
            .iter()
            .map(|term| Shown {
                field: term.field,
                years: term.field == Field::Date && term.name() != Field::Date.name(),
                negated: term.negated,
                values: term.values.iter().map(|value| self.value_name(term.field, value)).collect(),
            })
            .collect();
    }

    /// How a person knows a value.
    fn value_name(&mut self, field: Field, value: &Value) -> String {
        let label = match value {
            Value::None => String::new(),
            value => self.ask(|index| index.label(field, value)).unwrap_or_else(|| value.to_string()),
        };
        value_label(self.words, facet_of(field, ""), &label).to_owned()
    }

    /// Opens the query line.
    pub(super) fn open_query(&mut self) {
        let line = QueryLine::new(&self.query);
        self.offer(line);
    }

    /// Takes notice of text put into the query line.
    pub(super) fn typed_query(&mut self, mut line: QueryLine) {
        line.changed();
        self.offer(line);
    }

    /// Says of what is typed whether it is right, and leaves to [`App::offer_on`] what takes longer.
    fn offer(&mut self, mut line: QueryLine) {
        let text = line.input.text();
        (line.said, line.uncounted) = match Query::parse(text) {
            Err(error) => (Some(Err(error)), false),
            // The count of before stands until there is another.
            Ok(query) if finished(&query, text) => (line.said.filter(Result::is_ok), true),
            Ok(_) => (None, false),
        };
        self.layer = Some(Layer::Query(Box::new(line)));
    }

    /// Finds out what may come next in the query that is being typed, then how much it finds; whether one
    /// of them was to be found out.
    pub(super) fn offer_on(&mut self) -> bool {
        let layer = self.layer.take();
        let Some(Layer::Query(mut line)) = layer else {
            self.layer = layer;
            return false;
        };
        let due = line.unoffered || line.uncounted;
        if line.unoffered {
            self.complete(&mut line);
        } else if line.uncounted {
            line.uncounted = false;
            let query = Query::parse(line.input.text()).unwrap_or_default();
            let filter = Filter { query, all: self.all };
            line.said = self.ask(|index| index.count(&filter)).map(Ok);
        }
        self.layer = Some(Layer::Query(line));
        due
    }

    /// Finds out what may come next. The values of a facet are looked up once.
    fn complete(&self, line: &mut QueryLine) {
        let values = RefCell::new(line.values.take());
        let names = |field: Field, typed: &str| {
            let facet = facet_of(field, typed);
            let known = values.take().filter(|panel| panel.facet == facet);
            let mut panel = known.unwrap_or_else(|| self.values(facet));
            panel.list.input = Input::new(typed.to_owned());
            panel.narrow();
            let names = panel.shown().take(OFFERED).map(|(row, _)| row.value.to_string()).collect();
            values.replace(Some(panel));
            names
        };
        let completion = complete(line.input.text(), line.input.cursor(), names);
        line.offer(completion);
        line.values = values.into_inner();
    }

    /// The values of a facet that the other filters leave.
    fn values(&self, facet: Facet) -> Panel {
        let (_, rest) = split(&self.query, facet);
        let filter = Filter { query: rest, all: self.all };
        let rows = self.index.as_ref().and_then(|index| index.facet(facet, &filter).ok());
        Panel::new(self.words, facet, rows.unwrap_or_default(), Vec::new(), Query::default())
    }

    /// A command while a query is being typed.
    pub(super) fn in_query(&mut self, mut line: QueryLine, command: Command) {
        match command {
            Command::Back => return,
            Command::Open => match Query::parse(line.input.text()) {
                Ok(query) => return self.take_query(query),
                Err(error) => line.said = Some(Err(error)),
            },
            Command::Complete | Command::CompleteBack => {
                if line.unoffered {
                    self.complete(&mut line);
                }
                line.complete(command == Command::Complete);
            }
            Command::Up => line.recall(&self.history, true),
            Command::Down => line.recall(&self.history, false),
            command => {
                if line.input.edit(command) {
                    line.changed();
                }
            }
        }
        self.offer(line);
    }

    /// Takes notice of what was typed in sessions of before.
    pub fn recall(&mut self, typed: Vec<Typed>) {
        for typed in typed {
            self.remember_typed(typed);
        }
    }

    /// What was typed since this was asked last.
    pub fn take_typed(&mut self) -> Vec<Typed> {
        std::mem::take(&mut self.typed)
    }

    /// Takes notice of what is typed now.
    pub(super) fn enter(&mut self, typed: Typed) {
        self.typed.push(typed.clone());
        self.remember_typed(typed);
    }

    fn remember_typed(&mut self, typed: Typed) {
        let (history, text) = match typed {
            Typed::Query(text) => (&mut self.history, text),
            Typed::Search(text) => (&mut self.searched, text),
        };
        history.retain(|before| *before != text);
        history.push(text);
        history.drain(..history.len().saturating_sub(KEPT));
    }

    /// Filters by a query that was typed, and remembers it.
    fn take_query(&mut self, query: Query) {
        let text = query.to_string();
        if !text.is_empty() {
            self.enter(Typed::Query(text));
        }
        let unknown = self.ask(|index| index.unknown(&query)).unwrap_or_default();
        self.filter_by(query);
        if !unknown.is_empty() {
            self.say(self.words.fill("said.unknown", &[("names", &isolated(&unknown.join(", ")))]));
        }
    }
}

/// Whether the words that are searched for are typed to their end: until then each letter would be a
/// search of its own.
fn finished(query: &Query, text: &str) -> bool {
    let words = |term: &Term| term.field == Field::Text;
    !query.terms.last().is_some_and(words) || text.ends_with([' ', '"', '»', '”'])
}

/// The facet whose values are those of a field; of dates, the one that what is typed goes into.
fn facet_of(field: Field, typed: &str) -> Facet {
    match field {
        Field::Place => Facet::Place,
        Field::Document => Facet::Document,
        Field::Date => match typed.len() {
            0..=4 => Facet::Year,
            5..=7 => Facet::Month,
            _ => Facet::Day,
        },
        Field::Type => Facet::Type,
        Field::Status => Facet::Status,
        Field::Verdict => Facet::Verdict,
        Field::Confidence => Facet::Confidence,
        Field::Actor | Field::Source | Field::Target | Field::Id | Field::Text => Facet::Actor,
    }
}
