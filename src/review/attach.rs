//! From the log to the events: which verdict stands for which event.

use std::collections::{BTreeMap, HashMap};

use super::Precision;
use super::locate::locate;
use crate::model::{Event, Span};
use crate::store::{Judgement, Verdict, undone};

/// A document as it is now.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Its id.
    pub id: &'a str,
    /// SHA-256 of its text, in hexadecimal.
    pub hash: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The events found in it.
    pub events: &'a [Event],
}

/// What was said of one event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The newest verdict that stands, of whichever reviewer: its number in the log, and what it says.
    pub current: Option<(i64, Judgement)>,
    /// The newest verdict of each reviewer that stands.
    pub by_reviewer: BTreeMap<String, (i64, Judgement)>,
    /// Notes on it, by their numbers in the log.
    pub notes: Vec<i64>,
}

impl State {
    /// Whether two reviewers who judged it said different things.
    pub fn disputed(&self) -> bool {
        let mut said =
            self.by_reviewer.values().map(|(_, judgement)| judgement).filter(|j| **j != Judgement::Skip);
        let first = said.next();
        said.any(|judgement| Some(judgement) != first)
    }

    fn add(&mut self, verdict: &Verdict) {
        let said = (verdict.seq, verdict.said.judgement);
        match verdict.said.judgement {
            Judgement::Note => self.notes.push(verdict.seq),
            Judgement::Accept | Judgement::Reject | Judgement::Skip | Judgement::Correct => {
                let own = self.by_reviewer.entry(verdict.said.reviewer.clone()).or_insert(said);
                *own = said.max_by_seq(*own);
                self.current = Some(self.current.map_or(said, |current| said.max_by_seq(current)));
            }
            Judgement::Missed | Judgement::Undo => {}
        }
    }
}

trait BySeq {
    fn max_by_seq(self, other: Self) -> Self;
}

impl BySeq for (i64, Judgement) {
    fn max_by_seq(self, other: Self) -> Self {
        if self.0 >= other.0 { self } else { other }
    }
}

/// An event that a reviewer found and the extractor did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Number of the verdict in the log.
    pub seq: i64,
    /// Id of the document, as it is called now.
    pub document: String,
    /// The marked words, in bytes.
    pub span: Span,
}

/// A log, attached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attached {
    /// What was said of each event, by the event's id.
    pub events: HashMap<String, State>,
    /// Events that were marked as missed, in the order of the log.
    pub missed: Vec<Missed>,
    /// Numbers of the standing verdicts that found nothing to attach to, in the order of the log.
    pub unattached: Vec<i64>,
}

impl Attached {
    /// The share of right events so far: the newest verdict on each counts.
    pub fn precision(&self) -> Precision {
        Precision::of(self.events.values().filter_map(|state| state.current.map(|(_, judgement)| judgement)))
    }

    /// Puts what came document by document into the order of the log.
    pub(super) fn settle(&mut self) {
        self.missed.sort_by_key(|missed| missed.seq);
        self.unattached.sort_unstable();
        for state in self.events.values_mut() {
            state.notes.sort_unstable();
        }
    }
}

/// Attaches a log (oldest first) to `documents`. A verdict belongs to the document with the content
/// hash it was given on, else to the one with its id; there to the event of its id, else to the one
/// whose trigger stands where it points ([`locate`]).
pub fn attach(log: &[Verdict], documents: &[Seen<'_>]) -> Attached {
    let mut attached = Attached::default();
    for ((id, hash), verdicts) in by_document(log) {
        let near = documents.iter().filter(|seen| seen.hash == hash || seen.id == id);
        match near.max_by_key(|seen| (seen.hash == hash, seen.id == id)) {
            Some(seen) => to_document(&verdicts, seen, &mut attached),
            None => attached.unattached.extend(verdicts.iter().map(|verdict| verdict.seq)),
        }
    }
    attached.settle();
    attached
}

/// The verdicts that stand, by id and hash of the document they were given on.
pub(super) fn by_document(log: &[Verdict]) -> BTreeMap<(&str, &str), Vec<&Verdict>> {
    let undone = undone(log);
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for verdict in log {
        if verdict.said.judgement != Judgement::Undo && !undone.contains(&verdict.seq) {
            groups
                .entry((verdict.said.document.as_str(), verdict.said.hash.as_str()))
                .or_default()
                .push(verdict);
        }
    }
    groups
}

/// Attaches verdicts to the events of the one document they belong to.
pub(super) fn to_document(verdicts: &[&Verdict], seen: &Seen<'_>, attached: &mut Attached) {
    let by_id: HashMap<&str, &Event> = seen.events.iter().map(|event| (event.id.as_str(), event)).collect();
    for &verdict in verdicts {
        let same = verdict.said.hash == seen.hash;
        // An id holds the trigger's place; in a changed text another happening may stand there.
        let known = by_id.get(verdict.said.event_id.as_str()).copied();
        let known = known.filter(|event| same || event.trigger.of(seen.text) == verdict.said.selector.exact);
        let mut span = None;
        let event = known.or_else(|| {
            span = locate(&verdict.said.selector, seen.text, same);
            if verdict.said.judgement == Judgement::Missed { None } else { at(span?, verdict, seen.events) }
        });
        match (event, span) {
            (Some(event), _) => attached.events.entry(event.id.clone()).or_default().add(verdict),
            (None, Some(span)) if verdict.said.judgement == Judgement::Missed => {
                attached.missed.push(Missed { seq: verdict.seq, document: seen.id.to_owned(), span });
            }
            (None, _) => attached.unattached.push(verdict.seq),
        }
    }
}

/// The event whose trigger shares words with `span`: best one of the type that was judged, then the
/// one that shares most.
fn at<'e>(span: Span, verdict: &Verdict, events: &'e [Event]) -> Option<&'e Event> {
    let judged = verdict.said.before.as_ref().and_then(|before| before.get("type")?.as_str());
    events.iter().filter(|event| event.trigger.overlaps(span)).max_by_key(|event| {
        let common = event.trigger.end.min(span.end) - event.trigger.start.max(span.start);
        (judged == Some(event.kind.name()), common)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EventType, Status};
    use crate::store::{NewVerdict, Selector, content_hash};
    use chrono::DateTime;

    const OLD: &str = "دعا الوزير إلى محادثات، لكن الوفد رفض ذلك في اليوم نفسه";

    fn event(text: &str, word: &str, kind: EventType, id: &str) -> Event {
        let start = text.find(word).unwrap() as u32;
        let trigger = Span::new(start, start + word.len() as u32);
        Event {
            id: id.to_owned(),
            trigger,
            extent: trigger,
            kind,
            status: Status::Occurred,
            date: None,
            actors: Vec::new(),
            places: Vec::new(),
            confidence: 1.0,
            evidence: Vec::new(),
        }
    }

    fn verdict(seq: i64, reviewer: &str, judgement: Judgement, word: &str, event_id: &str) -> Verdict {
        let start = OLD.find(word).unwrap() as u32;
        let said = NewVerdict {
            reviewer: reviewer.to_owned(),
            judgement,
            document: "a.txt".to_owned(),
            hash: content_hash(OLD),
            selector: Selector::new(OLD, Span::new(start, start + word.len() as u32)),
            event_id: event_id.to_owned(),
            before: Some(serde_json::json!({"type": "REJECT"})),
            after: None,
            note: None,
        };
        Verdict { seq, at: DateTime::UNIX_EPOCH, said, undoes: None, batch: None }
    }

    fn undo(seq: i64, undoes: i64) -> Verdict {
        Verdict { undoes: Some(undoes), ..verdict(seq, "me", Judgement::Undo, "رفض", "e2") }
    }

    fn attached(log: &[Verdict], id: &str, text: &str, events: &[Event]) -> Attached {
        attach(log, &[Seen { id, hash: &content_hash(text), text, events }])
    }

    #[test]
    fn the_newest_standing_verdict_counts() {
        let events =
            [event(OLD, "دعا", EventType::Request, "e1"), event(OLD, "رفض", EventType::Reject, "e2")];
        let log = [
            verdict(1, "me", Judgement::Accept, "رفض", "e2"),
            verdict(2, "you", Judgement::Reject, "رفض", "e2"),
            verdict(3, "me", Judgement::Note, "رفض", "e2"),
            verdict(4, "me", Judgement::Accept, "دعا", "e1"),
            undo(5, 4),
        ];
        let found = attached(&log, "a.txt", OLD, &events);
        let state = &found.events["e2"];
        assert_eq!(state.current, Some((2, Judgement::Reject)));
        assert_eq!(state.by_reviewer["me"], (1, Judgement::Accept));
        assert!(state.disputed());
        assert_eq!(state.notes, [3]);
        assert!(!found.events.contains_key("e1"));
        assert_eq!(found.precision(), Precision { accepted: 0, rejected: 1, corrected: 0 });
        assert!(found.unattached.is_empty());
        // The undo of the undo.
        let log: Vec<_> = log.into_iter().chain([undo(6, 5)]).collect();
        let found = attached(&log, "a.txt", OLD, &events);
        assert_eq!(found.events["e1"].current, Some((4, Judgement::Accept)));
        assert_eq!(found.precision().value(), Some(0.5));
    }

    #[test]
    fn verdicts_follow_their_words() {
        let log = [verdict(1, "me", Judgement::Accept, "رفض", "e2")];
        // Another extractor: other ids, a wider trigger, a second event on the same words.
        let events =
            [event(OLD, "رفض ذلك", EventType::Reject, "x1"), event(OLD, "رفض", EventType::Accuse, "x2")];
        assert!(attached(&log, "a.txt", OLD, &events).events.contains_key("x1"));
        // The file was renamed.
        assert!(attached(&log, "b.txt", OLD, &events).events.contains_key("x1"));
        // The text was edited, and another event has the old id now.
        let new = format!("مقدمة جديدة: {OLD}");
        let events =
            [event(&new, "دعا", EventType::Request, "e2"), event(&new, "رفض", EventType::Reject, "y")];
        let found = attached(&log, "a.txt", &new, &events);
        assert_eq!(found.events.keys().collect::<Vec<_>>(), ["y"]);
    }

    #[test]
    fn what_finds_nothing_is_listed() {
        let log = [
            verdict(1, "me", Judgement::Accept, "رفض", "e2"),
            verdict(2, "me", Judgement::Missed, "محادثات", ""),
            undo(3, 1),
            verdict(4, "me", Judgement::Reject, "رفض", "e2"),
        ];
        // The extractor no longer finds it; what was marked as missed still has its place.
        let found = attached(&log, "a.txt", OLD, &[]);
        assert_eq!(found.unattached, [4]);
        assert_eq!(found.missed.len(), 1);
        assert_eq!(found.missed[0].span.of(OLD), "محادثات");
        assert_eq!(found.precision().value(), None);
        // The words are gone, or the document.
        assert_eq!(attached(&log, "a.txt", "خبر آخر", &[]).unattached, [2, 4]);
        assert_eq!(attach(&log, &[]).unattached, [2, 4]);
    }
}
