//! The date layer by its behaviour: a table of expressions and values, and what holds for any text.

use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use waqai::extract::dates::{Tagged, tag};
use waqai::model::{Published, PublishedBasis};
use waqai::text::{Tokens, lines};

/// Tags a text whose lines are its blocks.
fn tagged(text: &str, published: Option<NaiveDate>) -> Tagged {
    let tokens = Tokens::new(text);
    let blocks: Vec<_> = lines(&tokens).collect();
    let published = published.map(|date| Published { date, basis: PublishedBasis::Given });
    tag(&tokens, &blocks, published)
}

#[test]
fn the_table() {
    let mut cases = 0;
    let mut wrong = Vec::new();
    for (number, line) in include_str!("data/dates.tsv").lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        cases += 1;
        let fields: Vec<&str> = line.split('\t').collect();
        let [sentence, reference, expression, kind, value] = fields[..] else {
            panic!("line {} has {} fields", number + 1, fields.len())
        };
        let text = sentence.replace('¶', "\n");
        let published = (reference != "-").then(|| reference.parse().expect("a reference date"));
        let found = tagged(&text, published);
        let got: Vec<(String, String, String)> = found
            .dates
            .iter()
            .map(|d| (d.span.of(&text).to_owned(), format!("{:?}", d.kind).to_uppercase(), d.value.clone()))
            .collect();
        let right = if expression == "-" {
            got.is_empty()
        } else {
            got.iter().any(|(t, k, v)| t == expression && k == kind && v == value)
        };
        if !right {
            wrong.push(format!("line {}: {line}\n    got {got:?}", number + 1));
        }
    }
    assert!(cases >= 400, "only {cases} cases");
    assert!(wrong.is_empty(), "{} of {cases} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// Calendar words, numbers and marks in any order: what the grammar meets at its worst.
fn soup() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "في",
        "يوم",
        "اليوم",
        "الخميس",
        "28",
        "٣١",
        "فبراير",
        "شباط/",
        "آذار",
        "2022",
        "1446هـ",
        "رمضان",
        "و",
        "إلى",
        "-",
        "بعد",
        "قبل",
        "يومين",
        "ثلاثة",
        "آلاف",
        "أيام",
        "سنوات",
        "999999",
        "الأسبوع",
        "المقبل",
        "الماضي",
        "عام",
        "العام",
        "القرن",
        "الثلاثين",
        "ق.م",
        "الساعة",
        "10:47",
        "مساء",
        "ليل",
        "صيف",
        "الربع",
        "الأول",
        "من",
        "كل",
        "تسعينيات",
        "أول",
        "نهاية",
        "الشهر",
        "التالي",
        "ذلك",
        "نفسه",
        "،",
        ".",
        ":",
        "(",
        ")",
        "/",
        "\n",
        "وبعدها",
        "بأسبوع",
        "2147483647",
        "99999999999",
        "مئة",
        "ألف",
        "نصف",
        "قرن",
        "عقدين",
        "غدا",
        "أمس",
        "العقد",
        "هذا",
        "0",
        "منذ",
        "الموافق",
        "ه\u{64e}",
        "\u{64e}",
        "\u{301}",
        "\u{200d}",
        "\u{600}",
        "🏳\u{fe0f}",
        "قرون",
    ]);
    prop::collection::vec((words, prop::bool::weighted(0.8)), 0..40).prop_map(|parts| {
        parts
            .into_iter()
            .map(|(word, space)| if space { format!("{word} ") } else { word.to_owned() })
            .collect()
    })
}

fn any_day() -> impl Strategy<Value = Option<NaiveDate>> {
    let first = NaiveDate::from_ymd_opt(1, 1, 1).expect("the first day");
    let days = NaiveDate::from_ymd_opt(9999, 12, 31).expect("the last day").num_days_from_ce() as u64;
    prop::option::weighted(0.9, (0..days).prop_map(move |n| first + Days::new(n)))
}

fn well_formed(text: &str, found: &Tagged) -> Result<(), TestCaseError> {
    let graphemes: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
    let mut end = 0;
    for date in &found.dates {
        prop_assert!(date.span.start >= end, "overlap at {:?}", date.span);
        prop_assert!(!date.span.is_empty());
        prop_assert!(graphemes.binary_search(&(date.span.start as usize)).is_ok(), "start {:?}", date.span);
        prop_assert!(graphemes.binary_search(&(date.span.end as usize)).is_ok(), "end {:?}", date.span);
        end = date.span.end;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn resolution_is_total_and_spans_are_sound(text in soup(), published in any_day()) {
        well_formed(&text, &tagged(&text, published))?;
    }

    #[test]
    fn any_text_is_taken(text in "[\\PC\u{600}-\u{6ff}0-9 \n]{0,200}", published in any_day()) {
        well_formed(&text, &tagged(&text, published))?;
    }

    #[test]
    fn marks_in_words_move_no_span(day in 1u8..=28, published in any_day()) {
        // Harakat and tatweel are in the span, and the value is that of the plain spelling.
        let text = format!("وَصَلَ في {day} شُبـــاط 2022م أَمسِ");
        let found = tagged(&text, published);
        prop_assert_eq!(found.dates[0].span.of(&text), format!("{day} شُبـــاط 2022م"));
        prop_assert_eq!(&found.dates[0].value, &format!("2022-02-{day:02}"));
        prop_assert_eq!(found.dates[1].span.of(&text), "أَمسِ");
    }
}

/// Dates alone, without a lexicon, are those that the whole extraction finds.
#[test]
fn dates_alone_are_the_same() {
    for document in waqai::corpus::demo() {
        let whole = waqai::extract::extract(&document, waqai::lexicon::Lexicon::builtin());
        let alone = waqai::extract::extract_dates(&document);
        assert_eq!((whole.dates, whole.articles), (alone.dates, alone.articles), "{}", document.id);
    }
}
