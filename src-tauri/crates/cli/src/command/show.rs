//! `headroom show`: the page of an entity, as in the window.

use std::process::ExitCode;

use chrono::NaiveDate;
use headroom_analysis::FindingStatus;
use headroom_app::{
    at::At,
    entities::{
        entity::{EntityKind, NamedEntity},
        finding::{DecisionStatus, FindingRow},
        id::Id,
        membership::MemberRow,
        service::Neighbour,
    },
    hiring::{
        grid::grid_columns,
        position::{PositionPage, position_page},
    },
    onboarding::list::checklist::{ListView, list_names, list_view},
    organisation::team::{TeamPage, team_page},
    ownership::service::{DependencyRow, ServicePage, service_page},
    people::person::{PersonPage, person_page},
    search::find,
    state::AppState,
};
use serde::Serialize;

use super::{Outcome, open_app, print_json};
use crate::{
    arguments::{ShowArguments, ShownType},
    error::CliError,
    screen::{STRONG, println, while_waiting},
};

pub fn run(arguments: &ShowArguments) -> Outcome {
    let app = open_app(&arguments.plan)?;
    app.pay.show(arguments.with_pay);
    let at = arguments.day.at();
    let find = |kind| find(&app, kind, &arguments.name, at);
    let is_json = arguments.json;
    match arguments.what {
        ShownType::Team => {
            let id = find(EntityKind::Team)?.id;
            put(while_waiting("calculating", || team_page(&app, id, at))?, is_json, team)
        }
        ShownType::Person => {
            let id = find(EntityKind::Person)?.id;
            put(while_waiting("calculating", || person_page(&app, id, at))?, is_json, person)
        }
        ShownType::Service => {
            let id = find(EntityKind::Service)?.id;
            put(while_waiting("calculating", || service_page(&app, id, at))?, is_json, service)
        }
        ShownType::Position => {
            let id = find(EntityKind::Position)?.id;
            put(while_waiting("calculating", || position_page(&app, id, at))?, is_json, position)
        }
        ShownType::Checklist => {
            let id = newest_checklist(&app, &find(EntityKind::Person)?, at)?;
            put(while_waiting("calculating", || list_view(&app, id, at))?, is_json, checklist)
        }
    }
}

fn newest_checklist(app: &AppState, person: &NamedEntity, at: At) -> Result<Id, CliError> {
    let newest = list_names(app, at)?.lists.into_iter().find(|list| list.person.id == person.id);
    newest.map(|list| list.id).ok_or_else(|| {
        CliError::Checklist(format!(
            "{} has no checklist; start one with `headroom checklist PLAN start`",
            person.name
        ))
    })
}

fn put<T: Serialize>(page: T, is_json: bool, print: impl FnOnce(&T)) -> Outcome {
    if is_json {
        print_json(&page)?;
    } else {
        print(&page);
    }
    Ok(ExitCode::SUCCESS)
}

fn team(page: &TeamPage) {
    head(&page.team, page.is_active);
    field("type", &page.kind);
    field("part of", page.parent.as_ref().map_or("", |team| &team.name));
    field("description", &page.description);
    field("dates", &dates(page.from, page.until));
    if let Some(load) = &page.load {
        let each = load.tenths.map(|tenths| format!(", {}.{} per person", tenths / 10, tenths % 10));
        field("service load", &format!("{} points{}", load.points, each.unwrap_or_default()));
    }
    table("teams", page.children.iter().map(|team| vec![team.key.clone(), team.name.clone()]));
    table("members", page.members.iter().map(|row| member(row, &row.person)));
    let services = page.services.iter().map(|held| held_row(&held.service, held.tier, &held.role));
    table("services", services);
    table("depends on", page.needs.iter().map(neighbour));
    table("dependents", page.needed_by.iter().map(neighbour));
    findings(&page.findings);
}

fn person(page: &PersonPage) {
    head(&page.person, page.is_active);
    for (label, value) in [
        ("title", &page.title),
        ("company", &page.company),
        ("email", &page.email),
        ("location", &page.location),
    ] {
        field(label, value);
    }
    field("dates", &dates(page.from, page.until));
    table("teams", page.memberships.iter().map(|row| member(row, &row.team)));
    let services = page.services.iter().map(|held| held_row(&held.service, held.tier, &held.role));
    table("services", services);
    let alone = page.reliance.alone.iter().chain(&page.reliance.with_one);
    table("services that rely on them", alone.map(|row| vec![row.service.name.clone(), row.words.clone()]));
    findings(&page.findings);
}

fn service(page: &ServicePage) {
    head(&page.service, page.is_active);
    field("type", &page.kind);
    field("lifecycle", &page.lifecycle);
    field("tier", &page.tier.map(|tier| tier.to_string()).unwrap_or_default());
    field("system", page.system.as_ref().map_or("", |system| &system.name));
    field("domain", page.domain.as_ref().map_or("", |domain| &domain.name));
    field("description", &page.description);
    field("SLO", &page.objective);
    field("dates", &dates(page.from, page.until));
    field("impact", &super::count_of(page.affected as usize, "dependent"));
    let owner = |row: &headroom_app::ownership::service::OwnershipRow| {
        vec![row.role.clone(), row.owner.name.clone(), dates(row.from, row.until)]
    };
    table("owners", page.ownerships.iter().map(owner));
    let person = |person: &NamedEntity| vec![person.name.clone()];
    table("responders", page.people.iter().chain(&page.backup_people).map(person));
    table("depends on", page.needs.iter().map(dependency));
    table("dependents", page.needed_by.iter().map(dependency));
    findings(&page.findings);
}

fn position(page: &PositionPage) {
    head(&page.position, page.is_active);
    for (column, cell) in grid_columns().iter().zip(&page.row.cells) {
        let is_short = column.title.chars().all(char::is_uppercase);
        let label = if is_short { column.title.clone() } else { column.title.to_lowercase() };
        field(&label, cell);
    }
    let line = |row: &headroom_app::hiring::position::PositionRow| {
        let person = row.person.as_ref().map(|person| person.name.clone());
        vec![row.position.name.clone(), person.unwrap_or_else(|| row.status.clone())]
    };
    table("reports to", page.line.iter().map(line));
    table("direct reports", page.reports.iter().map(line));
    let assignment = |row: &headroom_app::hiring::position::AssignmentRow| {
        vec![row.person.name.clone(), dates(row.from, row.until)]
    };
    table("people", page.assignments.iter().map(assignment));
    findings(&page.findings);
}

fn checklist(page: &ListView) {
    head(&page.person, true);
    field("checklist", &format!("{}, {}", page.occasion, page.start));
    field("day", &page.when);
    field("done", &format!("{} of {}", page.done.over, page.done.items));
    table("contacts", page.contacts.iter().map(|row| vec![row.role.clone(), row.person.name.clone()]));
    for section in &page.sections {
        let items = page.items.iter().filter(|item| item.section == section.name);
        let row = |item: &headroom_app::onboarding::list::checklist::ListItem| {
            vec![
                item.due.map(|due| due.to_string()).unwrap_or_default(),
                item.state.clone(),
                item.title.clone(),
                item.who.clone(),
            ]
        };
        table(if section.name.is_empty() { "(no section)" } else { &section.name }, items.map(row));
    }
}

fn head(entity: &NamedEntity, is_active: bool) {
    let key = if entity.name.starts_with(&entity.key) { String::new() } else { format!(" ({})", entity.key) };
    let note = match (entity.is_unconfirmed, is_active) {
        (true, _) => " · unconfirmed",
        (false, false) => " · not on this date",
        (false, true) => "",
    };
    println!("{STRONG}{}{}{key}{note}", entity.name, STRONG.render_reset());
}

/// A value with its label; none if it is empty.
fn field(label: &str, value: &str) {
    if !value.is_empty() {
        println!("  {label:<14} {value}");
    }
}

/// Rows in columns below a heading; nothing if there are none.
fn table(heading: &str, rows: impl Iterator<Item = Vec<String>>) {
    let rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        return;
    }
    println!("\n{heading}");
    super::search::print_columns(&rows);
}

fn findings(rows: &[FindingRow]) {
    let status = |row: &FindingRow| match row.status {
        DecisionStatus::Open => String::new(),
        DecisionStatus::Accepted => FindingStatus::Accepted.name().to_owned(),
        DecisionStatus::Snoozed => FindingStatus::Snoozed.name().to_owned(),
    };
    table("findings", rows.iter().map(|row| vec![row.rule.clone(), row.message.clone(), status(row)]));
}

fn member(row: &MemberRow, other: &NamedEntity) -> Vec<String> {
    let share = row.share.map(|share| format!("{share} %")).unwrap_or_default();
    vec![other.name.clone(), row.role.clone(), share, dates(row.from, row.until)]
}

fn held_row(service: &NamedEntity, tier: Option<u8>, role: &str) -> Vec<String> {
    let tier = tier.map(|tier| format!("tier {tier}")).unwrap_or_default();
    vec![service.name.clone(), role.to_owned(), tier]
}

fn neighbour(row: &Neighbour) -> Vec<String> {
    vec![row.owner.name.clone(), super::count_of(row.edges as usize, "dependency")]
}

fn dependency(row: &DependencyRow) -> Vec<String> {
    let owners: Vec<&str> = row.owners.iter().map(|owner| owner.name.as_str()).collect();
    vec![row.service.name.clone(), owners.join(", ")]
}

/// `2027-01-01 to 2027-12-31`; empty if it holds always.
fn dates(from: Option<NaiveDate>, until: Option<NaiveDate>) -> String {
    match (from, until) {
        (Some(from), Some(until)) => format!("{from} to {until}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => String::new(),
    }
}
