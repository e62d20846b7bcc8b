//! The tree of teams and a team's page.

use chrono::NaiveDate;
use headroom_analysis::DayView;
use headroom_model::{Entity, Membership, Owner, Person, Plan, Snapshot, TeamId, TeamIx, role};
use rustc_hash::FxHashMap;
use serde::Serialize;
use tauri::State;

use super::{Named, findings::FindingRow, frame::Tally, ownership::TierCounts};
use crate::{
    error::{Answer, AppError},
    state::App,
};

/// A team as the chart and the list show it.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TeamNode {
    pub id: u32,
    pub key: String,
    pub name: String,
    /// None for a root, also when its parent does not exist on the day.
    pub parent: Option<u32>,
    pub kind: String,
    pub is_unconfirmed: bool,
    /// People on the team itself, each once.
    pub people: u32,
    /// People on it and on the teams below, each once.
    pub people_below: u32,
    /// Services that it owns itself.
    pub services: u32,
    pub services_below: u32,
    pub leads: Vec<String>,
    pub findings: Tally,
}

/// All teams of the day; the order of brothers is by name.
#[tauri::command(async)]
#[specta::specta]
pub fn team_tree(app: State<'_, App>, day: Option<NaiveDate>) -> Answer<Vec<TeamNode>> {
    let view = app.day(day)?;
    let snapshot = &view.snapshot;
    let below = Below::new(snapshot);
    let mut nodes: Vec<TeamNode> = (0..snapshot.team_count()).map(|at| node(&view, &below, at)).collect();
    nodes.sort_by(|a, b| super::rows::by_text(&a.name, &b.name));
    Ok(nodes)
}

fn node(view: &DayView, below: &Below, at: TeamIx) -> TeamNode {
    let snapshot = &view.snapshot;
    let team = snapshot.team(at);
    TeamNode {
        id: team.id.0,
        key: team.key.clone(),
        name: team.name.clone(),
        parent: snapshot.parent_of(at).map(|parent| snapshot.team(parent).id.0),
        kind: team.kind.clone(),
        is_unconfirmed: team.unconfirmed,
        people: snapshot.people_on(at).len() as u32,
        people_below: below.people[at],
        services: owned(snapshot, at).count() as u32,
        services_below: below.services[at],
        leads: leads(snapshot, at),
        findings: Tally::of(view.findings_of(team.id)),
    }
}

/// Sums over a team and everything below it.
struct Below {
    people: Vec<u32>,
    services: Vec<u32>,
}

impl Below {
    fn new(snapshot: &Snapshot) -> Self {
        let count = snapshot.team_count();
        let (mut people, mut services) = (vec![0; count], vec![0; count]);
        for at in 0..count {
            let (mut all, mut owned_below) = (Vec::new(), Vec::new());
            let mut open = vec![at];
            while let Some(team) = open.pop() {
                all.extend(snapshot.people_on(team));
                owned_below.extend(owned(snapshot, team));
                open.extend(snapshot.children_of(team).iter().map(|child| *child as usize));
            }
            people[at] = distinct(all);
            services[at] = distinct(owned_below);
        }
        Self { people, services }
    }
}

fn distinct<T: Ord>(mut items: Vec<T>) -> u32 {
    items.sort_unstable();
    items.dedup();
    items.len() as u32
}

fn owned(snapshot: &Snapshot, at: TeamIx) -> impl Iterator<Item = usize> {
    let mut services: Vec<usize> = snapshot
        .held_by_team(at)
        .filter(|ownership| ownership.is_accountable())
        .filter_map(|ownership| snapshot.service_ix(ownership.service))
        .collect();
    services.sort_unstable();
    services.dedup();
    services.into_iter()
}

fn leads(snapshot: &Snapshot, at: TeamIx) -> Vec<String> {
    let mut names: Vec<String> = snapshot
        .members(at)
        .filter(|membership| headroom_analysis::is_lead(&membership.role))
        .filter_map(|membership| snapshot.person_ix(membership.person))
        .map(|person| snapshot.person(person).name.clone())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// A person on a team, for as long as it lasts.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MemberRow {
    pub membership: u32,
    pub person: Named,
    pub team: Named,
    pub title: String,
    pub role: String,
    /// Percent of the person's working time.
    pub share: Option<u8>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// Whether it holds on the day that is shown.
    pub is_active: bool,
}

impl MemberRow {
    pub fn new(plan: &Plan, membership: &Membership, is_active: bool) -> Self {
        Self {
            membership: membership.id.0,
            person: Named::new(plan, membership.person),
            team: Named::new(plan, membership.team),
            title: plan
                .people
                .get(membership.person)
                .map(|person: &Person| person.title.clone())
                .unwrap_or_default(),
            role: membership.role.clone(),
            share: membership.share,
            from: membership.from,
            until: membership.until,
            is_active,
        }
    }
}

/// A service that a team holds a role for.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HeldService {
    pub ownership: u32,
    pub service: Named,
    pub role: String,
    pub kind: String,
    pub tier: Option<u8>,
    pub lifecycle: String,
    pub confirmed: Option<NaiveDate>,
    /// Services that need it, directly or not.
    pub dependents: u32,
    pub findings: Tally,
}

/// Another team (or person) across a dependency, and over how many edges.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Neighbour {
    pub owner: Named,
    pub edges: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TeamPage {
    pub team: Named,
    pub aliases: Vec<String>,
    pub parent: Option<Named>,
    pub children: Vec<Named>,
    pub kind: String,
    pub description: String,
    pub outcome: String,
    pub segment: String,
    pub source: Option<String>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// Whether it exists on the day that is shown.
    pub is_active: bool,
    /// Present members first, then those to come, then former ones.
    pub members: Vec<MemberRow>,
    pub services: Vec<HeldService>,
    pub tiers: TierCounts,
    /// Owners of what its services need.
    pub needs: Vec<Neighbour>,
    /// Owners of what needs its services.
    pub needed_by: Vec<Neighbour>,
    pub findings: Vec<FindingRow>,
}

#[tauri::command(async)]
#[specta::specta]
pub fn team_page(app: State<'_, App>, id: u32, day: Option<NaiveDate>) -> Answer<TeamPage> {
    let view = app.day(day)?;
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let team = plan.teams.get(TeamId(id)).ok_or_else(|| AppError::not_found("this team"))?;
    let at = snapshot.team_ix(team.id);
    let services = at.map(|at| held(&view, at)).unwrap_or_default();
    let mut children: Vec<Named> = at
        .map(|at| {
            snapshot
                .children_of(at)
                .iter()
                .map(|child| Named::new(plan, snapshot.team(*child as usize).id))
                .collect()
        })
        .unwrap_or_default();
    children.sort_by(|a, b| super::rows::by_text(&a.name, &b.name));
    let (needs, needed_by) = at.map(|at| neighbours(snapshot, at)).unwrap_or_default();
    let mut findings: Vec<_> = view.findings_of(team.id).collect();
    findings.extend(
        view.findings
            .iter()
            .filter(|finding| finding.team == Some(team.id) && finding.subject != team.id.into()),
    );
    Ok(TeamPage {
        team: Named::new(plan, team.id),
        aliases: team.aliases.clone(),
        parent: team.parent.map(|parent| Named::new(plan, parent)),
        children,
        kind: team.kind.clone(),
        description: team.description.clone(),
        outcome: team.outcome.clone(),
        segment: team.segment.clone(),
        source: team.source.clone(),
        from: team.from,
        until: team.until,
        is_active: at.is_some(),
        members: members(snapshot, |membership| membership.team == team.id),
        tiers: TierCounts::of(services.iter().filter(|held| held.role == role::OWNER).map(|held| held.tier)),
        services,
        needs,
        needed_by,
        findings: findings.into_iter().map(|finding| FindingRow::new(plan, finding)).collect(),
    })
}

/// Memberships past, present and to come; present ones first.
pub fn members(snapshot: &Snapshot, is_wanted: impl Fn(&Membership) -> bool) -> Vec<MemberRow> {
    let (plan, day) = (snapshot.plan(), snapshot.day());
    let active = |row: &Membership| {
        row.span().contains(day)
            && snapshot.person_ix(row.person).is_some()
            && snapshot.team_ix(row.team).is_some()
    };
    let order = |row: &Membership| match (active(row), row.from.is_some_and(|from| from > day)) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    };
    let mut rows: Vec<&Membership> = plan.memberships.iter().filter(|row| is_wanted(row)).collect();
    rows.sort_by_cached_key(|row| {
        let is_lead = headroom_analysis::is_lead(&row.role);
        (order(row), !is_lead, plan.name_of(row.person.into()).to_lowercase(), row.id.0)
    });
    rows.into_iter().map(|row| MemberRow::new(plan, row, active(row))).collect()
}

fn held(view: &DayView, at: TeamIx) -> Vec<HeldService> {
    let snapshot = &view.snapshot;
    let mut services: Vec<HeldService> =
        snapshot.held_by_team(at).filter_map(|ownership| held_service(view, ownership)).collect();
    services.sort_by(|a, b| {
        (a.tier.unwrap_or(9), std::cmp::Reverse(a.dependents), &a.service.name).cmp(&(
            b.tier.unwrap_or(9),
            std::cmp::Reverse(b.dependents),
            &b.service.name,
        ))
    });
    services
}

pub fn held_service(view: &DayView, ownership: &headroom_model::Ownership) -> Option<HeldService> {
    let at = view.snapshot.service_ix(ownership.service)?;
    let service = view.snapshot.service(at);
    Some(HeldService {
        ownership: ownership.id.0,
        service: Named::new(view.snapshot.plan(), service.id),
        role: ownership.role.clone(),
        kind: service.kind.clone(),
        tier: service.tier,
        lifecycle: service.lifecycle.clone(),
        confirmed: ownership.confirmed,
        dependents: view.facts.dependents(at),
        findings: Tally::of(view.findings_of(service.id)),
    })
}

/// Whom the team's services need, and who needs them; most edges first.
fn neighbours(snapshot: &Snapshot, at: TeamIx) -> (Vec<Neighbour>, Vec<Neighbour>) {
    let own = Owner::Team(snapshot.team(at).id);
    let (mut needs, mut needed_by) = (FxHashMap::default(), FxHashMap::default());
    let count = |edges: &mut FxHashMap<Owner, u32>, others: &[u32]| {
        for other in others {
            for owner in snapshot.owners(*other as usize).into_iter().filter(|owner| *owner != own) {
                *edges.entry(owner).or_default() += 1;
            }
        }
    };
    for service in owned(snapshot, at) {
        count(&mut needs, snapshot.needs(service));
        count(&mut needed_by, snapshot.needed_by(service));
    }
    let listed = |edges: FxHashMap<Owner, u32>| {
        let mut listed: Vec<Neighbour> = edges
            .into_iter()
            .map(|(owner, edges)| Neighbour { owner: Named::of_owner(snapshot.plan(), owner), edges })
            .collect();
        listed.sort_by(|a, b| (b.edges, &a.owner.name).cmp(&(a.edges, &b.owner.name)));
        listed
    };
    (listed(needs), listed(needed_by))
}
