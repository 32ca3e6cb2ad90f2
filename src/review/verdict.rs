//! Verdicts in the making: everything that the log keeps of an event, so that a record can be read
//! without the program or the document.

use serde_json::Value;

use crate::formats::Records;
use crate::model::{Annotations, Document, Event, Span};
use crate::store::{Judgement, NewVerdict, Selector, content_hash};

/// A verdict of `reviewer` on `event`, which was found in `document`. The annotation is kept as the
/// contract of `waqai extract` writes it, names and code points included.
pub fn on_event(
    reviewer: &str,
    judgement: Judgement,
    document: &Document,
    annotations: &Annotations,
    event: &Event,
) -> NewVerdict {
    let record = Records::new(document, annotations).event(event);
    NewVerdict {
        reviewer: reviewer.to_owned(),
        judgement,
        document: document.id.clone(),
        hash: content_hash(&document.text),
        selector: Selector::new(&document.text, event.trigger),
        event_id: event.id.clone(),
        before: serde_json::to_value(record).ok(),
        after: None,
        note: None,
    }
}

/// An event that was not found, marked by `reviewer` at the words `span`; `after` says what it is.
pub fn missed(reviewer: &str, document: &Document, span: Span, after: Value) -> NewVerdict {
    NewVerdict {
        reviewer: reviewer.to_owned(),
        judgement: Judgement::Missed,
        document: document.id.clone(),
        hash: content_hash(&document.text),
        selector: Selector::new(&document.text, span),
        event_id: String::new(),
        before: None,
        after: Some(after),
        note: None,
    }
}
