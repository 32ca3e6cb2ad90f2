//! Cutting a document into paragraphs of bounded length.

use std::ops::Range;

use memchr::{memchr3, memrchr};
use unicode_segmentation::GraphemeCursor;

/// The most bytes in a paragraph that [`paragraphs`] gives.
///
/// Rows depend on the whole paragraph, so this bounds the work for one row, whatever the document.
/// It is some three thousand words: real paragraphs are never cut.
pub const MAX_PARAGRAPH: usize = 32 * 1024;
/// How far before the bound a space is looked for.
const WINDOW: usize = 1024;

/// The paragraphs of `text` in order, each as its bytes without line end, at most
/// [`MAX_PARAGRAPH`] of them.
///
/// Lines end with LF, CR, CR LF, U+2028 or U+2029. An empty line is an empty paragraph; a line end at
/// the end of the text begins no further one. A longer line is cut after a space, else between
/// grapheme clusters; the pieces touch, and a caller may give the later ones the [`super::direction`]
/// of the first.
pub fn paragraphs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    // Where the line that is being cut ends, and the next begins.
    let mut line: Option<(usize, usize)> = None;
    std::iter::from_fn(move || {
        let (end, next) = match line {
            Some(line) => line,
            None if start < text.len() => line_end(text, start),
            None => return None,
        };
        let piece = start..start + bounded(text.get(start..end).unwrap_or_default());
        if piece.end < end {
            start = piece.end;
            line = Some((end, next));
        } else {
            start = next;
            line = None;
        }
        Some(piece)
    })
}

/// Where the line that begins at `start` ends, and where the next begins.
fn line_end(text: &str, start: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let mut from = start;
    while let Some(at) = memchr3(b'\n', b'\r', 0xe2, &bytes[from..]).map(|offset| from + offset) {
        match &bytes[at..] {
            [b'\r', b'\n', ..] => return (at, at + 2),
            [b'\n' | b'\r', ..] => return (at, at + 1),
            // LINE SEPARATOR and PARAGRAPH SEPARATOR
            [0xe2, 0x80, 0xa8 | 0xa9, ..] => return (at, at + 3),
            _ => from = at + 1,
        }
    }
    (text.len(), text.len())
}

/// How many bytes of `line` are a paragraph.
fn bounded(line: &str) -> usize {
    if line.len() <= MAX_PARAGRAPH {
        return line.len();
    }
    let window = &line.as_bytes()[MAX_PARAGRAPH - WINDOW..MAX_PARAGRAPH];
    if let Some(space) = memrchr(b' ', window) {
        return MAX_PARAGRAPH - WINDOW + space + 1;
    }
    let end = (0..=MAX_PARAGRAPH).rev().find(|end| line.is_char_boundary(*end)).unwrap_or(MAX_PARAGRAPH);
    let mut cursor = GraphemeCursor::new(end, line.len(), true);
    match cursor.is_boundary(line, 0) {
        Ok(false) => match cursor.prev_boundary(line, 0) {
            // A cluster as long as the window is no text: cut it.
            Ok(Some(boundary)) if boundary >= MAX_PARAGRAPH - WINDOW => boundary,
            _ => end,
        },
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        paragraphs(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn lines() {
        assert_eq!(pieces(""), [""; 0]);
        assert_eq!(pieces("a\n\nب\r\nc\rd\u{2029}e\u{2014}f\n"), ["a", "", "ب", "c", "d", "e\u{2014}f"]);
    }

    #[test]
    fn long_lines_are_cut_after_spaces() {
        let text = "كلمة ".repeat(20_000);
        let pieces = pieces(&text);
        assert!(pieces.len() > 3);
        assert!(pieces.iter().all(|piece| piece.len() <= MAX_PARAGRAPH && piece.ends_with(' ')));
        assert_eq!(pieces.concat(), text);
    }

    #[test]
    fn long_words_are_cut_between_clusters() {
        let text = "ب\u{64e}".repeat(40_000);
        let pieces = pieces(&text);
        assert!(pieces.iter().all(|piece| piece.len() <= MAX_PARAGRAPH && piece.starts_with('ب')));
        assert_eq!(pieces.concat(), text);
        let stack = format!("ب{}", "\u{64e}".repeat(100_000));
        assert_eq!(paragraphs(&stack).map(|range| range.len()).sum::<usize>(), stack.len());
    }
}
