//! Light verbs and their nouns: `أجرى اتصالا`, `شنت روسيا غزوها`, `تم توقيع`.

use std::ops::Range;

use super::candidates::Candidate;
use crate::extract::actors::Mention;
use crate::extract::analysis::Analysis;
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::{Classes, Proclitic};

/// Ties nouns to the light verbs before them: `شنت روسيا غزوها`, `تم توقيع`. A light verb that is
/// itself a candidate gives way to its noun; another verb whose sense asks for an object takes that
/// noun with it.
pub(super) fn link_light_verbs(
    a: &Analysis<'_>,
    sentence: &Range<usize>,
    mentions: &[Mention],
    candidates: &mut Vec<Candidate>,
) {
    for i in 0..candidates.len() {
        let (verb, Some(object)) = (candidates[i].clone(), candidates[i].object) else { continue };
        if verb.is_verb() && a.is(verb.tokens.start, Classes::LIGHT) {
            // The noun carries the happening, of the type that the two have together.
            let definite = a.tokens.folded(object).starts_with("ال");
            let whole = object == verb.tokens.end;
            let candidate = &mut candidates[i];
            candidate.light = Some(verb.tokens.start);
            candidate.definite = definite;
            candidate.tokens = if whole { verb.tokens.start..object + 1 } else { object..object + 1 };
            candidate.prefix =
                if whole { verb.prefix } else { a.readings(object).first().map_or(0, |r| r.prefix) };
            candidate.shape = Shape::Noun;
            candidate.object = None;
        } else if object == verb.tokens.end && !mentions.iter().any(|m| m.first <= object && object < m.end) {
            candidates[i].tokens.end = object + 1;
        }
        // Whatever else the object was taken for, it tells of nothing besides.
        for (n, other) in candidates.iter_mut().enumerate() {
            if n != i && other.tokens.contains(&object) && !other.tokens.contains(&verb.tokens.start) {
                other.weight = -1.0;
            }
        }
    }
    candidates.retain(|c| c.weight >= 0.0);
    candidates.sort_by_key(|c| c.tokens.start);
    tie_nouns(a, sentence, mentions, candidates);
    same_happenings(a, candidates);
}

/// Nouns that tell of the same happening as a trigger before them are no candidates of their own: its subject
/// or genitive (`أطاح انقلاب بالرئيس`, `إصدار مذكرة توقيف`) and that in which it comes about (`قتل جنود في هجوم شنه مسلحون`), which the verb
/// keeps.
fn same_happenings(a: &Analysis<'_>, candidates: &mut Vec<Candidate>) {
    /// How many tokens behind the verb the noun may stand.
    const REACH: usize = 16;
    let mut n = 1;
    while n < candidates.len() {
        let noun = &candidates[n];
        let start = noun.tokens.start;
        let next = candidates[n - 1].tokens.end == start;
        let bare = noun.shape == Shape::Noun && noun.proclitic.is_none() && (noun.light.is_none() || next);
        if !bare || noun.kind != candidates[n - 1].kind {
            n += 1;
            continue;
        }
        let among = a.lexicon.particles.among.has(a.tokens.folded(start - 1));
        let open = |from: usize| {
            !(from..start).any(|i| a.is(i, Classes::RELATIVE | Classes::COMPLEMENTIZER) || a.is_mark(i, ":"))
        };
        let verb = (0..n)
            .rev()
            .take_while(|&v| candidates[v].kind == noun.kind && candidates[v].is_verb())
            .filter(|&v| start - candidates[v].tokens.end <= REACH && open(candidates[v].tokens.end))
            .last();
        match verb {
            Some(v) if among && !noun.enclitic => {
                let noun = candidates.remove(n);
                candidates[v].circumstance = Some(Box::new(noun));
            }
            _ if next => {
                candidates.remove(n);
            }
            _ => n += 1,
        }
    }
}

/// Ties the remaining nouns to light verbs before them.
fn tie_nouns(
    a: &Analysis<'_>,
    sentence: &Range<usize>,
    mentions: &[Mention],
    candidates: &mut Vec<Candidate>,
) {
    /// How many words may stand between a light verb and its noun; a mention counts as one.
    const REACH: usize = 7;
    let mut given_way = Vec::new();
    for i in 0..candidates.len() {
        if candidates[i].shape != Shape::Noun || candidates[i].light.is_some() {
            continue;
        }
        let t = candidates[i].tokens.start;
        let mut at = t;
        let mut steps = 0;
        while at > sentence.start && steps < REACH {
            at -= 1;
            // Mentions do not overlap and stand in order.
            let inside = mentions.get(mentions.partition_point(|m| m.end <= at));
            if inside.is_some_and(|m| m.first < at) {
                continue;
            }
            steps += 1;
            if a.is_any_mark(at) || a.is(at, Classes::SUBORDINATOR | Classes::RELATIVE) {
                break;
            }
            if a.is(at, Classes::PASSIVE_LIGHT) && t - at <= 2 {
                candidates[i].light = Some(at);
                candidates[i].passive_light = true;
                break;
            }
            let own = candidates.iter().position(|c| c.tokens.contains(&at));
            if a.is(at, Classes::LIGHT) && own.is_none_or(|o| !candidates[o].conditioned) {
                candidates[i].light = Some(at);
                given_way.extend(own);
                break;
            }
            // `أصدر قرارا بإقالة`, `أمرا ملكيا بإعفاء`: what is decreed is what happens.
            let decree = candidates[i].proclitic == Some(Proclitic::Bi)
                && t - at <= 2
                && a.lexicon.particles.decree.has(a.tokens.folded(at));
            if decree && own.is_none_or(|o| candidates[o].tokens.start == at) {
                given_way.extend(own);
                continue;
            }
            // Another trigger between: the light verb is that one's.
            if own.is_some() {
                break;
            }
        }
    }
    given_way.sort_unstable();
    given_way.dedup();
    for o in given_way.into_iter().rev() {
        candidates.remove(o);
    }
}
