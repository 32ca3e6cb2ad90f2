//! Fits the weights of `assets/lexicon/weights.toml` on annotated news, and says what they are worth
//! on texts that they were not fitted on.
//!
//! `cargo bench --bench weights -- GOLD=DOCUMENTS...` prints the file to standard output. For each set
//! and for all together it tells precision, recall and F1 of the events out of fold: every document is
//! judged by weights fitted on the documents of the nine other folds.

use std::path::{Path, PathBuf};

use waqai::corpus::{ReadOptions, discover, documents};
use waqai::extract::events::features::{COUNT, NAMES};
use waqai::extract::weigh;
use waqai::lexicon::Lexicon;
use waqai::model::Annotations;
use waqai::review::measure::{Marked, align, base_name};
use waqai::review::read_gold;

/// Features and the constant behind them.
const WIDTH: usize = COUNT + 1;
/// Strength of the pull of every weight towards nothing; the constant is free.
const PENALTY: f64 = 1.0;
const FOLDS: usize = 10;
/// F1s that differ by less are about the same: the sets are small.
const ABOUT: f64 = 0.008;

/// One candidate.
struct Row {
    set: usize,
    fold: usize,
    features: [f64; WIDTH],
    event: bool,
    /// How much it counts where every set counts alike.
    weight: f64,
}

fn main() {
    let sets: Vec<(PathBuf, PathBuf)> = std::env::args()
        .skip(1)
        .filter_map(|arg| arg.split_once('=').map(|(gold, texts)| (gold.into(), texts.into())))
        .collect();
    if sets.is_empty() {
        println!("nothing to fit on: name at least one GOLD=DOCUMENTS");
        return;
    }
    let mut rows = Vec::new();
    // Events of the gold for which there is no candidate at all, by set.
    let mut beyond = vec![0; sets.len()];
    for (set, (gold, texts)) in sets.iter().enumerate() {
        read(set, gold, texts, &mut rows, &mut beyond[set]);
    }
    even_out(sets.len(), &mut rows);
    let mut confidences = vec![0.0; rows.len()];
    for fold in 0..FOLDS {
        let others: Vec<&Row> = rows.iter().filter(|row| row.fold != fold).collect();
        let weights = fit(&others);
        for (row, confidence) in rows.iter().zip(&mut confidences).filter(|(row, _)| row.fold == fold) {
            *confidence = probability(&weights, &row.features);
        }
    }
    let all = |_: usize| true;
    // The curve is flat at its top: the middle of what is about as good as the best.
    let thresholds = || (30..60).map(|n| f64::from(n) / 100.0);
    let f1 = |threshold: f64| figures(&rows, &confidences, &beyond, threshold, &all).2;
    let best = thresholds().map(f1).fold(0.0, f64::max);
    let good: Vec<f64> = thresholds().filter(|&t| f1(t) >= best - ABOUT).collect();
    let threshold = f64::midpoint(good[0], good[good.len() - 1]);
    for (n, (gold, _)) in sets.iter().enumerate() {
        report(&gold.display().to_string(), figures(&rows, &confidences, &beyond, threshold, &|s| s == n));
    }
    report("all", figures(&rows, &confidences, &beyond, threshold, &all));
    let weights = fit(&rows.iter().collect::<Vec<_>>());
    println!(
        "# How surely a candidate is an event: logistic regression over the features of\n\
         # src/extract/events/features.rs, fitted on annotated news by benches/weights.rs. Positive makes it\n\
         # surer.\nbias = {:.2}\nthreshold = {threshold:.2}\n\n[weights]",
        weights[COUNT]
    );
    for (name, weight) in NAMES.iter().zip(weights) {
        println!("{name} = {weight:.2}");
    }
}

/// Gives every candidate the weight by which all sets count alike.
fn even_out(sets: usize, rows: &mut [Row]) {
    let average = rows.len() as f64 / sets as f64;
    for set in 0..sets {
        let size = rows.iter().filter(|row| row.set == set).count() as f64;
        for row in rows.iter_mut().filter(|row| row.set == set) {
            row.weight = average / size;
        }
    }
}

/// Reads one set: its candidates, each told whether it is an event. Those of optional events count
/// neither way.
fn read(set: usize, gold: &Path, texts: &Path, rows: &mut Vec<Row>, beyond: &mut usize) {
    let gold = read_gold(gold).expect("the gold can be read");
    let (sources, _) = discover(&[texts.to_path_buf()]);
    let options = ReadOptions::default();
    let read = sources.iter().flat_map(|source| documents(source, &options)).filter_map(Result::ok);
    for (n, document) in read.enumerate() {
        let Some(gold) = gold.iter().find(|g| g.name == base_name(&document.id)) else { continue };
        let mut weighed = weigh(&document, Lexicon::builtin());
        weighed.retain(|w| w.event.status.counts());
        let events = weighed.iter().map(|w| w.event.clone()).collect();
        let found = Marked::of(&document, &Annotations { events, ..Annotations::default() });
        let alignment = align(gold, &found);
        *beyond += alignment.events_missed.len();
        for (weighed, marked) in weighed.iter().zip(&found.events) {
            let event = alignment.events.iter().any(|pair| std::ptr::eq(pair.found, marked));
            if event || alignment.events_false.iter().any(|other| std::ptr::eq(*other, marked)) {
                let mut features = [1.0; WIDTH];
                features.iter_mut().zip(weighed.features).for_each(|(to, from)| *to = f64::from(from));
                rows.push(Row { set, fold: n % FOLDS, features, event, weight: 1.0 });
            }
        }
    }
}

fn probability(weights: &[f64; WIDTH], features: &[f64; WIDTH]) -> f64 {
    let sum: f64 = weights.iter().zip(features).map(|(w, f)| w * f).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// The weights for some candidates. Which of two is surer every candidate decides alike; how sure it is, every
/// set, lest the largest speak for all: the weights are stretched and shifted by a second regression on
/// what the first gives, which leaves the order as it was.
fn fit(rows: &[&Row]) -> [f64; WIDTH] {
    let weights = regress(rows);
    let sum = |row: &Row| weights.iter().zip(&row.features).map(|(w, f)| w * f).sum::<f64>();
    let (mut stretch, mut shift) = (1.0, 0.0);
    for _ in 0..25 {
        let (mut g, mut h) = ([0.0; 2], [0.0; 3]);
        for row in rows {
            let x = sum(row);
            let p = 1.0 / (1.0 + (-(stretch * x + shift)).exp());
            let error = row.weight * (f64::from(u8::from(row.event)) - p);
            let slope = row.weight * p * (1.0 - p);
            g = [g[0] + error * x, g[1] + error];
            h = [h[0] + slope * x * x, h[1] + slope * x, h[2] + slope];
        }
        let determinant = h[0] * h[2] - h[1] * h[1];
        stretch += (h[2] * g[0] - h[1] * g[1]) / determinant;
        shift += (h[0] * g[1] - h[1] * g[0]) / determinant;
    }
    let mut out = weights.map(|w| w * stretch);
    out[COUNT] += shift;
    out
}

/// Logistic regression by Newton's method.
fn regress(rows: &[&Row]) -> [f64; WIDTH] {
    let mut weights = [0.0; WIDTH];
    for _ in 0..25 {
        let mut gradient = [0.0; WIDTH];
        let mut curvature = vec![[0.0; WIDTH]; WIDTH];
        for row in rows {
            let p = probability(&weights, &row.features);
            let error = f64::from(u8::from(row.event)) - p;
            for i in (0..WIDTH).filter(|&i| row.features[i] != 0.0) {
                gradient[i] += error * row.features[i];
                let slope = p * (1.0 - p) * row.features[i];
                curvature[i].iter_mut().zip(row.features).for_each(|(to, f)| *to += slope * f);
            }
        }
        for i in 0..COUNT {
            gradient[i] -= PENALTY * weights[i];
            curvature[i][i] += PENALTY;
        }
        let step = solve(curvature, gradient);
        weights.iter_mut().zip(step).for_each(|(w, s)| *w += s);
    }
    weights
}

/// Solves `a x = b` for a symmetric positive `a`, by elimination.
fn solve(mut a: Vec<[f64; WIDTH]>, mut b: [f64; WIDTH]) -> [f64; WIDTH] {
    for i in 0..WIDTH {
        let pivot = a[i];
        for row in i + 1..WIDTH {
            let factor = a[row][i] / pivot[i];
            a[row].iter_mut().zip(pivot).for_each(|(to, from)| *to -= factor * from);
            b[row] -= factor * b[i];
        }
    }
    for i in (0..WIDTH).rev() {
        let known: f64 = (i + 1..WIDTH).map(|j| a[i][j] * b[j]).sum();
        b[i] = (b[i] - known) / a[i][i];
    }
    b
}

/// Precision, recall, F1 and the mean gap between confidence and precision, of the sets chosen.
fn figures(
    rows: &[Row],
    confidences: &[f64],
    beyond: &[usize],
    threshold: f64,
    chosen: &dyn Fn(usize) -> bool,
) -> (f64, f64, f64, f64) {
    let of_set = || rows.iter().zip(confidences).filter(|(row, _)| chosen(row.set));
    let found: Vec<_> = of_set().filter(|(_, c)| **c >= threshold).collect();
    let right = found.iter().filter(|(row, _)| row.event).count() as f64;
    let missing: usize = beyond.iter().enumerate().filter(|(set, _)| chosen(*set)).map(|(_, n)| n).sum();
    let gold = of_set().filter(|(row, _)| row.event).count() + missing;
    let (precision, recall) = (right / found.len().max(1) as f64, right / gold.max(1) as f64);
    let mut gap = 0.0;
    for bin in 0..10 {
        let inside = found.iter().filter(|(_, c)| (**c * 10.0) as usize == bin);
        gap += inside.map(|(row, c)| **c - f64::from(u8::from(row.event))).sum::<f64>().abs();
    }
    (precision, recall, 2.0 * precision * recall / (precision + recall), gap / found.len().max(1) as f64)
}

fn report(name: &str, (precision, recall, f1, gap): (f64, f64, f64, f64)) {
    eprintln!("{name}: P {precision:.3} R {recall:.3} F1 {f1:.3}, confidence off by {gap:.3}");
}
