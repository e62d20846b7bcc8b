//! Tables with cells that are ambiguous, wrong or missing: what is read from each, and what is reported.

use headroom_files::records::{ManagerRef, Stated};

use super::*;

/// What a table with unknown headers becomes: a line per position, and what is reported.
fn made(text: &str) -> (Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("staff.csv");
    std::fs::write(&file, text).unwrap();
    let profile = guessed(std::slice::from_ref(&file)).unwrap();
    read_with(&file, profile)
}

fn read_with(file: &std::path::Path, profile: Profile) -> (Vec<String>, Vec<String>) {
    let options = TableOptions { profile: Some(profile), ..TableOptions::default() };
    let records = read(&[file.to_owned()], &options).unwrap();
    let position = |row: &headroom_files::records::PositionRecord| {
        let person = records.assignments.iter().find(|own| own.position == row.key).map(|own| &own.person);
        let person = person.and_then(|key| records.people.iter().find(|own| own.key == *key));
        let name = person.and_then(|own| own.name.clone()).unwrap_or_else(|| "nobody".to_owned());
        let manager = match &row.manager {
            Some(Some(ManagerRef::Position(key) | ManagerRef::Person(key))) => format!(" under {key}"),
            _ => String::new(),
        };
        let pay = row.pay.flatten().map(|pay| format!(", {pay}")).unwrap_or_default();
        let fte = row.fte.map(|fte| format!(", {fte}")).unwrap_or_default();
        format!("{name} in {}{manager}{pay}{fte}", row.key)
    };
    let seats = records.positions.iter().map(position).collect();
    let told = records.problems.iter().map(|problem| {
        format!(
            "{} {}:{} {}",
            level(problem.level),
            problem.place.line,
            problem.place.column,
            problem.message
        )
    });
    (seats, told.collect())
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Note => "note",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

/// Expects these positions; one report per pair has the first text at its start and the second further on.
#[track_caller]
fn expect(text: &str, seats: &[&str], told: &[(&str, &str)]) {
    let (made, said) = made(text);
    assert_eq!(made, seats, "{said:#?}");
    for (place, words) in told {
        let is_it = |line: &&String| line.starts_with(place) && line.contains(words);
        assert!(said.iter().any(|line| is_it(&line)), "{place} … {words}: {said:#?}");
    }
}

#[test]
fn similar_columns_are_kept_apart() {
    expect(
        "Employee ID,Name,Salary (EUR),Salary (previous year),Manager (line),Manager (HR)\n\
         1,Ada,,90000,,2\n2,Bob,80000,70000,1,1\n",
        &["Ada in S-1", "Bob in S-2 under S-1, 80000.00 EUR"],
        &[("note 1:0", "“Salary (previous year)”, “Manager (HR)”")],
    );
    expect(
        "Employee ID,Name,Salary,Currency,Salary\n1,Ada,90000,EUR,7\n2,Bob,,EUR,7\n",
        &["Ada in S-1, 90000.00 EUR", "Bob in S-2"],
        &[("note 1:0", "“Salary (2)”")],
    );
}

#[test]
fn reports_columns_missing_from_a_changed_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("staff.csv");
    std::fs::write(&file, "Employee ID,Name,Manager\n1,Ada,\n").unwrap();
    let profile = guessed(std::slice::from_ref(&file)).unwrap();
    std::fs::write(&file, "Emp. number,Name,Boss\n1,Ada,\n").unwrap();
    let (_, told) = read_with(&file, profile.clone());
    assert!(
        told.iter()
            .any(|line| line
                == "error 1:0 columns expected by the profile are missing: “Employee ID”, “Manager”"),
        "{told:#?}"
    );
    std::fs::write(&file, "Employee ID,Name,Manager\n").unwrap();
    let (_, told) = read_with(&file, profile);
    assert_eq!(told, ["error 1:0 table has headers but no rows; nothing imported"]);
}

#[test]
fn totals_and_remarks_are_not_people() {
    expect(
        "Employee ID,Name,Job title,Department,FTE\n1,Ada,Dev,Eng,1\nSubtotal,,,,1\n2,Bob,Dev,Ops,1\nTotal,2,,,\n\
         \"Source: HR, confidential\",,,,\n",
        &["Ada in S-1, 1", "Bob in S-2, 1"],
        &[
            ("note 3:0", "looks like a total"),
            ("note 5:0", "looks like a total"),
            ("warning 6:0", "row contains only “Source: HR, confidential”"),
        ],
    );
}

#[test]
fn words_for_no_value_may_be_names() {
    expect(
        "Employee ID,First name,Last name,Department\n1,Na,Li,NA\n2,Christopher,Null,Eng\n3,-,Cher,n/a\n4,,,Eng\n",
        &["Na Li in S-1", "Christopher Null in S-2", "Cher in S-3", "4 in S-4"],
        &[
            ("note 2:4", "“NA” in “Department”: often means “no value”"),
            ("warning 5:2", "not a name, but the row has a person’s ID"),
        ],
    );
}

#[test]
fn words_for_vacant_are_not_people() {
    expect(
        "Employee ID,Position ID,Name,Status of seat\n,A,Currently vacant,\n,B,To be recruited,\n,C,Post eliminated,\n\
         Vacant,D,,\n1,E,Ada Open,\n",
        &["nobody in A", "nobody in B", "nobody in C", "nobody in D", "Ada Open in E"],
        &[
            ("note 2:3", "probably not a name; read as a vacant position"),
            ("note 4:3", "read as a closed position"),
            ("note 5:1", "probably not an ID"),
        ],
    );
}

#[test]
fn manager_ids_are_case_sensitive() {
    expect(
        "Employee ID,Name,Work email,Manager\nab1,Ada,a@x.org,\nAB1,Abe,a@x.org,ab1\nx2,Bob,,AB1\nx3,Cy,,A@X.org\n",
        &["Ada in S-ab1", "Abe in S-AB1 under S-ab1", "Bob in S-x2 under S-AB1", "Cy in S-x3"],
        &[
            ("warning 3:3", "also the email of “ab1” at line 2"),
            ("error 5:4", "ambiguous email, 2 matches: “ab1” (line 2) and “AB1” (line 3)"),
        ],
    );
    expect(
        "Employee ID,Name,Manager name,Manager ID\n1,Ada,,\n2,Bob,Ada,1\n3,Cy,Ada,2\n",
        &["Ada in S-1", "Bob in S-2 under S-1", "Cy in S-3 under S-2"],
        &[("warning 4:3", "differs from the manager in “Manager’s employee ID”")],
    );
}

#[test]
fn reports_ids_that_differ_in_case() {
    expect(
        "Position ID,Name,Reports to position\nCO1,Ada,\nco2,Bob,co1\n",
        &["Ada in CO1", "Bob in co2"],
        &[("warning 3:3", "no position “co1”, only “CO1”; ignored")],
    );
    expect(
        "Employee ID,Name,Manager ID\nAb1,Ada,\nAb2,Bob,AB1\n",
        &["Ada in S-Ab1", "Bob in S-Ab2 under S-Ab1"],
        &[("note 3:3", "no ID “AB1”, only “Ab1”; read as Ab1")],
    );
}

#[test]
fn pay_is_annual_in_an_undisputed_currency() {
    expect(
        "Employee ID,Name,Salary (k€)\n1,Ada,85\n2,Bob,0.5\n",
        &["Ada in S-1, 85000.00 EUR", "Bob in S-2, 500.00 EUR"],
        &[("note 1:3", "read in thousands"), ("warning 3:3", "unusually low for annual pay")],
    );
    expect(
        "Employee ID,Name,Monthly salary,Currency\n1,Ada,60000 p.a.,EUR\n2,Bob,5000,EUR\n3,Cy,30 per hour,EUR\n",
        &["Ada in S-1, 60000.00 EUR", "Bob in S-2, 60000.00 EUR", "Cy in S-3"],
        &[("note 2:3", "pay per year, unlike the rest of the column"), ("error 4:3", "pay per hour or day")],
    );
    expect(
        "Employee ID,Name,Salary (USD),Currency\n1,Ada,90000,EUR\n2,Bob,90000,USD\n",
        &["Ada in S-1", "Bob in S-2, 90000.00 USD"],
        &[("error 2:3", "the header says USD, but the row says EUR")],
    );
}

#[test]
fn leaver_without_end_date_is_left_out() {
    expect(
        "Employee ID,Name,End date,Position status\n1,Ada,,Terminated\n2,Bob,2026-01-31,Terminated\n3,Cy,,Open\n",
        &["Bob in S-2", "Cy in S-3"],
        &[
            ("warning 2:4", "person has left but has no end date; row skipped"),
            ("warning 4:4", "someone is in the position"),
        ],
    );
}

#[test]
fn share_above_full_time_is_a_percentage_or_refused() {
    expect(
        "Employee ID,Name,Pensum\n1,Ada,80\n2,Bob,0.6\n3,Cy,150\n4,Di,2\n",
        &["Ada in S-1, 0.8", "Bob in S-2, 0.6"],
        &[
            ("warning 2:3", "more than 1 FTE; read as 80%"),
            ("error 4:3", "more than 1 FTE; row skipped"),
            ("error 5:3", "more than 1 FTE; row skipped"),
        ],
    );
}

#[test]
fn unreadable_date_skips_the_row() {
    for (column, days) in
        [(2, "31.06.2023,"), (2, "2020-13-01,"), (3, "2020-01-01,00/00/0000"), (3, "2020-01-01,soon")]
    {
        let table = format!(
            "Employee ID,Name,Hire date,Last day\n1,Ada,2015-01-05,\n2,Bob,{days}\n3,Cy,2016-01-04,\n"
        );
        let place = format!("error 3:{}", column + 1);
        expect(&table, &["Ada in S-1", "Cy in S-3"], &[(&place, "; row skipped")]);
    }
}

#[test]
fn unreadable_share_is_never_full_time() {
    let table = |share: &str| format!("Employee ID,Name,FTE\n1,Ada,1\n2,Bob,{share}\n");
    for share in ["4 days", "-1", "1.2", "150", "mostly", "1/0", "3/2", "5/12/2020", "-1/2"] {
        let told = ("error 3:3", "; row skipped");
        expect(&table(share), &["Ada in S-1, 1"], &[told]);
    }
    for (share, read) in [
        ("half", "0.5"),
        ("half-time", "0.5"),
        ("Half time", "0.5"),
        ("1/2", "0.5"),
        ("½", "0.5"),
        ("3/4 FTE", "0.75"),
        ("80 percent", "0.8"),
        ("80 Prozent", "0.8"),
        ("80 per cent", "0.8"),
        ("mi-temps", "0.5"),
    ] {
        let (seats, told) = made(&table(share));
        assert_eq!(seats, ["Ada in S-1, 1".to_owned(), format!("Bob in S-2, {read}")], "{share}: {told:#?}");
    }
    // An ambiguous cell keeps its row.
    let (seats, told) = made(&table("Part-time"));
    assert_eq!(seats, ["Ada in S-1, 1", "Bob in S-2"], "{told:#?}");
    assert!(told.iter().any(|line| line.contains("which FTE does “part time” mean")), "{told:#?}");
}

#[test]
fn rows_lost_to_an_unclosed_quote_are_reported() {
    expect(
        "Employee ID,Name,Job title,Department,Hire date\n1,Ada,CTO,Eng,2020-01-01\n2,\"Bob,Dev,Eng,2021-01-01\n\
         3,Cy,Dev,Eng,2021-01-01\n4,Di,\"Dev,Eng\",2021-01-01\n5,Ed,Dev,Eng,2021-01-01\n",
        &["Ada in S-1", "Ed in S-5"],
        &[("error 3:0", "unclosed quote; this row and the 2 lines below skipped")],
    );
}

#[test]
fn placeholder_date_is_no_end_date() {
    let (_, told) = made("Employee ID,Name,End date\n1,Ada,31.12.9999\n2,Bob,9999-12-31\n3,Cy,2026-06-30\n");
    let said: Vec<&String> = told.iter().filter(|line| line.contains("a placeholder date")).collect();
    assert_eq!(said.len(), 2, "each spelling once: {told:#?}");
    assert!(told.iter().all(|line| !line.starts_with("error")), "{told:#?}");
}

#[test]
fn header_groups_distinguish_names() {
    expect(
        "Worker,,,Manager,\nID,First name,Last name,Name,Location\n1,Ada,Love,,Oslo\n2,Bob,Ray,Ada Love,Oslo\n",
        &["Ada Love in S-1", "Bob Ray in S-2 under S-1"],
        &[],
    );
}

#[test]
fn cells_override_the_date_order_of_a_profile() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.csv");
    let text = "Work email,Manager,Job title,Start date,First name\na@x.org,,CTO,03/04/2020,Ada\nb@x.org,,Dev,13/04/2020,Bob\n";
    std::fs::write(&file, text).unwrap();
    let records = read(&[file], &TableOptions::default()).unwrap();
    let days: Vec<Stated<Option<chrono::NaiveDate>>> =
        records.people.iter().map(|own| own.dates.from).collect();
    assert_eq!(days, [Some("2020-04-03".parse().ok()), Some("2020-04-13".parse().ok())]);
    let words = "read as day first, based on this row, although the profile expects the other order";
    assert!(
        records.problems.iter().any(|problem| problem.message.contains(words)),
        "{:#?}",
        records.problems
    );
}

#[test]
fn refuses_files_with_the_wrong_extension() {
    let folder = tempfile::tempdir().unwrap();
    let told = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        guessed(&[file]).map(drop).unwrap_err().to_string()
    };
    assert!(told("book.csv", b"PK\x03\x04rest").contains("file is actually a workbook"));
    assert!(told("text.xlsx", b"Name,Title\nAda,Dev\n").contains("file is not a workbook"));
    assert!(told("scan.csv", b"\x89PNG\r\n\x1a\n").contains("file is an image or a document"));
}

#[test]
fn part_time_in_words_is_an_ambiguity() {
    for (header, word) in [
        ("Employment Status", "Part-Time"),
        ("Employment Type", "Part-Time"),
        ("Employment Type", "Permanent Part Time"),
        ("Time Type", "Part time"),
        ("Full-Time / Part-Time", "PT"),
        ("Position status", "Part-time"),
    ] {
        let (seats, told) = made(&format!("Employee ID,Name,{header}\n1,Ada,Full-Time\n2,Bob,{word}\n"));
        assert_eq!(seats, ["Ada in S-1, 1", "Bob in S-2"], "{header}: {told:#?}");
        let asked = format!("which FTE does “part time” mean in “{header}”?");
        assert!(told.iter().any(|line| line.contains(&asked)), "{header}: {told:#?}");
    }
    let table = "Employee ID,Name,Employment Type,FTE\n1,Ada,Part-Time,0.6\n2,Bob,Contractor,1\n";
    expect(table, &["Ada in S-1, 0.6", "Bob in S-2, 1"], &[]);
    let table = "Employee ID,Name,Employment Type\n1,Ada,Permanent\n2,Bob,Contractor\n3,Cy,Part time (60%)\n";
    let (seats, told) = made(table);
    assert_eq!(seats, ["Ada in S-1", "Bob in S-2", "Cy in S-3, 0.6"], "{told:#?}");
    assert!(!told.iter().any(|line| line.starts_with("error")), "{told:#?}");
}
