//! The forms of Arabic letters beside those of `FriBidi`, in this layout's cells.
//!
//! `bidi_shaping.tsv` holds what `FriBidi` made of words chosen for what is hard about them: lam-alef
//! with and without marks, hamza, letters that join on one side, tatweel, joiners, Persian, Kurdish
//! and Urdu letters with and without forms. Where `fribidi` is on the path, all words of the lexicon,
//! of the demo corpus and of Hunspell's Arabic dictionary (Debian's `hunspell-ar`) are compared too, and
//! those of a list of one's own:
//!
//! ```text
//! WORDS=words.txt cargo test --test bidi_shaping -- --nocapture
//! ```
//!
//! Recorded with `FriBidi` 1.0.8: no difference in the 128,641 words of the project and the dictionary
//! that are compared in every run, in 1,035,113 Arabic words (the Hunspell and Aspell
//! dictionaries of Debian and words of news), in 327,016 Persian ones (Hunspell), nor in 200,000
//! Arabic words with marks strewn over them.
//!
//! Three things are not compared, because they have to differ. ZWJ, ZWNJ and the U+FEFF that `FriBidi`
//! leaves beside a ligature get no cell here. `FriBidi` parts lam and alef where a mark stands between
//! them, this layout does not: for `FriBidi` such marks are set behind the alef. Words with hamza or
//! madda as a mark of its own, which is part of the letter here, are passed by.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use waqai::bidi::{Align, Base, Options, paragraph};

/// What the layout makes of `word`, from left to right.
fn shaped(word: &str) -> String {
    let options = Options { base: Base::Rtl, align: Align::Left, ..Options::default() };
    paragraph(word, u16::MAX, &options).rows.iter().map(ToString::to_string).collect()
}

/// `word` with the marks between a lam and an alef behind the alef.
fn marks_behind_alef(word: &str) -> String {
    let mut out = String::new();
    // The marks since the last lam, while nothing else came.
    let mut held: Option<String> = None;
    for c in word.chars() {
        match (c, &mut held) {
            ('\u{64b}'..='\u{652}' | '\u{670}', Some(held)) => held.push(c),
            ('ا' | 'أ' | 'إ' | 'آ', held) => {
                out.push(c);
                out.push_str(&held.take().unwrap_or_default());
            }
            (c, held) => {
                out.push_str(&held.take().unwrap_or_default());
                out.push(c);
                *held = (c == 'ل').then(String::new);
            }
        }
    }
    out + &held.unwrap_or_default()
}

#[test]
fn recorded_words() {
    let mut words = 0;
    for line in include_str!("bidi_shaping.tsv").lines().filter(|line| !line.starts_with('#')) {
        let (word, codes) = line.split_once('\t').expect("word and code points");
        let expected: String = codes
            .split(' ')
            .map(|code| u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a code point"))
            .collect();
        assert_eq!(shaped(word), expected, "{word}");
        words += 1;
    }
    assert!(words > 100);
}

/// Every Arabic word in the files of a folder, and of its folders.
fn words_below(folder: &Path, words: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            words_below(&path, words);
        } else {
            let text = std::fs::read_to_string(&path).expect("a text");
            let runs = text.split(|c: char| !('\u{620}'..='\u{65f}').contains(&c) && c != '\u{670}');
            words.extend(runs.map(|run| run.trim_start_matches(is_mark).to_owned()));
        }
    }
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Whether a word is made of Arabic letters and marks alone.
fn arabic(word: &&str) -> bool {
    !word.is_empty()
        && !word.starts_with(is_mark)
        && word.chars().all(|c| ('\u{620}'..='\u{652}').contains(&c))
}

/// Some 108,000 words.
const DICTIONARY: &str = "/usr/share/hunspell/ar.dic";

#[test]
fn word_list() {
    let fribidi = Command::new("fribidi")
        .args(["--nopad", "--nobreak", "--rtl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = match fribidi {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("fribidi is absent: the shapes of whole word lists are NOT compared in this run");
            return;
        }
        child => child.expect("fribidi"),
    };
    let mut list = BTreeSet::new();
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    words_below(&assets.join("lexicon"), &mut list);
    words_below(&assets.join("documents"), &mut list);
    assert!(list.len() > 10_000, "{} words", list.len());
    match std::fs::read_to_string(DICTIONARY) {
        Ok(words) => {
            // A word, and after a slash what may be put to it.
            list.extend(
                words.lines().filter_map(|line| line.split('/').next()).filter(arabic).map(str::to_owned),
            );
            assert!(list.len() > 100_000, "{} words", list.len());
        }
        Err(_) => println!("{DICTIONARY} is absent: its words are NOT compared in this run"),
    }
    if let Some(path) = std::env::var_os("WORDS") {
        list.extend(std::fs::read_to_string(path).expect("the word list").lines().map(str::to_owned));
    }
    let comparable = |word: &&str| !word.is_empty() && !word.contains(['\u{653}', '\u{654}', '\u{655}']);
    let words: Vec<&str> = list.iter().map(String::as_str).filter(comparable).collect();
    let mut stdin = child.stdin.take().expect("its input");
    let input: String = words.iter().map(|word| marks_behind_alef(word) + "\n").collect();
    let feeder = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("its output");
    feeder.join().expect("the feeder").expect("all words written");
    let theirs =
        String::from_utf8(output.stdout).expect("UTF-8").replace(['\u{feff}', '\u{200c}', '\u{200d}'], "");
    assert_eq!(theirs.lines().count(), words.len());
    let differences: Vec<_> =
        words.iter().zip(theirs.lines()).filter(|(word, theirs)| shaped(word) != *theirs).collect();
    println!("{} words, {} differences", words.len(), differences.len());
    for (word, theirs) in differences.iter().take(20) {
        println!(
            "{}: {} here, {}",
            word.escape_unicode(),
            shaped(word).escape_unicode(),
            theirs.escape_unicode()
        );
    }
    assert!(differences.is_empty());
}
