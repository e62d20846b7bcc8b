//! What the plan says itself, against what snapshots, the capacity and the budget of each month say.

use std::sync::Arc;

use chrono::{Datelike, Months as Later, NaiveDate};
use headroom_model::{Kind, Metric, PersonId, Plan, PlanMetric, Team, TeamId};
use headroom_tests::rows;
use proptest::prelude::*;
use rustc_hash::FxHashSet;
use serde_json::json;

use super::*;
use crate::{
    capacity::{Capacity, Months},
    cost::{Costs, MonthTable},
    gates::{GateState, gate_of},
    metrics::{SeriesScope, approximate, metric_series, series_of_metric},
    on_call::{on_call_policy, on_call_services},
    policy::Policy,
    responders::Responders,
};

const MONTHS: u32 = 18;

fn first_of(month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().checked_add_months(Later::new(month)).unwrap()
}

fn last_of(month: u32) -> NaiveDate {
    first_of(month + 1).pred_opt().unwrap()
}

/// Somebody on a team, from the first day of a month to the last day of another.
#[derive(Debug, Clone)]
struct Somebody {
    team: usize,
    from: Option<u32>,
    until: Option<u32>,
    in_position: bool,
    place: usize,
    pay: u32,
}

fn somebody(always_in_position: bool) -> impl Strategy<Value = Somebody> {
    let in_position = if always_in_position { Just(true).boxed() } else { any::<bool>().boxed() };
    let days = (prop::option::of(0..MONTHS), prop::option::of(0..MONTHS));
    (0..4_usize, days, in_position, 0..3_usize, 30_000..120_000_u32).prop_map(
        |(team, (from, until), in_position, place, pay)| {
            // The last month is not before the first.
            let until = until.map(|until| until.max(from.unwrap_or(0)));
            Somebody { team, from, until, in_position, place, pay }
        },
    )
}

/// Four teams, of which the first has the second below it, and that one the third. The second and the last have a critical
/// service, the last one from the tenth month on.
fn plan_of(people: &[Somebody], planned: &[(usize, u32)]) -> Plan {
    let mut plan = Plan::default();
    rows::add(&mut plan, Kind::Setting, json!({"key": "rule.on-call-understaffed.one-site", "value": "3"}));
    rows::add(
        &mut plan,
        Kind::Setting,
        json!({"key": "rule.on-call-understaffed.each-of-two", "value": "2"}),
    );
    let mut teams: Vec<u64> = Vec::new();
    for at in 0..4 {
        let parent = if at == 1 || at == 2 { Some(teams[at - 1]) } else { None };
        let key = format!("t{at}");
        teams.push(rows::add(&mut plan, Kind::Team, json!({"key": key, "name": key, "parent": parent})));
    }
    for (key, team, from) in [("api", 1, None), ("web", 3, Some(first_of(9)))] {
        let service = rows::add(&mut plan, Kind::Service, json!({"key": key, "name": key, "tier": 1}));
        let owner = json!({"team": teams[team]});
        let row = json!({"service": service, "owner": owner, "role": "owner", "from": from});
        rows::add(&mut plan, Kind::Ownership, row);
    }
    for (at, one) in people.iter().enumerate() {
        let (from, until) = (one.from.map(first_of), one.until.map(last_of));
        let key = format!("p{at}");
        let location = ["", "Gdańsk", "Lisbon"][one.place];
        let row = json!({"key": key, "name": key, "from": from, "until": until, "location": location});
        let person = rows::add(&mut plan, Kind::Person, row);
        let team = teams[one.team];
        rows::add(&mut plan, Kind::Membership, json!({"person": person, "team": team}));
        if one.in_position {
            let pay = format!("{} EUR", one.pay);
            let row = json!({"key": format!("s{at}"), "team": team, "pay": pay, "status": "open"});
            let position = rows::add(&mut plan, Kind::Position, row);
            rows::add(&mut plan, Kind::Assignment, json!({"position": position, "person": person}));
        }
    }
    for (at, (team, month)) in planned.iter().enumerate() {
        let (start, pay) = (first_of(*month), "90000 EUR");
        let row = json!({"key": format!("h{at}"), "team": teams[*team], "start": start, "pay": pay});
        rows::add(&mut plan, Kind::Position, row);
    }
    plan.with_plan_metrics()
}

fn team(plan: &Plan, at: usize) -> TeamId {
    plan.find::<Team>(&format!("t{at}")).unwrap()
}

/// The value of a month for a team with those below it, or for the organisation.
fn value(plan: &Plan, metric: PlanMetric, of: Option<TeamId>, month: u32) -> Result<f64, MissingReason> {
    let index = PlanMetricIndex::of(plan);
    let period = Period::of(PeriodLength::Month, first_of(month));
    let value = index.scope(plan, of).value(&index, plan, metric, period);
    value.map(|value| approximate(&value))
}

fn is_close(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-4
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whom a snapshot of the last day has, and whom it has on rotas.
    #[test]
    fn people_are_those_of_snapshots(
        people in prop::collection::vec(somebody(false), 0..14),
        planned in prop::collection::vec((0..4_usize, 0..MONTHS), 0..4),
    ) {
        let plan = Arc::new(plan_of(&people, &planned));
        let (rota, tier) = on_call_policy(&Policy::from_plan(&plan));
        let scopes = (0..4).map(|at| Some(team(&plan, at))).chain([None]);
        for (of, month) in scopes.flat_map(|of| (0..MONTHS).map(move |month| (of, month))) {
            let snapshot = plan.as_of(last_of(month));
            let responders = Responders::new(&snapshot);
            let below = of.map(|team| teams_below(&plan, team));
            let is_here = |team: &TeamId| below.as_ref().is_none_or(|below| below.contains(team));
            let here = (0..snapshot.team_count()).filter(|at| is_here(&snapshot.team(*at).id));
            let there: FxHashSet<PersonId> = match of {
                Some(_) => here.clone().flat_map(|at| responders.on(at).to_vec()).collect(),
                None => (0..snapshot.person_count()).map(|at| snapshot.person(at).id).collect(),
            };
            prop_assert_eq!(value(&plan, PlanMetric::Headcount, of, month), Ok(there.len() as f64));
            let rotas: Vec<_> = here.filter(|at| !on_call_services(&snapshot, *at, tier).is_empty()).collect();
            let on_call: FxHashSet<PersonId> =
                rotas.iter().flat_map(|at| responders.on(*at).to_vec()).collect();
            let on_call = (!rotas.is_empty()).then_some(on_call.len() as f64);
            prop_assert_eq!(value(&plan, PlanMetric::OnCallPeople, of, month).ok(), on_call);
            let margin = |at: &usize| {
                let people = responders.on(*at).iter().filter_map(|person| plan.people.get(*person));
                rota.margin(people.map(|person| person.location.as_str()))
            };
            let margin = rotas.iter().map(margin).min().map(|margin| margin as f64);
            prop_assert_eq!(value(&plan, PlanMetric::OnCallMargin, of, month).ok(), margin);
        }
    }

    /// Nobody joins or leaves within a month, so that its average is what holds on its last day.
    #[test]
    fn capacity_and_cost_are_those_of_the_month(
        people in prop::collection::vec(somebody(true), 1..10),
        planned in prop::collection::vec((0..4_usize, 0..MONTHS), 0..3),
    ) {
        let plan = plan_of(&people, &planned);
        let assumptions = Assumptions::new(&plan);
        let mut heads = headcount_lines(&plan, &assumptions);
        heads.retain(|head| !head.is_planned);
        let months = Months::new(first_of(0), MONTHS as usize);
        let capacity = Capacity::new(&plan, &assumptions, &heads, months, first_of(MONTHS));
        let costs = Costs::new(&plan, first_of(0), last_of(MONTHS - 1));
        let table = MonthTable::new(&plan, &costs);
        for of in (0..4).map(|at| Some(team(&plan, at))).chain([None]) {
            let below = of.map(|team| teams_below(&plan, team));
            let is_here = |team: Option<TeamId>| match &below {
                None => true,
                Some(below) => team.is_some_and(|team| below.contains(&team)),
            };
            let capacity = capacity.sum(is_here);
            let cells = match of {
                None => &table.whole,
                Some(_) => &table.teams.iter().find(|row| row.team == of).unwrap().whole,
            };
            for month in 0..MONTHS {
                let row = &capacity[month as usize];
                let found = value(&plan, PlanMetric::EffectiveCapacity, of, month).unwrap();
                prop_assert!(is_close(found, row.output - row.mentoring), "{found} {row:?}");
                let cell = &cells[month as usize];
                let found = value(&plan, PlanMetric::PeopleCost, of, month).unwrap();
                let expected = (cell.cost - cell.planned_cost) as f64 / 100.0;
                prop_assert!(is_close(found, expected), "{found} {expected}");
            }
        }
    }
}

fn one(team: usize, from: Option<u32>, until: Option<u32>) -> Somebody {
    Somebody { team, from, until, in_position: true, place: 1, pay: 60_000 }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A position that waits for a figure of the second team.
fn waiting(plan: &mut Plan, metric: &str, condition: (&str, &str)) -> headroom_model::PositionId {
    let metric = plan.find::<Metric>(metric).map(u64::from);
    let team = u64::from(team(plan, 1));
    let row = json!({"key": "o", "metric": metric, "op": condition.0, "value": condition.1, "team": team});
    let objective = rows::add(plan, Kind::Objective, row);
    rows::add(plan, Kind::Position, json!({"key": "W", "waits_for": [objective], "team": team})).into()
}

#[test]
fn a_gate_waits_for_people_who_are_there_and_not_for_hires() {
    // Two from the beginning, of whom one is below; a third from May on; one leaves with August.
    let people = [one(1, None, None), one(2, Some(0), Some(7)), one(1, Some(4), None)];
    let mut plan = plan_of(&people, &[(1, 0), (1, 1)]);
    let position = waiting(&mut plan, "headcount", (">=", "3"));
    let gate = |on: &str| gate_of(&plan, position, day(on)).unwrap();
    assert_eq!(
        (gate("2026-05-31").state, gate("2026-05-31").earliest),
        (GateState::NotMet, Some(day("2026-06-01")))
    );
    let met = gate("2026-06-01");
    assert_eq!((met.state, met.since), (GateState::Met, Some(day("2026-06-01"))));
    assert_eq!(gate("2026-09-30").state, GateState::Met, "a month is known once it is over");
    assert_eq!(gate("2026-10-01").state, GateState::NotMet, "a known last day counts");
}

#[test]
fn a_team_without_anybody_has_none_and_a_segment_says_nothing() {
    let mut plan = plan_of(&[one(0, None, None)], &[]);
    let position = waiting(&mut plan, "headcount", (">=", "1"));
    let gate = gate_of(&plan, position, day("2026-06-10")).unwrap();
    assert_eq!((gate.state, gate.earliest), (GateState::NotMet, Some(day("2026-07-01"))));
    let figures = crate::metrics::Figures::new(&plan);
    assert!(figures.of_plan(&SeriesScope::of_segment("Shippers")).is_none());
}

#[test]
fn cost_is_not_known_without_pay_and_kept_back_while_it_is_hidden() {
    let mut plan = plan_of(&[one(1, Some(0), None)], &[]);
    let position = waiting(&mut plan, "people-cost", ("<", "100000 EUR"));
    let state = |plan: &Plan| {
        let gate = gate_of(plan, position, day("2026-03-10")).unwrap();
        (gate.state, gate.objectives[0].1.periods[0].value.clone().map(|value| approximate(&value)))
    };
    // With the usual burden of 30 %.
    assert_eq!(state(&plan), (GateState::Met, Ok(6_500.0)));
    let mut hidden = plan.clone();
    hidden.hide_pay(true);
    assert_eq!(state(&hidden), (GateState::Unknown, Err(MissingReason::Hidden)));
    let somebody = rows::add(&mut plan, Kind::Person, json!({"key": "new", "name": "New"}));
    let team = u64::from(team(&plan, 1));
    rows::add(&mut plan, Kind::Membership, json!({"person": somebody, "team": team, "from": "2026-02-10"}));
    assert_eq!(state(&plan), (GateState::Unknown, Err(MissingReason::NoPay)), "no pay is not zero");
}

#[test]
fn what_the_plan_says_is_part_of_other_metrics_and_listed_of_teams_that_are_asked_for() {
    let mut plan = plan_of(&[one(1, Some(0), None), one(3, Some(0), None)], &[]);
    let revenue = rows::add(
        &mut plan,
        Kind::Metric,
        json!({"key": "revenue", "kind": "flow", "unit": "money", "period": "month"}),
    );
    let row = json!({"metric": revenue, "first": "2026-02-01", "last": "2026-02-28", "value": "90000 EUR"});
    rows::add(&mut plan, Kind::Observation, row);
    let headcount = plan.find::<Metric>("headcount").unwrap();
    let per_head = json!({"key": "per-head", "kind": "ratio", "unit": "money", "period": "month",
        "numerator": [revenue], "denominator": [u64::from(headcount)]});
    rows::add(&mut plan, Kind::Metric, per_head);
    let on = day("2026-03-10");
    let of = |plan: &Plan, key: &str| {
        let series = metric_series(plan, on, usize::MAX);
        series.into_iter().filter(|series| plan.key_of(series.metric.into()) == key).collect::<Vec<_>>()
    };
    assert_eq!(approximate(of(&plan, "per-head")[0].newest().unwrap().1), 45_000.0);
    assert_eq!(of(&plan, "headcount").len(), 1, "the organisation");
    assert!(of(&plan, "on-call-margin")[0].newest().is_some());
    waiting(&mut plan, "headcount", (">=", "2"));
    assert_eq!(of(&plan, "headcount").len(), 2);
    // The organisation and the two with people; the one above them has none of its own.
    assert_eq!(series_of_metric(&plan, headcount, on).len(), 3);
    assert_eq!(on.month(), 3);
}
