//! Generated tasks: what the plan itself gives someone to do, in addition to templates.
//!
//! * Joining and moving: a learning path of services, introductions and first tasks.
//! * Taking over a service: the service, introductions to owners around it, its open findings.
//! * Leaving: roles that nobody else holds, positions that need a decision, reports without a manager.
//!
//! Tasks are calculated each time, so that they follow the plan. Each has a key that is stable as long as the plan
//! gives the task (`learn:12`, `meet:person:34`, `task:…`). When somebody changes one it becomes a row of the list,
//! known by that key ([`materialize`]); from then on the row counts and the task is not offered again. All are
//! optional. In a shared file nothing is generated. First tasks are findings, so this is above the rules; checklists
//! themselves are [`crate::onboarding`]. Tests: `tests.rs` and `tests/`.

mod introductions;
mod learning_path;
mod offboarding;
mod positions;
mod task;
mod tasks;
mod words;

#[cfg(test)]
mod tests;

use headroom_model::{Checklist, ChecklistId, ChecklistItem, Draft, LifecycleEvent, ListPlace};

use crate::{
    day_view::DayView,
    onboarding::{ChecklistSchedule, NewHire, checkout::is_checked_out},
};

pub use introductions::{Introduction, introduced, introductions};
pub use learning_path::{LearningStep, learning_path};
pub use task::GeneratedTask;

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

/// Makes the task a row of the list, so that it can be changed. Returns the existing row if there is one.
pub fn materialize(draft: &mut Draft<'_>, checklist: ChecklistId, found: &GeneratedTask) -> ChecklistItem {
    let own = || draft.iter::<ChecklistItem>().filter(|item| item.checklist == checklist);
    if let Some(row) = own().find(|item| item.generated == found.key) {
        return row.clone();
    }
    let place = ListPlace::after(own().map(|item| item.place));
    found.row(draft.new_id::<ChecklistItem>(), checklist, place)
}

/// All tasks that are not rows yet, as rows with new ids: by section, in the order of the list, and by due date
/// within each.
pub fn rows(draft: &mut Draft<'_>, view: &DayView, schedule: &ChecklistSchedule<'_>) -> Vec<ChecklistItem> {
    let own: Vec<&ChecklistItem> = schedule.items.iter().map(|scheduled| scheduled.item).collect();
    let first = ListPlace::after(own.iter().map(|item| item.place));
    let all = generated_tasks(view, schedule.checklist, &schedule.new_hire);
    let mut left: Vec<&GeneratedTask> = not_materialized(&all, &own).collect();
    let section = |found: &GeneratedTask| all.iter().position(|other| other.section == found.section);
    left.sort_by_cached_key(|found| section(found));
    left.into_iter()
        .zip(std::iter::successors(Some(first), |place| Some(place.next())))
        .map(|(found, place)| found.row(draft.new_id::<ChecklistItem>(), schedule.checklist.id, place))
        .collect()
}

/// The tasks that are not rows of the list yet.
pub fn not_materialized<'a>(
    found: &'a [GeneratedTask],
    items: &'a [&ChecklistItem],
) -> impl Iterator<Item = &'a GeneratedTask> {
    found.iter().filter(move |found| items.iter().all(|item| item.generated != found.key))
}
