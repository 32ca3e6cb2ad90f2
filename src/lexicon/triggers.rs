//! Trigger senses: which words tell of which kind of happening, and under what conditions.

use super::conjugator::{self, Kind};
use super::phrases::{Meaning, Phrases};
use super::source::{Noun, Phrase, Verb};
use super::words::{Classes, Vocabulary, WordId};
use crate::model::EventType;
use crate::text::fold::fold_phrase;

/// One sense of a trigger lemma.
#[derive(Debug)]
pub struct Sense {
    /// The lemma as a reader would look it up.
    pub lemma: String,
    /// Its type; none where the word in this sense is no event.
    pub kind: Option<EventType>,
    /// Prepositions or particles, one of which must follow within a few words.
    pub after: Vec<WordId>,
    /// Nouns, one of which must follow within a few words.
    pub object: Vec<WordId>,
    /// How surely a bare verb form is an event.
    pub weight: f32,
    /// The same for masdars and nouns.
    pub noun_weight: f32,
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

/// A word form of a sense.
#[derive(Clone, Copy, Debug)]
pub struct TriggerForm {
    /// Index of the sense.
    pub sense: u32,
    /// What it is.
    pub shape: Shape,
    /// The spelling stands only before a pronoun (زيارت‍ه).
    pub before_suffix: bool,
}

/// Weight of a verb whose entry gives none.
const VERB_WEIGHT: f32 = 0.8;
/// Weight of a masdar or noun whose entry gives none.
const NOUN_WEIGHT: f32 = 0.5;

/// A fault in an entry, in the words for its author.
pub type Fault = String;

fn kind_of(name: &str) -> Result<Option<EventType>, Fault> {
    if name == "NONE" {
        return Ok(None);
    }
    EventType::parse(name).map(Some).ok_or_else(|| format!("`{name}` is no event type"))
}

fn words(list: &[String], vocabulary: &mut Vocabulary) -> Vec<WordId> {
    list.iter().map(|w| vocabulary.intern(bare(&fold_phrase(w)))).collect()
}

/// A noun without its article.
fn bare(folded: &str) -> &str {
    folded.strip_prefix("ال").filter(|rest| rest.len() >= 4).unwrap_or(folded)
}

/// Adds a verb's forms as triggers.
pub fn add_verb(entry: &Verb, senses: &mut Vec<Sense>, vocabulary: &mut Vocabulary) -> Result<(), Fault> {
    let kind = kind_of(entry.kind.as_deref().ok_or("the verb has no type")?)?;
    let inflected = inflect(entry)?;
    let lemma = inflected.first().map(|f| f.surface.clone()).unwrap_or_default();
    let uses = entry.uses.as_deref();
    let used = |name: &str, default: bool| uses.map_or(default, |u| u.iter().any(|x| x == name));
    let sense = senses.len() as u32;
    senses.push(Sense {
        lemma,
        kind,
        after: words(&entry.after, vocabulary),
        object: words(&entry.object, vocabulary),
        weight: entry.weight.unwrap_or(VERB_WEIGHT),
        noun_weight: entry.noun_weight.unwrap_or(NOUN_WEIGHT),
    });
    for form in inflected {
        let (shape, wanted) = match form.kind {
            Kind::Perfect | Kind::PerfectPassive => (Shape::Perfect, used("verb", true)),
            Kind::Imperfect | Kind::ImperfectPassive => (Shape::Imperfect, used("verb", true)),
            Kind::Masdar => (Shape::Noun, used("masdar", true)),
            Kind::ActiveParticiple => (Shape::Active, used("active", false)),
            Kind::PassiveParticiple => (Shape::Passive, used("passive", false)),
        };
        if wanted {
            add_form(&form.surface, TriggerForm { sense, shape, before_suffix: form.before_suffix }, vocabulary);
        }
    }
    if used("masdar", true) {
        for noun in entry.masdar.iter().chain(&entry.plural) {
            add_noun_forms(noun, sense, vocabulary);
        }
    }
    Ok(())
}

/// Adds a noun's forms as triggers.
pub fn add_noun(entry: &Noun, senses: &mut Vec<Sense>, vocabulary: &mut Vocabulary) -> Result<(), Fault> {
    let sense = senses.len() as u32;
    let weight = entry.weight.unwrap_or(NOUN_WEIGHT);
    senses.push(Sense {
        lemma: entry.lemma.clone(),
        kind: kind_of(&entry.kind)?,
        after: words(&entry.after, vocabulary),
        object: words(&entry.object, vocabulary),
        weight,
        noun_weight: weight,
    });
    for noun in std::iter::once(&entry.lemma).chain(&entry.plural) {
        add_noun_forms(noun, sense, vocabulary);
    }
    Ok(())
}

/// Adds a fixed phrase.
pub fn add_phrase(
    entry: &Phrase,
    senses: &mut Vec<Sense>,
    phrases: &mut Phrases,
    vocabulary: &mut Vocabulary,
) -> Result<(), Fault> {
    let sense = senses.len() as u32;
    let weight = entry.weight.unwrap_or(VERB_WEIGHT);
    senses.push(Sense {
        lemma: entry.words.clone(),
        kind: kind_of(&entry.kind)?,
        after: Vec::new(),
        object: Vec::new(),
        weight,
        noun_weight: weight,
    });
    phrases.add(&entry.words, Meaning::Trigger(sense), vocabulary);
    Ok(())
}

/// Puts all forms of a verb into classes.
pub fn classify_verb(entry: &Verb, classes: Classes, vocabulary: &mut Vocabulary) -> Result<(), Fault> {
    for form in inflect(entry)? {
        if matches!(form.kind, Kind::Perfect | Kind::Imperfect | Kind::PerfectPassive | Kind::ImperfectPassive) {
            vocabulary.classify(&form.surface, classes);
        }
    }
    Ok(())
}

fn inflect(entry: &Verb) -> Result<Vec<conjugator::Inflected>, Fault> {
    let verb = conjugator::Verb::parse(&entry.root, entry.form, entry.vowel.as_deref())?;
    Ok(conjugator::inflect(&verb))
}

/// A noun, its dual, its accusative with alef, and the spelling before a pronoun.
fn add_noun_forms(noun: &str, sense: u32, vocabulary: &mut Vocabulary) {
    let folded = fold_phrase(noun);
    let base = bare(&folded).to_owned();
    let form = |before_suffix| TriggerForm { sense, shape: Shape::Noun, before_suffix };
    add_form(&base, form(false), vocabulary);
    if let Some(stem) = base.strip_suffix('ه') {
        add_form(&format!("{stem}ت"), form(true), vocabulary);
        add_form(&format!("{stem}تين"), form(false), vocabulary);
        add_form(&format!("{stem}تان"), form(false), vocabulary);
        add_form(&format!("{stem}تي"), form(false), vocabulary);
    } else {
        add_form(&format!("{base}ا"), form(false), vocabulary);
        if !base.ends_with("ات") {
            add_form(&format!("{base}ين"), form(false), vocabulary);
            add_form(&format!("{base}ان"), form(false), vocabulary);
        }
        if let Some(stem) = base.strip_suffix('ء') {
            add_form(&format!("{stem}ئ"), form(true), vocabulary);
            add_form(&format!("{stem}ؤ"), form(true), vocabulary);
        }
    }
}

fn add_form(surface: &str, form: TriggerForm, vocabulary: &mut Vocabulary) {
    let folded = fold_phrase(surface);
    if folded.contains(' ') || folded.len() < 4 {
        return;
    }
    let id = vocabulary.intern(&folded);
    let forms = &mut vocabulary.word_mut(id).triggers;
    if !forms.iter().any(|f| f.sense == form.sense && f.shape == form.shape && f.before_suffix == form.before_suffix) {
        forms.push(form);
    }
}
