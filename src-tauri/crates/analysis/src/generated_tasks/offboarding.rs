//! Offboarding: the roles for services that somebody else must take over.

use chrono::{Days, NaiveDate};
use headroom_model::{Checklist, Owner, PersonId, ServiceId, ServiceIx, Snapshot, TeamId, role};
use rustc_hash::FxHashMap;

use super::{
    task::GeneratedTask,
    words::{listed, short},
};
use crate::day_view::DayView;

const SECTION: &str = "Only you own or know";
/// The due date in working days from the last day.
const DUE: i32 = -10;

/// A departure with the organisation before and after it.
pub(super) struct OffboardingTasks<'a> {
    pub(super) person: PersonId,
    pub(super) last: NaiveDate,
    /// Today.
    today: &'a Snapshot,
    /// On the last day.
    pub(super) before: Snapshot,
    /// On the day after. The person may still be in the plan, if it has no last day for them.
    pub(super) after: Snapshot,
}

impl<'a> OffboardingTasks<'a> {
    pub(super) fn new(view: &'a DayView, list: &Checklist) -> Self {
        let plan = view.snapshot.plan();
        let employed = plan.people.get(list.person).and_then(|person| person.until);
        let last = employed.unwrap_or(list.start);
        let next = last.checked_add_days(Days::new(1)).unwrap_or(last);
        let (before, after) = (plan.as_of(last), plan.as_of(next));
        Self { person: list.person, last, today: &view.snapshot, before, after }
    }

    fn name(&self, owner: Owner) -> String {
        self.after.plan().name_of(owner.into())
    }

    /// Whether an owner still has people after the departure.
    fn is_there(&self, owner: Owner) -> bool {
        match owner {
            Owner::Person(person) => {
                let at = self.after.person_ix(person).filter(|at| !self.after.person(*at).unconfirmed);
                person != self.person && at.is_some()
            }
            Owner::Team(team) => self.has_people(team),
        }
    }

    fn has_people(&self, team: TeamId) -> bool {
        let Some(at) = self.after.team_ix(team) else { return false };
        self.after.members(at).any(|row| row.person != self.person)
    }

    /// The owners that hold a role for a service after the departure.
    fn left(&self, service: ServiceIx, role: &str) -> Vec<Owner> {
        let rows = self.after.ownerships(service).filter(|row| row.role == role);
        let mut owners: Vec<Owner> =
            rows.map(|row| row.owner).filter(|owner| self.is_there(*owner)).collect();
        owners.dedup();
        owners
    }

    /// The roles for services that they hold today or on their last day, in person or as the only member of a team;
    /// then with the team.
    fn held(&self) -> FxHashMap<(ServiceId, String), Option<TeamId>> {
        let mut held = FxHashMap::default();
        for snapshot in [self.today, &self.before] {
            let Some(at) = snapshot.person_ix(self.person) else { continue };
            let alone = snapshot.memberships(at).map(|row| row.team).filter(|team| !self.has_people(*team));
            for team in alone {
                let rows = snapshot.team_ix(team).into_iter().flat_map(|at| snapshot.held_by_team(at));
                held.extend(rows.map(|row| ((row.service, row.role.clone()), Some(team))));
            }
            // Their own ownership takes precedence over that of a team.
            held.extend(snapshot.held_by_person(at).map(|row| ((row.service, row.role.clone()), None)));
        }
        held
    }
}

/// A task for each role for a service that nobody holds after the departure.
pub(super) fn items(departure: &OffboardingTasks<'_>) -> Vec<GeneratedTask> {
    let unheld = |((service, role), team): ((ServiceId, String), Option<TeamId>)| {
        let at = departure.after.service_ix(service)?;
        departure.left(at, &role).is_empty().then_some((at, role, team))
    };
    let mut unheld: Vec<_> = departure.held().into_iter().filter_map(unheld).collect();
    unheld.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    unheld.into_iter().map(|(at, role, team)| item(departure, at, &role, team)).collect()
}

fn item(departure: &OffboardingTasks<'_>, at: ServiceIx, role: &str, team: Option<TeamId>) -> GeneratedTask {
    let service = departure.after.service(at);
    let name = &service.name;
    let team = team.map(|team| departure.name(Owner::Team(team)));
    let (key, title, alone) = match role {
        role::OWNER => {
            let alone = match &team {
                Some(team) => format!("{team} owns {name} and has no one left after you"),
                None => format!("You are the only owner of {name}"),
            };
            let alone = format!("{alone}: it will be unowned after your last day.");
            ("own".to_owned(), format!("Hand over {name}"), alone)
        }
        role::BACKUP => {
            let alone = match &team {
                Some(team) => format!("{team} is the backup for {name} and has no one left after you."),
                None => format!("After you leave, {name} has no backup."),
            };
            ("backup".to_owned(), format!("Find a backup owner for {name}"), alone)
        }
        other => {
            let alone = match &team {
                Some(team) => format!("{team} is the {other} for {name} and has no one left after you."),
                None => format!("After you leave, {name} has no {other}."),
            };
            (format!("role:{other}"), format!("Find a new {other} for {name}"), alone)
        }
    };
    GeneratedTask {
        key: format!("{key}:{}", service.id.0),
        section: SECTION.to_owned(),
        title: short(title),
        text: format!("{alone}{}", whom_to_ask(departure, at, role)),
        service: Some(service.id),
        due: DUE,
        ..GeneratedTask::default()
    }
}

/// A sentence about the backups who remain.
fn whom_to_ask(departure: &OffboardingTasks<'_>, at: ServiceIx, role: &str) -> String {
    if role != role::OWNER {
        return String::new();
    }
    let names: Vec<String> =
        departure.left(at, role::BACKUP).into_iter().map(|owner| departure.name(owner)).collect();
    match names.len() {
        0 => String::new(),
        1 => format!(" {}, its backup, remains.", names[0]),
        _ => format!(" Its backups remain: {}.", listed(&names)),
    }
}
