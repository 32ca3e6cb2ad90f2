//! Events by the table `tests/data/events.tsv`: a sentence a line, with the types that it tells.

use chrono::NaiveDate;
use waqai::corpus::blocks;
use waqai::extract::extract;
use waqai::lexicon::Lexicon;
use waqai::model::{Annotations, Document, Event, EventType, Published, PublishedBasis};

/// The day on which all sentences of the table are published.
const PUBLISHED: (i32, u32, u32) = (2024, 6, 12);

fn read(text: &str) -> (Document, Annotations) {
    let (year, month, day) = PUBLISHED;
    let date = NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar");
    let document = Document {
        id: "sentence".into(),
        published: Some(Published { date, basis: PublishedBasis::Given }),
        text: text.into(),
        blocks: blocks(text),
        ..Document::default()
    };
    let annotations = extract(&document, Lexicon::builtin());
    (document, annotations)
}

fn types(annotations: &Annotations) -> Vec<EventType> {
    annotations.events.iter().filter(|e| e.status.counts()).map(|e| e.kind).collect()
}

#[test]
fn the_table() {
    let mut faults = Vec::new();
    let mut lines = 0;
    for line in include_str!("data/events.tsv").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (expected, text) = line.split_once('\t').expect("types, a tab, a sentence");
        lines += 1;
        let expected: Vec<EventType> = expected.split(' ').filter_map(EventType::parse).collect();
        let found = types(&read(text).1);
        if found != expected {
            faults.push(format!("{text}\n    told {expected:?}, found {found:?}"));
        }
    }
    assert!(lines > 120, "only {lines} lines");
    assert!(faults.is_empty(), "{} of {lines}:\n{}", faults.len(), faults.join("\n"));
}

/// On the demo documents: triggers have words, mentions end where words end, nothing is told in
/// furniture, and every event says why.
#[test]
fn annotations_are_sound() {
    for document in waqai::corpus::demo() {
        let found = extract(&document, Lexicon::builtin());
        let text = &document.text;
        let furniture: Vec<_> =
            document.blocks.iter().filter(|b| b.kind == waqai::model::BlockKind::Furniture).collect();
        for event in &found.events {
            assert!(event.trigger.of(text).chars().any(char::is_alphabetic), "{}", document.id);
            assert!(event.extent.contains(event.trigger) || event.extent.overlaps(event.trigger));
            assert!(furniture.iter().all(|b| !b.span.overlaps(event.trigger)), "{}", event.trigger.of(text));
            assert!(!event.actors.is_empty() && event.evidence.iter().any(|e| e.starts_with("type:")));
            assert!((0.0..=1.0).contains(&event.confidence));
        }
        for mention in &found.actors {
            let after = text[mention.span.end as usize..].chars().next();
            assert!(!after.is_some_and(char::is_alphabetic), "{}", mention.span.of(text));
            assert!(!mention.span.of(text).trim().is_empty());
        }
    }
}

/// The speaker is not the one who acts: `قال لافروف إن كييف رفضت`.
#[test]
fn who_acts_is_not_who_speaks() {
    let (document, found) = read("قال لافروف إن كييف رفضت خطة السلام الأمريكية يوم الثلاثاء.");
    let event = found.events.iter().find(|e| e.kind == EventType::Reject).expect("a refusal");
    let source = &found.entities[event.actors[0].entity as usize];
    assert_eq!(source.id, "ukraine", "{}", event.trigger.of(&document.text));
}

/// A surname told after the full name is the same person, and two spellings are one.
#[test]
fn names_are_one_person() {
    let (_, found) = read("التقى النائب حازم الجبوري وفدا. ثم طالب الجبوري الحكومة بالاستقالة.");
    let persons: std::collections::BTreeSet<_> = found
        .actors
        .iter()
        .map(|m| m.entity)
        .filter(|&e| found.entities[e as usize].name.contains("الجبوري"))
        .collect();
    assert_eq!(persons.len(), 1, "{:?}", found.entities);
    for spelling in ["زيلينسكي", "زيلنسكي", "زيلينسكى", "Zelenskyy", "Zelensky"] {
        let (_, found) = read(&format!("دعا {spelling} إلى وقف الحرب."));
        assert!(found.entities.iter().any(|e| e.id == "volodymyr-zelenskyy"), "{spelling}");
    }
}

/// Who takes part, by the table `tests/data/participants.tsv`.
#[test]
fn who_takes_part() {
    let mut faults = Vec::new();
    let table = include_str!("data/participants.tsv");
    for line in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(trigger), Some(ids), Some(text)) = (columns.next(), columns.next(), columns.next()) else {
            panic!("a trigger, ids and a text: {line}");
        };
        let (_, found) = read(text);
        let mut expected: Vec<&str> = ids.split(' ').collect();
        expected.sort_unstable();
        let told = |event: &Event| {
            let mut ids: Vec<_> =
                event.actors.iter().map(|p| found.entities[p.entity as usize].id.as_str()).collect();
            ids.sort_unstable();
            ids.join(" ")
        };
        let events: Vec<String> = found
            .events
            .iter()
            .filter(|e| e.status.counts() && e.trigger.of(text).contains(trigger))
            .map(told)
            .collect();
        if !events.contains(&expected.join(" ")) {
            let all = found.events.iter().map(|e| (e.trigger.of(text), e.status));
            faults.push(format!(
                "{text}\n    {trigger}: told {expected:?}, found {events:?} among {:?}",
                all.collect::<Vec<_>>()
            ));
        }
    }
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_time_without_a_day_dates_nothing() {
    let text = "اتفقت مصر والأردن على هدنة حوالي السابعة مساء.";
    let document =
        Document { id: "sentence".into(), text: text.into(), blocks: blocks(text), ..Document::default() };
    let found = extract(&document, Lexicon::builtin());
    assert_eq!(types(&found), [EventType::Agree]);
    assert_eq!(found.events[0].date, None);
}
