//! People behind their titles (`وزير الخارجية المصري سامح شكري`), titles alone, and roles in apposition
//! behind a name (`لوران فابيوس وزير الخارجية الفرنسي`).

use std::ops::Range;

use super::name::{is_unknown, name_end};
use super::{Finder, Form, Spot, Who};
use crate::lexicon::phrases::{Begins, Meaning};
use crate::lexicon::words::{Classes, Proclitic, Reading};
use crate::model::{ActorBasis, EntityKind};
use crate::text::TokenKind;

/// Most tokens between a title's head and the name.
const LONGEST: usize = 14;

/// Who is named behind a title.
#[derive(Clone)]
pub(super) enum Bearer {
    /// A person of the lexicon.
    Known(u32, Range<usize>),
    /// A person told in full before, by his last name.
    Told(u32, Range<usize>),
    /// A name that the lexicon does not know.
    New(Range<usize>),
}

/// A title as parsed.
#[derive(Clone)]
pub(super) struct Title {
    /// How its first word is read.
    pub(super) head: Reading,
    /// Whether it stands with the article.
    pub(super) definite: bool,
    /// One past the last token of the title without the name.
    pub(super) end: usize,
    /// One past its head.
    pub(super) head_end: usize,
    /// The country that an adjective or name inside the title says.
    pub(super) country: Option<u32>,
    /// The body of the lexicon that it is an office of.
    pub(super) of: Option<u32>,
    /// Who is named right behind.
    pub(super) bearer: Option<Bearer>,
    /// The office: head and complements without articles, adjectives of countries and what says how it
    /// is held.
    pub(super) core: String,
    /// Whether the office is over.
    pub(super) former: bool,
}

impl Title {
    /// An office without the words that tell it.
    pub(super) const fn of_office(core: String, definite: bool, country: Option<u32>) -> Self {
        Self {
            head: super::UNREAD,
            definite,
            end: 0,
            head_end: 0,
            country,
            of: None,
            bearer: None,
            core,
            former: false,
        }
    }
}

impl Finder<'_, '_, '_> {
    pub(super) fn title(&mut self, i: usize, end: usize) -> Option<usize> {
        if !self.is_title(i) || self.plural(i) || self.is_adjective(i) {
            return None;
        }
        let mut title = self.parse_title(i, end)?;
        if let Some(same) = self.counterpart(i, &title) {
            title = same;
        } else if let Some(country) = title.country
            && title.end > title.head_end
        {
            self.roles.told(&title.core, country);
        }
        if let Some(Bearer::New(name)) = title.bearer.clone()
            && let Some(person) = self.officer(&title, &name)
        {
            title.bearer = Some(Bearer::Known(person, name));
        }
        self.remember_body(&title);
        let country = title.country.map(|c| self.a.lexicon.entities[c as usize].entity.id.clone());
        if let Some(bearer) = &title.bearer {
            let (who, name, rule, basis) = match bearer.clone() {
                Bearer::Known(person, name) => {
                    (self.known(person), name, "title and a name in the lexicon", ActorBasis::Lexicon)
                }
                Bearer::Told(person, name) => {
                    (Who::of(person), name, "title and a last name told before", ActorBasis::Coreference)
                }
                Bearer::New(name) => {
                    let words = self.a.tokens.span(name.start, name.end - 1).of(self.a.tokens.text());
                    let person = self.registry.introduce(words, EntityKind::Person, country.clone());
                    (Who::of(person), name, "title and the name behind it", ActorBasis::Title)
                }
            };
            let (start, stop) = (name.start, name.end);
            let spot = Spot { tokens: i..stop, named: name, who, form: Form::Name, basis, rule };
            self.push(spot, &title.head);
            self.remember_person(start, stop);
            if matches!(bearer, Bearer::New(_)) && stop == start + 1 {
                self.surnames.entry(self.a.tokens.folded(start).to_owned()).or_insert(who.entity);
            }
            self.roles.give(title.core, title.former, country, who.entity);
            return Some(self.apposition(start, stop, end));
        }
        self.role(i, &title, country)
    }

    /// Remembers the body of the lexicon whose office a title is, for `الاتحاد`, `الحركة` alone.
    fn remember_body(&mut self, title: &Title) {
        let Some(body) = title.of.filter(|&of| self.kind(of) == EntityKind::Organization) else { return };
        let name = crate::text::fold::fold_phrase(&self.a.lexicon.entities[body as usize].entity.name);
        let first = name.split(' ').next().unwrap_or_default();
        let head = first.strip_prefix("ال").unwrap_or(first);
        let vocabulary = &self.a.lexicon.vocabulary;
        if vocabulary.id(head).is_some_and(|w| vocabulary.word(w).classes.contains(Classes::BODY_HEAD)) {
            let entity = self.registry.known(body);
            self.heads.insert(head.to_owned(), entity);
        }
    }

    /// A title alone: someone who was given it before, who holds the office, or a person by office.
    fn role(&mut self, i: usize, title: &Title, country: Option<String>) -> Option<usize> {
        let stop = title.end;
        let complement = stop > title.head_end;
        // `انتخب رئيسا للجمهورية`: what somebody becomes is nobody.
        let head = self.a.lexicon_word(title.head.word);
        // `طعن جنديا إسرائيليا`: one of many he is.
        if !title.definite && self.a.is(i, Classes::INDIVIDUAL) {
            return None;
        }
        if !title.definite
            && head.ends_with('ا')
            && self
                .a
                .lexicon
                .vocabulary
                .id(head.trim_end_matches('ا'))
                .is_some_and(|w| self.a.lexicon.vocabulary.word(w).classes.contains(Classes::TITLE))
        {
            return Some(stop);
        }
        let rank = self.a.is(i, Classes::RANK);
        let rank = rank && title.country.is_none();
        if let Some(entity) = (!rank && (title.definite || complement)).then(|| self.holder(title)).flatten()
        {
            let spot = Spot {
                tokens: i..stop,
                named: i..stop,
                who: Who::of(entity),
                form: Form::Role,
                basis: ActorBasis::Coreference,
                rule: "title of a person named before or holding the office",
            };
            self.push(spot, &title.head);
            return Some(stop);
        }
        // `رئيس جديد` is anyone.
        let open = !title.core.contains(' ') || self.a.is(title.head_end, Classes::PASSING);
        let anyone = !title.definite && open && title.country.is_none();
        let office = title.definite && !complement && self.a.is(i, Classes::PERSONAL)
            || complement && (title.country.is_some() || title.of.is_some())
            || complement && self.a.is(title.head_end, Classes::TITLE_INNER);
        if !office || rank || anyone && title.of.is_none() {
            return None;
        }
        let name = self.named(&(i..stop), &title.head);
        let who = Who::of(self.registry.introduce(&name, EntityKind::Person, country));
        let spot = Spot {
            tokens: i..stop,
            named: i..stop,
            who,
            form: Form::Role,
            basis: ActorBasis::Title,
            rule: "title without a name",
        };
        self.push(spot, &title.head);
        Some(stop)
    }

    /// The token behind a role in apposition to the person whom the newest mention names by the tokens
    /// from `start` to `stop` (`خالد فهمي وزير البيئة المصري`); `stop` where there is none.
    pub(super) fn apposition(&mut self, start: usize, stop: usize, end: usize) -> usize {
        let comma = self.a.is_mark(stop, "،") || self.a.is_mark(stop, ",");
        let at = stop + usize::from(comma);
        if at >= end || stop < start + 2 && !comma {
            return stop;
        }
        let Some(title) = self.parse_title(at, end) else { return stop };
        let whole = title.end > title.head_end;
        if title.head.prefix > 0 || title.bearer.is_some() || !whole || self.plural(at) {
            return stop;
        }
        let Some(person) = self.out.last().map(|m| m.entity) else { return stop };
        let own = self.registry.get(person).country.clone();
        let country = title.country.map(|c| self.a.lexicon.entities[c as usize].entity.id.clone());
        if own.is_some() && country.is_some() && own != country {
            return stop;
        }
        if let Some(m) = self.out.last_mut() {
            m.end = title.end;
        }
        if let Some(country) = &country {
            self.registry.settle(person, country);
        }
        self.roles.give(title.core, title.former, country, person);
        title.end
    }

    /// Whether token `i` is a plural that a dual of a title is spelled like: `مسؤولين`.
    fn plural(&self, i: usize) -> bool {
        let folded = self.a.tokens.folded(i);
        self.a.is(i, Classes::COLLECTIVE_STATE | Classes::COLLECTIVE_BODY)
            && (folded.ends_with("ين") || folded.ends_with("ون"))
    }

    /// Whether the title at `i` is an adjective of the noun before it: `المؤتمر الصحفي`, `مؤتمره الصحفي`.
    fn is_adjective(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        if !self.a.is(i, Classes::ADJECTIVAL) || !self.has_article(i) || self.a.is_any_mark(before) {
            return false;
        }
        let noun = !self.is_verb(before)
            && !self.a.is(before, Classes::PREPOSITION | Classes::SUBORDINATOR | Classes::TITLE);
        let written = self.a.tokens.written(before);
        noun && (self.has_article(before) || written.ends_with('ه') || written.ends_with("ها"))
    }

    /// Whether the head of a title may stand at `i`, at the first look.
    fn is_title(&self, i: usize) -> bool {
        self.a.has_host(i, Classes::TITLE) || self.a.begins(i, Begins::TITLE)
    }

    /// The head of a title at `i` and the token behind it.
    fn title_head(&self, i: usize) -> Option<(Reading, usize)> {
        if !self.is_title(i) {
            return None;
        }
        let begins = if self.a.begins(i, Begins::TITLE) { self.a.readings(i) } else { &[] };
        let phrase = begins.iter().filter(|r| !r.enclitic && !r.definite).find_map(|r| {
            let found = self.a.phrase(i, r.word)?;
            found.meanings.contains(&Meaning::Title).then_some((*r, found.end))
        });
        phrase
            .or_else(|| Some((*self.a.reading_in(i, Classes::TITLE)?, i + 1)))
            .filter(|(r, _)| r.proclitic != Some(Proclitic::Sa))
    }

    /// Follows a title from its head: complements, adjectives, a country, then the name.
    pub(super) fn parse_title(&self, i: usize, end: usize) -> Option<Title> {
        let (head, head_end) = self.title_head(i)?;
        let mut title = Title {
            head,
            definite: (i..head_end).any(|t| self.has_article(t)),
            end: head_end,
            head_end,
            country: None,
            of: None,
            bearer: None,
            core: String::new(),
            former: false,
        };
        title.core.push_str(self.a.lexicon_word(head.word));
        for t in i + 1..head_end {
            push_core(&mut title.core, self.a.tokens.folded(t));
        }
        // What may be another title or a clause counts only where a name ends it.
        if let Some(sure) = self.follow_title(i, &mut title, end)
            && title.bearer.is_none()
        {
            title = sure;
        }
        Some(title)
    }

    /// Follows a title behind its head; the title before a word that may begin another.
    fn follow_title(&self, i: usize, title: &mut Title, end: usize) -> Option<Title> {
        let mut before = None;
        let stop = end.min(i + LONGEST);
        let bare_head = !title.definite;
        let mut at = title.head_end;
        // A complement was read, and one with the article or a country.
        let (mut joined, mut settled) = (false, title.definite);
        // The body was told whose office it is.
        let mut bodied = false;
        while at < stop {
            if self.a.is_any_mark(at) {
                title.bearer = self.behind_mark(at, end);
                return before;
            }
            if let Some((person, name_stop)) = self.person_at(at, end) {
                // `مبعوث الرئيس الأمريكي دونالد ترامب ستيف ويتكوف`: the last name is the head's.
                let two = self.person_at(name_stop, end).filter(|_| bare_head);
                if let Some((second, second_stop)) = two {
                    title.bearer = Some(Bearer::Known(second, name_stop..second_stop));
                } else if self.is_somebodys(i, title, at, person) {
                    title.core.extend([" ", &self.a.lexicon.entities[person as usize].entity.name]);
                    title.country = self.country_of(person);
                    title.end = name_stop;
                    return None;
                } else {
                    title.bearer = Some(Bearer::Known(person, at..name_stop));
                }
                return before;
            }
            if at == title.head_end
                && let Some(person) = self.told(at)
                && !self.a.is(at, Classes::TITLE_INNER)
            {
                title.bearer = Some(Bearer::Told(person, at..at + 1));
                return before;
            }
            if let Some(found) = self.known_name(at, end) {
                // `الناطق باسم الحزب لوكالة الأنباء`: whom he tells it is no part of his office.
                let tied = match found.reading.proclitic {
                    None | Some(Proclitic::Bi) => true,
                    Some(Proclitic::Li) => !bodied,
                    Some(Proclitic::Ka | Proclitic::Sa) => false,
                };
                // `حل الرئيس الكويتي مجلس الأمة`: a title with the article has no genitive.
                let object = title.definite && settled && found.reading.proclitic.is_none();
                if !tied || found.reading.conjunction || object {
                    return before;
                }
                bodied |= self.kind(found.entity) == EntityKind::Organization;
                title.country = title.country.or_else(|| self.country_of(found.entity));
                if self.kind(found.entity) == EntityKind::Organization {
                    title.of.get_or_insert(found.entity);
                }
                at = found.end;
                title.end = at;
                (joined, settled) = (false, true);
                continue;
            }
            if let Some((country, reading)) = self.nisba(at)
                && reading.proclitic.is_none()
                && !reading.conjunction
            {
                title.country.get_or_insert(country);
                settled = true;
                at += 1;
                title.end = at;
                continue;
            }
            // `زعيم حزب العمال`: the name of a body belongs to the title as a whole.
            if !settled
                && self.a.reading_in(at, Classes::BODY_HEAD).is_some_and(|r| r.prefix == 0 && !r.definite)
                && let Some(body) = self.body_extent(at, end)
                && body.end > at + 1
            {
                for t in at..body.end {
                    push_core(&mut title.core, self.a.tokens.folded(t));
                }
                title.country = title.country.or(body.country);
                at = body.end;
                title.end = at;
                (joined, settled, bodied) = (true, true, true);
                continue;
            }
            let conjunction = self.a.readings(at).first().is_some_and(|r| r.conjunction);
            if let Some(reading) = self.a.reading_in(at, Classes::TITLE_INNER | Classes::TITLE)
                && (matches!(reading.proclitic, None | Some(Proclitic::Li))
                    || reading.proclitic == Some(Proclitic::Bi) && title.country.is_none())
                && !(reading.conjunction && self.a.is(at, Classes::GIVEN_NAME | Classes::GIVEN_RISKY))
                && !(conjunction && self.a.is(at, Classes::TITLE) && !reading.definite)
                && !self.a.is(at, Classes::SPEECH | Classes::PREPOSITION)
                && !(title.definite && settled && reading.proclitic.is_none() && self.a.is(at, Classes::FIELD))
                // `وزير الخارجية الفرنسي وزراء`: what stands without the article begins anew.
                && (!settled
                    || reading.definite
                    || reading.proclitic.is_some()
                    || self.a.is(at, Classes::TITLE) && !self.plural(at))
            {
                let (word, definite) = (reading.word, reading.definite);
                // `الوزير السفير` are two unless a name ends them.
                let anew = !definite || self.a.is(at, Classes::TITLE) && !self.a.is(at, Classes::ADJECTIVAL);
                if settled && anew && reading.proclitic.is_none() {
                    before.get_or_insert_with(|| title.clone());
                }
                if self.a.is(at, Classes::FORMER) {
                    title.former = true;
                } else if !self.a.is(at, Classes::PASSING) {
                    push_core(&mut title.core, self.a.lexicon_word(word));
                }
                settled |= definite;
                // `القائد العام الفريق أول فلان`
                at = self.title_head(at).map_or(at + 1, |(_, head_end)| head_end.min(end));
                title.end = at;
                joined = true;
                continue;
            }
            if joined | title.definite && self.is_joint(i, at, end) {
                (at, settled) = (at + 1, false);
                continue;
            }
            // `المرشد العام للإخوان فلان`
            if joined && !bodied && self.a.tokens.folded(at).starts_with("لل") && !self.is_verb(at) {
                before.get_or_insert_with(|| title.clone());
                push_core(&mut title.core, self.a.tokens.folded(at));
                at += 1;
                title.end = at;
                bodied = true;
                continue;
            }
            // The genitive of an indefinite head: `رئيس الإقليم`, `قائد الكتيبة`.
            if at == title.head_end
                && bare_head
                && self.a.tokens.folded(at).starts_with("ال")
                && self.a.tokens.kind(at) == Some(TokenKind::Word)
                && !self.a.is(at, Classes::RELATIVE | Classes::SUBORDINATOR | Classes::PREPOSITION)
            {
                push_core(&mut title.core, self.a.tokens.folded(at));
                at += 1;
                title.end = at;
                (joined, settled) = (true, true);
                continue;
            }
            // A bare indefinite title is an ordinary noun: `رئيس جديد`.
            let sure = joined
                || title.country.is_some()
                || title.of.is_some()
                || title.definite
                || self.a.is(at, Classes::GIVEN_NAME);
            if sure && !conjunction {
                title.bearer = name_end(self.a, at, end, false).map(|e| Bearer::New(at..e));
            }
            return before;
        }
        before
    }

    /// Whether the preposition at `at` ties the field of the office at `i` to it: a place is where
    /// something happened, unless the office is to be sent there.
    fn is_joint(&self, i: usize, at: usize, end: usize) -> bool {
        let field = at + 1;
        if !self.a.is(at, Classes::TITLE_JOINT) || self.a.is_any_mark(field) {
            return false;
        }
        let place = matches!(self.a.tokens.folded(at), "في" | "الي");
        let Some(found) = self.known_name(field, end) else {
            return self.a.is(field, Classes::TITLE_INNER | Classes::BODY_HEAD);
        };
        match self.kind(found.entity) {
            EntityKind::Person => false,
            // `رجل الدين المقيم في الولايات المتحدة فتح الله غولن`
            EntityKind::Country | EntityKind::Place => {
                !place || self.a.is(i, Classes::ENVOY) || self.person_at(found.end, end).is_some()
            }
            EntityKind::Organization | EntityKind::Group => true,
        }
    }

    /// A name behind a comma or the like: `الرئيس الأميركي، دونالد ترامب،`.
    fn behind_mark(&self, mark: usize, end: usize) -> Option<Bearer> {
        if !["،", ",", "\"", ":", "#"].iter().any(|m| self.a.is_mark(mark, m)) {
            return None;
        }
        let at = mark + 1;
        if let Some((person, stop)) = self.person_at(at, end) {
            return Some(Bearer::Known(person, at..stop));
        }
        let given =
            self.a.is(at, Classes::GIVEN_NAME) && self.a.readings(at).first().is_some_and(|r| r.prefix == 0);
        let stop = (given || is_unknown(self.a, at)).then(|| name_end(self.a, at, end, true)).flatten()?;
        // A single word is a name where a second mark closes it.
        let closed = self.a.is_mark(stop, self.a.tokens.folded(mark)) && is_unknown(self.a, at);
        (given && stop > at + 1 || closed).then_some(Bearer::New(at..stop))
    }
}

/// Adds a word to an office, without its article.
fn push_core(core: &mut String, folded: &str) {
    let bare = folded.strip_prefix("ال").or_else(|| folded.strip_prefix("لل")).filter(|b| b.len() >= 4);
    core.push(' ');
    core.push_str(bare.unwrap_or(folded));
}
