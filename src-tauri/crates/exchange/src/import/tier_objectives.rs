//! Objectives of a tier: one for each service that has it. Positions that wait for such an objective wait for all of them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use headroom_files::{
    Diagnostic, Level,
    records::{FieldStatement, KeyRef, Records, RowRecord},
};
use headroom_model::{Entity as _, Kind, Plan};
use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::formats::csv_folder::TIER;

/// Puts an objective of each service in place of those of a tier, under `id/service`.
pub fn give_to_services(plan: &Plan, records: &mut Records, today: NaiveDate) {
    if !records.rows.iter().any(|row| tier_of(row).is_some()) {
        return;
    }
    let mut given: FxHashMap<String, Vec<String>> = FxHashMap::default();
    let mut rows = Vec::with_capacity(records.rows.len());
    for mut row in std::mem::take(&mut records.rows) {
        let tier = tier_of(&row);
        row.fields.retain(|(name, _)| *name != TIER);
        let (Some(tier), Some(key)) = (tier, row.text("key").map(str::to_owned)) else {
            rows.push(row);
            continue;
        };
        let services = services_of(plan, records, tier, today);
        let place = row.place.clone();
        let mut tell = |level, message: String, advice: &str| {
            records.problems.push(Diagnostic::new(level, place.clone(), message, advice));
        };
        let names_service = |(name, said): &(&str, FieldStatement)| {
            *name == "service" && matches!(said, FieldStatement::Reference(_))
        };
        if row.fields.iter().any(names_service) {
            tell(
                Level::Error,
                "it has both a service and a tier; row left out".to_owned(),
                "leave one empty",
            );
            continue;
        }
        if services.is_empty() {
            tell(
                Level::Error,
                format!("no service has tier {tier}; row left out"),
                "say the tiers of services",
            );
            continue;
        }
        let message =
            format!("read as an objective of each of the {} services of tier {tier}", services.len());
        tell(Level::Note, message, "import it again when services get this tier");
        let own = services.iter().map(|service| of_service(&row, &key, service));
        rows.extend(own);
        given.insert(key.clone(), services.iter().map(|service| format!("{key}/{service}")).collect());
    }
    records.rows = rows;
    wait_for_all(&given, records);
}

fn tier_of(row: &RowRecord) -> Option<u8> {
    row.fields.iter().find_map(|(name, said)| match said {
        FieldStatement::Value(Value::Number(tier)) if *name == TIER => u8::try_from(tier.as_u64()?).ok(),
        _ => None,
    })
}

/// The keys of the services of a tier: as the files say, otherwise as the plan does.
fn services_of(plan: &Plan, records: &Records, tier: u8, today: NaiveDate) -> BTreeSet<String> {
    let of_files: FxHashMap<&str, Option<u8>> =
        records.services.iter().filter_map(|row| Some((row.key.as_str(), row.tier?))).collect();
    let known = plan.services.iter().filter(|row| row.date_range().contains(today));
    let known = known.filter(|row| row.tier == Some(tier) && !of_files.contains_key(row.key.as_str()));
    let stated = of_files.iter().filter(|(_, own)| **own == Some(tier)).map(|(key, _)| (*key).to_owned());
    known.map(|row| row.key.clone()).chain(stated).collect()
}

fn of_service(row: &RowRecord, key: &str, service: &str) -> RowRecord {
    let mut row = row.clone();
    row.fields.retain(|(name, _)| *name != "service");
    for (name, said) in &mut row.fields {
        if *name == "key" {
            *said = FieldStatement::Value(format!("{key}/{service}").into());
        }
    }
    let service = KeyRef { kind: Some(Kind::Service), key: service.to_owned() };
    row.fields.push(("service", FieldStatement::Reference(service)));
    row
}

fn wait_for_all(given: &FxHashMap<String, Vec<String>>, records: &mut Records) {
    for position in &mut records.positions {
        let Some(waits_for) = &mut position.gate.waits_for else { continue };
        let is_several = |key: &String| given.get(key).is_some_and(|services| services.len() > 1);
        if position.gate.waits_any == Some(true) && waits_for.iter().any(is_several) {
            let message =
                "waits for any objective, one of them of a tier: it is met when one service keeps it";
            let advice = "make positions wait for all, or name the services";
            records.problems.push(Diagnostic::new(Level::Warning, position.place.clone(), message, advice));
        }
        let of_each = |key: &String| given.get(key).cloned().unwrap_or_else(|| vec![key.clone()]);
        *waits_for = waits_for.iter().flat_map(of_each).collect();
    }
}
