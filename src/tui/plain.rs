//! A text as the screen shows it, but into a pipe: one row a line, styles as SGR or none. The same
//! layout and the same painting as the source pane.

use std::io::{self, Write};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::marks::{Ground, Roles};
use super::terminal::sgr::Look;
use super::text_view::{Place, TextView};
use super::theme::Theme;
use super::view::source::Paint;
use crate::bidi::{Align, Options};
use crate::model::{Annotations, Document};

/// Writes every paragraph of `document` in rows of at most `width` cells, with all that was found
/// in it lit up where there is a `theme`.
///
/// # Errors
/// Those of the writer.
pub fn write(
    document: &Document,
    annotations: &Annotations,
    width: u16,
    align: Align,
    theme: Option<&Theme>,
    out: &mut impl Write,
) -> io::Result<()> {
    let options = Options { align, ..Options::default() };
    let mut view = TextView::new(document.text.as_str(), options);
    view.fit(width, 1, options);
    let (ground, roles) = match theme {
        Some(_) => (Ground::furniture(document), Some(Roles::all(annotations))),
        None => (Ground::default(), None),
    };
    let plain = Theme::plain();
    let paint = Paint { view: &view, ground: &ground, roles, search: None, theme: theme.unwrap_or(&plain) };
    let area = Rect::new(0, 0, width, 1);
    let mut buffer = Buffer::empty(area);
    for paragraph in 0..view.paragraphs().len() {
        for row in 0..view.layout(paragraph).rows.len() {
            buffer.reset();
            paint.row(&mut buffer, area, Place { paragraph, row }, &[]);
            line(&buffer, theme.is_some(), out)?;
        }
    }
    Ok(())
}

/// Writes one row of cells, without the blanks at its end.
fn line(buffer: &Buffer, styled: bool, out: &mut impl Write) -> io::Result<()> {
    let cells = buffer.content();
    let bare = |look: Look| !styled || look == Look::PLAIN;
    let end = cells.iter().rposition(|c| c.symbol() != " " || !bare(Look::of(c))).map_or(0, |last| last + 1);
    let mut look = Look::PLAIN;
    let mut skip = 0;
    for cell in &cells[..end] {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        if styled && look != Look::of(cell) {
            look = Look::of(cell);
            look.write(out)?;
        }
        out.write_all(cell.symbol().as_bytes())?;
        // What a wide character covers is no cell of its own.
        skip = super::view::cell_width(cell).saturating_sub(1);
    }
    if look != Look::PLAIN {
        Look::PLAIN.write(out)?;
    }
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bidi;

    fn written(text: &str, width: u16, theme: Option<&Theme>) -> Vec<String> {
        let document = Document { text: text.into(), ..Document::default() };
        let mut out = Vec::new();
        write(&document, &Annotations::default(), width, Align::Auto, theme, &mut out)
            .expect("a vector takes all");
        String::from_utf8(out).expect("text").lines().map(str::to_owned).collect()
    }

    #[test]
    fn every_paragraph_is_there_and_no_row_is_wider_than_asked() {
        let text = format!("{}\n\nx\n", "كلمات كثيرة تملأ السطر (Latin 2022) ".repeat(5));
        for width in [1, 2, 5, 20, 300] {
            let rows = written(&text, width, None);
            let narrow = Options { align: Align::Left, ..Options::default() };
            for row in &rows {
                assert!(bidi::line(row, u16::MAX, &narrow).width <= width, "{width}: {row}");
            }
            assert_eq!(rows[rows.len() - 2..], ["", "x"]);
        }
    }

    #[test]
    fn wide_characters_take_two_columns_and_controls_none() {
        assert_eq!(written("a漢b\u{1b}[2J", 20, None), ["a漢b[2J"]);
    }
}
