//! brat standoff: for each document a `.txt` with the text and a `.ann` with the annotations, and an
//! `annotation.conf` for the folder; offsets in code points. Events are `E` lines on triggers, the
//! entities that are mentioned `N` lines, what brat has no shape for a `#` line of type `WaqaiEvent`.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use super::data::{Told, Words};
use super::doccano::{beyond, words};
use super::graph::{Edge, Graph, Node, arcs, labels};
use super::json::{json, reason};
use super::percent::{escape, unescape};
use super::{Import, Skipped, Text, file_names, whole};
use crate::model::{EventType, Status};

/// The type of the note that holds the record of an event.
const NOTE: &str = "WaqaiEvent";

pub(super) fn write(folder: &Path, texts: &[Text]) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (text, name) in texts.iter().zip(file_names(texts)) {
        whole(&folder.join(format!("{name}.txt")), text.words())?;
        whole(&folder.join(format!("{name}.ann")), &annotations(text))?;
    }
    whole(&folder.join("annotation.conf"), &configuration())
}

fn configuration() -> String {
    let events: Vec<&str> = labels().filter(|label| EventType::parse(label).is_some()).collect();
    let entities: Vec<&str> = labels().filter(|label| EventType::parse(label).is_none()).collect();
    let roles: Vec<String> = arcs().map(|arc| format!("{arc}*:<ENTITY>")).collect();
    let events: Vec<String> = events.iter().map(|event| format!("{event}\t{}", roles.join(", "))).collect();
    format!(
        "[entities]\n{}\n\n[relations]\n\n[events]\n{}\n\n[attributes]\nPlanned\tArg:<EVENT>\n",
        entities.join("\n"),
        events.join("\n")
    )
}

fn annotations(text: &Text) -> String {
    let events = text.told();
    let graph = Graph::of(&events);
    let mut out = String::new();
    for (i, node) in graph.nodes.iter().enumerate() {
        let (places, words) = fragments(text.words(), &node.words);
        let _ = writeln!(out, "T{}\t{} {places}\t{words}", i + 1, node.label);
    }
    let mut notes = 0;
    for (i, node) in graph.nodes.iter().enumerate() {
        if let Some((id, name)) = node.entity.as_ref().filter(|(id, _)| !id.is_empty()) {
            notes += 1;
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(out, "N{notes}\tReference T{} Waqai:{}\t{name}", i + 1, escape(id, ""));
        }
    }
    for (i, event) in events.iter().enumerate() {
        let mut line = format!("E{}\t{}:T{}", i + 1, event.kind.name(), i + 1);
        let mut often: HashMap<&str, usize> = HashMap::new();
        for edge in graph.edges.iter().filter(|edge| edge.from == i) {
            // brat numbers the second and further arguments of a part.
            let n = often.entry(&edge.label).and_modify(|n| *n += 1).or_insert(1);
            let number = if *n > 1 { n.to_string() } else { String::new() };
            let _ = write!(line, " {}{number}:T{}", edge.label, edge.to + 1);
        }
        out.push_str(&line);
        out.push('\n');
    }
    for (i, event) in events.iter().enumerate() {
        if event.status == Status::Planned {
            let _ = writeln!(out, "A{0}\tPlanned E{0}", i + 1);
        }
        let _ = writeln!(out, "#{0}\t{NOTE} E{0}\t{1}", i + 1, json(event));
    }
    out
}

/// A span as brat writes it: no fragment may hold a line end.
fn fragments(text: &str, at: &Words) -> (String, String) {
    let Some(found) = words(text, at.start, at.end) else {
        return (format!("{} {}", at.start, at.end), at.text.replace('\n', " "));
    };
    let (mut start, mut places, mut pieces) = (at.start, Vec::new(), Vec::new());
    for line in found.text.split('\n') {
        let end = start + line.chars().count() as u32;
        if !line.is_empty() {
            places.push(format!("{start} {end}"));
            pieces.push(line);
        }
        start = end + 1;
    }
    (places.join(";"), pieces.join(" "))
}

/// Reads one `.ann`, with the `.txt` beside it where there is one; `root` is what was named on the
/// command line.
pub(super) fn read(root: &Path, file: &Path, import: &mut Import) {
    let name = file.display().to_string();
    let content = match std::fs::read_to_string(file) {
        Ok(content) => content,
        Err(error) => return import.faults.push(Skipped::io(&name, &error)),
    };
    // Windows line ends count in brat as they do in the text.
    let text = std::fs::read_to_string(file.with_extension("txt")).ok();
    let below = file.strip_prefix(root).ok().filter(|path| !path.as_os_str().is_empty());
    let path = below.unwrap_or_else(|| file.file_name().map_or(file, Path::new)).with_extension("txt");
    let mut ann = Ann { name, text, ..Ann::default() };
    for (n, line) in content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        ann.line(n + 1, line, import);
    }
    let mut read = ann.finish(import);
    if read.document.is_empty() {
        read.document = path.to_string_lossy().into_owned();
    }
    import.texts.push(read);
}

/// An `E` line.
struct EventLine {
    line: usize,
    id: String,
    /// Id of the trigger's span.
    trigger: String,
    /// Part and id of what has it.
    parts: Vec<(String, String)>,
}

/// A `.ann` while it is read.
#[derive(Default)]
struct Ann {
    name: String,
    text: Option<String>,
    graph: Graph,
    /// Node by id of the `T` line.
    spans: HashMap<String, usize>,
    events: Vec<EventLine>,
    planned: Vec<String>,
    references: Vec<(usize, String, String, String)>,
    details: Vec<Told>,
}

impl Ann {
    fn place(&self, line: usize) -> String {
        format!("{}:{line}", self.name)
    }

    fn line(&mut self, n: usize, line: &str, import: &mut Import) {
        let mut fields = line.splitn(3, '\t');
        let (id, what, rest) =
            (fields.next().unwrap_or_default(), fields.next().unwrap_or_default(), fields.next());
        let done = match id.chars().next() {
            Some('T') => self.span(id, what, rest.unwrap_or_default()),
            Some('E') => self.event(n, id, what),
            Some('N') => self.reference(n, what, rest.unwrap_or_default()),
            Some('A' | 'M') => {
                let mut words = what.split(' ');
                if let (Some("Planned"), Some(id)) = (words.next(), words.next()) {
                    self.planned.push(id.to_owned());
                }
                Ok(())
            }
            Some('#') if what.starts_with(NOTE) => self.note(rest.unwrap_or_default()),
            // Relations, equivalences and people's notes say nothing of events.
            Some('R' | '*' | '#') => Ok(()),
            _ => Err("no line of brat standoff".to_owned()),
        };
        if let Err(reason) = done {
            import.fault(self.place(n), reason);
        }
    }

    /// `T1 <tab> TYPE 0 5;7 9 <tab> words`.
    fn span(&mut self, id: &str, what: &str, quoted: &str) -> Result<(), String> {
        let (label, places) = what.split_once(' ').ok_or("a span without a place")?;
        let numbers: Option<Vec<u32>> = places.split([' ', ';']).map(|number| number.parse().ok()).collect();
        let numbers = numbers.ok_or_else(|| format!("{places:?} is no place"))?;
        let (Some(&start), Some(&end)) = (numbers.iter().min(), numbers.iter().max()) else {
            return Err("a span without a place".to_owned());
        };
        let words = match &self.text {
            Some(text) => {
                let found = words(text, start, end).ok_or_else(|| beyond(label, start, end))?;
                let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                if numbers.len() == 2 && plain(&found.text) != plain(quoted) {
                    return Err(format!(
                        "{quoted:?} is said to stand at {start} to {end}, where {:?} stands",
                        found.text
                    ));
                }
                found
            }
            None => {
                Words { start, end, text: if numbers.len() == 2 { quoted.to_owned() } else { String::new() } }
            }
        };
        self.spans.insert(id.to_owned(), self.graph.nodes.len());
        self.graph.nodes.push(Node { label: label.to_owned(), words, entity: None });
        Ok(())
    }

    /// `E1 <tab> TYPE:T1 role:T2 …`.
    fn event(&mut self, n: usize, id: &str, what: &str) -> Result<(), String> {
        let pairs: Option<Vec<_>> = what.split_whitespace().map(|pair| pair.split_once(':')).collect();
        let pairs = pairs.ok_or_else(|| format!("{what:?} are no parts of an event"))?;
        let ((_, trigger), parts) = pairs.split_first().ok_or("an event without a trigger")?;
        let parts = parts.iter().map(|(role, id)| ((*role).to_owned(), (*id).to_owned())).collect();
        self.events.push(EventLine { line: n, id: id.to_owned(), trigger: (*trigger).to_owned(), parts });
        Ok(())
    }

    /// `N1 <tab> Reference T1 Waqai:id <tab> name`.
    fn reference(&mut self, n: usize, what: &str, name: &str) -> Result<(), String> {
        let mut words = what.split(' ').skip(1);
        let (Some(target), Some(id)) = (words.next(), words.next()) else {
            return Err("a reference without a target".to_owned());
        };
        // Ids of other knowledge bases keep their prefix.
        let id = unescape(id.strip_prefix("Waqai:").unwrap_or(id));
        self.references.push((n, target.to_owned(), id, name.to_owned()));
        Ok(())
    }

    fn note(&mut self, rest: &str) -> Result<(), String> {
        let told = serde_json::from_str(rest);
        self.details.push(told.map_err(|e| format!("the details of an event are {}", reason(&e)))?);
        Ok(())
    }

    fn finish(mut self, import: &mut Import) -> Text {
        for (line, target, id, name) in std::mem::take(&mut self.references) {
            match self.spans.get(&target).and_then(|&at| self.graph.nodes.get_mut(at)) {
                Some(node) => node.entity = Some((id, name)),
                None => import.fault(self.place(line), format!("{target} is not there")),
            }
        }
        let mut lines = HashMap::new();
        let mut planned = Vec::new();
        for EventLine { line, id, trigger, parts } in std::mem::take(&mut self.events) {
            let Some(&from) = self.spans.get(&trigger) else {
                import.fault(self.place(line), format!("the trigger {trigger} of {id} is not there"));
                continue;
            };
            // Several events may share a trigger's span; each gets a node of its own.
            let from = match lines.entry(from) {
                std::collections::hash_map::Entry::Vacant(free) => {
                    free.insert(line);
                    from
                }
                std::collections::hash_map::Entry::Occupied(_) => {
                    self.graph.nodes.push(self.graph.nodes[from].clone());
                    lines.insert(self.graph.nodes.len() - 1, line);
                    self.graph.nodes.len() - 1
                }
            };
            if self.planned.contains(&id) {
                planned.push(from);
            }
            for (label, target) in parts {
                match self.spans.get(&target) {
                    Some(&to) => self.graph.edges.push(Edge { from, to, label }),
                    // An event as a part of an event has no place in ours.
                    None if target.starts_with('E') => {}
                    None => import.fault(self.place(line), format!("{target} of {id} is not there")),
                }
            }
        }
        let document = self.details.first().map(|told| told.document.clone()).unwrap_or_default();
        let (events, faults) = self.graph.events(std::mem::take(&mut self.details));
        for (node, reason) in faults {
            let id = self.spans.iter().find(|(_, at)| **at == node).map_or("", |(id, _)| id.as_str());
            import.fault(self.name.clone(), format!("{id}: {reason}"));
        }
        let events = events
            .into_iter()
            // A span with the label of a type is an event only where an `E` line says so.
            .filter_map(|(node, mut event)| {
                let line = *lines.get(&node)?;
                if planned.contains(&node) {
                    event.status = Status::Planned;
                } else if event.status == Status::Planned {
                    event.status = Status::Occurred;
                }
                Some((self.place(line), event))
            })
            .collect();
        Text { document, text: self.text, events }
    }
}
