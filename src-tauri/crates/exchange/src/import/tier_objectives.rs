//! Objectives of a tier. Of practices they stay what they are, and follow the services that have the tier on the day asked.
//! Of all other metrics they become one for each service that has it; positions that wait for such an objective wait for
//! all of them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use headroom_files::{
    Diagnostic, Level,
    records::{FieldStatement, KeyRef, Records, RowRecord},
};
use headroom_model::{Entity as _, Kind, Plan};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use crate::formats::csv_folder::TIER;

/// Puts an objective of each service in place of those of a tier, under `id/service`.
pub fn give_to_services(plan: &Plan, records: &mut Records, today: NaiveDate) {
    if !records.rows.iter().any(|row| tier_of(row).is_some()) {
        return;
    }
    let practices = practices(plan, records);
    let mut given: FxHashMap<String, Vec<String>> = FxHashMap::default();
    let mut rows = Vec::with_capacity(records.rows.len());
    for mut row in std::mem::take(&mut records.rows) {
        let tier = tier_of(&row);
        if row.references(Kind::Metric).any(|metric| practices.contains(metric)) {
            rows.push(row);
            continue;
        }
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
        let of = match services.len() {
            1 => format!("the only service of tier {tier}"),
            several => format!("each of the {several} services of tier {tier}"),
        };
        let message = format!("read as an objective of {of}");
        tell(Level::Note, message, "import it again when services get this tier");
        let own = services.iter().map(|service| of_service(&row, &key, service));
        rows.extend(own);
        given.insert(key.clone(), services.iter().map(|service| format!("{key}/{service}")).collect());
    }
    records.rows = rows;
    wait_for_all(&given, records);
}

/// The keys of practices, as the plan and the files define them.
fn practices(plan: &Plan, records: &Records) -> FxHashSet<String> {
    let known = plan.metrics.iter().filter(|metric| metric.practice_scale().is_some());
    let stated = records.rows.iter().filter(|row| row.kind == Kind::Metric);
    let stated = stated.filter(|row| matches!(row.text("unit"), Some("level" | "score")));
    known
        .map(|metric| metric.key.clone())
        .chain(stated.filter_map(|row| row.text("key").map(str::to_owned)))
        .collect()
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use headroom_model::{EntityTable, Objective};

    use crate::{ImportOptions, ReadOptions, compare, read_parts};

    use super::*;

    fn import(plan: &mut Plan, objectives: &str, position: &str) -> (usize, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        put("services.csv", "id,name,tier\na,A,1\nb,B,1\nc,C,2\n");
        put(
            "metrics.csv",
            "id,name,unit,kind,period\nlevel,Level,share,stock,month\nci-cd,CI,level,stock,day\n",
        );
        put("objectives.csv", objectives);
        put("positions.csv", &format!("id,title,waits_for,waits_any\n{position}\n"));
        let parts = read_parts(&[folder.path().to_owned()], None, &ReadOptions::default()).unwrap();
        let today = "2026-10-20".parse().unwrap();
        let preview = compare(plan, parts, &ImportOptions { today, complete: false, names: Vec::new() });
        plan.apply(&preview.changes).unwrap();
        (preview.changes.len(), preview.problems.iter().map(|told| told.message.clone()).collect())
    }

    fn keys<T: EntityTable>(plan: &Plan) -> Vec<String> {
        let mut keys: Vec<String> = T::table(plan).iter().map(|row| row.key().unwrap().to_owned()).collect();
        keys.sort();
        keys
    }

    #[test]
    fn objective_of_a_tier_is_one_of_each_of_its_services() {
        let mut plan = Plan::default();
        let objectives =
            "id,metric,op,value,tier,service\nready,level,>=,3,1,\nplain,level,>=,1,,c\nnone,level,>=,1,4,\n";
        let (changes, told) = import(&mut plan, objectives, "p,P,ready; plain,");
        assert!(changes > 0);
        assert_eq!(keys::<Objective>(&plan), ["plain", "ready/a", "ready/b"]);
        assert!(told.iter().any(|told| told.contains("no service has tier 4")), "{told:?}");
        assert!(told.iter().any(|told| told.contains("each of the 2 services of tier 1")), "{told:?}");
        let waits_for = &plan.positions.iter().next().unwrap().waits_for;
        let names: Vec<&str> = waits_for.iter().map(|objective| plan.key_of((*objective).into())).collect();
        assert_eq!(names.len(), 3, "{names:?}");
        assert_eq!(import(&mut plan, objectives, "p,P,ready; plain,").0, 0, "the same again changes nothing");
    }

    #[test]
    fn objective_of_a_practice_stays_that_of_the_tier() {
        let mut plan = Plan::default();
        let objectives = "id,metric,op,value,tier\nready,ci-cd,>=,3,1\n";
        import(&mut plan, objectives, "p,P,ready,");
        let row = plan.objectives.iter().next().unwrap();
        assert_eq!((row.key.as_str(), row.tier, row.service), ("ready", Some(1), None));
        assert_eq!(import(&mut plan, objectives, "p,P,ready,").0, 0, "the same again changes nothing");
    }

    #[test]
    fn what_any_means_for_a_tier_is_told() {
        let mut plan = Plan::default();
        let (_, told) = import(&mut plan, "id,metric,op,value,tier\nready,level,>=,3,1\n", "p,P,ready,yes");
        assert!(told.iter().any(|told| told.contains("met when one service keeps it")), "{told:?}");
    }
}
