//! What a position waits for, and what becomes of its hire meanwhile.

use chrono::NaiveDate;
use headroom_analysis::{
    gates::{
        DelayedGap, Gate, GateState, ObjectiveReading, Opening, PeriodReading, condition, delayed_gaps,
        gate_of, gate_words, period_words, reading_words,
    },
    metrics::period_name,
    schedule::Scheduler,
};
use headroom_model::{FieldError, Objective, ObjectiveId, Plan, Position, PositionId, wording::capitalized};
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id, severity::SeverityLevel},
    error::{Answer, AppError},
    state::AppState,
};

/// The gate of a position on a day.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PositionGate {
    /// `met`, `not-met`, `unknown`, `lapsed`, `invalid`.
    pub state: String,
    /// `Not met · 6 Mar 2027 at the earliest`.
    pub words: String,
    /// Whether one of the objectives is enough.
    pub is_any: bool,
    /// The last day on which it may be met.
    pub by: Option<NaiveDate>,
    pub waived: Option<GateWaiver>,
    pub objectives: Vec<GateObjective>,
    /// What becomes of the hire; empty once the gate is met, or if nothing is planned.
    pub openings: Vec<GateOpening>,
}

/// Who has opened a gate by hand.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GateWaiver {
    pub on: NaiveDate,
    pub by: String,
    pub why: String,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GateObjective {
    pub objective: NamedEntity,
    /// `Payback < 12 months, 2 months running`.
    pub condition: String,
    /// `met`, `not-met`, `unknown`, `invalid`.
    pub state: String,
    pub words: String,
    /// The newest that count, the oldest first.
    pub periods: Vec<GatePeriod>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GatePeriod {
    /// `Jan 2027`.
    pub name: String,
    /// Its value, or why it has none.
    pub words: String,
    /// `pass`, `fail`, `unknown`.
    pub verdict: String,
}

/// A hire that is opened on a day.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GateOpening {
    /// `As planned`.
    pub case: String,
    pub opens: NaiveDate,
    pub start: NaiveDate,
    pub productive: NaiveDate,
    /// Days after the day on which somebody is needed, less than 0 before it; none without such a day.
    pub days_late: Option<i32>,
}

/// What the position waits for; none if it waits for nothing.
#[specta::specta]
pub fn position_gate(app: &AppState, id: Id, at: At) -> Answer<Option<PositionGate>> {
    let (plan, day) = (app.plan()?, at.shown_day());
    let Some(gate) = gate_of(&plan, PositionId::from(id), day) else { return Ok(None) };
    let row = plan.get::<Position>(gate.position).ok_or_else(|| AppError::not_found("this position"))?;
    Ok(Some(PositionGate {
        state: gate.state.word().to_owned(),
        words: capitalized(&gate_words(&gate)),
        is_any: row.waits_any,
        by: row.waits_by,
        waived: row.waived_on.map(|on| GateWaiver {
            on,
            by: row.waived_by.clone(),
            why: row.waived_why.clone(),
        }),
        objectives: gate.objectives.iter().map(|(id, reading)| gate_objective(&plan, *id, reading)).collect(),
        openings: openings(&plan, row, &gate, day),
    }))
}

/// An objective with its newest periods.
pub(crate) fn gate_objective(plan: &Plan, id: ObjectiveId, reading: &ObjectiveReading) -> GateObjective {
    let periods = reading.periods.iter().rev();
    GateObjective {
        objective: NamedEntity::new(plan, id),
        condition: condition(plan, id),
        state: reading.state.word().to_owned(),
        words: capitalized(reading_words(reading)),
        periods: periods.map(|period| period_row(plan, id, period)).collect(),
    }
}

fn period_row(plan: &Plan, id: ObjectiveId, reading: &PeriodReading) -> GatePeriod {
    GatePeriod {
        name: period_name(reading.period),
        words: period_words(plan, id, reading),
        verdict: reading.verdict.word().to_owned(),
    }
}

/// As planned, from the earliest day of the gate on, and along the trend.
fn openings(plan: &Plan, row: &Position, gate: &Gate, day: NaiveDate) -> Vec<GateOpening> {
    if gate.state == GateState::Met {
        return Vec::new();
    }
    let schedule = Scheduler::new(plan, day).of(row);
    let Some(planned) = Opening::planned(row, &schedule) else { return Vec::new() };
    let on = |opens: NaiveDate| Opening::on(row, &schedule, opens);
    let cases = [
        ("As planned", Some(planned)),
        ("At the earliest", gate.earliest.map(on)),
        ("At this trend", gate.trend.map(on)),
    ];
    let row = |(case, opening): (&str, Option<Opening>)| {
        let opening = opening?;
        Some(GateOpening {
            case: case.to_owned(),
            opens: opening.opens,
            start: opening.start,
            productive: opening.productive,
            days_late: opening.days_late.map(|days| days.clamp(i32::MIN.into(), i32::MAX.into()) as i32),
        })
    };
    cases.into_iter().filter_map(row).collect()
}

/// A gap that stays open longer because the hire waits.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DelayedGapRow {
    pub subject: NamedEntity,
    /// `too few for on-call`.
    pub words: String,
    pub severity: SeverityLevel,
    pub more_days: u32,
    /// From when on planned hires keep it closed; none if they do not.
    pub closed_from: Option<NaiveDate>,
}

/// What a hire that waits leaves open, and by which reading of its gate.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DelayedGaps {
    /// `At this trend`.
    pub case: String,
    pub gaps: Vec<DelayedGapRow>,
}

/// What the hire leaves open if it comes about at the trend of its gate, or at the earliest where there is no trend; none
/// if it is not late.
#[specta::specta]
pub fn gate_delays(app: &AppState, id: Id, at: At) -> Answer<Option<DelayedGaps>> {
    let (plan, day) = (app.plan()?, at.shown_day());
    let Some(gate) = gate_of(&plan, PositionId::from(id), day) else { return Ok(None) };
    let Some(row) = plan.get::<Position>(gate.position) else { return Ok(None) };
    let case = if gate.trend.is_some() { "At this trend" } else { "At the earliest" };
    let Some(opens) = gate.trend.or(gate.earliest).filter(|_| gate.state != GateState::Met) else {
        return Ok(None);
    };
    let schedule = Scheduler::new(&plan, day).of(row);
    let planned = Opening::planned(row, &schedule);
    let opening = Opening::on(row, &schedule, opens);
    if planned.is_none_or(|planned| planned.start >= opening.start) {
        return Ok(None);
    }
    let gaps = delayed_gaps(&plan, gate.position, opening, day);
    let row = |delayed: DelayedGap| DelayedGapRow {
        subject: NamedEntity::new(&plan, delayed.coverage.gap.subject),
        words: delayed.coverage.gap.kind.words().to_owned(),
        severity: delayed.coverage.severity.into(),
        more_days: delayed.more_days,
        closed_from: delayed.coverage.closed_from,
    };
    Ok(Some(DelayedGaps { case: case.to_owned(), gaps: gaps.into_iter().map(row).collect() }))
}

/// What a position is to wait for.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GateEdit {
    pub objectives: Vec<Id>,
    pub is_any: bool,
    pub by: Option<NaiveDate>,
}

/// Sets what a position waits for; nothing opens it.
#[specta::specta]
pub fn set_gate(app: &AppState, id: Id, gate: GateEdit) -> Answer<()> {
    let label = |verb: &str, position: &Position| format!("{verb} {}", position.key);
    edit_position(app, id, |row| {
        row.waits_for = gate.objectives.iter().map(|objective| ObjectiveId::from(*objective)).collect();
        row.waits_any = gate.is_any && row.waits_for.len() > 1;
        row.waits_by = gate.by.filter(|_| !row.waits_for.is_empty());
        if row.waits_for.is_empty() {
            *row = row.without_gate();
            return Ok(label("Remove gate of", row));
        }
        Ok(label("Set gate of", row))
    })
}

/// Opens a gate by hand, with who and why; none closes it again.
#[specta::specta]
pub fn waive_gate(app: &AppState, id: Id, waiver: Option<GateWaiver>) -> Answer<()> {
    edit_position(app, id, |row| {
        let Some(waiver) = waiver else {
            *row = row.without_waiver();
            return Ok(format!("Withdraw waiver of {}", row.key));
        };
        if waiver.why.trim().is_empty() {
            return Err(FieldError::new("waived_why", "must say why").into());
        }
        row.waived_on = Some(waiver.on);
        row.waived_by = waiver.by.trim().to_owned();
        row.waived_why = waiver.why.trim().to_owned();
        Ok(format!("Waive gate of {}", row.key))
    })
}

fn edit_position(app: &AppState, id: Id, edit: impl FnOnce(&mut Position) -> Answer<String>) -> Answer<()> {
    app.edit_as(|plan, draft| {
        let row =
            plan.get::<Position>(PositionId::from(id)).ok_or_else(|| AppError::not_found("this position"))?;
        let mut row = row.clone();
        let label = edit(&mut row)?;
        draft.put(row);
        Ok((label, ()))
    })
}

/// An objective to choose from.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ObjectiveRow {
    pub objective: NamedEntity,
    pub condition: String,
}

/// What positions can wait for.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ObjectiveChoices {
    /// By what they ask for.
    pub objectives: Vec<ObjectiveRow>,
    /// There are figures of which more could be asked.
    pub has_figures: bool,
}

/// All objectives of the plan.
#[specta::specta]
pub fn objectives(app: &AppState) -> Answer<ObjectiveChoices> {
    let plan = app.plan()?;
    let row = |row: &Objective| ObjectiveRow {
        objective: NamedEntity::new(&plan, row.id),
        condition: condition(&plan, row.id),
    };
    let mut objectives: Vec<ObjectiveRow> = plan.objectives.iter().map(row).collect();
    objectives.sort_by(|a, b| (&a.condition, &a.objective.key).cmp(&(&b.condition, &b.objective.key)));
    // How many people there are, and what bills say, a plan says itself.
    let has_figures = plan.has_plan_figures() || !plan.observations.is_empty();
    Ok(ObjectiveChoices { objectives, has_figures })
}
