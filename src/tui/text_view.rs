//! A document's text as rows of cells: laid out a paragraph at a time, when it is looked at, and
//! kept; what is out of sight costs nothing.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::bidi::{self, Layout, Options};
use crate::text::Folded;

/// How many laid-out paragraphs are kept; far more than any window shows.
const KEPT: usize = 1024;

/// A row of the text: the paragraph and the row within it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index of the paragraph.
    pub paragraph: usize,
    /// Row of the paragraph's layout.
    pub row: usize,
}

/// A text, how it is laid out, and where the reader is.
#[derive(Debug)]
pub struct TextView {
    text: Rc<str>,
    /// Byte ranges in text order; line ends belong to none.
    paragraphs: Vec<Range<u32>>,
    width: u16,
    height: u16,
    options: Options,
    /// The row at the top of the window.
    top: Place,
    /// The row that is being read.
    cursor: Place,
    kept: RefCell<HashMap<usize, Rc<Layout>>>,
}

impl TextView {
    /// Takes a text; nothing is laid out yet.
    pub fn new(text: impl Into<Rc<str>>, options: Options) -> Self {
        let text = text.into();
        let paragraphs = bidi::paragraphs(&text).map(|p| p.start as u32..p.end as u32).collect();
        Self {
            text,
            paragraphs,
            width: 1,
            height: 1,
            options,
            top: Place::default(),
            cursor: Place::default(),
            kept: RefCell::default(),
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, to be kept.
    pub fn shared(&self) -> Rc<str> {
        Rc::clone(&self.text)
    }

    /// The paragraphs as byte ranges.
    pub fn paragraphs(&self) -> &[Range<u32>] {
        &self.paragraphs
    }

    /// The row at the top of the window.
    pub const fn top(&self) -> Place {
        self.top
    }

    /// The row that is being read.
    pub const fn cursor(&self) -> Place {
        self.cursor
    }

    /// The layout of a paragraph; its byte ranges count from the paragraph's start.
    pub fn layout(&self, paragraph: usize) -> Rc<Layout> {
        if let Some(layout) = self.kept.borrow().get(&paragraph) {
            return Rc::clone(layout);
        }
        let layout = Rc::new(bidi::paragraph(self.paragraph_text(paragraph), self.width, &self.options));
        let mut kept = self.kept.borrow_mut();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(paragraph, Rc::clone(&layout));
        layout
    }

    /// The paragraph that is being read.
    pub fn reading(&self) -> &str {
        self.paragraph_text(self.cursor.paragraph)
    }

    fn paragraph_text(&self, paragraph: usize) -> &str {
        let Some(range) = self.paragraphs.get(paragraph) else { return "" };
        self.text.get(range.start as usize..range.end as usize).unwrap_or("")
    }

    fn rows(&self, paragraph: usize) -> usize {
        self.layout(paragraph).rows.len().max(1)
    }

    /// Sets the window's size in cells and the way of laying out. The row that is being read stays
    /// where it is.
    pub fn fit(&mut self, width: u16, height: u16, options: Options) {
        let (width, height) = (width.max(1), height.max(1));
        if (width, options) != (self.width, self.options) {
            let reading = self.byte(self.cursor);
            let above = self.distance(self.top, self.cursor, usize::from(self.height));
            self.width = width;
            self.options = options;
            self.kept.borrow_mut().clear();
            self.height = height;
            self.cursor = self.place(reading);
            self.top = self.back(self.cursor, above.min(usize::from(height) - 1));
            self.settle();
        } else if height != self.height {
            self.height = height;
            self.settle();
        }
    }

    /// The row that holds a byte of the text.
    pub fn place(&self, byte: u32) -> Place {
        let paragraph = self.paragraphs.partition_point(|p| p.end < byte).min(self.last_paragraph());
        let start = self.paragraphs.get(paragraph).map_or(0, |p| p.start);
        let row = self.layout(paragraph).row_of(byte.saturating_sub(start));
        Place { paragraph, row }
    }

    /// The bytes of a row, counted from the start of the text.
    pub fn bytes(&self, place: Place) -> Range<u32> {
        let Some(paragraph) = self.paragraphs.get(place.paragraph) else { return 0..0 };
        match self.layout(place.paragraph).rows.get(place.row) {
            Some(row) => paragraph.start + row.bytes.start..paragraph.start + row.bytes.end,
            None => paragraph.clone(),
        }
    }

    fn byte(&self, place: Place) -> u32 {
        self.bytes(place).start
    }

    const fn last_paragraph(&self) -> usize {
        self.paragraphs.len().saturating_sub(1)
    }

    /// The place `count` rows further on, or the last one.
    fn on(&self, mut place: Place, mut count: usize) -> Place {
        loop {
            let rows = self.rows(place.paragraph);
            if place.row + count < rows {
                place.row += count;
                return place;
            }
            if place.paragraph >= self.last_paragraph() {
                return Place { paragraph: place.paragraph, row: rows - 1 };
            }
            count -= rows - place.row;
            place = Place { paragraph: place.paragraph + 1, row: 0 };
        }
    }

    /// The place `count` rows before, or the first one.
    fn back(&self, mut place: Place, mut count: usize) -> Place {
        loop {
            if place.row >= count {
                place.row -= count;
                return place;
            }
            if place.paragraph == 0 {
                return Place::default();
            }
            count -= place.row + 1;
            let paragraph = place.paragraph - 1;
            place = Place { paragraph, row: self.rows(paragraph) - 1 };
        }
    }

    /// How many rows `to` stands below `from`, counted no further than `most`.
    fn distance(&self, from: Place, to: Place, most: usize) -> usize {
        let mut place = from;
        let mut count = 0;
        while place < to && count < most {
            place = self.on(place, 1);
            count += 1;
        }
        count
    }

    /// The rows in the window, from the top.
    pub fn window(&self) -> Vec<Place> {
        let mut out = Vec::with_capacity(usize::from(self.height));
        let mut place = self.top;
        for _ in 0..self.height {
            out.push(place);
            let next = self.on(place, 1);
            if next == place {
                break;
            }
            place = next;
        }
        out
    }

    /// Moves the row that is being read; `rows` may be negative.
    pub fn step(&mut self, rows: isize) {
        let count = rows.unsigned_abs();
        self.cursor = if rows < 0 { self.back(self.cursor, count) } else { self.on(self.cursor, count) };
        self.settle();
    }

    /// Reads a row of the window.
    pub fn read_at(&mut self, place: Place) {
        self.cursor = place;
    }

    /// To the first row.
    pub fn first(&mut self) {
        self.cursor = Place::default();
        self.settle();
    }

    /// To the last row.
    pub fn last(&mut self) {
        let paragraph = self.last_paragraph();
        self.cursor = Place { paragraph, row: self.rows(paragraph) - 1 };
        self.settle();
    }

    /// Brings `bytes` into view, a third of the window from the top unless they are well in view
    /// already, and reads there.
    pub fn show(&mut self, bytes: Range<u32>) {
        self.cursor = self.place(bytes.start);
        let height = usize::from(self.height);
        let below = self.distance(self.top, self.cursor, height);
        let end = self.distance(self.cursor, self.place(bytes.end.saturating_sub(1)), height);
        let inside = self.cursor >= self.top && below + end < height;
        if !inside {
            self.top = self.back(self.cursor, height / 3);
        }
        self.settle();
    }

    /// Sees that the row being read is in the window, with some rows around it where there are any.
    fn settle(&mut self) {
        let height = usize::from(self.height);
        let margin = (height / 4).min(height.saturating_sub(1) / 2);
        let highest = self.back(self.cursor, height - 1 - margin);
        let lowest = self.back(self.cursor, margin);
        self.top = self.top.max(highest).min(lowest);
        // No empty rows under the last one while there are rows above.
        let last = Place { paragraph: self.last_paragraph(), row: usize::MAX };
        if self.paragraphs.len() - self.top.paragraph.min(self.paragraphs.len()) <= height {
            let end = Place { row: self.rows(last.paragraph) - 1, ..last };
            self.top = self.top.min(self.back(end, height - 1));
        }
    }

    /// The next place where the folded `needle` stands: the first that starts at `from` or after
    /// it, or the last that starts before it.
    pub fn find(&self, needle: &str, from: u32, forward: bool) -> Option<Range<u32>> {
        let here = self.paragraphs.partition_point(|p| p.end < from).min(self.last_paragraph());
        let found = |paragraph: usize| self.found(paragraph, needle);
        if forward {
            (here..self.paragraphs.len()).find_map(|p| found(p).into_iter().find(|r| r.start >= from))
        } else {
            (0..=here).rev().find_map(|p| found(p).into_iter().rev().find(|r| r.start < from))
        }
    }

    /// Every place in a paragraph where the folded `needle` stands, as bytes of the text.
    pub fn found(&self, paragraph: usize, needle: &str) -> Vec<Range<u32>> {
        let Some(start) = self.paragraphs.get(paragraph).map(|p| p.start) else { return Vec::new() };
        Folded::new(self.paragraph_text(paragraph))
            .find_all(needle)
            .map(|r| start + r.start as u32..start + r.end as u32)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &str, width: u16, height: u16) -> TextView {
        let mut view = TextView::new(text, Options::default());
        view.fit(width, height, Options::default());
        view
    }

    fn lines(count: usize) -> String {
        (0..count).fold(String::new(), |text, n| text + &format!("سطر {n}\n"))
    }

    #[test]
    fn the_row_being_read_stays_in_the_window() {
        let mut view = view(&lines(100), 20, 10);
        for rows in [1, 5, 40, -3, 70, -200, 99, -1] {
            view.step(rows);
            assert!(view.window().contains(&view.cursor()), "{rows}");
        }
        view.last();
        assert_eq!(view.window().len(), 10);
        view.first();
        assert_eq!(view.top(), Place::default());
    }

    #[test]
    fn what_is_shown_is_in_the_window_at_any_width() {
        let text = format!("{}{}", lines(50), "كلمات كثيرة تملأ السطر ".repeat(40));
        for width in [1, 7, 20, 80, 500] {
            for byte in [0, 100, text.len() / 2, text.len() - 3] {
                let byte = (0..=byte).rev().find(|&b| text.is_char_boundary(b)).unwrap_or(0) as u32;
                let mut view = view(&text, width, 7);
                view.show(byte..byte + 2);
                let rows: Vec<_> = view.window().into_iter().map(|p| view.bytes(p)).collect();
                assert!(rows.iter().any(|r| r.start <= byte && byte <= r.end), "{width} {byte}: {rows:?}");
                let reading = view.byte(view.cursor());
                view.fit(33, 5, Options::default());
                let now = view.bytes(view.cursor());
                assert!(now.start <= reading && reading <= now.end);
            }
        }
    }

    #[test]
    fn a_large_text_is_laid_out_only_where_it_is_looked_at() {
        let mut view = view(&lines(200_000), 40, 30);
        view.step(500);
        view.last();
        assert!(view.kept.borrow().len() < 700);
    }

    #[test]
    fn search_goes_both_ways_over_paragraphs() {
        let text = "القدس\nشيء\nألقدس هنا والقدس";
        let view = view(text, 40, 5);
        let first = view.find("القدس", 0, true).expect("found");
        assert_eq!(first, 0..10);
        let second = view.find("القدس", first.start + 1, true).expect("found");
        assert_eq!(&text[second.start as usize..second.end as usize], "ألقدس");
        assert_eq!(view.find("القدس", second.start, false), Some(first));
        assert_eq!(view.find("بغداد", 0, true), None);
    }
}
