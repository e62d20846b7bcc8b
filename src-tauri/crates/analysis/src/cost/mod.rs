//! Cost of a plan, fully loaded: by position, team and month, exact to the smallest unit of the plan's currency.
//!
//! Occupancies (who is in which position, and planned hires) are cut into [`Line`]s, ranges of days on which nothing
//! that a position costs changes; [`MonthTable`] adds them up by month and team. [`variance`](variance()) compares
//! with a baseline, [`excesses`] checks budgets against those above, [`budget_lines`] compares them with the plan,
//! [`waiting_positions`] says what is not decided, [`cost_bridge`] explains the change between two dates.
//!
//! # Figures
//!
//! Base pay is the first of: the person's own ([`headroom_model::Assignment::pay`]), the position's (of a range the
//! end or the middle that the setting `pay-range` names), the assumption `base`. On top come variable pay, employer
//! taxes with their yearly caps, benefits, equipment and overhead; if a plan has none of the last four, the burden
//! stands in for them. One-off cost (equipment, recruiting) falls on the first day of a new hire, not of a move
//! between positions. Amounts in other currencies are converted at the rate of the day; one without a rate is in
//! [`Costs::missing`], never guessed.
//!
//! # Rounding
//!
//! Of each line, each component's yearly amount is a whole number of the smallest unit. Its part of a month is the
//! difference of two sums since January, the year's amount up to the last day paid and up to the day before the
//! first, both rounded half away from zero; every month is a twelfth of the year. Nothing else is rounded. So the
//! months of a year add up to the year's amount, the parts of a line cut in two to the whole, teams to the
//! organisation, and the `ROUND` of an exported workbook gives the same (a test has LibreOffice calculate it).
//!
//! # Not here
//!
//! Hiding pay on the screen is a rule of the desktop shell. Rates are never fetched; they are rows of the plan. The
//! cost of a simulation is made of these lines, in [`crate::simulation`].
//!
//! Sources: C = base + variable + employer tax + benefits + equipment + overhead,
//! <https://devutl.com/employee-total-cost-calculator>; burden: C = base × burden,
//! <https://www.glencoyne.com/guides/fully-loaded-cost-us-employee>; a month is a twelfth of the year,
//! <https://help.jirav.com/workforce-planning/staffing-adding-removing-and-reviewing>.
//!
//! Tests: worked examples and properties in `tests.rs`, `variance/tests.rs` and each file.

mod against_budget;
mod bridge;
mod budget;
mod compensation;
mod component;
mod currency;
mod daily;
mod line;
mod month_scale;
mod months;
mod scope;
#[cfg(test)]
mod tests;
mod variance;
mod waiting;

use chrono::NaiveDate;
pub use headroom_model::currency::{CURRENCY, currency_of};
use headroom_model::{Currency, Money, Plan};

pub use against_budget::{
    BudgetLine, HeadcountBudget, HeadcountBudgets, LineOf, budget_lines, headcount_day,
};
pub use bridge::{BridgeCause, CostBridge, Pace, cost_bridge};
pub use budget::{Excess, TooMuch, budgeted_headcount, excesses, refusal};
pub(crate) use compensation::days_of_change;
pub use compensation::{CompensationFigure, CompensationTerms, CompensationTimeline, Value, YearlyRaise};
pub use component::{COMPONENTS, Component};
pub use currency::{RateOnDay, Rates};
pub use daily::{CostByDay, cost_by_position};
pub use line::{
    Line, MissingCost, Once, PAY_RANGE, PayInRange, PaySaidBy, days_of, first_day, last_day, raised,
    same_month,
};
pub use month_scale::{MONTH, place};
pub use months::{MonthCell, MonthTable, TeamRow, budget_in_month, months_between};
pub use variance::{Cause, PositionVariance, Variance, approved_positions, variance};
pub use waiting::{Waiting, WaitingFor, waiting_positions};

use crate::{
    assumptions::Assumptions,
    hiring::{Occupancy, occupancies},
};

/// Cost of all positions in whole months.
#[derive(Debug)]
pub struct Costs {
    pub currency: Currency,
    /// First day of the first month, and last day of the last.
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub occupancies: Vec<Occupancy>,
    /// In the order of the occupancies, and for each by date.
    pub lines: Vec<Line>,
    /// Compensation timelines that the lines refer to by index.
    pub courses: Vec<CompensationTimeline>,
    /// What is not in the cost because the plan says too little.
    pub missing: Vec<MissingCost>,
}

impl Costs {
    /// Cost of all months that these days touch.
    pub fn new(plan: &Plan, from: NaiveDate, until: NaiveDate) -> Self {
        let assumptions = Assumptions::new(plan);
        let occupancies = occupancies(plan, &assumptions);
        Self::of(plan, &assumptions, occupancies, from, until)
    }

    /// As [`Costs::new`], for the given occupancies.
    pub fn of(
        plan: &Plan,
        assumptions: &Assumptions<'_>,
        occupancies: Vec<Occupancy>,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Self {
        let (from, until) = (first_day(from), last_day(until.max(from)));
        let rates = Rates::new(plan);
        let (lines, courses, missing) = line::lines(plan, assumptions, &rates, &occupancies, (from, until));
        Self { currency: rates.currency, from, until, occupancies, lines, courses, missing }
    }

    /// An amount of the plan's currency, from its smallest unit.
    pub fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }
}
