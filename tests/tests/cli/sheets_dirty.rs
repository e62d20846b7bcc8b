//! An untidy HR export of 5,000 rows: each questionable cell has a diagnostic at its place.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Instant,
};

use headroom_tests::{
    Desk,
    dirty_export::{ABOVE, GROUPS, HEADERS, ROWS, Told, rows, text},
    sums,
};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;

/// The same as a workbook: merged headers, dates as numbers with a format, amounts as numbers, and a sheet of notes
/// first.
fn workbook(path: &Path, rows: &[Vec<String>]) {
    let mut book = Workbook::new();
    let notes = book.add_worksheet().set_name("Read me").unwrap();
    notes.write(0, 0, "Name of the file").unwrap();
    notes.write(1, 0, "Acme headcount").unwrap();
    let sheet = book.add_worksheet().set_name("Data").unwrap();
    let (plain, day) = (Format::new(), Format::new().set_num_format("yyyy-mm-dd"));
    sheet.write(0, 0, "Headcount of Acme").unwrap();
    sheet.write(1, 0, "as of 1 March 2026").unwrap();
    let mut column = 0;
    for (name, width) in GROUPS {
        sheet.merge_range(2, column, 2, column + width as u16 - 1, name, &plain).unwrap();
        column += width as u16;
    }
    for (at, header) in HEADERS.iter().enumerate() {
        sheet.write(3, at as u16, *header).unwrap();
    }
    for (at, row) in rows.iter().enumerate() {
        let line = (at + ABOVE) as u32;
        for (column, cell) in row.iter().enumerate() {
            let place = column as u16;
            if cell.is_empty() {
                continue;
            }
            let parts: Vec<u16> = cell.split('/').filter_map(|part| part.parse().ok()).collect();
            match (column, parts.as_slice()) {
                (3, [first, month, year]) if *year > 1900 && *month <= 12 => {
                    let moment = ExcelDateTime::from_ymd(*year, *month as u8, *first as u8).unwrap();
                    sheet.write_datetime_with_format(line, place, &moment, &day).unwrap();
                }
                (8 | 9, _) if cell.parse::<f64>().is_ok() => {
                    sheet.write_number(line, place, cell.parse::<f64>().unwrap()).unwrap();
                }
                _ => {
                    sheet.write_string(line, place, cell).unwrap();
                }
            }
        }
    }
    sheet.write((ROWS + ABOVE) as u32, 0, "Total").unwrap();
    sheet.write((ROWS + ABOVE) as u32, 8, 4999).unwrap();
    book.save(path).unwrap();
}

fn problems(report: &Value) -> &[Value] {
    report["problems"].as_array().unwrap()
}

/// The diagnostics of single cells or rows, with their messages.
fn by_place(report: &Value) -> BTreeMap<(u64, u64), Vec<String>> {
    let mut by_place: BTreeMap<(u64, u64), Vec<String>> = BTreeMap::new();
    for problem in problems(report) {
        let place = (problem["line"].as_u64().unwrap(), problem["column"].as_u64().unwrap());
        by_place.entry(place).or_default().push(problem["message"].as_str().unwrap().to_owned());
    }
    by_place
}

fn expect_told(report: &Value, told: &Told, what: &str) {
    let by_place = by_place(report);
    for ((line, column), words) in told {
        // A row that is left out is reported as a whole.
        let column = if words.contains("is already at") { 0 } else { *column };
        let said = by_place.get(&(*line, column)).cloned().unwrap_or_default();
        assert!(
            said.iter().any(|message| message.contains(words)),
            "{what} {line}:{column}: {words}: {said:?}"
        );
    }
    let known = |place: &(u64, u64)| {
        told.contains_key(place)
            || told.iter().any(|((line, _), words)| *line == place.0 && words.contains("is already at"))
    };
    // Rows with an unreadable first day are left out, so that nobody can report to them.
    let reports_to_left_out = |said: &[String]| {
        let keys = said.iter().filter_map(|message| message.strip_prefix("no one is named “"));
        let keys = keys.filter_map(|rest| rest.split('”').next()?.parse::<u64>().ok());
        let lines: Vec<u64> = keys.map(|key| key - 10_000 + ABOVE as u64 + 1).collect();
        lines.len() == said.len() && lines.iter().all(|line| told.contains_key(&(*line, 4)))
    };
    let others: Vec<_> = by_place
        .iter()
        .filter(|(place, said)| {
            place.0 > ABOVE as u64 && place.1 > 0 && !known(place) && !reports_to_left_out(said)
        })
        .collect();
    assert!(others.is_empty(), "{what}: nothing else is doubtful: {others:?}");
}

fn plan_of(desk: &Desk) -> Value {
    let out = desk.folder.path().join("plan.json");
    desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "json"]);
    serde_json::from_str(&std::fs::read_to_string(out).unwrap()).unwrap()
}

fn row<'a>(plan: &'a Value, table: &str, key: &str) -> &'a Value {
    plan[table]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["key"] == key)
        .unwrap_or_else(|| panic!("no {key} in {table}"))
}

fn profile(desk: &Desk, file: &Path) -> PathBuf {
    let path = desk.folder.path().join("ours.json");
    let text = path.to_str().unwrap();
    desk.done(&[
        "import-profiles",
        "--infer",
        file.to_str().unwrap(),
        "--currency",
        "USD",
        "--dates",
        "day-first",
        "--save",
        text,
    ]);
    path
}

#[test]
fn every_questionable_cell_has_a_diagnostic() {
    let desk = Desk::new();
    let (rows, told) = rows();
    let file = desk.file("export.csv", text(&rows));
    let by_words = desk.import(&[&file], &["--dry-run"]);
    let says = |words: &str| {
        problems(&by_words).iter().any(|problem| problem["message"].as_str().unwrap().contains(words))
    };
    assert!(says("columns matched by name") && says("which currency are the amounts in “Salary” in?"));
    let ours = profile(&desk, &file);
    let options = ["--profile", ours.to_str().unwrap()];

    let begun = Instant::now();
    let report = desk.import(&[&file], &[&options[..], &["--dry-run"]].concat());
    eprintln!("a preview of {ROWS} rows took {} ms", begun.elapsed().as_millis());
    assert_eq!(report["applied"], false);
    expect_told(&report, &told, "text");
    let whole = |words: &str| {
        problems(&report).iter().any(|problem| problem["message"].as_str().unwrap().contains(words))
    };
    assert!(whole("3 blank rows were skipped") && whole("looks like a total"), "{}", report["problems"]);

    // One cell with the month first and no answer: the column is ambiguous.
    let open = desk.folder.path().join("open.json");
    desk.done(&[
        "import-profiles",
        "--infer",
        file.to_str().unwrap(),
        "--currency",
        "USD",
        "--save",
        open.to_str().unwrap(),
    ]);
    let asked = desk.import(&[&file], &["--profile", open.to_str().unwrap(), "--dry-run"]);
    let asks = |problem: &Value| {
        problem["message"].as_str().unwrap().contains("does the day or the month come first in “Hire date”?")
    };
    assert!(problems(&asked).iter().any(asks), "{}", asked["problems"]);

    let report = desk.import(&[&file], &options);
    expect_told(&report, &told, "text");
    let plan = plan_of(&desk);
    check_plan(&plan);
    // The century that was asked about.
    let report = desk.import(&[&file], &[&options[..], &["--short-years", "1970"]].concat());
    assert_eq!(sums(&report), (0, 2, 0), "the person and the assignment get their first day");
    let plan = plan_of(&desk);
    assert_eq!(row(&plan, "people", "10406")["from"], "2019-06-05");
    let again = desk.import(&[&file], &[&options[..], &["--short-years", "1970"]].concat());
    assert_eq!(sums(&again), (0, 0, 0));
    desk.done(&["undo", desk.path()]);
    desk.done(&["undo", desk.path()]);
    assert!(plan_of(&desk)["positions"].as_array().unwrap().is_empty());
}

/// The imported values of the questionable cells.
fn check_plan(plan: &Value) {
    let position = |key: &str| row(plan, "positions", key);
    let positions = plan["positions"].as_array().unwrap();
    // Without three blank rows, one repeated ID, and three unreadable first days.
    assert_eq!(positions.len(), ROWS - 7);
    let key_of = |id: &Value| {
        positions.iter().find(|row| row["id"] == *id).map(|row| row["key"].as_str().unwrap().to_owned())
    };
    assert_eq!(key_of(&position("S-12501")["manager"]).as_deref(), Some("S-10300"), "Hopper, Grace");
    for without in ["S-12500", "S-12600", "S-12601", "S-13001", "S-13102", "S-13200"] {
        assert!(position(without)["manager"].is_null(), "{without}");
    }
    assert_eq!(key_of(&position("S-13000")["manager"]).as_deref(), Some("S-13001"));
    for (person, day) in
        [("10400", "2026-03-12"), ("10401", "2026-03-12"), ("10402", "2026-03-12"), ("10001", "2011-02-02")]
    {
        assert_eq!(row(plan, "people", person)["from"], day, "{person}");
    }
    for (key, pay, up_to) in [
        ("S-10500", Some("120000.00 USD"), None),
        ("S-10501", Some("1234.56 EUR"), None),
        ("S-10502", Some("120000.00 USD"), None),
        ("S-10503", Some("85000.00 USD"), Some("95000.00 USD")),
        ("S-10504", Some("90000.00 USD"), None),
        ("S-10505", None, None),
        ("S-10506", None, None),
        ("S-10508", None, None),
    ] {
        assert_eq!(
            (position(key)["pay"].as_str(), position(key)["pay_up_to"].as_str()),
            (pay, up_to),
            "{key}"
        );
    }
    assert_eq!(
        (position("S-10600")["fte"].as_str(), position("S-10601")["fte"].as_str()),
        (Some("0.6"), Some("0.5"))
    );
    assert_eq!(row(plan, "people", "10700")["name"], "Ada Lovelace");
    let titled = |title: &str| positions.iter().find(|row| row["title"] == title).unwrap();
    assert_eq!(
        (titled("Site lead")["status"].as_str(), titled("Fax operator")["status"].as_str()),
        (Some("open"), Some("closed"))
    );
    assert_eq!(plan["assignments"].as_array().unwrap().len(), ROWS - 9);
    let teams = plan["teams"].as_array().unwrap();
    assert_eq!(teams.len(), 120, "departments and the teams in them");
}

#[test]
fn workbook_imports_like_csv() {
    let desk = Desk::new();
    let (rows, mut told) = rows();
    let file = desk.folder.path().join("export.xlsx");
    workbook(&file, &rows);
    let ours = profile(&desk, &file);
    let options = ["--profile", ours.to_str().unwrap()];
    let begun = Instant::now();
    let report = desk.import(&[&file], &options);
    eprintln!("{ROWS} rows of a workbook came in within {} ms", begun.elapsed().as_millis());
    // Numbers do not reveal the decimal mark of a column, nor dates an order of day and month.
    told.remove(&((501 + ABOVE + 1) as u64, 9));
    expect_told_but_order(&report, &told);
    let plan = plan_of(&desk);
    assert_eq!(plan["positions"].as_array().unwrap().len(), ROWS - 6);
    let position = |key: &str| row(&plan, "positions", key);
    assert_eq!(position("S-10002")["pay"], "42000.00 USD");
    assert_eq!(position("S-10501")["pay"], "1234.56 EUR");
    assert_eq!(row(&plan, "people", "10001")["from"], "2011-02-02");
    assert_eq!(sums(&desk.import(&[&file], &options)), (0, 0, 0));
}

/// As `expect_told` for real dates, where the order of day and month is not asked.
fn expect_told_but_order(report: &Value, told: &Told) {
    let told: Told = told
        .iter()
        .filter(|(_, words)| !words.contains("month first") && !words.contains("decimal separator"))
        .map(|(place, words)| (*place, *words))
        .collect();
    let by_place = by_place(report);
    for ((line, column), words) in told {
        let column = if words.contains("is already at") { 0 } else { column };
        let said = by_place.get(&(line, column)).cloned().unwrap_or_default();
        assert!(said.iter().any(|message| message.contains(words)), "{line}:{column}: {words}: {said:?}");
    }
}

#[test]
fn ambiguous_columns_are_asked_about() {
    let desk = Desk::new();
    let file = desk.file(
        "people.tsv",
        "Work email\tFirst name\tLast name\tHired on\tBase\n\
         ada@x.example\tAda\tLovelace\t03/04/2026\t$100k\n\
         bob@x.example\tBob\tRay\t05/06/2026\t$90k\n",
    );
    let profile = desk.file(
        "p.json",
        r#"{"title": "Small", "tables": [{"columns": {"Work email": "email", "First name": "first_name",
            "Last name": "last_name", "Hired on": "start", "Base": "pay"}}]}"#,
    );
    let profile = profile.to_str().unwrap();
    let report = desk.import(&[&file], &["--profile", profile]);
    let said: Vec<&str> =
        problems(&report).iter().map(|problem| problem["message"].as_str().unwrap()).collect();
    assert!(
        said.iter().any(|said| said.contains(
            "does the day or the month come first in “Hired on”? (03/04/2026, 05/06/2026); 2 cells"
        )),
        "{said:?}"
    );
    assert!(
        said.iter()
            .any(|said| said.contains("which currency are the amounts in “Base” in? ($100k, $90k); 2 cells")),
        "{said:?}"
    );
    let from = |desk: &Desk| row(&plan_of(desk), "people", "ada@x.example")["from"].clone();
    assert!(from(&desk).is_null());
    desk.import(&[&file], &["--profile", profile, "--dates", "day-first", "--currency", "CAD"]);
    assert_eq!(from(&desk), "2026-04-03");
    desk.import(&[&file], &["--profile", profile, "--dates", "month-first", "--currency", "CAD"]);
    assert_eq!(from(&desk), "2026-03-04");
    assert_eq!(row(&plan_of(&desk), "positions", "S-ada@x.example")["pay"], "100000.00 CAD");
}

#[test]
fn full_sync_ends_and_restores_people() {
    let desk = Desk::new();
    let header = "employeeNumber,displayName,jobTitle,department,hireDate,supervisor,payRate\n";
    let both = format!(
        "{header}1,Ada,CTO,Platform,2020-01-01,,\n2,Bob,Engineer,Platform,2021-01-01,Ada,EUR 60000\n"
    );
    let file = desk.file("all.csv", &both);
    let report = desk.import(&[&file], &[]);
    assert!(
        problems(&report).iter().any(|problem| problem["message"].as_str().unwrap().contains("BambooHR"))
    );
    assert_eq!(sums(&report), (9, 0, 0), "1 team, 2 people, 2 memberships, 2 positions, 2 assignments");
    desk.file("all.csv", format!("{header}1,Ada,CEO,Platform,2020-01-01,,\n"));
    let report = desk.import(&[&file], &["--full-sync"]);
    assert_eq!(sums(&report), (0, 2, 4), "{report}");
    desk.file("all.csv", &both);
    desk.import(&[&file], &["--full-sync"]);
    let plan = plan_of(&desk);
    assert!(row(&plan, "positions", "S-2")["until"].is_null());
    assert_eq!(row(&plan, "positions", "S-2")["manager"], row(&plan, "positions", "S-1")["id"]);
}

#[test]
fn people_are_identified_by_email() {
    let desk = Desk::new();
    desk.file("csv/people.csv", "id,name,email\nada,Ada Lovelace,Ada@x.example\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    let file = desk.file(
        "all.csv",
        "employeeNumber,workEmail,displayName,jobTitle,department,hireDate,supervisor\n7,ada@x.example,Ada Lovelace,CTO,Platform,2020-01-01,\n",
    );
    desk.import(&[&file], &[]);
    let plan = plan_of(&desk);
    assert_eq!(plan["people"].as_array().unwrap().len(), 1);
    assert_eq!(row(&plan, "people", "ada")["aliases"][0], "7");
    assert_eq!(plan["assignments"][0]["person"], row(&plan, "people", "ada")["id"]);
    assert_eq!(sums(&desk.import(&[&file], &[])), (0, 0, 0));
}

#[test]
fn positions_may_report_to_vacant_ones() {
    let desk = Desk::new();
    let file = desk.file(
        "seats.csv",
        "Position ID,Worker ID,Business Title,Worker,Manager Position ID,Position Status,Availability Date\n\
         P-1,,VP Engineering,,,Open,2027-01-04\n\
         P-2,7,Engineer,Ada,P-1,Filled,\n\
         P-3,,Engineer,,P-2,On hold,\n",
    );
    let report = desk.import(&[&file], &[]);
    assert!(problems(&report).iter().all(|problem| problem["level"] == "note"), "{}", report["problems"]);
    let plan = plan_of(&desk);
    let position = |key: &str| row(&plan, "positions", key);
    assert_eq!(position("P-2")["manager"], position("P-1")["id"]);
    assert_eq!(
        (position("P-1")["status"].as_str(), position("P-1")["need_by"].as_str()),
        (Some("open"), Some("2027-01-04"))
    );
    assert_eq!(position("P-3")["status"], "frozen");
    assert_eq!(plan["assignments"].as_array().unwrap().len(), 1);
}

#[test]
fn never_panics_on_arbitrary_bytes() {
    let desk = Desk::new();
    for (at, bytes) in [
        b"".as_slice(),
        b"\0\0\0\0",
        b"\xFF\xFE\x00",
        b"PK\x03\x04 no archive",
        b"\"open quote, and nothing after",
        b",,,,\n,,,\n;;;\n",
        b"Name;Name;Name\n\xE9;\x80;\x81\n",
    ]
    .into_iter()
    .enumerate()
    {
        for end in ["csv", "tsv", "xlsx", "xls", "ods"] {
            let file = desk.file(&format!("wrong{at}.{end}"), bytes);
            let output = desk.run(&["import", desk.path(), file.to_str().unwrap(), "--profile", "bamboohr"]);
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(
                !errors.contains("panicked") && matches!(output.status.code(), Some(0..=2)),
                "{at} {end}: {errors}"
            );
        }
    }
}
