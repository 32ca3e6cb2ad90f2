//! Counts by actor, year, type, place, document and status for the current filter.

use rusqlite::params_from_iter;

use super::StoreError;
use super::filter::Filter;
use super::index::Index;
use super::write::STATUSES;
use crate::model::EventType;

/// What events can be counted and narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// Who takes part.
    Actor,
    /// The year of the date.
    Year,
    /// PLOVER type.
    Type,
    /// Where.
    Place,
    /// In which document.
    Document,
    /// Told as fact, plan, denial or possibility.
    Status,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetRow {
    /// What to put into the [`Filter`]: entity id, year, type name, document key, status name.
    pub value: String,
    /// Arabic name, where there is one; else as [`FacetRow::label_en`].
    pub label: String,
    /// English name.
    pub label_en: String,
    /// How many events have it.
    pub count: u32,
}

impl Index {
    /// The values of `facet` among the events that `filter` lets through, its own condition on this
    /// facet left aside: what there is to choose from. Years, types and statuses come in their own
    /// order, documents as given, actors and places with the most frequent first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn facet(&self, facet: Facet, filter: &Filter) -> Result<Vec<FacetRow>, StoreError> {
        let condition = filter.condition(Some(facet));
        let sql = statement(facet, &condition.sql);
        let mut statement = self.connection().prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(condition.values), |row| {
            Ok(FacetRow { value: row.get(0)?, label: row.get(1)?, label_en: row.get(2)?, count: row.get(3)? })
        })?;
        let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
        match facet {
            Facet::Type => name_by_number(&mut rows, |n| EventType::ALL.get(n).map(|kind| kind.name())),
            Facet::Status => name_by_number(&mut rows, |n| STATUSES.get(n).map(|(_, name)| *name)),
            Facet::Actor | Facet::Year | Facet::Place | Facet::Document => {}
        }
        Ok(rows)
    }
}

fn statement(facet: Facet, condition: &str) -> String {
    let by_member = |table: &str| {
        format!(
            "SELECT n.id, n.name, CASE n.name_en WHEN '' THEN n.name ELSE n.name_en END, c.count FROM
                (SELECT m.entity AS entity, count(*) AS count FROM event AS e
                 JOIN {table} AS m ON m.event = e.key WHERE {condition} GROUP BY m.entity) AS c
             JOIN entity AS n ON n.key = c.entity ORDER BY c.count DESC, n.name, n.id"
        )
    };
    let by_column = |column: &str| {
        format!(
            "SELECT CAST(e.{column} AS TEXT), CAST(e.{column} AS TEXT), CAST(e.{column} AS TEXT), count(*)
             FROM event AS e WHERE {condition} GROUP BY e.{column} ORDER BY e.{column}"
        )
    };
    match facet {
        Facet::Actor => by_member("event_actor"),
        Facet::Place => by_member("event_place"),
        Facet::Year => by_column("year"),
        Facet::Type => by_column("type"),
        Facet::Status => by_column("status"),
        Facet::Document => format!(
            "SELECT CAST(d.key AS TEXT), d.id, d.id, c.count FROM
                (SELECT e.document AS document, count(*) AS count FROM event AS e
                 WHERE {condition} GROUP BY e.document) AS c
             JOIN document AS d ON d.key = c.document JOIN file AS f ON f.key = d.file
             ORDER BY f.position, d.position"
        ),
    }
}

/// Puts names in place of the numbers by which the database knows an enum.
fn name_by_number(rows: &mut [FacetRow], name: impl Fn(usize) -> Option<&'static str>) {
    for row in rows {
        if let Some(name) = row.value.parse().ok().and_then(&name) {
            for field in [&mut row.value, &mut row.label, &mut row.label_en] {
                name.clone_into(field);
            }
        }
    }
}
