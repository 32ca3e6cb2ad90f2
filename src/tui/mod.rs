//! Everything on screen.
//!
//! One state ([`App`]), one writer ([`update`]), views that only read ([`view`]). A terminal event
//! becomes an [`Action`] through the keymap; reading and extracting run on a thread beside it
//! ([`worker`]) and report through the same door.
//!
//! ```text
//!  keys ── keys ──► Action ──► update ──► App ──► view ──► cells ── terminal::screen ──► bytes
//!  files ─ worker ─► Report ──┘            │
//!                                     index, verdict log
//! ```

pub mod action;
pub mod app;
pub mod board;
pub mod chart;
pub mod choice;
pub mod editor;
pub mod fuzzy;
pub mod input;
pub mod jumps;
pub mod keys;
pub mod layout;
pub mod marker;
pub mod marks;
pub mod names;
pub mod narrowed;
pub mod panel;
pub mod picker;
pub mod plain;
pub mod query_line;
pub mod reviews;
pub mod session;
pub mod terminal;
pub mod text_view;
pub mod theme;
mod update;
pub mod view;
mod watch;
pub mod words;
pub mod worker;

use std::collections::VecDeque;
use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use crossterm::event::{self, Event, KeyEvent, KeyEventKind, MouseEventKind};
use ratatui::Terminal;

pub use action::{Action, Command};
pub use app::{App, Start};
pub use keys::Keymap;
pub use theme::Theme;
pub use update::{Effect, update};
pub use words::{Lang, Words};

use crate::bidi;
use crate::cli::{Align, Color, RenderArgs};
use crate::corpus::{self, Skipped};
use crate::model::{Annotations, Document};
use crate::review::Sample;
use crate::store::{Index, StoreError, SyncOptions, VerdictLog};
use reviews::Reviews;
use session::Session;
use terminal::screen::Screen;
use terminal::{Choice, Guard};
use worker::{Extractor, Job, Worker};

/// How long to wait for a key while documents are read, and while nothing else goes on.
const BUSY: Duration = Duration::from_millis(25);
const IDLE: Duration = Duration::from_millis(500);

/// What the interface starts with.
pub struct Setup {
    /// Files and folders; none means the documents that come with the program.
    pub paths: Vec<PathBuf>,
    /// What is known to be wrong before anything is read.
    pub faults: Vec<Skipped>,
    /// The index file; without one the index lives in memory.
    pub index: Option<PathBuf>,
    /// How documents are read, and what the extraction depends on.
    pub options: SyncOptions,
    /// What finds the events.
    pub extract: Extractor,
    /// Also show what is denied or merely possible.
    pub all: bool,
    /// The verdict log; without one events can be read but not judged.
    pub reviews: Option<PathBuf>,
    /// Who judges.
    pub reviewer: String,
    /// How text reaches the terminal and how it is set.
    pub screen: ScreenArgs,
    /// The user's keymap file, which need not exist.
    pub keymap: Option<PathBuf>,
    /// The user's theme file, which need not exist.
    pub theme: Option<PathBuf>,
    /// Where it is kept where the reader left off.
    pub session: Option<PathBuf>,
}

/// How text reaches the terminal and how it is set, for the command line.
#[derive(Clone, Debug, Default, Args)]
pub struct ScreenArgs {
    /// How right-to-left text is brought to this terminal [default: the terminal is asked]
    #[arg(long, value_enum, value_name = "MODE", default_value_t = Choice::Auto, hide_default_value = true)]
    pub bidi: Choice,

    /// Keep or strip the marks on Arabic letters [default: strip in terminals that misplace them]
    #[arg(long, value_enum)]
    pub harakat: Option<Harakat>,

    /// Where the rows of the text are set
    #[arg(long, value_enum, default_value_t = Align::Auto)]
    pub align: Align,

    /// The language of the interface [default: Arabic where the locale is Arabic, else English]
    #[arg(long, value_enum, value_name = "LANG")]
    pub lang: Option<Lang>,

    /// Keep to a random sample of the events: how many, a seed, and what it is spread over, as in
    /// 50,7,type or 50,7,document
    #[arg(long, value_name = "SAMPLE")]
    pub sample: Option<Sample>,

    /// The colours: dark, light, high-contrast, sixteen, plain [default: as the terminal's background
    /// is, plain with `NO_COLOR`]
    #[arg(long, value_parser = Theme::names().collect::<Vec<_>>(), value_name = "NAME", hide_possible_values = true)]
    pub theme: Option<String>,
}

impl From<Align> for bidi::Align {
    fn from(align: Align) -> Self {
        match align {
            Align::Auto => Self::Auto,
            Align::Left => Self::Left,
            Align::Right => Self::Right,
        }
    }
}

impl ScreenArgs {
    /// The words of the interface.
    pub fn words(&self) -> Words {
        Words::new(self.lang.unwrap_or_else(Lang::of_environment))
    }
}

/// What becomes of the marks on Arabic letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Harakat {
    /// Each stays in the cell of its letter
    #[default]
    Keep,
    /// None is shown
    Strip,
}

impl From<Harakat> for bidi::Harakat {
    fn from(harakat: Harakat) -> Self {
        match harakat {
            Harakat::Keep => Self::Keep,
            Harakat::Strip => Self::Strip,
        }
    }
}

/// What is left to say after the screen is gone.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many documents there were.
    pub documents: usize,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

/// Why the interface did not run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Standard output is a pipe or a file.
    #[error("no terminal to draw on; `waqai extract` and `waqai render` write to pipes and files")]
    NoTerminal,
    /// The terminal could not be set up or written to.
    #[error("the terminal failed: {0}")]
    Terminal(#[from] io::Error),
    /// The index could not be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Runs the interface until the user leaves it.
///
/// # Errors
/// Without a terminal, or where the terminal or the index cannot be used.
pub fn run(setup: Setup) -> Result<Outcome, RunError> {
    if !io::stdout().is_terminal() {
        return Err(RunError::NoTerminal);
    }
    // Where there is nothing at all to read, that is said on the terminal as it is.
    if !setup.paths.is_empty() && setup.paths.iter().all(|p| p.as_os_str() != "-" && !p.exists()) {
        let (_, skipped) = corpus::discover(&setup.paths);
        return Ok(Outcome { documents: 0, skipped });
    }
    let index = setup.index.as_deref().map(Index::open).transpose()?;
    let (keymap, keymap_fault) = Keymap::load(setup.keymap.as_deref());
    let words = setup.screen.words();
    let (reviews, reviews_fault) = open_reviews(setup.reviews, setup.reviewer, words);
    let mut guard = Guard::enter(setup.screen.bidi).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::Unsupported => RunError::NoTerminal,
        _ => RunError::Terminal(e),
    })?;
    let (theme, theme_fault) =
        Theme::load(setup.screen.theme.as_deref(), setup.theme.as_deref(), guard.light);
    let start = Start {
        keymap,
        theme,
        words,
        harakat: setup.screen.harakat.map_or(guard.harakat, Into::into),
        align: setup.screen.align.into(),
        mode: guard.mode(),
        hint: guard.hint,
        reviews,
        all: setup.all,
    };
    let mut app = App::new(index, start);
    let out = BufWriter::with_capacity(64 * 1024, io::stdout());
    let mut screen = Terminal::new(Screen::new(out, guard.mode()))?;
    let size = screen.size()?;
    update(&mut app, Action::Resize(size.width, size.height));
    // Before the faults, which are to stay.
    if let Some(hint) = guard.hint {
        app.say(words.get(hint));
    }
    app.keep_to(setup.screen.sample);
    if let Some(session) = setup.session.as_deref().and_then(Session::load) {
        app.resume(session);
    }
    app.open_index();
    let keymap_fault = keymap_fault.map(|why| words.fill("said.keys-stand", &[("why", &why)]));
    let theme_fault = theme_fault.map(|why| words.fill("said.theme-stands", &[("why", &why)]));
    for fault in [keymap_fault, theme_fault, reviews_fault].into_iter().flatten() {
        app.fault(fault);
    }
    let worker = Worker::start(Job {
        paths: setup.paths,
        faults: setup.faults,
        index: setup.index,
        options: setup.options,
        extract: setup.extract,
    });
    let mut early: VecDeque<KeyEvent> = std::mem::take(&mut guard.early).into();
    let mut scene = None;
    loop {
        let now = view::scene(&app);
        let repaint = scene.as_ref() != Some(&now);
        scene = Some(now);
        screen.draw(|frame| {
            view::render(&app, frame.buffer_mut());
            if repaint {
                view::repaint(frame.buffer_mut());
            }
        })?;
        if app.open_selected() {
            continue;
        }
        let worked = app.work();
        let actions = wait(&mut guard, &worker, app.reading(), &mut early, worked)?;
        for pending in actions {
            for effect in pending.apply(&mut app) {
                match effect {
                    Effect::Quit => {
                        if let Some(path) = &setup.session
                            && let Err(error) = app.session().save(path)
                        {
                            tracing::warn!(%error, "where the reader left off is not kept");
                        }
                        return Ok(Outcome { documents: app.documents(), skipped: app.skipped().to_vec() });
                    }
                    Effect::Suspend => {
                        guard.suspend()?;
                        let size = screen.size()?;
                        update(&mut app, Action::Resize(size.width, size.height));
                        screen.clear()?;
                    }
                    Effect::Copy(text) => guard.copy(&text)?,
                    Effect::StopReading => worker.stop(),
                    Effect::ReadAgain => worker.again(),
                    Effect::Mode(mode) => {
                        guard.set_mode(mode)?;
                        screen.backend_mut().set_mode(mode);
                        screen.clear()?;
                    }
                }
            }
        }
    }
}

/// Prints one document as the screen would show it, in visual order.
///
/// # Errors
/// When standard output fails, or was closed.
pub fn render_file(args: &RenderArgs, document: &Document, found: &Annotations) -> io::Result<()> {
    let out = io::stdout().lock();
    let terminal = out.is_terminal();
    let width = args.width.unwrap_or_else(|| {
        if terminal { crossterm::terminal::size().map_or(80, |(columns, _)| columns.max(1)) } else { 80 }
    });
    let theme = match args.color {
        Some(Color::Always) => Some(Theme::coloured(None)),
        Some(Color::Never) => None,
        None => terminal.then(|| Theme::for_terminal(None)),
    };
    let mut out = BufWriter::new(out);
    plain::write(document, found, width, args.align.into(), theme.as_ref(), &mut out)?;
    out.flush()
}

/// The log at `path`, or words that say why there is none.
fn open_reviews(path: Option<PathBuf>, reviewer: String, words: Words) -> (Reviews, Option<String>) {
    let Some(path) = path else { return (Reviews::default(), None) };
    let opened = VerdictLog::open(&path).and_then(|log| Reviews::new(Some(log), reviewer));
    match opened {
        Ok(reviews) => (reviews, None),
        Err(e) => (Reviews::default(), Some(words.fill("said.no-verdicts", &[("why", &e)]))),
    }
}

/// Something that has come in.
enum Pending {
    /// Keys pressed since the last frame, in order.
    Keys(Vec<KeyEvent>),
    /// Anything else.
    Action(Action),
}

impl Pending {
    /// Changes the state; what is to be done outside of it, in order. Keys are understood one after
    /// the other, since each may change what the next one means.
    fn apply(self, app: &mut App) -> Vec<Effect> {
        match self {
            Self::Action(action) => update(app, action).into_iter().collect(),
            Self::Keys(keys) => press(app, &keys),
        }
    }
}

/// Presses keys one after the other; what is to be done outside of the state, up to leaving.
pub fn press(app: &mut App, keys: &[KeyEvent]) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut rest = keys;
    while !rest.is_empty() {
        let (taken, action) = app.keymap().action(app.context(), rest);
        rest = rest.get(taken..).unwrap_or_default();
        if let Some(effect) = action.and_then(|action| update(app, action)) {
            let last = effect == Effect::Quit;
            effects.push(effect);
            if last {
                break;
            }
        }
    }
    effects
}

/// What the event reader has within `patience`.
fn events(patience: Duration, keys: &mut Vec<KeyEvent>, out: &mut Vec<Pending>) -> io::Result<()> {
    let mut ready = event::poll(patience)?;
    while ready {
        match event::read()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => keys.push(key),
            Event::Resize(width, height) => {
                flush(keys, out);
                out.push(Pending::Action(Action::Resize(width, height)));
            }
            // Where no field is open when its turn comes it changes nothing; keys before it may open one.
            Event::Paste(text) => {
                flush(keys, out);
                out.push(Pending::Action(Action::Insert(text)));
            }
            // Moving without a button changes nothing.
            Event::Mouse(mouse) if mouse.kind != MouseEventKind::Moved => {
                flush(keys, out);
                out.push(Pending::Action(Action::Mouse(mouse)));
            }
            _ => {}
        }
        ready = event::poll(Duration::ZERO)?;
    }
    Ok(())
}

/// Waits for something to happen and takes all that has happened by then. Where work was done that
/// is to be seen, and more of it may be left, it does not wait.
fn wait(
    guard: &mut Guard,
    worker: &Worker,
    reading: bool,
    early: &mut VecDeque<KeyEvent>,
    worked: bool,
) -> io::Result<Vec<Pending>> {
    let mut out = Vec::new();
    loop {
        let mut keys: Vec<KeyEvent> = early.drain(..).collect();
        let patience = match (reading, keys.is_empty()) {
            (_, false) => Duration::ZERO,
            _ if worked => Duration::ZERO,
            (true, true) => BUSY,
            (false, true) => IDLE,
        };
        match guard.late(patience)? {
            Some(arrived) => {
                keys.extend(arrived.keys);
                flush(&mut keys, &mut out);
                out.extend(arrived.mode.map(|mode| Pending::Action(Action::Terminal(mode))));
                if arrived.over {
                    // Nobody watched the size so far.
                    let (width, height) = crossterm::terminal::size()?;
                    out.push(Pending::Action(Action::Resize(width, height)));
                }
            }
            None => events(patience, &mut keys, &mut out)?,
        }
        flush(&mut keys, &mut out);
        while let Some(report) = worker.next() {
            out.push(Pending::Action(Action::Report(Box::new(report))));
        }
        if worked || !out.is_empty() {
            return Ok(out);
        }
    }
}

fn flush(keys: &mut Vec<KeyEvent>, out: &mut Vec<Pending>) {
    if !keys.is_empty() {
        out.push(Pending::Keys(std::mem::take(keys)));
    }
}
