//! Sentence boundaries over tokens.

use std::ops::Range;

use super::tokens::{TokenKind, Tokens};

/// The most tokens of a sentence. Told sentences have fewer; a page without full stops is cut so that
/// what looks for ties inside a sentence takes time in proportion to the page.
pub const LONGEST: usize = 240;

/// The lines of a text as ranges of token indices, line ends left out; empty ones too.
pub fn lines(tokens: &Tokens<'_>) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    tokens.all().split(|token| token.kind == TokenKind::Newline).map(move |line| {
        let range = start..start + line.len();
        start = range.end + 1;
        range
    })
}

/// The sentences of a text as ranges of token indices, line ends left out. A sentence ends at a line
/// end and after `.`, `!`, `?`, `؟`, `…` that is followed by white space, with the closing quotes
/// and brackets behind it; a stop between digits, or behind a single letter (`د.`), ends nothing.
pub fn sentences(tokens: &Tokens<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for line in lines(tokens) {
        let mut start = line.start;
        let mut i = start;
        while i < line.end {
            if tokens.kind(i) == Some(TokenKind::Mark) && ends(tokens, start, i) {
                while tokens.get(i + 1).is_some_and(|t| !t.spaced) && closes(tokens.folded(i + 1)) {
                    i += 1;
                }
                out.push(start..i + 1);
                start = i + 1;
            }
            i += 1;
        }
        if start < line.end {
            out.push(start..line.end);
        }
    }
    if out.iter().any(|s| s.len() > LONGEST) {
        out.into_iter().flat_map(|s| cut(tokens, s)).collect()
    } else {
        out
    }
}

/// Cuts what is too long at its last comma within reach, or where reach ends.
fn cut(tokens: &Tokens<'_>, sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = sentence.start;
    while sentence.end - start > LONGEST {
        let reach = start + LONGEST;
        let comma =
            (start + LONGEST / 2..reach).rev().find(|&i| matches!(tokens.folded(i), "،" | "," | "؛" | ":"));
        let end = comma.map_or(reach, |i| i + 1);
        out.push(start..end);
        start = end;
    }
    out.push(start..sentence.end);
    out
}

fn closes(mark: &str) -> bool {
    matches!(mark, "\"" | "”" | "“" | "»" | ")" | "]" | "'" | "’" | "." | "!" | "?" | "؟" | "…")
}

fn ends(tokens: &Tokens<'_>, start: usize, i: usize) -> bool {
    match tokens.folded(i) {
        "!" | "?" | "؟" | "…" => true,
        "." => {
            let next = i + 1;
            let Some(after) = tokens.get(next) else { return true };
            if !after.spaced && after.kind != TokenKind::Newline && !closes(tokens.folded(next)) {
                // Machine-made text glues sentences: a stop between two Arabic words of more than
                // one letter still ends one.
                return after.kind == TokenKind::Word
                    && i > start
                    && tokens.kind(i - 1) == Some(TokenKind::Word)
                    && tokens.folded(i - 1).chars().nth(2).is_some()
                    && tokens.folded(next).chars().nth(2).is_some();
            }
            let single = i > start
                && tokens.kind(i - 1) == Some(TokenKind::Word)
                && tokens.folded(i - 1).chars().nth(1).is_none();
            // `12 فبراير. 2025`: the year goes on with the date.
            let year = after.kind == TokenKind::Number && tokens.folded(next).len() == 4;
            !single && !year
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_stops_is_cut() {
        let text = "زار الوزير العاصمة، ".repeat(500);
        let t = Tokens::new(&text);
        let found = sentences(&t);
        assert!(found.iter().all(|s| !s.is_empty() && s.len() <= LONGEST));
        assert!(found.windows(2).all(|w| w[0].end == w[1].start));
        assert_eq!((found[0].start, found[found.len() - 1].end), (0, t.len()));
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        let text = "قال د. سامي إن النسبة 2.5 بالمئة. وأضاف \"نعم.\" ثم ذهب\nسطر";
        let t = Tokens::new(text);
        let found: Vec<_> = sentences(&t).into_iter().map(|r| t.span(r.start, r.end - 1).of(text)).collect();
        assert_eq!(found, ["قال د. سامي إن النسبة 2.5 بالمئة.", "وأضاف \"نعم.\"", "ثم ذهب", "سطر"]);
    }
}
