//! The closed classes of the lexicon, the words that are neither triggers nor names, and the offices.

use super::phrases::Meaning;
use super::source::{self, Grammar, Verb};
use super::words::{Classes, Genders};
use super::{FILES, Holder, Lexicon, LexiconError, conjugator, parse, triggers};
use crate::text::fold::fold_phrase;

impl Lexicon {
    /// The closed classes of `grammar.toml` and the words of the files beside it.
    pub(super) fn add_grammar(&mut self) -> Result<(), LexiconError> {
        let name = "grammar.toml";
        let text = FILES.get_file(name).and_then(|f| f.contents_utf8()).unwrap_or_default();
        let grammar: Grammar = parse(name, text)?;
        let v = &mut self.vocabulary;
        for (list, class) in [
            (&grammar.negation, Classes::NEGATION),
            (&grammar.modal, Classes::MODAL),
            (&grammar.planned, Classes::PLANNED),
            (&grammar.subordinator, Classes::SUBORDINATOR),
            (&grammar.complementizer, Classes::SUBORDINATOR | Classes::COMPLEMENTIZER),
            (
                &grammar.pronoun_complementizer,
                Classes::SUBORDINATOR | Classes::COMPLEMENTIZER | Classes::PRONOUN_COMPLEMENTIZER,
            ),
            (&grammar.relative, Classes::RELATIVE),
            (&grammar.preposition, Classes::PREPOSITION),
            (&grammar.locative, Classes::LOCATIVE),
            (&grammar.attribution, Classes::ATTRIBUTION),
            (&grammar.passive_light, Classes::PASSIVE_LIGHT),
            (&grammar.both_sides, Classes::BOTH_SIDES),
            (&grammar.both_countries, Classes::BOTH_SIDES | Classes::BOTH_COUNTRIES),
            (&grammar.honorific, Classes::HONORIFIC),
            (&grammar.both_persons, Classes::BOTH_SIDES | Classes::BOTH_PERSONS),
            (&grammar.titles.head, Classes::TITLE),
            (&grammar.titles.inner, Classes::TITLE_INNER),
            (&grammar.titles.field, Classes::TITLE_INNER | Classes::FIELD),
            (&grammar.titles.former, Classes::TITLE_INNER | Classes::FORMER),
            (&grammar.titles.passing, Classes::TITLE_INNER | Classes::PASSING),
            (&grammar.titles.joint, Classes::TITLE_JOINT),
            (&grammar.titles.envoy, Classes::ENVOY),
            (&grammar.titles.counterpart, Classes::COUNTERPART),
            (&grammar.titles.somebodys, Classes::SOMEBODYS),
            (&grammar.titles.personal, Classes::PERSONAL),
            (&grammar.titles.adjectival, Classes::ADJECTIVAL),
            (&grammar.collectives.state, Classes::COLLECTIVE_STATE),
            (&grammar.collectives.alone, Classes::COLLECTIVE_STATE | Classes::STANDS_ALONE),
            (&grammar.collectives.seat, Classes::COLLECTIVE_STATE | Classes::SEAT),
            (&grammar.collectives.arm, Classes::COLLECTIVE_BODY | Classes::ARM),
            (&grammar.collectives.modified, Classes::COLLECTIVE_BODY | Classes::MODIFIED),
            (
                &grammar.collectives.unpeopled,
                Classes::COLLECTIVE_BODY | Classes::MODIFIED | Classes::ABSTRACT,
            ),
            (&grammar.collectives.counted, Classes::COUNTED),
            (&grammar.collectives.numeral, Classes::NUMERAL),
            (&grammar.collectives.office_of, Classes::OFFICE_OF),
            (&grammar.collectives.body, Classes::COLLECTIVE_BODY),
            (&grammar.collectives.individual, Classes::COLLECTIVE_BODY | Classes::INDIVIDUAL),
            (&grammar.collectives.suspect, Classes::COLLECTIVE_BODY | Classes::SUSPECT),
            (&grammar.bodies.head, Classes::BODY_HEAD),
            (&grammar.bodies.ordinal, Classes::ORDINAL),
            (&grammar.names.particle, Classes::NAME_PARTICLE),
            (&grammar.names.announcer, Classes::ANNOUNCER),
            (&grammar.names.homeland, Classes::HOMELAND),
            (&grammar.cues.place, Classes::PLACE_CUE),
            (&grammar.common, Classes::COMMON | Classes::HOMOGRAPH),
        ] {
            for word in list {
                single(name, text, word)?;
                v.classify(word, class);
            }
        }
        // `وزيرا الخارجية`, `وزارتا الدفاع`: duals. What is spelled so before a pronoun alone is a verb
        // as often (`فرقت`).
        let heads = grammar.titles.head.iter().map(|w| (w, Classes::TITLE));
        let ranks = grammar.titles.rank.iter().map(|w| (w, Classes::TITLE | Classes::RANK));
        let bodies = grammar.bodies.head.iter().map(|w| (w, Classes::BODY_HEAD));
        // An abbreviation has no dual: `بدأ` is no `ب` before two doctors.
        for (word, class) in
            heads.chain(ranks).chain(bodies).filter(|(word, _)| word.chars().nth(2).is_some())
        {
            let forms = conjugator::inflect_noun(word, &[], conjugator::Kind::Noun);
            for form in forms.iter().filter(|form| form.free) {
                v.classify(&form.surface, class);
            }
        }
        // `موظفو الدولة`, `شرطيان`: what a genitive makes of a plural, and two of what one can be.
        let collectives = &grammar.collectives;
        for word in collectives.body.iter().chain(&collectives.state).chain(&collectives.modified) {
            let Some(stem) = word.strip_suffix('ن').filter(|s| s.ends_with(['و', 'ي'])) else { continue };
            let id = v.intern(&fold_phrase(word));
            let classes = v.word(id).classes;
            let known = v.id(&fold_phrase(stem)).is_some_and(|id| !v.word(id).classes.is_empty());
            if stem.chars().count() > 4 && !known {
                v.classify(stem, classes);
            }
        }
        for word in collectives.individual.iter().filter(|w| w.ends_with(['ي', 'ل', 'ح', 'م', 'ن', 'ر', 'ط']))
        {
            for ending in ["ان", "ين"] {
                let dual = format!("{word}{ending}");
                let known = v.id(&fold_phrase(&dual)).map_or(Classes::empty(), |id| v.word(id).classes);
                if (known - Classes::TITLE - Classes::RANK).is_empty() {
                    v.classify(&dual, Classes::COLLECTIVE_BODY | Classes::INDIVIDUAL);
                }
            }
        }
        for (list, genders) in [
            (&grammar.gender.masculine_state, Genders::MASCULINE_STATE),
            (&grammar.gender.masculine, Genders::MASCULINE),
            (&grammar.gender.several, Genders::SEVERAL),
        ] {
            for word in list {
                v.agree(word, genders);
            }
        }
        for phrase in &grammar.titles.phrase {
            self.phrases.add(phrase, Meaning::Title, v);
        }
        self.add_words()?;
        for (list, class) in [
            (&grammar.speech.verb, Classes::SPEECH),
            (&grammar.plain.verb, Classes::PLAIN_VERB),
            (&grammar.consequence.verb, Classes::CONSEQUENCE),
            (&grammar.inchoative.verb, Classes::INCHOATIVE),
            (&grammar.suffering.verb, Classes::SUFFERING),
        ] {
            self.classify_verbs(name, list, class, false)?;
        }
        self.particles = grammar.particles;
        Ok(())
    }

    /// The words that are neither triggers nor closed classes: they show where clauses have their
    /// verbs and where names begin and end.
    fn add_words(&mut self) -> Result<(), LexiconError> {
        let read =
            |name: &'static str| FILES.get_file(name).and_then(|f| f.contents_utf8()).unwrap_or_default();
        let plain: source::Plain = parse("plain.toml", read("plain.toml"))?;
        self.classify_verbs("plain.toml", &plain.verb, Classes::PLAIN_VERB, true)?;
        for word in &plain.homograph {
            self.vocabulary.declassify(word, Classes::PLAIN_VERB);
        }
        let given: source::Given = parse("given.toml", read("given.toml"))?;
        for name in &given.given {
            self.vocabulary.classify(name, Classes::GIVEN_NAME);
        }
        for name in &given.given_risky {
            self.vocabulary.classify(name, Classes::GIVEN_RISKY);
        }
        for name in &given.feminine {
            self.vocabulary.agree(name, Genders::FEMININE_NAME);
        }
        let common: source::Common = parse("common.toml", read("common.toml"))?;
        for word in &common.adjective {
            self.vocabulary.classify(word, Classes::COMMON | Classes::ADJECTIVE);
        }
        for word in &common.common {
            self.vocabulary.classify(word, Classes::COMMON);
        }
        Ok(())
    }

    /// The offices of `offices.toml`; an id that the lexicon does not have is a fault.
    pub(super) fn add_offices(&mut self) -> Result<(), LexiconError> {
        let name = "offices.toml";
        let text = FILES.get_file(name).and_then(|f| f.contents_utf8()).unwrap_or_default();
        let offices: source::Offices = parse(name, text)?;
        let fault = |id: &str| LexiconError {
            file: name.to_owned(),
            line: text.find(&format!("\"{id}\"")).map(|at| text[..at].matches('\n').count() + 1),
            reason: format!("`{id}` is no id of the lexicon"),
        };
        for office in &offices.office {
            let of = self.entity(&office.of).ok_or_else(|| fault(&office.of))?;
            let mut holders = Vec::new();
            for (from, id) in &office.holders {
                let person = match id.as_str() {
                    "" => None,
                    id => Some(self.entity(id).ok_or_else(|| fault(id))?),
                };
                holders.push(Holder { from: from.clone(), person });
            }
            for title in &office.titles {
                self.offices.insert((of, fold_phrase(title)), holders.clone());
            }
        }
        Ok(())
    }

    /// Puts the finite forms of verbs of `file` into a class; see [`triggers::classify_verb`] for `sure`.
    pub(super) fn classify_verbs(
        &mut self,
        file: &str,
        verbs: &[Verb],
        class: Classes,
        sure: bool,
    ) -> Result<(), LexiconError> {
        for verb in verbs {
            triggers::classify_verb(verb, class, sure, &mut self.vocabulary).map_err(|reason| {
                LexiconError {
                    file: file.to_owned(),
                    line: None,
                    reason: format!("{}: {reason}", verb.radicals()),
                }
            })?;
        }
        Ok(())
    }
}

/// A list of single words holds no phrases: they would never match.
fn single(file: &str, text: &str, word: &str) -> Result<(), LexiconError> {
    if !word.contains(char::is_whitespace) {
        return Ok(());
    }
    Err(LexiconError {
        file: file.to_owned(),
        line: text.find(&format!("\"{word}\"")).map(|at| text[..at].matches('\n').count() + 1),
        reason: format!("`{word}` is more than one word"),
    })
}
