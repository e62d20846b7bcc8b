//! Objectives of a tier: met when each service that has the tier on the day meets it. A service to which the metric does
//! not apply has no say.

use chrono::NaiveDate;
use headroom_model::{Entity, Objective, Plan, Service};

use super::objective::{NothingToRead, ObjectiveReading, ObjectiveState, reading_on};
use crate::metrics::{Figures, MissingReason};

/// The objective as each of the services has it; none if it is not of a tier.
pub(super) fn of_each_service(plan: &Plan, objective: &Objective, day: NaiveDate) -> Option<Vec<Objective>> {
    let tier = objective.tier.filter(|_| objective.service.is_none())?;
    let is_asked =
        |row: &&Service| row.tier == Some(tier) && !row.unconfirmed && row.date_range().contains(day);
    let own = |row: &Service| Objective { service: Some(row.id), tier: None, ..objective.clone() };
    Some(plan.in_order::<Service>().into_iter().filter(is_asked).map(own).collect())
}

/// What all services together say; the periods are those of the first that stands in the way.
pub(super) fn reading_of_all(figures: &Figures<'_>, each: &[Objective], day: NaiveDate) -> ObjectiveReading {
    let mut readings: Vec<ObjectiveReading> =
        each.iter().map(|objective| reading_on(figures, objective, day)).collect();
    readings.retain(|reading| {
        let newest = reading.periods.first();
        newest.is_none_or(|period| period.value != Err(MissingReason::NotApplicable))
    });
    let days = |each: fn(&ObjectiveReading) -> Option<NaiveDate>| {
        readings.iter().map(each).collect::<Option<Vec<_>>>()?.into_iter().max()
    };
    let (earliest, trend) = (days(|reading| reading.earliest), days(|reading| reading.trend));
    let place = |reading: &&ObjectiveReading| match reading.state {
        ObjectiveState::Invalid => 0,
        ObjectiveState::NotMet => 1,
        ObjectiveState::Unknown => 2,
        ObjectiveState::Met => 3,
    };
    match readings.iter().min_by_key(place) {
        Some(worst) => ObjectiveReading { earliest, trend, ..worst.clone() },
        None => ObjectiveReading {
            state: ObjectiveState::Unknown,
            nothing: Some(NothingToRead::NoFigures),
            earliest: Some(day),
            trend: None,
            periods: Vec::new(),
        },
    }
}
