//! Rows of every kind with every field filled, by the types of the fields, so that a new kind is among them.

use std::collections::HashMap;

use headroom_model::{
    Change, Draft, Edit, EntityTable, FieldSpec, FieldType, Kind, MergeRule, Plan, field::TextLimit, for_kind,
};
use serde_json::{Value, json};

/// Rows of each kind, so that fields with several forms are there in each of them.
const ROWS: usize = 9;
const DAY: &str = "2026-03-01";

/// Rows of every kind. Every field says something in one of them.
pub fn one_of_each(plan: &Plan, seed: u32) -> Vec<Change> {
    let mut draft = Draft::new(plan);
    let ids = Kind::ALL.iter().map(|kind| (*kind, for_kind!(*kind, T => new_ids::<T>(&mut draft)))).collect();
    let sample = Sample { ids, seed };
    for kind in Kind::ALL {
        for_kind!(*kind, T => sample.put_rows::<T>(&mut draft));
    }
    draft.finish()
}

fn new_ids<T: EntityTable>(draft: &mut Draft<'_>) -> Vec<u64> {
    (0..ROWS).map(|_| draft.new_id::<T>().into()).collect()
}

struct Sample {
    ids: HashMap<Kind, Vec<u64>>,
    seed: u32,
}

impl Sample {
    fn put_rows<T: EntityTable>(&self, draft: &mut Draft<'_>)
    where
        Change: From<Edit<T>>,
    {
        let rows: Vec<T> = (0..ROWS).map(|at| self.row(at)).collect();
        for field in T::FIELDS {
            let is_filled = rows.iter().any(|row| !field.value(row).is_empty());
            assert!(is_filled, "{:?} has no sample of “{}”: see `structures`", T::KIND, field.name);
        }
        rows.into_iter().for_each(|row| draft.put(row));
    }

    fn row<T: EntityTable>(&self, at: usize) -> T {
        let mut row = T::default();
        row.set_id(self.ids[&T::KIND][at].into());
        for (number, field) in T::FIELDS.iter().enumerate() {
            let values = match self.own(T::KIND, field, at) {
                Some(own) => vec![own],
                None => self.values(T::KIND, field, at, number),
            };
            // Of a structure, those that are one of this type whole.
            let fits = |value: &Value| {
                let mut row = T::default();
                let is_taken = field.value_mut(&mut row).set_json(value);
                is_taken && (field.field_type != FieldType::Structure || field.value(&row).json() == *value)
            };
            let values: Vec<Value> = values.into_iter().filter(fits).collect();
            if !values.is_empty() {
                field.value_mut(&mut row).set_json(&values[at % values.len()]);
            }
        }
        row
    }

    /// What a kind's own check asks for.
    fn own<T>(&self, kind: Kind, field: &FieldSpec<T>, at: usize) -> Option<Value> {
        match (kind, field.name) {
            (_, "key") => Some(format!("{}-{}-{at}", kind.word(), self.seed).into()),
            (Kind::Assumption, "kind") => Some("employer-tax".into()),
            // The first is no quotient: there is none before it.
            (Kind::Metric, "formula") => Some(if at == 0 { "payback" } else { "" }.into()),
            _ => None,
        }
    }

    fn values<T>(&self, of: Kind, field: &FieldSpec<T>, at: usize, number: usize) -> Vec<Value> {
        match field.field_type {
            FieldType::Text if field.limit == TextLimit::Long => vec!["- [ ] Laptop\r\n*now*".into()],
            // Names stand in the words of what refers to them.
            FieldType::Text if ["name", "title"].contains(&field.name) => {
                ["Zahlung <script>", "ألف", "🧾", "=1+1"].map(Value::from).to_vec()
            }
            FieldType::Text => ["Cash; \"desk\"", "Kraków"].map(Value::from).to_vec(),
            FieldType::Flag => vec![true.into()],
            FieldType::Number if field.merge == MergeRule::Place => vec![json!(at as f64)],
            FieldType::Number => vec![3.into()],
            FieldType::Date => vec![DAY.into()],
            FieldType::OneOf(words) => words.iter().map(|word| (*word).into()).collect(),
            FieldType::Reference(kinds) => self.references(of, kinds, at, number),
            FieldType::References(kind) => {
                vec![self.before(kind, at).map_or_else(|| json!([]), |before| json!([before]))]
            }
            FieldType::Amount => vec!["85000.50 PLN".into()],
            FieldType::Currency => vec!["PLN".into()],
            FieldType::Decimal => vec!["4.22".into()],
            FieldType::Rate => vec!["0.006123".into()],
            FieldType::Availability => vec!["99.95".into()],
            FieldType::Figure => vec!["6.2%".into()],
            FieldType::MetricValue => vec!["11.5".into(), "48000 EUR".into()],
            FieldType::Time => vec!["2027-03-12 08:05".into(), "2027-03-12".into()],
            FieldType::Window => vec!["30d".into(), "1M calendar".into()],
            FieldType::List => vec![json!(["Cash; \"desk\"", "ألف"])],
            FieldType::Structure => self.structures(of, at),
        }
    }

    /// Entities that a field may refer to: its number tells them apart, so that two teams of a row are two. One of the
    /// same kind is the row before.
    fn references(&self, of: Kind, kinds: &[Kind], at: usize, number: usize) -> Vec<Value> {
        let id = |kind: &Kind| self.ids[kind][number % ROWS];
        match kinds {
            [kind] if *kind == of => vec![json!(self.before(of, at))],
            [kind] => vec![json!(id(kind))],
            kinds => kinds.iter().map(|kind| json!({ kind.word(): id(kind) })).collect(),
        }
    }

    /// The row before.
    fn before(&self, of: Kind, at: usize) -> Option<u64> {
        at.checked_sub(1).map(|before| self.ids[&of][before])
    }

    /// Values of the types that have a structure of their own.
    fn structures(&self, of: Kind, at: usize) -> Vec<Value> {
        let (person, team) = (self.ids[&Kind::Person][0], self.ids[&Kind::Team][0]);
        vec![
            // What other formats said, and links.
            json!({ "backstage": "{\"a\":[1]}" }),
            json!([{ "url": "https://example.org/runbook", "title": "Runbook" }]),
            // A baseline, and the templates of a checklist.
            json!([{ "position": "HC-1", "from": DAY, "fte": "1", "annual_cost": "166098.00 USD" }]),
            json!([{ "template": format!("template-{}-0", self.seed), "version": 2 }]),
            // Assignees.
            json!("manager"),
            json!("buddy"),
            json!("it"),
            json!("people-ops"),
            json!({ "person": person }),
            json!({ "team": team }),
            json!({ "other": "Security" }),
            // Due dates.
            json!({ "working_days": -2 }),
            json!({ "working_days": 4, "after": self.before(of, at) }),
            // Uncertain times of an incident.
            json!([{ "moment": "repaired", "words": "unreadable: 22025-03-18 11:15" }]),
            // Status and feedback of an item.
            json!({ "is": "open" }),
            json!({ "is": "done", "on": DAY, "by": "Ada" }),
            json!({ "is": "skipped", "on": DAY, "why": "has one" }),
            json!({ "is": "blocked", "by": "the card reader" }),
            json!({ "fault": "unclear", "on": DAY, "words": "which building?" }),
            json!({ "fault": "outdated", "on": DAY, "words": "no", "settled": DAY }),
            // Expected figures of a scenario.
            json!([
                "gaps for team customs at most 0 by 2027-06-01",
                "annual-cost at most 9000.00 EUR by 2027-12-31"
            ]),
            // Comments on a finding.
            json!([{ "at": "2026-03-01T09:00:00Z", "by": "Ada", "text": "after the move" }]),
        ]
    }
}
