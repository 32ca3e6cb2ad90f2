//! Who is meant by an office and a last name alone: `الرئيس عباس`, `الوزير شكري`.

use foldhash::{HashMap, HashMapExt};

use super::Lexicon;
use crate::text::fold::fold_phrase;

/// One time in which somebody held an office.
#[derive(Clone, Debug)]
pub struct Officer {
    /// The office, folded, without articles: `وزير خارجيه`.
    pub office: String,
    /// The state or body (index in the lexicon).
    pub of: u32,
    /// The month from which he held it (`1993-01`).
    pub from: String,
    /// The month in which another followed; none where nobody did.
    pub until: Option<String>,
    /// The person (index in the lexicon).
    pub person: u32,
}

impl Officer {
    /// Whether he held the office in `month`.
    pub fn held(&self, month: &str) -> bool {
        self.from.as_str() <= month && self.until.as_deref().is_none_or(|until| month < until)
    }
}

/// Last name without article → those of that name who ever held an office.
pub(super) type Officers = HashMap<String, Vec<Officer>>;

impl Lexicon {
    /// Those of a folded last name who ever held an office; worked out when first asked for.
    pub fn officers(&self, last_name: &str) -> &[Officer] {
        let officers = self.officers.get_or_init(|| self.find_officers());
        officers.get(bare(last_name)).map_or(&[], Vec::as_slice)
    }

    fn find_officers(&self) -> Officers {
        let mut out = Officers::new();
        for ((of, office), holders) in &self.offices {
            for (n, holder) in holders.iter().enumerate() {
                let Some(person) = holder.person else { continue };
                let name = fold_phrase(&self.entities[person as usize].entity.name);
                let Some((_, last)) = name.rsplit_once(' ') else { continue };
                out.entry(bare(last).to_owned()).or_default().push(Officer {
                    office: office.clone(),
                    of: *of,
                    from: holder.from.clone(),
                    until: holders.get(n + 1).map(|next| next.from.clone()),
                    person,
                });
            }
        }
        for officers in out.values_mut() {
            officers.sort_by(|a, b| (&a.from, a.of, &a.office).cmp(&(&b.from, b.of, &b.office)));
        }
        out
    }
}

/// A name without its article.
fn bare(name: &str) -> &str {
    name.strip_prefix("ال").unwrap_or(name)
}
