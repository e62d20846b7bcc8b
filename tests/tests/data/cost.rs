//! Bills of clouds and clusters against sums worked out elsewhere, and who pays in the end.

use std::{fs, path::Path};

use headroom_tests::{Desk, real_data};
use serde_json::{Map, Value, json};

fn truth(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("truth.json")).unwrap()).unwrap()
}

/// `1.34E-8` as `0.0000000134`, without zeros at the end.
fn plain(number: &str) -> String {
    let (digits, exponent) = number.split_once('E').unwrap_or((number, "0"));
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let exponent: i32 = exponent.parse().unwrap();
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{rest}");
    let point = whole.len() as i32 + exponent;
    let (whole, rest) = match point {
        ..=0 => ("0".to_owned(), format!("{}{all}", "0".repeat(point.unsigned_abs() as usize))),
        _ => {
            let padded = format!("{all:0<width$}", width = point as usize);
            let (whole, rest) = padded.split_at(point as usize);
            (whole.to_owned(), rest.to_owned())
        }
    };
    let rest = rest.trim_end_matches('0');
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// Sums of the truth as the report has them: exact, and rounded once.
fn sums(truth: &Value) -> Value {
    json!({
        "rows": truth["rows"],
        "billed": plain(truth["billed"].as_str().unwrap()),
        "effective": plain(truth["effective"].as_str().unwrap()),
        "billed_cents": truth["billed_cents"],
        "effective_cents": truth["effective_cents"],
    })
}

fn all_sums(truth: &Value) -> Value {
    truth
        .as_object()
        .unwrap()
        .iter()
        .map(|(key, value)| (key.clone(), sums(value)))
        .collect::<Map<_, _>>()
        .into()
}

#[test]
fn every_figure_of_a_focus_bill_is_reported() {
    let Some(folder) = real_data("signals/cost-focus") else { return };
    let truth = truth(&folder);
    let desk = Desk::new();
    let bill = folder.join("focus_sample.csv");
    let mut arguments = vec!["cost", "--source", bill.to_str().unwrap(), "--json"];
    let tags = ["business_unit", "application", "environment", "CostCenter", "team", "owner"];
    tags.iter().for_each(|tag| arguments.extend(["--tag", tag]));
    let report = desk.json(&arguments);
    for field in [
        "columns",
        "unknown_columns",
        "null_cells",
        "negative_rows",
        "zero_rows",
        "tag_keys",
        "near_duplicate_keys",
    ] {
        assert_eq!(report[field], truth[field], "{field}");
    }
    for field in ["sub_accounts", "resources", "rows_without_resource"] {
        assert_eq!(report[field], truth[field], "{field}");
    }
    assert_eq!(report["total"], sums(&truth["total"]));
    for field in ["by_month", "by_provider", "by_charge_category", "by_service_category"] {
        assert_eq!(report[field], all_sums(&truth[field]), "{field}");
    }
    let units = &report["by_tag"]["business_unit"];
    let mut expected = all_sums(&truth["by_business_unit"]);
    let without = expected.as_object_mut().unwrap().remove("None");
    assert_eq!(units["values"], expected);
    assert_eq!(Some(&units["without"]), without.as_ref());
    for (name, expected) in truth["by_application_top"].as_object().unwrap() {
        let found = &report["by_tag"]["application"];
        let found = if name == "None" { &found["without"] } else { &found["values"][name] };
        assert_eq!(*found, sums(expected), "{name}");
    }
    for (tag, expected) in truth["untagged"].as_object().unwrap() {
        let found = &report["by_tag"][tag]["untagged"];
        for field in ["usage_rows", "untagged_rows"] {
            assert_eq!(found[field], expected[field], "{tag} {field}");
        }
        for field in ["effective_total", "untagged_effective"] {
            assert_eq!(found[field], plain(expected[field].as_str().unwrap()), "{tag} {field}");
        }
        for (field, name) in [("effective_share", "share"), ("billed_share", "billed_share")] {
            let (found, expected) = (found[field].as_f64().unwrap(), expected[name].as_f64().unwrap());
            assert!((found - expected).abs() < 1e-6, "{tag} {field}: {found} and {expected}");
        }
    }
}

#[test]
fn a_bill_is_imported_once_and_restated_by_the_month() {
    let Some(folder) = real_data("signals/cost-focus") else { return };
    let desk = Desk::new();
    let bill = folder.join("focus_sample.csv");
    let first = desk.import(&[&bill], &[]);
    assert!(first["added"].as_u64().unwrap() > 100, "{first}");
    let again = desk.import(&[&bill], &["--dry-run"]);
    assert_eq!(
        (again["added"].as_u64(), again["changed"].as_u64()),
        (Some(0), Some(0)),
        "a second run is empty"
    );
    let cost = desk.json(&["cost", desk.path(), "--billed", "--json"]);
    assert_eq!(cost["months"][0]["total"], "20.52022672899");
    assert_eq!(cost["currency"], "USD", "nothing says what dollars are worth in the plan's currency");
    let effective = desk.json(&["cost", desk.path(), "--json"]);
    assert_eq!(effective["months"][0]["total"], "14.97651418586");
}

#[test]
fn the_cluster_of_tidewater_is_allocated() {
    let Some(folder) = real_data("signals/signals-tidewater") else { return };
    let truth = &truth(&folder)["allocation"];
    let desk = Desk::of_sample_on("2026-12-01".parse().unwrap());
    let allocation = folder.join("allocation.csv");
    desk.import(&[&allocation], &["--currency", "EUR"]);
    let cost = desk.json(&["cost", desk.path(), "--to", "2026-12", "--json"]);
    let months = cost["months"].as_array().unwrap();
    assert_eq!(months.len(), truth.as_object().unwrap().len());
    for found in months {
        let name = found["month"].as_str().unwrap();
        let expected = truth[name].as_object().unwrap();
        let mut as_truth = Map::new();
        for field in ["total", "idle", "unallocated", "unlabelled"] {
            as_truth.insert(field.to_owned(), found[field].clone());
        }
        as_truth.insert("share_without_team".to_owned(), found["share_without_team"].clone());
        for team in found["by"].as_array().unwrap() {
            as_truth.insert(format!("team:{}", team["key"].as_str().unwrap()), team["amount"].clone());
        }
        let mut expected = expected.clone();
        for value in expected.values_mut().filter(|value| value.is_string()) {
            *value = plain(value.as_str().unwrap()).into();
        }
        assert_eq!(as_truth, expected, "{name}");
    }
}

/// A plan with the services of a case, the cost of each as a line of a bill.
fn plan_of(case: &Value) -> Desk {
    let desk = Desk::new();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let services = case["services"].as_array().unwrap();
    let mut files = [
        ("teams.csv", "id,name\n".to_owned()),
        ("services.csv", "id,name\n".to_owned()),
        ("ownership.csv", "service,owner,owner_kind\n".to_owned()),
        ("dependencies.csv", "service,depends_on,kind,cost_weight\n".to_owned()),
        ("cost_lines.csv", "first,last,billed,effective,currency,labels\n".to_owned()),
    ];
    let mut teams: Vec<String> = services.iter().map(|service| text(&service["team"])).collect();
    teams.sort();
    teams.dedup();
    for team in teams.iter().filter(|team| !team.is_empty()) {
        files[0].1 += &format!("{team},Team {team}\n");
    }
    for service in services {
        let (key, team, cost) =
            (text(&service["key"]), text(&service["team"]), service["cost"].as_u64().unwrap());
        files[1].1 += &format!("{key},{key}\n");
        if !team.is_empty() {
            files[2].1 += &format!("{key},{team},team\n");
        }
        let amount = format!("{}.{:02}", cost / 100, cost % 100);
        files[4].1 += &format!("2027-01-01,2027-01-31,{amount},{amount},EUR,service={key}\n");
    }
    for (at, dependency) in case["dependencies"].as_array().unwrap().iter().enumerate() {
        let [user, provider, weight] = [0, 1, 2].map(|at| text(&dependency[at]));
        files[3].1 += &format!("{user},{provider},{at},{weight}\n");
    }
    desk.import_csv(&files.iter().map(|(name, text)| (*name, text.as_str())).collect::<Vec<_>>());
    desk
}

#[test]
fn cost_flows_along_dependencies_to_the_cent() {
    let Some(folder) = real_data("signals/chargeback-cases") else { return };
    let truth = truth(&folder);
    let cases: Vec<Value> = serde_json::from_slice(&fs::read(folder.join("cases.json")).unwrap()).unwrap();
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        let desk = plan_of(case);
        let arguments = ["cost", desk.path(), "--chargeback", "--month", "2027-01", "--json"];
        let found = &desk.json(&arguments)["chargeback"][0];
        let expected = &truth[name];
        for field in ["total", "kept", "cents", "by_team", "closed"] {
            assert_eq!(found[field], expected[field], "{name}: {field}");
        }
    }
}
