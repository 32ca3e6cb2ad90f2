//! Events as annotation tools draw them: labelled spans and labelled arcs between them. A trigger is a
//! span with the type of its event, mentions are spans with the kind of what they name, the date is a
//! span `DATE`; arcs lead from the trigger to what takes part.
//!
//! What tools have no shape for (entity ids, values of dates, confidence, evidence) travels beside the
//! spans as *details*: the event's record of the contract. Where spans and details disagree, because
//! somebody has edited the spans, the spans are right.

use super::data::{Dated, Named, Told, Words};
use crate::model::{DateBasis, EntityKind, EventType, Role};

/// The label of a date expression.
pub(super) const DATE: &str = "DATE";
/// The arc from a trigger to its date.
const DATE_ARC: &str = "date";
/// The arc from a trigger to a place.
const PLACE_ARC: &str = "place";
const ROLES: [(Role, &str); 3] =
    [(Role::Source, "source"), (Role::Target, "target"), (Role::Participant, "participant")];
const KINDS: [(EntityKind, &str); 5] = [
    (EntityKind::Person, "PERSON"),
    (EntityKind::Organization, "ORGANIZATION"),
    (EntityKind::Country, "COUNTRY"),
    (EntityKind::Place, "PLACE"),
    (EntityKind::Group, "GROUP"),
];

/// All labels of spans, for the configuration that tools want.
pub(super) fn labels() -> impl Iterator<Item = &'static str> {
    let kinds = KINDS.iter().map(|(_, name)| *name);
    EventType::ALL.into_iter().map(EventType::name).chain(kinds).chain([DATE])
}

/// All labels of arcs.
pub(super) fn arcs() -> impl Iterator<Item = &'static str> {
    ROLES.iter().map(|(_, name)| *name).chain([PLACE_ARC, DATE_ARC])
}

/// A labelled span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// Type of event, kind of entity, or [`DATE`].
    pub(super) label: String,
    /// Where.
    pub(super) words: Words,
    /// Id and name of the entity that is mentioned, where it is known.
    pub(super) entity: Option<(String, String)>,
}

/// A labelled arc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    /// Index of the trigger.
    pub(super) from: usize,
    /// Index of what takes part.
    pub(super) to: usize,
    /// Its part.
    pub(super) label: String,
}

/// What a graph tells, each with the index of its node: events, and faults.
pub(super) type Read = (Vec<(usize, Told)>, Vec<(usize, String)>);

/// The annotations of one text.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
}

impl Graph {
    /// The spans and arcs of `events`; the first nodes are the triggers, one for each event, in order.
    pub(super) fn of(events: &[Told]) -> Self {
        let trigger =
            |e: &Told| Node { label: e.kind.name().to_owned(), words: e.trigger.clone(), entity: None };
        let mut graph = Self { nodes: events.iter().map(trigger).collect(), edges: Vec::new() };
        for (from, event) in events.iter().enumerate() {
            for named in event.actors.iter().chain(&event.places) {
                let label = named.role.map_or(PLACE_ARC, name_of_role);
                for words in &named.mentions {
                    let node = Node {
                        label: name_of_kind(named.kind).to_owned(),
                        words: words.clone(),
                        entity: Some((named.id.clone(), named.name.clone())),
                    };
                    graph.link(from, node, label, events.len());
                }
            }
            if let Some(words) = event.date.as_ref().and_then(Dated::words) {
                graph.link(
                    from,
                    Node { label: DATE.to_owned(), words, entity: None },
                    DATE_ARC,
                    events.len(),
                );
            }
        }
        graph
    }

    fn link(&mut self, from: usize, node: Node, label: &str, triggers: usize) {
        let known = self.nodes.iter().skip(triggers).position(|other| *other == node);
        let to = known.map_or(self.nodes.len(), |at| at + triggers);
        if known.is_none() {
            self.nodes.push(node);
        }
        let edge = Edge { from, to, label: label.to_owned() };
        if !self.edges.contains(&edge) {
            self.edges.push(edge);
        }
    }

    /// The node with that place and label.
    pub(super) fn find(&self, start: u32, end: u32, label: &str) -> Option<usize> {
        self.nodes.iter().position(|n| (n.words.start, n.words.end) == (start, end) && n.label == label)
    }

    /// The events that the spans and arcs tell, each with the index of its trigger's node, completed
    /// from `details`; and what is wrong with the rest, by index of the node.
    pub(super) fn events(&self, details: Vec<Told>) -> Read {
        let mut details: Vec<Option<Told>> = details.into_iter().map(Some).collect();
        let mut events = Vec::new();
        let mut faults = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let Some(kind) = EventType::parse(&node.label) else {
                if kind_of(&node.label).is_none() && !node.label.eq_ignore_ascii_case(DATE) {
                    let label = &node.label;
                    faults.push((at, format!("label {label:?} is no type of event, kind of entity or DATE")));
                }
                continue;
            };
            let known = details
                .iter_mut()
                .find(|d| d.as_ref().is_some_and(|d| d.kind == kind && d.trigger.at(&node.words)));
            let mut event =
                known.and_then(Option::take).unwrap_or_else(|| Told::bare(kind, node.words.clone()));
            self.complete(at, &mut event);
            events.push((at, event));
        }
        (events, faults)
    }

    /// Gives `event`, whose trigger is node `at`, what the arcs say.
    fn complete(&self, at: usize, event: &mut Told) {
        // Tools let people draw arcs either way.
        let ends = self.edges.iter().filter_map(|edge| {
            let other = if edge.from == at {
                edge.to
            } else if edge.to == at {
                edge.from
            } else {
                return None;
            };
            Some((edge.label.as_str(), self.nodes.get(other)?))
        });
        let mut date = None;
        let mut args: Vec<(Option<Role>, &Node)> = Vec::new();
        for (label, node) in ends {
            if node.label.eq_ignore_ascii_case(DATE) {
                date = date.or(Some(&node.words));
            } else if kind_of(&node.label).is_some() {
                // A second actor of a part may be numbered: `target2`.
                let bare = label.trim_end_matches(|c: char| c.is_ascii_digit());
                let role =
                    ROLES.iter().find(|(_, name)| name.eq_ignore_ascii_case(bare)).map(|(role, _)| *role);
                let place = bare.eq_ignore_ascii_case(PLACE_ARC);
                args.push((if place { None } else { role.or(Some(Role::Participant)) }, node));
            }
        }
        let keep = |list: &mut Vec<Named>, args: &mut Vec<(Option<Role>, &Node)>| {
            list.retain_mut(|named| {
                let had = !named.mentions.is_empty();
                named.mentions.retain(|words| {
                    let found = args.iter().position(|(role, node)| {
                        *role == named.role
                            && node.words.at(words)
                            && node.entity.as_ref().is_none_or(|(id, _)| *id == named.id)
                    });
                    found.map(|i| args.remove(i)).is_some()
                });
                !had || !named.mentions.is_empty()
            });
        };
        keep(&mut event.actors, &mut args);
        keep(&mut event.places, &mut args);
        for (role, node) in args {
            let list = if role.is_some() { &mut event.actors } else { &mut event.places };
            add(list, role, node);
        }
        let told = event.date.as_ref().and_then(Dated::words);
        match (told, date) {
            (Some(told), Some(words)) if told.at(words) => {}
            (None, None) => {}
            (_, Some(words)) => {
                event.date = Some(Dated {
                    value: String::new(),
                    text: Some(words.text.clone()),
                    start: Some(words.start),
                    end: Some(words.end),
                    basis: DateBasis::Explicit,
                });
            }
            (Some(_), None) => event.date = None,
        }
    }
}

/// Adds a mention to the entity that it names: the one of its id, else of its words.
fn add(list: &mut Vec<Named>, role: Option<Role>, node: &Node) {
    let (id, name) = node.entity.clone().unwrap_or_default();
    let name = if name.is_empty() { node.words.text.clone() } else { name };
    let same = |named: &&mut Named| {
        named.role == role && if id.is_empty() { named.name == name } else { named.id == id }
    };
    if let Some(named) = list.iter_mut().find(same) {
        return named.mentions.push(node.words.clone());
    }
    let Some(kind) = kind_of(&node.label) else { return };
    list.push(Named { id, name, name_en: String::new(), kind, role, mentions: vec![node.words.clone()] });
}

fn kind_of(label: &str) -> Option<EntityKind> {
    KINDS.iter().find(|(_, name)| name.eq_ignore_ascii_case(label)).map(|(kind, _)| *kind)
}

fn name_of_kind(kind: EntityKind) -> &'static str {
    KINDS.iter().find(|(k, _)| *k == kind).map_or("", |(_, name)| name)
}

fn name_of_role(role: Role) -> &'static str {
    ROLES.iter().find(|(r, _)| *r == role).map_or("", |(_, name)| name)
}
