//! From the screen into the user's lexicon: a trigger that is never to be taken so, an actor that is
//! missing. The documents are read again with it, the one on screen first.

use std::path::PathBuf;

use super::Effect;
use crate::extract::evidence;
use crate::formats::exchange::Named;
use crate::lexicon::own::{self, Addition};
use crate::model::{ActorBasis, EntityKind};
use crate::tui::action::Command;
use crate::tui::app::{App, Layer};
use crate::tui::editor::{kind_name, next_kind};
use crate::tui::input::Input;
use crate::tui::offer::Offer;
use crate::tui::picker::{Kind, Line, Picked, Picker};

/// Stands between the Arabic name and the English one where both are typed.
const BETWEEN: char = '|';

impl App {
    /// The user's folders of the lexicon, of which the last one is written to; without any there is
    /// nothing to write to.
    pub fn write_lexicon_to(&mut self, folders: Vec<PathBuf>) {
        self.lexicon = folders;
    }

    /// Opens the list of what can be put into the lexicon by the selected event.
    pub(super) fn offer_entries(&mut self) {
        if self.lexicon.is_empty() {
            return self.fault(self.words.get("lexicon.none"));
        }
        let words = self.words;
        let mut offers = Vec::new();
        if let Some((source, event)) = self.event() {
            if let Some(lemma) = evidence::lemma(event.kind, &event.evidence) {
                let name =
                    words.fill("lexicon.no-trigger", &[("word", &lemma), ("type", &words.kind(event.kind))]);
                let lemma = lemma.to_owned();
                offers.push((Offer::Write(Addition::NoTrigger { lemma, kind: event.kind }), name));
            }
            let found = &source.annotations;
            for participant in event.actors.iter().chain(&event.places) {
                let by_lexicon =
                    |m: &&_| matches!(m, crate::model::ActorMention { basis: ActorBasis::Lexicon, .. });
                let known = found
                    .actors
                    .iter()
                    .filter(by_lexicon)
                    .any(|mention| mention.entity == participant.entity);
                let entity = found.entities.get(participant.entity as usize).filter(|_| known);
                if let Some(entity) = entity {
                    let name = words.fill("lexicon.no-entity", &[("name", &entity.name)]);
                    offers.push((Offer::Write(Addition::NoEntity { id: entity.id.clone() }), name));
                }
            }
            // Whom a correction has brought in.
            let corrected = self.reviews.correction(&event.id);
            let new = |named: &&Named| found.entities.iter().all(|entity| entity.id != named.id);
            for named in corrected.iter().flat_map(|told| told.actors.iter().chain(&told.places)).filter(new)
            {
                let Named { name, name_en, kind, .. } = named.clone();
                let kind_said = words.get(kind_name(kind));
                let line = words.fill("lexicon.add-named", &[("name", &name), ("kind", &kind_said)]);
                offers.push((Offer::Write(Addition::Entity { kind, name, name_en }), line));
            }
        }
        offers.push((Offer::Ask(EntityKind::Person), words.get("lexicon.add").to_owned()));
        let line = |(n, (_, name)): (usize, &(Offer, String))| Line {
            picked: Picked::Offer(n),
            name: name.clone(),
            before: Vec::new(),
            behind: String::new(),
        };
        let lines = offers.iter().enumerate().map(line).collect();
        self.offers = offers.into_iter().map(|(offer, _)| offer).collect();
        self.layer = Some(Layer::Picker(Box::new(Picker::new(Kind::Lexicon, lines, 0))));
    }

    /// Takes what was chosen from that list.
    pub(super) fn take_offer(&mut self, n: usize) -> Option<Effect> {
        match self.offers.get(n).cloned()? {
            Offer::Write(addition) => self.put_in(&addition),
            Offer::Ask(kind) => {
                self.layer = Some(Layer::Name(Input::default(), kind));
                None
            }
        }
    }

    /// Asks for the name of an actor that is missing, `name` filled in.
    pub(super) fn ask_name(&mut self, name: &str) {
        if self.lexicon.is_empty() {
            return self.fault(self.words.get("lexicon.none"));
        }
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        self.layer = Some(Layer::Name(Input::new(name), EntityKind::Person));
    }

    /// A command while the name of an actor is being typed.
    pub(super) fn in_name(
        &mut self,
        mut input: Input,
        mut kind: EntityKind,
        command: Command,
    ) -> Option<Effect> {
        match command {
            Command::Back => return None,
            Command::Complete => kind = next_kind(kind),
            // There are five of them.
            Command::CompleteBack => (0..4).for_each(|_| kind = next_kind(kind)),
            Command::Open => {
                let (name, name_en) = input.text().split_once(BETWEEN).unwrap_or((input.text(), ""));
                let [name, name_en] = [name, name_en].map(|name| name.trim().to_owned());
                let effect = self.put_in(&Addition::Entity { kind, name, name_en });
                if effect.is_some() {
                    return effect;
                }
            }
            command => {
                input.edit(command);
            }
        }
        self.layer = Some(Layer::Name(input, kind));
        None
    }

    /// Puts something into the lexicon and has the documents read again.
    fn put_in(&mut self, addition: &Addition) -> Option<Effect> {
        let document = self.source().map(|source| source.id.clone()).unwrap_or_default();
        let why = format!("{}: {}", self.reviews.reviewer(), document);
        match own::add(&self.lexicon, addition, &why) {
            Ok(path) => {
                self.say(self.words.fill("lexicon.written", &[("file", &path.display())]));
                Some(Effect::Relearn(document))
            }
            Err(why) => {
                self.fault(why);
                None
            }
        }
    }
}
