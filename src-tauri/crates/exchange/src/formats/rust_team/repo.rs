//! Reads one repository.

use std::path::Path;

use headroom_files::{Level, Place, records::*, shortened};
use headroom_model::{Link, role};

use super::named_file::{ID, is_archived, named};
use crate::catalog::field_reader::FieldReader;

/// Levels of access, from least to most. From `write` on they allow changes of the code.
const LEVELS: [&str; 5] = ["read", "triage", "write", "maintain", "admin"];
const WRITE: usize = 2;

pub fn read(fields: &FieldReader<'_>, path: &Path, records: &mut Records) {
    let Some(name) = named(fields, "name", path) else { return };
    let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
    let org = fields.filled("org").unwrap_or_else(|| folder.to_owned());
    let key = if org.is_empty() { name.clone() } else { format!("{org}/{name}") };
    if let Some(access) = fields.fields("access") {
        own(&access, &key, records);
        for name in access.rest().keys() {
            let message = format!("unknown kind of access “{}”; ignored", shortened(name));
            access.say(Level::Warning, name, message, "use teams or individuals");
        }
    }
    let homepage = fields.filled("homepage");
    let link = homepage.map(|url| Link { url, title: "Homepage".to_owned(), ..Link::default() });
    let rest = fields.rest();
    records.services.push(ServiceRecord {
        place: fields.place_of("name"),
        name: Some(name),
        kind: Some("repository".to_owned()),
        lifecycle: Some(if is_archived(path) { "archived" } else { "" }.to_owned()),
        description: Some(fields.text("description").unwrap_or_default()),
        url: Some(if org.is_empty() { String::new() } else { format!("https://github.com/{key}") }),
        links: Some(link.into_iter().collect()),
        extra: Some((ID, fields.extra(rest))),
        key,
        ..ServiceRecord::default()
    });
}

/// The teams with the highest access own the repository; people only if no team may write.
fn own(access: &FieldReader<'_>, service: &str, records: &mut Records) {
    let teams = granted(access, "teams", OwnerKind::Team);
    let people = granted(access, "individuals", OwnerKind::Person);
    let candidates = if teams.is_empty() { &people } else { &teams };
    let best = candidates.iter().map(|(_, level, _)| *level).max();
    let kind = candidates.first().map(|(owner, ..)| owner.kind);
    for (owner, level, place) in teams.into_iter().chain(people) {
        let is_owner = Some(owner.kind) == kind && Some(level) == best;
        let role = if is_owner { role::OWNER } else { role::BACKUP };
        records.ownerships.push(OwnershipRecord::new(place, service, owner, role));
    }
}

/// Those who may write, with their level.
fn granted(access: &FieldReader<'_>, name: &str, kind: OwnerKind) -> Vec<(OwnerRef, usize, Place)> {
    let Some(fields) = access.fields(name) else { return Vec::new() };
    let mut granted = Vec::new();
    for entry in fields.entries() {
        let place = fields.place_of(&entry.name);
        let Some(level) = fields.filled(&entry.name) else { continue };
        match LEVELS.iter().position(|known| level.eq_ignore_ascii_case(known)) {
            Some(level) if level >= WRITE => {
                granted.push((OwnerRef { kind, key: entry.name.clone() }, level, place));
            }
            Some(_) => {}
            None => {
                let message = format!("unknown access level “{}”; ignored", shortened(&level));
                let advice = "use read, triage, write, maintain or admin";
                access.report.say(Level::Error, place, message, advice);
            }
        }
    }
    granted
}
