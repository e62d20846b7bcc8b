//! The new hire of a checklist, and the templates that fit them.

use chrono::NaiveDate;
use headroom_model::{
    Checklist, LifecycleEvent, PersonId, Plan, ServiceId, Team, TeamId, Template, same_word,
};

/// The person a checklist is for, with what templates ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHire {
    pub person: PersonId,
    pub occasion: LifecycleEvent,
    /// The team with the largest share of their time on the day of the start.
    pub team: Option<TeamId>,
    pub discipline: String,
    pub level: String,
    pub location: String,
    /// The occupant of the position that theirs reports to, else the lead of the team.
    pub manager: Option<PersonId>,
    pub service: Option<ServiceId>,
}

impl NewHire {
    /// The day to look at a person: the start, but no later than their last day.
    pub fn day_of(plan: &Plan, person: PersonId, start: NaiveDate) -> NaiveDate {
        let last = plan.people.get(person).and_then(|person| person.until);
        last.map_or(start, |last| start.min(last))
    }
}

/// The day for which to look at the new hire of a checklist, or to generate tasks: they are on no team before the
/// start.
pub fn day_for(plan: &Plan, checklist: &Checklist, today: NaiveDate) -> NaiveDate {
    match checklist.occasion {
        LifecycleEvent::Leave => today,
        _ => today.max(NewHire::day_of(plan, checklist.person, checklist.start)),
    }
}

/// The templates for a person, from general to specific: for everyone, for a discipline, for a level, for a team from
/// the outermost in.
pub fn fitting<'a>(plan: &'a Plan, new_hire: &NewHire) -> Vec<&'a Template> {
    let around = around(plan, new_hire.team);
    let same = |wanted: &str, has: &str| wanted.is_empty() || same_word(wanted, has);
    let fits = |template: &&Template| {
        template.occasion == new_hire.occasion
            && same(&template.discipline, &new_hire.discipline)
            && same(&template.level, &new_hire.level)
            && template.team.is_none_or(|team| around.contains(&team))
    };
    let mut found: Vec<&Template> = plan.templates.iter().filter(fits).collect();
    let depth = |template: &Template| {
        let place = template.team.and_then(|team| around.iter().position(|around| *around == team));
        place.map_or(0, |place| around.len() - place)
    };
    found.sort_by_key(|template| {
        let is_general = (!template.level.is_empty(), !template.discipline.is_empty());
        (depth(template), is_general, &template.name, &template.key)
    });
    found
}

/// A team and those above it, from the inside out.
fn around(plan: &Plan, team: Option<TeamId>) -> Vec<TeamId> {
    let above = |team: &TeamId| plan.teams.get(*team).and_then(|team: &Team| team.parent);
    std::iter::successors(team, above).collect()
}
