//! The figures of a whole run, in the form in which they are printed as JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::interval::{bounds, draws};
use super::tally::Judged;
use super::{Alignment, Counts, Fault, Figure, MarkedDate, MarkedLayer, Pair, Tally, faults};
use crate::model::{DateKind, EventType};

/// One figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score {
    /// What it is made of.
    #[serde(flatten)]
    pub counts: Counts,
    /// Precision, from 0 to 1.
    pub precision: f64,
    /// Recall, from 0 to 1.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// 95 % intervals; none with fewer than two documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
}

impl From<Counts> for Score {
    fn from(counts: Counts) -> Self {
        let (precision, recall, f1) = (counts.precision(), counts.recall(), counts.f1());
        Self { counts, precision, recall, f1, interval: None }
    }
}

/// The 95 % intervals of a figure, lower bound first.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// Of precision.
    pub precision: [f64; 2],
    /// Of recall.
    pub recall: [f64; 2],
    /// Of F1.
    pub f1: [f64; 2],
}

/// The figures of one type. Both sides must give the type for a find to be right.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PerType {
    /// The span overlaps; for an event: it was found.
    pub lenient: Score,
    /// The span is the gold's.
    pub strict: Score,
    /// For a date: the value is right; for an event: it is usable.
    pub full: Score,
}

/// Which type was given to events of which type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// The sixteen types, then `none`: for rows false finds, for columns misses.
    pub labels: Vec<&'static str>,
    /// One row a type of the gold, one column a type found. An event to which the gold allows several
    /// types stands in the row of the one that was found, if it is among them.
    pub rows: Vec<Vec<u32>>,
}

/// How sure the program was against how often it was right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reliability {
    /// Tenths of confidence in which there are finds.
    pub bins: Vec<Bin>,
    /// The mean distance between confidence and precision of the bins, weighted by their finds
    /// (expected calibration error, Naeini, Cooper and Hauskrecht 2015).
    pub mean_gap: f64,
}

/// The finds of about one confidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// Least confidence.
    pub from: f64,
    /// Confidence that is already of the next bin, but for the last.
    pub to: f64,
    /// Finds.
    pub found: u32,
    /// Those that are events of the gold.
    pub right: u32,
    /// Mean confidence.
    pub confidence: f64,
    /// Observed precision.
    pub precision: f64,
}

/// The counts of one text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerDocument {
    /// Its name.
    pub document: String,
    /// Counts of every figure.
    pub figures: BTreeMap<Figure, Counts>,
}

impl PerDocument {
    pub(super) fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        self.figures.iter().for_each(|(&figure, &counts)| tally.set(figure, counts));
        tally
    }
}

/// All figures of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Over all texts and types.
    pub figures: BTreeMap<Figure, Score>,
    /// Events by type; types on neither side are left out.
    pub event_types: BTreeMap<EventType, PerType>,
    /// Dates by TIMEX3 type; types on neither side are left out.
    pub date_types: BTreeMap<DateKind, PerType>,
    /// Types given against types meant.
    pub confusion: Confusion,
    /// Confidence against precision.
    pub reliability: Reliability,
    /// Text by text.
    pub per_document: Vec<PerDocument>,
    /// Every miss, false find and wrong field, text by text.
    pub faults: Vec<Fault>,
}

impl Report {
    pub(super) fn of(texts: &[(&str, Alignment<'_>)]) -> Self {
        let tallies: Vec<_> = texts.iter().map(|(_, alignment)| Tally::of(alignment)).collect();
        let alignments = || texts.iter().map(|(_, alignment)| alignment);
        let per_document = texts.iter().zip(&tallies).map(|((name, _), tally)| PerDocument {
            document: (*name).to_owned(),
            figures: Figure::ALL.into_iter().map(|figure| (figure, tally.get(figure))).collect(),
        });
        Self {
            figures: figures(&tallies),
            event_types: event_types(alignments()),
            date_types: date_types(alignments()),
            confusion: confusion(alignments()),
            reliability: reliability(alignments()),
            per_document: per_document.collect(),
            faults: texts.iter().flat_map(|(name, alignment)| faults::of(name, alignment)).collect(),
        }
    }

    /// Leaves out what is said of date expressions, for an extraction that tells of none.
    pub fn leave_out_dates(&mut self) {
        let of_dates = [Figure::DatesStrict, Figure::DatesRelaxed, Figure::DatesValue];
        self.figures.retain(|figure, _| !of_dates.contains(figure));
        self.date_types.clear();
        self.faults.retain(|fault| fault.layer != MarkedLayer::Date);
    }
}

fn figures(tallies: &[Tally]) -> BTreeMap<Figure, Score> {
    let sum: Tally = tallies.iter().sum();
    let drawn = if tallies.len() < 2 {
        Vec::new()
    } else {
        draws(tallies.len(), |drawn| drawn.iter().map(|&i| &tallies[i]).sum::<Tally>())
    };
    let figure = |figure| {
        let counts = |of: fn(Counts) -> f64| bounds(drawn.iter().map(|sum| of(sum.get(figure))).collect());
        let interval = counts(Counts::precision).zip(counts(Counts::recall)).zip(counts(Counts::f1));
        let interval = interval.map(|((precision, recall), f1)| Interval { precision, recall, f1 });
        (figure, Score { interval, ..sum.get(figure).into() })
    };
    Figure::ALL.into_iter().map(figure).collect()
}

/// Counts of one type: lenient, strict, full.
type Three = [Counts; 3];

fn per_type<K: Ord>(counts: BTreeMap<K, Three>) -> BTreeMap<K, PerType> {
    let score = |[lenient, strict, full]: Three| PerType {
        lenient: lenient.into(),
        strict: strict.into(),
        full: full.into(),
    };
    counts.into_iter().map(|(kind, three)| (kind, score(three))).collect()
}

fn add<K: Ord>(counts: &mut BTreeMap<K, Three>, kind: K, right: [bool; 3], found: usize, gold: usize) {
    for (sum, right) in counts.entry(kind).or_default().iter_mut().zip(right) {
        *sum += Counts::new(usize::from(right), found, gold);
    }
}

/// The type under which a gold event counts beside what was found for it.
fn meant(pair: &Pair<'_, super::MarkedEvent>) -> EventType {
    if pair.gold.accepts_kind(pair.found.kind) { pair.found.kind } else { pair.gold.kind }
}

fn event_types<'a, 'b: 'a>(
    alignments: impl Iterator<Item = &'a Alignment<'b>>,
) -> BTreeMap<EventType, PerType> {
    let mut counts = BTreeMap::new();
    for alignment in alignments {
        for pair in &alignment.events {
            let judged = Judged::new(pair.gold, pair.found);
            let right = [true, pair.gold.trigger == pair.found.trigger, judged.usable()];
            let right = right.map(|right| right && judged.kind);
            add(&mut counts, meant(pair), right, 0, 1);
            add(&mut counts, pair.found.kind, [false; 3], 1, 0);
        }
        for event in &alignment.events_missed {
            add(&mut counts, event.kind, [false; 3], 0, 1);
        }
        for event in &alignment.events_false {
            add(&mut counts, event.kind, [false; 3], 1, 0);
        }
    }
    per_type(counts)
}

fn date_types<'a, 'b: 'a>(
    alignments: impl Iterator<Item = &'a Alignment<'b>>,
) -> BTreeMap<DateKind, PerType> {
    let mut counts = BTreeMap::new();
    for alignment in alignments {
        for Pair { gold, found } in &alignment.dates {
            let right = [true, gold.span == found.span, gold.accepts(&found.value)];
            let right = right.map(|right| right && gold.kind == found.kind);
            add(&mut counts, gold.kind, right, 0, 1);
            add(&mut counts, found.kind, [false; 3], 1, 0);
        }
        let mut one_sided = |dates: &[&MarkedDate], found, gold| {
            for date in dates {
                add(&mut counts, date.kind, [false; 3], found, gold);
            }
        };
        one_sided(&alignment.dates_missed, 0, 1);
        one_sided(&alignment.dates_false, 1, 0);
    }
    per_type(counts)
}

fn confusion<'a, 'b: 'a>(alignments: impl Iterator<Item = &'a Alignment<'b>>) -> Confusion {
    const NONE: usize = EventType::ALL.len();
    let mut rows = vec![vec![0; NONE + 1]; NONE + 1];
    for alignment in alignments {
        for pair in &alignment.events {
            rows[meant(pair) as usize][pair.found.kind as usize] += 1;
        }
        alignment.events_missed.iter().for_each(|event| rows[event.kind as usize][NONE] += 1);
        alignment.events_false.iter().for_each(|event| rows[NONE][event.kind as usize] += 1);
    }
    let labels = EventType::ALL.into_iter().map(EventType::name).chain(["none"]);
    Confusion { labels: labels.collect(), rows }
}

fn reliability<'a, 'b: 'a>(alignments: impl Iterator<Item = &'a Alignment<'b>>) -> Reliability {
    // Finds, right ones, summed confidence.
    let mut sums = [(0_u32, 0_u32, 0.0_f64); 10];
    for alignment in alignments {
        let right = alignment.events.iter().map(|pair| (pair.found, 1));
        let wrong = alignment.events_false.iter().map(|event| (*event, 0));
        for (event, right) in right.chain(wrong) {
            let Some(confidence) = event.confidence.map(|c| f64::from(c).clamp(0.0, 1.0)) else { continue };
            let sum = &mut sums[((confidence * 10.0) as usize).min(9)];
            *sum = (sum.0 + 1, sum.1 + right, sum.2 + confidence);
        }
    }
    let bins = sums.iter().enumerate().filter(|(_, sum)| sum.0 > 0);
    let bins = bins.map(|(i, &(found, right, confidence))| Bin {
        from: i as f64 / 10.0,
        to: (i + 1) as f64 / 10.0,
        found,
        right,
        confidence: confidence / f64::from(found),
        precision: f64::from(right) / f64::from(found),
    });
    let bins: Vec<Bin> = bins.collect();
    let finds: u32 = bins.iter().map(|bin| bin.found).sum();
    let gap = |bin: &Bin| (bin.confidence - bin.precision).abs() * f64::from(bin.found);
    let mean_gap = bins.iter().map(gap).sum::<f64>() / f64::from(finds.max(1));
    Reliability { bins, mean_gap }
}
