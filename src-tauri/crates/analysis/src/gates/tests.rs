use std::sync::Arc;

use headroom_model::{EntityRef, Kind, Position};
use headroom_tests::rows;
use serde_json::{Value as Json, json};

use super::*;
use crate::{
    metrics::{ExactValue, MissingReason, Period},
    schedule::Scheduler,
};
use headroom_model::Plan;

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

/// A plan with a metric by month that is due five days after it, and its figures from a month of 2026 on.
struct Payback {
    plan: Plan,
    metric: u64,
}

impl Payback {
    fn new(figures: &[&str]) -> Self {
        let mut plan = Plan::default();
        let metric = rows::add(
            &mut plan,
            Kind::Metric,
            json!({"key": "payback", "kind": "ratio", "period": "month", "lag": 5}),
        );
        let mut payback = Self { plan, metric };
        for (at, value) in figures.iter().enumerate() {
            let month = Period::of(headroom_model::PeriodLength::Month, day("2026-01-01")).later(at as i32);
            payback.figure(month, json!({"value": value}));
        }
        payback
    }

    fn figure(&mut self, month: Period, more: Json) -> u64 {
        let mut row = json!({"metric": self.metric, "first": month.first(), "last": month.last()});
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        rows::add(&mut self.plan, Kind::Observation, row)
    }

    fn objective(&mut self, more: Json) -> u64 {
        let mut row =
            json!({"key": "payback-under-12", "metric": self.metric, "op": "<", "value": "12", "periods": 2});
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        rows::add(&mut self.plan, Kind::Objective, row)
    }

    fn position(&mut self, more: Json) -> headroom_model::PositionId {
        let mut row = json!({"key": "HC-1", "title": "Engineer"});
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        rows::add(&mut self.plan, Kind::Position, row).into()
    }

    fn gate(&self, position: headroom_model::PositionId, on: &str) -> Gate {
        gate_of(&self.plan, position, day(on)).unwrap()
    }
}

fn waiting(figures: &[&str]) -> (Payback, headroom_model::PositionId) {
    let mut payback = Payback::new(figures);
    let objective = payback.objective(json!({}));
    let position = payback.position(json!({"waits_for": [objective]}));
    (payback, position)
}

#[test]
fn a_gate_is_met_from_the_day_on_which_the_second_figure_is_due() {
    let (payback, position) = waiting(&["14", "11.5", "11.9"]);
    assert_eq!(payback.gate(position, "2026-03-05").state, GateState::NotMet);
    assert_eq!(payback.gate(position, "2026-03-05").earliest, Some(day("2026-04-06")));
    let met = payback.gate(position, "2026-04-30");
    assert_eq!((met.state, met.since), (GateState::Met, Some(day("2026-04-06"))));
}

#[test]
fn a_gate_in_short_counts_the_periods_that_pass() {
    let (payback, position) = waiting(&["14", "11.5", "11.9"]);
    let told = |on| gate_in_short(&payback.plan, &payback.gate(position, on));
    assert_eq!(told("2026-03-06"), "payback < 12 · 1 of 2 · earliest 6 Apr 2026");
    assert_eq!(told("2026-04-06"), "payback < 12 · met since 6 Apr 2026");
}

#[test]
fn a_missing_figure_holds_the_gate() {
    let (payback, position) = waiting(&["11", "11"]);
    assert_eq!(payback.gate(position, "2026-04-05").state, GateState::Met);
    let held = payback.gate(position, "2026-04-10");
    assert_eq!((held.state, held.earliest), (GateState::Unknown, Some(day("2026-04-10"))));
    assert_eq!(held.objectives[0].1.periods[0].value, Err(MissingReason::Gap));
}

#[test]
fn what_was_restated_is_believed_until_it_was() {
    let (mut payback, position) = waiting(&["11"]);
    let february = Period::of(headroom_model::PeriodLength::Month, day("2026-02-01"));
    payback.figure(february, json!({"value": "11.8", "until": "2026-03-19"}));
    payback.figure(february, json!({"value": "12.4", "from": "2026-03-20"}));
    assert_eq!(payback.gate(position, "2026-03-19").state, GateState::Met);
    assert_eq!(payback.gate(position, "2026-03-20").state, GateState::NotMet);
}

#[test]
fn an_objective_counts_only_while_it_holds() {
    let mut payback = Payback::new(&["11", "11", "11"]);
    let objective = payback.objective(json!({"from": "2026-04-10"}));
    let position = payback.position(json!({"waits_for": [objective]}));
    let before = payback.gate(position, "2026-04-09");
    assert_eq!((before.state, before.earliest), (GateState::Unknown, Some(day("2026-04-10"))));
    assert_eq!(before.objectives[0].1.nothing, Some(NothingToRead::NotInForce));
    assert_eq!(payback.gate(position, "2026-04-20").since, Some(day("2026-04-10")));
}

#[test]
fn the_periods_are_those_of_the_metric_also_of_a_quotient() {
    let mut payback = Payback::new(&[]);
    let part = json!({"key": "leads", "kind": "flow", "period": "day"});
    let part = rows::add(&mut payback.plan, Kind::Metric, part);
    let quotient = json!({"key": "rate", "kind": "ratio", "period": "quarter", "numerator": [part], "denominator": [part]});
    payback.metric = rows::add(&mut payback.plan, Kind::Metric, quotient);
    let objective = payback.objective(json!({"value": "2"}));
    let position = payback.position(json!({"waits_for": [objective]}));
    for day in chrono::NaiveDate::iter_days(&day("2026-01-01")).take(90) {
        let row = json!({"metric": part, "first": day, "last": day, "value": "1"});
        rows::add(&mut payback.plan, Kind::Observation, row);
    }
    let gate = payback.gate(position, "2026-04-02");
    let (id, reading) = &gate.objectives[0];
    assert_eq!(condition(&payback.plan, *id), "rate < 2, 2 quarters running");
    assert_eq!(reading.periods[0].period.first(), day("2026-01-01"));
    assert_eq!(reading.periods[0].value, Ok(ExactValue::from_integer(1.into())));
}

#[test]
fn a_metric_that_is_part_of_itself_is_invalid() {
    let (mut payback, position) = waiting(&["11", "11"]);
    let metric = EntityRef { kind: Kind::Metric, id: payback.metric };
    let mut draft = headroom_model::Draft::new(&payback.plan);
    rows::set(&mut draft, metric, json!({"numerator": [payback.metric]}));
    let changes = draft.finish();
    payback.plan.apply(&changes).unwrap();
    assert_eq!(payback.gate(position, "2026-04-01").state, GateState::Invalid);
}

/// Need by 1 October, 120 days of ramp-up, 58 to fill, 30 of notice: to be opened by 7 March.
#[test]
fn a_hire_is_as_late_as_its_gate() {
    let mut payback = Payback::new(&[]);
    let september = Period::of(headroom_model::PeriodLength::Month, day("2026-09-01"));
    for (at, value) in ["14.9", "14.5", "13.8", "13.4"].iter().enumerate() {
        payback.figure(september.later(at as i32), json!({"value": value}));
    }
    for (kind, value) in [("ramp-time", "120"), ("time-to-fill", "58"), ("notice", "30")] {
        rows::add(&mut payback.plan, Kind::Assumption, json!({"kind": kind, "value": value}));
    }
    let objective = payback.objective(json!({}));
    let position =
        payback.position(json!({"waits_for": [objective], "need_by": "2027-10-01", "status": "approved"}));
    let gate = payback.gate(position, "2027-01-15");
    let row = payback.plan.get::<Position>(position).unwrap();
    let schedule = Scheduler::new(&payback.plan, day("2027-01-15")).of(row);
    let on = |opens| Opening::on(row, &schedule, opens);
    let told = |opening: Opening| {
        let days = [opening.opens, opening.start, opening.productive].map(|day| day.to_string());
        (days, opening.days_late.unwrap())
    };
    let expected = |days: [&str; 3], late: i64| (days.map(str::to_owned), late);
    let planned = Opening::planned(row, &schedule).unwrap();
    assert_eq!(told(planned), expected(["2027-03-07", "2027-06-03", "2027-10-01"], 0));
    assert_eq!(told(on(gate.earliest.unwrap())), expected(["2027-03-06", "2027-06-02", "2027-09-30"], -1));
    assert_eq!(told(on(gate.trend.unwrap())), expected(["2027-05-06", "2027-08-02", "2027-11-30"], 60));
}

/// As planned, as gates stand, and at the trend: when the hire of the worked example starts.
#[test]
fn a_plan_is_as_its_gates_let_it_be() {
    let mut payback = Payback::new(&["18", "17", "16", "14.9", "14.5", "13.8", "13.4"]);
    let objective = payback.objective(json!({}));
    let position = payback.position(json!({
        "waits_for": [objective], "status": "approved", "need_by": "2026-12-01",
    }));
    let lapsed = payback.objective(json!({"key": "never", "value": "1"}));
    let second = json!({"key": "HC-2", "waits_for": [lapsed], "waits_by": "2026-01-31", "status": "approved", "start": "2026-12-01"});
    let lapsed = payback.position(second);
    let plan = Arc::new(payback.plan.clone());
    let start = |view| {
        let gated = gated_plan(&plan, day("2026-08-10"), view);
        let rows = [position, lapsed].map(|id| gated.plan.get::<Position>(id).cloned().unwrap());
        (rows[0].start, rows[1].status.word(), gated.waiting.len())
    };
    assert_eq!(start(GateView::AsPlanned), (None, "approved", 2));
    let gate = payback.gate(position, "2026-08-10");
    let schedule = Scheduler::new(&payback.plan, day("2026-08-10"));
    let row = payback.plan.get::<Position>(position).unwrap();
    let opened = |on| Opening::on(row, &schedule.of(row), on).start;
    let earliest = gate.earliest.map(opened);
    assert!(earliest.is_some() && gate.trend > gate.earliest);
    assert_eq!(start(GateView::AsTheyStand), (earliest, "frozen", 2));
    assert_eq!(start(GateView::AtTrend), (gate.trend.map(opened), "frozen", 2));
}

#[test]
fn a_plan_whose_gates_are_met_is_the_plan() {
    let (payback, _) = waiting(&["11", "11"]);
    let plan = Arc::new(payback.plan);
    let gated = gated_plan(&plan, day("2026-03-10"), GateView::AsTheyStand);
    assert!(gated.waiting.is_empty() && Arc::ptr_eq(&gated.plan, &plan));
}
