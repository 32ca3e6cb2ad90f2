//! Words of the text chosen with the keyboard, from right to left, for an event that was missed.

use super::editor::words;
use crate::model::Span;

/// The cursor in the text, word by word.
#[derive(Clone, Debug)]
pub struct Marker {
    words: Vec<Span>,
    at: usize,
    /// The word where the selection begins, once it is held.
    held: Option<usize>,
}

impl Marker {
    /// A cursor in `text` on the word at or behind the byte `from`; none in a text without words.
    pub fn new(text: &str, from: u32) -> Option<Self> {
        let words = words(text);
        let at = words.partition_point(|word| word.end <= from).min(words.len().checked_sub(1)?);
        Some(Self { words, at, held: None })
    }

    /// One word on in the order of reading, or back.
    pub fn step(&mut self, forward: bool) {
        let last = self.words.len() - 1;
        self.at = if forward { (self.at + 1).min(last) } else { self.at.saturating_sub(1) };
    }

    /// To the word at or behind a byte.
    pub fn go(&mut self, byte: u32) {
        self.at = self.words.partition_point(|word| word.end <= byte).min(self.words.len() - 1);
    }

    /// Selects from the word at one byte to the word at another.
    pub fn draw(&mut self, from: u32, to: u32) {
        self.go(from);
        self.held = (from != to).then_some(self.at);
        self.go(to);
    }

    /// Begins a selection at the cursor, or lets it go.
    pub fn hold(&mut self) {
        self.held = if self.held.is_some() { None } else { Some(self.at) };
    }

    /// The word under the cursor.
    pub fn word(&self) -> Span {
        self.words[self.at]
    }

    /// What is selected: the word under the cursor, or all from where the selection was begun.
    pub fn span(&self) -> Span {
        let other = self.words[self.held.unwrap_or(self.at)];
        self.word().cover(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_chosen_both_ways() {
        let text = "زار الوفد، أمس، بغداد";
        let mut marker = Marker::new(text, 0).unwrap();
        marker.step(true);
        marker.hold();
        marker.step(true);
        assert_eq!(marker.span().of(text), "الوفد، أمس");
        (0..9).for_each(|_| marker.step(false));
        assert_eq!(marker.span().of(text), "زار الوفد");
        marker.hold();
        assert_eq!(marker.span().of(text), "زار");
        let at = |word: &str| text.find(word).unwrap() as u32;
        marker.draw(at("أمس"), at("لوفد"));
        assert_eq!(marker.span().of(text), "الوفد، أمس");
        marker.draw(at("بغداد"), at("بغداد"));
        assert_eq!(marker.span().of(text), "بغداد");
        assert!(Marker::new(" … ", 0).is_none());
    }
}
