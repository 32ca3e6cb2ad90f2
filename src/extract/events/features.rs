//! What a candidate is judged by: features of the grammar around its trigger, none of a document.

use std::ops::Range;

use super::Article;
use super::arguments::Arguments;
use super::candidates::Candidate;
use super::clause::Clauses;
use super::dating::Near;
use super::modality::Modality;
use super::surroundings::{consequence, governed, second_term, unrealised};
use crate::extract::analysis::Traits;
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::{Classes, Proclitic};
use crate::model::{EventType, Status};

/// From which token of its sentence on a trigger stands late.
const LATE: usize = 31;
/// How many tokens before its clause a verb of saying is looked for.
const SPEECH: usize = 8;

/// A candidate with all that is known of it.
#[expect(clippy::struct_excessive_bools, reason = "each is a finding of its own, none excludes another")]
pub(super) struct Case<'c, 'x, 'a> {
    pub(super) article: &'c Article<'x, 'a>,
    /// The tokens of its sentence.
    pub(super) sentence: &'c Range<usize>,
    pub(super) clauses: &'c Clauses<'c, 'a>,
    pub(super) candidate: &'c Candidate,
    /// All of the sentence.
    pub(super) candidates: &'c [Candidate],
    pub(super) arguments: &'c Arguments,
    pub(super) modality: &'c Modality,
    /// How near its date stands, if it has one.
    pub(super) near: Option<Near>,
    /// Whether somebody does it.
    pub(super) source: bool,
    /// Whether somebody else takes part.
    pub(super) target: bool,
    /// Whether several take part.
    pub(super) several: bool,
    /// Whether it is a person who does it.
    pub(super) person: bool,
    /// Whether a place is told.
    pub(super) place: bool,
    /// Whether it stands below a picture.
    pub(super) caption: bool,
    /// Whether no verb of the sentence was a trigger before it.
    pub(super) first_verb: bool,
    /// Whether an event of its type was told before in the article.
    pub(super) told: bool,
}

/// Names every feature together with its value: a number, or whether something holds.
macro_rules! features {
    (|$case:ident| { $($before:tt)* } $($name:ident = $value:expr;)*) => {
        /// Names of the features, in the order of [`Features`].
        pub const NAMES: [&str; COUNT] = [$(stringify!($name)),*];

        /// How many features there are.
        pub const COUNT: usize = [$(stringify!($name)),*].len();

        impl Case<'_, '_, '_> {
            /// The features of the candidate.
            pub(super) fn features(&self) -> Features {
                let $case = self;
                $($before)*
                [$(f32::from($value)),*]
            }
        }
    };
}

/// The features of one candidate.
pub type Features = [f32; COUNT];

features! {
    |case| {
        let (a, c, x) = (case.article.analysis, case.candidate, case.arguments);
        let (start, t) = (case.sentence.start, c.tokens.start);
        let left = case.clauses.left(t);
        let noun = c.shape == Shape::Noun;
        let before = (t > start).then(|| t - 1);
        let governed = governed(case.clauses, c, case.candidates, left);
        let speech = (left.saturating_sub(SPEECH).max(start)..t).any(|i| a.is(i, Classes::SPEECH));
        let quoted = case.clauses.in_quote(t);
        let relative = a.is(left, Classes::RELATIVE);
        let late = t - start >= LATE;
        let same = |other: &&Candidate| other.kind == c.kind;
        let earlier = || case.candidates.iter().filter(|other| other.tokens.start < t);
        let in_clause = || earlier().filter(|other| other.tokens.start >= left);
    }
    lexicon_weight = c.weight;
    perfect = c.shape == Shape::Perfect;
    imperfect = c.shape == Shape::Imperfect;
    noun = noun;
    participle = matches!(c.shape, Shape::Active | Shape::Passive);
    conditioned = c.conditioned;
    light = c.light.is_some() && !c.passive_light;
    passive_light = c.passive_light;
    own_source = x.own_source;
    has_source = case.source;
    has_target = case.target;
    two_actors = case.several;
    place = case.place;
    date_in_clause = case.near == Some(Near::Clause);
    date_in_sentence = case.near == Some(Near::Sentence);
    entry_date = case.near == Some(Near::Entry);
    definite = c.definite;
    enclitic = c.enclitic;
    planned = case.modality.status == Status::Planned;
    refusal = case.modality.refusal.is_some();
    preposition_before = noun && c.light.is_none() && before.is_some_and(|b| a.is(b, Classes::PREPOSITION));
    li = noun && c.proclitic == Some(Proclitic::Li);
    governed = governed;
    in_quote = quoted;
    relative = relative;
    first_verb = c.is_verb() && case.first_verb;
    after_speech = speech;
    caption = case.caption;
    person_source = case.person;
    genitive = noun && x.actors.iter().any(|one| one.rule == "genitive of the trigger");
    weight_noun = f32::from(noun) * c.weight;
    clause_head = t <= left + 1;
    late = late;
    inherited = x.inherited;
    inherited_noun = x.inherited && noun;
    indefinite_noun = noun && !c.definite && c.light.is_none() && !c.enclitic;
    unmet = c.unmet;
    active = c.shape == Shape::Active;
    consequence = noun && consequence(a, case.sentence, t);
    same_type_before = in_clause().any(|other| same(&other));
    second_term = noun && second_term(a, case.sentence, t);
    actor_adjacent = noun
        && x.actors.iter().any(|one| case.article.mentions[one.mention].first == c.tokens.end);
    verb_before = in_clause().any(Candidate::is_verb);
    told_before = noun && c.definite && case.told;
    same_type_sentence = earlier().any(|other| same(&other) && other.tokens.start < left);
    unrealised = noun && unrealised(case.clauses, c, case.candidates, left);
    disagrees = x.disagrees;
    speaks = x.speaks;
    enclitic_noun = noun && c.enclitic;
    // `هدنة اقترحها الوسطاء`: a clause that says which.
    attributive = c.is_verb()
        && c.enclitic
        && !a.has(t, Traits::JOINED)
        && before.is_some_and(|b| !a.is_any_mark(b) && !a.is(b, Classes::SUBORDINATOR | Classes::PREPOSITION));
    relative_noun = noun && relative;
    late_noun = noun && late;
    imperfect_entry = c.shape == Shape::Imperfect && case.near == Some(Near::Entry);
    consult_noun = noun && c.kind == EventType::Consult;
    coerce_noun = noun && c.kind == EventType::Coerce;
    reject_noun = noun && c.kind == EventType::Reject;
    governed_after_speech = governed && speech;
    enclitic_dated = c.enclitic && case.near == Some(Near::Clause);
    enclitic_governed = c.enclitic && governed;
    // `قتل جنود في هجوم`: the strike is the same happening.
    casualty = noun
        && governed
        && c.kind == EventType::Assault
        && before.is_some_and(|b| a.tokens.folded(b) == "في");
}
