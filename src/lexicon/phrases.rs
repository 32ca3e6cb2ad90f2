//! Names and fixed phrases of one or more words, found by walking a trie of word ids.

use bitflags::bitflags;
use foldhash::{HashMap, HashMapExt};

use super::words::{Vocabulary, WordId};
use crate::text::{TokenKind, Tokens};

/// What a phrase stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An entity of the lexicon (index).
    Entity(u32),
    /// An entity, where it was named in full before.
    EntityAgain(u32),
    /// A trigger of several words (index of its sense).
    Trigger(u32),
    /// The head of a title of several words.
    Title,
}

bitflags! {
    /// What phrases that begin with a word stand for.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Begins: u8 {
        /// An entity.
        const NAME = 1;
        /// A trigger.
        const TRIGGER = 1 << 1;
        /// The head of a title.
        const TITLE = 1 << 2;
    }
}

/// A trie over words.
#[derive(Debug)]
pub struct Phrases {
    /// Node and word → the node behind it.
    edges: HashMap<(u32, WordId), u32>,
    /// What each node stands for, and whether a longer phrase goes on from it.
    nodes: Vec<(Vec<Meaning>, bool)>,
}

/// A phrase found in a text.
#[derive(Clone, Copy, Debug)]
pub struct Found<'p> {
    /// One past its last token.
    pub end: usize,
    /// What it can stand for.
    pub meanings: &'p [Meaning],
}

impl Default for Phrases {
    fn default() -> Self {
        Self { edges: HashMap::new(), nodes: vec![(Vec::new(), false)] }
    }
}

impl Phrases {
    /// Adds a phrase in any spelling; one without a letter or digit is ignored.
    pub fn add(&mut self, phrase: &str, meaning: Meaning, vocabulary: &mut Vocabulary) {
        let tokens = Tokens::new(phrase);
        let mut first = 0;
        let mut node = 0;
        for i in 0..tokens.len() {
            if matters(&tokens, i) {
                let word = vocabulary.intern(tokens.folded(i));
                let next = self.nodes.len() as u32;
                node = if node == 0 {
                    first = word;
                    let phrases = &mut vocabulary.word_mut(word).phrases;
                    if *phrases == 0 {
                        *phrases = next;
                    }
                    *phrases
                } else {
                    self.nodes[node as usize].1 = true;
                    *self.edges.entry((node, word)).or_insert(next)
                };
                if node == next {
                    self.nodes.push((Vec::new(), false));
                }
            }
        }
        if node == 0 {
            return;
        }
        vocabulary.word_mut(first).begins |= match meaning {
            Meaning::Entity(_) | Meaning::EntityAgain(_) => Begins::NAME,
            Meaning::Trigger(_) => Begins::TRIGGER,
            Meaning::Title => Begins::TITLE,
        };
        let meanings = &mut self.nodes[node as usize].0;
        if !meanings.contains(&meaning) {
            meanings.push(meaning);
        }
    }

    /// Forgets whatever means an entity of `gone`.
    pub fn forget(&mut self, gone: &[u32]) {
        for (meanings, _) in &mut self.nodes {
            meanings.retain(|meaning| match meaning {
                Meaning::Entity(entity) | Meaning::EntityAgain(entity) => !gone.contains(entity),
                Meaning::Trigger(_) | Meaning::Title => true,
            });
        }
    }

    /// The longest of the `phrases` ([`super::words::Word::phrases`]) that begin with the host of token
    /// `at` and go on with the tokens behind it, of which `word` tells which words they are. Quotes, dots
    /// and hyphens inside a phrase are passed over.
    pub fn longest(
        &self,
        tokens: &Tokens<'_>,
        word: impl Fn(usize) -> Option<WordId>,
        at: usize,
        phrases: u32,
    ) -> Option<Found<'_>> {
        let mut node = Some(phrases).filter(|&node| node != 0)?;
        let mut end = at + 1;
        let mut best = None;
        loop {
            let (meanings, longer) = &self.nodes[node as usize];
            if !meanings.is_empty() {
                best = Some(Found { end, meanings });
            }
            if !longer {
                return best;
            }
            let mut next = end;
            while next < tokens.len() && !matters(tokens, next) && tokens.kind(next) == Some(TokenKind::Mark)
            {
                next += 1;
            }
            let step = word(next).and_then(|word| self.edges.get(&(node, word)));
            match step {
                Some(&to) => {
                    node = to;
                    end = next + 1;
                }
                None => return best,
            }
        }
    }
}

/// Whether a token counts in matching a phrase.
fn matters(tokens: &Tokens<'_>, i: usize) -> bool {
    match tokens.kind(i) {
        Some(TokenKind::Mark) => !matches!(
            tokens.folded(i),
            "\"" | "'" | "“" | "”" | "«" | "»" | "." | "-" | "‘" | "’" | "‐" | "–" | "#"
        ),
        Some(TokenKind::Newline) | None => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins() {
        let (mut v, mut p) = (Vocabulary::default(), Phrases::default());
        p.add("كوريا", Meaning::Entity(0), &mut v);
        p.add("كوريا الشمالية", Meaning::Entity(1), &mut v);
        p.add("تنظيم الدولة الإسلامية", Meaning::Entity(2), &mut v);
        let found = |text: &str| {
            let t = Tokens::new(text);
            let first = v.word(v.id(t.folded(0)).unwrap()).phrases;
            p.longest(&t, |i| v.id(t.folded(i)), 0, first).map(|f| (f.end, f.meanings.to_vec()))
        };
        assert_eq!(found("كوريا الشمالية تعلن"), Some((2, vec![Meaning::Entity(1)])));
        assert_eq!(found("كوريا تعلن"), Some((1, vec![Meaning::Entity(0)])));
        assert_eq!(found("تنظيم \"الدولة الإسلامية\""), Some((4, vec![Meaning::Entity(2)])));
    }
}
