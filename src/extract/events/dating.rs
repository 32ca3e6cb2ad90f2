//! When it happened: which date expression belongs to a trigger.

use std::ops::Range;

use super::Article;
use super::candidates::Candidate;
use super::clause::Clauses;
use crate::lexicon::triggers::Shape;
use crate::lexicon::words::Classes;
use crate::model::{DateBasis, DateKind, EventDate, EventType};

/// Where the date stands from the trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Near {
    /// In its clause.
    Clause,
    /// Elsewhere in its sentence.
    Sentence,
    /// At the head of its entry.
    Entry,
}

/// The date of a candidate.
#[derive(Clone, Debug)]
pub struct Dating {
    /// As the event tells it.
    pub date: EventDate,
    /// Index of the expression.
    pub mention: usize,
    /// Where it stands.
    pub near: Near,
    /// Why, for the evidence.
    pub rule: &'static str,
}

/// The date expressions that stand in a sentence (indices).
pub fn inside(article: &Article<'_, '_>, sentence: &Range<usize>) -> Range<usize> {
    let tokens = article.analysis.tokens;
    let span = tokens.span(sentence.start, sentence.end - 1);
    let first = article.dates.partition_point(|d| d.span.end <= span.start);
    let behind = article.dates[first..].iter().take_while(|d| d.span.start < span.end);
    first..first + behind.count()
}

/// A date that the text goes on from: an entry's head.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Index of the expression.
    pub mention: usize,
    /// Its value, completed where the page is of a kind that says so.
    pub value: String,
}

/// In which of its first paragraphs an article has its dateline.
const DATELINE_WITHIN: usize = 4;
/// How many paragraphs must open with a full date for an article to be told day by day.
const CHRONICLE: usize = 3;

/// Whether an article is told day by day: its paragraphs open with full dates (`في 16 تموز 2018 …`),
/// which date what follows them as the heads of entries do.
pub fn is_chronicle(article: &Article<'_, '_>) -> bool {
    article.paragraphs.iter().filter(|p| opening(article, &p.tokens).is_some()).count() >= CHRONICLE
}

/// The full date with which a paragraph opens.
fn opening(article: &Article<'_, '_>, paragraph: &Range<usize>) -> Option<usize> {
    let tokens = article.analysis.tokens;
    inside(article, paragraph).next().filter(|&d| {
        let date = &article.dates[d];
        date.basis == DateBasis::Explicit
            && date.value.len() == 10
            && tokens.at(date.span.start) <= paragraph.start + 2
    })
}

/// The date that heads an entry in this sentence. The day of publication heads none.
pub fn header(article: &Article<'_, '_>, sentence: &Range<usize>, chronicle: bool) -> Option<Standing> {
    let printed = inside(article, sentence).find(|&d| article.dates[d].header);
    let d = printed.or_else(|| opening(article, sentence).filter(|_| chronicle))?;
    let mut value = day(&article.dates[d].value).to_owned();
    // Near the head of the article the day of publication is a dateline.
    let head = article.paragraphs.iter().take(DATELINE_WITHIN).any(|p| p.tokens.contains(&sentence.start));
    if head && article.published.as_deref() == Some(value.as_str()) {
        return None;
    }
    // A column of what happened on this day in other years prints the years alone.
    if let (true, Some(published), 4) = (article.this_day, article.published.as_deref(), value.len())
        && let Some(rest) = published.get(4..)
    {
        value.push_str(rest);
    }
    Some(Standing { mention: d, value })
}

/// An event's date is a calendar value; a part of the day belongs to its day.
pub(super) fn day(value: &str) -> &str {
    value.split('T').next().unwrap_or_default()
}

/// What dates a candidate beside the expressions of its sentence.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    /// The head of the entry.
    pub entry: Option<&'c Standing>,
    /// Whether the line is a caption, whose date stands at its end.
    pub caption: bool,
    /// Whether the happening is planned.
    pub planned: bool,
}

/// The date of a candidate, in this order: an expression behind it in its clause with no other
/// trigger between; one that frames the sentence from its head (`بعد يوم واحد، أكد …`); one before it
/// in its clause; its entry's; another of its sentence that no other verb parts from it.
pub fn date(
    article: &Article<'_, '_>,
    candidate: &Candidate,
    clauses: &Clauses<'_, '_>,
    dates: Range<usize>,
    context: Context<'_>,
    candidates: &[Candidate],
) -> Option<Dating> {
    let tokens = article.analysis.tokens;
    let t = candidate.tokens.start;
    let (left, right) = (clauses.left(t), clauses.right(candidate.tokens.end - 1));
    // `بعد هجوم السابع من أكتوبر`: the date says which attack.
    let particles = &article.analysis.lexicon.particles;
    let named = |at: usize| {
        candidates.iter().any(|c| {
            let before = || c.tokens.start.checked_sub(1).map_or("", |i| tokens.folded(i));
            c.tokens.end == at
                && c.tokens != candidate.tokens
                && !c.is_verb()
                && !c.definite
                && particles.apart.has(before())
        })
    };
    let points: Vec<(usize, usize)> = dates
        .filter(|&d| usable(article, d))
        .map(|d| (d, tokens.at(article.dates[d].span.start)))
        .filter(|&(d, at)| !limit(article, d, at, candidate.kind, context.entry.is_some()))
        .filter(|&(d, _)| context.planned || candidate.shape != Shape::Perfect || !to_come(article, d))
        .filter(|&(_, at)| !named(at))
        .collect();
    let parted = |from: usize, to: usize, reach: usize| {
        candidates.iter().any(|c| {
            c.tokens.start > from
                && c.tokens.start < to
                && c.tokens != candidate.tokens
                && to - c.tokens.end.min(to) <= reach
        })
    };
    let between = |from: usize, to: usize| parted(from, to, usize::MAX);
    let inside = |at: usize| left <= at && at < right;
    if context.caption
        && let Some(&(d, _)) = points.last()
    {
        return Some(made(article, d, Near::Clause, "date of the caption"));
    }
    let opens = |d: usize, at: usize| opens_clause(article, clauses, d, at);
    let behind = points.iter().find(|&&(d, at)| at > t && inside(at) && !between(t, at) && !opens(d, at));
    if let Some(&(d, _)) = behind {
        return Some(made(article, d, Near::Clause, "date behind the trigger"));
    }
    // `في عام 1956 عندما رفض`: the clause says what happened on the day right before it.
    let when = points.iter().find(|&&(d, _)| {
        let end = tokens.at(article.dates[d].span.end - 1) + 1;
        end == left && particles.when.has(tokens.folded(left))
    });
    if let Some(&(d, _)) = when {
        return Some(made(article, d, Near::Clause, "date before the clause"));
    }
    let sentence = clauses.sentence();
    let frame = points.iter().rev().find(|&&(d, at)| {
        let head = at <= sentence.start + 4 && !(sentence.start..at).any(|i| clauses.verb_at(i));
        at < t && (head || opens(d, at))
    });
    if let Some(&(d, _)) = frame {
        return Some(made(article, d, Near::Clause, "date at the head of the sentence"));
    }
    let before = points.iter().rev().find(|&&(_, at)| at < t && inside(at) && !between(at, t));
    if let Some(&(d, _)) = before
        && (!context.planned || candidate.is_verb())
    {
        return Some(made(article, d, Near::Clause, "date before the trigger"));
    }
    // A date that follows no other trigger closely is the clause's first trigger's.
    let loose = points.iter().find(|&&(d, at)| at > t && inside(at) && !parted(t, at, 3) && !opens(d, at));
    if let Some(&(d, _)) = loose {
        return Some(made(article, d, Near::Clause, "date behind the trigger"));
    }
    // What is only announced in an entry happens later than it.
    let announced = context.planned && candidate.kind != EventType::Threaten;
    if let Some(entry) = context.entry
        && !announced
    {
        return Some(stands(article, entry, Near::Entry, "date of the entry"));
    }
    // What a demand, threat, charge or refusal is about has its own time. A participle (`رافضا`) is of the
    // time of the verb before it.
    let circumstance = candidate.shape == Shape::Active;
    let about = matches!(
        candidate.kind,
        EventType::Request | EventType::Threaten | EventType::Accuse | EventType::Reject
    );
    if about && !circumstance {
        return None;
    }
    if let Some(&(d, _)) = points.iter().find(|&&(_, at)| inside(at)) {
        return Some(made(article, d, Near::Sentence, "date in the clause"));
    }
    // The date of a relative clause is that of what it tells of: `الهجوم الذي نفذه مسلح يوم الجمعة`.
    let related = |at: usize| {
        let clause = clauses.left(at);
        let between = candidate.tokens.end..clause;
        article.analysis.is(clause, Classes::RELATIVE)
            && !between.into_iter().all(|i| tokens.folded(i).starts_with("ال"))
    };
    let own = |d: usize, at: usize| at < t || !circumstance && !opens(d, at) && !related(at);
    let reachable = points.iter().filter(|&&(d, at)| own(d, at)).filter(|(_, at)| {
        let (from, to) = if *at < t { (*at, t) } else { (t + 1, *at) };
        candidates.iter().filter(|c| c.is_verb() && from <= c.tokens.start && c.tokens.start < to).count()
            <= 1
    });
    let distance = |at: usize| if at > t { at - t } else { (t - at) * 2 };
    reachable
        .min_by_key(|(_, at)| distance(*at))
        .map(|&(d, _)| made(article, d, Near::Sentence, "date in the sentence"))
}

/// Whether the expression at token `at` opens a clause of its own inside a sentence and dates the
/// verb behind it: `وصل إلى المطار، وفي اليوم التالي خاطب البرلمان`.
fn opens_clause(article: &Article<'_, '_>, clauses: &Clauses<'_, '_>, d: usize, at: usize) -> bool {
    let a = article.analysis;
    let end = a.tokens.at(article.dates[d].span.end - 1) + 1;
    let joined = |i: usize| a.readings(i).iter().any(|r| r.conjunction);
    let first = if joined(at) { Some(at) } else { at.checked_sub(1).filter(|&i| joined(i)) };
    first.is_some_and(|i| i > clauses.sentence().start && !clauses.verb_at(i))
        && clauses.verb_at(end)
        && clauses.sentence().contains(&end)
}

/// Whether an expression can date an event: a point with a day or longer in its value, which a time of
/// the clock alone has not, that heads no entry.
fn usable(article: &Article<'_, '_>, d: usize) -> bool {
    let date = &article.dates[d];
    matches!(date.kind, DateKind::Date | DateKind::Time) && !day(&date.value).is_empty() && !date.header
}

/// Whether an expression points ahead (`الأحد المقبل`), where nothing has happened yet.
fn to_come(article: &Article<'_, '_>, d: usize) -> bool {
    let a = article.analysis;
    let span = article.dates[d].span;
    (a.tokens.at(span.start)..=a.tokens.at(span.end - 1)).any(|i| a.is(i, Classes::PLANNED))
}

/// Whether the expression at token `at` bounds a time or measures it from something else rather
/// than dates a happening: `حتى الغد`, `بدءا من 8 أيار`, `بعد يوم من لقاء …`; under an entry's head
/// `منذ` does so too.
fn limit(article: &Article<'_, '_>, d: usize, at: usize, kind: EventType, entry: bool) -> bool {
    let tokens = article.analysis.tokens;
    let date = &article.dates[d];
    if date.rule.starts_with("offset") {
        let next = tokens.at(date.span.end);
        let from = next.checked_sub(1).filter(|&last| tokens.folded(last) == "من").unwrap_or(next);
        // Measured from what was told before (`بعد يومين من الحادث`) it is a day like any other.
        let known = tokens.folded(from) == "من"
            && !article.mentions.iter().any(|m| m.first == from + 1)
            && (tokens.folded(from + 1).starts_with("ال") || tokens.folded(from + 1) == "ذلك");
        return !known
            && (matches!(tokens.folded(from), "من" | "علي") || date.span.of(tokens.text()).contains("من "));
    }
    let word = |back: usize| at.checked_sub(back).map_or("", |i| tokens.folded(i));
    let particles = &article.analysis.lexicon.particles;
    if particles.for_year.has(tokens.folded(at)) {
        return true;
    }
    match word(1) {
        // `تأجيل الجلسة إلى الأسبوع المقبل`
        "الي" => kind == EventType::Reject,
        before if particles.until.has(before) => true,
        // What goes on carries its first day, a decision not that from which it holds.
        "من" => {
            particles.onset.has(word(2))
                && !matches!(kind, EventType::Protest | EventType::Consult | EventType::Assault)
        }
        "منذ" => entry,
        _ => word(2) == "منذ" && entry,
    }
}

fn made(article: &Article<'_, '_>, d: usize, near: Near, rule: &'static str) -> Dating {
    let value = day(&article.dates[d].value).to_owned();
    stands(article, &Standing { mention: d, value }, near, rule)
}

fn stands(article: &Article<'_, '_>, standing: &Standing, near: Near, rule: &'static str) -> Dating {
    let mention = &article.dates[standing.mention];
    let date = EventDate { value: standing.value.clone(), mention: Some(mention.span), basis: mention.basis };
    Dating { date, mention: standing.mention, near, rule }
}
