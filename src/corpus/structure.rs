//! What each line of a page is: headline, dateline, told text, caption or furniture, and where one
//! article ends and the next begins.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use crate::model::{Block, BlockKind, Span};
use crate::text::fold::fold_phrase;

/// `assets/corpus/furniture.toml`, folded.
#[derive(Debug, Deserialize)]
struct Signs {
    starts: Vec<String>,
    alone: Vec<String>,
    #[serde(deserialize_with = "anywhere")]
    holds: AhoCorasick,
    /// As written.
    glued: Vec<String>,
    closing: Vec<String>,
    lists: Vec<String>,
    #[serde(deserialize_with = "anywhere")]
    caption: AhoCorasick,
    dateline: Vec<String>,
}

/// A list of signs that count wherever in a line they stand.
fn anywhere<'de, D: serde::Deserializer<'de>>(source: D) -> Result<AhoCorasick, D::Error> {
    let signs = Vec::<String>::deserialize(source)?;
    AhoCorasick::new(signs.iter().map(|sign| fold_phrase(sign))).map_err(serde::de::Error::custom)
}

static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let mut signs: Signs = toml::from_str(include_str!("../../assets/corpus/furniture.toml"))
        .unwrap_or_else(|fault| panic!("the embedded furniture list is at fault: {fault}"));
    let lists =
        [&mut signs.starts, &mut signs.alone, &mut signs.closing, &mut signs.lists, &mut signs.dateline];
    for sign in lists.into_iter().flatten() {
        *sign = fold_phrase(sign);
    }
    signs
});

/// Longest headline, in characters.
const HEADLINE: usize = 160;
/// Longest heading inside an article, in characters.
const SUBHEAD: usize = 90;
/// A line looked at for furniture is read so far, in bytes.
const LOOK: usize = 2000;

/// One line as it is sorted.
struct Line {
    span: Span,
    /// Folded, at most [`LOOK`] bytes.
    folded: String,
    /// Whether it ends as a sentence does.
    full: bool,
    characters: usize,
    kind: BlockKind,
    /// Ends an article.
    closing: bool,
}

/// The non-blank lines of `text`, each with what it is.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut lines = lines(text);
    sort_furniture(&mut lines);
    let starts = article_starts(&lines);
    let mut out = Vec::with_capacity(lines.len());
    let mut article = 0;
    for (i, line) in lines.iter().enumerate() {
        if starts.contains(&i) {
            article += 1;
        }
        out.push(Block { span: line.span, kind: line.kind, article });
    }
    let mut from = 0;
    for number in 0..=article {
        let to = out.partition_point(|b| b.article <= number);
        headings(&mut out[from..to], &lines[from..to]);
        from = to;
    }
    split_glued(out, text)
}

fn lines(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let lead = line.len() - line.trim_start().len();
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let from = start + lead;
            let look = trimmed.get(..floor(trimmed, LOOK)).unwrap_or(trimmed);
            out.push(Line {
                span: Span::new(from as u32, (from + trimmed.len()) as u32),
                folded: fold_phrase(look.trim_start_matches(['•', '-', '–', '*', '#', '{', ' ', '\u{200f}'])),
                full: sentence_end(trimmed),
                characters: look.chars().count(),
                kind: BlockKind::Body,
                closing: false,
            });
        }
        start += line.len() + 1;
    }
    out
}

/// The greatest char boundary of `text` not above `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn sort_furniture(lines: &mut [Line]) {
    let signs = &*SIGNS;
    let mut listing = false;
    for i in 0..lines.len() {
        // A short line right above a paragraph is that one's title, not the last item of a list.
        let titles = lines.get(i + 1).is_some_and(|next| next.characters > 120 && next.full);
        let line = &mut lines[i];
        let f = &line.folded;
        let wordless = !f.chars().any(char::is_alphanumeric);
        let short = line.characters <= 220;
        let furniture = wordless
            || signs.alone.iter().any(|s| f.trim_end_matches([':', '.']) == s.trim_end_matches([':', '.']))
            || signs.starts.iter().any(|s| (short || s.contains(':')) && begins(f, s))
            || signs.holds.is_match(f)
            || menu(f);
        line.closing = furniture && signs.closing.iter().any(|s| f.starts_with(s.as_str()));
        let list_head =
            furniture && signs.lists.iter().any(|s| f.trim_end_matches(':') == s.trim_end_matches(':'));
        // The items of a read-also list: short lines without a full stop.
        let item = listing && line.characters <= HEADLINE && !f.ends_with(['.', '…']) && !titles;
        listing = list_head || item;
        if furniture || item {
            line.kind = BlockKind::Furniture;
        } else if signs.dateline.iter().any(|s| f.starts_with(s.as_str())) && line.characters < 70 {
            line.kind = BlockKind::Dateline;
        } else if signs.caption.is_match(f) {
            line.kind = BlockKind::Caption;
        }
    }
}

/// Whether a line begins with `sign` and not merely with a longer word.
fn begins(folded: &str, sign: &str) -> bool {
    let longer =
        |rest: &str| sign.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric);
    folded.strip_prefix(sign).is_some_and(|rest| !longer(rest))
}

/// A row of links: many bars or guillemets between few words.
fn menu(folded: &str) -> bool {
    let bars = folded.matches(" | ").count() + folded.matches(" » ").count() + folded.matches(" / ").count();
    let words = folded.split(' ').count();
    bars >= 3 && words < bars * 5
}

fn sentence_end(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '»', ')', '\'']).ends_with(['.', '!', '…', ':'])
}

/// Lines at which a second or later article begins: a title behind furniture that closed the one
/// before, with told text below it.
fn article_starts(lines: &[Line]) -> Vec<usize> {
    let mut out = Vec::new();
    let mut closed = false;
    let mut told = false;
    for (i, line) in lines.iter().enumerate() {
        if line.kind == BlockKind::Furniture {
            // An inline link (`للمزيد: …`) does not close; a bare marker does.
            closed |= line.closing
                && told
                && (line.characters < 30
                    || !SIGNS.lists.iter().any(|s| line.folded.starts_with(s.trim_end_matches(':'))));
            continue;
        }
        if closed && told && title_like(line) && below(lines, i) {
            out.push(i);
            closed = false;
        } else if closed && line.characters > 120 {
            closed = false;
        }
        told = true;
    }
    out
}

fn title_like(line: &Line) -> bool {
    line.kind == BlockKind::Body && line.characters <= HEADLINE && !line.full
}

/// Whether at least two told lines, one of them long, stand below line `i`.
fn below(lines: &[Line], i: usize) -> bool {
    let told: Vec<&Line> = lines[i + 1..]
        .iter()
        .take(6)
        .take_while(|l| l.kind != BlockKind::Furniture || l.characters < 30)
        .filter(|l| l.kind != BlockKind::Furniture)
        .collect();
    told.len() >= 2 && told.iter().any(|l| l.characters > 100)
}

/// Finds the headings of one article: its title and the short headings between its paragraphs.
fn headings(blocks: &mut [Block], lines: &[Line]) {
    let told: Vec<usize> = (0..blocks.len()).filter(|&i| blocks[i].kind == BlockKind::Body).collect();
    let full = |i: usize| lines[i].full || lines[i].characters > HEADLINE;
    let long = told.iter().filter(|&&i| full(i)).count();
    if told.len() < 2 || long == 0 {
        return;
    }
    // The title: the lines before the first full one, two at most, or one with a dateline below.
    for &i in told.iter().take(2) {
        let colon = lines[i].folded.ends_with(':') && lines[i].characters <= HEADLINE && i == told[0];
        if full(i) && !colon || lines[i].folded.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        blocks[i].kind = BlockKind::Headline;
    }
    // A chronicle prints its entries without full stops: there short lines are no headings.
    if told.len() >= 6 && long * 2 < told.len() {
        for &i in told.iter().skip(1) {
            if blocks[i].kind == BlockKind::Headline && i != told[0] {
                blocks[i].kind = BlockKind::Body;
            }
        }
        return;
    }
    for (n, &i) in told.iter().enumerate().skip(1) {
        let next_long = told.get(n + 1).is_some_and(|&j| lines[j].characters > lines[i].characters);
        let dated = lines[i].folded.chars().any(|c| c.is_ascii_digit());
        let question = lines[i].folded.ends_with(['؟', '?']);
        if lines[i].characters <= SUBHEAD && !lines[i].full && next_long && !dated && (!question || n > 1) {
            blocks[i].kind = BlockKind::Headline;
        }
    }
}

/// Cuts furniture that is glued to the end of told lines.
fn split_glued(blocks: Vec<Block>, text: &str) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        let line = block.span.of(text);
        let cut = SIGNS
            .glued
            .iter()
            .filter_map(|g| line.find(g.as_str()))
            .filter(|&at| at == 0 || line[..at].ends_with(|c: char| !c.is_ascii_alphanumeric()))
            .min();
        match cut {
            Some(at) if block.kind == BlockKind::Body => {
                let middle = block.span.start + at as u32;
                if at > 0 {
                    out.push(Block { span: Span::new(block.span.start, middle), ..block });
                }
                out.push(Block {
                    span: Span::new(middle, block.span.end),
                    kind: BlockKind::Furniture,
                    ..block
                });
            }
            _ => out.push(block),
        }
    }
    out
}
