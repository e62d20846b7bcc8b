//! Planned hires that look like duplicates of each other.

use headroom_model::{Position, PositionId, Snapshot, TeamId, folded};
use rustc_hash::FxHashMap;

use super::support::positions;
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "seat-planned-twice",
    title: "Duplicate position",
    severity: Severity::High,
    why: "A hire that is planned twice is budgeted twice, and half of the capacity never arrives.",
    fix: "Close one of the two, or make the difference clear.",
    source: Source {
        text: "Frappe HR: staffing plans for one designation must not overlap",
        url: "https://github.com/frappe/hrms/blob/develop/hrms/hr/doctype/staffing_plan/staffing_plan.py",
    },
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(positions::close_or_hold) };

/// The criteria by which two positions are duplicates. Similar positions of one source are not: teams do hire two
/// backend engineers for the same day.
#[derive(PartialEq, Eq, Hash)]
enum Same {
    Requisition(String),
    Backfill(PositionId),
    /// Team, then title, level and location (case-folded), then start.
    Alike(TeamId, [String; 3], chrono::NaiveDate),
}

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let coming = positions::coming_hires(check);
    let mut seen: FxHashMap<Same, Vec<&Position>> = FxHashMap::default();
    let mut reported: Vec<(PositionId, PositionId)> = Vec::new();
    let mut in_order: Vec<&Position> = coming.iter().map(|one| one.position).collect();
    in_order.sort_by(|a, b| a.key.cmp(&b.key));
    for position in in_order {
        for same in sames(position) {
            let because = words(snapshot, &same);
            let is_alike = matches!(same, Same::Alike(..));
            let known = seen.entry(same).or_default();
            let first = known.iter().find(|other| !is_alike || other.source != position.source);
            if let Some(first) = first.filter(|first| !reported.contains(&(first.id, position.id))) {
                reported.push((first.id, position.id));
                let message = format!("{} duplicates {}: {because}", position.name(), first.name());
                let mut finding = Finding::of_position(check, position, message).about(&first.key);
                if is_alike {
                    finding.severity = finding.severity.min(Severity::Medium);
                }
                found.push(finding.with(Evidence::entities("Other position", [first.id.into()])));
            }
            known.push(position);
        }
    }
}

fn sames(position: &Position) -> Vec<Same> {
    let mut sames = Vec::new();
    let requisition = position.requisition.trim();
    if !requisition.is_empty() {
        sames.push(Same::Requisition(folded(requisition).into_owned()));
    }
    sames.extend(position.backfill_of.map(Same::Backfill));
    if let (Some(team), Some(day), false) =
        (position.team, position.start.or(position.need_by), position.title.is_empty())
    {
        let words =
            [&position.title, &position.level, &position.location].map(|text| folded(text).into_owned());
        sames.push(Same::Alike(team, words, day));
    }
    sames
}

fn words(snapshot: &Snapshot, same: &Same) -> String {
    let plan = snapshot.plan();
    match same {
        Same::Requisition(number) => format!("both have requisition {}", number.to_uppercase()),
        Same::Backfill(position) => format!("both backfill {}", plan.name_of((*position).into())),
        Same::Alike(team, [title, ..], day) => {
            let team = plan.name_of((*team).into());
            format!("two sources plan “{title}” for {team} on {}", positions::date(*day))
        }
    }
}
