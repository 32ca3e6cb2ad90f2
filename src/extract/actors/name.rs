//! Names that the lexicon does not know: which words can be part of one, and where it ends.

use crate::extract::analysis::{Analysis, Traits};
use crate::extract::words::NAMES;
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::{Classes, Clitics, Reading, clitics};
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
    .difference(Classes::ARM)
    .difference(Classes::MODIFIED)
    .difference(Classes::ABSTRACT)
    .difference(Classes::BODY_HEAD)
    .difference(Classes::COUNTED)
    .difference(Classes::PLACE_CUE);

/// Most words that a name has, particles not counted.
const LONGEST: usize = 4;

/// Pronouns that end a word which then is no name (`قوله`, `كبيرهم`).
const PRONOUNS: [&str; 4] = ["هما", "هم", "ها", "ه"];

/// Whether token `i` can be a word of a name of which `words` words stand before it.
fn is_name_word(a: &Analysis<'_>, i: usize, words: usize) -> bool {
    let folded = a.tokens.folded(i);
    if a.is(i, Classes::NAME_PARTICLE) && a.readings(i).iter().any(|r| r.prefix == 0) {
        return true;
    }
    match a.tokens.kind(i) {
        Some(TokenKind::Foreign) => {
            return a.tokens.written(i).chars().next().is_some_and(char::is_uppercase);
        }
        Some(TokenKind::Word) => {}
        _ => return false,
    }
    if given(a, i) {
        return true;
    }
    let letters = folded.chars().count();
    if words == 1 && i > 0 && given(a, i - 1) && is_family(a, i) {
        return true;
    }
    if words > 0 && folded == "علي" {
        return is_ali(a, i);
    }
    // `رجل الأعمال سامي الحداد`: what may be a given name is one before a family name.
    let happens = |r: &Reading| !a.lexicon.vocabulary.word(r.word).triggers.is_empty();
    let first = words == 0
        && a.is(i, Classes::GIVEN_RISKY)
        && !a.is(i, Classes::COMMON)
        && !folded.starts_with("ال")
        && !a.readings(i).iter().any(happens);
    if first && (is_unknown(a, i + 1) || given(a, i + 1) || is_family_with_article(a, i + 1)) {
        return true;
    }
    if letters < 2 || own_classes(a, i).intersects(STOPS) || glued(a, i) {
        return false;
    }
    let nisba = a.nisba(i).is_some();
    // After the first word a family name with the article is one, but a nisba is an adjective, unless
    // it stands right behind a given name (`أحمد المصري`).
    if folded.starts_with("ال") && letters > 4 {
        return words > 0 && (!nisba || words == 1 && i > 0 && given(a, i - 1));
    }
    if nisba {
        // Without the article it is no adjective of the name (`أبو وليد صحراوي`).
        return words > 0
            && a.nisba(i).is_some_and(|(_, r)| r.prefix == 0 && !r.definite)
            && !of_origin(a, i);
    }
    let told = |r: &&Reading| (words > 0 || r.prefix == 0) && !(r.enclitic && foreign_ending(folded));
    if a.readings(i).iter().filter(told).any(|r| !a.lexicon.vocabulary.word(r.word).triggers.is_empty()) {
        return false;
    }
    // An unknown imperfect: يـ or تـ before three letters or more, once a first name stands.
    !(words > 1
        && letters >= 4
        && (folded.starts_with('ي') || folded.starts_with("سي") || folded.starts_with("ست")))
        && !(letters >= 5
            && (folded.starts_with("وال") || folded.starts_with("بال") || folded.starts_with("لل")))
}

/// The classes of token `i`; of a name only those that it has as it stands (`وسام` is no `سام`).
fn own_classes(a: &Analysis<'_>, i: usize) -> Classes {
    if !a.is(i, NAMES) {
        return a.classes(i);
    }
    let own = a.readings(i).iter().filter(|r| r.prefix == 0 && !r.enclitic);
    let classes = own.map(|r| a.lexicon.vocabulary.word(r.word).classes);
    classes.reduce(Classes::union).filter(|c| c.intersects(NAMES)).unwrap_or_else(|| a.classes(i))
}

/// Whether token `i` is a word with the article that may be a family name.
fn is_family_with_article(a: &Analysis<'_>, i: usize) -> bool {
    a.tokens.kind(i) == Some(TokenKind::Word)
        && a.tokens.folded(i).starts_with("ال")
        && !a.is(i, Classes::RELATIVE | Classes::TITLE | Classes::ADJECTIVE)
}

/// Whether token `i` as it stands is a given name wherever it is met.
fn given(a: &Analysis<'_>, i: usize) -> bool {
    a.readings(i).iter().any(|r| {
        r.prefix == 0
            && !r.enclitic
            && a.lexicon.vocabulary.word(r.word).classes.contains(Classes::GIVEN_NAME)
    })
}

/// Whether an ordinary noun at `i`, behind a given name, is a family name (`سمير حرب`): it has nothing
/// of its own, and what follows begins anew.
fn is_family(a: &Analysis<'_>, i: usize) -> bool {
    let noun = |r: &Reading| {
        let word = a.lexicon.vocabulary.word(r.word);
        let free = Classes::COMMON | Classes::OBJECT | Classes::HOMOGRAPH | NAMES;
        r.prefix == 0
            && !r.definite
            && !r.enclitic
            && (word.classes - free).is_empty()
            && !word.classes.contains(Classes::ADJECTIVE)
            && word.triggers.iter().all(|f| f.shape == Shape::Noun)
    };
    let behind = Classes::COMPLEMENTIZER | Classes::RELATIVE | Classes::SPEECH;
    a.readings(i).first().is_some_and(noun)
        && a.readings(i).iter().all(|r| r.prefix > 0 || r.enclitic || noun(r))
        && !a.tokens.folded(i).ends_with('ا')
        && !glued(a, i)
        && (a.is(i + 1, behind) || a.is_any_mark(i + 1))
}

/// `علي` behind another name is one where no noun follows that a preposition could govern.
fn is_ali(a: &Analysis<'_>, i: usize) -> bool {
    let follower = i + 1;
    a.tokens.written(i).ends_with('ي')
        && (a.is_any_mark(follower)
            || a.is(follower, Classes::SPEECH | Classes::TITLE | Classes::GIVEN_NAME | Classes::RELATIVE))
}

/// Whether `الجنسية` or the like says that a nisba at `i` is no name.
fn of_origin(a: &Analysis<'_>, i: usize) -> bool {
    matches!(a.tokens.folded(i + 1), "الجنسيه" | "الاصل" | "المولد")
}

/// Endings that are read as pronouns but end foreign and family names as often.
fn foreign_ending(folded: &str) -> bool {
    ["ك", "نا", "ني", "كم", "ا"].iter().any(|ending| folded.ends_with(ending))
}

/// Whether token `i` is an ordinary word with a preposition, conjunction or pronoun written together
/// with it (`لحضور`, `قوله`), or an adverb in -an: no word of a name.
fn glued(a: &Analysis<'_>, i: usize) -> bool {
    let (folded, written) = (a.tokens.folded(i), a.tokens.written(i));
    if written.ends_with('ً') || written.ends_with("ًا") {
        return true;
    }
    let known = |host: &str| {
        a.lexicon.vocabulary.id(host).map(|id| a.lexicon.vocabulary.word(id)).is_some_and(|word| {
            !word.triggers.is_empty() || !(word.classes - NAMES - Classes::NAME_PARTICLE).is_empty()
        })
    };
    if a.is(i, NAMES) && a.readings(i).first().is_some_and(|r| r.prefix == 0) {
        return false;
    }
    let conjoined = |host: &str| {
        a.lexicon.vocabulary.id(host).is_some_and(|id| {
            let word = a.lexicon.vocabulary.word(id);
            !word.classes.is_empty() || word.nisba.is_some() || word.country.is_some()
        })
    };
    let whole = a.readings(i).iter().any(|r| r.prefix == 0 && !r.enclitic);
    let behind = |c: Clitics, host: &str| {
        let letters = host.chars().count();
        letters >= 3 && (known(host) || c.conjunction && c.proclitic.is_none() && conjoined(host))
            || letters > 4 && host.strip_prefix("ال").is_some_and(known)
    };
    !whole && clitics(folded, |c, host| (c.prefix > 0 && behind(c, host)).then_some(())).is_some()
        || !written.ends_with('ة')
            && PRONOUNS.iter().any(|pronoun| {
                folded.strip_suffix(pronoun).is_some_and(|stem| stem.chars().count() >= 3 && known(stem))
            })
}

/// The end of the name that begins at token `i`; none where no name begins there. With `begun`, the
/// word at `i` is known to be one.
pub(super) fn name_end(a: &Analysis<'_>, i: usize, end: usize, begun: bool) -> Option<usize> {
    let mut words = 0;
    let mut at = i;
    let mut last = i;
    while at < end && words < LONGEST && (begun && at == i || is_name_word(a, at, words)) {
        let particle = a.is(at, Classes::NAME_PARTICLE);
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

/// Whether token `i` is a word of which the lexicon knows nothing, or only that people are called so,
/// and which has no article: what an unknown name begins with.
pub(super) fn is_unknown(a: &Analysis<'_>, i: usize) -> bool {
    a.has(i, Traits::UNKNOWN) && a.tokens.kind(i) == Some(TokenKind::Word) && !glued(a, i)
}
