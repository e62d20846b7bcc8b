//! A hire planned for a finding or a gap: shown with its effect before it is made.

use chrono::NaiveDate;
use headroom_analysis::{
    DayView, Remedy,
    forecast::{GapKind, Question},
    schedule::days_after,
    seats::{Meeting, Met, Wanted, meet, need_of_rule, plan_hires},
};
use headroom_model::{EntityRef, Plan, PositionId, TeamId};
use serde::{Deserialize, Serialize};
use tauri::State;

use super::{
    gaps::{Desk, MetRow, differences, kind_of},
    hire_cost::{HirePay, SeatsCost, cost_of, set_pay},
    timeline::{SeatBar, Timeline},
};
use crate::{
    error::{Answer, AppError, ErrorKind},
    state::{App, asked_on, today},
    view::{EntityKind, Named},
};

/// What hires are planned for: a finding by its id, or a gap.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct HireQuery {
    pub finding: Option<String>,
    pub subject_kind: Option<EntityKind>,
    pub subject: u32,
    /// As in a forecast: `on-call`.
    pub gap: String,
    /// The day on which the gap opens; none when it is open already.
    pub opens: Option<NaiveDate>,
    /// As many as are missing when none is said.
    pub count: Option<u32>,
    pub title: String,
    pub discipline: String,
    pub level: String,
    /// A year, full time, each: `72000`, in the plan's currency, or `72000 USD`. As others alike when none is said.
    pub pay: String,
    /// Another team than the one whose gap it is.
    pub team: Option<u32>,
    /// Another day than the one on which the gap opens.
    pub need_by: Option<NaiveDate>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HirePreview {
    pub label: String,
    pub count: u32,
    pub team: Option<Named>,
    pub reason: String,
    pub location: String,
    pub need_by: NaiveDate,
    /// The seats as they would be, with their dates.
    pub seats: Vec<SeatBar>,
    /// The gap that they are planned for, as it would be.
    pub target: Option<MetRow>,
    /// None where an assumption says it, or nobody.
    pub pay: Option<HirePay>,
    pub cost: SeatsCost,
    /// Gaps that are otherwise with them.
    pub gaps: Vec<MetRow>,
    pub gap_count: u32,
}

/// How far ahead an effect is looked for: long enough for a hire of today to be productive.
const AHEAD: i64 = 730;
const SHOWN: usize = 30;

#[tauri::command(async)]
#[specta::specta]
pub fn hire_preview(app: State<'_, App>, query: HireQuery, day: Option<NaiveDate>) -> Answer<HirePreview> {
    let view = app.day(day)?;
    let plan = view.snapshot.plan();
    let before = meeting(plan, view.snapshot.day());
    let (mut wanted, subject, kind) = wanted(&view, &query, &before)?;
    let pay = set_pay(&app, plan, &mut wanted, &query.pay)?;
    let (remedy, made) = plan_hires(plan, &wanted, &query.title, today());
    let mut then = (**plan).clone();
    then.apply(&remedy.changes)?;
    let after = meeting(&then, view.snapshot.day());
    let changed = differences(&before, &after);
    let desk = Desk::new(&then, asked_on(view.snapshot.day()));
    let timeline = Timeline::new(&then);
    Ok(HirePreview {
        count: wanted.count,
        team: wanted.team.map(|team| Named::new(plan, team)),
        reason: wanted.reason.to_owned(),
        location: wanted.location.clone(),
        need_by: wanted.need_by,
        seats: made
            .iter()
            .filter_map(|seat| then.positions.get(*seat))
            .map(|seat| timeline.bar(seat))
            .collect(),
        pay,
        cost: cost_of(&app, &then, &made, view.snapshot.day()),
        target: target(&query, &after, subject, kind).map(|met| desk.row(met)),
        gaps: changed.iter().take(SHOWN).map(|met| desk.row(met)).collect(),
        gap_count: changed.len() as u32,
        label: remedy.label,
    })
}

/// Plans the hires, as one step that can be undone; answers with the seats.
#[tauri::command(async)]
#[specta::specta]
pub fn plan_hire(app: State<'_, App>, query: HireQuery, day: Option<NaiveDate>) -> Answer<Vec<Named>> {
    let view = app.day(day)?;
    let plan = view.snapshot.plan().clone();
    let (mut wanted, _, _) = wanted(&view, &query, &meeting(&plan, view.snapshot.day()))?;
    set_pay(&app, &plan, &mut wanted, &query.pay)?;
    let (remedy, made): (Remedy, Vec<PositionId>) = plan_hires(&plan, &wanted, &query.title, today());
    drop((view, plan));
    app.apply(remedy.label, remedy.changes)?;
    let plan = app.plan()?;
    Ok(made.into_iter().map(|seat| Named::new(&plan, seat)).collect())
}

fn meeting(plan: &Plan, from: NaiveDate) -> Meeting {
    meet(plan, &Question::new(plan, from, days_after(from, AHEAD)).asked_on(asked_on(from)))
}

/// What is asked for, as many as the gap misses where no number is said.
fn wanted(view: &DayView, query: &HireQuery, before: &Meeting) -> Answer<(Wanted, EntityRef, GapKind)> {
    let (plan, day) = (view.snapshot.plan(), view.snapshot.day());
    let nothing = || AppError::new(ErrorKind::Invalid, "nobody new would close this");
    let (mut wanted, subject, kind) = match &query.finding {
        Some(id) => {
            let finding = view.finding(id).ok_or_else(|| AppError::not_found("this finding"))?;
            let wanted = Wanted::for_finding(plan, finding, day, 1).ok_or_else(nothing)?;
            let kind = need_of_rule(finding.rule.id).map(|need| need.kind).ok_or_else(nothing)?;
            (wanted, finding.subject, kind)
        }
        None => {
            let kind = kind_of(&query.gap).ok_or_else(nothing)?;
            let subject = query.subject_kind.ok_or_else(nothing)?;
            let subject = EntityRef { kind: subject.into(), id: query.subject };
            let opens = query.opens.unwrap_or(day);
            (Wanted::for_gap(plan, subject, kind, opens, 1).ok_or_else(nothing)?, subject, kind)
        }
    };
    let missing = target(query, before, subject, kind).map_or(1, |met| met.missing);
    wanted.count = query.count.unwrap_or(missing).clamp(1, 99);
    wanted.team = query.team.map(TeamId).or(wanted.team);
    wanted.discipline = query.discipline.trim().to_owned();
    wanted.level = query.level.trim().to_owned();
    wanted.need_by = query.need_by.unwrap_or(wanted.need_by);
    Ok((wanted, subject, kind))
}

/// The gap that is meant: of a finding the one that is open first.
fn target<'a>(query: &HireQuery, meeting: &'a Meeting, subject: EntityRef, kind: GapKind) -> Option<&'a Met> {
    let is_it = |met: &&Met| {
        (met.gap.subject, met.gap.kind) == (subject, kind)
            && (query.finding.is_some() || met.gap.opens == query.opens)
    };
    meeting.gaps.iter().find(is_it)
}
