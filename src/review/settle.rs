//! The events on which reviewers differ, and how a difference is settled: by one more verdict in the
//! log, which names those that it settles.
//!
//! A verdict that settles counts for the event as any newest one does; it is nobody's own judgement, so
//! that the agreement of the reviewers stays what it was.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::formats::exchange::Told;
use crate::store::{Judgement, NewVerdict, Verdict, undone};

/// The key in [`NewVerdict::before`] under which a verdict names those that it settles.
const SETTLES: &str = "settles";

/// What one reviewer holds of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// His verdict.
    pub verdict: Verdict,
    /// The event as he would have it; none where he holds it to be none.
    pub told: Option<Told>,
}

/// An event on which reviewers differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispute {
    /// Name of its document.
    pub document: String,
    /// The event as it was found.
    pub found: Told,
    /// What each reviewer holds, in the order of their names; two at least.
    pub positions: Vec<Position>,
    /// The verdict that settles it, where there is one.
    pub settled: Option<Verdict>,
}

/// Whether a verdict settles a difference.
pub(super) fn is_settled(said: &NewVerdict) -> bool {
    said.before.as_ref().is_some_and(|before| before.get(SETTLES).is_some())
}

/// The events of a log (oldest first) on which the newest standing verdicts of the reviewers differ, by
/// document and place, those that are open first.
pub fn disputes(log: &[Verdict]) -> Vec<Dispute> {
    let gone = undone(log);
    let mut own: BTreeMap<(&str, &str), BTreeMap<&str, &Verdict>> = BTreeMap::new();
    let mut settled: BTreeMap<(&str, &str), &Verdict> = BTreeMap::new();
    for verdict in log.iter().filter(|v| !gone.contains(&v.seq)) {
        let said = &verdict.said;
        let key = (said.hash.as_str(), said.event_id.as_str());
        match said.judgement {
            Judgement::Accept | Judgement::Reject | Judgement::Correct if is_settled(said) => {
                settled.insert(key, verdict);
            }
            Judgement::Accept | Judgement::Reject | Judgement::Correct => {
                own.entry(key).or_default().insert(&said.reviewer, verdict);
            }
            _ => {}
        }
    }
    let mut out: Vec<Dispute> = own
        .into_iter()
        .filter_map(|(key, own)| {
            let positions: Vec<Position> = own.into_values().filter_map(position).collect();
            let first = positions.first()?;
            if positions.iter().all(|other| same(first, other)) {
                return None;
            }
            let found = told(first.verdict.said.before.as_ref())?;
            // Whoever judges again after it was settled opens it again.
            let last = positions.iter().map(|p| p.verdict.seq).max()?;
            let settled = settled.get(&key).filter(|v| v.seq > last).map(|v| (*v).clone());
            Some(Dispute { document: first.verdict.said.document.clone(), found, positions, settled })
        })
        .collect();
    out.sort_by(|a, b| {
        let place = |d: &Dispute| (d.settled.is_some(), d.document.clone(), d.found.trigger.start);
        place(a).cmp(&place(b))
    });
    out
}

fn position(verdict: &Verdict) -> Option<Position> {
    let said = &verdict.said;
    let told = match said.judgement {
        Judgement::Accept => Some(told(said.before.as_ref())?),
        Judgement::Correct => Some(told(said.after.as_ref())?),
        _ => None,
    };
    Some(Position { verdict: verdict.clone(), told })
}

fn told(value: Option<&Value>) -> Option<Told> {
    serde_json::from_value(value?.clone()).ok()
}

/// Whether two reviewers hold the same; the text around the event and what found it say nothing.
fn same(a: &Position, b: &Position) -> bool {
    match (&a.told, &b.told) {
        (Some(a), Some(b)) => super::figures::Field::ALL.into_iter().all(|field| field.same(a, b)),
        (a, b) => a.is_none() == b.is_none(),
    }
}

/// The verdict by which `reviewer` settles `dispute` as the position at `place` has it; none where there
/// is none at that place.
pub fn settle(reviewer: &str, dispute: &Dispute, place: usize) -> Option<NewVerdict> {
    let said = &dispute.positions.get(place)?.verdict.said;
    let new = NewVerdict { reviewer: reviewer.to_owned(), note: None, ..said.clone() };
    Some(settling(new, dispute))
}

/// `new` as the verdict that settles `dispute`.
pub fn settling(mut new: NewVerdict, dispute: &Dispute) -> NewVerdict {
    let numbers: Vec<i64> = dispute.positions.iter().map(|p| p.verdict.seq).collect();
    if let Some(Value::Object(before)) = &mut new.before {
        before.insert(SETTLES.to_owned(), numbers.into());
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::exchange::Words;
    use crate::model::EventType;
    use crate::review::review_report;
    use crate::store::Selector;
    use chrono::DateTime;

    fn event(kind: EventType) -> Told {
        Told::bare(kind, Words { start: 4, end: 7, text: "رفض".into() })
    }

    fn verdict(seq: i64, reviewer: &str, judgement: Judgement, after: Option<EventType>) -> Verdict {
        let json = |kind| serde_json::to_value(event(kind)).ok();
        let said = NewVerdict {
            reviewer: reviewer.to_owned(),
            judgement,
            document: "a.txt".to_owned(),
            hash: "h".to_owned(),
            selector: Selector::default(),
            event_id: "e".to_owned(),
            before: json(EventType::Reject),
            after: after.and_then(json),
            note: None,
        };
        Verdict { seq, at: DateTime::UNIX_EPOCH, said, undoes: None, batch: None }
    }

    #[test]
    fn a_difference_is_open_until_it_is_settled_and_agreement_stays() {
        let mut log = vec![
            verdict(1, "layla", Judgement::Accept, None),
            verdict(2, "omar", Judgement::Correct, Some(EventType::Accuse)),
        ];
        let open = disputes(&log);
        assert_eq!(open.len(), 1);
        assert!(open[0].settled.is_none());
        let kinds: Vec<_> = open[0].positions.iter().map(|p| p.told.as_ref().unwrap().kind).collect();
        assert_eq!(kinds, [EventType::Reject, EventType::Accuse]);
        let before = review_report(&log).agreement;
        let new = settle("layla", &open[0], 1).unwrap();
        assert_eq!((new.judgement, new.reviewer.as_str()), (Judgement::Correct, "layla"));
        log.push(Verdict { seq: 3, said: new, ..log[0].clone() });
        assert_eq!(disputes(&log)[0].settled.as_ref().unwrap().seq, 3);
        let report = review_report(&log);
        assert_eq!(report.agreement, before, "layla's own verdict is still hers");
        assert_eq!(report.corrected, 1, "what was settled is what counts");
        // Taken back, or judged anew, it is open again.
        let undo = Verdict { seq: 4, undoes: Some(3), ..verdict(4, "layla", Judgement::Undo, None) };
        let taken_back: Vec<_> = log.iter().cloned().chain([undo]).collect();
        assert!(disputes(&taken_back)[0].settled.is_none());
        log.push(verdict(5, "omar", Judgement::Reject, None));
        assert!(disputes(&log)[0].settled.is_none());
        // Who come to say the same differ no more.
        log.push(verdict(6, "layla", Judgement::Reject, None));
        assert!(disputes(&log).is_empty());
    }
}
