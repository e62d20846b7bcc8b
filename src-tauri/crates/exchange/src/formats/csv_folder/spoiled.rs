//! Puts an unreadable cell into every column of every table, one at a time.

use std::fs;

use headroom_files::{Level, records::Records};

use super::{TABLES, read};

/// A table, a row with its required columns, and what happens when one of its other cells can't be read.
struct File {
    name: &'static str,
    row: &'static [(&'static str, &'static str)],
    /// Columns that take the row with them.
    counted: &'static [&'static str],
    /// Columns that are left out alone.
    described: &'static [&'static str],
}

const DATES: &[&str] = &["from", "until"];

const ROWS: [File; 26] = [
    File { name: "teams.csv", row: &[("id", "t"), ("name", "T")], counted: DATES, described: &[] },
    File { name: "people.csv", row: &[("id", "p"), ("name", "P")], counted: DATES, described: &[] },
    File {
        name: "memberships.csv",
        row: &[("person", "p"), ("team", "t")],
        counted: &["share", "from", "until"],
        described: &[],
    },
    File {
        name: "groupings.csv",
        row: &[("id", "g"), ("kind", "system")],
        counted: &["kind", "from", "until"],
        described: &[],
    },
    File {
        name: "services.csv",
        row: &[("id", "s"), ("name", "S")],
        counted: &["standalone", "from", "until"],
        described: &["tier", "objective"],
    },
    File {
        name: "ownership.csv",
        row: &[("service", "s"), ("owner", "t")],
        counted: &["confirmed", "from", "until"],
        described: &[],
    },
    File {
        name: "dependencies.csv",
        row: &[("service", "s"), ("depends_on", "d")],
        counted: &["cost_weight", "from", "until"],
        described: &[],
    },
    File {
        name: "interactions.csv",
        row: &[("team", "t"), ("with", "u"), ("mode", "facilitating")],
        counted: &["expected_end", "from", "until"],
        described: &[],
    },
    File {
        name: "positions.csv",
        row: &[("id", "HC-1")],
        counted: &[
            "need_by",
            "status",
            "fte",
            "pooled",
            "pay",
            "pay_up_to",
            "start",
            "waits_any",
            "waits_by",
            "waived_on",
            "from",
            "until",
        ],
        described: &["breadth", "priority"],
    },
    File {
        name: "assignments.csv",
        row: &[("position", "HC-1"), ("person", "p")],
        counted: &["pay", "from", "until"],
        described: &[],
    },
    File {
        name: "assumptions.csv",
        row: &[("kind", "notice"), ("value", "30")],
        counted: &["value", "cap", "from", "until"],
        described: &[],
    },
    File {
        name: "budgets.csv",
        row: &[("from", "2027-01-01"), ("until", "2027-12-31")],
        counted: &["from", "until", "amount", "seats"],
        described: &[],
    },
    File {
        name: "exchange_rates.csv",
        row: &[("currency", "USD"), ("rate", "0.9")],
        counted: &["currency", "rate", "from"],
        described: &[],
    },
    File { name: "holidays.csv", row: &[("day", "2027-01-01")], counted: &["day"], described: &[] },
    File {
        name: "approvals.csv",
        row: &[("name", "Plan"), ("on", "2027-01-01"), ("position", "HC-1")],
        counted: &["on", "from", "until", "fte", "annual_cost", "filled"],
        described: &[],
    },
    File {
        name: "finding_reviews.csv",
        row: &[("id", "unowned-service/s")],
        counted: &["decision", "decided", "until", "comments"],
        described: &[],
    },
    File {
        name: "scenarios.csv",
        row: &[("id", "split"), ("name", "Split")],
        counted: &["expected", "decide_by", "state", "decided", "signed_off"],
        described: &[],
    },
    File {
        name: "metrics.csv",
        row: &[("id", "payback")],
        counted: &["kind", "period", "lag", "better"],
        described: &[],
    },
    File {
        name: "observations.csv",
        row: &[("metric", "payback"), ("first", "2027-01-01"), ("last", "2027-01-31"), ("value", "11.5")],
        counted: &["first", "last", "value", "from", "until"],
        described: &[],
    },
    File {
        name: "objectives.csv",
        row: &[("id", "payback-under-12"), ("metric", "payback"), ("op", "<"), ("value", "12")],
        counted: &["op", "value", "periods", "period", "over", "gaps", "window", "from", "until", "tier"],
        described: &[],
    },
    File {
        name: "incidents.csv",
        row: &[("id", "2027-01"), ("title", "Pods do not start")],
        counted: &[
            "severity",
            "started",
            "detected",
            "declared",
            "repaired",
            "resolved",
            "warnings",
            "stated_repair_minutes",
            "repair_in_support_hours",
            "stated_resolve_minutes",
            "resolve_in_support_hours",
            "minutes_down",
            "reviewed",
        ],
        described: &[],
    },
    File {
        name: "bets.csv",
        row: &[("id", "self-service"), ("name", "Self-service quotes")],
        counted: &["budget", "from", "decide_by", "decided", "decision", "reviewed"],
        described: &[],
    },
    File {
        name: "actions.csv",
        row: &[("id", "2027-01-1"), ("title", "Add an alert")],
        counted: &["opened", "due", "state", "closed"],
        described: &[],
    },
    File {
        name: "cost_lines.csv",
        row: &[
            ("first", "2027-01-01"),
            ("last", "2027-01-31"),
            ("billed", "12.5"),
            ("effective", "12.5"),
            ("currency", "EUR"),
        ],
        counted: &["first", "last", "billed", "effective", "currency", "class"],
        described: &[],
    },
    File {
        name: "cost_rules.csv",
        row: &[("label", "team"), ("value", "pay"), ("team", "t")],
        counted: &["from", "until"],
        described: &[],
    },
    File {
        name: "cost_shares.csv",
        row: &[("service", "s"), ("segment", "Shippers")],
        counted: &["weight", "from", "until"],
        described: &[],
    },
];

fn rows(records: &Records) -> usize {
    let things =
        records.teams.len() + records.people.len() + records.groupings.len() + records.services.len();
    let relations = records.memberships.len() + records.ownerships.len() + records.dependencies.len();
    let seats = records.interactions.len() + records.positions.len() + records.assignments.len();
    things + relations + seats + records.figures.len() + records.rows.len() + records.approvals.len()
}

/// The records of a file with one row.
fn read_row(file: &File, row: &[(&str, &str)]) -> Records {
    let folder = tempfile::tempdir().unwrap();
    let line = |part: &dyn Fn(&(&str, &str)) -> String| row.iter().map(part).collect::<Vec<_>>().join(",");
    let text = format!("{}\n{}\n", line(&|cell| cell.0.to_owned()), line(&|cell| cell.1.to_owned()));
    let path = folder.path().join(file.name);
    fs::write(&path, text).unwrap();
    read(&[path]).unwrap()
}

/// The columns of the table, from the diagnostic about an unknown one.
fn columns(file: &File) -> Vec<String> {
    let asked = [file.row, &[("no such column", "")]].concat();
    let told = read_row(file, &asked).problems.remove(0).advice;
    told.trim_start_matches("known columns: ").split(", ").map(str::to_owned).collect()
}

#[test]
fn unreadable_cell_never_becomes_another_value() {
    let tables: Vec<&str> = TABLES.iter().map(|(_, table)| &*table.file).collect();
    assert_eq!(ROWS.each_ref().map(|file| file.name).as_slice(), tables);
    for file in &ROWS {
        let whole = read_row(file, file.row);
        assert_eq!((rows(&whole), whole.problems.len()), (1, 0), "{}: {:?}", file.name, whole.problems);
        for column in columns(file) {
            let mut row: Vec<(&str, &str)> =
                file.row.iter().copied().filter(|cell| cell.0 != column).collect();
            row.push((&column, "§"));
            let found = read_row(file, &row);
            let at = row.len() as u64;
            let told = found.problems.iter().any(|it| it.level == Level::Error && it.place.column == at);
            let (is_counted, is_described) =
                (file.counted.contains(&&*column), file.described.contains(&&*column));
            let what = format!("{} {column}: {:?}", file.name, found.problems);
            assert_eq!(rows(&found), usize::from(!is_counted), "{what}");
            assert_eq!(told, is_counted || is_described, "{what}");
        }
    }
}

#[test]
fn approval_lacks_only_the_unreadable_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("approvals.csv");
    let text = "name,on,position,fte\nPlan,2027-01-01,A,1\nPlan,2027-01-01,B,half\nPlan,2027-01-01,C,\n";
    fs::write(&path, text).unwrap();
    let found = read(&[path]).unwrap();
    let seats: Vec<&str> = found.approvals[0].seats.iter().map(|seat| seat.position.as_str()).collect();
    assert_eq!((seats, found.problems.len()), (vec!["A", "C"], 1));
}
