//! The speed of the whole extraction on one core, from text to events: on the demo corpus over and
//! over, from 1 to 100 MB, where the time must grow with the size alone.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use waqai::corpus::demo;
use waqai::extract::{extract, extract_dates};
use waqai::lexicon::Lexicon;
use waqai::model::Document;

/// The demo corpus, repeated until it holds at least `bytes` of text.
fn corpus(bytes: usize) -> Vec<Document> {
    let demo = demo();
    let once: usize = demo.iter().map(|d| d.text.len()).sum();
    (0..bytes.div_ceil(once)).flat_map(|_| demo.clone()).collect()
}

fn extraction(c: &mut Criterion) {
    let lexicon = Lexicon::builtin();
    let mut group = c.benchmark_group("extraction");
    group.sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(5));
    for megabytes in [1usize, 10, 100] {
        let documents = corpus(megabytes << 20);
        let bytes = documents.iter().map(|d| d.text.len() as u64).sum();
        group.throughput(Throughput::Bytes(bytes));
        group.bench_with_input(BenchmarkId::new("events, MB", megabytes), &documents, |b, documents| {
            b.iter(|| documents.iter().map(|d| extract(black_box(d), lexicon).events.len()).sum::<usize>());
        });
        if megabytes == 10 {
            group.bench_with_input(
                BenchmarkId::new("dates alone, MB", megabytes),
                &documents,
                |b, documents| {
                    b.iter(|| {
                        documents.iter().map(|d| extract_dates(black_box(d)).dates.len()).sum::<usize>()
                    });
                },
            );
        }
    }
    group.finish();
}

criterion_group!(benches, extraction);
criterion_main!(benches);
