//! The forms of Arabic letters beside those of `FriBidi`, in this layout's cells.
//!
//! `bidi_shaping.tsv` holds what `FriBidi` made of words chosen for what is hard about them: lam-alef
//! with and without marks, hamza, letters that join on one side, tatweel, joiners, Persian, Kurdish
//! and Urdu letters with and without forms. The comparison over a whole word list needs `FriBidi` and
//! the list:
//!
//! ```text
//! WORDS=words.txt cargo test --test bidi_shaping -- --ignored --nocapture
//! ```
//!
//! Recorded with `FriBidi` 1.0.8: no difference in 1,035,113 Arabic words (the Hunspell and Aspell
//! dictionaries of Debian and words of news), in 327,016 Persian ones (Hunspell), nor in 200,000
//! Arabic words with marks strewn over them.
//!
//! Three things are not compared, because they have to differ. ZWJ, ZWNJ and the U+FEFF that `FriBidi`
//! leaves beside a ligature get no cell here. `FriBidi` parts lam and alef where a mark stands between
//! them, this layout does not: for `FriBidi` such marks are set behind the alef. Words with hamza or
//! madda as a mark of its own, which is part of the letter here, are passed by.

use std::io::Write;
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

#[test]
#[ignore = "needs FriBidi and a word list in the file that WORDS names"]
fn word_list() {
    let path = std::env::var("WORDS").expect("WORDS names a file with one word a line");
    let list = std::fs::read_to_string(&path).expect("the word list");
    let comparable = |word: &&str| !word.is_empty() && !word.contains(['\u{653}', '\u{654}', '\u{655}']);
    let words: Vec<&str> = list.lines().filter(comparable).collect();
    let mut child = Command::new("fribidi")
        .args(["--nopad", "--nobreak", "--rtl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("fribidi");
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
