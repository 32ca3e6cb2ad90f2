//! Which bytes of a text are painted how: the selected event by role, the others, what was found.

use std::ops::Range;

use ratatui::style::Style;

use super::theme::Theme;
use crate::model::{ActorMention, Annotations, BlockKind, Document, EntityKind, Event, Participant, Span};

/// Spans in text order, to be asked which of them touch a range.
#[derive(Clone, Debug, Default)]
struct Spans {
    list: Vec<Span>,
    /// For every span the furthest end up to it, so that a search by end is possible.
    reach: Vec<u32>,
}

impl Spans {
    fn new(mut list: Vec<Span>) -> Self {
        list.sort_unstable();
        let reach = list
            .iter()
            .scan(0, |furthest, s| {
                *furthest = s.end.max(*furthest);
                Some(*furthest)
            })
            .collect();
        Self { list, reach }
    }

    fn touching(&self, bytes: &Range<u32>) -> impl Iterator<Item = Span> + '_ {
        let range = Span::new(bytes.start, bytes.end);
        let from = self.reach.partition_point(|&end| end <= range.start);
        self.list
            .iter()
            .skip(from)
            .take_while(move |s| s.start < range.end)
            .copied()
            .filter(move |s| s.overlaps(range))
    }
}

/// What never changes while a document is shown.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    triggers: Spans,
    furniture: Spans,
    /// Events that a reviewer has marked as missed.
    missed: Spans,
}

impl Ground {
    /// Marks where events were missed, in place of what was marked before.
    pub fn mark(&mut self, missed: Vec<Span>) {
        self.missed = Spans::new(missed);
    }

    /// The triggers of all events that count, and the furniture.
    pub fn new(document: &Document, annotations: &Annotations) -> Self {
        let triggers = annotations.events.iter().filter(|e| e.status.counts()).map(|e| e.trigger);
        Self { triggers: Spans::new(triggers.collect()), ..Self::furniture(document) }
    }

    /// The furniture alone.
    pub fn furniture(document: &Document) -> Self {
        let furniture = document.blocks.iter().filter(|b| b.kind == BlockKind::Furniture).map(|b| b.span);
        Self { furniture: Spans::new(furniture.collect()), ..Self::default() }
    }
}

/// The spans of one event by role.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    extents: Spans,
    places: Spans,
    actors: Spans,
    dates: Spans,
    triggers: Spans,
}

impl Roles {
    /// The roles of some events.
    fn of_events<'a>(events: &(impl Iterator<Item = &'a Event> + Clone)) -> Self {
        let mentions = |list: fn(&'a Event) -> &'a [Participant]| {
            Spans::new(events.clone().flat_map(list).flat_map(|p| p.mentions.iter().copied()).collect())
        };
        Self {
            extents: Spans::new(events.clone().map(|e| e.extent).collect()),
            triggers: Spans::new(events.clone().map(|e| e.trigger).collect()),
            dates: Spans::new(events.clone().filter_map(|e| e.date.as_ref()?.mention).collect()),
            actors: mentions(|e| &e.actors),
            places: mentions(|e| &e.places),
        }
    }

    /// The roles of one event.
    pub fn of(event: &Event) -> Self {
        Self::of_events(&std::iter::once(event))
    }

    /// All that was found in a document: every event, and every date, actor and place, whether an
    /// event has them or not.
    pub fn all(annotations: &Annotations) -> Self {
        let of_events = Self::of_events(&annotations.events.iter().filter(|e| e.status.counts()));
        let (places, actors): (Vec<&ActorMention>, Vec<_>) = annotations.actors.iter().partition(|m| {
            annotations.entities.get(m.entity as usize).is_some_and(|e| e.kind == EntityKind::Place)
        });
        let with = |spans: &Spans, more: Vec<Span>| Spans::new([spans.list.clone(), more].concat());
        Self {
            dates: with(&of_events.dates, annotations.dates.iter().map(|d| d.span).collect()),
            actors: with(&of_events.actors, actors.iter().map(|m| m.span).collect()),
            places: with(&of_events.places, places.iter().map(|m| m.span).collect()),
            ..of_events
        }
    }
}

/// The layers that lie on a row, from the lowest to the highest, and the style of every byte.
#[derive(Clone, Debug, Default)]
pub struct Layers(Vec<(Span, Style)>);

impl Layers {
    /// The layers that touch `bytes`: furniture, other events, then the selected event with its
    /// trigger on top, then what was found.
    pub fn of(
        bytes: &Range<u32>,
        ground: &Ground,
        roles: Option<&Roles>,
        found: &[Range<u32>],
        theme: &Theme,
    ) -> Self {
        let mut layers = Vec::new();
        layers.extend(ground.furniture.touching(bytes).map(|s| (s, theme.furniture.0)));
        layers.extend(ground.triggers.touching(bytes).map(|s| (s, theme.other_event.0)));
        layers.extend(ground.missed.touching(bytes).map(|s| (s, theme.missed.0)));
        if let Some(roles) = roles {
            for (spans, style) in [
                (&roles.extents, theme.extent),
                (&roles.places, theme.place),
                (&roles.actors, theme.actor),
                (&roles.dates, theme.date),
                (&roles.triggers, theme.trigger),
            ] {
                layers.extend(spans.touching(bytes).map(|s| (s, style.0)));
            }
        }
        let row = Span::new(bytes.start, bytes.end);
        let hits = found.iter().map(|r| Span::new(r.start, r.end)).filter(|s| s.overlaps(row));
        layers.extend(hits.map(|s| (s, theme.found.0)));
        Self(layers)
    }

    /// The style of a cell that shows `bytes`.
    pub fn style(&self, bytes: &Range<u32>, base: Style) -> Style {
        let cell = Span::new(bytes.start, bytes.end);
        self.0
            .iter()
            .filter(|(span, _)| span.overlaps(cell))
            .fold(base, |style, (_, layer)| style.patch(*layer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_spans_before_short_ones_are_found() {
        let spans =
            Spans::new(vec![Span::new(0, 100), Span::new(10, 12), Span::new(20, 22), Span::new(60, 70)]);
        let touching = |r: Range<u32>| spans.touching(&r).collect::<Vec<_>>();
        assert_eq!(touching(50..55), [Span::new(0, 100)]);
        assert_eq!(touching(21..61), [Span::new(0, 100), Span::new(20, 22), Span::new(60, 70)]);
        assert!(touching(100..200).is_empty());
    }
}
