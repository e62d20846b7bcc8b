//! Reads the tables of teams, people, services and what relates them; [`read`] reads all of them.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};

use headroom_files::{Diagnostic, Level, Place, ReadError, read_text, records::*};
use headroom_model::{Decimal6, GroupingKind, Kind, role};
use rayon::prelude::*;

use super::{
    approvals, described, figures, hiring, is_of_another_tool,
    schema::{
        CsvSchema, DEPENDENCIES, GROUPINGS, INTERACTIONS, MEMBERSHIPS, OWNERSHIP, PEOPLE, SERVICES, TABLES,
        TEAMS,
    },
    table::{CsvRow, Problems},
    table_of,
};

/// Reads folders and single files. A file's name says which table it is.
///
/// # Errors
/// [`ReadError::Nothing`] if there is none of the files, [`ReadError::Io`], or [`ReadError::Structure`] for a header
/// that lacks a required column or has one twice.
pub fn read(sources: &[PathBuf]) -> Result<Records, ReadError> {
    let mut files: Vec<(&'static (Kind, CsvSchema), PathBuf)> = Vec::new();
    let mut all = Records { has_all_aliases: true, ..Records::default() };
    for source in sources {
        if source.is_dir() {
            let tables = TABLES.iter().map(|table| (table, source.join(&*table.1.file)));
            let tables = tables.filter(|(_, path)| path.is_file());
            let (others, ours): (Vec<_>, Vec<_>) = tables.partition(|(_, path)| is_of_another_tool(path));
            all.problems.extend(others.iter().map(|(_, path)| not_read(path)));
            files.extend(ours);
        } else {
            let path = source.clone();
            let table = table_of(source).ok_or(ReadError::Nothing { path, expected: &EXPECTED })?;
            files.push((table, source.clone()));
        }
    }
    if files.is_empty() {
        let path = sources.first().cloned().unwrap_or_default();
        return Err(ReadError::Nothing { path, expected: &EXPECTED });
    }
    let parts: Vec<Records> =
        files.par_iter().map(|(table, path)| read_file(table, path)).collect::<Result<_, _>>()?;
    parts.into_iter().for_each(|part| all.append(part));
    Ok(all)
}

/// A folder of the plan's own tables is read as nothing else.
fn not_read(path: &Path) -> Diagnostic {
    let place = Place::new(&path.display().to_string().into(), 0, 0);
    let message = "has the columns of another tool; not read with the folder";
    Diagnostic::new(Level::Warning, place, message, "import this file alone")
}

static EXPECTED: LazyLock<String> = LazyLock::new(|| {
    let mut files: Vec<&str> = TABLES.iter().map(|(_, table)| &*table.file).collect();
    let last = files.pop().unwrap_or_default();
    format!("expected {} or {last}", files.join(", "))
});

fn read_file((kind, schema): &(Kind, CsvSchema), path: &Path) -> Result<Records, ReadError> {
    let mut records = Records::default();
    let (text, name) = read_text(path, &mut records.problems)?;
    let mut problems = std::mem::take(&mut records.problems);
    let read = match kind {
        Kind::Team => teams,
        Kind::Person => people,
        Kind::Membership => memberships,
        Kind::Grouping => groupings,
        Kind::Service => services,
        Kind::Ownership => ownership,
        Kind::Dependency => dependencies,
        Kind::Interaction => interactions,
        Kind::Position => hiring::positions,
        Kind::Assignment => hiring::assignments,
        Kind::Approval => approvals::read,
        Kind::Observation => figures::read,
        kind => {
            let table = schema.open(&text, &name, &mut problems)?;
            records.rows = described::read(*kind, table, &mut problems);
            return Ok(Records { problems, ..records });
        }
    };
    read(&text, &name, &mut records, &mut problems)?;
    Ok(Records { problems, ..records })
}

/// The ID of a row, or its name if the ID is empty, which is reported.
fn id(row: &mut CsvRow<'_>, kind: Kind, nameless: &mut Vec<(Kind, String)>) -> Option<String> {
    let (id, name) = (row.text("id").unwrap_or_default(), row.text("name").unwrap_or_default());
    if !id.is_empty() {
        return Some(id);
    }
    if name.is_empty() {
        return row.required("id");
    }
    let message = format!("“id” is empty; the name was used for {name}");
    row.complain("id", Level::Warning, message, "add an ID");
    nameless.push((kind, name.clone()));
    Some(name)
}

/// The name, or the key if the name is empty.
fn name_or(row: &CsvRow<'_>, key: &str) -> Stated<String> {
    row.text("name").map(|name| if name.is_empty() { key.to_owned() } else { name })
}

fn teams(
    text: &str,
    file: &Arc<str>,
    records: &mut Records,
    problems: &mut Problems,
) -> Result<(), ReadError> {
    records.teams = TEAMS.open(text, file, problems)?.records(problems, |row| {
        let key = id(row, Kind::Team, &mut records.nameless)?;
        Some(TeamRecord {
            place: row.place(),
            name: name_or(row, &key),
            aliases: row.list("aliases"),
            parent: row.optional("parent"),
            kind: row.text("kind"),
            description: row.text("description"),
            outcome: row.text("outcome"),
            segment: row.text("segment"),
            extra: None,
            dates: row.dates(),
            key,
        })
    });
    Ok(())
}

fn people(
    text: &str,
    file: &Arc<str>,
    records: &mut Records,
    problems: &mut Problems,
) -> Result<(), ReadError> {
    records.people = PEOPLE.open(text, file, problems)?.records(problems, |row| {
        let key = id(row, Kind::Person, &mut records.nameless)?;
        Some(PersonRecord {
            place: row.place(),
            name: name_or(row, &key),
            aliases: row.list("aliases"),
            title: row.text("title"),
            company: row.text("company"),
            email: row.text("email"),
            location: row.text("location"),
            extra: None,
            dates: row.dates(),
            key,
        })
    });
    Ok(())
}

fn memberships(
    text: &str,
    file: &Arc<str>,
    records: &mut Records,
    problems: &mut Problems,
) -> Result<(), ReadError> {
    records.memberships = MEMBERSHIPS.open(text, file, problems)?.records(problems, |row| {
        let (person, team) = (row.required("person")?, row.required("team")?);
        let (role, share, dates) = (row.text("role"), row.share(), row.dates());
        Some(MembershipRecord { place: row.place(), person, team, role, share, dates })
    });
    Ok(())
}

fn groupings(
    text: &str,
    file: &Arc<str>,
    records: &mut Records,
    problems: &mut Problems,
) -> Result<(), ReadError> {
    records.groupings = GROUPINGS.open(text, file, problems)?.records(problems, |row| {
        let (key, kind) = (row.required("id")?, row.required("kind")?);
        let kind = match kind.as_str() {
            "system" => GroupingKind::System,
            "domain" => GroupingKind::Domain,
            other => {
                let message = format!("“{other}” is neither system nor domain");
                row.spoil("kind", message, "use system or domain");
                return None;
            }
        };
        let owner_kind = owner_kind(row);
        let owner = row.optional("owner").map(|owner| owner.map(|key| OwnerRef { kind: owner_kind, key }));
        Some(GroupingRecord {
            place: row.place(),
            kind,
            name: name_or(row, &key),
            aliases: row.list("aliases"),
            parent: row.optional("parent"),
            owner,
            description: row.text("description"),
            tags: row.list("tags"),
            links: row.links("links"),
            extra: None,
            dates: row.dates(),
            key,
        })
    });
    Ok(())
}

fn services(
    text: &str,
    file: &Arc<str>,
    records: &mut Records,
    problems: &mut Problems,
) -> Result<(), ReadError> {
    records.services = SERVICES.open(text, file, problems)?.records(problems, |row| {
        let key = id(row, Kind::Service, &mut records.nameless)?;
        Some(ServiceRecord {
            place: row.place(),
            name: name_or(row, &key),
            aliases: row.list("aliases"),
            kind: row.text("kind"),
            lifecycle: row.text("lifecycle"),
            tier: row.tier(),
            tier_text: None,
            system: row.optional("system"),
            domain: row.optional("domain"),
            description: row.text("description"),
            url: row.text("url"),
            tags: row.list("tags"),
            links: row.links("links"),
            objective: row.availability("objective"),
            standalone: row.flag("standalone"),
            extra: None,
            dates: row.dates(),
            key,
        })
    });
    Ok(())
}

fn ownership(
    text: &str,
    file: &Arc<str>,
    records: &mut Records,
    problems: &mut Problems,
) -> Result<(), ReadError> {
    records.ownerships = OWNERSHIP.open(text, file, problems)?.records(problems, |row| {
        let service = row.required("service")?;
        let owner = row.text("owner").unwrap_or_default();
        let owner = OwnerRef { kind: owner_kind(row), key: owner };
        let role = row.text("role").filter(|role| !role.is_empty()).unwrap_or_else(|| role::OWNER.to_owned());
        let (confirmed, dates) = (row.date("confirmed"), row.dates());
        Some(OwnershipRecord {
            place: row.place(),
            service,
            owner,
            role,
            confirmed,
            named: row.optional("named"),
            dates,
        })
    });
    Ok(())
}

fn owner_kind(row: &mut CsvRow<'_>) -> OwnerKind {
    match row.text("owner_kind").unwrap_or_default().to_lowercase().as_str() {
        "team" | "group" => OwnerKind::Team,
        "person" | "user" => OwnerKind::Person,
        "" => OwnerKind::Either,
        other => {
            let message = format!("unknown owner kind “{other}”; tried team, then person");
            row.complain("owner_kind", Level::Warning, message, "use team or person");
            OwnerKind::Either
        }
    }
}

fn dependencies(
    text: &str,
    file: &Arc<str>,
    records: &mut Records,
    problems: &mut Problems,
) -> Result<(), ReadError> {
    records.dependencies = DEPENDENCIES.open(text, file, problems)?.records(problems, |row| {
        let (service, depends_on) = (row.required("service")?, row.required("depends_on")?);
        let (kind, criticality, dates) = (row.text("kind"), row.text("criticality"), row.dates());
        let weight = |cell: &str| cell.parse().ok().filter(|weight| *weight > Decimal6::ZERO);
        let cost_weight =
            row.counted("cost_weight", weight, "is not a weight", "write a number such as 2 or 0.5");
        Some(DependencyRecord {
            place: row.place(),
            service,
            depends_on,
            kind,
            criticality,
            cost_weight,
            dates,
        })
    });
    Ok(())
}

fn interactions(
    text: &str,
    file: &Arc<str>,
    records: &mut Records,
    problems: &mut Problems,
) -> Result<(), ReadError> {
    records.interactions = INTERACTIONS.open(text, file, problems)?.records(problems, |row| {
        let (team, with, mode) = (row.required("team")?, row.required("with")?, row.required("mode")?);
        if team == with {
            let message = "a team can’t interact with itself".to_owned();
            row.spoil("with", message, "name the other team");
            return None;
        }
        let (purpose, expected_end, dates) = (row.text("purpose"), row.date("expected_end"), row.dates());
        let (place, mode) = (row.place(), Some(mode));
        Some(InteractionRecord { place, team, with, mode, purpose, expected_end, dates })
    });
    Ok(())
}
