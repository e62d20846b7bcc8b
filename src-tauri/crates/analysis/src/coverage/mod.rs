//! Gaps meet seats: which planned hires close which gap, from what day, and what stays open.
//!
//! The gaps are those of the forecast; the hires are laid over the plan as people from the day on which they can be
//! counted on (see [`planned`]), each behind its team and, of the team's services, behind those that it has room for
//! (see [`share`](mod@share)). A gap is closed by seats exactly on the days on which the forecast with them does not have it.

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
    forecast::{ForecastParams, Gap, GapKind, Hire, forecast},
    rule::Severity,
};

pub use gap_kinds::{GAP_KINDS, GapKindSpec, gap_kind_of_rule, gap_kind_spec};
pub use hire_request::{HireRequest, plan_hires};
pub use pay_benchmark::{PayBenchmark, pay_benchmark};
pub use planned::planned;

/// A seat that helps with a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HireCoverage {
    pub position: PositionId,
    /// The first day on which somebody in it can be counted on.
    pub from: NaiveDate,
}

/// A gap that people could close, and the seats that do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapCoverage {
    /// As it is without the seats; or as it is with them, where they open it: a team of nobody has one person then.
    pub gap: Gap,
    pub severity: Severity,
    /// Whether it is there only because of the seats.
    pub is_of_positions: bool,
    /// In the order in which they come.
    pub seats: Vec<HireCoverage>,
    /// The days on which it is open with the seats: the first, and the first on which it is not any more; none where
    /// it is open on the last day looked at.
    pub uncovered: Vec<(NaiveDate, Option<NaiveDate>)>,
    pub uncovered_days: u32,
    /// The day from which the seats keep it closed; none when they do not.
    pub closed_from: Option<NaiveDate>,
    /// How many more people it takes besides the seats.
    pub missing: u32,
}

/// All of it for the days of a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoverageReport {
    /// Worst first, then by the day on which they open.
    pub gaps: Vec<GapCoverage>,
    /// The seats that close nothing, with the day from which they would.
    pub idle: Vec<HireCoverage>,
    /// Everybody to come, with what they stand behind: what [`Question::with`] takes.
    pub hires: Vec<Hire>,
}

/// Planned hires with what each stands behind; `gaps` are those without them.
fn shared_hires(plan: &Plan, question: &ForecastParams<'_>, gaps: &[Gap]) -> Vec<Hire> {
    let mut hires = planned(plan, &Assumptions::new(plan), question);
    service_matching::match_services(plan, question, gaps, &mut hires);
    hires
}

/// The hires of a plan for [`Question::with`]. Those of the question do not count.
pub fn hires(plan: &Plan, question: &ForecastParams<'_>) -> Vec<Hire> {
    if !plan.positions.iter().any(|position| position.status.is_wanted()) {
        return Vec::new();
    }
    shared_hires(plan, question, &forecast(plan, &question.clone().with(&[])))
}

/// Sets the gaps of a question against the planned seats. Hires of the question do not count.
pub fn cover_gaps(plan: &Plan, question: &ForecastParams<'_>) -> CoverageReport {
    let without = forecast(plan, &question.clone().with(&[]));
    let hires = shared_hires(plan, question, &without);
    let with = forecast(plan, &question.clone().with(&hires));
    let mut by_key: FxHashMap<(EntityRef, GapKind), Vec<&Gap>> = FxHashMap::default();
    with.iter().for_each(|gap| by_key.entry((gap.subject, gap.kind)).or_default().push(gap));
    let mut known: FxHashMap<(EntityRef, GapKind), Vec<&Gap>> = FxHashMap::default();
    without.iter().for_each(|gap| known.entry((gap.subject, gap.kind)).or_default().push(gap));
    let of_positions = with.iter().flat_map(|gap| {
        let known = known.get(&(gap.subject, gap.kind)).map_or(&[][..], Vec::as_slice);
        opened(question, gap, known)
    });
    let of_positions: Vec<Gap> = of_positions.collect();
    let mut gaps: Vec<GapCoverage> = without
        .iter()
        .map(|gap| (gap, false))
        .chain(of_positions.iter().map(|gap| (gap, true)))
        .filter_map(|(gap, is_of_positions)| {
            gap_kind_spec(gap.kind)?;
            let rest = by_key.get(&(gap.subject, gap.kind)).map_or(&[][..], Vec::as_slice);
            Some(met(question, gap, is_of_positions, rest, &hires))
        })
        .collect();
    closed_before(plan, question, &hires, &mut gaps);
    gaps.sort_by(|a, b| {
        let place = |met: &GapCoverage| plan.place_of(met.gap.subject);
        (b.severity, a.gap.opens, a.gap.kind, place(a)).cmp(&(a.severity, b.gap.opens, b.gap.kind, place(b)))
    });
    let busy: FxHashSet<PositionId> =
        gaps.iter().flat_map(|met| met.seats.iter().map(|help| help.position)).collect();
    let idle = hires.iter().filter(|hire| !busy.contains(&hire.position)).map(help).collect();
    CoverageReport { gaps, idle, hires }
}

/// What is closed on the first day looked at has been so for some time: since when, the days before it tell.
fn closed_before(plan: &Plan, question: &ForecastParams<'_>, hires: &[Hire], gaps: &mut [GapCoverage]) {
    let is_closed = |met: &GapCoverage| met.gap.opens.is_none() && met.closed_from == Some(question.from);
    let first = hires.iter().map(|hire| hire.from).min().and_then(|day| day.pred_opt());
    let Some(first) = first.filter(|day| *day < question.from && gaps.iter().any(is_closed)) else { return };
    let before = ForecastParams { from: first, until: question.from, ..question.clone() };
    let earlier = forecast(plan, &before.with(hires));
    for met in gaps.iter_mut().filter(|met| is_closed(met)) {
        let is_it = |gap: &&Gap| (gap.subject, gap.kind) == (met.gap.subject, met.gap.kind);
        let closes = earlier.iter().filter(is_it).filter_map(|gap| gap.closes).max();
        // With none, somebody was there before it would have opened.
        let since = closes.or_else(|| met.seats.iter().map(|help| help.from).min());
        met.closed_from = since.map(|day| day.min(question.from)).or(met.closed_from);
    }
}

fn help(hire: &Hire) -> HireCoverage {
    HireCoverage { position: hire.position, from: hire.from }
}

/// The days of a gap with the hires on which it would not be open without them.
fn opened(question: &ForecastParams<'_>, gap: &Gap, known: &[&Gap]) -> Vec<Gap> {
    let after = question.until.succ_opt().unwrap_or(question.until);
    let ends = |gap: &Gap| (gap.opens.unwrap_or(question.from), gap.closes.unwrap_or(after));
    let (mut from, until) = ends(gap);
    let mut pieces = Vec::new();
    // In the order of their days.
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

/// `rest`: the gaps of the same kind and subject that are there with the hires.
fn met(
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
        // Whoever opens it does not close it.
        seats.retain(|help| help.from > first);
    }
    // What closes by itself before any seat helps is not closed by seats.
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

/// As many of those who come before it ends as it lacks, and all who come until it is closed.
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
