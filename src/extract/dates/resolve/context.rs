//! What the text has told so far: the publication date, the entry one is in, the dates told.

use chrono::NaiveDate;

use super::super::expr::Found;
use super::civil::{Point, Precision, iso_weekday};

/// For how many blocks a story goes on without telling its year again.
const STORY_BLOCKS: u32 = 4;

/// How many blocks an entry fills whose date stands on a line of its own.
const ENTRY_BLOCKS: u32 = 6;
/// How many more blocks an entry fills that begins behind its date.
const INLINE_BLOCKS: u32 = 2;

/// A date told, and where.
#[derive(Clone, Copy, Debug)]
struct Told {
    point: Point,
    block: u32,
    sentence: u32,
}

/// The reference dates at one place of a text.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The publication date.
    pub published: Option<NaiveDate>,
    /// The current year, where it is known without the publication date.
    pub year: Option<i32>,
    header: Option<Point>,
    /// The last block of the entry.
    until: u32,
    /// The latest told at each precision or better: year, month, day.
    told: [Option<Told>; 3],
    /// The latest with year and month in the text.
    dated: Option<Told>,
    /// The latest day told with its date for each weekday, Monday first.
    weekdays: [Option<NaiveDate>; 7],
}

impl Context {
    /// Nothing told yet.
    pub fn new(published: Option<NaiveDate>, year: Option<i32>) -> Self {
        Self { published, year, ..Self::default() }
    }

    /// Takes note of the block that the next expression stands in: an entry may end before it.
    pub fn enter(&mut self, block: u32) {
        if block > self.until {
            self.header = None;
        }
    }

    /// Takes note of a date told by `item`. `explicit` says that all of it stands in the text.
    pub fn tell(&mut self, point: Point, item: &Found, explicit: bool) {
        let told = Told { point, block: item.block, sentence: item.sentence };
        if item.header {
            self.header = Some(point);
            self.until = item.block + if item.alone { ENTRY_BLOCKS } else { INLINE_BLOCKS };
            self.told = [None; 3];
            self.dated = None;
        }
        for level in [Precision::Year, Precision::Month, Precision::Day] {
            if point.precision >= level {
                self.told[level as usize] = Some(told);
            }
        }
        if explicit && point.precision >= Precision::Month {
            self.dated = Some(told);
        }
        if point.precision == Precision::Day {
            self.weekdays[usize::from(iso_weekday(point.date) - 1)] = Some(point.date);
        }
    }

    /// The entry's date.
    pub const fn header(&self) -> Option<Point> {
        self.header
    }

    /// The day of the entry, where it lies more than two weeks from the publication.
    pub fn old_entry(&self) -> Option<Point> {
        let published = self.published?;
        self.header.filter(|entry| {
            entry.precision == Precision::Day && (published - entry.date).num_days().abs() > 14
        })
    }

    /// The date that the text speaks of, at least so exact: the last one told, or the publication
    /// date where nothing was told.
    pub fn narrative(&self, at_least: Precision) -> Option<Point> {
        self.told[at_least as usize].map(|told| told.point).or_else(|| self.published.map(Point::day))
    }

    /// The last date told at all.
    pub fn last(&self) -> Option<Point> {
        self.told[Precision::Year as usize].map(|told| told.point)
    }

    /// The last date told in this sentence.
    pub fn in_sentence(&self, sentence: u32, at_least: Precision) -> Option<Point> {
        self.told[at_least as usize].filter(|told| told.sentence == sentence).map(|told| told.point)
    }

    /// The date near which a date without a year lies: the entry's, one with a year told shortly
    /// before in the same block, the publication date, or whatever was told last in the block.
    pub fn near(&self, block: u32, sentence: u32) -> Option<NaiveDate> {
        self.header
            .map(|point| point.date)
            .or_else(|| {
                self.dated
                    .filter(|told| told.block == block && sentence.saturating_sub(told.sentence) <= 2)
                    .map(|told| told.point.date)
            })
            .or(self.published)
            .or_else(|| {
                let story = self.dated.filter(|told| block.saturating_sub(told.block) <= STORY_BLOCKS);
                let here = self.told[Precision::Year as usize].filter(|told| told.block == block);
                story.or(here).map(|told| told.point.date)
            })
    }

    /// A day of this weekday told with its date, near the publication date.
    pub fn told_weekday(&self, day: u8) -> Option<NaiveDate> {
        let told = self.weekdays[usize::from(day.clamp(1, 7) - 1)]?;
        let published = self.published?;
        ((told - published).num_days().abs() <= 7).then_some(told)
    }
}
