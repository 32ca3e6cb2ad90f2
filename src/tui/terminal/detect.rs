//! Asks the terminal what it is, before the event reader owns the input.
//!
//! DECRQM of ANSI mode 8 (BDSM), XTVERSION, the background colour, secondary device attributes, and
//! primary ones last: those everybody answers, so that silence on the others is an answer too. What
//! the user typed meanwhile is kept and handed on.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::mode::Mode;

/// How long a terminal may take to answer.
pub const PATIENCE: Duration = Duration::from_millis(300);

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
    /// Whether the last question was answered.
    pub complete: bool,
    /// Bytes that are no answer: keys that were typed meanwhile.
    pub typed: Vec<u8>,
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
                b'c' if parameters.starts_with(b"?") => answers.complete = true,
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

/// The environment variables that help where answers are silent or come from a multiplexer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Environment {
    /// `TMUX` or `STY` is set.
    pub multiplexed: bool,
    /// `VTE_VERSION` is set; it leaks into terminals started from a VTE.
    pub vte: bool,
}

impl Environment {
    /// As the process has it.
    pub fn read() -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        Self { multiplexed: set("TMUX") || set("STY"), vte: set("VTE_VERSION") }
    }
}

/// The mode for a terminal, and a hint where only its user can set it right.
pub fn decide(answers: &Answers, environment: Environment) -> (Mode, Option<&'static str>) {
    let name = answers.version.as_deref().unwrap_or("").to_ascii_lowercase();
    if environment.multiplexed {
        return (if environment.vte { Mode::Lrm } else { Mode::Visual }, None);
    }
    if matches!(answers.bdsm, Some(1..=4)) {
        return (Mode::Explicit, None);
    }
    if name.starts_with("konsole") {
        return (Mode::Konsole, None);
    }
    let secondary = answers.secondary.as_deref().unwrap_or("");
    // mlterm before 3.9.1 has no XTVERSION.
    if name.starts_with("mlterm") || (name.is_empty() && secondary.starts_with("24;279;")) {
        return (Mode::Mlterm, None);
    }
    if let Some(version) = name.strip_prefix("kitty") {
        let mut numbers = version.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<u32>().ok());
        let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        return if version >= (0, 40) {
            (Mode::Kitty, None)
        } else {
            (Mode::Visual, Some("this kitty needs `force_ltr yes` in kitty.conf to show Arabic in order"))
        };
    }
    if name.is_empty() && secondary == "0;136;0" {
        return (Mode::Visual, Some("in PuTTY, disable bidirectional text display and Arabic shaping"));
    }
    if name.is_empty() && secondary == "0;115;0" {
        return (Mode::Visual, Some("in this terminal's settings, switch bidirectional rendering off"));
    }
    if !answers.complete && environment.vte {
        return (Mode::Explicit, None);
    }
    (Mode::Visual, None)
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
                let last = chars.by_ref().find(|c| matches!(c, '\x40'..='\x7E'));
                match last {
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

    use rustix::event::{PollFd, PollFlags, Timespec, poll};

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
        if answers.complete || left.is_zero() {
            return answers;
        }
        let wait = Timespec { tv_sec: 0, tv_nsec: i64::from(left.subsec_nanos()) };
        let ready = poll(&mut [PollFd::new(&tty, PollFlags::IN)], Some(&wait));
        if !matches!(ready, Ok(1..)) {
            continue;
        }
        let mut chunk = [0; 1024];
        match tty.read(&mut chunk) {
            Ok(0) | Err(_) => return parse(&read),
            Ok(n) => read.extend(&chunk[..n]),
        }
    }
}

/// Elsewhere than on Unix nothing is asked.
#[cfg(not(unix))]
pub fn ask() -> Answers {
    Answers::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(bytes: &[u8]) -> Mode {
        decide(&parse(bytes), Environment::default()).0
    }

    #[test]
    fn each_family_gets_its_mode() {
        assert_eq!(decided(b"\x1b[8;1$y\x1bP>|VTE(7600)\x1b\\\x1b[?65;1;9c"), Mode::Explicit);
        assert_eq!(decided(b"\x1b[8;0$y\x1bP>|XTerm(379)\x1b\\\x1b[?64;1;2c"), Mode::Visual);
        assert_eq!(decided(b"\x1bP>|Konsole 22.12.3\x1b\\\x1b[?62;1;4c"), Mode::Konsole);
        assert_eq!(decided(b"\x1b[8;0$y\x1bP>|mlterm(3.9.3)\x1b\\\x1b[?63;1c"), Mode::Mlterm);
        assert_eq!(decided(b"\x1b[8;0$y\x1b[>24;279;0c\x1b[?63;1c"), Mode::Mlterm);
        assert_eq!(decided(b"\x1b[8;0$y\x1bP>|kitty(0.48.0)\x1b\\\x1b[?62;c"), Mode::Kitty);
        assert_eq!(decided(b"\x1bP>|kitty(0.26.5)\x1b\\\x1b[?62;c"), Mode::Visual);
        assert_eq!(decided(b"\x1b[?1;2c"), Mode::Visual);
        assert_eq!(decided(b""), Mode::Visual);
    }

    #[test]
    fn answers_beat_the_environment() {
        let vte = Environment { vte: true, multiplexed: false };
        let xterm = parse(b"\x1b[8;0$y\x1b[?64;1c");
        assert_eq!(decide(&xterm, vte).0, Mode::Visual);
        assert_eq!(decide(&Answers::default(), vte).0, Mode::Explicit);
        assert_eq!(decide(&xterm, Environment { vte: true, multiplexed: true }).0, Mode::Lrm);
    }

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
        assert!(answers.complete);
        let codes: Vec<_> = keys(&answers.typed).into_iter().map(|k| k.code).collect();
        let expected = ['j', 'ت'].map(KeyCode::Char);
        assert_eq!(codes[..2], expected);
        assert_eq!(codes[2..], [KeyCode::Down, KeyCode::Char('q'), KeyCode::Char('d')]);
    }
}
