//! What reviewers said of which event: verdicts find their events again after the extractor or the
//! documents have changed, and those that do not are listed, never dropped; and how good an extraction
//! is against annotations made by hand.

mod agreement;
mod attach;
mod compare;
mod figures;
mod gold;
mod harvest;
mod locate;
pub mod measure;
mod report;
mod sample;
mod settle;
mod timex;
mod unattached;
mod verdict;

pub use agreement::{Share, alpha, kappa};
pub use attach::{Attached, Missed, Seen, State, attach};
pub use compare::{Differing, Lone, Sides, sides};
pub use figures::{Agreement, Bin, Day, Failing, Field, Recall, ReviewReport, Reviewer, Row};
pub use gold::{GoldError, parse_gold, read_gold};
pub use harvest::{GoldEvent, Harvest, harvest};
pub use locate::locate;
pub use report::review_report;
pub use sample::{Sample, Strata};
pub use settle::{Dispute, Position, disputes, settle, settling};
pub use timex::{ReadDate, read_date};
pub use unattached::unattached;
pub use verdict::{corrected, fully_read, is_read, missed, note, on_event};

use crate::store::{Index, Judgement, StoreError, Verdict};

/// How often the extraction was right so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Precision {
    /// Events accepted as they are.
    pub accepted: u32,
    /// Events rejected.
    pub rejected: u32,
    /// Events right only after a correction; not counted as right.
    pub corrected: u32,
}

impl Precision {
    /// Counts standing judgements, one an event; what is no judgement of right or wrong is left out.
    pub fn of(judgements: impl IntoIterator<Item = Judgement>) -> Self {
        let mut precision = Self::default();
        for judgement in judgements {
            match judgement {
                Judgement::Accept => precision.accepted += 1,
                Judgement::Reject => precision.rejected += 1,
                Judgement::Correct => precision.corrected += 1,
                Judgement::Skip | Judgement::Missed | Judgement::Note | Judgement::Undo => {}
            }
        }
        precision
    }

    /// Events that were judged.
    pub const fn judged(self) -> u32 {
        self.accepted + self.rejected + self.corrected
    }

    /// The share of accepted ones, from 0 to 1; none where nothing was judged.
    pub fn value(self) -> Option<f64> {
        (self.judged() > 0).then(|| f64::from(self.accepted) / f64::from(self.judged()))
    }
}

/// Attaches a whole log (oldest first) to the documents of an index. Only documents that the log
/// speaks of are loaded, one at a time.
///
/// # Errors
/// When the index fails.
pub fn attach_all(log: &[Verdict], index: &Index) -> Result<Attached, StoreError> {
    let mut attached = Attached::default();
    for ((id, hash), verdicts) in attach::by_document(log) {
        let rows = index.documents_like(id, hash)?;
        // The same text under another name is nearer to what was judged than another text under the
        // same name.
        let best = rows.iter().max_by_key(|row| (row.hash == *hash, row.id == *id));
        let Some(row) = best else {
            attached.unattached.extend(verdicts.iter().map(|verdict| verdict.seq));
            continue;
        };
        let document = index.document(row.key)?;
        let annotations = index.annotations(row.key)?;
        let seen = Seen { id: &row.id, hash: &row.hash, text: &document.text, events: &annotations.events };
        attach::to_document(&verdicts, &seen, &mut attached);
    }
    attached.settle();
    Ok(attached)
}
