//! Introductions: the people and teams that a new hire should meet.

use std::cmp::Reverse;

use chrono::{Days, NaiveDate};
use headroom_model::{
    Checklist, Entity, EntityRef, Owner, PersonId, ServiceIx, Snapshot, TeamId, TeamIx, is_lead,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    learning_path::{neighbours, owned},
    task::GeneratedTask,
    words::short,
};
use crate::{day_view::DayView, onboarding::NewHire};

const SECTION: &str = "People to meet";
/// How long before the start of a list a transfer of the service may be, to belong to it. In days.
const HANDED_OVER_DAYS: u64 = 90;

/// A person to meet, or a team without known members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    pub person: Option<PersonId>,
    /// The team that the person represents, if it is not the new hire's own.
    pub team: Option<TeamId>,
    pub reasons: Vec<String>,
    /// The due date in working days from the start.
    pub due: i32,
}

/// The identity of an introduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Person(PersonId),
    Team(TeamId),
}

struct Introductions<'a> {
    snapshot: &'a Snapshot,
    new_hire: PersonId,
    found: Vec<(Who, Introduction)>,
}

impl Introductions<'_> {
    fn add(&mut self, who: Who, team: Option<TeamId>, reason: String, due: i32) {
        if who == Who::Person(self.new_hire) {
            return;
        }
        if !self.is_somebody(who) {
            return;
        }
        let at = self.found.iter().position(|(known, _)| *known == who).unwrap_or_else(|| {
            let person = if let Who::Person(person) = who { Some(person) } else { None };
            self.found.push((who, Introduction { person, team, reasons: Vec::new(), due }));
            self.found.len() - 1
        });
        let introduction = &mut self.found[at].1;
        introduction.due = introduction.due.min(due);
        introduction.team = introduction.team.or(team);
        if !introduction.reasons.contains(&reason) {
            introduction.reasons.push(reason);
        }
    }

    /// Whether it exists on the day and is confirmed.
    fn is_somebody(&self, who: Who) -> bool {
        let snapshot = self.snapshot;
        match who {
            Who::Person(person) => {
                snapshot.person_ix(person).is_some_and(|at| !snapshot.person(at).unconfirmed)
            }
            Who::Team(team) => snapshot.team_ix(team).is_some_and(|at| !snapshot.team(at).unconfirmed),
        }
    }

    fn add_owner(&mut self, owner: Owner, reason: String, due: i32) {
        match owner {
            Owner::Person(person) => self.add(Who::Person(person), None, reason, due),
            Owner::Team(team) => {
                // A dissolved team is skipped.
                if let Some(team) = self.snapshot.team_ix(team) {
                    self.add_team(team, reason, due);
                }
            }
        }
    }

    /// Adds one member who represents the team: its lead, else the one who has been on it longest.
    fn add_team(&mut self, team: TeamIx, reason: String, due: i32) {
        let id = self.snapshot.team(team).id;
        let others = || self.snapshot.members(team).filter(|row| row.person != self.new_hire);
        let lead = others().find(|row| is_lead(&row.role));
        // Members are in the order of people.
        let one = lead.or_else(|| others().min_by_key(|row| row.from));
        let who = one.map_or(Who::Team(id), |row| Who::Person(row.person));
        self.add(who, Some(id), reason, due);
    }
}

/// The introductions of a new hire: manager, buddy and lead first; then the team; then owners of the dependencies and
/// dependents of the team's services, and teams with a declared interaction. Each person and team once, with every
/// reason.
pub fn introductions(view: &DayView, new_hire: &NewHire, buddy: Option<PersonId>) -> Vec<Introduction> {
    let snapshot = &view.snapshot;
    let mut introductions = Introductions { snapshot, new_hire: new_hire.person, found: Vec::new() };
    if let Some(manager) = new_hire.manager {
        introductions.add(Who::Person(manager), None, "your manager".to_owned(), 0);
    }
    if let Some(buddy) = buddy {
        introductions.add(Who::Person(buddy), None, "your buddy".to_owned(), 0);
    }
    let own = new_hire.team.and_then(|team| snapshot.team_ix(team));
    if let Some(team) = own {
        colleagues(&mut introductions, team);
    }
    let services = owned(snapshot, new_hire);
    around(&mut introductions, view, &services, own);
    if let Some(team) = own {
        partners(&mut introductions, snapshot, team);
    }
    introductions.found.into_iter().map(|(_, introduction)| introduction).collect()
}

fn colleagues(introductions: &mut Introductions<'_>, team: TeamIx) {
    let snapshot = introductions.snapshot;
    for row in snapshot.members(team) {
        let (reason, due) = if is_lead(&row.role) { ("leads your team", 1) } else { ("on your team", 2) };
        introductions.add(Who::Person(row.person), None, reason.to_owned(), due);
        let Some(at) = snapshot.person_ix(row.person) else { continue };
        let names = |is_own: bool| {
            let held = snapshot.held_by_person(at).filter(move |row| row.is_accountable() == is_own);
            let services = held.filter_map(|row| snapshot.service_ix(row.service));
            services.map(|at| snapshot.service(at).name.clone()).collect::<Vec<_>>().join(", ")
        };
        for (verb, names) in [("owns", names(true)), ("backup for", names(false))] {
            if !names.is_empty() {
                introductions.add(Who::Person(row.person), None, format!("{verb} {names}"), due);
            }
        }
    }
}

/// Adds the owners of neighbouring services in the dependency graph.
fn around(
    introductions: &mut Introductions<'_>,
    view: &DayView,
    services: &[ServiceIx],
    own: Option<TeamIx>,
) {
    let snapshot = &view.snapshot;
    let needs = neighbours(snapshot, services, |at| snapshot.needs(at).to_vec());
    let needed_by = neighbours(snapshot, services, |at| snapshot.needed_by(at).to_vec());
    for (rows, is_needed, due) in [(needs, true, 5), (needed_by, false, 8)] {
        let mut by_owner: FxHashMap<Owner, Vec<(ServiceIx, ServiceIx)>> = FxHashMap::default();
        for (owner, service, other) in rows {
            by_owner.entry(owner).or_default().push((service, other));
        }
        let mut by_owner: Vec<_> = by_owner.into_iter().collect();
        by_owner.sort_by_key(|(owner, _)| snapshot.plan().place_of(*owner));
        for (owner, pairs) in by_owner {
            let team = if let Owner::Team(team) = owner { snapshot.team_ix(team) } else { None };
            if team.is_some() && team == own {
                continue;
            }
            let reason = reason(view, &pairs, is_needed);
            let for_team = team.map(|team| format!("{} {reason}", snapshot.team(team).name));
            introductions.add_owner(owner, for_team.unwrap_or(reason), due);
        }
    }
}

fn reason(view: &DayView, pairs: &[(ServiceIx, ServiceIx)], is_needed: bool) -> String {
    let snapshot = &view.snapshot;
    let names = |pick: &dyn Fn(&(ServiceIx, ServiceIx)) -> ServiceIx| {
        let mut services: Vec<ServiceIx> = pairs.iter().map(pick).collect();
        services.sort_unstable();
        services.dedup();
        let names: Vec<&str> = services.iter().map(|at| snapshot.service(*at).name.as_str()).collect();
        (listed(&names), names.len() == 1)
    };
    let ((own, is_one), (other, is_one_other)) = (names(&|pair| pair.0), names(&|pair| pair.1));
    let depends = |is_one: bool| if is_one { "depends" } else { "depend" };
    let is_critical =
        pairs.iter().any(|(_, other)| snapshot.service(*other).tier.is_some_and(|tier| tier <= 2));
    match (is_needed, is_critical) {
        (true, true) => {
            let fails = if is_one_other { "it fails" } else { "they fail" };
            format!("owns {other}, which {own} {} on: who to call if {fails}", depends(is_one))
        }
        (true, false) => format!("owns {other}, which {own} {} on", depends(is_one)),
        (false, _) => {
            format!("owns {other}, which {} on {own}: who to tell before changes", depends(is_one_other))
        }
    }
}

/// The first few names, and how many more there are.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 3;
    match names.len() {
        0..=SHOWN => names.join(", "),
        many => format!("{} and {} more", names[..SHOWN].join(", "), many - SHOWN),
    }
}

fn partners(introductions: &mut Introductions<'_>, snapshot: &Snapshot, team: TeamIx) {
    let id = snapshot.team(team).id;
    for row in snapshot.interactions() {
        let other = match (row.team == id, row.with == id) {
            (true, false) => row.with,
            (false, true) => row.team,
            _ => continue,
        };
        let Some(other) = snapshot.team_ix(other) else { continue };
        let name = &snapshot.team(other).name;
        let purpose = if row.purpose.is_empty() { String::new() } else { format!(": {}", row.purpose) };
        introductions.add_team(other, format!("{name} works with your team ({}){purpose}", row.mode), 9);
    }
}

pub(super) fn items(view: &DayView, new_hire: &NewHire, buddy: Option<PersonId>) -> Vec<GeneratedTask> {
    introductions(view, new_hire, buddy).into_iter().map(|introduction| item(view, introduction)).collect()
}

/// Introductions for taking over a service: its owners, former owners and the owners around it.
pub(super) fn around_service(view: &DayView, checklist: &Checklist) -> Vec<GeneratedTask> {
    let snapshot = &view.snapshot;
    let Some(at) = checklist.service.and_then(|service| snapshot.service_ix(service)) else {
        return Vec::new();
    };
    let mut introductions = Introductions { snapshot, new_hire: checklist.person, found: Vec::new() };
    if let Some(buddy) = checklist.buddy {
        introductions.add(Who::Person(buddy), None, "your buddy".to_owned(), 0);
    }
    let name = &snapshot.service(at).name;
    let owners = snapshot.owners(at);
    let is_handed_over = owners.contains(&Owner::Person(checklist.person));
    for owner in owners {
        let reason = if is_handed_over {
            format!("also owns {name}")
        } else {
            format!("owns {name} until you take over")
        };
        introductions.add_owner(*owner, reason, 0);
    }
    for (owner, until) in former_owners(snapshot, checklist, at) {
        introductions.add_owner(
            owner,
            format!("owned {name} until {}", headroom_model::wording::date(until)),
            0,
        );
    }
    around(&mut introductions, view, &[at], None);
    introductions.found.into_iter().map(|(_, introduction)| item(view, introduction)).collect()
}

/// The former owners of a service with their last day, latest first: those whose ownership ended shortly before the
/// start. If there are none, and nobody else owns the service, the latest one who is still there.
fn former_owners(snapshot: &Snapshot, list: &Checklist, service: ServiceIx) -> Vec<(Owner, NaiveDate)> {
    let id = snapshot.service(service).id;
    let owners = snapshot.owners(service);
    let is_there = |owner: Owner| match owner {
        Owner::Team(team) => snapshot.team_ix(team).is_some(),
        Owner::Person(person) => person != list.person && snapshot.person_ix(person).is_some(),
    };
    let former = snapshot.plan().ownerships.iter().filter_map(|row| {
        let until = row.until.filter(|until| *until < snapshot.day() && !row.date_range().is_empty())?;
        let is_former = row.service == id && row.is_accountable() && !owners.contains(&row.owner);
        (is_former && is_there(row.owner)).then_some((row.owner, until))
    });
    let mut former: Vec<(Owner, NaiveDate)> = former.collect();
    former.sort_by_key(|(owner, until)| (Reverse(*until), snapshot.plan().place_of(*owner)));
    let mut seen = FxHashSet::default();
    former.retain(|(owner, _)| seen.insert(*owner));
    let earliest = list.start.checked_sub_days(Days::new(HANDED_OVER_DAYS)).unwrap_or(list.start);
    let recent = former.iter().filter(|(_, until)| *until >= earliest).count();
    let has_others = owners.iter().any(|owner| is_there(*owner));
    former.truncate(if recent == 0 && !has_others { 1 } else { recent });
    former
}

/// Whom a task with this key is to introduce; none for other tasks.
pub fn introduced(key: &str) -> Option<EntityRef> {
    let (kind, id) = key.strip_prefix("meet:")?.split_once(':')?;
    let id: u64 = id.parse().ok()?;
    match kind {
        "person" => Some(PersonId(id).into()),
        "team" => Some(TeamId(id).into()),
        _ => None,
    }
}

fn item(view: &DayView, introduction: Introduction) -> GeneratedTask {
    let plan = view.snapshot.plan();
    let (key, name) = match (introduction.person, introduction.team) {
        (Some(person), _) => (format!("meet:person:{}", person.0), plan.name_of(person.into())),
        (None, Some(team)) => (format!("meet:team:{}", team.0), plan.name_of(team.into())),
        (None, None) => (String::new(), String::new()),
    };
    let reasons: Vec<String> = introduction.reasons.iter().map(|reason| format!("- {reason}")).collect();
    GeneratedTask {
        key,
        section: SECTION.to_owned(),
        title: short(format!("Meet {name}")),
        text: reasons.join("\n"),
        person: introduction.person,
        team: introduction.team,
        due: introduction.due,
        ..GeneratedTask::default()
    }
}
