//! Statistics of checklists: time to productivity, and items that are often late.

mod late_items;
mod quartiles;
mod time_to_productivity;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use headroom_model::{LifecycleEvent, Plan, TeamId};
use rustc_hash::FxHashMap;

pub use late_items::{LEAST_CASES, LEAST_LATE_PERCENT, LateItems};
pub use quartiles::Quartiles;
pub(crate) use time_to_productivity::FIRST_TASK;
pub use time_to_productivity::{TimeToProductivity, first_contribution};

use super::ChecklistSchedule;

/// The statistics of all checklists for one occasion.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    pub occasion: LifecycleEvent,
    pub all: TimeToProductivity,
    /// By the key of the template, which may be deleted. A list made from several templates counts for each of them.
    pub by_template: Vec<(String, TimeToProductivity)>,
    /// By the person's team on the start date; none: no team.
    pub by_team: Vec<(Option<TeamId>, TimeToProductivity)>,
    /// Items of templates that are often late; see [`LateItems`].
    pub slipping: Vec<LateItems>,
}

impl Statistics {
    /// Statistics of the schedules for this occasion. Occasions are not mixed: days until someone leaves and days
    /// since they joined have no common median.
    pub fn of<'c, 'a: 'c>(
        plan: &Plan,
        schedules: impl IntoIterator<Item = &'c ChecklistSchedule<'a>>,
        occasion: LifecycleEvent,
    ) -> Self {
        let is_it = |schedule: &&ChecklistSchedule<'_>| schedule.checklist.occasion == occasion;
        let schedules: Vec<&ChecklistSchedule<'_>> = schedules.into_iter().filter(is_it).collect();
        let mut by_template: BTreeMap<&str, Vec<&ChecklistSchedule<'_>>> = BTreeMap::new();
        let mut by_team: FxHashMap<Option<TeamId>, Vec<&ChecklistSchedule<'_>>> = FxHashMap::default();
        for schedule in &schedules {
            let mut keys: Vec<&str> =
                schedule.checklist.templates.iter().map(|used| used.template.as_str()).collect();
            keys.sort_unstable();
            keys.dedup();
            keys.into_iter().for_each(|key| by_template.entry(key).or_default().push(schedule));
            by_team.entry(schedule.new_hire.team).or_default().push(schedule);
        }
        let mut by_team: Vec<_> = by_team.into_iter().collect();
        by_team.sort_by_key(|(team, _)| team.map(|team| plan.place_of(team)));
        Self {
            occasion,
            all: TimeToProductivity::of(&schedules),
            by_template: most_first(
                by_template.into_iter().map(|(key, schedules)| (key.to_owned(), schedules)),
            ),
            by_team: most_first(by_team),
            slipping: late_items::late_items(plan, &schedules),
        }
    }
}

/// The groups with most lists first.
fn most_first<'c, 'a: 'c, K>(
    groups: impl IntoIterator<Item = (K, Vec<&'c ChecklistSchedule<'a>>)>,
) -> Vec<(K, TimeToProductivity)> {
    let times =
        |(key, schedules): (K, Vec<&ChecklistSchedule<'_>>)| (key, TimeToProductivity::of(&schedules));
    let mut groups: Vec<(K, TimeToProductivity)> = groups.into_iter().map(times).collect();
    groups.sort_by_key(|(_, times)| std::cmp::Reverse(times.lists));
    groups
}
