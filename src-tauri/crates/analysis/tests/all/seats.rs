//! Coverage of the gaps of the forecast by planned hires.

use std::collections::BTreeSet;

use crate::plans::{day, first, plan};
use chrono::NaiveDate;
use headroom_analysis::{
    assumptions::Assumptions,
    coverage::{CoverageReport, HireRequest, cover_gaps, gap_kind_spec, plan_hires, planned},
    forecast::{ForecastParams, GapKind, forecast},
    on_call::Rota,
    team_load::weight,
};
use headroom_model::{
    Assumption, Draft, EntityRef, Holiday, Membership, Owner, Ownership, Person, Plan, Position, Service,
    ServiceId, Status, Team, TeamId, role,
};
use proptest::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// A position: team, start, last day, location, and the service it is for.
type PositionSpec = (u32, i64, Option<i64>, u8, Option<u32>);

fn with_positions(plan: &Plan, seats: &[PositionSpec]) -> Plan {
    let (mut next, mut draft) = (plan.clone(), Draft::new(plan));
    let ramp = draft.new_id::<Assumption>();
    draft.put(Assumption {
        id: ramp,
        kind: "ramp-time".into(),
        value: "7".parse().unwrap(),
        ..Assumption::default()
    });
    for (at, (team, start, length, place, service)) in seats.iter().enumerate() {
        let id = draft.new_id::<Position>();
        let status = [Status::Planned, Status::Approved, Status::Open][at % 3];
        draft.put(Position {
            id,
            key: format!("HC-{at:02}"),
            team: plan.teams.iter().nth(*team as usize).map(|team| team.id),
            service: service.and_then(|at| plan.services.iter().nth(at as usize)).map(|service| service.id),
            location: ["", "Gdańsk", "Lisbon"][*place as usize].into(),
            start: Some(day(*start)),
            until: length.map(|length| day(start + length)),
            status,
            ..Position::default()
        });
    }
    let changes = draft.finish();
    next.apply(&changes).unwrap();
    next
}

/// The same hires as people of the plan, who are productive on their first day.
fn with_people(plan: &Plan) -> Plan {
    let (mut next, mut draft) = (plan.clone(), Draft::new(plan));
    for hire in planned(plan, &Assumptions::new(plan), &question(plan, 0)) {
        let id = draft.new_id::<Person>();
        let seat = plan.positions.get(hire.position).unwrap();
        draft.put(Person {
            id,
            key: format!("new-{}", seat.key),
            name: seat.key.clone(),
            location: seat.location.clone(),
            from: Some(hire.from),
            until: hire.until,
            ..Person::default()
        });
        let membership = draft.new_id::<Membership>();
        draft.put(Membership {
            id: membership,
            person: id,
            team: hire.team.unwrap(),
            ..Membership::default()
        });
    }
    let changes = draft.finish();
    next.apply(&changes).unwrap();
    next
}

fn question(plan: &Plan, load_limit: u32) -> ForecastParams<'static> {
    let mut question = ForecastParams::new(plan, first(), day(60));
    question.rota = Rota { one_site: 3, each_of_two: 2 };
    question.load_limit = load_limit;
    question
}

/// Days on which each gap that people close is open.
type Days = FxHashMap<(EntityRef, GapKind), BTreeSet<NaiveDate>>;

fn span(from: Option<NaiveDate>, until: Option<NaiveDate>) -> impl Iterator<Item = NaiveDate> {
    let until = until.unwrap_or(day(61));
    from.unwrap_or(first()).iter_days().take_while(move |day| *day < until)
}

fn open_with_positions(report: &CoverageReport) -> Days {
    let mut days = Days::default();
    for coverage in &report.gaps {
        let open = days.entry((coverage.gap.subject, coverage.gap.kind)).or_default();
        let before = open.len();
        coverage.uncovered.iter().for_each(|(from, until)| open.extend(span(Some(*from), *until)));
        assert_eq!(open.len() - before, coverage.uncovered_days as usize);
    }
    days.retain(|_, days| !days.is_empty());
    days
}

fn open_by_forecast(plan: &Plan, question: &ForecastParams<'_>) -> Days {
    let mut days = Days::default();
    for gap in forecast(plan, question).iter().filter(|gap| gap_kind_spec(gap.kind).is_some()) {
        days.entry((gap.subject, gap.kind)).or_default().extend(span(gap.opens, gap.closes));
    }
    days
}

fn seats() -> impl Strategy<Value = Vec<PositionSpec>> {
    prop::collection::vec(
        (0..4u32, -20i64..60, prop::option::weighted(0.2, 0i64..50), 0..3u8, Just(None)),
        0..7,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Below the load limit, a planned hire is somebody on the team from the productive day on.
    #[test]
    fn planned_hires_cover_like_people(plan in plan(), seats in seats()) {
        let plan = with_positions(&plan, &seats);
        let question = question(&plan, 100_000);
        let report = cover_gaps(&plan, &question);
        let people = with_people(&plan);
        prop_assert_eq!(open_with_positions(&report), open_by_forecast(&people, &question));
        let with_hires = question.clone().with(&report.hires);
        prop_assert_eq!(open_by_forecast(&plan, &with_hires), open_by_forecast(&people, &question));
        prop_assert_eq!(cover_gaps(&plan, &with_hires), report, "the same each time, whatever hires were asked with");
    }

    /// No hire exceeds the load limit, and what is closed is closed by somebody who is there.
    #[test]
    fn coverage_respects_load_limit(plan in plan(), seats in seats(), limit in 5u32..60) {
        let plan = with_positions(&plan, &seats);
        let question = question(&plan, limit);
        let report = cover_gaps(&plan, &question);
        for hire in &report.hires {
            let services = hire.of_team.as_ref().unwrap();
            let load: u32 = services.iter().map(|id| weight(plan.services.get(*id).unwrap()) * 10).sum();
            prop_assert!(services.len() <= 1 || load <= limit);
        }
        let people = open_by_forecast(&with_people(&plan), &question);
        let open = open_with_positions(&report);
        for (key, days) in &people {
            let left = open.get(key).cloned().unwrap_or_default();
            // Less room leaves more open; gaps of a team count everybody who joins.
            if key.0.kind == headroom_model::Kind::Team {
                prop_assert_eq!(&left, days);
            } else if key.1 == GapKind::Nobody {
                prop_assert!(left.is_superset(days));
            }
        }
        for coverage in &report.gaps {
            prop_assert!(coverage.closed_from.is_none() || !coverage.seats.is_empty());
            prop_assert!(coverage.closed_from.is_some() || coverage.missing > 0);
            let ends = coverage.uncovered.last().and_then(|(_, until)| *until);
            prop_assert!(coverage.closed_from.is_none() || ends.is_none() || ends == coverage.closed_from);
        }
        let busy = report.gaps.iter().flat_map(|coverage| &coverage.seats);
        let busy: FxHashSet<_> = busy.map(|help| help.position).collect();
        prop_assert!(report.idle.iter().all(|help| !busy.contains(&help.position)));
        let all: FxHashSet<_> = report.hires.iter().map(|hire| hire.position).collect();
        prop_assert_eq!(all.len(), busy.len() + report.idle.len());
    }
}

/// A team with people, and services of these tiers that it owns.
fn team(people: &[(&str, Option<&str>)], tiers: &[u8]) -> (Plan, TeamId, Vec<ServiceId>) {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    let team = draft.new_id::<Team>();
    draft.put(Team { id: team, key: "cash".into(), name: "Cash".into(), ..Team::default() });
    for (name, until) in people {
        let person = draft.new_id::<Person>();
        let until = until.map(|day| day.parse().unwrap());
        draft.put(Person {
            id: person,
            key: (*name).into(),
            name: (*name).into(),
            until,
            ..Person::default()
        });
        let id = draft.new_id::<Membership>();
        draft.put(Membership { id, person, team, ..Membership::default() });
    }
    let mut services = Vec::new();
    for (at, tier) in tiers.iter().enumerate() {
        let service = draft.new_id::<Service>();
        let name = format!("s{at}");
        draft.put(Service { id: service, key: name.clone(), name, tier: Some(*tier), ..Service::default() });
        let id = draft.new_id::<Ownership>();
        let owner = Owner::Team(team);
        draft.put(Ownership { id, service, owner, role: role::OWNER.into(), ..Ownership::default() });
        services.push(service);
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    (plan, team, services)
}

fn seat(plan: &mut Plan, key: &str, change: impl FnOnce(&mut Position)) {
    let mut draft = Draft::new(plan);
    let id = draft.new_id::<Position>();
    let mut position = Position { id, key: key.into(), ..Position::default() };
    change(&mut position);
    draft.put(position);
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
}

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn year(plan: &Plan) -> ForecastParams<'static> {
    ForecastParams::new(plan, on("2027-01-01"), on("2027-12-31"))
}

#[test]
fn two_hires_cover_two_of_three_gaps() {
    let (mut plan, team, _) = team(&[("ada", None)], &[1, 1, 1]);
    for key in ["HC-1", "HC-2"] {
        seat(&mut plan, key, |seat| (seat.team, seat.start) = (Some(team), Some(on("2027-01-01"))));
    }
    let report = cover_gaps(&plan, &year(&plan));
    let of_services: Vec<_> =
        report.gaps.iter().filter(|coverage| coverage.gap.kind == GapKind::OnePerson).collect();
    let left: Vec<_> = of_services.iter().filter(|coverage| coverage.closed_from.is_none()).collect();
    assert_eq!((of_services.len(), left.len(), left[0].missing), (3, 1, 1));
    // Productive 120 days after the first day.
    let closed: Vec<_> = of_services.iter().filter_map(|coverage| coverage.closed_from).collect();
    assert_eq!(closed, [on("2027-05-01"); 2]);
    assert!(report.idle.is_empty());
}

#[test]
fn gap_stays_uncovered_until_hire_is_productive() {
    let leaves = Some("2027-04-30");
    let people: Vec<(String, Option<&str>)> =
        (0..9).map(|at| (format!("p{at}"), leaves.filter(|_| at < 2))).collect();
    let people: Vec<(&str, Option<&str>)> =
        people.iter().map(|(name, until)| (name.as_str(), *until)).collect();
    let (mut plan, team, _) = team(&people, &[1]);
    seat(&mut plan, "HC-1", |seat| (seat.team, seat.need_by) = (Some(team), Some(on("2027-07-01"))));
    let report = cover_gaps(&plan, &year(&plan));
    let coverage = report.gaps.iter().find(|coverage| coverage.gap.kind == GapKind::OnCall).unwrap();
    assert_eq!(
        (coverage.gap.opens, coverage.gap.closes, coverage.gap.lack),
        (Some(on("2027-05-01")), None, 1)
    );
    assert_eq!(coverage.uncovered, [(on("2027-05-01"), Some(on("2027-07-01")))]);
    assert_eq!(
        (coverage.uncovered_days, coverage.closed_from, coverage.missing),
        (61, Some(on("2027-07-01")), 0)
    );

    // From a later day it is closed since the same one.
    let later = ForecastParams { from: on("2027-08-15"), ..year(&plan) };
    let report = cover_gaps(&plan, &later);
    let coverage = report.gaps.iter().find(|coverage| coverage.gap.kind == GapKind::OnCall).unwrap();
    assert_eq!((coverage.gap.opens, coverage.closed_from), (None, Some(on("2027-07-01"))));
    assert_eq!((coverage.uncovered_days, coverage.missing), (0, 0));
}

#[test]
fn missed_start_is_postponed() {
    let (mut plan, team, _) = team(&[("ada", None)], &[4]);
    seat(&mut plan, "HC-1", |seat| (seat.team, seat.start) = (Some(team), Some(on("2026-12-01"))));
    let closed = |question: &ForecastParams<'_>| {
        let gaps = cover_gaps(&plan, question).gaps;
        gaps.iter().find(|coverage| coverage.gap.kind == GapKind::OnePerson).unwrap().closed_from
    };
    assert_eq!(closed(&year(&plan)), Some(on("2027-03-31")));
    // 14 days to approve, 58 to fill, 30 of notice from Friday, 1 January on, and 120 to be productive.
    assert_eq!(closed(&year(&plan).asked_on(on("2027-01-01"))), Some(on("2027-08-11")));
}

#[test]
fn plan_hires_covers_gap_as_soon_as_possible() {
    let (mut plan, _, services) = team(&[("ada", None)], &[1]);
    let today = on("2027-01-01");
    let question = year(&plan).asked_on(today);
    let gaps = cover_gaps(&plan, &question).gaps;
    let open = gaps.iter().find(|coverage| coverage.gap.kind == GapKind::OnePerson).unwrap();
    let wanted = HireRequest::for_gap(&plan, services[0].into(), open.gap.kind, today, open.missing).unwrap();
    let (remedy, made) = plan_hires(&plan, &wanted, "Engineer", today);
    assert_eq!(remedy.label, "Plan a hire for s0");
    plan.apply(&remedy.changes).unwrap();
    let seat = plan.positions.get(made[0]).unwrap();
    assert_eq!((seat.key.as_str(), seat.reason.as_str()), ("HC2027-NH-001", "ownership gap"));
    assert_eq!((seat.need_by, seat.start), (Some(today), Some(on("2027-04-13"))));
    let gaps = cover_gaps(&plan, &question).gaps;
    let closed = gaps.iter().find(|coverage| coverage.gap.kind == GapKind::OnePerson).unwrap();
    assert_eq!((closed.closed_from, closed.missing), (Some(on("2027-08-11")), 0));
}

#[test]
fn hire_counts_only_for_its_team_and_service() {
    let (mut plan, team, services) = team(&[("ada", None)], &[3, 3]);
    let mut draft = Draft::new(&plan);
    let other = draft.new_id::<Team>();
    draft.put(Team { id: other, key: "goods".into(), name: "Goods".into(), ..Team::default() });
    let holiday = draft.new_id::<Holiday>();
    draft.put(Holiday { id: holiday, day: on("2027-01-01"), ..Holiday::default() });
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    let start = Some(on("2027-01-01"));
    seat(&mut plan, "HC-1", |seat| (seat.team, seat.start) = (Some(other), start));
    seat(&mut plan, "HC-2", |seat| {
        (seat.team, seat.start, seat.service) = (Some(other), start, Some(services[1]));
    });
    seat(&mut plan, "HC-3", |seat| {
        (seat.team, seat.start, seat.status) = (Some(team), start, Status::Frozen);
    });
    let report = cover_gaps(&plan, &year(&plan));
    let key = |position| plan.positions.get(position).unwrap().key.as_str();
    let of = |service: ServiceId| {
        let is_it =
            |coverage: &&headroom_analysis::coverage::GapCoverage| coverage.gap.subject == service.into();
        report.gaps.iter().find(is_it).unwrap()
    };
    assert_eq!((of(services[0]).closed_from, of(services[0]).seats.len()), (None, 0));
    assert_eq!(of(services[1]).closed_from, Some(on("2027-05-01")));
    assert_eq!(key(of(services[1]).seats[0].position), "HC-2");
    assert_eq!(report.idle.iter().map(|help| key(help.position)).collect::<Vec<_>>(), ["HC-1"]);
    let of_team = report.gaps.iter().find(|coverage| coverage.gap.kind == GapKind::TeamOnePerson).unwrap();
    assert_eq!((of_team.closed_from, of_team.missing), (None, 1));
}

#[test]
fn full_hire_makes_room_by_moving_service() {
    // HC-1 can take either service, HC-2 only the one it is for.
    let (mut plan, team, services) = team(&[("ada", None)], &[1, 1]);
    let start = Some(on("2027-01-01"));
    seat(&mut plan, "HC-1", |seat| (seat.team, seat.start) = (Some(team), start));
    seat(&mut plan, "HC-2", |seat| (seat.service, seat.start) = (Some(services[0]), Some(on("2027-02-01"))));
    let report = cover_gaps(&plan, &year(&plan));
    let one_person = report.gaps.iter().filter(|coverage| coverage.gap.kind == GapKind::OnePerson);
    assert!(one_person.clone().all(|coverage| coverage.closed_from.is_some()), "{report:?}");
    assert_eq!(one_person.count(), 2);
}

#[test]
fn first_hire_of_empty_team_opens_one_person_gap() {
    let (mut plan, team, services) = team(&[], &[4]);
    seat(&mut plan, "HC-1", |seat| (seat.team, seat.start) = (Some(team), Some(on("2027-01-01"))));
    let coverage = cover_gaps(&plan, &year(&plan)).gaps;
    let of = |kind| coverage.iter().find(|coverage| coverage.gap.kind == kind).unwrap();
    assert_eq!(of(GapKind::TeamEmpty).closed_from, Some(on("2027-05-01")));
    let one = of(GapKind::OnePerson);
    assert!(one.is_of_positions && one.gap.subject == services[0].into() && one.missing == 1);
    assert_eq!((one.gap.opens, one.closed_from), (Some(on("2027-05-01")), None));
}
