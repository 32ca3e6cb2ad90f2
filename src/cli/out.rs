//! Standard output. Where it is a terminal nothing of a document can speak to it: control characters
//! are written as `\u001b`, which in JSON even means the same.

use std::io::{self, BufWriter, IsTerminal as _, Write};

use anyhow::Context as _;

/// Standard output, buffered, for what `body` writes there. None where it was closed: whoever read us
/// has seen enough.
///
/// # Errors
/// When `body` fails, or standard output in another way.
pub(super) fn write<T>(body: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> anyhow::Result<Option<T>> {
    let out = io::stdout().lock();
    let guarded = out.is_terminal();
    let mut out = BufWriter::with_capacity(64 * 1024, Harmless { out, guarded, lead: false });
    let written = body(&mut out).and_then(|value| out.flush().map(|()| value));
    if written.is_err() {
        // What is left in the buffer has nowhere to go.
        let _ = out.into_parts();
    }
    unless_closed(written)
}

/// What was written to standard output; none where it was closed.
///
/// # Errors
/// When it failed in another way.
pub(super) fn unless_closed<T>(written: io::Result<T>) -> anyhow::Result<Option<T>> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(None),
        written => written.map(Some).context("standard output cannot be written"),
    }
}

/// Prints `text` on standard output.
///
/// # Errors
/// When that fails, unless it was closed.
pub(super) fn print(text: impl AsRef<[u8]>) -> anyhow::Result<()> {
    write(|out| out.write_all(text.as_ref())).map(drop)
}

/// A writer of UTF-8 that, where it is `guarded`, lets no control character through but line ends
/// and tabs.
struct Harmless<W> {
    out: W,
    guarded: bool,
    /// Whether the first byte of what may be a C1 character was held back.
    lead: bool,
}

/// The first byte of U+0080 to U+00BF in UTF-8.
const LEAD: u8 = 0xc2;

impl<W: Write> Write for Harmless<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.guarded {
            return self.out.write(bytes);
        }
        let mut clean = Vec::with_capacity(bytes.len());
        for &byte in bytes {
            match (std::mem::take(&mut self.lead), byte) {
                (true, 0x80..=0x9f) => clean.extend(format!("\\u{byte:04x}").bytes()),
                (true, _) => clean.extend([LEAD, byte]),
                (false, LEAD) => self.lead = true,
                (false, b'\n' | b'\r' | b'\t') => clean.push(byte),
                (false, 0..=0x1f | 0x7f) => clean.extend(format!("\\u{byte:04x}").bytes()),
                (false, _) => clean.push(byte),
            }
        }
        self.out.write_all(&clean)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_order_reaches_a_terminal_however_the_text_is_cut() {
        let text = "{\"a\":\"\u{1b}[2Jقبل\u{9b}31m\u{7f}«بعد»\u{a0}\"}\n";
        for cut in 0..text.len() {
            let mut out = Harmless { out: Vec::new(), guarded: true, lead: false };
            out.write_all(&text.as_bytes()[..cut]).expect("a vector takes all");
            out.write_all(&text.as_bytes()[cut..]).expect("a vector takes all");
            let written = String::from_utf8(out.out).expect("text");
            assert_eq!(written, "{\"a\":\"\\u001b[2Jقبل\\u009b31m\\u007f«بعد»\u{a0}\"}\n");
        }
        let mut out = Harmless { out: Vec::new(), guarded: false, lead: false };
        out.write_all(text.as_bytes()).expect("a vector takes all");
        assert_eq!(out.out, text.as_bytes());
    }
}
