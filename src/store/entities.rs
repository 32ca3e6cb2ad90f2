//! Whom and which documents the words of a query mean.

use std::sync::Arc;

use rusqlite::Connection;

use super::StoreError;
use super::bits::Bits;
use super::index::{Index, parse};
use crate::model::Entity;
use crate::query::{Names, Query, Value, sounds};
use crate::text::fold::fold_phrase;

/// An actor or place as the index knows it.
#[derive(Clone, Debug)]
pub(super) struct KnownEntity {
    /// Key in the tables.
    pub(super) key: usize,
    /// Stable id.
    pub(super) id: String,
    /// Arabic name.
    pub(super) name: Arc<str>,
    /// English name; empty where unknown.
    pub(super) name_en: Arc<str>,
    /// All its names, to be compared.
    pub(super) names: Names,
}

impl KnownEntity {
    /// All that there are, in the order of their keys.
    pub(super) fn all(connection: &Connection) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT key, id, name, name_en FROM entity ORDER BY key";
        let mut statement = connection.prepare_cached(sql)?;
        let entities = statement.query_map([], |row| {
            let (id, name, name_en): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
            let names = Names::new([name.as_str(), &name_en, &id]);
            let key = row.get::<_, i64>(0)? as usize;
            Ok(Self { key, id, name: name.into(), name_en: name_en.into(), names })
        })?;
        Ok(entities.collect::<Result<_, _>>()?)
    }
}

impl Index {
    /// All entities, in the order of their keys.
    pub(super) fn entities(&self) -> Result<&[KnownEntity], StoreError> {
        self.columns().entities(self.connection())
    }

    /// All actors and places that some event of the corpus has, by their Arabic names.
    ///
    /// # Errors
    /// When the database fails.
    pub fn known_entities(&self) -> Result<Vec<Entity>, StoreError> {
        let sql = "SELECT id, name, name_en, kind FROM entity ORDER BY name, id";
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let kind: String = row.get(3)?;
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, kind))
        })?;
        let mut entities = Vec::new();
        for row in rows {
            let (id, name, name_en, kind) = row?;
            let kind = parse(&format!("\"{kind}\""))?;
            entities.push(Entity { id, name, name_en, kind, country: None });
        }
        Ok(entities)
    }

    /// The entity of that id.
    pub(super) fn entity(&self, id: &str) -> Result<Option<&KnownEntity>, StoreError> {
        Ok(self.entities()?.iter().find(|entity| entity.id == id))
    }

    /// Keys of the entities that one of `values` means: the one of that id, else all that have these
    /// words in one of their names, else all whose names sound like it.
    pub(super) fn meant(&self, values: &[Value]) -> Result<Bits, StoreError> {
        let entities = self.entities()?;
        let mut meant = Bits::none(entities.last().map_or(0, |entity| entity.key + 1));
        for value in values {
            let Value::Words(words) = value else { continue };
            if let Some(entity) = self.entity(words)? {
                meant.insert(entity.key);
                continue;
            }
            let before = meant.count();
            let mut all = |fits: &dyn Fn(&Names) -> bool| {
                entities.iter().filter(|e| fits(&e.names)).for_each(|e| meant.insert(e.key));
            };
            all(&|names| names.have(words));
            if meant.count() == before {
                let sounds = sounds(words);
                entities.iter().filter(|e| e.names.sound_like(&sounds)).for_each(|e| meant.insert(e.key));
            }
        }
        Ok(meant)
    }

    /// Places of the documents that one of `values` means: those of that id, else all whose ids have
    /// these letters, in any spelling.
    pub(super) fn documents_meant(&self, values: &[Value]) -> Result<Bits, StoreError> {
        let documents = self.documents()?;
        let ids = || documents.iter().map(|document| &document.id).enumerate();
        let mut meant = Bits::none(documents.len());
        for value in values {
            let Value::Words(words) = value else { continue };
            let mut exact = false;
            for (n, _) in ids().filter(|(_, id)| *id == words) {
                meant.insert(n);
                exact = true;
            }
            if !exact {
                let folded = fold_phrase(words);
                ids().filter(|(_, id)| fold_phrase(id).contains(&folded)).for_each(|(n, _)| meant.insert(n));
            }
        }
        Ok(meant)
    }

    /// The names in `query` that mean nobody and nothing in this index.
    ///
    /// # Errors
    /// When the database fails.
    pub fn unknown(&self, query: &Query) -> Result<Vec<String>, StoreError> {
        let mut unknown = Vec::new();
        for term in &query.terms {
            for value in &term.values {
                let Value::Words(words) = value else { continue };
                let one = std::slice::from_ref(value);
                let nobody = match term.field {
                    field if field.of_entities() => self.meant(one)?.count() == 0,
                    crate::query::Field::Document => self.documents_meant(one)?.count() == 0,
                    _ => false,
                };
                if nobody {
                    unknown.push(words.clone());
                }
            }
        }
        Ok(unknown)
    }

    /// How a person knows a value: the Arabic name of an entity, else the value as it is written.
    ///
    /// # Errors
    /// When the database fails.
    pub fn label(&self, field: crate::query::Field, value: &Value) -> Result<String, StoreError> {
        Ok(match value {
            Value::Words(words) if field.of_entities() => {
                self.entity(words)?.map_or_else(|| words.clone(), |entity| entity.name.to_string())
            }
            Value::Words(words) => words.clone(),
            value => value.to_string(),
        })
    }
}
