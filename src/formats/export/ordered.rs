//! Pieces of text that come in one order and are written in another. What is in them waits on the disk
//! where it is much, so that any number of events can be written.

use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};

use tempfile::SpooledTempFile;

/// Bytes of text that wait in memory.
const IN_MEMORY: usize = 16 * 1024 * 1024;

/// The pieces, each with something that is kept of it.
pub(super) struct Ordered<T> {
    text: BufWriter<SpooledTempFile>,
    /// The place of each piece in the order in which it is written, where its text begins, how long it is.
    pieces: Vec<(usize, u64, usize, T)>,
    end: u64,
}

impl<T> Ordered<T> {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { text: BufWriter::new(SpooledTempFile::new(IN_MEMORY)), pieces: Vec::new(), end: 0 }
    }

    /// Takes the piece that is to stand at `place`.
    pub(super) fn push(&mut self, place: usize, piece: &str, kept: T) -> io::Result<()> {
        self.text.write_all(piece.as_bytes())?;
        self.pieces.push((place, self.end, piece.len(), kept));
        self.end += piece.len() as u64;
        Ok(())
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Gives all of them in their order.
    pub(super) fn each(mut self, mut take: impl FnMut(&T, &[u8]) -> io::Result<()>) -> io::Result<()> {
        self.pieces.sort_by_key(|(place, ..)| *place);
        let mut text = self.text.into_inner().map_err(io::IntoInnerError::into_error)?;
        let mut piece = Vec::new();
        for (_, start, length, kept) in &self.pieces {
            text.seek(SeekFrom::Start(*start))?;
            piece.resize(*length, 0);
            text.read_exact(&mut piece)?;
            take(kept, &piece)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_mixed_up_goes_in_order() {
        let mut pieces = Ordered::new();
        let long = "x".repeat(IN_MEMORY / 4 + 1);
        for place in [3, 0, 4, 2, 1] {
            pieces.push(place, &format!("{place}{long}"), place).expect("a piece");
        }
        let mut out = Vec::new();
        pieces
            .each(|kept, piece| {
                assert_eq!(piece.len(), long.len() + 1);
                out.push((*kept, piece[0]));
                Ok(())
            })
            .expect("all pieces");
        assert_eq!(out, [(0, b'0'), (1, b'1'), (2, b'2'), (3, b'3'), (4, b'4')]);
    }
}
