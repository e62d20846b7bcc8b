//! Writes the tables of teams, people, services and what relates them; [`write`] writes all of them.

use std::{fs, path::Path};

use headroom_files::{Diagnostic, WriteError};
use headroom_model::{
    Dependency, Grouping, GroupingId, GroupingKind, Interaction, Link, Membership, Owner, Person, Plan,
    Snapshot, Team,
};

use super::{
    approvals, described, hiring,
    out::{Out, day, service_key},
    schema::{DEPENDENCIES, GROUPINGS, INTERACTIONS, MEMBERSHIPS, OWNERSHIP, PEOPLE, SERVICES, TEAMS},
    table::{joined_list, link_text},
};

/// Writes every table, with all dates, to a folder. Each file is complete afterwards, or as it was before.
///
/// # Errors
/// [`WriteError::Io`], [`WriteError::IsPlan`] or [`WriteError::Value`]; files written before stay.
pub fn write(snapshot: &Snapshot, folder: &Path) -> Result<Vec<Diagnostic>, WriteError> {
    let plan = snapshot.plan();
    fs::create_dir_all(folder).map_err(WriteError::io(folder))?;
    teams(plan, folder)?;
    people(plan, folder)?;
    memberships(plan, folder)?;
    groupings(plan, folder)?;
    services(plan, folder)?;
    ownership(plan, folder)?;
    dependencies(plan, folder)?;
    interactions(plan, folder)?;
    hiring::write(plan, folder)?;
    described::write(plan, folder)?;
    approvals::write(plan, folder)
}

fn links(links: &[Link]) -> String {
    joined_list(&links.iter().map(link_text).collect::<Vec<_>>())
}

fn grouping_key(plan: &Plan, id: Option<GroupingId>) -> &str {
    id.and_then(|id| plan.groupings.get(id)).map_or("", |row| row.key.as_str())
}

fn owner_cells(plan: &Plan, owner: Owner) -> (&str, &'static str) {
    match owner {
        Owner::Team(id) => (plan.teams.get(id).map_or("", |row| row.key.as_str()), "team"),
        Owner::Person(id) => (plan.people.get(id).map_or("", |row| row.key.as_str()), "person"),
    }
}

fn teams(plan: &Plan, folder: &Path) -> Result<(), WriteError> {
    let mut out = Out::new(folder, &TEAMS)?;
    for row in plan.in_order::<Team>().into_iter().filter(|row| !row.unconfirmed) {
        let parent = row.parent.and_then(|id| plan.teams.get(id)).map_or("", |team| team.key.as_str());
        out.row(&[
            &row.key,
            &row.name,
            parent,
            &row.kind,
            &row.description,
            &row.outcome,
            &row.segment,
            &joined_list(&row.aliases),
            &day(row.from),
            &day(row.until),
        ])?;
    }
    out.finish()
}

fn people(plan: &Plan, folder: &Path) -> Result<(), WriteError> {
    let mut out = Out::new(folder, &PEOPLE)?;
    for row in plan.in_order::<Person>().into_iter().filter(|row| !row.unconfirmed) {
        out.row(&[
            &row.key,
            &row.name,
            &row.title,
            &row.company,
            &row.email,
            &row.location,
            &joined_list(&row.aliases),
            &day(row.from),
            &day(row.until),
        ])?;
    }
    out.finish()
}

fn memberships(plan: &Plan, folder: &Path) -> Result<(), WriteError> {
    let mut out = Out::new(folder, &MEMBERSHIPS)?;
    for row in plan.in_order::<Membership>() {
        let person = plan.people.get(row.person).map_or("", |person| person.key.as_str());
        let team = plan.teams.get(row.team).map_or("", |team| team.key.as_str());
        let share = row.share.map(|percent| format!("{percent}%")).unwrap_or_default();
        out.row(&[person, team, &row.role, &share, &day(row.from), &day(row.until)])?;
    }
    out.finish()
}

fn groupings(plan: &Plan, folder: &Path) -> Result<(), WriteError> {
    let mut out = Out::new(folder, &GROUPINGS)?;
    // Domains first: systems refer to them.
    for kind in [GroupingKind::Domain, GroupingKind::System] {
        let groupings = plan.in_order::<Grouping>().into_iter();
        for row in groupings.filter(|row| row.kind == kind && !row.unconfirmed) {
            let (owner, owner_kind) = row.owner.map_or(("", ""), |owner| owner_cells(plan, owner));
            out.row(&[
                &row.key,
                kind.noun(),
                &row.name,
                grouping_key(plan, row.parent),
                owner,
                owner_kind,
                &row.description,
                &joined_list(&row.tags),
                &links(&row.links),
                &joined_list(&row.aliases),
                &day(row.from),
                &day(row.until),
            ])?;
        }
    }
    out.finish()
}

fn services(plan: &Plan, folder: &Path) -> Result<(), WriteError> {
    let mut out = Out::new(folder, &SERVICES)?;
    // What one import has made is in the order of its source, which says which owner of a service comes first.
    for row in plan.services.iter().filter(|row| !row.unconfirmed) {
        let tier = row.tier.map(|tier| tier.to_string()).unwrap_or_default();
        out.row(&[
            &row.key,
            &row.name,
            &row.kind,
            &row.lifecycle,
            &row.description,
            &row.url,
            &tier,
            grouping_key(plan, row.system),
            grouping_key(plan, row.domain),
            &joined_list(&row.tags),
            &links(&row.links),
            &row.objective.map(|objective| format!("{objective}%")).unwrap_or_default(),
            if row.standalone { "yes" } else { "" },
            &joined_list(&row.aliases),
            &day(row.from),
            &day(row.until),
        ])?;
    }
    out.finish()
}

fn ownership(plan: &Plan, folder: &Path) -> Result<(), WriteError> {
    let mut out = Out::new(folder, &OWNERSHIP)?;
    for row in &plan.ownerships {
        let (owner, kind) = owner_cells(plan, row.owner);
        let service = service_key(plan, row.service);
        let named = row.named.as_deref().unwrap_or_default();
        let confirmed = day(row.confirmed);
        out.row(&[service, owner, kind, &row.role, &confirmed, named, &day(row.from), &day(row.until)])?;
    }
    out.finish()
}

fn dependencies(plan: &Plan, folder: &Path) -> Result<(), WriteError> {
    let mut out = Out::new(folder, &DEPENDENCIES)?;
    for row in plan.in_order::<Dependency>() {
        let (from, to) = (service_key(plan, row.service), service_key(plan, row.depends_on));
        let weight = row.cost_weight.map(|weight| weight.to_string()).unwrap_or_default();
        out.row(&[from, to, &row.kind, &row.criticality, &weight, &day(row.from), &day(row.until)])?;
    }
    out.finish()
}

fn interactions(plan: &Plan, folder: &Path) -> Result<(), WriteError> {
    if !INTERACTIONS.is_wanted(folder, plan.interactions.is_empty()) {
        return Ok(());
    }
    let mut out = Out::new(folder, &INTERACTIONS)?;
    let key = |id| plan.teams.get(id).map_or("", |team| team.key.as_str());
    for row in plan.in_order::<Interaction>() {
        let (expected_end, from, until) = (day(row.expected_end), day(row.from), day(row.until));
        out.row(&[key(row.team), key(row.with), &row.mode, &row.purpose, &expected_end, &from, &until])?;
    }
    out.finish()
}
