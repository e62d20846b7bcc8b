//! Objectives that are met at today's exchange rates, and would not be at those before they were met.

use chrono::NaiveDate;
use headroom_model::Objective;

use super::objective::{LOOK_BACK, ObjectiveState, reading_on};
use crate::metrics::{ExactValue, Figures, MeasuredMetric, Period, exact};

/// A period that passes, and would not at other exchange rates.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AtFormerRates {
    pub period: Period,
    pub value: ExactValue,
    /// At the rates of this day.
    pub former: ExactValue,
    pub rates_of: NaiveDate,
}

/// The newest period by which an objective is met on a day, and would not be at the rates of the period before the run
/// of those that pass; of the first of the run, if there is none before it. None if rates make no difference.
pub(crate) fn at_former_rates(
    figures: &Figures<'_>,
    objective: &Objective,
    day: NaiveDate,
) -> Option<AtFormerRates> {
    // A tier has practices, and no amounts of its own.
    if objective.tier.is_some() {
        return None;
    }
    let reading = reading_on(figures, objective, day);
    if reading.state != ObjectiveState::Met {
        return None;
    }
    let measure = MeasuredMetric::of_objective(figures, objective)?;
    let bar = exact(objective.value.number);
    let is_kept = |value: &ExactValue| objective.op.is_kept(value.cmp(&bar));
    let newest = reading.periods.first()?.period;
    let values = (0..=LOOK_BACK).map(|back| newest.later(-back)).map(|at| (at, measure.value(at, day)));
    let mut before = values.skip_while(|(_, value)| value.as_ref().is_ok_and(is_kept));
    let rates_of = match before.next() {
        Some((period, Ok(_))) => period.last(),
        Some((period, Err(_))) => period.later(1).last(),
        None => newest.later(-LOOK_BACK).last(),
    };
    let former = measure.clone().at_rates_of(rates_of);
    reading.periods.iter().find_map(|read| {
        let (period, value) = (read.period, read.value.clone().ok()?);
        let former = former.value(period, day).ok().filter(|former| !is_kept(former))?;
        Some(AtFormerRates { period, value, former, rates_of })
    })
}
