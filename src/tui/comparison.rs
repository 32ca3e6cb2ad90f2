//! Two extractions, or what reviewers hold, side by side: the events on which they differ.

use std::collections::HashMap;

use crate::formats::exchange::{Import, Told};
use crate::review::{Dispute, Field, sides};
use crate::store::Judgement;

/// How much of a text is shown around an event whose sentence is not known, in code points.
const AROUND: usize = 80;

/// Which events are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    #[default]
    All,
    /// What only the first has.
    OnlyFirst,
    /// What only the second has.
    OnlySecond,
    /// What both have with differing fields.
    Differing,
}

impl Part {
    /// The next one, round to the first.
    const fn next(self) -> Self {
        match self {
            Self::All => Self::OnlyFirst,
            Self::OnlyFirst => Self::OnlySecond,
            Self::OnlySecond => Self::Differing,
            Self::Differing => Self::All,
        }
    }
}

/// What one of those compared holds of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The extraction, or the reviewer.
    pub name: String,
    /// The event as it has it; none where it has no such event.
    pub told: Option<Told>,
    /// What the reviewer said.
    pub judgement: Option<Judgement>,
}

/// An event on which they differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its document.
    pub document: String,
    /// What each holds.
    pub sides: Vec<Side>,
    /// The fields that differ among those who have it.
    pub fields: Vec<Field>,
    /// The words around it.
    pub words: String,
    /// The difference among reviewers, and who settled it.
    pub dispute: Option<Dispute>,
}

impl Item {
    /// The event as the first has it who has it.
    pub fn told(&self) -> Option<&Told> {
        let found = self.dispute.as_ref().map(|dispute| &dispute.found);
        self.sides.iter().find_map(|side| side.told.as_ref()).or(found)
    }

    /// Which part it belongs to.
    pub fn part(&self) -> Part {
        match self.sides.iter().map(|side| side.told.is_some()).collect::<Vec<_>>()[..] {
            [true, false] => Part::OnlyFirst,
            [false, true] => Part::OnlySecond,
            _ => Part::Differing,
        }
    }

    /// Who settled it.
    pub fn settled(&self) -> Option<&str> {
        let settled = self.dispute.as_ref()?.settled.as_ref()?;
        Some(&settled.said.reviewer)
    }
}

/// All of it, and what of it is on screen.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Names of the two extractions; empty where reviewers are compared.
    pub names: Vec<String>,
    /// How many events both have with the same fields.
    pub same: usize,
    items: Vec<Item>,
    /// Places in `items` of what is shown.
    shown: Vec<usize>,
    part: Part,
    selected: usize,
    column: usize,
}

impl Comparison {
    /// Two extractions, called `a` and `b`.
    pub fn of_extractions(a: (&str, &Import), b: (&str, &Import)) -> Self {
        let found = sides(a.1, b.1);
        let texts: HashMap<&str, &str> =
            a.1.texts
                .iter()
                .chain(&b.1.texts)
                .filter_map(|text| Some((base_name(&text.document), text.text.as_deref()?)))
                .collect();
        let item = |document: &str, first: Option<&Told>, second: Option<&Told>, fields: &[Field]| {
            let side = |name: &str, told: Option<&Told>| Side {
                name: name.to_owned(),
                told: told.cloned(),
                judgement: None,
            };
            let words = [first, second].into_iter().flatten().find_map(|told| told.extent.as_ref());
            let words = words.map(|extent| extent.text.clone()).filter(|words| !words.is_empty());
            let around = || {
                let told = first.or(second)?;
                Some(around(texts.get(document)?, told.trigger.start as usize, told.trigger.end as usize))
            };
            Item {
                document: document.to_owned(),
                sides: vec![side(a.0, first), side(b.0, second)],
                fields: fields.to_vec(),
                words: words.or_else(around).unwrap_or_default(),
                dispute: None,
            }
        };
        let mut items: Vec<Item> = Vec::new();
        items.extend(found.only_a.iter().map(|lone| item(&lone.document, Some(&lone.event), None, &[])));
        items.extend(found.only_b.iter().map(|lone| item(&lone.document, None, Some(&lone.event), &[])));
        items.extend(found.differ.iter().map(|d| item(&d.document, Some(&d.a), Some(&d.b), &d.fields)));
        items.sort_by_key(|item| (item.document.clone(), item.told().map_or(0, |told| told.trigger.start)));
        Self { names: vec![a.0.to_owned(), b.0.to_owned()], same: found.same, ..Self::new(items) }
    }

    /// What reviewers hold of the events on which they differ.
    pub fn of_reviewers(disputes: Vec<Dispute>) -> Self {
        let item = |dispute: Dispute| {
            let side = |position: &crate::review::Position| Side {
                name: position.verdict.said.reviewer.clone(),
                told: position.told.clone(),
                judgement: Some(position.verdict.said.judgement),
            };
            let sides: Vec<Side> = dispute.positions.iter().map(side).collect();
            let told: Vec<&Told> = sides.iter().filter_map(|side| side.told.as_ref()).collect();
            let differs = |field: &Field| told.windows(2).any(|pair| !field.same(pair[0], pair[1]));
            let fields = Field::ALL.into_iter().filter(differs).collect();
            Item {
                document: dispute.document.clone(),
                words: dispute.found.extent.as_ref().map(|extent| extent.text.clone()).unwrap_or_default(),
                fields,
                sides,
                dispute: Some(dispute),
            }
        };
        Self::new(disputes.into_iter().map(item).collect())
    }

    fn new(items: Vec<Item>) -> Self {
        Self { shown: (0..items.len()).collect(), items, ..Self::default() }
    }

    /// Whether reviewers are compared, and can be settled.
    pub const fn of_people(&self) -> bool {
        self.names.is_empty()
    }

    /// Goes on to the next part.
    pub(super) fn next_part(&mut self) {
        self.part = self.part.next();
        let part = self.part;
        let of_part = |&i: &usize| part == Part::All || self.items[i].part() == part;
        self.shown = (0..self.items.len()).filter(of_part).collect();
        self.selected = 0;
    }

    /// What is shown.
    pub const fn part(&self) -> Part {
        self.part
    }

    /// How many are shown.
    pub const fn count(&self) -> usize {
        self.shown.len()
    }

    /// The one at a place among those shown.
    pub fn at(&self, place: usize) -> Option<&Item> {
        self.items.get(*self.shown.get(place)?)
    }

    /// Place of the selected one.
    pub const fn selected(&self) -> usize {
        self.selected
    }

    /// The selected one.
    pub fn item(&self) -> Option<&Item> {
        self.at(self.selected)
    }

    /// Selects one by its place.
    pub(super) fn select(&mut self, place: usize) {
        self.selected = place.min(self.shown.len().saturating_sub(1));
        self.turn(0);
    }

    /// The selected side.
    pub const fn column(&self) -> usize {
        self.column
    }

    /// Goes to another side.
    pub(super) fn turn(&mut self, by: isize) {
        let most = self.item().map_or(0, |item| item.sides.len().saturating_sub(1));
        self.column = self.column.saturating_add_signed(by).min(most);
    }

    /// The same with other items, at the same place.
    pub(super) fn renew(self, items: Self) -> Self {
        let mut new = Self { column: self.column, ..items };
        new.select(self.selected);
        new
    }
}

fn base_name(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// The words around the code points `start` to `end` of a text.
fn around(text: &str, start: usize, end: usize) -> String {
    let from = start.saturating_sub(AROUND);
    let words: String = text.chars().skip(from).take(end + AROUND - from).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::exchange::{Text, Words};
    use crate::model::EventType;

    fn import(events: &[(u32, EventType)]) -> Import {
        let told = |(start, kind): &(u32, EventType)| {
            let trigger = Words { start: *start, end: start + 3, text: String::new() };
            (String::new(), Told::bare(*kind, trigger))
        };
        let text = Text {
            document: "news/a.txt".into(),
            text: Some("قبل رفض بعد زار غدا".into()),
            events: events.iter().map(told).collect(),
        };
        Import { texts: vec![text], faults: Vec::new() }
    }

    #[test]
    fn what_differs_is_shown_part_by_part() {
        let a = import(&[(4, EventType::Reject), (8, EventType::Aid), (16, EventType::Accuse)]);
        let b = import(&[(4, EventType::Accuse), (12, EventType::Consult), (16, EventType::Accuse)]);
        let mut compared = Comparison::of_extractions(("a", &a), ("b", &b));
        assert_eq!((compared.count(), compared.same), (3, 1));
        assert_eq!(compared.item().unwrap().fields, [Field::Type]);
        assert!(compared.item().unwrap().words.contains("قبل رفض بعد"));
        compared.turn(5);
        assert_eq!(compared.column(), 1);
        let mut parts = Vec::new();
        for _ in 0..4 {
            compared.next_part();
            parts.push((compared.part(), compared.count()));
        }
        let expected = [(Part::OnlyFirst, 1), (Part::OnlySecond, 1), (Part::Differing, 1), (Part::All, 3)];
        assert_eq!(parts, expected);
    }
}
