//! The simulation against the closed form where there is one, and against a plain simulation where there is none.

use std::sync::Arc;

use crate::plain_simulation::plain;
use chrono::NaiveDate;
use headroom_analysis::{
    assumptions::Assumptions,
    capacity::{Capacity, Month, Months, headcount_lines},
    cost::{COMPONENTS, Costs, Line, MonthTable, days_of},
    simulation::{
        HireCost, Inputs, Options, Outcome, PercentileBand, PositionCost, RunProgress, position_costs,
        simulate,
    },
};
use headroom_model::{Assignment, Assumption, Decimal6, Draft, Person, Plan, Position, Status, Team};

const MONTHS: usize = 24;

fn today() -> NaiveDate {
    "2027-01-01".parse().unwrap()
}

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap())
}

/// Twenty people, some of them new or about to leave, and thirty hires at every stage.
fn plan(assumed: &[(&str, &str)]) -> Arc<Plan> {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    let team = draft.new_id::<Team>();
    draft.put(Team { id: team, key: "t".into(), name: "T".into(), ..Team::default() });
    for at in 0..50_u32 {
        let id = draft.new_id::<Position>();
        let is_there = at < 20;
        let status = [Status::Planned, Status::Approved, Status::Open, Status::Offered][at as usize % 4];
        let start =
            day(["2026-12-15", "2027-03-10", "2027-06-01", "2027-09-20", "2028-02-14"][at as usize % 5]);
        draft.put(Position {
            id,
            key: format!("P{at}"),
            team: Some(team),
            fte: Decimal6::from_millionths(if at % 7 == 0 { 600_000 } else { 1_000_000 }),
            status: if is_there { Status::Frozen } else { status },
            start: start.filter(|_| !is_there),
            ..Position::default()
        });
        if is_there {
            let person = draft.new_id::<Person>();
            let from = if at % 3 == 0 { day("2026-11-10") } else { None };
            let until = if at % 5 == 0 { day("2027-10-31") } else { None };
            draft.put(Person {
                id: person,
                key: format!("p{at}"),
                name: format!("P {at}"),
                ..Person::default()
            });
            let row = draft.new_id::<Assignment>();
            draft.put(Assignment { id: row, position: id, person, from, until, ..Assignment::default() });
        }
    }
    for (kind, value) in assumed {
        let id = draft.new_id::<Assumption>();
        let (kind, value) = ((*kind).to_owned(), value.parse().unwrap());
        draft.put(Assumption { id, kind, value, ..Assumption::default() });
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    Arc::new(plan)
}

fn inputs(plan: &Plan) -> Inputs {
    let assumptions = Assumptions::new(plan);
    let heads = headcount_lines(plan, &assumptions);
    let months = vec![10_000.0; MONTHS];
    let hire = HireCost { months: vec![(0.0, months.clone())], once: vec![(0.0, 2_500.0)] };
    let cost = PositionCost { months, start: 0.0, hire: Arc::new(hire) };
    let costs = vec![cost; heads.len()];
    let months = Months::new(today(), MONTHS);
    Inputs::new(plan, &assumptions, &heads, months, today(), &costs)
}

fn closed_form(plan: &Plan) -> Vec<Month> {
    let assumptions = Assumptions::new(plan);
    let heads = headcount_lines(plan, &assumptions);
    Capacity::new(plan, &assumptions, &heads, Months::new(today(), MONTHS), today()).sum(|_| true)
}

fn options(runs: u32, seed: u64) -> Options {
    Options { runs, seed, replaces_leavers: false }
}

fn run(plan: &Plan, options: Options) -> Outcome {
    simulate(&inputs(plan), options, &RunProgress::default()).unwrap()
}

fn near(a: f64, b: f64, by: f64, what: &str) {
    assert!((a - b).abs() <= by, "{what}: {a} is not {b} within {by}");
}

/// Assumptions under which nothing is random.
const SURE: [(&str, &str); 4] = [
    ("attrition", "0%"),
    ("offer-acceptance", "100%"),
    ("time-to-fill-spread", "100%"),
    ("ramp-spread", "100%"),
];

/// Without positions that should have been opened before today: those are late without any chance.
fn without_late_positions(plan: &Plan) -> Plan {
    let mut draft = Draft::new(plan);
    for row in
        plan.positions.iter().filter(|row| row.start.is_some_and(|start| start < day("2027-06-01").unwrap()))
    {
        draft.put(Position { start: None, ..row.clone() });
    }
    let changes = draft.finish();
    let mut plan = plan.clone();
    plan.apply(&changes).unwrap();
    plan
}

#[test]
fn runs_match_closed_form_without_chance() {
    let plan = without_late_positions(&plan(&SURE));
    let outcome = run(&plan, options(7, 1));
    for (at, month) in closed_form(&plan).iter().enumerate() {
        for (fan, exact) in
            [(outcome.headcount[at], month.headcount), (outcome.capacity[at], month.capacity())]
        {
            [fan.p10, fan.p50, fan.p90, fan.mean]
                .into_iter()
                .for_each(|value| near(value, exact, 1e-9, "closed form"));
        }
    }
    assert!(closed_form(&plan).iter().any(|month| month.lost_to_ramp() > 1.0 && month.interviews > 0.1));
    let new_hires = plan.positions.iter().filter(|row| row.start.is_some()).count();
    let cost: f64 = outcome.cost.iter().map(|fan| fan.mean).sum();
    let presence: f64 = inputs(&plan)
        .seats
        .iter()
        .map(|position| match position.entry {
            headroom_analysis::simulation::PositionEntry::There { from, .. } => {
                position.ends.min(24.0) - from.max(0.0)
            }
            headroom_analysis::simulation::PositionEntry::Offered { starts, .. } => {
                24.0 - inputs(&plan).place(starts)
            }
            headroom_analysis::simulation::PositionEntry::Sought { opens, .. } => {
                24.0 - inputs(&plan).place(opens + position.hiring.time_to_fill + position.hiring.notice)
            }
        })
        .sum();
    near(cost, presence * 10_000.0 + new_hires as f64 * 2_500.0, 1e-3, "cost");
}

#[test]
fn means_match_closed_form_with_attrition_alone() {
    let mut sure = SURE;
    sure[0].1 = "30%";
    let plan = without_late_positions(&plan(&sure));
    let outcome = run(&plan, options(20_000, 3));
    for (at, month) in closed_form(&plan).iter().enumerate() {
        // At most fifty people who are present or not, each with a standard deviation of at most a half.
        let error = 4.0 * (50.0_f64 * 0.25 / 20_000.0).sqrt();
        near(outcome.headcount[at].mean, month.expected_headcount, error, "headcount");
        near(outcome.capacity[at].mean, month.expected_capacity(), error, "capacity");
    }
    let last = closed_form(&plan)[MONTHS - 1];
    assert!(last.expected_headcount < 0.7 * last.headcount, "attrition matters");
}

#[test]
fn quantiles_match_plain_simulation_within_sampling_error() {
    let plan = plan(&[("attrition", "20%")]);
    let inputs = inputs(&plan);
    let runs = 20_000;
    let ours = simulate(&inputs, options(runs, 11), &RunProgress::default()).unwrap();
    let theirs = plain(&inputs, options(runs, 5));
    for (metric, fans) in [&ours.headcount, &ours.capacity, &ours.cost].into_iter().enumerate() {
        for (at, fan) in fans.iter().enumerate() {
            let values = &theirs[metric * MONTHS + at];
            for (share, value) in [(0.1, fan.p10), (0.5, fan.p50), (0.9, fan.p90)] {
                // Both ranks have an error: four and a half standard deviations of their difference.
                let error = 4.5 * (2.0 * share * (1.0 - share) * f64::from(runs)).sqrt();
                let rank = share * f64::from(runs);
                let bound = |rank: f64| values[(rank.max(0.0) as usize).min(values.len() - 1)];
                let (low, high) = (bound(rank - error) - 1e-9, bound(rank + error) + 1e-9);
                assert!((low..=high).contains(&value), "{metric} {at} {share}: {value} not in {low}..{high}");
            }
            let mean = values.iter().sum::<f64>() / f64::from(runs);
            let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / f64::from(runs);
            near(fan.mean, mean, 4.5 * (2.0 * variance / f64::from(runs)).sqrt() + 1e-9, "mean");
        }
    }
}

#[test]
fn result_depends_on_seed_not_on_threads() {
    let plan = plan(&[]);
    let with_threads = |count: usize, seed: u64| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build().unwrap();
        pool.install(|| run(&plan, options(500, seed)))
    };
    let one = with_threads(1, 42);
    assert_eq!(one, with_threads(3, 42));
    assert_ne!(one, with_threads(1, 43));
}

/// Whatever one position adds to a plan is what it does alone: the others have the chance that they had without it.
#[test]
fn plans_in_common_differ_by_what_is_changed() {
    let plan = plan(&[("attrition", "30%")]);
    let mut draft = Draft::new(&plan);
    draft.remove::<Position>(plan.find::<Position>("P30").unwrap());
    let changes = draft.finish();
    let mut without = (*plan).clone();
    without.apply(&changes).unwrap();
    let (whole, rest) = (inputs(&plan), inputs(&without));
    let is_other = |identity: u64| rest.seats.iter().all(|position| position.identity != identity);
    let mut alone = whole.clone();
    alone.seats.retain(|position| is_other(position.identity));
    assert_eq!((alone.seats.len(), whole.seats.len() - rest.seats.len()), (1, 1));
    let options = Options { replaces_leavers: true, ..options(300, 1) };
    let capacity = |inputs: Inputs| simulate(&inputs, options, &RunProgress::default()).unwrap().capacity;
    let most = |[whole, rest, alone]: [Vec<PercentileBand>; 3]| {
        let off = |at: usize| (whole[at].mean - rest[at].mean - alone[at].mean).abs();
        (0..MONTHS).map(off).fold(0.0, f64::max)
    };
    assert!(most([&whole, &rest, &alone].map(|inputs| capacity(inputs.clone().in_common()))) < 1e-9);
    assert!(most([whole, rest, alone].map(capacity)) > 1e-3, "each on its own they are apart by luck");
}

#[test]
fn quantiles_ascend_and_backfills_raise_headcount() {
    let plan = plan(&[("attrition", "30%")]);
    let without = run(&plan, options(2_000, 1));
    let with = run(&plan, Options { replaces_leavers: true, ..options(2_000, 1) });
    let all = |outcome: &Outcome| [&outcome.headcount[..], &outcome.capacity, &outcome.cost].concat();
    let rises = |fan: &PercentileBand| fan.p10 <= fan.p50 && fan.p50 <= fan.p90 && fan.p10 <= fan.mean;
    assert!(all(&without).iter().chain(&all(&with)).all(rises));
    let last = MONTHS - 1;
    assert!(with.headcount[last].mean > 1.2 * without.headcount[last].mean);
    // A backfill is one more start to pay for.
    assert!(with.cost[last].mean > without.cost[last].mean);
}

#[test]
fn cancelled_simulation_returns_none() {
    let watch = RunProgress::default();
    watch.cancel();
    assert_eq!(simulate(&inputs(&plan(&[])), options(1_000, 1), &watch), None);
    let watch = RunProgress::default();
    simulate(&inputs(&plan(&[])), options(1_000, 1), &watch).unwrap();
    assert_eq!(watch.done(), 1_000);
}

#[test]
fn pooled_position_loses_people_one_by_one() {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    let id = draft.new_id::<Position>();
    let fte = Decimal6::from_millionths(99_500_000);
    draft.put(Position { id, key: "J".into(), pooled: true, fte, ..Position::default() });
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    let outcome = run(&plan, options(2_000, 1));
    let fan = outcome.headcount[11];
    near(fan.mean, closed_form(&plan)[11].expected_headcount, 0.5, "pool");
    assert!(fan.p90 - fan.p10 > 4.0 && fan.p90 - fan.p10 < 15.0, "{fan:?}");
}

#[test]
fn cost_matches_plan_without_chance() {
    let assumed = [&SURE[..], &[("base", "84000 EUR"), ("recruiting", "9000 EUR"), ("merit", "3%")]].concat();
    let plan = without_late_positions(&plan(&assumed));
    let assumptions = Assumptions::new(&plan);
    let heads = headcount_lines(&plan, &assumptions);
    let months = Months::new(today(), MONTHS);
    let costs = position_costs(&plan, &assumptions, &heads, &months).seats;
    let inputs = Inputs::new(&plan, &assumptions, &heads, months.clone(), today(), &costs);
    let outcome = simulate(&inputs, options(3, 1), &RunProgress::default()).unwrap();
    let exact = Costs::new(&plan, today(), months.last_day(MONTHS - 1));
    for (at, fan) in outcome.cost.iter().enumerate() {
        let month = months.first_day(at);
        let cents: i64 = exact.lines.iter().map(|line| line.cost_in(month)).sum();
        // For part of a month the plan rounds each component; the runs take a fraction of the whole month.
        let is_part = |line: &&Line| line.days_in(month) > 0 && line.days_in(month) < days_of(month);
        let parts = exact.lines.iter().filter(is_part).count();
        near(fan.p50 * 100.0, cents as f64, 1e-3 + (parts * COMPONENTS) as f64, "cost in cents");
        near(fan.mean, fan.p50, 1e-6, "no chance");
    }
    assert!(outcome.cost[3].mean > 100_000.0);
}

/// Cost by month of a plan without chance, with these assumptions and positions that start on these days: of the runs
/// and of the plan itself.
fn costs_of(assumed: &[(&str, &str, &str)], starts: &[&str]) -> [Vec<f64>; 2] {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    for start in starts {
        let id = draft.new_id::<Position>();
        let (key, pay) = (format!("P{}", id.0), "120000 EUR".parse().ok());
        let (start, status) = (day(start), Status::Approved);
        draft.put(Position { id, key, pay, start, status, ..Position::default() });
    }
    for (kind, value, from) in SURE.iter().map(|(kind, value)| (*kind, *value, "")).chain(assumed.to_vec()) {
        let id = draft.new_id::<Assumption>();
        let (kind, value, from) = (kind.to_owned(), value.parse().unwrap(), from.parse().ok());
        draft.put(Assumption { id, kind, value, from, ..Assumption::default() });
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    let (inputs, _) = Inputs::of_plan(&plan, today(), MONTHS, |_| true);
    let runs = simulate(&inputs, options(2, 1), &RunProgress::default()).unwrap();
    let costs = Costs::new(&plan, today(), inputs.months.last_day(MONTHS - 1));
    let exact = MonthTable::new(&plan, &costs).whole;
    [
        runs.cost.iter().map(|fan| fan.mean).collect(),
        exact.iter().map(|cell| cell.cost as f64 / 100.0).collect(),
    ]
}

fn all_near([runs, exact]: [Vec<f64>; 2]) {
    assert!(exact.iter().sum::<f64>() > 100_000.0);
    for (at, (run, exact)) in runs.iter().zip(&exact).enumerate() {
        near(*run, *exact, 0.1, &format!("month {at}"));
    }
}

#[test]
fn hire_gets_no_raise_before_start() {
    all_near(costs_of(&[("merit", "3%", "2027-01-01")], &["2027-06-01", "2028-02-01"]));
    all_near(costs_of(&[("merit", "3%", "2027-01-01")], &["2028-01-01"]));
}

#[test]
fn one_off_cost_depends_on_day_of_start() {
    let once = [
        ("equipment-once", "3000 EUR", "2027-01-01"),
        ("equipment-once", "5000 EUR", "2028-01-10"),
        ("recruiting", "10%", "2027-09-15"),
    ];
    all_near(costs_of(&once, &["2027-06-01", "2027-11-01", "2028-01-01", "2028-02-01"]));
}

#[test]
fn missing_cost_matches_plan() {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    for pay in ["70000 EUR", "80000 EUR", "50000 USD", ""] {
        let (id, pay) = (draft.new_id::<Position>(), pay.parse().ok());
        draft.put(Position {
            id,
            key: format!("P{}", id.0),
            pay,
            start: day("2027-03-01"),
            ..Position::default()
        });
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    let (inputs, _) = Inputs::of_plan(&plan, today(), MONTHS, |_| true);
    let of_plan = Costs::new(&plan, today(), inputs.months.last_day(MONTHS - 1)).missing;
    assert_eq!((inputs.missing.len(), &inputs.missing), (2, &of_plan));
    let (nothing, _) = Inputs::of_plan(&plan, today(), MONTHS, |team| team.is_some());
    assert_eq!(nothing.missing, []);
}

#[test]
fn attrition_applies_from_first_day_of_assumption() {
    let sure = plan(&SURE);
    let mut plan = (*sure).clone();
    let mut draft = Draft::new(&plan);
    for row in plan.assumptions.iter().filter(|row| row.kind == "attrition") {
        draft.put(Assumption { until: day("2027-06-30"), ..row.clone() });
    }
    let (id, value) = (draft.new_id::<Assumption>(), "50%".parse().unwrap());
    draft.put(Assumption {
        id,
        kind: "attrition".into(),
        value,
        from: day("2027-07-01"),
        ..Assumption::default()
    });
    for row in plan.positions.iter().filter(|row| row.start.is_some()) {
        draft.put(Position { start: None, ..row.clone() });
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    let outcome = run(&plan, options(4_000, 1));
    for (at, month) in closed_form(&plan).iter().enumerate() {
        let hazard = -(0.5_f64.ln()) / 12.0;
        // The average over a month of those who were present before and remain.
        let left = match at.checked_sub(6) {
            Some(since) => (-hazard * since as f64).exp() * (1.0 - (-hazard).exp()) / hazard,
            None => 1.0,
        };
        near(outcome.headcount[at].mean, month.headcount * left, 0.15, &format!("month {at}"));
    }
    assert!(closed_form(&plan)[MONTHS - 1].headcount > 10.0);
}
