//! From sounds to letters: long vowels, doubled consonants, and the seat of the hamza.

/// The spellings of a word of sounds (notation of [`super::stem`]; `|` is the silent alif), the
/// usual one first, then those that the press also uses. With `suffixed` as it is written before
/// a suffix.
pub(super) fn spell(sounds: &str, suffixed: bool) -> Vec<String> {
    let sounds = merge_hamzas(sounds);
    let mut out = vec![String::with_capacity(sounds.len() * 2)];
    let mut at = 0;
    while let Some(&c) = sounds.get(at) {
        let next = sounds.get(at + 1).copied();
        let letters: &[&str] = match c {
            'ء' if next == Some('ء') => &[],
            'ء' => {
                let previous = at
                    .checked_sub(1)
                    .map(|i| if sounds[i] == 'ء' && i > 0 { sounds[i - 1] } else { sounds[i] });
                let last = at + 1 == sounds.len() || (at + 2 == sounds.len() && is_short(sounds[at + 1]));
                if last && !suffixed {
                    final_seat(previous)
                } else {
                    let (letters, taken) = seat(previous, next);
                    at += taken;
                    letters
                }
            }
            'a' | 'i' | 'u' if at > 0 => &[],
            // The vowel of a word that begins with a joining alif.
            'a' | 'i' | 'u' | 'A' => &["ا"],
            'I' => &["ي"],
            'U' => &["و"],
            // After ي even the last long a is an alif: أحيا.
            'Y' => {
                if suffixed || at.checked_sub(1).is_some_and(|i| sounds[i] == 'ي') {
                    &["ا"]
                } else {
                    &["ى"]
                }
            }
            '|' => {
                if suffixed {
                    &[]
                } else {
                    &["ا"]
                }
            }
            '@' => {
                if suffixed {
                    &["ت"]
                } else {
                    &["ة"]
                }
            }
            'و' if closes_after(&sounds, at, 'i') => &["ي"],
            'ي' if closes_after(&sounds, at, 'u') => &["و"],
            // A doubled consonant is written once.
            _ if next == Some(c) => &[],
            _ => {
                for word in &mut out {
                    word.push(c);
                }
                &[]
            }
        };
        extend(&mut out, letters);
        at += 1;
    }
    out
}

/// Appends each of the letters to each of the words.
fn extend(words: &mut Vec<String>, letters: &[&str]) {
    let [letter, others @ ..] = letters else { return };
    let count = words.len();
    for other in others {
        for at in 0..count {
            words.push(format!("{}{other}", words[at]));
        }
    }
    for word in words.iter_mut().take(count) {
        word.push_str(letter);
    }
}

const fn is_short(c: char) -> bool {
    matches!(c, 'a' | 'i' | 'u')
}

const fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'i' | 'u' | 'A' | 'I' | 'U' | 'Y')
}

/// Whether the glide at `at` ends a syllable whose vowel is `vowel`: إيقاع of و, يوقن of ي.
fn closes_after(sounds: &[char], at: usize, vowel: char) -> bool {
    at > 0
        && sounds[at - 1] == vowel
        && sounds.get(at + 1).is_some_and(|&next| !is_vowel(next) && next != sounds[at] && next != '|')
}

/// Two hamzas at the head of a word make a long vowel: آمن, إيمان, أومن.
fn merge_hamzas(sounds: &str) -> Vec<char> {
    let mut out: Vec<char> = sounds.chars().collect();
    if let ['ء', vowel, 'ء', next, ..] = out[..]
        && is_short(vowel)
        && !is_vowel(next)
        && next != 'ء'
    {
        out[1] = vowel.to_ascii_uppercase();
        out.remove(2);
    }
    out
}

/// The seat at the end of a word, by what stands before it.
const fn final_seat(previous: Option<char>) -> &'static [&'static str] {
    match previous {
        Some('i') => &["ئ"],
        Some('u') => &["ؤ"],
        Some('a') => &["أ"],
        _ => &["ء"],
    }
}

/// The seat at the head or within a word, and how many sounds after the hamza it takes in.
const fn seat(previous: Option<char>, next: Option<char>) -> (&'static [&'static str], usize) {
    match (previous, next) {
        (None, Some('i' | 'I')) => (&["إ"], 0),
        (None, Some('A')) => (&["آ"], 1),
        (None, _) => (&["أ"], 0),
        // Kasra is strongest.
        (Some('i' | 'I' | 'ي'), _) | (_, Some('i' | 'I')) => (&["ئ"], 0),
        // Then damma; the press knows several spellings before a long u.
        (Some('a'), Some('U')) => (&["ؤ", "أ"], 0),
        (Some('A' | 'U'), Some('U')) => (&["ؤ", "ء"], 0),
        (Some('u'), Some('U')) => (&["ؤ"], 0),
        (Some(_), Some('U')) => (&["ؤ", "ئ"], 0),
        (Some('u'), _) | (_, Some('u')) => (&["ؤ"], 0),
        // Then fatha; none after a long vowel.
        (Some('A' | 'U' | 'و'), _) => (&["ء"], 0),
        (Some('a'), Some('A')) => (&["آ", "أا"], 1),
        (_, Some('A')) => (&["آ"], 1),
        _ => (&["أ"], 0),
    }
}
