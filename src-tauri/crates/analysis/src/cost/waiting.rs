//! Positions whose cost waits for a decision: to be approved, to come off hold, to get a start date.
//!
//! What a position would cost that is not in the plan is what the plan costs once it is decided: it is calculated from a
//! plan in which it is, as every question of what if.

use chrono::NaiveDate;
use headroom_model::{Draft, Plan, Position, PositionId, Status, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Costs, cost_by_position, months_between};
use crate::{
    assumptions::Assumptions,
    hiring::{Occupancy, PositionCalendar},
};

/// What a position waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WaitingFor {
    /// The planned hire is in the plan's cost, and not approved.
    Approval,
    /// It is on hold, and costs nothing.
    Hold,
    /// It is wanted, and nobody is planned for it: without a start date it costs nothing.
    StartDate,
}

impl WaitingFor {
    pub const ALL: [WaitingFor; 3] = [WaitingFor::Approval, WaitingFor::Hold, WaitingFor::StartDate];

    /// Whether its cost is in the plan.
    pub fn is_in_plan(self) -> bool {
        self == WaitingFor::Approval
    }

    pub fn title(self) -> &'static str {
        match self {
            WaitingFor::Approval => "Not approved",
            WaitingFor::Hold => "On hold",
            WaitingFor::StartDate => "No start date",
        }
    }

    pub fn meaning(self) -> &'static str {
        match self {
            WaitingFor::Approval => "In the plan; goes if it isn’t approved",
            WaitingFor::Hold => "Not in the plan; is added if it is taken up again",
            WaitingFor::StartDate => "Not in the plan; is added if it is filled from the date shown",
        }
    }
}

/// A position that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub position: PositionId,
    pub waiting_for: WaitingFor,
    /// The first day of the planned hire, or the one on which it would start.
    pub from: NaiveDate,
    /// Cost in the period, in the smallest unit of the plan's currency: what would go, or come. None if its pay is
    /// unknown.
    pub cost: Option<i64>,
}

/// The positions that wait and matter to the period of these costs, by what they wait for, then by day; with `teams`, of
/// these alone.
pub fn waiting_positions(plan: &Plan, costs: &Costs, teams: Option<&FxHashSet<TeamId>>) -> Vec<Waiting> {
    let assumptions = Assumptions::new(plan);
    let mut occupancies: FxHashMap<PositionId, Vec<&Occupancy>> = FxHashMap::default();
    for occupancy in &costs.occupancies {
        occupancies.entry(occupancy.position).or_default().push(occupancy);
    }
    let followed: FxHashSet<PositionId> = plan
        .positions
        .iter()
        .filter(|row| row.status != Status::Closed)
        .filter_map(|row| row.backfill_of)
        .collect();
    let is_looked_at = |position: &&Position| {
        teams.is_none_or(|teams| position.team.is_some_and(|team| teams.contains(&team)))
    };
    let mut found: Vec<Waiting> = Vec::new();
    let mut draft = Draft::new(plan);
    for position in plan.positions.iter().filter(is_looked_at) {
        let those = occupancies.get(&position.id).map_or(&[][..], Vec::as_slice);
        if position.status == Status::Planned
            && let Some(hire) = those.iter().find(|it| it.is_planned(plan))
        {
            found.extend(within(costs, hire.from, hire.until).map(|from| Waiting {
                position: position.id,
                waiting_for: WaitingFor::Approval,
                from,
                cost: None,
            }));
            continue;
        }
        let waiting_for = match position.status {
            Status::Frozen => WaitingFor::Hold,
            status if status.is_wanted() => WaitingFor::StartDate,
            _ => continue,
        };
        if position.pooled || followed.contains(&position.id) {
            continue;
        }
        let Some(vacant) = vacant_from(costs, position, those) else { continue };
        let last = those.iter().filter_map(|it| it.until).max();
        let planned = PositionCalendar::of(position, last).planned_start(&assumptions, position);
        let start = planned.map_or(vacant, |day| day.max(vacant));
        if let Some(from) = within(costs, Some(start), position.until) {
            draft.put(Position { status: Status::Planned, start: Some(start), ..position.clone() });
            found.push(Waiting { position: position.id, waiting_for, from, cost: None });
        }
    }
    let now = cost_by_position(costs);
    let is_costless = draft.is_empty();
    let decided = plan.after(&draft.finish()).ok().filter(|_| !is_costless);
    let then = decided.map(|plan| Costs::new(&plan, costs.from, costs.until));
    let then_by_position = then.as_ref().map(cost_by_position).unwrap_or_default();
    for waiting in &mut found {
        let id = waiting.position;
        waiting.cost = match waiting.waiting_for {
            WaitingFor::Approval => planned_cost(plan, costs, id),
            _ => {
                let of = |costs: &FxHashMap<PositionId, headroom_model::Money>| {
                    costs.get(&id).map_or(0, |money| money.minor)
                };
                let is_known = then.as_ref().is_some_and(|then| has_pay(then, id, waiting.from));
                is_known.then(|| of(&then_by_position) - of(&now))
            }
        };
    }
    found.sort_by_key(|row| (row.waiting_for, row.from, plan.place_of(row.position)));
    found
}

/// Cost of the planned hire for a position; none if its pay is unknown.
fn planned_cost(plan: &Plan, costs: &Costs, position: PositionId) -> Option<i64> {
    let months = months_between(costs.from, costs.until);
    let lines = costs.lines.iter().filter(|line| {
        let occupancy = &costs.occupancies[line.occupancy];
        occupancy.position == position && occupancy.is_planned(plan)
    });
    let mut sum = None;
    for line in lines.filter(|line| line.pay.is_some()) {
        let cost = months.iter().map(|month| line.cost_in(*month)).fold(0, i64::saturating_add);
        sum = Some(sum.unwrap_or(0_i64).saturating_add(cost));
    }
    sum
}

fn has_pay(costs: &Costs, position: PositionId, day: NaiveDate) -> bool {
    costs.lines.iter().any(|line| {
        costs.occupancies[line.occupancy].position == position && line.until >= day && line.pay.is_some()
    })
}

/// The first of these days within the period; none if there is none.
fn within(costs: &Costs, from: Option<NaiveDate>, until: Option<NaiveDate>) -> Option<NaiveDate> {
    let first = from.map_or(costs.from, |from| from.max(costs.from));
    let last = until.map_or(costs.until, |until| until.min(costs.until));
    (first <= last).then_some(first)
}

/// The first day of the period from which a position is empty for good; none if it never is.
fn vacant_from(costs: &Costs, position: &Position, those: &[&Occupancy]) -> Option<NaiveDate> {
    let last = those.iter().map(|it| it.until).collect::<Option<Vec<_>>>()?.into_iter().max();
    let after = match last {
        Some(last) => Some(last.succ_opt()?),
        None => None,
    };
    within(costs, after.max(position.from), position.until)
}

#[cfg(test)]
mod tests {
    use headroom_model::{Assignment, Person};

    use super::*;
    use crate::cost::tests::{assume, plan, position};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// What waits in 2027, as its key, what for, the day and the cost in whole euros.
    fn found(plan: &Plan) -> Vec<(&str, WaitingFor, String, Option<i64>)> {
        let costs = Costs::new(plan, day("2027-01-01"), day("2027-12-31"));
        let row = |row: &Waiting| {
            let key = plan.positions.get(row.position).unwrap().key.as_str();
            (key, row.waiting_for, row.from.to_string(), row.cost.map(|minor| minor / 100))
        };
        waiting_positions(plan, &costs, None).iter().map(row).collect()
    }

    /// Twelve thousand a year, without anything on top: a thousand a month.
    fn of(rows: &[(&str, Status, &str, &str)]) -> Plan {
        plan(|draft| {
            let burden = assume(draft, "burden", "", "0%");
            draft.put(burden);
            for (key, status, start, pay) in rows {
                let row = position(draft, pay);
                draft.put(Position { key: (*key).into(), status: *status, start: start.parse().ok(), ..row });
            }
        })
    }

    #[test]
    fn each_position_says_what_it_waits_for_and_what_it_would_cost() {
        let (pay, july) = ("12000 EUR", "2027-07-01");
        let plan = of(&[
            ("approved", Status::Approved, july, pay),
            ("closed", Status::Closed, july, pay),
            ("held", Status::Frozen, july, pay),
            ("later", Status::Planned, "2028-01-01", pay),
            ("planned", Status::Planned, "2027-10-01", pay),
            ("undated", Status::Open, "", pay),
            ("unpaid", Status::Frozen, "2027-11-01", ""),
        ]);
        assert_eq!(
            found(&plan),
            [
                ("planned", WaitingFor::Approval, "2027-10-01".to_owned(), Some(3_000)),
                ("held", WaitingFor::Hold, "2027-07-01".to_owned(), Some(6_000)),
                ("unpaid", WaitingFor::Hold, "2027-11-01".to_owned(), None),
                ("undated", WaitingFor::StartDate, "2027-01-01".to_owned(), Some(12_000)),
            ]
        );
    }

    #[test]
    fn a_departure_leaves_a_position_without_a_start_date() {
        let leaves = |backfilled: bool| {
            plan(|draft| {
                let burden = assume(draft, "burden", "", "0%");
                draft.put(burden);
                let person = draft.new_id::<Person>();
                let until = Some(day("2027-09-30"));
                draft.put(Person {
                    id: person,
                    key: "omar".into(),
                    name: "Omar".into(),
                    until,
                    ..Person::default()
                });
                let row = position(draft, "12000 EUR");
                let (id, position_id) = (draft.new_id::<Assignment>(), row.id);
                let start = Some(day("2025-01-01"));
                draft.put(Position { key: "filled".into(), status: Status::Open, start, ..row });
                draft.put(Assignment {
                    id,
                    position: position_id,
                    person,
                    from: start,
                    ..Assignment::default()
                });
                if backfilled {
                    let row = position(draft, "12000 EUR");
                    let backfill_of = Some(position_id);
                    let start = Some(day("2027-10-15"));
                    draft.put(Position { backfill_of, start, status: Status::Approved, ..row });
                }
            })
        };
        let plan = leaves(false);
        assert_eq!(found(&plan), [("filled", WaitingFor::StartDate, "2027-10-01".to_owned(), Some(3_000))]);
        assert_eq!(found(&leaves(true)), []);
    }
}
