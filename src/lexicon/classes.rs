//! What a word can be: closed classes and noun classes, whom it agrees with as a verb, as what verbs agree
//! with it.

use bitflags::bitflags;

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
        /// Who has the same office in another state: `نظيره`.
        const COUNTERPART = 1 << 54;
        /// A field of office, as a noun: no word of a title that has the article (`الوزير العلاقات`).
        const FIELD = 1 << 55;
        /// A number in words.
        const NUMERAL = 1 << 56;
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
