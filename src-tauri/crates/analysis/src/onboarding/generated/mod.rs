//! What the organisation itself gives a newcomer to do: services to learn, people to meet, first tasks. Asked for anew
//! each time, so that it changes with the plan; what somebody has touched is a row of their list from then on.

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

/// Something to do that stands in no template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GeneratedTask {
    /// What it stands for, the same as long as the plan gives it: `learn:12`, `meet:person:34`, `task:…`.
    pub key: String,
    pub section: String,
    pub title: String,
    /// Markdown: why.
    pub text: String,
    pub link: String,
    pub service: Option<ServiceId>,
    pub team: Option<TeamId>,
    pub person: Option<PersonId>,
    /// Working days from the start; see [`Due`].
    pub due: i32,
    pub assignee: Assignee,
}

/// Everything for one checklist on a day, in the order in which it is due. Nothing in a copy that was handed out, which
/// knows no organisation.
pub fn generated_tasks(view: &DayView, checklist: &Checklist, new_hire: &NewHire) -> Vec<GeneratedTask> {
    if is_checked_out(view.snapshot.plan()) {
        return Vec::new();
    }
    let mut all = match checklist.occasion {
        LifecycleEvent::Join | LifecycleEvent::Move => {
            let lessons = learning_path::of_team(view, new_hire);
            let mut all = learning_path::about_team(view, new_hire);
            all.extend(learning_path::items(view, &lessons));
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
    /// As a row of a list, with a number of its own.
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

/// Makes what was found a row of the list, so that something can be said of it. The one there is when it is a row
/// already.
pub fn materialize(draft: &mut Draft<'_>, checklist: ChecklistId, found: &GeneratedTask) -> ChecklistItem {
    let own = || draft.plan().checklist_items.iter().filter(|item| item.checklist == checklist);
    if let Some(row) = own().find(|item| item.generated == found.key) {
        return row.clone();
    }
    let place = own().map(|item| item.place + 1).max().unwrap_or(0);
    found.row(draft.new_id::<ChecklistItem>(), checklist, place)
}

/// Everything of it that is no row of the list yet, as rows with numbers of their own: section by section, as a list
/// reads, and within each in the order in which it is due.
pub fn rows(draft: &mut Draft<'_>, view: &DayView, course: &ChecklistSchedule<'_>) -> Vec<ChecklistItem> {
    let own: Vec<&ChecklistItem> = course.items.iter().map(|placed| placed.item).collect();
    let first = own.iter().map(|item| item.place + 1).max().unwrap_or(0);
    let all = generated_tasks(view, course.checklist, &course.new_hire);
    let mut left: Vec<&GeneratedTask> = not_materialized(&all, &own).collect();
    let section = |found: &GeneratedTask| all.iter().position(|other| other.section == found.section);
    left.sort_by_cached_key(|found| section(found));
    left.into_iter()
        .zip(first..)
        .map(|(found, place)| found.row(draft.new_id::<ChecklistItem>(), course.checklist.id, place))
        .collect()
}

/// The day on which to ask what the plan gives: a newcomer is on no team before the start.
pub fn day_for(plan: &Plan, checklist: &Checklist, today: NaiveDate) -> NaiveDate {
    match checklist.occasion {
        LifecycleEvent::Leave => today,
        _ => today.max(NewHire::day_of(plan, checklist.person, checklist.start)),
    }
}

/// What of all that was found is no row of the list yet.
pub fn not_materialized<'a>(
    found: &'a [GeneratedTask],
    items: &'a [&ChecklistItem],
) -> impl Iterator<Item = &'a GeneratedTask> {
    found.iter().filter(move |found| items.iter().all(|item| item.generated != found.key))
}

/// Titles shorter than the model's limit, whatever the names in them.
fn short(text: String) -> String {
    const MOST: usize = 200;
    match text.char_indices().nth(MOST) {
        None => text,
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
