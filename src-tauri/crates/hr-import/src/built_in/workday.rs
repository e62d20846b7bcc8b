//! Reports in the style of Workday. Column names differ between tenants: save a profile for other ones.

use super::*;

pub const SIGNS: &[&[&str]] = &[
    &["employee id", "business title", "supervisory organization"],
    &["worker id", "business title", "position id"],
];

pub fn profile() -> Profile {
    let people = table(
        "people",
        RowMeaning::People,
        &[
            ("Employee ID", Field::PersonId),
            ("Worker ID", Field::PersonId),
            ("Legal Name", Field::Name),
            ("Worker", Field::Name),
            ("Email - Work", Field::Email),
            ("Position ID", Field::PositionId),
            ("Business Title", Field::Title),
            ("Job Level", Field::Level),
            ("Job Family", Field::Discipline),
            ("Supervisory Organization", Field::Department),
            ("Manager ID", Field::ManagerId),
            ("Manager", Field::ManagerName),
            ("Manager Position ID", Field::ManagerPosition),
            ("Location", Field::Location),
            ("Hire Date", Field::Start),
            ("Termination Date", Field::End),
            ("Availability Date", Field::NeedBy),
            ("Position Status", Field::Status),
            ("Worker Status", Field::Status),
            ("Total Base Pay", Field::Pay),
            ("Total Base Pay - Amount", Field::Pay),
            ("Total Base Pay Annualized - Amount", Field::Pay),
            ("Currency", Field::Currency),
            ("FTE", Field::Fte),
        ],
    );
    Profile { title: "Workday report".to_owned(), tables: vec![people] }
}
