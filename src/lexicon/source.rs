//! The lexicon as it is written: TOML files of entities and triggers, the program's and the user's.

use serde::Deserialize;
use toml::Spanned;

use super::conjugator::{self, Root, Vowel};
use super::particles::Particles;
use crate::model::{EntityKind, EventType};

/// One file of entities and triggers; every part may be absent.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct File {
    /// States.
    pub country: Vec<Country>,
    /// Human beings.
    pub person: Vec<Named>,
    /// Bodies with a name.
    pub organization: Vec<Named>,
    /// Cities, regions, buildings.
    pub place: Vec<Named>,
    /// Peoples and other named groups.
    pub group: Vec<Named>,
    /// Verbs that tell of events.
    pub verb: Vec<Verb>,
    /// Nouns that tell of events and are no regular masdar.
    pub noun: Vec<Noun>,
    /// Fixed phrases that tell of events, or (type `NONE`) keep their words from doing so.
    pub phrase: Vec<Phrase>,
    /// Words spelled like a form of a trigger that nearly always are something else.
    pub word: Vec<String>,
    /// Verbs that make the noun behind them the event.
    pub light: Vec<Verb>,
    /// Entries, of this file or another, that are not to be taken.
    pub off: Vec<Spanned<Off>>,
}

/// An entry that is switched off: a trigger by its lemma, or an entity by its id.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Off {
    /// The lemma of a trigger, as the evidence of its events names it.
    pub lemma: Option<String>,
    /// The sense in which it is no trigger; without it none of its senses is.
    #[serde(rename = "type")]
    pub kind: Option<SenseType>,
    /// The id of an actor or place.
    pub id: Option<String>,
}

/// A state.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// Usual Arabic name.
    pub name: String,
    /// English name.
    pub en: String,
    /// Id where it is not the slug of the English name.
    pub id: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub iso: Option<String>,
    /// Other names and spellings.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Its adjective, masculine singular.
    pub nisba: Option<String>,
    /// Other spellings of the adjective and its irregular plurals.
    #[serde(default)]
    pub nisba_forms: Vec<String>,
    /// Its adjective, where that is an ordinary word as well: taken only where the country is named.
    pub nisba_again: Option<String>,
    /// Ordinary words that mean it only where the article names it as well.
    #[serde(default)]
    pub short_aliases: Vec<String>,
    /// Its capital, which stands for its government when it acts.
    pub capital: Option<Named>,
    /// Seats of power that stand for its government.
    #[serde(default)]
    pub seats: Vec<String>,
    /// The name is an ordinary word as well.
    #[serde(default)]
    pub needs_cue: bool,
    /// Wikidata id.
    pub wikidata: Option<String>,
}

/// A person, body, place or group.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Usual Arabic name.
    pub name: String,
    /// English name.
    #[serde(default)]
    pub en: String,
    /// Id where it is not the slug of the English name.
    pub id: Option<String>,
    /// Id of the country it belongs to.
    pub country: Option<String>,
    /// Other full names and spellings, Arabic or Latin.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Short forms that mean it when standing alone.
    #[serde(default)]
    pub short: Vec<String>,
    /// Ordinary words that mean it only where the article names it in full as well.
    #[serde(default)]
    pub short_aliases: Vec<String>,
    /// Adjective of a group, masculine singular.
    pub nisba: Option<String>,
    /// Other spellings of the adjective and its irregular plurals.
    #[serde(default)]
    pub nisba_forms: Vec<String>,
    /// The name is an ordinary word as well: taken only behind a cue.
    #[serde(default)]
    pub needs_cue: bool,
    /// Wikidata id.
    pub wikidata: Option<String>,
}

/// A verb with one sense; the fields are told in `assets/lexicon/triggers/README.md`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Verb {
    pub root: Root,
    pub form: u8,
    pub vowel: Option<Vowel>,
    pub past: Option<Vowel>,
    #[serde(default)]
    pub strong: bool,
    #[serde(rename = "type")]
    pub kind: Option<SenseType>,
    #[serde(default)]
    pub masdar: Vec<String>,
    #[serde(default)]
    pub plural: Vec<String>,
    #[serde(rename = "use")]
    pub uses: Option<Vec<String>>,
    #[serde(default)]
    pub after: Vec<String>,
    #[serde(default)]
    pub object: Vec<String>,
    pub weight: Option<f32>,
    pub noun_weight: Option<f32>,
}

impl Verb {
    /// The verb for the conjugator.
    pub fn verb(&self) -> conjugator::Verb {
        conjugator::Verb {
            root: self.root.clone(),
            form: self.form,
            vowel: self.vowel,
            past: self.past,
            strong: self.strong,
        }
    }

    /// Its radicals, for faults.
    pub fn radicals(&self) -> String {
        String::from(self.root.clone())
    }
}

/// The `type` of a sense: one of PLOVER's sixteen, none where the file says `NONE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct SenseType(pub Option<EventType>);

impl TryFrom<String> for SenseType {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        if name == "NONE" {
            return Ok(Self(None));
        }
        EventType::parse(&name)
            .map(|kind| Self(Some(kind)))
            .ok_or_else(|| format!("`{name}` is no event type"))
    }
}

/// A noun with one sense.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noun {
    /// Singular.
    pub lemma: String,
    /// Plurals.
    #[serde(default)]
    pub plural: Vec<String>,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: SenseType,
    /// As for verbs.
    #[serde(default)]
    pub after: Vec<String>,
    /// As for verbs.
    #[serde(default)]
    pub object: Vec<String>,
    /// As for verbs.
    pub weight: Option<f32>,
}

/// A fixed phrase.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// Its words.
    pub words: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: SenseType,
    /// As for verbs.
    pub weight: Option<f32>,
}

/// `assets/lexicon/grammar.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The keys are explained where the words stand.
pub struct Grammar {
    pub negation: Vec<String>,
    pub modal: Vec<String>,
    pub planned: Vec<String>,
    pub subordinator: Vec<String>,
    pub complementizer: Vec<String>,
    pub pronoun_complementizer: Vec<String>,
    pub relative: Vec<String>,
    pub preposition: Vec<String>,
    pub locative: Vec<String>,
    pub attribution: Vec<String>,
    pub passive_light: Vec<String>,
    pub both_sides: Vec<String>,
    pub both_persons: Vec<String>,
    pub both_countries: Vec<String>,
    pub honorific: Vec<String>,
    pub speech: Verbs,
    pub plain: Verbs,
    pub consequence: Verbs,
    pub inchoative: Verbs,
    pub suffering: Verbs,
    pub titles: Titles,
    pub collectives: Collectives,
    pub bodies: Heads,
    pub names: Names,
    pub gender: Gender,
    pub cues: Cues,
    pub particles: Particles,
    #[serde(default)]
    pub common: Vec<String>,
}

/// A list of verbs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Verbs {
    pub verb: Vec<Verb>,
}

/// Whom verbs agree with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Gender {
    pub masculine_state: Vec<String>,
    pub masculine: Vec<String>,
    pub several: Vec<String>,
}

/// `assets/lexicon/given.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Given {
    /// Names that announce a person wherever they stand.
    pub given: Vec<String>,
    /// Names that are ordinary words as well: only behind a title.
    pub given_risky: Vec<String>,
    /// Names that women bear.
    pub feminine: Vec<String>,
}

/// `assets/lexicon/common.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Common {
    /// Adjectives and participles, which are no part of a name.
    pub adjective: Vec<String>,
    /// Other words that are no part of a name.
    pub common: Vec<String>,
}

/// `assets/lexicon/plain.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plain {
    /// Verbs that carry no event.
    pub verb: Vec<Verb>,
    /// Forms of them that are as often nouns or names, and so show no clause.
    pub homograph: Vec<String>,
}

/// The words of titles.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Titles {
    pub head: Vec<String>,
    pub phrase: Vec<String>,
    pub rank: Vec<String>,
    pub field: Vec<String>,
    pub inner: Vec<String>,
    pub former: Vec<String>,
    pub passing: Vec<String>,
    pub joint: Vec<String>,
    pub envoy: Vec<String>,
    pub counterpart: Vec<String>,
    pub somebodys: Vec<String>,
    pub personal: Vec<String>,
    pub adjectival: Vec<String>,
}

/// Collective nouns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Collectives {
    pub state: Vec<String>,
    pub alone: Vec<String>,
    pub seat: Vec<String>,
    pub arm: Vec<String>,
    pub modified: Vec<String>,
    #[serde(rename = "abstract")]
    pub unpeopled: Vec<String>,
    pub body: Vec<String>,
    pub individual: Vec<String>,
    pub suspect: Vec<String>,
    pub counted: Vec<String>,
    pub numeral: Vec<String>,
    pub office_of: Vec<String>,
}

/// Nouns that head a body's name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Heads {
    pub head: Vec<String>,
    pub ordinal: Vec<String>,
}

/// Words that belong to names or announce them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Names {
    pub particle: Vec<String>,
    pub announcer: Vec<String>,
    pub homeland: Vec<String>,
}

/// `assets/lexicon/offices.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Offices {
    /// Offices with their holders.
    pub office: Vec<Office>,
}

/// An office and who held it when.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Id of the state or body that it is of.
    pub of: String,
    /// What its holder is called, without articles and adjectives of countries.
    pub titles: Vec<String>,
    /// Month from which (`1993-01`) and id of the person, in the order of time; an empty id where
    /// nobody known to the lexicon held it.
    pub holders: Vec<(String, String)>,
}

/// Nouns that announce a name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Cues {
    pub place: Vec<String>,
}

/// The id of a name: lower-case, letters and digits kept, everything else a hyphen; Latin letters
/// lose their marks, Arabic is folded.
pub fn slug(name: &str) -> String {
    use unicode_normalization::char::{decompose_compatible, is_combining_mark};
    let mut out = String::with_capacity(name.len());
    for c in crate::text::fold::fold(name).chars() {
        decompose_compatible(c, |c| match c {
            'ا'..='غ' | 'ف'..='ي' => out.push(c),
            c if is_combining_mark(c) => {}
            c if c.is_alphanumeric() => out.push(c),
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        });
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// The kinds of the four lists of named things in a [`File`].
pub const NAMED_KINDS: [EntityKind; 4] =
    [EntityKind::Person, EntityKind::Organization, EntityKind::Place, EntityKind::Group];
