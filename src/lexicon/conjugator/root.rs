//! Roots and vowels, as the lexicon writes them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A short vowel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vowel {
    /// Fatha.
    A,
    /// Kasra.
    I,
    /// Damma.
    U,
}

impl Vowel {
    /// The vowel in the notation of the stems.
    pub(super) const fn short(self) -> char {
        match self {
            Self::A => 'a',
            Self::I => 'i',
            Self::U => 'u',
        }
    }
}

/// Three or four radicals; hamza is always ء, weak radicals و or ي.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Root(Vec<char>);

/// Why a root could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RootError {
    /// Not three or four radicals.
    #[error("a root has three or four radicals with blanks between them, not {0:?}")]
    Length(String),
    /// A radical that no root has: ا, ة, ى, a hamza in a seat, a letter of another script.
    #[error("{0:?} is no radical (hamza is written ء, weak radicals و or ي)")]
    Radical(char),
}

impl Root {
    /// The radicals, in order.
    pub fn radicals(&self) -> &[char] {
        &self.0
    }

    /// The radical at `index` counted from 0.
    pub(super) fn at(&self, index: usize) -> char {
        self.0.get(index).copied().unwrap_or('ء')
    }

    /// The last radical.
    pub(super) fn last(&self) -> char {
        self.at(self.0.len() - 1)
    }

    /// Whether the last two of three radicals are the same consonant.
    pub(super) fn is_geminate(&self) -> bool {
        self.0.len() == 3 && self.at(1) == self.at(2) && !is_weak(self.at(2))
    }

    /// Whether the last radical is و or ي.
    pub(super) fn is_defective(&self) -> bool {
        is_weak(self.last())
    }
}

/// Whether a radical is و or ي.
pub(super) const fn is_weak(radical: char) -> bool {
    matches!(radical, 'و' | 'ي')
}

impl FromStr for Root {
    type Err = RootError;

    fn from_str(text: &str) -> Result<Self, RootError> {
        let mut radicals = Vec::with_capacity(4);
        for part in text.split_whitespace() {
            let mut chars = part.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => radicals.push(c),
                _ => return Err(RootError::Length(text.to_owned())),
            }
        }
        if !matches!(radicals.len(), 3 | 4) {
            return Err(RootError::Length(text.to_owned()));
        }
        match radicals.iter().find(|c| !matches!(c, 'ء' | 'ب' | 'ت'..='غ' | 'ف'..='و' | 'ي')) {
            Some(&c) => Err(RootError::Radical(c)),
            None => Ok(Self(radicals)),
        }
    }
}

impl TryFrom<String> for Root {
    type Error = RootError;

    fn try_from(text: String) -> Result<Self, RootError> {
        text.parse()
    }
}

impl From<Root> for String {
    fn from(root: Root) -> Self {
        root.to_string()
    }
}

impl fmt::Display for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, radical) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{radical}")?;
        }
        Ok(())
    }
}
