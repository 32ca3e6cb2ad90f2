//! The trigger lexicon: every line parses, names a word that exists, and says what no other line says.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde::Deserialize;
use waqai::lexicon::conjugator::{Kind, Root, Verb, Vowel, inflect};
use waqai::model::EventType;

/// One line of the trigger lexicon; all arrays share the shape, as far as it is checked here.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    root: Option<Root>,
    form: Option<u8>,
    vowel: Option<Vowel>,
    past: Option<Vowel>,
    #[serde(default)]
    strong: bool,
    lemma: Option<String>,
    words: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    masdar: Option<Vec<String>>,
    #[serde(default)]
    plural: Vec<String>,
    #[serde(default)]
    r#use: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    object: Vec<String>,
    weight: Option<f32>,
    noun_weight: Option<f32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Sheet {
    verb: Vec<Entry>,
    noun: Vec<Entry>,
    phrase: Vec<Entry>,
    light: Vec<Entry>,
    word: Vec<String>,
}

impl Entry {
    fn verb(&self) -> Verb {
        let (root, form) = (self.root.clone().expect("a root"), self.form.expect("a form"));
        Verb { root, form, vowel: self.vowel, past: self.past, strong: self.strong }
    }

    fn uses(&self, what: &str) -> bool {
        if self.r#use.is_empty() {
            matches!(what, "verb" | "masdar")
        } else {
            self.r#use.iter().any(|u| u == what)
        }
    }

    /// The singular masdars and the lemma of a noun.
    fn nouns(&self) -> Vec<String> {
        if let Some(lemma) = &self.lemma {
            return vec![lemma.clone()];
        }
        if self.root.is_none() || !self.uses("masdar") {
            return Vec::new();
        }
        self.masdar.clone().unwrap_or_else(|| {
            let forms = inflect(&self.verb()).into_iter();
            forms
                .filter(|f| f.kind == Kind::Masdar && f.agreement.is_none())
                .take(1)
                .map(|f| f.surface)
                .collect()
        })
    }
}

fn sheets() -> Vec<(String, Sheet)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lexicon/triggers");
    let mut out = Vec::new();
    for file in std::fs::read_dir(folder).expect("the trigger folder") {
        let path = file.expect("a file of it").path();
        if path.extension().is_some_and(|e| e == "toml") {
            let name = path.display().to_string();
            let sheet = toml::from_str(&std::fs::read_to_string(&path).expect("a readable sheet"));
            out.push((name.clone(), sheet.unwrap_or_else(|e| panic!("{name}: {e}"))));
        }
    }
    out
}

#[test]
fn every_trigger_is_sound() {
    let mut faults = Vec::new();
    let arabic = |c: char| c == ' ' || c.is_ascii_digit() || ('ء'..='ي').contains(&c);
    let sheets = sheets();
    assert!(sheets.len() >= 18, "{}", sheets.len());
    for (file, sheet) in sheets {
        for word in &sheet.word {
            if !word.chars().all(arabic) {
                faults.push(format!("{file}: {word}"));
            }
        }
        let light = sheet.light.iter().map(|e| (e, "light"));
        let verbs = sheet.verb.iter().map(|e| (e, "verb"));
        let nouns = sheet.noun.iter().map(|e| (e, "noun"));
        let phrases = sheet.phrase.iter().map(|e| (e, "phrase"));
        for (entry, array) in verbs.chain(nouns).chain(phrases).chain(light) {
            let mut fault = |what: &str| faults.push(format!("{file}: {what}: {entry:?}"));
            match (array, entry.kind.as_deref()) {
                ("light", None) | ("verb" | "noun" | "phrase", Some("NONE")) => {}
                (_, Some(kind)) if EventType::parse(kind).is_some() => {}
                _ => fault("type"),
            }
            let word = [entry.root.is_some(), entry.lemma.is_some(), entry.words.is_some()];
            match array {
                "verb" | "light" if word == [true, false, false] && entry.verb().is_possible() => {}
                "noun" if word == [false, true, false] => {}
                "phrase" if word == [false, false, true] => {}
                _ => fault("no such word"),
            }
            if entry.root.is_some() && entry.form == Some(1) && entry.vowel.is_none() {
                fault("form I without its vowel");
            }
            let weights = [entry.weight, entry.noun_weight];
            if weights.iter().flatten().any(|w| !(0.0..=1.0).contains(w)) {
                fault("weight");
            }
            if !entry.r#use.iter().all(|u| matches!(u.as_str(), "verb" | "masdar" | "active" | "passive")) {
                fault("use");
            }
            let given =
                entry.masdar.iter().flatten().chain(&entry.plural).chain(&entry.object).chain(&entry.after);
            let words: Vec<&String> = given.chain(&entry.lemma).chain(&entry.words).collect();
            if words.iter().any(|w| !w.chars().all(arabic) || w.trim() != w.as_str()) {
                fault("a word with marks or stray blanks");
            }
            for list in [&entry.object, &entry.after, &entry.plural] {
                if list.iter().collect::<HashSet<_>>().len() < list.len() {
                    fault("a word given twice");
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_sense_is_given_twice_and_every_type_has_words() {
    let mut senses: HashMap<String, String> = HashMap::new();
    let mut lemmas: HashMap<String, HashSet<String>> = HashMap::new();
    let mut faults = Vec::new();
    for (_, sheet) in sheets() {
        for entry in sheet.verb.iter().chain(&sheet.noun).chain(&sheet.phrase) {
            let conditions = format!("{:?} {:?}", entry.after, entry.object);
            let mut words = entry.nouns();
            words.extend(entry.words.clone());
            let word = entry.root.as_ref().map(|root| format!("{root} {}", entry.form.unwrap_or(0)));
            if word.is_some() && entry.uses("verb") {
                // The vowel tells two verbs of form I with the same radicals apart.
                words.extend(word.iter().map(|w| format!("{w} {:?}", entry.vowel)));
            }
            let lemma = word.or(entry.lemma.clone()).or(entry.words.clone()).unwrap();
            let kind = entry.kind.clone().unwrap();
            for word in words {
                if let Some(other) = senses.insert(format!("{word} {conditions}"), format!("{kind} {lemma}"))
                {
                    faults.push(format!("{word} {conditions}: {kind} {lemma} and {other}"));
                }
            }
            lemmas.entry(kind).or_default().insert(lemma);
        }
    }
    faults.sort();
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
    for kind in EventType::ALL {
        assert!(lemmas.get(kind.name()).map_or(0, HashSet::len) >= 25, "{kind}");
    }
    let all: HashSet<&String> = lemmas.iter().filter(|(k, _)| *k != "NONE").flat_map(|(_, l)| l).collect();
    assert!(all.len() >= 650, "{}", all.len());
}
