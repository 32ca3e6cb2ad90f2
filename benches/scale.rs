//! A million events: how long the first frame takes, a filter's first page, the counts of a facet, a
//! key press on screen, and how much memory the process needs at most.
//!
//! `cargo bench --bench scale` makes the index (a few minutes, once, in the target folder) from
//! generated documents and measures it in a process of its own; `-- --events N` makes it of another
//! size. The queries come in another order each time, or in that of `-- --seed N`. Each is typed letter
//! by letter, and put into the line all at once in a second screen that has seen nothing of it before.
//! Targets: 100 ms, 50 ms, 250 ms, 16 ms at the 99th percentile, 300 MB.

use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use waqai::corpus;
use waqai::model::{
    Annotations, DateBasis, Document, Entity, EntityKind, Event, EventDate, EventType, Participant, Role,
    Span, Status,
};
use waqai::query::Query;
use waqai::store::{Facet, Filter, Index, SyncOptions};
use waqai::tui::reviews::Reviews;
use waqai::tui::words::Lang;
use waqai::tui::{Action, App, Start, Theme, press, update, view};

/// Events told in one document.
const PER_DOCUMENT: usize = 25;
/// Actors and places that there are.
const ACTORS: u64 = 20_000;
const PLACES: u64 = 800;

/// Numbers that look like chance and are the same every time.
struct Chance(fastrand::Rng);

impl Chance {
    fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    fn below(&mut self, n: u64) -> u64 {
        self.0.u64(..n)
    }

    /// One below `n`, the small ones far more often, as names in the news.
    fn skewed(&mut self, n: u64) -> u64 {
        ((n as f64).powf(self.0.f64()) - 1.0) as u64
    }
}

/// A word made of Arabic syllables, another one for each number.
fn word(mut n: u64) -> String {
    const LETTERS: [char; 20] =
        ['ب', 'ت', 'ج', 'ح', 'د', 'ر', 'ز', 'س', 'ش', 'ص', 'ط', 'ع', 'ف', 'ق', 'ك', 'ل', 'م', 'ن', 'ه', 'غ'];
    let mut out = String::new();
    for place in 0..3 {
        out.push(LETTERS[(n % 20) as usize]);
        n /= 20;
        if place == 1 {
            out.push(['ا', 'و', 'ي'][(n % 3) as usize]);
        }
    }
    if n > 0 {
        out.push(LETTERS[(n % 20) as usize]);
    }
    out
}

fn entity(n: u64, place: bool) -> Entity {
    let (first, last) = (word(n * 7 + 3), word(n * 13 + 8000));
    let (kind, what) = if place { (EntityKind::Place, "Town") } else { (EntityKind::Person, "Name") };
    let name_en = format!("{what}{n} Family{}", n / 7);
    Entity {
        id: name_en.to_lowercase().replace(' ', "-"),
        name: format!("{first} {last}"),
        name_en,
        kind,
        country: None,
    }
}

/// The text of a document and what is told in it.
fn document(n: u64) -> (String, Annotations) {
    let mut chance = Chance::new(n);
    let (mut text, mut found) = (String::new(), Annotations::default());
    for told in 0..PER_DOCUMENT {
        let start = text.len() as u32;
        let words = |text: &mut String, chance: &mut Chance, count| {
            for _ in 0..count {
                text.push(' ');
                text.push_str(&word(chance.skewed(30_000)));
            }
        };
        let mention = |text: &mut String, found: &mut Annotations, entity: Entity| {
            let start = text.len() as u32 + 1;
            text.push(' ');
            text.push_str(&entity.name);
            found.entities.push(entity);
            let span = Span::new(start, text.len() as u32);
            (found.entities.len() as u32 - 1, vec![span])
        };
        let kind = EventType::ALL[chance.skewed(16) as usize];
        let trigger = text.len() as u32;
        text.push_str(&word(40_000 + kind as u64));
        let trigger = Span::new(trigger, text.len() as u32);
        let mut actors = Vec::new();
        for role in
            [Role::Source, Role::Target, Role::Participant].into_iter().take(1 + chance.below(3) as usize)
        {
            let (entity, mentions) = mention(&mut text, &mut found, entity(chance.skewed(ACTORS), false));
            actors.push(Participant { entity, role, mentions });
        }
        words(&mut text, &mut chance, 4);
        let mut places = Vec::new();
        if chance.below(3) == 0 {
            let (entity, mentions) = mention(&mut text, &mut found, entity(chance.skewed(PLACES), true));
            places.push(Participant { entity, role: Role::Participant, mentions });
        }
        words(&mut text, &mut chance, 3);
        let (year, month, day) = (2025 - chance.skewed(36), 1 + chance.below(12), 1 + chance.below(28));
        let value = match chance.below(20) {
            0 => None,
            1 => Some(format!("{year}")),
            2 | 3 => Some(format!("{year}-{month:02}")),
            _ => Some(format!("{year}-{month:02}-{day:02}")),
        };
        let status = match chance.below(50) {
            0 => Status::Denied,
            1 => Status::Hypothetical,
            2..=5 => Status::Planned,
            _ => Status::Occurred,
        };
        found.events.push(Event {
            id: format!("{:012x}", (n << 8) | told as u64),
            trigger,
            extent: Span::new(start, text.len() as u32),
            kind,
            status,
            date: value.map(|value| EventDate { value, mention: None, basis: DateBasis::Explicit }),
            actors,
            places,
            confidence: (30 + chance.below(70)) as f32 / 100.0,
            evidence: Vec::new(),
        });
        text.push_str(".\n");
    }
    (text, found)
}

/// Makes the index of `events` events at `path`.
fn generate(path: &Path, events: usize) {
    let start = Instant::now();
    let news = path.with_extension("jsonl");
    let mut out = BufWriter::new(fs::File::create(&news).expect("a file"));
    for n in 0..events.div_ceil(PER_DOCUMENT) {
        let line = serde_json::json!({ "id": format!("news/{n:07}.txt"), "text": document(n as u64).0 });
        writeln!(out, "{line}").expect("a line");
    }
    out.flush().expect("a file");
    let (sources, _) = corpus::discover(std::slice::from_ref(&news));
    let extract = |document: &Document| {
        let n = document.id.trim_start_matches("news/").trim_end_matches(".txt").parse().expect("a number");
        self::document(n).1
    };
    let partial = path.with_extension("part");
    let mut index = Index::open(&partial).expect("an index");
    let options = SyncOptions { version: "scale".into(), ..SyncOptions::default() };
    index.sync(&sources, &options, &extract, &mut |_| (), &AtomicBool::new(false)).expect("a reading");
    drop(index);
    fs::rename(partial, path).expect("an index");
    fs::remove_file(news).expect("a file");
    println!("made {} in {:.0} s", path.display(), start.elapsed().as_secs_f64());
}

/// What is filtered by: each field, pieces of words that nearly all, some, few and no events have,
/// phrases of the most frequent pieces, names that sound like those of everybody and of nobody.
const QUERIES: [&str; 44] = [
    "",
    "actor:name0-family0",
    "actor:name19000",
    "actor:name3",
    "!actor:name0,name1,name2",
    "year:2022",
    "year:1995..2010 type:ASSAULT,COERCE",
    "date:2024-03..2024-05",
    "!type:AGREE confidence:>=0.9",
    "place:town0 status:planned",
    "document:news/0000007.txt",
    "verdict:none year:2025",
    "جبار",
    "بباب",
    "\"جبار شتاج\"",
    "\"بباب بباب\"",
    "ب",
    "با",
    "مج",
    "غزل",
    "\"ب ب\"",
    "!actor:name5 جبار year:2020..2025",
    "year:none actor:none",
    "!ب",
    "!غزل",
    "!\"ب ب\"",
    "ظظظظ",
    "\"ظظظظ ظظ\"",
    "\"ب ب ب ب\"",
    "\"باب ب\"",
    "\"ب بباب ب\"",
    "\"ب\" \"ت\" \"ج\" \"ح\" \"د\"",
    "!ب !ت !ج",
    "جو year:2020..2025 type:ASSAULT",
    "بباب actor:name1 place:town1",
    "ر !actor:name0,name1,name2 confidence:>=0.5",
    "actor:famly",
    "actor:famly12,nobodi,zzzqrst",
    "!actor:famly",
    "actor:zzzqrst",
    "place:tawwn place:zzzqrst",
    "source:name1 target:name2",
    "document:news/00",
    "!document:news/00000 date:2024-02-29",
];

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn told(what: &str, times: &mut [Duration], target: f64) {
    times.sort_unstable();
    let at = |share: f64| milliseconds(times[((times.len() - 1) as f64 * share).round() as usize]);
    println!(
        "{what:<34} median {:>7.2} ms   p99 {:>7.2} ms   most {:>7.2} ms   target {target} ms",
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

/// A screen that is drawn into memory.
struct Screen {
    app: App,
    terminal: Terminal<TestBackend>,
}

impl Screen {
    fn new(index: Index) -> Self {
        let start = Start::new(Theme::builtin("dark").expect("built in"), Lang::En, Reviews::default());
        let mut app = App::new(Some(index), start);
        update(&mut app, Action::Resize(120, 40));
        app.open_index();
        let terminal = Terminal::new(TestBackend::new(120, 40)).expect("a screen");
        let mut screen = Self { app, terminal };
        screen.draw();
        screen
    }

    fn draw(&mut self) {
        let app = &self.app;
        self.terminal.draw(|frame| view::render(app, frame.buffer_mut())).expect("a screen");
    }

    /// Does what is left for when no key is pressed, as the loop of the program does between two keys;
    /// how long each piece took, in which no key is looked for.
    fn work(&mut self) -> Vec<Duration> {
        let mut times = Vec::new();
        loop {
            let (more, time) = timed(|| self.app.work());
            if !more {
                return times;
            }
            times.push(time);
        }
    }

    /// A screen that has been shown for a moment.
    fn shown(path: &Path) -> Self {
        let mut screen = Self::new(Index::open(path).expect("an index"));
        screen.work();
        std::thread::sleep(Duration::from_millis(700));
        screen
    }

    fn press(&mut self, code: KeyCode) -> Duration {
        let keys = [KeyEvent::new(code, KeyModifiers::NONE)];
        timed(|| {
            press(&mut self.app, &keys);
            self.draw();
        })
        .1
    }
}

/// Sees that nothing of the file is in the system's memory, where the system can be asked for that.
fn forget(path: &Path) -> bool {
    let args = ["oflag=nocache", "conv=notrunc,fdatasync", "count=0", "status=none"];
    let done = Command::new("dd").arg(format!("of={}", path.display())).args(args).status();
    done.is_ok_and(|status| status.success())
}

fn measure(path: &Path, seed: u64) {
    let frame = || timed(|| Screen::new(Index::open(path).expect("an index"))).1;
    let cold = forget(path);
    told(
        if cold { "first frame, nothing in memory" } else { "first frame of the process" },
        &mut [frame()],
        100.0,
    );
    // From here on the file is in the system's memory, as it is on a day of work.
    std::io::copy(&mut fs::File::open(path).expect("a file"), &mut std::io::sink()).expect("the file");
    let mut frames: Vec<Duration> = (0..5).map(|_| frame()).collect();
    told("first frame", &mut frames, 100.0);

    println!("  queries in the order of --seed {seed}");
    let mut queries = QUERIES;
    fastrand::Rng::with_seed(seed).shuffle(&mut queries);
    let [mut pages, mut at_once, mut letters, mut behind, mut counts] = [const { Vec::new() }; 5];
    for text in queries {
        let time = {
            let mut screen = Screen::shown(path);
            for key in [':', ' '].into_iter().chain(text.chars()) {
                letters.push(screen.press(KeyCode::Char(key)));
                behind.extend(screen.work());
            }
            screen.press(KeyCode::Enter)
        };
        let put = {
            let mut screen = Screen::shown(path);
            screen.press(KeyCode::Char(':'));
            screen.work();
            let ((), time) = timed(|| {
                update(&mut screen.app, Action::Insert(text.to_owned()));
                screen.draw();
            });
            time + screen.press(KeyCode::Enter)
        };
        at_once.push(put);

        let index = Index::open(path).expect("an index");
        let filter = Filter::from(Query::parse(text).expect("a query"));
        let found = index.count(&filter).expect("a count");
        let mut slowest = (Duration::ZERO, Facet::Actor);
        for facet in Facet::ALL {
            let time = timed(|| index.facet(facet, &filter).expect("counts")).1;
            slowest = slowest.max_by(time, facet);
            counts.push(time);
        }
        println!(
            "  {:>7} events  page {:>6.2} ms  at once {:>6.2} ms  counts at most {:>6.2} ms ({:?})  {text}",
            found,
            milliseconds(time),
            milliseconds(put),
            milliseconds(slowest.0),
            slowest.1
        );
        pages.push(time);
    }
    told("a filter's first page", &mut pages, 50.0);
    told("the same, query put in at once", &mut at_once, 50.0);
    told("a letter of a query on screen", &mut letters, 16.0);
    told("what a next letter may wait for", &mut behind, 50.0);
    told("counts of a facet", &mut counts, 250.0);

    let mut screen = Screen::shown(path);
    let mut chance = Chance::new(1);
    let mut presses: Vec<(Duration, String)> = Vec::new();
    for _ in 0..60 {
        for text in ["j", "jjjkj", "G", "g", "o", "y", "f", "t", "p", ":", "F"] {
            let mut keys: Vec<KeyCode> = text.chars().map(KeyCode::Char).collect();
            match text {
                "j" => keys = vec![KeyCode::PageDown; 1 + chance.below(5) as usize],
                "y" => keys.extend(['2', '0', '2'].map(KeyCode::Char).into_iter().chain([KeyCode::Enter])),
                "f" => {
                    keys.extend(format!("name{}", chance.skewed(99)).chars().map(KeyCode::Char));
                    keys.push(KeyCode::Enter);
                }
                "t" | "p" => keys.extend([KeyCode::Down, KeyCode::Char(' '), KeyCode::Enter]),
                ":" => {
                    keys.extend("year:2020 type:AID ".chars().map(KeyCode::Char));
                    keys.push(KeyCode::Enter);
                }
                _ => {}
            }
            for key in keys {
                presses.push((screen.press(key), format!("{text} {key:?}")));
                screen.work();
            }
        }
    }
    presses.sort();
    for (time, what) in presses.iter().rev().take(6) {
        println!("  slow: {:>6.2} ms  {what}", milliseconds(*time));
    }
    let mut times: Vec<Duration> = presses.into_iter().map(|(time, _)| time).collect();
    println!("  {} key presses", times.len());
    told("a key press on screen", &mut times, 16.0);
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("  unknown");
    println!("memory at most {}   target 300 MB", peak.trim());
}

trait Slower {
    fn max_by(self, time: Duration, facet: Facet) -> Self;
}

impl Slower for (Duration, Facet) {
    fn max_by(self, time: Duration, facet: Facet) -> Self {
        if time > self.0 { (time, facet) } else { self }
    }
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let after = |name: &str| words.iter().position(|w| w == name).and_then(|at| words.get(at + 1)).cloned();
    let seed = after("--seed").and_then(|n| n.parse().ok()).unwrap_or_else(|| fastrand::u64(..100_000));
    if let Some(path) = after("--measure") {
        return measure(Path::new(&path), seed);
    }
    let events = after("--events").and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("scale-{events}.sqlite"));
    // An index of another format is empty once it is opened.
    let made = path.exists() && Index::open(&path).is_ok_and(|i| i.documents().is_ok_and(|d| !d.is_empty()));
    if !made || words.iter().any(|word| word == "--new") {
        generate(&path, events);
    }
    // Memory is that of a process that did nothing else.
    let mut process = Command::new(std::env::current_exe().expect("a program"));
    let done = process.arg("--measure").arg(path).args(["--seed", &seed.to_string()]).status();
    assert!(done.expect("a process").success());
}
