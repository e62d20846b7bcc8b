//! What a plan costs, fully loaded: by seat, team and month, exact to the smallest unit of the plan's currency.
//!
//! **The figures.** Base pay most specific first: the person's own ([`headroom_model::Assignment::pay`]), the
//! position's (of a range the end or the middle that the setting `pay-range` names), the assumption `base`. On top of it
//! variable pay, employer taxes with their yearly caps, benefits, equipment and overhead; where a plan says nothing of
//! the last four, the quick burden in their place. What is paid once comes on the first day of whoever is new.
//! Amounts of other currencies are turned at the rate of the day; what lacks one is told in [`Missing`].
//!
//! **The rounding.** A [`Line`] is a stretch of days of a stay on which nothing changes. Of each line, each component's
//! yearly amount is a whole number of the smallest unit, and so is its part of each month: a twelfth of the year by the
//! days present among those of the month, as the difference of two sums since January that are rounded half away from
//! zero. Nothing else is rounded: months add up to the year's amount where it is paid for the whole year, however a
//! seat is split, teams add up to the organisation, and a spreadsheet's `ROUND` gives the same.
//!
//! Sources: C = base + variable + employer tax + benefits + equipment + overhead, <https://devutl.com/employee-total-cost-calculator>;
//! quick: C = base × burden, <https://www.glencoyne.com/guides/fully-loaded-cost-us-employee>; a month is a twelfth of the
//! year, <https://help.jirav.com/workforce-planning/staffing-adding-removing-and-reviewing>.

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

use chrono::NaiveDate;
pub use headroom_model::currency::{CURRENCY, currency_of};
use headroom_model::{Currency, Money, Plan};

pub use bridge::{BridgeCause, CostBridge, Pace, cost_bridge};
pub use budget::{Excess, TooMuch, excesses, refusal};
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

use crate::{
    assumptions::Assumptions,
    hiring::{Occupancy, occupancies},
};

/// What every seat costs between two days.
#[derive(Debug)]
pub struct Costs {
    pub currency: Currency,
    /// First day of the first month, last day of the last.
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub occupancies: Vec<Occupancy>,
    /// In the order of the stays, and of each by its days.
    pub lines: Vec<Line>,
    /// The figures behind the lines.
    pub courses: Vec<CompensationTimeline>,
    pub missing: Vec<MissingCost>,
}

impl Costs {
    /// Of all months that these days touch.
    pub fn new(plan: &Plan, from: NaiveDate, until: NaiveDate) -> Self {
        let assumptions = Assumptions::new(plan);
        let occupancies = occupancies(plan, &assumptions);
        Self::of(plan, &assumptions, occupancies, from, until)
    }

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

    pub fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }
}
