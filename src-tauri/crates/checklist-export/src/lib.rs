//! Export of checklists for reading, printing and calendars.
//!
//! A [`ChecklistDocument`] is a selection of scheduled checklists: all items, or those of one assignee. Three
//! functions write it: [`calendar()`] as iCalendar with to-dos, events and alarms, [`page()`] as one self-contained
//! HTML page, [`text()`] as Markdown that the import reads back. All of them show due dates, assignees and states as
//! of the day of the schedules.
//!
//! Invariants:
//!
//! * An assignee's document does not name lists in which they have no item, since whose checklists exist is not
//!   theirs to know.
//! * Texts of a plan stay text: nothing in them becomes markup, a link that runs code, or a property of the calendar.
//! * The UID of an entry never changes, and the sequence increases with the plan, so that a calendar updates its
//!   entries instead of duplicating them ([`Stamp`]).
//!
//! Nothing here comes back into the plan. A checklist that is to be merged back is shared as a file:
//! `headroom_analysis::onboarding::checkout`. Scheduling is `headroom_analysis::onboarding`, Markdown is
//! `headroom_checklist_markdown`. The crate exists since both are needed and neither knows the other. Tests:
//! `src/tests.rs`, with two iCalendar parsers, an HTML parser and the Markdown import.

mod icalendar;
mod page;
mod text;

#[cfg(test)]
mod tests;

use headroom_analysis::onboarding::{ChecklistSchedule, ResolvedAssignee, ScheduledItem};
use headroom_model::{ItemState, Plan};

pub use icalendar::{Stamp, calendar};
pub use page::page;
pub use text::text;

/// The checklists to export, with all items or those of one assignee.
pub struct ChecklistDocument<'a> {
    plan: &'a Plan,
    schedules: Vec<ChecklistSchedule<'a>>,
    /// The assignee; none means everyone.
    who: Option<ResolvedAssignee>,
}

impl<'a> ChecklistDocument<'a> {
    /// Selects the lists in which the assignee has an item. The others must not appear, not even by name.
    pub fn new(plan: &'a Plan, schedules: Vec<ChecklistSchedule<'a>>, who: Option<ResolvedAssignee>) -> Self {
        let mut document = Self { plan, schedules: Vec::new(), who };
        let has_some = |schedule: &ChecklistSchedule<'a>| {
            document.who.is_none() || document.items(schedule).next().is_some()
        };
        document.schedules = schedules.into_iter().filter(has_some).collect();
        document
    }

    fn items<'b>(
        &'b self,
        schedule: &'b ChecklistSchedule<'a>,
    ) -> impl Iterator<Item = (usize, &'b ScheduledItem<'a>)> {
        let is_wanted =
            move |scheduled: &ScheduledItem<'_>| self.who.as_ref().is_none_or(|who| scheduled.who == *who);
        schedule.items.iter().enumerate().filter(move |(_, scheduled)| is_wanted(scheduled))
    }

    /// The selected items by section. A section comes once, at the place of its first item.
    fn sections<'b>(
        &'b self,
        schedule: &'b ChecklistSchedule<'a>,
    ) -> Vec<(&'b str, Vec<(usize, &'b ScheduledItem<'a>)>)> {
        let mut sections: Vec<(&str, Vec<_>)> = Vec::new();
        for (at, scheduled) in self.items(schedule) {
            let name = scheduled.item.section.as_str();
            match sections.iter_mut().find(|(known, _)| *known == name) {
                Some((_, items)) => items.push((at, scheduled)),
                None => sections.push((name, vec![(at, scheduled)])),
            }
        }
        sections
    }

    /// The number of selected items.
    pub fn count(&self) -> usize {
        self.schedules.iter().map(|schedule| self.items(schedule).count()).sum()
    }

    fn name(&self, schedule: &ChecklistSchedule<'_>) -> String {
        self.plan.name_of(schedule.checklist.person.into())
    }

    fn title(&self, schedule: &ChecklistSchedule<'_>) -> String {
        format!("{}: {}", self.name(schedule), schedule.checklist.occasion.doing())
    }
}

/// The state in words; empty while the item is open.
fn state_words(state: &ItemState) -> String {
    let day = |on: &chrono::NaiveDate| headroom_model::wording::date(on).to_string();
    match state {
        ItemState::Open => String::new(),
        ItemState::Done { on, by } if by.is_empty() => format!("done {}", day(on)),
        ItemState::Done { on, by } => format!("done {} by {by}", day(on)),
        ItemState::Skipped { on, why } => format!("skipped {}: {why}", day(on)),
        ItemState::Blocked { by } => format!("blocked by {by}"),
    }
}
