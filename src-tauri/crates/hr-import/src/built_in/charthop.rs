//! ChartHop's spreadsheets, <https://docs.charthop.com/importing-spreadsheet-data>. Dates are month first.

use headroom_tabular::cell::date::DateOrder;

use super::*;

pub const SIGNS: &[&[&str]] =
    &[&["work email", "manager", "job title", "start date"], &["req", "manager req"]];

pub fn profile() -> Profile {
    let mut people = table(
        "people",
        RowMeaning::People,
        &[
            ("Work email", Field::Email),
            ("First name", Field::FirstName),
            ("Last name", Field::LastName),
            ("Job title", Field::Title),
            ("Start date", Field::Start),
            ("End date", Field::End),
            ("Manager", Field::Manager),
            ("Manager:req", Field::ManagerPosition),
            ("req", Field::Requisition),
            ("Date", Field::NeedBy),
            ("Department", Field::Department),
            ("Team", Field::Team),
            ("Location", Field::Location),
            ("Base comp", Field::Pay),
            ("Currency", Field::Currency),
            ("Level", Field::Level),
            ("Open status", Field::Status),
        ],
    );
    people.dates = Some(DateOrder::MonthFirst);
    Profile { title: "ChartHop".to_owned(), tables: vec![people] }
}
