//! Cost by day, and cost of each position, calculated once and looked up from then on.

use chrono::NaiveDate;
use headroom_model::{Money, PositionId};
use rustc_hash::FxHashMap;

use super::{Costs, months_between};

/// Annualised cost on each day, without one-off cost. A look-up is a binary search, fast enough for a slider.
#[derive(Debug)]
pub struct CostByDay {
    costs_from: NaiveDate,
    costs_until: NaiveDate,
    currency: headroom_model::Currency,
    /// Cost from each of these days on; the first is the first day of the period.
    steps: Vec<(NaiveDate, i64)>,
}

impl CostByDay {
    pub fn new(costs: &Costs) -> Self {
        let mut changes: Vec<(NaiveDate, i128)> = vec![(costs.from, 0)];
        for line in &costs.lines {
            let yearly = i128::from(line.yearly_cost());
            changes.push((line.from, yearly));
            changes.extend(line.until.succ_opt().map(|next| (next, -yearly)));
        }
        changes.sort_unstable_by_key(|(day, _)| *day);
        let mut sum = 0;
        let mut steps: Vec<(NaiveDate, i64)> = Vec::new();
        for (day, change) in changes {
            sum += change;
            let now = i64::try_from(sum).unwrap_or(i64::MAX);
            match steps.last_mut() {
                Some(last) if last.0 == day => last.1 = now,
                _ => steps.push((day, now)),
            }
        }
        Self { costs_from: costs.from, costs_until: costs.until, currency: costs.currency, steps }
    }

    /// Annualised cost on a day; none outside the period.
    pub fn on(&self, day: NaiveDate) -> Option<Money> {
        if day < self.costs_from || day > self.costs_until {
            return None;
        }
        let after = self.steps.partition_point(|(from, _)| *from <= day);
        let (_, minor) = self.steps.get(after.checked_sub(1)?)?;
        Some(Money::new(*minor, self.currency))
    }
}

/// Cost of each position in the period, one-off cost included; positions that cost nothing are left out.
pub fn cost_by_position(costs: &Costs) -> FxHashMap<PositionId, Money> {
    let months = months_between(costs.from, costs.until);
    let mut sums: FxHashMap<PositionId, i64> = FxHashMap::default();
    for line in &costs.lines {
        let cost = months.iter().fold(0, |sum: i64, month| sum.saturating_add(line.cost_in(*month)));
        let sum = sums.entry(costs.occupancies[line.occupancy].position).or_default();
        *sum = sum.saturating_add(cost);
    }
    sums.into_iter()
        .filter(|(_, minor)| *minor != 0)
        .map(|(position, minor)| (position, costs.money(minor)))
        .collect()
}

#[cfg(test)]
mod tests {
    use headroom_model::{Assumption, Position};

    use super::*;
    use crate::cost::{
        MonthTable,
        tests::{assume, plan, position},
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn costs() -> (headroom_model::Plan, Costs) {
        let plan = plan(|draft| {
            let row = assume(draft, "burden", "", "20%");
            draft.put(row);
            let row = assume(draft, "merit", "", "10%");
            draft.put(Assumption { from: Some(day("2027-01-01")), ..row });
            for (pay, from, until) in [
                ("60000 EUR", "2027-03-15", "2027-09-30"),
                ("84000 EUR", "2027-06-01", "2029-12-31"),
                ("100001 EUR", "2020-01-01", "2027-05-31"),
            ] {
                let row = position(draft, pay);
                draft.put(Position { start: day(from).into(), until: day(until).into(), ..row });
            }
        });
        let costs = Costs::new(&plan, day("2027-01-01"), day("2027-12-31"));
        (plan, costs)
    }

    #[test]
    fn cost_on_each_day_is_sum_of_lines() {
        let (_, costs) = costs();
        let by_day = CostByDay::new(&costs);
        let mut seen = std::collections::BTreeSet::new();
        for on in costs.from.iter_days().take_while(|on| *on <= costs.until) {
            let there = costs.lines.iter().filter(|line| line.from <= on && on <= line.until);
            let sum: i64 = there.map(super::super::Line::yearly_cost).sum();
            assert_eq!(by_day.on(on), Some(costs.money(sum)), "{on}");
            seen.insert(sum);
        }
        assert!(seen.len() >= 3, "{seen:?}");
        assert_eq!(by_day.on(day("2026-12-31")), None);
        assert_eq!(by_day.on(day("2028-01-01")), None);
    }

    #[test]
    fn positions_add_up_to_the_year() {
        let (plan, costs) = costs();
        let seats: i64 = cost_by_position(&costs).values().map(|money| money.minor).sum();
        let table = MonthTable::new(&plan, &costs);
        assert_eq!(seats, table.whole.iter().map(|cell| cell.cost).sum::<i64>());
        assert!(seats > 0);
    }
}
