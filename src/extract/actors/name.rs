//! Names that the lexicon does not know: where one begins and where it ends.

use super::{Finder, Form};
use crate::extract::analysis::Analysis;
use crate::lexicon::words::{Classes, Proclitic};
use crate::model::{ActorBasis, EntityKind};
use crate::text::TokenKind;

/// What ends a name: closed classes, verbs, titles and common nouns.
const STOPS: Classes = Classes::all()
    .difference(Classes::GIVEN_NAME)
    .difference(Classes::GIVEN_RISKY)
    .difference(Classes::OBJECT)
    .difference(Classes::HOMOGRAPH)
    .difference(Classes::INDIVIDUAL)
    .difference(Classes::SUSPECT)
    .difference(Classes::CONSEQUENCE)
    .difference(Classes::COLLECTIVE_BODY)
    .difference(Classes::BODY_HEAD)
    .difference(Classes::PLACE_CUE);

/// Most words that a name has, particles not counted.
const LONGEST: usize = 4;

/// Words that stand inside names and tie what follows to them.
fn is_particle(folded: &str) -> bool {
    matches!(
        folded,
        "بن" | "ابن"
            | "ابو"
            | "ابي"
            | "ام"
            | "عبد"
            | "ال"
            | "بو"
            | "ولد"
            | "بنت"
            | "دي"
            | "فون"
            | "فان"
            | "لو"
            | "دو"
            | "ماك"
            | "سان"
            | "ايت"
            | "اولاد"
            | "باي"
            | "ميرزا"
    )
}

/// Whether token `i` can be a word of a name of which `words` words stand before it.
fn is_name_word(a: &Analysis<'_>, i: usize, words: usize) -> bool {
    let folded = a.tokens.folded(i);
    if is_particle(folded) {
        return true;
    }
    match a.tokens.kind(i) {
        Some(TokenKind::Foreign) => {
            return a.tokens.written(i).chars().next().is_some_and(char::is_uppercase);
        }
        Some(TokenKind::Word) => {}
        _ => return false,
    }
    let classes = a.classes(i);
    if classes.contains(Classes::GIVEN_NAME) {
        return true;
    }
    let letters = folded.chars().count();
    if letters < 2 || classes.intersects(STOPS) {
        return false;
    }
    // After the first word a family name with the article is one, but a nisba is an adjective.
    if folded.starts_with("ال") && letters > 4 {
        return words > 0 && a.nisba(i).is_none();
    }
    if a.nisba(i).is_some() {
        return false;
    }
    let verb = a
        .readings(i)
        .iter()
        .any(|r| !a.lexicon.vocabulary.word(r.word).triggers.is_empty() && (words > 0 || r.prefix == 0));
    if verb {
        return false;
    }
    // An unknown imperfect: يـ or تـ before three letters or more, once a first name stands.
    !(words > 1
        && letters >= 4
        && (folded.starts_with('ي') || folded.starts_with("سي") || folded.starts_with("ست")))
        && !(words > 0
            && letters >= 5
            && (folded.starts_with("وال") || folded.starts_with("بال") || folded.starts_with("لل")))
}

/// The end of the name that begins at token `i`; none where no name begins there.
pub(super) fn name_end(a: &Analysis<'_>, i: usize, end: usize) -> Option<usize> {
    let mut words = 0;
    let mut at = i;
    let mut last = i;
    while at < end && words < LONGEST && is_name_word(a, at, words) {
        if at > i && a.is_any_mark(at - 1) {
            break;
        }
        let particle = is_particle(a.tokens.folded(at));
        at += 1;
        if !particle {
            words += 1;
            last = at;
            if a.tokens.folded(at - 1).starts_with("ال") && words > 1 {
                break;
            }
        } else if at < end && a.tokens.kind(at) == Some(TokenKind::Word) {
            // Whatever follows بن or عبد belongs to the name.
            at += 1;
            words += 1;
            last = at;
        }
        // Hyphenated and dotted names: `جان-كلود`، `جي. دي. فانس`.
        while at + 1 < end
            && (a.is_mark(at, "-") || a.is_mark(at, "."))
            && !a.tokens.all()[at].spaced
            && !a.tokens.all()[at + 1].spaced
            && a.tokens.kind(at + 1) == Some(TokenKind::Word)
            && words < LONGEST
        {
            at += 2;
            last = at;
        }
    }
    (last > i).then_some(last)
}

impl Finder<'_, '_, '_> {
    /// A given name of the lexicon followed by at least one more word of a name, without a title.
    pub(super) fn bare_name(&mut self, i: usize, end: usize) -> Option<usize> {
        let reading = *self.a.reading_in(i, Classes::GIVEN_NAME)?;
        // `فريدة` is no `ف` before a name that the list has by chance.
        let split = reading.conjunction && self.a.tokens.folded(i).starts_with('ف');
        if reading.definite || split || reading.proclitic == Some(Proclitic::Sa) || self.has_verb(i) {
            return None;
        }
        let stop = self.name_from(i, end);
        if stop < i + 2 {
            return None;
        }
        let name = self.host_span(&(i..stop), &reading);
        let entity = self.registry.introduce(name.of(self.a.tokens.text()), EntityKind::Person, None);
        self.push_new(
            entity,
            i..stop,
            i..stop,
            Form::Name,
            ActorBasis::Title,
            "given name and what follows it",
        );
        if let Some(m) = self.out.last_mut() {
            m.span = name;
            m.proclitic = reading.proclitic;
            m.conjunction = reading.conjunction;
        }
        self.remember_person(i, stop, None);
        Some(stop)
    }

    /// The end of a name whose first word is already known to be one.
    pub(super) fn name_from(&self, i: usize, end: usize) -> usize {
        match name_end(self.a, i + 1, end) {
            Some(stop) if !self.a.is_any_mark(i + 1) => stop.min(i + LONGEST + 3),
            _ => i + 1,
        }
    }

    fn has_verb(&self, i: usize) -> bool {
        self.a.is(i, Classes::SPEECH | Classes::PLAIN_VERB | Classes::PREPOSITION | Classes::SUBORDINATOR)
    }
}
