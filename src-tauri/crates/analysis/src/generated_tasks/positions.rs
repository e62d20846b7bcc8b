//! Offboarding: what the manager has to decide about positions and reports.

use headroom_model::{Assignee, Position, PositionIx};

use super::{
    offboarding::OffboardingTasks,
    task::GeneratedTask,
    words::{listed, short},
};
use crate::hiring::{BackfillDecision, decision_after};

const SECTION: &str = "Position";
/// The due date in working days from the last day. Hiring takes longer than a transfer.
const DUE: i32 = -20;

/// The tasks of the manager: a backfill decision for each position, and a manager for those who report to it.
pub(super) fn items(departure: &OffboardingTasks<'_>) -> Vec<GeneratedTask> {
    let before = &departure.before;
    let Some(person) = before.person_ix(departure.person) else { return Vec::new() };
    let mut seats: Vec<PositionIx> = before.positions_of(person).iter().map(|at| *at as usize).collect();
    seats.sort_unstable();
    seats.dedup();
    let of_position = |at: PositionIx| [decision(departure, before.position(at)), reports(departure, at)];
    seats.into_iter().flat_map(of_position).flatten().collect()
}

/// The backfill decision; none if it is made.
fn decision(departure: &OffboardingTasks<'_>, position: &Position) -> Option<GeneratedTask> {
    let plan = departure.before.plan();
    if decision_after(plan, position, departure.person, departure.last) != BackfillDecision::Undecided {
        return None;
    }
    let (person, name) = (plan.name_of(departure.person.into()), position.name());
    let text = format!(
        "{person} leaves on {}, and there is no backfill decision: plan a backfill, close the position \
         or put it on hold.",
        headroom_model::wording::date(departure.last)
    );
    Some(GeneratedTask {
        key: format!("position:{}", position.id.0),
        section: SECTION.to_owned(),
        title: short(format!("Decide: backfill or close {name}")),
        text,
        team: position.team,
        due: DUE,
        assignee: Assignee::Manager,
        ..GeneratedTask::default()
    })
}

/// Reassigning reports; none if all of them have a manager after the departure.
fn reports(departure: &OffboardingTasks<'_>, position: PositionIx) -> Option<GeneratedTask> {
    let (before, after) = (&departure.before, &departure.after);
    let (mut names, mut lines, mut is_settled) = (Vec::new(), Vec::new(), true);
    for report in before.reports_of(position) {
        let Some(at) = after.position_ix(before.position(*report as usize).id) else { continue };
        let people: Vec<String> = people_in(departure, at);
        if people.is_empty() {
            continue;
        }
        let above = after.manager_of(at);
        let managers = above.map(|above| people_in(departure, above)).unwrap_or_default();
        let people = listed(&people);
        lines.push(match (above, managers.is_empty()) {
            (_, false) => format!("- {people}: {}", listed(&managers)),
            (Some(above), true) => {
                format!("- {people}: {} (vacant)", after.position(above).name())
            }
            (None, true) => format!("- {people}: no manager"),
        });
        is_settled &= !managers.is_empty();
        names.push(people);
    }
    if is_settled {
        return None;
    }
    let (id, name) = (before.position(position).id, before.position(position).name());
    let until = headroom_model::wording::date(departure.last);
    Some(GeneratedTask {
        key: format!("reports:{}", id.0),
        section: SECTION.to_owned(),
        title: short(format!("Reassign reports: {}", listed(&names))),
        text: format!(
            "They report to {name} until {until}. After that, according to the plan:\n\n{}",
            lines.join("\n")
        ),
        due: DUE,
        assignee: Assignee::Manager,
        ..GeneratedTask::default()
    })
}

/// The names of a position's occupants after the departure.
fn people_in(departure: &OffboardingTasks<'_>, position: PositionIx) -> Vec<String> {
    let others = departure.after.occupants(position).filter(|row| row.person != departure.person);
    let mut names: Vec<String> =
        others.map(|row| departure.after.plan().name_of(row.person.into())).collect();
    names.sort_unstable();
    names.dedup();
    names
}
