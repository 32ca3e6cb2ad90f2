//! People behind their titles: `وزير الخارجية المصري سامح شكري`.

use std::ops::Range;

use super::name::name_end;
use super::{Finder, Form};
use crate::lexicon::words::{Classes, Proclitic};
use crate::model::{ActorBasis, EntityKind};
use crate::text::TokenKind;

/// Most tokens between a title's head and the name.
const LONGEST: usize = 14;

/// How many mentions back the holder of an office may have been named.
const NEAR: usize = 300;

/// A title as parsed.
struct Title {
    /// One past the last token of the title without the name.
    end: usize,
    /// The country that an adjective or name inside the title says.
    country: Option<u32>,
    /// The person named right behind, if the lexicon knows him.
    person: Option<(u32, Range<usize>)>,
    /// A name right behind that the lexicon does not know.
    name: Option<Range<usize>>,
    /// The office: head and complements without articles and adjectives of countries.
    office: String,
}

impl Finder<'_, '_, '_> {
    pub(super) fn title(&mut self, i: usize, end: usize) -> Option<usize> {
        let head = *self.a.reading_in(i, Classes::TITLE)?;
        if head.proclitic == Some(Proclitic::Sa) {
            return None;
        }
        let title = self.parse_title(i, end);
        let country = title.country.map(|c| self.a.lexicon.entities[c as usize].entity.id.clone());
        let role = (title.office.clone(), country.clone());
        let reading = head;
        if let Some((person, name)) = title.person {
            self.push_known(
                person,
                name.clone(),
                i,
                &self.first_reading(name.start),
                "title and a name in the lexicon",
            );
            self.set_outer(i, &reading);
            self.remember_person(name.start, name.end, Some(role));
            return Some(name.end);
        }
        if let Some(name) = title.name {
            let words = self.a.tokens.span(name.start, name.end - 1).of(self.a.tokens.text());
            let known = (name.len() == 1)
                .then(|| self.surnames.get(self.a.tokens.folded(name.start)).copied())
                .flatten();
            let basis = if known.is_some() { ActorBasis::Coreference } else { ActorBasis::Title };
            let entity = known.unwrap_or_else(|| self.registry.introduce(words, EntityKind::Person, country));
            self.push_new(
                entity,
                i..name.end,
                name.clone(),
                Form::Name,
                basis,
                "title and the name behind it",
            );
            self.set_outer(i, &reading);
            self.remember_person(name.start, name.end, Some(role));
            if name.len() == 1 {
                self.surnames.entry(self.a.tokens.folded(name.start).to_owned()).or_insert(entity);
            }
            return Some(name.end);
        }
        // A title alone: someone who was given it before, or a person by office.
        let same_head = (head.definite && title.end == i + 1 && country.is_none())
            .then(|| self.newest_of.get(self.a.lexicon_word(head.word)).copied())
            .flatten();
        let leader = || {
            let heads = self.a.is(i, Classes::PERSONAL) && !title.office.contains(' ');
            country.as_deref().filter(|_| heads).and_then(|c| self.leader(c))
        };
        let told = (head.definite || title.end > i + 1).then(|| self.roles.get(&role).copied()).flatten();
        if let Some(entity) = told.or(same_head).or_else(leader) {
            self.push_new(
                entity,
                i..title.end,
                i..title.end,
                Form::Role,
                ActorBasis::Coreference,
                "title of a person named before",
            );
            self.set_outer(i, &reading);
            return Some(title.end);
        }
        let office = head.definite && title.end == i + 1 && self.a.is(i, Classes::PERSONAL)
            || title.end > i + 1 && title.country.is_some()
            || title.end > i + 1 && self.a.is(i + 1, Classes::TITLE_INNER);
        if !office {
            return None;
        }
        let span = self.host_span(&(i..title.end), &reading);
        let entity = self.registry.introduce(&self.named(span, &reading), EntityKind::Person, country);
        self.push_new(
            entity,
            i..title.end,
            i..title.end,
            Form::Role,
            ActorBasis::Title,
            "title without a name",
        );
        self.set_outer(i, &reading);
        if let Some(m) = self.out.last_mut() {
            m.span = span;
        }
        Some(title.end)
    }

    /// The person of a country whom the article has named most.
    fn leader(&self, country: &str) -> Option<u32> {
        let mut counts: Vec<(u32, usize)> = Vec::new();
        // Whoever was named long ago is not meant.
        for mention in self.out.iter().rev().take(NEAR) {
            let entity = self.registry.get(mention.entity);
            if entity.kind == EntityKind::Person
                && mention.form == Form::Name
                && entity.country.as_deref() == Some(country)
            {
                match counts.iter_mut().find(|c| c.0 == mention.entity) {
                    Some(c) => c.1 += 1,
                    None => counts.push((mention.entity, 1)),
                }
            }
        }
        counts.into_iter().max_by_key(|&(_, n)| n).map(|(entity, _)| entity)
    }

    /// Follows a title from its head: complements, adjectives, a country, then the name.
    fn parse_title(&self, i: usize, end: usize) -> Title {
        let stop = end.min(i + LONGEST);
        let head = self.a.reading_in(i, Classes::TITLE);
        let office = head.map_or_else(String::new, |r| self.a.lexicon_word(r.word).to_owned());
        let mut title = Title { end: i + 1, country: None, person: None, name: None, office };
        let bare_head = head.is_some_and(|r| !r.definite);
        let mut at = i + 1;
        let mut joined = false;
        while at < stop {
            if self.a.is_mark(at, "،")
                || self.a.is_mark(at, ",")
                || self.a.is_mark(at, "\"")
                || self.a.is_mark(at, ":")
                || self.a.is_mark(at, "#")
            {
                // A name may stand behind a comma: `الرئيس الأميركي، دونالد ترامب،`.
                if let Some((person, name_stop)) = self.person_at(at + 1, end) {
                    title.person = Some((person, at + 1..name_stop));
                } else if self.a.is(at + 1, Classes::GIVEN_NAME)
                    && self.a.readings(at + 1).first().is_some_and(|r| r.prefix == 0)
                {
                    title.name = name_end(self.a, at + 1, end).filter(|&e| e > at + 2).map(|e| at + 1..e);
                }
                return title;
            }
            if self.a.is_any_mark(at) {
                return title;
            }
            if let Some((person, name_stop)) = self.person_at(at, end) {
                // `مبعوث الرئيس الأمريكي دونالد ترامب ستيف ويتكوف`: the last name is the head's.
                match self.person_at(name_stop, end) {
                    Some((second, second_stop)) => title.person = Some((second, name_stop..second_stop)),
                    None => title.person = Some((person, at..name_stop)),
                }
                return title;
            }
            if let Some((entity, name_stop, reading)) = self.known_name(at, end) {
                let known = &self.a.lexicon.entities[entity as usize];
                let tied = matches!(reading.proclitic, None | Some(Proclitic::Li | Proclitic::Bi));
                if !tied || reading.conjunction {
                    return title;
                }
                if known.entity.kind == EntityKind::Country {
                    title.country.get_or_insert(entity);
                } else if let Some(country) =
                    known.entity.country.as_deref().and_then(|c| self.a.lexicon.entity(c))
                {
                    title.country.get_or_insert(country);
                }
                at = name_stop;
                title.end = at;
                joined = false;
                continue;
            }
            let conjunction = self.a.readings(at).first().is_some_and(|r| r.conjunction);
            if let Some((country, reading)) = self.a.nisba(at)
                && reading.proclitic.is_none()
                && !reading.conjunction
            {
                title.country.get_or_insert(country);
                at += 1;
                title.end = at;
                continue;
            }
            if let Some(reading) = self.a.reading_in(at, Classes::TITLE_INNER | Classes::TITLE)
                && matches!(reading.proclitic, None | Some(Proclitic::Li | Proclitic::Bi))
                && !(conjunction && self.a.is(at, Classes::TITLE) && !reading.definite)
                && !self.a.is(at, Classes::SPEECH | Classes::PREPOSITION)
            {
                // `الوزير السابق`: but `رئيس الوزراء الرئيس` begins another title.
                title.office.push(' ');
                title.office.push_str(self.a.lexicon_word(reading.word));
                at += 1;
                title.end = at;
                joined = true;
                continue;
            }
            if joined
                && matches!(self.a.tokens.folded(at), "في" | "عن" | "لدي" | "الي" | "لشوون" | "للشوون")
                && !self.a.is_any_mark(at + 1)
                && (self.a.is(at + 1, Classes::TITLE_INNER)
                    || self.known_name(at + 1, end).is_some_and(|(e, _, _)| {
                        self.a.lexicon.entities[e as usize].entity.kind != EntityKind::Person
                    }))
            {
                at += 1;
                continue;
            }
            // The genitive of an indefinite head: `رئيس الإقليم`, `قائد الكتيبة`.
            if at == i + 1
                && bare_head
                && self.a.tokens.folded(at).starts_with("ال")
                && self.a.tokens.kind(at) == Some(TokenKind::Word)
                && !self.a.is(at, Classes::RELATIVE | Classes::SUBORDINATOR | Classes::PREPOSITION)
            {
                title.office.push(' ');
                title.office.push_str(&self.a.tokens.folded(at)[4..]);
                at += 1;
                title.end = at;
                joined = true;
                continue;
            }
            // A bare indefinite title is an ordinary noun: `رئيس جديد`.
            let sure = joined
                || title.country.is_some()
                || self.a.reading_in(i, Classes::TITLE).is_some_and(|r| r.definite)
                || self.a.is(at, Classes::GIVEN_NAME);
            if let Some(name_stop) = name_end(self.a, at, end)
                && !conjunction
                && sure
            {
                title.name = Some(at..name_stop);
                return title;
            }
            return title;
        }
        title
    }

    /// A person of the lexicon whose name stands at `i` without a proclitic.
    pub(super) fn person_at(&self, i: usize, end: usize) -> Option<(u32, usize)> {
        if !matches!(self.a.tokens.kind(i), Some(TokenKind::Word | TokenKind::Foreign)) {
            return None;
        }
        let (entity, stop, reading) = self.known_name(i, end)?;
        (self.a.lexicon.entities[entity as usize].entity.kind == EntityKind::Person && reading.prefix == 0)
            .then_some((entity, stop))
    }
}
