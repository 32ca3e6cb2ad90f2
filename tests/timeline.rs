//! The same happening in several documents: what is joined, what never is, and how much of what two
//! reports both tell is found to be one.

#![allow(clippy::unwrap_used, reason = "what a test cannot set up is a failed test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::Value;
use waqai::extract::extract;
use waqai::lexicon::Lexicon;
use waqai::model::{Document, EventType, Role, Status};
use waqai::review::read_gold;
use waqai::text::CodePoints;
use waqai::timeline::{Aspect, Happening, Party, Telling, happenings};

/// A happening that both reports tell: date, places of the words that carry it in code points.
struct Pair {
    date: String,
    at: [(u32, u32); 2],
}

/// The names of the two reports and what both tell.
fn pairs() -> ([String; 2], Vec<Pair>) {
    let text = include_str!("data/timeline-pairs.tsv");
    let mut rows =
        text.lines().filter(|row| !row.starts_with('#')).map(|row| row.split('\t').collect::<Vec<_>>());
    let names = rows.next().unwrap();
    let pair = |row: Vec<&str>| {
        let number = |at: usize| row[at].parse().unwrap();
        Pair { date: row[0].to_owned(), at: [(number(1), number(2)), (number(4), number(5))] }
    };
    ([names[0].to_owned(), names[1].to_owned()], rows.map(pair).collect())
}

fn shared(folder: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found =
        ["../shared", "../../shared"].map(|s| root.join(s).join(folder)).into_iter().find(|p| p.is_dir());
    if found.is_none() {
        eprintln!("not compared: ../shared/{folder} is absent");
    }
    found
}

/// No happening joins two dates, or two tellings of one document.
fn sound(found: &[Happening], tellings: &[Telling]) {
    for happening in found {
        let mut documents = BTreeSet::new();
        for &at in &happening.tellings {
            assert_eq!(tellings[at].date, happening.date);
            assert!(documents.insert(&tellings[at].document));
        }
    }
    let mut all: Vec<usize> = found.iter().flat_map(|h| h.tellings.clone()).collect();
    all.sort_unstable();
    assert_eq!(all, (0..tellings.len()).collect::<Vec<_>>(), "every telling is in one happening");
}

#[test]
fn what_two_reports_both_tell_is_one_happening() {
    let Some(folder) = shared("documents") else { return };
    let (names, pairs) = pairs();
    let mut tellings = Vec::new();
    let mut places = Vec::new();
    for name in &names {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let document =
            Document { id: name.clone(), blocks: waqai::corpus::blocks(&text), text, ..Document::default() };
        let found = extract(&document, Lexicon::builtin());
        let points = CodePoints::new(&document.text);
        for event in found.events.iter().filter(|e| e.status.counts()) {
            let trigger = points.span(event.trigger);
            places.push((trigger.start, trigger.end));
            tellings.push(Telling::of(&document, &found, event));
        }
    }
    let found = happenings(&tellings);
    sound(&found, &tellings);
    // The event whose trigger is nearest to the words, at most two words away, with the date of the pair.
    let event = |side: usize, pair: &Pair| {
        let (start, end) = pair.at[side];
        let away = |at: &usize| {
            let (from, to) = places[*at];
            from.saturating_sub(end).max(start.saturating_sub(to))
        };
        (0..tellings.len())
            .filter(|at| {
                tellings[*at].document == names[side] && tellings[*at].date.as_ref() == Some(&pair.date)
            })
            .filter(|at| away(at) <= 12)
            .min_by_key(away)
    };
    let (mut told, mut one) = (0, 0);
    for pair in &pairs {
        let (Some(a), Some(b)) = (event(0, pair), event(1, pair)) else { continue };
        told += 1;
        let joined = found.iter().any(|h| h.tellings.contains(&a) && h.tellings.contains(&b));
        one += usize::from(joined);
        if !joined {
            eprintln!("apart: {} {:?} / {:?}", pair.date, tellings[a].trigger, tellings[b].trigger);
        }
    }
    eprintln!("{} told by both, {told} found in both, {one} in one cluster", pairs.len());
    assert!(told >= 30, "{told} of {} are found in both: too few to measure", pairs.len());
    assert!(one * 10 >= told * 9, "{one} of {told} are in one cluster");
}

/// The same with the events as annotated by hand, so that nothing but the joining is measured.
#[test]
fn what_two_reports_both_tell_is_one_happening_with_events_found_by_hand() {
    let (Some(gold), Some(folder)) = (shared("gold"), shared("documents")) else { return };
    let (names, pairs) = pairs();
    let mut tellings = Vec::new();
    let mut places = Vec::new();
    for name in &names {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let path = gold.join(Path::new(name).with_extension("json"));
        let marked: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        for event in marked["events"].as_array().unwrap() {
            let number = |field: &str| event[field].as_u64().map(|n| n as u32);
            let (Some(start), Some(end)) = (number("start"), number("end")) else { continue };
            let cut = |from: u32, to: u32| -> String {
                text.chars().skip(from as usize).take((to - from) as usize).collect()
            };
            let party = |name: &Value| Party {
                id: name.as_str().unwrap().to_owned(),
                name: name.as_str().unwrap().to_owned(),
                country: None,
                person: false,
                role: Role::Participant,
            };
            let list = |field: &str| event[field].as_array().unwrap().iter().map(party).collect::<Vec<_>>();
            places.push((start, end));
            let words = cut(number("extent_start").unwrap_or(start), number("extent_end").unwrap_or(end));
            tellings.push(Telling {
                event: format!("{start}"),
                date: event["date"].as_str().map(str::to_owned),
                kind: EventType::parse(event["type"].as_str().unwrap()).unwrap(),
                actors: list("actors"),
                places: list("places"),
                trigger: cut(start, end),
                ..Telling::new(name, &words)
            });
        }
    }
    let found = happenings(&tellings);
    sound(&found, &tellings);
    let event = |side: usize, pair: &Pair| {
        (0..tellings.len())
            .find(|at| tellings[*at].document == names[side] && places[*at] == pair.at[side])
            .unwrap()
    };
    let one = pairs
        .iter()
        .filter(|pair| {
            let (a, b) = (event(0, pair), event(1, pair));
            let joined = found.iter().any(|h| h.tellings.contains(&a) && h.tellings.contains(&b));
            if !joined {
                eprintln!("apart: {} {:?} / {:?}", pair.date, tellings[a].trigger, tellings[b].trigger);
            }
            joined
        })
        .count();
    eprintln!("{one} of {} in one cluster", pairs.len());
    assert!(one * 10 >= pairs.len() * 9, "{one} of {} are in one cluster", pairs.len());
    // What is joined without being in the list would be two happenings in one.
    let wrong: Vec<&Happening> = found
        .iter()
        .filter(|h| h.tellings.len() > 1)
        .filter(|h| {
            !pairs.iter().any(|p| h.tellings.contains(&event(0, p)) && h.tellings.contains(&event(1, p)))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

fn told(document: &str, date: &str, kind: EventType, actors: &[(&str, Role)], words: &str) -> Telling {
    let party = |(id, role): &(&str, Role)| Party {
        id: (*id).to_owned(),
        name: (*id).to_owned(),
        country: matches!(*id, "lavrov" | "putin").then(|| "russia".to_owned()),
        person: false,
        role: *role,
    };
    Telling {
        date: (!date.is_empty()).then(|| date.to_owned()),
        kind,
        actors: actors.iter().map(party).collect(),
        ..Telling::new(document, words)
    }
}

/// How many happenings two tellings are.
fn count(a: &Telling, b: &Telling) -> usize {
    happenings(&[a.clone(), b.clone()]).len()
}

#[test]
fn what_speaks_against_one_happening() {
    use EventType as T;
    let (s, t) = (Role::Source, Role::Target);
    let words = "رفض لافروف اقتراح السلام في القرم";
    let one = told("a", "2022-04-07", T::Reject, &[("lavrov", s), ("ukraine", t)], words);
    let same = Telling { document: "b".into(), ..one.clone() };
    assert_eq!(count(&one, &same), 1);
    let other = |change: &dyn Fn(&mut Telling)| {
        let mut telling = same.clone();
        change(&mut telling);
        count(&one, &telling)
    };
    assert_eq!(other(&|x| x.document = "a".into()), 2, "a document tells a happening once");
    assert_eq!(other(&|x| x.date = Some("2022-04-08".into())), 2);
    assert_eq!(other(&|x| x.date = Some("2022-04".into())), 2, "a month is not a day of it");
    assert_eq!(other(&|x| x.actors.truncate(1)), 1, "one document may name fewer");
    assert_eq!(other(&|x| x.actors[0].id = "russia".into()), 1, "a minister and his country");
    assert_eq!(other(&|x| x.actors[1].id = "turkey".into()), 2, "done to others");
    assert_eq!(other(&|x| x.actors[0].id = "kuleba".into()), 2, "done by others");
    assert_eq!(
        other(&|x| {
            x.actors[0].role = t;
            x.actors[1].role = s;
        }),
        2,
        "turned round"
    );
    assert_eq!(other(&|x| x.kind = T::Agree), 2, "agreeing is no way to tell of rejecting");
    assert_eq!(other(&|x| x.kind = T::Accuse), 1, "another word for it, with the same actors");
    let party = |id: &str| Party {
        id: id.into(),
        name: id.into(),
        country: None,
        person: false,
        role: Role::Participant,
    };
    let mut here = one.clone();
    here.places = vec![party("moscow")];
    let mut there = same.clone();
    there.places = vec![party("geneva")];
    assert_eq!(count(&here, &there), 2, "another place");
    let undated = |document: &str| Telling { document: document.into(), date: None, ..one.clone() };
    assert_eq!(count(&undated("a"), &undated("b")), 2);
    let mut empty = same.clone();
    empty.actors.clear();
    assert_eq!(count(&one, &empty), 1, "the same words about nobody");
    let nobody = Telling { stems: Vec::new(), ..empty };
    assert_eq!(count(&one, &nobody), 2, "nothing in common but the day");
}

#[test]
fn a_chain_of_likenesses_joins_nothing_that_differs() {
    use EventType as T;
    let s = Role::Source;
    let words = "اجتمع الوفدان في العاصمة لبحث الهدنة";
    let meet =
        |document: &str, actors: &[(&str, Role)]| told(document, "2025-02-18", T::Consult, actors, words);
    let tellings = [
        meet("a", &[("russia", s), ("turkey", s)]),
        meet("b", &[("russia", s)]),
        meet("c", &[("russia", s), ("iran", s)]),
    ];
    let found = happenings(&tellings);
    assert_eq!(found.len(), 2, "{found:?}");
    sound(&found, &tellings);
}

#[test]
fn differences_are_named_with_who_says_what() {
    use EventType as T;
    let s = Role::Source;
    let words = "رفض لافروف اقتراح السلام";
    let mut a = told("a", "2022-04-07", T::Reject, &[("lavrov", s)], words);
    a.trigger = "رفض".into();
    let mut b = told("b", "2022-04-07", T::Reject, &[("russia", s)], words);
    b.trigger = "ترفض".into();
    b.status = Status::Planned;
    let found = happenings(&[a, b]);
    let aspects: Vec<Aspect> = found[0].differences.iter().map(|d| d.aspect).collect();
    assert_eq!(aspects, [Aspect::Status, Aspect::Actors, Aspect::Wording]);
    let said: BTreeMap<&str, &str> =
        found[0].differences[1].told.iter().map(|s| (s.document.as_str(), s.value.as_str())).collect();
    assert_eq!(said, BTreeMap::from([("a", "lavrov (source)"), ("b", "russia (source)")]));
    assert!(found[0].because[0].likeness.to_string().contains("lavrov = russia"));
}

#[test]
fn the_command_prints_one_happening_a_line() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("a.txt", "22 تموز/يوليو 2022: اتفقت روسيا وأوكرانيا على صفقة لتصدير الحبوب."),
        ("b.txt", "في 22 يوليو 2022 توصلت روسيا وأوكرانيا إلى اتفاق حول صفقة تصدير الحبوب."),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let output = assert_cmd::Command::cargo_bin("waqai")
        .unwrap()
        .current_dir(folder.path())
        .env("HOME", folder.path())
        .env_remove("XDG_CONFIG_HOME")
        .args(["timeline", "a.txt", "b.txt", "--sources", "2", "--format", "jsonl"])
        .output()
        .unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 1, "{text}");
    assert_eq!(lines[0]["date"], "2022-07-22");
    assert_eq!(lines[0]["type"], "AGREE");
    assert_eq!(lines[0]["actors"], serde_json::json!(["russia", "ukraine"]));
    let documents: Vec<&str> =
        lines[0]["events"].as_array().unwrap().iter().map(|e| e["document"].as_str().unwrap()).collect();
    assert_eq!(documents, ["a.txt", "b.txt"]);
    assert_eq!(lines[0]["differences"][0]["field"], "wording");
}

#[test]
fn gold_is_readable_as_it_is_used_here() {
    let Some(folder) = shared("gold") else { return };
    let (names, _) = pairs();
    let gold = read_gold(&folder).unwrap();
    assert!(names.iter().all(|name| gold.iter().any(|g| name.starts_with(g.name.trim_end_matches(".txt")))));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is told: every telling is in one happening, no happening joins two dates or two
    /// tellings of a document, and all of its tellings have an actor in common pairwise or none.
    #[test]
    fn no_happening_joins_what_differs(
        told in proptest::collection::vec((0usize..4, 0usize..3, 0usize..3, proptest::collection::vec((0usize..5, 0usize..3), 0..3)), 0..24),
    ) {
        const WORDS: [&str; 3] = ["اتفق الطرفان على هدنة في المدينة", "اتفق الوفدان على الهدنة", "قصف الجيش المدينة ليلا"];
        const DATES: [&str; 3] = ["2022-04-07", "2022-04-08", "2022"];
        const KINDS: [EventType; 3] = [EventType::Agree, EventType::Consult, EventType::Assault];
        const WHO: [&str; 5] = ["lavrov", "putin", "russia", "ukraine", "turkey"];
        const ROLES: [Role; 3] = [Role::Source, Role::Target, Role::Participant];
        let tellings: Vec<Telling> = told
            .iter()
            .map(|(document, date, what, actors)| {
                let actors: Vec<(&str, Role)> = actors.iter().map(|(who, role)| (WHO[*who], ROLES[*role])).collect();
                self::told(&document.to_string(), DATES[*date], KINDS[*what], &actors, WORDS[*what])
            })
            .collect();
        let found = happenings(&tellings);
        sound(&found, &tellings);
        for happening in &found {
            for &a in &happening.tellings {
                for &b in &happening.tellings {
                    let (x, y) = (&tellings[a].actors, &tellings[b].actors);
                    let lacks = |x: &[Party], y: &[Party]| {
                        x.iter().any(|p| !y.iter().any(|o| {
                            o.id == p.id || o.country.as_ref() == Some(&p.id) || p.country.as_ref() == Some(&o.id)
                        }))
                    };
                    prop_assert!(!(lacks(x, y) && lacks(y, x)), "{:?} {:?}", x, y);
                }
            }
        }
    }
}
