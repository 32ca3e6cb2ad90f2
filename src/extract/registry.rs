//! The entities of one document: those of the lexicon that it names and those it introduces.

use foldhash::{HashMap, HashMapExt};

use crate::lexicon::Lexicon;
use crate::lexicon::source::slug;
use crate::model::{Entity, EntityKind};

/// The growing table behind [`crate::model::Annotations::entities`].
#[derive(Debug)]
pub struct Registry<'l> {
    lexicon: &'l Lexicon,
    entities: Vec<Entity>,
    from_lexicon: HashMap<u32, u32>,
    /// The ids of those that the document introduces.
    by_id: HashMap<String, u32>,
    /// Name as written, kind and country → index, to make no id twice.
    introduced: HashMap<(String, EntityKind, Option<String>), u32>,
}

impl<'l> Registry<'l> {
    /// An empty table.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self {
            lexicon,
            entities: Vec::new(),
            from_lexicon: HashMap::new(),
            by_id: HashMap::new(),
            introduced: HashMap::new(),
        }
    }

    /// The document's index of a lexicon entity.
    pub fn known(&mut self, lexicon_index: u32) -> u32 {
        if let Some(&index) = self.from_lexicon.get(&lexicon_index) {
            return index;
        }
        let index = self.entities.len() as u32;
        self.entities.push(self.lexicon.entities[lexicon_index as usize].entity.clone());
        self.from_lexicon.insert(lexicon_index, index);
        index
    }

    /// Whether the document named a lexicon entity before.
    pub fn has(&self, lexicon_index: u32) -> bool {
        self.from_lexicon.contains_key(&lexicon_index)
    }

    /// The index of an entity that the document introduces by its Arabic name.
    pub fn introduce(&mut self, name: &str, kind: EntityKind, country: Option<String>) -> u32 {
        let key = (name.to_owned(), kind, country);
        if let Some(&index) = self.introduced.get(&key) {
            return index;
        }
        let index = self.introduce_new(name, kind, key.2.clone());
        self.introduced.insert(key, index);
        index
    }

    fn introduce_new(&mut self, name: &str, kind: EntityKind, country: Option<String>) -> u32 {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut id = slug(&name);
        if kind == EntityKind::Group
            && let Some(country) = &country
        {
            id = format!("{country}-{id}");
        }
        let known = self.lexicon.entity(&id).and_then(|known| self.from_lexicon.get(&known));
        if let Some(&index) = known.or_else(|| self.by_id.get(&id)) {
            return index;
        }
        let index = self.entities.len() as u32;
        self.by_id.insert(id.clone(), index);
        self.entities.push(Entity { id, name, name_en: String::new(), kind, country });
        index
    }

    /// Says of which country an entity is that was introduced without one.
    pub fn settle(&mut self, index: u32, country: &str) {
        self.entities[index as usize].country.get_or_insert_with(|| country.to_owned());
    }

    /// The entity at an index.
    pub fn get(&self, index: u32) -> &Entity {
        &self.entities[index as usize]
    }

    /// The table.
    pub fn into_entities(self) -> Vec<Entity> {
        self.entities
    }
}
