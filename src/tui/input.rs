//! A line of text being typed: a cursor between letters, deletion by cluster.

use crate::bidi::{cluster_after, cluster_before};

/// What is typed so far and where the cursor stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    text: String,
    /// Byte offset, always between two grapheme clusters.
    cursor: usize,
}

impl Input {
    /// A field that holds `text` already, cursor at the end.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.len(), text }
    }

    /// What is typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The cursor's byte offset.
    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// Inserts at the cursor. Control characters, as pasted text may hold them, become blanks.
    pub fn insert(&mut self, text: &str) {
        let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.text.insert_str(self.cursor, &clean);
        let end = self.cursor + clean.len();
        // A mark that joined the letter before it moves the border between clusters.
        self.cursor = cluster_after(&self.text, cluster_before(&self.text, end)).max(end);
    }

    /// One cluster back in the order of reading.
    pub fn back(&mut self) {
        self.cursor = cluster_before(&self.text, self.cursor);
    }

    /// One cluster on in the order of reading.
    pub fn forward(&mut self) {
        self.cursor = cluster_after(&self.text, self.cursor);
    }

    /// To the start.
    pub const fn start(&mut self) {
        self.cursor = 0;
    }

    /// To the end.
    pub const fn end(&mut self) {
        self.cursor = self.text.len();
    }

    /// Deletes the cluster before the cursor.
    pub fn delete_before(&mut self) {
        let from = cluster_before(&self.text, self.cursor);
        self.text.replace_range(from..self.cursor, "");
        self.cursor = from;
    }

    /// Deletes the cluster after the cursor.
    pub fn delete_after(&mut self) {
        let to = cluster_after(&self.text, self.cursor);
        self.text.replace_range(self.cursor..to, "");
    }

    /// Deletes the word before the cursor, with the blanks between.
    pub fn delete_word(&mut self) {
        let head = self.text.get(..self.cursor).unwrap_or("").trim_end();
        let from = head
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + head.get(at..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8));
        self.text.replace_range(from..self.cursor, "");
        self.cursor = from;
    }

    /// Puts `text` in the place of what stands from the byte `start` to the cursor.
    pub fn replace(&mut self, start: usize, text: &str) {
        self.text.replace_range(start.min(self.cursor)..self.cursor, "");
        self.cursor = start.min(self.cursor);
        self.insert(text);
    }

    /// Deletes everything.
    pub fn clear(&mut self) {
        self.text.clear();
        self.cursor = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deletion_goes_by_cluster() {
        let mut input = Input::new("قَد");
        input.delete_before();
        assert_eq!(input.text(), "قَ");
        input.delete_before();
        assert_eq!(input.text(), "");
        input.delete_before();
        assert_eq!(input.cursor(), 0);
    }

    #[test]
    fn the_cursor_stays_between_clusters() {
        let mut input = Input::new("لا مر");
        input.back();
        input.insert("\u{64F}");
        assert_eq!((input.text(), input.cursor()), ("لا م\u{64F}ر", "لا م\u{64F}".len()));
        input.delete_word();
        assert_eq!((input.text(), input.cursor()), ("لا ر", "لا ".len()));
        input.forward();
        input.delete_word();
        input.delete_word();
        assert_eq!(input.text(), "");
        input.insert("a\nb");
        assert_eq!(input.text(), "a b");
    }
}
