//! Whole tables, as finance and tools mail them.

mod headings;
mod series;
mod words;

use std::{collections::BTreeMap, fs, path::PathBuf};

use headroom_files::{
    Level,
    records::{FigureRecord, ImportedScope, Records},
};
use headroom_model::Kind;

use super::*;

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

fn read_text(text: &str) -> Read {
    read_bytes("pack.csv", text.as_bytes(), &options())
}

fn options() -> FiguresOptions {
    FiguresOptions { today: "2026-06-10".parse().ok(), ..FiguresOptions::default() }
}

fn read_bytes(name: &str, bytes: &[u8], options: &FiguresOptions) -> Read {
    let desk = Desk::new();
    let path = desk.file(name, bytes);
    let is_recognised = recognise(&path);
    Read { records: super::read(&[path], options).unwrap(), is_recognised }
}

/// What was read of a file.
struct Read {
    records: Records,
    is_recognised: bool,
}

impl Read {
    /// `metric scope first: value`, sorted.
    fn figures(&self) -> Vec<String> {
        let told = |figure: &FigureRecord| {
            let ImportedScope { segment, channel, market, .. } = &*figure.scope;
            let scope: Vec<&str> = [segment, channel, market]
                .into_iter()
                .map(String::as_str)
                .filter(|text| !text.is_empty())
                .collect();
            let scope = if scope.is_empty() { String::new() } else { format!(" {}", scope.join("/")) };
            let first = figure.first.to_string();
            let first = first.strip_suffix("-01").unwrap_or(&first);
            format!("{}{scope} {first}: {}", figure.metric, figure.value)
        };
        let mut figures: Vec<String> = self.records.figures.iter().map(told).collect();
        figures.sort();
        figures
    }

    /// `line:column message`, of warnings and errors.
    fn told(&self) -> Vec<String> {
        let problems = self.records.problems.iter().filter(|problem| problem.level != Level::Note);
        let place = |problem: &Diagnostic| format!("{}:{}", problem.place.line, problem.place.column);
        problems.map(|problem| format!("{} {}", place(problem), problem.message)).collect()
    }

    fn notes(&self) -> String {
        self.records.problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join("\n")
    }

    fn kinds(&self) -> BTreeMap<String, String> {
        let rows = self.records.rows.iter().filter(|row| row.kind == Kind::Metric);
        let told = |row: &headroom_files::records::RowRecord| {
            let text = |field| row.text(field).unwrap_or_default();
            (text("key").to_owned(), format!("{} {} {}", text("unit"), text("kind"), text("period")))
        };
        rows.map(told).collect()
    }
}

#[test]
fn a_pack_with_months_across_is_read_without_its_totals() {
    let read = read_text(
        "\"Acme – board pack, June 2026\"\n\n\
         KPI,Segment,Unit,Jan-26,Feb-26,Jun-26 (MTD),YTD,Comment\n\
         New MRR,Small,€ k,12.35,(0.5),3.1,see notes,\n\
         New MRR,Large,€ k,1.2,n/a,1,,\n\
         New MRR,Total,€ k,13.55,1,4.1,,\n\n\
         Churned MRR,Small,€ k,(2.5) *,—,,,* booked late\n\
         Gross margin,Small,%,77.7%,76%,,,\n\
         Customers,Small,#,\"1,114\",\"1,132\",,,\n\
         Notes\nUnaudited.\n",
    );
    assert!(read.is_recognised);
    assert_eq!(
        read.figures(),
        [
            "churned-mrr Small 2026-01: 2500 EUR",
            "customers Small 2026-01: 1114",
            "customers Small 2026-02: 1132",
            "margin Small 2026-01: 0.777",
            "margin Small 2026-02: 0.76",
            "new-mrr Large 2026-01: 1200 EUR",
            "new-mrr Small 2026-01: 12350 EUR",
            "new-mrr Small 2026-02: -500 EUR",
        ]
    );
    assert_eq!(read.told(), Vec::<String>::new());
    let notes = read.notes();
    for told in ["Jun 2026 is not over (MTD)", "column “YTD”", "1 row of totals", "footnote: booked late"]
    {
        assert!(notes.contains(told), "{told} in {notes}");
    }
    let mut origins = read.records.figures.iter().filter_map(|figure| figure.origin.as_deref());
    assert_eq!(origins.find(|text| text.contains("D8")), Some("pack.csv D8, footnote: booked late"));
}

#[test]
fn what_follows_by_known_formulas_is_added() {
    let read = read_text("Metric,Jan 2026,Feb 2026\nMRR (EUR),50000,51000\nCustomers,100,102\n");
    let kinds = read.kinds();
    assert_eq!(kinds.keys().map(String::as_str).collect::<Vec<_>>(), ["arpa", "arr", "customers", "mrr"]);
    assert_eq!(kinds["arpa"], "money ratio month");
    assert_eq!(kinds["mrr"], "money stock month");
}

#[test]
fn a_pack_with_months_down_has_segments_above_its_metrics() {
    // In Windows-1252, with semicolons and decimal commas.
    let text = "Kennzahlen 2026;;;;\n;Small;;Large;\nMonat;New MRR (€);Gross margin;New MRR (€);Gross margin\n\
                31/01/2026;12.350,50;77,7 %;1.200,00;70 %\n28/02/2026;-500,00;76 %;;71 %\n";
    let bytes: Vec<u8> = text.chars().map(|letter| if letter == '€' { 0x80 } else { letter as u8 }).collect();
    let read = read_bytes("monthly.csv", &bytes, &options());
    assert!(read.is_recognised);
    assert_eq!(
        read.figures(),
        [
            "margin Large 2026-01: 0.7",
            "margin Large 2026-02: 0.71",
            "margin Small 2026-01: 0.777",
            "margin Small 2026-02: 0.76",
            "new-mrr Large 2026-01: 1200 EUR",
            "new-mrr Small 2026-01: 12350.5 EUR",
            "new-mrr Small 2026-02: -500 EUR",
        ]
    );
}

#[test]
fn long_tables_have_a_figure_in_each_row() {
    let read = read_text(
        "metric,period,value,currency,segment,market\n\
         MRR,2026-01,50000.25,USD,Small,Germany\n\
         MRR,2026-02,51000,USD,Small,Germany\n\
         Signups per day,2026-01,12,,,\n\
         MRR,soon,1,USD,,\n",
    );
    assert!(read.is_recognised);
    assert_eq!(
        read.figures(),
        [
            "mrr Small/Germany 2026-01: 50000.25 USD",
            "mrr Small/Germany 2026-02: 51000 USD",
            "signups-per-day 2026-01: 12",
        ]
    );
    assert_eq!(read.told(), ["5:2 “soon” is not a period"]);
}

#[test]
fn labels_below_a_metric_are_segments() {
    let read = read_text(
        "Metric,Jan 2026,Feb 2026\nNew MRR (EUR),,\nSmall,10,11\nLarge,20,21\nTotal,30,32\n\n\
         Growth,,\nTrials,5,6\nOffice plants,3,4\n",
    );
    assert_eq!(
        read.figures(),
        [
            "new-mrr Large 2026-01: 20 EUR",
            "new-mrr Large 2026-02: 21 EUR",
            "new-mrr Small 2026-01: 10 EUR",
            "new-mrr Small 2026-02: 11 EUR",
            "office-plants 2026-01: 3",
            "office-plants 2026-02: 4",
            "trials 2026-01: 5",
            "trials 2026-02: 6",
        ]
    );
}

#[test]
fn planned_columns_and_other_periods_are_left_out() {
    let read =
        read_text(",2026,,,,2026\n,Actual,,,,Budget\nMetric,Jan,Feb,Mar,Q1 2026,Apr\nTrials,1,2,3,6,4\n");
    assert_eq!(read.figures(), ["trials 2026-01: 1", "trials 2026-02: 2", "trials 2026-03: 3"]);
}

#[test]
fn a_total_that_does_not_add_up_is_told_with_its_cell() {
    let read = read_text(
        "Metric,Segment,Unit,Jan-26,Feb-26\nNew MRR,Small,€,10.5,11\nNew MRR,Large,€,20,21\nNew MRR,Total,€,30.5,35\n",
    );
    assert_eq!(read.told(), ["4:5 total 35 is not the sum of its 2 parts, 32"]);
    assert_eq!(read.figures().len(), 4);
}

#[test]
fn a_total_alone_is_that_of_the_organisation() {
    let read = read_text("Metric,Segment,Unit,Jan-26,Feb-26\nTrials,Total,#,10,11\n");
    assert_eq!(read.figures(), ["trials 2026-01: 10", "trials 2026-02: 11"]);
}

#[test]
fn thousands_beside_decimals_are_left_out_and_told() {
    let read = read_text("Metric;Jan-26;Feb-26;Mar-26\nTrials;1.234;1,234;7\n");
    assert_eq!(read.figures(), ["trials 2026-03: 7"]);
    assert_eq!(read.told().len(), 2, "{:?}", read.told());
    assert!(read.told()[0].starts_with("2:2 “1.234” may have decimals or thousands"));

    let read = read_text("Metric;Jan-26;Feb-26;Mar-26\nTrials;1.234;1,234;7\nNPS;12.5;13.5;14\n");
    assert_eq!(read.figures().len(), 5);
    assert_eq!(read.told(), ["2:2 “1.234” may have decimals or thousands: its row has both marks; left out"]);

    let read = read_text("Metric;Jan-26;Feb-26;Mar-26\nTrials;1,234;2,345;3,456\n");
    assert_eq!(read.figures(), ["trials 2026-01: 1234", "trials 2026-02: 2345", "trials 2026-03: 3456"]);
    assert_eq!(read.told(), ["2:1 “,” is read as the separator of thousands in the whole table"]);

    let answered =
        FiguresOptions { decimal: Some(headroom_tabular::cell::number::DecimalMark::Comma), ..options() };
    let read = read_bytes("pack.csv", b"Metric;Jan-26;Feb-26\nTrials;1.234;7\n", &answered);
    assert_eq!(read.figures(), ["trials 2026-01: 1234", "trials 2026-02: 7"]);
}

#[test]
fn a_share_that_may_be_a_percentage_is_left_out_and_told() {
    let read = read_text("Metric,Unit,Jan-26,Feb-26,Mar-26\nGross margin,%,0.12,12,12 %\n");
    assert_eq!(read.figures(), ["margin 2026-03: 0.12"]);
    assert_eq!(
        read.told(),
        [
            "2:3 “0.12” may be a share or a percentage; left out",
            "2:4 “12” may be a share or a percentage; left out"
        ]
    );
}

#[test]
fn a_header_of_last_year_is_told() {
    let read = read_text("\"Board pack June 2026\"\nMetric,Jan-25,Feb-25\nTrials,1,2\n");
    assert_eq!(read.told(), ["3:1 the title says 2026, and the newest period is of 2025"]);
}

#[test]
fn months_without_a_year_take_that_of_the_title_or_are_told() {
    let read = read_text("Board pack 2026\nMetric,Jan,Feb\nTrials,1,2\n");
    assert_eq!(read.figures(), ["trials 2026-01: 1", "trials 2026-02: 2"]);
    let read = read_text("Metric,Jan,Feb\nTrials,1,2\n");
    assert!(read.figures().is_empty());
    assert_eq!(read.told().len(), 2, "{:?}", read.told());
}

#[test]
fn a_rate_of_a_metric_is_another_metric() {
    let read = read_text("Metric,Unit,Jan-26,Feb-26\nExpansion,%,3.1%,2.9%\nExpansion,€,310,290\n");
    assert_eq!(read.kinds()["expansion"], "share ratio month");
    assert_eq!(read.kinds()["expansion-mrr"], "money flow month");
}

#[test]
fn tables_of_people_are_no_figures() {
    let desk = Desk::new();
    for text in [
        "Name,Title,Team,Start date\nAda,Engineer,Core,2026-01-01\nBo,Engineer,Core,2026-02-01\n",
        "Name,Role,Jan-26,Feb-26\nAda,Engineer,0.5,0.5\nBo,Engineer,1,1\n",
        "id,name\ncore,Core\n",
        "Date,Description,Amount\n2026-01-01,Rent,100\n2026-02-01,Rent,100\n",
    ] {
        assert!(!recognise(&desk.file("people.csv", text)), "{text}");
    }
}

#[test]
fn nothing_breaks_on_odd_tables() {
    for text in [
        "",
        "\n\n",
        "Metric,Jan-26",
        "Metric,Jan-26,Feb-26\n",
        "a\n",
        "Metric,Jan-26,Jan-26\nTrials,1,2\n,,\n",
    ] {
        let desk = Desk::new();
        let _ = super::read(&[desk.file("pack.csv", text)], &options());
    }
}

#[test]
fn workbooks_keep_their_percentages() {
    use rust_xlsxwriter::{Format, Workbook};
    let desk = Desk::new();
    let path = desk.folder.path().join("pack.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in ["Metric", "Unit", "Jan-26", "Feb-26"].iter().enumerate() {
        sheet.write_string(0, column as u16, *header).unwrap();
    }
    let percent = Format::new().set_num_format("0.0%");
    sheet.write_string(1, 0, "Gross margin").unwrap();
    sheet.write_string(1, 1, "%").unwrap();
    sheet.write_number_with_format(1, 2, 0.777, &percent).unwrap();
    sheet.write_number_with_format(1, 3, 0.1 + 0.2, &percent).unwrap();
    book.save(&path).unwrap();
    let read = Read { is_recognised: recognise(&path), records: super::read(&[path], &options()).unwrap() };
    assert!(read.is_recognised);
    assert_eq!(read.figures(), ["margin 2026-01: 0.777", "margin 2026-02: 0.3"]);
}

#[test]
fn a_dollar_is_that_of_the_united_states_unless_another_is_said() {
    let text = "Metric,Jan-26,Feb-26\nMRR,$10,11\n";
    let read = read_text(text);
    assert_eq!(read.figures(), ["mrr 2026-01: 10 USD", "mrr 2026-02: 11"]);
    let canadian = FiguresOptions { dollar: "CAD".parse().ok(), ..options() };
    let read = read_bytes("pack.csv", text.as_bytes(), &canadian);
    assert_eq!(read.figures(), ["mrr 2026-01: 10 CAD", "mrr 2026-02: 11"]);
}
