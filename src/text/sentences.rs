//! Sentence boundaries over tokens.

use std::ops::Range;

use super::tokens::{TokenKind, Tokens};

/// The sentences of a text as ranges of token indices, line ends left out. A sentence ends at a line
/// end and after `.`, `!`, `?`, `؟`, `…` that is followed by white space, with the closing quotes
/// and brackets behind it; a stop between digits, or behind a single letter (`د.`), ends nothing.
pub fn sentences(tokens: &Tokens<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut i = 0;
    while i < tokens.len() {
        match tokens.kind(i) {
            Some(TokenKind::Newline) => {
                if start < i {
                    out.push(start..i);
                }
                start = i + 1;
            }
            Some(TokenKind::Mark) if ends(tokens, start, i) => {
                while tokens.get(i + 1).is_some_and(|t| !t.spaced) && closes(tokens.folded(i + 1)) {
                    i += 1;
                }
                out.push(start..i + 1);
                start = i + 1;
            }
            _ => {}
        }
        i += 1;
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
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
    fn sentences_end_where_a_reader_ends_them() {
        let text = "قال د. سامي إن النسبة 2.5 بالمئة. وأضاف \"نعم.\" ثم ذهب\nسطر";
        let t = Tokens::new(text);
        let found: Vec<_> = sentences(&t).into_iter().map(|r| t.span(r.start, r.end - 1).of(text)).collect();
        assert_eq!(found, ["قال د. سامي إن النسبة 2.5 بالمئة.", "وأضاف \"نعم.\"", "ثم ذهب", "سطر"]);
    }
}
