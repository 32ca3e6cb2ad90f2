//! WebAnno TSV 3.3, as WebAnno and INCEpTION read and write it: a folder with a `.tsv` for each
//! document, a row for each token. Offsets count UTF-16 code units, as Java does. One layer of spans
//! (`webanno.custom.Waqai` with the features `details` and `label`), one of arcs between them.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use super::data::{Told, Words};
use super::doccano::words;
use super::graph::{Edge, Graph, Node};
use super::json::{json, reason};
use super::pieces::{Piece, cut};
use super::{Import, Text, file_names, percent, whole};

const FORMAT: &str = "#FORMAT=WebAnno TSV 3.";
const SPANS: &str = "#T_SP=";
const ARCS: &str = "#T_RL=";
const TEXT: &str = "#Text=";
const LAYER: &str = "webanno.custom.Waqai";
const ARC_LAYER: &str = "webanno.custom.WaqaiRole";

pub(super) fn write(folder: &Path, texts: &[Text]) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (text, name) in texts.iter().zip(file_names(texts)) {
        whole(&folder.join(format!("{name}.tsv")), &document(text))?;
    }
    Ok(())
}

/// The UTF-16 offset of every code point of `text`, and of its end.
fn units(text: &str) -> Vec<u32> {
    let mut at = 0;
    let mut out: Vec<u32> = text
        .chars()
        .map(|c| {
            let here = at;
            at += c.len_utf16() as u32;
            here
        })
        .collect();
    out.push(at);
    out
}

fn document(text: &Text) -> String {
    let events = text.told();
    let graph = Graph::of(&events);
    let edges: BTreeSet<u32> = graph.nodes.iter().flat_map(|n| [n.words.start, n.words.end]).collect();
    let pieces = cut(text.words(), &edges);
    let units = units(text.words());
    let mut out = format!("{FORMAT}3\n{SPANS}{LAYER}|details|label\n{ARCS}{ARC_LAYER}|role|BT_{LAYER}\n\n");
    // The first token of every span, as `sentence-token`.
    let mut addresses: Vec<String> = vec![String::new(); graph.nodes.len()];
    let mut rows: Vec<(String, Piece<'_>, Vec<usize>)> = Vec::new();
    let mut sentences: Vec<(String, usize)> = Vec::new();
    for line in pieces.split(|piece| piece.text == "\n") {
        let (Some(first), Some(last)) =
            (line.iter().find(|p| !p.blank), line.iter().rev().find(|p| !p.blank))
        else {
            continue;
        };
        let words = words(text.words(), first.start, last.end).map(|w| w.text).unwrap_or_default();
        sentences.push((words, rows.len()));
        for (n, piece) in line.iter().filter(|piece| !piece.blank).enumerate() {
            let address = format!("{}-{}", sentences.len(), n + 1);
            let holds = |node: &Node| node.words.start <= piece.start && piece.end <= node.words.end;
            let on: Vec<usize> =
                graph.nodes.iter().enumerate().filter(|(_, node)| holds(node)).map(|(i, _)| i).collect();
            for &node in &on {
                if addresses[node].is_empty() {
                    addresses[node].clone_from(&address);
                }
            }
            rows.push((address, *piece, on));
        }
    }
    for (i, (words, from)) in sentences.iter().enumerate() {
        let to = sentences.get(i + 1).map_or(rows.len(), |(_, from)| *from);
        let _ = writeln!(out, "\n{TEXT}{}", escape_text(words));
        for (address, piece, on) in &rows[*from..to] {
            let (start, end) = (units[piece.start as usize], units[piece.end as usize]);
            let _ = write!(out, "{address}\t{start}-{end}\t{}\t", piece.text);
            let details = |node: &usize| match events.get(*node) {
                Some(event) => format!("{}[{}]", escape(&json(event)), node + 1),
                None => match &graph.nodes[*node].entity {
                    Some((id, name)) => {
                        let known = format!("{} {name}", percent::escape(id, ""));
                        format!("{}[{}]", escape(&known), node + 1)
                    }
                    None => format!("*[{}]", node + 1),
                },
            };
            let label = |node: &usize| format!("{}[{}]", escape(&graph.nodes[*node].label), node + 1);
            let stack = |list: Vec<String>| if list.is_empty() { "_".to_owned() } else { list.join("|") };
            // Arcs stand where what they lead to begins.
            let arcs: Vec<&Edge> = graph
                .edges
                .iter()
                .filter(|edge| on.contains(&edge.to) && addresses[edge.to] == *address)
                .collect();
            let ends = |edge: &&Edge| format!("{}[{}_{}]", addresses[edge.from], edge.from + 1, edge.to + 1);
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t",
                stack(on.iter().map(details).collect()),
                stack(on.iter().map(label).collect()),
                stack(arcs.iter().map(|edge| escape(&edge.label)).collect()),
                stack(arcs.iter().map(ends).collect()),
            );
        }
    }
    out
}

/// The text of a sentence, on one line.
fn escape_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\r', "\\r")
}

fn unescape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, chars.clone().next()) {
            ('\\', Some(next @ ('\\' | 't' | 'r' | 'n'))) => {
                chars.next();
                out.push(match next {
                    't' => '\t',
                    'r' => '\r',
                    'n' => '\n',
                    _ => '\\',
                });
            }
            _ => out.push(c),
        }
    }
    out
}

/// A value of a feature: what parts values and rows gets a backslash.
fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    let mut rest = value.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => out.extend(['\\', c]),
            '-' if rest.peek() == Some(&'>') => out.push_str("\\-"),
            _ => out.push(c),
        }
    }
    out
}

fn unescape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('t') => out.push('\t'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some(other) => out.push(other),
            None => out.push('\\'),
        }
    }
    out
}

/// Cuts a field at its bars, but for those behind a backslash.
fn stacked(field: &str) -> Vec<&str> {
    let (mut out, mut from, mut escaped) = (Vec::new(), 0, false);
    for (at, c) in field.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '|' => {
                out.push(&field[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(&field[from..]);
    out
}

/// A value and the number behind it in brackets.
fn numbered(value: &str) -> (&str, Option<&str>) {
    match value.strip_suffix(']').and_then(|v| v.rsplit_once('[')) {
        Some((value, number)) if !value.ends_with('\\') => (value, Some(number)),
        _ => (value, None),
    }
}

/// What the columns behind the third hold.
enum Column {
    /// A feature of a layer of spans: number of the layer, name.
    Span(usize, String),
    /// The label of an arc.
    Role,
    /// The other end of an arc.
    End,
    Other,
}

/// The values of a span by feature, and its number.
type Values = (HashMap<String, String>, Option<String>);

/// A span while its rows are read.
struct Found {
    line: usize,
    start: u32,
    end: u32,
    /// The address of its first row.
    address: String,
    number: Option<String>,
    values: HashMap<String, String>,
}

struct Reader<'a> {
    name: &'a str,
    columns: Vec<Column>,
    layers: usize,
    text: Vec<u16>,
    /// The sentence that is being read, until its first token says where it stands.
    sentence: Option<String>,
    found: Vec<Found>,
    /// By layer and number.
    by_number: HashMap<(usize, String), usize>,
    /// Line, arc's label, address and numbers of its ends, address of this row.
    arcs: Vec<(usize, String, String, String)>,
}

pub(super) fn read(name: &str, text: &str, import: &mut Import) {
    let mut reader = Reader {
        name,
        columns: Vec::new(),
        layers: 0,
        text: Vec::new(),
        sentence: None,
        found: Vec::new(),
        by_number: HashMap::new(),
        arcs: Vec::new(),
    };
    if !text.starts_with(FORMAT) {
        import.fault(format!("{name}:1"), "not WebAnno TSV 3: the first line does not say so");
        return;
    }
    for (n, line) in text.split('\n').enumerate().skip(1) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if let Err(reason) = reader.line(n + 1, line) {
            import.fault(format!("{name}:{}", n + 1), reason);
        }
    }
    let base = Path::new(name).file_stem().map(|stem| format!("{}.txt", stem.to_string_lossy()));
    let mut read = reader.finish(import);
    if read.document.is_empty() {
        read.document = base.unwrap_or_default();
    }
    import.texts.push(read);
}

impl Reader<'_> {
    fn line(&mut self, n: usize, line: &str) -> Result<(), String> {
        if let Some(layer) = line.strip_prefix(SPANS) {
            let features = layer.split('|').skip(1);
            let layer = self.layers;
            self.columns.extend(features.map(|feature| Column::Span(layer, feature.to_owned())));
            self.layers += 1;
        } else if let Some(layer) = line.strip_prefix(ARCS) {
            let mut role = false;
            for feature in layer.split('|').skip(1) {
                let column = if feature.starts_with("BT_") {
                    Column::End
                } else if role {
                    Column::Other
                } else {
                    role = true;
                    Column::Role
                };
                self.columns.push(column);
            }
        } else if let Some(text) = line.strip_prefix(TEXT) {
            match &mut self.sentence {
                // A sentence over several lines.
                Some(before) => *before = format!("{before}\n{}", unescape_text(text)),
                None => self.sentence = Some(unescape_text(text)),
            }
        } else if !line.trim().is_empty() && !line.starts_with('#') {
            return self.row(n, line);
        }
        Ok(())
    }

    fn row(&mut self, n: usize, line: &str) -> Result<(), String> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [address, offsets, token, rest @ ..] = fields.as_slice() else {
            return Err("a row needs an address, offsets and a token".to_owned());
        };
        let place = offsets.split_once('-').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
        let (start, end): (u32, u32) = place.ok_or_else(|| format!("{offsets:?} are no offsets"))?;
        if let Some(sentence) = self.sentence.take() {
            let blank = sentence.encode_utf16().take_while(|unit| *unit == 32).count() as u32;
            let from = start.saturating_sub(blank) as usize;
            if from < self.text.len() {
                return Err(format!("the sentence begins at {from}, inside the one before it"));
            }
            self.text.resize(from, u16::from(b'\n'));
            self.text.extend(sentence.encode_utf16());
        }
        let here = self.text.get(start as usize..end as usize);
        if here.is_none_or(|units| String::from_utf16_lossy(units) != *token) {
            return Err(format!("{token:?} does not stand at {start} to {end} (in UTF-16 units)"));
        }
        // The values of this row's spans: layer and place in the stack, feature, value, number.
        let mut spans: HashMap<(usize, usize), Values> = HashMap::new();
        let (mut roles, mut ends): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for (column, field) in self.columns.iter().zip(rest).filter(|(_, field)| **field != "_") {
            for (i, value) in stacked(field).into_iter().enumerate() {
                let (value, number) = numbered(value);
                let plain = if value == "*" { String::new() } else { unescape(value) };
                match column {
                    Column::Span(layer, feature) => {
                        let span = spans.entry((*layer, i)).or_default();
                        span.0.insert(feature.clone(), plain);
                        span.1 = span.1.take().or_else(|| number.map(str::to_owned));
                    }
                    Column::Role => roles.push(plain),
                    Column::End => {
                        ends.push(number.map_or_else(|| value.to_owned(), |n| format!("{value}[{n}]")));
                    }
                    Column::Other => {}
                }
            }
        }
        for (i, end) in ends.into_iter().enumerate() {
            self.arcs.push((n, roles.get(i).cloned().unwrap_or_default(), end, (*address).to_owned()));
        }
        let mut keys: Vec<_> = spans.keys().copied().collect();
        keys.sort_unstable();
        for key in keys {
            let Some((values, number)) = spans.remove(&key) else { continue };
            let same = number.as_ref().and_then(|number| self.by_number.get(&(key.0, number.clone())));
            if let Some(&at) = same {
                let found = &mut self.found[at];
                // A part of a token stands on a row of its own, below that of the whole token.
                if address.strip_prefix(&found.address).is_some_and(|rest| rest.starts_with('.')) {
                    (found.start, found.end) = (start, end);
                } else {
                    (found.start, found.end) = (found.start.min(start), found.end.max(end));
                }
                continue;
            }
            if let Some(number) = &number {
                self.by_number.insert((key.0, number.clone()), self.found.len());
            }
            let address = (*address).to_owned();
            self.found.push(Found { line: n, start, end, address, number, values });
        }
        Ok(())
    }

    fn finish(self, import: &mut Import) -> Text {
        let text = String::from_utf16_lossy(&self.text);
        let units = units(&text);
        let point = |unit: u32| units.partition_point(|&u| u < unit) as u32;
        let mut graph = Graph::default();
        let mut details: Vec<Told> = Vec::new();
        for found in &self.found {
            let (start, end) = (point(found.start), point(found.end));
            let words = words(&text, start, end).unwrap_or(Words { start, end, text: String::new() });
            let known = found.values.get("details").map(String::as_str).unwrap_or_default();
            let label = found.values.iter().filter(|(feature, _)| *feature != "details");
            // Of other people's layers whichever feature says something.
            let label = found.values.get("label").or_else(|| label.map(|(_, value)| value).min());
            let label = label.cloned().unwrap_or_default();
            let mut entity = None;
            if known.starts_with('{') {
                match serde_json::from_str(known) {
                    Ok(told) => details.push(told),
                    Err(error) => import.fault(
                        format!("{}:{}", self.name, found.line),
                        format!("the details of an event are {}", reason(&error)),
                    ),
                }
            } else if let Some((id, name)) = known.split_once(' ') {
                entity = Some((percent::unescape(id), name.to_owned()));
            }
            graph.nodes.push(Node { label, words, entity });
        }
        for (line, label, end, here) in &self.arcs {
            let (address, numbers) = numbered(end);
            let (from, to) = numbers.and_then(|n| n.split_once('_')).unwrap_or(("0", "0"));
            let find = |number: &str, address: &str| {
                self.found.iter().position(|found| match (&found.number, number) {
                    (Some(own), n) if n != "0" => own == n,
                    _ => found.address == address,
                })
            };
            match find(from, address).zip(find(to, here)) {
                Some((from, to)) => graph.edges.push(Edge { from, to, label: label.clone() }),
                None => {
                    import.fault(format!("{}:{line}", self.name), format!("the arc to {end} leads nowhere"));
                }
            }
        }
        let document = details.first().map(|told| told.document.clone()).unwrap_or_default();
        let (events, faults) = graph.events(details);
        let place = |node: usize| format!("{}:{}", self.name, self.found[node].line);
        for (node, reason) in faults {
            import.fault(place(node), reason);
        }
        let events = events.into_iter().map(|(node, event)| (place(node), event)).collect();
        Text { document, text: Some(text), events }
    }
}
