//! The words of the interface, in English and in Arabic: one table, `assets/words.toml`, with both
//! languages side by side. Nothing else in the interface holds words of its own.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::LazyLock;

use clap::ValueEnum;
use icu_locale_core::{Locale, locale};
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};
use serde::Deserialize;

use crate::model::{EventType, Status};

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English
    #[default]
    En,
    /// Arabic, the screen from right to left
    Ar,
}

impl Lang {
    /// The language that a locale (`ar_EG.UTF-8`) asks for: Arabic where it says so, else English.
    pub fn of_locale(locale: &str) -> Self {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("ar") { Self::Ar } else { Self::En }
    }

    /// The language of the environment: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set.
    pub fn of_environment() -> Self {
        let set = |name| std::env::var(name).ok().filter(|v| !v.is_empty());
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).map_or(Self::En, |v| Self::of_locale(&v))
    }
}

/// What is said in one language: a text, or one for each plural that the language knows (CLDR's zero,
/// one, two, few, many, other), with `{n}` for the number.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Said {
    Text(String),
    Plural(HashMap<String, String>),
}

/// One entry of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    en: Said,
    ar: Said,
}

type Table = HashMap<String, HashMap<String, Entry>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../assets/words.toml")).expect("the built-in table is well formed")
});

thread_local! {
    /// How English and Arabic choose a plural; the rules cannot go from thread to thread.
    static PLURALS: [Option<PluralRules>; 2] = [locale!("en"), locale!("ar")]
        .map(|locale: Locale| PluralRules::try_new(locale.into(), PluralRulesOptions::default()).ok());
}

/// The words of one language. Names in the table are `section.entry`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    lang: Lang,
}

impl Words {
    /// The words of `lang`.
    pub const fn new(lang: Lang) -> Self {
        Self { lang }
    }

    /// The language.
    pub const fn lang(self) -> Lang {
        self.lang
    }

    fn said(self, name: &str) -> Option<&'static Said> {
        let (section, entry) = name.split_once('.')?;
        let entry = TABLE.get(section)?.get(entry)?;
        Some(match self.lang {
            Lang::En => &entry.en,
            Lang::Ar => &entry.ar,
        })
    }

    /// The words of that name; `…` where the table has none, which a test excludes.
    pub fn get(self, name: &str) -> &'static str {
        match self.said(name) {
            Some(Said::Text(text)) => text,
            Some(Said::Plural(forms)) => forms.get("other").map_or("…", String::as_str),
            None => "…",
        }
    }

    /// The words of that name with each `{key}` in them replaced.
    pub fn fill(self, name: &str, values: &[(&str, &dyn Display)]) -> String {
        fill(self.get(name), values)
    }

    /// The words of that name in the plural that goes with `n`, which stands for `{n}` in them.
    pub fn count(self, name: &str, n: usize) -> String {
        let Some(Said::Plural(forms)) = self.said(name) else { return self.fill(name, &[("n", &n)]) };
        let category =
            PLURALS.with(|all| all[self.lang as usize].as_ref().map(|rules| rules.category_for(n)));
        let form = match category {
            Some(PluralCategory::Zero) => "zero",
            Some(PluralCategory::One) => "one",
            Some(PluralCategory::Two) => "two",
            Some(PluralCategory::Few) => "few",
            Some(PluralCategory::Many) => "many",
            _ => "other",
        };
        fill(forms.get(form).or_else(|| forms.get("other")).map_or("…", String::as_str), &[("n", &n)])
    }

    /// What a type of event is called.
    pub fn kind(self, kind: EventType) -> &'static str {
        self.get(&format!("type.{}", kind.name()))
    }

    /// What the command of that name does, in a few words.
    pub fn help(self, command: &str) -> &'static str {
        self.get(&format!("help.{command}"))
    }

    /// What a status is called.
    pub fn status(self, status: Status) -> &'static str {
        self.get(&format!("status.{}", status.name()))
    }

    /// What a rule of the extraction says, by the words that it has for itself; none where the table
    /// does not know it.
    pub fn rule(self, rule: &str) -> Option<&'static str> {
        match self.said(&format!("rule.{rule}")) {
            Some(Said::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// A calendar month, from 1.
    pub fn month(self, month: u32) -> &'static str {
        self.get(&format!("month.{month}"))
    }
}

/// Replaces each `{key}`; values are not looked into again.
fn fill(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}') {
            Some((key, tail)) => {
                if let Some((_, value)) = values.iter().find(|(k, _)| *k == key) {
                    out.push_str(&value.to_string());
                }
                rest = tail;
            }
            None => rest = after,
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::tui::Command;

    /// The names that the source asks for, as `get("…")`, `fill("…")`, `count("…")`, `key("…")`.
    fn asked(folder: &Path, out: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                asked(&path, out);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a source file");
            for piece in text.split('"').skip(1) {
                if TABLE.contains_key(piece.split('.').next().unwrap_or_default())
                    && piece.contains('.')
                    && piece.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
                {
                    out.insert(piece.to_owned());
                }
            }
        }
    }

    #[test]
    fn what_is_asked_for_is_in_the_table_and_what_is_in_the_table_is_asked_for() {
        let mut names = BTreeSet::new();
        asked(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut names);
        let known: BTreeSet<String> = TABLE
            .iter()
            .filter(|(section, _)| {
                !matches!(section.as_str(), "type" | "help" | "month" | "weekday" | "rule" | "status")
            })
            .flat_map(|(section, entries)| entries.keys().map(move |e| format!("{section}.{e}")))
            .collect();
        assert_eq!(names.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "not in the table");
        assert_eq!(known.difference(&names).collect::<Vec<_>>(), Vec::<&String>::new(), "not asked for");
    }

    #[test]
    fn both_languages_have_the_same_holes_and_all_their_plurals() {
        let holes = |text: &str| -> BTreeSet<String> {
            text.split('{').skip(1).filter_map(|t| t.split_once('}').map(|(k, _)| k.to_owned())).collect()
        };
        let of = |said: &Said| match said {
            Said::Text(text) => holes(text),
            Said::Plural(forms) => forms.values().flat_map(|t| holes(t)).collect(),
        };
        for (section, entries) in TABLE.iter() {
            for (name, entry) in entries {
                assert_eq!(of(&entry.en), of(&entry.ar), "{section}.{name}");
                for (said, wanted) in [
                    (&entry.en, &["one", "other"][..]),
                    (&entry.ar, &["zero", "one", "two", "few", "many", "other"]),
                ] {
                    if let Said::Plural(forms) = said {
                        let have: BTreeSet<&str> = forms.keys().map(String::as_str).collect();
                        assert_eq!(have, wanted.iter().copied().collect(), "{section}.{name}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_type_month_and_command_has_words() {
        for lang in [Lang::En, Lang::Ar] {
            let words = Words::new(lang);
            assert!(EventType::ALL.iter().all(|t| words.kind(*t) != "…"));
            assert!((1..=12).all(|m| words.month(m) != "…"));
            for command in Command::all() {
                assert_ne!(words.help(&command.name()), "…", "{command:?}");
            }
        }
        let named = TABLE.get("help").map_or(0, HashMap::len);
        assert_eq!(named, Command::all().count());
    }

    #[test]
    fn numbers_agree_with_their_nouns() {
        let ar = Words::new(Lang::Ar);
        let said = [0, 1, 2, 3, 11, 100].map(|n| ar.count("count.events", n));
        assert_eq!(said, ["لا أحداث", "حدث واحد", "حدثان", "3 أحداث", "11 حدثًا", "100 حدث"]);
        let en = Words::new(Lang::En);
        assert_eq!([en.count("count.events", 1), en.count("count.events", 0)], ["1 event", "0 events"]);
    }

    #[test]
    fn the_locale_names_the_language() {
        for (locale, lang) in
            [("ar_EG.UTF-8", Lang::Ar), ("ar", Lang::Ar), ("arn_CL", Lang::En), ("C.UTF-8", Lang::En)]
        {
            assert_eq!(Lang::of_locale(locale), lang, "{locale}");
        }
    }
}
