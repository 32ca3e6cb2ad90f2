//! Words cut to what they have in common with their kin, for comparing and for nothing else.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::{TokenKind, Tokens};

/// `assets/timeline.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    prefixes: Vec<String>,
    suffixes: Vec<String>,
    stop: HashSet<String>,
    pub(super) least: Least,
}

/// The least share of words in common, by what else speaks for two tellings being one.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Least {
    pub(super) same_type: f32,
    pub(super) coarse: f32,
    pub(super) no_actor: f32,
    pub(super) other_type: f32,
}

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/timeline.toml")).expect("the built-in table is well formed")
});

/// The stems of the words and numbers of a text, sorted, each once, without those that say nothing.
pub(super) fn stems(text: &str) -> Vec<String> {
    let tokens = Tokens::new(text);
    let told = |at: &usize| {
        matches!(tokens.kind(*at), Some(TokenKind::Word | TokenKind::Foreign | TokenKind::Number))
    };
    let mut out: Vec<String> = (0..tokens.len())
        .filter(told)
        .map(|at| tokens.folded(at))
        .filter(|word| !TABLE.stop.contains(*word))
        .map(|word| stem(word).to_owned())
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// A folded word without the first prefix and the first suffix that leave three letters.
fn stem(word: &str) -> &str {
    let enough = |rest: &&str| rest.chars().count() >= 3;
    let rest =
        TABLE.prefixes.iter().find_map(|p| word.strip_prefix(p.as_str()).filter(enough)).unwrap_or(word);
    TABLE.suffixes.iter().find_map(|s| rest.strip_suffix(s.as_str()).filter(enough)).unwrap_or(rest)
}

/// Dice's coefficient of two sorted lists: twice what they share over what they have.
pub(super) fn dice(a: &[String], b: &[String]) -> f32 {
    let (all, mut shared, mut rest) = (a.len() + b.len(), 0_usize, b);
    for word in a {
        let at = rest.partition_point(|w| w < word);
        rest = &rest[at..];
        shared += usize::from(rest.first() == Some(word));
    }
    if all == 0 { 0.0 } else { 2.0 * shared as f32 / all as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kin_have_one_stem() {
        for kin in [
            ["المحادثات", "محادثات"],
            ["والاتفاقية", "اتفاقيات"],
            ["اجتمعت", "اجتمعوا"],
            ["أوكرانيا", "لأوكرانيا"],
        ] {
            assert_eq!(stems(kin[0]), stems(kin[1]), "{kin:?}");
        }
        assert_eq!(stems("في من إلى"), Vec::<String>::new());
    }

    #[test]
    fn dice_counts_what_is_shared() {
        assert!((dice(&stems("قصف المدينة ليلا"), &stems("قصف المدينة نهارا")) - 2.0 / 3.0).abs() < 1e-6);
        assert!(dice(&[], &[]).abs() < 1e-6);
    }
}
