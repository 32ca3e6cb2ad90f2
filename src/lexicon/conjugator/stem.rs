//! Stems: the pattern of a form filled with the radicals of a root, and what weak and doubled
//! radicals make of it.
//!
//! Stems are written in sounds: consonants by their Arabic letter, short vowels `a i u`, long ones
//! `A I U`, `Y` a long a at the end of a word that is written ى, `W` and `J` a radical و or ي that
//! may still melt away. In the patterns `1` to `4` are the radicals, `v` the vowel of form I, `T`
//! the infix of form VIII, and `' t n s m @` are ء ت ن س م ة.

use super::Verb;
use super::root::{Vowel, is_weak};

/// A stem in its two shapes.
#[derive(Clone, Debug)]
pub(super) struct Stem {
    /// Before an ending that begins with a vowel: qāl-, madd-.
    pub(super) open: String,
    /// Before a consonant and before nothing: qul-, madad-.
    pub(super) closed: String,
}

/// Patterns of the perfect, active and passive, by form.
const PERFECT: [(&str, &str); 12] = [
    ("1a2v3", "1u2i3"),
    ("1a22a3", "1u22i3"),
    ("1A2a3", "1U2i3"),
    ("'a12a3", "'u12i3"),
    ("ta1a22a3", "tu1u22i3"),
    ("ta1A2a3", "tu1U2i3"),
    ("in1a2a3", "un1u2i3"),
    ("i1Ta2a3", "u1Tu2i3"),
    ("i12a3a3", "u12u3i3"),
    ("ista12a3", "ustu12i3"),
    ("1a23a4", "1u23i4"),
    ("ta1a23a4", "tu1u23i4"),
];

/// Patterns of the imperfect without the consonant of the person.
const IMPERFECT: [(&str, &str); 12] = [
    ("a12v3", "u12a3"),
    ("u1a22i3", "u1a22a3"),
    ("u1A2i3", "u1A2a3"),
    ("u12i3", "u12a3"),
    ("ata1a22a3", "uta1a22a3"),
    ("ata1A2a3", "uta1A2a3"),
    ("an1a2i3", "un1a2a3"),
    ("a1Ta2i3", "u1Ta2a3"),
    ("a12a3i3", "u12a3a3"),
    ("asta12i3", "usta12a3"),
    ("u1a23i4", "u1a23a4"),
    ("ata1a23a4", "uta1a23a4"),
];

/// Patterns of the masdar; form I has none by rule.
const MASDAR: [&str; 12] = [
    "", "ta12I3", "mu1A2a3", "'i12A3", "ta1a22u3", "ta1A2u3", "in1i2A3", "i1Ti2A3", "i12i3A3", "isti12A3",
    "1a23a4", "ta1a23u4",
];

/// The perfect stem.
pub(super) fn perfect(verb: &Verb, passive: bool) -> Stem {
    let (active, other) = PERFECT[usize::from(verb.form) - 1];
    let vowel = verb.past.unwrap_or(Vowel::A);
    shape(verb, &fill(verb, if passive { other } else { active }, vowel))
}

/// The imperfect stem, from the vowel after the consonant of the person on.
pub(super) fn imperfect(verb: &Verb, passive: bool) -> Stem {
    let (active, other) = IMPERFECT[usize::from(verb.form) - 1];
    let vowel = verb.vowel.unwrap_or(Vowel::A);
    let mut stem = fill(verb, if passive { other } else { active }, vowel);
    if verb.form == 1 && !passive && loses_first(verb, vowel) {
        stem = stem.replacen('و', "", 1);
    }
    shape(verb, &stem)
}

/// Whether form I loses a first radical و in the imperfect: يجد, يصل; and with `a` those that have
/// it for the sake of a guttural: يضع, يقع, يهب.
fn loses_first(verb: &Verb, vowel: Vowel) -> bool {
    let guttural = |c| matches!(c, 'ء' | 'ه' | 'ع' | 'ح' | 'غ' | 'خ');
    let root = &verb.root;
    root.at(0) == 'و'
        && !root.is_geminate()
        && (vowel == Vowel::I || (vowel == Vowel::A && (guttural(root.at(1)) || guttural(root.at(2)))))
}

/// The masdars that follow from form and root; none for form I.
pub(super) fn masdars(verb: &Verb) -> Vec<String> {
    let pattern = MASDAR[usize::from(verb.form) - 1];
    let last = verb.root.last();
    let melts = melting_middle(verb);
    match verb.form {
        1 => Vec::new(),
        // تسمية, تهنئة
        2 if is_weak(last) => vec![format!("{}يa@", drop_weak(&fill(verb, "ta12i3", Vowel::A)))],
        2 if last == 'ء' => vec![format!("{}a@", fill(verb, "ta12i3", Vowel::A))],
        // ملاقاة
        3 if is_weak(last) => vec![format!("{}@", fill(verb, "mu1A2A", Vowel::A))],
        11 if is_weak(last) => vec![format!("{}@", fill(verb, "1a23A", Vowel::A))],
        3 | 11 => vec![format!("{}a@", shape(verb, &fill(verb, pattern, Vowel::A)).open)],
        // إقامة, استقالة
        4 | 10 if melts => vec![format!("{}a@", shape(verb, &fill(verb, pattern, Vowel::A)).open)],
        // تحدٍّ: the damma before ي turns to kasra.
        5 | 6 | 12 if is_weak(last) => {
            let stem = fill(verb, pattern, Vowel::A);
            vec![format!("{}iJ", drop_weak(&stem).trim_end_matches('u'))]
        }
        4 | 7 | 8 | 10 if is_weak(last) => vec![format!("{}ء", drop_weak(&fill(verb, pattern, Vowel::A)))],
        _ => vec![shape(verb, &fill(verb, pattern, Vowel::A)).open],
    }
}

/// The active participle.
pub(super) fn active_participle(verb: &Verb) -> String {
    if verb.form == 1 {
        // جاءٍ: of two hamzas the second turns to ي.
        if melting_middle(verb) && verb.root.last() == 'ء' {
            return format!("{}ءiJ", fill(verb, "1A", Vowel::A));
        }
        return shape(verb, &fill(verb, "1A2i3", Vowel::A)).open;
    }
    let (active, _) = IMPERFECT[usize::from(verb.form) - 1];
    // The participle is the imperfect with م, damma and, before the last radical, kasra.
    let kasra = match active.char_indices().rev().nth(1) {
        Some((at, _)) => format!("{}i{}", &active[..at], &active[at + 1..]),
        None => active.to_owned(),
    };
    shape(verb, &fill(verb, &format!("mu{}", &kasra[1..]), Vowel::A)).open
}

/// The passive participle.
pub(super) fn passive_participle(verb: &Verb) -> String {
    if verb.form == 1 {
        return match verb.root.last() {
            'و' => format!("{}uوو", fill(verb, "ma12", Vowel::A)),
            'ي' => format!("{}iيي", fill(verb, "ma12", Vowel::A)),
            _ => shape(verb, &fill(verb, "ma12U3", Vowel::A)).open,
        };
    }
    let (_, passive) = IMPERFECT[usize::from(verb.form) - 1];
    shape(verb, &fill(verb, &format!("m{passive}"), Vowel::A)).open
}

fn drop_weak(stem: &str) -> &str {
    stem.trim_end_matches(['W', 'J'])
}

/// Whether the middle radical melts into the vowels around it.
fn melting_middle(verb: &Verb) -> bool {
    let root = &verb.root;
    root.radicals().len() == 3
        && is_weak(root.at(1))
        && !root.is_defective()
        && !verb.strong
        && matches!(verb.form, 1 | 4 | 7 | 8 | 10)
}

/// Puts the radicals into a pattern.
fn fill(verb: &Verb, pattern: &str, vowel: Vowel) -> String {
    let root = &verb.root;
    let count = root.radicals().len();
    let mut out = String::with_capacity(pattern.len() * 2);
    // رأى drops its hamza in the imperfect of form I and in all of form IV.
    let sees = root.radicals() == ['ر', 'ء', 'ي']
        && (verb.form == 4 || (verb.form == 1 && (pattern == "a12v3" || pattern == "u12a3")));
    for c in pattern.chars() {
        match c {
            '1' if verb.form == 8 && is_weak(root.at(0)) => out.push('ت'),
            '2' if sees => {}
            '1'..='4' => {
                let index = c as usize - '1' as usize;
                let radical = root.at(index);
                out.push(match radical {
                    // Only the past tense of form I tells و from ي: دعا, رمى.
                    'و' if index + 1 == count && pattern == "1a2v3" => 'W',
                    'و' | 'ي' if index + 1 == count => 'J',
                    'و' if index == 1 && melting_middle(verb) => 'W',
                    'ي' if index == 1 && melting_middle(verb) => 'J',
                    _ => radical,
                });
            }
            'v' => out.push(vowel.short()),
            'T' => infix(&mut out),
            '\'' => out.push('ء'),
            't' => out.push('ت'),
            'n' => out.push('ن'),
            's' => out.push('س'),
            'm' => out.push('م'),
            _ => out.push(c),
        }
    }
    out
}

/// The infix ت of form VIII, likened to the radical before it: اصطدم, ازدهر, ادعى, اطلع.
fn infix(out: &mut String) {
    let infix = match out.chars().last() {
        Some('ص' | 'ض' | 'ط') => 'ط',
        Some('ظ') => 'ظ',
        Some('د' | 'ز') => 'د',
        Some('ذ') => {
            out.pop();
            out.push('د');
            'د'
        }
        Some('ث') => 'ث',
        _ => 'ت',
    };
    out.push(infix);
}

/// Melts a weak middle radical, contracts a doubled one.
fn shape(verb: &Verb, stem: &str) -> Stem {
    let chars: Vec<char> = stem.chars().collect();
    if melting_middle(verb)
        && let Some(at) = chars.iter().position(|c| matches!(c, 'W' | 'J'))
    {
        return melt(verb, &chars, at);
    }
    let doubled = verb.root.is_geminate() && matches!(verb.form, 1 | 3 | 4 | 6 | 7 | 8 | 10);
    if doubled || verb.form == 9 {
        return Stem { open: contract(&chars), closed: stem.to_owned() };
    }
    Stem { open: stem.to_owned(), closed: stem.to_owned() }
}

/// A weak middle radical at `at` and the vowels on its sides.
fn melt(verb: &Verb, chars: &[char], at: usize) -> Stem {
    let (before, after) = (chars[at - 1], chars.get(at + 1).copied().unwrap_or('a'));
    let waw = chars[at] == 'W';
    // How many sounds on each side are taken in, the long vowel, and the short one.
    let (left, right, open, closed) = match (before, after) {
        ('A', 'i') => (0, 0, "ء", "ء"),
        ('i', 'A') => (0, 0, "ي", "ي"),
        ('u', 'i') => (1, 1, "I", "i"),
        ('a', _) => {
            let short = match verb.form {
                1 if waw && verb.vowel == Some(Vowel::U) => "u",
                1 => "i",
                _ => "a",
            };
            (1, 1, "A", short)
        }
        // مقول, مبيع
        (_, 'U') => (0, 1, if waw { "U" } else { "I" }, "u"),
        (_, 'A' | 'a') => (0, 1, "A", "a"),
        (_, 'i') => (0, 1, "I", "i"),
        _ => (0, 1, "U", "u"),
    };
    let build = |middle: &str| -> String {
        let head = chars[..at - left].iter();
        let tail = chars[at + 1 + right..].iter();
        head.copied().chain(middle.chars()).chain(tail.copied()).collect()
    };
    Stem { open: build(open), closed: build(closed) }
}

/// `…VCvC` to `…VCC`, `…KCvC` to `…KvCC`.
fn contract(chars: &[char]) -> String {
    let n = chars.len();
    if n < 4 || chars[n - 1] != chars[n - 3] || !matches!(chars[n - 2], 'a' | 'i' | 'u') {
        return chars.iter().collect();
    }
    let (double, vowel) = (chars[n - 1], chars[n - 2]);
    let mut out: String = chars[..n - 3].iter().collect();
    if !matches!(chars[n - 4], 'a' | 'i' | 'u' | 'A' | 'I' | 'U') {
        out.push(vowel);
    }
    out.push(double);
    out.push(double);
    out
}
