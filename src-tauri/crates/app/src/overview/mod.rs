//! The Overview: the figures of the organisation, a team or a domain at a glance, what lies ahead, and what to deal with
//! first; and what one person has to do with.
//!
//! Every figure is the one of the view that it leads to, and of the command line. `scope.rs` says whose figures they
//! are, `headcount.rs` and `cost.rs` compare with the plan and the budget, `ahead.rs` looks at the next weeks;
//! `document.rs` says the same in Markdown. `person/` is the Overview of a person.

mod ahead;
pub(crate) mod cost;
mod document;
pub(crate) mod headcount;
pub mod person;
pub(crate) mod scope;

use std::path::Path;

use chrono::NaiveDate;
use headroom_analysis::{
    Responders, Severity, StatusCounts, most_urgent,
    on_call::team_rotas,
    onboarding::ChecklistSchedules,
    schedule::{Calendar, Scheduler, State},
};
use serde::{Deserialize, Serialize};

use self::{
    ahead::{GapsAhead, Moves},
    cost::CostFigures,
    headcount::{HeadcountFigures, OverviewMonth},
    person::*,
    scope::{Scope, ScopeChoice},
};
use crate::{
    at::At,
    entities::{entity::NamedEntity, finding::FindingRow, id::Id},
    error::Answer,
    state::{AppState, asked_on, plan_name},
    use_case::{UseCase, use_cases},
};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    overview, overview_choices, save_overview, person_overview, save_person_overview,
};

/// Whose figures.
#[derive(Debug, Clone, Copy, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum OverviewScope {
    #[default]
    Organisation,
    /// A team with its sub-teams.
    Team(Id),
    /// A domain: its systems and services, and the teams that own them.
    Domain(Id),
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    pub day: NaiveDate,
    /// The plan has no team, person, service or position at any time.
    pub is_empty: bool,
    /// The team shown, if it is one.
    pub team: Option<NamedEntity>,
    /// The domain shown, if it is one. Budgets are of teams: a domain has neither cost nor a budgeted headcount, and
    /// its headcount is that of the teams that own its services.
    pub domain: Option<DomainFigures>,
    /// Whether the team shown has others below it on the day.
    pub has_sub_teams: bool,
    pub headcount: HeadcountFigures,
    /// None if the plan has neither positions nor budgets.
    pub cost: Option<CostFigures>,
    /// From twelve months before the one of the day to twelve after it.
    pub months: Vec<OverviewMonth>,
    pub positions: OpenPositions,
    pub on_call: RotaFigures,
    pub gaps: GapsAhead,
    pub moves: Moves,
    pub overdue: OverdueFigures,
    /// None while figures that they need are still read.
    pub findings: Option<FindingFigures>,
}

/// Whose figures can be shown.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OverviewChoices {
    /// The teams of the day and the one shown, each after the one above it.
    pub teams: Vec<ScopeChoice>,
    /// The domains of the day and the one shown, each after the one above it.
    pub domains: Vec<ScopeChoice>,
}

/// What belongs to a domain.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DomainFigures {
    pub domain: NamedEntity,
    pub systems: u32,
    pub services: u32,
    /// Services that nobody is accountable for.
    pub unowned: u32,
    /// The teams that are accountable for its services, by name.
    pub teams: Vec<NamedEntity>,
}

/// Positions to be filled.
#[derive(Debug, Default, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OpenPositions {
    pub open: u32,
    /// Those that will be productive after their need-by date.
    pub late: u32,
}

/// Teams that need an on-call rota.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RotaFigures {
    pub teams: u32,
    pub staffed: u32,
}

/// Overdue items of checklists.
#[derive(Debug, Default, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OverdueFigures {
    pub items: u32,
    /// Checklists with such items.
    pub lists: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingFigures {
    /// Open ones.
    pub total: u32,
    pub accepted: u32,
    pub snoozed: u32,
    pub critical: u32,
    pub high: u32,
    /// What to deal with first, one finding of each subject.
    pub urgent: Vec<FindingRow>,
}

/// How many urgent findings are listed.
const URGENT: usize = 5;

/// The figures of the organisation, a team or a domain on the day, with what lies ahead.
///
/// # Errors
/// If no plan is open, or the team or domain does not exist.
#[specta::specta]
pub fn overview(app: &AppState, scope: OverviewScope, at: At) -> Answer<Overview> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let scope = Scope::new(&view, scope)?;
    let (headcount, months, moves) = headcount::figures(app, &scope, at)?;
    Ok(Overview {
        day: view.snapshot.day(),
        is_empty: plan.teams.is_empty()
            && plan.people.is_empty()
            && plan.services.is_empty()
            && plan.positions.is_empty(),
        team: scope.team.map(|team| NamedEntity::new(plan, team)),
        domain: scope.domain_figures(),
        has_sub_teams: scope.has_sub_teams(),
        headcount,
        cost: cost::figures(app, &scope, app.pay.is_shown())?,
        months,
        positions: positions(&scope),
        on_call: rotas(&scope),
        gaps: ahead::gaps(&scope, at),
        moves,
        overdue: overdue(&scope),
        findings: view.has_findings_at_once().then(|| findings(&scope)),
    })
}

/// Whose figures can be shown on the day, and those that are.
///
/// # Errors
/// As [`overview`].
#[specta::specta]
pub fn overview_choices(app: &AppState, scope: OverviewScope, at: At) -> Answer<OverviewChoices> {
    let view = app.day(at)?;
    let scope = Scope::new(&view, scope)?;
    Ok(OverviewChoices { teams: scope.teams_to_choose(), domains: scope.domains_to_choose() })
}

/// [`overview`] in Markdown.
///
/// # Errors
/// As [`overview`].
pub fn overview_document(app: &AppState, scope: OverviewScope, at: At) -> Answer<String> {
    app.day(at)?.findings();
    let shown = overview(app, scope, at)?;
    let name = app.with_store(|store, _| plan_name(store.plan(), store.path()))?;
    Ok(document::markdown(&name, &shown))
}

/// Writes [`overview_document`] to a file.
#[specta::specta]
pub fn save_overview(app: &AppState, scope: OverviewScope, at: At, path: String) -> Answer<()> {
    Ok(headroom_files::write_file(Path::new(&path), overview_document(app, scope, at)?)?)
}

pub(crate) fn positions(scope: &Scope<'_>) -> OpenPositions {
    let scheduler = Scheduler::new(scope.plan, asked_on(scope.day));
    let mut figures = OpenPositions::default();
    for position in scope.plan.positions.iter().filter(|position| scope.has(position.team)) {
        match scheduler.of(position).state {
            State::Filled | State::Stopped => continue,
            State::Late(_) => figures.late += 1,
            State::NoNeedBy | State::InTime | State::DueSoon => {}
        }
        figures.open += 1;
    }
    figures
}

pub(crate) fn rotas(scope: &Scope<'_>) -> RotaFigures {
    let snapshot = &scope.view.snapshot;
    let mut rotas = team_rotas(snapshot, &Responders::new(snapshot), &scope.view.policy);
    rotas.retain(|rota| scope.has(Some(snapshot.team(rota.team).id)));
    RotaFigures {
        teams: rotas.len() as u32,
        staffed: rotas.iter().filter(|rota| rota.is_staffed).count() as u32,
    }
}

pub(crate) fn overdue(scope: &Scope<'_>) -> OverdueFigures {
    let calendar = Calendar::new(scope.plan);
    let schedules = ChecklistSchedules::new(scope.plan, &calendar, scope.day);
    let mut figures = OverdueFigures::default();
    for schedule in scope.plan.checklists.iter().filter_map(|list| schedules.course(list)) {
        let items = schedule.progress().overdue;
        if items > 0 && scope.has(schedule.new_hire.team) {
            figures.items += items as u32;
            figures.lists += 1;
        }
    }
    figures
}

fn findings(scope: &Scope<'_>) -> FindingFigures {
    let found = || scope.view.open_findings().filter(|finding| scope.has_finding(finding));
    let all = scope.view.findings().iter().filter(|finding| scope.has_finding(finding));
    let counts = StatusCounts::of(all.map(|finding| scope.view.reviewed(finding).status));
    let count = |severity| found().filter(|finding| finding.severity == severity).count() as u32;
    let urgent = most_urgent(found(), URGENT);
    FindingFigures {
        total: counts.open as u32,
        accepted: counts.accepted as u32,
        snoozed: counts.snoozed as u32,
        critical: count(Severity::Critical),
        high: count(Severity::High),
        urgent: urgent.into_iter().map(|finding| FindingRow::new(scope.view, finding)).collect(),
    }
}
