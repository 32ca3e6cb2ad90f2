//! The words of the language, from `assets/query.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Field;
use crate::model::Status;
use crate::text::fold::fold_phrase;
use crate::words::Lang;

/// Another name of the date field, for whole years.
pub(super) const YEAR: &str = "year";

/// The verdicts that can be asked for, as the log names them.
const VERDICTS: [&str; 4] = ["accept", "reject", "skip", "correct"];

/// Names as they are written, by what they stand for.
type Named = BTreeMap<String, Vec<String>>;

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    field: Named,
    none: Named,
    status: Named,
    verdict: Named,
}

static WRITTEN: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/query.toml")).expect("the built-in table is well formed")
});

/// The same, all names folded.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = WRITTEN.clone();
    for names in [&mut table.field, &mut table.none, &mut table.status, &mut table.verdict] {
        names.values_mut().flatten().for_each(|name| *name = fold_phrase(name));
    }
    table
});

fn key(table: &'static Named, word: &str) -> Option<&'static str> {
    let word = fold_phrase(word);
    table.iter().find(|(_, names)| names.contains(&word)).map(|(key, _)| key.as_str())
}

/// The field of that name.
pub(super) fn field(word: &str) -> Option<Field> {
    let name = key(&TABLE.field, word)?;
    if name == YEAR { Some(Field::Date) } else { Field::ALL.into_iter().find(|field| field.name() == name) }
}

/// The word for no value at all.
pub(super) fn none() -> &'static str {
    TABLE.none.values().flatten().next().map_or("", String::as_str)
}

/// Whether a word stands for no value at all.
pub(super) fn is_none(word: &str) -> bool {
    key(&TABLE.none, word).is_some()
}

/// The status of that name.
pub(super) fn status(word: &str) -> Option<Status> {
    let name = key(&TABLE.status, word)?;
    Status::ALL.into_iter().find(|status| status.name() == name)
}

/// The verdict of that name.
pub(super) fn verdict(word: &str) -> Option<&'static str> {
    let name = key(&TABLE.verdict, word)?;
    VERDICTS.into_iter().find(|verdict| *verdict == name)
}

/// The names of the fields, as they are written.
pub(super) fn fields() -> impl Iterator<Item = &'static str> {
    Field::ALL.into_iter().map(Field::name).chain([YEAR])
}

/// The names of the fields in a language.
pub(super) fn fields_in(lang: Lang) -> impl Iterator<Item = &'static str> {
    fields().map(move |name| {
        let own = |name: &&String| name.is_ascii() == (lang == Lang::En);
        WRITTEN.field.get(name).and_then(|names| names.iter().find(own)).map_or(name, String::as_str)
    })
}

/// The verdicts that can be asked for.
pub(super) const fn verdicts() -> [&'static str; 4] {
    VERDICTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read() {
        for name in fields() {
            assert_eq!(field(name).map(Field::name), Some(if name == YEAR { "date" } else { name }));
        }
        for lang in [Lang::En, Lang::Ar] {
            for (name, in_lang) in fields().zip(fields_in(lang)) {
                assert_eq!(field(in_lang), field(name));
                assert_eq!(in_lang.is_ascii(), lang == Lang::En, "{name}");
            }
        }
        for name in VERDICTS {
            assert_eq!(verdict(name), Some(name));
        }
        for status_ in Status::ALL {
            assert_eq!(status(status_.name()), Some(status_));
        }
        assert_eq!(field("سنه"), Some(Field::Date));
        assert_eq!(verdict("مقبول"), Some("accept"));
        assert!(is_none(none()));
    }
}
