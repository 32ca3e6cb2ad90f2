//! What verbs agree with: the gender of a mention, as far as its words tell it.

use std::ops::Range;

use super::{Finder, Form, Who};
use crate::lexicon::conjugator::Gender;
use crate::lexicon::words::{Classes, Reading};
use crate::model::EntityKind;
use crate::text::fold::fold_phrase;

impl Finder<'_, '_, '_> {
    /// The gender of what `named` names, of all that belongs to it in `tokens`, the first of them read as
    /// `head`; none where nothing tells it.
    pub(super) fn gender(
        &self,
        tokens: &Range<usize>,
        named: &Range<usize>,
        who: Who,
        form: Form,
        head: &Reading,
    ) -> Option<Gender> {
        match form {
            Form::Nisba => return None,
            Form::Name if who.state || who.place => {
                let last = self.a.tokens.folded(named.end - 1);
                let article = last.starts_with("ال") || self.a.tokens.folded(named.start).starts_with("ال");
                return if self.a.is(named.start, Classes::MASCULINE_STATE) {
                    Some(Gender::Masculine)
                } else {
                    (who.state || !article || last.ends_with('ه')).then_some(Gender::Feminine)
                };
            }
            _ => {}
        }
        let entity = self.registry.get(who.entity);
        if entity.kind == EntityKind::Person && form == Form::Name {
            return self.gender_of_person(tokens, named, &entity.name);
        }
        let folded = self.a.tokens.folded(tokens.start);
        let classes = self.a.classes(tokens.start);
        let host = &folded[usize::from(head.prefix).min(folded.len())..];
        if classes.intersects(Classes::SEVERAL) {
            None
        } else if host.ends_with('ه') || host.ends_with("ات") && !classes.intersects(Classes::TITLE) {
            Some(Gender::Feminine)
        } else if classes.intersects(Classes::MASCULINE)
            || (host.ends_with("ون") || host.ends_with("ين")) && host.chars().count() > 5
        {
            Some(Gender::Masculine)
        } else {
            None
        }
    }

    /// A woman has a woman's title or name; of others whose name or title is known, that they are men.
    fn gender_of_person(&self, tokens: &Range<usize>, named: &Range<usize>, full: &str) -> Option<Gender> {
        let vocabulary = &self.a.lexicon.vocabulary;
        let given = fold_phrase(full.split_whitespace().next().unwrap_or_default());
        let known = vocabulary.id(&given).map_or(Classes::empty(), |id| vocabulary.word(id).classes);
        let titled = tokens.start < named.start;
        let title = self.a.tokens.folded(tokens.start);
        if titled && title.ends_with('ه') && !self.a.is(tokens.start, Classes::SEVERAL)
            || known.intersects(Classes::FEMININE_NAME)
        {
            Some(Gender::Feminine)
        } else {
            (titled || known.intersects(Classes::GIVEN_NAME)).then_some(Gender::Masculine)
        }
    }
}
