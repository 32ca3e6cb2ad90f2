//! Colours and other marks by role, read from `assets/themes/`.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::model::{EventType, Quad};

/// The themes that are built in, by name.
const BUILTIN: [(&str, &str); 5] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("high-contrast", include_str!("../../assets/themes/high-contrast.toml")),
    ("sixteen", include_str!("../../assets/themes/sixteen.toml")),
    ("plain", include_str!("../../assets/themes/plain.toml")),
];

/// A style for every role on screen; the roles are described in `assets/themes/dark.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(missing_docs)] // Described where they are set.
pub struct Theme {
    pub border: Role,
    pub border_focused: Role,
    pub title: Role,
    pub status: Role,
    pub hint: Role,
    pub key: Role,
    pub message: Role,
    pub error: Role,
    pub filter: Role,
    pub row: Role,
    pub row_selected: Role,
    pub row_selected_elsewhere: Role,
    pub date_column: Role,
    pub accepted: Role,
    pub rejected: Role,
    pub skipped: Role,
    pub count: Role,
    pub chosen: Role,
    pub cooperation_verbal: Role,
    pub cooperation_material: Role,
    pub conflict_verbal: Role,
    pub conflict_material: Role,
    pub text: Role,
    pub furniture: Role,
    pub extent: Role,
    pub trigger: Role,
    pub date: Role,
    pub actor: Role,
    pub place: Role,
    pub other_event: Role,
    pub missed: Role,
    pub found: Role,
}

/// One style, as ratatui has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Role(pub Style);

impl From<Role> for Style {
    fn from(role: Role) -> Self {
        role.0
    }
}

/// What a style can do beside colour.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Mark {
    Bold,
    Dim,
    Italic,
    Underline,
    Reverse,
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Default, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        struct Raw {
            fg: Option<String>,
            bg: Option<String>,
            marks: Vec<Mark>,
        }
        let raw = Raw::deserialize(deserializer)?;
        let color = |name: &Option<String>| {
            name.as_deref()
                .map(|n| {
                    Color::from_str(n).map_err(|_| D::Error::custom(format!("no colour is called {n:?}")))
                })
                .transpose()
        };
        let mut style = Style::new();
        style.fg = color(&raw.fg)?;
        style.bg = color(&raw.bg)?;
        for mark in raw.marks {
            style = style.add_modifier(match mark {
                Mark::Bold => Modifier::BOLD,
                Mark::Dim => Modifier::DIM,
                Mark::Italic => Modifier::ITALIC,
                Mark::Underline => Modifier::UNDERLINED,
                Mark::Reverse => Modifier::REVERSED,
            });
        }
        Ok(Self(style))
    }
}

impl Theme {
    /// The style of the role of that name.
    fn role(&mut self, name: &str) -> Option<&mut Role> {
        Some(match name {
            "border" => &mut self.border,
            "border-focused" => &mut self.border_focused,
            "title" => &mut self.title,
            "status" => &mut self.status,
            "hint" => &mut self.hint,
            "key" => &mut self.key,
            "message" => &mut self.message,
            "error" => &mut self.error,
            "filter" => &mut self.filter,
            "row" => &mut self.row,
            "row-selected" => &mut self.row_selected,
            "row-selected-elsewhere" => &mut self.row_selected_elsewhere,
            "date-column" => &mut self.date_column,
            "accepted" => &mut self.accepted,
            "rejected" => &mut self.rejected,
            "skipped" => &mut self.skipped,
            "count" => &mut self.count,
            "chosen" => &mut self.chosen,
            "cooperation-verbal" => &mut self.cooperation_verbal,
            "cooperation-material" => &mut self.cooperation_material,
            "conflict-verbal" => &mut self.conflict_verbal,
            "conflict-material" => &mut self.conflict_material,
            "text" => &mut self.text,
            "furniture" => &mut self.furniture,
            "extent" => &mut self.extent,
            "trigger" => &mut self.trigger,
            "date" => &mut self.date,
            "actor" => &mut self.actor,
            "place" => &mut self.place,
            "other-event" => &mut self.other_event,
            "missed" => &mut self.missed,
            "found" => &mut self.found,
            _ => return None,
        })
    }

    /// The names of the built-in themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILTIN.into_iter().map(|(name, _)| name)
    }

    /// A built-in theme.
    pub fn builtin(name: &str) -> Option<Self> {
        let (_, text) = BUILTIN.into_iter().find(|(n, _)| *n == name)?;
        toml::from_str(text).ok()
    }

    /// The theme without colours.
    ///
    /// # Panics
    /// If a built-in theme is faulty, which a test excludes.
    pub fn plain() -> Self {
        Self::builtin("plain").expect("the built-in themes are well formed")
    }

    /// The theme for a terminal whose background is `light`, if it told: plain where `NO_COLOR` is
    /// set or the terminal is `dumb`, otherwise [`Theme::coloured`].
    pub fn for_terminal(light: Option<bool>) -> Self {
        let plain = set("NO_COLOR").is_some() || set("TERM").is_some_and(|t| t == "dumb");
        // The console of Linux and its like have no more than these.
        let few = set("TERM").is_some_and(|t| t == "linux" || t == "ansi" || t.ends_with("16color"));
        match (plain, few) {
            (true, _) => Self::plain(),
            (_, true) => Self::builtin("sixteen").unwrap_or_else(Self::plain),
            _ => Self::coloured(light),
        }
    }

    /// The theme called `name`, else the one for the terminal, under the user's own file: the roles
    /// named there, `base` being the theme for all others. A fault in it is one line of words, and then
    /// none of it counts.
    pub fn load(name: Option<&str>, own: Option<&Path>, light: Option<bool>) -> (Self, Option<String>) {
        let builtin = || name.and_then(Self::builtin).unwrap_or_else(|| Self::for_terminal(light));
        let Some(path) = own else { return (builtin(), None) };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return (builtin(), None),
            Err(e) => return (builtin(), Some(format!("{}: {e}", path.display()))),
        };
        match builtin().with(&text, name.is_some()) {
            Ok(own) => (own, None),
            Err(e) => (builtin(), Some(format!("{}: {e}", path.display()))),
        }
    }

    /// This theme with what the text of a theme file says over it; where the theme was `chosen` by
    /// name, the `base` of the file does not count.
    ///
    /// # Errors
    /// One line: the line of the text and the fault.
    pub fn with(self, text: &str, chosen: bool) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct File {
            base: Option<String>,
            #[serde(flatten)]
            roles: BTreeMap<String, toml::Value>,
        }
        let line = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        let line_of =
            |name: &str| text.lines().position(|l| l.trim_start().starts_with(name)).unwrap_or(0) + 1;
        let file: File = toml::from_str(text).map_err(|e| {
            format!("line {}: {}", line(e.span().map_or(0, |s| s.start)), e.message().replace('\n', " "))
        })?;
        let mut theme = self;
        if let Some(base) = file.base.filter(|_| !chosen) {
            let at = line_of("base");
            theme = Self::builtin(&base).ok_or_else(|| format!("line {at}: no theme is called {base:?}"))?;
        }
        for (name, value) in file.roles {
            let at = line_of(&name);
            let style: Role = value
                .try_into()
                .map_err(|e: toml::de::Error| format!("line {at}: {}", e.message().replace('\n', " ")))?;
            *theme.role(&name).ok_or_else(|| format!("line {at}: nothing is called {name:?}"))? = style;
        }
        Ok(theme)
    }

    /// The theme for a background that is light or dark; where that is not known, light if
    /// `COLORFGBG` names a light background, otherwise dark.
    ///
    /// # Panics
    /// If a built-in theme is faulty, which a test excludes.
    pub fn coloured(light: Option<bool>) -> Self {
        let light = light.unwrap_or_else(|| {
            set("COLORFGBG")
                .and_then(|v| v.rsplit(';').next().and_then(|bg| bg.parse::<u8>().ok()))
                .is_some_and(|bg| bg == 7 || bg == 15)
        });
        let name = if light { "light" } else { "dark" };
        Self::builtin(name).expect("the built-in themes are well formed")
    }

    /// The style of an event type, by PLOVER's four quadrants.
    pub const fn quadrant(&self, kind: EventType) -> Style {
        self.quad(Quad::of(kind))
    }

    /// The style of a quadrant.
    pub const fn quad(&self, quad: Quad) -> Style {
        match quad {
            Quad::VerbalCooperation => self.cooperation_verbal.0,
            Quad::MaterialCooperation => self.cooperation_material.0,
            Quad::VerbalConflict => self.conflict_verbal.0,
            Quad::MaterialConflict => self.conflict_material.0,
        }
    }
}

/// An environment variable that is set to something.
fn set(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|v| !v.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_themes_are_well_formed() {
        for name in Theme::names() {
            assert!(Theme::builtin(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_theme_of_ones_own_lies_over_another_and_a_fault_is_one_line() {
        let dark = || Theme::builtin("dark").expect("built in");
        let own = dark().with("base = \"light\"\ntrigger = { fg = \"red\" }\n", false).expect("well formed");
        assert_eq!(own.trigger.0.fg, Some(Color::Red));
        assert_eq!(own.date.0, Theme::builtin("light").expect("built in").date.0);
        for (faulty, fault) in [
            ("trigger = { fg = \"reddish\" }", "line 1: no colour is called \"reddish\""),
            ("\nbase = \"dim\"", "line 2: no theme is called \"dim\""),
            ("\n\ntriger = {}", "line 3: nothing is called \"triger\""),
        ] {
            assert_eq!(dark().with(faulty, false).expect_err("a fault"), fault);
        }
        assert!(
            dark()
                .with("trigger = ", false)
                .is_err_and(|fault| fault.starts_with("line 1") && !fault.contains('\n'))
        );
    }

    #[test]
    fn every_role_has_its_name() {
        let mut theme = Theme::plain();
        let text: toml::Table = toml::from_str(BUILTIN[0].1).expect("well formed");
        for name in text.keys() {
            assert!(theme.role(name).is_some(), "{name}");
        }
    }

    #[test]
    fn roles_in_the_text_differ_without_colour() {
        for name in Theme::names() {
            let theme = Theme::builtin(name).expect("built in");
            let marks = [theme.trigger, theme.date, theme.actor, theme.place, theme.other_event]
                .map(|r| (r.0.add_modifier, r.0.bg.is_some()));
            for (i, a) in marks.iter().enumerate() {
                assert!(!marks[..i].contains(a), "{name}: two roles look alike without colour");
            }
        }
    }
}
