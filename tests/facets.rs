//! The counts of every facet are those of a plain filter over what `extract` prints.

#![allow(clippy::unwrap_used, reason = "what a test cannot set up is a failed test")]

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use chrono::{Datelike as _, NaiveDate, Weekday};
use proptest::prelude::*;
use serde_json::Value;
use waqai::corpus::{ReadOptions, discover, documents};
use waqai::extract::extract;
use waqai::formats::{Format, Layer, Output};
use waqai::lexicon::Lexicon;
use waqai::model::EventType;
use waqai::query::Query;
use waqai::store::{Facet, Filter, Index, Sort, SyncOptions};
use waqai::text::fold::fold_phrase;

/// The records of the demo corpus, all statuses, as `extract --all` prints them.
static RECORDS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let output = Output { layer: Layer::Events, format: Format::Jsonl, all: true };
    let mut out = Vec::new();
    for source in discover(&[]).0 {
        for document in documents(&source, &ReadOptions::default()) {
            let document = document.unwrap();
            output.document(&document, &extract(&document, Lexicon::builtin()), &mut out).unwrap();
        }
    }
    String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
});

thread_local! {
    static INDEX: Index = {
        let mut index = Index::in_memory().unwrap();
        let find = |document: &_| extract(document, Lexicon::builtin());
        let (sources, never) = (discover(&[]).0, AtomicBool::new(false));
        index.sync(&sources, &SyncOptions::default(), &find, &mut |_| (), &never).unwrap();
        index
    };
}

fn texts<'v>(record: &'v Value, list: &str, role: Option<&str>) -> Vec<&'v str> {
    let wanted = |one: &&Value| role.is_none_or(|role| one["role"] == role);
    record[list].as_array().unwrap().iter().filter(wanted).map(|one| one["id"].as_str().unwrap()).collect()
}

/// The value of the date, empty for none.
fn date(record: &Value) -> &str {
    record["date"]["value"].as_str().unwrap_or_default()
}

fn year(record: &Value) -> &str {
    let value = date(record);
    let ends = !value.as_bytes().get(4).is_some_and(u8::is_ascii_digit);
    value.get(..4).filter(|year| ends && year.bytes().all(|b| b.is_ascii_digit())).unwrap_or_default()
}

/// The month in which all of the date lies, or the day.
fn within(record: &Value, length: usize) -> Option<String> {
    let value = date(record).split('T').next().unwrap();
    if let Some((year, week)) = value.split_once("-W") {
        let monday = NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, Weekday::Mon)?;
        let sunday = monday + chrono::Days::new(6);
        return (length == 7 && monday.month() == sunday.month()).then(|| monday.format("%Y-%m").to_string());
    }
    let month = value.get(5..7).is_some_and(|m| m.bytes().all(|b| b.is_ascii_digit()));
    (month && value.len() >= length).then(|| value[..length].to_owned())
}

fn tenth(record: &Value) -> usize {
    ((record["confidence"].as_f64().unwrap() * 100.0).round() as usize / 10).min(9)
}

/// The values of a record, as rows of a facet call them.
fn values(record: &Value, facet: Facet) -> Vec<String> {
    let one = |name: &str| vec![record[name].as_str().unwrap().to_owned()];
    match facet {
        Facet::Actor => texts(record, "actors", None).into_iter().map(str::to_owned).collect(),
        Facet::Place => texts(record, "places", None).into_iter().map(str::to_owned).collect(),
        Facet::Year => {
            vec![if year(record).is_empty() { "none".to_owned() } else { year(record).to_owned() }]
        }
        Facet::Month => within(record, 7).into_iter().collect(),
        Facet::Day => within(record, 10).into_iter().collect(),
        Facet::Type => one("type"),
        Facet::Status => one("status"),
        Facet::Document => one("document"),
        Facet::Verdict => vec!["none".to_owned()],
        Facet::Confidence => vec![tenth(record).to_string()],
    }
}

/// A term as the query language writes it and as a plain filter.
#[derive(Clone, Debug)]
enum Plain {
    Actor(Option<&'static str>, Vec<String>),
    Place(Vec<String>),
    Years(u16, u16),
    Month(String),
    Types(Vec<String>),
    Status(String),
    Document(String),
    Confidence(u8),
    Text(String),
}

impl Plain {
    fn written(&self) -> String {
        match self {
            Self::Actor(role, ids) => format!("{}:{}", role.unwrap_or("actor"), ids.join(",")),
            Self::Place(ids) => format!("place:{}", ids.join(",")),
            Self::Years(from, to) => format!("year:{from}..{to}"),
            Self::Month(month) => format!("date:{month}"),
            Self::Types(types) => format!("type:{}", types.join(",")),
            Self::Status(status) => format!("status:{status}"),
            Self::Document(id) => format!("document:\"{id}\""),
            Self::Confidence(hundredths) => format!("confidence:>=0.{hundredths:02}"),
            Self::Text(words) => format!("\"{words}\""),
        }
    }

    fn holds(&self, record: &Value) -> bool {
        let any = |ids: &[String], have: &[&str]| ids.iter().any(|id| have.contains(&id.as_str()));
        match self {
            Self::Actor(role, ids) => any(ids, &texts(record, "actors", *role)),
            Self::Place(ids) => any(ids, &texts(record, "places", None)),
            Self::Years(from, to) => {
                let value = date(record);
                let round = (2..=3).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit());
                if let Ok(year) = year(record).parse::<u16>() {
                    (*from..=*to).contains(&year)
                } else if round {
                    // A decade or a century lies in the years that it covers.
                    let width = 10_u16.pow(4 - value.len() as u32);
                    let first = value.parse::<u16>().unwrap() * width;
                    *from <= first && first + width - 1 <= *to
                } else {
                    false
                }
            }
            Self::Month(month) => within(record, 7).as_ref() == Some(month),
            Self::Types(types) => types.iter().any(|kind| record["type"] == kind.as_str()),
            Self::Status(status) => record["status"] == status.as_str(),
            Self::Document(id) => record["document"] == id.as_str(),
            Self::Confidence(hundredths) => {
                (record["confidence"].as_f64().unwrap() * 100.0).round() as u8 >= *hundredths
            }
            Self::Text(words) => {
                fold_phrase(record["extent"]["text"].as_str().unwrap()).contains(&fold_phrase(words))
            }
        }
    }
}

/// All values that the corpus has of a facet.
fn known(facet: Facet) -> Vec<String> {
    let mut all: Vec<String> = RECORDS.iter().flat_map(|record| values(record, facet)).collect();
    all.sort();
    all.dedup();
    all
}

fn some(facet: Facet, most: usize) -> impl Strategy<Value = Vec<String>> {
    proptest::sample::subsequence(known(facet), 1..=most)
}

fn one(facet: Facet) -> impl Strategy<Value = String> {
    proptest::sample::select(known(facet))
}

fn term() -> impl Strategy<Value = (bool, Plain)> {
    let role = proptest::sample::select(vec![None, Some("source"), Some("target")]);
    let words: Vec<String> = RECORDS
        .iter()
        .filter_map(|record| record["extent"]["text"].as_str()?.split_whitespace().nth(1).map(str::to_owned))
        .filter(|word| !word.contains(['"', '\\']) && !fold_phrase(word).is_empty())
        .collect();
    let plain = prop_oneof![
        3 => (role, some(Facet::Actor, 4)).prop_map(|(role, ids)| Plain::Actor(role, ids)),
        1 => some(Facet::Place, 3).prop_map(Plain::Place),
        2 => (1970_u16..2026, 0_u16..20).prop_map(|(from, more)| Plain::Years(from, from + more)),
        1 => one(Facet::Month).prop_map(Plain::Month),
        2 => proptest::sample::subsequence(EventType::ALL.map(|t| t.name().to_owned()).to_vec(), 1..8)
            .prop_map(Plain::Types),
        1 => one(Facet::Status).prop_map(Plain::Status),
        1 => one(Facet::Document).prop_map(Plain::Document),
        1 => (50_u8..100).prop_map(Plain::Confidence),
        1 => proptest::sample::select(words).prop_map(Plain::Text),
    ];
    (any::<bool>(), plain)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn counts_are_those_of_a_plain_filter(terms in proptest::collection::vec(term(), 0..4)) {
        let written: Vec<String> = terms
            .iter()
            .map(|(negated, plain)| format!("{}{}", if *negated { "!" } else { "" }, plain.written()))
            .collect();
        let written = written.join(" ");
        let query = Query::parse(&written).unwrap();
        let says_status = terms.iter().any(|(_, plain)| matches!(plain, Plain::Status(_)));
        let passing = |any_status: bool| RECORDS.iter().filter(move |record| {
            let counts = record["status"] == "occurred" || record["status"] == "planned";
            any_status || says_status || counts
        }).filter(|record| terms.iter().all(|(negated, plain)| plain.holds(record) != *negated));
        INDEX.with(|index| {
            let filter = Filter::from(query);
            for facet in Facet::ALL {
                let mut expected: BTreeMap<String, u32> = BTreeMap::new();
                for record in passing(facet == Facet::Status) {
                    for value in values(record, facet) {
                        *expected.entry(value).or_default() += 1;
                    }
                }
                let found: BTreeMap<String, u32> = index
                    .facet(facet, &filter)
                    .unwrap()
                    .into_iter()
                    .map(|row| {
                        let value = match (facet, row.value) {
                            (Facet::Confidence, waqai::query::Value::Hundredths(from, _)) => (from / 10).to_string(),
                            (_, waqai::query::Value::Words(words)) => words,
                            (_, value) => value.to_string(),
                        };
                        (value, row.count)
                    })
                    .collect();
                prop_assert_eq!(&found, &expected, "{:?} with {}", facet, &written);
            }
            let mut wanted: Vec<&str> = passing(false).map(|record| record["id"].as_str().unwrap()).collect();
            for sort in [Sort::Date, Sort::Document, Sort::Confidence, Sort::Type] {
                let rows = index.rows(&index.event_keys(&filter, sort).unwrap()).unwrap();
                let mut ids: Vec<&str> = rows.iter().map(|row| row.event_id.as_str()).collect();
                if sort == Sort::Document {
                    prop_assert_eq!(&ids, &wanted, "in the order of the texts");
                }
                ids.sort_unstable();
                let mut sorted = wanted.clone();
                sorted.sort_unstable();
                prop_assert_eq!(&ids, &sorted, "{:?} with {}", sort, &written);
            }
            wanted.clear();
            Ok(())
        })?;
    }
}
