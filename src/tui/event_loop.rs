//! The loop of the interface: a frame, then all that has come in meanwhile, then what it asks for.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use crossterm::event::{self, Event, KeyEvent, KeyEventKind, MouseEventKind};
use ratatui::Terminal;

use super::action::Action;
use super::app::App;
use super::history::{History, Typed};
use super::session::Session;
use super::terminal::Guard;
use super::terminal::screen::Screen;
use super::update::{Effect, update};
use super::view;
use super::worker::{Report, Worker};
use super::writing::Writing;

/// How long to wait for a key while documents are read, and while nothing else goes on.
const BUSY: Duration = Duration::from_millis(25);
const IDLE: Duration = Duration::from_millis(500);

/// Shows the state and changes it until the user leaves; `worker` reads documents beside it, where there
/// are any to be read. What `kept` is for is kept there.
///
/// # Errors
/// When the terminal fails.
pub(super) fn show<W: Write>(
    app: &mut App,
    guard: &mut Guard,
    screen: &mut Terminal<Screen<W>>,
    worker: Option<&Worker>,
    kept: Option<&Kept>,
) -> io::Result<()> {
    let mut writing: Option<Writing> = None;
    let mut early: VecDeque<KeyEvent> = std::mem::take(&mut guard.early).into();
    let mut scene = None;
    loop {
        let now = view::scene(app);
        let repaint = scene.as_ref() != Some(&now);
        scene = Some(now);
        screen.draw(|frame| {
            view::render(app, frame.buffer_mut());
            if repaint {
                view::repaint(frame.buffer_mut());
            }
        })?;
        if app.open_selected() {
            continue;
        }
        let worked = app.work();
        let busy = app.reading() || writing.is_some();
        let reports = || writing.as_ref().and_then(Writing::next).or_else(|| worker.and_then(Worker::next));
        let actions = wait(guard, reports, busy, &mut early, worked)?;
        for pending in actions {
            for effect in pending.apply(app) {
                match effect {
                    Effect::Quit => {
                        if let Some(kept) = kept {
                            kept.leave(app);
                        }
                        return Ok(());
                    }
                    Effect::Suspend => {
                        guard.suspend()?;
                        let size = screen.size()?;
                        update(app, Action::Resize(size.width, size.height));
                        screen.clear()?;
                    }
                    Effect::Copy(text) => guard.copy(&text)?,
                    Effect::StopReading => {
                        if let Some(worker) = worker {
                            worker.stop();
                        }
                    }
                    Effect::ReadAgain => {
                        if let Some(worker) = worker {
                            worker.again();
                        }
                    }
                    Effect::Relearn(first) => {
                        if let Some(worker) = worker {
                            worker.relearn(first);
                        }
                    }
                    Effect::Write(file, format) => writing = app.order(file, format).map(Writing::start),
                    Effect::StopWriting => {
                        if let Some(writing) = &writing {
                            writing.stop();
                        }
                    }
                    Effect::Mode(mode) => {
                        guard.set_mode(mode)?;
                        screen.backend_mut().set_mode(mode);
                        screen.clear()?;
                    }
                }
            }
        }
        if app.writing().is_none() {
            writing = None;
        }
        if let Some(kept) = kept {
            kept.add(app.take_typed());
        }
    }
}

/// What is kept for the next session on the same documents.
pub(super) struct Kept {
    session: PathBuf,
    history: History,
}

impl Kept {
    /// In the file `session` and one beside it.
    pub(super) fn new(session: PathBuf) -> Self {
        Self { history: History::new(session.with_extension("history")), session }
    }

    /// Goes on from there.
    pub(super) fn restore(&self, app: &mut App) {
        if let Some(session) = Session::load(&self.session) {
            app.resume(session);
        }
        match self.history.load() {
            Ok(typed) => app.recall(typed),
            Err(error) => tracing::warn!(%error, "what was typed before is not read"),
        }
    }

    /// Keeps what was typed.
    fn add(&self, typed: Vec<Typed>) {
        for typed in typed {
            if let Err(error) = self.history.add(&typed) {
                tracing::warn!(%error, "what was typed is not kept");
            }
        }
    }

    /// Keeps where the reader is.
    fn leave(&self, app: &mut App) {
        self.add(app.take_typed());
        if let Err(error) = app.session().save(&self.session) {
            tracing::warn!(%error, "where the reader left off is not kept");
        }
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
    reports: impl Fn() -> Option<Report>,
    busy: bool,
    early: &mut VecDeque<KeyEvent>,
    worked: bool,
) -> io::Result<Vec<Pending>> {
    let mut out = Vec::new();
    loop {
        let mut keys: Vec<KeyEvent> = early.drain(..).collect();
        let patience = match (busy, keys.is_empty()) {
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
        while let Some(report) = reports() {
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
