//! The assignment board: services without an owner or at risk on one side, teams with their load on the other.

use chrono::NaiveDate;
use headroom_analysis::{
    DayView, Responders,
    assign::{Candidate, Candidates},
    team_load::weight,
};
use headroom_model::{Draft, Owner, Plan, ServiceId, ServiceIx, TeamId, role, transfer_ownership};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    effect::{Effect, effect},
    entities::{entity::NamedEntity, id::Id, severity::Tally, team_load::TeamLoad},
    error::{Answer, AppError, ErrorKind},
    paging::{matches, search_words},
    state::AppState,
};

/// A team that could own a service, with the reasons.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CandidateRow {
    pub team: NamedEntity,
    pub score: u32,
    pub reasons: Vec<ReasonRow>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReasonRow {
    pub words: String,
    pub points: u32,
}

impl CandidateRow {
    pub fn new(plan: &Plan, candidate: &Candidate) -> Self {
        let mut reasons: Vec<ReasonRow> = candidate
            .reasons
            .iter()
            .map(|reason| ReasonRow { words: reason.in_words(), points: reason.points() })
            .collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.points));
        Self { team: NamedEntity::new(plan, candidate.team), score: candidate.score, reasons }
    }
}

/// A service that needs an owner, or will soon.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BoardService {
    pub service: NamedEntity,
    pub tier: Option<u8>,
    pub weight: u32,
    pub dependents: u32,
    pub owners: Vec<NamedEntity>,
    /// The risk of its ownership; empty if it has no owner.
    pub risk: String,
    pub findings: Tally,
}

#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct BoardQuery {
    pub text: String,
    /// Include services with an owner at risk: unknown, ended, empty, one person, or ending soon.
    pub is_at_risk: bool,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Board {
    /// Most important first; at most 300.
    pub services: Vec<BoardService>,
    pub total: u32,
    /// Those of `total` without any owner.
    pub unowned: u32,
    /// Why no team can own anything, in words; none if one can.
    pub missing: Option<String>,
    /// Teams that can own services, most room first.
    pub teams: Vec<TeamLoad>,
}

const LISTED: usize = 300;

/// Rules by which a service with an owner is at risk.
const RISKS: [&str; 5] =
    ["owner-team-empty", "unknown-owner", "leaver-leaves-nobody", "fragile-articulation", "bus-factor-one"];

#[specta::specta]
pub fn board(app: &AppState, query: BoardQuery, at: At) -> Answer<Board> {
    let view = app.day(at)?;
    let found = services(&view, &query);
    let context = view.context();
    let candidates = Candidates::new(&context);
    let unowned = found.iter().filter(|(at, _)| view.snapshot.owners(*at).is_empty()).count();
    Ok(Board {
        total: found.len() as u32,
        unowned: unowned as u32,
        services: found.into_iter().take(LISTED).map(|(at, risk)| board_service(&view, at, risk)).collect(),
        missing: candidates.missing(),
        teams: team_loads(&view, &candidates),
    })
}

fn team_loads(view: &DayView, candidates: &Candidates<'_>) -> Vec<TeamLoad> {
    let responders = Responders::new(&view.snapshot);
    let mut teams: Vec<TeamLoad> = candidates
        .teams()
        .iter()
        .filter_map(|team| view.snapshot.team_ix(*team))
        .map(|at| TeamLoad::new(view, &responders, at))
        .collect();
    teams.sort_by(|a, b| (a.tenths, a.points, &a.team.name).cmp(&(b.tenths, b.points, &b.team.name)));
    teams
}

/// Services with their risk in words, most important first.
fn services(view: &DayView, query: &BoardQuery) -> Vec<(ServiceIx, String)> {
    let snapshot = &view.snapshot;
    let words = search_words(&query.text);
    let risk = |at: ServiceIx| {
        if snapshot.owners(at).is_empty() {
            return Some(String::new());
        }
        let service = snapshot.service(at);
        let found = view.findings_of(service.id).find(|finding| RISKS.contains(&finding.rule.id));
        found.filter(|_| query.is_at_risk).map(|finding| finding.message.clone())
    };
    let mut found: Vec<(ServiceIx, String)> = (0..snapshot.service_count())
        .filter(|at| {
            let service = snapshot.service(*at);
            words.is_empty() || matches(&words, [service.name.as_str(), service.key.as_str()])
        })
        .filter_map(|at| Some((at, risk(at)?)))
        .collect();
    let order = |(at, risk): &(ServiceIx, String)| {
        let service = snapshot.service(*at);
        (!risk.is_empty(), service.tier.unwrap_or(9), std::cmp::Reverse(view.facts.dependents(*at)), *at)
    };
    found.sort_by_key(order);
    found
}

fn board_service(view: &DayView, at: ServiceIx, risk: String) -> BoardService {
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let service = snapshot.service(at);
    BoardService {
        service: NamedEntity::new(plan, service.id),
        tier: service.tier,
        weight: weight(service),
        dependents: view.facts.dependents(at),
        owners: snapshot.owners(at).iter().copied().map(|owner| NamedEntity::of_owner(plan, owner)).collect(),
        risk,
        findings: Tally::of(view.open_findings_of(service.id)),
    }
}

/// The teams that could own a service, best first, with reasons.
#[specta::specta]
pub fn candidates(app: &AppState, service: Id, at: At) -> Answer<Vec<CandidateRow>> {
    let view = app.day(at)?;
    let at = view.snapshot.service_ix(ServiceId::from(service));
    let at = at.ok_or_else(|| AppError::not_found("this service"))?;
    let found = Candidates::new(&view.context()).of(at);
    Ok(found.iter().take(8).map(|candidate| CandidateRow::new(view.snapshot.plan(), candidate)).collect())
}

/// A service and the proposed owner.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ProposalRow {
    pub service: NamedEntity,
    pub tier: Option<u8>,
    pub dependents: u32,
    pub candidate: CandidateRow,
    /// No team has room for it; this one exceeds its limit the least.
    pub is_over: bool,
}

/// Proposes an owner for each of these services, or for all on the board if none is named.
#[specta::specta]
pub fn propose(app: &AppState, named: Vec<Id>, query: BoardQuery, at: At) -> Answer<Vec<ProposalRow>> {
    let view = app.day(at)?;
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let wanted: Vec<ServiceIx> = match named.as_slice() {
        [] => services(&view, &query).into_iter().map(|(at, _)| at).collect(),
        named => named.iter().filter_map(|id| snapshot.service_ix(ServiceId::from(*id))).collect(),
    };
    let proposals = Candidates::new(&view.context()).propose(&wanted);
    let row = |proposal: headroom_analysis::assign::Proposal| {
        let service = snapshot.service(proposal.service);
        ProposalRow {
            service: NamedEntity::new(plan, service.id),
            tier: service.tier,
            dependents: view.facts.dependents(proposal.service),
            candidate: CandidateRow::new(plan, &proposal.candidate),
            is_over: proposal.is_over,
        }
    };
    Ok(proposals.into_iter().map(row).collect())
}

/// A service and the team that gets it.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Handover {
    pub service: Id,
    pub team: Id,
}

/// Effect of these assignments, without making them.
#[specta::specta]
pub fn handover_preview(app: &AppState, handovers: Vec<Handover>, at: At) -> Answer<Effect> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let mut draft = Draft::new(plan);
    hand_over(&mut draft, &handovers, view.snapshot.day());
    effect(app, &view, label(plan, &handovers), draft.finish())
}

/// Assigns each of these services to its team from the day on, as one undoable step.
#[specta::specta]
pub fn hand_over_all(app: &AppState, handovers: Vec<Handover>, at: At) -> Answer<()> {
    if handovers.is_empty() {
        return Err(AppError::new(ErrorKind::Invalid, "select at least one service to assign"));
    }
    app.edit(
        |plan| label(plan, &handovers),
        |draft| {
            hand_over(draft, &handovers, at.shown_day());
            Ok(())
        },
    )
}

fn hand_over(draft: &mut Draft<'_>, handovers: &[Handover], day: NaiveDate) {
    for pair in handovers {
        let owner = Owner::Team(TeamId::from(pair.team));
        transfer_ownership(draft, ServiceId::from(pair.service), Some(owner), role::OWNER, day);
    }
}

fn label(plan: &Plan, handovers: &[Handover]) -> String {
    let teams: FxHashSet<Id> = handovers.iter().map(|pair| pair.team).collect();
    let teams: Vec<Id> = teams.into_iter().collect();
    let what = match handovers {
        [one] => plan.name_of(ServiceId::from(one.service).into()),
        many => format!("{} services", many.len()),
    };
    match teams.as_slice() {
        [one] => format!("Assigned {what} to {}", plan.name_of(TeamId::from(*one).into())),
        many => format!("Assigned {what} to {} teams", many.len()),
    }
}
