//! How long it takes until somebody contributes and until a list is done, and which items always slip.

mod late_items;
mod quartiles;
mod time_to_productivity;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use headroom_model::{LifecycleEvent, Plan, TeamId};

pub use late_items::{LEAST_CASES, LEAST_LATE_PERCENT, LateItems};
pub use quartiles::Quartiles;
pub use time_to_productivity::{TimeToProductivity, first_contribution};

use super::ChecklistSchedule;

/// What all lists of one occasion say together.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    pub occasion: LifecycleEvent,
    pub all: TimeToProductivity,
    /// By the key of the template, which may be gone. A list made from several templates counts for each of them, one
    /// without a template for none.
    pub by_template: Vec<(String, TimeToProductivity)>,
    /// By the team that somebody is on when they start; none: on no team.
    pub by_team: Vec<(Option<TeamId>, TimeToProductivity)>,
    /// Items of templates that are late more often than not; see [`Slipping`].
    pub slipping: Vec<LateItems>,
}

impl Statistics {
    /// Of the courses that are for this occasion: days until somebody leaves and days since they joined have no median
    /// in common.
    pub fn of<'c, 'a: 'c>(
        plan: &Plan,
        courses: impl IntoIterator<Item = &'c ChecklistSchedule<'a>>,
        occasion: LifecycleEvent,
    ) -> Self {
        let is_it = |course: &&ChecklistSchedule<'_>| course.checklist.occasion == occasion;
        let courses: Vec<&ChecklistSchedule<'_>> = courses.into_iter().filter(is_it).collect();
        let mut by_template: BTreeMap<&str, Vec<&ChecklistSchedule<'_>>> = BTreeMap::new();
        let mut by_team: BTreeMap<Option<TeamId>, Vec<&ChecklistSchedule<'_>>> = BTreeMap::new();
        for course in &courses {
            let mut keys: Vec<&str> =
                course.checklist.templates.iter().map(|used| used.template.as_str()).collect();
            keys.sort_unstable();
            keys.dedup();
            keys.into_iter().for_each(|key| by_template.entry(key).or_default().push(course));
            by_team.entry(course.new_hire.team).or_default().push(course);
        }
        Self {
            occasion,
            all: TimeToProductivity::of(&courses),
            by_template: most_first(by_template.into_iter().map(|(key, courses)| (key.to_owned(), courses))),
            by_team: most_first(by_team),
            slipping: late_items::late_items(plan, &courses),
        }
    }
}

/// With most lists first; a group of many says more than one of few.
fn most_first<'c, 'a: 'c, K: Ord>(
    groups: impl IntoIterator<Item = (K, Vec<&'c ChecklistSchedule<'a>>)>,
) -> Vec<(K, TimeToProductivity)> {
    let times = |(key, courses): (K, Vec<&ChecklistSchedule<'_>>)| (key, TimeToProductivity::of(&courses));
    let mut groups: Vec<(K, TimeToProductivity)> = groups.into_iter().map(times).collect();
    groups.sort_by_key(|(_, times)| std::cmp::Reverse(times.lists));
    groups
}
