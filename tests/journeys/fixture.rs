//! A small corpus with what was found in it by hand, so that the screens do not depend on the
//! extraction, and keys as text.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use serde::Deserialize;
use waqai::corpus::{Format, Origin, Skipped, Source};
use waqai::formats::export::Export;
use waqai::model::{
    Annotations, DateBasis, Document, Entity, EntityKind, Event, EventDate, EventType, Participant, Role,
    Span, Status,
};
use waqai::store::{Index, SyncOptions, SyncReport, VerdictLog};
use waqai::tui::reviews::Reviews;
use waqai::tui::session::Session;
use waqai::tui::worker::Report;
use waqai::tui::{Action, App, Effect, Lang, Start, Theme, press, update, view};

/// A second report of what the first document tells.
pub(crate) const SECOND: (&str, &str) = ("second-report.txt", include_str!("corpus/second-report.txt"));

/// Name and content of every document.
pub(crate) const DOCUMENTS: [(&str, &str); 3] = [
    ("chronology.txt", include_str!("corpus/chronology.txt")),
    ("تقرير المعبر.txt", include_str!("corpus/تقرير المعبر.txt")),
    ("undated.txt", include_str!("corpus/undated.txt")),
];

#[derive(Deserialize)]
struct Found {
    entities: BTreeMap<String, Named>,
    event: Vec<Told>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    name_en: String,
    #[serde(default = "person")]
    kind: EntityKind,
}

fn person() -> EntityKind {
    EntityKind::Person
}

#[derive(Deserialize)]
struct Told {
    document: String,
    extent: String,
    trigger: String,
    #[serde(rename = "type")]
    kind: EventType,
    #[serde(default = "occurred")]
    status: Status,
    date: Option<String>,
    written: Option<String>,
    #[serde(default = "explicit")]
    basis: DateBasis,
    #[serde(default)]
    source: BTreeMap<String, String>,
    #[serde(default)]
    target: BTreeMap<String, String>,
    #[serde(default)]
    place: BTreeMap<String, String>,
}

fn occurred() -> Status {
    Status::Occurred
}

fn explicit() -> DateBasis {
    DateBasis::Explicit
}

static FOUND: LazyLock<Found> =
    LazyLock::new(|| toml::from_str(include_str!("corpus.toml")).expect("the fixture is well formed"));

/// Where `words` stand in `text` inside `within`.
fn locate(text: &str, within: Span, words: &str) -> Span {
    let at = within.of(text).find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
    let start = within.start + at as u32;
    Span::new(start, start + words.len() as u32)
}

/// What was found in a document by hand.
pub(crate) fn annotations(document: &Document) -> Annotations {
    let name = document.id.as_str();
    let text = document.text.as_str();
    let ids: Vec<&String> = FOUND.entities.keys().collect();
    let entities = FOUND.entities.iter().map(|(id, e)| Entity {
        id: id.clone(),
        name: e.name.clone(),
        name_en: e.name_en.clone(),
        kind: e.kind,
        country: None,
    });
    let whole = Span::new(0, text.len() as u32);
    let events = FOUND.event.iter().filter(|e| e.document == name).enumerate().map(|(n, told)| {
        let extent = locate(text, whole, &told.extent);
        let part = |list: &BTreeMap<String, String>, role| {
            let one = |(id, words): (&String, &String)| Participant {
                entity: ids.iter().position(|i| *i == id).expect("a known entity") as u32,
                role,
                mentions: if words.is_empty() { Vec::new() } else { vec![locate(text, extent, words)] },
            };
            list.iter().map(one).collect::<Vec<_>>()
        };
        Event {
            id: format!("{name}-{n}"),
            trigger: locate(text, extent, &told.trigger),
            extent,
            kind: told.kind,
            status: told.status,
            date: told.date.as_ref().map(|value| EventDate {
                value: value.clone(),
                mention: told.written.as_ref().map(|w| locate(text, whole, w)),
                basis: told.basis,
            }),
            actors: [part(&told.source, Role::Source), part(&told.target, Role::Target)].concat(),
            places: part(&told.place, Role::Participant),
            confidence: 0.5 + n as f32 / 20.0,
            evidence: vec![
                format!("type: {} by {} (perfect)", told.kind, told.trigger),
                format!(
                    "date: date of the entry ({}); calendar",
                    told.written.as_deref().unwrap_or_default()
                ),
            ],
        }
    });
    Annotations { entities: entities.collect(), events: events.collect(), ..Annotations::default() }
}

/// The documents as sources, under other names where `rename` gives one.
pub(crate) fn sources() -> Vec<Source> {
    DOCUMENTS.iter().map(|(name, text)| source(name, text)).collect()
}

/// One source.
pub(crate) fn source(name: &str, text: &'static str) -> Source {
    Source {
        name: name.to_owned(),
        origin: Origin::Embedded(text.as_bytes()),
        format: Format::Text,
        size: text.len() as u64,
        modified: 0,
    }
}

/// An index of `sources` in memory.
pub(crate) fn index(sources: &[Source]) -> (Index, SyncReport) {
    let mut index = Index::in_memory().expect("memory");
    let report = index
        .sync(sources, &SyncOptions::default(), &annotations, &mut |_| (), &AtomicBool::new(false))
        .expect("the fixture is indexed");
    (index, report)
}

/// The screen of a journey.
pub(crate) struct Journey {
    pub(crate) app: App,
    terminal: Terminal<TestBackend>,
    pub(crate) effects: Vec<Effect>,
    /// Whether what is written is to be stopped.
    pub(crate) stop: AtomicBool,
}

impl Journey {
    /// A screen of `width` by `height` on the fixture, verdicts in `log`.
    pub(crate) fn new(width: u16, height: u16, log: Option<PathBuf>) -> Self {
        Self::over(&sources(), Vec::new(), width, height, log)
    }

    /// A screen on other documents.
    pub(crate) fn over(
        sources: &[Source],
        skipped: Vec<Skipped>,
        width: u16,
        height: u16,
        log: Option<PathBuf>,
    ) -> Self {
        Self::speaking(Lang::En, sources, skipped, (width, height), log)
    }

    /// A screen on the fixture in a terminal that only its user can set right.
    pub(crate) fn hinting(width: u16, height: u16, hint: &'static str) -> Self {
        Self::changed(width, height, |start| start.hint = Some(hint))
    }

    /// A screen in another language.
    pub(crate) fn speaking(
        lang: Lang,
        sources: &[Source],
        skipped: Vec<Skipped>,
        size: (u16, u16),
        log: Option<PathBuf>,
    ) -> Self {
        Self::start(lang, sources, skipped, size, log, |_| (), None)
    }

    /// A screen that starts otherwise.
    pub(crate) fn changed(width: u16, height: u16, change: impl FnOnce(&mut Start)) -> Self {
        Self::start(Lang::En, &sources(), Vec::new(), (width, height), None, change, None)
    }

    /// A screen that goes on where another one left off.
    pub(crate) fn resuming(session: Session) -> Self {
        Self::start(Lang::En, &sources(), Vec::new(), (120, 24), None, |_| (), Some(session))
    }

    fn start(
        lang: Lang,
        sources: &[Source],
        skipped: Vec<Skipped>,
        (width, height): (u16, u16),
        log: Option<PathBuf>,
        change: impl FnOnce(&mut Start),
        session: Option<Session>,
    ) -> Self {
        let log = log.map(|path| VerdictLog::open(&path).expect("the log opens"));
        let mut start = Start::new(
            Theme::builtin("dark").expect("built in"),
            lang,
            Reviews::new(log, "tester".into()).expect("the log is read"),
        );
        change(&mut start);
        let mut app = App::new(None, start);
        if let Some(session) = session {
            app.resume(session);
        }
        update(&mut app, Action::Resize(width, height));
        let terminal = Terminal::new(TestBackend::new(width, height)).expect("a test backend");
        let mut journey = Self { app, terminal, effects: Vec::new(), stop: AtomicBool::new(false) };
        if !sources.is_empty() {
            journey.read(sources, skipped);
        }
        journey
    }

    /// The documents have been read, and nothing but those.
    pub(crate) fn read(&mut self, sources: &[Source], skipped: Vec<Skipped>) -> &mut Self {
        let (index, mut report) = index(sources);
        report.skipped.extend(skipped);
        let done = Report::Done { report, index: Some(Box::new(index)) };
        update(&mut self.app, Action::Report(Box::new(done)));
        self
    }

    /// The text of a document is there, but nothing has been found in it yet.
    pub(crate) fn text(&mut self, (name, text): (&str, &str)) -> &mut Self {
        let document = Document { id: name.into(), text: text.into(), ..Document::default() };
        update(&mut self.app, Action::Report(Box::new(Report::Text(Box::new(document)))));
        self
    }

    /// Presses keys: characters, and names in angle brackets (`<enter>`, `<ctrl-d>`).
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        let effects = press(&mut self.app, &events(keys));
        for effect in effects {
            if let Effect::Write(file, format) = &effect {
                self.write(file.clone(), *format);
            }
            self.effects.push(effect);
        }
        self
    }

    /// Writes what is asked for, as the thread of the program does.
    fn write(&mut self, file: String, format: Export) {
        let Some(order) = self.app.order(file.clone(), format) else { return };
        let mut reports = Vec::new();
        let result = order.carry_out(&mut |report| reports.push(report), &self.stop);
        reports.push(Report::Wrote { file, result });
        for report in reports {
            update(&mut self.app, Action::Report(Box::new(report)));
        }
    }

    /// What the mouse does at a column and a row of the screen.
    pub(crate) fn mouse(&mut self, kind: MouseEventKind, column: u16, row: u16) -> &mut Self {
        let event = MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE };
        update(&mut self.app, Action::Mouse(event));
        self
    }

    /// A press and release of the left button.
    pub(crate) fn click(&mut self, column: u16, row: u16) -> &mut Self {
        self.mouse(MouseEventKind::Down(MouseButton::Left), column, row);
        self.mouse(MouseEventKind::Up(MouseButton::Left), column, row)
    }

    /// Makes the window another size.
    pub(crate) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        update(&mut self.app, Action::Resize(width, height));
        self.terminal = Terminal::new(TestBackend::new(width, height)).expect("a test backend");
        self
    }

    /// The cells on screen.
    pub(crate) fn cells(&mut self) -> Buffer {
        while self.app.work() {}
        let app = &self.app;
        self.terminal.draw(|frame| view::render(app, frame.buffer_mut())).expect("a test backend");
        self.terminal.backend().buffer().clone()
    }

    /// The rows on screen, without the blanks at their ends.
    pub(crate) fn rows(&mut self) -> Vec<String> {
        let cells = self.cells();
        let width = usize::from(cells.area.width).max(1);
        cells
            .content()
            .chunks(width)
            .map(|row| {
                let mut out = String::new();
                let mut covered = 0;
                for cell in row {
                    if covered == 0 {
                        out.push_str(cell.symbol());
                        covered = unicode_width::UnicodeWidthStr::width(cell.symbol()).max(1);
                    }
                    covered -= 1;
                }
                out.trim_end().to_owned()
            })
            .collect()
    }

    /// The screen as text.
    pub(crate) fn screen(&mut self) -> String {
        self.rows().join("\n")
    }

    /// The column of the cursor in the bottom row.
    pub(crate) fn cursor(&mut self) -> Option<usize> {
        let cells = self.cells();
        let width = usize::from(cells.area.width).max(1);
        let last = cells.content().chunks(width).next_back()?;
        last.iter().position(|c| c.modifier.contains(ratatui::style::Modifier::REVERSED))
    }

    /// The symbols of the cells that look as `wanted` says, row by row.
    pub(crate) fn looking(&mut self, wanted: impl Fn(&ratatui::buffer::Cell) -> bool) -> Vec<String> {
        let cells = self.cells();
        let width = usize::from(cells.area.width).max(1);
        let pick = |row: &[ratatui::buffer::Cell]| {
            row.iter().filter(|c| wanted(c)).map(ratatui::buffer::Cell::symbol).collect::<String>()
        };
        cells.content().chunks(width).map(pick).filter(|row| !row.trim().is_empty()).collect()
    }
}

/// Keys as a terminal would send them.
pub(crate) fn events(keys: &str) -> Vec<KeyEvent> {
    let mut out = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|r| r.split_once('>'));
        if let Some((name, after)) = named {
            out.push(event(name));
            rest = after;
        } else {
            out.push(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

fn event(name: &str) -> KeyEvent {
    let (name, modifiers) = match name.strip_prefix("ctrl-") {
        Some(rest) => (rest, KeyModifiers::CONTROL),
        None => (name, KeyModifiers::NONE),
    };
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "space" => KeyCode::Char(' '),
        "down" => KeyCode::Down,
        "up" => KeyCode::Up,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "backspace" => KeyCode::Backspace,
        "backtab" => KeyCode::BackTab,
        "pgdn" => KeyCode::PageDown,
        "f5" => KeyCode::F(5),
        "f6" => KeyCode::F(6),
        one => KeyCode::Char(one.chars().next().expect("a name")),
    };
    KeyEvent::new(code, modifiers)
}
