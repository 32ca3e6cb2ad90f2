//! The calendar words: `assets/lexicon/calendar.toml` read once into a hash table over folded
//! forms, with the proclitics و ف ب ل ك already put before every form.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::text::fold::fold;
use crate::text::{Tokens, WordMap};

/// What a calendar word is. The number that goes with it ([`Sense::n`]) is explained per class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// No calendar word.
    #[default]
    Other,
    /// A line end or the end of the block.
    Break,
    /// A mark; `n` is its code point.
    Punct,
    /// Letters of another script.
    Foreign,
    /// Digits; `n` is their value.
    Num,
    /// A Gregorian month, 1 to 12.
    Month,
    /// `تشرين`, `كانون` alone: repeats a month named beside it.
    MonthStem,
    /// A Hijri month, 1 to 12.
    HijriMonth,
    /// A weekday with the article, ISO 1 to 7.
    Weekday,
    /// A weekday without the article.
    WeekdayBare,
    /// `أيام الجمع`.
    Weekdays,
    /// Units; `n` is the grammatical number, 1 to 3.
    Second,
    /// See [`Class::Second`].
    Minute,
    /// See [`Class::Second`].
    Hour,
    /// See [`Class::Second`].
    Day,
    /// See [`Class::Second`].
    Night,
    /// See [`Class::Second`].
    Week,
    /// See [`Class::Second`].
    MonthUnit,
    /// See [`Class::Second`].
    Year,
    /// See [`Class::Second`].
    Decade,
    /// See [`Class::Second`].
    Century,
    /// `عطلة نهاية الأسبوع`.
    Weekend,
    /// `متتاليين`, `متواصلة`: stretches a duration's wording only.
    Whole,
    /// Days from the publication date.
    Deictic,
    /// Part of the day, 1 morning to 7 daytime.
    Part,
    /// `ص` 1, `م` 4.
    AmPm,
    /// `الآن`, after `من`.
    Now,
    /// `الليلة`.
    Tonight,
    /// `الليلة الماضية`.
    LastNight,
    /// `الماضي` −1, `الجاري` 0, `المقبل` 1.
    Lean,
    /// `السابق` −1, `نفسه` 0, `التالي` 1.
    NarrativeLean,
    /// `هذا`.
    This,
    /// `ذلك`.
    That,
    /// `نفس` before its noun.
    #[serde(rename = "self")]
    Same,
    /// `الحين`, `الوقت`.
    Moment,
    /// `آنذاك`, `ذلك الحين`.
    Then,
    /// `القليلة`.
    Few,
    /// `أوائل` 1, `منتصف` 2, `أواخر` 3.
    Edge,
    /// `الساعات الأولى من` 0; 1 where a preposition before it belongs to it (`في وقت مبكر من`).
    SomeTime,
    /// Spring 1 to winter 4.
    Season,
    /// `نصف`.
    Half,
    /// `ربع`.
    Quarter,
    /// `ثلث`.
    Third,
    /// `تسعينيات`; `n` is 90.
    DecadeName,
    /// A number word.
    Cardinal,
    /// An ordinal, 1 to 10.
    Ordinal,
    /// `بضعة`.
    Vague,
    /// `عديدة` after its noun.
    Several,
    /// `نحو` 0, `أكثر من` 1, `أقل من` −1.
    Approx,
    /// `تقريبا`.
    Roughly,
    /// `بعد`.
    After,
    /// `قبل`.
    Before,
    /// `بعدها`.
    AfterIt,
    /// `قبلها`.
    BeforeIt,
    /// `منذ`.
    Since,
    /// `في` 0, `خلال` 1.
    In,
    /// Behind an offset: `على` 0, `عن` 1.
    Upon,
    /// `عند` before a clock time.
    At,
    /// `إلا` in a clock time.
    Except,
    /// `عامي`: two years follow.
    YearPair,
    /// `من`.
    From,
    /// `بين`.
    Between,
    /// `إلى`, `حتى`.
    To,
    /// `مرور`.
    Passing,
    /// `كل`.
    Every,
    /// `و`.
    And,
    /// `يوميا` 1, weekly 2, monthly 3, yearly 4, quarterly 5.
    Frequency,
    /// `هـ`.
    HijriEra,
    /// `ميلادي`.
    CommonEra,
    /// `ق.م`.
    BeforeEra,
    /// `الموافق`.
    SameAs,
}

/// What a word tells about the expressions around it; a word may have several roles beside its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// `العالمي`: `اليوم` before it is no deictic.
    NotToday,
    /// `روسيا`: `اليوم` after it is part of a name.
    TodayName,
    /// `القتال`: lasts, so what stands before it is a duration.
    LastingNoun,
    /// `الحادث`: points back to what was told.
    EventNoun,
    /// `دولار`: the number before it is a count.
    CountNoun,
    /// `رقم`: the number after it is a code.
    CodeNoun,
    /// `ثورة`: the number after it is a year.
    YearNoun,
    /// `المقرر`: what follows lies ahead.
    Ahead,
    /// `أعلن`: what follows lies behind.
    Behind,
    /// `سياسة`: looks like a future verb and is none.
    NotAhead,
    /// `صلاة`: the weekday after it is no date.
    NotADay,
    /// `لمدة`: a length of time follows.
    For,
    /// `البالغ من العمر`.
    Aged,
    /// `بتوقيت`.
    Zone,
    /// `بتاريخ`: a date follows.
    Date,
    /// `فصل` before a season.
    SeasonWord,
    /// `قوى`: the day and month after it are a name (`قوى 14 آذار`).
    BlocNoun,
    /// `ثورة`: the day and month after it may be a named day ([`Lexicon::feat`]).
    FeatNoun,
    /// `كامل`: the one unit before it is a length of time.
    Full,
    /// `الأمين`: `العام` after it means general.
    GeneralNoun,
}

/// A set of [`Role`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles(u32);

impl Roles {
    /// No role.
    pub const NONE: Self = Self(0);

    /// Whether the role is among them.
    pub const fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u16) != 0
    }

    pub(super) fn add(&mut self, role: Role) {
        self.0 |= 1 << role as u16;
    }
}

/// What a form means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sense {
    /// Its class.
    pub class: Class,
    /// The number of its class.
    pub n: i32,
    /// Whether it means other things too.
    pub weak: bool,
    /// Whether it has the article.
    pub definite: bool,
    /// Its roles.
    pub roles: Roles,
}

/// A form of several words behind its first one.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// The folded tokens after the first.
    pub(super) rest: Box<[Box<str>]>,
    pub(super) sense: Sense,
}

/// What the table holds under one folded form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hit {
    pub(super) sense: Sense,
    /// Folded bytes of the proclitics before the form proper.
    pub(super) clitic: u8,
    /// Whether the last proclitic is a preposition (ب ل ك).
    pub(super) governed: bool,
    /// Index into [`Lexicon::phrases`].
    pub(super) phrases: Option<u16>,
}

/// The table.
#[derive(Debug)]
pub struct Lexicon {
    table: WordMap<Hit>,
    /// What verbs of the future mean that the table does not hold.
    future: Hit,
    phrases: Vec<Vec<Phrase>>,
    feats: Vec<NaiveDate>,
}

#[derive(Deserialize)]
struct File {
    entry: Vec<Entry>,
    feat: Vec<Feat>,
}

#[derive(Deserialize)]
struct Feat {
    date: NaiveDate,
}

#[derive(Deserialize)]
struct Entry {
    class: Option<Class>,
    role: Option<Role>,
    #[serde(default)]
    n: i32,
    #[serde(default)]
    article: Article,
    #[serde(default)]
    weak: bool,
    forms: Vec<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Article {
    #[default]
    None,
    Both,
    Only,
}

static SHIPPED: LazyLock<Lexicon> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../assets/lexicon/calendar.toml"))
        .expect("the shipped calendar lexicon is well-formed, which a test checks");
    Lexicon::build(&file)
});

/// The proclitics put before every form, and whether they end in a preposition.
const PROCLITICS: [(&str, bool); 10] = [
    ("و", false),
    ("ف", false),
    ("ب", true),
    ("ل", true),
    ("ك", true),
    ("وب", true),
    ("ول", true),
    ("وك", true),
    ("فب", true),
    ("فل", true),
];

impl Lexicon {
    /// The shipped lexicon, read on first use.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn build(file: &File) -> Self {
        let mut bare: HashMap<Vec<Box<str>>, Sense> = HashMap::new();
        for entry in &file.entry {
            for form in &entry.forms {
                if entry.article != Article::Only {
                    merge(&mut bare, form, entry);
                }
                if entry.article != Article::None {
                    merge(&mut bare, &format!("ال{form}"), entry);
                }
            }
        }
        let feats = file.feat.iter().map(|feat| feat.date).collect();
        let mut future = Hit::default();
        future.sense.roles.add(Role::Ahead);
        let mut out = Self { table: WordMap::default(), future, phrases: Vec::new(), feats };
        let mut heads: HashMap<Box<str>, u16> = HashMap::new();
        let mut sorted: Vec<_> = bare.into_iter().collect();
        sorted.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        for (words, sense) in &sorted {
            let (head, rest) = (&words[0], &words[1..]);
            if !rest.is_empty() {
                let slot = *heads.entry(head.clone()).or_insert_with(|| {
                    out.phrases.push(Vec::new());
                    out.phrases.len() as u16 - 1
                });
                out.phrases[slot as usize].push(Phrase { rest: rest.into(), sense: *sense });
            }
        }
        // Heads of phrases that mean nothing alone first, then the words themselves over them.
        let mut words: HashMap<Box<str>, Hit> = heads
            .iter()
            .map(|(head, &slot)| (head.clone(), Hit { phrases: Some(slot), ..Hit::default() }))
            .collect();
        for (form, sense) in sorted {
            if form.len() == 1 {
                words.entry(form[0].clone()).or_default().sense = sense;
            }
        }
        for (form, hit) in &words {
            out.expand(form, *hit);
        }
        for (form, hit) in &words {
            out.table.insert(form, *hit);
        }
        out
    }

    /// Puts the proclitics before a form. Two-letter words get none: `بآب` is a door.
    fn expand(&mut self, form: &str, hit: Hit) {
        if form.chars().nth(2).is_none() {
            return;
        }
        for (clitic, governed) in PROCLITICS {
            // The article melts into ل, so there the host cannot be cut off.
            let (joined, len) = if clitic.ends_with('ل')
                && let Some(host) = form.strip_prefix("ال")
            {
                (format!("{clitic}ل{host}"), clitic.len() - 'ل'.len_utf8())
            } else {
                (format!("{clitic}{form}"), clitic.len())
            };
            let hit = Hit { clitic: len as u8, governed, ..hit };
            self.table.get_or_insert_with(&joined, || hit);
        }
    }

    /// The year of a day that is known without it: `ثورة 25 يناير` is of 2011.
    pub fn feat(&self, month: u8, day: u8) -> Option<i32> {
        let is = |date: &&NaiveDate| (date.month(), date.day()) == (u32::from(month), u32::from(day));
        self.feats.iter().find(is).map(Datelike::year)
    }

    /// What the folded form means, with the proclitics it bears.
    #[inline]
    pub fn hit(&self, folded: &str) -> Option<&Hit> {
        self.table.get(folded).or_else(|| is_future(folded).then_some(&self.future))
    }

    /// The longer forms that begin with a word, longest first.
    pub(super) fn phrases(&self, slot: u16) -> &[Phrase] {
        self.phrases.get(slot as usize).map_or(&[], Vec::as_slice)
    }
}

/// `سيلتقي`, `وستعقد`: a verb of the future, unless the table holds the word.
fn is_future(folded: &str) -> bool {
    let verb = folded.strip_prefix(['و', 'ف']).unwrap_or(folded);
    let mut letters = verb.chars();
    letters.next() == Some('س') && matches!(letters.next(), Some('ي' | 'ت' | 'ن')) && letters.nth(1).is_some()
}

fn merge(bare: &mut HashMap<Vec<Box<str>>, Sense>, form: &str, entry: &Entry) {
    let folded = fold(form);
    let tokens = Tokens::new(&folded);
    let key: Vec<Box<str>> = (0..tokens.len()).map(|i| tokens.folded(i).into()).collect();
    if key.is_empty() {
        return;
    }
    let sense = bare.entry(key).or_default();
    if let Some(class) = entry.class
        && sense.class == Class::Other
    {
        *sense = Sense {
            class,
            n: entry.n,
            weak: entry.weak,
            definite: folded.starts_with("ال"),
            roles: sense.roles,
        };
    }
    if let Some(role) = entry.role {
        sense.roles.add(role);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sense(form: &str) -> (Class, i32, u8) {
        let hit = Lexicon::shipped().hit(&fold(form)).copied().unwrap_or_default();
        (hit.sense.class, hit.sense.n, hit.clitic)
    }

    #[test]
    fn words_are_found_with_their_proclitics() {
        assert_eq!(sense("فبراير"), (Class::Month, 2, 0));
        assert_eq!(sense("وبالأسبوع"), (Class::Week, 1, 4));
        assert_eq!(sense("وللأسبوع"), (Class::Week, 1, 2));
        assert_eq!(sense("واحد"), (Class::Cardinal, 1, 0));
        assert_eq!(sense("باب"), (Class::Other, 0, 0));
        assert_eq!(sense("السياسة"), (Class::Other, 0, 0));
    }

    #[test]
    fn a_word_may_have_a_class_and_a_role() {
        let hit = Lexicon::shipped().hit("المقبله").copied().unwrap_or_default();
        assert_eq!(hit.sense.class, Class::Lean);
        assert!(hit.sense.roles.has(Role::Ahead));
    }
}
