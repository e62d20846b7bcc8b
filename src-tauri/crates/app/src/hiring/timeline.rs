//! The schedule of each hire: when to approve, open and fill a position, and when the new hire is productive.

use chrono::NaiveDate;
use headroom_analysis::{
    gates::{GateView, WaitingHire, waiting_hires},
    schedule::{Calendar, Schedule, Scheduler, State as Standing},
};
use headroom_model::{
    Plan, Position, PositionId,
    wording::{capitalized, date},
};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    paging::{RowQuery, by_text, matches},
    state::{AppState, today},
};

#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct TimelineQuery {
    pub rows: RowQuery,
    pub team: Option<Id>,
    /// Only positions in this state, such as `late`.
    pub state: String,
    pub is_by_team: bool,
}

/// Whether a position will be filled in time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HireState {
    /// `filled`, `stopped`, `no-need-by`, `in-time`, `due-soon`, `late`.
    pub kind: String,
    /// Calendar days after the need-by date.
    pub late_days: u32,
    /// In words, with the next step: `12 days behind schedule`, `Approve by 22 May 2026`.
    pub words: String,
}

impl HireState {
    pub fn new(position: &Position, schedule: &Schedule) -> Self {
        let next = schedule.next_step(position.status).map(|(step, day)| {
            let verb = match step {
                "approve" => "Approve",
                "open" => "Open",
                "accept" => "Offer accepted",
                _ => "Start",
            };
            format!("{verb} by {}", date(day))
        });
        let (kind, late_days, words) = match schedule.state {
            Standing::Filled => ("filled", 0, "Filled".to_owned()),
            Standing::Stopped => ("stopped", 0, capitalized(position.status.word())),
            Standing::NoNeedBy => ("no-need-by", 0, "No needed-by date".to_owned()),
            Standing::InTime => ("in-time", 0, next.unwrap_or_default()),
            Standing::DueSoon => ("due-soon", 0, next.unwrap_or_default()),
            Standing::Late(days) => {
                let unit = if days == 1 { "day" } else { "days" };
                ("late", u32::try_from(days).unwrap_or(u32::MAX), format!("{days} {unit} behind schedule"))
            }
        };
        Self { kind: kind.to_owned(), late_days, words }
    }
}

/// A phase of a hire.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HirePhase {
    /// `approval`, `recruiting`, `notice`, `ramp`.
    pub name: String,
    /// First day, and first day of the next phase.
    pub from: NaiveDate,
    pub until: NaiveDate,
}

/// A hire that waits for a gate.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GateWait {
    /// The planned first day of the hire.
    pub from: NaiveDate,
    /// The earliest one that the gate allows, after the planned one or on it; none if it does not come about.
    pub until: Option<NaiveDate>,
    /// `waits for a gate: starts 2 Jun 2027 at the earliest, not 3 May 2027`.
    pub words: String,
}

impl GateWait {
    fn new(hire: &WaitingHire) -> Self {
        let planned = hire.planned.start;
        let words = match hire.opening {
            None => "waits for a gate that is no longer met in time".to_owned(),
            Some(opening) if hire.is_delayed() => format!(
                "waits for a gate: starts {} at the earliest, not {}",
                date(opening.start),
                date(planned)
            ),
            Some(_) => format!("waits for a gate: can still start {}", date(planned)),
        };
        Self { from: planned, until: hire.opening.map(|opening| opening.start.max(planned)), words }
    }
}

/// A position as a bar.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HireBar {
    pub seat: NamedEntity,
    pub title: String,
    pub team: Option<NamedEntity>,
    pub location: String,
    pub status: String,
    pub person: Option<NamedEntity>,
    pub state: HireState,
    pub phases: Vec<HirePhase>,
    pub gate: Option<GateWait>,
    pub need_by: Option<NaiveDate>,
    /// The expected first day, and the first day of full productivity.
    pub start: Option<NaiveDate>,
    pub productive: Option<NaiveDate>,
    /// The planned first day.
    pub planned_start: Option<NaiveDate>,
    /// Last working days for each step to be in time.
    pub approve_by: Option<NaiveDate>,
    pub open_by: Option<NaiveDate>,
    pub can_move: bool,
}

/// A line: the heading of a team, or a position.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HireLine {
    pub head: Option<String>,
    pub bar: Option<HireBar>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HireLines {
    pub total: u32,
    pub rows: Vec<HireLine>,
    pub seats: u32,
    pub late: u32,
    pub due_soon: u32,
    /// Positions that wait for a gate.
    pub waiting: u32,
    /// The range of dates of all bars and marks.
    pub from: NaiveDate,
    pub until: NaiveDate,
}

/// Calculates bars.
pub struct Timeline<'a> {
    plan: &'a Plan,
    scheduler: Scheduler<'a>,
    waiting: FxHashMap<PositionId, WaitingHire>,
}

impl<'a> Timeline<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let waiting = waiting_hires(plan, today(), GateView::AsTheyStand);
        let waiting = waiting.into_iter().map(|hire| (hire.position, hire)).collect();
        Self { plan, scheduler: Scheduler::new(plan, today()), waiting }
    }

    pub fn bar(&self, position: &Position) -> HireBar {
        self.bar_of(position, &self.scheduler.of(position))
    }

    fn bar_of(&self, position: &Position, schedule: &Schedule) -> HireBar {
        let phase = |phase: headroom_analysis::schedule::Phase| HirePhase {
            name: phase.name.to_owned(),
            from: phase.from,
            until: phase.until,
        };
        HireBar {
            seat: NamedEntity::new(self.plan, position.id),
            title: position.title.clone(),
            team: position.team.map(|team| NamedEntity::new(self.plan, team)),
            location: position.location.clone(),
            status: position.status.word().to_owned(),
            person: schedule.person.map(|person| NamedEntity::new(self.plan, person)),
            state: HireState::new(position, schedule),
            phases: schedule.phases(position.status).into_iter().map(phase).collect(),
            gate: self.waiting.get(&position.id).map(GateWait::new),
            need_by: position.need_by,
            start: schedule.start,
            productive: schedule.productive,
            planned_start: schedule.planned_start,
            approve_by: schedule.latest.map(|latest| latest.approve),
            open_by: schedule.latest.map(|latest| latest.open),
            can_move: !matches!(schedule.state, Standing::Filled | Standing::Stopped),
        }
    }

    /// The first and the last day of all bars and marks.
    fn bounds(&self, seats: &[(&Position, Schedule)]) -> (NaiveDate, NaiveDate) {
        let mut days: Vec<NaiveDate> = vec![today()];
        for (position, schedule) in seats {
            days.extend(schedule.phases(position.status).iter().flat_map(|phase| [phase.from, phase.until]));
            days.extend(position.need_by);
            days.extend(schedule.latest.map(|latest| latest.open));
            let waits = self.waiting.get(&position.id);
            days.extend(waits.and_then(|hire| hire.opening).map(|opening| opening.start));
        }
        let first = days.iter().min().copied().unwrap_or_else(today);
        (first, days.iter().max().copied().unwrap_or(first))
    }
}

/// The bars of positions to be filled, and of new hires who are not productive yet.
#[specta::specta]
pub fn hire_bars(app: &AppState, query: TimelineQuery) -> Answer<HireLines> {
    let plan = app.plan()?;
    let timeline = Timeline::new(&plan);
    let scheduler = &timeline.scheduler;
    let words = query.rows.words();
    let mut seats: Vec<(&Position, Schedule)> =
        plan.positions.iter().map(|position| (position, scheduler.of(position))).filter(is_ahead).collect();
    let count = |kind: &str| {
        let is_it =
            |(position, schedule): &&(&Position, Schedule)| HireState::new(position, schedule).kind == kind;
        seats.iter().filter(is_it).count() as u32
    };
    let (all, late, due_soon) = (seats.len() as u32, count("late"), count("due-soon"));
    let waiting = seats.iter().filter(|(position, _)| timeline.waiting.contains_key(&position.id)).count();
    let waiting = waiting as u32;
    let (from, until) = timeline.bounds(&seats);
    seats.retain(|(position, schedule)| is_wanted(&plan, &query, &words, position, schedule));
    sort(&plan, &query, &mut seats);
    let lines = lines(&plan, &query, &seats);
    let page = query.rows.page(&lines, |line| match line {
        Ok((position, schedule)) => HireLine { head: None, bar: Some(timeline.bar_of(position, schedule)) },
        Err(head) => HireLine { head: Some(head.clone()), bar: None },
    });
    Ok(HireLines { total: page.total, rows: page.rows, seats: all, late, due_soon, waiting, from, until })
}

/// Positions to be filled, and filled ones during ramp-up.
fn is_ahead((_, schedule): &(&Position, Schedule)) -> bool {
    match schedule.state {
        Standing::Stopped => false,
        Standing::Filled => schedule.productive.is_some_and(|productive| productive > today()),
        _ => true,
    }
}

fn is_wanted(
    plan: &Plan,
    query: &TimelineQuery,
    words: &[String],
    position: &Position,
    schedule: &Schedule,
) -> bool {
    let team = || position.team.map(|team| plan.name_of(team.into())).unwrap_or_default();
    query.team.is_none_or(|team| position.team.map(|own| own.into()) == Some(team))
        && (query.state.is_empty() || HireState::new(position, schedule).kind == query.state)
        && (words.is_empty()
            || matches(
                words,
                [position.key.as_str(), &position.title, &position.location, &position.reason, &team()],
            ))
}

fn sort(plan: &Plan, query: &TimelineQuery, seats: &mut [(&Position, Schedule)]) {
    let team = |position: &Position| position.team.map(|team| plan.name_of(team.into())).unwrap_or_default();
    let day = |schedule: &Schedule| (schedule.start.is_none(), schedule.start);
    seats.sort_by(|(a, of_a), (b, of_b)| {
        let by_team = if query.is_by_team { by_text(&team(a), &team(b)) } else { std::cmp::Ordering::Equal };
        by_team.then_with(|| day(of_a).cmp(&day(of_b))).then_with(|| a.key.cmp(&b.key))
    });
}

type Line<'a, 'b> = Result<&'b (&'a Position, Schedule), String>;

fn lines<'a, 'b>(
    plan: &Plan,
    query: &TimelineQuery,
    seats: &'b [(&'a Position, Schedule)],
) -> Vec<Line<'a, 'b>> {
    let (mut lines, mut last) = (Vec::new(), None);
    for one in seats {
        if query.is_by_team && last != Some(one.0.team) {
            last = Some(one.0.team);
            let name = one.0.team.map(|team| plan.name_of(team.into()));
            lines.push(Err(name.unwrap_or_else(|| "No team".to_owned())));
        }
        lines.push(Ok(one));
    }
    lines
}

/// Moves the planned first day of a position to this day, or to the next working day on or after it; with `is_back`
/// on or before it. Answers with the resulting day.
#[specta::specta]
pub fn move_start(app: &AppState, position: Id, to: NaiveDate, is_back: bool) -> Answer<NaiveDate> {
    app.edit_as(|plan, draft| {
        let row = plan.positions.get(PositionId::from(position));
        let row = row.ok_or_else(|| AppError::not_found("this position"))?;
        let calendar = Calendar::new(plan);
        let day = match is_back {
            true => calendar.on_or_before(to, &row.location),
            false => calendar.on_or_after(to, &row.location),
        };
        draft.put(Position { start: Some(day), ..row.clone() });
        Ok((format!("Move start of {} to {}", row.name(), date(day)), day))
    })
}
