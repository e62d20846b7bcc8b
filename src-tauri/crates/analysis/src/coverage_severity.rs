//! Severity of a coverage gap: one scale for the rules, the forecast and the gaps that hires close.
//!
//! | responders of the service | important | any other |
//! | --- | --- | --- |
//! | no owner, or an owner without any responder | critical | high |
//! | one person | high | high |
//! | one person, and a backup owner with somebody else without a last day | medium | medium |
//!
//! Neither the cause nor the date matters: a gap that opens later is as severe as one that is open now, so a change
//! for the worse never lowers the severity. A service is important if its tier needs an on-call rota
//! (`on-call-understaffed`), if it is an articulation point of the dependency graph, or if many services depend on it
//! (`owner-team-empty`). An articulation point with one responder or none is a critical finding of its own
//! (`fragile-articulation`).
//!
//! A policy that sets the severity of a rule replaces the scale: for findings of that rule and, if the rule belongs
//! to a kind of gap, for those gaps. The worse state never ranks below the severity set for the lighter one, unless
//! its own is set. Gaps that are still to come have rules of their own, which follow the rule for the present state
//! unless set.

use std::sync::OnceLock;

use chrono::NaiveDate;
use headroom_model::{Entity, Plan, Service, ServiceId, ServiceIx, Snapshot, csr::Csr};
use rustc_hash::FxHashSet;

use crate::{
    facts::Facts,
    finding::{Rule, Severity},
    gap::{CoverageState, GapKind},
    graph::{DependencyGraph, articulation_points},
    on_call::on_call_policy,
    policy::{Policy, many_dependents},
};

/// The severity scale under a policy.
#[derive(Debug, Clone, Default)]
pub struct SeverityScale {
    policy: Policy,
}

impl SeverityScale {
    pub fn new(policy: &Policy) -> Self {
        Self { policy: policy.clone() }
    }

    /// Severity of a state; low if the policy switches its rule off.
    pub fn of_state(&self, state: CoverageState, is_important: bool) -> Severity {
        match self.set(state.kind()) {
            Some(None) => Severity::Low,
            Some(Some(severity)) if state == CoverageState::OnePersonWithBackup => {
                severity.min(Severity::Medium)
            }
            Some(Some(severity)) => severity,
            None if state.is_covered() => by_default(state, is_important),
            None => {
                let lighter = self.set(GapKind::OnePerson).flatten().unwrap_or(Severity::Low);
                by_default(state, is_important).max(lighter)
            }
        }
    }

    /// Severity of the state in a finding of another rule: what the policy sets for that rule, else as
    /// [`SeverityScale::of_state`].
    pub fn of_rule(&self, rule: &Rule, state: CoverageState, is_important: bool) -> Severity {
        match (self.policy.set_severity(rule).flatten(), self.set(state.kind())) {
            (Some(severity), _) => severity,
            (None, Some(None)) => by_default(state, is_important),
            (None, _) => self.of_state(state, is_important),
        }
    }

    /// Whether the policy switches off the rule that finds this state on a date.
    pub(crate) fn is_off(&self, state: CoverageState) -> bool {
        self.set(state.kind()) == Some(None)
    }

    /// Severity of a gap that depends on its kind alone: gaps of teams and broken dependencies.
    pub fn of_kind(&self, kind: GapKind) -> Severity {
        self.set(kind).unwrap_or(Some(kind.severity())).unwrap_or(Severity::Low)
    }

    /// What the policy sets for the rule that finds such a gap on a date.
    fn set(&self, kind: GapKind) -> Option<Option<Severity>> {
        self.policy.set_severity_of(kind.rule(), kind.severity())
    }
}

fn by_default(state: CoverageState, is_important: bool) -> Severity {
    match (state, is_important) {
        (CoverageState::Nobody | CoverageState::Unowned, true) => Severity::Critical,
        (CoverageState::Nobody | CoverageState::Unowned, false) | (CoverageState::OnePerson, _) => {
            Severity::High
        }
        (CoverageState::OnePersonWithBackup, _) => Severity::Medium,
    }
}

/// Which services are important on the date shown, also for later gaps. With the dependencies of the day on which a
/// gap opens, opening sooner could make it less severe.
#[derive(Debug)]
pub struct Importance<'a> {
    /// Services of this tier or a more critical one are important.
    tier: u32,
    /// Services with at least this many dependents are important.
    dependents: u32,
    graph: Graph<'a>,
}

#[derive(Debug)]
enum Graph<'a> {
    Known(&'a Snapshot, &'a Facts),
    /// Built when the first service is asked for.
    OfDay(&'a Plan, NaiveDate, OnceLock<Dependents>),
}

impl<'a> Importance<'a> {
    pub fn of_day(plan: &'a Plan, day: NaiveDate, scale: &SeverityScale) -> Self {
        Self::new(scale, Graph::OfDay(plan, day, OnceLock::new()))
    }

    /// As [`Importance::of_day`], with the facts of the date already calculated.
    pub fn known(snapshot: &'a Snapshot, facts: &'a Facts, policy: &Policy) -> Self {
        Self::new(&SeverityScale::new(policy), Graph::Known(snapshot, facts))
    }

    fn new(scale: &SeverityScale, graph: Graph<'a>) -> Self {
        let (_, tier) = on_call_policy(&scale.policy);
        Self { tier: tier.into(), dependents: many_dependents(&scale.policy), graph }
    }

    pub fn is_important(&self, service: &Service) -> bool {
        if service.tier.is_some_and(|tier| u32::from(tier) <= self.tier) {
            return true;
        }
        match &self.graph {
            Graph::Known(snapshot, facts) => snapshot.service_ix(service.id).is_some_and(|at| {
                facts.weak_spots.is_articulation[at] || facts.dependents(at) >= self.dependents
            }),
            Graph::OfDay(plan, day, known) => {
                let graph = known.get_or_init(|| Dependents::new(plan, *day));
                let at = graph.place(plan, service.id);
                at.is_some_and(|at| graph.is_articulation[at] || graph.has_dependents(at, self.dependents))
            }
        }
    }
}

const ABSENT: u32 = u32::MAX;

/// The dependency graph of a date, as far as importance needs it.
#[derive(Debug)]
struct Dependents {
    /// Index of each service of the plan among those of the date; [`ABSENT`] for all others.
    places: Vec<u32>,
    needed_by: Csr,
    is_articulation: Vec<bool>,
}

impl Dependents {
    fn new(plan: &Plan, day: NaiveDate) -> Self {
        let (mut places, mut count) = (vec![ABSENT; plan.services.len()], 0);
        for (place, service) in places.iter_mut().zip(&plan.services) {
            if service.date_range().contains(day) && !service.unconfirmed {
                *place = count;
                count += 1;
            }
        }
        let place = |id| plan.services.row_of(id).map(|row| places[row]).filter(|place| *place != ABSENT);
        let rows = plan.dependencies.iter().filter(|row| row.date_range().contains(day));
        let ends = rows.filter_map(|row| Some((place(row.service)?, place(row.depends_on)?)));
        let mut edges: Vec<(u32, u32)> = ends.filter(|(from, to)| from != to).collect();
        edges.sort_unstable();
        edges.dedup();
        let needs = Csr::from_pairs(count as usize, &edges);
        let needed_by = needs.transposed();
        let is_articulation =
            articulation_points(DependencyGraph { forward: &needs, backward: &needed_by }).is_articulation;
        Self { places, needed_by, is_articulation }
    }

    fn place(&self, plan: &Plan, service: ServiceId) -> Option<ServiceIx> {
        let place = self.places.get(plan.services.row_of(service)?).copied()?;
        (place != ABSENT).then_some(place as usize)
    }

    /// Whether at least `least` services depend on this one, directly or not. Stops as soon as that many are found.
    fn has_dependents(&self, at: ServiceIx, least: u32) -> bool {
        let (mut seen, mut open) = (FxHashSet::default(), vec![at as u32]);
        seen.insert(at as u32);
        while let Some(next) = open.pop() {
            for other in self.needed_by.of(next as usize) {
                if seen.insert(*other) {
                    open.push(*other);
                }
            }
            if seen.len() > least as usize {
                return true;
            }
        }
        least == 0
    }
}
