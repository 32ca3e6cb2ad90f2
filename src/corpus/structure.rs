//! What each line of a document is.

use crate::model::{Block, BlockKind, Span};

/// The lines of `text` in order; every line that is not blank is told text of the one article.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            let span = Span::new(at as u32, (at + line.len()) as u32);
            blocks.push(Block { span, kind: BlockKind::Body, article: 0 });
        }
        at += line.len() + 1;
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_have_no_block() {
        let text = "أول\n \n\nثان";
        let lines: Vec<_> = blocks(text).iter().map(|b| b.span.of(text)).collect();
        assert_eq!(lines, ["أول", "ثان"]);
    }
}
