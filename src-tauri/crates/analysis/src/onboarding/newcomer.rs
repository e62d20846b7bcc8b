use chrono::NaiveDate;
use headroom_model::{Checklist, Occasion, PersonId, Plan, ServiceId, Snapshot, Team, TeamId, Template};

/// Whom a checklist is for, as far as templates ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomer {
    pub person: PersonId,
    pub occasion: Occasion,
    /// The team with the largest share of them on the day of the start.
    pub team: Option<TeamId>,
    pub discipline: String,
    pub level: String,
    pub location: String,
    /// Whoever is in the seat that theirs reports to, else the lead of the team.
    pub manager: Option<PersonId>,
    pub service: Option<ServiceId>,
}

impl Newcomer {
    /// What the plan says of a person on a day.
    pub fn of(snapshot: &Snapshot, person: PersonId, occasion: Occasion) -> Self {
        let plan = snapshot.plan();
        let mut newcomer = Self {
            person,
            occasion,
            team: None,
            discipline: String::new(),
            level: String::new(),
            location: plan.people.get(person).map(|row| row.location.clone()).unwrap_or_default(),
            manager: None,
            service: None,
        };
        let Some(at) = snapshot.person_ix(person) else { return newcomer };
        let memberships = snapshot.memberships(at);
        newcomer.team = memberships.max_by_key(|row| row.share.unwrap_or(100)).map(|row| row.team);
        if let Some(seat) = snapshot.seats_of(at).first() {
            let position = snapshot.position(*seat as usize);
            newcomer.team = newcomer.team.or(position.team);
            newcomer.discipline.clone_from(&position.discipline);
            newcomer.level.clone_from(&position.level);
            if newcomer.location.is_empty() {
                newcomer.location.clone_from(&position.location);
            }
            let above = snapshot.manager_of(*seat as usize);
            newcomer.manager =
                above.and_then(|seat| snapshot.occupants(seat).next()).map(|assigned| assigned.person);
        }
        newcomer.manager = newcomer.manager.filter(|manager| *manager != person);
        newcomer.manager = newcomer.manager.or_else(|| lead(snapshot, newcomer.team?, person));
        newcomer
    }

    /// What the plan says on the day on which the checklist starts; who is named in the checklist comes first.
    pub fn with(checklist: &Checklist, snapshot: &Snapshot) -> Self {
        let newcomer = Self::of(snapshot, checklist.person, checklist.occasion);
        let manager = checklist.manager.or(newcomer.manager);
        Self { manager, service: checklist.service, ..newcomer }
    }

    /// The day on which to look at somebody: the day of a start, but the last day on which they are there.
    pub fn day_of(plan: &Plan, person: PersonId, start: NaiveDate) -> NaiveDate {
        let last = plan.people.get(person).and_then(|person| person.until);
        last.map_or(start, |last| start.min(last))
    }
}

/// The lead of the team or of the nearest team around it, somebody else than the person.
fn lead(snapshot: &Snapshot, team: TeamId, person: PersonId) -> Option<PersonId> {
    let mut at = snapshot.team_ix(team);
    while let Some(team) = at {
        let others = snapshot.members(team).filter(|row| row.person != person);
        if let Some(lead) = others.into_iter().find(|row| crate::is_lead(&row.role)) {
            return Some(lead.person);
        }
        at = snapshot.parent_of(team);
    }
    None
}

/// The templates for somebody, from the most general to the most specific: for everybody, for a discipline, for a level,
/// for a team from the outermost in.
pub fn fitting<'a>(plan: &'a Plan, newcomer: &Newcomer) -> Vec<&'a Template> {
    let around = around(plan, newcomer.team);
    let same = |wanted: &str, has: &str| wanted.is_empty() || wanted.trim().eq_ignore_ascii_case(has.trim());
    let fits = |template: &&Template| {
        template.occasion == newcomer.occasion
            && same(&template.discipline, &newcomer.discipline)
            && same(&template.level, &newcomer.level)
            && template.team.is_none_or(|team| around.contains(&team))
    };
    let mut found: Vec<&Template> = plan.templates.iter().filter(fits).collect();
    let depth = |template: &Template| {
        let place = template.team.and_then(|team| around.iter().position(|around| *around == team));
        place.map_or(0, |place| around.len() - place)
    };
    found.sort_by_key(|template| {
        (depth(template), !template.level.is_empty(), !template.discipline.is_empty(), template.id)
    });
    found
}

/// A team and those around it, from the inside out.
fn around(plan: &Plan, team: Option<TeamId>) -> Vec<TeamId> {
    let above = |team: &TeamId| plan.teams.get(*team).and_then(|team: &Team| team.parent);
    std::iter::successors(team, above).collect()
}
