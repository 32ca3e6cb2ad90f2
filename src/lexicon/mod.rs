//! All known words: entities, triggers and the closed classes, compiled from `assets/lexicon/` and
//! the user's own folder.

mod classes;
mod closed;
pub mod conjugator;
mod nisba;
mod off;
mod officers;
pub mod own;
pub mod particles;
pub mod phrases;
pub mod source;
pub mod triggers;
pub mod words;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, OnceLock};

use foldhash::{HashMap, HashMapExt};
use include_dir::{Dir, include_dir};

use crate::model::{Entity, EntityKind};
use crate::text::fold::fold_phrase;
pub use officers::Officer;
use phrases::{Meaning, Phrases};
use source::{Country, File, Named, slug};
use triggers::Sense;
use words::{Classes, Vocabulary};

/// The lexicon files that come with the program.
static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/lexicon");

/// Files of `assets/lexicon` with a format of their own: the closed classes, the calendar words of the
/// date layer, the weights of the events, verbs and nouns that are no triggers, given names, offices.
const OTHERS: [&str; 7] = [
    "grammar.toml",
    "calendar.toml",
    "weights.toml",
    "plain.toml",
    "given.toml",
    "common.toml",
    "offices.toml",
];

/// An entity with what matching needs to know of it.
#[derive(Debug)]
pub struct Known {
    /// The entity as outputs show it.
    pub entity: Entity,
    /// A capital or seat of power: index of the country it stands for when it acts.
    pub stands_for: Option<u32>,
    /// Taken only behind a noun that announces a place or country.
    pub needs_cue: bool,
}

/// The compiled lexicon.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// All single words.
    pub vocabulary: Vocabulary,
    /// Names and fixed phrases.
    pub phrases: Phrases,
    /// The entities that phrases mean.
    pub entities: Vec<Known>,
    /// The trigger senses that words and phrases mean.
    pub senses: Vec<Sense>,
    /// Words that single rules ask for by their form.
    pub particles: particles::Particles,
    by_id: HashMap<String, u32>,
    /// Skeleton of a short name → its person; none where several share it.
    variants: HashMap<String, Option<(u32, String)>>,
    number: Number,
    /// State or body, folded title → since when and who.
    offices: HashMap<(u32, String), Vec<Holder>>,
    /// Last name → who ever held an office, worked out when first asked for.
    officers: OnceLock<officers::Officers>,
}

/// A number that no other lexicon of this process has.
#[derive(Debug)]
struct Number(u64);

impl Default for Number {
    fn default() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// Who held an office.
#[derive(Clone, Debug)]
pub struct Holder {
    /// The month from which he held it (`1993-01`), to the next holder's.
    pub from: String,
    /// The person, where the lexicon knows him.
    pub person: Option<u32>,
}

/// A fault in a lexicon file.
#[derive(Debug, thiserror::Error)]
#[error("{file}{}: {reason}", line.map(|l| format!(":{l}")).unwrap_or_default())]
pub struct LexiconError {
    /// The file.
    pub file: String,
    /// Its line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub reason: String,
}

impl Lexicon {
    /// The lexicon that comes with the program.
    ///
    /// # Panics
    /// Never in a program that passed its tests: the embedded files are read by one of them.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Lexicon> = LazyLock::new(|| {
            Lexicon::load(&[]).unwrap_or_else(|fault| panic!("the embedded lexicon is at fault: {fault}"))
        });
        &BUILTIN
    }

    /// The program's lexicon with the `*.toml` files of the user's folders added; an entity with the
    /// id of a known one replaces it.
    ///
    /// # Errors
    /// The first fault in a file, with its place.
    pub fn load(folders: &[PathBuf]) -> Result<Self, LexiconError> {
        let mut files: Vec<(String, File)> = Vec::new();
        let mut off = off::Switches::default();
        for (name, text) in embedded(&FILES) {
            files.push((name.clone(), parse(&name, text)?));
        }
        for folder in folders {
            for path in toml_files(folder)? {
                let name = path.display().to_string();
                let text = std::fs::read_to_string(&path).map_err(|e| LexiconError {
                    file: name.clone(),
                    line: None,
                    reason: e.to_string(),
                })?;
                let file: File = parse(&name, &text)?;
                off.take(&name, &text, &file);
                files.push((name, file));
            }
        }
        let mut lexicon = Self { by_id: HashMap::new(), ..Self::default() };
        lexicon.add_grammar()?;
        for (name, file) in &files {
            lexicon.add_countries(&file.country);
            lexicon.add_triggers(name, file)?;
        }
        for (_, file) in &files {
            for (kind, list) in source::NAMED_KINDS.into_iter().zip([
                &file.person,
                &file.organization,
                &file.place,
                &file.group,
            ]) {
                for named in list {
                    lexicon.add_named(named, kind);
                }
            }
        }
        lexicon.add_offices()?;
        off.apply(&mut lexicon)?;
        lexicon.vocabulary.settle();
        Ok(lexicon)
    }

    /// The number of this lexicon, which no other one of this process has.
    pub const fn number(&self) -> u64 {
        self.number.0
    }

    /// The entity of an id.
    pub fn entity(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// The person whose short name is spelled like this in another transliteration: consonants alike,
    /// long vowels free; with that short name, folded.
    pub fn variant(&self, folded: &str) -> Option<(u32, &str)> {
        let (person, name) = self.variants.get(&skeleton(folded)?)?.as_ref()?;
        Some((*person, name))
    }

    /// Who held an office of a state or body, in the order of time. The title is folded, without
    /// articles.
    pub fn holders(&self, of: u32, title: &str) -> &[Holder] {
        self.offices.get(&(of, title.to_owned())).map_or(&[], Vec::as_slice)
    }

    fn add_triggers(&mut self, name: &str, file: &File) -> Result<(), LexiconError> {
        for verb in &file.verb {
            triggers::add_verb(verb, &mut self.senses, &mut self.vocabulary).map_err(|reason| {
                LexiconError {
                    file: name.to_owned(),
                    line: None,
                    reason: format!("{}: {reason}", verb.radicals()),
                }
            })?;
        }
        for noun in &file.noun {
            triggers::add_noun(noun, &mut self.senses, &mut self.vocabulary);
        }
        for phrase in &file.phrase {
            triggers::add_phrase(phrase, &mut self.senses, &mut self.phrases, &mut self.vocabulary);
        }
        for word in &file.word {
            for form in conjugator::inflect_noun(word, &[], conjugator::Kind::Noun) {
                self.vocabulary.classify(&form.surface, Classes::HOMOGRAPH);
            }
        }
        self.classify_verbs(name, &file.light, Classes::LIGHT, false)
    }

    fn add_countries(&mut self, countries: &[Country]) {
        for country in countries {
            let id = country.id.clone().unwrap_or_else(|| slug(&country.en));
            let index = self.add_entity(
                Entity {
                    id: id.clone(),
                    name: country.name.clone(),
                    name_en: country.en.clone(),
                    kind: EntityKind::Country,
                    country: Some(id.clone()),
                },
                None,
                country.needs_cue,
            );
            for name in std::iter::once(&country.name).chain(&country.aliases).chain([&country.en]) {
                self.phrases.add(name, Meaning::Entity(index), &mut self.vocabulary);
            }
            for name in &country.short_aliases {
                self.phrases.add(name, Meaning::EntityAgain(index), &mut self.vocabulary);
            }
            self.add_nisba(index, country.nisba.as_deref(), &country.nisba_forms);
            for form in country.nisba_again.iter().flat_map(|base| nisba::forms(base)) {
                let id = self.vocabulary.intern(&form);
                self.vocabulary.word_mut(id).nisba_again.get_or_insert(index);
            }
            let seats = country.capital.iter().map(|c| &c.name).chain(&country.seats);
            for name in std::iter::once(&country.name).chain(&country.aliases).chain(seats) {
                let folded = fold_phrase(name);
                if !folded.contains(' ') && !country.needs_cue {
                    let id = self.vocabulary.intern(&folded);
                    self.vocabulary.word_mut(id).country.get_or_insert(index);
                }
            }
            if let Some(capital) = &country.capital {
                let capital_index = self.add_place(capital, &id, Some(index));
                for name in std::iter::once(&capital.name).chain(&capital.aliases).chain([&capital.en]) {
                    self.phrases.add(name, Meaning::Entity(capital_index), &mut self.vocabulary);
                }
            }
            for seat in &country.seats {
                let named = Entity {
                    id: slug(seat),
                    name: seat.clone(),
                    name_en: String::new(),
                    kind: EntityKind::Place,
                    country: Some(id.clone()),
                };
                let seat_index = self.add_entity(named, Some(index), false);
                self.phrases.add(seat, Meaning::Entity(seat_index), &mut self.vocabulary);
            }
        }
    }

    fn add_place(&mut self, named: &Named, country: &str, stands_for: Option<u32>) -> u32 {
        let entity = Entity {
            id: named
                .id
                .clone()
                .unwrap_or_else(|| slug(if named.en.is_empty() { &named.name } else { &named.en })),
            name: named.name.clone(),
            name_en: named.en.clone(),
            kind: EntityKind::Place,
            country: Some(country.to_owned()),
        };
        self.add_entity(entity, stands_for, named.needs_cue)
    }

    fn add_named(&mut self, named: &Named, kind: EntityKind) {
        let id = named
            .id
            .clone()
            .unwrap_or_else(|| slug(if named.en.is_empty() { &named.name } else { &named.en }));
        let entity = Entity {
            id,
            name: named.name.clone(),
            name_en: named.en.clone(),
            kind,
            country: named.country.clone(),
        };
        let index = self.add_entity(entity, None, named.needs_cue);
        for name in std::iter::once(&named.name).chain(&named.aliases).chain(&named.short).chain([&named.en])
        {
            self.phrases.add(name, Meaning::Entity(index), &mut self.vocabulary);
        }
        for short in named.short.iter().filter(|s| !s.contains(' ')) {
            let folded = fold_phrase(short);
            if let Some(skeleton) = skeleton(&folded) {
                let entry = self.variants.entry(skeleton).or_insert(Some((index, folded)));
                if entry.as_ref().is_none_or(|(first, _)| *first != index) {
                    *entry = None;
                }
            }
        }
        for name in &named.short_aliases {
            self.phrases.add(name, Meaning::EntityAgain(index), &mut self.vocabulary);
        }
        self.add_nisba(index, named.nisba.as_deref(), &named.nisba_forms);
    }

    fn add_nisba(&mut self, index: u32, nisba: Option<&str>, irregular: &[String]) {
        for base in nisba.into_iter().chain(irregular.iter().map(String::as_str)) {
            for form in nisba::forms(base) {
                let id = self.vocabulary.intern(&form);
                self.vocabulary.word_mut(id).nisba.get_or_insert(index);
            }
            // `مقترحا مصريا`; where a state is called so (`روسيا`) it is the state.
            if let Some(form) = nisba::accusative(base).filter(|form| self.vocabulary.id(form).is_none()) {
                let id = self.vocabulary.intern(&form);
                self.vocabulary.word_mut(id).nisba = Some(index);
            }
        }
    }

    /// Adds an entity or, where its id is known, replaces its names but keeps its index.
    fn add_entity(&mut self, entity: Entity, stands_for: Option<u32>, needs_cue: bool) -> u32 {
        let index = *self.by_id.entry(entity.id.clone()).or_insert(self.entities.len() as u32);
        let known = Known { entity, stands_for, needs_cue };
        match self.entities.get_mut(index as usize) {
            Some(place) => *place = known,
            None => self.entities.push(known),
        }
        index
    }
}

/// The consonants of a foreign name as Arabic may spell it: long vowels dropped, letters that stand
/// for one foreign sound made one. Names of fewer than four consonants have none, nor have those of fewer than
/// five letters: too many share it.
fn skeleton(folded: &str) -> Option<String> {
    folded.chars().nth(4)?;
    let mut out = String::new();
    for c in folded.chars() {
        let c = match c {
            'ا' | 'و' | 'ي' | 'ه' | 'ء' | 'ئ' | 'ؤ' => continue,
            'غ' | 'ج' | 'ق' | 'ك' | 'گ' => 'ك',
            'ط' | 'ت' | 'ث' => 'ت',
            'ص' | 'س' | 'ز' | 'ش' => 'س',
            'ڤ' | 'ف' => 'ف',
            'پ' | 'ب' => 'ب',
            'ض' | 'د' | 'ذ' | 'ظ' => 'د',
            c if matches!(c, '\u{621}'..='\u{64A}') || c.is_alphabetic() => c,
            _ => return None,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    (out.chars().count() >= 4).then_some(out)
}

/// The embedded files with entities and triggers, in the order of their names.
fn embedded<'d>(dir: &'d Dir<'d>) -> Vec<(String, &'d str)> {
    let mut out = Vec::new();
    for file in dir.files() {
        let name = file.path().display().to_string();
        if file.path().extension().is_some_and(|e| e == "toml")
            && !OTHERS.contains(&name.as_str())
            && let Some(text) = file.contents_utf8()
        {
            out.push((name, text));
        }
    }
    for sub in dir.dirs() {
        out.extend(embedded(sub));
    }
    out.sort();
    out
}

fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, LexiconError> {
    let fault = |e: std::io::Error| LexiconError {
        file: folder.display().to_string(),
        line: None,
        reason: e.to_string(),
    };
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}

fn parse<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, LexiconError> {
    toml::from_str(text).map_err(|e| LexiconError {
        file: file.to_owned(),
        line: e.span().map(|s| text[..s.start.min(text.len())].matches('\n').count() + 1),
        reason: e.message().to_owned(),
    })
}
