//! Finding folded words in a text of any length, a stretch at a time, so that whoever waits for it can
//! do other things in between.

use std::ops::Range;

use memchr::memmem::Finder;

use super::fold::{fold_phrase, push_fold};

/// What came of reading on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// The words stand at these bytes of the text.
    Found(Range<u32>),
    /// Not in this stretch; there is more.
    More,
    /// The text is over.
    End,
}

/// Words being looked for from the start of a text to its end.
#[derive(Clone, Debug)]
pub struct Finding {
    finder: Finder<'static>,
    /// Folded letters that are still to be looked at, or that may be the beginning of what is sought.
    folded: String,
    /// For every byte of them the byte of the text that it comes from.
    origin: Vec<u32>,
    /// Where to read on.
    at: usize,
}

impl Finding {
    /// Looks for `words` in any spelling; none where they fold to nothing.
    pub fn new(words: &str) -> Option<Self> {
        let needle = fold_phrase(words);
        let finder = Finder::new(needle.as_bytes()).into_owned();
        (!needle.is_empty()).then(|| Self { finder, folded: String::new(), origin: Vec::new(), at: 0 })
    }

    /// Begins again, at the byte `at` of a text.
    pub fn start(&mut self, at: usize) {
        self.folded.clear();
        self.origin.clear();
        self.at = at;
    }

    /// Reads on in `text`, which is the same every time, for about so many `bytes`; those that were read
    /// are taken off. After a find it goes on behind it.
    pub fn read_on(&mut self, text: &str, bytes: &mut usize) -> Read {
        if let Some(found) = self.next() {
            return Read::Found(found);
        }
        let rest = text.get(self.at..).unwrap_or_default();
        if rest.is_empty() {
            return Read::End;
        }
        // No more than may be the beginning of what is sought is kept of what was looked at.
        let mut over = self.folded.len().saturating_sub(self.finder.needle().len() - 1);
        while !self.folded.is_char_boundary(over) {
            over -= 1;
        }
        self.folded.drain(..over);
        self.origin.drain(..over);
        let end = (*bytes).clamp(1, rest.len());
        let end = (end..=rest.len()).find(|&end| rest.is_char_boundary(end)).unwrap_or(rest.len());
        for (n, c) in rest.get(..end).unwrap_or_default().char_indices() {
            push_fold(c, &mut self.folded);
            self.origin.resize(self.folded.len(), (self.at + n) as u32);
        }
        self.at += end;
        *bytes = bytes.saturating_sub(end);
        self.next().map_or(Read::More, Read::Found)
    }

    /// The next place among the folded letters, which are taken up to its end.
    fn next(&mut self) -> Option<Range<u32>> {
        let at = self.finder.find(self.folded.as_bytes())?;
        let end = at + self.finder.needle().len();
        let start = self.origin.get(at).copied()?;
        let behind = self.origin.get(end).copied().unwrap_or(self.at as u32);
        self.folded.drain(..end);
        self.origin.drain(..end);
        Some(start..behind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Folded;

    /// All places, read in stretches of `bytes`.
    fn all(text: &str, words: &str, bytes: usize) -> Vec<Range<u32>> {
        let mut finding = Finding::new(words).expect("words");
        let mut out = Vec::new();
        loop {
            match finding.read_on(text, &mut bytes.clone()) {
                Read::Found(found) => out.push(found),
                Read::More => {}
                Read::End => return out,
            }
        }
    }

    #[test]
    fn in_stretches_of_any_length_the_same_is_found() {
        let text = "أَلقُدس، والقـــدس\nالقدس العتيقة";
        let whole: Vec<_> =
            Folded::new(text).find_all("القدس").map(|r| r.start as u32..r.end as u32).collect();
        assert_eq!(whole.len(), 3);
        for bytes in 1..text.len() + 2 {
            let starts = |places: &[Range<u32>]| places.iter().map(|p| p.start).collect::<Vec<_>>();
            assert_eq!(starts(&all(text, "القدس", bytes)), starts(&whole), "{bytes}");
        }
        assert_eq!(all(text, "القدس", 1000), whole);
        assert_eq!(all(text, "بغداد", 3), []);
        assert!(Finding::new("ـ").is_none());
    }

    #[test]
    fn it_begins_where_it_is_told_to() {
        let mut finding = Finding::new("ab").expect("words");
        finding.start(1);
        assert_eq!(finding.read_on("abcab", &mut 100), Read::Found(3..5));
        assert_eq!(finding.read_on("abcab", &mut 100), Read::End);
    }
}
