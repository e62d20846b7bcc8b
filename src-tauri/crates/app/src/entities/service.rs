//! Services that a team or a person has a role for, and who is on the other side of their dependencies.

use chrono::NaiveDate;
use headroom_analysis::DayView;
use headroom_model::Ownership;
use serde::Serialize;

use super::{entity::NamedEntity, id::Id, severity::Tally};

/// A service that a team has a role for.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HeldService {
    pub ownership: Id,
    pub service: NamedEntity,
    pub role: String,
    pub kind: String,
    pub tier: Option<u8>,
    pub lifecycle: String,
    pub confirmed: Option<NaiveDate>,
    /// Number of services that depend on it, directly or not.
    pub dependents: u32,
    pub findings: Tally,
}

pub fn held_service(view: &DayView, ownership: &Ownership) -> Option<HeldService> {
    let at = view.snapshot.service_ix(ownership.service)?;
    let service = view.snapshot.service(at);
    Some(HeldService {
        ownership: ownership.id.into(),
        service: NamedEntity::new(view.snapshot.plan(), service.id),
        role: ownership.role.clone(),
        kind: service.kind.clone(),
        tier: service.tier,
        lifecycle: service.lifecycle.clone(),
        confirmed: ownership.confirmed,
        dependents: view.facts.dependents(at),
        findings: Tally::of(view.open_findings_of(service.id)),
    })
}

/// Number of services of tier 1, 2, 3, 4, and without a tier.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TierCounts {
    pub one: u32,
    pub two: u32,
    pub three: u32,
    pub four: u32,
    pub unknown: u32,
}

impl TierCounts {
    pub fn of(tiers: impl Iterator<Item = Option<u8>>) -> Self {
        let mut counts = Self::default();
        for tier in tiers {
            *match tier {
                Some(1) => &mut counts.one,
                Some(2) => &mut counts.two,
                Some(3) => &mut counts.three,
                Some(4) => &mut counts.four,
                _ => &mut counts.unknown,
            } += 1;
        }
        counts
    }
}

/// Another owner across dependencies, and their number.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Neighbour {
    pub owner: NamedEntity,
    pub edges: u32,
}
