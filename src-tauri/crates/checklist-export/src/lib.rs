//! A checklist to take along: as a calendar for any program that reads iCalendar, as a page to read or print, and as
//! Markdown.

mod calendar;
mod page;
mod text;

#[cfg(test)]
mod tests;

use headroom_analysis::onboarding::{ChecklistSchedule, ResolvedAssignee, ScheduledItem};
use headroom_model::{ItemState, Plan};

pub use calendar::{Stamp, calendar};
pub use page::page;
pub use text::text;

/// Some of the lists of a plan, and of each all items or those of one doer.
pub struct ChecklistDocument<'a> {
    plan: &'a Plan,
    courses: Vec<ChecklistSchedule<'a>>,
    /// None: whoever does them.
    who: Option<ResolvedAssignee>,
}

impl<'a> ChecklistDocument<'a> {
    /// Lists in which the doer has nothing stay out, since whose they are is not theirs to know.
    pub fn new(plan: &'a Plan, courses: Vec<ChecklistSchedule<'a>>, who: Option<ResolvedAssignee>) -> Self {
        let mut leaflet = Self { plan, courses: Vec::new(), who };
        let has_some =
            |course: &ChecklistSchedule<'a>| leaflet.who.is_none() || leaflet.items(course).next().is_some();
        leaflet.courses = courses.into_iter().filter(has_some).collect();
        leaflet
    }

    fn items<'b>(
        &'b self,
        course: &'b ChecklistSchedule<'a>,
    ) -> impl Iterator<Item = (usize, &'b ScheduledItem<'a>)> {
        let is_wanted =
            move |placed: &ScheduledItem<'_>| self.who.as_ref().is_none_or(|who| placed.who == *who);
        course.items.iter().enumerate().filter(move |(_, placed)| is_wanted(placed))
    }

    /// The items that go along by the sections they are in: a section stands once, where its first item is.
    fn sections<'b>(
        &'b self,
        course: &'b ChecklistSchedule<'a>,
    ) -> Vec<(&'b str, Vec<(usize, &'b ScheduledItem<'a>)>)> {
        let mut sections: Vec<(&str, Vec<_>)> = Vec::new();
        for (at, placed) in self.items(course) {
            let name = placed.item.section.as_str();
            match sections.iter_mut().find(|(known, _)| *known == name) {
                Some((_, items)) => items.push((at, placed)),
                None => sections.push((name, vec![(at, placed)])),
            }
        }
        sections
    }

    /// How many items go along.
    pub fn count(&self) -> usize {
        self.courses.iter().map(|course| self.items(course).count()).sum()
    }

    fn name(&self, course: &ChecklistSchedule<'_>) -> String {
        self.plan.name_of(course.checklist.person.into())
    }

    fn title(&self, course: &ChecklistSchedule<'_>) -> String {
        format!("{}: {}", self.name(course), course.checklist.occasion.doing())
    }
}

/// How far an item has come, in words; empty while it is open.
fn state_words(state: &ItemState) -> String {
    let day = |on: &chrono::NaiveDate| on.format("%-d %b %Y").to_string();
    match state {
        ItemState::Open => String::new(),
        ItemState::Done { on, by } if by.is_empty() => format!("done {}", day(on)),
        ItemState::Done { on, by } => format!("done {} by {by}", day(on)),
        ItemState::Skipped { on, why } => format!("skipped {}: {why}", day(on)),
        ItemState::Blocked { by } => format!("blocked by {by}"),
    }
}
