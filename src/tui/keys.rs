//! Keys to commands: the table in `assets/keymap.toml`, the user's own over it, and keyboards that
//! send Arabic letters, whose keys are understood by their place.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use serde::Deserialize;

use super::action::{Action, Command};

/// The keymap that is built in.
const BUILTIN: &str = include_str!("../../assets/keymap.toml");

/// Where keys go: the same key may do another thing in a panel than in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Context {
    /// The list and the text.
    Browse,
    /// A panel of values with a field to type into.
    Panel,
    /// The line in which a search is typed.
    Prompt,
    /// A page that is only read.
    Page,
    /// The fields of an event.
    Edit,
    /// Words of the text that are being marked.
    Mark,
    /// A question.
    Confirm,
}

impl Context {
    /// Whether keys that are not bound are text.
    const fn typed(self) -> bool {
        matches!(self, Self::Panel | Self::Prompt)
    }
}

/// One key with its modifiers; Shift shows in the character itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    ctrl: bool,
    alt: bool,
}

/// The names of keys that are no character.
const NAMES: [(&str, KeyCode); 16] = [
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backtab", KeyCode::BackTab),
    ("space", KeyCode::Char(' ')),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
];

impl Key {
    /// A character without modifiers.
    const fn char(c: char) -> Self {
        Self { code: KeyCode::Char(c), ctrl: false, alt: false }
    }

    /// The key of a terminal event.
    pub fn of(event: KeyEvent) -> Self {
        Self {
            code: event.code,
            ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
            alt: event.modifiers.contains(KeyModifiers::ALT),
        }
    }

    /// The character it types, where it types one.
    const fn typed(self) -> Option<char> {
        match self {
            Self { code: KeyCode::Char(c), ctrl: false, alt: false } => Some(c),
            _ => None,
        }
    }
}

impl FromStr for Key {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let mut rest = name;
        let (mut ctrl, mut alt) = (false, false);
        loop {
            if let Some(r) = rest.strip_prefix("ctrl-") {
                (ctrl, rest) = (true, r);
            } else if let Some(r) = rest.strip_prefix("alt-") {
                (alt, rest) = (true, r);
            } else {
                break;
            }
        }
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.next()) {
            (Some(c), None) => KeyCode::Char(c),
            _ => match NAMES.iter().find(|(n, _)| *n == rest) {
                Some((_, code)) => *code,
                None => rest
                    .strip_prefix('f')
                    .and_then(|n| n.parse().ok())
                    .filter(|n| (1..=12).contains(n))
                    .map(KeyCode::F)
                    .ok_or_else(|| format!("no key is called {name:?}"))?,
            },
        };
        Ok(Self { code, ctrl, alt })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("^")?;
        }
        if self.alt {
            f.write_str("alt-")?;
        }
        match self.code {
            KeyCode::Up => f.write_str("↑"),
            KeyCode::Down => f.write_str("↓"),
            KeyCode::Left => f.write_str("←"),
            KeyCode::Right => f.write_str("→"),
            KeyCode::PageUp => f.write_str("PgUp"),
            KeyCode::PageDown => f.write_str("PgDn"),
            KeyCode::BackTab => f.write_str("⇧Tab"),
            KeyCode::F(n) => write!(f, "F{n}"),
            code => match NAMES.iter().find(|(_, c)| *c == code) {
                Some((name, _)) => {
                    let mut letters = name.chars();
                    let first = letters.next().map(|c| c.to_ascii_uppercase());
                    write!(f, "{}{}", first.unwrap_or_default(), letters.as_str())
                }
                None => match code {
                    KeyCode::Char(c) => write!(f, "{c}"),
                    _ => write!(f, "{code:?}"),
                },
            },
        }
    }
}

type Bindings = BTreeMap<Command, Vec<String>>;

/// A keymap file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    browse: Bindings,
    panel: Bindings,
    prompt: Bindings,
    page: Bindings,
    edit: Bindings,
    mark: Bindings,
    confirm: Bindings,
    layout: BTreeMap<String, BTreeMap<String, String>>,
}

impl File {
    fn contexts(self) -> [(Context, Bindings); 7] {
        [
            (Context::Browse, self.browse),
            (Context::Panel, self.panel),
            (Context::Prompt, self.prompt),
            (Context::Page, self.page),
            (Context::Edit, self.edit),
            (Context::Mark, self.mark),
            (Context::Confirm, self.confirm),
        ]
    }
}

/// The live keymap.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    /// In the order of the file, for the help page.
    keys: BTreeMap<Context, Vec<(Command, Vec<Key>)>>,
    lookup: HashMap<(Context, Key), Command>,
    /// What a press on another keyboard layout sends → the Latin character of that place.
    places: HashMap<String, char>,
}

impl Keymap {
    /// The built-in keymap.
    ///
    /// # Panics
    /// If the file that is built in is faulty, which a test excludes.
    pub fn builtin() -> Self {
        Self::default().with(BUILTIN).expect("the built-in keymap is well formed")
    }

    /// The built-in keymap under the user's own. A fault in the user's file is one line of words,
    /// and then the built-in one stands whole.
    pub fn load(user: Option<&Path>) -> (Self, Option<String>) {
        let builtin = Self::builtin();
        let Some(path) = user else { return (builtin, None) };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return (builtin, None),
            Err(e) => return (builtin, Some(format!("{}: {e}", path.display()))),
        };
        match builtin.clone().with(&text) {
            Ok(own) => (own, None),
            Err(e) => (builtin, Some(format!("{}: {e}", path.display()))),
        }
    }

    /// This keymap with what the text of a keymap file says over it.
    ///
    /// # Errors
    /// One line: the line and the fault.
    pub fn with(mut self, text: &str) -> Result<Self, String> {
        let mut file: File = toml::from_str(text).map_err(|e| {
            let before = e.span().and_then(|s| text.get(..s.start)).unwrap_or("");
            let line = before.matches('\n').count() + 1;
            // The list of all names that would have been right is no help on one line.
            let fault = e.message().split(", expected one of").next().unwrap_or_default();
            format!("line {line}: {}", fault.replace('\n', " "))
        })?;
        for (sent, place) in std::mem::take(&mut file.layout).into_values().flatten() {
            let mut chars = place.chars();
            let (Some(c), None) = (chars.next(), chars.next()) else {
                return Err(format!("layout: {place:?} is not one character"));
            };
            self.places.insert(sent, c);
        }
        for (context, bindings) in file.contexts() {
            let list = self.keys.entry(context).or_default();
            for (command, names) in bindings {
                let keys = names.iter().map(|n| n.parse()).collect::<Result<Vec<Key>, _>>()?;
                // A key that gets a new meaning loses its old one.
                for (_, old) in list.iter_mut() {
                    old.retain(|k| !keys.contains(k));
                }
                match list.iter_mut().find(|(c, _)| *c == command) {
                    Some((_, old)) => *old = keys,
                    None => list.push((command, keys)),
                }
            }
        }
        self.lookup = self
            .keys
            .iter()
            .flat_map(|(&context, list)| {
                list.iter()
                    .flat_map(move |(command, keys)| keys.iter().map(move |k| ((context, *k), *command)))
            })
            .collect();
        Ok(self)
    }

    /// What the next of `events` does in `context`, and how many of them that takes: a layout may
    /// send two characters at one press, which arrive together.
    pub fn action(&self, context: Context, events: &[KeyEvent]) -> (usize, Option<Action>) {
        let Some(&first) = events.first() else { return (0, None) };
        let key = Key::of(first);
        if let Some(&command) = self.lookup.get(&(context, key)) {
            return (1, Some(Action::Command(command)));
        }
        let Some(c) = key.typed() else { return (1, None) };
        if context.typed() {
            return (1, Some(Action::Insert(c.into())));
        }
        let mut sent = String::from(c);
        if let Some(second) = events.get(1).and_then(|e| Key::of(*e).typed()) {
            sent.push(second);
            if let Some(&place) = self.places.get(&sent) {
                return (2, self.at_place(context, place));
            }
            sent.pop();
        }
        (1, self.places.get(&sent).and_then(|&place| self.at_place(context, place)))
    }

    fn at_place(&self, context: Context, place: char) -> Option<Action> {
        self.lookup.get(&(context, Key::char(place))).map(|&c| Action::Command(c))
    }

    /// The keys of a command, for hints; empty where it has none.
    pub fn keys(&self, context: Context, command: Command) -> &[Key] {
        self.keys
            .get(&context)
            .and_then(|list| list.iter().find(|(c, _)| *c == command))
            .map_or(&[], |(_, keys)| keys)
    }

    /// Every bound command of a context with its keys.
    pub fn describe(&self, context: Context) -> impl Iterator<Item = (Command, &[Key])> {
        self.keys
            .get(&context)
            .into_iter()
            .flatten()
            .filter(|(_, keys)| !keys.is_empty())
            .map(|(c, keys)| (*c, keys.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(keys: &str) -> Vec<KeyEvent> {
        keys.chars().map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)).collect()
    }

    fn command(map: &Keymap, keys: &str) -> (usize, Option<Command>) {
        let (taken, action) = map.action(Context::Browse, &press(keys));
        match action {
            Some(Action::Command(c)) => (taken, Some(c)),
            _ => (taken, None),
        }
    }

    #[test]
    fn every_command_has_a_key() {
        let map = Keymap::builtin();
        for command in Command::all() {
            let contexts = [
                Context::Browse,
                Context::Panel,
                Context::Prompt,
                Context::Page,
                Context::Edit,
                Context::Mark,
                Context::Confirm,
            ];
            let bound = contexts.iter().any(|context| !map.keys(*context, command).is_empty());
            assert!(bound, "{command:?}");
        }
    }

    #[test]
    fn an_arabic_keyboard_works_by_place() {
        let map = Keymap::builtin();
        assert_eq!(command(&map, "ض"), (1, Some(Command::Quit)));
        assert_eq!(command(&map, "ت"), (1, Some(Command::Down)));
        assert_eq!(command(&map, "؟"), (1, Some(Command::Help)));
        assert_eq!(command(&map, "لأ"), (2, Some(Command::Last)));
        assert_eq!(command(&map, "لت"), (1, Some(Command::First)));
        assert_eq!(command(&map, "ج"), (1, Some(Command::PreviousEvent)));
        assert_eq!(command(&map, "د"), (1, Some(Command::NextEvent)));
        assert_eq!(command(&map, "ك"), (1, Some(Command::Palette)));
    }

    #[test]
    fn all_that_is_bound_can_be_typed_on_an_arabic_keyboard() {
        let map = Keymap::builtin();
        for context in [Context::Browse, Context::Page] {
            for (command, keys) in map.describe(context) {
                let does = |sent: &str| {
                    let action = map.action(context, &press(sent)).1;
                    matches!(action, Some(Action::Command(c)) if c == command)
                };
                let reachable = keys.iter().any(|key| match key.typed() {
                    // What the layout sends for the key at that place has to mean the same.
                    Some(c) if !c.is_ascii_digit() && c != ' ' => {
                        map.places.iter().any(|(sent, place)| *place == c && does(sent))
                            || "/:!".contains(c) && does(&c.to_string())
                    }
                    _ => true,
                });
                assert!(reachable, "{command:?}");
            }
        }
    }

    #[test]
    fn text_fields_take_letters_as_text() {
        let map = Keymap::builtin();
        let (taken, action) = map.action(Context::Prompt, &press("لا"));
        assert!(matches!(action, Some(Action::Insert(t)) if t == "ل"));
        assert_eq!(taken, 1);
    }

    #[test]
    fn the_user_overrides_and_a_fault_is_one_line() {
        let map = Keymap::builtin().with("[browse]\nquit = [\"j\"]\n").expect("well formed");
        assert_eq!(command(&map, "j"), (1, Some(Command::Quit)));
        assert_eq!(command(&map, "q"), (1, None));
        assert_eq!(map.keys(Context::Browse, Command::Down).len(), 1);
        for faulty in ["[browse]\nfly = [\"j\"]\n", "[browse]\nquit = [\"hyper-j\"]\n", "[browse\n"] {
            let fault = Keymap::builtin().with(faulty).expect_err("a fault");
            assert!(!fault.contains('\n') && fault.len() < 80, "{fault}");
        }
        let fault = Keymap::builtin().with("\n[browse]\nfly = [\"j\"]\n").expect_err("a fault");
        assert_eq!(fault, "line 3: unknown variant `fly`");
    }
}
