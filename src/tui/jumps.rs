//! Places one has been at, to go back to and forward again.

use crate::store::EventKey;

/// How many places are remembered.
const MOST: usize = 100;

/// Where one was: the document, the byte that was being read, the event that was selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Key of the document.
    pub document: i64,
    /// First byte of the row that was being read.
    pub byte: u32,
    /// The event, where one was selected.
    pub event: Option<EventKey>,
}

/// The places before and after the present one.
#[derive(Clone, Debug, Default)]
pub struct Jumps {
    before: Vec<Place>,
    after: Vec<Place>,
}

impl Jumps {
    /// Remembers the place that is being left. What lay ahead is forgotten, as in any browser.
    pub fn leave(&mut self, place: Place) {
        self.after.clear();
        if self.before.last() != Some(&place) {
            self.before.push(place);
        }
        if self.before.len() > MOST {
            self.before.remove(0);
        }
    }

    /// The place to go to from `here`, back or forward; none at the end of the way.
    pub fn go(&mut self, here: Option<Place>, back: bool) -> Option<Place> {
        let (from, to) =
            if back { (&mut self.before, &mut self.after) } else { (&mut self.after, &mut self.before) };
        let place = loop {
            let place = from.pop()?;
            if Some(place) != here {
                break place;
            }
        };
        to.extend(here);
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(document: i64) -> Place {
        Place { document, byte: 0, event: None }
    }

    #[test]
    fn back_and_forward_are_one_way() {
        let mut jumps = Jumps::default();
        jumps.leave(place(1));
        jumps.leave(place(2));
        assert_eq!(jumps.go(Some(place(3)), true), Some(place(2)));
        assert_eq!(jumps.go(Some(place(2)), true), Some(place(1)));
        assert_eq!(jumps.go(Some(place(1)), true), None);
        assert_eq!(jumps.go(Some(place(1)), false), Some(place(2)));
        jumps.leave(place(2));
        assert_eq!(jumps.go(Some(place(9)), false), None, "what lay ahead is forgotten");
    }
}
