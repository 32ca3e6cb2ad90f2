//! Masdars, participles and nouns: case, number, and what changes before a suffix.
//!
//! These endings are put on by letter, since the lexicon gives nouns as they are written.

use super::spelling::spell;
use super::{Agreement, Forms, Gender, Inflected, Kind, Number, Reading};

const fn reading(kind: Kind, number: Number, gender: Option<Gender>) -> Reading {
    Reading { kind, agreement: Some(Agreement { person: None, number, gender }), mood: None }
}

/// The forms of a noun given as it is written: `singular` with its dual, and `plurals`. An empty
/// singular is left out.
pub fn inflect_noun(singular: &str, plurals: &[&str], kind: Kind) -> Vec<Inflected> {
    let mut out = Forms::default();
    if !singular.is_empty() {
        noun(singular, Reading { kind, agreement: None, mood: None }, &mut out);
        dual(singular, reading(kind, Number::Dual, None), &mut out);
    }
    for plural in plurals {
        noun(plural, reading(kind, Number::Plural, None), &mut out);
    }
    out.list
}

/// Adds a masdar given in sounds, with its dual and its plural in ات.
pub(super) fn masdar(sounds: &str, out: &mut Forms) {
    let single = Reading { kind: Kind::Masdar, agreement: None, mood: None };
    let two = reading(Kind::Masdar, Number::Dual, None);
    let many = reading(Kind::Masdar, Number::Plural, None);
    if let Some(stem) = sounds.strip_suffix("iJ") {
        let long = spelled(stem, "I");
        defective(&spelled(stem, ""), &long, single, out);
        dual(&long, two, out);
        noun(&feminine_plural(&long), many, out);
        return;
    }
    for surface in spell(sounds, false) {
        noun(&surface, single, out);
        dual(&surface, two, out);
        noun(&feminine_plural(&surface), many, out);
    }
}

/// Adds a participle given in sounds, in both genders and all numbers.
pub(super) fn participle(sounds: &str, kind: Kind, out: &mut Forms) {
    let single = reading(kind, Number::Singular, Some(Gender::Masculine));
    if let Some(stem) = sounds.strip_suffix("iJ") {
        // داعٍ, الداعي, داعية, داعون
        let long = spelled(stem, "I");
        defective(&spelled(stem, ""), &long, single, out);
        feminine(&long, kind, out);
        let plurals = ["Uن", "Iن", "U"].map(|ending| spelled(stem, ending));
        masculine(&long, &plurals, kind, out);
    } else if let Some(stem) = sounds.strip_suffix("aJ") {
        // مسمى, مسماة, مسميان, مسمون
        noun(&spelled(stem, "Y"), single, out);
        feminine(&spelled(stem, "A"), kind, out);
        let plurals = ["aون", "aين", "aو"].map(|ending| spelled(stem, ending));
        masculine(&spelled(stem, "aي"), &plurals, kind, out);
    } else {
        for surface in spell(sounds, false) {
            noun(&surface, single, out);
        }
        // The seat of a last hamza follows the ending: مقروء, مقروءة, مقروؤون.
        for stem in spell(&format!("{sounds}a"), true) {
            feminine(&stem, kind, out);
            for plural in spell(&format!("{sounds}Uن"), false) {
                let construct = plural.trim_end_matches('ن').to_owned();
                masculine(&stem, &[plural, spelled(sounds, "Iن"), construct], kind, out);
            }
        }
    }
}

/// The usual spelling of a stem with an ending.
fn spelled(stem: &str, ending: &str) -> String {
    spell(&format!("{stem}{ending}"), false).swap_remove(0)
}

/// A noun whose genitive and nominative end in a kasra of its own: تحدٍّ, التحدي, تحديا.
fn defective(short: &str, long: &str, reading: Reading, out: &mut Forms) {
    out.push(short.to_owned(), reading, true, false);
    out.push(long.to_owned(), reading, true, true);
    out.push(format!("{long}ا"), reading, true, false);
}

/// One noun in its cases.
fn noun(surface: &str, reading: Reading, out: &mut Forms) {
    if let Some(stem) = surface.strip_suffix('ة') {
        out.push(surface.to_owned(), reading, true, false);
        out.push(format!("{stem}ت"), reading, false, true);
    } else if let Some(stem) = surface.strip_suffix('ى') {
        out.push(surface.to_owned(), reading, true, false);
        out.push(format!("{stem}ا"), reading, false, true);
    } else if let Some(stem) = surface.strip_suffix('ء') {
        // لقاء, لقاؤه, لقائه; the accusative takes no alif after one: لقاءً, but بدءا.
        out.push(surface.to_owned(), reading, true, true);
        out.push(format!("{stem}ؤ"), reading, false, true);
        out.push(format!("{stem}ئ"), reading, false, true);
        if !stem.ends_with('ا') {
            out.push(format!("{surface}ا"), reading, true, false);
        }
    } else {
        out.push(surface.to_owned(), reading, true, true);
        if !surface.ends_with("ات") && !surface.ends_with('ا') {
            out.push(format!("{surface}ا"), reading, true, false);
        }
    }
}

/// The stem to which ان, ين and ات are put.
fn bare(surface: &str) -> String {
    match (surface.strip_suffix('ة'), surface.strip_suffix('ى')) {
        (Some(stem), _) => format!("{stem}ت"),
        (_, Some(stem)) => format!("{stem}ي"),
        _ => surface.to_owned(),
    }
}

fn feminine_plural(surface: &str) -> String {
    // مباراة, مباريات: the alif before ة was a ي.
    match (surface.strip_suffix("اة"), surface.strip_suffix('ة')) {
        (Some(stem), _) => format!("{stem}يات"),
        (_, Some(stem)) => alif_join(stem, "ات"),
        _ => alif_join(&bare(surface), "ات"),
    }
}

/// Puts an ending that begins with alif: after أ it makes آ (منشآت).
fn alif_join(stem: &str, ending: &str) -> String {
    match (stem.strip_suffix('أ'), ending.strip_prefix('ا')) {
        (Some(stem), Some(rest)) => format!("{stem}آ{rest}"),
        _ => format!("{stem}{ending}"),
    }
}

fn dual(surface: &str, reading: Reading, out: &mut Forms) {
    let stem = bare(surface);
    out.push(alif_join(&stem, "ان"), reading, true, false);
    out.push(format!("{stem}ين"), reading, true, false);
    // The construct state and the form before a suffix have lost the ن. In ي it is left to nouns in
    // ة: اجتماعي is an adjective far oftener than two meetings.
    out.push(alif_join(&stem, "ا"), reading, true, true);
    if stem.ends_with('ت') && surface.ends_with('ة') {
        out.push(format!("{stem}ي"), reading, true, true);
    }
}

fn feminine(stem: &str, kind: Kind, out: &mut Forms) {
    let gender = Some(Gender::Feminine);
    let surface = format!("{stem}ة");
    noun(&surface, reading(kind, Number::Singular, gender), out);
    dual(&surface, reading(kind, Number::Dual, gender), out);
    noun(&feminine_plural(&surface), reading(kind, Number::Plural, gender), out);
}

/// Masculine dual and plural of a participle: the plural in ون, in ين and before a genitive.
fn masculine(stem: &str, plurals: &[String; 3], kind: Kind, out: &mut Forms) {
    let gender = Some(Gender::Masculine);
    let many = reading(kind, Number::Plural, gender);
    let [nominative, oblique, construct] = plurals;
    out.push(nominative.clone(), many, true, false);
    out.push(oblique.clone(), many, true, false);
    out.push(construct.clone(), many, true, true);
    out.push(oblique.trim_end_matches('ن').to_owned(), many, true, true);
    dual(stem, reading(kind, Number::Dual, gender), out);
}
