//! The Overview of a person in Markdown.

use std::fmt::Write;

use headroom_checklist_markdown::markdown_of;
use headroom_model::wording::{count_of, date};

use super::{OwnService, OwnTeam, PersonOverview, owed::OwedItem};
use crate::{
    entities::severity::Tally,
    overview::document::{moved, section, with_rest},
};

pub(super) fn markdown(shown: &PersonOverview) -> String {
    let mut out = format!("# {} on {}\n\n", markdown_of(&shown.person.name), date(shown.day));
    let title = Some(shown.title.clone()).filter(|title| !title.is_empty());
    for line in [absence(shown), title].into_iter().flatten() {
        let _ = writeln!(out, "{}\n", markdown_of(&line));
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    section(&mut out, "Teams", shown.teams.iter().map(team), "On no team");
    let services = with_rest(shown.services.iter().map(service).collect(), shown.services_total);
    section(&mut out, "Services", services, "None");
    let items = with_rest(shown.items.items.iter().map(item).collect(), shown.items.total);
    section(&mut out, "Checklist items", items, "Nothing is open");
    let findings = shown
        .findings
        .iter()
        .map(|row| format!("**{}** {}", row.severity.label(), markdown_of(&row.message)))
        .collect();
    section(&mut out, "Assigned findings", with_rest(findings, shown.findings_total), "None");
    if shown.reports > 0 || shown.moves.joining_total > 0 || shown.moves.leaving_total > 0 {
        let moves = &shown.moves;
        let until = date(moves.until);
        let joining = moved(&moves.joining, moves.joining_total);
        section(&mut out, &format!("Reports who join by {until}"), joining, "Nobody");
        let leaving = moved(&moves.leaving, moves.leaving_total);
        section(&mut out, &format!("Reports who leave by {until}"), leaving, "Nobody");
    }
    out
}

/// Why there is little to say of somebody who is not there.
fn absence(shown: &PersonOverview) -> Option<String> {
    match (shown.from, shown.until) {
        _ if shown.is_there => None,
        (Some(from), _) if from > shown.day => Some(format!("Joins on {}.", date(from))),
        (_, Some(until)) => Some(format!("Left on {}.", date(until))),
        _ => Some("Not employed on the date shown.".to_owned()),
    }
}

/// ` (3 findings)`; empty if there are none.
fn found(findings: &Tally) -> String {
    match findings.count {
        0 => String::new(),
        count => format!(", {}", count_of(count as usize, "finding")),
    }
}

fn team(row: &OwnTeam) -> String {
    let role = if row.role.is_empty() { String::new() } else { format!("{}, ", markdown_of(&row.role)) };
    let people = match row.people {
        1 => "1 person".to_owned(),
        people => format!("{people} people"),
    };
    format!("{}: {role}{people}{}", markdown_of(&row.team.name), found(&row.findings))
}

fn service(row: &OwnService) -> String {
    let by = row.team.as_ref().map_or_else(|| row.role.clone(), |team| team.name.clone());
    format!("{}: {}{}", markdown_of(&row.service.name), markdown_of(&by), found(&row.findings))
}

fn item(row: &OwedItem) -> String {
    let due = row.due.map_or_else(|| "no due date".to_owned(), |day| date(day).to_string());
    let overdue = if row.is_overdue { ", overdue" } else { "" };
    let whose = match row.role.words() {
        "" => String::new(),
        role => format!(" (for {} {role})", markdown_of(&row.whose.name)),
    };
    format!("{due}{overdue}: {}{whose}", markdown_of(&row.title))
}
