//! What happens to a position after a departure: decided with its cost and its effect on on-call first.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use headroom_analysis::{
    EditOutcome, Policy,
    coverage::{CoverageReport, GapCoverage},
    forecast::GapKind,
    on_call::{on_call_policy, on_call_services},
};
use headroom_model::{Draft, EntityRef, FieldError, Plan, Position, PositionId, TeamId, vacancy};
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    hiring::{
        gaps::{CoverageDesk, GapCoverageRow, differences},
        hire::meeting,
        hire_cost::{PositionsCost, cost_of},
        timeline::{HireBar, Timeline},
    },
    state::{AppState, asked_on, today},
};

#[derive(Debug, Clone, Copy, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum BackfillChoice {
    Backfill,
    Close,
    Hold,
}

impl From<BackfillChoice> for vacancy::VacancyDecision {
    fn from(choice: BackfillChoice) -> Self {
        match choice {
            BackfillChoice::Backfill => Self::Backfill,
            BackfillChoice::Close => Self::Close,
            BackfillChoice::Hold => Self::Hold,
        }
    }
}

/// What a decision about a position would come to.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct VacancyPreview {
    /// The backfill with its schedule, if there is to be one.
    pub hire: Option<HireBar>,
    /// Of the backfill, or of the position as it would be.
    pub cost: PositionsCost,
    pub on_call: Option<OnCallOutlook>,
    /// Gaps that differ from those of the plan as it is, without that of on-call.
    pub gaps: Vec<GapCoverageRow>,
    pub gap_count: u32,
}

/// On-call of a team after somebody has left.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OnCallOutlook {
    pub team: NamedEntity,
    /// Whether it owns anything that needs on-call.
    pub is_required: bool,
    /// The gap there is, or comes; none if on-call holds.
    pub gap: Option<GapCoverageRow>,
    /// How many more people are needed as the plan is, without the decision.
    pub missing_before: u32,
}

const SHOWN: usize = 20;

/// What the decision would cost, and which gaps it leaves from the day after `last` on.
#[specta::specta]
pub fn backfill_preview(
    app: &AppState,
    id: Id,
    decision: BackfillChoice,
    last: NaiveDate,
    at: At,
) -> Answer<VacancyPreview> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let position = plan.positions.get(id.into()).ok_or_else(|| AppError::not_found("this position"))?;
    let from = last.checked_add_days(Days::new(1)).unwrap_or(last).max(view.snapshot.day());
    let mut draft = Draft::new(plan);
    let made = vacancy::resolve_vacancy(&mut draft, position, last, decision.into());
    let EditOutcome { plan: then, .. } = EditOutcome::of(plan, draft.finish(), today())?;
    // What is missing already is not told as if it came with the departure.
    let day = view.snapshot.day();
    let (before, after) = (meeting(plan, day), meeting(&then, day));
    let on_call = position.team.and_then(|team| OnCallGap::of(&after, team));
    let changed = differences(&before, &after);
    let changed: Vec<_> = changed.into_iter().filter(|met| !on_call.is_some_and(|it| it.is(met))).collect();
    let desk = CoverageDesk::new(&then, asked_on(day));
    Ok(VacancyPreview {
        hire: made
            .and_then(|made| then.positions.get(made))
            .map(|position| Timeline::new(&then).bar(position)),
        cost: cost_of(app, &then, &[made.unwrap_or(position.id)], from),
        on_call: position.team.map(|team| OnCallOutlook {
            team: NamedEntity::new(plan, team),
            is_required: needs_rota(plan, &view.policy, team, from),
            gap: on_call.map(|OnCallGap(met)| desk.row(met)),
            missing_before: OnCallGap::of(&before, team).map_or(0, |OnCallGap(met)| met.missing),
        }),
        gaps: changed.iter().take(SHOWN).map(|met| desk.row(met)).collect(),
        gap_count: changed.len() as u32,
    })
}

/// The gap in the on-call of one team that is open first.
#[derive(Clone, Copy)]
struct OnCallGap<'a>(&'a GapCoverage);

impl<'a> OnCallGap<'a> {
    fn of(report: &'a CoverageReport, team: TeamId) -> Option<Self> {
        let is_it =
            |met: &&GapCoverage| met.gap.kind == GapKind::OnCall && met.gap.subject == EntityRef::from(team);
        report.gaps.iter().filter(is_it).min_by_key(|met| met.gap.opens).map(Self)
    }

    fn is(self, met: &GapCoverage) -> bool {
        std::ptr::eq(self.0, met)
    }
}

/// Whether the team is accountable for a service that needs on-call on that day.
fn needs_rota(plan: &Arc<Plan>, policy: &Policy, team: TeamId, day: NaiveDate) -> bool {
    let snapshot = plan.as_of(day);
    let (_, tier) = on_call_policy(policy);
    snapshot.team_ix(team).is_some_and(|at| !on_call_services(&snapshot, at, tier).is_empty())
}

/// Applies the decision about a position whose occupant leaves after `last`; answers with the position to show next:
/// the backfill, or the same one.
#[specta::specta]
pub fn decide_backfill(
    app: &AppState,
    id: Id,
    decision: BackfillChoice,
    last: NaiveDate,
) -> Answer<NamedEntity> {
    let key = |plan: &Plan| plan.key_of(PositionId::from(id).into()).to_owned();
    let label = |plan: &Plan| match decision {
        BackfillChoice::Backfill => format!("Plan backfill for {}", key(plan)),
        BackfillChoice::Close => format!("Close {} after departure", key(plan)),
        BackfillChoice::Hold => format!("Put {} on hold", key(plan)),
    };
    let next = app.edit(label, |draft| {
        let seat = draft.get::<Position>(id.into()).cloned();
        let seat = seat.ok_or_else(|| FieldError::new("position", "is no longer in the plan"))?;
        Ok(vacancy::resolve_vacancy(draft, &seat, last, decision.into()).unwrap_or(seat.id))
    })?;
    Ok(NamedEntity::new(&*app.plan()?, next))
}
