//! Asks the terminal what it is, before the event reader owns the input.
//!
//! DECRQM of ANSI mode 8 (BDSM), XTVERSION, the background colour, secondary device attributes, and
//! primary ones last: those everybody answers, so that silence on the others is an answer too. What
//! the user typed meanwhile is kept and handed on.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// How long a terminal may take to answer.
pub const PATIENCE: Duration = Duration::from_millis(300);

/// How long answers may still come afterwards.
const LATEST: Duration = Duration::from_secs(5);

/// The questions, in the order of asking.
pub const QUESTIONS: &[u8] = b"\x1b[8$p\x1b[>0q\x1b]11;?\x1b\\\x1b[>c\x1b[c";

/// What came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The state of BDSM by DECRPM: 0 unknown mode, 1 set, 2 reset, 3 and 4 permanently so.
    pub bdsm: Option<u8>,
    /// Name and version as XTVERSION gives them.
    pub version: Option<String>,
    /// Secondary device attributes, without introducer and final letter: `24;279;0`.
    pub secondary: Option<String>,
    /// Whether the background is light.
    pub light: Option<bool>,
    /// Primary device attributes, without introducer and final letter: `64;1;2`. Everybody gives them,
    /// so with them all answers are there.
    pub primary: Option<String>,
    /// Bytes that are no answer: keys that were typed meanwhile.
    pub typed: Vec<u8>,
}

impl Answers {
    /// Fills what is missing from later answers.
    pub fn add(&mut self, later: Self) {
        self.bdsm = self.bdsm.or(later.bdsm);
        self.light = self.light.or(later.light);
        self.version = self.version.take().or(later.version);
        self.secondary = self.secondary.take().or(later.secondary);
        self.primary = self.primary.take().or(later.primary);
    }
}

/// Takes the answers out of what was read.
pub fn parse(bytes: &[u8]) -> Answers {
    let mut answers = Answers::default();
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        if let Some(body) = rest.strip_prefix(b"\x1b[")
            && let Some(end) = body.iter().position(|b| (0x40..=0x7E).contains(b))
        {
            let parameters = &body[..end];
            match body[end] {
                b'y' => {
                    if let Some(state) = parameters.strip_prefix(b"8;").and_then(|p| p.strip_suffix(b"$")) {
                        answers.bdsm = std::str::from_utf8(state).ok().and_then(|s| s.parse().ok());
                    }
                }
                b'c' if parameters.starts_with(b"?") => {
                    answers.primary = Some(String::from_utf8_lossy(&parameters[1..]).into_owned());
                }
                b'c' if parameters.starts_with(b">") => {
                    answers.secondary = Some(String::from_utf8_lossy(&parameters[1..]).into_owned());
                }
                _ => answers.typed.extend(&rest[..=2 + end]),
            }
            rest = &body[end + 1..];
        } else if let Some(body) = rest.strip_prefix(b"\x1bP")
            && let Some(end) = body.windows(2).position(|w| w == b"\x1b\\")
        {
            if let Some(name) = body[..end].strip_prefix(b">|") {
                answers.version = Some(String::from_utf8_lossy(name).into_owned());
            }
            rest = &body[end + 2..];
        } else if let Some(body) = rest.strip_prefix(b"\x1b]")
            && let Some(end) = body.iter().position(|b| matches!(b, b'\x07' | b'\x1b'))
        {
            answers.light = body[..end].strip_prefix(b"11;").and_then(light).or(answers.light);
            let terminator = if body[end] == b'\x1b' { 2 } else { 1 };
            rest = body.get(end + terminator..).unwrap_or_default();
        } else {
            answers.typed.push(first);
            rest = after;
        }
    }
    answers
}

/// Whether a colour (`rgb:ffff/ffff/ffff`, of one to four digits each) is nearer to white than to
/// black, by the luma weights of ITU-R BT.601.
fn light(color: &[u8]) -> Option<bool> {
    let parts = std::str::from_utf8(color).ok()?.strip_prefix("rgb:")?;
    let mut luma = 0.0;
    let mut weights = [0.299, 0.587, 0.114].into_iter();
    for part in parts.split('/') {
        let most = 16f64.powi(i32::try_from(part.len()).ok()?) - 1.0;
        luma += weights.next()? * f64::from(u16::from_str_radix(part, 16).ok()?) / most;
    }
    weights.next().is_none().then_some(luma > 0.5)
}

/// The keys in what was typed before the event reader started: characters, control characters and
/// arrows. Sequences of other keys are dropped.
pub fn keys(typed: &[u8]) -> Vec<KeyEvent> {
    let text = String::from_utf8_lossy(typed);
    let mut out = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let code = match c {
            '\x1b' if matches!(chars.peek(), Some('[' | 'O')) => {
                chars.next();
                let mut number = 0_u32;
                let last = chars.by_ref().find(|c| {
                    number = number * 10 % 1000 + c.to_digit(10).unwrap_or(0);
                    matches!(c, '\x40'..='\x7E')
                });
                match last {
                    // The number was shifted by the letter itself.
                    Some('~') => match number / 10 {
                        1 | 7 => KeyCode::Home,
                        3 => KeyCode::Delete,
                        4 | 8 => KeyCode::End,
                        5 => KeyCode::PageUp,
                        6 => KeyCode::PageDown,
                        _ => continue,
                    },
                    Some('A') => KeyCode::Up,
                    Some('B') => KeyCode::Down,
                    Some('C') => KeyCode::Right,
                    Some('D') => KeyCode::Left,
                    Some('H') => KeyCode::Home,
                    Some('F') => KeyCode::End,
                    _ => continue,
                }
            }
            '\x1b' => KeyCode::Esc,
            '\r' => KeyCode::Enter,
            '\t' => KeyCode::Tab,
            '\x7f' | '\x08' => KeyCode::Backspace,
            '\x01'..='\x1a' => {
                let letter = char::from(b'a' + (c as u8) - 1);
                out.push(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL));
                continue;
            }
            c if c.is_control() || c == char::REPLACEMENT_CHARACTER => continue,
            c => KeyCode::Char(c),
        };
        out.push(KeyEvent::new(code, KeyModifiers::NONE));
    }
    out
}

/// Asks on the controlling terminal, which has to be in raw mode, and waits at most [`PATIENCE`].
/// Where nothing can be asked or read the answers are empty.
#[cfg(unix)]
pub fn ask() -> Answers {
    use std::io::{Read, Write};
    use std::time::Instant;

    let Ok(mut tty) = std::fs::OpenOptions::new().read(true).write(true).open("/dev/tty") else {
        return Answers::default();
    };
    if tty.write_all(QUESTIONS).and_then(|()| tty.flush()).is_err() {
        return Answers::default();
    }
    let start = Instant::now();
    let mut read = Vec::new();
    loop {
        let answers = parse(&read);
        let left = PATIENCE.saturating_sub(start.elapsed());
        if answers.primary.is_some() || left.is_zero() {
            return answers;
        }
        if !super::readable(&tty, left) {
            continue;
        }
        let mut chunk = [0; 1024];
        match tty.read(&mut chunk) {
            Ok(0) | Err(_) => return parse(&read),
            Ok(n) => read.extend(&chunk[..n]),
        }
    }
}

/// A terminal that has not answered the last question in time. Until it has, or for a while, what it
/// sends is read here: the event reader would take the answers for keys.
#[cfg(unix)]
#[derive(Debug)]
pub struct Late {
    tty: std::fs::File,
    since: std::time::Instant,
    /// Since then, and not understood yet.
    read: Vec<u8>,
    /// All answers so far.
    pub answers: Answers,
}

#[cfg(unix)]
impl Late {
    /// After [`ask`] gave `answers` without the last one; none where there is no terminal to wait for.
    pub fn after(answers: &Answers) -> Option<Self> {
        if answers.primary.is_some() {
            return None;
        }
        let tty = std::fs::OpenOptions::new().read(true).open("/dev/tty").ok()?;
        let answers = Answers { typed: Vec::new(), ..answers.clone() };
        Some(Self { tty, since: std::time::Instant::now(), read: Vec::new(), answers })
    }

    /// Whether the last answer has come, or is no longer waited for.
    pub fn is_over(&self) -> bool {
        self.answers.primary.is_some() || self.since.elapsed() > LATEST
    }

    /// The keys that come within `wait`; answers among them are kept.
    ///
    /// # Errors
    /// Where the terminal is gone.
    pub fn keys(&mut self, wait: Duration) -> std::io::Result<Vec<KeyEvent>> {
        use std::io::Read as _;

        let ready = super::readable(&self.tty, wait);
        if ready {
            let mut chunk = [0; 1024];
            let count = self.tty.read(&mut chunk)?;
            self.read.extend(&chunk[..count]);
        }
        // What has come in part waits for the rest; an escape after which nothing comes is the key.
        let part = partial(&self.read).filter(|at| ready || self.read.len() > at + 1);
        let whole = if self.is_over() { None } else { part }.unwrap_or(self.read.len());
        let rest = self.read.split_off(whole);
        let mut answers = parse(&std::mem::replace(&mut self.read, rest));
        let typed = std::mem::take(&mut answers.typed);
        self.answers.add(answers);
        Ok(keys(&typed))
    }
}

/// Where in `bytes` an escape sequence begins that has no end yet.
#[cfg(unix)]
fn partial(bytes: &[u8]) -> Option<usize> {
    let last = |pair: &[u8]| bytes.windows(2).rposition(|two| two == pair);
    let begun = last(b"\x1bP").max(last(b"\x1b]"));
    let ended = last(b"\x1b\\").max(bytes.iter().rposition(|byte| *byte == 7));
    if begun > ended {
        return begun;
    }
    let escape = bytes.iter().rposition(|byte| *byte == 0x1b)?;
    let open = match &bytes[escape + 1..] {
        [] => true,
        [b'[', rest @ ..] => !rest.iter().any(|byte| (0x40..=0x7e).contains(byte)),
        _ => false,
    };
    open.then_some(escape)
}

/// Elsewhere than on Unix nothing is asked.
#[cfg(not(unix))]
pub fn ask() -> Answers {
    Answers::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_background_is_told_apart() {
        let light = |bytes: &[u8]| parse(bytes).light;
        assert_eq!(light(b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?1c"), Some(true));
        assert_eq!(light(b"\x1b]11;rgb:1e/1e/2e\x07\x1b[?1c"), Some(false));
        assert_eq!(light(b"\x1b]11;none\x07\x1b[?1c"), None);
        assert!(parse(b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?1c").typed.is_empty());
    }

    #[test]
    fn keys_typed_meanwhile_are_kept_in_order() {
        let answers = parse("j\x1b[8;0$yت\x1b[B\x1b[?64;1cq\x04".as_bytes());
        assert!(answers.primary.is_some());
        let codes: Vec<_> = keys(&answers.typed).into_iter().map(|k| k.code).collect();
        let expected = ['j', 'ت'].map(KeyCode::Char);
        assert_eq!(codes[..2], expected);
        assert_eq!(codes[2..], [KeyCode::Down, KeyCode::Char('q'), KeyCode::Char('d')]);
    }
}
