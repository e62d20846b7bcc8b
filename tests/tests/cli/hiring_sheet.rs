//! The exported workbook, calculated by LibreOffice, against the core.

use std::{fs, path::Path};

use calamine::{Data, Reader, Xlsx, open_workbook};
use chrono::{Months, NaiveDate};
use headroom_analysis::cost::{Costs, MonthTable};
use headroom_hiring_export::{CapacityTable, hiring_book};
use headroom_model::{Budget, Draft, Plan, Position, Team};
use headroom_tabular::xlsx::write_xlsx;
use headroom_tests::{Desk, hiring_plan, office};

/// The index of the sheet Teams, and the columns before its first month.
const TEAMS: usize = 2;
const BEFORE: usize = 4;

fn cents(text: &str) -> i64 {
    if text.is_empty() {
        0
    } else {
        (text.parse::<f64>().unwrap_or_else(|_| panic!("“{text}”")) * 100.0).round() as i64
    }
}

/// Compares cost, headcount, capacity and budget of every team and month; gives the number of cells compared.
fn compare(plan: &Plan, csv: &str, from: NaiveDate, until: NaiveDate) -> usize {
    let table = MonthTable::new(plan, &Costs::new(plan, from, until));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).skip(3).collect();
    let height = table.teams.len() + 1;
    let capacities = CapacityTable::new(plan, &table);
    let of_teams: Vec<_> = table.teams.iter().map(|team| capacities.own(team.team)).collect();
    let of_all = capacities.of_all();
    let mut compared = 0;
    for (at, row) in rows.iter().enumerate() {
        let (block, team) = (at / height, table.teams.get(at % height));
        for month in 0..table.months.len() {
            let shown = cents(row.get(BEFORE + month).unwrap());
            let (whole, budget, budgeted) = team
                .map_or((&table.whole, &table.budget, &table.budgeted), |team| {
                    (&team.whole, &team.budget, &team.budgeted)
                });
            let own = team.map_or(&table.whole, |team| &team.own);
            let expected = match block {
                0 => whole[month].cost,
                1 if team.is_some() => own[month].cost,
                2 => own[month].heads.millionths() / 10_000,
                4 if team.is_some() => cents(&of_teams[at % height][month].capacity().to_string()),
                // A month without a budget is empty, not 0.
                5 | 6 if budget[month].is_none() => {
                    assert_eq!(row.get(BEFORE + month), Some(""), "{row:?}");
                    continue;
                }
                5 => budget[month].unwrap_or(0),
                6 => budget[month].unwrap_or(0) - budgeted[month].cost,
                // Rounded per position there, as a sum here.
                3 => {
                    assert!((shown * 10_000 - own[month].fte.millionths()).abs() < 10_000);
                    continue;
                }
                // The sum of rounded values.
                4 => {
                    let whole = cents(&of_all[month].capacity().to_string());
                    assert!((shown - whole).abs() <= table.teams.len() as i64, "{shown} is not {whole}");
                    continue;
                }
                _ => continue,
            };
            let place = (&row[1], &row[2], table.months[month]);
            assert_eq!(shown, expected, "{place:?}");
            compared += 1;
        }
    }
    compared
}

fn reckoned(plan: &Plan, months: u32, folder: &Path) -> usize {
    let from = hiring_plan::first_day();
    let until = from.checked_add_months(Months::new(months)).unwrap().pred_opt().unwrap();
    let file = folder.join("plan.xlsx");
    write_xlsx(&hiring_book(plan, "Acme", from, until), &file).unwrap();
    compare(plan, &office::reckoned(&file, TEAMS, folder), from, until)
}

#[test]
fn large_workbook_matches_the_core_to_the_cent() {
    if !office::is_there() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    // Cost, its parts, headcount and capacity of 24 teams, of positions without a team, and of the organisation;
    // budget and remainder in months with one, of the team or of one below it.
    let compared = reckoned(&hiring_plan::large(2_000, 7), 36, folder.path());
    assert_eq!(compared, 36 * (26 + 25 + 26 + 25) + 2 * 254);
}

/// Position and stored result of every formula of a workbook.
fn results(file: &Path) -> Vec<(String, (u32, u32), Option<f64>)> {
    let mut book: Xlsx<_> = open_workbook(file).unwrap();
    let mut found = Vec::new();
    for sheet in book.sheet_names() {
        let (formulas, values) =
            (book.worksheet_formula(&sheet).unwrap(), book.worksheet_range(&sheet).unwrap());
        let (top, left) = formulas.start().unwrap_or_default();
        for (row, column, _) in formulas.used_cells() {
            let at = (top + row as u32, left + column as u32);
            let value = match values.get_value(at) {
                Some(Data::Float(number)) => Some(*number),
                Some(Data::DateTime(day)) => Some(day.as_f64()),
                Some(Data::Int(number)) => Some(*number as f64),
                Some(Data::Empty) | None => None,
                Some(Data::String(text)) if text.is_empty() => None,
                other => panic!("{sheet} {at:?}: {other:?}"),
            };
            found.push((sheet.clone(), at, value));
        }
    }
    found
}

/// Readers that do not calculate see the same results as LibreOffice.
#[test]
fn formulas_have_stored_results() {
    if !office::is_there() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.xlsx");
    let from = hiring_plan::first_day();
    let until = from.checked_add_months(Months::new(14)).unwrap().pred_opt().unwrap();
    write_xlsx(&hiring_book(&hiring_plan::large(60, 7), "Acme", from, until), &file).unwrap();
    let (stored, reckoned) = (results(&file), results(&office::kept(&file, folder.path())));
    assert!(stored.len() > 5_000 && stored.len() == reckoned.len(), "{} {}", stored.len(), reckoned.len());
    for (ours, theirs) in stored.iter().zip(&reckoned) {
        assert_eq!((&ours.0, ours.1), (&theirs.0, theirs.1));
        let is_same = match (ours.2, theirs.2) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-6,
            (a, b) => a == b,
        };
        assert!(is_same, "{ours:?} {theirs:?}");
    }
    let numbers = stored.iter().filter(|(.., value)| value.is_some()).count();
    assert!(numbers * 10 > stored.len() * 9, "{numbers} of {}", stored.len());
}

/// Budgets of some months: of a team, and of its sub-team, which count for the team in other months than its own.
#[test]
fn months_without_a_budget_are_empty() {
    if !office::is_there() {
        return;
    }
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    let mut teams = Vec::new();
    for (key, parent) in [("top", None), ("low", Some(0)), ("other", None)] {
        let id = draft.new_id::<Team>();
        let parent = parent.map(|at: usize| teams[at]);
        draft.put(Team { id, key: key.into(), name: key.into(), parent, ..Team::default() });
        teams.push(id);
        let position = draft.new_id::<Position>();
        let (key, pay) = (format!("P-{key}"), "60000 EUR".parse().ok());
        let start = "2026-01-01".parse().ok();
        draft.put(Position { id: position, key, pay, start, team: Some(id), ..Position::default() });
    }
    for (team, from, until) in
        [(1, "2027-02-10", "2027-03-31"), (1, "2027-06-01", "2027-06-30"), (0, "2027-03-01", "2027-04-30")]
    {
        let id = draft.new_id::<Budget>();
        let (amount, team) = ("20000 EUR".parse().ok(), Some(teams[team]));
        let (from, until) = (from.parse().ok(), until.parse().ok());
        draft.put(Budget { id, amount, team, from, until, ..Budget::default() });
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    let folder = tempfile::tempdir().unwrap();
    // Budget and remainder of three months for the sub-team, of four for its team and the organisation.
    let others = 6 * (5 + 4 + 5 + 4);
    assert_eq!(reckoned(&plan, 6, folder.path()), others + 2 * (3 + 4 + 4));
}

#[test]
fn empty_plan_gives_a_workbook_without_errors() {
    if !office::is_there() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    assert!(reckoned(&hiring_plan::large(0, 7), 5, folder.path()) > 0);
}

/// Capacity is the same in the table and in JSON.
#[test]
fn capacity_is_in_the_table_of_months() {
    let desk = Desk::new();
    fs::remove_file(&desk.plan).unwrap();
    desk.done(&["new", "--sample", desk.path()]);
    let file = desk.folder.path().join("months.csv");
    let range = ["--from", "2027-01-01", "--to", "2027-06-30"];
    let mut wanted = vec!["budget", desk.path(), "--format", "csv", "-o", file.to_str().unwrap()];
    wanted.extend(range);
    desk.done(&wanted);
    let report = desk.json(&[&["budget", desk.path(), "--json"][..], &range].concat());
    let mut compared = 0;
    for row in csv::Reader::from_path(&file).unwrap().deserialize() {
        let row: std::collections::BTreeMap<String, String> = row.unwrap();
        let months = if row["name"] == "Organisation" {
            &report["organisation"]
        } else {
            let key = &row["team"];
            let teams = report["teams"].as_array().unwrap();
            &teams.iter().find(|team| team["team"].as_str().unwrap_or_default() == key).unwrap()["months"]
        };
        let month = months.as_array().unwrap().iter().find(|month| month["month"] == row["month"]).unwrap();
        let whole = cents(&row["capacity with teams below"]);
        assert_eq!(whole, cents(&month["capacity"].to_string()), "{row:?}");
        assert!(cents(&row["capacity"]) <= whole + 1, "{row:?}");
        compared += 1;
    }
    assert!(compared > 30, "{compared}");
}

/// By the command line, on the sample.
#[test]
fn sample_workbook_matches_the_core_to_the_cent() {
    if !office::is_there() {
        return;
    }
    let desk = Desk::new();
    fs::remove_file(&desk.plan).unwrap();
    desk.done(&["new", "--sample", desk.path()]);
    let file = desk.folder.path().join("plan.xlsx");
    let (from, until) = ("2027-01-01", "2028-12-31");
    let out = file.to_str().unwrap();
    desk.done(&["budget", desk.path(), "--from", from, "--to", until, "--format", "xlsx", "-o", out]);
    let store = headroom_store::Store::open(&desk.plan, headroom_tests::now()).unwrap();
    let csv = office::reckoned(&file, TEAMS, desk.folder.path());
    assert!(compare(store.plan(), &csv, from.parse().unwrap(), until.parse().unwrap()) > 0);
}
