//! Our own JSON lines: one event a line, as `waqai extract` prints them.

use std::collections::HashMap;

use super::data::Told;
use super::json::{json, lines};
use super::{Import, Text};

pub(super) fn write(texts: &[Text]) -> String {
    let events = texts.iter().flat_map(|text| text.events.iter());
    events.fold(String::new(), |out, (_, event)| out + &json(event) + "\n")
}

pub(super) fn read(name: &str, text: &str, import: &mut Import) {
    let mut known: HashMap<String, usize> = HashMap::new();
    lines(name, text, import, |place, event: Told, import| {
        if event.document.is_empty() {
            return import.fault(place, "the event does not say in which document it stands");
        }
        let at = *known.entry(event.document.clone()).or_insert_with(|| {
            import.texts.push(Text { document: event.document.clone(), ..Text::default() });
            import.texts.len() - 1
        });
        import.texts[at].events.push((place, event));
    });
}
