//! Bodies whose name the lexicon does not know (`الهيئة العليا للمساءلة والعدالة`), by their head noun
//! and the words behind it, and two bodies or offices told by one dual (`وزارتا الدفاع والداخلية`).

use std::ops::Range;

use super::name::{is_unknown, name_end};
use super::title::Title;
use super::{Finder, Form, Spot, Who};
use crate::lexicon::phrases::Meaning;
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::{Classes, Proclitic, Reading};
use crate::model::{ActorBasis, EntityKind};
use crate::text::fold::fold_phrase;
use crate::text::{TokenKind, Tokens};

/// Most words of a body's name.
const LONGEST: usize = 7;

/// Most words without article between a body's head and the word with it (`مجلس إدارة صندوق التنمية`).
const CHAIN: usize = 2;

/// How far a body's name goes.
pub(super) struct Extent {
    /// One past its last token.
    pub(super) end: usize,
    /// The country that it says.
    pub(super) country: Option<u32>,
}

impl Finder<'_, '_, '_> {
    /// A body by its head noun and the words behind it, or one told before by the head alone.
    pub(super) fn body(&mut self, i: usize, end: usize) -> Option<usize> {
        let reading = *self.a.reading_in(i, Classes::BODY_HEAD)?;
        let Extent { end: stop, country } = self.body_extent(i, end)?;
        let head = self.a.lexicon_word(reading.word).to_owned();
        // `المنظمة`, `المجموعة الإفريقية`: the one told before.
        let peoples = stop == i + 2 && country.is_none() && self.nisba(i + 1).is_some();
        let told = self.heads.get(&head).copied().filter(|_| reading.definite && (stop == i + 1 || peoples));
        let (who, form, basis, rule) = if let Some(entity) = told {
            (Who::of(entity), Form::Role, ActorBasis::Coreference, "head of a body told before")
        } else if stop == i + 1 {
            return None;
        } else {
            let country = country.map(|c| self.a.lexicon.entities[c as usize].entity.id.clone());
            let name = self.named(&(i..stop), &reading);
            let entity = self.registry.introduce(&name, EntityKind::Organization, country);
            self.heads.insert(head, entity);
            (Who::of(entity), Form::Name, ActorBasis::Title, "head of a body and what it is called by")
        };
        self.push(Spot { tokens: i..stop, named: i..stop, who, form, basis, rule }, &reading);
        Some(self.past_adjective(stop, end))
    }

    /// How far the name of a body goes whose head stands at `i`; the head alone where nothing behind
    /// it belongs to a name.
    pub(super) fn body_extent(&self, i: usize, end: usize) -> Option<Extent> {
        let head = *self.a.reading_in(i, Classes::BODY_HEAD)?;
        if head.proclitic == Some(Proclitic::Sa) || self.single(&head).is_some() {
            return None;
        }
        let mut extent = Extent { end: i + 1, country: None };
        let mut at = self.chain(i, &head, end);
        let mut quoted = false;
        while at < end && at < i + LONGEST {
            if ["\"", "«", "“", "”", "»"].iter().any(|mark| self.a.is_mark(at, mark)) {
                quoted = !quoted;
                at += 1;
                if !quoted {
                    extent.end = at;
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
            if let Some((nisba, adjective)) = self.nisba(at)
                && adjective.proclitic.is_none()
                && !adjective.conjunction
            {
                if self.kind(nisba) == EntityKind::Country {
                    extent.country.get_or_insert(nisba);
                }
                at += 1;
                extent.end = at;
                continue;
            }
            if let Some(found) = self.known_name(at, end)
                && (found.reading.proclitic.is_none()
                    || matches!(found.reading.proclitic, Some(Proclitic::Li | Proclitic::Bi))
                        && (extent.end > i + 1 || !head.definite))
                && !found.reading.conjunction
            {
                if self.kind(found.entity) == EntityKind::Person {
                    break;
                }
                extent.country = extent.country.or_else(|| self.country_of(found.entity));
                at = found.end;
                extent.end = at;
                continue;
            }
            // `حركة وفاء`: called by a single word.
            if at == i + 1 && !head.definite && self.is_own_name(at, end) {
                extent.end = at + 1;
                break;
            }
            let concern =
                self.a.lexicon.particles.concern.has(self.a.tokens.folded(at)) && self.has_article(at + 1);
            if concern && at > i + 1 && self.a.tokens.kind(at + 1) == Some(TokenKind::Word) {
                at += 2;
                extent.end = at.min(end);
                continue;
            }
            if !self.goes_on(i, at, extent.end > i + 1) {
                break;
            }
            // `رابطة آل النجار`
            at += if self.a.tokens.folded(at) == "ال" { 2 } else { 1 };
            extent.end = at.min(end);
        }
        Some(extent)
    }

    /// Whether a word with the article at `at` belongs to the name of the body at `i`, of which more
    /// than the head was read if `begun`.
    fn goes_on(&self, i: usize, at: usize, begun: bool) -> bool {
        let folded = self.a.tokens.folded(at);
        let joined = folded.starts_with("وال");
        let definite = folded.starts_with("ال") || begun && (folded.starts_with("لل") || joined);
        let other = Classes::RELATIVE
            | Classes::SUBORDINATOR
            | Classes::PREPOSITION
            | Classes::TITLE
            | Classes::ORDINAL;
        let actor = Classes::COLLECTIVE_STATE | Classes::COLLECTIVE_BODY | Classes::BODY_HEAD;
        // `انتقد حزب العمل القرار`, `تبنت الحركة الهجوم`: behind its genitive, or behind the article, a name
        // has adjectives only.
        let object = (begun || self.has_article(i))
            && folded.starts_with("ال")
            && !self.a.is(at, Classes::ADJECTIVE | Classes::TITLE_INNER)
            && (self.a.is(at, Classes::COMMON) || self.is_noun(at));
        // `وزارة الدفاع والجيش`, but `مجلس الدولة والوزراء`
        let next = joined && self.a.is(at, actor) && !self.a.is(at, Classes::TITLE_INNER);
        if !definite || object || next || self.a.is(at, other) {
            return false;
        }
        let person = self.a.is(at, Classes::GIVEN_NAME) && self.first_reading(at).prefix == 0;
        at == i + 1 || !person
    }

    /// Whether a body is called by the word at `at`: one that nobody knows or a given name, and no person.
    fn is_own_name(&self, at: usize, end: usize) -> bool {
        let folded = self.a.tokens.folded(at);
        // Neither an unknown verb, nor what is joined, nor a plural with a genitive (`نقابة موظفي الدولة`).
        let name = self.a.is(at, Classes::GIVEN_NAME | Classes::GIVEN_RISKY);
        let other =
            !name && folded.starts_with(['ي', 'ت', 'و']) || folded.ends_with('ي') && self.has_article(at + 1);
        let named = is_unknown(self.a, at) && !other;
        let reading = self.a.reading_in(at, Classes::GIVEN_NAME).filter(|r| r.prefix == 0);
        let given = reading.is_some() && !self.is_verb(at);
        (named || given) && name_end(self.a, at, end, true) == Some(at + 1)
    }

    /// The token behind the nouns without article that stand between an indefinite head and a word
    /// with the article (`منظمة حظر الأسلحة`): the one behind the head where there are none.
    fn chain(&self, i: usize, head: &Reading, end: usize) -> usize {
        let link = |at: usize| {
            let nouny = Classes::BODY_HEAD | Classes::COMMON | Classes::OBJECT | Classes::TITLE_INNER;
            self.a.reading_in(at, nouny).is_some_and(|r| r.prefix == 0 && !r.definite)
                && !self.a.is(
                    at,
                    Classes::ADJECTIVE | Classes::PREPOSITION | Classes::SUBORDINATOR | Classes::TITLE,
                )
                || self.is_noun(at)
        };
        if head.definite {
            return i + 1;
        }
        for at in i + 1..(i + 2 + CHAIN).min(end) {
            if self.a.tokens.folded(at).starts_with("ال") && self.a.tokens.kind(at) == Some(TokenKind::Word)
            {
                return at;
            }
            if !link(at) || self.known_name(at, end).is_some() {
                break;
            }
        }
        i + 1
    }

    /// Two bodies or holders of offices told by one dual: `وزارتا الدفاع والداخلية`, `الحزبين
    /// الديمقراطي والجمهوري`, `وزيرا الخارجية والدفاع`.
    pub(super) fn two(&mut self, i: usize, end: usize) -> Option<usize> {
        let reading = *self.a.reading_in(i, Classes::BODY_HEAD | Classes::TITLE)?;
        let single = self.single(&reading)?;
        if i + 3 > end || reading.proclitic == Some(Proclitic::Sa) {
            return None;
        }
        let joined = self.a.tokens.folded(i + 2).starts_with("وال");
        let first = self.a.tokens.folded(i + 1);
        let many = ["ين", "ون", "ات"].iter().any(|ending| first.ends_with(ending));
        if !joined || many || !first.starts_with("ال") || self.person_at(i + 3, end).is_some() {
            return None;
        }
        let body = self.a.reading_in(i, Classes::BODY_HEAD).is_some();
        for (tokens, at, conjunction) in [(i..i + 2, i + 1, reading.conjunction), (i + 2..i + 3, i + 2, true)]
        {
            let who = self.one_of_two(&single, reading.definite, at, body);
            let form = if body { Form::Name } else { Form::Role };
            let head =
                Reading { conjunction, prefix: if conjunction { 2 } else { reading.prefix }, ..reading };
            let spot = Spot {
                named: tokens.clone(),
                tokens,
                who,
                form,
                basis: ActorBasis::Title,
                rule: "one of two told by a dual",
            };
            self.push(spot, &head);
        }
        Some(i + 3)
    }

    /// The holders of one office in two states: `وزيرا خارجية إيران والسعودية`, `رئيسا مصر والسودان`.
    pub(super) fn two_states(&mut self, i: usize, end: usize) -> Option<usize> {
        let reading = *self.a.reading_in(i, Classes::TITLE)?;
        let single = self.single(&reading).filter(|_| !reading.definite)?;
        let country = |at: usize| {
            self.known_name(at, end)
                .filter(|n| self.kind(n.entity) == EntityKind::Country && n.reading.proclitic.is_none())
        };
        // `خارجية`
        let field = country(i + 1).is_none() && self.a.tokens.kind(i + 1) == Some(TokenKind::Word);
        let at = i + 1 + usize::from(field);
        let first = country(at).filter(|n| n.reading.prefix == 0)?;
        let second = country(first.end).filter(|n| n.reading.conjunction)?;
        let field = if field { self.a.tokens.written(i + 1) } else { "" };
        let core = format!("{single} {}", fold_phrase(field)).trim_end().to_owned();
        let of_second = Reading { prefix: second.reading.prefix, ..second.reading };
        for (state, tokens, head) in
            [(first.entity, i..first.end, reading), (second.entity, first.end..second.end, of_second)]
        {
            let title = Title::of_office(core.clone(), false, Some(state));
            let entity = self.holder(&title).unwrap_or_else(|| {
                let state = &self.a.lexicon.entities[state as usize].entity;
                let name = format!("{single} {field} {}", state.name);
                self.registry.introduce(&name, EntityKind::Person, Some(state.id.clone()))
            });
            let spot = Spot {
                named: tokens.clone(),
                tokens,
                who: Who::of(entity),
                form: Form::Role,
                basis: ActorBasis::Title,
                rule: "one of two told by a dual",
            };
            self.push(spot, &head);
        }
        Some(second.end)
    }

    /// The singular of a dual (`وزارتا`: `وزاره`), folded.
    fn single(&self, reading: &Reading) -> Option<String> {
        let word = self.a.lexicon_word(reading.word);
        let stem = ["ان", "ين", "ا", "ي"].iter().find_map(|ending| word.strip_suffix(ending))?;
        let feminine = stem.strip_suffix('ت').map(|s| format!("{s}ه"));
        feminine.into_iter().chain([stem.to_owned()]).find(|single| {
            self.a.lexicon.vocabulary.id(single).is_some_and(|w| {
                self.a.lexicon.vocabulary.word(w).classes.intersects(Classes::BODY_HEAD | Classes::TITLE)
            })
        })
    }

    /// Whom the singular and the complement at `at` mean.
    fn one_of_two(&mut self, single: &str, definite: bool, at: usize, body: bool) -> Who {
        let written = self.a.tokens.written(at);
        let complement = if written.starts_with('و') { &written['و'.len_utf8()..] } else { written };
        let name = format!("{}{single} {complement}", if definite { "ال" } else { "" });
        let country = self.nisba(at).map(|(country, _)| country);
        let id = country.map(|c| self.a.lexicon.entities[c as usize].entity.id.clone());
        if body {
            return match self.entity_called(&name) {
                Some(known) => self.known(known),
                None => Who::of(self.registry.introduce(&name, EntityKind::Organization, id)),
            };
        }
        let folded = fold_phrase(complement);
        let bare = folded.strip_prefix("ال").unwrap_or(&folded);
        let core = if country.is_some() { single.to_owned() } else { format!("{single} {bare}") };
        let title = Title::of_office(core, definite, country);
        match self.holder(&title) {
            Some(person) => Who::of(person),
            None => Who::of(self.registry.introduce(&name, EntityKind::Person, id)),
        }
    }

    /// The entity of the lexicon of which the whole of `name` is a name.
    fn entity_called(&self, name: &str) -> Option<u32> {
        let tokens = Tokens::new(name);
        let vocabulary = &self.a.lexicon.vocabulary;
        let word = |i: usize| vocabulary.id(tokens.folded(i));
        let phrases = vocabulary.word(word(0)?).phrases;
        let found = self.a.lexicon.phrases.longest(&tokens, word, 0, phrases)?;
        found.meanings.iter().filter(|_| found.end == tokens.len()).find_map(|m| match m {
            Meaning::Entity(e) => Some(*e),
            _ => None,
        })
    }

    /// Whether a finite verb and no noun is spelled like token `i`.
    pub(super) fn only_verb(&self, i: usize) -> bool {
        let noun =
            self.a.readings(i).iter().any(|r| {
                self.a.lexicon.vocabulary.word(r.word).triggers.iter().any(|f| f.shape == Shape::Noun)
            });
        self.is_verb(i) && !noun
    }

    /// The tokens of a body's name behind `من`, `في` or `ب` at `at`: `أعضاء في الكونغرس`.
    pub(super) fn body_behind(&self, at: usize, end: usize) -> Option<(Range<usize>, Option<u32>)> {
        let loose = matches!(self.a.tokens.folded(at), "من" | "في");
        let start = at + usize::from(loose);
        let tied = |r: &Reading| loose && r.prefix == 0 || !loose && r.proclitic == Some(Proclitic::Bi);
        if let Some(found) = self.known_name(start, end) {
            let kind = self.kind(found.entity);
            return (matches!(kind, EntityKind::Organization | EntityKind::Group) && tied(&found.reading))
                .then_some((start..found.end, Some(found.entity)));
        }
        let heads = Classes::BODY_HEAD | Classes::COLLECTIVE_BODY | Classes::COLLECTIVE_STATE;
        let reading = *self.a.reading_in(start, heads).filter(|r| tied(r) && !r.conjunction)?;
        let stop = match self.a.reading_in(start, heads - Classes::BODY_HEAD) {
            Some(_) => self.noun_phrase(start, end, reading).end,
            None => self.body_extent(start, end)?.end,
        };
        // `من القضاء على` is of another verb.
        let own = self.a.tokens.folded(stop) != "علي";
        (own && (reading.definite || stop > start + 1)).then_some((start..stop, None))
    }
}
