//! Events that were handed over, put into the documents that they were found in: which document is
//! meant, whether the words stand where they are said to stand, code points to bytes.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::data::{Named, Told, Words};
use super::{Import, Skipped, Text};
use crate::extract::extract_dates;
use crate::model::{
    Annotations, DateBasis, Document, Entity, Event, EventDate, EventType, Participant, Role, Span,
};
use crate::store::content_hash;
use crate::text::CodePoints;

/// Events of another extraction, by document.
#[derive(Clone, Debug, Default)]
pub struct Given {
    texts: Vec<Text>,
    /// By id; by the last part of the id without `.txt`, none where several share it; by the text.
    by_id: HashMap<String, usize>,
    by_base: HashMap<String, Option<usize>>,
    by_text: HashMap<String, usize>,
}

impl Given {
    /// Takes what was read; what one document has in several places goes together.
    pub fn new(import: Import) -> Self {
        let mut given = Self::default();
        for text in import.texts {
            let hash = text.text.as_deref().map(content_hash);
            let known = match (&text.document, &hash) {
                (id, Some(hash)) if id.is_empty() => given.by_text.get(hash).copied(),
                (id, _) => given.by_id.get(id).copied(),
            };
            if let Some(at) = known {
                given.texts[at].events.extend(text.events);
                continue;
            }
            let at = given.texts.len();
            if !text.document.is_empty() {
                given.by_id.insert(text.document.clone(), at);
                given
                    .by_base
                    .entry(base(&text.document).to_owned())
                    .and_modify(|e| *e = None)
                    .or_insert(Some(at));
            }
            if let Some(hash) = hash {
                given.by_text.entry(hash).or_insert(at);
            }
            given.texts.push(text);
        }
        given
    }

    /// Which of the texts `document` is: by id, else by the last part of its id, else by its text.
    fn place(&self, document: &Document) -> Option<usize> {
        let by_id = self.by_id.get(&document.id).copied();
        let by_base = || self.by_base.get(base(&document.id)).copied().flatten();
        by_id.or_else(by_base).or_else(|| self.by_text.get(&content_hash(&document.text)).copied())
    }

    /// The events of `document`, and what is wrong with those that do not fit it.
    pub fn annotations(&self, document: &Document) -> (Annotations, Vec<Skipped>) {
        let Some(at) = self.place(document) else { return (Annotations::default(), Vec::new()) };
        Resolver::new(document).all(&self.texts[at].events)
    }

    /// The number of the text that `document` is, for [`Given::unseen`].
    pub fn number(&self, document: &Document) -> Option<usize> {
        self.place(document)
    }

    /// Faults for the texts whose numbers are not in `seen`, as far as they have events.
    pub fn unseen(&self, seen: &std::collections::HashSet<usize>) -> Vec<Skipped> {
        let texts =
            self.texts.iter().enumerate().filter(|(i, text)| !seen.contains(i) && !text.events.is_empty());
        texts
            .map(|(_, text)| {
                let place = text.events.first().map_or("", |(place, _)| place.as_str());
                let (n, noun) = (text.events.len(), if text.events.len() == 1 { "event" } else { "events" });
                let which = if text.document.is_empty() { "its text" } else { text.document.as_str() };
                Skipped::new(
                    place,
                    format!("unknown document: {n} {noun} left out, {which} is not among those read"),
                )
            })
            .collect()
    }

    /// A hash of all that was handed over, for what depends on it.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for text in &self.texts {
            hash.update(text.document.as_bytes());
            for (_, event) in &text.events {
                hash.update([0]);
                hash.update(super::json::json(event).as_bytes());
            }
        }
        hash.finalize().iter().take(8).fold(String::new(), |id, byte| id + &format!("{byte:02x}"))
    }
}

/// The event that `told` tells of `document`, with the entities that it points to.
///
/// # Errors
/// In words, where its words do not stand where it says.
pub fn place(document: &Document, told: &Told) -> Result<(Event, Vec<Entity>), String> {
    let mut resolver = Resolver::new(document);
    let event = resolver.event(told)?;
    Ok((event, resolver.found.entities))
}

fn base(id: &str) -> &str {
    let base = id.rsplit('/').next().unwrap_or(id);
    base.strip_suffix(".txt").unwrap_or(base)
}

/// Puts events into one document.
struct Resolver<'d> {
    document: &'d Document,
    points: CodePoints<'d>,
    found: Annotations,
    entities: HashMap<String, u32>,
    /// The dates that the program finds itself, once they are needed.
    dates: Option<Annotations>,
}

impl<'d> Resolver<'d> {
    fn new(document: &'d Document) -> Self {
        let points = CodePoints::new(&document.text);
        Self { document, points, found: Annotations::default(), entities: HashMap::new(), dates: None }
    }

    fn all(mut self, events: &[(String, Told)]) -> (Annotations, Vec<Skipped>) {
        let mut faults = Vec::new();
        let mut ids = std::collections::HashSet::new();
        for (place, told) in events {
            match self.event(told) {
                Ok(event) if !ids.insert(event.id.clone()) => {
                    faults.push(Skipped::new(place, format!("a second event with the id {}", event.id)));
                }
                Ok(event) => self.found.events.push(event),
                Err(reason) => faults.push(Skipped::new(place, reason)),
            }
        }
        self.found.events.sort_by_key(|event| event.trigger);
        (self.found, faults)
    }

    /// The bytes of those words, which have to stand there.
    fn span(&self, what: &str, words: &Words) -> Result<Span, String> {
        let Words { start, end, text } = words;
        let bytes = self.points.to_byte(*start).zip(self.points.to_byte(*end)).filter(|_| start < end);
        let Some((from, to)) = bytes else {
            let length = self.points.of_byte(self.document.text.len() as u32);
            return Err(format!(
                "wrong offsets: the {what} stands at {start} to {end}, {} has {length} code points",
                self.document.id
            ));
        };
        let span = Span::new(from, to);
        let here = span.of(&self.document.text);
        if !text.is_empty() && here != text {
            return Err(format!(
                "wrong offsets: the {what} is {text:?}, at {start} to {end} stands {here:?}"
            ));
        }
        Ok(span)
    }

    fn event(&mut self, told: &Told) -> Result<Event, String> {
        let trigger = self.span("trigger", &told.trigger)?;
        let extent = match &told.extent {
            Some(words) => self.span("extent", words)?.cover(trigger),
            None => self.line(trigger),
        };
        let date = match &told.date {
            Some(date) => {
                let mention = date.words().map(|words| self.span("date", &words)).transpose()?;
                let known = mention.filter(|_| date.value.is_empty()).and_then(|span| self.value(span));
                let (value, basis) = known.unwrap_or_else(|| (date.value.clone(), date.basis));
                Some(EventDate { value, mention, basis })
            }
            None => None,
        };
        let actors = self.participants(&told.actors)?;
        let places = self.participants(&told.places)?;
        let id = if told.id.is_empty() { self.id(told.kind, trigger) } else { told.id.clone() };
        let confidence = told.confidence.filter(|c| c.is_finite()).unwrap_or(1.0).clamp(0.0, 1.0);
        Ok(Event {
            id,
            trigger,
            extent,
            kind: told.kind,
            status: told.status,
            date,
            actors,
            places,
            confidence: confidence as f32,
            evidence: told.evidence.clone(),
        })
    }

    /// The line that holds the trigger: what stands for the extent where none was given.
    fn line(&self, trigger: Span) -> Span {
        let text = &self.document.text;
        let start = text.get(..trigger.start as usize).and_then(|t| t.rfind('\n')).map_or(0, |n| n + 1);
        let rest = text.get(trigger.end as usize..).unwrap_or_default();
        let end = trigger.end as usize + rest.find('\n').unwrap_or(rest.len());
        Span::new(start as u32, end as u32)
    }

    /// The value of the date expression there, as the program reads it.
    fn value(&mut self, span: Span) -> Option<(String, DateBasis)> {
        let dates = self.dates.get_or_insert_with(|| extract_dates(self.document));
        let date = dates.dates.iter().find(|date| date.span.overlaps(span))?;
        Some((date.value.clone(), date.basis))
    }

    fn participants(&mut self, list: &[Named]) -> Result<Vec<Participant>, String> {
        let mut out: Vec<Participant> = Vec::new();
        for named in list {
            let mut mentions = Vec::new();
            for words in &named.mentions {
                mentions.push(self.span("mention", words)?);
            }
            let entity = self.entity(named);
            out.push(Participant { entity, role: named.role.unwrap_or(Role::Participant), mentions });
        }
        Ok(out)
    }

    fn entity(&mut self, named: &Named) -> u32 {
        let name = if named.name.is_empty() { &named.name_en } else { &named.name };
        let name = if name.is_empty() { named.mentions.first().map_or(&named.id, |m| &m.text) } else { name };
        let id = if named.id.is_empty() { slug(name) } else { named.id.clone() };
        let entities = &mut self.found.entities;
        *self.entities.entry(id.clone()).or_insert_with(|| {
            entities.push(Entity {
                id,
                name: name.clone(),
                name_en: named.name_en.clone(),
                kind: named.kind,
                country: None,
            });
            entities.len() as u32 - 1
        })
    }

    fn id(&self, kind: EventType, trigger: Span) -> String {
        let text = format!("{}\0{}\0{}", self.document.id, kind.name(), trigger.start);
        content_hash(&text)[..12].to_owned()
    }
}

/// A name as an id: its words joined by hyphens.
fn slug(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join("-").to_lowercase()
}
