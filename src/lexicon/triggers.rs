//! Trigger senses: which words tell of which kind of happening, and under what conditions.

use bitflags::bitflags;

use super::conjugator::{self, Gender, Inflected, Kind, Number};
use super::phrases::{Meaning, Phrases};
use super::source::{Noun, Phrase, Verb};
use super::words::{Classes, Proclitic, Subjects, Vocabulary, WordId};
use crate::model::EventType;
use crate::text::fold::fold_phrase;

/// One sense of a trigger lemma: a line of the processor's cache, since every trigger of a text asks for
/// several.
#[derive(Debug)]
#[repr(align(64))]
pub struct Sense {
    /// The lemma as a reader would look it up.
    pub lemma: Box<str>,
    /// Its type; none where the word in this sense is no event.
    pub kind: Option<EventType>,
    /// Prepositions or particles, one of which must follow within a few words.
    pub after: Box<[WordId]>,
    /// Those of them that are written together with the next word ([`Proclitic::bit`]).
    pub after_proclitic: u8,
    /// Nouns, one of which must follow within a few words; in order.
    pub object: Box<[WordId]>,
    /// How surely a bare verb form is an event.
    pub weight: f32,
    /// The same for masdars and nouns.
    pub noun_weight: f32,
}

const _: () = assert!(size_of::<Sense>() == 64);

impl Sense {
    /// Whether the sense asks for more than its word.
    pub fn weighty(&self) -> bool {
        !self.object.is_empty() || !self.after.is_empty()
    }
}

/// What a word form is of its lemma.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Perfect, active or passive alike in unvocalised print.
    Perfect,
    /// Imperfect.
    Imperfect,
    /// Masdar or other noun.
    Noun,
    /// Active participle.
    Active,
    /// Passive participle.
    Passive,
}

bitflags! {
    /// What a word is to the triggers.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Uses: u8 {
        /// A form that is [`Shape::Perfect`].
        const PERFECT = 1 << Shape::Perfect as u8;
        /// One that is [`Shape::Imperfect`].
        const IMPERFECT = 1 << Shape::Imperfect as u8;
        /// One that is [`Shape::Noun`].
        const NOUN = 1 << Shape::Noun as u8;
        /// One that is [`Shape::Active`].
        const ACTIVE = 1 << Shape::Active as u8;
        /// One that is [`Shape::Passive`].
        const PASSIVE = 1 << Shape::Passive as u8;
        /// Some sense asks for it behind its trigger ([`Sense::after`]).
        const AFTER = 1 << 5;
    }
}

impl Uses {
    /// The forms among them.
    pub const FORMS: Self = Self::AFTER.complement();
}

/// A word form of a sense.
#[derive(Clone, Copy, Debug)]
pub struct TriggerForm {
    /// Index of the sense.
    pub sense: u32,
    /// What it is.
    pub shape: Shape,
    /// So spelled when no pronoun follows.
    pub free: bool,
    /// So spelled before a pronoun (زيارت‍ه).
    pub before_suffix: bool,
}

/// Weight of a verb whose entry gives none.
const VERB_WEIGHT: f32 = 0.8;
/// Weight of a masdar or noun whose entry gives none.
const NOUN_WEIGHT: f32 = 0.5;

/// A fault in an entry, in the words for its author.
pub type Fault = String;

/// Prepositions and particles that a sense asks for.
fn after(list: &[String], vocabulary: &mut Vocabulary) -> Box<[WordId]> {
    let words: Box<[WordId]> = list.iter().map(|w| vocabulary.intern(bare(&fold_phrase(w)))).collect();
    for &word in &words {
        vocabulary.word_mut(word).uses |= Uses::AFTER;
    }
    words
}

/// The prepositions of one letter in a list, a bit each.
fn proclitics(list: &[String]) -> u8 {
    let one = |w: &String| match w.as_str() {
        "ب" => Some(Proclitic::Bi),
        "ل" => Some(Proclitic::Li),
        "ك" => Some(Proclitic::Ka),
        _ => None,
    };
    list.iter().filter_map(one).fold(0, |all, one| all | one.bit())
}

/// Objects with their spelling before a pronoun: `علاقات(ها)`, `رسال(ت)ه`; in order.
fn objects(list: &[String], vocabulary: &mut Vocabulary) -> Box<[WordId]> {
    let mut out = Vec::new();
    for noun in list {
        let folded = fold_phrase(noun);
        out.push(vocabulary.intern(bare(&folded)));
        if let Some(stem) = bare(&folded).strip_suffix('ه') {
            out.push(vocabulary.intern(&format!("{stem}ت")));
        }
        out.push(vocabulary.intern(&format!("{}ا", bare(&folded))));
    }
    for &id in &out {
        vocabulary.word_mut(id).classes |= Classes::OBJECT;
    }
    out.sort_unstable();
    out.dedup();
    out.into()
}

/// A noun without its article.
fn bare(folded: &str) -> &str {
    folded.strip_prefix("ال").filter(|rest| rest.len() >= 4).unwrap_or(folded)
}

/// Adds a verb's forms as triggers.
///
/// # Errors
/// A verb without type, or a root that cannot be conjugated.
pub fn add_verb(entry: &Verb, senses: &mut Vec<Sense>, vocabulary: &mut Vocabulary) -> Result<(), Fault> {
    let kind = entry.kind.ok_or("the verb has no type")?.0;
    let inflected = inflect(entry)?;
    let lemma = inflected.first().map(|f| f.surface.clone()).unwrap_or_default();
    let uses = entry.uses.as_deref();
    let used = |name: &str, default: bool| uses.map_or(default, |u| u.iter().any(|x| x == name));
    let sense = senses.len() as u32;
    senses.push(Sense {
        lemma: lemma.into(),
        kind,
        after: after(&entry.after, vocabulary),
        after_proclitic: proclitics(&entry.after),
        object: objects(&entry.object, vocabulary),
        weight: entry.weight.unwrap_or(VERB_WEIGHT),
        noun_weight: entry.noun_weight.unwrap_or(NOUN_WEIGHT),
    });
    for form in inflected.iter().filter(|f| entry.masdar.is_empty() || f.kind != Kind::Masdar) {
        add_form(form, sense, &used, vocabulary);
    }
    let plurals: Vec<&str> = entry.plural.iter().map(String::as_str).collect();
    let singulars: Vec<&str> = entry.masdar.iter().map(String::as_str).collect();
    for form in singulars.iter().flat_map(|m| conjugator::inflect_noun(m, &[], Kind::Masdar)) {
        add_form(&form, sense, &used, vocabulary);
    }
    for form in conjugator::inflect_noun("", &plurals, Kind::Masdar) {
        add_form(&form, sense, &used, vocabulary);
    }
    Ok(())
}

/// Adds a noun's forms as triggers.
pub fn add_noun(entry: &Noun, senses: &mut Vec<Sense>, vocabulary: &mut Vocabulary) {
    let sense = senses.len() as u32;
    let weight = entry.weight.unwrap_or(NOUN_WEIGHT);
    senses.push(Sense {
        lemma: entry.lemma.as_str().into(),
        kind: entry.kind.0,
        after: after(&entry.after, vocabulary),
        after_proclitic: proclitics(&entry.after),
        object: objects(&entry.object, vocabulary),
        weight,
        noun_weight: weight,
    });
    let plurals: Vec<&str> = entry.plural.iter().map(String::as_str).collect();
    for form in conjugator::inflect_noun(&entry.lemma, &plurals, Kind::Noun) {
        add_form(&form, sense, &|_, default| default, vocabulary);
    }
}

/// Adds a fixed phrase.
pub fn add_phrase(
    entry: &Phrase,
    senses: &mut Vec<Sense>,
    phrases: &mut Phrases,
    vocabulary: &mut Vocabulary,
) {
    let sense = senses.len() as u32;
    let weight = entry.weight.unwrap_or(VERB_WEIGHT);
    senses.push(Sense {
        lemma: entry.words.as_str().into(),
        kind: entry.kind.0,
        after: Box::default(),
        after_proclitic: 0,
        object: Box::default(),
        weight,
        noun_weight: weight,
    });
    phrases.add(&entry.words, Meaning::Trigger(sense), vocabulary);
}

/// Puts the finite forms of a verb into classes; with `sure`, only those that no noun is spelled
/// like: `عمل`, `سجل`, `تقدم` are as often nouns.
///
/// # Errors
/// A root that cannot be conjugated.
pub fn classify_verb(
    entry: &Verb,
    classes: Classes,
    sure: bool,
    vocabulary: &mut Vocabulary,
) -> Result<(), Fault> {
    for form in inflect(entry)? {
        let bare = form.kind == Kind::Perfect
            && matches!(entry.form, 1 | 2 | 3 | 5 | 6)
            && form
                .agreement
                .is_some_and(|a| a.number == Number::Singular && a.gender == Some(Gender::Masculine));
        let first = form.agreement.is_some_and(|a| a.person != Some(3));
        if sure && (bare || first || matches!(form.kind, Kind::PerfectPassive | Kind::ImperfectPassive)) {
            continue;
        }
        if matches!(
            form.kind,
            Kind::Perfect | Kind::Imperfect | Kind::PerfectPassive | Kind::ImperfectPassive
        ) {
            vocabulary.classify(&form.surface, classes);
            let id = vocabulary.intern(&fold_phrase(&form.surface));
            vocabulary.word_mut(id).subjects |= subjects(&form);
        }
    }
    Ok(())
}

/// Whom a finite form agrees with; nobody of a form that is none.
fn subjects(form: &Inflected) -> Subjects {
    match form.agreement {
        Some(agreement) => match (agreement.person, agreement.number, agreement.gender) {
            (Some(1), ..) => Subjects::SPEAKER,
            (Some(3), Number::Singular, Some(Gender::Masculine)) => Subjects::HE,
            (Some(3), Number::Singular, _) => Subjects::SHE,
            (Some(3), ..) => Subjects::THEY,
            _ => Subjects::empty(),
        },
        None => Subjects::empty(),
    }
}

fn inflect(entry: &Verb) -> Result<Vec<Inflected>, Fault> {
    let verb = entry.verb();
    if verb.is_possible() {
        Ok(conjugator::inflect(&verb))
    } else {
        Err(format!("no form {} of such a root", verb.form))
    }
}

/// Adds a form to its word if the entry uses such forms.
fn add_form(form: &Inflected, sense: u32, used: &dyn Fn(&str, bool) -> bool, vocabulary: &mut Vocabulary) {
    let (shape, wanted) = match form.kind {
        Kind::Perfect | Kind::PerfectPassive => (Shape::Perfect, used("verb", true)),
        Kind::Imperfect | Kind::ImperfectPassive => (Shape::Imperfect, used("verb", true)),
        Kind::Masdar | Kind::Noun => (Shape::Noun, used("masdar", true)),
        Kind::ActiveParticiple => (Shape::Active, used("active", true)),
        Kind::PassiveParticiple => (Shape::Passive, used("passive", false)),
    };
    let folded = fold_phrase(&form.surface);
    // The first and second persons are rare in print and look like other words.
    let spoken = form.agreement.is_some_and(|a| {
        a.person == Some(2) || form.kind == Kind::PerfectPassive && a.number == Number::Dual
    });
    if !wanted || spoken || folded.contains(' ') || folded.len() < 4 {
        return;
    }
    let id = vocabulary.intern(&folded);
    let new = TriggerForm { sense, shape, free: form.free, before_suffix: form.before_suffix };
    let word = vocabulary.word_mut(id);
    word.subjects |= subjects(form);
    word.uses |= Uses::from_bits_truncate(1 << shape as u8);
    let forms = &mut word.triggers;
    if !forms.iter().any(|f| f.sense == new.sense && f.shape == new.shape && f.free == new.free) {
        forms.push(new);
    }
}
