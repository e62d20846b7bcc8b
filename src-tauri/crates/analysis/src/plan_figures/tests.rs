use std::sync::Arc;

use headroom_model::{
    Assignment, Decimal6, Dependency, Draft, Interaction, Membership, Owner, Ownership, Person, PersonId,
    Plan, Position, PositionId, Service, ServiceId, Team, TeamId, mode, role,
};

use super::*;
use crate::{coverage::cover_gaps, forecast::ForecastParams, hiring::occupancies};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const PAYMENTS: TeamId = TeamId(1);
const SEARCH: TeamId = TeamId(2);
const TILL: TeamId = TeamId(3);
const ANN: PersonId = PersonId(10);
const BOB: PersonId = PersonId(11);
const DEE: PersonId = PersonId(13);

fn put_position(draft: &mut Draft<'_>, nth: u64, person: Option<PersonId>, manager: Option<u64>) {
    let id = PositionId(100 + nth);
    let manager = manager.map(|nth| PositionId(100 + nth));
    let start = person.is_none().then(|| day("2027-03-01"));
    let fte = if person.is_some() { Decimal6::ONE } else { Decimal6::from_millionths(500_000) };
    let (key, team) = (format!("HC-{nth}"), Some(PAYMENTS));
    draft.put(Position { id, key, team, manager, start, fte, ..Position::default() });
    if let Some(person) = person {
        let row = draft.new_id::<Assignment>();
        draft.put(Assignment { id: row, position: id, person, ..Assignment::default() });
    }
}

/// Payments: Ann leads Bob and Cy, and a half-time hire is planned for March under Bob; Dee has no position. Search: Eve
/// and Fay. Till: Gus, who leaves at the end of February. Each team owns one service; pay and search depend on each
/// other, till on pay, and only Till and Payments have declared how they interact.
fn shop(alter: impl FnOnce(&mut Draft<'_>)) -> Arc<Plan> {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    for (id, key) in [(PAYMENTS, "payments"), (SEARCH, "search"), (TILL, "till")] {
        draft.put(Team { id, key: key.into(), name: key.into(), ..Team::default() });
    }
    let members = [
        ("ann", PAYMENTS),
        ("bob", PAYMENTS),
        ("cy", PAYMENTS),
        ("dee", PAYMENTS),
        ("eve", SEARCH),
        ("fay", SEARCH),
        ("gus", TILL),
    ];
    for (at, (key, team)) in members.into_iter().enumerate() {
        let id = PersonId(10 + at as u64);
        let until = (key == "gus").then(|| day("2027-02-28"));
        draft.put(Person { id, key: key.into(), name: key.into(), until, ..Person::default() });
        let row = draft.new_id::<Membership>();
        let role = if key == "ann" { "lead".to_owned() } else { "member".to_owned() };
        draft.put(Membership { id: row, person: id, team, role, ..Membership::default() });
    }
    put_position(&mut draft, 1, Some(ANN), None);
    put_position(&mut draft, 2, Some(BOB), Some(1));
    put_position(&mut draft, 3, Some(PersonId(12)), Some(1));
    put_position(&mut draft, 4, None, Some(2));
    for (nth, (key, team)) in [("pay", PAYMENTS), ("search", SEARCH), ("till", TILL)].into_iter().enumerate()
    {
        let id = ServiceId(1 + nth as u64);
        let tier = (key == "pay").then_some(1);
        draft.put(Service { id, key: key.into(), name: key.into(), tier, ..Service::default() });
        let row = draft.new_id::<Ownership>();
        let (owner, role) = (Owner::Team(team), role::OWNER.to_owned());
        draft.put(Ownership { id: row, service: id, owner, role, ..Ownership::default() });
    }
    for (from, to) in [(1, 2), (2, 1), (3, 1)] {
        let id = draft.new_id::<Dependency>();
        let (service, depends_on) = (ServiceId(from), ServiceId(to));
        draft.put(Dependency { id, service, depends_on, ..Dependency::default() });
    }
    let id = draft.new_id::<Interaction>();
    let mode = mode::AS_A_SERVICE.to_owned();
    draft.put(Interaction { id, team: PAYMENTS, with: TILL, mode, ..Interaction::default() });
    alter(&mut draft);
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    Arc::new(plan)
}

fn first_quarter(planned_hires: bool) -> Period {
    let (from, until) = (day("2027-01-01"), day("2027-03-31"));
    Period { from, until, planned_hires, asked_on: day("2026-12-01") }
}

fn figures(plan: &Arc<Plan>, on: &str, period: Period) -> PlanFigures {
    let view = DayView::asked_on(plan, day(on), day("2026-12-01"), None);
    PlanFigures::new(&view, &occupancies(plan, &Assumptions::new(plan)), period)
}

#[test]
fn people_and_positions_of_a_day() {
    let plan = shop(|_| ());
    let headcount = |on: &str, planned| figures(&plan, on, first_quarter(planned)).day.headcount;
    let january = Headcount { people: 7.0, planned: 0.0, fte: 7.0, filled: 3, open: 1 };
    assert_eq!(headcount("2027-01-15", true), january);
    // Gus has left, and the hire is planned to be there.
    let march = Headcount { people: 7.0, planned: 1.0, fte: 6.5, filled: 3, open: 1 };
    assert_eq!(headcount("2027-03-31", true), march);
    assert_eq!(headcount("2027-03-31", false), Headcount { people: 6.0, planned: 0.0, fte: 6.0, ..march });
}

#[test]
fn boundaries_of_teams() {
    let coupling = figures(&shop(|_| ()), "2027-01-15", first_quarter(true)).day.coupling;
    let expected = Coupling { dependencies: 3, cycles: 1, cycles_across: 1, needed: 3, declared: 1 };
    assert_eq!(coupling, expected);
    assert_eq!(coupling.congruence(), Some(1.0 / 3.0));
    // One team that owns all needs nothing of another.
    let plan = shop(|draft| {
        draft.alter(|row: &Ownership| Some(Ownership { owner: Owner::Team(PAYMENTS), ..row.clone() }));
    });
    let coupling = figures(&plan, "2027-01-15", first_quarter(true)).day.coupling;
    assert_eq!(coupling, Coupling { cycles: 1, ..Coupling::default() });
    assert_eq!(coupling.congruence(), None);
}

#[test]
fn sizes_spans_and_layers() {
    let structure = figures(&shop(|_| ()), "2027-01-15", first_quarter(true)).day.structure;
    // Ann has two reports, Bob the one to come; of four positions one is at the top.
    let expected =
        Structure { teams: 3, median_size: 2.0, largest: 4, average_span: 1.5, widest_span: 2, layers: 3 };
    assert_eq!(structure, expected);
}

#[test]
fn gaps_and_on_call() {
    let plan = shop(|_| ());
    let found = figures(&plan, "2027-01-15", first_quarter(true));
    // Till depends on Gus, as a service and as a team; Till and Search are small; Payments cannot staff its rota.
    assert_eq!(found.day.gaps, 5);
    assert_eq!(found.day.on_call, OnCall { teams: 1, staffed: 0 });
    // Gus is there on the last of February. From March on nobody is: the service and the team lack people, and an empty team is not a small one.
    let by_month: Vec<u32> = found.months.iter().map(|month| month.gaps).collect();
    assert_eq!(by_month, [5, 5, 4]);
    assert_eq!(found.uncovered_days, 59 + 31 + 59 + 31 + 59 + 90 + 90);
    let period = first_quarter(true);
    let params = ForecastParams::new(&plan, period.from, period.until).asked_on(period.asked_on);
    let covered = cover_gaps(&plan, &params);
    assert_eq!(covered.gaps.iter().map(|gap| gap.uncovered_days).sum::<u32>(), found.uncovered_days);
}

#[test]
fn months_have_people_and_capacity() {
    let found = figures(&shop(|_| ()), "2027-01-15", first_quarter(true));
    let people: Vec<f64> = found.months.iter().map(|month| month.people).collect();
    assert_eq!(people, [7.0, 7.0, 7.0]);
    let fte: Vec<f64> = found.months.iter().map(|month| month.fte).collect();
    assert_eq!(fte, [7.0, 7.0, 6.5]);
    // People who have been there for long are at full output.
    assert_eq!(found.months[1].on_call, OnCall { teams: 1, staffed: 0 });
    assert!(found.months[2].capacity < 6.5, "a hire learns: {:?}", found.months);
}

#[test]
fn moves_are_against_the_other_plan() {
    let plan = shop(|_| ());
    let on = |plan: &Arc<Plan>| plan.as_of(day("2027-01-15"));
    assert_eq!(moves(&on(&plan), &on(&plan)), PlanMoves::default());
    let other = shop(|draft| {
        let row = draft.iter::<Membership>().find(|row| row.person == DEE).cloned().unwrap();
        draft.put(Membership { team: SEARCH, ..row });
        let row = draft.iter::<Assignment>().find(|row| row.person == ANN).cloned().unwrap();
        draft.put(Assignment { until: Some(day("2027-01-01")), ..row });
        let row = draft.iter::<Ownership>().find(|row| row.service == ServiceId(3)).cloned().unwrap();
        draft.put(Ownership { owner: Owner::Team(SEARCH), ..row });
    });
    let found = moves(&on(&other), &on(&plan));
    assert_eq!(found.teams, [DEE]);
    // Ann's position is empty, but she leads the team; Search has no lead for Dee.
    assert_eq!(found.managers, [DEE]);
    assert_eq!(found.owners, [ServiceId(3)]);
    let other = shop(|draft| {
        let row = draft.iter::<Position>().find(|row| row.key == "HC-3").cloned().unwrap();
        draft.put(Position { manager: Some(PositionId(102)), ..row });
    });
    assert_eq!(moves(&on(&other), &on(&plan)).managers, [PersonId(12)]);
}
