//! Compares `docs/formats` with the tables in the code, so that neither changes without the other.

use headroom_hr_import::{BUILT_IN, Field};

use crate::{
    formats::csv_folder::TABLES,
    registry::{FORMATS, Format},
};

const README: &str = include_str!("../../../../docs/formats/README.md");
const CSV: &str = include_str!("../../../../docs/formats/csv.md");
const TABLES_PAGE: &str = include_str!("../../../../docs/formats/tables.md");

/// The cells of the first table whose header row starts like this, without the row of dashes.
fn table<'a>(page: &'a str, header: &str) -> Vec<Vec<&'a str>> {
    let lines = page.lines().skip_while(|line| !line.starts_with(header)).skip(2);
    lines.take_while(|line| line.starts_with('|')).map(cells).collect()
}

/// The cells of a row, without the code marks around them.
fn cells(row: &str) -> Vec<&str> {
    let row = row.trim().trim_matches('|');
    row.split('|').map(|cell| cell.trim().trim_matches('`')).collect()
}

#[test]
fn csv_page_lists_every_table_and_column_in_order() {
    let documented: Vec<_> = CSV
        .split("\n### ")
        .skip(1)
        .map(|section| {
            let file = section.lines().next().unwrap_or_default();
            let columns = table(section, "| column | required |");
            (file, columns.iter().map(|cells| (cells[0], cells[1] == "yes")).collect::<Vec<_>>())
        })
        .collect();
    let expected: Vec<_> = TABLES
        .iter()
        .map(|(_, table)| {
            let columns = table.columns.iter().enumerate();
            (&*table.file, columns.map(|(at, column)| (*column, at < table.required)).collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(documented, expected);
}

/// Diagrams are the last lines: see `diagram-export`.
#[test]
fn formats_page_lists_every_format_with_what_it_can_do() {
    let documented = table(README, "| id | format |");
    let abilities =
        |format: &Format| [format.read.is_some(), format.write.is_some(), format.update.is_some(), false];
    assert!(documented.len() > FORMATS.len());
    for (cells, format) in documented.iter().zip(FORMATS) {
        let title = format!("[{}]", format.title);
        assert!(cells[0] == format.id && cells[1].starts_with(&title), "{cells:?} is not {}", format.id);
        let marks: Vec<bool> = cells[2..].iter().map(|cell| *cell == "yes").collect();
        assert_eq!(marks, abilities(format), "{}", format.id);
    }
}

#[test]
fn tables_page_lists_every_field_and_built_in_profile() {
    let documented: Vec<_> =
        table(TABLES_PAGE, "| field | meaning |").iter().map(|cells| (cells[0], cells[1])).collect();
    let fields: Vec<_> = Field::ALL.iter().map(|field| (field.id(), field.title())).collect();
    assert_eq!(documented, fields);
    let documented: Vec<&str> =
        table(TABLES_PAGE, "| built-in profile |").iter().map(|cells| cells[0]).collect();
    let profiles: Vec<&str> = BUILT_IN.iter().map(|profile| profile.id).collect();
    assert_eq!(documented, profiles);
}
