//! The capacity of each team by month, in FTE.

use headroom_analysis::{
    assumptions::Assumptions,
    capacity::{Capacity, Month, Months, headcount_lines, teams_below},
    cost::MonthTable,
};
use headroom_model::{Plan, TeamId};

/// The capacity of teams in the months of a table. Attrition counts from the first month on.
pub struct CapacityTable<'a> {
    plan: &'a Plan,
    capacity: Capacity,
}

impl<'a> CapacityTable<'a> {
    pub fn new(plan: &'a Plan, table: &MonthTable) -> Self {
        let assumptions = Assumptions::new(plan);
        let first = table.months.first().copied().unwrap_or_default();
        let months = Months::new(first, table.months.len());
        let capacity = Capacity::new(plan, &assumptions, &headcount_lines(plan, &assumptions), months, first);
        Self { plan, capacity }
    }

    /// The capacity of a team alone; none: of positions without a team.
    pub fn own(&self, team: Option<TeamId>) -> Vec<Month> {
        self.capacity.sum(|of| of == team)
    }

    /// The capacity of a team with all teams below it; none: of positions without a team.
    pub fn whole(&self, team: Option<TeamId>) -> Vec<Month> {
        let below = team.map(|team| teams_below(self.plan, team));
        self.capacity.sum(|of| match &below {
            Some(below) => of.is_some_and(|of| below.contains(&of)),
            None => of.is_none(),
        })
    }

    pub fn of_all(&self) -> Vec<Month> {
        self.capacity.sum(|_| true)
    }
}

/// Rounded to a hundredth of an FTE, as everywhere else.
pub fn hundredths(number: f64) -> f64 {
    // Adding 0.0 turns −0 into 0.
    (number * 100.0).round() / 100.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_gives_no_negative_zero() {
        assert_eq!(
            [-0.004, 0.0, -0.006, 1.234].map(|number| hundredths(number).to_string()),
            ["0", "0", "-0.01", "1.23"]
        );
    }
}
