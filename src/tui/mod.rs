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
pub mod comparison;
pub mod editor;
mod event_loop;
pub mod fuzzy;
pub mod history;
pub mod input;
pub mod jumps;
pub mod keys;
pub mod layout;
pub mod marker;
pub mod marks;
pub mod names;
pub mod narrowed;
pub mod offer;
pub mod opened;
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
pub use crate::words;
pub mod worker;
pub mod writing;

use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use ratatui::Terminal;

pub use action::{Action, Command};
pub use app::{App, Start};
pub use event_loop::press;
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
use comparison::Comparison;
use event_loop::{Kept, show};
use reviews::Reviews;
use terminal::screen::Screen;
use terminal::{Choice, Guard};
use worker::{Extractor, Job, Relearn, Worker};

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
    /// Takes up the lexicon anew; none where the events come from elsewhere.
    pub relearn: Option<Relearn>,
    /// The user's folders of the lexicon, of which the last one is written to; the first need not exist.
    pub lexicon: Vec<PathBuf>,
    /// Also show what is denied or merely possible.
    pub all: bool,
    /// The verdict log; without one events can be read but not judged.
    pub reviews: Option<PathBuf>,
    /// Who judges.
    pub reviewer: String,
    /// How text reaches the terminal and how it is set.
    pub screen: ScreenArgs,
    /// The random sample that is kept to.
    pub sample: Option<Sample>,
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
    let reviews = open_reviews(setup.reviews, setup.reviewer, setup.screen.words());
    let files = (setup.keymap.as_deref(), setup.theme.as_deref());
    let Stage { mut app, mut guard, mut screen, faults } =
        enter(&setup.screen, files, index, reviews, setup.all)?;
    app.keep_to(setup.sample);
    if setup.relearn.is_some() {
        app.write_lexicon_to(setup.lexicon);
    }
    let kept = setup.session.map(Kept::new);
    if let Some(kept) = &kept {
        kept.restore(&mut app);
    }
    app.open_index();
    for fault in faults {
        app.fault(fault);
    }
    let worker = Worker::start(Job {
        paths: setup.paths,
        faults: setup.faults,
        index: setup.index,
        options: setup.options,
        extract: setup.extract,
        relearn: setup.relearn,
    });
    show(&mut app, &mut guard, &mut screen, Some(&worker), kept.as_ref())?;
    Ok(Outcome { documents: app.documents(), skipped: app.skipped().to_vec() })
}

/// Shows two extractions side by side until the user leaves, with the keymap and the theme of the user,
/// files that need not exist.
///
/// # Errors
/// Without a terminal, or where it fails.
pub fn compare(
    comparison: Comparison,
    screen: &ScreenArgs,
    files: (Option<&Path>, Option<&Path>),
) -> Result<(), RunError> {
    let Stage { mut app, mut guard, mut screen, faults } =
        enter(screen, files, None, (Reviews::default(), None), false)?;
    app.show_comparison(comparison);
    for fault in faults {
        app.fault(fault);
    }
    Ok(show(&mut app, &mut guard, &mut screen, None, None)?)
}

/// A terminal that is set up, and the state that it shows.
struct Stage {
    app: App,
    guard: Guard,
    screen: Terminal<Screen<BufWriter<io::Stdout>>>,
    /// What is to be told first.
    faults: Vec<String>,
}

/// Sets the terminal up, for keys and colours as the files of the user have them.
fn enter(
    args: &ScreenArgs,
    (keymap, theme): (Option<&Path>, Option<&Path>),
    index: Option<Index>,
    (reviews, reviews_fault): (Reviews, Option<String>),
    all: bool,
) -> Result<Stage, RunError> {
    let words = args.words();
    let (keymap, keymap_fault) = Keymap::load(keymap);
    let guard = Guard::enter(args.bidi).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::Unsupported => RunError::NoTerminal,
        _ => RunError::Terminal(e),
    })?;
    let (theme, theme_fault) = Theme::load(args.theme.as_deref(), theme, guard.light);
    let start = Start {
        keymap,
        theme,
        words,
        harakat: args.harakat.map_or(guard.harakat, Into::into),
        align: args.align.into(),
        mode: guard.mode(),
        hint: guard.hint,
        reviews,
        all,
    };
    let mut app = App::new(index, start);
    let out = BufWriter::with_capacity(64 * 1024, io::stdout());
    let screen = Terminal::new(Screen::new(out, guard.mode()))?;
    let size = screen.size()?;
    update(&mut app, Action::Resize(size.width, size.height));
    // Before the faults, which are to stay.
    if let Some(hint) = guard.hint {
        app.say(words.get(hint));
    }
    let keymap_fault = keymap_fault.map(|why| words.fill("said.keys-stand", &[("why", &why)]));
    let theme_fault = theme_fault.map(|why| words.fill("said.theme-stands", &[("why", &why)]));
    let faults = [keymap_fault, theme_fault, reviews_fault].into_iter().flatten().collect();
    Ok(Stage { app, guard, screen, faults })
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
