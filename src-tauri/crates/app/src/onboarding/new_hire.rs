//! A checklist for those who supervise it: the critical path to the first day, and the slack of each item.

use headroom_analysis::{
    onboarding::{ChecklistSchedule, ChecklistSchedules, Milestone},
    schedule::Calendar,
};
use headroom_model::{ChecklistId, Plan};
use serde::Serialize;

use crate::{
    at::At,
    entities::id::Id,
    error::{Answer, AppError},
    onboarding::{
        new_hires::{NewHireLine, OverdueCount, line},
        template::BehindView,
    },
    state::AppState,
};

/// Slack of an item.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Delay {
    pub item: OverdueCount,
    /// Working days that it may be delayed before the first day is; none if the first day does not depend on it.
    pub day_one_slack: Option<u32>,
    /// The same for the day on which everything is done.
    pub done_slack: Option<u32>,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct NewHireView {
    pub line: NewHireLine,
    /// Whether a manager is set; otherwise it follows from the reporting line.
    pub is_manager_named: bool,
    pub templates: Vec<String>,
    /// How it differs from the current version of its templates.
    pub behind: Option<BehindView>,
    /// The critical path of open items to the first day, in order.
    pub day_one_path: Vec<OverdueCount>,
    /// The critical path to the day on which everything is done.
    pub done_path: Vec<OverdueCount>,
    /// Open items, least slack first.
    pub delays: Vec<Delay>,
}

#[specta::specta]
pub fn new_hire_view(app: &AppState, id: Id, at: At) -> Answer<NewHireView> {
    let plan = app.plan()?;
    let list =
        plan.checklists.get(ChecklistId::from(id)).ok_or_else(|| AppError::not_found("this checklist"))?;
    let calendar = Calendar::new(&plan);
    let courses = ChecklistSchedules::of(&plan, &calendar, at.shown_day(), &[list]);
    let course = courses.course(list).ok_or_else(|| AppError::not_found("this checklist"))?;
    let milestones = course.milestones();
    let (day_one, done) = (milestones.day_one.as_ref(), milestones.productive.as_ref());
    let path = |milestone: Option<&Milestone>| {
        let items = milestone.map_or(&[][..], |milestone| &milestone.path);
        items.iter().map(|at| OverdueCount::of(&plan, &course, *at)).collect()
    };
    let (day_one_path, done_path) = (path(day_one), path(done));
    let delays = delays(&plan, &course, day_one, done);
    let template = |key: &str| {
        let found = plan.find::<headroom_model::Template>(key).and_then(|id| plan.templates.get(id));
        found.map_or_else(|| key.to_owned(), |template| template.name.clone())
    };
    Ok(NewHireView {
        is_manager_named: list.manager.is_some(),
        templates: list.templates.iter().map(|used| template(&used.template)).collect(),
        behind: BehindView::of(&plan, list),
        day_one_path,
        done_path,
        delays,
        line: line(&plan, course),
    })
}

fn delays(
    plan: &Plan,
    course: &ChecklistSchedule<'_>,
    day_one: Option<&Milestone>,
    done: Option<&Milestone>,
) -> Vec<Delay> {
    let slack = |milestone: Option<&Milestone>, at: usize| {
        milestone.and_then(|it| it.slack[at]).map(|days| u32::try_from(days).unwrap_or(0))
    };
    let mut delays: Vec<Delay> = (0..course.items.len())
        .filter(|at| !course.items[*at].is_over())
        .map(|at| Delay {
            item: OverdueCount::of(plan, course, at),
            day_one_slack: slack(day_one, at),
            done_slack: slack(done, at),
        })
        .filter(|delay| delay.day_one_slack.is_some() || delay.done_slack.is_some())
        .collect();
    delays.sort_by_key(|delay| {
        let least = |slack: Option<u32>| (slack.is_none(), slack);
        (least(delay.day_one_slack), least(delay.done_slack))
    });
    delays
}
