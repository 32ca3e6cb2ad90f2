//! Annotations on their way out: the records of the contract, as JSON lines and as CSV; and both ways
//! in the formats of annotation tools ([`exchange`]).
//!
//! Offsets in every record are code points from the start of the document's text, half open.

mod csv;
pub mod exchange;
pub mod export;
mod jsonl;
mod records;

use std::io::{self, Write};

pub(crate) use jsonl::line as json_line;
pub use records::{ActorRecord, DateRecord, EntityRecord, EventDateRecord, EventRecord, Quote, Records};

use crate::model::{Annotations, Document};

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Layer {
    /// Events with their dates, actors and places
    Events,
    /// Date expressions with their values
    Dates,
    /// Mentions of actors and places
    Actors,
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header row
    Csv,
}

/// What to write and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// Which layer.
    pub layer: Layer,
    /// In which form.
    pub format: Format,
    /// Whether to write what is denied or merely possible too, with its status.
    pub all: bool,
}

impl Output {
    /// What stands before the first record: the header row of CSV.
    ///
    /// # Errors
    /// When `out` fails.
    pub fn head(self, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            Format::Jsonl => Ok(()),
            Format::Csv => csv::head(self.layer, out),
        }
    }

    /// The records of one document, in text order.
    ///
    /// # Errors
    /// When `out` fails.
    pub fn document(
        self,
        document: &Document,
        annotations: &Annotations,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let records = Records::new(document, annotations);
        match self.format {
            Format::Jsonl => jsonl::write(self, &records, out),
            Format::Csv => csv::write(self, &records, out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        ActorBasis, ActorMention, Calendar, DateBasis, DateKind, DateMention, Entity, EntityKind, Event,
        EventDate, EventType, Participant, Role, Span, Status,
    };

    const TEXT: &str = "🙂 28 مارس: رَحّبَ \"أردوغان\" بالوفد في إسطنبول";

    fn span(word: &str) -> Span {
        let start = TEXT.find(word).unwrap() as u32;
        Span::new(start, start + word.len() as u32)
    }

    fn entity(id: &str, name: &str, name_en: &str, kind: EntityKind, country: Option<&str>) -> Entity {
        let country = country.map(str::to_owned);
        Entity { id: id.into(), name: name.into(), name_en: name_en.into(), kind, country }
    }

    fn found() -> (Document, Annotations) {
        let document = Document { id: "a, b.txt".into(), text: TEXT.into(), ..Document::default() };
        let part = |entity, role, word| Participant { entity, role, mentions: vec![span(word)] };
        let event = Event {
            id: "e1".into(),
            trigger: span("رَحّبَ"),
            extent: Span::new(span("رَحّبَ").start, TEXT.len() as u32),
            kind: EventType::Consult,
            status: Status::Occurred,
            date: Some(EventDate {
                value: "2022-03-28".into(),
                mention: Some(span("28 مارس")),
                basis: DateBasis::Inferred,
            }),
            actors: vec![part(0, Role::Source, "أردوغان"), part(1, Role::Target, "الوفد")],
            places: vec![part(2, Role::Participant, "إسطنبول")],
            confidence: 0.929_9,
            evidence: vec!["type: trigger (رحب)".into(), "date: entry".into()],
        };
        let denied = Event {
            id: "e2".into(),
            status: Status::Denied,
            date: Some(EventDate { value: "2022".into(), mention: None, basis: DateBasis::Deictic }),
            actors: Vec::new(),
            places: Vec::new(),
            confidence: f32::NAN,
            ..event.clone()
        };
        let annotations = Annotations {
            entities: vec![
                entity(
                    "recep-tayyip-erdogan",
                    "رجب طيب أردوغان",
                    "Recep Tayyip Erdogan",
                    EntityKind::Person,
                    Some("turkey"),
                ),
                entity("الوفد", "الوفد", "", EntityKind::Group, None),
                entity("istanbul", "إسطنبول", "Istanbul", EntityKind::Place, Some("turkey")),
            ],
            dates: vec![DateMention {
                span: span("28 مارس"),
                kind: DateKind::Date,
                value: "2022-03-28".into(),
                modifier: Some("APPROX".into()),
                basis: DateBasis::Inferred,
                calendar: Calendar::Gregorian,
                rule: "day-month".into(),
                header: true,
            }],
            actors: vec![ActorMention {
                span: span("أردوغان"),
                entity: 0,
                basis: ActorBasis::Coreference,
                rule: "surname".into(),
            }],
            events: vec![event, denied],
            ..Annotations::default()
        };
        (document, annotations)
    }

    fn written(layer: Layer, format: Format, all: bool) -> String {
        let (document, annotations) = found();
        let output = Output { layer, format, all };
        let mut out = Vec::new();
        output.head(&mut out).unwrap();
        output.document(&document, &annotations, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_contract_to_the_letter() {
        let event = concat!(
            r#"{"id":"e1","document":"a, b.txt","trigger":{"start":11,"end":17,"text":"رَحّبَ"},"#,
            r#""extent":{"start":11,"end":45,"text":"رَحّبَ \"أردوغان\" بالوفد في إسطنبول"},"type":"CONSULT","#,
            r#""status":"occurred","date":{"value":"2022-03-28","text":"28 مارس","start":2,"end":9,"#,
            r#""basis":"inferred"},"actors":[{"id":"recep-tayyip-erdogan","name":"رجب طيب أردوغان","#,
            r#""name_en":"Recep Tayyip Erdogan","kind":"person","role":"source","mentions":"#,
            r#"[{"start":19,"end":26,"text":"أردوغان"}]},{"id":"الوفد","name":"الوفد","name_en":"","#,
            r#""kind":"group","role":"target","mentions":[{"start":29,"end":34,"text":"الوفد"}]}],"#,
            r#""places":[{"id":"istanbul","name":"إسطنبول","name_en":"Istanbul","kind":"place","#,
            r#""mentions":[{"start":38,"end":45,"text":"إسطنبول"}]}],"confidence":0.93,"#,
            r#""evidence":["type: trigger (رحب)","date: entry"]}"#,
            "\n"
        );
        assert_eq!(written(Layer::Events, Format::Jsonl, false), event);
        assert_eq!(
            written(Layer::Dates, Format::Jsonl, false),
            concat!(
                r#"{"document":"a, b.txt","start":2,"end":9,"text":"28 مارس","type":"DATE","#,
                r#""value":"2022-03-28","basis":"inferred","calendar":"gregorian","mod":"APPROX","rule":"day-month"}"#,
                "\n"
            )
        );
        assert_eq!(
            written(Layer::Actors, Format::Jsonl, false),
            concat!(
                r#"{"document":"a, b.txt","start":19,"end":26,"text":"أردوغان","id":"recep-tayyip-erdogan","#,
                r#""name":"رجب طيب أردوغان","name_en":"Recep Tayyip Erdogan","kind":"person","#,
                r#""country":"turkey","basis":"coreference"}"#,
                "\n"
            )
        );
    }

    #[test]
    fn what_does_not_count_comes_only_when_asked_for() {
        let all = written(Layer::Events, Format::Jsonl, true);
        let denied: serde_json::Value = serde_json::from_str(all.lines().nth(1).unwrap()).unwrap();
        assert_eq!(denied["status"], "denied");
        assert_eq!(denied["confidence"], 0.0);
        let date = serde_json::json!({"value": "2022", "text": null, "start": null, "end": null, "basis": "deictic"});
        assert_eq!(denied["date"], date);
    }

    #[test]
    fn csv_says_the_same_flat() {
        for (layer, rows) in [(Layer::Events, 2), (Layer::Dates, 1), (Layer::Actors, 1)] {
            let text = written(layer, Format::Csv, true);
            let mut csv = ::csv::Reader::from_reader(text.as_bytes());
            let columns = csv.headers().unwrap().clone();
            let records: Vec<_> = csv.records().collect::<Result<_, _>>().unwrap();
            assert_eq!(records.len(), rows);
            assert!(
                records
                    .iter()
                    .all(|record| record.get(columns.iter().position(|c| c == "document").unwrap())
                        == Some("a, b.txt"))
            );
        }
        let text = written(Layer::Events, Format::Csv, false);
        assert_eq!(
            text.lines().nth(1).unwrap(),
            concat!(
                r#"e1,"a, b.txt",11,17,رَحّبَ,11,45,"رَحّبَ ""أردوغان"" بالوفد في إسطنبول",CONSULT,occurred,2022-03-28,inferred,"#,
                "2,9,28 مارس,recep-tayyip-erdogan,رجب طيب أردوغان,الوفد,الوفد,,,istanbul,0.93,type: trigger (رحب); date: entry"
            )
        );
    }
}
