//! The verdicts on the events on screen, backed by the log: a verdict shows only once it is saved.

use std::collections::{HashMap, HashSet};

use crate::model::Event;
use crate::store::{DocumentRow, Judgement, NewVerdict, Selector, StoreError, Verdict, VerdictLog, undone};

/// How often something was accepted, of those that were judged right or wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Precision {
    /// Accepted as they were.
    pub right: usize,
    /// Accepted, rejected or corrected.
    pub of: usize,
}

/// The log and what stands in it.
#[derive(Debug, Default)]
pub struct Reviews {
    log: Option<VerdictLog>,
    reviewer: String,
    all: Vec<Verdict>,
    /// Ids and content hashes of the documents on hand.
    documents: HashSet<String>,
    /// The verdict that stands for an event of these documents, by its id.
    standing: HashMap<String, Judgement>,
}

impl Reviews {
    /// Reads the log. Without one verdicts cannot be given.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn new(log: Option<VerdictLog>, reviewer: String) -> Result<Self, StoreError> {
        let all = log.as_ref().map_or(Ok(Vec::new()), VerdictLog::all)?;
        Ok(Self { log, reviewer, all, ..Self::default() })
    }

    /// Says which documents are on hand: the log may hold verdicts on others, which do not count
    /// here.
    pub fn scope(&mut self, documents: &[DocumentRow]) {
        self.documents = documents.iter().flat_map(|d| [d.id.clone(), d.hash.clone()]).collect();
        self.settle();
    }

    fn settle(&mut self) {
        let undone = undone(&self.all);
        self.standing = self
            .all
            .iter()
            .filter(|v| !undone.contains(&v.seq) && !v.event_id.is_empty())
            .filter(|v| self.documents.contains(&v.hash) || self.documents.contains(&v.document))
            .filter(|v| !matches!(v.judgement, Judgement::Undo | Judgement::Note | Judgement::Missed))
            .map(|v| (v.event_id.clone(), v.judgement))
            .collect();
    }

    /// The verdict on an event.
    pub fn on(&self, event_id: &str) -> Option<Judgement> {
        self.standing.get(event_id).copied()
    }

    /// How many events have a verdict.
    pub fn count(&self) -> usize {
        self.standing.len()
    }

    /// The share of right ones so far.
    pub fn precision(&self) -> Precision {
        let count = |j| self.standing.values().filter(|&&v| v == j).count();
        let right = count(Judgement::Accept);
        Precision { right, of: right + count(Judgement::Reject) + count(Judgement::Correct) }
    }

    /// Judges an event of the document `id`, whose text is `text` and hashes to `hash`.
    ///
    /// # Errors
    /// When the verdict could not be saved; then it does not stand.
    pub fn judge(
        &mut self,
        judgement: Judgement,
        id: &str,
        hash: &str,
        text: &str,
        event: &Event,
    ) -> Result<(), String> {
        let Some(log) = &mut self.log else { return Err(NO_LOG.into()) };
        let new = NewVerdict {
            reviewer: self.reviewer.clone(),
            judgement,
            document: id.to_owned(),
            hash: hash.to_owned(),
            selector: Selector::new(text, event.trigger),
            event_id: event.id.clone(),
            before: serde_json::to_value(event).ok(),
            after: None,
            note: None,
        };
        let saved = log.append(&new).map_err(|e| e.to_string())?;
        self.all.push(saved);
        self.settle();
        Ok(())
    }

    /// Takes back the newest verdict; the record that does so, or none where there is nothing to undo.
    ///
    /// # Errors
    /// When the undoing could not be saved.
    pub fn undo(&mut self) -> Result<Option<Verdict>, String> {
        self.step(VerdictLog::undo)
    }

    /// Restores the verdict undone last; the record that does so, or none where there is none.
    ///
    /// # Errors
    /// When the restoring could not be saved.
    pub fn redo(&mut self) -> Result<Option<Verdict>, String> {
        self.step(VerdictLog::redo)
    }

    fn step(
        &mut self,
        change: impl FnOnce(&mut VerdictLog, &str) -> Result<Option<Verdict>, StoreError>,
    ) -> Result<Option<Verdict>, String> {
        let Some(log) = &mut self.log else { return Err(NO_LOG.into()) };
        let saved = change(log, &self.reviewer).map_err(|e| e.to_string())?;
        if let Some(verdict) = &saved {
            self.all.push(verdict.clone());
            self.settle();
        }
        Ok(saved)
    }
}

/// What is said where verdicts have no place to be kept.
const NO_LOG: &str = "no verdict log is open: verdicts cannot be saved";
