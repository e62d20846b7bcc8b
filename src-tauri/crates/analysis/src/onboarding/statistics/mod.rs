//! How long it takes until somebody contributes and until a list is done, and which items always slip.

mod slipping;
mod spread;
mod times;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use headroom_model::{Occasion, Plan, TeamId};

pub use slipping::{LEAST_CASES, LEAST_LATE_PERCENT, Slipping};
pub use spread::Spread;
pub use times::{Times, first_contribution};

use super::Course;

/// What all lists of one occasion say together.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    pub occasion: Occasion,
    pub all: Times,
    /// By the key of the template, which may be gone. A list made from several templates counts for each of them, one
    /// without a template for none.
    pub by_template: Vec<(String, Times)>,
    /// By the team that somebody is on when they start; none: on no team.
    pub by_team: Vec<(Option<TeamId>, Times)>,
    /// Items of templates that are late more often than not; see [`Slipping`].
    pub slipping: Vec<Slipping>,
}

impl Statistics {
    /// Of the courses that are for this occasion: days until somebody leaves and days since they joined have no median
    /// in common.
    pub fn of<'c, 'a: 'c>(
        plan: &Plan,
        courses: impl IntoIterator<Item = &'c Course<'a>>,
        occasion: Occasion,
    ) -> Self {
        let is_it = |course: &&Course<'_>| course.checklist.occasion == occasion;
        let courses: Vec<&Course<'_>> = courses.into_iter().filter(is_it).collect();
        let mut by_template: BTreeMap<&str, Vec<&Course<'_>>> = BTreeMap::new();
        let mut by_team: BTreeMap<Option<TeamId>, Vec<&Course<'_>>> = BTreeMap::new();
        for course in &courses {
            let mut keys: Vec<&str> =
                course.checklist.templates.iter().map(|used| used.template.as_str()).collect();
            keys.sort_unstable();
            keys.dedup();
            keys.into_iter().for_each(|key| by_template.entry(key).or_default().push(course));
            by_team.entry(course.newcomer.team).or_default().push(course);
        }
        Self {
            occasion,
            all: Times::of(&courses),
            by_template: most_first(by_template.into_iter().map(|(key, courses)| (key.to_owned(), courses))),
            by_team: most_first(by_team),
            slipping: slipping::slipping(plan, &courses),
        }
    }
}

/// With most lists first; a group of many says more than one of few.
fn most_first<'c, 'a: 'c, K: Ord>(
    groups: impl IntoIterator<Item = (K, Vec<&'c Course<'a>>)>,
) -> Vec<(K, Times)> {
    let times = |(key, courses): (K, Vec<&Course<'_>>)| (key, Times::of(&courses));
    let mut groups: Vec<(K, Times)> = groups.into_iter().map(times).collect();
    groups.sort_by_key(|(_, times)| std::cmp::Reverse(times.lists));
    groups
}
