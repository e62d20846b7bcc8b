//! Coverage: which planned hires close which gap, from what date, and what stays uncovered.
//!
//! [`cover_gaps`] takes the forecast without planned hires, matches the services that lack people to the hires
//! (`service_matching.rs`), adds the hires to the plan as people from the day on which each is productive
//! ([`planned()`]) and takes the forecast again. The days of a gap in both are uncovered. So a gap is closed by hires
//! exactly on the days on which the forecast with them does not have it. Hires may also open a gap: a team of nobody
//! becomes a team of one.
//!
//! Only some kinds of gap are closed by people; [`GAP_KINDS`] lists them with their rules. For such a gap
//! [`plan_hires`] creates positions, as one list of changes to preview; where their pay is unknown, [`pay_benchmark()`]
//! gives the median of comparable positions.
//!
//! Coverage never changes who owns what, and never assigns a service beyond what the load limit of the policy
//! (`team-over-load`) lets one person have.
//!
//! Tests: `matching.rs` against brute force; `tests/all/seats.rs` against the same hires added to the plan as people.

mod gap_kinds;
mod hire_request;
mod matching;
mod pay_benchmark;
mod planned;
mod service_matching;

use chrono::NaiveDate;
use headroom_model::{EntityRef, Kind, Plan, PositionId};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    assumptions::Assumptions,
    finding::Severity,
    forecast::{ForecastParams, Hire, forecast},
    gap::{Gap, GapKind},
};

pub use gap_kinds::{GAP_KINDS, GapKindSpec, gap_kind_of_rule, gap_kind_spec};
pub use hire_request::{HireRequest, plan_hires};
pub use pay_benchmark::{PayBenchmark, pay_benchmark};
pub use planned::planned;
pub(crate) use service_matching::ServiceMatching;

/// A planned hire that helps to close a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HireCoverage {
    pub position: PositionId,
    /// First day on which the hire is productive.
    pub from: NaiveDate,
}

/// A gap that people can close, and the planned hires that do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapCoverage {
    /// The gap without planned hires; or with them, if they open it: a team of nobody has one person then.
    pub gap: Gap,
    pub severity: Severity,
    /// Whether the gap exists only because of planned hires.
    pub is_of_positions: bool,
    /// Hires that help, by date.
    pub seats: Vec<HireCoverage>,
    /// Uncovered days: the first, and the first on which the gap is closed again; none if it is still open on the
    /// last day of the period.
    pub uncovered: Vec<(NaiveDate, Option<NaiveDate>)>,
    pub uncovered_days: u32,
    /// Day from which planned hires keep it closed; none if they do not.
    pub closed_from: Option<NaiveDate>,
    /// How many more people it takes.
    pub missing: u32,
}

/// Coverage of all gaps in the period of a forecast.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoverageReport {
    /// By severity, then by the day on which they open.
    pub gaps: Vec<GapCoverage>,
    /// Planned hires that close no gap, with the day from which they are productive.
    pub idle: Vec<HireCoverage>,
    /// All hires with the services each supports, as [`ForecastParams::with`] takes them.
    pub hires: Vec<Hire>,
}

/// Planned hires with the services each supports; `gaps` is the forecast without them.
fn shared_hires(plan: &Plan, question: &ForecastParams<'_>, gaps: &[Gap]) -> Vec<Hire> {
    let mut hires = planned(plan, &Assumptions::new(plan), question);
    service_matching::match_services(plan, question, gaps, &mut hires);
    hires
}

/// Planned hires of a plan for [`ForecastParams::with`]. Hires already in `question` do not count.
pub fn hires(plan: &Plan, question: &ForecastParams<'_>) -> Vec<Hire> {
    if !plan.positions.iter().any(|position| position.status.is_wanted()) {
        return Vec::new();
    }
    shared_hires(plan, question, &forecast(plan, &question.clone().with(&[])))
}

/// Calculates the coverage of all gaps by planned hires. Hires already in `question` do not count.
pub fn cover_gaps(plan: &Plan, question: &ForecastParams<'_>) -> CoverageReport {
    let without = forecast(plan, &question.clone().with(&[]));
    let hires = shared_hires(plan, question, &without);
    let with = forecast(plan, &question.clone().with(&hires));
    let mut by_key: FxHashMap<(EntityRef, GapKind), Vec<&Gap>> = FxHashMap::default();
    with.iter().for_each(|gap| by_key.entry((gap.subject, gap.kind)).or_default().push(gap));
    let mut known: FxHashMap<(EntityRef, GapKind), Vec<&Gap>> = FxHashMap::default();
    without.iter().for_each(|gap| known.entry((gap.subject, gap.kind)).or_default().push(gap));
    let opened_by_hires = with.iter().flat_map(|gap| {
        let known = known.get(&(gap.subject, gap.kind)).map_or(&[][..], Vec::as_slice);
        opened(question, gap, known)
    });
    let opened_by_hires: Vec<Gap> = opened_by_hires.collect();
    let mut gaps: Vec<GapCoverage> = without
        .iter()
        .map(|gap| (gap, false))
        .chain(opened_by_hires.iter().map(|gap| (gap, true)))
        .filter_map(|(gap, is_of_positions)| {
            gap_kind_spec(gap.kind)?;
            let rest = by_key.get(&(gap.subject, gap.kind)).map_or(&[][..], Vec::as_slice);
            Some(gap_coverage(question, gap, is_of_positions, rest, &hires))
        })
        .collect();
    closed_before(plan, question, &hires, &mut gaps);
    gaps.sort_by(|a, b| {
        let place = |gap_coverage: &GapCoverage| plan.place_of(gap_coverage.gap.subject);
        (b.severity, a.gap.opens, a.gap.kind, place(a)).cmp(&(a.severity, b.gap.opens, b.gap.kind, place(b)))
    });
    let busy: FxHashSet<PositionId> =
        gaps.iter().flat_map(|gap_coverage| gap_coverage.seats.iter().map(|help| help.position)).collect();
    let idle = hires.iter().filter(|hire| !busy.contains(&hire.position)).map(help).collect();
    CoverageReport { gaps, idle, hires }
}

/// Dates gaps that are closed on the first day of the period: a forecast of the days before shows since when.
fn closed_before(plan: &Plan, question: &ForecastParams<'_>, hires: &[Hire], gaps: &mut [GapCoverage]) {
    let is_closed = |gap_coverage: &GapCoverage| {
        gap_coverage.gap.opens.is_none() && gap_coverage.closed_from == Some(question.from)
    };
    let first = hires.iter().map(|hire| hire.from).min().and_then(|day| day.pred_opt());
    let Some(first) = first.filter(|day| *day < question.from && gaps.iter().any(is_closed)) else { return };
    let before = ForecastParams { from: first, until: question.from, ..question.clone() };
    let earlier = forecast(plan, &before.with(hires));
    for gap_coverage in gaps.iter_mut().filter(|gap_coverage| is_closed(gap_coverage)) {
        let is_it = |gap: &&Gap| (gap.subject, gap.kind) == (gap_coverage.gap.subject, gap_coverage.gap.kind);
        let closes = earlier.iter().filter(is_it).filter_map(|gap| gap.closes).max();
        // Without any gap before, somebody joined before it would have opened.
        let since = closes.or_else(|| gap_coverage.seats.iter().map(|help| help.from).min());
        gap_coverage.closed_from = since.map(|day| day.min(question.from)).or(gap_coverage.closed_from);
    }
}

fn help(hire: &Hire) -> HireCoverage {
    HireCoverage { position: hire.position, from: hire.from }
}

/// The parts of a gap with hires that are not a gap without them.
fn opened(question: &ForecastParams<'_>, gap: &Gap, known: &[&Gap]) -> Vec<Gap> {
    let after = question.until.succ_opt().unwrap_or(question.until);
    let ends = |gap: &Gap| (gap.opens.unwrap_or(question.from), gap.closes.unwrap_or(after));
    let (mut from, until) = ends(gap);
    let mut pieces = Vec::new();
    // By date.
    let bounds = known.iter().map(|gap| ends(gap)).filter(|known| known.1 > from && known.0 < until);
    for (start, end) in bounds.collect::<Vec<_>>().into_iter().chain([(until, until)]) {
        if from < start {
            let (opens, closes) =
                (Some(from).filter(|day| *day > question.from), Some(start).filter(|day| *day < after));
            pieces.push(Gap { opens, closes, ..gap.clone() });
        }
        from = from.max(end);
    }
    pieces
}

/// Coverage of one gap. `rest` are the gaps of the same kind and subject with hires.
fn gap_coverage(
    question: &ForecastParams<'_>,
    gap: &Gap,
    is_of_positions: bool,
    rest: &[&Gap],
    hires: &[Hire],
) -> GapCoverage {
    let first = gap.opens.unwrap_or(question.from);
    let after = question.until.succ_opt().unwrap_or(question.until);
    let end = gap.closes.unwrap_or(after);
    let mut uncovered = Vec::new();
    let (mut uncovered_days, mut missing, mut closed_from) = (0, 0, Some(first));
    for open in rest {
        let from = open.opens.unwrap_or(question.from).max(first);
        let until = open.closes.unwrap_or(after).min(end);
        if from < until {
            uncovered_days += (until - from).num_days() as u32;
            uncovered.push((from, (until < after).then_some(until)));
            let is_closed = until < end;
            closed_from = is_closed.then_some(until);
            missing = if is_closed { 0 } else { open.lack };
        }
    }
    let mut seats = helping(gap, end, closed_from, hires);
    if is_of_positions {
        // The hire who opens it does not close it.
        seats.retain(|help| help.from > first);
    }
    // A gap that closes by itself before any hire helps is not closed by hires.
    let closed_from = closed_from.filter(|_| !seats.is_empty());
    GapCoverage {
        gap: gap.clone(),
        severity: gap.severity,
        is_of_positions,
        seats,
        uncovered,
        uncovered_days,
        closed_from,
        missing,
    }
}

/// Hires that help: as many of those who join before it ends as it lacks, and all who join until it is closed.
fn helping(gap: &Gap, end: NaiveDate, closed_from: Option<NaiveDate>, hires: &[Hire]) -> Vec<HireCoverage> {
    let helps = |hire: &&Hire| match gap.subject.kind {
        Kind::Team => hire.team.is_some_and(|team| gap.subject == team.into()),
        _ => {
            let service = gap.subject.id.into();
            hire.service == Some(service)
                || hire.of_team.as_ref().is_none_or(|services| services.contains(&service))
        }
    };
    let is_there = |hire: &&Hire| hire.from < end && hire.until.is_none_or(|until| until >= first_of(gap));
    let in_time = hires.iter().filter(is_there).filter(helps);
    let counts = |(at, hire): &(usize, &Hire)| {
        *at < gap.lack as usize
            || closed_from.is_some_and(|closed| hire.from <= closed && closed > first_of(gap))
    };
    in_time.enumerate().filter(counts).map(|(_, hire)| help(hire)).collect()
}

fn first_of(gap: &Gap) -> NaiveDate {
    gap.opens.unwrap_or(NaiveDate::MIN)
}
