//! Checks of imported HR data against figures that were calculated independently, whichever way it was imported.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde_json::Value;

use crate::Desk;

/// The positions of a plan, from its JSON export.
pub struct Seats {
    plan: Value,
}

impl Seats {
    pub fn of(desk: &Desk) -> Self {
        let out = desk.folder.path().join("plan.json");
        desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "json"]);
        Self { plan: serde_json::from_str(&fs::read_to_string(out).unwrap()).unwrap() }
    }

    pub fn rows(&self, table: &str) -> &[Value] {
        self.plan[table].as_array().unwrap()
    }

    pub fn positions(&self, pooled: bool) -> Vec<&Value> {
        self.rows("positions")
            .iter()
            .filter(|row| row["pooled"].as_bool().unwrap_or(false) == pooled)
            .collect()
    }

    pub fn keys(&self) -> BTreeMap<u64, &str> {
        self.rows("positions")
            .iter()
            .map(|row| (row["id"].as_u64().unwrap(), row["key"].as_str().unwrap()))
            .collect()
    }

    /// The number of positions below each manager's position, by key.
    pub fn spans(&self, positions: &[&Value]) -> BTreeMap<String, u64> {
        let keys = self.keys();
        let mut spans = BTreeMap::new();
        for manager in positions.iter().filter_map(|row| row["manager"].as_u64()) {
            *spans.entry(keys[&manager].to_owned()).or_insert(0) += 1;
        }
        spans
    }

    /// The number of positions per layer.
    pub fn levels(&self, positions: &[&Value]) -> BTreeMap<String, u64> {
        let above: BTreeMap<u64, Option<u64>> =
            positions.iter().map(|row| (row["id"].as_u64().unwrap(), row["manager"].as_u64())).collect();
        let mut levels = BTreeMap::new();
        for position in above.keys() {
            let (mut depth, mut at) = (0, above[position]);
            while let Some(manager) = at {
                (depth, at) = (depth + 1, above[&manager]);
            }
            *levels.entry(depth.to_string()).or_insert(0) += 1;
        }
        levels
    }
}

/// A decimal number as an integer in its smallest units.
fn units(text: &str, decimals: usize) -> i64 {
    let number = text.split(' ').next().unwrap();
    let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
    format!("{whole}{rest:0<decimals$}").parse().unwrap()
}

fn sum(rows: &[&Value], field: &str, decimals: usize) -> i64 {
    rows.iter().filter_map(|row| row[field].as_str()).map(|text| units(text, decimals)).sum()
}

/// A figure of truth.json as an integer of hundredths.
fn hundredths(figure: &Value) -> i64 {
    (figure.as_f64().unwrap() * 100.0).round() as i64
}

pub fn texts(list: &Value) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn sum_of_fte(rows: &[&Value]) -> i64 {
    rows.iter().map(|row| units(row["fte"].as_str().unwrap_or("1"), 6)).sum::<i64>() / 10_000
}

/// Senior posts with a reference that occurred before: the first one counts.
pub fn repeated(senior: &Path) -> Vec<csv::StringRecord> {
    let mut seen = BTreeSet::new();
    let rows = csv::Reader::from_path(senior).unwrap().into_records().map(Result::unwrap);
    rows.filter(|row| !seen.insert(row[0].trim().to_owned())).collect()
}

/// Compares the imported posts of one body with the figures of its files.
pub fn check_organogram(seats: &Seats, senior: &Path, body: &str, truth: &Value) {
    let repeated = repeated(senior);
    let posts = seats.positions(false);
    let reporting = &truth["reporting_first_row_wins"];
    assert_eq!(posts.len() as u64, truth["distinct_post_refs"].as_u64().unwrap(), "{body}: posts");
    assert_eq!(posts.len() as u64, reporting["people_or_posts"].as_u64().unwrap(), "{body}: posts");

    // Reporting lines.
    let with_manager = posts.iter().filter(|row| row["manager"].is_u64()).count() as u64;
    let unknown = reporting["manager_unknown_count"].as_u64().unwrap();
    assert_eq!(with_manager + unknown, reporting["with_manager"].as_u64().unwrap(), "{body}: with a manager");
    let unresolved: BTreeSet<String> = reporting["manager_unknown"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| pair[0].as_str().unwrap().to_owned())
        .collect();
    let roots: BTreeSet<String> = posts
        .iter()
        .filter(|row| !row["manager"].is_u64())
        .map(|row| row["key"].as_str().unwrap().to_owned())
        .filter(|key| !unresolved.contains(key))
        .collect();
    assert_eq!(roots, texts(&reporting["roots_no_manager"]), "{body}: roots");
    let spans = seats.spans(&posts);
    assert_eq!(spans.len() as u64, reporting["managers"].as_u64().unwrap(), "{body}: managers");
    for pair in reporting["max_span"].as_array().unwrap() {
        assert_eq!(
            spans.get(pair[0].as_str().unwrap()),
            pair[1].as_u64().as_ref(),
            "{body}: span of {}",
            pair[0]
        );
    }
    assert_eq!(
        spans.values().filter(|span| **span > 9).count() as u64,
        reporting["span_over_9"].as_u64().unwrap()
    );
    let levels = seats.levels(&posts);
    assert_eq!(serde_json::to_value(&levels).unwrap(), reporting["per_level"], "{body}: levels");
    assert_eq!(levels.len() as u64, reporting["depth_levels"].as_u64().unwrap(), "{body}: depth");

    // Occupants.
    let status = |word: &str| posts.iter().filter(|row| row["status"] == word).count() as u64;
    let dropped = |word: &str| repeated.iter().filter(|row| row[1].eq_ignore_ascii_case(word)).count() as u64;
    let filled: BTreeSet<u64> =
        seats.rows("assignments").iter().map(|row| row["position"].as_u64().unwrap()).collect();
    assert_eq!(status("open"), truth["vacant_rows"].as_u64().unwrap(), "{body}: vacant");
    assert_eq!(status("closed"), truth["eliminated_rows"].as_u64().unwrap(), "{body}: eliminated");
    assert_eq!(filled.len() as u64 + status("open") + status("closed"), posts.len() as u64, "{body}: filled");
    let hidden = seats.rows("people").iter().filter(|row| row["name"] == "Not disclosed").count() as u64;
    assert_eq!(
        hidden + dropped("N/D"),
        truth["not_disclosed_rows"].as_u64().unwrap(),
        "{body}: not disclosed"
    );
    for pair in truth["same_name_on_several_posts"].as_array().unwrap() {
        let name = pair[0].as_str().unwrap();
        let person = seats.rows("people").iter().find(|row| row["name"] == name).unwrap();
        let held =
            seats.rows("assignments").iter().filter(|row| row["person"] == person["id"]).count() as u64;
        assert_eq!(held, pair[1].as_u64().unwrap(), "{body}: posts of {name}");
    }
    let mut grades: BTreeMap<String, u64> = BTreeMap::new();
    let dropped_grades = repeated.iter().map(|row| row[2].trim().to_owned());
    for level in
        posts.iter().map(|row| row["level"].as_str().unwrap_or_default().to_owned()).chain(dropped_grades)
    {
        *grades.entry(level).or_insert(0) += 1;
    }
    assert_eq!(serde_json::to_value(&grades).unwrap(), truth["grades"], "{body}: grades");

    // FTE and salaries. The sums in truth.json include the repeated rows.
    let of_repeated = |column: usize, decimals: usize| -> i64 {
        repeated
            .iter()
            .map(|row| row[column].trim())
            .filter(|cell| *cell != "N/D")
            .map(|cell| units(cell, decimals))
            .sum()
    };
    assert_eq!(
        sum_of_fte(&posts) + of_repeated(12, 6) / 10_000,
        hundredths(&truth["fte_sum"]),
        "{body}: full time"
    );
    assert_eq!(
        sum(&posts, "pay", 2) + of_repeated(13, 2),
        hundredths(&truth["pay_floor_sum"]),
        "{body}: pay floors"
    );
    assert_eq!(
        sum(&posts, "pay_up_to", 2) + of_repeated(14, 2),
        hundredths(&truth["pay_ceiling_sum"]),
        "{body}: pay ceilings"
    );
    let told_pay = posts.iter().filter(|row| row["pay"].is_string()).count() as u64;
    let hidden_pay =
        truth["pay_floor_zero"].as_u64().unwrap() + truth["pay_floor_not_a_number"].as_u64().unwrap();
    let dropped_hidden = repeated.iter().filter(|row| matches!(row[13].trim(), "0" | "N/D")).count() as u64;
    assert_eq!(posts.len() as u64 - told_pay + dropped_hidden, hidden_pay, "{body}: pay not told");

    // Junior posts, which are pooled.
    let counted = seats.positions(true);
    assert_eq!(counted.len() as u64, truth["junior_rows"].as_u64().unwrap(), "{body}: junior rows");
    assert_eq!(sum_of_fte(&counted), hundredths(&truth["junior_fte_sum"]), "{body}: junior full time");
    let keys = seats.keys();
    let mut below: BTreeMap<&str, i64> = BTreeMap::new();
    for row in &counted {
        let manager = keys[&row["manager"].as_u64().unwrap()];
        *below.entry(manager).or_insert(0) += units(row["fte"].as_str().unwrap_or("1"), 6);
    }
    for pair in truth["posts_with_most_junior_fte"].as_array().unwrap() {
        let post = pair[0].as_str().unwrap();
        assert_eq!(below[post] / 10_000, hundredths(&pair[1]), "{body}: full time below {post}");
    }
    let grades: BTreeSet<&str> =
        counted.iter().map(|row| row["level"].as_str().unwrap_or_default()).collect();
    assert_eq!(grades.len() as u64, truth["junior_grades"].as_u64().unwrap(), "{body}: junior grades");
    let alone = posts.iter().filter(|row| {
        let key = row["key"].as_str().unwrap();
        !below.contains_key(key) && !spans.contains_key(key)
    });
    assert_eq!(
        alone.count() as u64,
        truth["senior_posts_with_no_one_below"].as_u64().unwrap(),
        "{body}: nobody below"
    );
}

/// Compares imported employees, departments and jobs of Oracle's HR tables with their figures.
pub fn check_employees(seats: &Seats, truth: &Value) {
    let posts = seats.positions(false);
    let reporting = &truth["reporting"];
    assert_eq!(posts.len() as u64, truth["employees"].as_u64().unwrap());
    assert_eq!(seats.rows("teams").len() as u64, truth["departments"].as_u64().unwrap());
    let titles: BTreeSet<&str> = posts.iter().map(|row| row["title"].as_str().unwrap()).collect();
    assert_eq!(titles.len() as u64, truth["jobs"].as_u64().unwrap());
    let with_manager = posts.iter().filter(|row| row["manager"].is_u64()).count() as u64;
    assert_eq!(with_manager, reporting["with_manager"].as_u64().unwrap());
    let root = posts.iter().find(|row| !row["manager"].is_u64()).unwrap();
    assert_eq!(root["key"], "S-100");
    let spans = seats.spans(&posts);
    assert_eq!(spans.len() as u64, reporting["managers"].as_u64().unwrap());
    for pair in reporting["max_span"].as_array().unwrap() {
        assert_eq!(
            spans[&format!("S-{}", pair[0].as_str().unwrap())],
            pair[1].as_u64().unwrap(),
            "span of {}",
            pair[0]
        );
    }
    assert_eq!(serde_json::to_value(seats.levels(&posts)).unwrap(), reporting["per_level"]);

    // Salaries are per month there, and per year in a plan.
    let assignments: Vec<&Value> = seats.rows("assignments").iter().collect();
    assert_eq!(sum(&assignments, "pay", 2), hundredths(&truth["salary_sum"]) * 12);
    let teams: BTreeMap<u64, &Value> =
        seats.rows("teams").iter().map(|row| (row["id"].as_u64().unwrap(), row)).collect();
    let position_of: BTreeMap<u64, &&Value> =
        posts.iter().map(|row| (row["id"].as_u64().unwrap(), row)).collect();
    let mut payroll: BTreeMap<&str, i64> = BTreeMap::new();
    for row in &assignments {
        let position = position_of[&row["position"].as_u64().unwrap()];
        let pay = units(row["pay"].as_str().unwrap(), 2);
        assert!(
            (units(position["pay"].as_str().unwrap(), 2)..=units(position["pay_up_to"].as_str().unwrap(), 2))
                .contains(&pay)
        );
        if let Some(team) = position["team"].as_u64() {
            *payroll.entry(teams[&team]["name"].as_str().unwrap()).or_insert(0) += pay;
        }
    }
    for (department, pay) in truth["payroll_by_department"].as_object().unwrap() {
        assert_eq!(payroll[department.as_str()], hundredths(pay) * 12, "{department}");
    }
    assert_eq!(payroll.len(), truth["payroll_by_department"].as_object().unwrap().len());
    let president = posts.iter().find(|row| row["title"] == "President").unwrap();
    assert_eq!(
        (president["pay"].as_str(), president["pay_up_to"].as_str()),
        (Some("240960.00 USD"), Some("480000.00 USD"))
    );

    let days: Vec<&str> = assignments.iter().map(|row| row["from"].as_str().unwrap()).collect();
    assert_eq!(days.iter().min().unwrap(), &truth["hire_date_min"].as_str().unwrap());
    assert_eq!(days.iter().max().unwrap(), &truth["hire_date_max"].as_str().unwrap());
    let mut years: BTreeMap<&str, u64> = BTreeMap::new();
    days.iter().for_each(|day| *years.entry(&day[..4]).or_insert(0) += 1);
    assert_eq!(serde_json::to_value(&years).unwrap(), truth["hired_per_year"]);

    let members: BTreeSet<(u64, u64)> = seats
        .rows("memberships")
        .iter()
        .map(|row| (row["person"].as_u64().unwrap(), row["team"].as_u64().unwrap()))
        .collect();
    assert_eq!(members.len() as u64, truth["departments_as_teams"]["membership_edges"].as_u64().unwrap());
    let led: BTreeSet<u64> = seats
        .rows("memberships")
        .iter()
        .filter(|row| row["role"] == "lead")
        .map(|row| row["team"].as_u64().unwrap())
        .collect();
    let without: BTreeSet<String> = teams
        .iter()
        .filter(|(id, _)| !led.contains(id))
        .map(|(_, team)| team["key"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(without, texts(&truth["departments_as_teams"]["teams_no_lead"]));
}
