//! Text that is being typed: one row around the cursor.

use unicode_segmentation::GraphemeCursor;

use super::clusters::{Cluster, Clusters};
use super::row::Row;
use super::wrap::{Setter, columns};
use super::{Options, direction};

/// Columns from which there is room for a character between two marks of what is left out. Below,
/// only the character at the cursor is shown.
const LEAST_WITH_MARKS: u16 = 3;

/// A prompt as it looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The text, or the part of it around the cursor with `…` in place of what is beside.
    pub row: Row,
    /// The column of the cursor, indent included, below the width asked for.
    pub cursor: u16,
}

/// Lays out the typed `text` in one row of `width` columns (1 at least), cursor included, so that
/// the place before byte `cursor` can be seen.
///
/// The cursor is on the cell of the character that it stands before, and at the end of the text on
/// the free column where the text will grow.
pub fn input(text: &str, cursor: u32, width: u16, options: &Options) -> Input {
    let direction = direction(text, options);
    // The row keeps a column for the cursor at the end of the text, on the side where it grows.
    let (width, room) = (width.max(1), width.saturating_sub(1));
    let mut setter = Setter::new(text, direction, room.max(1), *options);
    let mut list = Clusters::of(text, *options).list;
    let (end, level) = (text.len() as u32, setter.level());
    let at = list.partition_point(|cluster| cluster.end <= cursor);
    let shown = window(&list, at, room);
    let target = list.get(at).map(|cluster| cluster.start);
    let start_of = |place: usize| list.get(place).map_or(end, |cluster| cluster.start);
    let (from, to) = (start_of(shown.start), start_of(shown.end));
    let marks = room >= LEAST_WITH_MARKS;
    let before = (marks && shown.start > 0).then(|| Cluster::ellipsis(0, from, level));
    let after = (marks && shown.end < list.len()).then(|| Cluster::ellipsis(to, end, level));
    list.truncate(shown.end);
    list.extend(after);
    list.splice(..shown.start, before);
    let mut row = setter.set(&list, 0..end);
    if row.rtl && room > 0 {
        row.indent += 1;
    }
    let cursor = target.map_or_else(|| row.cursor(end), |byte| row.column_of(byte));
    Input { cursor: cursor.unwrap_or(0).min(width - 1), row }
}

/// Which clusters of `list` to show in `room` columns, marks of what is left out included, so that
/// the one at `at` (or the end) is among them.
fn window(list: &[Cluster], at: usize, room: u16) -> std::ops::Range<usize> {
    let columns = |cluster: &Cluster| usize::from(columns(cluster, room.max(1)));
    if room < LEAST_WITH_MARKS {
        return at..list.len().min(at + 1);
    }
    let room = usize::from(room);
    let total: usize = list.iter().map(columns).sum();
    if total <= room {
        return 0..list.len();
    }
    let after = list.len().min(at + 1);
    // From the start, if the cursor is near it; else as much as fits before the cursor.
    let mut used: usize = list[..after].iter().map(columns).sum();
    let mut start = 0;
    let tail = |end: usize| usize::from(end < list.len());
    if used + tail(after) > room {
        while start < after && used + 1 + tail(after) > room {
            used -= columns(&list[start]);
            start += 1;
        }
        used += 1;
    }
    let mut end = after;
    while end < list.len() && used + columns(&list[end]) + tail(end + 1) <= room {
        used += columns(&list[end]);
        end += 1;
    }
    start..end
}

/// Where the grapheme cluster before byte `at` begins: what a step back or Backspace passes.
pub fn cluster_before(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at.min(text.len()), text.len(), true);
    cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// Where the grapheme cluster after byte `at` ends: what a step forward or Delete passes.
pub fn cluster_after(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at.min(text.len()), text.len(), true);
    cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, cursor: u32, width: u16) -> (String, u16) {
        let input = input(text, cursor, width, &Options::default());
        (input.row.to_string(), input.cursor)
    }

    #[test]
    fn the_cursor_stands_where_text_will_grow() {
        assert_eq!(show("", 0, 5), ("     ".to_owned(), 4));
        assert_eq!(show("دد", 4, 5), ("   \u{fea9}\u{fea9}".to_owned(), 2));
        assert_eq!(show("دد", 0, 5), ("   \u{fea9}\u{fea9}".to_owned(), 4));
        assert_eq!(show("دد", 2, 5), ("   \u{fea9}\u{fea9}".to_owned(), 3));
        assert_eq!(show("ab", 2, 5), ("ab".to_owned(), 2));
        assert_eq!(show("abcd", 4, 5), ("abcd".to_owned(), 4));
    }

    #[test]
    fn a_long_text_shows_the_part_around_the_cursor() {
        assert_eq!(show("abcdefgh", 0, 5), ("abc…".to_owned(), 0));
        assert_eq!(show("abcdefgh", 8, 5), ("…fgh".to_owned(), 4));
        assert_eq!(show("abcdefgh", 4, 5), ("…de…".to_owned(), 2));
        assert_eq!(show("دددددددد", 16, 5), (" \u{fea9}\u{fea9}\u{fea9}…".to_owned(), 0));
        assert_eq!(show("abcdefgh", 4, 1).1, 0);
    }

    #[test]
    fn steps_pass_a_letter_with_its_marks() {
        let text = "بَلا";
        assert_eq!((cluster_before(text, text.len()), cluster_after(text, 0)), (6, 4));
        assert_eq!((cluster_before(text, 0), cluster_after(text, text.len())), (0, text.len()));
    }
}
