//! The lexicon that comes with the program, its names beside an independent list, and the lexicon
//! that a user adds, through the real binary.

#![allow(clippy::unwrap_used, reason = "what a test cannot set up is a failed test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use waqai::lexicon::Lexicon;
use waqai::lexicon::source::{Country, File, slug};
use waqai::model::EntityKind;
use waqai::text::fold::fold_phrase;

/// The files with entities, by name.
fn files() -> BTreeMap<String, File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lexicon");
    let mut out = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let entities = ["countries", "groups", "organizations-", "people-", "places-"];
        if entities.iter().any(|start| name.starts_with(start)) {
            let text = fs::read_to_string(&path).unwrap();
            out.insert(name, toml::from_str(&text).unwrap());
        }
    }
    out
}

/// A country's names as matching sees them.
fn names(country: &Country) -> BTreeSet<String> {
    std::iter::once(&country.name).chain(&country.aliases).map(|name| fold_phrase(name)).collect()
}

#[test]
fn the_embedded_lexicon_is_whole() {
    let lexicon = Lexicon::builtin();
    let mut entries = 0;
    for file in files().values() {
        for (kind, list) in [
            (EntityKind::Person, &file.person),
            (EntityKind::Organization, &file.organization),
            (EntityKind::Place, &file.place),
            (EntityKind::Group, &file.group),
        ] {
            for named in list {
                let id = named
                    .id
                    .clone()
                    .unwrap_or_else(|| slug(if named.en.is_empty() { &named.name } else { &named.en }));
                let known = &lexicon.entities[lexicon.entity(&id).unwrap() as usize].entity;
                assert_eq!((&known.name, known.kind), (&named.name, kind), "{id}");
                entries += 1;
            }
        }
        for country in &file.country {
            let id = country.id.clone().unwrap_or_else(|| slug(&country.en));
            let known = &lexicon.entities[lexicon.entity(&id).unwrap() as usize].entity;
            assert_eq!((&known.name, known.kind), (&country.name, EntityKind::Country), "{id}");
            entries += 1;
        }
    }
    assert!(entries > 2000, "only {entries} entities");
    assert!(lexicon.senses.len() > 500, "only {} senses", lexicon.senses.len());
}

#[test]
fn no_two_entities_share_an_id() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut shared = Vec::new();
    for (file, entities) in files() {
        let mut claim = |id: Option<&String>, en: &str, name: &str| {
            let id = id.cloned().unwrap_or_else(|| slug(if en.is_empty() { name } else { en }));
            let owner = format!("{name} ({file})");
            if let Some(first) = seen.insert(id.clone(), owner.clone()) {
                shared.push(format!("{id}: {first}, {owner}"));
            }
        };
        for country in &entities.country {
            claim(country.id.as_ref(), &country.en, &country.name);
            if let Some(capital) = &country.capital {
                claim(capital.id.as_ref(), &capital.en, &capital.name);
            }
            for seat in &country.seats {
                claim(None, "", seat);
            }
        }
        for list in [&entities.person, &entities.organization, &entities.place, &entities.group] {
            for named in list {
                claim(named.id.as_ref(), &named.en, &named.name);
            }
        }
    }
    assert!(shared.is_empty(), "ids that two entities share:\n{}", shared.join("\n"));
}

/// All lists of words in a TOML value, each with the key that it stands under.
fn lists<'v>(key: &str, value: &'v toml::Value, out: &mut Vec<(String, Vec<&'v str>)>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                lists(key, value, out);
            }
        }
        toml::Value::Array(array) => {
            out.push((key.to_owned(), array.iter().filter_map(toml::Value::as_str).collect()));
            for value in array {
                lists(key, value, out);
            }
        }
        _ => {}
    }
}

/// The words that stand twice in `words` once they are folded.
fn twice<'w>(words: impl IntoIterator<Item = &'w str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    words.into_iter().map(fold_phrase).filter(|word| !seen.insert(word.clone())).collect()
}

#[test]
fn no_list_holds_a_word_twice() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let mut faults = Vec::new();
    let mut read = BTreeMap::new();
    for folder in ["lexicon", "lexicon/triggers", "corpus"] {
        for entry in fs::read_dir(assets.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                read.insert(name, fs::read_to_string(&path).unwrap().parse::<toml::Table>().unwrap());
            }
        }
    }
    for (name, table) in &read {
        let mut found = Vec::new();
        for (key, value) in table {
            lists(key, value, &mut found);
        }
        for (key, words) in found {
            faults.extend(twice(words).into_iter().map(|word| format!("{name}, {key}: {word}")));
        }
    }
    // Lists of which each says more of a word than the next.
    let of = |file: &str, path: &[&str]| -> Vec<&str> {
        let (last, tables) = path.split_last().unwrap();
        let table = tables.iter().fold(&read[file], |table, key| table[*key].as_table().unwrap());
        table[*last].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect()
    };
    for together in [
        [of("grammar.toml", &["common"]), of("common.toml", &["common"])],
        [of("common.toml", &["adjective"]), of("common.toml", &["common"])],
        [of("grammar.toml", &["pronoun_complementizer"]), of("grammar.toml", &["complementizer"])],
        [of("grammar.toml", &["pronoun_complementizer"]), of("grammar.toml", &["subordinator"])],
        [of("grammar.toml", &["complementizer"]), of("grammar.toml", &["subordinator"])],
        [of("grammar.toml", &["titles", "former"]), of("grammar.toml", &["titles", "inner"])],
        [of("grammar.toml", &["titles", "passing"]), of("grammar.toml", &["titles", "inner"])],
        [of("given.toml", &["given"]), of("given.toml", &["given_risky"])],
    ] {
        faults.extend(twice(together.concat()).into_iter().map(|word| format!("in two lists: {word}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn who_belongs_to_a_country_belongs_to_one_that_is_known() {
    let lexicon = Lexicon::builtin();
    let mut unknown = BTreeSet::new();
    for known in &lexicon.entities {
        let Some(country) = &known.entity.country else { continue };
        let kind = lexicon.entity(country).map(|i| lexicon.entities[i as usize].entity.kind);
        if kind != Some(EntityKind::Country) {
            unknown.insert(format!("{}: {country}", known.entity.id));
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn names_of_countries_are_those_of_the_cldr() {
    let table =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cldr-territories-ar.tsv"))
            .unwrap();
    let files = files();
    let ours: BTreeMap<&str, &Country> = files
        .values()
        .flat_map(|file| &file.country)
        .filter_map(|country| Some((country.iso.as_deref()?, country)))
        .collect();
    let mut recorded = BTreeSet::new();
    let mut faults = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (iso, theirs) = (columns.next().unwrap(), columns.next().unwrap());
        let excepted = columns.next().is_some();
        recorded.insert(iso);
        let agrees = ours.get(iso).is_some_and(|country| names(country).contains(&fold_phrase(theirs)));
        if agrees == excepted {
            let ours = ours.get(iso).map(|country| names(country));
            faults.push(format!("{iso} {theirs}: ours {ours:?}, an exception is recorded: {excepted}"));
        }
    }
    assert_eq!(recorded.len(), 250, "249 territories of ISO 3166-1 and Kosovo");
    faults.extend(ours.keys().filter(|iso| !recorded.contains(*iso)).map(|iso| format!("{iso} is no code")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The program in `dir`, with a home of its own.
fn waqai(dir: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waqai"));
    command.current_dir(dir).args(args).stdin(Stdio::null()).env_remove("WAQAI_LOG").env("HOME", dir);
    for (variable, folder) in
        [("XDG_CONFIG_HOME", ".config"), ("XDG_CACHE_HOME", ".cache"), ("XDG_DATA_HOME", ".local/share")]
    {
        command.env(variable, dir.join(folder));
    }
    command.output().unwrap()
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

#[test]
fn a_faulty_lexicon_is_told_in_one_line_with_its_place() {
    for (faulty, line, reason) in [
        ("person = [\n  { name = \"هدى\" \n  { name", 3, "expected"),
        ("[[person]]\nname = \"هدى\"\nheight = 3\n", 3, "unknown field `height`"),
        ("[[person]]\nen = \"Huda\"\n", 1, "missing field `name`"),
        ("[[noun]]\nlemma = \"تدشين\"\ntype = \"PARTY\"\n", 3, "`PARTY` is no event type"),
        ("[[verb]]\nroot = \"د ش\"\nform = 2\ntype = \"AID\"\n", 2, "three or four radicals"),
        ("[[verb]]\nroot = \"د ا ن\"\nform = 4\ntype = \"ACCUSE\"\n", 2, "'ا' is no radical"),
    ] {
        let dir = folder(&[("own/mine.toml", faulty)]);
        let output = waqai(dir.path(), &["extract", "--lexicon", "own"]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(told.lines().count(), 1, "{faulty}\n{told}");
        let place = format!("{}:{line}: ", Path::new("own").join("mine.toml").display());
        assert!(told.contains(&place) && told.contains(reason), "{faulty}\n{told}");
        assert!(!output.status.success() && output.stdout.is_empty(), "{faulty}");
    }
}

#[test]
fn a_lexicon_that_is_not_there_is_told() {
    let dir = folder(&[]);
    let output = waqai(dir.path(), &["extract", "--lexicon", "nowhere"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.lines().count() == 1 && told.contains("nowhere"), "{told}");
    assert!(!output.status.success());
}

/// A text of which the program's own lexicon knows neither the person nor the verb.
const TEXT: &str = "عمّان، 3 أيار/مايو 2021: شيطنت لمياء الصفوري خصومها في خطاب بمدينة إربد.\n";

/// The worked example of the README: a lexicon that knows both.
fn lexicon() -> String {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    assert!(readme.contains(TEXT.trim()), "the README tells of this very text");
    let (_, rest) = readme.split_once("```toml\n").unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

/// The events of `TEXT`: type, id of the actors, date.
fn events(dir: &Path, args: &[&str]) -> Vec<(String, Vec<String>, String)> {
    let output = waqai(dir, &[&["extract"], args, &["news.txt"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| {
            let event: Value = serde_json::from_str(line).unwrap();
            let actors = event["actors"].as_array().unwrap().iter().map(|actor| text(&actor["id"])).collect();
            (text(&event["type"]), actors, text(&event["date"]["value"]))
        })
        .collect()
}

#[test]
fn what_a_user_adds_is_found() {
    let expected = [("ACCUSE".to_owned(), vec!["lamia-al-saffouri".to_owned()], "2021-05-03".to_owned())];
    let lexicon = lexicon();
    let dir = folder(&[("news.txt", TEXT), ("own/mine.toml", &lexicon)]);
    assert_eq!(events(dir.path(), &[]), [], "known without the user's lexicon");
    assert_eq!(events(dir.path(), &["--lexicon", "own"]), expected);
    // The folder of the configuration needs no option.
    let dir = folder(&[("news.txt", TEXT), (".config/waqai/lexicon/mine.toml", &lexicon)]);
    assert_eq!(events(dir.path(), &[]), expected);
}

#[test]
fn what_a_user_switches_off_is_not_found() {
    let lexicon = lexicon();
    let off = |entry: &str| {
        let dir = folder(&[("news.txt", TEXT), ("own/mine.toml", &lexicon), ("own/off.toml", entry)]);
        events(dir.path(), &["--lexicon", "own"])
    };
    let whole = off("");
    assert_eq!(whole.len(), 1);
    assert_eq!(off("[[off]]\nlemma = \"شيطن\"\ntype = \"ACCUSE\"\n"), []);
    assert_eq!(off("off = [{ lemma = \"شيطن\" }]\n"), []);
    assert_eq!(off("[[off]]\nlemma = \"زار\"\n"), whole, "another word");
    let without = off("[[off]]\nid = \"lamia-al-saffouri\"\n");
    assert!(without.iter().all(|(_, actors, _)| !actors.contains(&"lamia-al-saffouri".to_owned())));
    for (faulty, line, reason) in [
        ("\n[[off]]\nlemma = \"شيطنج\"\n", 2, "`شيطنج` is no trigger"),
        ("off = [\n  { lemma = \"شيطن\", type = \"AID\" },\n]", 2, "`شيطن` is no trigger of AID"),
        ("[[off]]\nid = \"nobody-at-all\"\n", 1, "`nobody-at-all` is no id"),
        ("[[off]]\ntype = \"AID\"\n", 1, "`off` takes a `lemma`"),
        ("[[off]]\nword = \"x\"\n", 2, "unknown field `word`"),
    ] {
        let dir = folder(&[("own/mine.toml", &lexicon), ("own/off.toml", faulty)]);
        let output = waqai(dir.path(), &["extract", "--lexicon", "own"]);
        let told = String::from_utf8(output.stderr).unwrap();
        let place = format!("{}:{line}: ", Path::new("own").join("off.toml").display());
        assert!(told.lines().count() == 1 && told.contains(&place) && told.contains(reason), "{told}");
    }
}
