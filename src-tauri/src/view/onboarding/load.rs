//! How much onboarding asks of everybody but the starters themselves, week by week.

use chrono::NaiveDate;
use headroom_analysis::{
    onboarding::{Course, Courses, Load, LoadRow},
    schedule::Calendar,
};
use headroom_model::Plan;
use serde::Serialize;
use tauri::State;

use crate::{
    error::Answer,
    state::{App, today},
    view::Named,
};

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LoadLine {
    pub who: String,
    /// Where it is somebody in the plan.
    pub entity: Option<Named>,
    /// As what they have the items: `buddy`, `manager, by name`.
    pub roles: String,
    /// Items due in each of the weeks; in the week of the day also what is overdue.
    pub by_week: Vec<u32>,
    pub overdue: u32,
    /// Due after the last of the weeks, or whenever.
    pub later: u32,
    pub starters: Vec<StarterItems>,
}

/// How many items somebody has for one list.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StarterItems {
    pub checklist: u32,
    pub person: Named,
    pub open: u32,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LoadView {
    /// The Monday of each week.
    pub weeks: Vec<NaiveDate>,
    /// Who has most to do comes first.
    pub rows: Vec<LoadLine>,
}

/// The weeks from the one that has the day.
#[tauri::command(async)]
#[specta::specta]
pub fn onboarding_load(app: State<'_, App>, weeks: u32, day: Option<NaiveDate>) -> Answer<LoadView> {
    let plan = app.plan()?;
    let (calendar, today) = (Calendar::new(&plan), day.unwrap_or_else(today));
    let courses = Courses::new(&plan, &calendar, today);
    let all: Vec<Course<'_>> = plan.checklists.iter().filter_map(|list| courses.course(list)).collect();
    let load = Load::of(&all, today, weeks as usize);
    Ok(LoadView { rows: load.rows.iter().map(|row| line(&plan, row)).collect(), weeks: load.weeks })
}

fn line(plan: &Plan, row: &LoadRow) -> LoadLine {
    let who = row.doer.name(plan);
    let roles = row.roles.iter().map(|role| role.role.unwrap_or("by name"));
    // Of IT nobody has to say that it is IT.
    let roles: Vec<&str> = roles.filter(|role| !role.eq_ignore_ascii_case(&who)).collect();
    let starter = |it: &headroom_analysis::onboarding::StarterLoad| StarterItems {
        checklist: it.checklist.0,
        person: Named::new(plan, it.person),
        open: it.open,
    };
    LoadLine {
        who,
        entity: Named::of_doer(plan, &row.doer),
        roles: roles.join(", "),
        by_week: row.open_by_week.clone(),
        overdue: row.overdue,
        later: row.later + row.undated,
        starters: row.starters.iter().map(starter).collect(),
    }
}
