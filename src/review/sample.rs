//! Which events to judge: a random sample, the same for the same seed whatever was judged meanwhile.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use super::timex::ascii_digits;
use crate::store::{EventKey, EventRow};

/// What a sample is spread over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strata {
    /// Nothing: each event is as likely as any other.
    #[default]
    None,
    /// Types, each with its share.
    Type,
    /// Documents, each with its share.
    Document,
}

/// A sample: how many, drawn how. Written `50`, `50 7` (a seed), `50 7 type` or `50 7 document`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// How many events.
    pub size: usize,
    /// Another seed draws another sample.
    pub seed: u64,
    /// What it is spread over.
    pub strata: Strata,
}

impl FromStr for Sample {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fault =
            || format!("{text:?} is no sample: how many, a seed, `type` or `document`, as in `50 7 type`");
        let ascii = ascii_digits(text);
        let mut sample = Self { size: 0, seed: 1, strata: Strata::None };
        for (n, word) in ascii.split([' ', ',']).filter(|word| !word.is_empty()).enumerate() {
            match (n, word.parse::<u64>(), word) {
                (0, Ok(size), _) => sample.size = usize::try_from(size).map_err(|_| fault())?,
                (1, Ok(seed), _) => sample.seed = seed,
                (1.., _, "type") => sample.strata = Strata::Type,
                (1.., _, "document") => sample.strata = Strata::Document,
                _ => return Err(fault()),
            }
        }
        if sample.size == 0 { Err(fault()) } else { Ok(sample) }
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.size, self.seed)?;
        match self.strata {
            Strata::None => Ok(()),
            Strata::Type => f.write_str(" type"),
            Strata::Document => f.write_str(" document"),
        }
    }
}

impl Sample {
    /// The events of the sample among `events`, in their order.
    pub fn draw(self, events: &[EventRow]) -> Vec<EventKey> {
        let mut strata: BTreeMap<i64, Vec<(u64, EventKey)>> = BTreeMap::new();
        for event in events {
            let stratum = match self.strata {
                Strata::None => 0,
                Strata::Type => event.kind as i64,
                Strata::Document => event.document,
            };
            strata.entry(stratum).or_default().push((self.rank(&event.event_id), event.key));
        }
        let all = events.len().max(1);
        let size = self.size.min(events.len());
        // Each stratum its whole share; what is left over goes to the largest remainders.
        let mut shares: Vec<(usize, usize, i64)> = strata
            .iter()
            .map(|(&stratum, own)| (own.len() * size / all, own.len() * size % all, stratum))
            .collect();
        let mut left = size - shares.iter().map(|share| share.0).sum::<usize>();
        shares.sort_by(|a, b| b.1.cmp(&a.1).then(a.2.cmp(&b.2)));
        for share in &mut shares {
            if left > 0 && share.0 < strata[&share.2].len() {
                share.0 += 1;
                left -= 1;
            }
        }
        let mut drawn = std::collections::HashSet::new();
        for (share, _, stratum) in shares {
            if let Some(own) = strata.get_mut(&stratum) {
                own.sort_unstable();
                drawn.extend(own.iter().take(share).map(|(_, key)| *key));
            }
        }
        events.iter().map(|event| event.key).filter(|key| drawn.contains(key)).collect()
    }

    /// Where the event stands in the draw.
    fn rank(self, id: &str) -> u64 {
        let mut hash = Sha256::new();
        hash.update(self.seed.to_le_bytes());
        hash.update(id.as_bytes());
        hash.finalize().iter().take(8).fold(0, |rank, byte| rank << 8 | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EventType, Span, Status};

    fn events() -> Vec<EventRow> {
        let one = |n: u32| EventRow {
            key: n,
            document: i64::from(n / 250),
            document_id: String::new(),
            n,
            event_id: format!("e{n}"),
            date: None,
            kind: if n.is_multiple_of(10) { EventType::Aid } else { EventType::Consult },
            status: Status::Occurred,
            source_names: Vec::new(),
            target_names: Vec::new(),
            participant_names: Vec::new(),
            persons: Vec::new(),
            trigger: Span::default(),
            extent: Span::default(),
            confidence: 1.0,
        };
        (0..1000).map(one).collect()
    }

    #[test]
    fn a_seed_is_a_sample() {
        let sample = |text: &str| text.parse::<Sample>().unwrap().draw(&events());
        let one = sample("50 7");
        assert_eq!(one.len(), 50);
        assert_eq!(one, sample("٥٠ ٧"));
        assert_ne!(one, sample("50 8"));
        assert!(one.is_sorted(), "the order of the list stays");
        // What was drawn stays drawn when other events go.
        let fewer: Vec<EventRow> =
            events().into_iter().filter(|e| e.key.is_multiple_of(2) || one.contains(&e.key)).collect();
        let again = "50 7".parse::<Sample>().unwrap().draw(&fewer);
        assert_eq!(again, one);
        assert_eq!(sample("5000").len(), 1000);
    }

    #[test]
    fn strata_have_their_shares() {
        let drawn = "50 3 type".parse::<Sample>().unwrap().draw(&events());
        assert_eq!(drawn.iter().filter(|key| key.is_multiple_of(10)).count(), 5);
        let drawn = "50 3 document".parse::<Sample>().unwrap().draw(&events());
        for document in 0..4 {
            let own = drawn.iter().filter(|key| *key / 250 == document).count();
            assert!((12..=13).contains(&own), "{own}");
        }
    }

    #[test]
    fn what_is_no_sample_is_said() {
        for text in ["", "many", "50 x", "0", "type"] {
            assert!(text.parse::<Sample>().is_err(), "{text}");
        }
    }
}
