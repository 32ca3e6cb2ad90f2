//! Two extractions of the same documents side by side: what only one of them has, and what both have
//! and tell differently.

use std::collections::BTreeMap;

use serde::Serialize;

use super::figures::Field;
use super::measure::{Actor, base_name};
use crate::formats::exchange::{Import, Named, Told};

/// An event of one side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lone {
    /// The document.
    pub document: String,
    /// The event.
    pub event: Told,
}

/// An event of both sides whose fields differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Differing {
    /// The document.
    pub document: String,
    /// As the first side has it.
    pub a: Told,
    /// As the second side has it.
    pub b: Told,
    /// The fields that differ.
    pub fields: Vec<Field>,
}

/// Two extractions, compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Sides {
    /// Events that both have with the same fields.
    pub same: usize,
    /// What only the first has.
    pub only_a: Vec<Lone>,
    /// What only the second has.
    pub only_b: Vec<Lone>,
    /// What both have with differing fields.
    pub differ: Vec<Differing>,
}

/// Compares two extractions. Documents are the same where the last parts of their ids are; events are
/// the same where their triggers overlap, each used once: first those of one type, then the nearest.
pub fn sides(a: &Import, b: &Import) -> Sides {
    let mut documents: BTreeMap<&str, [Vec<&Told>; 2]> = BTreeMap::new();
    for (side, import) in [a, b].into_iter().enumerate() {
        for text in &import.texts {
            let told = text.events.iter().map(|(_, event)| event);
            documents.entry(base_name(&text.document)).or_default()[side].extend(told);
        }
    }
    let mut out = Sides::default();
    for (name, [a, b]) in documents {
        let mut pairs: Vec<(bool, u32, usize, usize)> = Vec::new();
        for (i, one) in a.iter().enumerate() {
            for (k, other) in b.iter().enumerate() {
                let (one, two) = (&one.trigger, &other.trigger);
                if one.start < two.end && two.start < one.end {
                    let apart = one.start.abs_diff(two.start) + one.end.abs_diff(two.end);
                    pairs.push((a[i].kind != other.kind, apart, i, k));
                }
            }
        }
        pairs.sort_unstable();
        let (mut used_a, mut used_b) = (vec![false; a.len()], vec![false; b.len()]);
        let document = || name.to_owned();
        for (_, _, i, k) in pairs {
            if used_a[i] || used_b[k] {
                continue;
            }
            (used_a[i], used_b[k]) = (true, true);
            let fields = differing(a[i], b[k]);
            if fields.is_empty() {
                out.same += 1;
            } else {
                out.differ.push(Differing { document: document(), a: a[i].clone(), b: b[k].clone(), fields });
            }
        }
        let lone = |list: &[&Told], used: &[bool]| -> Vec<Lone> {
            let free = list.iter().zip(used).filter(|(_, used)| !**used);
            free.map(|(event, _)| Lone { document: document(), event: (*event).clone() }).collect()
        };
        out.only_a.extend(lone(&a, &used_a));
        out.only_b.extend(lone(&b, &used_b));
    }
    out
}

/// The fields in which two tellings of an event differ. The extent is left out, since systems cut
/// clauses as they like; actors and places are the same by any of their names.
fn differing(a: &Told, b: &Told) -> Vec<Field> {
    let fields = Field::ALL.into_iter().filter(|field| *field != Field::Extent);
    let differs = |field: &Field| match field {
        Field::Actors => !same_names(&a.actors, &b.actors),
        Field::Places => !same_names(&a.places, &b.places),
        field => !field.same(a, b),
    };
    fields.filter(differs).collect()
}

fn same_names(a: &[Named], b: &[Named]) -> bool {
    let actor = |named: &Named| {
        let arabic = std::iter::once(&named.name).chain(named.mentions.iter().map(|m| &m.text));
        let names: Vec<&str> = arabic.map(String::as_str).collect();
        (Actor::new([named.id.as_str(), &named.name_en], names), named.role)
    };
    let mut rest: Vec<_> = b.iter().map(actor).collect();
    a.len() == b.len()
        && a.iter().map(actor).all(|(one, role)| {
            let partner = rest.iter().position(|(other, part)| *part == role && one.same(other));
            partner.map(|i| rest.remove(i)).is_some()
        })
}
