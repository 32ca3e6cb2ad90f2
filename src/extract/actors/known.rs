//! Names of the lexicon, its nisba adjectives, and words that point back to a person's rank or country.

use std::ops::Range;

use super::name::name_end;
use super::{Finder, Form, HOMELAND, Spot, Who};
use crate::extract::analysis::Traits;
use crate::lexicon::conjugator::Gender;
use crate::lexicon::phrases::{Begins, Meaning};
use crate::lexicon::words::{Classes, Proclitic, Reading, clitics};
use crate::model::{ActorBasis, EntityKind};
use crate::text::TokenKind;

/// A name of the lexicon found in the text.
#[derive(Clone, Copy)]
pub(super) struct KnownName {
    /// Index of the entity in the lexicon.
    pub(super) entity: u32,
    /// One past its last token.
    pub(super) end: usize,
    /// How its first word is read.
    pub(super) reading: Reading,
}

/// Most letters in which another transliteration of a name differs.
const DIFFERENT: usize = 2;

impl Finder<'_, '_, '_> {
    /// A name of the lexicon at `i`; names of several words win.
    pub(super) fn known_name(&self, i: usize, end: usize) -> Option<KnownName> {
        if !self.a.begins(i, Begins::NAME) {
            return None;
        }
        let mut best: Option<KnownName> = None;
        for &reading in self.a.readings(i) {
            // The host of a definite reading lost its article; names keep theirs.
            if reading.enclitic || reading.definite || reading.proclitic == Some(Proclitic::Sa) {
                continue;
            }
            let Some(found) = self.a.phrase(i, reading.word) else { continue };
            if found.end > end {
                continue;
            }
            let entity = found.meanings.iter().find_map(|m| match m {
                Meaning::Entity(e) => Some(*e),
                Meaning::EntityAgain(e) => self.registry.has(*e).then_some(*e),
                Meaning::Trigger(_) | Meaning::Title => None,
            });
            if let Some(entity) = entity
                && best.is_none_or(|b| found.end > b.end)
                && (found.end > i + 1
                    || !self.a.lexicon.entities[entity as usize].needs_cue
                    || self.cued(i, entity))
            {
                best = Some(KnownName { entity, end: found.end, reading });
            }
        }
        if let Some(name) = best.as_mut()
            && self.kind(name.entity) == EntityKind::Person
        {
            name.end = self.past_father(name.end, end);
        }
        best
    }

    /// The end of a person's name that ends before `stop`, with what `بن` adds to it: `الشيخ تميم بن حمد آل
    /// ثاني`.
    fn past_father(&self, stop: usize, end: usize) -> usize {
        let father = stop < end && self.a.lexicon.particles.son.has(self.a.tokens.folded(stop));
        if father { name_end(self.a, stop, end, true).unwrap_or(stop) } else { stop }
    }

    /// Whether what stands before token `i` says that an ambiguous word is the name it may be.
    fn cued(&self, i: usize, entity: u32) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        if self.a.is(before, Classes::PLACE_CUE) {
            return true;
        }
        // `بوركينا فاسو ومالي والنيجر`
        let joined = self.a.tokens.folded(i).starts_with('و')
            && self.out.last().is_some_and(|m| m.end == i && m.state && m.form == Form::Name);
        if joined && self.kind(entity) == EntityKind::Country {
            return true;
        }
        // `في إطار` is no town, though one is called so.
        let ordinary = self.a.is(i, Classes::COMMON) && !self.a.is(i, Classes::ADJECTIVE) || self.is_noun(i);
        !ordinary
            && (self.a.is(before, Classes::LOCATIVE)
                || self.a.is(before, Classes::PREPOSITION)
                    && (self.registry.has(entity)
                        || self.kind(entity) == EntityKind::Country
                            && !self.a.is(i, Classes::GIVEN_NAME | Classes::GIVEN_RISKY)))
    }

    /// The country or people whose nisba token `i` is.
    pub(super) fn nisba(&self, i: usize) -> Option<(u32, Reading)> {
        if !self.a.has(i, Traits::NISBA) {
            return None;
        }
        if let Some((country, reading)) = self.a.nisba(i) {
            return Some((country, *reading));
        }
        self.a.readings(i).iter().filter(|r| !r.enclitic).find_map(|r| {
            let country = self.a.lexicon.vocabulary.word(r.word).nisba_again?;
            self.registry.has(country).then_some((country, *r))
        })
    }

    /// A person of the lexicon whose name stands at `i` without a proclitic.
    pub(super) fn person_at(&self, i: usize, end: usize) -> Option<(u32, usize)> {
        let found = self.known_name(i, end)?;
        (self.kind(found.entity) == EntityKind::Person && found.reading.prefix == 0)
            .then_some((found.entity, found.end))
    }

    /// The kind of an entity of the lexicon.
    pub(super) fn kind(&self, lexicon_entity: u32) -> EntityKind {
        self.a.lexicon.entities[lexicon_entity as usize].entity.kind
    }

    /// The country of an entity of the lexicon: itself where it is one.
    pub(super) fn country_of(&self, lexicon_entity: u32) -> Option<u32> {
        let known = &self.a.lexicon.entities[lexicon_entity as usize];
        known.stands_for.or_else(|| self.a.lexicon.entity(known.entity.country.as_deref()?))
    }

    /// An entity of the lexicon as the document's.
    pub(super) fn known(&mut self, lexicon_entity: u32) -> Who {
        let known = &self.a.lexicon.entities[lexicon_entity as usize];
        let entity = self.registry.known(lexicon_entity);
        Who {
            entity,
            acting: known.stands_for.map_or(entity, |country| self.registry.known(country)),
            place: known.entity.kind == EntityKind::Place,
            state: known.entity.kind == EntityKind::Country,
        }
    }

    /// A name of the lexicon, with the role in apposition behind a person's.
    pub(super) fn phrase(&mut self, i: usize, end: usize) -> Option<usize> {
        let KnownName { entity, end: stop, reading } = self.known_name(i, end)?;
        let who = self.known(entity);
        self.push_known(who, i..stop, i..stop, &reading, "name in the lexicon");
        match self.kind(entity) {
            EntityKind::Person => {
                // `الملك محمد السادس`: a name that begins with a title gives it to its bearer.
                let title = self.a.reading_in(i, Classes::TITLE).filter(|_| stop > i + 1);
                let head = title.map(|r| self.a.lexicon_word(r.word).to_owned());
                self.remember_person(i, stop);
                if let Some(head) = head {
                    self.roles.give(head, false, None, who.entity);
                }
                return Some(self.apposition(i, stop, end));
            }
            EntityKind::Organization | EntityKind::Group => {
                if stop == i + 1 {
                    return Some(self.past_own_nisba(stop, entity));
                }
                if let Some(head) = self.a.reading_in(i, Classes::BODY_HEAD | Classes::COLLECTIVE_BODY) {
                    self.heads.insert(self.a.lexicon_word(head.word).to_owned(), who.entity);
                }
                let stop = self.past_own_nisba(stop, entity);
                return Some(self.past_adjective(stop, end));
            }
            _ => {}
        }
        Some(stop)
    }

    /// The token behind the adjective of its own country that follows a body (`الكنيست الإسرائيلي`), which is
    /// then part of the newest mention.
    fn past_own_nisba(&mut self, stop: usize, entity: u32) -> usize {
        let own = self.nisba(stop).is_some_and(|(country, r)| {
            r.prefix <= 4 && r.definite && self.country_of(entity) == Some(country)
        });
        if own && let Some(m) = self.out.last_mut() {
            m.end = stop + 1;
        }
        stop + usize::from(own)
    }

    /// The token behind an adjective of the body whose name ends before `stop` (`حزب العمل المعارض`):
    /// what is said of it is no one else.
    pub(super) fn past_adjective(&self, stop: usize, end: usize) -> usize {
        stop + usize::from(stop < end && self.a.is(stop, Classes::ADJECTIVAL) && self.has_article(stop))
    }

    /// Adds a mention by a name of the lexicon.
    pub(super) fn push_known(
        &mut self,
        who: Who,
        tokens: Range<usize>,
        named: Range<usize>,
        head: &Reading,
        rule: &'static str,
    ) {
        self.push(Spot { tokens, named, who, form: Form::Name, basis: ActorBasis::Lexicon, rule }, head);
    }

    /// Whether token `i` as it stands is a noun of the trigger lexicon.
    pub(super) fn is_noun(&self, i: usize) -> bool {
        self.a.has(i, Traits::NOUN)
    }

    /// Adds a mention, by the last of `tokens`, of somebody who was named before.
    fn point_back(&mut self, tokens: Range<usize>, who: Who, form: Form, rule: &'static str) {
        let (first, end) = (tokens.start, tokens.end);
        let basis = ActorBasis::Coreference;
        self.push(Spot { tokens, named: end - 1..end, who, form, basis, rule }, &self.first_reading(first));
    }

    /// `سموه`, `فخامته`: the person named last.
    pub(super) fn honorific(&mut self, i: usize) -> Option<usize> {
        if !self.a.is(i, Classes::HONORIFIC) {
            return None;
        }
        let entity =
            self.out.iter().rev().find(|m| self.registry.get(m.entity).kind == EntityKind::Person)?.entity;
        self.point_back(i..i + 1, Who::of(entity), Form::Role, "how a person of rank is spoken of again");
        Some(i + 1)
    }

    /// `هذا الأخير`, `قال الأخير`: whoever was named last, as a noun of its own and no adjective.
    pub(super) fn latter(&mut self, i: usize) -> Option<usize> {
        let before = i.checked_sub(1).filter(|_| self.a.has(i, Traits::LATTER))?;
        let folded = self.a.tokens.folded(i);
        let shown = self.a.lexicon.particles.this.has(self.a.tokens.folded(before));
        if !shown && !self.a.is(before, Classes::SPEECH | Classes::COMPLEMENTIZER) && !self.only_verb(before)
        {
            return None;
        }
        let woman = folded.ends_with('ه');
        let mention = self.out.iter().rev().find(|m| {
            m.form != Form::Nisba
                && !m.place
                && m.gender.is_none_or(|gender| (gender == Gender::Feminine) == woman)
        })?;
        let who = Who { entity: mention.entity, acting: mention.acting, place: false, state: mention.state };
        let first = if shown { before } else { i };
        self.point_back(first..i + 1, who, Form::Role, "whoever was named last");
        Some(i + 1)
    }

    /// `بلاده`: the country of the person named last.
    pub(super) fn homeland(&mut self, i: usize) -> Option<usize> {
        let reading = *self.a.reading_in(i, Classes::HOMELAND)?;
        let person =
            self.out.iter().rev().find(|m| self.registry.get(m.entity).kind == EntityKind::Person)?;
        let country = self.a.lexicon.entity(self.registry.get(person.entity).country.as_deref()?)?;
        let who = self.known(country);
        let spot = Spot {
            tokens: i..i + 1,
            named: i..i + 1,
            who,
            form: Form::Name,
            basis: ActorBasis::Coreference,
            rule: HOMELAND,
        };
        self.push(spot, &reading);
        Some(i + 1)
    }

    /// A name that the lexicon has in another transliteration: `زيلينسكيي`.
    pub(super) fn variant(&mut self, i: usize) -> Option<usize> {
        if !self.a.readings(i).is_empty() {
            return None;
        }
        let (clitics, person) = clitics(self.a.tokens.folded(i), |clitics, host| {
            let (person, name) = self.a.lexicon.variant(host)?;
            near(host, name).then_some((clitics, person))
        })?;
        let who = self.known(person);
        let head = Reading {
            conjunction: clitics.conjunction,
            proclitic: clitics.proclitic,
            prefix: clitics.prefix,
            ..self.first_reading(i)
        };
        self.push_known(who, i..i + 1, i..i + 1, &head, "another transliteration of a name in the lexicon");
        Some(i + 1)
    }

    /// A nisba adjective, standing for its country beside another noun.
    pub(super) fn adjective(&mut self, i: usize, end: usize) -> Option<usize> {
        let (entity, reading) = self.nisba(i)?;
        // `الرئيسين الأميركي دونالد ترامب والروسي فلاديمير بوتين`: the adjective is part of a title.
        if let Some((person, stop)) = self.person_at(i + 1, end) {
            let who = self.known(person);
            self.push_known(who, i..stop, i + 1..stop, &reading, "title and a name in the lexicon");
            self.remember_person(i + 1, stop);
            return Some(stop);
        }
        let who = self.known(entity);
        let people = self.is_people(i, &reading);
        let spot = Spot {
            tokens: i..i + 1,
            named: i..i + 1,
            who,
            form: if people { Form::Collective } else { Form::Nisba },
            basis: ActorBasis::Lexicon,
            rule: if people { "people of a country" } else { "adjective of a country" },
        };
        self.push(spot, &reading);
        Some(i + 1)
    }

    /// Whether a nisba at `i` is a noun: a plural with the article that no noun with the article stands
    /// before (`رفض الفلسطينيون`, `عشرات الفلسطينيين`), or what is counted (`ثلاثة فلسطينيين`).
    fn is_people(&self, i: usize, reading: &Reading) -> bool {
        let folded = self.a.tokens.folded(i);
        let plural = !["ي", "يه", "يا"].iter().any(|singular| folded.ends_with(singular));
        let before = i.checked_sub(1);
        if reading.definite {
            let adjective = |b: usize| {
                self.has_article(b)
                    && !self.is_verb(b)
                    && !self.a.is(b, Classes::PREPOSITION | Classes::RELATIVE)
            };
            return plural && (reading.prefix > 0 || !before.is_some_and(adjective));
        }
        let counted = before.is_some_and(|b| {
            self.a.tokens.kind(b) == Some(TokenKind::Number) || self.a.is(b, Classes::NUMERAL)
        });
        counted && (plural || folded.ends_with("يا"))
    }
}

/// Whether two spellings begin alike and differ in few letters: no ordinary word that happens to have
/// the consonants of a name.
fn near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.first() != b.first() {
        return false;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = cost.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()] <= DIFFERENT
}
