//! Finding a place again in a text that may have changed.

use crate::model::Span;
use crate::store::Selector;
use crate::text::CodePoints;

/// The bytes of `text` that `selector` means. Where the text is `same`, position decides, provided the
/// words stand there; otherwise the quotation that has at least half of its context around it, the
/// one with the most of it, and of those the one nearest to the old position.
pub fn locate(selector: &Selector, text: &str, same: bool) -> Option<Span> {
    let points = CodePoints::new(text);
    if same && let (Some(start), Some(end)) = (points.to_byte(selector.start), points.to_byte(selector.end)) {
        let span = Span::new(start, end);
        if span.of(text) == selector.exact && !span.is_empty() {
            return Some(span);
        }
    }
    if selector.exact.is_empty() {
        return None;
    }
    let context = selector.prefix.chars().count() + selector.suffix.chars().count();
    let scored = text.match_indices(&selector.exact).map(|(at, exact)| {
        let before = text[..at].chars().rev();
        let after = text[at + exact.len()..].chars();
        let kept = alike(before, selector.prefix.chars().rev()) + alike(after, selector.suffix.chars());
        let away = points.of_byte(at as u32).abs_diff(selector.start);
        (kept, std::cmp::Reverse(away), at)
    });
    let (kept, _, at) = scored.max()?;
    (2 * kept >= context).then(|| Span::new(at as u32, (at + selector.exact.len()) as u32))
}

/// How many code points the two have in common from their start.
fn alike(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selector(text: &str, nth: usize) -> Selector {
        let (at, word) = text.match_indices("رفض").nth(nth).unwrap();
        Selector::new(text, Span::new(at as u32, (at + word.len()) as u32))
    }

    #[test]
    fn the_right_one_of_several_after_an_edit() {
        let old = "🙂 قال إنه رفض العرض الأول. ثم رفض العرض الثاني، ثم رفض الثالث";
        let new = format!("فقرة جديدة في الأعلى.\n{}", old.replace("قال إنه", "وقالَ لهم إنه"));
        for nth in 0..3 {
            let selector = selector(old, nth);
            let there = |text: &str| text.match_indices("رفض").nth(nth).unwrap().0 as u32;
            assert_eq!(locate(&selector, old, true).unwrap().start, there(old));
            assert_eq!(locate(&selector, &new, false).unwrap().start, there(&new));
        }
    }

    #[test]
    fn another_context_is_another_place() {
        let selector = selector("كلام كثير هنا قبل أن رفض الوزير كل ما قيل له أمس", 0);
        assert_eq!(locate(&selector, "في نص آخر تماما رفض النائب الحضور إلى الجلسة", false), None);
        assert_eq!(locate(&selector, "لا شيء", false), None);
        assert_eq!(locate(&Selector::default(), "لا شيء", true), None);
    }

    #[test]
    fn a_wrong_position_falls_back_on_the_words() {
        let text = "قبل رفض بعد";
        let moved = Selector { start: 0, end: 3, ..selector(text, 0) };
        assert_eq!(locate(&moved, text, true).unwrap().of(text), "رفض");
    }
}
