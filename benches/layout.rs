//! How fast text becomes rows: megabytes of UTF-8 a second on one core, the time of one screen, and
//! in the same run the same text through `FriBidi` and through python-bidi with arabic-reshaper, where
//! they are installed.
//!
//! The text is the demo corpus in `assets/documents`, else a paragraph of our own, repeated to 10 MB.
//! Targets: 30 MB/s, and 2 ms for a screen of 200 by 60 cells.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput};
use waqai::bidi::{Options, Row, line, paragraph, paragraphs};

/// Bytes of text.
const SIZE: usize = 10_000_000;
/// Columns of the text pane.
const WIDTH: u16 = 80;
/// A screen.
const SCREEN: (u16, usize) = (200, 60);

/// Arabic prose with dates, numbers, brackets and a name in Latin letters.
const PROSE: &str = "أعلنت الوزارة يوم الاثنين 21 آذار/مارس 2022 أنّ الوفد سيصل إلى العاصمة (بعد غد) للمشاركة في \
    المؤتمر السنوي الذي تنظمه مؤسسة Open Data للمرة الثالثة، وقال المتحدث: «لن نغادر قبل أن تنتهي الجلسات كلها». \
    وبلغ عدد المشاركين 1,250 شخصاً من ٣٤ دولة، بزيادة قدرها 12.5% عن العام الماضي.";

/// The text to lay out and where it is from.
fn text() -> (String, &'static str) {
    let mut corpus = String::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/documents");
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if let Ok(text) = fs::read_to_string(entry.path()) {
            corpus.push_str(&text);
            corpus.push('\n');
        }
    }
    let (unit, name) =
        if corpus.is_empty() { (format!("{PROSE}\n"), "prose") } else { (corpus, "demo corpus") };
    (unit.repeat(SIZE.div_ceil(unit.len())), name)
}

/// All rows of `text`, counted.
fn lay_out(text: &str, options: Options) -> usize {
    paragraphs(text).map(|range| black_box(paragraph(&text[range], WIDTH, &options)).rows.len()).sum()
}

/// The rows of a screen, with a list of as many lines beside the text.
fn screen(text: &str, options: Options) -> (Vec<Row>, Vec<Row>) {
    let (width, height) = (SCREEN.0 / 2, SCREEN.1);
    let list = paragraphs(text).take(height).map(|range| line(&text[range], width, &options)).collect();
    let rows = paragraphs(text).flat_map(|range| paragraph(&text[range], width, &options).rows).take(height);
    (rows.collect(), list)
}

/// The shortest of a few runs of `run`.
fn fastest(runs: usize, mut run: impl FnMut()) -> Duration {
    let time = |()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    std::iter::repeat_n((), runs).map(time).min().unwrap_or_default()
}

/// How long `command` takes for the file `path`; `None` where it is not installed.
fn peer(command: &str, arguments: &[&str], path: &Path) -> Option<Duration> {
    let run = || {
        Command::new(command).args(arguments).arg(path).stdout(Stdio::null()).stderr(Stdio::null()).status()
    };
    run().ok().filter(std::process::ExitStatus::success)?;
    Some(fastest(3, || {
        let _ = black_box(run());
    }))
}

/// Our speed beside that of others, start of the process included for them.
fn peers(text: &str, name: &str) {
    let file = std::env::temp_dir().join(format!("layout-bench-{}.txt", std::process::id()));
    if let Err(error) = fs::write(&file, text) {
        eprintln!("no comparison: {}: {error}", file.display());
        return;
    }
    let ours = fastest(5, || {
        black_box(lay_out(text, Options::default()));
    });
    let rate = |time: Duration| text.len() as f64 / 1e6 / time.as_secs_f64();
    println!("\n{name}, {} bytes, {WIDTH} columns, one core", text.len());
    println!("{:<32}{:>8.1} MB/s", "this layout", rate(ours));
    let python = "import sys, arabic_reshaper; from bidi.algorithm import get_display\n\
        for line in open(sys.argv[1], encoding='utf-8'):\n    print(get_display(arabic_reshaper.reshape(line.rstrip('\\n'))))";
    let interpreter = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    for (name, command, arguments) in [
        ("FriBidi, wrapped and shaped", "fribidi", vec!["--width", "80"]),
        ("python-bidi, arabic-reshaper", &*interpreter, vec!["-c", python]),
    ] {
        match peer(command, &arguments, &file) {
            Some(time) => {
                let ratio = time.as_secs_f64() / ours.as_secs_f64();
                println!("{name:<32}{:>8.1} MB/s, ours is {ratio:.1} times as fast", rate(time));
            }
            None => println!("{name:<32}not installed"),
        }
    }
    if let Err(error) = fs::remove_file(&file) {
        eprintln!("{}: {error}", file.display());
    }
}

fn main() {
    let (text, name) = text();
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    let mut group = criterion.benchmark_group("layout");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function(name, |bench| bench.iter(|| lay_out(&text, Options::default())));
    let latin = "The minister said on 21 March 2022 that the talks (in Geneva) would go on. ".repeat(130_000);
    group.throughput(Throughput::Bytes(latin.len() as u64));
    group.bench_function("latin", |bench| bench.iter(|| lay_out(&latin, Options::default())));
    group.finish();
    let mut group = criterion.benchmark_group("screen");
    group.bench_function("200x60", |bench| bench.iter(|| black_box(screen(&text, Options::default()))));
    group.finish();
    criterion.final_summary();
    peers(&text, name);
}
