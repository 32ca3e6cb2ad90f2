//! Counts by year, month or day and by PLOVER's quadrants, in one pass: what a chart shows.

use std::collections::BTreeMap;

use super::StoreError;
use super::columns::type_of;
use super::facets::{Facet, Step};
use super::filter::Filter;
use super::index::Index;
use crate::model::{EventType, Quad};

impl Index {
    /// How many of the events that `filter` lets through lie in each year, month or day (`steps` says
    /// which), by quadrant in the order of [`Quad::ALL`]; in the order of time, those without a known
    /// year last, under the empty label. What is dated less exactly than the steps is in none of them.
    ///
    /// # Errors
    /// When the database fails.
    pub fn chart(&self, steps: Facet, filter: &Filter) -> Result<Vec<(String, [u32; 4])>, StoreError> {
        let wanted = self.wanted(filter)?;
        let (columns, c) = (self.columns(), self.connection());
        let (dates, kinds) = (columns.date(c)?, columns.kind(c)?);
        let quads: Vec<usize> = EventType::ALL
            .iter()
            .map(|kind| Quad::ALL.iter().position(|quad| *quad == Quad::of(*kind)).unwrap_or_default())
            .collect();
        let values = columns.dates(c)?;
        let mut counts = vec![[0_u32; 4]; values.len()];
        wanted.each(|n| counts[dates[n] as usize][quads[type_of(kinds[n])]] += 1);
        let mut bars: BTreeMap<Step, [u32; 4]> = BTreeMap::new();
        for (date, counts) in values.iter().zip(counts).filter(|(_, counts)| counts.iter().any(|n| *n > 0)) {
            if let Some(step) = Step::of(steps, date) {
                let bar = bars.entry(step).or_default();
                bar.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            }
        }
        Ok(bars.into_iter().map(|(step, counts)| (step.label(), counts)).collect())
    }
}
