//! The conjugator: a verb's root and form in, its written forms out.
//!
//! Works for the unvocalised orthography of Arabic news: forms I to X and the two quadriliteral
//! ones, roots sound, hamzated, geminate, assimilated, hollow and defective. A word is first built
//! of sounds (`stem`, `verbal`), then spelled (`spelling`): hamza seats, final ى and ا and the
//! silent alif follow from the sounds around them. Nominal endings are put on by letter
//! (`nominal`). Clitics (و ف ب ك ل س ال, object and possessive suffixes) are not put on; what
//! changes in spelling before a suffix is.

mod nominal;
mod root;
mod spelling;
mod stem;
mod verbal;

use serde::{Deserialize, Serialize};

pub use nominal::inflect_noun;
pub use root::{Root, RootError, Vowel};

/// What kind of word a surface is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Past tense, active: كتب.
    Perfect,
    /// Present tense, active: يكتب.
    Imperfect,
    /// Past tense, passive: كُتب.
    PerfectPassive,
    /// Present tense, passive: يُكتب.
    ImperfectPassive,
    /// Verbal noun: كتابة.
    Masdar,
    /// كاتب.
    ActiveParticiple,
    /// مكتوب.
    PassiveParticiple,
    /// A noun that belongs to no verb of the lexicon.
    Noun,
}

/// Grammatical number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Number {
    /// One.
    Singular,
    /// Two.
    Dual,
    /// More.
    Plural,
}

/// Grammatical gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// Masculine.
    Masculine,
    /// Feminine.
    Feminine,
}

/// Person, number and gender; of several readings of one surface the first, third persons first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Agreement {
    /// 1, 2 or 3 for verbs.
    pub person: Option<u8>,
    /// Number.
    pub number: Number,
    /// Gender, where the form tells it.
    pub gender: Option<Gender>,
}

/// Mood of an imperfect whose written form is not that of the indicative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mood {
    /// After أن, لن, كي: يكونوا.
    Subjunctive,
    /// After لم and for لِـ: يدع, يكن.
    Jussive,
}

/// A verb as the lexicon names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verb {
    /// Three or four radicals.
    pub root: Root,
    /// 1 to 10; 11 and 12 are the quadriliteral forms I (ترجم) and II (تدهور).
    pub form: u8,
    /// Form I: the vowel after the second radical in the imperfect; `a` where not told.
    pub vowel: Option<Vowel>,
    /// Form I: that vowel in the perfect; `a` where not told, `i` in لقي, نسي.
    pub past: Option<Vowel>,
    /// Whether a weak middle radical stays a consonant where the form would melt it: استجوب.
    pub strong: bool,
}

/// One written form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Inflected {
    /// As printed without harakat, hamzas in their seats.
    pub surface: String,
    /// What it is.
    pub kind: Kind,
    /// Who; none for singular nouns and masdars, whose gender the letters do not tell.
    pub agreement: Option<Agreement>,
    /// Mood, where the written form differs from the indicative.
    pub mood: Option<Mood>,
    /// Whether it is so spelled when no suffix follows.
    pub free: bool,
    /// Whether it is so spelled before an object or possessive suffix: دعا and دعا(ه), but اشترى
    /// and اشترا(ه), زيارة and زيارت(ه), قتلوا and قتلو(ه).
    pub before_suffix: bool,
}

impl Verb {
    /// A verb of form II and up, or of form I with the vowel `a` in perfect and imperfect.
    pub const fn new(root: Root, form: u8) -> Self {
        Self { root, form, vowel: None, past: None, strong: false }
    }

    /// Whether the form exists and takes a root of that many radicals.
    pub fn is_possible(&self) -> bool {
        match self.root.radicals().len() {
            3 => (1..=10).contains(&self.form),
            4 => matches!(self.form, 11 | 12),
            _ => false,
        }
    }
}

/// All forms of a verb: perfect and imperfect in both voices, the masdar of forms II and up, both
/// participles with their endings. Equal surfaces of one kind are merged. Empty where the form
/// does not take such a root ([`Verb::is_possible`]).
pub fn inflect(verb: &Verb) -> Vec<Inflected> {
    if !verb.is_possible() {
        return Vec::new();
    }
    let mut out = Forms::default();
    verbal::finite(verb, &mut out);
    for masdar in stem::masdars(verb) {
        nominal::masdar(&masdar, &mut out);
    }
    nominal::participle(&stem::active_participle(verb), Kind::ActiveParticiple, &mut out);
    nominal::participle(&stem::passive_participle(verb), Kind::PassiveParticiple, &mut out);
    out.list
}

/// The forms of a word as they gather, equal ones merged.
#[derive(Default)]
struct Forms {
    list: Vec<Inflected>,
}

/// Everything about a form but its surface.
#[derive(Clone, Copy)]
struct Reading {
    kind: Kind,
    agreement: Option<Agreement>,
    mood: Option<Mood>,
}

impl Forms {
    /// Adds a surface, as it stands alone, before a suffix, or both.
    fn push(&mut self, surface: String, reading: Reading, free: bool, before_suffix: bool) {
        // The forms of one kind are added in one run.
        let mut run = self.list.iter_mut().rev().take_while(|f| f.kind == reading.kind);
        if let Some(known) = run.find(|f| f.surface == surface) {
            known.free |= free;
            known.before_suffix |= before_suffix;
            return;
        }
        let Reading { kind, agreement, mood } = reading;
        self.list.push(Inflected { surface, kind, agreement, mood, free, before_suffix });
    }
}
