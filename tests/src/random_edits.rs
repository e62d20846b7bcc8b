//! Random edits of every kind of entity and every field, made from numbers.

use headroom_model::{
    Change, Described, Draft, EntityRef, EntityTable, FieldType, Kind, NewIds, Plan, Tables,
    delete_cascading, fields, for_kind,
};
use serde_json::{Value, json};

/// An edit in numbers, from which a real one is made against whatever the plan is: kind, row, field, value, what to do.
pub type Roll = (u8, u16, u8, u16, u8);

fn nth<T: EntityTable>(plan: &Plan, at: u16) -> Option<u64> {
    let rows = T::table(plan).rows();
    rows.get(usize::from(at) % rows.len().max(1)).map(|row| row.id().into())
}

fn some_id(plan: &Plan, kind: Kind, at: u16) -> Value {
    for_kind!(kind, T => nth::<T>(plan, at)).map_or(Value::Null, Value::from)
}

fn value(plan: &Plan, field_type: FieldType, roll: u16) -> Value {
    let small = roll % 5;
    match field_type {
        FieldType::Text => json!(["", "a", "b", "é “q”", "lead"][usize::from(small)]),
        FieldType::Flag => json!(small > 2),
        FieldType::Number => json!(small + 1),
        FieldType::Date => json!(format!("2027-0{}-1{}", 1 + roll % 9, small)),
        FieldType::OneOf(words) => json!(words[usize::from(roll) % words.len()]),
        FieldType::Reference(kinds) if kinds.len() > 1 => {
            let kind = kinds[usize::from(roll) % kinds.len()];
            json!({kind.word(): some_id(plan, kind, roll)})
        }
        FieldType::Reference(kinds) => some_id(plan, kinds[0], roll),
        FieldType::References(kind) => json!([some_id(plan, kind, roll), some_id(plan, kind, small)]),
        FieldType::Amount => json!(format!("{}.00 EUR", 1000 * (small + 1))),
        FieldType::Currency => json!(["EUR", "USD", "CHF", "JPY", "GBP"][usize::from(small)]),
        FieldType::Decimal => json!(["0.2", "0.5", "1", "0.75", "0.1"][usize::from(small)]),
        FieldType::Rate => json!(["1.1", "0.9", "1.25", "2", "150"][usize::from(small)]),
        FieldType::Availability => json!("99.95"),
        FieldType::Figure => json!(format!("{}.00 EUR", 1000 * (small + 1))),
        FieldType::MetricValue => json!(["11.5", "0.12", "48000 EUR", "3", "7 USD"][usize::from(small)]),
        FieldType::Time => {
            json!(
                ["2027-03-12", "2027-03-12 08:05", "2027-01-01 00:00", "2026-11-30", "2027-06-01 23:59"]
                    [usize::from(small)]
            )
        }
        FieldType::Window => json!(["30d", "4w", "1h", "1M calendar", "1Q"][usize::from(small)]),
        FieldType::List => {
            json!([["x", "y"], ["y", "z"], ["x", "w"], ["v", "x"], ["z", "u"]][usize::from(small)])
        }
        FieldType::Structure => {
            json!({"backstage": format!("{{\"n\": {small}}}"), (["a", "b"][usize::from(roll % 2)]): "{}"})
        }
    }
}

/// The values with which a row of a kind can be created.
fn beginnings(plan: &Plan, kind: Kind, roll: Roll) -> Vec<(String, Value)> {
    for_kind!(kind, T => T::FIELDS
        .iter()
        .map(|field| {
            let text = match field.name {
                "key" => json!(format!("{}-{}", kind.word(), roll.3 % 40)),
                "kind" if kind == Kind::Assumption => json!("benefits"),
                "value" if kind == Kind::Setting => json!("on"),
                "name" | "title" | "role" | "mode" => json!(format!("N{}", roll.3)),
                "from" => json!("2027-01-01"),
                "until" => json!("2027-12-31"),
                "team" if kind == Kind::Interaction => some_id(plan, Kind::Team, roll.1),
                "with" => some_id(plan, Kind::Team, roll.1.wrapping_add(1)),
                "parent" | "manager" | "needs" | "due" | "backfill_of" | "place" => Value::Null,
                _ => value(plan, field.field_type, roll.3),
            };
            (field.name.to_owned(), text)
        })
        .filter(|(_, value)| !value.is_null())
        .collect())
}

/// Makes one edit, if it is possible.
pub fn edit(plan: &mut Plan, roll: Roll) {
    let changes = attempt(plan, roll);
    let _ = plan.apply(&changes);
}

/// The changes of one edit; none if it is not possible.
pub fn changes(plan: &Plan, roll: Roll) -> Vec<Change> {
    let changes = attempt(plan, roll);
    if plan.clone().apply(&changes).is_ok() { changes } else { Vec::new() }
}

/// The changes of one edit, which the plan may refuse.
pub fn attempt(plan: &Plan, roll: Roll) -> Vec<Change> {
    let kind = Kind::ALL[usize::from(roll.0) % Kind::ALL.len()];
    let mut draft = Draft::new(plan);
    let made = match roll.4 % 8 {
        0 | 1 => {
            let values = beginnings(plan, kind, roll);
            fields::create(&mut draft, kind, &taken(plan, kind, values)).is_ok()
        }
        2 => match some_id(plan, kind, roll.1).as_u64() {
            Some(id) => {
                delete_cascading(&mut draft, EntityRef { kind, id });
                true
            }
            None => false,
        },
        _ => match some_id(plan, kind, roll.1).as_u64() {
            Some(id) => {
                let (name, value) = for_kind!(kind, T => {
                    let field = &T::FIELDS[usize::from(roll.2) % T::FIELDS.len()];
                    (field.name.to_owned(), value(plan, field.field_type, roll.3))
                });
                name != "key" && fields::set(&mut draft, EntityRef { kind, id }, &[(name, value)]).is_ok()
            }
            None => false,
        },
    };
    if made { draft.finish() } else { Vec::new() }
}

/// The values that their fields take.
fn taken(plan: &Plan, kind: Kind, values: Vec<(String, Value)>) -> Vec<(String, Value)> {
    let mut kept = Vec::new();
    for value in values {
        kept.push(value);
        let refused = fields::create(&mut Draft::new(plan), kind, &kept).err();
        let last = kept.last().map(|(name, _)| name.as_str());
        if refused.is_some_and(|error| Some(&*error.field) == last) {
            kept.pop();
        }
    }
    kept
}

/// A plan with some of every kind, and its seed of IDs.
pub fn plan(edits: &[Roll], seed: u64) -> Plan {
    let mut plan = Plan::from_tables(Tables::default(), NewIds::seeded(seed)).unwrap();
    for round in 0..3u16 {
        for kind in 0..Kind::ALL.len() as u8 {
            edit(&mut plan, (kind, round, 0, 7 * round + u16::from(kind), 0));
        }
    }
    edits.iter().for_each(|roll| edit(&mut plan, *roll));
    plan
}

pub fn edited(base: &Plan, seed: u64, edits: &[Roll]) -> Plan {
    let mut plan = copy(base, seed);
    edits.iter().for_each(|roll| edit(&mut plan, *roll));
    plan
}

/// A copy that gives other IDs.
pub fn copy(plan: &Plan, seed: u64) -> Plan {
    let tables = (**plan).clone();
    Plan::from_tables(tables, NewIds::seeded(seed)).unwrap()
}
