//! What depends on a person, for their page.

use headroom_analysis::{
    DayView,
    forecast::GapKind,
    reliance::{Reliance, ServiceReliance, TeamReliance, checklists_relying_on},
};
use headroom_model::PersonId;
use serde::Serialize;

use crate::entities::{entity::NamedEntity, id::Id, severity::SeverityLevel};

/// A service that at most one other person can support.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RelyingService {
    pub service: NamedEntity,
    /// The only other responder.
    pub other: Option<NamedEntity>,
    pub tier: Option<u8>,
    /// Number of services that depend on it, directly or not.
    pub dependents: u32,
    /// The open gap, as the end of a sentence about the service; empty while there are two responders.
    pub words: String,
    pub severity: Option<SeverityLevel>,
}

/// A team without anyone else, or without another lead.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RelyingTeam {
    pub team: NamedEntity,
    pub is_only_member: bool,
    pub is_only_lead: bool,
    pub services: u32,
}

/// A position with direct reports.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RelyingPosition {
    pub position: NamedEntity,
    pub reports: u32,
}

/// An open checklist of someone else.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RelyingChecklist {
    pub checklist: Id,
    pub person: NamedEntity,
    pub is_manager: bool,
    pub is_buddy: bool,
    /// Their open items in it.
    pub items: u32,
}

/// What depends on a person on the day.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RelianceView {
    /// They have left: it depended on them.
    pub has_left: bool,
    /// Services that nobody else can support, most critical first.
    pub alone: Vec<RelyingService>,
    /// Services that one other person can support.
    pub with_one: Vec<RelyingService>,
    pub teams: Vec<RelyingTeam>,
    pub positions: Vec<RelyingPosition>,
    pub checklists: Vec<RelyingChecklist>,
}

impl RelianceView {
    pub fn new(view: &DayView, person: PersonId, reliance: &Reliance) -> Self {
        let plan = view.snapshot.plan();
        let service = |it: &ServiceReliance| RelyingService {
            service: NamedEntity::new(plan, it.service),
            other: it.other.map(|other| NamedEntity::new(plan, other)),
            tier: it.tier,
            dependents: it.dependents,
            words: it.gap.map(GapKind::words).unwrap_or_default().to_owned(),
            severity: it.severity.map(Into::into),
        };
        let (alone, with_one): (Vec<&ServiceReliance>, Vec<&ServiceReliance>) =
            reliance.services.iter().partition(|it| it.other.is_none());
        let team = |it: &TeamReliance| RelyingTeam {
            team: NamedEntity::new(plan, it.team),
            is_only_member: it.is_only_member,
            is_only_lead: it.is_only_lead,
            services: it.services,
        };
        let checklists = checklists_relying_on(plan, person).into_iter().map(|it| RelyingChecklist {
            checklist: it.checklist.into(),
            person: NamedEntity::new(plan, it.person),
            is_manager: it.is_manager,
            is_buddy: it.is_buddy,
            items: it.items,
        });
        Self {
            has_left: reliance.has_left,
            alone: alone.into_iter().map(service).collect(),
            with_one: with_one.into_iter().map(service).collect(),
            teams: reliance.teams.iter().map(team).collect(),
            positions: reliance
                .positions
                .iter()
                .map(|it| RelyingPosition {
                    position: NamedEntity::new(plan, it.position),
                    reports: it.reports,
                })
                .collect(),
            checklists: checklists.collect(),
        }
    }
}
