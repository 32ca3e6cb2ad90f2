//! The vocabulary: every known folded word with what is known of it, and how a word as written is
//! taken apart into proclitics, article, host and enclitic.

use bitflags::bitflags;
use foldhash::HashMap;

use super::phrases::Begins;
use super::triggers::TriggerForm;
use crate::text::fold::fold_phrase;

/// Index of a word in the vocabulary.
pub type WordId = u32;

bitflags! {
    /// The closed classes and noun classes of `assets/lexicon/grammar.toml` that a word belongs to.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Classes: u64 {
        /// لم، لن، لا …
        const NEGATION = 1;
        /// Possibility, wish, condition, purpose.
        const MODAL = 1 << 1;
        /// What says that something is arranged for a day to come.
        const PLANNED = 1 << 2;
        /// Opens a clause.
        const SUBORDINATOR = 1 << 3;
        /// `إن` and its sisters, which are subordinators.
        const COMPLEMENTIZER = 1 << 4;
        /// Those of them with a pronoun.
        const PRONOUN_COMPLEMENTIZER = 1 << 5;
        /// الذي …
        const RELATIVE = 1 << 6;
        /// في، من …
        const PREPOSITION = 1 << 7;
        /// Prepositions of place.
        const LOCATIVE = 1 << 8;
        /// According to …
        const ATTRIBUTION = 1 << 9;
        /// تم، جرى.
        const PASSIVE_LIGHT = 1 << 10;
        /// The two sides.
        const BOTH_SIDES = 1 << 11;
        /// A form of a verb of saying.
        const SPEECH = 1 << 12;
        /// A form of another frequent verb without event.
        const PLAIN_VERB = 1 << 13;
        /// Head of a title.
        const TITLE = 1 << 14;
        /// Word inside a title.
        const TITLE_INNER = 1 << 15;
        /// Collective noun that stands for its country's government.
        const COLLECTIVE_STATE = 1 << 16;
        /// Collective noun of its own.
        const COLLECTIVE_BODY = 1 << 17;
        /// Head of a body's name.
        const BODY_HEAD = 1 << 18;
        /// Noun before a place name.
        const PLACE_CUE = 1 << 19;
        /// A given name.
        const GIVEN_NAME = 1 << 20;
        /// A word that is no name.
        const COMMON = 1 << 21;
        /// A title that alone, with the article, means one person.
        const PERSONAL = 1 << 23;
        /// A noun that some sense asks for as its object.
        const OBJECT = 1 << 24;
        /// A form of a verb whose subject led to what follows (`أدى إلى`, `أسفر عن`).
        const CONSEQUENCE = 1 << 25;
        /// One of a collective: an actor even without the article.
        const INDIVIDUAL = 1 << 26;
        /// The one who did what was just told.
        const SUSPECT = 1 << 27;
        /// The two persons spoken of.
        const BOTH_PERSONS = 1 << 28;
        /// Spelled like a form of a trigger and nearly always something else.
        const HOMOGRAPH = 1 << 29;
        /// The two states spoken of.
        const BOTH_COUNTRIES = 1 << 30;
        /// How a person of rank is spoken of again.
        const HONORIFIC = 1 << 31;
        /// A given name that is an ordinary word as well.
        const GIVEN_RISKY = 1 << 32;
        /// A form of a verb whose noun behind it is its subject: `بدأت المحادثات`.
        const INCHOATIVE = 1 << 33;
        /// A form of a light verb.
        const LIGHT = 1 << 22;
        /// An adjective or participle.
        const ADJECTIVE = 1 << 34;
        /// Stands inside names and ties what follows to them.
        const NAME_PARTICLE = 1 << 35;
        /// A title that means nobody unless a name follows.
        const RANK = 1 << 36;
        /// Says in a title that its bearer has the office no more.
        const FORMER = 1 << 37;
        /// Says in a title how its bearer has the office.
        const PASSING = 1 << 38;
        /// Ties the field of an office to its title.
        const TITLE_JOINT = 1 << 39;
        /// A title that with the article is as often an adjective.
        const ADJECTIVAL = 1 << 40;
        /// The own country of whoever was spoken of.
        const HOMELAND = 1 << 41;
        /// A collective that means its state without saying whose it is.
        const STANDS_ALONE = 1 << 42;
        /// What a seat of office is said of, so that it is no actor: `انتخابات الرئاسة`.
        const OFFICE_OF = 1 << 43;
        /// Announces a name.
        const ANNOUNCER = 1 << 44;
        /// An ordinal or a day of the week: no part of a body's name.
        const ORDINAL = 1 << 45;
        /// One arm of a state: where nothing else is said, of the state that the article is about.
        const ARM = 1 << 46;
        /// What is counted, so that a number makes it an actor: `40 دولة`.
        const COUNTED = 1 << 47;
        /// A collective that is no actor without an adjective, a genitive or a country.
        const MODIFIED = 1 << 48;
        /// A seat of office: an actor without a country only as the subject of a verb.
        const SEAT = 1 << 49;
        /// A title of one who is sent.
        const ENVOY = 1 << 50;
        /// A collective that without the article means no people at all: `أمن الناس`.
        const ABSTRACT = 1 << 51;
        /// A title of one who is somebody's: a name right behind it is not his.
        const SOMEBODYS = 1 << 53;
        /// A form of a verb whose subject, without an object, is whom it is done to: `قتل القائد`.
        const SUFFERING = 1 << 52;
    }
}

bitflags! {
    /// The subjects that a word agrees with as a finite verb, in all its readings.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Subjects: u8 {
        /// Whoever speaks: first person.
        const SPEAKER = 1;
        /// One of masculine gender, or several that stand behind it.
        const HE = 1 << 1;
        /// One of feminine gender or several things, or several women that stand behind it.
        const SHE = 1 << 2;
        /// Two or more that were named before.
        const THEY = 1 << 3;
    }
}

bitflags! {
    /// As what verbs agree with a noun or name, where its ending does not tell.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Genders: u8 {
        /// A state with a masculine name.
        const MASCULINE_STATE = 1;
        /// A noun of people that is one and masculine.
        const MASCULINE = 1 << 1;
        /// A noun of several men that ends in ة.
        const SEVERAL = 1 << 2;
        /// A given name of women.
        const FEMININE_NAME = 1 << 3;
    }
}

/// What is known of one folded word: a line of the processor's cache, since words are asked for in no
/// order.
#[derive(Debug, Default)]
#[repr(align(64))]
pub struct Word {
    /// The classes it belongs to.
    pub classes: Classes,
    /// The country or people whose nisba it is (index of a lexicon entity).
    pub nisba: Option<u32>,
    /// The same of an adjective that means something else as well (`مالي`): only where that country
    /// was named.
    pub nisba_again: Option<u32>,
    /// The country of which this one word is a name, or whose seat of power.
    pub country: Option<u32>,
    /// The trigger forms it can be.
    pub triggers: Vec<TriggerForm>,
    /// Whom it agrees with as a verb; empty where it is none that the lexicon knows.
    pub subjects: Subjects,
    /// As what verbs agree with it.
    pub genders: Genders,
    /// What phrases that begin with it stand for.
    pub begins: Begins,
    /// Where [`super::phrases::Phrases`] has them; 0 where there are none.
    pub phrases: u32,
}

const _: () = assert!(size_of::<Word>() == 64);

/// All known words.
#[derive(Debug, Default)]
pub struct Vocabulary {
    ids: Ids,
    words: Vec<Word>,
    /// Their folded forms.
    texts: Vec<Box<str>>,
}

/// Folded forms to ids: nearly all are short enough to be looked up as one number.
#[derive(Debug, Default)]
struct Ids {
    short: HashMap<u128, WordId>,
    long: HashMap<Box<str>, WordId>,
}

impl Ids {
    /// The bytes of a form as a number, where it holds them all; none of them is zero.
    fn short(folded: &str) -> Option<u128> {
        let mut bytes = [0; size_of::<u128>()];
        bytes.get_mut(..folded.len())?.copy_from_slice(folded.as_bytes());
        Some(u128::from_le_bytes(bytes))
    }

    #[inline]
    fn get(&self, folded: &str) -> Option<WordId> {
        match Self::short(folded) {
            Some(short) => self.short.get(&short),
            None => self.long.get(folded),
        }
        .copied()
    }

    fn insert(&mut self, folded: &str, id: WordId) {
        match Self::short(folded) {
            Some(short) => self.short.insert(short, id),
            None => self.long.insert(folded.into(), id),
        };
    }
}

/// A preposition written together with its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proclitic {
    /// ب
    Bi,
    /// ك
    Ka,
    /// ل
    Li,
    /// س of the future
    Sa,
}

impl Proclitic {
    /// A bit of its own, for sets of them.
    pub const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// One way to take a word apart.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// The known host.
    pub word: WordId,
    /// A conjunction و or ف stands before it.
    pub conjunction: bool,
    /// The preposition or future particle before it.
    pub proclitic: Option<Proclitic>,
    /// The article was taken off.
    pub definite: bool,
    /// A pronoun was taken off its end.
    pub enclitic: bool,
    /// Folded bytes before the host (the article not counted).
    pub prefix: u8,
}

/// Pronouns that are written together with the word before them; none ends in another, so that a word
/// has one at most. `ي` is left out: at a word's end it nearly always makes an adjective.
const ENCLITICS: [&str; 10] = ["هما", "كما", "هم", "هن", "ها", "كم", "نا", "ني", "ه", "ك"];

/// Longest folded word that is taken apart, in bytes: longer ones are no words of the language.
const LONGEST: usize = 60;

impl Vocabulary {
    /// The id of a folded word, made known if it was not.
    pub fn intern(&mut self, folded: &str) -> WordId {
        if let Some(id) = self.ids.get(folded) {
            return id;
        }
        let id = self.words.len() as WordId;
        self.ids.insert(folded, id);
        self.words.push(Word::default());
        self.texts.push(folded.into());
        id
    }

    /// Forgets which words mean an entity of `gone`.
    pub fn forget(&mut self, gone: &[u32]) {
        for word in &mut self.words {
            for meaning in [&mut word.nisba, &mut word.nisba_again, &mut word.country] {
                *meaning = meaning.filter(|entity| !gone.contains(entity));
            }
        }
    }

    /// The id of a folded word, if known.
    pub fn id(&self, folded: &str) -> Option<WordId> {
        self.ids.get(folded)
    }

    /// What is known of a word.
    #[inline]
    pub fn word(&self, id: WordId) -> &Word {
        &self.words[id as usize]
    }

    /// The folded form of a word.
    pub fn text(&self, id: WordId) -> &str {
        &self.texts[id as usize]
    }

    /// To add what is known of a word.
    pub fn word_mut(&mut self, id: WordId) -> &mut Word {
        &mut self.words[id as usize]
    }

    /// Puts a word, in any spelling, into classes.
    pub fn classify(&mut self, word: &str, classes: Classes) {
        let id = self.intern(&fold_phrase(word));
        self.words[id as usize].classes |= classes;
    }

    /// Says as what verbs agree with a word, in any spelling.
    pub fn agree(&mut self, word: &str, genders: Genders) {
        let id = self.intern(&fold_phrase(word));
        self.words[id as usize].genders |= genders;
    }

    /// Takes a word, in any spelling, out of classes.
    pub fn declassify(&mut self, word: &str, classes: Classes) {
        if let Some(id) = self.id(&fold_phrase(word)) {
            self.words[id as usize].classes -= classes;
        }
    }

    /// A particle is never the verb that a form is spelled like: `إنه` is no form of أنهى.
    pub fn settle(&mut self) {
        let particle = Classes::NEGATION
            | Classes::SUBORDINATOR
            | Classes::RELATIVE
            | Classes::PREPOSITION
            | Classes::HOMOGRAPH;
        let verb = Classes::SPEECH | Classes::PLAIN_VERB | Classes::LIGHT | Classes::CONSEQUENCE;
        for word in &mut self.words {
            if word.classes.intersects(particle) {
                word.classes -= verb;
            }
        }
    }

    /// All ways to take a folded word apart into a known host and its clitics, the one that takes
    /// least off first. The host of a reading with `definite` stands in the vocabulary without the
    /// article.
    pub fn readings(&self, folded: &str, out: &mut Vec<Reading>) {
        out.clear();
        if folded.len() > LONGEST {
            return;
        }
        let enclitic = ENCLITICS.into_iter().find(|enclitic| folded.ends_with(enclitic));
        clitics(folded, |clitics, host| {
            self.hosts(host, clitics, enclitic, out);
            None::<()>
        });
    }

    fn hosts(&self, host: &str, clitics: Clitics, enclitic: Option<&str>, out: &mut Vec<Reading>) {
        let Clitics { conjunction, proclitic, prefix } = clitics;
        let mut push = |word, definite, enclitic| {
            out.push(Reading { word, conjunction, proclitic, definite, enclitic, prefix });
        };
        if let Some(word) = self.id(host) {
            push(word, false, false);
        }
        if let Some(bare) = host.strip_prefix("ال")
            && bare.len() >= 4
            && let Some(word) = self.id(bare)
        {
            push(word, true, false);
        }
        if let Some(stem) = enclitic.and_then(|enclitic| host.strip_suffix(enclitic))
            && stem.len() >= 4
            && let Some(word) = self.id(stem)
            && (!self.word(word).triggers.is_empty()
                || self.word(word).classes.intersects(Classes::OBJECT | Classes::LIGHT))
        {
            push(word, false, true);
        }
    }
}

/// What is written together with a word before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clitics {
    /// A conjunction و or ف.
    pub conjunction: bool,
    /// A preposition or the future particle.
    pub proclitic: Option<Proclitic>,
    /// Their folded bytes.
    pub prefix: u8,
}

/// Offers to `take` all ways to take clitics off the beginning of a folded word, with what remains (two
/// letters at least), until it takes one: the whole word first, then without a preposition, a
/// conjunction, both. Behind `لل` the article's alef, which is not written there, is given back.
pub fn clitics<T>(folded: &str, mut take: impl FnMut(Clitics, &str) -> Option<T>) -> Option<T> {
    behind_conjunction(folded, Clitics::default(), &mut take).or_else(|| {
        let rest = folded.strip_prefix(['و', 'ف']).filter(|rest| rest.len() >= 4)?;
        behind_conjunction(rest, Clitics { conjunction: true, proclitic: None, prefix: 2 }, &mut take)
    })
}

/// Offers what stands behind the conjunction in `clitics`: all of it, then without its preposition.
fn behind_conjunction<T>(
    rest: &str,
    clitics: Clitics,
    take: &mut impl FnMut(Clitics, &str) -> Option<T>,
) -> Option<T> {
    let taken = take(clitics, rest);
    if taken.is_some() {
        return taken;
    }
    let proclitic = match rest.chars().next()? {
        'ب' => Proclitic::Bi,
        'ل' => Proclitic::Li,
        'ك' => Proclitic::Ka,
        'س' => Proclitic::Sa,
        _ => return None,
    };
    let host = &rest['ب'.len_utf8()..];
    if host.len() < 4 {
        return None;
    }
    let clitics = Clitics { proclitic: Some(proclitic), prefix: clitics.prefix + 2, ..clitics };
    let taken = take(clitics, host);
    let article = proclitic == Proclitic::Li && host.starts_with('ل');
    if article && taken.is_none() { take(clitics, &["ا", host].concat()) } else { taken }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(words: &[&str]) -> Vocabulary {
        let mut v = Vocabulary::default();
        for w in words {
            v.classify(w, Classes::COMMON);
        }
        v
    }

    #[test]
    fn words_are_taken_apart() {
        let v = vocabulary(&["روسيا", "الكرملين", "جيش", "لكن", "بوتين"]);
        let mut out = Vec::new();
        for (word, conjunction, proclitic, definite) in [
            ("وروسيا", true, None, false),
            ("لروسيا", false, Some(Proclitic::Li), false),
            ("للكرملين", false, Some(Proclitic::Li), false),
            ("وبالجيش", true, Some(Proclitic::Bi), true),
            ("للجيش", false, Some(Proclitic::Li), true),
            ("لكن", false, None, false),
            ("بوتين", false, None, false),
        ] {
            v.readings(word, &mut out);
            let r = out.first().unwrap_or_else(|| panic!("{word}"));
            assert_eq!(
                (r.conjunction, r.proclitic, r.definite),
                (conjunction, proclitic, definite),
                "{word}"
            );
        }
    }

    #[test]
    fn no_pronoun_ends_in_another() {
        for one in ENCLITICS {
            assert_eq!(ENCLITICS.iter().filter(|other| one.ends_with(**other)).count(), 1, "{one}");
        }
    }

    #[test]
    fn unknown_words_have_no_reading() {
        let v = vocabulary(&["روسيا"]);
        let mut out = Vec::new();
        v.readings("مصر", &mut out);
        assert!(out.is_empty());
        v.readings(&"و".repeat(1000), &mut out);
        assert!(out.is_empty());
    }
}
