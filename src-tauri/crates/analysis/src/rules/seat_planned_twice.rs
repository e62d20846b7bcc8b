use headroom_model::{Position, PositionId, folded};
use rustc_hash::FxHashMap;

use super::*;

pub static RULE: Rule = Rule {
    id: "seat-planned-twice",
    title: "The same seat planned twice",
    severity: Severity::High,
    why: "A hire that stands in the plan twice is paid for twice, and half of the capacity never comes.",
    fix: "Close one of the two, or tell them apart.",
    source: Source {
        text: "Frappe HR: staffing plans for one designation must not overlap",
        url: "https://github.com/frappe/hrms/blob/develop/hrms/hr/doctype/staffing_plan/staffing_plan.py",
    },
    thresholds: &[],
    check,
    remedies: Some(seats::close_or_hold),
};

/// By what two seats are the same one. Seats alike that one source tells apart are two: teams do hire two backend
/// engineers for the same day.
#[derive(PartialEq, Eq, Hash)]
enum Same {
    Requisition(String),
    Backfill(PositionId),
    /// With the title, the level and the location, folded.
    Alike(TeamId, [String; 3], chrono::NaiveDate),
}

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let coming = seats::coming(check);
    let mut seen: FxHashMap<Same, Vec<&Position>> = FxHashMap::default();
    let mut told: Vec<(PositionId, PositionId)> = Vec::new();
    let mut in_order: Vec<&Position> = coming.iter().map(|one| one.seat).collect();
    in_order.sort_by(|a, b| a.key.cmp(&b.key));
    for seat in in_order {
        for same in sames(seat) {
            let because = words(snapshot, &same);
            let is_alike = matches!(same, Same::Alike(..));
            let known = seen.entry(same).or_default();
            let first = known.iter().find(|other| !is_alike || other.source != seat.source);
            if let Some(first) = first.filter(|first| !told.contains(&(first.id, seat.id))) {
                told.push((first.id, seat.id));
                let message = format!("{} is {} again: {because}", seat.name(), first.name());
                let mut finding = Finding::of_position(check, seat, message).about(&first.key);
                if is_alike {
                    finding.severity = finding.severity.min(Severity::Medium);
                }
                found.push(finding.with(Evidence::entities("The other", [first.id.into()])));
            }
            known.push(seat);
        }
    }
}

fn sames(seat: &Position) -> Vec<Same> {
    let mut sames = Vec::new();
    let requisition = seat.requisition.trim();
    if !requisition.is_empty() {
        sames.push(Same::Requisition(folded(requisition).into_owned()));
    }
    sames.extend(seat.backfill_of.map(Same::Backfill));
    if let (Some(team), Some(day), false) = (seat.team, seat.start.or(seat.need_by), seat.title.is_empty()) {
        let words = [&seat.title, &seat.level, &seat.location].map(|text| folded(text).into_owned());
        sames.push(Same::Alike(team, words, day));
    }
    sames
}

fn words(snapshot: &Snapshot, same: &Same) -> String {
    let plan = snapshot.plan();
    match same {
        Same::Requisition(number) => format!("both have requisition {}", number.to_uppercase()),
        Same::Backfill(seat) => format!("both follow {}", plan.name_of((*seat).into())),
        Same::Alike(team, [title, ..], day) => {
            let team = plan.name_of((*team).into());
            format!("two sources plan “{title}” for {team} on {}", seats::date(*day))
        }
    }
}
