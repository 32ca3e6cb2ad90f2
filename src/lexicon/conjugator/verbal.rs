//! The finite verb: persons, moods and voices of perfect and imperfect.

use super::stem::{self, Stem};
use super::{Agreement, Forms, Gender, Kind, Mood, Number, Reading, Verb, spelling};

type Person = (u8, Number, Option<Gender>);

const HE: Person = (3, Number::Singular, Some(Gender::Masculine));
const SHE: Person = (3, Number::Singular, Some(Gender::Feminine));
const BOTH: Person = (3, Number::Dual, Some(Gender::Masculine));
const BOTH_F: Person = (3, Number::Dual, Some(Gender::Feminine));
const THEY: Person = (3, Number::Plural, Some(Gender::Masculine));
const THEY_F: Person = (3, Number::Plural, Some(Gender::Feminine));
const I: Person = (1, Number::Singular, None);
const WE: Person = (1, Number::Plural, None);
const YOU: Person = (2, Number::Plural, Some(Gender::Masculine));

/// Endings of the perfect; `|` is the silent alif.
const PERFECT: [(Person, &str); 9] = [
    (HE, "a"),
    (SHE, "aت"),
    (BOTH, "A"),
    (BOTH_F, "aتA"),
    (THEY, "U|"),
    (THEY_F, "نa"),
    (I, "تu"),
    (WE, "نA"),
    (YOU, "تuم"),
];

/// Prefixes of the imperfect and its endings in indicative, subjunctive and jussive.
const IMPERFECT: [(Person, char, [&str; 3]); 9] = [
    (HE, 'ي', ["u", "a", ""]),
    (SHE, 'ت', ["u", "a", ""]),
    (BOTH, 'ي', ["Aنi", "A", "A"]),
    (BOTH_F, 'ت', ["Aنi", "A", "A"]),
    (THEY, 'ي', ["Uنa", "U|", "U|"]),
    (THEY_F, 'ي', ["نa", "نa", "نa"]),
    (I, 'ء', ["u", "a", ""]),
    (WE, 'ن', ["u", "a", ""]),
    (YOU, 'ت', ["Uنa", "U|", "U|"]),
];

/// Adds all finite forms.
pub(super) fn finite(verb: &Verb, out: &mut Forms) {
    for passive in [false, true] {
        let kind = if passive { Kind::PerfectPassive } else { Kind::Perfect };
        let stem = stem::perfect(verb, passive);
        for (person, ending) in PERFECT {
            add(out, &word(&stem, ending), person, kind, None);
        }
        let kind = if passive { Kind::ImperfectPassive } else { Kind::Imperfect };
        let stem = stem::imperfect(verb, passive);
        for (mood, at) in [(None, 0), (Some(Mood::Subjunctive), 1), (Some(Mood::Jussive), 2)] {
            for (person, prefix, endings) in IMPERFECT {
                let ending = endings[at];
                add(out, &format!("{prefix}{}", word(&stem, ending)), person, kind, mood);
                // A doubled radical has two jussives, يمدد and يمدّ; a hollow verb only repeats
                // its subjunctive here.
                if ending.is_empty() && stem.open != stem.closed {
                    add(out, &format!("{prefix}{}a", stem.open), person, kind, mood);
                }
            }
        }
    }
}

fn add(out: &mut Forms, sounds: &str, person: Person, kind: Kind, mood: Option<Mood>) {
    let agreement = Some(Agreement { person: Some(person.0), number: person.1, gender: person.2 });
    let reading = Reading { kind, agreement, mood };
    // Most words are spelled alike with and without a suffix.
    let changes = sounds.ends_with(['Y', '|', 'ء'])
        || sounds.ends_with("تuم")
        || sounds.trim_end_matches(['a', 'i', 'u']).ends_with('ء');
    for surface in spelling::spell(sounds, false) {
        out.push(surface, reading, true, !changes);
    }
    if !changes {
        return;
    }
    // تم becomes تمو before a suffix: قتلتموه.
    let suffixed = if sounds.ends_with("تuم") { format!("{sounds}U") } else { sounds.to_owned() };
    for surface in spelling::spell(&suffixed, true) {
        out.push(surface, reading, false, true);
    }
}

/// Stem and ending as one word of sounds, a weak last radical resolved.
fn word(stem: &Stem, ending: &str) -> String {
    let vocalic = ending.starts_with(['a', 'i', 'u', 'A', 'I', 'U']);
    let stem = if vocalic { &stem.open } else { &stem.closed };
    match stem.chars().last() {
        Some(weak @ ('W' | 'J')) => weak_end(stem.trim_end_matches(weak), weak, ending),
        _ => format!("{stem}{ending}"),
    }
}

/// What a weak last radical and an ending become after the vowel at the end of `head`.
fn weak_end(head: &str, weak: char, ending: &str) -> String {
    let vowel = head.chars().last().unwrap_or('a');
    let root = head.trim_end_matches(vowel);
    let glide = match vowel {
        'i' => 'ي',
        'u' => 'و',
        _ if weak == 'W' => 'و',
        _ => 'ي',
    };
    let long = vowel.to_ascii_uppercase();
    let rest = |skip: usize| ending.chars().skip(skip).collect::<String>();
    match (vowel, ending.chars().next(), ending.len()) {
        // يدعُ, يرمِ, يرضَ
        (_, None, _) => head.to_owned(),
        // دعا, رمى, يرضى
        ('a', Some('a' | 'u'), 1) => format!("{root}{}", if weak == 'W' { 'A' } else { 'Y' }),
        // دعوا, يرضون
        ('a', Some('U'), _) => format!("{head}و{}", rest(1)),
        // دعت, رمتا; لقوا and يرمون
        ('a', Some('a'), _) | (_, Some('U'), _) => format!("{root}{ending}"),
        // يدعو, يرمي
        (_, Some('u'), 1) => format!("{root}{long}"),
        // لقيت, يدعون (they, feminine)
        (_, Some(c), _) if vowel != 'a' && !matches!(c, 'a' | 'A') => format!("{root}{long}{ending}"),
        // دعوت, رميا, لقيت (she)
        _ => format!("{head}{glide}{ending}"),
    }
}
