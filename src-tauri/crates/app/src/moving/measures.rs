//! Moves of a whole organisation: teams that become one, a domain that is handed over, hiring that is frozen, put off or
//! held to save cost, a location that is closed.

use chrono::NaiveDate;
use headroom_analysis::{
    assumptions::Assumptions,
    capacity::teams_below,
    hiring::occupancies,
    measures::{
        CutWay, HiringScope, freeze_hiring, hand_over_domain, hold_positions, merge_teams, planned_hires,
        shift_starts,
    },
};
use headroom_model::{
    Draft, EntityRef, GroupingId, Plan, PositionId, Snapshot, Team, TeamId,
    wording::{count_of, date},
};
use serde::Deserialize;

use super::{
    location::{self, LocationClosing},
    subject::refused,
};
use crate::{
    at::At,
    effect::{Effect, effect},
    entities::id::Id,
    error::{Answer, AppError},
    state::{AppState, today},
};

/// A measure, from the day of the point from which it is asked for.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Measure {
    MergeTeams(TeamMerge),
    HandOverDomain(DomainHandover),
    FreezeHiring(HiringFreeze),
    ShiftStarts(StartShift),
    CutCost(HeldPositions),
    CloseLocation(LocationClosing),
}

/// A team joins another one.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TeamMerge {
    pub team: Id,
    pub into: Id,
}

/// All services of a domain are handed over.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DomainHandover {
    pub domain: Id,
    pub to: Id,
}

/// Nobody starts before a day.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HiringFreeze {
    /// With the teams below it; none: everywhere.
    pub team: Option<Id>,
    /// Empty: everywhere.
    pub location: String,
    pub until: NaiveDate,
}

/// Planned starts move by whole weeks.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StartShift {
    pub team: Option<Id>,
    pub location: String,
    /// Earlier if negative.
    pub weeks: i32,
}

/// Nobody is hired for these positions.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HeldPositions {
    pub positions: Vec<Id>,
    /// They are closed for good; otherwise they are put on hold.
    pub is_closed: bool,
}

/// The effect of a measure on its first day, without taking it.
///
/// # Errors
/// As [`take_measure`].
#[specta::specta]
pub fn measure_preview(app: &AppState, measure: Measure, at: At) -> Answer<Effect> {
    let view = app.day(at)?;
    let mut draft = Draft::new(view.snapshot.plan());
    let label = measure.make(&mut draft, &view.snapshot)?;
    effect(app, &view, label, draft.finish())
}

/// Takes a measure, as one undoable step.
///
/// # Errors
/// In words, if something that it names does not exist, or if it changes nothing.
#[specta::specta]
pub fn take_measure(app: &AppState, measure: Measure, at: At) -> Answer<()> {
    let view = app.day(at)?;
    app.edit_as(|_, draft| Ok((measure.make(draft, &view.snapshot)?, ())))
}

impl Measure {
    /// Collects its changes; gives its label.
    fn make(&self, draft: &mut Draft<'_>, snapshot: &Snapshot) -> Answer<String> {
        let (plan, day) = (snapshot.plan(), snapshot.day());
        let label = match self {
            Measure::MergeTeams(merge) => {
                let (team, into) = (team(snapshot, merge.team)?, team(snapshot, merge.into)?);
                if team == into {
                    return Err(refused("a team does not join itself"));
                }
                merge_teams(draft, snapshot, team, into, day);
                format!("Merged {} into {} from {}", name(plan, team), name(plan, into), date(day))
            }
            Measure::HandOverDomain(handover) => {
                let (domain, to) = (GroupingId::from(handover.domain), team(snapshot, handover.to)?);
                let count = hand_over_domain(draft, snapshot, domain, to, day);
                let (domain, services) = (name(plan, domain), count_of(count, "service"));
                format!("Handed {domain} ({services}) over to {} from {}", name(plan, to), date(day))
            }
            Measure::FreezeHiring(freeze) => {
                let scope = scope(plan, freeze.team, &freeze.location);
                let count = freeze_hiring(draft, &scope, today(), freeze.until);
                format!("Froze hiring until {}: {} put off", date(freeze.until), count_of(count, "start"))
            }
            Measure::ShiftStarts(shift) => {
                let scope = scope(plan, shift.team, &shift.location);
                let count = shift_starts(draft, &scope, today(), shift.weeks);
                let weeks = count_of(shift.weeks.unsigned_abs() as usize, "week");
                let way = if shift.weeks < 0 { "earlier" } else { "later" };
                format!("Moved {} by {weeks} {way}", count_of(count, "start"))
            }
            Measure::CutCost(cut) => hold(draft, plan, cut)?,
            Measure::CloseLocation(closing) => location::close(draft, plan, closing)?,
        };
        if draft.is_empty() { Err(refused("this changes nothing")) } else { Ok(label) }
    }
}

/// Nobody is hired for positions for which somebody is sought now; gives the label.
fn hold(draft: &mut Draft<'_>, plan: &Plan, cut: &HeldPositions) -> Answer<String> {
    let occupancies = occupancies(plan, &Assumptions::new(plan));
    let planned = planned_hires(plan, &occupancies);
    let positions: Vec<PositionId> = cut.positions.iter().map(|id| PositionId::from(*id)).collect();
    if let Some(other) = positions.iter().find(|position| !planned.contains(*position)) {
        return Err(refused(format!("nobody is to be hired for {} any more", name(plan, *other))));
    }
    let way = if cut.is_closed { CutWay::Close } else { CutWay::Hold };
    let count = count_of(hold_positions(draft, &occupancies, &positions, way), "position");
    Ok(if cut.is_closed { format!("Closed {count}") } else { format!("Put {count} on hold") })
}

fn name(plan: &Plan, subject: impl Into<EntityRef>) -> String {
    plan.name_of(subject.into())
}

/// A team that exists on the day.
fn team(snapshot: &Snapshot, id: Id) -> Answer<TeamId> {
    let team = TeamId::from(id);
    if snapshot.team_ix(team).is_some() {
        return Ok(team);
    }
    match snapshot.plan().get::<Team>(team) {
        Some(row) => Err(refused(format!("{} does not exist on {}", row.name, date(snapshot.day())))),
        None => Err(AppError::not_found("the team")),
    }
}

fn scope(plan: &Plan, team: Option<Id>, location: &str) -> HiringScope {
    let location = Some(location.trim().to_owned()).filter(|place| !place.is_empty());
    HiringScope { teams: team.map(|team| teams_below(plan, team.into())), location }
}
