//! BambooHR's field names, <https://documentation.bamboohr.com/docs/list-of-field-names>. Dates are ISO 8601.

use super::*;

pub const SIGNS: &[&[&str]] = &[
    &["employee number", "job title", "hire date", "supervisor"],
    &["employee number", "job title", "hire date", "supervisor id"],
    &["employee number", "job title", "hire date", "supervisor eid"],
];

pub fn profile() -> Profile {
    let people = table(
        "people",
        RowMeaning::People,
        &[
            ("employeeNumber", Field::PersonId),
            ("workEmail", Field::Email),
            ("displayName", Field::Name),
            ("firstName", Field::FirstName),
            ("lastName", Field::LastName),
            ("jobTitle", Field::Title),
            ("division", Field::Division),
            ("department", Field::Department),
            ("location", Field::Location),
            ("hireDate", Field::Start),
            ("terminationDate", Field::End),
            ("supervisorEId", Field::ManagerId),
            ("supervisorEmail", Field::ManagerEmail),
            ("supervisor", Field::ManagerName),
            ("Reporting to", Field::ManagerName),
            ("Employment status", Field::Status),
            ("payRate", Field::Pay),
        ],
    );
    Profile { title: "BambooHR".to_owned(), tables: vec![people] }
}
