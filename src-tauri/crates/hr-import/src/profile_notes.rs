//! Says which profile the tables were read with, and which files fit none.

use headroom_files::{Diagnostic, Level, Place, quoted};

use super::{built_in::BUILT_IN, fitting::ProfileOrigin, profile::Target, table::Matched};

/// Reports which profile was used, and which files fit none.
pub fn told(matched: &Matched) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (table, own) in &matched.tables {
        let place = Place::new(&table.grid.name, table.header.line, 0);
        match matched.origins.get(*own) {
            Some(ProfileOrigin::BuiltIn(id)) => {
                let known = BUILT_IN.iter().find(|known| known.id == *id);
                let title = known.map(|known| (known.make)().title).unwrap_or_default();
                let message = format!("recognised as {title} by its headers");
                let advice = format!("choose another profile if it is not “{id}”");
                problems.push(Diagnostic::new(Level::Note, place, message, advice));
            }
            Some(ProfileOrigin::Guessed) => {
                let message = format!(
                    "no profile matches these headers; columns matched by name: {}",
                    in_words(matched, *own)
                );
                let advice = "save them with “headroom import-profiles --infer FILE --save PROFILE” and edit that file if a column is wrong";
                problems.push(Diagnostic::new(Level::Note, place, message, advice));
            }
            Some(ProfileOrigin::Given) | None => {}
        }
    }
    for (place, why) in &matched.left {
        let message = format!("{why}; file skipped");
        problems.push(Diagnostic::new(
            Level::Error,
            place.clone(),
            message,
            "fix it, or choose another profile for it",
        ));
    }
    problems.extend(matched.aside.iter().cloned());
    problems
}

/// What each column of a table is, for a message.
fn in_words(matched: &Matched, own: usize) -> String {
    let columns = matched.profile.tables[own].columns.iter();
    let one = |(header, target): (&String, &Target)| match target {
        Target::Field(field) if header.to_lowercase() == field.title().to_lowercase() => quoted(header),
        Target::Field(field) => format!("{} as “{}”", quoted(header), field.title()),
        Target::Table { table } => format!("{} as an ID in {table}", quoted(header)),
    };
    columns.map(one).collect::<Vec<_>>().join(", ")
}
