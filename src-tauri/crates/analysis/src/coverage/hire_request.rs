//! Requests for hires that close a gap or a finding, and the positions made of them.

use chrono::{Datelike, NaiveDate};
use headroom_model::{
    Change, Draft, EntityRef, Kind, Money, Owner, Plan, Position, PositionId, PositionKeys, ServiceId,
    Status, TeamId, position_keys::NEW_HIRE,
};

use crate::{
    finding::{Finding, Remedy},
    gap::GapKind,
    on_call::by_place,
    schedule::Scheduler,
};

use super::gap_kinds::{GapKindSpec, gap_kind_of_rule, gap_kind_spec};

/// A request for one or more hires for the same purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HireRequest {
    pub team: Option<TeamId>,
    /// The service they are for, if it is a single one.
    pub service: Option<ServiceId>,
    pub reason: &'static str,
    /// Day by which they must be productive: the day on which the gap opens.
    pub need_by: NaiveDate,
    pub location: String,
    pub count: u32,
    pub discipline: String,
    pub level: String,
    /// Pay per year, full time.
    pub pay: Option<Money>,
}

impl HireRequest {
    /// Request for a gap; none if people do not close it. `day` is when the gap opens, or today.
    pub fn for_gap(
        plan: &Plan,
        subject: EntityRef,
        kind: GapKind,
        day: NaiveDate,
        count: u32,
    ) -> Option<Self> {
        Some(Self::for_need(plan, gap_kind_spec(kind)?, subject, day, count))
    }

    /// Request for a finding; none if people do not close it.
    pub fn for_finding(plan: &Plan, finding: &Finding, today: NaiveDate, count: u32) -> Option<Self> {
        let need = gap_kind_of_rule(finding.rule.id)?;
        (finding.subject.kind == need.of || need.of == Kind::Service && finding.subject.kind == Kind::Team)
            .then(|| Self::for_need(plan, need, finding.subject, finding.day.unwrap_or(today), count))
    }

    fn for_need(plan: &Plan, need: &GapKindSpec, subject: EntityRef, day: NaiveDate, count: u32) -> Self {
        let (team, service) = match subject.kind {
            Kind::Team => (Some(TeamId(subject.id)), None),
            _ => (owning_team(plan, subject.id.into(), day), Some(ServiceId(subject.id))),
        };
        let location = team.and_then(|team| usual_location(plan, team, day)).unwrap_or_default();
        Self {
            team,
            service,
            reason: need.reason,
            need_by: day,
            location,
            count: count.clamp(1, 99),
            discipline: String::new(),
            level: String::new(),
            pay: None,
        }
    }
}

/// Team accountable for a service on a day.
fn owning_team(plan: &Plan, service: ServiceId, day: NaiveDate) -> Option<TeamId> {
    use headroom_model::Entity;
    let rows = plan.ownerships.iter().filter(|row| row.service == service && row.is_accountable());
    let teams = rows.filter(|row| row.date_range().contains(day)).filter_map(|row| match row.owner {
        Owner::Team(team) => Some(team),
        Owner::Person(_) => None,
    });
    teams.min_by_key(|team| plan.place_of(*team))
}

/// Location of most members of a team.
fn usual_location(plan: &Plan, team: TeamId, day: NaiveDate) -> Option<String> {
    use headroom_model::Entity;
    let on_team = plan.memberships.iter().filter(|row| row.team == team && row.date_range().contains(day));
    let people = on_team.filter_map(|row| plan.people.get(row.person)).filter(|person| !person.unconfirmed);
    let places = by_place(people.map(|person| person.location.as_str()));
    places.into_iter().map(|(place, _)| place).find(|place| !place.is_empty()).map(str::to_owned)
}

/// Creates the positions of a request: planned, with the reason, needed by the day on which the gap opens. If that is
/// too soon, the planned first day is the earliest possible from today on.
pub fn plan_hires(
    plan: &Plan,
    wanted: &HireRequest,
    title: &str,
    today: NaiveDate,
) -> (Remedy, Vec<PositionId>) {
    let (mut draft, mut keys, mut made) = (Draft::new(plan), PositionKeys::new(&plan.positions), Vec::new());
    let scheduler = Scheduler::new(plan, today);
    for _ in 0..wanted.count {
        let id = draft.new_id::<Position>();
        let position = Position {
            id,
            title: title.trim().to_owned(),
            team: wanted.team,
            service: wanted.service,
            reason: wanted.reason.to_owned(),
            location: wanted.location.clone(),
            discipline: wanted.discipline.trim().to_owned(),
            level: wanted.level.trim().to_owned(),
            pay: wanted.pay,
            need_by: Some(wanted.need_by),
            status: Status::Planned,
            ..Position::default()
        };
        let start = scheduler.of(&position).start;
        let key = keys.next(start.unwrap_or(wanted.need_by).year(), NEW_HIRE);
        draft.put(Position { key, start, ..position });
        made.push(id);
    }
    let subject = wanted.service.map(EntityRef::from).or(wanted.team.map(EntityRef::from));
    let whom = subject.map(|subject| format!(" for {}", plan.name_of(subject))).unwrap_or_default();
    let what = if wanted.count == 1 { "a hire".to_owned() } else { format!("{} hires", wanted.count) };
    let changes: Vec<Change> = draft.finish();
    (Remedy::new(format!("Plan {what}{whom}"), changes), made)
}
