//! One row: list entries, prompts, the status line.

use super::clusters::{Cluster, Clusters};
use super::row::Row;
use super::wrap::{Setter, columns};
use super::{Base, Direction, Options, direction};

/// Bytes looked at per column: no readable text needs more, and a longer one is cut anyway.
const BYTES_PER_COLUMN: usize = 32;

/// Lays out `text` in one row of at most `width` columns; a line break counts as a space.
///
/// A text that does not fit ends in `…`, at its logical end (the left of a text from right to left),
/// in a cell for all the bytes left out. The time taken depends on `width`, not on the length of
/// `text`. At width 0 the row is empty.
pub fn line(text: &str, width: u16, options: &Options) -> Row {
    let direction = direction(text, options);
    let base = match direction {
        Direction::Ltr => Base::Ltr,
        Direction::Rtl => Base::Rtl,
    };
    let options = Options { base, ..*options };
    let end = text.len() as u32;
    let mut setter = Setter::new(text, direction, width, options);
    if width == 0 {
        return setter.set(&[], 0..end);
    }
    let head = head(text, width);
    let mut list = Clusters::of(head, options).list;
    let total: usize = list.iter().map(|cluster| usize::from(columns(cluster, width))).sum();
    if total > usize::from(width) || head.len() < text.len() {
        let mut room = usize::from(width.saturating_sub(1));
        let fitting = list.iter().take_while(|cluster| {
            let columns = usize::from(columns(cluster, width));
            let fits = columns <= room;
            room = room.saturating_sub(columns);
            fits
        });
        list.truncate(fitting.count());
        let start = list.last().map_or(0, |last| last.end);
        list.push(Cluster::ellipsis(start, end, setter.level()));
    }
    setter.set(&list, 0..end)
}

/// As much of `text` as may show in `width` columns.
fn head(text: &str, width: u16) -> &str {
    let most = (usize::from(width) + 8) * BYTES_PER_COLUMN;
    if text.len() <= most {
        return text;
    }
    let end = (0..=most).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}
