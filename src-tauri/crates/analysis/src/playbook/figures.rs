//! Which figures, objectives and waiting positions belong to a section.

use headroom_model::{
    Entity, KnownMetric, Metric, MetricId, Objective, ObjectiveId, Plan, Position, PositionId,
    built_in_metric::{AVAILABILITY, DOWNTIME_MINUTES},
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    filter::PlaybookScope,
    position_of,
    sections::{Breakdown, GATE_RULES, SECTIONS, SectionSpec},
};
use crate::{
    error_budget::is_slo,
    finding::Finding,
    gates::{Gate, GateState, ObjectiveReading, ObjectiveState, condition, gates, objective_readings},
    metrics::{MetricSeries, SeriesScope, metric_series},
};

/// Periods of the small curve, and one before.
const PERIODS: usize = 14;
/// Of a metric that the organisation itself has no figures of: the most scopes that are shown.
const MOST_SCOPES: usize = 12;

/// Figures, objectives and gates of a day, and where they belong.
pub(super) struct SectionFigures {
    series: Vec<MetricSeries>,
    objectives: Vec<(ObjectiveId, ObjectiveReading)>,
    /// Of positions that nobody is in; those that are not met.
    gates: Vec<Gate>,
    /// The places of the sections of each metric.
    sections: FxHashMap<MetricId, Vec<usize>>,
    /// The places of the sections of what each position waits for.
    of_position: FxHashMap<PositionId, Vec<usize>>,
}

impl SectionFigures {
    pub fn new(scope: &PlaybookScope<'_>) -> Self {
        let (plan, day) = (scope.plan, scope.view.snapshot.day());
        let sections: FxHashMap<MetricId, Vec<usize>> =
            plan.metrics.iter().map(|metric| (metric.id, sections_of(metric))).collect();
        let mut figures = Self {
            series: metric_series(plan, day, PERIODS)
                .into_iter()
                .filter(|series| scope.has_figures(&series.scope) && series.newest().is_some())
                .collect(),
            objectives: objectives(scope),
            gates: waiting(plan, scope),
            sections,
            of_position: FxHashMap::default(),
        };
        let positions = plan.positions.iter().filter(|row| !row.waits_for.is_empty());
        figures.of_position =
            positions.map(|row| (row.id, figures.sections_of_position(plan, row))).collect();
        figures
    }

    fn sections_of_position(&self, plan: &Plan, row: &Position) -> Vec<usize> {
        let objectives = row.waits_for.iter().filter_map(|id| plan.get::<Objective>(*id));
        let mut places: Vec<usize> =
            objectives.flat_map(|row| self.sections_of_objective(plan, row)).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// An SLO belongs to reliability, whatever its metric is called.
    fn sections_of_objective(&self, plan: &Plan, row: &Objective) -> Vec<usize> {
        if is_slo(plan, row) {
            return places(|spec| spec.metrics.contains(&AVAILABILITY));
        }
        self.sections.get(&row.metric).cloned().unwrap_or_default()
    }

    /// The places of the sections that a finding belongs to.
    pub fn sections_of_finding(&self, finding: &Finding) -> Vec<usize> {
        let by_metric = || self.of_position.get(&position_of(finding)?).filter(|places| !places.is_empty());
        if GATE_RULES.contains(&finding.rule.id)
            && let Some(found) = by_metric()
        {
            return found.clone();
        }
        places(|spec| spec.rules.contains(&finding.rule.id))
    }

    /// The series of a section: by metric as it names them, others by name; the organisation's before those of others.
    pub fn series(&self, scope: &PlaybookScope<'_>, at: usize) -> Vec<MetricSeries> {
        let (plan, spec) = (scope.plan, &SECTIONS[at]);
        let mut found = self.shown(scope, at);
        found.sort_by_cached_key(|series| {
            let metric = plan.get::<Metric>(series.metric);
            let place = metric.and_then(|metric| place_in(spec, metric)).unwrap_or(usize::MAX);
            let name = metric.map(|metric| (metric.name().to_owned(), metric.key.clone()));
            (place, name, series.scope.words(plan))
        });
        let mut scopes: FxHashMap<MetricId, usize> = FxHashMap::default();
        found.retain(|series| {
            let count = scopes.entry(series.metric).or_default();
            *count += 1;
            *count <= MOST_SCOPES
        });
        found.into_iter().cloned().collect()
    }

    /// What is asked for: of the organisation its own figures, those by which the section is broken down, those of which
    /// an objective asks something, and those of others where it has none of its own.
    fn shown(&self, scope: &PlaybookScope<'_>, at: usize) -> Vec<&MetricSeries> {
        let is_here =
            |series: &&MetricSeries| self.sections.get(&series.metric).is_some_and(|of| of.contains(&at));
        let found = self.series.iter().filter(is_here);
        if !scope.is_whole() {
            return found.collect();
        }
        let own: FxHashSet<MetricId> = found
            .clone()
            .filter(|series| series.scope == SeriesScope::default())
            .map(|series| series.metric)
            .collect();
        let asked: FxHashSet<(MetricId, SeriesScope)> = self
            .objectives
            .iter()
            .filter_map(|(id, _)| scope.plan.get::<Objective>(*id))
            .map(|row| (row.metric, SeriesScope::of_objective(row)))
            .collect();
        found
            .filter(|series| {
                !own.contains(&series.metric)
                    || is_shown(SECTIONS[at].breakdown, &series.scope)
                    || asked.contains(&(series.metric, series.scope.clone()))
            })
            .collect()
    }

    /// The objectives of a section: those not met first, then those not known, by what they ask for.
    pub fn objectives(&self, scope: &PlaybookScope<'_>, at: usize) -> Vec<(ObjectiveId, ObjectiveReading)> {
        let is_here = |id: ObjectiveId| {
            let row = scope.plan.get::<Objective>(id);
            row.is_some_and(|row| self.sections_of_objective(scope.plan, row).contains(&at))
        };
        let mut found: Vec<_> = self.objectives.iter().filter(|(id, _)| is_here(*id)).cloned().collect();
        found.sort_by_cached_key(|(id, reading)| {
            let rank = match reading.state {
                ObjectiveState::NotMet => 0,
                ObjectiveState::Invalid => 1,
                ObjectiveState::Unknown => 2,
                ObjectiveState::Met => 3,
            };
            (rank, condition(scope.plan, *id), scope.plan.key_of((*id).into()).to_owned())
        });
        found
    }

    /// The positions that wait for what a section is about, by name.
    pub fn waiting(&self, scope: &PlaybookScope<'_>, at: usize) -> Vec<Gate> {
        let is_here = |gate: &&Gate| {
            let row = scope.plan.get::<Position>(gate.position);
            row.is_some_and(|row| scope.has_position(row))
                && self.of_position.get(&gate.position).is_some_and(|places| places.contains(&at))
        };
        self.gates.iter().filter(is_here).cloned().collect()
    }
}

fn places(is_it: impl Fn(&SectionSpec) -> bool) -> Vec<usize> {
    (0..SECTIONS.len()).filter(|at| is_it(&SECTIONS[*at])).collect()
}

/// The places of the sections of a metric; that of all others if none names it.
fn sections_of(metric: &Metric) -> Vec<usize> {
    // Told by what is left of the error budgets.
    if metric.key == DOWNTIME_MINUTES {
        return Vec::new();
    }
    let named = places(|spec| place_in(spec, metric).is_some());
    if named.is_empty() { places(|spec| spec.has_other_metrics) } else { named }
}

/// Where a section names a metric: by its key, by its formula, or by what it is called.
fn place_in(spec: &SectionSpec, metric: &Metric) -> Option<usize> {
    let called = KnownMetric::called(metric.name()).map(|known| known.key);
    spec.all_metrics().position(|key| {
        metric.key == key || metric.formula == key || called == Some(key) && !metric.is_derived()
    })
}

/// Whether figures of this scope are shown beside those of the organisation.
fn is_shown(breakdown: Breakdown, of: &SeriesScope) -> bool {
    let is_only = |is_it: bool, others: &[bool]| is_it && !others.contains(&true);
    let (segment, channel, market) = (!of.segment.is_empty(), !of.channel.is_empty(), !of.market.is_empty());
    let (team, service) = (of.team.is_some(), of.service.is_some());
    *of == SeriesScope::default()
        || match breakdown {
            Breakdown::Whole => false,
            Breakdown::Segments => is_only(segment, &[channel, market, team, service]),
            Breakdown::ChannelsAndMarkets => is_only(channel || market, &[segment, team, service]),
            Breakdown::Teams => is_only(team, &[segment, channel, market, service]),
        }
}

/// Those that hold on the day. SLOs are told by their error budgets.
fn objectives(scope: &PlaybookScope<'_>) -> Vec<(ObjectiveId, ObjectiveReading)> {
    let day = scope.view.snapshot.day();
    let is_asked = |row: &&Objective| {
        // What tiers are to reach is shown beside what each service has.
        row.date_range().contains(day)
            && row.tier.is_none()
            && !is_slo(scope.plan, row)
            && scope.has_figures(&SeriesScope::of_objective(row))
    };
    let ids: Vec<ObjectiveId> = scope.plan.objectives.iter().filter(is_asked).map(|row| row.id).collect();
    objective_readings(scope.plan, &ids, day)
}

/// The gates that are not met, of positions that are wanted and that nobody is in yet.
fn waiting(plan: &Plan, scope: &PlaybookScope<'_>) -> Vec<Gate> {
    let filled: FxHashSet<PositionId> = plan.assignments.iter().map(|row| row.position).collect();
    let is_unfilled = |gate: &Gate| {
        let row = plan.get::<Position>(gate.position);
        row.is_some_and(|row| row.status.is_wanted()) && !filled.contains(&gate.position)
    };
    let mut found = gates(plan, scope.view.snapshot.day());
    found.retain(|gate| gate.state != GateState::Met && is_unfilled(gate));
    found
}
