//! Which words of a sentence may carry a happening, and in which sense.

use std::cell::OnceCell;
use std::ops::Range;

use crate::extract::actors::Mention;
use crate::extract::analysis::{Analysis, Traits};
use crate::lexicon::phrases::{Begins, Meaning};
use crate::lexicon::triggers::{Sense, Shape};
use crate::lexicon::words::{Classes, Proclitic, Reading, WordId};
use crate::model::EventType;
use crate::text::TokenKind;

/// Words of these classes are no triggers, whatever verb they look like.
const NEVER: Classes = Classes::SUBORDINATOR
    .union(Classes::RELATIVE)
    .union(Classes::PREPOSITION)
    .union(Classes::NEGATION)
    .union(Classes::ATTRIBUTION)
    .union(Classes::BOTH_SIDES);
/// How many tokens behind a trigger its preposition may stand.
const AFTER_WITHIN: usize = 12;
/// How many tokens behind a trigger its object may stand.
const OBJECT_WITHIN: usize = 7;

/// A word that may carry a happening.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a finding of its own, none excludes another")]
pub struct Candidate {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Folded bytes of proclitics on the first of them.
    pub prefix: u8,
    /// The type of the sense.
    pub kind: EventType,
    /// Verb, noun or participle.
    pub shape: Shape,
    /// Index of the sense in the lexicon.
    pub sense: u32,
    /// How surely the lexicon takes it for a happening.
    pub weight: f32,
    /// Whether a condition of the sense (preposition, object) was met.
    pub conditioned: bool,
    /// Whether the sense asks for a preposition or object that is not there.
    pub unmet: bool,
    /// The token of the object that the sense asks for, where it stands.
    pub object: Option<usize>,
    /// With the article.
    pub definite: bool,
    /// With a pronoun at its end.
    pub enclitic: bool,
    /// The preposition or future particle written together with it.
    pub proclitic: Option<Proclitic>,
    /// The light verb that it is the noun of.
    pub light: Option<usize>,
    /// The passive light verb (`تم`) before it.
    pub passive_light: bool,
    /// Of a verb, the noun of the same happening in which it comes about: `قتل جنود في هجوم شنه مسلحون`.
    pub circumstance: Option<Box<Self>>,
}

impl Candidate {
    /// Whether it is a finite verb.
    pub const fn is_verb(&self) -> bool {
        matches!(self.shape, Shape::Perfect | Shape::Imperfect)
    }
}

/// The candidates of a sentence, in order. `taken` tells whether a token belongs to a name or date.
pub fn find(
    a: &Analysis<'_>,
    sentence: Range<usize>,
    mentions: &[Mention],
    taken: &dyn Fn(usize) -> bool,
) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut i = sentence.start;
    while i < sentence.end {
        if taken(i) || a.tokens.kind(i) != Some(TokenKind::Word) {
            i += 1;
            continue;
        }
        if let Some((candidate, end)) = phrase(a, i, sentence.end) {
            out.extend(candidate);
            i = end;
        } else {
            out.extend(word(a, i, &sentence, mentions));
            i += 1;
        }
    }
    out
}

/// A fixed phrase at `i`: a candidate, or nothing where the phrase keeps its words from being one.
fn phrase(a: &Analysis<'_>, i: usize, end: usize) -> Option<(Option<Candidate>, usize)> {
    if !a.begins(i, Begins::TRIGGER) {
        return None;
    }
    for reading in a.readings(i).iter().filter(|r| !r.enclitic) {
        let Some(found) = a.phrase(i, reading.word) else { continue };
        if found.end > end {
            continue;
        }
        let Some(index) = found.meanings.iter().find_map(|m| match m {
            Meaning::Trigger(s) => Some(*s),
            Meaning::Entity(_) | Meaning::EntityAgain(_) | Meaning::Title => None,
        }) else {
            continue;
        };
        let sense = &a.lexicon.senses[index as usize];
        // `بدأت المحادثات`: the noun in the phrase carries it, its light verb tells who.
        let light = a.is(i, Classes::PASSIVE_LIGHT | Classes::LIGHT) && found.end > i + 1;
        let shape = if phrase_verb(a, i) && !light { Shape::Perfect } else { Shape::Noun };
        let candidate = sense.kind.map(|kind| Candidate {
            tokens: i..found.end,
            prefix: reading.prefix,
            kind,
            shape,
            sense: index,
            weight: sense.weight,
            conditioned: true,
            unmet: false,
            object: None,
            definite: reading.definite,
            enclitic: false,
            proclitic: reading.proclitic,
            light: light.then_some(i),
            passive_light: light && a.is(i, Classes::PASSIVE_LIGHT),
            circumstance: None,
        });
        return Some((candidate, found.end));
    }
    None
}

/// The best sense of the word at `i`.
fn word(a: &Analysis<'_>, i: usize, sentence: &Range<usize>, mentions: &[Mention]) -> Option<Candidate> {
    if !a.has(i, Traits::TRIGGER) {
        return None;
    }
    // Behind قد stands a verb, whatever else is spelled so: `قد قبل`.
    let verb_here = i > sentence.start && a.lexicon.particles.stress.has(a.tokens.folded(i - 1))
        || expresses(a, i, sentence.end);
    if a.is(i, NEVER) && !verb_here {
        return None;
    }
    // A word known as a title, a body or an ordinary noun as it stands is not taken apart: `وزير`.
    let whole = a.readings(i).iter().filter(|r| r.prefix == 0).any(|r| {
        a.lexicon
            .vocabulary
            .word(r.word)
            .classes
            .intersects(Classes::TITLE | Classes::BODY_HEAD | Classes::HOMOGRAPH | Classes::COMMON)
            && !verb_here
    });
    // `قضاء` is a district unless it is `القضاء على`.
    let place = a.is(i, Classes::PLACE_CUE) && !verb_here;
    let mut best: Option<(i32, Candidate)> = None;
    let mut blocked = None;
    // Folded, ة looks like the pronoun ه; behind ت it can be nothing else.
    let written = a.tokens.written(i);
    let feminine = written.ends_with('ة') && !written.ends_with("تة");
    // Many forms of a word are of one sense: what it asks for is looked for once.
    let mut asked: Option<(u32, Option<Met>)> = None;
    let behind =
        Behind { a, words: i + 1..sentence.end, mentions, objects: OnceCell::new(), far: OnceCell::new() };
    let before = Before::new(a, i, sentence, mentions);
    // `ودعت` is `و` before a verb, not the rarer verb that is spelled so.
    let split = a.lexicon.particles.split.has(a.tokens.folded(i));
    for reading in a.readings(i).iter().filter(|r| if split { r.prefix > 0 } else { !whole || r.prefix == 0 })
    {
        let known = a.lexicon.vocabulary.word(reading.word);
        // `هجوم شنه`: the noun of a light verb was told before it.
        if reading.enclitic && (feminine || known.classes.contains(Classes::LIGHT)) {
            continue;
        }
        let homograph = reading.prefix == 0 && !verb_here && known.classes.contains(Classes::HOMOGRAPH);
        for form in &known.triggers {
            if reading.enclitic && !form.before_suffix || !reading.enclitic && !form.free {
                continue;
            }
            if !fits(form.shape, reading) {
                continue;
            }
            let sense = &a.lexicon.senses[form.sense as usize];
            if homograph && !reading.enclitic && !sense.weighty() {
                continue;
            }
            let found = match asked {
                Some((same, found)) if same == form.sense => found,
                _ => behind.conditions(sense),
            };
            asked = Some((form.sense, found));
            let met = found.map(|f| f.count);
            if homograph && met.is_none() || place && met.is_none_or(|m| m == 0) {
                continue;
            }
            if met.is_none() && sense.kind.is_none() {
                continue;
            }
            let Some(standing) = standing(a, i, sentence, &before, form.shape, reading) else { continue };
            // Least taken off, then most conditions met, then what the place in the clause asks for.
            let rank = -(i32::from(reading.prefix > 0) * 3) - i32::from(reading.enclitic) * 3
                + met.map_or(-8, |m| m * 4)
                + standing
                + (sense.weight * 2.0) as i32;
            let Some(kind) = sense.kind else {
                blocked = blocked.max(Some(rank));
                continue;
            };
            if best.as_ref().is_some_and(|(r, _)| rank <= *r) {
                continue;
            }
            let verb = matches!(form.shape, Shape::Perfect | Shape::Imperfect);
            let candidate = Candidate {
                tokens: i..i + 1,
                prefix: reading.prefix,
                kind,
                shape: form.shape,
                sense: form.sense,
                weight: if verb { sense.weight } else { sense.noun_weight },
                conditioned: met.is_some_and(|m| m > 0),
                unmet: met.is_none(),
                object: found.and_then(|f| f.object),
                definite: reading.definite,
                enclitic: reading.enclitic,
                proclitic: reading.proclitic,
                light: None,
                passive_light: false,
                circumstance: None,
            };
            best = Some((rank, candidate));
        }
    }
    let (rank, candidate) = best?;
    (blocked.is_none_or(|b| rank > b)).then_some(candidate)
}

/// Whether a form may stand with the clitics of a reading.
fn fits(shape: Shape, reading: &Reading) -> bool {
    match shape {
        Shape::Perfect => reading.proclitic.is_none() && !reading.definite,
        Shape::Imperfect => {
            !reading.definite && matches!(reading.proclitic, None | Some(Proclitic::Sa | Proclitic::Li))
        }
        Shape::Noun | Shape::Active | Shape::Passive => reading.proclitic != Some(Proclitic::Sa),
    }
}

/// What of a sense's conditions is met.
#[derive(Clone, Copy)]
struct Met {
    /// One for its preposition, two for its object.
    count: i32,
    /// Where the object stands.
    object: Option<usize>,
}

/// What stands behind a trigger, for what its senses ask for; what is asked for often is kept.
struct Behind<'b, 'a> {
    a: &'b Analysis<'a>,
    /// The tokens to the end of the sentence.
    words: Range<usize>,
    mentions: &'b [Mention],
    /// What can be an object, as every word that it can be read as, with its token.
    objects: OnceCell<Vec<(WordId, usize)>>,
    /// The prepositions and particles that some sense asks for.
    far: OnceCell<Far>,
}

/// What some sense may ask for behind a trigger.
#[derive(Default)]
struct Far {
    words: Vec<WordId>,
    /// What is written together with the next word, a bit each.
    proclitics: u8,
}

impl Behind<'_, '_> {
    /// How the conditions of a sense are met; none where one is not.
    fn conditions(&self, sense: &Sense) -> Option<Met> {
        let mut count = 0;
        if !sense.after.is_empty() {
            let far = self.far.get_or_init(|| self.far());
            if sense.after_proclitic & far.proclitics == 0 {
                far.words.iter().find(|word| sense.after.contains(word))?;
            }
            count += 1;
        }
        let mut object = None;
        if !sense.object.is_empty() {
            let objects = self.objects.get_or_init(|| self.objects());
            let (_, at) = objects.iter().find(|(word, _)| sense.object.binary_search(word).is_ok())?;
            object = Some(*at);
            count += 2;
        }
        Some(Met { count, object })
    }

    fn is_word(&self, at: usize) -> bool {
        self.a.tokens.kind(at) == Some(TokenKind::Word)
    }

    fn far(&self) -> Far {
        let mut far = Far::default();
        for at in self.reach(AFTER_WITHIN).filter(|&at| self.is_word(at)) {
            far.proclitics |= self.a.proclitics(at);
            if self.a.has(at, Traits::AFTER) {
                far.words.extend(self.a.readings(at).iter().map(|reading| reading.word));
            }
        }
        far
    }

    fn objects(&self) -> Vec<(WordId, usize)> {
        let near = self.reach(OBJECT_WITHIN).filter(|&at| self.a.has_host(at, Classes::OBJECT));
        let object = |word| self.a.lexicon.vocabulary.word(word).classes.contains(Classes::OBJECT);
        near.filter(|&at| self.is_word(at))
            .flat_map(|at| self.a.readings(at).iter().map(move |reading| (reading.word, at)))
            .filter(|&(word, _)| object(word))
            .collect()
    }

    /// The tokens of the next so many words; a mention counts as one, and some marks end them.
    fn reach(&self, words: usize) -> Range<usize> {
        let Range { start, end } = self.words;
        let mut steps = 0;
        let mut mentions = &self.mentions[self.mentions.partition_point(|m| m.end <= start)..];
        for at in start..end {
            while mentions.first().is_some_and(|m| m.end <= at) {
                mentions = &mentions[1..];
            }
            steps += usize::from(mentions.first().is_none_or(|m| m.first >= at));
            let mark = self.a.tokens.kind(at) == Some(TokenKind::Mark);
            if steps > words || mark && matches!(self.a.tokens.folded(at), "." | ":" | "؛") {
                return start..at;
            }
        }
        start..end
    }
}

/// Whether the word at `i` is the verb of `عبر فلان عن رفضه` and not the preposition that is spelled so, in a
/// sentence that ends before `end`.
pub(super) fn expresses(a: &Analysis<'_>, i: usize, end: usize) -> bool {
    /// How many tokens behind it what is expressed stands.
    const WITHIN: usize = 12;
    a.lexicon.particles.express.has(a.tokens.folded(i))
        && (i + 1..end.min(i + WITHIN)).any(|at| a.tokens.folded(at) == "عن")
}

/// Whether the phrase at `i` opens with a finite verb: as it stands, without suffix, and no noun.
fn phrase_verb(a: &Analysis<'_>, i: usize) -> bool {
    if a.is(i, Classes::SPEECH | Classes::PLAIN_VERB | Classes::LIGHT) {
        return true;
    }
    if a.tokens.written(i).ends_with('ة') {
        return false;
    }
    let mut verb = false;
    for reading in a.readings(i).iter().filter(|r| !r.enclitic) {
        for form in a.lexicon.vocabulary.word(reading.word).triggers.iter().filter(|f| f.free) {
            match form.shape {
                Shape::Perfect | Shape::Imperfect => verb |= !reading.definite,
                Shape::Noun => return false,
                Shape::Active | Shape::Passive => {}
            }
        }
    }
    verb
}

/// Whether the word at `i` can be a finite verb.
fn verb_form(a: &Analysis<'_>, i: usize) -> bool {
    a.is(i, Classes::SPEECH | Classes::PLAIN_VERB | Classes::LIGHT) || a.has(i, Traits::FINITE)
}

/// The mention that ends before token `i`; mentions do not overlap and stand in order.
fn ending(mentions: &[Mention], i: usize) -> Option<&Mention> {
    mentions.get(mentions.partition_point(|m| m.end < i)).filter(|m| m.end == i)
}

/// What stands before a trigger.
#[expect(clippy::struct_excessive_bools, reason = "each is a finding of its own, none excludes another")]
struct Before<'b> {
    /// A preposition.
    preposition: bool,
    /// A light verb.
    light: bool,
    negated: bool,
    /// A mark.
    apart: bool,
    /// Nothing, or what a clause may begin behind.
    opens: bool,
    /// A mention.
    mention: Option<&'b Mention>,
}

impl<'b> Before<'b> {
    /// What stands before token `i`.
    fn new(a: &Analysis<'_>, i: usize, sentence: &Range<usize>, mentions: &'b [Mention]) -> Self {
        if i == sentence.start {
            let nothing = Self {
                preposition: false,
                light: false,
                negated: false,
                apart: false,
                opens: true,
                mention: None,
            };
            return nothing;
        }
        let before = i - 1;
        let classes = a.classes(before);
        let apart = a.is_any_mark(before);
        let openers = Classes::SUBORDINATOR | Classes::RELATIVE | Classes::PLAIN_VERB | Classes::MODAL;
        Self {
            // `منذ` is a conjunction before a verb.
            preposition: classes.contains(Classes::PREPOSITION)
                && !classes.contains(Classes::SUBORDINATOR)
                && a.tokens.folded(before) != "منذ",
            light: classes.intersects(Classes::PASSIVE_LIGHT | Classes::LIGHT),
            negated: classes.contains(Classes::NEGATION),
            apart,
            opens: apart || classes.intersects(openers),
            mention: ending(mentions, i),
        }
    }
}

/// How well a shape fits the place: above 0 fits, below 0 unlikely; none where it cannot be.
fn standing(
    a: &Analysis<'_>,
    i: usize,
    sentence: &Range<usize>,
    before: &Before<'_>,
    shape: Shape,
    reading: &Reading,
) -> Option<i32> {
    match shape {
        Shape::Perfect => {
            if before.preposition {
                return None;
            }
            if before.light {
                return Some(-3);
            }
            // After لم or لن no perfect stands.
            if before.negated {
                return Some(-1);
            }
            let subject = before.mention;
            // Behind a subject stands a verb, unless the subject's own verb stands before it: `شنت روسيا
            // غزوها`.
            let governed = subject.is_some_and(|m| m.first > sentence.start && verb_form(a, m.first - 1));
            let opens = before.opens || reading.conjunction;
            Some(if opens || subject.is_some() && !governed { 2 } else { -i32::from(governed) * 2 })
        }
        Shape::Imperfect => (!before.preposition).then_some(1),
        Shape::Noun => {
            let tied = reading.definite || reading.proclitic.is_some() || reading.enclitic;
            Some(if tied || before.preposition || before.light {
                2
            } else if before.mention.is_some() {
                -1
            } else {
                1
            })
        }
        // As a circumstance: accusative, behind a comma or `و` (`داعيا إلى`, `رافضة ذلك`).
        Shape::Active if a.is(i, Classes::TITLE | Classes::COLLECTIVE_BODY) => None,
        Shape::Active => {
            let folded = a.tokens.folded(i);
            let accusative = folded.ends_with('ا') || folded.ends_with('ه') || folded.ends_with("ين");
            let apart = reading.conjunction || before.apart;
            ((accusative && apart || folded.ends_with('ا'))
                && !reading.definite
                && reading.proclitic.is_none()
                && !reading.enclitic)
                .then_some(0)
        }
        Shape::Passive => Some(0),
    }
}
