//! What verdicts say of an extraction: how often it is right, in which field, by which rule; how much
//! it misses; how far the reviewers agree.
//!
//! Pure: records of the log in, figures out. Each verdict holds the annotation that was judged, so no
//! document is needed. The definitions:
//!
//! - Of an event the newest standing verdict of whichever reviewer counts; what was skipped is open.
//! - *Right* is what was accepted as it is; *found* is what was accepted or corrected, since a
//!   corrected event is an event after all.
//! - A field is right where the event was accepted, or corrected elsewhere; rejected events have no
//!   fields.
//! - Recall is estimated in documents that a reviewer has marked as fully read: found events against
//!   those and what was marked as missed.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::agreement::{Share, alpha, kappa};
use super::figures::{Agreement, Bin, Day, Failing, Field, Recall, ReviewReport, Reviewer, Row};
use super::settle::{disputes, is_settled};
use crate::extract::evidence::rule;
use crate::formats::exchange::Told;
use crate::store::{Judgement, Verdict, undone};

/// How many examples a rule is told with.
const EXAMPLES: usize = 3;
/// How many of the worst rules are told.
const WORST: usize = 10;
/// Between two verdicts further apart somebody has done something else, in seconds.
const PAUSE: i64 = 300;

/// A standing verdict on an event.
#[derive(Clone, Debug)]
struct Judged {
    at: DateTime<Utc>,
    reviewer: String,
    judgement: Judgement,
    document: String,
    before: Told,
    after: Option<Told>,
}

impl Judged {
    fn of(verdict: &Verdict) -> Option<Self> {
        let told = |value: &Option<serde_json::Value>| serde_json::from_value(value.clone()?).ok();
        Some(Self {
            at: verdict.at,
            reviewer: verdict.said.reviewer.clone(),
            judgement: verdict.said.judgement,
            document: verdict.said.document.clone(),
            before: told(&verdict.said.before)?,
            after: told(&verdict.said.after),
        })
    }

    /// Whether the field is right; none where there is no event.
    fn field(&self, field: Field) -> Option<bool> {
        match self.judgement {
            Judgement::Accept => Some(true),
            Judgement::Correct => self.after.as_ref().map(|after| field.same(&self.before, after)),
            _ => None,
        }
    }

    fn right(&self) -> bool {
        self.judgement == Judgement::Accept
    }

    fn found(&self) -> bool {
        self.judgement != Judgement::Reject
    }
}

/// What identifies an event: hash of the document and id.
type Key = (String, String);

/// Makes the report of a whole log, oldest first.
pub fn review_report(log: &[Verdict]) -> ReviewReport {
    let gone = undone(log);
    let standing: Vec<&Verdict> =
        log.iter().filter(|v| v.said.judgement != Judgement::Undo && !gone.contains(&v.seq)).collect();
    // The newest of each reviewer on each event, and the newest of all.
    let mut own: BTreeMap<Key, BTreeMap<String, Judged>> = BTreeMap::new();
    let mut newest: BTreeMap<Key, Judged> = BTreeMap::new();
    let mut skipped: HashSet<Key> = HashSet::new();
    for verdict in &standing {
        let key = (verdict.said.hash.clone(), verdict.said.event_id.clone());
        match verdict.said.judgement {
            Judgement::Accept | Judgement::Reject | Judgement::Correct => {
                let Some(judged) = Judged::of(verdict) else { continue };
                skipped.remove(&key);
                // What settles a difference is nobody's own judgement.
                if !is_settled(&verdict.said) {
                    own.entry(key.clone()).or_default().insert(judged.reviewer.clone(), judged.clone());
                }
                newest.insert(key, judged);
            }
            Judgement::Skip if !newest.contains_key(&key) => {
                skipped.insert(key);
            }
            Judgement::Skip | Judgement::Missed | Judgement::Note | Judgement::Undo => {}
        }
    }
    let judged: Vec<&Judged> = newest.values().collect();
    let count = |judgement| judged.iter().filter(|j| j.judgement == judgement).count() as u32;
    let share = |right: fn(&Judged) -> bool| {
        let right = judged.iter().filter(|j| right(j)).count() as u32;
        (!judged.is_empty()).then(|| Share::new(right, judged.len() as u32))
    };
    ReviewReport {
        judged: judged.len(),
        rejected: count(Judgement::Reject),
        corrected: count(Judgement::Correct),
        skipped: skipped.len(),
        right: share(Judged::right),
        found: share(Judged::found),
        fields: fields(&judged),
        types: rows(&judged, |j| vec![j.before.kind.name().to_owned()]),
        rules: rows(&judged, |j| j.before.evidence.iter().map(|line| rule(line).to_owned()).collect()),
        actors: rows(&judged, |j| j.before.actors.iter().map(|a| a.name.clone()).collect()),
        documents: rows(&judged, |j| vec![j.document.clone()]),
        reliability: reliability(&judged),
        recall: recall(&standing, &newest),
        failing: failing(&judged),
        reviewers: reviewers(&standing),
        agreement: agreement(&own),
        to_settle: disputes(log).iter().filter(|dispute| dispute.settled.is_none()).count(),
        alpha: alpha(
            &own.values().map(|o| o.values().map(|j| j.judgement.name()).collect()).collect::<Vec<_>>(),
        ),
        progress: progress(&newest),
        unattached: Vec::new(),
        elsewhere: Vec::new(),
    }
}

fn fields(judged: &[&Judged]) -> BTreeMap<Field, Share> {
    let of = |field: Field| {
        let said: Vec<bool> = judged.iter().filter_map(|j| j.field(field)).collect();
        let right = said.iter().filter(|right| **right).count();
        (!said.is_empty()).then(|| (field, Share::new(right as u32, said.len() as u32)))
    };
    Field::ALL.into_iter().filter_map(of).collect()
}

fn rows(judged: &[&Judged], names: impl Fn(&Judged) -> Vec<String>) -> Vec<Row> {
    let mut counts: BTreeMap<String, (u32, u32, u32)> = BTreeMap::new();
    for j in judged {
        let names: HashSet<String> = names(j).into_iter().collect();
        for name in names {
            let (right, found, of) = counts.entry(name).or_default();
            *right += u32::from(j.right());
            *found += u32::from(j.found());
            *of += 1;
        }
    }
    let mut rows: Vec<Row> = counts
        .into_iter()
        .map(|(name, (right, found, of))| Row {
            name,
            right: Share::new(right, of),
            found: Share::new(found, of),
        })
        .collect();
    rows.sort_by(|a, b| b.right.of.cmp(&a.right.of).then_with(|| a.name.cmp(&b.name)));
    rows
}

/// The field that a rule is to blame for.
fn field_of(rule: &str) -> Option<Field> {
    let name = rule.split(':').next().unwrap_or_default();
    Some(match name {
        "date" => Field::Date,
        "actor" => Field::Actors,
        "place" => Field::Places,
        "status" => Field::Status,
        "type" => Field::Type,
        _ => return None,
    })
}

fn reliability(judged: &[&Judged]) -> Vec<Bin> {
    let mut sums = [(0_u32, 0_u32, 0.0_f64); 10];
    for j in judged {
        let Some(confidence) = j.before.confidence.map(|c| c.clamp(0.0, 1.0)) else { continue };
        let sum = &mut sums[((confidence * 10.0) as usize).min(9)];
        *sum = (sum.0 + u32::from(j.right()), sum.1 + 1, sum.2 + confidence);
    }
    let bins = sums.iter().enumerate().filter(|(_, (_, of, _))| *of > 0);
    bins.map(|(i, &(right, of, confidence))| Bin {
        from: i as f64 / 10.0,
        confidence: confidence / f64::from(of),
        right: Share::new(right, of),
    })
    .collect()
}

fn recall(standing: &[&Verdict], newest: &BTreeMap<Key, Judged>) -> Option<Recall> {
    let read: BTreeMap<&str, &str> = standing
        .iter()
        .filter(|v| super::verdict::is_read(&v.said))
        .map(|v| (v.said.hash.as_str(), v.said.document.as_str()))
        .collect();
    let found = newest.iter().filter(|((hash, _), j)| read.contains_key(hash.as_str()) && j.found()).count();
    let missed = standing
        .iter()
        .filter(|v| v.said.judgement == Judgement::Missed && read.contains_key(v.said.hash.as_str()))
        .count();
    (!read.is_empty()).then(|| Recall {
        documents: read.values().map(|name| (*name).to_owned()).collect(),
        missed: missed as u32,
        recall: Share::new(found as u32, (found + missed) as u32),
    })
}

fn failing(judged: &[&Judged]) -> Vec<Failing> {
    let mut rules: HashMap<&str, Failing> = HashMap::new();
    for j in judged {
        let lines: HashSet<&str> = j.before.evidence.iter().map(|line| rule(line)).collect();
        for rule in lines {
            let entry = rules.entry(rule).or_insert_with(|| Failing {
                rule: rule.to_owned(),
                failed: 0,
                of: 0,
                examples: Vec::new(),
            });
            entry.of += 1;
            // A corrected date is no fault of the rule that found the actor.
            let failed = match j.judgement {
                Judgement::Reject => true,
                Judgement::Correct => field_of(rule).is_some_and(|field| j.field(field) == Some(false)),
                _ => false,
            };
            if failed {
                entry.failed += 1;
                if entry.examples.len() < EXAMPLES {
                    let words = j.before.extent.as_ref().unwrap_or(&j.before.trigger);
                    let words: String = words.text.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
                    entry.examples.push(format!("{}: {words} ({})", j.document, j.judgement.name()));
                }
            }
        }
    }
    let mut failing: Vec<Failing> = rules.into_values().filter(|f| f.failed > 0).collect();
    failing.sort_by(|a, b| b.failed.cmp(&a.failed).then(a.of.cmp(&b.of)).then_with(|| a.rule.cmp(&b.rule)));
    failing.truncate(WORST);
    failing
}

fn reviewers(standing: &[&Verdict]) -> Vec<Reviewer> {
    let mut by_name: BTreeMap<&str, Vec<DateTime<Utc>>> = BTreeMap::new();
    for v in standing {
        by_name.entry(&v.said.reviewer).or_default().push(v.at);
    }
    let seconds = |times: &[DateTime<Utc>]| {
        let gaps = times.windows(2).map(|pair| (pair[1] - pair[0]).num_milliseconds());
        let mut gaps: Vec<i64> = gaps.filter(|gap| (0..PAUSE * 1000).contains(gap)).collect();
        gaps.sort_unstable();
        gaps.get(gaps.len() / 2).map(|gap| *gap as f64 / 1000.0)
    };
    let reviewer = |(name, times): (&str, Vec<DateTime<Utc>>)| Reviewer {
        name: name.to_owned(),
        verdicts: times.len(),
        seconds: seconds(&times),
    };
    by_name.into_iter().map(reviewer).collect()
}

fn agreement(own: &BTreeMap<Key, BTreeMap<String, Judged>>) -> Vec<Agreement> {
    let names: HashSet<&String> = own.values().flat_map(BTreeMap::keys).collect();
    let mut names: Vec<&String> = names.into_iter().collect();
    names.sort();
    let mut out = Vec::new();
    for (i, a) in names.iter().enumerate() {
        for b in &names[i + 1..] {
            let both: Vec<(&String, &Judged, &Judged)> =
                own.iter().filter_map(|((_, id), said)| Some((id, said.get(*a)?, said.get(*b)?))).collect();
            if both.is_empty() {
                continue;
            }
            let labels: Vec<(&str, &str)> =
                both.iter().map(|(_, a, b)| (a.judgement.name(), b.judgement.name())).collect();
            let units: Vec<Vec<&str>> = labels.iter().map(|(a, b)| vec![*a, *b]).collect();
            let by_field = |field: Field| {
                let pairs: Vec<_> = both.iter().map(|(_, a, b)| (a.field(field), b.field(field))).collect();
                (field, kappa(&pairs))
            };
            let differ = both.iter().zip(&labels).filter(|(_, (a, b))| a != b);
            out.push(Agreement {
                reviewers: [(*a).clone(), (*b).clone()],
                events: both.len(),
                same: labels.iter().filter(|(a, b)| a == b).count(),
                kappa: kappa(&labels),
                alpha: alpha(&units),
                fields: Field::ALL.into_iter().map(by_field).collect(),
                differ: differ.map(|((id, ..), _)| (*id).clone()).collect(),
            });
        }
    }
    out
}

fn progress(newest: &BTreeMap<Key, Judged>) -> Vec<Day> {
    let mut judged: Vec<&Judged> = newest.values().collect();
    judged.sort_by_key(|j| j.at);
    let mut days: Vec<Day> = Vec::new();
    let (mut right, mut of) = (0, 0);
    for j in judged {
        right += u32::from(j.right());
        of += 1;
        let day = j.at.date_naive();
        let share = Share::new(right, of);
        match days.last_mut().filter(|last| last.day == day) {
            Some(last) => {
                last.verdicts += 1;
                last.right = share;
            }
            None => days.push(Day { day, verdicts: 1, right: share }),
        }
    }
    days
}
