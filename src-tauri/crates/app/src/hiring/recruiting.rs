//! The hiring funnel, and the capacity of recruiters.

use chrono::NaiveDate;
use headroom_analysis::{
    assumptions::{Assumptions, Subject, kind},
    capacity::{Capacity, Months, headcount_lines},
    funnel::{Recruiting, open_requisitions, stages},
};
use headroom_model::TeamId;
use serde::Serialize;
use specta_typescript::Number;

use crate::{
    at::At,
    entities::id::Id,
    error::Answer,
    hiring::{capacity::checked_months, wanted_teams::WantedTeams},
    state::AppState,
};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FunnelStage {
    pub title: String,
    pub count: u32,
    /// The share that passes this stage.
    #[specta(type = Number)]
    pub conversion: f64,
    pub origin: String,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RecruitingMonth {
    pub month: NaiveDate,
    /// Open requisitions, on average over the month.
    #[specta(type = Number)]
    pub requisitions: f64,
    /// Planned hires who start.
    pub hires: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RecruitingAnswer {
    /// Planned hires who start in these months.
    pub hires: u32,
    pub stages: Vec<FunnelStage>,
    pub months: Vec<RecruitingMonth>,
    /// Recruiters in the plan; none if unknown.
    pub recruiters: Option<f64>,
    /// Their hours for recruiting per month.
    pub hours: Option<f64>,
    /// Requisitions that they, or a single one, can handle.
    #[specta(type = Number)]
    pub carried: f64,
    /// Recruiters needed in the busiest month.
    #[specta(type = Number)]
    pub needed: f64,
    #[specta(type = Number)]
    pub hours_a_requisition: f64,
    pub origin: String,
    /// Average number of open requisitions at this rate of hiring.
    #[specta(type = Number)]
    pub open_on_average: f64,
    #[specta(type = Number)]
    pub time_to_fill: f64,
}

#[specta::specta]
pub fn recruiting(app: &AppState, team: Option<Id>, months: u32, at: At) -> Answer<RecruitingAnswer> {
    let view = app.day(at)?;
    let (plan, day) = (view.snapshot.plan(), view.snapshot.day());
    let wanted = WantedTeams::new(plan, team)?;
    let assumptions = Assumptions::new(plan);
    let mut heads = headcount_lines(plan, &assumptions);
    heads.retain(|head| head.is_planned && wanted.has(head.team));
    let months = Months::new(day, checked_months(months)?);
    let capacity = Capacity::new(plan, &assumptions, &heads, months, day);
    let sum = capacity.sum(|_| true);
    let hires: u32 = sum.iter().map(|month| month.starts).sum();
    let subject = Subject { team: team.map(TeamId::from), ..Subject::default() };
    let origin = |id: &str| {
        let said = assumptions.most_specific(id, subject, day).map(|row| row.origin.clone());
        said.unwrap_or_else(|| kind(id).map_or(String::new(), |kind| kind.origin.to_owned()))
    };
    let said = Recruiting::of_a_month(&assumptions, day);
    let one = Recruiting { recruiters: 1.0, ..said };
    let is_said = said.recruiters > 0.0;
    let busiest = sum.iter().map(|month| month.requisitions).fold(0.0, f64::max);
    let first = capacity.months.first_day(0);
    let days = (capacity.months.first_day(capacity.months.len()) - first).num_days() as f64;
    let time_to_fill = assumptions.number("time-to-fill", subject, day).as_f64();
    Ok(RecruitingAnswer {
        hires,
        stages: stages(&assumptions, subject, day, hires.into())
            .into_iter()
            .map(|stage| FunnelStage {
                title: stage.title.to_owned(),
                count: u32::try_from(stage.count).unwrap_or(u32::MAX),
                conversion: stage.conversion,
                origin: origin(stage.kind),
            })
            .collect(),
        months: sum
            .iter()
            .enumerate()
            .map(|(at, month)| RecruitingMonth {
                month: capacity.months.first_day(at),
                requisitions: month.requisitions,
                hires: month.starts,
            })
            .collect(),
        recruiters: is_said.then_some(said.recruiters),
        hours: is_said.then(|| said.hours_available()),
        carried: finite(if is_said { said.requisitions() } else { one.requisitions() }),
        needed: finite(busiest / one.requisitions()),
        hours_a_requisition: said.hours_a_requisition,
        origin: origin("requisition-hours"),
        open_on_average: open_requisitions(hires.into(), days, time_to_fill),
        time_to_fill,
    })
}

/// JSON has no infinity.
fn finite(value: f64) -> f64 {
    if value.is_finite() { value } else { 0.0 }
}
