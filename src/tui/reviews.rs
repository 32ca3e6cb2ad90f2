//! The verdicts on the events on screen, backed by the log: a verdict shows only once it is saved.

use std::collections::HashMap;

use crate::formats::exchange::Told;
use crate::model::{Annotations, Document, Event, Span};
use crate::review::{self, Dispute, Precision, ReviewReport, Seen, State};
use crate::store::{Index, Judgement, NewVerdict, StoreError, Verdict, VerdictLog, content_hash, undone};

/// The log and what stands in it.
#[derive(Debug, Default)]
pub struct Reviews {
    log: Option<VerdictLog>,
    reviewer: String,
    all: Vec<Verdict>,
    /// The verdict that stands for an event of the corpus on hand, by the event's id.
    standing: HashMap<String, Judgement>,
    /// The same of this reviewer alone.
    own: HashMap<String, Judgement>,
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
        Ok(Self { log, reviewer, all, standing: HashMap::new(), own: HashMap::new() })
    }

    /// Finds the events of the corpus on hand that the log speaks of.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn attach(&mut self, index: &Index) -> Result<(), StoreError> {
        let attached = review::attach_all(&self.all, index)?;
        (self.standing, self.own) = (HashMap::new(), HashMap::new());
        for (id, state) in attached.events {
            self.take(&id, Some(&state));
        }
        Ok(())
    }

    /// Finds anew what the log says of the events of the document that a record speaks of.
    fn attach_said(&mut self, said: &NewVerdict, index: &Index) -> Result<(), String> {
        for row in index.documents_like(&said.document, &said.hash).map_err(|e| e.to_string())? {
            let read = || Ok::<_, StoreError>((index.document(row.key)?, index.annotations(row.key)?));
            let (document, annotations) = read().map_err(|e| e.to_string())?;
            self.attach_document(&document, &annotations);
        }
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
            self.take(&event.id, attached.events.get(&event.id));
        }
    }

    /// Takes what was said of an event, if anything was.
    fn take(&mut self, id: &str, state: Option<&State>) {
        let own = state.and_then(|state| state.by_reviewer.get(&self.reviewer).copied());
        for (all, said) in [(&mut self.own, own), (&mut self.standing, state.and_then(|state| state.current))]
        {
            match said {
                Some((_, judgement)) => all.insert(id.to_owned(), judgement),
                None => all.remove(id),
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

    /// This reviewer's own verdict on an event.
    pub fn own(&self, event_id: &str) -> Option<Judgement> {
        self.own.get(event_id).copied()
    }

    /// How many events were judged, and the share of right ones. What was skipped is left open, so it
    /// is not judged.
    pub fn precision(&self) -> Precision {
        Precision::of(self.standing.values().copied())
    }

    /// Who judges.
    pub fn reviewer(&self) -> &str {
        &self.reviewer
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
        let new = review::on_event(&self.reviewer, judgement, document, annotations, event);
        self.save(&new, document, annotations)
    }

    /// Saves a verdict on a document or on an event found in it.
    ///
    /// # Errors
    /// When it could not be saved; then it does not stand.
    pub fn save(
        &mut self,
        new: &NewVerdict,
        document: &Document,
        annotations: &Annotations,
    ) -> Result<(), String> {
        let Some(log) = &mut self.log else { return Err(NO_LOG.into()) };
        log.append(new).map_err(|e| e.to_string())?;
        self.pull()?;
        self.attach_document(document, annotations);
        Ok(())
    }

    /// Saves many verdicts, all or none; [`Reviews::attach`] shows them.
    ///
    /// # Errors
    /// When they could not be saved; then none stands.
    pub fn save_all(&mut self, new: &[NewVerdict]) -> Result<(), String> {
        let Some(log) = &mut self.log else { return Err(NO_LOG.into()) };
        log.append_all(new).map_err(|e| e.to_string())?;
        self.pull()
    }

    /// Takes in what was written since, by others too.
    fn pull(&mut self) -> Result<(), String> {
        let Some(log) = &self.log else { return Ok(()) };
        let last = self.all.last().map_or(0, |verdict| verdict.seq);
        self.all.extend(log.since(last).map_err(|e| e.to_string())?);
        Ok(())
    }

    /// The event as it was corrected last, where that correction stands.
    pub fn correction(&self, event_id: &str) -> Option<Told> {
        let gone = undone(&self.all);
        let own = |v: &&Verdict| v.said.event_id == event_id && !gone.contains(&v.seq);
        let last = self.all.iter().filter(own).rfind(|v| {
            matches!(v.said.judgement, Judgement::Accept | Judgement::Reject | Judgement::Correct)
        })?;
        if last.said.judgement != Judgement::Correct {
            return None;
        }
        serde_json::from_value(last.said.after.clone()?).ok()
    }

    /// Where events stand that were marked as missed in the text with this hash.
    pub fn missed(&self, hash: &str, text: &str) -> Vec<Span> {
        let gone = undone(&self.all);
        let own = self.all.iter().filter(|v| {
            v.said.judgement == Judgement::Missed && v.said.hash == hash && !gone.contains(&v.seq)
        });
        own.filter_map(|v| review::locate(&v.said.selector, text, true)).collect()
    }

    /// All figures so far, with what finds no event among the documents of `index`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn report(&self, index: Option<&Index>) -> Result<ReviewReport, StoreError> {
        let mut report = review::review_report(&self.all);
        if let Some(index) = index {
            let lost = review::attach_all(&self.all, index)?.unattached;
            let known = index.documents()?;
            let here = |said: &NewVerdict| known.iter().any(|d| d.id == said.document || d.hash == said.hash);
            [report.unattached, report.elsewhere] = review::unattached(&self.all, &lost, here);
        }
        Ok(report)
    }

    /// The events on which reviewers differ.
    pub fn disputes(&self) -> Vec<Dispute> {
        review::disputes(&self.all)
    }

    /// Saves a verdict on whatever document.
    ///
    /// # Errors
    /// When it could not be saved; then it does not stand.
    pub fn settle(&mut self, new: &NewVerdict, index: Option<&Index>) -> Result<(), String> {
        self.save_all(std::slice::from_ref(new))?;
        index.map_or(Ok(()), |index| self.attach_said(new, index))
    }

    /// The time that the reviewer takes for an event, in seconds: the median of what lies between the
    /// last verdicts, pauses left out; none where that is known of fewer than `least`.
    pub fn pace(&self, least: usize) -> Option<f64> {
        let own = self.all.iter().rev().filter(|v| v.said.reviewer == self.reviewer);
        let times: Vec<_> = own.take(21).map(|v| v.at).collect();
        let mut gaps: Vec<i64> = times
            .windows(2)
            .map(|pair| (pair[0] - pair[1]).num_milliseconds())
            .filter(|gap| (0..300_000).contains(gap))
            .collect();
        gaps.sort_unstable();
        gaps.get(gaps.len() / 2).filter(|_| gaps.len() >= least).map(|gap| *gap as f64 / 1000.0)
    }

    /// Takes back the newest verdict with all that was given in one go with it, or with `redo` restores
    /// what was taken back last; the records that do so, none where there is nothing to do.
    ///
    /// # Errors
    /// When that could not be saved, or the index cannot be read.
    pub fn take_back(&mut self, redo: bool, index: &Index) -> Result<Vec<Verdict>, String> {
        let Some(log) = &mut self.log else { return Err(NO_LOG.into()) };
        let saved = if redo { log.redo(&self.reviewer) } else { log.undo(&self.reviewer) };
        let saved = saved.map_err(|e| e.to_string())?;
        if !saved.is_empty() {
            self.pull()?;
        }
        if let [verdict] = saved.as_slice() {
            self.attach_said(&verdict.said, index)?;
        } else {
            self.attach(index).map_err(|e| e.to_string())?;
        }
        Ok(saved)
    }
}
