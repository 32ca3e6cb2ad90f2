//! People who act together (`القوات الإسرائيلية`, `مسؤولون أميركيون وروس`) and bodies whose name the
//! lexicon does not know (`الهيئة العليا للمساءلة والعدالة`).

use super::{Finder, Form};
use crate::lexicon::words::{Classes, Proclitic};
use crate::model::{ActorBasis, EntityKind};
use crate::text::TokenKind;

/// Most words of a body's name.
const LONGEST: usize = 7;

impl Finder<'_, '_, '_> {
    pub(super) fn collective(&mut self, i: usize, end: usize) -> Option<usize> {
        let reading = *self.a.reading_in(i, Classes::COLLECTIVE_STATE | Classes::COLLECTIVE_BODY)?;
        if reading.proclitic == Some(Proclitic::Sa) || self.a.is(i, Classes::PREPOSITION) {
            return None;
        }
        let state = self.a.is(i, Classes::COLLECTIVE_STATE);
        // What follows: adjectives of countries, or a country in the genitive; other adjectives
        // (`المسلحة`) may stand between.
        let mut countries: Vec<(u32, usize)> = Vec::new();
        let mut at = i + 1;
        let mut last = i + 1;
        while at < end && at <= i + 4 {
            if let Some((country, adjective)) = self.a.nisba(at)
                && adjective.proclitic.is_none()
                && (adjective.definite == reading.definite || adjective.definite)
                && (!adjective.conjunction || !countries.is_empty())
            {
                countries.push((country, at));
                at += 1;
                last = at;
                continue;
            }
            if countries.is_empty()
                && let Some((entity, stop, name)) = self.known_name(at, end)
                && name.prefix == 0
            {
                let known = &self.a.lexicon.entities[entity as usize];
                let country = match known.entity.kind {
                    EntityKind::Country => Some(entity),
                    _ => known.stands_for,
                };
                if let Some(country) = country {
                    countries.push((country, at));
                    last = stop;
                } else if known.entity.kind != EntityKind::Place {
                    // `مسلحو حماس`: they are that body.
                    self.push_known(entity, at..stop, i, &name, "members of a body in the lexicon");
                    self.set_outer(i, &reading);
                    return Some(stop);
                }
                break;
            }
            let plain = self.a.tokens.kind(at) == Some(TokenKind::Word)
                && self.a.readings(at).first().is_none_or(|r| !r.conjunction)
                && self.a.tokens.folded(at).starts_with("ال")
                && reading.definite
                && !self.a.is(at, Classes::RELATIVE | Classes::SUBORDINATOR | Classes::PREPOSITION);
            if !plain {
                break;
            }
            at += 1;
        }
        if countries.is_empty() {
            return self.bare_collective(i, &reading, state, end);
        }
        let tokens = i..last;
        if state || countries.len() > 1 {
            for (n, &(country, adjective)) in countries.iter().enumerate() {
                let entity = self.registry.known(country);
                let part = if n == 0 { i..adjective.max(i) + 1 } else { adjective..adjective + 1 };
                self.push_new(
                    entity,
                    part.clone(),
                    part,
                    Form::Collective,
                    ActorBasis::Lexicon,
                    "collective of a country",
                );
                if n == 0 {
                    self.set_outer(i, &reading);
                } else if let Some(m) = self.out.last_mut() {
                    m.conjunction = true;
                    m.proclitic = reading.proclitic;
                }
            }
            if let Some(m) = self.out.last_mut() {
                m.end = last;
            }
        } else {
            let country = self.a.lexicon.entities[countries[0].0 as usize].entity.id.clone();
            let span = self.host_span(&tokens, &reading);
            let entity =
                self.registry.introduce(&self.named(span, &reading), EntityKind::Group, Some(country));
            self.push_new(
                entity,
                tokens.clone(),
                tokens,
                Form::Collective,
                ActorBasis::Lexicon,
                "collective noun and its country",
            );
            self.set_outer(i, &reading);
            if let Some(m) = self.out.last_mut() {
                m.span = span;
            }
        }
        Some(last)
    }

    /// A collective noun that names no country: `الجيش`, `مسلحون`.
    fn bare_collective(
        &mut self,
        i: usize,
        reading: &crate::lexicon::words::Reading,
        state: bool,
        end: usize,
    ) -> Option<usize> {
        let folded = self.a.lexicon_word(reading.word);
        if self.a.is(i, Classes::SUSPECT) && reading.definite {
            return None;
        }
        let people = folded.ends_with("ون")
            || folded.ends_with("ين")
            || folded.ends_with("ات")
            || self.a.is(i, Classes::INDIVIDUAL);
        let genitive_next = !reading.definite
            && self.a.tokens.folded(i + 1).starts_with("ال")
            && self.a.tokens.kind(i + 1) == Some(TokenKind::Word)
            && self.a.is(i + 1, Classes::TITLE_INNER | Classes::COLLECTIVE_BODY);
        if !reading.definite && !people && !genitive_next {
            return None;
        }
        if state && !matches!(folded, "سلطات" | "حكومه" | "رئاسه" | "وفد") && !people {
            return None;
        }
        // An adjective or genitive belongs to the name: `القوات المسلحة`, `قوات الأمن`, `رجال الشرطة`.
        let mut last = i + 1;
        let genitive = !reading.definite && self.a.readings(last).first().is_none_or(|r| !r.conjunction);
        if (reading.definite || genitive)
            && last < end
            && self.a.tokens.folded(last).starts_with("ال")
            && self.a.tokens.kind(last) == Some(TokenKind::Word)
            && (!genitive || self.a.is(last, Classes::TITLE_INNER | Classes::COLLECTIVE_BODY))
            && (self.a.classes(last) - (Classes::TITLE_INNER | Classes::COMMON | Classes::OBJECT)
                == Classes::empty()
                || genitive && self.a.is(last, Classes::COLLECTIVE_BODY))
            && self.known_name(last, end).is_none()
            && !self
                .a
                .readings(last)
                .iter()
                .any(|r| !self.a.lexicon.vocabulary.word(r.word).triggers.is_empty())
        {
            last += 1;
        }
        let span = self.host_span(&(i..last), reading);
        let entity = self.registry.introduce(&self.named(span, reading), EntityKind::Group, None);
        self.push_new(entity, i..last, i..last, Form::Collective, ActorBasis::Lexicon, "collective noun");
        self.set_outer(i, reading);
        if let Some(m) = self.out.last_mut() {
            m.span = span;
        }
        Some(last)
    }

    /// A body by its head noun and the definite words behind it.
    pub(super) fn body(&mut self, i: usize, end: usize) -> Option<usize> {
        let reading = *self.a.reading_in(i, Classes::BODY_HEAD)?;
        if reading.proclitic == Some(Proclitic::Sa) {
            return None;
        }
        let mut at = i + 1;
        let mut last = i + 1;
        let mut country = None;
        let mut quoted = false;
        while at < end && at < i + LONGEST {
            if self.a.is_mark(at, "\"")
                || self.a.is_mark(at, "«")
                || self.a.is_mark(at, "“")
                || self.a.is_mark(at, "”")
                || self.a.is_mark(at, "»")
            {
                quoted = !quoted;
                at += 1;
                if !quoted {
                    last = at;
                    break;
                }
                continue;
            }
            if self.a.tokens.kind(at) != Some(TokenKind::Word) {
                break;
            }
            if quoted {
                at += 1;
                continue;
            }
            let folded = self.a.tokens.folded(at);
            if let Some((nisba, adjective)) = self.a.nisba(at)
                && adjective.proclitic.is_none()
            {
                country.get_or_insert(nisba);
                at += 1;
                last = at;
                continue;
            }
            if let Some((entity, stop, name)) = self.known_name(at, end)
                && matches!(name.proclitic, None | Some(Proclitic::Li | Proclitic::Bi))
                && !name.conjunction
            {
                let known = &self.a.lexicon.entities[entity as usize];
                if known.entity.kind == EntityKind::Person {
                    break;
                }
                country = country.or(known.entity.country.as_deref().and_then(|c| self.a.lexicon.entity(c)));
                at = stop;
                last = at;
                break;
            }
            let definite = folded.starts_with("ال")
                || folded.starts_with("لل")
                || (folded.starts_with("وال") && last > i + 1);
            if !definite
                || self
                    .a
                    .is(at, Classes::RELATIVE | Classes::SUBORDINATOR | Classes::PREPOSITION | Classes::TITLE)
            {
                break;
            }
            at += 1;
            last = at;
        }
        let head = self.a.lexicon_word(reading.word).to_owned();
        if last == i + 1 {
            // `المنظمة`: the one told before.
            let entity = self.bodies.get(&head).copied().filter(|_| reading.definite)?;
            self.push_new(
                entity,
                i..last,
                i..last,
                Form::Role,
                ActorBasis::Coreference,
                "head of a body told before",
            );
            self.set_outer(i, &reading);
            return Some(last);
        }
        let span = self.host_span(&(i..last), &reading);
        let country = country.map(|c| self.a.lexicon.entities[c as usize].entity.id.clone());
        let entity = self.registry.introduce(&self.named(span, &reading), EntityKind::Organization, country);
        self.push_new(
            entity,
            i..last,
            i..last,
            Form::Name,
            ActorBasis::Title,
            "head of a body and what it is called by",
        );
        self.set_outer(i, &reading);
        if let Some(m) = self.out.last_mut() {
            m.span = span;
        }
        Some(last)
    }
}
