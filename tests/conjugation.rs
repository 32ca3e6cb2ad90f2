//! The conjugator against a recorded table of an independent one and against news forms; the
//! trigger lexicon against the conjugator.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde::Deserialize;
use waqai::lexicon::conjugator::{Kind, Root, Verb, Vowel, inflect, inflect_noun};

fn vowel(text: &str) -> Option<Vowel> {
    match text {
        "a" => Some(Vowel::A),
        "i" => Some(Vowel::I),
        "u" => Some(Vowel::U),
        _ => None,
    }
}

fn verb(root: &str, form: u8, vowels: &str) -> Verb {
    let (vowels, strong) = vowels.split_at(vowels.find('s').unwrap_or(vowels.len()));
    let mut vowels = vowels.chars().map(|v| vowel(&v.to_string()));
    let root = root.parse().unwrap();
    let (vowel, past) = (vowels.next().flatten(), vowels.next().flatten());
    Verb { root, form, vowel, past, strong: strong == "s" }
}

/// Written forms as they stand in news, clitics taken off: root, form, vowels, kind, forms.
#[test]
fn news_forms() {
    let table = [
        ("د ع و", 1, "u", Kind::Imperfect, "يدعو تدعو يدع يدعون يدعوان ندعو أدعو"),
        ("د ع و", 1, "u", Kind::Perfect, "دعا دعت دعوا دعونا دعتا"),
        ("د ع و", 1, "u", Kind::ImperfectPassive, "يدعى تدعى يدعون"),
        ("د ع و", 1, "u", Kind::ActiveParticiple, "داع داعي داعيا داعية داعين داعون"),
        ("ل ق ي", 8, "", Kind::Perfect, "التقى التقت التقيا التقوا التقينا"),
        ("ل ق ي", 1, "ai", Kind::Perfect, "لقي لقيت لقوا"),
        ("ق ت ل", 1, "u", Kind::PerfectPassive, "قتل قتلت قتلوا قتلا"),
        ("ق و ل", 1, "u", Kind::ImperfectPassive, "يقال"),
        ("ق و ل", 10, "", Kind::Masdar, "استقالة استقالات استقالت"),
        ("و ق ف", 4, "", Kind::Imperfect, "يوقف توقف يوقفون"),
        ("و ق ف", 4, "", Kind::Masdar, "إيقاف"),
        ("ء ن ف", 10, "", Kind::Perfect, "استأنف استأنفت استأنفوا"),
        ("ء ن ف", 10, "", Kind::Masdar, "استئناف"),
        ("ء ل ف", 8, "", Kind::Perfect, "ائتلف"),
        ("ص د م", 8, "", Kind::Masdar, "اصطدام"),
        ("د ع و", 8, "", Kind::Perfect, "ادعى"),
        ("ط ل ع", 8, "", Kind::Perfect, "اطلع"),
        ("و ف ق", 8, "", Kind::Masdar, "اتفاق اتفاقات"),
        ("ح ل ل", 8, "", Kind::Perfect, "احتل احتلت احتلوا احتللنا"),
        ("ب د ء", 1, "a", Kind::Perfect, "بدأ بدأت بدأوا بدؤوا بدآ"),
        ("ن ش ء", 4, "", Kind::Masdar, "إنشاء إنشاؤ إنشائ"),
        ("ه ن ء", 2, "", Kind::Masdar, "تهنئة تهنئت"),
        ("ج ي ء", 1, "i", Kind::Perfect, "جاء جاءت جاؤوا جاءوا جئنا"),
        ("ق ر ء", 1, "a", Kind::PassiveParticiple, "مقروء مقروءة مقروءين"),
        ("و ض ع", 1, "a", Kind::Imperfect, "يضع تضع يضعون"),
        ("س ي ر", 1, "i", Kind::Imperfect, "يسير يسر"),
        ("ك و ن", 1, "u", Kind::Imperfect, "يكون يكن يكونوا"),
        ("س ي ط ر", 11, "", Kind::Masdar, "سيطرة سيطرت"),
        ("د ه و ر", 12, "", Kind::Imperfect, "يتدهور"),
        ("ح د ي", 5, "", Kind::Masdar, "تحد تحدي تحديا تحديات"),
        ("ء خ ذ", 1, "u", Kind::Imperfect, "يأخذ آخذ نأخذ"),
        ("ء م ر", 1, "u", Kind::PassiveParticiple, "مأمور"),
        ("س ء ل", 3, "", Kind::Masdar, "مساءلة"),
        ("ر ض ي", 1, "ai", Kind::Imperfect, "يرضى يرض يرضون"),
        ("ق و د", 7, "", Kind::Masdar, "انقياد"),
        ("ع ط ي", 4, "", Kind::Masdar, "إعطاء"),
    ];
    for (root, form, vowels, kind, forms) in table {
        let known: HashSet<String> = inflect(&verb(root, form, vowels))
            .into_iter()
            .filter(|f| f.kind == kind)
            .map(|f| f.surface)
            .collect();
        for form_wanted in forms.split(' ') {
            assert!(known.contains(form_wanted), "{root} {form} {kind:?}: {form_wanted} not in {known:?}");
        }
    }
}

#[test]
fn before_a_suffix_the_spelling_changes() {
    let spelled = |forms: Vec<waqai::lexicon::conjugator::Inflected>, surface: &str| {
        forms.iter().find(|f| f.surface == surface).map(|f| (f.free, f.before_suffix))
    };
    assert_eq!(spelled(inflect(&verb("ش ر ي", 8, "")), "اشترى"), Some((true, false)));
    assert_eq!(spelled(inflect(&verb("ش ر ي", 8, "")), "اشترا"), Some((false, true)));
    assert_eq!(spelled(inflect(&verb("ق ت ل", 1, "u")), "قتلوا"), Some((true, false)));
    assert_eq!(spelled(inflect(&verb("ق ت ل", 1, "u")), "قتلو"), Some((false, true)));
    assert_eq!(spelled(inflect(&verb("د ع و", 1, "u")), "دعا"), Some((true, true)));
    assert_eq!(spelled(inflect_noun("زيارة", &["زيارات"], Kind::Noun), "زيارت"), Some((false, true)));
    assert_eq!(spelled(inflect_noun("زيارة", &["زيارات"], Kind::Noun), "زيارتين"), Some((true, false)));
    assert_eq!(spelled(inflect_noun("لقاء", &[], Kind::Masdar), "لقائ"), Some((false, true)));
    assert_eq!(spelled(inflect_noun("هجوم", &[], Kind::Noun), "هجوما"), Some((true, true)));
}

/// A hamza in whatever seat.
fn unseated(surface: &str) -> String {
    surface.replace(['أ', 'ؤ', 'ئ'], "ء").replace("ءا", "آ")
}

/// Where the recorded table is wrong or takes another of two ways.
fn oracle_errs(root: &str, form: u8, kind: Kind) -> bool {
    match (root, form, kind) {
        // The passive of تَوَ… in forms V and VI keeps both و (تُوُعِّد, تُووصِل); the table has lost one.
        (root, 5 | 6, Kind::PerfectPassive) => root.starts_with('و'),
        // أرى has lost the hamza of its root; the table conjugates أرأى.
        ("ر ء ي", 4, _) => true,
        // جئت and جؤت, passive, are both right; the table has the second.
        ("ج ي ء" | "ش ي ء", 1, Kind::PerfectPassive) => true,
        _ => false,
    }
}

#[test]
fn finite_forms_agree_with_an_independent_conjugator() {
    let table = include_str!("data/conjugation.tsv");
    let mut verbs: Vec<((&str, u8, &str), Vec<(Kind, HashSet<&str>)>)> = Vec::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let key = (cells[0], cells[1].parse().unwrap(), cells[2]);
        let kind = match cells[3] {
            "perfect" => Kind::Perfect,
            "perfect_passive" => Kind::PerfectPassive,
            tense if tense.ends_with("passive") => Kind::ImperfectPassive,
            _ => Kind::Imperfect,
        };
        if verbs.last().is_none_or(|(last, _)| *last != key) {
            verbs.push((key, Vec::new()));
        }
        let kinds = &mut verbs.last_mut().unwrap().1;
        if !kinds.iter().any(|(k, _)| *k == kind) {
            kinds.push((kind, HashSet::new()));
        }
        let set = &mut kinds.iter_mut().find(|(k, _)| *k == kind).unwrap().1;
        set.extend(cells[4..].iter().filter(|c| !c.is_empty()));
    }
    let mut compared = 0;
    let mut odd = Vec::new();
    for ((root, form, vowels), kinds) in &verbs {
        let ours = inflect(&verb(root, *form, vowels));
        for (kind, theirs) in kinds {
            if oracle_errs(root, *form, *kind) {
                continue;
            }
            let ours: HashSet<&str> =
                ours.iter().filter(|f| f.kind == *kind && f.free).map(|f| f.surface.as_str()).collect();
            compared += theirs.len();
            // In both directions, but for the seats that the press knows beside the classical one.
            let mut missing: Vec<&str> = theirs.difference(&ours).copied().collect();
            let seats: HashSet<String> = theirs.iter().map(|s| unseated(s)).collect();
            let mut extra: Vec<&str> =
                ours.difference(theirs).filter(|s| !seats.contains(&unseated(s))).copied().collect();
            missing.sort_unstable();
            extra.sort_unstable();
            if !(missing.is_empty() && extra.is_empty()) {
                odd.push(format!(
                    "{root} {form} {kind:?}: missing {} extra {}",
                    missing.join(" "),
                    extra.join(" ")
                ));
            }
        }
    }
    assert!(verbs.len() >= 200 && compared > 9000, "{} verbs, {compared} forms", verbs.len());
    assert!(odd.is_empty(), "{}\n{}", odd.len(), odd.join("\n"));
}

#[test]
fn persons_and_moods_are_told() {
    let reading = |root, form, vowels, surface: &str, kind| {
        let form =
            inflect(&verb(root, form, vowels)).into_iter().find(|f| f.surface == surface && f.kind == kind);
        let form = form.expect(surface);
        let agreement = form.agreement.expect(surface);
        (agreement.person, agreement.number, agreement.gender, form.mood)
    };
    use waqai::lexicon::conjugator::{Gender::*, Mood::*, Number::*};
    assert_eq!(reading("د ع و", 1, "u", "دعت", Kind::Perfect), (Some(3), Singular, Some(Feminine), None));
    assert_eq!(
        reading("د ع و", 1, "u", "يدع", Kind::Imperfect),
        (Some(3), Singular, Some(Masculine), Some(Jussive))
    );
    assert_eq!(
        reading("ك و ن", 1, "u", "يكونوا", Kind::Imperfect),
        (Some(3), Plural, Some(Masculine), Some(Subjunctive))
    );
    assert_eq!(reading("ط ل ب", 3, "", "نطالب", Kind::Imperfect), (Some(1), Plural, None, None));
    assert_eq!(
        reading("ط ل ب", 3, "", "مطالبين", Kind::ActiveParticiple),
        (None, Plural, Some(Masculine), None)
    );
    assert_eq!(reading("ل ق ي", 8, "", "التقيا", Kind::Perfect), (Some(3), Dual, Some(Masculine), None));
}

#[test]
fn a_form_takes_its_number_of_radicals_only() {
    assert!(inflect(&verb("س ي ط ر", 2, "")).is_empty());
    assert!(inflect(&verb("ك ت ب", 11, "")).is_empty());
    for bad in ["كتب", "ك ت", "أ ك ل", "k t b", "ك ت ب ب ب"] {
        assert!(bad.parse::<waqai::lexicon::conjugator::Root>().is_err(), "{bad}");
    }
}

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
    #[serde(default)]
    subject: Vec<String>,
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
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|e| e == "toml") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let sheet = toml::from_str(&std::fs::read_to_string(&path).unwrap());
            out.push((name.clone(), sheet.unwrap_or_else(|e| panic!("{name}: {e}"))));
        }
    }
    out
}

#[test]
fn every_trigger_is_sound() {
    let mut faults = Vec::new();
    for (file, sheet) in sheets() {
        let light = sheet.light.iter().map(|e| (e, "light"));
        let verbs = sheet.verb.iter().map(|e| (e, "verb"));
        let nouns = sheet.noun.iter().map(|e| (e, "noun"));
        let phrases = sheet.phrase.iter().map(|e| (e, "phrase"));
        for (entry, array) in verbs.chain(nouns).chain(phrases).chain(light) {
            let mut fault = |what: &str| faults.push(format!("{file}: {what}: {entry:?}"));
            match (array, entry.kind.as_deref()) {
                ("light", None) => {}
                ("phrase", Some("NONE")) => {}
                (_, Some(kind)) if waqai::model::EventType::parse(kind).is_some() => {}
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
            let actors = ["person", "armed", "crowd", "court", "state"];
            if !entry.subject.iter().all(|s| actors.contains(&s.as_str())) {
                fault("subject");
            }
            let given =
                entry.masdar.iter().flatten().chain(&entry.plural).chain(&entry.object).chain(&entry.after);
            let words: Vec<&String> = given.chain(&entry.lemma).chain(&entry.words).collect();
            let arabic = |c: char| c == ' ' || c.is_ascii_digit() || ('ء'..='ي').contains(&c);
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
            let conditions = format!("{:?} {:?} {:?}", entry.after, entry.object, entry.subject);
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
    for kind in waqai::model::EventType::ALL {
        assert!(lemmas.get(kind.name()).map_or(0, HashSet::len) >= 25, "{kind}");
    }
    let all: HashSet<&String> = lemmas.iter().filter(|(k, _)| *k != "NONE").flat_map(|(_, l)| l).collect();
    assert!(all.len() >= 650, "{}", all.len());
}
