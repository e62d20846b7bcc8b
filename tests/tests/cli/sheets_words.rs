//! Tables without a profile, folders of tables, people with several rows, and hidden parts of workbooks.

use std::path::Path;

use headroom_tests::{Desk, sums};
use rust_xlsxwriter::Workbook;
use serde_json::Value;

const HEADER: &str = "Badge id,Name,Official email,Designation,Sub Unit,Reports to,Joined Date,Relieving date,Basic salary,Currency\n";

fn plan_of(desk: &Desk) -> Value {
    let out = desk.folder.path().join("plan.json");
    desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "json"]);
    serde_json::from_str(&std::fs::read_to_string(out).unwrap()).unwrap()
}

fn row<'a>(plan: &'a Value, table: &str, key: &str) -> &'a Value {
    let rows = plan[table].as_array().unwrap();
    rows.iter().find(|row| row["key"] == key).unwrap_or_else(|| panic!("no {key} in {table}"))
}

fn says(report: &Value, words: &str) -> bool {
    let mut problems = report["problems"].as_array().unwrap().iter();
    problems.any(|problem| problem["message"].as_str().unwrap().contains(words))
}

#[test]
fn unknown_tables_are_read_by_their_headers() {
    let desk = Desk::new();
    let file = desk.file(
        "staff.csv",
        format!(
            "{HEADER}7,Ada Okafor,ada@x.example,CTO,Eng,,2015-03-02,,180000,EUR\n\
             8,Bo Lind (8),bo@x.example,Engineer,Eng,Ada Okafor (7),2021-06-01,,90000,EUR\n"
        ),
    );
    let report = desk.import(&[&file], &[]);
    assert!(says(&report, "columns matched by name"), "{report}");
    let plan = plan_of(&desk);
    assert_eq!(row(&plan, "people", "8")["name"], "Bo Lind");
    assert_eq!(row(&plan, "people", "8")["email"], "bo@x.example");
    assert_eq!(row(&plan, "positions", "S-8")["pay"], "90000.00 EUR");
    assert_eq!(row(&plan, "positions", "S-8")["manager"], row(&plan, "positions", "S-7")["id"]);
    assert_eq!(sums(&desk.import(&[&file], &[])), (0, 0, 0));

    // The same words make a profile, under both names of the command.
    let (old, new) = (["profiles", "--guess"], ["import-profiles", "--infer"]);
    let [old, new] = [old, new].map(|words| desk.done(&[&words[..], &[file.to_str().unwrap()]].concat()));
    assert_eq!(old, new);
    let profile: Value = serde_json::from_str(&new).unwrap();
    assert_eq!(profile["tables"][0]["columns"]["Official email"], "email");
    assert_eq!(profile["tables"][0]["columns"]["Relieving date"], "end");
}

#[test]
fn ambiguities_are_asked_and_answered_by_options() {
    let desk = Desk::new();
    let file = desk.file(
        "staff.csv",
        "Badge id,Name,Designation,Joined Date,Basic salary,Hours per week\n7,Ada,CTO,05/06/2021,90000,40\n8,Bo,Dev,03/04/2021,50000,20\n",
    );
    let report = desk.import(&[&file], &["--dry-run"]);
    for words in [
        "does the day or the month come first in",
        "which currency are the amounts",
        "how many hours per week are full time",
    ] {
        assert!(says(&report, words), "{words}: {report}");
    }
    let answers = ["--dates", "day-first", "--currency", "INR", "--full-time-hours", "40"];
    let report = desk.import(&[&file], &answers);
    assert!(
        says(&report, "columns matched by name") && !says(&report, "skipped until you choose"),
        "{report}"
    );
    let plan = plan_of(&desk);
    assert_eq!(row(&plan, "people", "7")["from"], "2021-06-05");
    assert_eq!(row(&plan, "positions", "S-8")["pay"], "50000.00 INR");
    assert_eq!(row(&plan, "positions", "S-8")["fte"], "0.5");
}

#[test]
fn folder_of_tables_imports_like_its_files() {
    let desk = Desk::new();
    desk.file(
        "hr/staff.csv",
        format!("{HEADER}7,Ada Okafor,ada@x.example,CTO,Eng,,2015-03-02,,180000,EUR\n"),
    );
    desk.file(
        "hr/berlin.csv",
        "employeeNumber,displayName,jobTitle,department,hireDate,supervisor\n9,Cy Marsh,Dev,Eng,2020-01-06,Ada Okafor\n",
    );
    desk.file("hr/units.csv", "Unit,Floor\nEng,3\n");
    desk.file("hr/page.csv", "<html><table></table></html>");
    desk.file("hr/read-me.txt", "Exports of September");
    let folder = desk.folder.path().join("hr");
    let report = desk.import(&[&folder], &[]);
    assert!(says(&report, "recognised as BambooHR by its headers"), "{report}");
    assert!(says(&report, "columns matched by name"), "{report}");
    assert!(says(&report, "don’t show the person, job and start date"), "{report}");
    assert!(says(&report, "is actually a web page"), "{report}");
    let plan = plan_of(&desk);
    assert_eq!(plan["people"].as_array().unwrap().len(), 2);
    assert_eq!(row(&plan, "positions", "S-9")["manager"], row(&plan, "positions", "S-7")["id"]);
    assert_eq!(sums(&desk.import(&[&folder], &[])), (0, 0, 0));
}

/// Ada, and Bo who left at the end of 2019.
fn with_departure() -> String {
    format!(
        "{HEADER}7,Ada Okafor,ada@x.example,CTO,Eng,,2015-03-02,,180000,EUR\n\
         8,Bo Lind,bo@x.example,Junior,Eng,7,2017-01-09,2019-12-31,60000,EUR\n"
    )
}

#[test]
fn former_employees_end_with_their_position_and_may_return() {
    let desk = Desk::new();
    let file = desk.file("staff.csv", with_departure());
    desk.import(&[&file], &[]);
    let plan = plan_of(&desk);
    assert_eq!(row(&plan, "people", "8")["until"], "2019-12-31");
    assert_eq!(row(&plan, "positions", "S-8")["until"], "2019-12-31");
    assert_eq!(sums(&desk.import(&[&file], &[])), (0, 0, 0));
    let findings = desk.done(&["findings", desk.path(), "--format", "json"]);
    assert!(!findings.contains("S-8"), "{findings}");

    let back = "8,Bo Lind,bo@x.example,Engineer,Eng,7,2021-06-01,,90000,EUR\n";
    desk.file("staff.csv", with_departure() + back);
    desk.import(&[&file], &[]);
    let plan = plan_of(&desk);
    assert!(row(&plan, "people", "8")["until"].is_null());
    assert_eq!(row(&plan, "people", "8")["from"], "2017-01-09");
    assert!(row(&plan, "positions", "S-8")["until"].is_null());
    assert_eq!(row(&plan, "positions", "S-8 (2017-01-09)")["until"], "2019-12-31");
    assert_eq!(sums(&desk.import(&[&file], &[])), (0, 0, 0));

    // A table of current employees says nothing of former ones.
    let present = with_departure().lines().take(2).collect::<Vec<_>>().join("\n") + "\n" + back;
    desk.file("staff.csv", present);
    desk.import(&[&file], &[]);
    let plan = plan_of(&desk);
    assert_eq!(row(&plan, "positions", "S-8 (2017-01-09)")["until"], "2019-12-31");
    assert_eq!(plan["assignments"].as_array().unwrap().len(), 3);
    let ended = plan["memberships"].as_array().unwrap().iter().filter(|row| row["until"] == "2019-12-31");
    assert_eq!(ended.count(), 1, "{}", plan["memberships"]);
}

#[test]
fn departures_between_imports_need_a_backfill_decision() {
    let desk = Desk::new();
    let file = desk.file("staff.csv", with_departure().replace("2019-12-31", ""));
    desk.import(&[&file], &[]);
    desk.file("staff.csv", with_departure());
    desk.import(&[&file], &[]);
    let plan = plan_of(&desk);
    assert_eq!(row(&plan, "people", "8")["until"], "2019-12-31");
    assert!(row(&plan, "positions", "S-8")["until"].is_null(), "the plan had it living");
}

/// A workbook of four people, with row 3 and the column of salaries hidden.
fn hiding(path: &Path) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let headers = ["Badge id", "Name", "Designation", "Joined Date", "Basic salary", "Currency"];
    for (at, header) in headers.iter().enumerate() {
        sheet.write(0, at as u16, *header).unwrap();
    }
    for line in 1..5_u32 {
        sheet.write(line, 0, line).unwrap();
        sheet.write(line, 1, format!("Ann {}", ["Ay", "Bee", "Cy", "Dee"][line as usize - 1])).unwrap();
        sheet.write(line, 2, "Dev").unwrap();
        sheet.write(line, 3, "2021-06-01").unwrap();
        sheet.write(line, 4, 90_000).unwrap();
        sheet.write(line, 5, "EUR").unwrap();
    }
    sheet.set_row_hidden(2).unwrap();
    sheet.set_column_hidden(4).unwrap();
    book.save(path).unwrap();
}

#[test]
fn hidden_rows_and_columns_are_asked_about() {
    let desk = Desk::new();
    let file = desk.folder.path().join("staff.xlsx");
    hiding(&file);
    let report = desk.import(&[&file], &[]);
    let words = "row 3 is hidden and column E (“Basic salary”) is hidden; import them? (2, Basic salary); skipped until you choose";
    assert!(says(&report, words), "{report}");
    let plan = plan_of(&desk);
    assert_eq!(plan["people"].as_array().unwrap().len(), 3);
    assert!(row(&plan, "positions", "S-1")["pay"].is_null());
    let report = desk.import(&[&file], &["--hidden", "skip"]);
    assert!(says(&report, "skipped, as you chose") && sums(&report) == (0, 0, 0), "{report}");
    let report = desk.import(&[&file], &["--hidden", "include"]);
    assert!(says(&report, "imported, as you chose"), "{report}");
    let plan = plan_of(&desk);
    assert_eq!(plan["people"].as_array().unwrap().len(), 4);
    assert_eq!(row(&plan, "positions", "S-2")["pay"], "90000.00 EUR");
}

#[test]
fn html_in_place_of_a_table_is_refused_with_advice() {
    let desk = Desk::new();
    for name in ["staff.xls", "staff.csv", "staff.xlsx"] {
        let file = desk.file(name, "<html><body><table><tr><th>Name</th></tr></table></body></html>");
        let told = desk.refused(&["import", desk.path(), file.to_str().unwrap()]);
        assert!(
            told.contains(
                "file is actually a web page: open it in a spreadsheet program and save it as XLSX"
            ),
            "{told}"
        );
    }
}
