//! doccano: JSON lines, one text a line, with `entities` and `relations`; offsets in code points, as
//! doccano's server counts them. Older exports have `label` or `labels` with `[start, end, label]`.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::data::Words;
use super::graph::{Edge, Graph, Node};
use super::json::{details, json, lines};
use super::{Import, Text};
use crate::text::CodePoints;

#[derive(Serialize, Deserialize)]
struct Line {
    id: Option<Value>,
    text: String,
    /// What doccano does not know it keeps and hands back, here or under `meta`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<String>,
    #[serde(default)]
    entities: Vec<Entity>,
    #[serde(default)]
    relations: Vec<Relation>,
    #[serde(default, rename = "Comments")]
    comments: Vec<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    waqai: Option<Value>,
    #[serde(default, alias = "metadata", skip_serializing)]
    meta: Option<Value>,
    #[serde(default, alias = "labels", skip_serializing)]
    label: Vec<(u32, u32, String)>,
}

#[derive(Serialize, Deserialize)]
struct Entity {
    id: u64,
    label: String,
    start_offset: u32,
    end_offset: u32,
}

#[derive(Serialize, Deserialize)]
struct Relation {
    id: u64,
    from_id: u64,
    to_id: u64,
    #[serde(rename = "type")]
    kind: String,
}

pub(super) fn write(texts: &[Text]) -> String {
    let mut out = String::new();
    // Ids are the whole project's.
    let (mut nodes, mut edges) = (0, 0);
    for (n, text) in texts.iter().enumerate() {
        let events = text.told();
        let graph = Graph::of(&events);
        let entity = |(i, node): (usize, &Node)| Entity {
            id: nodes + i as u64 + 1,
            label: node.label.clone(),
            start_offset: node.words.start,
            end_offset: node.words.end,
        };
        let relation = |(i, edge): (usize, &Edge)| Relation {
            id: edges + i as u64 + 1,
            from_id: nodes + edge.from as u64 + 1,
            to_id: nodes + edge.to as u64 + 1,
            kind: edge.label.clone(),
        };
        let line = Line {
            id: Some((n + 1).into()),
            text: text.words().to_owned(),
            document: Some(text.document.clone()),
            entities: graph.nodes.iter().enumerate().map(entity).collect(),
            relations: graph.edges.iter().enumerate().map(relation).collect(),
            comments: Vec::new(),
            waqai: serde_json::to_value(&events).ok(),
            meta: None,
            label: Vec::new(),
        };
        nodes += graph.nodes.len() as u64;
        edges += graph.edges.len() as u64;
        out.push_str(&json(&line));
        out.push('\n');
    }
    out
}

pub(super) fn read(name: &str, text: &str, import: &mut Import) {
    lines(name, text, import, |place, line: Line, import| {
        let meta = |key: &str| line.meta.as_ref().and_then(|meta| meta.get(key)).cloned();
        let document = line.document.clone().or_else(|| meta("document")?.as_str().map(str::to_owned));
        let known = details(&place, line.waqai.clone().or_else(|| meta("waqai")), import);
        let mut graph = Graph::default();
        let mut ids = HashMap::new();
        let old = line.label.iter().map(|(start, end, label)| (None, *start, *end, label));
        let new = line.entities.iter().map(|e| (Some(e.id), e.start_offset, e.end_offset, &e.label));
        for (id, start, end, label) in new.chain(old) {
            let Some(words) = words(&line.text, start, end) else {
                import.fault(&place, beyond(label, start, end));
                continue;
            };
            if let Some(id) = id {
                ids.insert(id, graph.nodes.len());
            }
            graph.nodes.push(Node { label: label.clone(), words, entity: None });
        }
        for relation in &line.relations {
            match (ids.get(&relation.from_id), ids.get(&relation.to_id)) {
                (Some(&from), Some(&to)) => {
                    graph.edges.push(Edge { from, to, label: relation.kind.clone() });
                }
                _ => import.fault(
                    &place,
                    format!(
                        "relation {} joins {} and {}, one of which is not there",
                        relation.id, relation.from_id, relation.to_id
                    ),
                ),
            }
        }
        let (events, faults) = graph.events(known);
        for (_, reason) in faults {
            import.fault(&place, reason);
        }
        let events = events.into_iter().map(|(_, event)| (place.clone(), event)).collect();
        import.texts.push(Text { document: document.unwrap_or_default(), text: Some(line.text), events });
    });
}

/// The words of `text` at those code points; none where there are no such.
pub(super) fn words(text: &str, start: u32, end: u32) -> Option<Words> {
    let points = CodePoints::new(text);
    let (from, to) = (points.to_byte(start)?, points.to_byte(end)?);
    let words = text.get(from as usize..to as usize).filter(|words| !words.is_empty())?;
    Some(Words { start, end, text: words.to_owned() })
}

/// What is said of a span that the text does not have.
pub(super) fn beyond(label: &str, start: u32, end: u32) -> String {
    format!("{label:?} stands at {start} to {end}, where the text has no words")
}
