//! The forms of a nisba adjective (روسي): gender, number and case as news writes them.

/// The folded forms of the nisba whose masculine singular is `base`: روسي، روسية، روسيون، روسيين،
/// روسيان، روسيتان، روسيتين، روسيات. A form that does not end in ي (روس، أتراك) stands for itself.
pub(super) fn forms(base: &str) -> Vec<String> {
    let base = crate::text::fold::fold_phrase(base);
    let mut out = vec![base.clone()];
    if base.ends_with('ي') {
        for ending in ["ه", "ون", "ين", "ان", "تان", "تين", "ات"] {
            out.push(format!("{base}{ending}"));
        }
    }
    out
}

/// The folded accusative of a masculine nisba that ends in ي: روسيا.
pub(super) fn accusative(base: &str) -> Option<String> {
    let base = crate::text::fold::fold_phrase(base);
    base.ends_with('ي').then(|| base + "ا")
}
