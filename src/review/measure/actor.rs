//! When two sides mean the same actor: by English name, reduced to a slug and through a table of
//! aliases, or by Arabic name with its spelling variants folded.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// Slugs to the slug that stands for them.
static ALIASES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        aliases: HashMap<String, Vec<String>>,
    }
    let file: File = toml::from_str(include_str!("../../../assets/review/aliases.toml"))
        .expect("the table is built in and a test reads it");
    let pairs = file
        .aliases
        .into_iter()
        .flat_map(|(head, rest)| rest.into_iter().map(move |alias| (alias, head.clone())));
    pairs.collect()
});

/// An actor as one side names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// For people to read.
    pub shown: String,
    keys: BTreeSet<String>,
    arabic: BTreeSet<String>,
}

impl Actor {
    /// An actor with all that it is called: `latin` are ids and English names, `arabic` Arabic names
    /// and mentions. It is shown by the first name that is not empty.
    pub fn new<'a>(
        latin: impl IntoIterator<Item = &'a str>,
        arabic: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut actor = Self::default();
        for name in latin.into_iter().filter(|name| !name.is_empty()) {
            actor.show(name);
            let key = key(name);
            if !key.is_empty() {
                actor.keys.insert(key);
            }
        }
        for name in arabic.into_iter().filter(|name| !name.is_empty()) {
            actor.show(name);
            actor.arabic.insert(fold(name));
        }
        actor
    }

    /// An actor as gold files write it: `English name|Arabic name`, either of which may be absent.
    pub fn of_gold(name: &str) -> Self {
        let (english, arabic) = name.split_once('|').unwrap_or((name, ""));
        Self::new([english], [arabic])
    }

    fn show(&mut self, name: &str) {
        if self.shown.is_empty() {
            name.clone_into(&mut self.shown);
        }
    }

    /// Whether the two have a whole name in common.
    pub fn same_name(&self, other: &Self) -> bool {
        !self.keys.is_disjoint(&other.keys) || !self.arabic.is_disjoint(&other.arabic)
    }

    /// Whether the two have a whole name in common, or Arabic names whose last word is the same and
    /// longer than three letters: most often the surname.
    pub fn same(&self, other: &Self) -> bool {
        let last = |name: &str| {
            name.split(' ').next_back().filter(|word| word.chars().count() > 3).map(str::to_owned)
        };
        self.same_name(other)
            || self
                .arabic
                .iter()
                .filter_map(|a| last(a))
                .any(|word| other.arabic.iter().any(|b| last(b).is_some_and(|other| other == word)))
    }
}

/// How many actors of `gold` find a partner in `found`, each at most one, first come first served.
pub(super) fn shared(gold: &[Actor], found: &[Actor], same: fn(&Actor, &Actor) -> bool) -> usize {
    let mut used = vec![false; found.len()];
    for actor in gold {
        let free = (0..found.len()).find(|&i| !used[i] && same(actor, &found[i]));
        if let Some(i) = free {
            used[i] = true;
        }
    }
    used.into_iter().filter(|&used| used).count()
}

/// The slug that stands for an English name.
fn key(name: &str) -> String {
    let slug = slug(name);
    ALIASES.get(&slug).cloned().unwrap_or(slug)
}

/// Lower case, without diacritics, everything but letters and digits of ASCII as single hyphens.
fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    let plain = name.nfkd().filter(|&c| canonical_combining_class(c) == 0).flat_map(char::to_lowercase);
    for c in plain {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// An Arabic name without harakat, tatweel and invisible marks, with the forms of alef, of final ya
/// and of ta marbuta each written one way, and single spaces.
fn fold(name: &str) -> String {
    let dropped = |c: char| {
        is_combining_mark(c) || matches!(c, '\u{640}' | '\u{200C}' | '\u{200D}' | '\u{200E}' | '\u{200F}')
    };
    let letters = name.nfkc().filter(|&c| !dropped(c)).map(|c| match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        c => c,
    });
    let folded: String = letters.flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alias_is_a_slug_and_stands_for_one_name() {
        assert!(!ALIASES.is_empty());
        for (alias, head) in &*ALIASES {
            assert_eq!((slug(alias), slug(head)), (alias.clone(), head.clone()));
            assert!(!ALIASES.contains_key(head), "{head} is an alias itself");
        }
    }

    #[test]
    fn names_are_compared_without_their_dress() {
        let same = |a: &str, b: &str| Actor::of_gold(a).same(&Actor::of_gold(b));
        assert!(same("U.S.", "United States of America"));
        assert!(same("Türkiye", "turkey"));
        assert!(same("|أَنطاكيــة", "Antioch|انطاكيه"));
        assert!(same("|سيرغي لافروف", "|لافروف"));
        assert!(!same("|سعد علي", "|محمد علي"), "a last word of three letters is no surname");
        assert!(!same("", "|"));
        assert!(!Actor::of_gold("|سيرغي لافروف").same_name(&Actor::of_gold("|لافروف")));
    }

    #[test]
    fn each_actor_has_one_partner() {
        let actors = |names: &[&str]| names.iter().map(|name| Actor::of_gold(name)).collect::<Vec<_>>();
        assert_eq!(shared(&actors(&["Iran", "Iran"]), &actors(&["Iran"]), Actor::same), 1);
        assert_eq!(shared(&actors(&["Iran"]), &actors(&["Iraq", "Iran"]), Actor::same), 1);
    }
}
