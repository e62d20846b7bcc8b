//! Learning path: the order in which to learn the services of a team.

use headroom_model::{Owner, Service, ServiceId, ServiceIx, Snapshot};
use rustc_hash::FxHashSet;

use super::{
    task::GeneratedTask,
    words::{is_one_line, listed, sentence, short},
};
use crate::{day_view::DayView, graph::Condensation, onboarding::NewHire};

const SECTION: &str = "What your team owns";
/// Working days from the start on which the first and the last service are due.
const SPREAD: (i32, i32) = (2, 20);

/// A step of a learning path: one service, or several that depend on each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearningStep {
    /// Sorted; several if they form a cycle.
    pub services: Vec<ServiceIx>,
}

/// Topological order of the services: each after all that it depends on, directly or not. Services in a cycle are one
/// step. Ties are broken by number of dependents, most first.
pub fn learning_path(
    snapshot: &Snapshot,
    condensation: &Condensation,
    dependents: impl Fn(ServiceIx) -> u32,
    services: &[ServiceIx],
) -> Vec<LearningStep> {
    let levels = levels(snapshot, condensation);
    let mut by_component: std::collections::BTreeMap<u32, Vec<ServiceIx>> = Default::default();
    for service in services.iter().copied().collect::<std::collections::BTreeSet<_>>() {
        by_component.entry(condensation.component_of[service]).or_default().push(service);
    }
    let mut path: Vec<(u32, u32, LearningStep)> = by_component
        .into_iter()
        .map(|(component, services)| {
            let most = services.iter().map(|at| dependents(*at)).max().unwrap_or(0);
            (levels[component as usize], most, LearningStep { services })
        })
        .collect();
    path.sort_by(|(level, most, a), (other, others, b)| {
        level.cmp(other).then(others.cmp(most)).then_with(|| a.services.cmp(&b.services))
    });
    path.into_iter().map(|(_, _, step)| step).collect()
}

/// The longest chain of dependencies below each component. Dependencies have a lower level than their dependents.
fn levels(snapshot: &Snapshot, condensation: &Condensation) -> Vec<u32> {
    let mut levels = vec![0u32; condensation.components.len()];
    for (at, members) in condensation.components.iter().enumerate() {
        for needed in members.iter().flat_map(|member| snapshot.needs(*member as usize)) {
            let needed = condensation.component_of[*needed as usize] as usize;
            if needed != at {
                levels[at] = levels[at].max(levels[needed] + 1);
            }
        }
    }
    levels
}

/// The services that the team, or the person, is accountable for.
pub(super) fn owned(snapshot: &Snapshot, new_hire: &NewHire) -> Vec<ServiceIx> {
    let team = new_hire.team.and_then(|team| snapshot.team_ix(team));
    let person = snapshot.person_ix(new_hire.person);
    let of_team = team.into_iter().flat_map(|team| snapshot.held_by_team(team));
    let of_person = person.into_iter().flat_map(|person| snapshot.held_by_person(person));
    let held = of_team.chain(of_person).filter(|row| row.is_accountable());
    let mut services: Vec<ServiceIx> = held.filter_map(|row| snapshot.service_ix(row.service)).collect();
    services.sort_unstable();
    services.dedup();
    services
}

pub(super) fn of_team(view: &DayView, new_hire: &NewHire) -> Vec<LearningStep> {
    let (snapshot, facts) = (&view.snapshot, &view.facts);
    let services = owned(snapshot, new_hire);
    learning_path(snapshot, &facts.condensation, |at| facts.dependents(at), &services)
}

/// What the team does: its outcome and description.
pub(super) fn about_team(view: &DayView, new_hire: &NewHire) -> Vec<GeneratedTask> {
    let team = new_hire.team.and_then(|team| view.snapshot.team_ix(team)).map(|at| view.snapshot.team(at));
    let Some(team) = team.filter(|team| !team.description.is_empty() || !team.outcome.is_empty()) else {
        return Vec::new();
    };
    let text = [&team.outcome, &team.description];
    let text: Vec<&str> = text.into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    vec![GeneratedTask {
        key: format!("read:team:{}", team.id.0),
        section: SECTION.to_owned(),
        title: short(format!("What {} does", team.name)),
        text: text.join("\n\n"),
        team: Some(team.id),
        due: 0,
        ..GeneratedTask::default()
    }]
}

pub(super) fn items(view: &DayView, path: &[LearningStep]) -> Vec<GeneratedTask> {
    let (first, last) = SPREAD;
    let steps = i32::try_from(path.len()).unwrap_or(i32::MAX).max(2) - 1;
    let day = |at: usize| {
        let at = i32::try_from(at).unwrap_or(steps);
        // At most two days apart, so that a short path is not spread over weeks.
        first + (at * (last - first) / steps).min(at * 2)
    };
    path.iter().enumerate().map(|(at, step)| item(view, step, day(at))).collect()
}

/// The one service that is taken over.
pub(super) fn of_service(view: &DayView, service: Option<ServiceId>) -> Vec<GeneratedTask> {
    let at = service.and_then(|service| view.snapshot.service_ix(service));
    let step = |at| LearningStep { services: vec![at] };
    at.map(|at| GeneratedTask { section: "The service".to_owned(), ..item(view, &step(at), 1) })
        .into_iter()
        .collect()
}

fn item(view: &DayView, step: &LearningStep, due: i32) -> GeneratedTask {
    let snapshot = &view.snapshot;
    let services: Vec<&Service> = step.services.iter().map(|at| snapshot.service(*at)).collect();
    let names: Vec<&str> = services.iter().map(|service| service.name.as_str()).collect();
    let mut parts = Vec::new();
    if services.len() > 1 {
        parts.push(format!("{} depend on each other, so learn them together.", listed(&names)));
    }
    for at in &step.services {
        parts.extend(words(view, *at, services.len() > 1));
    }
    // By key: a new name does not make another task of it.
    let first = services.iter().min_by_key(|service| &service.key).map(|service| service.id);
    GeneratedTask {
        key: format!("learn:{}", first.map_or(0, |id| id.0)),
        section: SECTION.to_owned(),
        title: short(format!("Get to know {}", listed(&names))),
        text: parts.join("\n\n"),
        link: services
            .iter()
            .map(|service| service.url.clone())
            .find(|url| !url.is_empty())
            .unwrap_or_default(),
        service: first,
        due,
        ..GeneratedTask::default()
    }
}

fn words(view: &DayView, at: ServiceIx, is_named: bool) -> Vec<String> {
    let snapshot = &view.snapshot;
    let service = snapshot.service(at);
    let mut parts = Vec::new();
    let about = about(service, view.facts.dependents(at));
    match (is_named, about.is_empty()) {
        (true, _) => parts.push(format!("**{}**: {about}", service.name).trim_end().to_owned()),
        (false, true) => {}
        (false, false) => parts.push(about),
    }
    let needs: Vec<String> = snapshot
        .needs(at)
        .iter()
        .map(|needed| {
            let needed = *needed as usize;
            match owner(snapshot, needed) {
                Some(owner) => format!("{} ({owner})", snapshot.service(needed).name),
                None => format!("{} (unowned)", snapshot.service(needed).name),
            }
        })
        .collect();
    if !needs.is_empty() {
        parts.push(format!("It depends on {}.", listed(&needs)));
    }
    let links: Vec<String> = service
        .links
        .iter()
        .map(|link| {
            let title = if link.title.is_empty() { &link.url } else { &link.title };
            format!("- [{}](<{}>)", title.replace(['[', ']'], ""), link.url.replace(['<', '>', '\n'], ""))
        })
        .collect();
    if !links.is_empty() {
        parts.push(format!("Further reading:\n\n{}", links.join("\n")));
    }
    parts
}

/// What the service is, its tier and its number of dependents.
fn about(service: &Service, dependents: u32) -> String {
    let description = sentence(&service.description);
    let others = match dependents {
        0 => None,
        1 => Some("one service depends on it".to_owned()),
        many => Some(format!("{many} services depend on it")),
    };
    let facts = match (service.tier, others) {
        (Some(tier), Some(others)) => format!("It is tier {tier}, and {others}."),
        (Some(tier), None) => format!("It is tier {tier}."),
        (None, Some(others)) => headroom_model::wording::capitalized(&format!("{others}.")),
        (None, None) => String::new(),
    };
    match (description.is_empty(), facts.is_empty()) {
        (false, false) => {
            let between = if is_one_line(&description) { " " } else { "\n\n" };
            format!("{description}{between}{facts}")
        }
        _ => description + &facts,
    }
}

pub(super) fn owner(snapshot: &Snapshot, service: ServiceIx) -> Option<String> {
    let is_there = |owner: &Owner| match owner {
        Owner::Team(team) => snapshot.team_ix(*team).is_some(),
        Owner::Person(person) => snapshot.person_ix(*person).is_some(),
    };
    let owner = snapshot.owners(service).iter().copied().find(is_there)?;
    Some(snapshot.plan().name_of(owner.into()))
}

/// The owners of the dependencies and dependents of some services, without the services themselves.
pub(super) fn neighbours(
    snapshot: &Snapshot,
    services: &[ServiceIx],
    next: impl Fn(ServiceIx) -> Vec<u32>,
) -> Vec<(Owner, ServiceIx, ServiceIx)> {
    let own: FxHashSet<ServiceIx> = services.iter().copied().collect();
    let mut found = Vec::new();
    for service in services {
        for other in next(*service).into_iter().map(|other| other as usize) {
            if !own.contains(&other) {
                found.extend(snapshot.owners(other).iter().copied().map(|owner| (owner, *service, other)));
            }
        }
    }
    found
}
