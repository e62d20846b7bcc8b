//! Onboarding figures: time to contribution and completion, and items that are often late.

use headroom_analysis::{
    onboarding::{
        ChecklistSchedule, ChecklistSchedules, LateItems, Quartiles, Statistics, TimeToProductivity,
    },
    schedule::Calendar,
};
use headroom_model::{Checklist, LifecycleEvent, Plan, Template};
use serde::Serialize;
use specta_typescript::Number;

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    onboarding::start::occasion,
    state::AppState,
};

/// Quartiles of a number of values, in working days from the start; 0 is the first day.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct QuartilesView {
    pub count: u32,
    #[specta(type = Number)]
    pub least: f64,
    #[specta(type = Number)]
    pub first_quartile: f64,
    #[specta(type = Number)]
    pub median: f64,
    #[specta(type = Number)]
    pub third_quartile: f64,
    #[specta(type = Number)]
    pub most: f64,
}

impl From<Quartiles> for QuartilesView {
    fn from(spread: Quartiles) -> Self {
        let Quartiles { count, least, first_quartile, median, third_quartile, most } = spread;
        Self { count, least, first_quartile, median, third_quartile, most }
    }
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TimesLine {
    pub name: String,
    /// The template, unless it was deleted.
    pub template: Option<Id>,
    pub team: Option<NamedEntity>,
    pub lists: u32,
    pub to_come: u32,
    pub under_way: u32,
    pub complete: u32,
    /// Until all tasks were done.
    pub done: Option<QuartilesView>,
    /// Until the first item about the team's work was done.
    pub contribution: Option<QuartilesView>,
    /// Under way without a contribution so far.
    pub contribution_awaited: u32,
}

impl TimesLine {
    fn new(name: String, times: &TimeToProductivity) -> Self {
        Self {
            name,
            template: None,
            team: None,
            lists: times.lists,
            to_come: times.to_come,
            under_way: times.under_way,
            complete: times.complete,
            done: times.done_working_days.map(Into::into),
            contribution: times.contribution_working_days.map(Into::into),
            contribution_awaited: times.contribution_awaited,
        }
    }
}

/// An item that is often late.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LateItemLine {
    pub title: String,
    /// The item and its template, unless they were deleted.
    pub item: Option<Id>,
    pub template: Option<Id>,
    pub template_name: String,
    pub cases: u32,
    pub late: u32,
    /// Late ones that are still open.
    pub open: u32,
    /// Late ones that were delayed by something else.
    pub held_up: u32,
    /// Median delay of the late ones, in working days.
    #[specta(type = Number)]
    pub days_late: f64,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TimesView {
    pub all: TimesLine,
    pub by_template: Vec<TimesLine>,
    pub by_team: Vec<TimesLine>,
    pub slipping: Vec<LateItemLine>,
    /// From this number of cases and this percentage of late ones on, an item is often late.
    pub least_cases: u32,
    pub least_late_percent: u32,
}

/// Figures of all checklists of a type, as of a day.
#[specta::specta]
pub fn onboarding_times(app: &AppState, occasion: String, at: At) -> Answer<TimesView> {
    let occasion: LifecycleEvent = self::occasion(&occasion)?;
    let plan = app.plan()?;
    let (calendar, today) = (Calendar::new(&plan), at.shown_day());
    let courses = ChecklistSchedules::new(&plan, &calendar, today);
    let all: Vec<ChecklistSchedule<'_>> =
        plan.in_order::<Checklist>().into_iter().filter_map(|list| courses.course(list)).collect();
    let found = Statistics::of(&plan, &all, occasion);
    let of_template = |(key, times): &(String, TimeToProductivity)| {
        let template = plan.find::<Template>(key).and_then(|id| plan.templates.get(id));
        let name = template.map_or_else(|| key.clone(), |template| template.name.clone());
        TimesLine { template: template.map(|template| template.id.into()), ..TimesLine::new(name, times) }
    };
    let of_team = |(team, times): &(Option<headroom_model::TeamId>, TimeToProductivity)| {
        let team = team.map(|team| NamedEntity::new(&plan, team));
        let name = team.as_ref().map_or_else(|| "No team".to_owned(), |team| team.name.clone());
        TimesLine { team, ..TimesLine::new(name, times) }
    };
    Ok(TimesView {
        all: TimesLine::new("All".to_owned(), &found.all),
        by_template: found.by_template.iter().map(of_template).collect(),
        by_team: found.by_team.iter().map(of_team).collect(),
        slipping: found.slipping.iter().map(|slipping| slipping_line(&plan, slipping)).collect(),
        least_cases: headroom_analysis::onboarding::statistics::LEAST_CASES,
        least_late_percent: headroom_analysis::onboarding::statistics::LEAST_LATE_PERCENT,
    })
}

fn slipping_line(plan: &Plan, slipping: &LateItems) -> LateItemLine {
    let template = slipping.template.and_then(|id| plan.templates.get(id));
    LateItemLine {
        title: slipping.title.clone(),
        item: template.map(|_| Id(slipping.origin)),
        template: template.map(|template| template.id.into()),
        template_name: template.map(|template| template.name.clone()).unwrap_or_default(),
        cases: slipping.cases,
        late: slipping.late,
        open: slipping.open,
        held_up: slipping.held_up,
        days_late: slipping.days_late.median,
    }
}
