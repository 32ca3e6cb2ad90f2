//! Who is spoken of, by the table `tests/data/actors.tsv`: a sentence a line, with its actors.

use chrono::NaiveDate;
use waqai::corpus::blocks;
use waqai::extract::extract;
use waqai::lexicon::Lexicon;
use waqai::model::{Annotations, Document, Published, PublishedBasis};

/// The day on which all sentences of the table are published.
const PUBLISHED: (i32, u32, u32) = (2018, 6, 12);

fn read(text: &str) -> Annotations {
    let (year, month, day) = PUBLISHED;
    let date = NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar");
    let document = Document {
        id: "sentence".into(),
        published: Some(Published { date, basis: PublishedBasis::Given }),
        text: text.into(),
        blocks: blocks(text),
        ..Document::default()
    };
    extract(&document, Lexicon::builtin())
}

/// The mentions as the table writes them: the words that name one and, where it is another, the id of
/// its entity, which is the folded name with hyphens where the lexicon does not have it.
fn told(text: &str) -> Vec<(String, String)> {
    let found = read(text);
    found
        .actors
        .iter()
        .map(|m| (m.span.of(text).to_owned(), found.entities[m.entity as usize].id.clone()))
        .collect()
}

#[test]
fn the_table() {
    let mut faults = Vec::new();
    let mut lines = 0;
    for line in include_str!("data/actors.tsv").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (expected, text) = line.split_once('\t').expect("actors, a tab, a sentence");
        lines += 1;
        let found = told(text);
        let expected: Vec<(&str, Option<&str>)> = expected
            .split(" ; ")
            .filter(|e| !e.is_empty())
            .map(|e| e.split_once(" = ").map_or((e, None), |(words, id)| (words, Some(id))))
            .collect();
        let agree = found.len() == expected.len()
            && found
                .iter()
                .zip(&expected)
                .all(|((words, id), (theirs, their_id))| words == theirs && their_id.is_none_or(|t| t == id));
        if !agree {
            let found: Vec<String> = found.iter().map(|(words, id)| format!("{words} = {id}")).collect();
            faults.push(format!("{text}\n    told {expected:?}\n    found {}", found.join(" ; ")));
        }
    }
    assert!(lines > 55, "only {lines} lines");
    assert!(faults.is_empty(), "{} of {lines}:\n{}", faults.len(), faults.join("\n"));
}

/// The offices say who held them when, in the order of time.
#[test]
fn offices_stand_in_the_order_of_time() {
    let lexicon = Lexicon::builtin();
    for (of, title, month, person) in [
        ("france", "رئيس", "2012-06", "francois-hollande"),
        ("united-states", "وزير خارجيه", "2018-06", "mike-pompeo"),
        ("united-nations", "امين عام", "2001-09", "kofi-annan"),
        ("kuwait", "امير", "2021-01", "nawaf-al-ahmad-al-jaber-al-sabah"),
    ] {
        let holders = lexicon.holders(lexicon.entity(of).expect(of), title);
        let at = holders.partition_point(|h| *h.from <= *month);
        let holder = at.checked_sub(1).and_then(|n| holders[n].person).expect(person);
        assert_eq!(lexicon.entities[holder as usize].entity.id, person, "{of} {title}");
        assert!(holders.is_sorted_by(|a, b| a.from <= b.from), "{of} {title}");
    }
}
