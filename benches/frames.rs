//! What a reader waits for in a document of 50 MB: opening it, and every frame while he scrolls, jumps
//! and resizes. A frame is all that happens from the key to the bytes for the terminal: the state
//! changed, rows laid out, 200 by 60 cells painted and every one of them written.
//!
//! Targets: a frame in 2 ms; 16.7 ms are the 60 frames a second under which scrolling looks smooth.

use std::io;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::backend::Backend as _;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use waqai::bidi::Options;
use waqai::corpus::{Format, Origin, Source, demo};
use waqai::model::{Annotations, Document, Event, EventType, Span, Status};
use waqai::store::{Index, SyncOptions};
use waqai::tui::reviews::Reviews;
use waqai::tui::terminal::Mode;
use waqai::tui::terminal::screen::Screen;
use waqai::tui::text_view::TextView;
use waqai::tui::{Action, App, Lang, Start, Theme, press, update, view};

const SIZE: usize = 50_000_000;
const WINDOW: (u16, u16) = (200, 60);
/// Frames of each kind.
const FRAMES: usize = 2000;

/// An event at every so many bytes, so that there is something to light up and to select.
fn annotations(document: &Document) -> Annotations {
    let starts = document.text.match_indices('\n').map(|(at, _)| at as u32 + 1).step_by(20);
    let event = |(n, start): (usize, u32)| {
        let line = &document.text[start as usize..];
        let end = start + line.find([' ', '\n']).unwrap_or(line.len()) as u32;
        Event {
            id: format!("e{n}"),
            trigger: Span::new(start, end),
            extent: Span::new(start, end),
            kind: EventType::ALL[n % 16],
            status: Status::Occurred,
            date: None,
            actors: Vec::new(),
            places: Vec::new(),
            confidence: 0.5,
            evidence: Vec::new(),
        }
    };
    Annotations { events: starts.enumerate().map(event).collect(), ..Annotations::default() }
}

/// How long something took.
fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let result = run();
    println!("{what:<44}{:>9.2} ms", begun.elapsed().as_secs_f64() * 1e3);
    result
}

fn app(text: &'static str) -> App {
    let source = Source {
        name: "long.txt".into(),
        origin: Origin::Embedded(text.as_bytes()),
        format: Format::Text,
        size: text.len() as u64,
        modified: 0,
    };
    let mut index = Index::in_memory().expect("memory");
    index
        .sync(&[source], &SyncOptions::default(), &annotations, &mut |_| (), &AtomicBool::new(false))
        .expect("it is indexed");
    let start = Start::new(Theme::builtin("dark").expect("built in"), Lang::En, Reviews::default());
    App::new(Some(index), start)
}

/// Draws the whole screen as the loop of the program does when everything has changed.
fn draw(app: &App, buffer: &mut Buffer, screen: &mut Screen<io::Sink>) {
    buffer.reset();
    view::render(app, buffer);
    view::repaint(buffer);
    let area = buffer.area;
    let place = |n: usize| ((n % usize::from(area.width)) as u16, (n / usize::from(area.width)) as u16);
    let cells = buffer.content.iter().enumerate().map(|(n, cell)| (place(n).0, place(n).1, cell));
    screen.draw(cells).expect("a sink takes all");
}

/// Frames after each of the keys in turn; the median, the hundredth worst and the worst.
fn frames(what: &str, app: &mut App, count: usize, mut change: impl FnMut(&mut App, usize)) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, WINDOW.0, WINDOW.1));
    let mut screen = Screen::new(io::sink(), Mode::Visual);
    let mut times: Vec<Duration> = (0..count)
        .map(|n| {
            let begun = Instant::now();
            change(app, n);
            draw(app, &mut buffer, &mut screen);
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    let ms = |at: usize| times[at].as_secs_f64() * 1e3;
    let (median, rare, worst) = (ms(count / 2), ms(count * 99 / 100), ms(count - 1));
    println!("{what:<44}{median:>9.2} ms  99 %: {rare:.2} ms  worst: {worst:.2} ms");
}

fn main() {
    let once: String = demo().iter().map(|document| document.text.as_str()).collect::<Vec<_>>().join("\n");
    let text: &'static str = Box::leak(once.repeat(SIZE.div_ceil(once.len())).into_boxed_str());
    println!("{} bytes, window {} × {} cells\n", text.len(), WINDOW.0, WINDOW.1);
    timed("the text alone, to the first window", || {
        let mut view = TextView::new(text, Options::default());
        view.fit(WINDOW.0 / 2, WINDOW.1, Options::default());
        let rows = view.window();
        rows.iter().map(|place| view.layout(place.paragraph).rows.len()).sum::<usize>()
    });
    let mut app = app(text);
    update(&mut app, Action::Resize(WINDOW.0, WINDOW.1));
    timed("from the index, the list", || app.open_index());
    timed("from the index, the text", || app.open_selected());
    timed("from the index, what was found in it", || app.open_selected());
    let key = |code| [KeyEvent::new(code, KeyModifiers::NONE)];
    press(&mut app, &key(KeyCode::Tab));
    println!();
    for (what, code) in [
        ("a row down", KeyCode::Down),
        ("a page down", KeyCode::PageDown),
        ("a row up", KeyCode::Up),
        ("a page up", KeyCode::PageUp),
    ] {
        frames(what, &mut app, FRAMES, |app, _| drop(press(app, &key(code))));
    }
    frames("to the end and back", &mut app, 200, |app, n| {
        press(app, &key(if n % 2 == 0 { KeyCode::End } else { KeyCode::Home }));
    });
    press(&mut app, &key(KeyCode::PageDown));
    frames("a window a column narrower or wider", &mut app, 200, |app, n| {
        update(app, Action::Resize(WINDOW.0 - (n % 40) as u16, WINDOW.1));
    });
}
