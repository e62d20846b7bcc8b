//! Criteria of bets that the plan has as objectives already: these are used, whatever their keys.

use headroom_files::records::{FieldStatement, Records, RowRecord};
use headroom_model::{ComparisonOperator, EntityRef, Kind, MetricValue, MissingFigures, Objective, Plan};
use rustc_hash::FxHashMap;

/// Lets bets refer to the objectives of the plan that say the same as those of the file.
pub fn use_objectives_of_plan(plan: &Plan, records: &mut Records) {
    let mut known: FxHashMap<String, String> = FxHashMap::default();
    for row in records.rows.iter().filter(|row| row.kind == Kind::Objective) {
        let Some(key) = row.text("key") else { continue };
        let same: Vec<&Objective> =
            plan.objectives.iter().filter(|objective| says_same(plan, objective, row)).collect();
        // What came from this file before is still in it.
        if same.iter().any(|objective| objective.key == key) {
            continue;
        }
        if let Some(objective) = same.first() {
            known.insert(key.to_owned(), objective.key.clone());
        }
    }
    let is_of_plan = |row: &RowRecord| {
        row.kind == Kind::Objective && row.text("key").is_some_and(|key| known.contains_key(key))
    };
    records.rows.retain(|row| !is_of_plan(row));
    for (_, said) in
        records.rows.iter_mut().filter(|row| row.kind == Kind::Bet).flat_map(|row| &mut row.fields)
    {
        let FieldStatement::References(keys) = said else { continue };
        for objective in keys {
            if let Some(own) = known.get(&objective.key) {
                objective.key.clone_from(own);
            }
        }
    }
}

/// Whether an objective of the plan asks for what the row of a file does, and for nothing else.
fn says_same(plan: &Plan, objective: &Objective, row: &RowRecord) -> bool {
    let text = |field| row.text(field).unwrap_or_default();
    let value = text("value").parse::<MetricValue>().ok();
    let op = ComparisonOperator::from_word(text("op"));
    let metric = plan.key_of(EntityRef::from(objective.metric));
    let is_plain = Objective {
        gaps: MissingFigures::Hold,
        name: String::new(),
        origin: String::new(),
        source: None,
        ..objective.clone()
    } == Objective {
        id: objective.id,
        key: objective.key.clone(),
        metric: objective.metric,
        op: objective.op,
        value: objective.value,
        segment: objective.segment.clone(),
        channel: objective.channel.clone(),
        market: objective.market.clone(),
        ..Objective::default()
    };
    is_plain
        && row.references(Kind::Metric).any(|key| key == metric)
        && op == Some(objective.op)
        && value == Some(objective.value)
        && [("segment", &objective.segment), ("channel", &objective.channel), ("market", &objective.market)]
            .into_iter()
            .all(|(field, word)| text(field) == word.as_str())
}
