//! Whose title it is: who was given it before in the article, or who holds the office at the time.

use std::ops::Range;

use super::Finder;
use super::title::Title;
use crate::lexicon::words::Classes;
use crate::lexicon::{Holder, Officer};
use crate::model::EntityKind;
use crate::text::fold::fold_phrase;

/// How many titles, and how many mentions, back the holder of an office may have been named.
const NEAR: usize = 300;

/// Who was given which title in an article, the newest last.
#[derive(Default)]
pub(super) struct Roles {
    given: Vec<Given>,
    /// The office that was told last, and of which state.
    last: Option<(String, u32)>,
}

struct Given {
    core: String,
    former: bool,
    country: Option<String>,
    person: u32,
}

impl Roles {
    /// Remembers an office of a state.
    pub(super) fn told(&mut self, core: &str, country: u32) {
        self.last = Some((core.to_owned(), country));
    }

    /// Remembers that a person was given a title.
    pub(super) fn give(&mut self, core: String, former: bool, country: Option<String>, person: u32) {
        self.given.push(Given { core, former, country, person });
    }

    /// The newest person who was given an office, one of the same country where one is said.
    fn of(&self, core: &str, former: bool, country: Option<&str>) -> Option<u32> {
        let fits = |g: &&Given| {
            let theirs = g.country.as_deref();
            g.core == core
                && g.former == former
                && (country.is_none() || theirs.is_none() || theirs == country)
        };
        self.given.iter().rev().take(NEAR).find(fits).map(|g| g.person)
    }

    /// The newest person whose title has this head: `الوزير`.
    fn headed(&self, head: &str) -> Option<u32> {
        let fits = |g: &&Given| g.core.split(' ').next() == Some(head);
        self.given.iter().rev().take(NEAR).find(fits).map(|g| g.person)
    }
}

impl Finder<'_, '_, '_> {
    /// The title that `نظيره الصيني` stands for: the office that was told last, in the state that it names.
    pub(super) fn counterpart(&self, i: usize, title: &Title) -> Option<Title> {
        if !self.a.is(i, Classes::COUNTERPART) {
            return None;
        }
        let (core, country) = self.roles.last.as_ref()?;
        let other = title.country.filter(|other| other != country)?;
        Some(Title { core: core.clone(), country: Some(other), ..title.clone() })
    }

    /// Whether the title at `i` is of one who is the named person's: right before the name, or before the
    /// office that this person holds (`نجل الرئيس السابق حسني مبارك`).
    pub(super) fn is_somebodys(&self, i: usize, title: &Title, name: usize, person: u32) -> bool {
        if title.definite || !self.a.is(i, Classes::SOMEBODYS) {
            return false;
        }
        let held = || {
            let inner = self.parse_title(title.head_end, name)?;
            let holders = self.a.lexicon.holders(self.country_of(person)?, &inner.core);
            Some(holders.iter().any(|h| h.person == Some(person)))
        };
        name == title.head_end || held() == Some(true)
    }

    /// The person whom a title alone means, if the article or the lexicon says who it is.
    pub(super) fn holder(&mut self, title: &Title) -> Option<u32> {
        let country = title.country.map(|c| self.a.lexicon.entities[c as usize].entity.id.clone());
        let country = country.as_deref();
        if let Some(person) = self.roles.of(&title.core, title.former, country)
            && country.is_none_or(|c| self.registry.get(person).country.as_deref().is_none_or(|o| o == c))
        {
            return Some(person);
        }
        let bare = title.definite && title.end == title.head_end && country.is_none();
        if let Some(person) = bare.then(|| self.roles.headed(&title.core)).flatten() {
            return Some(person);
        }
        if let Some(person) = self.in_office(title) {
            return Some(self.known(person).entity);
        }
        let one_word = !title.core.contains(' ')
            && self
                .a
                .lexicon
                .vocabulary
                .id(&title.core)
                .is_some_and(|w| self.a.lexicon.vocabulary.word(w).classes.contains(Classes::PERSONAL));
        country.filter(|_| one_word).and_then(|c| self.leader(c))
    }

    /// Who is meant by a title and the last name alone in the tokens `name` (`الرئيس عباس`): one of that name whom
    /// the article names, else who held such an office on the day of publication, else the only one who ever
    /// did, in the state that the article is about if there are several.
    pub(super) fn officer(&self, title: &Title, name: &Range<usize>) -> Option<u32> {
        if name.len() > 1 {
            // `وزير الخارجية القطري محمد بن عبد الرحمن`: the holder's name without its end.
            let words = fold_phrase(self.a.tokens.span(name.start, name.end - 1).of(self.a.tokens.text()));
            let holder = self.in_office(title)?;
            let full = fold_phrase(&self.a.lexicon.entities[holder as usize].entity.name);
            return full.starts_with(&words).then_some(holder);
        }
        let state = title.of.or(title.country);
        let alone = !title.core.contains(' ');
        let fits = |o: &&Officer| {
            let office = o.office == title.core || alone && o.office.split(' ').next() == Some(&title.core);
            office && state.is_none_or(|s| s == o.of || self.country_of(o.of) == Some(s))
        };
        let all: Vec<&Officer> =
            self.a.lexicon.officers(self.a.tokens.folded(name.start)).iter().filter(fits).collect();
        let only = |fits: &dyn Fn(&Officer) -> bool| {
            let mut some = all.iter().filter(|o| fits(o)).map(|o| o.person);
            let first = some.next()?;
            some.all(|other| other == first).then_some(first)
        };
        let month = self.published.map(|d| d.format("%Y-%m").to_string()).filter(|_| !title.former);
        only(&|o| self.registry.has(o.person))
            .or_else(|| month.and_then(|month| only(&|o| o.held(&month))))
            .or_else(|| only(&|_| true))
            .or_else(|| only(&|o| Some(o.of) == self.home))
    }

    /// The holder of an office by the lexicon: one whom the article names, else the one of the day on
    /// which it is published.
    fn in_office(&self, title: &Title) -> Option<u32> {
        let of = title.of.or(title.country).or(self.home.filter(|_| title.definite))?;
        let holders = self.a.lexicon.holders(of, &title.core);
        if holders.is_empty() {
            return None;
        }
        let day = self.published.map(|d| d.format("%Y-%m").to_string());
        let now = day.and_then(|day| holders.partition_point(|h| h.from <= day).checked_sub(1));
        let current = now.and_then(|n| holders[n].person);
        if title.former {
            let former = |p: &u32| Some(*p) != current;
            return self.named_of(holders, former).or_else(|| {
                let past = holders[..now?].iter().rev();
                past.filter_map(|h| h.person).find(former)
            });
        }
        // Where no country is said it is whoever holds the office now, if that is known.
        let said = title.of.or(title.country).is_some();
        let named = self.named_of(holders, |_| true);
        if said { named.or(current) } else { current.or(named) }
    }

    /// The person named last of those who ever held an office.
    fn named_of(&self, holders: &[Holder], fits: impl Fn(&u32) -> bool) -> Option<u32> {
        let ids = |p: u32| self.a.lexicon.entities[p as usize].entity.id.as_str();
        self.out.iter().rev().take(NEAR).find_map(|m| {
            let id = self.registry.get(m.entity).id.as_str();
            holders.iter().filter_map(|h| h.person).find(|&p| ids(p) == id && fits(&p))
        })
    }

    /// The person of a country whom the article has named most.
    fn leader(&self, country: &str) -> Option<u32> {
        let mut counts: Vec<(u32, usize)> = Vec::new();
        // Whoever was named long ago is not meant.
        for mention in self.out.iter().rev().take(NEAR) {
            let entity = self.registry.get(mention.entity);
            if entity.kind == EntityKind::Person
                && mention.form == super::Form::Name
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
}
