//! People who act together (`القوات الإسرائيلية`, `مسؤولون أميركيون وروس`, `أعضاء بالكونغرس`), with all
//! the words that belong to them.

use std::ops::Range;

use super::{Finder, Form, PEOPLE, Spot, Who};
use crate::lexicon::words::{Classes, Proclitic, Reading};
use crate::model::{ActorBasis, EntityKind};
use crate::text::TokenKind;

/// Most tokens of a collective.
const LONGEST: usize = 6;

/// A collective noun with what belongs to it.
pub(super) struct Group {
    /// How its noun is read.
    head: Reading,
    /// One past its last token.
    pub(super) end: usize,
    /// The countries that its adjectives or its genitive say, each with its token.
    countries: Vec<(u32, usize)>,
    /// The country of the place in which its genitive says that it lives.
    of_place: Option<u32>,
    /// The body of the lexicon whose people they are.
    body: Option<u32>,
    /// Whether a genitive or an adjective of belonging says which they are.
    told_apart: bool,
}

impl Finder<'_, '_, '_> {
    pub(super) fn collective(&mut self, i: usize, end: usize) -> Option<usize> {
        let heads = Classes::COLLECTIVE_STATE | Classes::COLLECTIVE_BODY;
        let head = *self.a.reading_in(i, heads)?;
        if head.proclitic == Some(Proclitic::Sa)
            || self.a.is(i, Classes::PREPOSITION)
            || self.follows_noun(i, &head)
            // `قضاء بيجي` is a district.
            || self.a.is(i, Classes::PLACE_CUE)
                && self.known_name(i + 1, end).is_some_and(|n| self.kind(n.entity) == EntityKind::Place)
            // `القضاء على` is of what was put an end to.
            || self.is_noun(i) && self.a.tokens.folded(i + 1) == "علي"
        {
            return None;
        }
        let group = self.group(i, end, head);
        // `بحرية الرأي` is no navy.
        let other = |r: &Reading| r.prefix > head.prefix && !r.enclitic && self.ordinary(r.word);
        if !head.definite && group.countries.is_empty() && self.a.readings(i).iter().any(other) {
            return None;
        }
        let state = self.a.is(i, Classes::COLLECTIVE_STATE);
        if let Some(body) = group.body {
            // `مسلحو حماس`: they are that body.
            let who = self.known(body);
            let rule = "members of a body in the lexicon";
            self.push_known(who, i..group.end, i..group.end, &head, rule);
            return Some(group.end);
        }
        if group.countries.len() > 1 || state && !group.countries.is_empty() {
            self.push_states(i, &group);
            return Some(group.end);
        }
        if !group.countries.is_empty() || self.acts(i, &group) {
            self.push_group(i, &group);
            return Some(group.end);
        }
        None
    }

    /// `40 دولة`, `خمسة جنود`: what a number makes an actor.
    pub(super) fn counted(&mut self, i: usize, end: usize) -> Option<usize> {
        // `3 آلاف عسكري`
        let scale = self.a.lexicon.particles.scale.has(self.a.tokens.folded(i + 1));
        let noun = i + 1 + usize::from(scale);
        let head = *self.a.reading_in(noun, Classes::COUNTED).filter(|r| r.prefix == 0 && !r.definite)?;
        let group = self.group(noun, end, head);
        let people = self.a.lexicon.particles.people.has(self.a.lexicon_word(head.word));
        let country = group.countries.first().map(|c| c.0).or(group.of_place);
        let country = country.map(|c| self.a.lexicon.entities[c as usize].entity.id.clone());
        // `ستة إرهابيين` are called by what they are, `6 إرهابيين` by how many as well.
        let called = if self.a.tokens.kind(i) == Some(TokenKind::Number) { i } else { noun };
        let words = self.a.tokens.span(called, group.end - 1).of(self.a.tokens.text());
        let who = Who::of(self.registry.introduce(words, EntityKind::Group, country));
        self.push(
            Spot {
                named: called..group.end,
                tokens: i..group.end,
                who,
                form: Form::Collective,
                basis: ActorBasis::Lexicon,
                rule: if people { PEOPLE } else { "so many of a collective" },
            },
            &super::UNREAD,
        );
        Some(group.end)
    }

    /// The same where the number is a word.
    pub(super) fn counted_in_words(&mut self, i: usize, end: usize) -> Option<usize> {
        self.a.is(i, Classes::NUMERAL).then(|| self.counted(i, end)).flatten()
    }

    /// Whether the collective at `i` is an adjective of the noun before it (`الكلية البحرية`, `هجوم
    /// انتحاري`), or the seat of which that noun speaks (`انتخابات الرئاسة`).
    fn follows_noun(&self, i: usize, head: &Reading) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        if self.a.is_any_mark(before) || head.prefix > 0 || self.is_verb(before) {
            return false;
        }
        let seat = Classes::STANDS_ALONE | Classes::SEAT;
        let one = self.a.is(i, Classes::INDIVIDUAL);
        if !head.definite {
            // `هجوم انتحاري`, `تمرد إسلامي مسلح`
            let relation =
                self.a.tokens.folded(before).ends_with('ي') && !self.a.is(before, Classes::PREPOSITION);
            let thing = |b: usize| {
                self.is_noun(b)
                    || self.a.is(b, Classes::COMMON | Classes::OBJECT) && !self.a.is(b, Classes::ADJECTIVE)
            };
            let further = || relation && before.checked_sub(1).is_some_and(|b| thing(b) && !self.is_verb(b));
            return one && !self.has_article(before) && (thing(before) || further());
        }
        self.a.is(i, seat) && self.a.is(before, Classes::OFFICE_OF)
            || self.has_article(before) && (one || self.a.tokens.folded(i).ends_with("يه"))
    }

    /// A collective from its noun, with the body of which it is.
    fn group(&self, i: usize, end: usize, head: Reading) -> Group {
        let mut group = self.noun_phrase(i, end, head);
        if group.countries.is_empty()
            && group.body.is_none()
            && group.of_place.is_none()
            && (group.end == i + 1 || !head.definite && !self.has_article(group.end - 1))
            && !(head.definite && self.a.is(i, Classes::STANDS_ALONE))
            && let Some((tokens, body)) = self.body_behind(group.end, end)
        {
            group.body = body.filter(|_| self.a.tokens.folded(group.end) == "من");
            group.of_place = body.and_then(|b| self.country_of(b));
            group.end = tokens.end;
            group.told_apart = true;
        }
        group
    }

    /// Follows a collective from its noun: adjectives, countries, genitives.
    pub(super) fn noun_phrase(&self, i: usize, end: usize, head: Reading) -> Group {
        let mut group =
            Group { head, end: i + 1, countries: Vec::new(), of_place: None, body: None, told_apart: false };
        let mut settled = head.definite;
        let mut at = i + 1;
        while at < end && at < i + LONGEST {
            if let Some((country, adjective)) = self.nisba(at)
                && adjective.proclitic.is_none()
                && (adjective.definite || !settled)
                && adjective.conjunction != group.countries.is_empty()
            {
                group.countries.push((country, at));
                at += 1;
                group.end = at;
                continue;
            }
            if group.countries.is_empty()
                && let Some(found) = self.known_name(at, end)
            {
                if found.reading.prefix == 0 && !self.is_closed(i) {
                    self.genitive(i, at, found.entity, found.end, &mut group);
                }
                break;
            }
            // `أهالي بلدة الكسوة`
            if at == i + 1
                && !settled
                && self.a.reading_in(at, Classes::PLACE_CUE).is_some_and(|r| r.prefix == 0 && !r.definite)
                && let Some(found) = self.known_name(at + 1, end)
                && self.kind(found.entity) == EntityKind::Place
            {
                group.of_place = self.country_of(found.entity);
                group.end = found.end;
                break;
            }
            // `القوات الجزائرية الموجودة في`: behind a country few adjectives are part of the name.
            let plain = group.countries.is_empty()
                || self.a.is(at, Classes::TITLE_INNER) && !self.a.is(at, Classes::TITLE)
                || !settled && self.a.is(at, Classes::ADJECTIVE) && !self.a.is(at + 1, Classes::PREPOSITION);
            if plain && self.agrees(i, at, settled) && !self.begins_anew(at, end) {
                group.told_apart |= self.belongs(at);
                at += 1;
                group.end = at;
                continue;
            }
            if !settled && group.countries.is_empty() && self.is_genitive(i, at) {
                group.told_apart = true;
                settled = self.has_article(at);
                at += 1;
                group.end = at;
                continue;
            }
            break;
        }
        group
    }

    /// What a name of the lexicon behind the noun at `i` says of it.
    fn genitive(&self, i: usize, at: usize, entity: u32, stop: usize, group: &mut Group) {
        let known = &self.a.lexicon.entities[entity as usize];
        let state = self.a.is(i, Classes::COLLECTIVE_STATE);
        match known.entity.kind {
            EntityKind::Person => return,
            EntityKind::Country => group.countries.push((entity, at)),
            // `حكومة بغداد` is that of the country, `سكان بغداد` are those of the city.
            EntityKind::Place => match known.stands_for {
                Some(country) if state => group.countries.push((country, at)),
                _ if group.head.definite || at > i + 1 => return,
                _ => group.of_place = self.country_of(entity),
            },
            EntityKind::Organization | EntityKind::Group => {
                if group.head.definite {
                    return;
                }
                group.body = Some(entity);
            }
        }
        group.end = stop;
    }

    /// Whether the word at `at` is an adjective of the collective at `i`; with the article if `settled`.
    fn agrees(&self, i: usize, at: usize, settled: bool) -> bool {
        let folded = self.a.tokens.folded(at);
        let readings = self.a.readings(at);
        if self.a.tokens.kind(at) != Some(TokenKind::Word)
            || folded.starts_with("ال") != settled
            || readings.first().is_some_and(|r| r.prefix > 0)
            || self.a.is(at, Classes::RELATIVE | Classes::SUBORDINATOR | Classes::PREPOSITION)
            || self.a.is(at, Classes::ORDINAL) && !settled
        {
            return false;
        }
        let many = |word: &str| word.ends_with("ين") || word.ends_with("ون");
        let head = self.a.tokens.folded(i);
        // `القوات التابعة للحكومة`: whose they are is told apart.
        if self.a.lexicon.particles.belonging.has(folded) {
            return false;
        }
        // `مجهولون دورية`: several men have adjectives of several men.
        if head.ends_with("ون") && !many(folded) {
            return false;
        }
        let open = folded.chars().count() >= 5 && readings.is_empty();
        let relation = self.belongs(at);
        // `الحكومة الموالية للغرب`: with an object of its own it is a clause.
        let tie = |r: &Reading| matches!(r.proclitic, Some(Proclitic::Li | Proclitic::Bi));
        if settled && self.a.readings(at + 1).first().is_some_and(tie) {
            return false;
        }
        let plural = many(head) && many(folded) && !self.is_verb(at) && !folded.starts_with('ي');
        self.a.is(at, Classes::ADJECTIVE) && !self.only_verb(at)
            || self.a.is(at, Classes::TITLE_INNER) && (relation || settled && folded.ends_with('ي'))
            || open && (relation || settled && folded.ends_with('ي') && !self.a.is(at, Classes::GIVEN_NAME))
            || plural
    }

    /// Whether the word at `at` is somebody else: `حملت المعارضة الحكومة`, `اعتقلت الشرطة الصحفي فلان`.
    fn begins_anew(&self, at: usize, end: usize) -> bool {
        let folded = self.a.tokens.folded(at);
        let relation = ["ي", "يه", "ين", "ون"].iter().any(|ending| folded.ends_with(ending));
        let people = Classes::COLLECTIVE_STATE | Classes::COLLECTIVE_BODY | Classes::BODY_HEAD;
        self.a.is(at, people) && !relation && !self.a.is(at, Classes::ADJECTIVE | Classes::ADJECTIVAL)
            || self.a.is(at, Classes::TITLE)
                && self.parse_title(at, end).is_some_and(|title| title.bearer.is_some())
    }

    /// Whether the word at `at` is spelled like an adjective of belonging: `سياسية`, `خليجيين`.
    fn belongs(&self, at: usize) -> bool {
        let folded = self.a.tokens.folded(at);
        ["يه", "يين", "يون"].iter().any(|ending| folded.ends_with(ending))
            || self.a.is(at, Classes::TITLE_INNER) && self.has_article(at)
    }

    /// Whether the ending of the collective at `i` says that it has no genitive: `مسلحون`.
    fn is_closed(&self, i: usize) -> bool {
        let folded = self.a.tokens.folded(i);
        self.a.is(i, Classes::INDIVIDUAL) || folded.ends_with("ون") || folded.ends_with("ين")
    }

    /// Whether the noun at `at` is the genitive of the collective without article at `i`: `قوات الأمن`,
    /// `قوات أمن`, `حرس الحدود`.
    fn is_genitive(&self, i: usize, at: usize) -> bool {
        let other = Classes::RELATIVE | Classes::SUBORDINATOR | Classes::PREPOSITION;
        if self.is_closed(i)
            || self.a.tokens.kind(at) != Some(TokenKind::Word)
            || self.a.is(at, other)
            || self.a.readings(at).first().is_some_and(|r| r.prefix > 0)
        {
            return false;
        }
        let body = Classes::COLLECTIVE_BODY | Classes::BODY_HEAD;
        // `عمال النقل`: a field of office is no happening.
        let field = Classes::COLLECTIVE_STATE | Classes::TITLE_INNER;
        let happening = self.is_noun(at) && !self.a.is(i, Classes::SUSPECT) && !self.a.is(at, field);
        self.a.tokens.folded(at).starts_with("ال") && !self.is_verb(at) && !happening
            || self.a.is(at, body) && !self.only_verb(at) && self.a.is(i, Classes::COLLECTIVE_BODY)
    }

    /// Whether a word of the lexicon is a common noun.
    fn ordinary(&self, word: crate::lexicon::words::WordId) -> bool {
        self.a.lexicon.vocabulary.word(word).classes.contains(Classes::COMMON)
    }

    /// Whether a collective that names no country is an actor.
    fn acts(&self, i: usize, group: &Group) -> bool {
        let head = self.a.lexicon_word(group.head.word);
        let alone = group.end == i + 1;
        if self.a.is(i, Classes::SUSPECT) && group.head.definite && alone {
            return false;
        }
        let people = ["ون", "ين", "ات"].iter().any(|ending| head.ends_with(ending))
            || self.a.is(i, Classes::INDIVIDUAL);
        let body = Classes::COLLECTIVE_STATE | Classes::COLLECTIVE_BODY | Classes::BODY_HEAD;
        let nobody = self.a.is(i, Classes::ABSTRACT) && !group.head.definite && !self.a.is(i + 1, body);
        if nobody
            || self.a.is(i, Classes::MODIFIED) && !group.told_apart && !self.is_crowd(i)
            || alone && !group.head.definite && !people
        {
            return false;
        }
        if self.a.is(i, Classes::SEAT) {
            return i > 0 && self.is_verb(i - 1);
        }
        if self.a.is(i, Classes::COLLECTIVE_STATE) {
            return people || self.a.is(i, Classes::STANDS_ALONE) && (group.head.definite || !alone);
        }
        true
    }

    /// Whether it is told before `i` that they are many: `آلاف النساء`.
    fn is_crowd(&self, i: usize) -> bool {
        let before = i.checked_sub(1).map_or("", |b| self.a.tokens.folded(b));
        let host = before.strip_prefix(['و', 'ف']).unwrap_or(before);
        self.has_article(i) && [before, host].iter().any(|word| self.a.lexicon.particles.crowd.has(word))
    }

    /// A collective that is the government of one state or of several.
    fn push_states(&mut self, i: usize, group: &Group) {
        for (n, &(country, token)) in group.countries.iter().enumerate() {
            let who = Who::of(self.registry.known(country));
            let last = n + 1 == group.countries.len();
            let named: Range<usize> = if n == 0 { i..token.max(i) + 1 } else { token..token + 1 };
            let tokens = named.start..if last { group.end } else { named.end };
            // `مسؤولين فرنسيين وإيطاليين`: the clitics of the noun are those of all.
            let head = if n == 0 {
                group.head
            } else {
                let own = self.first_reading(token);
                Reading { conjunction: true, proclitic: group.head.proclitic, ..own }
            };
            let spot = Spot {
                tokens,
                named: if last && n == 0 { i..group.end } else { named },
                who,
                form: Form::Collective,
                basis: ActorBasis::Lexicon,
                rule: "collective of a country",
            };
            self.push(spot, &head);
        }
    }

    /// A collective with a name of its own.
    fn push_group(&mut self, i: usize, group: &Group) {
        let tokens = i..group.end;
        // `قوات الجيش` are the army.
        let of_arm = group.end == i + 2
            && group.countries.is_empty()
            && self.a.lexicon.particles.members.has(self.a.lexicon_word(group.head.word))
            && self.has_article(i + 1)
            && self.a.is(i + 1, Classes::ARM);
        let (i, head) = if of_arm { (i + 1, self.first_reading(i + 1)) } else { (i, group.head) };
        let alone = group.end == i + 1 && head.definite;
        let key = self.a.lexicon_word(head.word);
        let key = key.strip_suffix("ون").map_or_else(|| key.to_owned(), |stem| format!("{stem}ين"));
        let told = self.heads.get(&key).copied().filter(|_| alone);
        let (who, basis, rule) = if let Some(entity) = told {
            (Who::of(entity), ActorBasis::Coreference, "collective told before")
        } else if let Some(home) = self.home.filter(|_| alone && self.a.is(i, Classes::STANDS_ALONE)) {
            (Who::of(self.registry.known(home)), ActorBasis::Coreference, "of the state told of")
        } else {
            let said = group.countries.first().map(|c| c.0).or(group.of_place);
            let arm = alone && self.a.is(i, Classes::ARM);
            let country = said.or_else(|| self.state_behind(group.end)).or(self.home.filter(|_| arm));
            let country = country.map(|c| self.a.lexicon.entities[c as usize].entity.id.clone());
            let name = self.named(&(i..group.end), &head);
            let entity = self.registry.introduce(&name, EntityKind::Group, country);
            (Who::of(entity), ActorBasis::Lexicon, "collective noun and what belongs to it")
        };
        if group.head.definite || !group.countries.is_empty() || group.of_place.is_some() {
            self.heads.insert(key, who.entity);
        }
        self.push(
            Spot { named: tokens.clone(), tokens, who, form: Form::Collective, basis, rule },
            &group.head,
        );
    }

    /// The state named behind `في` at `at`: `كيانات سياسية في العراق`.
    fn state_behind(&self, at: usize) -> Option<u32> {
        if self.a.tokens.folded(at) != "في" {
            return None;
        }
        self.a.readings(at + 1).iter().find_map(|r| self.a.lexicon.vocabulary.word(r.word).country)
    }
}
