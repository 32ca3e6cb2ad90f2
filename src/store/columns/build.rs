//! Making the columns from the tables.

use std::collections::HashMap;

use rayon::slice::ParallelSliceMut as _;
use rusqlite::{Connection, params};

use super::{
    ACTOR, ACTOR_START, BY_ROWID, BY_TEXT, CONFIDENCE, DATE, DATES, DOCUMENT, DOCUMENTS, DateValue,
    ENTITY_BITS, KIND, PLACE, PLACE_START, ROWID, RULE, TEXT_START, TOLD, TOLD_FAR, TOLD_START, WORDS,
};
use crate::store::StoreError;
use crate::store::index::{DocumentRow, PackedDocument, document_rows};
use crate::store::wording::Told;
use crate::store::write::json;

/// An event as the tables have it.
struct Row {
    rowid: u32,
    /// Place of its date among those that there are.
    date: u32,
    document: u32,
    /// First byte of the trigger, and which event of the document it is.
    told: (u32, u32),
    kind: u8,
    confidence: u8,
    /// The number of its rule.
    rule: u32,
}

/// Makes the columns of what the tables hold now, as a new state of the index.
pub(in crate::store) fn write(connection: &Connection) -> Result<(), StoreError> {
    let documents = document_rows(connection, "1", [])?;
    let (mut rows, dates) = events(connection, &documents)?;
    let count = rows.len();
    // The number of the event of each row, and the row of each event.
    let mut row_of: Vec<u32> = (0..count as u32).collect();
    row_of.par_sort_unstable_by_key(|&row| {
        let row = &rows[row as usize];
        (row.date, row.document, row.told)
    });
    let mut number_of = vec![0_u32; count];
    for (number, &row) in row_of.iter().enumerate() {
        number_of[row as usize] = number as u32;
    }
    let column = |of: &dyn Fn(&Row) -> u32| row_of.iter().map(|&row| of(&rows[row as usize])).collect();
    let save = |name: &str, data: &[u8]| save(connection, name, data);
    let numbers = |name: &str, column: &[u32]| save(name, &packed(column));
    let rowids: Vec<u32> = column(&|row| row.rowid);
    numbers(ROWID, &rowids)?;
    numbers(DATE, &column(&|row| row.date))?;
    numbers(DOCUMENT, &column(&|row| row.document))?;
    numbers(RULE, &column(&|row| row.rule))?;
    let bytes =
        |of: &dyn Fn(&Row) -> u8| -> Vec<u8> { row_of.iter().map(|&row| of(&rows[row as usize])).collect() };
    save(KIND, &bytes(&|row| row.kind))?;
    save(CONFIDENCE, &bytes(&|row| row.confidence))?;
    // Rows come in the order of their keys.
    numbers(BY_ROWID, &number_of)?;
    let actors = "SELECT event, entity | (role << ?) FROM event_actor ORDER BY event";
    lists(connection, actors, (ACTOR_START, ACTOR), &rows, &row_of)?;
    let places = "SELECT event, entity | (0 << ?) FROM event_place ORDER BY event";
    lists(connection, places, (PLACE_START, PLACE), &rows, &row_of)?;
    wording(connection, &rows, &row_of)?;
    drop(row_of);
    let mut by_text: Vec<u32> = (0..count as u32).collect();
    by_text.par_sort_unstable_by_key(|&row| (rows[row as usize].document, rows[row as usize].told));
    let mut starts = vec![0_u32; documents.len() + 1];
    for row in &rows {
        starts[row.document as usize + 1] += 1;
    }
    for n in 1..starts.len() {
        starts[n] += starts[n - 1];
    }
    numbers(TEXT_START, &starts)?;
    rows.clear();
    for row in &mut by_text {
        *row = number_of[*row as usize];
    }
    numbers(BY_TEXT, &by_text)?;
    let documents: Vec<PackedDocument> = documents.into_iter().map(DocumentRow::into).collect();
    save(DOCUMENTS, json(&documents).as_bytes())?;
    save(DATES, json(&dates).as_bytes())?;
    connection
        .execute("UPDATE snapshot SET generation = generation + 1, events = ?, stale = 0", [count as i64])?;
    Ok(())
}

/// The events in the order of their keys, and the dates that they have, in order.
fn events(connection: &Connection, documents: &[DocumentRow]) -> Result<(Vec<Row>, Vec<String>), StoreError> {
    let places: HashMap<i64, u32> = documents.iter().map(|document| document.key).zip(0..).collect();
    let mut met: HashMap<String, u32> = HashMap::new();
    let mut rules = Rules::default();
    let mut statement = connection.prepare(
        "SELECT key, document, ifnull(date, ''), type, status, confidence, trigger_start, n, rule FROM event ORDER BY key",
    )?;
    let mut found = statement.query([])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let value = row.get_ref(2)?.as_str().map_err(|e| StoreError::Damaged(e.to_string()))?;
        let date = if let Some(&date) = met.get(value) {
            date
        } else {
            let date = met.len() as u32;
            met.insert(value.to_owned(), date);
            date
        };
        rows.push(Row {
            rowid: row.get(0)?,
            date,
            document: places.get(&row.get(1)?).copied().unwrap_or_default(),
            told: (row.get(6)?, row.get(7)?),
            kind: row.get::<_, u8>(3)? & 0x0F | (row.get::<_, u8>(4)? << 4),
            confidence: (row.get::<_, f64>(5)? * 100.0).round() as u8,
            rule: rules.met(row.get_ref(8)?.as_str().map_err(|e| StoreError::Damaged(e.to_string()))?),
        });
    }
    let mut dates: Vec<(String, u32)> = met.into_iter().collect();
    // What has no place on the calendar comes last.
    dates.sort_by_cached_key(|(value, _)| {
        let day = DateValue::new(value.clone()).period.map(|period| period.first);
        (day.is_none(), day, value.clone())
    });
    let ranks = rules.ranks();
    let mut place = vec![0_u32; dates.len()];
    for (n, (_, met)) in dates.iter().enumerate() {
        place[*met as usize] = n as u32;
    }
    for row in &mut rows {
        row.date = place[row.date as usize];
        row.rule = ranks[row.rule as usize];
    }
    Ok((rows, dates.into_iter().map(|(value, _)| value).collect()))
}

/// The rules met, numbered as they come, each with how many events it gave.
#[derive(Default)]
struct Rules {
    met: HashMap<String, u32>,
    events: Vec<u32>,
}

impl Rules {
    /// The number of a rule that gave one more event.
    fn met(&mut self, rule: &str) -> u32 {
        let number = if let Some(&number) = self.met.get(rule) {
            number
        } else {
            self.events.push(0);
            let number = self.met.len() as u32;
            self.met.insert(rule.to_owned(), number);
            number
        };
        self.events[number as usize] += 1;
        number
    }

    /// The places of the rules by their numbers: the one with the most events first, none last.
    fn ranks(self) -> Vec<u32> {
        let mut order: Vec<(String, u32)> = self.met.into_iter().collect();
        order.sort_by(|(a, n), (b, m)| {
            let events = |number: &u32| self.events[*number as usize];
            a.is_empty().cmp(&b.is_empty()).then(events(m).cmp(&events(n))).then_with(|| a.cmp(b))
        });
        let mut ranks = vec![0; order.len()];
        for ((_, number), rank) in order.iter().zip(0..) {
            ranks[*number as usize] = rank;
        }
        ranks
    }
}

/// Writes lists that `sql` gives as pairs of an event's key and an item, in the order of the keys.
fn lists(
    connection: &Connection,
    sql: &str,
    (start_name, name): (&str, &str),
    rows: &[Row],
    row_of: &[u32],
) -> Result<(), StoreError> {
    let mut items: Vec<u32> = Vec::new();
    let mut ends = Vec::with_capacity(rows.len());
    {
        let mut statement = connection.prepare(sql)?;
        let mut pairs = statement
            .query_map([ENTITY_BITS], |pair| Ok((pair.get::<_, u32>(0)?, pair.get::<_, u32>(1)?)))?;
        let mut next = pairs.next().transpose()?;
        for row in rows {
            while let Some((event, item)) = next.filter(|(event, _)| *event <= row.rowid) {
                if event == row.rowid {
                    items.push(item);
                }
                next = pairs.next().transpose()?;
            }
            ends.push(items.len() as u32);
        }
    }
    let mut starts = Vec::with_capacity(rows.len() + 1);
    let mut ordered: Vec<u32> = Vec::with_capacity(items.len());
    for &row in row_of {
        starts.push(ordered.len() as u32);
        let row = row as usize;
        let from = row.checked_sub(1).map_or(0, |before| ends[before]);
        ordered.extend_from_slice(&items[from as usize..ends[row] as usize]);
    }
    starts.push(ordered.len() as u32);
    save(connection, start_name, &packed(&starts))?;
    save(connection, name, &packed(&ordered))
}

/// Writes the words of the events, numbered anew by how often they come.
fn wording(connection: &Connection, rows: &[Row], row_of: &[u32]) -> Result<(), StoreError> {
    let mut items: Vec<u32> = Vec::new();
    let mut ends = Vec::with_capacity(rows.len());
    {
        let mut statement = connection.prepare("SELECT words FROM event_words ORDER BY event")?;
        let mut lists = statement.query([])?;
        while let Some(list) = lists.next()? {
            let words = list.get_ref(0)?.as_blob().map_err(|e| StoreError::Damaged(e.to_string()))?;
            items.extend(words.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes)));
            ends.push(items.len());
        }
    }
    if ends.len() != rows.len() {
        return Err(StoreError::Damaged("there are events without words".to_owned()));
    }
    let mut counts = vec![0_u32; items.iter().max().map_or(0, |&key| key as usize + 1)];
    for &key in &items {
        counts[key as usize] += 1;
    }
    let mut keys: Vec<u32> = (0..counts.len() as u32).filter(|&key| counts[key as usize] > 0).collect();
    keys.sort_by_key(|&key| std::cmp::Reverse(counts[key as usize]));
    // What is counted is counted: the place is taken by the number.
    let mut number_of = counts;
    for (&key, number) in keys.iter().zip(0..) {
        number_of[key as usize] = number;
    }

    let mut starts = Vec::with_capacity(rows.len() + 1);
    let mut told = Told::with_capacity(items.len());
    for &row in row_of {
        starts.push(told.len() as u32);
        let row = row as usize;
        let from = row.checked_sub(1).map_or(0, |before| ends[before]);
        items[from..ends[row]].iter().for_each(|&key| told.push(number_of[key as usize]));
    }
    starts.push(told.len() as u32);
    drop(items);
    save(connection, TOLD_START, &packed(&starts))?;
    save(connection, TOLD, &told.pairs().iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<_>>())?;
    save(connection, TOLD_FAR, &told.outliers().flat_map(u32::to_le_bytes).collect::<Vec<_>>())?;

    let mut words = String::new();
    let mut statement = connection.prepare("SELECT folded FROM word WHERE key = ?")?;
    for key in keys {
        let mut found = statement.query([key])?;
        if let Some(row) = found.next()? {
            words.push_str(row.get_ref(0)?.as_str().map_err(|e| StoreError::Damaged(e.to_string()))?);
        }
        words.push('\n');
    }
    save(connection, WORDS, words.as_bytes())
}

fn packed(column: &[u32]) -> Vec<u8> {
    column.iter().flat_map(|n| n.to_le_bytes()).collect()
}

fn save(connection: &Connection, name: &str, data: &[u8]) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO snapshot_column (name, data) VALUES (?, ?)")?
        .execute(params![name, data])?;
    Ok(())
}
