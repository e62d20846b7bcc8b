//! Helpers of the rules about planned hires.

use headroom_model::{Draft, Plan, Position, PositionId, TeamId};
use rustc_hash::FxHashMap;

use super::leaving;
use crate::{
    check::RuleContext,
    context::Context,
    finding::{Evidence, Finding, Remedy},
    hiring::{Occupancy, PositionCalendar},
    schedule::{Scheduler, days_after},
};

/// A position with a planned hire.
pub struct ComingHire<'a> {
    pub position: &'a Position,
    pub start: Option<chrono::NaiveDate>,
    /// The need-by date, if it applies to the next occupant.
    pub need_by: Option<chrono::NaiveDate>,
}

/// The planned hires on the day, in order of start: positions that are wanted, have not ended and have no occupant. A
/// position whose occupant leaves later is included only if a successor is planned, which is the backfill decision.
pub fn coming_hires<'a>(check: &RuleContext<'a>) -> Vec<ComingHire<'a>> {
    let (plan, day) = (check.context.snapshot.plan(), check.context.snapshot.day());
    let is_wanted = |position: &&Position| {
        position.status.is_wanted() && !position.pooled && position.until.is_none_or(|until| until >= day)
    };
    let wanted: Vec<&Position> = plan.positions.iter().filter(is_wanted).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let occupancies = check.shared.occupancies(plan);
    let lasts = last_days(occupancies);
    let planned = occupancies.iter().filter(|occupancy| occupancy.is_planned(plan));
    let starts: FxHashMap<PositionId, Option<chrono::NaiveDate>> =
        planned.map(|occupancy| (occupancy.position, occupancy.from)).collect();
    let mut coming: Vec<ComingHire<'_>> = Vec::new();
    for position in wanted {
        let last = match lasts.get(&position.id) {
            // Occupied without an end.
            Some(None) => continue,
            last => last.copied().flatten(),
        };
        let start = starts.get(&position.id).copied().flatten();
        let need_by = PositionCalendar::of(position, last).need_by;
        if start.is_some() || last.is_none_or(|last| last < day) {
            coming.push(ComingHire { position, start, need_by });
        }
    }
    // On the same day: by priority, then by how far recruiting has come.
    coming.sort_by_key(|one| {
        let wanted = (one.position.priority.unwrap_or(u8::MAX), std::cmp::Reverse(one.position.status));
        (one.start.is_none(), one.start, wanted, plan.place_of(one.position.id))
    });
    coming
}

/// The last day of the last occupant of each position; none if someone is in it without a last day. Positions that
/// nobody was ever in are left out.
pub fn last_days(occupancies: &[Occupancy]) -> FxHashMap<PositionId, Option<chrono::NaiveDate>> {
    let mut lasts: FxHashMap<PositionId, Option<chrono::NaiveDate>> = FxHashMap::default();
    for occupancy in occupancies.iter().filter(|occupancy| occupancy.person.is_some()) {
        let last = lasts.entry(occupancy.position).or_insert(occupancy.until);
        *last = last.zip(occupancy.until).map(|(one, other)| one.max(other));
    }
    lasts
}

/// For each planned hire, the number of others on the team once they start: today's members, earlier hires and others
/// who start on the same day.
pub fn sizes(check: &RuleContext<'_>, coming: &[ComingHire<'_>]) -> Vec<usize> {
    let snapshot = check.context.snapshot;
    let mut come: FxHashMap<TeamId, usize> = FxHashMap::default();
    let mut sizes = Vec::with_capacity(coming.len());
    for of_day in coming.chunk_by(|a, b| a.start == b.start) {
        of_day
            .iter()
            .filter_map(|one| one.position.team)
            .for_each(|team| *come.entry(team).or_default() += 1);
        let size = |team: TeamId| {
            let there = snapshot.team_ix(team).map_or(0, |at| check.responders.on(at).len());
            there + come.get(&team).copied().unwrap_or_default() - 1
        };
        sizes.extend(of_day.iter().map(|one| one.position.team.map_or(0, size)));
    }
    sizes
}

/// The last day of the rule's look-ahead.
pub fn last_day(check: &RuleContext<'_>) -> chrono::NaiveDate {
    days_after(check.context.snapshot.day(), check.threshold(leaving::DAYS.name).into())
}

/// The last day on which a position is to be opened, if somebody is needed by a day.
pub fn to_be_open_by(scheduler: &Scheduler<'_>, position: &Position) -> Option<Evidence> {
    let latest = scheduler.of(position).reckoned?;
    Some(Evidence::words("To be open by", date(latest.open).to_string()))
}

/// A remedy that changes one position.
pub fn remedy(plan: &Plan, label: String, position: Position) -> Remedy {
    let mut draft = Draft::new(plan);
    draft.put(position);
    Remedy::new(label, draft.finish())
}

/// The position that a finding is about.
pub fn position_of<'a>(context: &Context<'a>, finding: &Finding) -> Option<&'a Position> {
    context.snapshot.plan().positions.get(finding.subject.id.into())
}

/// Remedies that close the position or put it on hold.
pub fn close_or_hold(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let Some(position) = position_of(context, finding) else { return Vec::new() };
    let to = |label: &str, status| {
        let changed = Position { status, ..position.clone() };
        remedy(context.snapshot.plan(), label.to_owned(), changed)
    };
    vec![
        to("Close position", headroom_model::Status::Closed),
        to("Put on hold", headroom_model::Status::Frozen),
    ]
}

pub fn date(day: chrono::NaiveDate) -> impl std::fmt::Display {
    headroom_model::wording::date(day)
}
