//! What verbs agree with: the gender of a mention, as far as its words tell it.

use std::ops::Range;

use super::{Finder, Form, Who};
use crate::lexicon::conjugator::Gender;
use crate::lexicon::words::{Classes, Genders, Reading};
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
                return if self.genders(named.start).contains(Genders::MASCULINE_STATE) {
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
        let genders = self.genders(tokens.start);
        let host = &folded[usize::from(head.prefix).min(folded.len())..];
        if genders.contains(Genders::SEVERAL) {
            None
        } else if host.ends_with('ه') || host.ends_with("ات") && !self.a.is(tokens.start, Classes::TITLE) {
            Some(Gender::Feminine)
        } else if genders.contains(Genders::MASCULINE)
            || (host.ends_with("ون") || host.ends_with("ين") || host.ends_with("يا"))
                && host.chars().count() > 5
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
        let known = vocabulary.id(&given).map(|id| vocabulary.word(id));
        let titled = tokens.start < named.start;
        let title = self.a.tokens.folded(tokens.start);
        if titled && title.ends_with('ه') && !self.genders(tokens.start).contains(Genders::SEVERAL)
            || known.is_some_and(|word| word.genders.contains(Genders::FEMININE_NAME))
        {
            Some(Gender::Feminine)
        } else {
            let named = known.is_some_and(|word| word.classes.contains(Classes::GIVEN_NAME));
            (titled || named).then_some(Gender::Masculine)
        }
    }

    /// What the lexicon says of the gender of token `i`.
    fn genders(&self, i: usize) -> Genders {
        let readings = self.a.readings(i).iter().filter(|r| !r.enclitic);
        readings.fold(Genders::empty(), |all, r| all | self.a.lexicon.vocabulary.word(r.word).genders)
    }
}
