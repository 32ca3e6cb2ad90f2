//! From clusters to rows: wrapping in logical order, then the order of each row.

use std::ops::Range;

use super::clusters::{BREAK, Cluster, Clusters, SEPARATOR, SPACE, STAND_IN, TRAILING};
use super::levels::visual_order;
use super::row::{Cell, Row};
use super::shaping::Shapes;
use super::symbol::Symbol;
use super::{Align, Direction, Dropped, Options, Order, Reason};

/// The rows of the paragraph `text`, `width` columns (1 at least) or less each. White space that
/// hangs at the end of a row goes to [`Clusters::dropped`].
pub(super) fn rows(text: &str, clusters: &mut Clusters, width: u16, options: Options) -> Vec<Row> {
    let list = &clusters.list;
    let mut setter = Setter::new(text, clusters.direction, width, options);
    let mut rows = Vec::new();
    let mut hung = Vec::new();
    let mut first = 0;
    loop {
        let next = row_end(&list[first..], width).map_or(list.len(), |count| first + count);
        let shown = first + visible(&list[first..next], width, next == list.len());
        if shown < next {
            hung.extend(hanging(&list[shown..next]));
        }
        let start = if first == 0 { 0 } else { list[first].start };
        let end = list.get(next).map_or(text.len() as u32, |cluster| cluster.start);
        rows.push(setter.set(&list[first..shown], start..end));
        if next == list.len() {
            break;
        }
        first = next;
    }
    if !hung.is_empty() {
        clusters.dropped.append(&mut hung);
        clusters.dropped.sort_by_key(|dropped| dropped.bytes.start);
    }
    rows
}

/// Where the row that begins with `list` ends: how many clusters are in it, or `None` if all are.
/// Spaces are never too much.
fn row_end(list: &[Cluster], width: u16) -> Option<usize> {
    let mut used = 0_usize;
    let mut opportunity = None;
    for (at, cluster) in list.iter().enumerate() {
        if at > 0 && cluster.is(BREAK) {
            opportunity = Some(at);
        }
        let columns = usize::from(columns(cluster, width));
        if used + columns > usize::from(width) && !cluster.is(SPACE) {
            // A word longer than the row breaks between clusters. The first cluster always fits.
            return Some(opportunity.unwrap_or(at));
        }
        used += columns;
    }
    None
}

/// How many clusters of a row get cells: not the white space at its end, save in the last row of a
/// paragraph as far as there is room.
fn visible(row: &[Cluster], width: u16, last: bool) -> usize {
    let words = row.iter().rposition(|cluster| !cluster.is(SPACE)).map_or(0, |at| at + 1);
    if !last {
        return words;
    }
    let mut room = usize::from(width);
    for cluster in &row[..words] {
        room = room.saturating_sub(usize::from(columns(cluster, width)));
    }
    let fitting = row[words..].iter().take_while(|cluster| {
        let columns = usize::from(columns(cluster, width));
        let fits = columns <= room;
        room = room.saturating_sub(columns);
        fits
    });
    words + fitting.count()
}

/// The bytes of clusters that hang, without what was dropped between them.
fn hanging(clusters: &[Cluster]) -> Vec<Dropped> {
    let mut pieces: Vec<Dropped> = Vec::new();
    for cluster in clusters {
        match pieces.last_mut() {
            Some(last) if last.bytes.end == cluster.start => last.bytes.end = cluster.end,
            _ => pieces.push(Dropped { bytes: cluster.start..cluster.end, reason: Reason::Hung }),
        }
    }
    pieces
}

/// The columns of a cluster in a row of `width`: what is wider than the row is cut to fit.
pub(super) fn columns(cluster: &Cluster, width: u16) -> u8 {
    match u16::from(cluster.width) {
        columns if columns <= width => columns as u8,
        _ if cluster.base == '\t' => width as u8,
        _ => 1,
    }
}

/// Sets clusters as rows of cells.
pub(super) struct Setter<'a> {
    text: &'a str,
    direction: Direction,
    width: u16,
    options: Options,
    shapes: &'static Shapes,
    levels: Vec<u8>,
    order: Vec<u32>,
}

impl<'a> Setter<'a> {
    pub(super) fn new(text: &'a str, direction: Direction, width: u16, options: Options) -> Self {
        Self { text, direction, width, options, shapes: Shapes::get(), levels: Vec::new(), order: Vec::new() }
    }

    /// The level of the paragraph.
    pub(super) const fn level(&self) -> u8 {
        match self.direction {
            Direction::Ltr => 0,
            Direction::Rtl => 1,
        }
    }

    /// The row of `clusters`, which must fit, for the bytes `bytes`.
    pub(super) fn set(&mut self, clusters: &[Cluster], bytes: Range<u32>) -> Row {
        self.reset_levels(clusters);
        let first = self.levels.first().copied().unwrap_or(0);
        let mut cells = Vec::with_capacity(clusters.len());
        let cell = |(cluster, level): (&Cluster, &u8)| self.cell(cluster, *level);
        let pairs = clusters.iter().zip(&self.levels);
        if self.options.order == Order::Logical {
            cells.extend(pairs.map(cell));
        } else if self.levels.iter().any(|level| *level != first) {
            let mut order = std::mem::take(&mut self.order);
            visual_order(&self.levels, &mut order);
            cells
                .extend(order.iter().map(|at| self.cell(&clusters[*at as usize], self.levels[*at as usize])));
            self.order = order;
        } else if first % 2 == 1 {
            cells.extend(pairs.rev().map(cell));
        } else {
            cells.extend(pairs.map(cell));
        }
        let used = cells.iter().map(|cell| u16::from(cell.width)).sum();
        let rtl = self.direction == Direction::Rtl;
        let right = match self.options.align {
            Align::Auto => rtl,
            Align::Left => false,
            Align::Right => true,
        };
        let indent = if right { self.width.saturating_sub(used) } else { 0 };
        Row { cells, width: used, indent, bytes, rtl }
    }

    #[inline]
    fn cell(&self, cluster: &Cluster, level: u8) -> Cell {
        let width = columns(cluster, self.width);
        Cell { symbol: self.symbol(cluster, width), width, bytes: cluster.start..cluster.end, level }
    }

    fn symbol(&self, cluster: &Cluster, width: u8) -> Symbol {
        if width == cluster.width {
            cluster.symbol(self.text, self.shapes, self.options)
        } else if cluster.base == '\t' {
            Symbol::spaces(width)
        } else {
            Symbol::of(STAND_IN)
        }
    }

    /// The levels of a row after L1: separators, and white space before them and at the end, go to
    /// the level of the paragraph.
    fn reset_levels(&mut self, clusters: &[Cluster]) {
        let base = self.level();
        self.levels.clear();
        self.levels.extend(clusters.iter().map(|cluster| cluster.level));
        let mut trailing = true;
        for (cluster, level) in clusters.iter().zip(&mut self.levels).rev() {
            trailing = cluster.is(SEPARATOR) || (trailing && cluster.is(TRAILING));
            if trailing {
                *level = base;
            }
        }
    }
}
