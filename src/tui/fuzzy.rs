//! Names that match what is typed: every word of it, fuzzily, on folded text.

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use rayon::prelude::*;

use crate::text::fold::fold_phrase;

/// The places of the folded `names` that match, the best first; all where nothing is typed.
///
/// What has no letter has to stand there as it is: a year with a digit more between is another year.
pub fn matching<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let query = fold_phrase(typed);
    if query.is_empty() {
        return names.enumerate().map(|(i, _)| i).collect();
    }
    let mut pattern = Pattern::default();
    pattern.atoms = query.split_whitespace().map(atom).collect();
    let tools = || (Matcher::new(Config::DEFAULT), Vec::new());
    let mut scored: Vec<(u32, usize)> = names
        .collect::<Vec<_>>()
        .into_par_iter()
        .enumerate()
        .map_init(tools, |(matcher, buffer), (i, name)| {
            pattern.score(Utf32Str::new(name, buffer), matcher).map(|score| (score, i))
        })
        .flatten_iter()
        .collect();
    // Equal scores keep the order of the names.
    scored.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    // Far below the best are long names that hold the letters here and there.
    let least = scored.first().map_or(0, |best| best.0 / 2);
    scored.retain(|(score, _)| *score >= least);
    scored.into_iter().map(|(_, i)| i).collect()
}

fn atom(word: &str) -> Atom {
    let kind = if word.chars().any(char::is_alphabetic) { AtomKind::Fuzzy } else { AtomKind::Substring };
    Atom::new(word, CaseMatching::Ignore, Normalization::Never, kind, false)
}
