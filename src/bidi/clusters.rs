//! From characters to clusters: what takes columns together, and how Arabic letters join.
//!
//! A cluster is one character that takes columns with all that follows it and takes none: marks,
//! joiners, variation selectors. Lam and alef are one where they ligate, the halves of a flag too.
//! It may be smaller than a grapheme cluster (an emoji family is its members): this is what all
//! terminals agree to give cells to.

use std::iter::Peekable;

use unicode_bidi::BidiClass;
use unicode_linebreak::linebreaks;
use unicode_normalization::char::compose;

use super::chars::{Chars, Kind, LEFT, Props, RIGHT, mirrored};
use super::levels::{direction, levels};
use super::shaping::{LAM, Shapes};
use super::symbol::{CAPACITY, Symbol};
use super::{Controls, Direction, Dropped, Harakat, Options, Order, Reason, Shaping};

/// A row may begin with this cluster (UAX #14).
pub(super) const BREAK: u16 = 1;
/// White space that hangs at the end of a row.
pub(super) const SPACE: u16 = 2;
/// Takes the paragraph's level at the end of a row (UAX #9, L1).
pub(super) const TRAILING: u16 = 4;
/// Takes the paragraph's level anywhere, and so does white space before it (L1).
pub(super) const SEPARATOR: u16 = 8;
/// Nothing that follows belongs to the cluster.
const CLOSED: u16 = 16;
/// Lam and alef in one cell; [`Cluster::base`] is the alef.
const LIGATURE: u16 = 32;
/// The text has more to show than the base.
const MARKED: u16 = 64;
/// A mark without letter, shown on a dotted circle.
const ORPHAN: u16 = 128;
/// Both halves of a flag.
const PAIRED: u16 = 256;
/// Mirrors at odd levels.
const MIRRORED: u16 = 512;

/// What carries a mark that has no letter.
const DOTTED_CIRCLE: char = '◌';
/// The widest character that all terminals give the same columns. On the few wider ones (U+17D8, a
/// Khmer "et cetera") they differ.
const WIDEST: u8 = 2;
/// What stands for a character that is wider than that, or than the whole row.
pub(super) const STAND_IN: char = '▯';

/// One thing to show, in logical order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cluster {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The character to show, before it is shaped and mirrored.
    pub(super) base: char,
    pub(super) flags: u16,
    /// The level after I2.
    pub(super) level: u8,
    /// Columns.
    pub(super) width: u8,
    /// The sides on which it is joined.
    joined: u8,
}

impl Cluster {
    /// The mark of a text cut short: one column for `start..end`, at the paragraph's level.
    pub(super) const fn ellipsis(start: u32, end: u32, level: u8) -> Self {
        Self { start, end, base: '…', flags: 0, level, width: 1, joined: 0 }
    }

    pub(super) const fn is(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    /// What to write for the cluster, which is a part of `text`.
    #[inline]
    pub(super) fn symbol(&self, text: &str, shapes: &Shapes, options: Options) -> Symbol {
        if self.base == '\t' {
            return Symbol::spaces(self.width);
        }
        let base = if self.is(LIGATURE) {
            shapes.ligature(self.base, self.joined)
        } else if self.is(MIRRORED) && self.level % 2 == 1 && options.order == Order::Visual {
            mirrored(self.base)
        } else if options.shaping == Shaping::Forms {
            shapes.form(self.base, self.joined)
        } else {
            self.base
        };
        let mut symbol = Symbol::of(base);
        if self.is(MARKED) {
            self.push_marks(text, options, &mut symbol);
        }
        symbol
    }

    /// Adds what the text has after the base; a mark that is part of the base is passed by.
    fn push_marks(&self, text: &str, options: Options, symbol: &mut Symbol) {
        let chars = Chars::get();
        let mut rest = text.get(self.start as usize..self.end as usize).unwrap_or_default().chars();
        let mut letter = if self.is(ORPHAN) { None } else { rest.next() };
        for c in rest {
            match chars.props(c).kind {
                Kind::Haraka if options.harakat == Harakat::Strip => {}
                Kind::Mark | Kind::Haraka => match letter.and_then(|letter| composed(letter, c, options)) {
                    Some(whole) => letter = Some(whole),
                    None => symbol.push(c),
                },
                Kind::Regional => symbol.push(c),
                Kind::Base => letter = Some(c),
                _ => {}
            }
        }
    }
}

/// The letter that `letter` and a hamza or madda written as a mark are together.
fn composed(letter: char, mark: char, options: Options) -> Option<char> {
    match mark {
        '\u{653}'..='\u{655}' if options.shaping == Shaping::Forms => compose(letter, mark),
        _ => None,
    }
}

/// A paragraph as clusters.
pub(super) struct Clusters {
    /// In logical order.
    pub(super) list: Vec<Cluster>,
    /// What became none.
    pub(super) dropped: Vec<Dropped>,
    /// Of the paragraph.
    pub(super) direction: Direction,
}

impl Clusters {
    /// The clusters of the paragraph `text`.
    pub(super) fn of(text: &str, options: Options) -> Self {
        let direction = direction(text, &options);
        let levels = levels(text, direction);
        let mut builder = Builder {
            options,
            shapes: Shapes::get(),
            breaks: linebreaks(text).map(|(at, _)| at as u32).peekable(),
            // Arabic letters take two bytes and one cluster.
            list: Vec::with_capacity(text.len() / 2 + 1),
            dropped: Vec::new(),
            joiner: Joiner::default(),
        };
        let chars = Chars::get();
        for ((at, c), level) in text.char_indices().zip(levels) {
            builder.add(at as u32, c, chars.props(c), level.number());
        }
        Self { list: builder.list, dropped: builder.dropped, direction }
    }
}

/// Which letters join, character by character.
///
/// UAX #9, 3.4 has letters join within a run of one level. At an even level (Arabic inside a left to
/// right override) the following letter stands on the right, so sides are geometric, not logical.
#[derive(Default)]
struct Joiner {
    /// The last letter, where the next may join it: place, sides, level.
    before: Option<(usize, u8, u8)>,
    /// A ZERO WIDTH JOINER came last.
    joining: bool,
}

/// The side of a letter that is turned to the letter before it, and the other.
const fn sides(level: u8) -> (u8, u8) {
    if level % 2 == 1 { (RIGHT, LEFT) } else { (LEFT, RIGHT) }
}

impl Joiner {
    /// A character without cell or side came: joining looks through it or stops.
    fn other(&mut self, props: Props) {
        if !props.transparent() {
            *self = Self::default();
        }
    }

    fn zwnj(&mut self) {
        *self = Self::default();
    }

    fn zwj(&mut self, list: &mut [Cluster]) {
        if let Some((place, can, level)) = self.before.take() {
            list[place].joined |= can & sides(level).1;
        }
        self.joining = true;
    }

    /// The cluster at `place` came, which can join on the sides `can`.
    fn letter(&mut self, list: &mut [Cluster], place: usize, can: u8) {
        let level = list[place].level;
        let (back, forth) = sides(level);
        if can & back != 0 {
            match self.before {
                _ if self.joining => list[place].joined |= back,
                Some((before, side, other)) if other == level && side & forth != 0 => {
                    list[before].joined |= forth;
                    list[place].joined |= back;
                }
                _ => {}
            }
        }
        *self = Self { before: (can != 0).then_some((place, can, level)), joining: false };
    }
}

struct Builder<B: Iterator<Item = u32>> {
    options: Options,
    shapes: &'static Shapes,
    breaks: Peekable<B>,
    list: Vec<Cluster>,
    dropped: Vec<Dropped>,
    joiner: Joiner,
}

impl<B: Iterator<Item = u32>> Builder<B> {
    /// Takes the character `c` at byte `at`.
    #[inline]
    fn add(&mut self, at: u32, c: char, props: Props, level: u8) {
        let end = at + c.len_utf8() as u32;
        match props.kind {
            Kind::Base => self.base(at, c, props, level),
            Kind::Mark | Kind::Haraka => self.mark(at, c, props, level),
            Kind::Space => self.push(at, end, c, props, level, SPACE),
            Kind::Tab => self.push(at, end, '\t', props, level, SPACE | CLOSED),
            Kind::Break => self.push(at, end, ' ', props, level, SPACE | CLOSED),
            Kind::Regional => match self.open(at) {
                Some(last) if matches!(last.base, '\u{1f1e6}'..='\u{1f1ff}') && !last.is(PAIRED) => {
                    (last.end, last.width) = (end, 2);
                    last.flags |= PAIRED | MARKED;
                }
                _ => self.push(at, end, c, props, level, 0),
            },
            Kind::Modifier => match self.open(at) {
                Some(last) if last.width == 2 => last.end = end,
                _ => self.push(at, end, c, props, level, 0),
            },
            Kind::Joiner => {
                self.attach(at, end);
                self.joiner.zwj(&mut self.list);
            }
            Kind::NonJoiner => {
                self.attach(at, end);
                self.joiner.zwnj();
            }
            Kind::Silent => self.attach(at, end),
            Kind::Bidi(mark) if self.options.controls == Controls::Show => {
                self.push(at, end, mark, Props { width: 1, ..props }, level, CLOSED);
            }
            Kind::Bidi(_) => self.drop(at, end, props, Reason::Format),
            Kind::Dropped(reason) => self.drop(at, end, props, reason),
        }
    }

    /// A character that takes columns: a cluster of its own, or the second half of a ligature.
    fn base(&mut self, at: u32, c: char, props: Props, level: u8) {
        let end = at + c.len_utf8() as u32;
        if self.options.shaping == Shaping::Forms && self.shapes.ligates(c) {
            // Only a lam that joins ahead is one that no joiner or hidden character parts from `c`.
            let place = self.list.len().wrapping_sub(1);
            let joinable = self.joiner.before.is_some_and(|(before, ..)| before == place);
            if let Some(lam) = self.list.last_mut()
                && joinable
                && (lam.base, lam.end, lam.level) == (LAM, at, level)
                && level % 2 == 1
            {
                (lam.base, lam.end) = (c, end);
                lam.flags |= LIGATURE;
                self.joiner = Joiner::default();
                return;
            }
        }
        if props.width > WIDEST {
            self.push(at, end, STAND_IN, Props { width: 1, ..props }, level, 0);
        } else {
            self.push(at, end, c, props, level, 0);
        }
    }

    /// A mark: part of the cluster before it.
    fn mark(&mut self, at: u32, c: char, props: Props, level: u8) {
        let end = at + c.len_utf8() as u32;
        let options = self.options;
        let stripped = props.kind == Kind::Haraka && options.harakat == Harakat::Strip;
        match self.open(at) {
            Some(last) => {
                last.end = end;
                last.flags &= !(SPACE | TRAILING);
                if let Some(whole) = composed(last.base, c, options) {
                    last.base = whole;
                } else if !stripped {
                    last.flags |= MARKED;
                }
            }
            None if stripped => self.drop(at, end, props, Reason::Mark),
            None => self.push(at, end, DOTTED_CIRCLE, Props { width: 1, ..props }, level, MARKED | ORPHAN),
        }
    }

    /// The cluster that a character at byte `at` may belong to.
    fn open(&mut self, at: u32) -> Option<&mut Cluster> {
        self.list.last_mut().filter(|last| last.end == at && !last.is(CLOSED))
    }

    /// A character that shows nothing: part of the cluster before it.
    fn attach(&mut self, at: u32, end: u32) {
        match self.open(at) {
            Some(last) => last.end = end,
            None => self.dropped.push(Dropped { bytes: at..end, reason: Reason::Format }),
        }
    }

    fn drop(&mut self, at: u32, end: u32, props: Props, reason: Reason) {
        self.joiner.other(props);
        self.dropped.push(Dropped { bytes: at..end, reason });
    }

    fn push(&mut self, start: u32, end: u32, base: char, props: Props, level: u8, mut flags: u16) {
        let before = self.list.last().map_or(0, |last| last.end);
        while let Some(at) = self.breaks.next_if(|at| *at <= start) {
            if at >= before {
                flags |= BREAK;
            }
        }
        if props.trailing() {
            flags |= TRAILING;
        }
        if props.class == BidiClass::S {
            flags |= SEPARATOR;
        }
        if props.mirrored {
            flags |= MIRRORED;
        }
        let width = if base == '\t' { self.options.tab.clamp(1, CAPACITY as u8) } else { props.width.max(1) };
        let place = self.list.len();
        self.list.push(Cluster { start, end, base, flags, level, width, joined: 0 });
        if self.options.shaping == Shaping::Forms {
            let can = props.sides();
            if can == 0 {
                self.joiner.other(props);
            } else {
                self.joiner.letter(&mut self.list, place, can);
            }
        }
    }
}
