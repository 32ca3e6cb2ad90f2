//! Verdicts in the making: everything that the log keeps of an event, so that a record can be read
//! without the program or the document.

use serde_json::Value;

use crate::formats::Records;
use crate::formats::exchange::Told;
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

/// What `after` holds in the note that says that a document was fully read.
const READ: &str = "fully_read";

/// That `reviewer` has read the whole of `document` and marked all that was missed in it.
pub fn fully_read(reviewer: &str, document: &Document) -> NewVerdict {
    let whole = Span::new(0, document.text.len() as u32);
    let mut selector = Selector::new(&document.text, whole);
    // The hash says which text is meant; no need to keep all of it again.
    selector.exact = String::new();
    NewVerdict {
        judgement: Judgement::Note,
        selector,
        after: Some(serde_json::json!({ READ: true })),
        ..missed(reviewer, document, whole, Value::Null)
    }
}

/// Whether a record says that its document was fully read.
pub fn is_read(said: &NewVerdict) -> bool {
    said.judgement == Judgement::Note && said.after.as_ref().is_some_and(|after| after[READ] == true)
}

/// A remark of `reviewer` on `event`.
pub fn note(
    reviewer: &str,
    words: &str,
    document: &Document,
    annotations: &Annotations,
    event: &Event,
) -> NewVerdict {
    NewVerdict {
        note: Some(words.to_owned()),
        ..on_event(reviewer, Judgement::Note, document, annotations, event)
    }
}

/// That `event` is right once it is as `after` says.
pub fn corrected(
    reviewer: &str,
    document: &Document,
    annotations: &Annotations,
    event: &Event,
    after: &Told,
) -> NewVerdict {
    NewVerdict {
        after: serde_json::to_value(after).ok(),
        ..on_event(reviewer, Judgement::Correct, document, annotations, event)
    }
}
