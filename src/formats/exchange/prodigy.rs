//! Prodigy: JSON lines, one text a line, with `tokens`, `spans` and `relations`; offsets in code
//! points, as Python counts them. Only what was accepted or not yet answered is read.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::doccano::{beyond, words};
use super::graph::{Edge, Graph, Node};
use super::json::{details, json, lines};
use super::pieces::{Piece, cut};
use super::{Import, Text};

#[derive(Serialize, Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    meta: Value,
    #[serde(default)]
    tokens: Vec<Token>,
    #[serde(default)]
    spans: Vec<Span>,
    #[serde(default)]
    relations: Vec<Relation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    waqai: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Token {
    text: String,
    start: u32,
    end: u32,
    id: usize,
    /// Whether a blank follows.
    #[serde(default)]
    ws: bool,
}

#[derive(Clone, Serialize, Deserialize)]
struct Span {
    start: u32,
    end: u32,
    #[serde(default)]
    token_start: usize,
    #[serde(default)]
    token_end: usize,
    label: String,
}

#[derive(Serialize, Deserialize)]
struct Relation {
    /// The last token of the span the arc comes from.
    head: usize,
    child: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    head_span: Option<Span>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    child_span: Option<Span>,
    label: String,
}

pub(super) fn write(texts: &[Text]) -> String {
    let mut out = String::new();
    for text in texts {
        let events = text.told();
        let graph = Graph::of(&events);
        let edges: BTreeSet<u32> =
            graph.nodes.iter().flat_map(|node| [node.words.start, node.words.end]).collect();
        let pieces = cut(text.words(), &edges);
        let tokens = tokens(&pieces);
        let spans: Vec<Span> = graph.nodes.iter().map(|node| span(node, &tokens)).collect();
        let relation = |edge: &Edge| Relation {
            head: spans[edge.from].token_end,
            child: spans[edge.to].token_end,
            head_span: Some(spans[edge.from].clone()),
            child_span: Some(spans[edge.to].clone()),
            label: edge.label.clone(),
        };
        let line = Line {
            text: text.words().to_owned(),
            meta: serde_json::json!({"source": text.document}),
            relations: graph.edges.iter().map(relation).collect(),
            tokens,
            spans,
            document: Some(text.document.clone()),
            waqai: serde_json::to_value(&events).ok(),
            answer: None,
        };
        out.push_str(&json(&line));
        out.push('\n');
    }
    out
}

/// As spaCy has them: one blank between two words is a property of the first, other blanks are tokens.
fn tokens(pieces: &[Piece<'_>]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut before_blank = true;
    for piece in pieces {
        match out.last_mut() {
            Some(last) if piece.text == " " && !before_blank => {
                last.ws = true;
                before_blank = true;
            }
            _ => {
                let id = out.len();
                out.push(Token {
                    text: piece.text.to_owned(),
                    start: piece.start,
                    end: piece.end,
                    id,
                    ws: false,
                });
                before_blank = piece.blank;
            }
        }
    }
    out
}

fn span(node: &Node, tokens: &[Token]) -> Span {
    let (start, end) = (node.words.start, node.words.end);
    let first = tokens.partition_point(|token| token.end <= start);
    let last = tokens.partition_point(|token| token.start < end).saturating_sub(1);
    Span { start, end, token_start: first, token_end: last.max(first), label: node.label.clone() }
}

pub(super) fn read(name: &str, text: &str, import: &mut Import) {
    lines(name, text, import, |place, line: Line, import| {
        if let Some(answer) = line.answer.as_deref().filter(|answer| *answer != "accept") {
            return import.fault(place, format!("left out: its answer is {answer:?}"));
        }
        let known = details(&place, line.waqai.clone(), import);
        let mut graph = Graph::default();
        for Span { start, end, label, .. } in &line.spans {
            match words(&line.text, *start, *end) {
                Some(words) => graph.nodes.push(Node { label: label.clone(), words, entity: None }),
                None => import.fault(&place, beyond(label, *start, *end)),
            }
        }
        for relation in &line.relations {
            let end = |span: &Option<Span>, token: usize| {
                if let Some(span) = span {
                    return graph.find(span.start, span.end, &span.label);
                }
                let token = line.tokens.get(token)?;
                let holds = |n: &Node| n.words.start < token.end && token.start < n.words.end;
                graph.nodes.iter().position(holds)
            };
            let ends = end(&relation.head_span, relation.head).zip(end(&relation.child_span, relation.child));
            match ends {
                Some((from, to)) => graph.edges.push(Edge { from, to, label: relation.label.clone() }),
                None => import.fault(
                    &place,
                    format!(
                        "relation {:?} from token {} to {} joins no spans",
                        relation.label, relation.head, relation.child
                    ),
                ),
            }
        }
        let (events, faults) = graph.events(known);
        for (_, reason) in faults {
            import.fault(&place, reason);
        }
        let events = events.into_iter().map(|(_, event)| (place.clone(), event)).collect();
        let document = line.document.or_else(|| Some(line.meta.get("source")?.as_str()?.to_owned()));
        import.texts.push(Text { document: document.unwrap_or_default(), text: Some(line.text), events });
    });
}
