//! What could come next in a query that is being typed.

use super::{Field, vocabulary};
use crate::model::{EventType, Status};
use crate::text::fold::fold_phrase;

/// What may stand in place of the word at the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The byte at which that word begins.
    pub start: usize,
    /// What may stand there, the likeliest first.
    pub candidates: Vec<String>,
}

/// What may stand in place of the word that ends at the byte `cursor` of `text`. `values` gives the
/// names, documents and dates that there are for a field and what is typed of them, the likeliest
/// first, as a query writes them.
pub fn complete(text: &str, cursor: usize, values: impl Fn(Field, &str) -> Vec<String>) -> Completion {
    let before = text.get(..cursor).unwrap_or(text);
    let start = word_start(before);
    let word = before.get(start..).unwrap_or_default();
    let signs = word.len() - word.trim_start_matches(['!', '-']).len();
    let Some((name, behind)) = word.get(signs..).unwrap_or_default().split_once(':') else {
        let start = start + signs;
        let typed = fold_phrase(before.get(start..).unwrap_or_default());
        let mut fields: Vec<_> = vocabulary::fields().filter(|name| name.starts_with(&typed)).collect();
        fields.sort_unstable();
        return Completion { start, candidates: fields.into_iter().map(|name| format!("{name}:")).collect() };
    };
    let Some(field) = vocabulary::field(name) else {
        return Completion { start, candidates: Vec::new() };
    };
    let behind = behind.trim_start_matches('!');
    let value = behind.rsplit([',', '،']).next().unwrap_or_default().trim_start();
    let start = cursor - value.len();
    let typed = value.trim_start_matches(['"', '«', '“', '<', '>', '=']);
    let folded = fold_phrase(typed);
    let of = |names: &mut dyn Iterator<Item = &'static str>| {
        names.filter(|name| name.to_lowercase().starts_with(&folded)).map(str::to_owned).collect()
    };
    let candidates = match field {
        Field::Type => of(&mut EventType::ALL.into_iter().map(EventType::name)),
        Field::Status => of(&mut Status::ALL.into_iter().map(Status::name)),
        Field::Verdict => of(&mut vocabulary::verdicts().into_iter().chain([vocabulary::none()])),
        Field::Confidence => of(&mut [">=0.9", ">=0.75", "<0.5"].into_iter()),
        Field::Text | Field::Id => Vec::new(),
        Field::Actor | Field::Source | Field::Target | Field::Place | Field::Document | Field::Date => {
            values(field, typed)
        }
    };
    Completion { start, candidates }
}

/// Where the term begins that `text` ends in: behind the last blank outside quotation marks that does
/// not follow a comma.
fn word_start(text: &str) -> usize {
    let (mut start, mut quoted, mut comma) = (0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '«' | '“' => quoted = true,
            '»' | '”' => quoted = false,
            _ => {}
        }
        if c.is_whitespace() {
            if !quoted && !comma {
                start = at + c.len_utf8();
            }
        } else {
            comma = matches!(c, ',' | '،');
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(text: &str) -> (usize, Vec<String>) {
        let names = |field: Field, typed: &str| vec![format!("{field}({typed})")];
        let Completion { start, candidates } = complete(text, text.len(), names);
        (start, candidates)
    }

    #[test]
    fn fields_then_their_values() {
        assert_eq!(candidates("a").1, ["actor:"]);
        assert_eq!(candidates("actor:x !pl"), (9, vec!["place:".to_owned()]));
        assert_eq!(candidates("type:re").1, ["RETREAT", "REQUEST", "REJECT"]);
        assert_eq!(candidates("type:REJECT,ac"), (12, vec!["ACCUSE".to_owned()]));
        assert_eq!(candidates("verdict:").1, ["accept", "reject", "skip", "correct", "none"]);
        assert_eq!(candidates("actor:لاف"), (6, vec!["actor(لاف)".to_owned()]));
        assert_eq!(candidates("actor:\"abu m"), (6, vec!["actor(abu m)".to_owned()]));
        assert_eq!(candidates("!actor:lavrov, pu"), (15, vec!["actor(pu)".to_owned()]));
        assert_eq!(candidates("nothing:x").1, [""; 0]);
        assert_eq!(candidates("\"القرم في ").1, [""; 0]);
        assert_eq!(candidates("").1.len(), vocabulary::fields().count());
    }
}
