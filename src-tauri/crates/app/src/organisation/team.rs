//! The page of a team.

use chrono::NaiveDate;
use headroom_analysis::{
    DayView, Responders,
    on_call::{in_words, on_call_policy, on_call_services},
};
use headroom_model::{Entity, Interaction, Owner, Snapshot, TeamId, TeamIx, role};
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::{
    at::At,
    entities::{
        entity::NamedEntity,
        finding::FindingRow,
        id::Id,
        membership::{MemberRow, members},
        service::{HeldService, Neighbour, TierCounts, held_service},
        team_load::TeamLoad,
    },
    error::{Answer, AppError},
    organisation::team_tree::owned,
    ownership::worklist,
    state::AppState,
};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TeamPage {
    pub team: NamedEntity,
    pub aliases: Vec<String>,
    pub parent: Option<NamedEntity>,
    pub children: Vec<NamedEntity>,
    pub kind: String,
    pub description: String,
    pub outcome: String,
    pub segment: String,
    pub source: Option<String>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// Whether it exists on the day shown.
    pub is_active: bool,
    /// Current members, then future ones, then former ones.
    pub members: Vec<MemberRow>,
    pub services: Vec<HeldService>,
    pub tiers: TierCounts,
    /// Owners of services that its services depend on.
    pub needs: Vec<Neighbour>,
    /// Owners of services that depend on its services.
    pub needed_by: Vec<Neighbour>,
    pub findings: Vec<FindingRow>,
    /// Its service load; none if it does not exist on the day.
    pub load: Option<TeamLoad>,
    pub on_call: OnCall,
    /// Ownerships to be confirmed.
    pub stale: Vec<Id>,
    /// Its interactions with other teams, current ones first.
    pub interactions: Vec<InteractionRow>,
}

/// Whether a team is large enough for on-call.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OnCall {
    /// Services that need on-call responders.
    pub services: u32,
    pub is_staffed: bool,
    /// `6 in Gdańsk, 3 in Lisbon`.
    pub sites: String,
    /// Number of people needed at one site.
    pub one_site: u32,
    /// … and at each of two.
    pub each_of_two: u32,
}

/// An interaction with another team.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct InteractionRow {
    pub interaction: Id,
    pub other: NamedEntity,
    /// This team is the one that provides or facilitates.
    pub is_first: bool,
    pub mode: String,
    pub purpose: String,
    pub expected_end: Option<NaiveDate>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub is_active: bool,
}

#[specta::specta]
pub fn team_page(app: &AppState, id: Id, at: At) -> Answer<TeamPage> {
    let view = app.day(at)?;
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let team = plan.teams.get(TeamId::from(id)).ok_or_else(|| AppError::not_found("this team"))?;
    let at = snapshot.team_ix(team.id);
    let services = at.map(|at| held(&view, at)).unwrap_or_default();
    let mut children: Vec<NamedEntity> = at
        .map(|at| {
            snapshot
                .children_of(at)
                .iter()
                .map(|child| NamedEntity::new(plan, snapshot.team(*child as usize).id))
                .collect()
        })
        .unwrap_or_default();
    children.sort_by(|a, b| crate::paging::by_text(&a.name, &b.name));
    let responders = Responders::new(snapshot);
    let (needs, needed_by) = at.map(|at| neighbours(snapshot, at)).unwrap_or_default();
    let mut findings: Vec<_> = view.findings_of(team.id).collect();
    findings.extend(
        view.findings()
            .iter()
            .filter(|finding| finding.team == Some(team.id) && finding.subject != team.id.into()),
    );
    Ok(TeamPage {
        team: NamedEntity::new(plan, team.id),
        aliases: team.aliases.clone(),
        parent: team.parent.map(|parent| NamedEntity::new(plan, parent)),
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
        findings: findings.into_iter().map(|finding| FindingRow::new(&view, finding)).collect(),
        load: at.map(|at| TeamLoad::new(&view, &responders, at)),
        on_call: on_call(&view, &responders, at),
        stale: worklist::ids_of(&view, team.id),
        interactions: interactions(&view, team.id),
    })
}

fn on_call(view: &DayView, responders: &Responders<'_>, at: Option<TeamIx>) -> OnCall {
    let snapshot = &view.snapshot;
    let (rota, tier) = on_call_policy(&view.policy);
    let people = at.map(|at| responders.on(at)).unwrap_or_default();
    let persons = people.iter().filter_map(|person| snapshot.plan().people.get(*person));
    OnCall {
        services: at.map_or(0, |at| on_call_services(snapshot, at, tier).len() as u32),
        is_staffed: rota.is_staffed(persons.map(|person| person.location.as_str())),
        sites: in_words(snapshot, people),
        one_site: rota.one_site,
        each_of_two: rota.each_of_two,
    }
}

fn interactions(view: &DayView, team: TeamId) -> Vec<InteractionRow> {
    let plan = view.snapshot.plan();
    let rows = plan.in_order::<Interaction>().into_iter();
    let rows = rows.filter(|row| row.team == team || row.with == team);
    let mut rows: Vec<InteractionRow> = rows
        .map(|row| InteractionRow {
            interaction: row.id.into(),
            other: NamedEntity::new(plan, if row.team == team { row.with } else { row.team }),
            is_first: row.team == team,
            mode: row.mode.clone(),
            purpose: row.purpose.clone(),
            expected_end: row.expected_end,
            from: row.from,
            until: row.until,
            is_active: row.date_range().contains(view.snapshot.day()),
        })
        .collect();
    rows.sort_by(|a, b| (!a.is_active, &a.other.name).cmp(&(!b.is_active, &b.other.name)));
    rows
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

/// Owners that the team's services depend on, and owners that depend on them; most dependencies first.
fn neighbours(snapshot: &Snapshot, at: TeamIx) -> (Vec<Neighbour>, Vec<Neighbour>) {
    let own = Owner::Team(snapshot.team(at).id);
    let (mut needs, mut needed_by) = (FxHashMap::default(), FxHashMap::default());
    let count = |edges: &mut FxHashMap<Owner, u32>, others: &[u32]| {
        for other in others {
            for owner in snapshot.owners(*other as usize).iter().copied().filter(|owner| *owner != own) {
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
            .map(|(owner, edges)| Neighbour { owner: NamedEntity::of_owner(snapshot.plan(), owner), edges })
            .collect();
        listed.sort_by(|a, b| {
            (b.edges, &a.owner.name, &a.owner.key).cmp(&(a.edges, &b.owner.name, &b.owner.key))
        });
        listed
    };
    (listed(needs), listed(needed_by))
}
