//! JSON lines. Text is written as it is, not escaped to ASCII; only control characters are escaped,
//! also those that JSON would let pass (DEL and C1), since some terminals obey them.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use super::{Layer, Output, Records};

pub(super) fn write(output: Output, records: &Records<'_>, out: &mut dyn Write) -> io::Result<()> {
    match output.layer {
        Layer::Events => records.events(output.all).try_for_each(|record| line(&record, out)),
        Layer::Dates => records.dates().try_for_each(|record| line(&record, out)),
        Layer::Actors => records.actors().try_for_each(|record| line(&record, out)),
    }
}

/// Writes one record and a line end.
pub(crate) fn line(record: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    record.serialize(&mut Serializer::with_formatter(&mut *out, Escaping)).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// Compact JSON with DEL and C1 controls escaped.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut from = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| ('\u{7f}'..='\u{9f}').contains(c)) {
            CompactFormatter.write_string_fragment(writer, &fragment[from..at])?;
            write!(writer, "\\u{:04x}", u32::from(c))?;
            from = at + c.len_utf8();
        }
        CompactFormatter.write_string_fragment(writer, &fragment[from..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_escaped_and_nothing_else() {
        let mut out = Vec::new();
        line(&"رَفض 🙂\u{1b}[2J\u{9b}31m\u{7f}\"\n", &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "\"رَفض 🙂\\u001b[2J\\u009b31m\\u007f\\\"\\n\"\n");
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), "رَفض 🙂\u{1b}[2J\u{9b}31m\u{7f}\"\n");
    }
}
