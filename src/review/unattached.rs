//! The list of the verdicts that find no event any more.

use std::collections::HashSet;

use super::verdict::is_read;
use crate::corpus::one_line;
use crate::store::{NewVerdict, Verdict};

/// The verdicts of `log` with the numbers `lost`, a line each: document, words, what was said by whom.
/// First those of documents that are `here`, then the others. What marks a whole document as read has
/// no words to be found.
pub fn unattached(log: &[Verdict], lost: &[i64], here: impl Fn(&NewVerdict) -> bool) -> [Vec<String>; 2] {
    let lost: HashSet<i64> = lost.iter().copied().collect();
    let (mut near, mut far) = (Vec::new(), Vec::new());
    for verdict in log.iter().filter(|v| lost.contains(&v.seq) && !is_read(&v.said)) {
        let said = &verdict.said;
        let words: String = said.selector.exact.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
        let line = format!("{}: {words} ({}, {})", said.document, said.judgement.name(), said.reviewer);
        if here(said) { &mut near } else { &mut far }.push(one_line(&line));
    }
    [near, far]
}
