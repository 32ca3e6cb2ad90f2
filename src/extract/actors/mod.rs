//! Who is spoken of: names of the lexicon, people behind their titles, collective actors, bodies,
//! nisba adjectives, and short names of people told in full before.

mod collective;
mod name;
mod title;

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use super::analysis::Analysis;
use super::registry::Registry;
use crate::lexicon::phrases::Meaning;
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::{Classes, Proclitic, Reading};
use crate::model::{ActorBasis, EntityKind, Span};
use crate::text::TokenKind;

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// By a name.
    Name,
    /// By a title without a name (`وزير الخارجية المالي`).
    Role,
    /// By a collective noun (`القوات الإسرائيلية`).
    Collective,
    /// By an adjective of another noun (`الغزو الأمريكي`).
    Nisba,
}

/// A mention of an actor or place, in tokens.
#[derive(Clone, Debug)]
pub struct Mention {
    /// First token of all that belongs to it (title included).
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    /// The bytes that name it, proclitics left out.
    pub span: Span,
    /// Index in the document's registry.
    pub entity: u32,
    /// What acts where the entity is a capital or seat of power: the country.
    pub acting: u32,
    /// How it is named.
    pub form: Form,
    /// How it was tied to its entity.
    pub basis: ActorBasis,
    /// The rule that found it.
    pub rule: &'static str,
    /// The preposition written together with its first word.
    pub proclitic: Option<Proclitic>,
    /// Whether `و` or `ف` is written together with its first word.
    pub conjunction: bool,
    /// Whether it names a city, region or building rather than people.
    pub place: bool,
    /// Whether it names a state.
    pub state: bool,
}

/// Finds the mentions in the blocks of one article, in text order, not overlapping.
pub fn find(analysis: &Analysis<'_>, blocks: &[Range<usize>], registry: &mut Registry<'_>) -> Vec<Mention> {
    let mut finder = Finder {
        a: analysis,
        registry,
        surnames: HashMap::new(),
        roles: HashMap::new(),
        newest_of: HashMap::new(),
        bodies: HashMap::new(),
        out: Vec::new(),
    };
    for block in blocks {
        finder.block(block.clone());
    }
    finder.out
}

struct Finder<'f, 'a, 'l> {
    a: &'f Analysis<'a>,
    registry: &'f mut Registry<'l>,
    /// Folded last name → person told in full before in this article.
    surnames: HashMap<String, u32>,
    /// Folded title head and country → person who was given that title.
    roles: HashMap<(String, Option<String>), u32>,
    /// Head noun of a body → the newest body so called, for `المنظمة`, `الحركة`.
    bodies: HashMap<String, u32>,
    /// Folded title head → the newest person who was given it.
    newest_of: HashMap<String, u32>,
    out: Vec<Mention>,
}

impl Finder<'_, '_, '_> {
    fn block(&mut self, block: Range<usize>) {
        let mut i = block.start;
        while i < block.end {
            i = self.at(i, block.end).unwrap_or(i + 1);
        }
    }

    /// Tries every kind of mention at token `i`; the token to go on with where one was found.
    fn at(&mut self, i: usize, end: usize) -> Option<usize> {
        if !matches!(self.a.tokens.kind(i), Some(TokenKind::Word | TokenKind::Foreign)) {
            return None;
        }
        self.phrase(i, end)
            .or_else(|| self.title(i, end))
            .or_else(|| self.collective(i, end))
            .or_else(|| self.body(i, end))
            .or_else(|| self.bare_name(i, end))
            .or_else(|| self.surname(i))
            .or_else(|| self.honorific(i))
            .or_else(|| self.homeland(i))
            .or_else(|| self.variant(i))
            .or_else(|| self.adjective(i, end))
    }

    /// A name of the lexicon at `i`, as (entity, end, reading); names of several words win.
    fn known_name(&self, i: usize, end: usize) -> Option<(u32, usize, Reading)> {
        let mut best: Option<(u32, usize, Reading)> = None;
        for &reading in self.a.readings(i) {
            // The host of a definite reading lost its article; names keep theirs.
            if reading.enclitic || reading.definite || reading.proclitic == Some(Proclitic::Sa) {
                continue;
            }
            let Some(found) =
                self.a.lexicon.phrases.longest(self.a.tokens, &self.a.lexicon.vocabulary, i, reading.word)
            else {
                continue;
            };
            if found.end > end {
                continue;
            }
            let entity = found.meanings.iter().find_map(|m| match m {
                Meaning::Entity(e) => Some(*e),
                Meaning::EntityAgain(e) => self.registry.has(*e).then_some(*e),
                Meaning::Trigger(_) => None,
            });
            if let Some(entity) = entity
                && best.is_none_or(|(_, e, _)| found.end > e)
            {
                best = Some((entity, found.end, reading));
            }
        }
        best
    }

    fn phrase(&mut self, i: usize, end: usize) -> Option<usize> {
        let (entity, stop, reading) = self.known_name(i, end)?;
        let known = &self.a.lexicon.entities[entity as usize];
        if known.needs_cue
            && stop == i + 1
            && !(i > 0 && self.a.is(i - 1, Classes::PLACE_CUE | Classes::LOCATIVE))
        {
            return None;
        }
        let person = known.entity.kind == EntityKind::Person;
        self.push_known(entity, i..stop, i, &reading, "name in the lexicon");
        if let Some(head) = self.a.reading_in(i, Classes::BODY_HEAD)
            && stop > i + 1
            && let Some(m) = self.out.last()
        {
            self.bodies.insert(self.a.lexicon_word(head.word).to_owned(), m.entity);
        }
        if person {
            // `الملك محمد السادس`: a name that begins with a title gives it to its bearer.
            let role = self
                .a
                .reading_in(i, Classes::TITLE)
                .filter(|_| stop > i + 1)
                .map(|r| (self.a.lexicon_word(r.word).to_owned(), None));
            self.remember_person(i, stop, role);
        }
        Some(stop)
    }

    fn push_known(
        &mut self,
        lexicon_entity: u32,
        tokens: Range<usize>,
        first: usize,
        reading: &Reading,
        rule: &'static str,
    ) {
        let known = &self.a.lexicon.entities[lexicon_entity as usize];
        let place = known.entity.kind == EntityKind::Place;
        let state = known.entity.kind == EntityKind::Country;
        let entity = self.registry.known(lexicon_entity);
        let acting = known.stands_for.map_or(entity, |c| self.registry.known(c));
        let span = self.host_span(&tokens, reading);
        let outer = if first == tokens.start { *reading } else { self.first_reading(first) };
        self.out.push(Mention {
            first,
            end: tokens.end,
            span,
            entity,
            acting,
            form: Form::Name,
            basis: ActorBasis::Lexicon,
            rule,
            proclitic: outer.proclitic,
            conjunction: outer.conjunction,
            place,
            state,
        });
    }

    /// The bytes of `tokens` without the proclitics of `reading` on the first of them.
    fn host_span(&self, tokens: &Range<usize>, reading: &Reading) -> Span {
        let whole = self.a.tokens.span(tokens.start, tokens.end - 1);
        if reading.prefix == 0 {
            return whole;
        }
        Span::new(self.a.tokens.inner(tokens.start, reading.prefix as usize), whole.end)
    }

    /// The words of a span as a name; behind `لل` the article's alef is written again.
    fn named(&self, span: Span, reading: &Reading) -> String {
        let words = span.of(self.a.tokens.text());
        match words.strip_prefix('ل') {
            Some(rest) if reading.proclitic == Some(Proclitic::Li) && reading.definite => format!("ال{rest}"),
            _ => words.to_owned(),
        }
    }

    /// The reading of a mention's first token that takes least off.
    fn first_reading(&self, i: usize) -> Reading {
        self.a.readings(i).first().copied().unwrap_or(Reading {
            word: 0,
            conjunction: false,
            proclitic: None,
            definite: false,
            enclitic: false,
            prefix: 0,
        })
    }

    /// Remembers the newest mention's last name, and its title, for short mentions to come.
    fn remember_person(&mut self, name_start: usize, end: usize, role: Option<(String, Option<String>)>) {
        let Some(entity) = self.out.last().map(|m| m.entity) else { return };
        if end > name_start + 1 {
            let last = self.a.tokens.folded(end - 1);
            if last.chars().count() > 2 {
                self.surnames.insert(last.to_owned(), entity);
            }
        } else {
            // A lexicon person named in short is known by the last word of the full name as well.
            let name = crate::text::fold::fold_phrase(&self.registry.get(entity).name);
            if let Some(last) = name.split(' ').next_back() {
                self.surnames.entry(last.to_owned()).or_insert(entity);
            }
        }
        if let Some(role) = role {
            let head = role.0.split(' ').next().unwrap_or_default();
            self.newest_of.insert(head.to_owned(), entity);
            self.roles.insert(role, entity);
        }
    }

    /// A last name told in full before.
    fn surname(&mut self, i: usize) -> Option<usize> {
        if self.surnames.is_empty() {
            return None;
        }
        let folded = self.a.tokens.folded(i);
        let stripped = [
            ("", None, false),
            ("و", None, true),
            ("ف", None, true),
            ("ب", Some(Proclitic::Bi), false),
            ("ل", Some(Proclitic::Li), false),
            ("ك", Some(Proclitic::Ka), false),
        ];
        for (prefix, proclitic, conjunction) in stripped {
            let Some(rest) = folded.strip_prefix(prefix) else { continue };
            // A word of the language is that word, not a name: `حرب`, `صالح`.
            if prefix.is_empty()
                && (self.a.is(i, Classes::all() - Classes::GIVEN_NAME - Classes::TITLE_INNER)
                    || self.is_noun(i))
            {
                return None;
            }
            if let Some(&entity) = self.surnames.get(rest) {
                let at = self.a.tokens.inner(i, prefix.len());
                self.out.push(Mention {
                    first: i,
                    end: i + 1,
                    span: Span::new(at, self.a.tokens.all()[i].span.end),
                    entity,
                    acting: entity,
                    form: Form::Name,
                    basis: ActorBasis::Coreference,
                    rule: "last name of a person told in full before",
                    proclitic,
                    conjunction,
                    place: false,
                    state: false,
                });
                return Some(i + 1);
            }
        }
        None
    }

    /// Whether token `i` as it stands is a noun of the trigger lexicon.
    fn is_noun(&self, i: usize) -> bool {
        self.a
            .readings(i)
            .iter()
            .filter(|r| r.prefix == 0 && !r.enclitic)
            .any(|r| self.a.lexicon.vocabulary.word(r.word).triggers.iter().any(|f| f.shape == Shape::Noun))
    }

    /// `سموه`, `فخامته`: the person named last.
    fn honorific(&mut self, i: usize) -> Option<usize> {
        if !self.a.is(i, Classes::HONORIFIC) {
            return None;
        }
        let entity =
            self.out.iter().rev().find(|m| self.registry.get(m.entity).kind == EntityKind::Person)?.entity;
        self.push_new(
            entity,
            i..i + 1,
            i..i + 1,
            Form::Role,
            ActorBasis::Coreference,
            "how a person of rank is spoken of again",
        );
        Some(i + 1)
    }

    /// `بلاده`: the country of the person named last.
    fn homeland(&mut self, i: usize) -> Option<usize> {
        let folded = self.a.tokens.folded(i);
        let bare = folded
            .strip_prefix('و')
            .or_else(|| folded.strip_prefix('ب'))
            .or_else(|| folded.strip_prefix('ل'))
            .unwrap_or(folded);
        if !matches!(bare, "بلاده" | "بلادها") {
            return None;
        }
        let person =
            self.out.iter().rev().find(|m| self.registry.get(m.entity).kind == EntityKind::Person)?;
        let country = self.a.lexicon.entity(self.registry.get(person.entity).country.as_deref()?)?;
        let entity = self.registry.known(country);
        self.push_new(
            entity,
            i..i + 1,
            i..i + 1,
            Form::Name,
            ActorBasis::Coreference,
            "the country of the person named last",
        );
        if let Some(m) = self.out.last_mut() {
            m.state = true;
        }
        Some(i + 1)
    }

    /// A name that the lexicon has in another transliteration: `زيلينسكيي`.
    fn variant(&mut self, i: usize) -> Option<usize> {
        let readings = self.a.readings(i);
        let whole = readings.is_empty();
        let folded = self.a.tokens.folded(i);
        let (prefix, proclitic, conjunction) = match folded.chars().next() {
            _ if whole && self.a.lexicon.variant(folded).is_some() => (0, None, false),
            Some('و' | 'ف') if whole => (2, None, true),
            Some('ب') if whole => (2, Some(Proclitic::Bi), false),
            Some('ل') if whole => (2, Some(Proclitic::Li), false),
            _ => return None,
        };
        let entity = self.a.lexicon.variant(folded.get(prefix..)?)?;
        let entity = self.registry.known(entity);
        self.push_new(
            entity,
            i..i + 1,
            i..i + 1,
            Form::Name,
            ActorBasis::Lexicon,
            "another transliteration of a name in the lexicon",
        );
        if let Some(m) = self.out.last_mut() {
            m.span.start = self.a.tokens.inner(i, prefix);
            m.proclitic = proclitic;
            m.conjunction = conjunction;
        }
        Some(i + 1)
    }

    /// A nisba adjective, standing for its country beside another noun.
    fn adjective(&mut self, i: usize, end: usize) -> Option<usize> {
        let (entity, reading) = self.a.nisba(i)?;
        let reading = *reading;
        // `الرئيسين الأميركي دونالد ترامب والروسي فلاديمير بوتين`: the adjective is part of a title.
        if let Some((person, stop)) = self.person_at(i + 1, end) {
            let name = self.first_reading(i + 1);
            self.push_known(person, i + 1..stop, i, &name, "title and a name in the lexicon");
            self.set_outer(i, &reading);
            self.remember_person(i + 1, stop, None);
            return Some(stop);
        }
        self.push_known(entity, i..i + 1, i, &reading, "adjective of a country");
        if let Some(m) = self.out.last_mut() {
            m.form = Form::Nisba;
        }
        Some(i + 1)
    }

    /// Adds a mention of an entity that the document introduces.
    fn push_new(
        &mut self,
        entity: u32,
        tokens: Range<usize>,
        named: Range<usize>,
        form: Form,
        basis: ActorBasis,
        rule: &'static str,
    ) {
        let reading = self.first_reading(tokens.start);
        let span = if named.start == tokens.start {
            self.host_span(&named, &reading)
        } else {
            self.a.tokens.span(named.start, named.end - 1)
        };
        self.out.push(Mention {
            first: tokens.start,
            end: tokens.end,
            span,
            entity,
            acting: entity,
            form,
            basis,
            rule,
            proclitic: reading.proclitic,
            conjunction: reading.conjunction,
            place: false,
            state: false,
        });
    }

    /// Gives the newest mention the place and clitics of its outermost word.
    fn set_outer(&mut self, i: usize, head: &Reading) {
        if let Some(m) = self.out.last_mut() {
            m.first = i;
            m.proclitic = head.proclitic;
            m.conjunction = head.conjunction;
        }
    }
}
