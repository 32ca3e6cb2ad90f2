//! Who is spoken of: names of the lexicon, people behind their titles, collective actors, bodies,
//! nisba adjectives, and short names of people told in full before.

mod body;
mod collective;
mod gender;
mod home;
mod known;
mod name;
mod office;
mod person;
mod title;

use std::ops::Range;

use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt};

use super::analysis::{Analysis, Traits};
use super::registry::Registry;
use crate::lexicon::conjugator::Gender;
use crate::lexicon::words::{Classes, Proclitic, Reading};
use crate::model::{ActorBasis, Span};
use crate::text::TokenKind;
use office::Roles;

/// Why a country is meant: it is that of the person named last.
pub(super) const HOMELAND: &str = "the country of the person named last";

/// Why so many people are meant, of whom nothing else is told.
pub(super) const PEOPLE: &str = "so many people";

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// By a name.
    Name,
    /// By a title without a name (`وزير الخارجية المالي`).
    Role,
    /// By a collective noun (`القوات الإسرائيلية`).
    Collective,
    /// By an adjective of another noun (`الغزو الأمريكي`).
    Nisba,
}

/// A mention of an actor or place, in tokens.
#[derive(Clone, Debug)]
pub struct Mention {
    /// First token of all that belongs to it (title included).
    pub first: usize,
    /// One past its last token (a role in apposition included).
    pub end: usize,
    /// The bytes that name it, proclitics left out.
    pub span: Span,
    /// Index in the document's registry.
    pub entity: u32,
    /// What acts where the entity is a capital or seat of power: the country.
    pub acting: u32,
    /// How it is named.
    pub form: Form,
    /// How it was tied to its entity.
    pub basis: ActorBasis,
    /// The rule that found it.
    pub rule: &'static str,
    /// The preposition written together with its first word.
    pub proclitic: Option<Proclitic>,
    /// Whether `و` or `ف` is written together with its first word.
    pub conjunction: bool,
    /// Whether it names a city, region or building rather than people.
    pub place: bool,
    /// Whether it names a state.
    pub state: bool,
    /// As what verbs agree with it, where its words tell.
    pub gender: Option<Gender>,
}

/// Finds the mentions in the blocks of one article published on `published`, in text order, not
/// overlapping.
pub fn find(
    analysis: &Analysis<'_>,
    blocks: &[Range<usize>],
    registry: &mut Registry<'_>,
    published: Option<NaiveDate>,
) -> Vec<Mention> {
    let mut finder = Finder {
        a: analysis,
        registry,
        home: home::of(analysis, blocks),
        published,
        surnames: HashMap::new(),
        roles: Roles::default(),
        heads: HashMap::new(),
        out: Vec::new(),
    };
    for block in blocks {
        finder.block(block.clone());
    }
    finder.out
}

struct Finder<'f, 'a, 'l> {
    a: &'f Analysis<'a>,
    registry: &'f mut Registry<'l>,
    /// The state that the article is about (index in the lexicon), where one prevails.
    home: Option<u32>,
    published: Option<NaiveDate>,
    /// Folded last name → person told in full before in this article.
    surnames: HashMap<String, u32>,
    /// Who was given which title.
    roles: Roles,
    /// Head noun of a body or collective → the newest so called, for `المنظمة`, `الجيش`.
    heads: HashMap<String, u32>,
    out: Vec<Mention>,
}

/// How a word is read of which nothing is known.
const UNREAD: Reading =
    Reading { word: 0, conjunction: false, proclitic: None, definite: false, enclitic: false, prefix: 0 };

/// The entity that a mention names.
#[derive(Clone, Copy)]
struct Who {
    entity: u32,
    acting: u32,
    place: bool,
    state: bool,
}

impl Who {
    /// An entity that acts itself and is no place and no state.
    const fn of(entity: u32) -> Self {
        Self { entity, acting: entity, place: false, state: false }
    }
}

/// A mention before its span and clitics are worked out.
struct Spot {
    /// All that belongs to it.
    tokens: Range<usize>,
    /// What names it.
    named: Range<usize>,
    who: Who,
    form: Form,
    basis: ActorBasis,
    rule: &'static str,
}

impl Finder<'_, '_, '_> {
    fn block(&mut self, block: Range<usize>) {
        let mut i = block.start;
        while i < block.end {
            i = self.at(i, block.end).unwrap_or(i + 1);
        }
    }

    /// Tries every kind of mention at token `i`; the token to go on with where one was found.
    fn at(&mut self, i: usize, end: usize) -> Option<usize> {
        match self.a.tokens.kind(i)? {
            TokenKind::Number => return self.counted(i, end),
            TokenKind::Word | TokenKind::Foreign => {}
            TokenKind::Mark | TokenKind::Newline => return None,
        }
        // With most words only what was told before can make a mention begin.
        if !self.a.has(i, Traits::ACTOR) {
            return self.surname(i).or_else(|| self.latter(i));
        }
        self.phrase(i, end)
            .or_else(|| self.counted_in_words(i, end))
            .or_else(|| self.two(i, end))
            .or_else(|| self.two_states(i, end))
            .or_else(|| self.title(i, end))
            .or_else(|| self.collective(i, end))
            .or_else(|| self.body(i, end))
            .or_else(|| self.bare_name(i, end))
            .or_else(|| self.surname(i))
            .or_else(|| self.honorific(i))
            .or_else(|| self.latter(i))
            .or_else(|| self.homeland(i))
            .or_else(|| self.variant(i))
            .or_else(|| self.adjective(i, end))
    }

    /// Adds a mention whose first word is read as `head`.
    fn push(&mut self, spot: Spot, head: &Reading) {
        let Spot { tokens, named, who, form, basis, rule } = spot;
        let share = self.share(tokens.start).or_else(|| self.whose(tokens.start, head));
        let span = if named.start == tokens.start {
            self.host_span(&named, head)
        } else {
            self.a.tokens.span(named.start, named.end - 1)
        };
        let gender = self.gender(&tokens, &named, who, form, head).filter(|_| share.is_none());
        let head = share.map_or(*head, |at| self.first_reading(at));
        self.out.push(Mention {
            gender,
            first: share.unwrap_or(tokens.start),
            end: tokens.end,
            span,
            entity: who.entity,
            acting: who.acting,
            form,
            basis,
            rule,
            proclitic: head.proclitic,
            conjunction: head.conjunction,
            place: who.place,
            state: who.state,
        });
    }

    /// The first token of the collective just told, where the mention at `i`, read as `head`, says whose it is:
    /// `قوات تابعة للحكومة` are the government's, which acts.
    fn whose(&mut self, i: usize, head: &Reading) -> Option<usize> {
        let at = i.checked_sub(1).filter(|_| head.proclitic == Some(Proclitic::Li))?;
        let told = self.out.last().filter(|m| m.end == at && m.form == Form::Collective)?.first;
        self.a.lexicon.particles.belonging.has(self.a.tokens.folded(at)).then(|| {
            self.out.pop();
            told
        })
    }

    /// The token before a mention at `i` by which only some of those are meant whom it names: `عدد من السوريين`.
    fn share(&self, i: usize) -> Option<usize> {
        let at = i.checked_sub(2)?;
        let (share, of) = (self.a.tokens.folded(at), self.a.tokens.folded(i - 1));
        let bare = || {
            let host = self.first_reading(at).prefix as usize;
            share.get(host..).is_some_and(|host| self.a.lexicon.particles.share.has(host))
        };
        let number = self.a.tokens.kind(at) == Some(TokenKind::Number);
        (of == "من"
            && (number || self.a.lexicon.particles.share.has(share) || bare())
            && self.out.last().is_none_or(|m| m.end <= at))
        .then_some(at)
    }

    /// The bytes of `tokens` without the proclitics of `reading` on the first of them.
    fn host_span(&self, tokens: &Range<usize>, reading: &Reading) -> Span {
        let whole = self.a.tokens.span(tokens.start, tokens.end - 1);
        if reading.prefix == 0 {
            return whole;
        }
        Span::new(self.a.tokens.inner(tokens.start, reading.prefix as usize), whole.end)
    }

    /// The words of `tokens` as a name; behind `لل` the article's alef is written again.
    fn named(&self, tokens: &Range<usize>, reading: &Reading) -> String {
        let words = self.host_span(tokens, reading).of(self.a.tokens.text());
        match words.strip_prefix('ل') {
            Some(rest) if reading.proclitic == Some(Proclitic::Li) && reading.definite => format!("ال{rest}"),
            _ => words.to_owned(),
        }
    }

    /// The reading of a token that takes least off; of an unknown word, one that takes nothing off.
    fn first_reading(&self, i: usize) -> Reading {
        self.a.readings(i).first().copied().unwrap_or(UNREAD)
    }

    /// Whether token `i` stands with the article, as it is or behind a proclitic.
    fn has_article(&self, i: usize) -> bool {
        self.a.has(i, Traits::DEFINITE)
    }

    /// Whether a finite verb stands at token `i`, as far as the lexicon knows.
    fn is_verb(&self, i: usize) -> bool {
        self.a.is(i, Classes::SPEECH | Classes::PLAIN_VERB) || self.a.has(i, Traits::VERB)
    }
}
