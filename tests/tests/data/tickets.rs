//! Support by month from thousands of tickets, against figures calculated elsewhere.

use std::{collections::BTreeMap, fs};

use headroom_tests::{Desk, real_data};
use serde_json::{Value, json};

use crate::metric_series::{PlanSeries, is_rounded};

fn truth(folder: &std::path::Path) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap()
}

const MONTHLY: [(&str, &str, i32); 7] = [
    ("tickets-created", "created", 6),
    ("tickets-solved", "solved", 6),
    ("backlog", "backlog", 6),
    ("first-reply-minutes", "first_reply_median_min", 6),
    ("resolution-minutes", "resolution_median_min", 6),
    ("fcr", "fcr", 6),
    ("csat", "csat", 6),
];

#[test]
fn every_month_and_group_of_a_help_desk_is_alike() {
    let Some(folder) = real_data("signals/signals-tidewater") else { return };
    let truth = truth(&folder);
    let mut desk = Desk::new();
    // The newest ticket is of the last day of November.
    desk.today = "2026-11-30".parse().unwrap();
    let file = folder.join("tickets.csv");
    let report = desk.import(&[&file], &[]);
    assert_eq!(report["formats"][0]["format"], "tickets");
    let said = report["problems"].to_string();
    assert!(said.contains("2 rows repeat the ID"), "{said}");
    assert!(!said.contains("\"error\""), "{said}");
    let series = PlanSeries::of(&desk, "2026-12-06");
    let mut compared = 0;
    for (group_and_month, expected) in truth["tickets"]["by_group_month"].as_object().unwrap() {
        let (group, month) = group_and_month.split_once('|').unwrap();
        for (metric, called, decimals) in MONTHLY {
            let value = series.months(metric, Some(("segment", group)))[month];
            let wanted = &expected[called];
            assert!(is_rounded(value, wanted, decimals), "{metric} {group_and_month}: {value:?}, {wanted}");
            compared += 1;
        }
    }
    assert_eq!(compared, 22 * 7);
    for expected in truth["tickets"]["by_group_month"].as_object().unwrap().values() {
        let created = expected["created"].to_string();
        let load = ["staffing", "--tickets", &created, "--handle-minutes", "18", "--hours", "130"];
        let found = desk.json(&[&load[..], &["--occupancy", "85%", "--shrinkage", "0", "--json"]].concat());
        assert!(is_rounded(found["agents"].as_f64(), &expected["agents"], 4), "{found}, {expected}");
    }
    for (month, created) in series.months("tickets-created", None) {
        let of = |group: &str| {
            truth["tickets"]["by_group_month"][format!("{group}|{month}")]["created"].as_f64().unwrap()
        };
        assert_eq!(created, Some(of("Support Carriers") + of("Support Shippers")), "{month}");
    }
    assert_eq!(desk.import(&[&file], &[])["added"], 0);
}

/// Medians and shares by the month of the solution, which the other calculation does not have.
fn by_month_of_solution(folder: &std::path::Path) -> BTreeMap<String, (Value, Value)> {
    let mut rows: BTreeMap<String, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    let mut file = csv::Reader::from_path(folder.join("ravenstack_support_tickets.csv")).unwrap();
    for row in file.records().map(Result::unwrap) {
        let month = rows.entry(row[3][..7].to_owned()).or_default();
        month.0.push(row[4].parse().unwrap());
        month.1.extend(row[7].parse::<f64>().ok());
    }
    let figures = |(mut hours, scores): (Vec<f64>, Vec<f64>)| {
        hours.sort_by(f64::total_cmp);
        let middle = (hours[(hours.len() - 1) / 2] + hours[hours.len() / 2]) / 2.0;
        let satisfied = scores.iter().filter(|score| **score >= 4.0).count() as f64 / scores.len() as f64;
        (json!(middle * 60.0), json!(satisfied))
    };
    rows.into_iter().map(|(month, found)| (month, figures(found))).collect()
}

#[test]
fn every_month_of_a_support_table_is_alike() {
    let Some(folder) = real_data("signals/revenue-ravenstack") else { return };
    let truth = truth(&folder);
    let desk = Desk::new();
    let report = desk.import(&[&folder.join("ravenstack_support_tickets.csv")], &[]);
    assert_eq!(report["formats"][0]["format"], "tickets");
    let series = PlanSeries::of(&desk, "2025-02-06");
    let months = truth["support"].as_object().unwrap();
    let own = by_month_of_solution(&folder);
    let mut compared = 0;
    for (month, expected) in months {
        let (resolution, csat) = &own[month];
        for (metric, wanted) in [
            ("tickets-created", &expected["submitted"]),
            ("tickets-solved", &expected["closed"]),
            ("backlog", &expected["backlog"]),
            ("first-reply-minutes", &expected["first_response_median_min"]),
            ("resolution-minutes", resolution),
            ("csat", csat),
        ] {
            let value = series.months(metric, None)[month];
            assert!(is_rounded(value, wanted, 6), "{metric} {month}: {value:?}, {wanted}");
            compared += 1;
        }
    }
    assert_eq!(compared, 24 * 6);
}
