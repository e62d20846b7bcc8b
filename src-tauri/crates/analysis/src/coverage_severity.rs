//! How bad a gap in coverage is: one scale for the rules, for the forecast and for the gaps that hires close.
//!
//! | behind the service | important | any other |
//! | --- | --- | --- |
//! | no owner, or an owner and nobody behind it | critical | high |
//! | one person | high | high |
//! | one person, and a backup owner with somebody else who has no last day | medium | medium |
//!
//! It does not matter whether that is so already or from a later day on, or why: what gets worse is never told as less.
//! A service is important when it is of a tier that must be answered at night (`on-call-understaffed`), when parts of the
//! system hang together only through it, or when many depend on it (`owner-team-empty`). That one person alone knows such
//! a part, or none, is critical besides (`fragile-articulation`).
//!
//! A policy that sets the severity of a rule replaces the scale: for the findings of that rule, and, where the rule is that
//! of a kind of gap, for its gaps. The worse state is never below what is set for the lighter one, unless it is set itself.
//! What is still to come has rules of its own; where nothing is set for them they follow the rule of the day.

use std::sync::OnceLock;

use chrono::NaiveDate;
use headroom_model::{Entity, Plan, Service, ServiceId, ServiceIx, Snapshot, csr::Csr};
use rustc_hash::FxHashSet;

use crate::{
    Facts,
    coverage::gap_kind_spec,
    forecast::GapKind,
    graph::{DependencyGraph, articulation_points},
    policy::Policy,
    rule::{Rule, Severity},
    rules,
};

/// Who is behind a service, where that is fewer than two people. The worse is the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CoverageState {
    /// One person; somebody else would step in as a backup owner.
    OnePersonWithBackup,
    OnePerson,
    /// It has an owner, and nobody is behind the name.
    Nobody,
    Unowned,
}

impl CoverageState {
    /// The rule that finds it on a day.
    fn rule(self) -> &'static Rule {
        match self {
            CoverageState::OnePersonWithBackup | CoverageState::OnePerson => &rules::ONE_PERSON,
            CoverageState::Nobody => &rules::NOBODY,
            CoverageState::Unowned => &rules::UNOWNED,
        }
    }

    pub fn is_covered(self) -> bool {
        self < CoverageState::Nobody
    }
}

/// The scale as a policy has it.
#[derive(Debug, Clone, Default)]
pub struct SeverityScale {
    policy: Policy,
}

impl SeverityScale {
    pub fn new(policy: &Policy) -> Self {
        Self { policy: policy.clone() }
    }

    /// How bad it is that a service is covered so; the least where the policy has its rule switched off.
    pub fn of_state(&self, state: CoverageState, is_important: bool) -> Severity {
        let set = |rule| self.policy.set_severity(rule);
        match set(state.rule()) {
            Some(None) => Severity::Low,
            Some(Some(severity)) if state == CoverageState::OnePersonWithBackup => {
                severity.min(Severity::Medium)
            }
            Some(Some(severity)) => severity,
            None if state.is_covered() => by_default(state, is_important),
            None => {
                let lighter = set(&rules::ONE_PERSON).flatten().unwrap_or(Severity::Low);
                by_default(state, is_important).max(lighter)
            }
        }
    }

    /// The same for a finding of another rule about it: as the policy has that rule, else as the rule of the day.
    pub fn of_rule(&self, rule: &Rule, state: CoverageState, is_important: bool) -> Severity {
        match (self.policy.set_severity(rule).flatten(), self.policy.set_severity(state.rule())) {
            (Some(severity), _) => severity,
            (None, Some(None)) => by_default(state, is_important),
            (None, _) => self.of_state(state, is_important),
        }
    }

    /// Whether the policy has the rule switched off that finds it on a day.
    pub(crate) fn is_off(&self, state: CoverageState) -> bool {
        self.policy.set_severity(state.rule()) == Some(None)
    }

    /// How bad a gap is whose kind alone decides: of a team, or of what a service depends on.
    pub fn of_kind(&self, kind: GapKind) -> Severity {
        let rule = match kind {
            GapKind::Unowned => Some(&rules::UNOWNED),
            GapKind::Dangling => Some(&rules::DANGLING),
            _ => gap_kind_spec(kind).and_then(|need| rules::rule(need.rule)),
        };
        rule.and_then(|rule| self.policy.severity(rule)).unwrap_or(Severity::Low)
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

/// Which services are important, on the day that is looked at: so for gaps to come, too. With the dependencies of the day
/// on which it opens a gap could become less bad by opening sooner.
#[derive(Debug)]
pub struct Importance<'a> {
    /// Services of this tier and those above are.
    tier: u32,
    /// From so many dependents on they are.
    dependents: u32,
    graph: Graph<'a>,
}

#[derive(Debug)]
enum Graph<'a> {
    Known(&'a Snapshot, &'a Facts),
    /// Worked out when the first service asks.
    OfDay(&'a Plan, NaiveDate, OnceLock<Dependents>),
}

impl<'a> Importance<'a> {
    pub fn of_day(plan: &'a Plan, day: NaiveDate, scale: &SeverityScale) -> Self {
        Self::new(scale, Graph::OfDay(plan, day, OnceLock::new()))
    }

    /// As [`Importance::of_day`], where the facts of the day are known.
    pub fn known(snapshot: &'a Snapshot, facts: &'a Facts, policy: &Policy) -> Self {
        Self::new(&SeverityScale::new(policy), Graph::Known(snapshot, facts))
    }

    fn new(scale: &SeverityScale, graph: Graph<'a>) -> Self {
        let (_, tier) = rules::on_call_policy(&scale.policy);
        Self { tier: tier.into(), dependents: rules::many_dependents(&scale.policy), graph }
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
                let at = graph.place(service.id);
                at.is_some_and(|at| graph.is_articulation[at] || graph.has_dependents(at, self.dependents))
            }
        }
    }
}

const ABSENT: u32 = u32::MAX;

/// The dependencies of a day, as far as importance goes.
#[derive(Debug)]
struct Dependents {
    /// Of each id of the plan the place among the services of the day.
    places: Vec<u32>,
    needed_by: Csr,
    is_articulation: Vec<bool>,
}

impl Dependents {
    fn new(plan: &Plan, day: NaiveDate) -> Self {
        let (mut places, mut count) = (vec![ABSENT; plan.next_id() as usize], 0);
        for service in plan.services.iter().filter(|row| row.date_range().contains(day) && !row.unconfirmed) {
            places[service.id.0 as usize] = count;
            count += 1;
        }
        let place = |id: ServiceId| Some(places[id.0 as usize]).filter(|place| *place != ABSENT);
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

    fn place(&self, service: ServiceId) -> Option<ServiceIx> {
        let place = self.places.get(service.0 as usize).copied()?;
        (place != ABSENT).then_some(place as usize)
    }

    /// Whether so many services depend on it, directly or not. No more are looked at than it takes.
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
