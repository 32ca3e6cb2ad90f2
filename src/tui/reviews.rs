//! The verdicts on the events on screen, backed by the log: a verdict shows only once it is saved.

use std::collections::HashMap;

use crate::model::{Annotations, Document, Event};
use crate::review::{self, Precision, Seen};
use crate::store::{Index, Judgement, StoreError, Verdict, VerdictLog, content_hash};

/// The log and what stands in it.
#[derive(Debug, Default)]
pub struct Reviews {
    log: Option<VerdictLog>,
    reviewer: String,
    all: Vec<Verdict>,
    /// The verdict that stands for an event of the corpus on hand, by the event's id.
    standing: HashMap<String, Judgement>,
}

/// What is said where verdicts have no place to be kept.
const NO_LOG: &str = "no verdict log is open: verdicts cannot be saved";

impl Reviews {
    /// Reads the log. Without one verdicts cannot be given.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn new(log: Option<VerdictLog>, reviewer: String) -> Result<Self, StoreError> {
        let all = log.as_ref().map_or(Ok(Vec::new()), VerdictLog::all)?;
        Ok(Self { log, reviewer, all, standing: HashMap::new() })
    }

    /// Finds the events of the corpus on hand that the log speaks of.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn attach(&mut self, index: &Index) -> Result<(), StoreError> {
        let attached = review::attach_all(&self.all, index)?;
        self.standing =
            attached.events.into_iter().filter_map(|(id, state)| Some((id, state.current?.1))).collect();
        Ok(())
    }

    /// Finds anew what the log says of the events of one document.
    fn attach_document(&mut self, document: &Document, annotations: &Annotations) {
        let hash = content_hash(&document.text);
        let log: Vec<Verdict> = self
            .all
            .iter()
            .filter(|v| v.said.hash == hash || v.said.document == document.id)
            .cloned()
            .collect();
        let seen = Seen { id: &document.id, hash: &hash, text: &document.text, events: &annotations.events };
        let attached = review::attach(&log, &[seen]);
        for event in &annotations.events {
            match attached.events.get(&event.id).and_then(|state| state.current) {
                Some((_, judgement)) => self.standing.insert(event.id.clone(), judgement),
                None => self.standing.remove(&event.id),
            };
        }
    }

    /// The verdicts that stand, by the ids of the events.
    pub fn standing(&self) -> impl Iterator<Item = (&str, Judgement)> {
        self.standing.iter().map(|(id, judgement)| (id.as_str(), *judgement))
    }

    /// The verdict on an event.
    pub fn on(&self, event_id: &str) -> Option<Judgement> {
        self.standing.get(event_id).copied()
    }

    /// How many events were judged, and the share of right ones. What was skipped is left open, so it
    /// is not judged.
    pub fn precision(&self) -> Precision {
        Precision::of(self.standing.values().copied())
    }

    /// Judges an event that was found in a document.
    ///
    /// # Errors
    /// When the verdict could not be saved; then it does not stand.
    pub fn judge(
        &mut self,
        judgement: Judgement,
        document: &Document,
        annotations: &Annotations,
        event: &Event,
    ) -> Result<(), String> {
        let Some(log) = &mut self.log else { return Err(NO_LOG.into()) };
        let new = review::on_event(&self.reviewer, judgement, document, annotations, event);
        let saved = log.append(&new).map_err(|e| e.to_string())?;
        self.all.push(saved);
        self.attach_document(document, annotations);
        Ok(())
    }

    /// Takes back the newest verdict, or with `redo` restores the one taken back last; the record
    /// that does so, or none where there is nothing to do.
    ///
    /// # Errors
    /// When that could not be saved, or the index cannot be read.
    pub fn take_back(&mut self, redo: bool, index: &Index) -> Result<Option<Verdict>, String> {
        let Some(log) = &mut self.log else { return Err(NO_LOG.into()) };
        let saved = if redo { log.redo(&self.reviewer) } else { log.undo(&self.reviewer) };
        let saved = saved.map_err(|e| e.to_string())?;
        if let Some(verdict) = &saved {
            self.all.push(verdict.clone());
            for row in
                index.documents_like(&verdict.said.document, &verdict.said.hash).map_err(|e| e.to_string())?
            {
                let read = || Ok::<_, StoreError>((index.document(row.key)?, index.annotations(row.key)?));
                let (document, annotations) = read().map_err(|e| e.to_string())?;
                self.attach_document(&document, &annotations);
            }
        }
        Ok(saved)
    }
}
