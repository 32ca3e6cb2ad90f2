//! Label Studio: an array of tasks, each with its text under `data` and, as what a program found,
//! `predictions`; what people made of them comes back as `annotations`. Offsets in code points, which
//! Label Studio has stored since version 1.4.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::doccano::{beyond, words};
use super::graph::{Edge, Graph, Node};
use super::json::{details, items, reason};
use super::{Import, Text};

#[derive(Deserialize)]
struct Task {
    data: Data,
    #[serde(default)]
    annotations: Vec<Results>,
    #[serde(default)]
    predictions: Vec<Results>,
}

#[derive(Deserialize)]
struct Data {
    text: String,
    document: Option<String>,
    waqai: Option<Value>,
}

#[derive(Deserialize)]
struct Results {
    #[serde(default)]
    result: Vec<Value>,
    #[serde(default)]
    was_cancelled: bool,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Item {
    #[serde(rename = "labels")]
    Labels { id: String, value: Place },
    #[serde(rename = "relation")]
    Relation {
        from_id: String,
        to_id: String,
        #[serde(default)]
        labels: Vec<String>,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Place {
    start: u32,
    end: u32,
    labels: Vec<String>,
}

pub(super) fn write(texts: &[Text]) -> String {
    let tasks: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| {
            let events = text.told();
            let graph = Graph::of(&events);
            let id = |node: usize| format!("{}-{node}", n + 1);
            let span = |(i, node): (usize, &Node)| {
                json!({"id": id(i), "from_name": "label", "to_name": "text", "type": "labels",
                       "value": {"start": node.words.start, "end": node.words.end, "text": node.words.text,
                                 "labels": [node.label]}})
            };
            let arc = |edge: &Edge| {
                json!({"type": "relation", "from_id": id(edge.from), "to_id": id(edge.to),
                       "direction": "right", "labels": [edge.label]})
            };
            let spans = graph.nodes.iter().enumerate().map(span);
            let result: Vec<Value> = spans.chain(graph.edges.iter().map(arc)).collect();
            let task = json!({
                "id": n + 1,
                "data": {"text": text.words(), "document": text.document, "waqai": events},
                "predictions": [{"model_version": "waqai", "result": result}],
            });
            task.to_string()
        })
        .collect();
    format!("[\n{}\n]\n", tasks.join(",\n"))
}

pub(super) fn read(name: &str, text: &str, import: &mut Import) {
    for (place, value) in items(name, text, "tasks", import) {
        match serde_json::from_value::<Task>(value) {
            Ok(task) => one(&place, task, import),
            Err(error) => import.fault(place, reason(&error)),
        }
    }
}

fn one(place: &str, task: Task, import: &mut Import) {
    let known = details(place, task.data.waqai, import);
    // A person's word goes before the program's.
    let people = task.annotations.into_iter().rfind(|results| !results.was_cancelled);
    let results = people.or_else(|| task.predictions.into_iter().next());
    let mut graph = Graph::default();
    let (mut ids, mut arcs) = (HashMap::new(), Vec::new());
    for value in results.map(|results| results.result).unwrap_or_default() {
        match serde_json::from_value(value) {
            Ok(Item::Labels { id, value: Place { start, end, labels } }) => {
                let label = labels.into_iter().next().unwrap_or_default();
                match words(&task.data.text, start, end) {
                    Some(words) => {
                        ids.insert(id, graph.nodes.len());
                        graph.nodes.push(Node { label, words, entity: None });
                    }
                    None => import.fault(place, beyond(&label, start, end)),
                }
            }
            Ok(Item::Relation { from_id, to_id, labels }) => arcs.push((from_id, to_id, labels)),
            Ok(Item::Other) => {}
            Err(error) => import.fault(place, format!("a result is {}", reason(&error))),
        }
    }
    for (from_id, to_id, labels) in arcs {
        match (ids.get(&from_id), ids.get(&to_id)) {
            (Some(&from), Some(&to)) => {
                let label = labels.into_iter().next().unwrap_or_default();
                graph.edges.push(Edge { from, to, label });
            }
            _ => import
                .fault(place, format!("a relation joins {from_id} and {to_id}, one of which is not there")),
        }
    }
    let (events, faults) = graph.events(known);
    for (_, reason) in faults {
        import.fault(place, reason);
    }
    let events = events.into_iter().map(|(_, event)| (place.to_owned(), event)).collect();
    let document = task.data.document.unwrap_or_default();
    import.texts.push(Text { document, text: Some(task.data.text), events });
}
