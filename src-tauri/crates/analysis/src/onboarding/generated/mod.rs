//! Generated tasks: what the plan itself gives someone to do, in addition to templates.
//!
//! * Joining and moving: a learning path of services, introductions and first tasks.
//! * Taking over a service: the service, introductions to owners around it, its open findings.
//! * Leaving: roles that nobody else holds, positions that need a decision, reports without a manager.
//!
//! Tasks are calculated each time, so that they follow the plan. Each has a key that is stable as long as the plan
//! gives the task (`learn:12`, `meet:person:34`, `task:…`). When somebody changes one it becomes a row of the list,
//! known by that key ([`materialize`]); from then on the row counts and the task is not offered again. All are
//! optional. In a shared file nothing is generated. Tests: `tests.rs` and `tests/`.

mod introductions;
mod learning_path;
mod offboarding;
mod positions;
mod tasks;
mod words;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use headroom_model::{
    Assignee, Checklist, ChecklistId, ChecklistItem, ChecklistItemId, Draft, Due, LifecycleEvent, PersonId,
    Plan, ServiceId, TeamId,
};

use super::{ChecklistSchedule, NewHire, checkout::is_checked_out};
use crate::DayView;

pub use introductions::{Introduction, introductions};
pub use learning_path::{LearningStep, learning_path};
pub(super) use tasks::KEY as TASK_KEY;

/// A task that comes from the plan and is in no template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GeneratedTask {
    /// Its identity, stable as long as the plan gives the task: `learn:12`, `meet:person:34`, `task:…`.
    pub key: String,
    pub section: String,
    pub title: String,
    /// The reason, in Markdown.
    pub text: String,
    pub link: String,
    pub service: Option<ServiceId>,
    pub team: Option<TeamId>,
    pub person: Option<PersonId>,
    /// The due date in working days from the start; see [`Due`].
    pub due: i32,
    pub assignee: Assignee,
}

/// All tasks for a checklist on a day, by due date. Empty in a shared file, which has no organisation.
pub fn generated_tasks(view: &DayView, checklist: &Checklist, new_hire: &NewHire) -> Vec<GeneratedTask> {
    if is_checked_out(view.snapshot.plan()) {
        return Vec::new();
    }
    let mut all = match checklist.occasion {
        LifecycleEvent::Join | LifecycleEvent::Move => {
            let path = learning_path::of_team(view, new_hire);
            let mut all = learning_path::about_team(view, new_hire);
            all.extend(learning_path::items(view, &path));
            all.extend(introductions::items(view, new_hire, checklist.buddy));
            all.extend(tasks::items(view, new_hire));
            all
        }
        LifecycleEvent::TakeOver => {
            let mut all = learning_path::of_service(view, checklist.service);
            all.extend(introductions::around_service(view, checklist));
            all.extend(tasks::of_service(view, checklist.service));
            all
        }
        LifecycleEvent::Leave => {
            let departure = offboarding::OffboardingTasks::new(view, checklist);
            let mut all = positions::items(&departure);
            all.extend(offboarding::items(&departure));
            all
        }
    };
    all.sort_by_key(|found| found.due);
    all
}

impl GeneratedTask {
    /// The task as a row of a list.
    pub fn row(&self, id: ChecklistItemId, checklist: ChecklistId, place: u32) -> ChecklistItem {
        ChecklistItem {
            id,
            checklist,
            generated: self.key.clone(),
            section: self.section.clone(),
            title: self.title.clone(),
            text: self.text.clone(),
            due: Some(Due { working_days: self.due, after: None }),
            assignee: self.assignee.clone(),
            optional: true,
            link: self.link.clone(),
            service: self.service,
            team: self.team,
            place,
            ..ChecklistItem::default()
        }
    }
}

/// Makes the task a row of the list, so that it can be changed. Returns the existing row if there is one.
pub fn materialize(draft: &mut Draft<'_>, checklist: ChecklistId, found: &GeneratedTask) -> ChecklistItem {
    let own = || draft.plan().checklist_items.iter().filter(|item| item.checklist == checklist);
    if let Some(row) = own().find(|item| item.generated == found.key) {
        return row.clone();
    }
    let place = own().map(|item| item.place + 1).max().unwrap_or(0);
    found.row(draft.new_id::<ChecklistItem>(), checklist, place)
}

/// All tasks that are not rows yet, as rows with new ids: by section, in the order of the list, and by due date
/// within each.
pub fn rows(draft: &mut Draft<'_>, view: &DayView, schedule: &ChecklistSchedule<'_>) -> Vec<ChecklistItem> {
    let own: Vec<&ChecklistItem> = schedule.items.iter().map(|scheduled| scheduled.item).collect();
    let first = own.iter().map(|item| item.place + 1).max().unwrap_or(0);
    let all = generated_tasks(view, schedule.checklist, &schedule.new_hire);
    let mut left: Vec<&GeneratedTask> = not_materialized(&all, &own).collect();
    let section = |found: &GeneratedTask| all.iter().position(|other| other.section == found.section);
    left.sort_by_cached_key(|found| section(found));
    left.into_iter()
        .zip(first..)
        .map(|(found, place)| found.row(draft.new_id::<ChecklistItem>(), schedule.checklist.id, place))
        .collect()
}

/// The day for which to generate tasks: a new hire is on no team before the start.
pub fn day_for(plan: &Plan, checklist: &Checklist, today: NaiveDate) -> NaiveDate {
    match checklist.occasion {
        LifecycleEvent::Leave => today,
        _ => today.max(NewHire::day_of(plan, checklist.person, checklist.start)),
    }
}

/// The tasks that are not rows of the list yet.
pub fn not_materialized<'a>(
    found: &'a [GeneratedTask],
    items: &'a [&ChecklistItem],
) -> impl Iterator<Item = &'a GeneratedTask> {
    found.iter().filter(move |found| items.iter().all(|item| item.generated != found.key))
}

/// A title cut to the model's limit.
fn short(text: String) -> String {
    const MOST: usize = 200;
    match text.char_indices().nth(MOST) {
        None => text,
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
