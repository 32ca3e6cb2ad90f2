//! The formats of annotation tools: what is written is read back as it was, by us and by others;
//! offsets are in each format's own unit; faults are told with their place.

#![allow(clippy::unwrap_used, reason = "what a test cannot set up is a failed test")]
#![allow(clippy::format_collect, clippy::single_match_else, reason = "short and read once")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use waqai::corpus::{Skipped, demo};
use waqai::extract::extract;
use waqai::formats::exchange::{Exchange, Given, Import, Text, read, to_string, write};
use waqai::lexicon::Lexicon;
use waqai::model::{
    Annotations, DateBasis, Document, Entity, EntityKind, Event, EventDate, EventType, Participant, Role,
    Span, Status,
};

/// Harakat, an emoji of two UTF-16 units and one of several code points, presentation forms, a lam-alef
/// ligature, tabs, quotation marks, everything that one of the formats escapes.
const TEXT: &str = "  🙂 28 مارس: رَحّبَ \"أردوغان\" بالوفد [في] إسطنبول|أنقرة_1 -> \\x;*\t👨‍👩‍👧 ثم\n\nﻻﻓﺮﻭﻑ رفض\r ذٰلِك 🇸🇾 في بغداد.\n";

fn span(word: &str) -> Span {
    let start = TEXT.find(word).unwrap() as u32;
    Span::new(start, start + word.len() as u32)
}

fn entity(id: &str, name: &str, name_en: &str, kind: EntityKind) -> Entity {
    Entity { id: id.into(), name: name.into(), name_en: name_en.into(), kind, country: None }
}

/// Two events of one text: one with everything, one across lines and with an actor without a mention.
fn hostile() -> (Document, Annotations) {
    let document =
        Document { id: "a, b %20/خبر: ١.txt".into(), text: TEXT.into(), ..Document::default() };
    let part = |entity, role, words: &[&str]| Participant {
        entity,
        role,
        mentions: words.iter().map(|word| span(word)).collect(),
    };
    let first = Event {
        id: "e1".into(),
        trigger: span("رَحّبَ"),
        extent: Span::new(span("رَحّبَ").start, span("ثم").end),
        kind: EventType::Consult,
        status: Status::Planned,
        date: Some(EventDate {
            value: "2022-03-28".into(),
            mention: Some(span("28 مارس")),
            basis: DateBasis::Inferred,
        }),
        actors: vec![
            part(0, Role::Source, &["أردوغان", "ثم"]),
            part(1, Role::Target, &["الوفد"]),
            part(3, Role::Target, &["\"أردوغان\" بالوفد"]),
        ],
        places: vec![part(2, Role::Participant, &["إسطنبول"])],
        confidence: 0.93,
        evidence: vec!["type: trigger (رحب)\twith [all] that | is_escaped -> ;*\\".into()],
    };
    let second = Event {
        id: "e2".into(),
        trigger: span("رفض"),
        extent: Span::new(span("ثم").start, span("بغداد").end),
        kind: EventType::Reject,
        status: Status::Occurred,
        date: Some(EventDate { value: "2022".into(), mention: None, basis: DateBasis::Deictic }),
        actors: vec![part(3, Role::Source, &["ﻻﻓﺮﻭﻑ"]), part(1, Role::Participant, &[])],
        places: Vec::new(),
        confidence: 0.5,
        evidence: Vec::new(),
    };
    let annotations = Annotations {
        entities: vec![
            entity("recep-tayyip-erdogan", "رجب طيب أردوغان", "Recep Tayyip Erdogan", EntityKind::Person),
            entity("الوفد الأول", "الوفد", "", EntityKind::Group),
            entity("istanbul", "إسطنبول", "Istanbul", EntityKind::Place),
            entity("sergey-lavrov", "سيرغي لافروف", "Sergey Lavrov", EntityKind::Person),
        ],
        events: vec![first, second],
        ..Annotations::default()
    };
    (document, annotations)
}

/// The documents that come with the program and the one above, with what is found in them.
fn documents() -> Vec<(Document, Annotations)> {
    let lexicon = Lexicon::builtin();
    let mut all: Vec<_> = demo().into_iter().map(|d| (d.clone(), extract(&d, lexicon))).collect();
    let text = "🙂 28 آذار/مارس 2022: رَفَضَ 🇸🇾 سيرغي لافروف العرض.";
    let emoji = Document {
        id: "emoji.txt".into(),
        text: text.into(),
        blocks: waqai::corpus::blocks(text),
        ..Document::default()
    };
    all.push((emoji.clone(), extract(&emoji, lexicon)));
    assert_eq!(all.last().unwrap().1.events.len(), 1);
    all.push(hostile());
    all.push((
        Document { id: "empty.txt".into(), text: "لا شيء".into(), ..Document::default() },
        Annotations::default(),
    ));
    all
}

fn texts(documents: &[(Document, Annotations)]) -> Vec<Text> {
    documents.iter().map(|(document, found)| Text::of(document, found, false)).collect()
}

/// The path that a format is written to, in a folder.
fn place(folder: &Path, format: Exchange) -> PathBuf {
    match format {
        Exchange::Brat | Exchange::WebAnno => folder.join("all"),
        Exchange::LabelStudio | Exchange::W3c => folder.join("all.json"),
        _ => folder.join("all.jsonl"),
    }
}

/// Every file below a path, with its content.
fn content(path: &Path) -> Vec<(String, String)> {
    let entries = walkdir::WalkDir::new(path).sort_by_file_name();
    let files = entries.into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    files
        .map(|e| {
            let name = e.path().strip_prefix(path).unwrap().display().to_string();
            (name, fs::read_to_string(e.path()).unwrap())
        })
        .collect()
}

fn lines(faults: &[Skipped]) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn export_import_export_is_the_identity() {
    let documents = documents();
    let told: usize = documents.iter().map(|(_, found)| found.events.len()).sum();
    assert!(told > 200, "{told}");
    for format in Exchange::ALL {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("1"), folder.path().join("2"));
        fs::create_dir_all(&first).unwrap();
        fs::create_dir_all(&second).unwrap();
        let texts = texts(&documents);
        write(format, &place(&first, format), &texts).unwrap();
        for named in [None, Some(format)] {
            let import = read(&place(&first, format), named).unwrap();
            assert_eq!(lines(&import.faults), [""; 0], "{format:?}");
            let given = Given::new(import);
            let mut again = Vec::new();
            for (document, found) in &documents {
                let (read, faults) = given.annotations(document);
                assert_eq!(lines(&faults), [""; 0], "{format:?}");
                let text = Text::of(document, &read, false);
                assert_eq!(text, Text::of(document, found, false), "{format:?}");
                again.push(text);
            }
            write(format, &place(&second, format), &again).unwrap();
            assert_eq!(content(&first), content(&second), "{format:?}");
        }
    }
}

#[test]
fn offsets_count_in_the_unit_of_the_format() {
    let (document, found) = hostile();
    let texts = [Text::of(&document, &found, false)];
    let before = &TEXT[..TEXT.find("رفض").unwrap()];
    let (points, units) = (before.chars().count(), before.encode_utf16().count());
    assert!(units > points + 3, "the text has characters that take two units");
    let in_points = format!("{points},");
    for (format, start) in [
        (Exchange::Jsonl, format!("\"trigger\":{{\"start\":{in_points}")),
        (Exchange::Doccano, format!("\"label\":\"REJECT\",\"start_offset\":{in_points}")),
        (Exchange::Prodigy, format!("{{\"start\":{in_points}")),
        (Exchange::W3c, format!("\"start\":{in_points}")),
    ] {
        assert!(to_string(format, &texts).contains(&start), "{format:?}");
    }
    let tasks: serde_json::Value = serde_json::from_str(&to_string(Exchange::LabelStudio, &texts)).unwrap();
    assert_eq!(tasks[0]["predictions"][0]["result"][1]["value"]["start"], points);
    let folder = tempfile::tempdir().unwrap();
    write(Exchange::Brat, &folder.path().join("b"), &texts).unwrap();
    write(Exchange::WebAnno, &folder.path().join("w"), &texts).unwrap();
    let brat = content(&folder.path().join("b"));
    let ann = &brat.iter().find(|(name, _)| name.contains(".ann")).unwrap().1;
    assert!(ann.contains(&format!("\tREJECT {points} {}\tرفض\n", points + 3)), "{ann}");
    let tsv = &content(&folder.path().join("w"))[0].1;
    assert!(tsv.contains(&format!("\t{units}-{}\tرفض\t", units + 3)), "{tsv}");
}

/// Reads a file of that name and content.
fn reading(name: &str, content: &str) -> Import {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    let mut import = read(&path, None).unwrap();
    let prefix = format!("{}/", folder.path().display());
    for fault in &mut import.faults {
        fault.name = fault.name.replace(&prefix, "");
    }
    import
}

#[test]
fn what_other_tools_wrote_themselves_is_read() {
    let text = "🙂 زار أردوغان بغداد أمس";
    let visit = |import: &Import| {
        assert_eq!(lines(&import.faults), [""; 0]);
        let (_, told) = &import.texts[0].events[0];
        assert_eq!((told.kind, told.trigger.start, told.trigger.end), (EventType::Consult, 2, 5));
        assert_eq!(told.actors.len(), 1);
        assert_eq!((told.actors[0].name.as_str(), told.actors[0].role), ("أردوغان", Some(Role::Source)));
        assert_eq!(told.places[0].name, "بغداد");
        let date = told.date.as_ref().unwrap();
        assert_eq!(date.text.as_deref(), Some("أمس"));
        let document = Document {
            id: "d.txt".into(),
            text: text.into(),
            blocks: waqai::corpus::blocks(text),
            published: Some(waqai::model::Published {
                date: waqai::corpus::parse_day("2024-04-23").unwrap(),
                basis: waqai::model::PublishedBasis::Given,
            }),
            ..Document::default()
        };
        let (found, faults) = Given::new(import.clone()).annotations(&document);
        assert_eq!(lines(&faults), [""; 0]);
        // The tools mark the words of a date; what day that is the program reads itself.
        assert_eq!(found.events[0].date.as_ref().unwrap().value, "2024-04-22");
        assert_eq!(found.events[0].extent.of(text), text);
    };
    visit(&reading(
        "d.jsonl",
        &format!(
            r#"{{"id":7,"text":"{text}","Comments":[],"entities":[{{"id":31,"label":"Consult","start_offset":2,"end_offset":5}},{{"id":32,"label":"person","start_offset":6,"end_offset":13}},{{"id":33,"label":"PLACE","start_offset":14,"end_offset":19}},{{"id":34,"label":"Date","start_offset":20,"end_offset":23}}],"relations":[{{"id":1,"from_id":31,"to_id":32,"type":"source"}},{{"id":2,"from_id":33,"to_id":31,"type":"place"}},{{"id":3,"from_id":31,"to_id":34,"type":"when"}}]}}"#
        ),
    ));
    visit(&reading(
        "p.jsonl",
        &format!(
            r#"{{"text":"{text}","_input_hash":1,"_task_hash":2,"tokens":[{{"text":"🙂","start":0,"end":1,"id":0}},{{"text":"زار","start":2,"end":5,"id":1}},{{"text":"أردوغان","start":6,"end":13,"id":2}},{{"text":"بغداد","start":14,"end":19,"id":3}},{{"text":"أمس","start":20,"end":23,"id":4}}],"spans":[{{"start":2,"end":5,"label":"CONSULT"}},{{"start":6,"end":13,"label":"PERSON"}},{{"start":14,"end":19,"label":"PLACE"}},{{"start":20,"end":23,"label":"DATE"}}],"relations":[{{"head":1,"child":2,"label":"SOURCE"}},{{"head":1,"child":3,"label":"PLACE"}},{{"head":1,"child":4,"label":"DATE"}}],"answer":"accept"}}"#
        ),
    ));
    let region = |id: &str, start: u32, end: u32, label: &str| {
        format!(
            r#"{{"id":"{id}","from_name":"l","to_name":"t","type":"labels","value":{{"start":{start},"end":{end},"labels":["{label}"]}}}}"#
        )
    };
    let arc = |to: &str, label: &str| {
        format!(
            r#"{{"from_id":"a","to_id":"{to}","type":"relation","direction":"right","labels":["{label}"]}}"#
        )
    };
    visit(&reading(
        "l.json",
        &format!(
            "[{{\"id\": 5, \"annotations\": [{{\"result\": [{}]}}], \"predictions\": [],\n \"data\": {{\"text\": \"{text}\"}}}}]",
            [
                region("a", 2, 5, "CONSULT"),
                region("b", 6, 13, "PERSON"),
                region("c", 14, 19, "PLACE"),
                region("d", 20, 23, "DATE"),
                arc("b", "source"),
                arc("c", "place"),
                arc("d", "date"),
                r#"{"type":"choices","value":{"choices":["x"]},"from_name":"c","to_name":"t"}"#.to_owned(),
            ]
            .join(",\n")
        ),
    ));
    // WebAnno: spans on one row have no number, the emoji counts two units.
    visit(&reading(
        "w.tsv",
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Event|kind\n#T_RL=webanno.custom.Part|role|BT_webanno.custom.Event\n\n\n\
         #Text=🙂 زار أردوغان بغداد أمس\n1-1\t0-2\t🙂\t_\t_\t_\t\n1-2\t3-6\tزار\tCONSULT\t_\t_\t\n1-3\t7-14\tأردوغان\tPERSON\tsource\t1-2\t\n\
         1-4\t15-20\tبغداد\tPLACE\tplace\t1-2\t\n1-5\t21-24\tأمس\tDATE\tdate\t1-2\t\n",
    ));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("d.txt"), text).unwrap();
    fs::write(
        folder.path().join("d.ann"),
        "T1\tCONSULT 2 5\tزار\nT2\tPERSON 6 13\tأردوغان\nT3\tPLACE 14 19\tبغداد\nT4\tDATE 20 23\tأمس\nE1\tCONSULT:T1 Source:T2 Place:T3 Date:T4\n#1\tAnnotatorNotes E1\tsure\nR1\tSame Arg1:T2 Arg2:T3\n*\tEquiv T1 T2\n",
    )
    .unwrap();
    visit(&read(folder.path(), None).unwrap());
}

#[test]
fn people_change_spans_and_arcs_and_are_right() {
    let (document, found) = hostile();
    let texts = [Text::of(&document, &found, false)];
    let mut line: serde_json::Value = serde_json::from_str(&to_string(Exchange::Doccano, &texts)).unwrap();
    // The second event gets another type, an actor of the first is taken out, another one put in.
    line["entities"][1]["label"] = "ACCUSE".into();
    let relations = line["relations"].as_array().unwrap().clone();
    let kept: Vec<_> = relations.iter().filter(|r| r["type"] != "target").cloned().collect();
    assert_eq!(relations.len(), kept.len() + 2);
    line["relations"] = kept.into();
    line["entities"]
        .as_array_mut()
        .unwrap()
        .push(serde_json::json!({"id": 900, "label": "COUNTRY", "start_offset": 0, "end_offset": 3}));
    line["relations"]
        .as_array_mut()
        .unwrap()
        .push(serde_json::json!({"id": 900, "from_id": 1, "to_id": 900, "type": "participant"}));
    let import = reading("d.jsonl", &line.to_string());
    assert_eq!(lines(&import.faults), [""; 0]);
    let (found, _) = Given::new(import).annotations(&document);
    let names = |event: &Event| {
        let name = |p: &Participant| found.entities[p.entity as usize].id.clone();
        event.actors.iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(names(&found.events[0])[0], "recep-tayyip-erdogan");
    assert_eq!(names(&found.events[0]).len(), 2, "one out of three left, and a new one");
    assert_eq!((found.events[0].confidence, found.events[0].status), (0.93, Status::Planned));
    assert_eq!(found.events[1].kind, EventType::Accuse);
    // Of a changed event only what the spans say is known.
    assert_eq!(names(&found.events[1]), ["ﻻﻓﺮﻭﻑ"]);
}

#[test]
fn a_fault_is_one_line_with_its_place_and_the_rest_is_taken() {
    let (document, found) = hostile();
    let good = to_string(Exchange::Jsonl, &[Text::of(&document, &found, false)]);
    let good = good.lines().next().unwrap();
    // A long file, broken in line 7,012.
    let mut long: Vec<String> = (0..8000).map(|n| good.replace("\"e1\"", &format!("\"e{n}\""))).collect();
    long[7011].truncate(100);
    long[20] = good.replace("\"start\":", "\"start\":9").replace("\"e1\"", "\"far\"");
    long[30] = good.replace("رَحّبَ", "رحب").replace("\"e1\"", "\"words\"");
    long[40] = good.replace("a, b", "another").replace("\"e1\"", "\"where\"");
    long[50] = good.replace("CONSULT", "DANCE");
    let import = reading("long.jsonl", &long.join("\n"));
    let told = lines(&import.faults);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].starts_with("long.jsonl:51: not of the expected form: unknown variant `DANCE`"),
        "{told:?}"
    );
    assert!(told[1].starts_with("long.jsonl:7012: broken JSON: EOF while parsing"), "{told:?}");
    let given = Given::new(import);
    let (read, faults) = given.annotations(&document);
    assert_eq!(read.events.len(), 8000 - 5);
    let told = lines(&faults);
    assert!(told[0].contains("long.jsonl:21: wrong offsets: the trigger stands at 9"), "{told:?}");
    assert!(told[1].contains("long.jsonl:31: wrong offsets: the trigger is \"رحب\", at"), "{told:?}");
    let rest = lines(&given.unseen(&given.number(&document).into_iter().collect()));
    assert_eq!(rest.len(), 1);
    assert!(rest[0].contains("long.jsonl:41: unknown document: 1 event left out"), "{rest:?}");
}

#[test]
fn each_format_tells_its_own_faults() {
    let told = |name: &str, content: &str| lines(&reading(name, content).faults);
    assert_eq!(
        told(
            "d.jsonl",
            "{\"text\":\"زار\",\"entities\":[{\"id\":1,\"label\":\"CONSULT\",\"start_offset\":0,\"end_offset\":9}],\"relations\":[{\"id\":4,\"from_id\":1,\"to_id\":2,\"type\":\"source\"}]}\n{\"text\":\"x\",\"label\":[[0,1,\"Thing\"]]}\n"
        ),
        [
            "d.jsonl:1: \"CONSULT\" stands at 0 to 9, where the text has no words",
            "d.jsonl:1: relation 4 joins 1 and 2, one of which is not there",
            "d.jsonl:2: label \"Thing\" is no type of event, kind of entity or DATE",
        ]
    );
    assert_eq!(
        told(
            "p.jsonl",
            "{\"text\":\"زار\",\"spans\":[],\"relations\":[{\"head\":0,\"child\":1,\"label\":\"source\"}],\"answer\":\"accept\"}\n{\"text\":\"زار\",\"spans\":[],\"answer\":\"reject\"}\n"
        ),
        [
            "p.jsonl:1: relation \"source\" from token 0 to 1 joins no spans",
            "p.jsonl:2: left out: its answer is \"reject\"",
        ]
    );
    // A broken task in the middle costs itself alone.
    let (document, found) = hostile();
    let texts: Vec<Text> =
        (0..3).map(|n| Text { document: format!("{n}.txt"), ..Text::of(&document, &found, false) }).collect();
    for (format, name) in [(Exchange::LabelStudio, "l.json"), (Exchange::W3c, "w.json")] {
        let whole = to_string(format, &texts);
        let mut lines: Vec<&str> = whole.lines().collect();
        lines[2] = &lines[2][..lines[2].char_indices().nth(60).unwrap().0];
        let import = reading(name, &lines.join("\n"));
        let faults: Vec<String> = import.faults.iter().map(ToString::to_string).collect();
        assert!(
            faults[0].starts_with(&format!("{name}:3: broken JSON"))
                || faults[0].starts_with(&format!("{name}:4: broken JSON")),
            "{faults:?}"
        );
        let events: usize = import.texts.iter().map(|text| text.events.len()).sum();
        assert!(events >= 4, "{format:?}: {events}");
    }
    assert_eq!(
        told(
            "x.tsv",
            "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Event|kind\n\n#Text=زار 🙂\n1-1\t0-3\tزار\tCONSULT\t\n1-2\t4-5\t🙂\t_\t\nx\n"
        ),
        [
            "x.tsv:6: \"🙂\" does not stand at 4 to 5 (in UTF-16 units)",
            "x.tsv:7: a row needs an address, offsets and a token",
        ]
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "زار أردوغان").unwrap();
    fs::write(
        folder.path().join("a.ann"),
        "T1\tCONSULT 0 3\tزار\nT2\tPERSON 4 11\tأوباما\nT3\tPERSON 4 99\tx\nE1\tCONSULT:T1 source:T2\nE2\tCONSULT:T9\nfoo\n",
    )
    .unwrap();
    let import = read(folder.path(), None).unwrap();
    let told: Vec<String> = import
        .faults
        .iter()
        .map(|f| f.to_string().replace(&format!("{}/", folder.path().display()), ""))
        .collect();
    assert_eq!(
        told,
        [
            "a.ann:2: \"أوباما\" is said to stand at 4 to 11, where \"أردوغان\" stands",
            "a.ann:3: \"PERSON\" stands at 4 to 99, where the text has no words",
            "a.ann:6: no line of brat standoff",
            "a.ann:4: T2 of E1 is not there",
            "a.ann:5: the trigger T9 of E2 is not there",
        ]
    );
    assert_eq!(import.texts[0].events.len(), 1);
}

#[test]
fn what_has_no_known_format_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.json");
    fs::write(&path, "{\"a\":1}").unwrap();
    let fault = read(&path, None).unwrap_err().to_string();
    assert!(fault.ends_with("of no known format of annotations; --events-format names one"), "{fault}");
    assert!(read(folder.path(), Some(Exchange::Brat)).is_err());
    assert!(read(&folder.path().join("none"), None).is_err());
}

/// Runs a Python program with a folder as its argument; none where Python or a package is absent.
/// `WAQAI_PYTHON` names the interpreter that has the packages.
fn python(packages: &[&str], program: &str, folder: &Path) -> Option<String> {
    let python = std::env::var("WAQAI_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let imports: String = packages.iter().map(|package| format!("import {package}\n")).collect();
    if !Command::new(&python).args(["-c", &imports]).output().is_ok_and(|out| out.status.success()) {
        eprintln!("absent: Python with {packages:?}; its reader is not asked in this run");
        return None;
    }
    let out = Command::new(&python).args(["-c", program]).arg(folder).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    Some(String::from_utf8(out.stdout).unwrap())
}

/// Start, end and words of every trigger, sorted, as another reader should print them.
fn triggers(texts: &[Text]) -> Vec<String> {
    let events = texts.iter().flat_map(|text| &text.events);
    let mut all: Vec<String> = events
        .map(|(_, told)| {
            format!("{} {} {} {}", told.kind, told.trigger.start, told.trigger.end, told.trigger.text)
        })
        .collect();
    all.sort();
    all
}

/// Has another program read all documents but the one that is made to be hard, and print each trigger
/// behind an `@`.
fn same(format: Exchange, packages: &[&str], program: &str, texts: &[Text], expected: &[String]) {
    let folder = tempfile::tempdir().unwrap();
    write(format, &place(folder.path(), format), texts).unwrap();
    if let Some(read) = python(packages, program, &place(folder.path(), format)) {
        let mut read: Vec<&str> = read.lines().filter_map(|line| line.strip_prefix('@')).collect();
        read.sort_unstable();
        assert_eq!(read, expected, "{format:?}");
    }
}

fn plain_texts() -> Vec<Text> {
    let mut documents = documents();
    documents.retain(|(document, _)| document.text != TEXT);
    texts(&documents)
}

#[test]
fn brat_is_read_by_another_reader() {
    let program = r#"
import sys, peek
for document in peek.AnnCorpus(sys.argv[1]).docs:
    spans = {span.name: span for span in document.anns["entities"]}
    for event in document.anns["events"]:
        span = spans[event.trigger]
        assert all(part.split(":")[1] in spans for part in event.arguments)
        print("@" + " ".join([span.tag, str(span.span[0][0]), str(span.span[0][1]), span.text]))
"#;
    let texts = plain_texts();
    same(Exchange::Brat, &["peek"], program, &texts, &triggers(&texts));
}

#[test]
fn webanno_is_read_by_another_reader() {
    // It asserts that every offset fits its token, counted in UTF-16.
    let program = r#"
import glob, os, sys
from web_anno_tsv import open_web_anno_tsv
for name in glob.glob(os.path.join(sys.argv[1], "*.tsv")):
    with open_web_anno_tsv(name) as sentences:
        for sentence in sentences:
            for annotation in sentence.annotations:
                if annotation.label in "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split():
                    print("@" + annotation.label + " " + annotation.text)
"#;
    let mut texts = plain_texts();
    // That reader wants a sentence in each file.
    texts.retain(|text| !text.events.is_empty());
    let mut expected: Vec<String> = texts
        .iter()
        .flat_map(|text| &text.events)
        .map(|(_, told)| format!("{} {}", told.kind, told.trigger.text))
        .collect();
    expected.sort();
    same(Exchange::WebAnno, &["web_anno_tsv"], program, &texts, &expected);
}

#[test]
fn label_studio_is_read_by_another_reader() {
    // Label Studio's own check of predictions against the configuration of a project.
    let program = r#"
import json, sys
from label_studio_sdk.label_interface import LabelInterface
tasks = json.load(open(sys.argv[1]))
regions = [r for t in tasks for p in t["predictions"] for r in p["result"]]
labels = sorted({l for r in regions if r["type"] == "labels" for l in r["value"]["labels"]})
arcs = sorted({l for r in regions if r["type"] == "relation" for l in r["labels"]})
interface = LabelInterface('<View><Relations>%s</Relations><Labels name="label" toName="text">%s</Labels><Text name="text" value="$text"/></View>' % (
    "".join('<Relation value="%s"/>' % a for a in arcs), "".join('<Label value="%s"/>' % l for l in labels)))
for task in tasks:
    for prediction in task["predictions"]:
        faults = interface.validate_prediction(prediction, return_errors=True)
        assert not faults, faults
        for region in prediction["result"]:
            value = region.get("value", {})
            if value.get("labels", [""])[0] in "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split():
                print("@%s %d %d %s" % (value["labels"][0], value["start"], value["end"], task["data"]["text"][value["start"]:value["end"]]))
"#;
    let texts = texts(&documents());
    same(Exchange::LabelStudio, &["label_studio_sdk.label_interface"], program, &texts, &triggers(&texts));
}

fn json_lines(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn slice(text: &str, start: &serde_json::Value, end: &serde_json::Value) -> String {
    let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
    assert!(start < end && end <= text.chars().count());
    text.chars().skip(start).take(end - start).collect()
}

#[test]
fn doccano_lines_have_the_form_that_doccano_imports() {
    let texts = texts(&documents());
    let mut ids = std::collections::HashSet::new();
    for (line, text) in json_lines(&to_string(Exchange::Doccano, &texts)).iter().zip(&texts) {
        assert_eq!(line["text"].as_str(), text.text.as_deref());
        for entity in line["entities"].as_array().unwrap() {
            assert!(ids.insert(entity["id"].as_u64().unwrap()), "ids are the project's");
            assert!(entity["label"].is_string());
            slice(text.text.as_deref().unwrap(), &entity["start_offset"], &entity["end_offset"]);
        }
        for relation in line["relations"].as_array().unwrap() {
            let here =
                |key: &str| line["entities"].as_array().unwrap().iter().any(|e| e["id"] == relation[key]);
            assert!(here("from_id") && here("to_id") && relation["type"].is_string());
        }
    }
}

#[test]
fn prodigy_tokens_tile_the_text_and_spans_begin_and_end_with_tokens() {
    let texts = texts(&documents());
    for (line, text) in json_lines(&to_string(Exchange::Prodigy, &texts)).iter().zip(&texts) {
        let tokens = line["tokens"].as_array().unwrap();
        let tiled: String = tokens
            .iter()
            .map(|t| format!("{}{}", t["text"].as_str().unwrap(), if t["ws"] == true { " " } else { "" }))
            .collect();
        assert_eq!(Some(tiled.as_str()), text.text.as_deref());
        for (n, token) in tokens.iter().enumerate() {
            assert_eq!(token["id"], n);
            assert_eq!(slice(&tiled, &token["start"], &token["end"]), token["text"].as_str().unwrap());
        }
        for span in line["spans"].as_array().unwrap() {
            let token = |key: &str| &tokens[span[key].as_u64().unwrap() as usize];
            assert_eq!(token("token_start")["start"], span["start"]);
            assert_eq!(token("token_end")["end"], span["end"]);
        }
        for relation in line["relations"].as_array().unwrap() {
            assert_eq!(relation["head"], relation["head_span"]["token_end"]);
            assert!(line["spans"].as_array().unwrap().contains(&relation["child_span"]));
        }
    }
}

#[test]
fn web_annotations_keep_the_rules_of_the_data_model() {
    let texts = texts(&documents());
    let page: serde_json::Value = serde_json::from_str(&to_string(Exchange::W3c, &texts)).unwrap();
    assert_eq!(page["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(page["type"], "AnnotationPage");
    let items = page["items"].as_array().unwrap();
    let mut ids = std::collections::HashSet::new();
    assert!(items.iter().all(|item| ids.insert(item["id"].as_str().unwrap())), "ids are unique");
    let motivations = ["classifying", "linking"];
    for item in items {
        assert_eq!(item["type"], "Annotation");
        assert!(motivations.contains(&item["motivation"].as_str().unwrap()));
        match item["target"].as_str() {
            Some(id) => assert!(ids.contains(id)),
            None => {
                let source = item["target"]["source"].as_str().unwrap();
                assert!(
                    !source.contains([' ', '<', '>', '"', '{', '}', '|', '\\', '^', '`', ':']),
                    "{source}"
                );
                let [position, quote] = item["target"]["selector"].as_array().unwrap().as_slice() else {
                    panic!("two selectors")
                };
                let text = texts.iter().find_map(|t| {
                    let text = t.text.as_deref()?;
                    let whole = format!(
                        "{}{}{}",
                        quote["prefix"].as_str()?,
                        quote["exact"].as_str()?,
                        quote["suffix"].as_str()?
                    );
                    text.contains(&whole).then_some(text)
                });
                let words = slice(text.unwrap(), &position["start"], &position["end"]);
                assert_eq!(words.chars().count(), quote["exact"].as_str().unwrap().chars().count());
            }
        }
    }
}
