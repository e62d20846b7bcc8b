//! A generated HR export of 5,000 rows, with the errors and oddities that real ones have.

use std::collections::BTreeMap;

pub const ROWS: usize = 5_000;
/// Title rows and the two header rows above the data.
pub const ABOVE: usize = 4;

pub const GROUPS: [(&str, usize); 3] = [("Who", 4), ("Seat", 4), ("Pay", 2)];
pub const HEADERS: [&str; 10] = [
    "Employee ID",
    "Full name",
    "E-mail",
    "Hire date",
    "Job title",
    "Department",
    "Team",
    "Manager",
    "Salary",
    "FTE",
];

/// Expected diagnostics by line and column: words of the message.
pub type Told = BTreeMap<(u64, u64), &'static str>;

/// The rows, and the expected diagnostics; the first line of data is `ABOVE` + 1.
pub fn rows() -> (Vec<Vec<String>>, Told) {
    let mut told = Told::new();
    let mut rows: Vec<Vec<String>> = Vec::with_capacity(ROWS);
    for at in 0..ROWS {
        let manager = if at == 0 { String::new() } else { format!("{}", 10_000 + (at - 1) / 8) };
        rows.push(vec![
            format!("{}", 10_000 + at),
            format!("Person {at}"),
            format!("person{at}@acme.example"),
            format!("{:02}/{:02}/{}", 1 + at % 28, 1 + at % 12, 2010 + at % 16),
            ["Engineer", "Designer", "Analyst"][at % 3].to_owned(),
            format!("Department {}", at % 20),
            format!("Team {}", at % 100),
            manager,
            format!("{}", 40_000 + (at % 90) * 1_000),
            "1".to_owned(),
        ]);
    }
    let mut dirty = |row: usize, column: usize, cell: &str, what: Option<&'static str>| {
        rows[row][column] = cell.to_owned();
        if let Some(what) = what {
            told.insert(((row + ABOVE + 1) as u64, column as u64 + 1), what);
        }
    };
    // Blank rows.
    for row in [1_700, 999, 3_210] {
        for column in 0..HEADERS.len() {
            dirty(row, column, if column == 3 { "  " } else { "" }, None);
        }
    }
    // Two managers of one name, and a report of that name.
    dirty(100, 1, "Alex Kim", None);
    dirty(200, 1, "Alex Kim", None);
    dirty(2_500, 7, "Alex Kim", Some("ambiguous name, 2 matches: “10100”"));
    // A name in another order is found.
    dirty(300, 1, "Grace Hopper", None);
    dirty(2_501, 7, "Hopper, Grace", None);
    // Missing managers.
    dirty(2_600, 7, "99999", Some("no one is named “99999”"));
    dirty(2_601, 7, "gone@acme.example", Some("no one is named “gone@acme.example”"));
    // Reporting cycles of two, three and one.
    dirty(3_000, 7, "13001", None);
    dirty(3_001, 7, "13000", Some("S-13001 → S-13000 → S-13001"));
    dirty(3_100, 7, "13101", None);
    dirty(3_101, 7, "13102", None);
    dirty(3_102, 7, "13100", Some("a position can’t report to itself"));
    dirty(3_200, 7, "13200", Some("a person can’t report to themselves"));
    // Dates in other notations.
    dirty(400, 3, "12.03.2026", Some("read as 12 March 2026"));
    dirty(401, 3, "2026-03-12", None);
    dirty(402, 3, "12 Mar 2026", None);
    dirty(403, 3, "31.02.2025", Some("not a calendar date"));
    dirty(404, 3, "soon", Some("not a date"));
    dirty(405, 3, "03/25/2024", Some("valid only as month first"));
    dirty(406, 3, "05/06/19", Some("which century"));
    dirty(407, 3, "N/A", None);
    // Amounts.
    dirty(500, 8, "$120k", None);
    dirty(501, 8, "1.234,56 €", Some("decimal separator “,”"));
    dirty(502, 8, "120,000.00", None);
    dirty(503, 8, "85K-95K", None);
    dirty(504, 8, "USD 90 000", None);
    dirty(505, 8, "competitive", Some("not an amount"));
    dirty(506, 8, "0", Some("zero pay is unlikely"));
    dirty(507, 8, "120.50.3", Some("not an amount"));
    dirty(508, 8, "N/D", None);
    dirty(509, 8, "€ 10 $", Some("names two currencies"));
    // Shares of full time.
    dirty(600, 9, "60%", None);
    dirty(601, 9, "0,5", Some("decimal separator “,”"));
    dirty(602, 9, "part time", Some("which FTE does “part time” mean"));
    dirty(603, 9, "0.75", None);
    // Spaces around and within.
    dirty(700, 1, "  Ada \u{A0} Lovelace  ", None);
    dirty(700, 5, "Department 0  ", None);
    // Vacant positions.
    for row in [800, 801] {
        dirty(row, 0, "", None);
        dirty(row, 2, "", None);
        dirty(row, 1, if row == 800 { "Vacant" } else { "Eliminated" }, None);
        dirty(row, 4, if row == 800 { "Site lead" } else { "Fax operator" }, None);
    }
    // An invalid address, and a repeated ID.
    dirty(900, 2, "person900 at acme", Some("not an email address"));
    dirty(901, 0, "10005", Some("is already at"));
    (rows, told)
}

/// As CSV: title rows, header groups, headers, rows, and a total.
pub fn text(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    let mut whole = |cells: &[&str]| {
        let mut cells = cells.to_vec();
        cells.resize(HEADERS.len(), "");
        writer.write_record(&cells).unwrap();
    };
    whole(&["Headcount of Acme"]);
    whole(&["as of 1 March 2026"]);
    let groups: Vec<&str> = GROUPS
        .iter()
        .flat_map(|(name, width)| std::iter::once(*name).chain(std::iter::repeat_n("", width - 1)))
        .collect();
    whole(&groups);
    whole(&HEADERS);
    for row in rows {
        whole(&row.iter().map(String::as_str).collect::<Vec<_>>());
    }
    whole(&["Total", "", "", "", "", "", "", "", "4999"]);
    writer.into_inner().unwrap()
}
