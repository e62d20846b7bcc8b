use headroom_model::{Assignee, Position, PositionIx};

use super::{Found, leaving::Departure, short, words::listed};
use crate::hiring::{Fate, fate_after};

const SECTION: &str = "The seat";
/// Working days from the last one: hiring takes longer than handing over.
const DUE: i32 = -20;

/// What the manager of somebody who goes has to decide: what becomes of each seat, and whom those report to who report
/// to it.
pub(super) fn items(departure: &Departure<'_>) -> Vec<Found> {
    let before = &departure.before;
    let Some(person) = before.person_ix(departure.person) else { return Vec::new() };
    let mut seats: Vec<PositionIx> = before.seats_of(person).iter().map(|at| *at as usize).collect();
    seats.sort_unstable();
    seats.dedup();
    let of_seat = |at: PositionIx| [fate(departure, before.position(at)), reports(departure, at)];
    seats.into_iter().flat_map(of_seat).flatten().collect()
}

/// Nothing when it is decided.
fn fate(departure: &Departure<'_>, seat: &Position) -> Option<Found> {
    let plan = departure.before.plan();
    if fate_after(plan, seat, departure.person, departure.last) != Fate::Undecided {
        return None;
    }
    let (person, name) = (plan.name_of(departure.person.into()), seat.name());
    let text = format!(
        "{person} leaves it on {}, and nothing follows: plan a backfill, let it end then, or put it on hold.",
        departure.last.format("%-d %b %Y")
    );
    Some(Found {
        key: format!("seat:{}", seat.id.0),
        section: SECTION.to_owned(),
        title: short(format!("Decide what becomes of {name}")),
        text,
        team: seat.team,
        due: DUE,
        assignee: Assignee::Manager,
        ..Found::default()
    })
}

/// Nothing when everybody has somebody above them afterwards as well.
fn reports(departure: &Departure<'_>, seat: PositionIx) -> Option<Found> {
    let (before, after) = (&departure.before, &departure.after);
    let (mut names, mut lines, mut is_settled) = (Vec::new(), Vec::new(), true);
    for report in before.reports_of(seat) {
        let Some(at) = after.position_ix(before.position(*report as usize).id) else { continue };
        let people: Vec<String> = people_in(departure, at);
        if people.is_empty() {
            continue;
        }
        let above = after.manager_of(at);
        let managers = above.map(|above| people_in(departure, above)).unwrap_or_default();
        let people = listed(&people);
        lines.push(match (above, managers.is_empty()) {
            (_, false) => format!("- {people}: to {}", listed(&managers)),
            (Some(above), true) => {
                format!("- {people}: to {}, where nobody is", after.position(above).name())
            }
            (None, true) => format!("- {people}: to nobody"),
        });
        is_settled &= !managers.is_empty();
        names.push(people);
    }
    if is_settled {
        return None;
    }
    let (id, name) = (before.position(seat).id, before.position(seat).name());
    let until = departure.last.format("%-d %b %Y");
    Some(Found {
        key: format!("reports:{}", id.0),
        section: SECTION.to_owned(),
        title: short(format!(
            "Say whom {} report{} to",
            listed(&names),
            if names.len() == 1 { "s" } else { "" }
        )),
        text: format!(
            "Until {until} it is {name}. From the day after, as the plan has it:\n\n{}",
            lines.join("\n")
        ),
        due: DUE,
        assignee: Assignee::Manager,
        ..Found::default()
    })
}

/// The names of those in a seat once somebody has gone.
fn people_in(departure: &Departure<'_>, seat: PositionIx) -> Vec<String> {
    let others = departure.after.occupants(seat).filter(|row| row.person != departure.person);
    let mut names: Vec<String> =
        others.map(|row| departure.after.plan().name_of(row.person.into())).collect();
    names.sort_unstable();
    names.dedup();
    names
}
