//! Cost bridge: what changes headcount and annualised cost between two dates.

use chrono::NaiveDate;
use headroom_model::{Decimal6, PersonId, Plan, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Costs, Line};

/// Why headcount or cost changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BridgeCause {
    /// People who join.
    Starts,
    /// Planned hires.
    Hires,
    /// Departures, and positions that end.
    Leaves,
    /// Moves between positions.
    Moves,
    /// Raises, other changes of pay, taxes, exchange rates.
    Rate,
}

impl BridgeCause {
    pub const ALL: [BridgeCause; 5] =
        [BridgeCause::Starts, BridgeCause::Hires, BridgeCause::Leaves, BridgeCause::Moves, BridgeCause::Rate];

    pub fn title(self) -> &'static str {
        match self {
            BridgeCause::Starts => "Joining",
            BridgeCause::Hires => "Planned hires",
            BridgeCause::Leaves => "Leaving",
            BridgeCause::Moves => "Team transfers",
            BridgeCause::Rate => "Salaries and rates",
        }
    }
}

/// Headcount, and its yearly cost, fully loaded, without one-off cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    pub heads: Decimal6,
    pub yearly: i64,
}

impl Pace {
    fn add(&mut self, heads: i64, yearly: i64) {
        self.heads = Decimal6::from_millionths(self.heads.millionths() + heads);
        self.yearly = self.yearly.saturating_add(yearly);
    }
}

/// A bridge from one date to another: `before` and all of [`CostBridge::changes`] add up to `after` exactly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CostBridge {
    pub before: Pace,
    /// In the order of [`BridgeCause::ALL`].
    pub changes: [Pace; BridgeCause::ALL.len()],
    pub after: Pace,
}

/// Bridge from the first date to the second; with `teams`, for positions on these alone.
pub fn cost_bridge(
    plan: &Plan,
    (first, second): (NaiveDate, NaiveDate),
    teams: Option<&FxHashSet<TeamId>>,
) -> CostBridge {
    let costs = Costs::new(plan, first.min(second), first.max(second));
    let on = |day: NaiveDate| -> FxHashMap<usize, &Line> {
        let there = costs.lines.iter().filter(|line| line.from <= day && day <= line.until);
        there.map(|line| (line.occupancy, line)).collect()
    };
    let (before, after) = (on(first), on(second));
    let people = |lines: &FxHashMap<usize, &Line>| -> FxHashSet<PersonId> {
        lines.keys().filter_map(|occupancy| costs.occupancies[*occupancy].person).collect()
    };
    let (were, are) = (people(&before), people(&after));
    let mut found = CostBridge::default();
    for (at, occupancy) in costs.occupancies.iter().enumerate() {
        let team = plan.positions.get(occupancy.position).and_then(|position| position.team);
        if teams.is_some_and(|teams| team.is_none_or(|team| !teams.contains(&team))) {
            continue;
        }
        let of = |lines: &FxHashMap<usize, &Line>| {
            lines.get(&at).map(|line| (line.people.millionths(), line.yearly_cost()))
        };
        let is_in =
            |people: &FxHashSet<PersonId>| occupancy.person.is_some_and(|person| people.contains(&person));
        let (was, is) = (of(&before), of(&after));
        let change = match (was, is) {
            (None, None) => continue,
            (Some(_), Some(_)) => BridgeCause::Rate,
            (None, Some(_)) if is_in(&were) => BridgeCause::Moves,
            (Some(_), None) if is_in(&are) => BridgeCause::Moves,
            (None, Some(_)) if occupancy.is_planned(plan) => BridgeCause::Hires,
            (None, Some(_)) => BridgeCause::Starts,
            (Some(_), None) => BridgeCause::Leaves,
        };
        let ((heads_before, yearly_before), (heads, yearly)) =
            (was.unwrap_or_default(), is.unwrap_or_default());
        found.before.add(heads_before, yearly_before);
        found.after.add(heads, yearly);
        found.changes[change as usize].add(heads - heads_before, yearly - yearly_before);
    }
    found
}

#[cfg(test)]
mod tests {
    use headroom_model::{Assignment, Assumption, Person, Position, Status};

    use super::*;
    use crate::cost::tests::{assume, plan, position};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn changes_add_up_to_after() {
        let plan = plan(|draft| {
            let row = assume(draft, "burden", "", "0%");
            draft.put(row);
            let row = assume(draft, "merit", "", "10%");
            draft.put(Assumption { from: Some(day("2027-01-01")), ..row });
            // Remains, leaves, moves to another position, joins.
            for (key, spans) in [
                ("stays", &[("2025-01-01", "2029-12-31")][..]),
                ("leaves", &[("2025-01-01", "2027-03-31")]),
                ("moves", &[("2025-01-01", "2027-03-31"), ("2027-04-01", "2029-12-31")]),
                ("starts", &[("2027-02-01", "2029-12-31")]),
            ] {
                let person = draft.new_id::<Person>();
                draft.put(Person { id: person, key: key.into(), name: key.into(), ..Person::default() });
                for (from, until) in spans {
                    let row = position(draft, "100000 EUR");
                    let (id, position) = (draft.new_id::<Assignment>(), row.id);
                    draft.put(Position { status: Status::Frozen, ..row });
                    let (from, until) = (Some(day(from)), Some(day(until)));
                    draft.put(Assignment { id, position, person, from, until, ..Assignment::default() });
                }
            }
            let row = position(draft, "50000 EUR");
            draft.put(Position { start: Some(day("2027-05-01")), ..row });
        });
        let found = cost_bridge(&plan, (day("2026-12-31"), day("2027-12-31")), None);
        let heads = |pace: &Pace| pace.heads.millionths() / 1_000_000;
        assert_eq!([heads(&found.before), heads(&found.after)], [3, 4]);
        assert_eq!(found.changes.each_ref().map(heads), [1, 1, -1, 0, 0]);
        let yearly = found.changes.map(|pace| pace.yearly / 100);
        // A move begins at the pay of the new position.
        assert_eq!(yearly, [100_000, 50_000, -100_000, 0, 10_000]);
        let sum: i64 = found.changes.iter().map(|pace| pace.yearly).sum();
        assert_eq!(found.before.yearly + sum, found.after.yearly);
    }
}
