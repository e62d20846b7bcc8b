//! The services and teams of incidents and their actions: found by key, name and alias; nothing is made of what the plan
//! does not know.

use std::collections::BTreeMap;

use headroom_files::{
    Diagnostic, Level, Place,
    records::{FieldStatement, KeyRef, Records, RowRecord},
};
use headroom_model::{KeysByName, Kind, Plan, wording::count_of};

/// What is unknown, with how often it is named and where first.
#[derive(Default)]
struct UnknownNames(BTreeMap<(&'static str, String), (usize, Place)>);

impl UnknownNames {
    fn add(&mut self, noun: &'static str, name: &str, place: &Place) {
        self.0.entry((noun, name.to_owned())).or_insert_with(|| (0, place.clone())).0 += 1;
    }
}

/// Puts keys in place of what incidents and actions call services and teams. Services of an incident that are unknown are
/// kept as names; an action without them belongs to nobody until its service or team is said.
pub fn match_incident_services(plan: &Plan, records: &mut Records) {
    if !records.rows.iter().any(|row| matches!(row.kind, Kind::Incident | Kind::Action)) {
        return;
    }
    let services = KeysByName::of_services(plan);
    let teams = KeysByName::of_teams(plan);
    let mut unknown = UnknownNames::default();
    for row in &mut records.rows {
        match row.kind {
            Kind::Incident => of_incident(row, &services, &mut unknown),
            Kind::Action => of_action(row, &services, &teams, &mut unknown),
            _ => {}
        }
    }
    for ((noun, name), (count, place)) in unknown.0 {
        let message = format!("no {noun} is called “{name}” ({})", count_of(count, "row"));
        let advice = format!("add the {noun}, or the name to its other names, and import again");
        records.problems.push(Diagnostic::new(Level::Warning, place, message, advice));
    }
}

fn of_incident(row: &mut RowRecord, services: &KeysByName<'_>, unknown: &mut UnknownNames) {
    let mut unmatched: Vec<String> = Vec::new();
    let mut known: Vec<KeyRef> = Vec::new();
    for (name, said) in &mut row.fields {
        let FieldStatement::References(named) = said else { continue };
        if *name != "services" {
            continue;
        }
        for own in std::mem::take(named) {
            match services.key(&own.key) {
                Some(key) if known.iter().all(|known| known.key != key) => {
                    known.push(KeyRef { kind: own.kind, key: key.to_owned() });
                }
                Some(_) => {}
                None => {
                    unknown.add("service", &own.key, &row.place);
                    unmatched.push(own.key);
                }
            }
        }
        *named = std::mem::take(&mut known);
    }
    row.fields.push(("unmatched", FieldStatement::Value(unmatched.into())));
}

fn of_action(
    row: &mut RowRecord,
    services: &KeysByName<'_>,
    teams: &KeysByName<'_>,
    unknown: &mut UnknownNames,
) {
    let mut lost: Vec<&'static str> = Vec::new();
    for (name, said) in &mut row.fields {
        let FieldStatement::Reference(own) = said else { continue };
        let (keys, noun) = match *name {
            "service" => (services, "service"),
            "team" => (teams, "team"),
            _ => continue,
        };
        match keys.key(&own.key) {
            Some(key) => key.clone_into(&mut own.key),
            None => {
                unknown.add(noun, &own.key, &row.place);
                lost.push(*name);
            }
        }
    }
    row.fields.retain(|(name, _)| !lost.contains(name));
}
