//! Planning hires for a finding or gap, with a preview of the effect.

use chrono::NaiveDate;
use headroom_analysis::{
    DayView, EditOutcome, Remedy,
    coverage::{CoverageReport, GapCoverage, HireRequest, cover_gaps, gap_kind_of_rule, plan_hires},
    forecast::{ForecastParams, GapKind},
    schedule::days_after,
};
use headroom_model::{EntityRef, Plan, PositionId, TeamId};
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    entities::{
        entity::{EntityKind, NamedEntity},
        id::Id,
    },
    error::{Answer, AppError, ErrorKind},
    hiring::{
        gaps::{CoverageDesk, GapCoverageRow, differences, kind_of},
        hire_cost::{HirePay, PositionsCost, cost_of, set_pay},
        timeline::{HireBar, Timeline},
    },
    state::{AppState, asked_on, today},
};

/// What the hires are for: a finding by its ID, or a gap.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct HireQuery {
    pub finding: Option<String>,
    pub subject_kind: Option<EntityKind>,
    pub subject: Id,
    /// As in a forecast: `on-call`.
    pub gap: String,
    /// The day on which the gap opens; none if it is open.
    pub opens: Option<NaiveDate>,
    /// By default as many as are missing.
    pub count: Option<u32>,
    pub title: String,
    pub discipline: String,
    pub level: String,
    /// Annual full-time salary of each: `72000`, in the plan's currency, or `72000 USD`. By default that of
    /// comparable positions.
    pub pay: String,
    /// Another team than the one with the gap.
    pub team: Option<Id>,
    /// Another day than the one on which the gap opens.
    pub need_by: Option<NaiveDate>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HirePreview {
    pub label: String,
    pub count: u32,
    pub team: Option<NamedEntity>,
    pub reason: String,
    pub location: String,
    pub need_by: NaiveDate,
    /// The new positions with their schedule.
    pub seats: Vec<HireBar>,
    /// The gap they are for, as it would be.
    pub target: Option<GapCoverageRow>,
    /// None if an assumption gives the salary, or nothing does.
    pub pay: Option<HirePay>,
    pub cost: PositionsCost,
    /// Gaps that differ with the hires.
    pub gaps: Vec<GapCoverageRow>,
    pub gap_count: u32,
}

/// Days to look ahead: long enough for a hire of today to be productive.
const AHEAD: i64 = 730;
const SHOWN: usize = 30;

#[specta::specta]
pub fn hire_preview(app: &AppState, query: HireQuery, at: At) -> Answer<HirePreview> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let before = meeting(plan, view.snapshot.day());
    let (mut wanted, subject, kind) = wanted(&view, &query, &before)?;
    let pay = set_pay(app, plan, &mut wanted, &query.pay)?;
    let (remedy, made) = plan_hires(plan, &wanted, &query.title, today());
    let EditOutcome { plan: then, .. } = EditOutcome::of(plan, remedy.changes, today())?;
    let after = meeting(&then, view.snapshot.day());
    let changed = differences(&before, &after);
    let desk = CoverageDesk::new(&then, asked_on(view.snapshot.day()));
    let timeline = Timeline::new(&then);
    Ok(HirePreview {
        count: wanted.count,
        team: wanted.team.map(|team| NamedEntity::new(plan, team)),
        reason: wanted.reason.to_owned(),
        location: wanted.location.clone(),
        need_by: wanted.need_by,
        seats: made
            .iter()
            .filter_map(|position| then.positions.get(*position))
            .map(|position| timeline.bar(position))
            .collect(),
        pay,
        cost: cost_of(app, &then, &made, view.snapshot.day()),
        target: target(&query, &after, subject, kind).map(|met| desk.row(met)),
        gaps: changed.iter().take(SHOWN).map(|met| desk.row(met)).collect(),
        gap_count: changed.len() as u32,
        label: remedy.label,
    })
}

/// Plans the hires, as one undoable step; answers with the positions.
#[specta::specta]
pub fn plan_hire(app: &AppState, query: HireQuery, at: At) -> Answer<Vec<NamedEntity>> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan().clone();
    let (mut wanted, _, _) = wanted(&view, &query, &meeting(&plan, view.snapshot.day()))?;
    set_pay(app, &plan, &mut wanted, &query.pay)?;
    let (remedy, made): (Remedy, Vec<PositionId>) = plan_hires(&plan, &wanted, &query.title, today());
    drop((view, plan));
    app.apply(remedy.label, remedy.changes)?;
    let plan = app.plan()?;
    Ok(made.into_iter().map(|position| NamedEntity::new(&plan, position)).collect())
}

/// The coverage of gaps from a day on.
pub(super) fn meeting(plan: &Plan, from: NaiveDate) -> CoverageReport {
    cover_gaps(plan, &ForecastParams::new(plan, from, days_after(from, AHEAD)).asked_on(asked_on(from)))
}

/// The hires requested, by default as many as are missing.
fn wanted(
    view: &DayView,
    query: &HireQuery,
    before: &CoverageReport,
) -> Answer<(HireRequest, EntityRef, GapKind)> {
    let (plan, day) = (view.snapshot.plan(), view.snapshot.day());
    let nothing = || AppError::new(ErrorKind::Invalid, "hiring would not close this gap");
    let (mut wanted, subject, kind) = match &query.finding {
        Some(id) => {
            let finding = view.finding(id).ok_or_else(|| AppError::not_found("this finding"))?;
            let wanted = HireRequest::for_finding(plan, finding, day, 1).ok_or_else(nothing)?;
            let kind = gap_kind_of_rule(finding.rule.id).map(|need| need.kind).ok_or_else(nothing)?;
            (wanted, finding.subject, kind)
        }
        None => {
            let kind = kind_of(&query.gap).ok_or_else(nothing)?;
            let subject = query.subject_kind.ok_or_else(nothing)?;
            let subject = EntityRef { kind: subject.into(), id: query.subject.0 };
            let opens = query.opens.unwrap_or(day);
            (HireRequest::for_gap(plan, subject, kind, opens, 1).ok_or_else(nothing)?, subject, kind)
        }
    };
    let missing = target(query, before, subject, kind).map_or(1, |met| met.missing);
    wanted.count = query.count.unwrap_or(missing).clamp(1, 99);
    wanted.team = query.team.map(TeamId::from).or(wanted.team);
    wanted.discipline = query.discipline.trim().to_owned();
    wanted.level = query.level.trim().to_owned();
    wanted.need_by = query.need_by.unwrap_or(wanted.need_by);
    Ok((wanted, subject, kind))
}

/// The gap that is meant: for a finding the first to open.
fn target<'a>(
    query: &HireQuery,
    meeting: &'a CoverageReport,
    subject: EntityRef,
    kind: GapKind,
) -> Option<&'a GapCoverage> {
    let is_it = |met: &&GapCoverage| {
        (met.gap.subject, met.gap.kind) == (subject, kind)
            && (query.finding.is_some() || met.gap.opens == query.opens)
    };
    meeting.gaps.iter().find(is_it)
}
