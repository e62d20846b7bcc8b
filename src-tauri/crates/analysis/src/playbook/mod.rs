//! The Playbook: the ten sections of scaling on a day, with what the plan knows of each, the one worst thing, and what is
//! not known.
//!
//! Nothing of it is stored, and nothing is calculated twice: figures, objectives, findings and gates are those that are shown
//! elsewhere, put where a leadership team talks about them. What is left out by a filter is counted.
//!
//! | what | module |
//! | --- | --- |
//! | the sections: which metrics and rules belong to each | `sections` |
//! | whose figures, findings and positions are looked at | `filter` |
//! | which figures and objectives a section shows | `figures` |
//! | scenarios as bets | `bets` |
//! | what is not known, and the file that would tell | `unknown` |
//!
//! Tests: `tests.rs`.

mod bets;
mod figures;
mod filter;
mod sections;
#[cfg(test)]
mod tests;
mod unknown;

use std::cmp::Reverse;

use headroom_model::{EntityRef, ObjectiveId, PositionId, ScenarioId, Snapshot};
use rustc_hash::FxHashSet;

use crate::{
    DayView,
    bets::BetReading,
    finding::{Finding, Severity, urgency},
    gates::{Gate, ObjectiveReading, ObjectiveState},
    metrics::MetricSeries,
};

use figures::SectionFigures;
use filter::PlaybookScope;

pub use bets::is_open_on;
pub use filter::{PlaybookFilter, markets, segments};
pub use sections::{Breakdown, SECTIONS, SectionSpec, Untold};
pub use unknown::PlaybookUnknown;

/// The Playbook of a day.
#[derive(Debug)]
pub struct Playbook<'v> {
    /// One for each of [`SECTIONS`], in their order.
    pub sections: Vec<PlaybookSection<'v>>,
}

/// What is to be said of a section.
#[derive(Debug)]
pub struct PlaybookSection<'v> {
    pub spec: &'static SectionSpec,
    pub state: SectionState,
    /// In the order of the section.
    pub figures: Vec<MetricSeries>,
    /// Those not met first.
    pub objectives: Vec<(ObjectiveId, ObjectiveReading)>,
    /// Open ones, the most urgent first.
    pub findings: Vec<&'v Finding>,
    /// Open findings that the filter leaves out.
    pub findings_left_out: usize,
    /// Positions that nobody is in, and whose gate is not met.
    pub waiting: Vec<Gate>,
    /// Of the section of bets: those to be decided first.
    pub own_bets: Vec<BetReading>,
    /// The same of scenarios: open ones first.
    pub bets: Vec<ScenarioId>,
    pub worst: Option<PlaybookWorst<'v>>,
    pub unknown: Vec<PlaybookUnknown>,
}

/// How a section stands at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionState {
    /// A critical or high finding, or an objective that is not met.
    Wrong,
    /// Findings of less weight.
    Watch,
    Fine,
    /// The plan says nothing of it.
    Unknown,
}

impl SectionState {
    /// As files and the command line have it.
    pub const fn word(self) -> &'static str {
        match self {
            SectionState::Wrong => "wrong",
            SectionState::Watch => "watch",
            SectionState::Fine => "fine",
            SectionState::Unknown => "unknown",
        }
    }
}

/// The one worst thing of a section.
#[derive(Debug, Clone, Copy)]
pub enum PlaybookWorst<'v> {
    Finding(&'v Finding),
    /// It is not met.
    Objective(ObjectiveId),
}

/// The Playbook of the organisation, or of what a filter leaves of it.
pub fn playbook<'v>(view: &'v DayView, filter: &PlaybookFilter) -> Playbook<'v> {
    let scope = PlaybookScope::new(view, filter);
    let figures = SectionFigures::new(&scope);
    let open: Vec<(&Finding, Vec<usize>)> =
        view.open_findings().map(|finding| (finding, figures.sections_of_finding(finding))).collect();
    let sections = SECTIONS.iter().enumerate().map(|(at, spec)| {
        let found = open.iter().filter(|(_, places)| places.contains(&at)).map(|(finding, _)| *finding);
        section(&scope, &figures, (at, spec), found)
    });
    Playbook { sections: sections.collect() }
}

fn section<'v>(
    scope: &PlaybookScope<'v>,
    figures: &SectionFigures,
    (at, spec): (usize, &'static SectionSpec),
    open: impl Iterator<Item = &'v Finding>,
) -> PlaybookSection<'v> {
    let snapshot = &scope.view.snapshot;
    let (found, left_out): (Vec<&Finding>, Vec<&Finding>) =
        open.partition(|finding| scope.has_finding(finding));
    let findings = most_urgent_first(found);
    let objectives = figures.objectives(scope, at);
    let waiting = figures.waiting(scope, at);
    let series = figures.series(scope, at);
    let bets = if spec.has_bets { bets::bets(scope) } else { Vec::new() };
    let own_bets = if spec.has_bets { bets::own_bets(scope) } else { Vec::new() };
    let worst = worst(&findings, &objectives, &waiting);
    let unknown = unknown::unknown(scope, spec, &series);
    let knows = (spec.is_known)(snapshot) && !scope.is_of_market()
        || !series.is_empty()
        || !objectives.is_empty()
        || !bets.is_empty()
        || !own_bets.is_empty()
        || !findings.is_empty();
    let state = match worst {
        Some(PlaybookWorst::Objective(_)) => SectionState::Wrong,
        Some(PlaybookWorst::Finding(finding)) if finding.severity >= Severity::High => SectionState::Wrong,
        Some(PlaybookWorst::Finding(_)) => SectionState::Watch,
        None if knows => SectionState::Fine,
        None => SectionState::Unknown,
    };
    PlaybookSection {
        spec,
        state,
        figures: series,
        objectives,
        findings_left_out: left_out.len(),
        findings,
        waiting,
        own_bets,
        bets,
        worst,
        unknown,
    }
}

/// One of each subject first, so that the first lines are about different things; then the others.
fn most_urgent_first(mut findings: Vec<&Finding>) -> Vec<&Finding> {
    findings.sort_by(|a, b| urgency(a).cmp(&urgency(b)).then_with(|| a.id.cmp(&b.id)));
    let mut subjects = FxHashSet::default();
    let (mut first, others): (Vec<&Finding>, Vec<&Finding>) =
        findings.into_iter().partition(|finding| subjects.insert(finding.subject));
    first.extend(others);
    first
}

/// A finding that is critical or high; else the objective not met for which most positions wait; else any finding.
fn worst<'v>(
    findings: &[&'v Finding],
    objectives: &[(ObjectiveId, ObjectiveReading)],
    waiting: &[Gate],
) -> Option<PlaybookWorst<'v>> {
    let urgent = findings.first().copied();
    let waits =
        |id: ObjectiveId| waiting.iter().filter(|gate| gate.objectives.iter().any(|of| of.0 == id)).count();
    // The first of several that are as bad.
    let missed = objectives
        .iter()
        .filter(|(_, reading)| reading.state == ObjectiveState::NotMet)
        .min_by_key(|(id, _)| Reverse(waits(*id)));
    match (urgent, missed) {
        (Some(finding), _) if finding.severity >= Severity::High => Some(PlaybookWorst::Finding(finding)),
        (_, Some((objective, _))) => Some(PlaybookWorst::Objective(*objective)),
        (finding, None) => finding.map(PlaybookWorst::Finding),
    }
}

/// The position that a finding is about.
fn position_of(finding: &Finding) -> Option<PositionId> {
    let EntityRef { kind, id } = finding.subject;
    (kind == headroom_model::Kind::Position).then(|| id.into())
}

/// The plan says something of services.
fn has_services(snapshot: &Snapshot) -> bool {
    snapshot.service_count() > 0
}
