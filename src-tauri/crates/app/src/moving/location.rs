//! Closing a location: who and what is there, and where else they could be.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use headroom_analysis::measures::{LocationClosure, LocationStaff, close_location};
use headroom_model::{
    Draft, Entity, PersonId, Plan, PositionId, folded,
    wording::{count_of, date, listed},
};
use serde::{Deserialize, Serialize};

use super::subject::refused;
use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    state::AppState,
};

/// Where people are who work nowhere in particular, in a plan that does not say it otherwise.
const REMOTE: &str = "Remote";

/// A location at which somebody works, or is to.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LocationRow {
    /// As most write it.
    pub name: String,
    pub people: u32,
    /// Positions that nobody is in.
    pub positions: u32,
}

/// Who and what is at a location after its last day.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LocationForm {
    /// All locations, most people first.
    pub locations: Vec<LocationRow>,
    /// The word for working nowhere in particular; none if that is the location itself.
    pub remote: Option<String>,
    pub people: Vec<LocatedPerson>,
    pub positions: Vec<LocatedPosition>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LocatedPerson {
    pub person: NamedEntity,
    pub teams: Vec<NamedEntity>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LocatedPosition {
    pub position: NamedEntity,
    pub team: Option<NamedEntity>,
}

/// A location that is closed, with what becomes of everybody and of every empty position there.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LocationClosing {
    pub location: String,
    pub last_day: NaiveDate,
    pub people: Vec<Relocation>,
    pub positions: Vec<Relocation>,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Relocation {
    pub id: Id,
    /// The other location; none: the person leaves, the position is closed.
    pub to: Option<String>,
}

/// All locations, and who is at one of them after its last day; nobody if none is given.
#[specta::specta]
pub fn location_form(
    app: &AppState,
    location: Option<String>,
    last_day: NaiveDate,
    at: At,
) -> Answer<LocationForm> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let locations = locations(plan, last_day);
    let place = location.unwrap_or_default();
    let staff = if place.trim().is_empty() {
        LocationStaff::default()
    } else {
        LocationStaff::new(plan, &place, last_day)
    };
    let snapshot = plan.as_of(last_day);
    let person = |id: &PersonId| {
        let at = snapshot.person_ix(*id);
        let mut teams: Vec<_> =
            at.into_iter().flat_map(|at| snapshot.memberships(at)).map(|row| row.team).collect();
        teams.dedup();
        LocatedPerson {
            person: NamedEntity::new(plan, *id),
            teams: teams.into_iter().map(|team| NamedEntity::new(plan, team)).collect(),
        }
    };
    let position = |id: &PositionId| LocatedPosition {
        position: NamedEntity::new(plan, *id),
        team: plan.positions.get(*id).and_then(|row| row.team).map(|team| NamedEntity::new(plan, team)),
    };
    let is = |one: &str, other: &str| folded(one) == folded(other);
    let remote = locations.iter().find(|row| is(&row.name, REMOTE));
    let remote = remote.map_or_else(|| REMOTE.to_owned(), |row| row.name.clone());
    Ok(LocationForm {
        remote: Some(remote).filter(|remote| !is(remote, &place)),
        people: staff.people.iter().map(person).collect(),
        positions: staff.positions.iter().map(position).collect(),
        locations,
    })
}

/// The locations at which somebody works after the day or a position is empty, most people first.
fn locations(plan: &Plan, last_day: NaiveDate) -> Vec<LocationRow> {
    let mut spelled: BTreeMap<String, BTreeMap<&str, u32>> = BTreeMap::new();
    let people = plan.people.iter().filter(|row| row.date_range().reaches(last_day)).map(|row| &row.location);
    let positions =
        plan.positions.iter().filter(|row| row.date_range().reaches(last_day)).map(|row| &row.location);
    for place in people.chain(positions).map(|place| place.trim()).filter(|place| !place.is_empty()) {
        *spelled.entry(folded(place).into_owned()).or_default().entry(place).or_default() += 1;
    }
    let row = |spellings: BTreeMap<&str, u32>| {
        // Of those that are as common the first in order.
        let name = spellings.iter().rev().max_by_key(|(_, count)| **count).map_or("", |(name, _)| *name);
        let staff = LocationStaff::new(plan, name, last_day);
        LocationRow {
            name: name.to_owned(),
            people: staff.people.len() as u32,
            positions: staff.positions.len() as u32,
        }
    };
    let mut rows: Vec<LocationRow> =
        spelled.into_values().map(row).filter(|row| row.people + row.positions > 0).collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.people, row.positions)));
    rows
}

/// Collects the changes of a closure; gives its label.
pub(super) fn close(draft: &mut Draft<'_>, plan: &Plan, closing: &LocationClosing) -> Answer<String> {
    let place = closing.location.trim();
    let staff = LocationStaff::new(plan, place, closing.last_day);
    if place.is_empty() || staff.is_empty() {
        return Err(refused("nobody works there, and no position is to be filled there"));
    }
    let to = |row: &Relocation| row.to.as_ref().map(|to| to.trim().to_owned());
    let closure = LocationClosure {
        location: place.to_owned(),
        last_day: closing.last_day,
        people: closing.people.iter().map(|row| (row.id.into(), to(row))).collect(),
        positions: closing.positions.iter().map(|row| (row.id.into(), to(row))).collect(),
    };
    let is_open =
        |to: &Option<String>| to.as_ref().is_some_and(|to| to.is_empty() || folded(to) == folded(place));
    if closure.people.values().chain(closure.positions.values()).any(is_open) {
        return Err(refused(format!("choose another location than {place}")));
    }
    // Somebody who has come meanwhile is not left at a location that there is no more.
    let people = staff.people.iter().filter(|id| !closure.people.contains_key(*id)).map(|id| (*id).into());
    let positions =
        staff.positions.iter().filter(|id| !closure.positions.contains_key(*id)).map(|id| (*id).into());
    let forgotten: Vec<String> =
        people.chain(positions).take(3).map(|subject| plan.name_of(subject)).collect();
    if !forgotten.is_empty() {
        return Err(refused(format!("say what becomes of {}", listed(&forgotten))));
    }
    close_location(draft, &closure);
    Ok(label(&closure, &staff))
}

fn label(closure: &LocationClosure, staff: &LocationStaff) -> String {
    let leave = staff.people.iter().filter(|id| closure.people.get(*id) == Some(&None)).count();
    let relocate = staff.people.len() - leave;
    let words = [(relocate, "relocate"), (leave, "leave")].map(|(count, verb)| {
        let verb = if count == 1 { format!("{verb}s") } else { verb.to_owned() };
        (count > 0).then(|| format!("{} {verb}", count_of(count, "person")))
    });
    let words: Vec<String> = words.into_iter().flatten().collect();
    let what = if words.is_empty() { String::new() } else { format!(": {}", listed(&words)) };
    format!("Closed {} after {}{what}", closure.location, date(closure.last_day))
}
