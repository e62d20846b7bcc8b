//! On-call staffing and service load of teams at the end of each month, or on any day, with planned hires.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{PersonId, Plan, Snapshot, TeamId, TeamIx};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{HeadcountLine, Months};
use crate::{
    assumptions::Assumptions,
    on_call::{on_call_policy, on_call_services},
    policy::Policy,
    responders::Responders,
    schedule::{days_after, ramp},
    team_load::{TeamLoad, team_load},
};

/// Service load and on-call staffing of a team at the end of a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MonthStaffing {
    /// Load of its members alone.
    pub load: TeamLoad,
    /// Members, and those in its positions who are not members, planned hires included.
    pub people: u32,
    /// Services whose tier needs an on-call rota.
    pub critical: u32,
    /// Members, counted as by the rule `on-call-understaffed`.
    pub on_call: u32,
    pub is_staffed: bool,
    /// Members, and those in its positions who are not members, once they are productive.
    pub on_call_with_hires: u32,
    pub is_staffed_with_hires: bool,
}

impl MonthStaffing {
    /// Points per person, with those in its positions counted.
    pub fn load_per_person(&self) -> Option<f64> {
        TeamLoad { people: self.people, ..self.load }.per_person()
    }
}

/// Staffing of each team on the last day of each month, with the rota of the plan's policy.
pub fn staffing(
    plan: &Arc<Plan>,
    assumptions: &Assumptions<'_>,
    heads: &[HeadcountLine],
    months: &Months,
) -> FxHashMap<TeamId, Vec<MonthStaffing>> {
    let days: Vec<NaiveDate> = (0..months.len()).map(|at| months.last_day(at)).collect();
    staffing_on(plan, assumptions, heads, &days)
}

/// As [`staffing`], on each of these days.
pub fn staffing_on(
    plan: &Arc<Plan>,
    assumptions: &Assumptions<'_>,
    heads: &[HeadcountLine],
    days: &[NaiveDate],
) -> FxHashMap<TeamId, Vec<MonthStaffing>> {
    let policy = Policy::from_plan(plan);
    let holders: Vec<PositionHolder<'_>> =
        heads.iter().filter_map(|head| PositionHolder::new(plan, assumptions, head)).collect();
    let mut by_team: FxHashMap<TeamId, Vec<&PositionHolder<'_>>> = FxHashMap::default();
    for holder in &holders {
        by_team.entry(holder.team).or_default().push(holder);
    }
    let of_day = |day: &NaiveDate| {
        let snapshot = plan.as_of(*day);
        let responders = Responders::new(&snapshot);
        let of_team = |team: TeamIx| {
            let id = snapshot.team(team).id;
            let holders = by_team.get(&id).map_or(&[][..], Vec::as_slice);
            (id, of_team(&snapshot, &responders, &policy, team, holders))
        };
        (0..snapshot.team_count()).map(of_team).collect::<Vec<_>>()
    };
    let found: Vec<Vec<(TeamId, MonthStaffing)>> = days.par_iter().map(of_day).collect();
    let mut rows: FxHashMap<TeamId, Vec<MonthStaffing>> = FxHashMap::default();
    for (at, teams) in found.into_iter().enumerate() {
        for (team, staffing) in teams {
            rows.entry(team).or_insert_with(|| vec![MonthStaffing::default(); days.len()])[at] = staffing;
        }
    }
    rows
}

/// Somebody in a position, with the day from which they are productive.
struct PositionHolder<'a> {
    head: &'a HeadcountLine,
    team: TeamId,
    location: &'a str,
    productive: Option<NaiveDate>,
}

impl<'a> PositionHolder<'a> {
    fn new(plan: &'a Plan, assumptions: &Assumptions<'_>, head: &'a HeadcountLine) -> Option<Self> {
        let position = plan.positions.get(head.position?).filter(|position| !position.pooled)?;
        let person = head.person.and_then(|person| plan.people.get(person));
        let after_ramp = |from: NaiveDate| days_after(from, ramp(assumptions, head.subject(plan), from));
        let place = person.map(|person| person.location.as_str()).filter(|place| !place.is_empty());
        let location = place.unwrap_or(&position.location);
        Some(Self { head, team: head.team?, location, productive: head.since.map(after_ramp) })
    }
}

fn of_team(
    snapshot: &Snapshot,
    responders: &Responders<'_>,
    policy: &Policy,
    at: TeamIx,
    holders: &[&PositionHolder<'_>],
) -> MonthStaffing {
    let (rota, tier) = on_call_policy(policy);
    let day = snapshot.day();
    let members: &[PersonId] = responders.on(at);
    let is_no_member = |holder: &&&PositionHolder<'_>| {
        holder.head.span().contains(day)
            && !holder.head.person.is_some_and(|person| members.contains(&person))
    };
    let others: Vec<&&PositionHolder<'_>> = holders.iter().filter(is_no_member).collect();
    let ready = others.iter().filter(|holder| holder.productive.is_none_or(|productive| productive <= day));
    let ready: Vec<&str> = ready.map(|holder| holder.location).collect();
    let locations = || {
        let persons = members.iter().filter_map(|person| snapshot.plan().people.get(*person));
        persons.map(|person| person.location.as_str())
    };
    MonthStaffing {
        load: team_load(snapshot, responders, at),
        people: (members.len() + others.len()) as u32,
        critical: on_call_services(snapshot, at, tier).len() as u32,
        on_call: members.len() as u32,
        is_staffed: rota.is_staffed(locations()),
        on_call_with_hires: (members.len() + ready.len()) as u32,
        is_staffed_with_hires: rota.is_staffed(locations().chain(ready.iter().copied())),
    }
}
