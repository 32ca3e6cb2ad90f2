//! People without a title: by a given name and what follows it, by a last name told before, and what
//! is remembered of whoever was named.

use super::name::{is_unknown, name_end};
use super::{Finder, Form, Spot, UNREAD, Who};
use crate::lexicon::words::{Classes, Proclitic, Reading, clitics};
use crate::model::{ActorBasis, EntityKind};

/// Fewest letters of a last name that is remembered.
const SHORTEST: usize = 3;

impl Finder<'_, '_, '_> {
    /// Remembers the newest mention's last name for short mentions to come.
    pub(super) fn remember_person(&mut self, name_start: usize, end: usize) {
        let Some(entity) = self.out.last().map(|m| m.entity) else { return };
        if end > name_start + 1 {
            let last = self.a.tokens.folded(end - 1);
            if last.chars().count() >= SHORTEST {
                self.surnames.insert(last.to_owned(), entity);
            }
        } else {
            // A lexicon person named in short is known by the last word of the full name as well.
            let name = crate::text::fold::fold_phrase(&self.registry.get(entity).name);
            if let Some(last) = name.split(' ').next_back() {
                self.surnames.entry(last.to_owned()).or_insert(entity);
            }
        }
    }

    /// The person told in full before whose last name token `i` is, as it stands.
    pub(super) fn told(&self, i: usize) -> Option<u32> {
        self.surnames.get(self.a.tokens.folded(i)).copied()
    }

    /// A last name told in full before.
    pub(super) fn surname(&mut self, i: usize) -> Option<usize> {
        if self.surnames.is_empty() {
            return None;
        }
        // A word of the language is that word, not a name (`حرب`, `صالح`), unless a name is asked for.
        let free = Classes::GIVEN_NAME | Classes::GIVEN_RISKY | Classes::TITLE_INNER;
        let ordinary = !(self.a.classes(i) - free).is_empty() || self.is_noun(i);
        if ordinary && !self.asks_for_name(i) {
            return None;
        }
        let folded = self.a.tokens.folded(i);
        let (clitics, entity) = clitics(folded, |c, host| {
            let person = (c.proclitic != Some(Proclitic::Sa)).then(|| self.surnames.get(host)).flatten();
            person.map(|&person| (c, person))
        })
        .filter(|(c, _)| !ordinary || c.prefix == 0)?;
        let head = Reading {
            conjunction: clitics.conjunction,
            proclitic: clitics.proclitic,
            prefix: clitics.prefix,
            ..self.first_reading(i)
        };
        // `فواز الأخرس` is not the one told before with another given name.
        let given = i.checked_sub(1).filter(|&g| {
            clitics.prefix == 0
                && self.a.is(g, Classes::GIVEN_NAME | Classes::GIVEN_RISKY)
                && !self.is_verb(g)
                && self.out.last().is_none_or(|m| m.end <= g)
        });
        if let Some(first) = given {
            let name = self.named(&(first..i + 1), &self.first_reading(first));
            let who = Who::of(self.registry.introduce(&name, EntityKind::Person, None));
            self.push_name(who, first, i + 1, "given name before a last name told of another");
            return Some(i + 1);
        }
        let spot = Spot {
            tokens: i..i + 1,
            named: i..i + 1,
            who: Who::of(entity),
            form: Form::Name,
            basis: ActorBasis::Coreference,
            rule: "last name of a person told in full before",
        };
        self.push(spot, &head);
        Some(i + 1)
    }

    /// Whether syntax asks for a name at token `i`: right behind a verb of saying, or between `كان`
    /// or `إن` and a verb.
    fn asks_for_name(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        if self.has_article(i) || self.a.is_any_mark(before) {
            return false;
        }
        let speech = self.a.is(before, Classes::SPEECH) && !self.is_noun(before);
        let opened = self.a.is(before, Classes::COMPLEMENTIZER | Classes::PLAIN_VERB);
        let verb = self.is_verb(i + 1) || self.a.tokens.folded(i + 1) == "قد";
        speech || opened && verb
    }

    /// A given name followed by at least one more word of a name, without a title.
    pub(super) fn bare_name(&mut self, i: usize, end: usize) -> Option<usize> {
        if self.has_article(i) {
            return None;
        }
        self.given_name(i, end).or_else(|| self.compound_name(i, end)).or_else(|| self.unknown_name(i, end))
    }

    fn given_name(&mut self, i: usize, end: usize) -> Option<usize> {
        let reading = *self.a.reading_in(i, Classes::GIVEN_NAME)?;
        // `فريدة` is no `ف` before a name that the list has by chance.
        let split = reading.conjunction && self.a.tokens.folded(i).starts_with('ف');
        let verb = Classes::SPEECH | Classes::PLAIN_VERB | Classes::PREPOSITION | Classes::SUBORDINATOR;
        if reading.definite || split || reading.proclitic == Some(Proclitic::Sa) || self.a.is(i, verb) {
            return None;
        }
        let stop = name_end(self.a, i, end, true).filter(|&stop| stop > i + 1)?;
        Some(self.new_person(i, stop, end, &reading, "given name and what follows it"))
    }

    /// `عبد الهادي خواجة`, `أبو محمد الجولاني`: a name of several words at least.
    fn compound_name(&mut self, i: usize, end: usize) -> Option<usize> {
        let reading = *self.a.reading_in(i, Classes::NAME_PARTICLE)?;
        let part = matches!(self.a.lexicon_word(reading.word), "عبد" | "ابو");
        if !part || reading.proclitic == Some(Proclitic::Sa) {
            return None;
        }
        let stop = name_end(self.a, i, end, true).filter(|&stop| stop > i + 2)?;
        Some(self.new_person(i, stop, end, &reading, "compound given name and what follows it"))
    }

    /// Words that nobody knows or that are as often ordinary, where what follows or goes before says
    /// that they are a name: `صادق بوعبان مدير القناة`, `وهو يونس يعقوب`.
    fn unknown_name(&mut self, i: usize, end: usize) -> Option<usize> {
        let announced = i > 0 && self.a.is(i - 1, Classes::ANNOUNCER);
        let risky = self.a.is(i, Classes::GIVEN_RISKY);
        let first = risky && !self.a.is(i, Classes::PREPOSITION) || !announced && is_unknown(self.a, i);
        if !first {
            return None;
        }
        let stop = name_end(self.a, i, end, true).filter(|&stop| stop > i + 1)?;
        let sure = (i + 1..stop)
            .any(|at| is_unknown(self.a, at) || self.a.is(at, Classes::GIVEN_NAME | Classes::NAME_PARTICLE));
        let family = self.a.tokens.folded(stop - 1).starts_with("ال") && self.a.readings(stop - 1).is_empty();
        let role = |at: usize| {
            self.a.reading_in(at, Classes::TITLE).is_some_and(|r| r.prefix == 0)
                && self.parse_title(at, end).is_some_and(|t| t.end > at + 1 && t.bearer.is_none())
        };
        let apposed = role(stop) || self.a.is_mark(stop, "،") && role(stop + 1);
        if !(apposed && (sure || family) || announced && risky && (sure || family)) {
            return None;
        }
        let reading = self.a.reading_in(i, Classes::GIVEN_RISKY).copied().unwrap_or(UNREAD);
        Some(self.new_person(i, stop, end, &reading, "what may be a name where one is asked for"))
    }

    fn new_person(
        &mut self,
        i: usize,
        stop: usize,
        end: usize,
        reading: &Reading,
        rule: &'static str,
    ) -> usize {
        let name = self.named(&(i..stop), reading);
        let who = Who::of(self.registry.introduce(&name, EntityKind::Person, None));
        let spot =
            Spot { tokens: i..stop, named: i..stop, who, form: Form::Name, basis: ActorBasis::Title, rule };
        self.push(spot, reading);
        self.remember_person(i, stop);
        self.apposition(i, stop, end)
    }

    fn push_name(&mut self, who: Who, first: usize, end: usize, rule: &'static str) {
        let spot = Spot {
            tokens: first..end,
            named: first..end,
            who,
            form: Form::Name,
            basis: ActorBasis::Title,
            rule,
        };
        self.push(spot, &self.first_reading(first));
    }
}
