//! What happened: triggers in their clauses, with who, when, where, and how sure it is.

mod adjective;
mod agreement;
pub mod arguments;
mod behind;
pub mod candidates;
pub mod clause;
pub mod dating;
mod discourse;
pub mod features;
mod light;
pub mod modality;
mod resumed;
pub mod score;
mod sentence;
mod subject;
mod surroundings;
mod tie;
mod unnamed;
mod voice;

use std::ops::Range;

use foldhash::{HashSet, HashSetExt};

use super::actors::Mention;
use super::analysis::Analysis;
use super::registry::Registry;
use crate::model::{BlockKind, DateMention, Event};
use dating::{Context, Standing};
use discourse::{Discourse, Pairs, countries, most_named};
use features::Features;
use sentence::Sentence;

/// One paragraph of an article.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its sentences.
    pub sentences: Vec<Range<usize>>,
    /// What it is.
    pub kind: BlockKind,
}

/// Everything known of an article before its events are.
#[derive(Debug)]
pub struct Article<'x, 'a> {
    /// The document's tokens with their readings.
    pub analysis: &'x Analysis<'a>,
    /// Its paragraphs without furniture.
    pub paragraphs: &'x [Paragraph],
    /// Its date expressions.
    pub dates: &'x [DateMention],
    /// Its mentions.
    pub mentions: &'x [Mention],
    /// The document's id, for the ids of events.
    pub document: &'x str,
    /// The day of publication, as an ISO date.
    pub published: Option<String>,
    /// Whether it is a column of what happened on this day in other years.
    pub this_day: bool,
}

/// A candidate with its features and the event it would be.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// The event, its confidence included.
    pub event: Event,
    /// What its confidence was made of.
    pub features: Features,
}

impl Weighed {
    /// Whether it is told as a fact or a plan, and surely enough.
    pub fn is_event(&self) -> bool {
        self.event.status.counts() && self.event.confidence >= score::weights().threshold
    }
}

/// Weighs the candidates of an article and hands them to `out`, in text order. Without `every`, those
/// that are neither events nor worth showing to who asks for what did not happen are left out, which
/// spares building them.
pub fn weigh(
    article: &Article<'_, '_>,
    registry: &mut Registry<'_>,
    every: bool,
    out: &mut dyn FnMut(Weighed),
) {
    let mut discourse = Discourse::default();
    let mut entry: Option<Standing> = None;
    let mut seen = HashSet::new();
    let countries = countries(article, registry);
    let mut pairs = Pairs::new(article.mentions, registry);
    let chronicle = dating::is_chronicle(article);
    // A column of other years is about nobody.
    discourse.main = most_named(article).filter(|_| !article.this_day);
    for paragraph in article.paragraphs {
        if paragraph.kind == BlockKind::Headline {
            // Under a new heading the days told before are over.
            if chronicle {
                entry = None;
            }
            continue;
        }
        for sentence in &paragraph.sentences {
            if let Some(header) = dating::header(article, sentence, chronicle) {
                entry = Some(header);
                // An entry begins anew: who is not named is the one whom all of it is about.
                discourse.topic = discourse.main.into_iter().collect();
                discourse.subject.clone_from(&discourse.topic);
                discourse.together.clear();
            }
            if !discourse.topic.is_empty() {
                discourse.subject.clone_from(&discourse.topic);
            }
            // A sentence printed twice counts once.
            if sentence.len() > 5 && !seen.insert(article.analysis.fingerprint(sentence.clone())) {
                continue;
            }
            discourse.sides = pairs.sides(&countries);
            discourse.persons = pairs.persons(article.mentions, registry);
            discourse.countries.clone_from(if discourse.states.len() == 2 {
                &discourse.states
            } else {
                &countries
            });
            let context = Context {
                entry: entry.as_ref(),
                caption: paragraph.kind == BlockKind::Caption,
                planned: false,
            };
            Sentence { article, registry, paragraph, tokens: sentence.clone(), context, every }.read(
                &mut discourse,
                &mut pairs,
                out,
            );
        }
    }
}
