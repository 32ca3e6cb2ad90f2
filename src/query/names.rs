//! Whether a name is meant by what was typed: in Arabic or English, by its id, by any of its words,
//! or by its sound where it is romanised in another way.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock};

use crate::text::fold::fold_phrase;

/// The names of one thing, ready to be compared.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Each name, folded, its words between single blanks, with a blank around it; the names one
    /// after the other.
    folded: Arc<str>,
    /// How their words sound, where that was asked: of each with an article also how the rest sounds.
    sounds: OnceLock<Arc<str>>,
}

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Eq for Names {}

impl Names {
    /// The names of a thing. Hyphens join words as blanks do.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut folded = String::new();
        for name in names {
            let name = words(name);
            if !name.is_empty() && !folded.contains(&format!(" {name} ")) {
                folded.push_str(if folded.is_empty() { " " } else { "\n " });
                folded.push_str(&name);
                folded.push(' ');
            }
        }
        Self { folded: folded.into(), sounds: OnceLock::new() }
    }

    /// All the names, folded, as one text to search in.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Whether the words of `typed` stand in one of the names one after the other, in any spelling.
    pub fn have(&self, typed: &str) -> bool {
        let typed = words(typed);
        !typed.is_empty() && self.folded.contains(&format!(" {typed} "))
    }

    /// How the words of the names sound, found out once, for all clones made afterwards.
    pub(crate) fn sounds(&self) -> &str {
        self.sounds.get_or_init(|| {
            let mut sounds = String::new();
            for word in self.folded.split_whitespace() {
                for word in [Some(word), word.strip_prefix("ال")].into_iter().flatten() {
                    sounds.push_str(&sound(word));
                    sounds.push(' ');
                }
            }
            sounds.into()
        })
    }

    /// Whether each of `wanted`, which [`sound`] gave, is how a word of the names sounds.
    pub fn sound_like(&self, wanted: &[String]) -> bool {
        !wanted.is_empty()
            && wanted.iter().all(|wanted| self.sounds().split(' ').any(|sound| sound == wanted))
    }
}

/// The folded words of a name or of what is typed, as [`Names::folded`] has them.
pub(crate) fn words(text: &str) -> String {
    fold_phrase(&text.replace(['-', '_', '\u{2019}', '\''], " "))
}

#[derive(serde::Deserialize)]
struct Table {
    classes: HashMap<String, Vec<String>>,
}

/// Letters and combinations of them with their class, by their first letter, the longest first.
static CLASSES: LazyLock<HashMap<char, Vec<(String, String)>>> = LazyLock::new(|| {
    let table: Table =
        toml::from_str(include_str!("../../assets/sound.toml")).expect("the built-in table is well formed");
    let mut classes: HashMap<char, Vec<(String, String)>> = HashMap::new();
    for (class, spellings) in table.classes {
        for spelling in spellings {
            if let Some(first) = spelling.chars().next() {
                classes.entry(first).or_default().push((spelling, class.clone()));
            }
        }
    }
    for list in classes.values_mut() {
        list.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
    }
    classes
});

/// The consonants of a word, roughly, whichever script it is in: no vowels, nothing doubled, no `h` at
/// its end. Empty where it has none.
pub fn sound(word: &str) -> String {
    let mut out = String::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let found = CLASSES.get(&first).and_then(|list| {
            list.iter().find_map(|(spelling, class)| Some((rest.strip_prefix(spelling.as_str())?, class)))
        });
        rest = match found {
            Some((behind, class)) => {
                if !out.ends_with(class.as_str()) {
                    out.push_str(class);
                }
                behind
            }
            None => rest.get(first.len_utf8()..).unwrap_or_default(),
        };
    }
    if out.ends_with('h') {
        out.pop();
    }
    out
}

/// The sounds of the words of what is typed, for [`Names::sound_like`]; none where one of them has
/// less than three consonants, which would sound like too much.
pub(crate) fn sounds(typed: &str) -> Vec<String> {
    let sounds: Vec<String> = words(typed).split(' ').map(sound).collect();
    if sounds.iter().any(|sound| sound.len() < 3) { Vec::new() } else { sounds }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_sounds_alike_in_both_scripts() {
        for (a, b) in [
            ("زيلينسكي", "zelenskyy"),
            ("زيلنسكي", "zelensky"),
            ("لافروف", "lavrov"),
            ("شولتس", "scholts"),
            ("خامنئي", "khamenei"),
            ("غوتيريش", "guterresh"),
            ("القذافي", "alqadhafi"),
            ("فاطمه", "fatima"),
        ] {
            assert_eq!(sound(a), sound(b), "{a} {b}");
        }
        assert_ne!(sound("لافروف"), sound("putin"));
    }

    #[test]
    fn any_word_of_any_name_is_enough() {
        let names = Names::new(["فولوديمير زيلينسكي", "Volodymyr Zelensky", "volodymyr-zelensky"]);
        for typed in ["زيلينسكى", "zelensky", "Volodymyr Zelensky", "volodymyr-zelensky"] {
            assert!(names.have(typed), "{typed}");
        }
        for typed in ["zelen", "Zelensky Volodymyr", "", "zelenskyy"] {
            assert!(!names.have(typed), "{typed}");
        }
        for typed in ["zelenskyy", "zelinskiy", "زلنسكي", "Zelenskyj Vladimir"] {
            assert_eq!(names.sound_like(&sounds(typed)), !typed.contains("Vlad"), "{typed}");
        }
        assert!(!names.sound_like(&sounds("a")));
    }
}
