//! W3C Web Annotation: a page of annotations in JSON-LD, one a line. Spans are annotations with a
//! position and a quotation of the text as target, arcs annotations that link two of them; positions
//! are code points, as the data model wants them.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::data::{Told, Words};
use super::graph::{Edge, Graph, Node};
use super::json::{items, json as string, reason};
use super::percent::{escape, unescape};
use super::{Import, Text};
use crate::model::Span;
use crate::store::Selector;
use crate::text::CodePoints;

pub(super) fn write(texts: &[Text]) -> String {
    let mut lines = Vec::new();
    for (n, text) in texts.iter().enumerate() {
        let events = text.told();
        let graph = Graph::of(&events);
        let points = CodePoints::new(text.words());
        let source = iri(&text.document);
        let id = |node: usize| format!("urn:waqai:{}:{}", n + 1, node + 1);
        for (i, node) in graph.nodes.iter().enumerate() {
            let mut body =
                vec![json!({"type": "TextualBody", "purpose": "classifying", "value": node.label})];
            if let Some(event) = events.get(i) {
                body.push(json!({"type": "TextualBody", "purpose": "describing",
                                 "format": "application/json", "value": string(event)}));
            }
            if let Some((id, name)) = &node.entity {
                body.push(json!({"type": "SpecificResource", "purpose": "identifying",
                                 "source": format!("urn:waqai:entity:{}", iri(id)), "name": name}));
            }
            let Words { start, end, text: exact } = &node.words;
            let span = points.to_byte(*start).zip(points.to_byte(*end));
            let context = span.map(|(start, end)| Selector::new(text.words(), Span::new(start, end)));
            let (prefix, suffix) = context.map(|s| (s.prefix, s.suffix)).unwrap_or_default();
            lines.push(json!({
                "id": id(i), "type": "Annotation", "motivation": "classifying", "body": body,
                "target": {"type": "SpecificResource", "source": source, "selector": [
                    {"type": "TextPositionSelector", "start": start, "end": end},
                    {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
                ]},
            }));
        }
        for (i, edge) in graph.edges.iter().enumerate() {
            lines.push(json!({
                "id": format!("urn:waqai:{}:arc{}", n + 1, i + 1), "type": "Annotation", "motivation": "linking",
                "body": [{"type": "TextualBody", "purpose": "tagging", "value": edge.label}, id(edge.to)],
                "target": id(edge.from),
            }));
        }
    }
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    format!(
        "{{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:waqai:annotations\",\
         \"type\":\"AnnotationPage\",\"items\":[\n{}\n]}}\n",
        lines.join(",\n")
    )
}

/// A name as an IRI: what may not stand in one, or would cut it in parts, escaped.
fn iri(name: &str) -> String {
    escape(name, "<>\"{}|\\^`#?:")
}

/// The annotations of one source while they are read.
#[derive(Default)]
struct Source {
    graph: Graph,
    places: Vec<String>,
    details: Vec<Told>,
}

pub(super) fn read(name: &str, text: &str, import: &mut Import) {
    let mut sources: Vec<(String, Source)> = Vec::new();
    // Source and node by the id of the annotation.
    let mut ids: HashMap<String, (usize, usize)> = HashMap::new();
    let mut arcs = Vec::new();
    for (place, value) in items(name, text, "items", import) {
        let targets = list(&value["target"]);
        if let Some(target) = targets.first().filter(|target| target.is_object()) {
            match span(target) {
                Ok((source, words)) => {
                    let at = sources.iter().position(|(id, _)| *id == source).unwrap_or_else(|| {
                        sources.push((source, Source::default()));
                        sources.len() - 1
                    });
                    let (_, source) = &mut sources[at];
                    if let Some(id) = value["id"].as_str() {
                        ids.insert(id.to_owned(), (at, source.graph.nodes.len()));
                    }
                    source.node(&place, &value, words, import);
                }
                Err(reason) => import.fault(place, reason),
            }
        } else if let Some(target) = targets.first().and_then(|target| target.as_str()) {
            let bodies = list(&value["body"]);
            let to = bodies.iter().find_map(|b| b.as_str().or_else(|| b["source"].as_str()));
            let label = bodies.iter().find_map(|b| b["value"].as_str()).unwrap_or_default();
            match to {
                Some(to) => arcs.push((place, target.to_owned(), to.to_owned(), label.to_owned())),
                None => import.fault(place, "a link without the annotation that it leads to"),
            }
        } else {
            import.fault(place, "no annotation: it has no target");
        }
    }
    for (place, from, to, label) in arcs {
        match (ids.get(&from), ids.get(&to)) {
            (Some(&(source, from)), Some(&(other, to))) if source == other => {
                sources[source].1.graph.edges.push(Edge { from, to, label });
            }
            _ => import.fault(place, format!("the link joins {from} and {to}, which one text does not have")),
        }
    }
    for (document, source) in sources {
        let (events, faults) = source.graph.events(source.details);
        for (node, reason) in faults {
            import.fault(source.places[node].clone(), reason);
        }
        let events = events.into_iter().map(|(node, event)| (source.places[node].clone(), event)).collect();
        import.texts.push(Text { document, text: None, events });
    }
}

impl Source {
    fn node(&mut self, place: &str, value: &Value, words: Words, import: &mut Import) {
        let (mut label, mut entity) = (String::new(), None);
        for body in list(&value["body"]) {
            let text = body["value"].as_str().unwrap_or_default();
            match body["purpose"].as_str() {
                Some("describing") if body["format"] == "application/json" => {
                    match serde_json::from_str(text) {
                        Ok(told) => self.details.push(told),
                        Err(error) => {
                            import.fault(place, format!("the details of an event are {}", reason(&error)));
                        }
                    }
                }
                Some("identifying") => {
                    let id = body["source"].as_str().unwrap_or_default();
                    let id = id.strip_prefix("urn:waqai:entity:").map_or_else(|| id.to_owned(), unescape);
                    entity = Some((id, body["name"].as_str().unwrap_or_default().to_owned()));
                }
                _ if label.is_empty() => text.clone_into(&mut label),
                _ => {}
            }
        }
        self.graph.nodes.push(Node { label, words, entity });
        self.places.push(place.to_owned());
    }
}

/// One or several, as JSON-LD allows either.
fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(list) => list.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

/// The document and the words that a target means.
fn span(target: &Value) -> Result<(String, Words), String> {
    let source = target["source"].as_str().or_else(|| target["source"]["id"].as_str());
    let source = unescape(source.ok_or("the target does not say in which document it stands")?);
    let selectors = list(&target["selector"]);
    let of = |kind: &str| selectors.iter().find(|selector| selector["type"] == kind).copied();
    let position = of("TextPositionSelector").ok_or("the target has no position in the text")?;
    let number = |key: &str| position[key].as_u64().and_then(|n| u32::try_from(n).ok());
    let (start, end) = number("start").zip(number("end")).ok_or("its position is not two numbers")?;
    let exact = of("TextQuoteSelector").and_then(|quote| quote["exact"].as_str()).unwrap_or_default();
    Ok((source, Words { start, end, text: exact.to_owned() }))
}
