//! Short forms of persons' names, for lists where the whole has no room.

use std::sync::LazyLock;

use serde::Deserialize;

/// Words that belong to a neighbour in a name.
#[derive(Deserialize)]
struct Joined {
    before: Vec<String>,
    after: Vec<String>,
}

static JOINED: LazyLock<Joined> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/names.toml")).expect("the built-in table is well formed")
});

/// The last word of a person's name with the words that belong to it; a tail of `name`.
pub fn short(name: &str) -> &str {
    let mut tail = name.trim_end();
    let end = tail.len();
    loop {
        let Some((head, word)) = tail.rsplit_once(' ') else { return name };
        let from = head.len() + 1;
        let joins = JOINED.after.iter().any(|w| w == word)
            || head.rsplit(' ').next().is_some_and(|w| JOINED.before.iter().any(|b| b == w));
        if !joins {
            return name.get(from..end).unwrap_or(name);
        }
        tail = head;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_what_belongs_together() {
        for (name, expected) in [
            ("فولوديمير زيلينسكي", "زيلينسكي"),
            ("محمد بن سلمان", "بن سلمان"),
            ("محمد بن سلمان آل سعود", "آل سعود"),
            ("حسن نصر الله", "نصر الله"),
            ("عبد الفتاح السيسي", "السيسي"),
            ("ترامب", "ترامب"),
            ("خير الدين", "خير الدين"),
        ] {
            assert_eq!(short(name), expected);
        }
    }
}
