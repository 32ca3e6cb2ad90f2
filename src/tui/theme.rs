//! Colours and other marks by role, read from `assets/themes/`.

use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::model::{EventType, Quad};

/// The themes that are built in, by name.
const BUILTIN: [(&str, &str); 3] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
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
        if plain { Self::plain() } else { Self::coloured(light) }
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
