//! Onboarding workload: what managers, buddies and others owe new hires, by week.

use chrono::NaiveDate;
use headroom_analysis::{
    onboarding::{ChecklistSchedule, ChecklistSchedules, OnboardingWorkload, WorkloadRow},
    schedule::Calendar,
};
use headroom_model::{Checklist, Plan};
use serde::Serialize;

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    paging::{RowQuery, matches},
    state::AppState,
    table::{CellThing, ColumnValue, TableLines, TableRows},
};

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct WorkloadLine {
    pub who: String,
    /// The entity, if it is in the plan.
    pub entity: Option<NamedEntity>,
    /// In which roles they have the items: `buddy`, `manager, named assignee`.
    pub roles: String,
    /// Items due in each week; the week of the day includes overdue ones.
    pub by_week: Vec<u32>,
    pub overdue: u32,
    /// Due after the last week, or without a due date.
    pub later: u32,
    /// All open items.
    pub all: u32,
    pub starters: Vec<NewHireItems>,
}

/// Number of someone's items in one checklist.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct NewHireItems {
    pub checklist: Id,
    pub person: NamedEntity,
    pub open: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct WorkloadView {
    /// The Monday of each week.
    pub weeks: Vec<NaiveDate>,
    /// Most items first.
    pub lines: TableLines<WorkloadLine>,
}

/// Weeks from the one of the day on.
#[specta::specta]
pub fn onboarding_load(app: &AppState, weeks: u32, query: RowQuery, at: At) -> Answer<WorkloadView> {
    let plan = app.plan()?;
    let (calendar, today) = (Calendar::new(&plan), at.shown_day());
    let courses = ChecklistSchedules::new(&plan, &calendar, today);
    let all: Vec<ChecklistSchedule<'_>> =
        plan.in_order::<Checklist>().into_iter().filter_map(|list| courses.course(list)).collect();
    let load = OnboardingWorkload::of(&plan, &all, today, weeks as usize);
    let words = query.words();
    let is_sought = |line: &WorkloadLine| matches(&words, [line.who.as_str(), line.roles.as_str()]);
    let rows = load.rows.iter().map(|row| line(&plan, row)).filter(is_sought).collect();
    Ok(WorkloadView { lines: WorkloadTable.lines(rows, &query)?, weeks: load.weeks })
}

struct WorkloadTable;

impl TableRows for WorkloadTable {
    type Row = WorkloadLine;
    type Shown = WorkloadLine;
    const COLUMNS: &'static [&'static str] = &["who", "roles", "for", "overdue", "all", "later"];

    fn value(&self, row: &WorkloadLine, column: &str) -> ColumnValue {
        match column {
            "roles" => {
                let roles = row.roles.split(", ").filter(|role| !role.is_empty());
                ColumnValue::Things(roles.map(|role| CellThing::ranked(0, role, role)).collect())
            }
            "for" => ColumnValue::entities(row.starters.iter().map(|starter| starter.person.clone())),
            "overdue" => ColumnValue::count(row.overdue),
            "all" => ColumnValue::count(row.all),
            "later" => ColumnValue::count(row.later),
            _ => ColumnValue::one(Some(CellThing::named(row.entity.clone(), &row.who))),
        }
    }

    fn show(&self, row: &WorkloadLine) -> WorkloadLine {
        row.clone()
    }
}

fn line(plan: &Plan, row: &WorkloadRow) -> WorkloadLine {
    let who = row.assignee.name(plan);
    let roles = row.roles.iter().map(|role| role.role.unwrap_or("named assignee"));
    // The role IT of IT itself goes without saying.
    let roles: Vec<&str> = roles.filter(|role| !role.eq_ignore_ascii_case(&who)).collect();
    let new_hire = |it: &headroom_analysis::onboarding::NewHireLoad| NewHireItems {
        checklist: it.checklist.into(),
        person: NamedEntity::new(plan, it.person),
        open: it.open,
    };
    WorkloadLine {
        who,
        entity: NamedEntity::of_assignee(plan, &row.assignee),
        roles: roles.join(", "),
        by_week: row.open_by_week.clone(),
        overdue: row.overdue,
        later: row.later + row.undated,
        all: row.open_by_week.iter().sum::<u32>() + row.later + row.undated,
        starters: row.starters.iter().map(new_hire).collect(),
    }
}
