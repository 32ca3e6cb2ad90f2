//! Told as fact, plan, denial or possibility.

use super::candidates::Candidate;
use super::clause::Clauses;
use crate::extract::analysis::Analysis;
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::{Classes, Proclitic};
use crate::model::{EventType, Status};

/// How a candidate is told.
#[derive(Clone, Debug)]
pub struct Modality {
    /// The status it would have.
    pub status: Status,
    /// A refusal to do what the trigger says: the event is a REJECT and its trigger includes the
    /// negation that begins at this token.
    pub refusal: Option<usize>,
    /// The word that decided, and why.
    pub cue: Option<(usize, &'static str)>,
}

/// How far before a trigger a modal word reaches, in tokens.
const MODAL_REACH: usize = 7;

/// Judges a candidate by the words before it in its clause; `named` tells whether a token belongs to
/// a name or date.
pub fn judge(
    a: &Analysis<'_>,
    clauses: &Clauses<'_, '_>,
    candidate: &Candidate,
    candidates: &[Candidate],
    named: &dyn Fn(usize) -> bool,
) -> Modality {
    let t = candidate.tokens.start;
    let start = clauses.sentence().start;
    let fact = Modality { status: Status::Occurred, refusal: None, cue: None };
    let verb_at = candidate.light.unwrap_or(t);
    if let Some(negation) = negation(a, start, if candidate.is_verb() { t } else { verb_at })
        && !excepted(a, clauses, candidate)
    {
        // `ما لم تتوصل موسكو إلى اتفاق`
        if negation > start && a.tokens.folded(negation - 1) == "ما" {
            return Modality { status: Status::Hypothetical, refusal: None, cue: Some((negation, "unless")) };
        }
        let refusable = matches!(
            candidate.kind,
            EventType::Agree
                | EventType::Consult
                | EventType::Cooperate
                | EventType::Support
                | EventType::Concede
                | EventType::Request
        );
        // `لم تتوصل بعد إلى حل`: not yet.
        let end = candidate.tokens.end;
        let yet = (end..clauses.right(end - 1).min(end + MODAL_REACH)).any(|i| {
            a.tokens.folded(i) == "بعد" && (a.is(i + 1, Classes::PREPOSITION) || a.is_any_mark(i + 1))
        });
        let refused = !yet
            && refusable
            && candidate.kind != EventType::Request
            && (candidate.kind == EventType::Agree || a.tokens.folded(negation).ends_with("عدم"));
        return Modality {
            status: if refused { Status::Occurred } else { Status::Denied },
            refusal: refused.then_some(negation),
            cue: Some((negation, "negation")),
        };
    }
    if candidate.proclitic == Some(Proclitic::Sa) || t > start && a.tokens.folded(t - 1) == "سوف" {
        return Modality { status: Status::Planned, refusal: None, cue: Some((t, "future")) };
    }
    if candidate.shape == Shape::Noun
        && let Some(cue) = unrealised_behind(a, clauses, candidate)
    {
        return Modality {
            status: Status::Hypothetical,
            refusal: None,
            cue: Some((cue, "told as not real")),
        };
    }
    let behind = (candidate.tokens.end..(candidate.tokens.end + 2).min(clauses.sentence().end))
        .find(|&i| a.is(i, Classes::PLANNED) && !candidate.is_verb() && !was(a, start, i));
    if let Some(cue) = behind {
        return Modality { status: Status::Planned, refusal: None, cue: Some((cue, "arranged")) };
    }
    if candidate.shape == Shape::Imperfect {
        if candidate.proclitic == Some(Proclitic::Li) {
            return Modality { status: Status::Hypothetical, refusal: None, cue: Some((t, "purpose")) };
        }
        if t > start && subjunctive(a, t - 1) {
            let arranged = (start..t).rev().take(MODAL_REACH).find(|&i| a.is(i, Classes::PLANNED));
            return match arranged {
                // `كان من المقرر أن يجتمعا`: it did not come to that.
                Some(cue) if was(a, start, cue) => {
                    Modality { status: Status::Hypothetical, refusal: None, cue: Some((cue, "was arranged")) }
                }
                Some(cue) => {
                    Modality { status: Status::Planned, refusal: None, cue: Some((cue, "arranged")) }
                }
                None => Modality {
                    status: Status::Hypothetical,
                    refusal: None,
                    cue: Some((t - 1, "subjunctive")),
                },
            };
        }
    }
    if let Some(cue) = asked_for(clauses, candidate, candidates) {
        return Modality {
            status: Status::Hypothetical,
            refusal: None,
            cue: Some((cue, "asked or promised")),
        };
    }
    if candidate.shape == Shape::Noun
        && candidate.light.is_none()
        && let Some(cue) = under_negation(a, clauses, t)
    {
        return Modality { status: Status::Denied, refusal: None, cue: Some((cue, "negation")) };
    }
    if let Some((cue, why)) = modal(a, clauses, candidate, candidates, named) {
        return Modality { status: Status::Hypothetical, refusal: None, cue: Some((cue, why)) };
    }
    if a.is(t.saturating_sub(1).max(start), Classes::PLANNED) && t > start {
        return Modality { status: Status::Planned, refusal: None, cue: Some((t - 1, "arranged")) };
    }
    fact
}

/// What says behind or before a noun that it is not real: `اجتماع الرئيسين لن يحدث`, `أن اجتماعا قد
/// يعقد`, `سيكون اجتماع بينهما أول قمة`.
fn unrealised_behind(a: &Analysis<'_>, clauses: &Clauses<'_, '_>, candidate: &Candidate) -> Option<usize> {
    /// How many tokens the subject may have.
    const SUBJECT: usize = 8;
    let t = candidate.tokens.start;
    let right = clauses.right(candidate.tokens.end - 1).min(candidate.tokens.end + SUBJECT);
    let behind = (candidate.tokens.end..right).find(|&i| {
        a.tokens.folded(i) == "لن"
            || a.tokens.folded(i) == "قد" && a.tokens.folded(i + 1).starts_with(['ي', 'ت'])
    });
    behind.or_else(|| {
        let start = clauses.sentence().start;
        (start.max(t.saturating_sub(2))..t).find(|&i| a.lexicon.particles.will_be.has(a.tokens.folded(i)))
    })
}

/// `أن` right before a verb, alone or behind a preposition (`بأن`): folded it looks like `إن`, but
/// `إن` is never followed by a verb. After `بعد` and `منذ` it tells a fact.
fn subjunctive(a: &Analysis<'_>, i: usize) -> bool {
    let particles = &a.lexicon.particles;
    particles.subjunctive.has(a.tokens.folded(i))
        && !(i > 0 && particles.no_subjunctive.has(a.tokens.folded(i - 1)))
}

/// The verb of asking, threatening, promising or permitting right before a noun behind `ب` in its clause:
/// `سمحت لهم بزيارة الموقع`, `هدد بفرض عقوبات`.
fn asked_for(clauses: &Clauses<'_, '_>, candidate: &Candidate, candidates: &[Candidate]) -> Option<usize> {
    if candidate.shape != Shape::Noun
        || candidate.light.is_some()
        || candidate.proclitic != Some(Proclitic::Bi)
    {
        return None;
    }
    let t = candidate.tokens.start;
    let before = candidates.iter().rev().find(|c| c.tokens.end <= t)?;
    let asks = matches!(
        before.kind,
        EventType::Request | EventType::Threaten | EventType::Concede | EventType::Agree
    );
    (asks && before.is_verb() && clauses.left(before.tokens.start) == clauses.left(t))
        .then_some(before.tokens.start)
}

/// The negation of the verb that a noun at `t` stands under: `لم ترد تقارير عن لقاءات`.
fn under_negation(a: &Analysis<'_>, clauses: &Clauses<'_, '_>, t: usize) -> Option<usize> {
    /// How many words may stand between.
    const REACH: usize = 5;
    let left = clauses.left(t).saturating_sub(1).max(clauses.sentence().start);
    let verb = (left..t).rev().take(REACH).find(|&i| clauses.verb_at(i))?;
    let negation = verb.checked_sub(1).filter(|&n| n >= left)?;
    let marks = (verb..t).any(|i| a.is_any_mark(i));
    (a.is(negation, Classes::NEGATION)
        && !marks
        && !clauses.candidates().iter().any(|c| c.tokens.start == verb))
    .then_some(negation)
}

/// Whether `كان` before what says that something is arranged, at `cue`, says that it was so once.
fn was(a: &Analysis<'_>, start: usize, cue: usize) -> bool {
    (start.max(cue.saturating_sub(2))..cue).any(|i| a.lexicon.particles.was.has(a.tokens.folded(i)))
}

/// The negation that governs the word at `t`: right before it, or before a verb of few letters
/// between (`لم يتم التوقيع`).
fn negation(a: &Analysis<'_>, start: usize, t: usize) -> Option<usize> {
    let near = (t > start && a.is(t - 1, Classes::NEGATION)).then(|| t - 1);
    near.or_else(|| {
        let between = t >= start + 2
            && a.is(t - 2, Classes::NEGATION)
            && (a.is(t - 1, Classes::PASSIVE_LIGHT | Classes::LIGHT | Classes::PLAIN_VERB));
        between.then(|| t - 2)
    })
}

/// Whether the negation is taken back behind the trigger: `لم يصوت النواب سوى في آذار`.
fn excepted(a: &Analysis<'_>, clauses: &Clauses<'_, '_>, candidate: &Candidate) -> bool {
    let behind = candidate.tokens.end..clauses.right(candidate.tokens.end - 1) + 1;
    behind.into_iter().any(|i| {
        a.lexicon.particles.exception.has(a.tokens.folded(i))
            && (a.is(i + 1, Classes::PREPOSITION | Classes::LOCATIVE) || a.tokens.folded(i + 1) == "بعد")
    })
}

/// A word before the candidate that makes it possible, wished or aimed at.
fn modal(
    a: &Analysis<'_>,
    clauses: &Clauses<'_, '_>,
    candidate: &Candidate,
    candidates: &[Candidate],
    named: &dyn Fn(usize) -> bool,
) -> Option<(usize, &'static str)> {
    let t = candidate.tokens.start;
    let start = clauses.sentence().start;
    if told_anew(a, clauses, t, candidates) {
        return None;
    }
    let mut at = t;
    let mut steps = 0;
    while at > start && steps < MODAL_REACH {
        at -= 1;
        steps += 1;
        // Words of a name say nothing: `حزب المؤتمر من أجل الجمهورية`. What stands before `منذ أن` and
        // `بعد أن` does not reach into the fact behind it.
        if named(at) {
            continue;
        }
        if a.lexicon.particles.after_fact.has(a.tokens.folded(at)) {
            return None;
        }
        if a.is(at, Classes::MODAL) {
            // قد before a perfect only stresses it; حتى and إذا before nouns are no modals.
            let stress = a.lexicon.particles.stress.has(a.tokens.folded(at))
                && (candidate.shape != Shape::Imperfect || steps > 1);
            let time = a.tokens.folded(at).ends_with("حتي") && candidate.shape != Shape::Imperfect;
            if !stress && !time {
                return Some((at, "modal"));
            }
        }
        if a.is_any_mark(at) && !matches!(a.tokens.folded(at), "\"" | "“" | "”" | "«" | "»")
            || a.is(at, Classes::RELATIVE)
        {
            return None;
        }
        if told_anew(a, clauses, at, candidates) {
            return None;
        }
        // Another finite trigger between: the modal word governs that one.
        if candidates.iter().any(|c| c.tokens.start == at && c.is_verb()) || a.is(at, Classes::SPEECH) {
            return None;
        }
    }
    None
}

/// Whether the verb at `i` goes on behind `و` in another tense than the verb before it, out of reach
/// of what made that one possible: `ربما تسببوا بمقتله، ويقرر إرسال وزيره`.
fn told_anew(a: &Analysis<'_>, clauses: &Clauses<'_, '_>, i: usize, candidates: &[Candidate]) -> bool {
    if !clauses.verb_at(i) || !a.tokens.folded(i).starts_with('و') || !clauses.begins(i) {
        return false;
    }
    let imperfect = |at: usize| match candidates.iter().find(|c| c.tokens.start == at && c.is_verb()) {
        Some(verb) => verb.shape == Shape::Imperfect,
        None => a.tokens.folded(at).trim_start_matches('و').starts_with('ي'),
    };
    let before = (clauses.sentence().start..i).rev().find(|&at| clauses.verb_at(at));
    before.is_some_and(|at| imperfect(at) != imperfect(i))
}
