//! Budget, gaps and capacity of a plan in which hires wait for gates, in three ways. On days that have passed, so that
//! nothing depends on today.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use chrono::NaiveDate;
use headroom_app::{
    at::At,
    frame::status::show_pay,
    hiring::{
        capacity::capacity,
        gaps::gap_lines,
        money::{CostStep, MoneyAnswer, MoneyQuery, hiring_money},
        sheets::{SheetFormat, export_hiring},
        waiting_hires::{GateCounting, WaitingHires},
    },
    paging::RowQuery,
    state::{AppState, now},
};
use headroom_model::{
    Assumption, ComparisonOperator, Draft, Metric, MetricId, MetricKind, Objective, ObjectiveId, Observation,
    Position, PositionId, Status, Team, TeamId,
};
use headroom_store::{OperationMeta, Store};

const SHIPPERS: TeamId = TeamId(1);
const OTHERS: TeamId = TeamId(2);
/// Waits for figures that are good six times running.
const LATER: PositionId = PositionId(1);
/// Has waited for what did not come in time.
const NEVER: PositionId = PositionId(2);
/// Waits for nothing.
const FREE: PositionId = PositionId(3);
const PAYBACK: MetricId = MetricId(1);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rows(draft: &mut Draft<'_>, positions: &[PositionId]) {
    for (id, key) in [(SHIPPERS, "shippers"), (OTHERS, "others")] {
        draft.put(Team { id, key: key.into(), name: key.into(), ..Team::default() });
    }
    for (kind, value) in [("ramp-time", "120"), ("time-to-fill", "58"), ("notice", "30"), ("burden", "0%")] {
        let id = draft.new_id::<Assumption>();
        draft.put(Assumption {
            id,
            kind: kind.into(),
            value: value.parse().unwrap(),
            ..Assumption::default()
        });
    }
    let (key, kind) = ("payback".to_owned(), MetricKind::Ratio);
    draft.put(Metric { id: PAYBACK, key, kind, lag: 5, unit: "months".into(), ..Metric::default() });
    for (first, last, value) in [
        ("2019-09-01", "2019-09-30", "14.9"),
        ("2019-10-01", "2019-10-31", "14.0"),
        ("2019-11-01", "2019-11-30", "13.0"),
        ("2019-12-01", "2019-12-31", "12.2"),
    ] {
        let (id, value) = (draft.new_id::<Observation>(), value.parse().unwrap());
        let (first, last) = (day(first), day(last));
        draft.put(Observation { id, metric: PAYBACK, first, last, value, ..Observation::default() });
    }
    for (id, value, periods) in [(1, "12", 6), (2, "10", 1)] {
        draft.put(Objective {
            id: ObjectiveId(id),
            key: format!("payback-{id}"),
            metric: PAYBACK,
            op: ComparisonOperator::Less,
            value: value.parse().unwrap(),
            periods,
            ..Objective::default()
        });
    }
    for id in positions {
        let (waits_for, waits_by) = match *id {
            LATER => (vec![ObjectiveId(1)], None),
            NEVER => (vec![ObjectiveId(2)], Some(day("2019-12-31"))),
            _ => (Vec::new(), None),
        };
        draft.put(Position {
            id: *id,
            key: format!("HC-{}", id.0),
            team: Some(SHIPPERS),
            pay: "60000 EUR".parse().ok(),
            need_by: Some(day("2020-10-01")),
            status: Status::Approved,
            waits_for,
            waits_by,
            ..Position::default()
        });
    }
}

fn app(positions: &[PositionId]) -> (tempfile::TempDir, AppState) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("plan.headroom"), now()).unwrap();
    let mut draft = Draft::new(store.plan());
    rows(&mut draft, positions);
    let changes = draft.finish();
    store.apply(&OperationMeta::edit("Make the plan", "Ada", now()), changes).unwrap();
    let app = AppState::on(store, "Ada".to_owned());
    show_pay(&app, true).unwrap();
    (folder, app)
}

fn at() -> At {
    At::default().on(day("2020-01-15"))
}

fn query(gates: GateCounting, team: Option<TeamId>) -> MoneyQuery {
    MoneyQuery {
        from: Some(day("2020-01-01")),
        until: Some(day("2020-12-31")),
        step: CostStep::Year,
        team: team.map(Into::into),
        gates,
        ..MoneyQuery::default()
    }
}

fn money(app: &AppState, gates: GateCounting) -> MoneyAnswer {
    hiring_money(app, query(gates, None), at()).unwrap()
}

/// In euros, of the year.
fn cost(answer: &MoneyAnswer) -> f64 {
    answer.whole[0].cost.as_ref().unwrap().value
}

fn starts(waiting: &WaitingHires) -> Vec<(String, String, Option<String>)> {
    let row = |hire: &headroom_app::hiring::waiting_hires::WaitingHireRow| {
        let start = hire.start.map(|start| start.to_string());
        (hire.position.key.clone(), hire.planned_start.to_string(), start)
    };
    waiting.hires.iter().map(row).collect()
}

#[test]
fn a_budget_counts_gates_as_it_is_asked() {
    let (_folder, app) = app(&[LATER, NEVER, FREE]);
    let planned = money(&app, GateCounting::AsPlanned);
    let stand = money(&app, GateCounting::AsTheyStand);
    let (_other, alone) = self::app(&[FREE]);
    let free = cost(&money(&alone, GateCounting::AsPlanned));
    let waiting = planned.waiting.cost.as_ref().unwrap().value;
    assert_eq!(cost(&planned), free + waiting, "what waits is the rest of the plan");
    // One does not come about, the other from 2 October on.
    let left = cost(&stand) - free;
    assert!(left > 60_000.0 * 0.24 && left < 60_000.0 * 0.26, "{left}");
    assert_eq!(stand.waiting.cost.as_ref().unwrap().value, waiting, "it is said as planned");
    let later = |start: &str| ("HC-1".to_owned(), "2020-06-03".to_owned(), Some(start.to_owned()));
    let never = |start: Option<&str>| ("HC-2".to_owned(), "2020-06-03".to_owned(), start.map(str::to_owned));
    assert_eq!(starts(&stand.waiting), [later("2020-10-02"), never(None)]);
    assert_eq!(planned.waiting.hires.len(), 2);
    // The line leads under 12 in January, so that six good months end in June as well.
    let trend = money(&app, GateCounting::AtTrend);
    assert_eq!(cost(&trend), cost(&stand));
    assert_eq!((planned.waiting.unknown, trend.waiting.hires.len()), (0, 2));
}

#[test]
fn only_the_teams_asked_about_wait_and_hidden_salaries_stay_hidden() {
    let (folder, app) = app(&[LATER, NEVER, FREE]);
    let none = hiring_money(&app, query(GateCounting::AsTheyStand, Some(OTHERS)), at()).unwrap();
    assert!(none.waiting.hires.is_empty() && none.waiting.cost.is_none());
    show_pay(&app, false).unwrap();
    let hidden = money(&app, GateCounting::AsPlanned);
    assert_eq!(hidden.waiting.hires.len(), 2);
    assert!(hidden.waiting.cost.is_none(), "a total of two would reveal a salary");

    let written = |gates: GateCounting| {
        let path = folder.path().join("seats.csv");
        let file = path.to_str().unwrap().to_owned();
        export_hiring(&app, SheetFormat::Months, query(gates, None), file, at()).unwrap();
        std::fs::read_to_string(path).unwrap()
    };
    assert_ne!(written(GateCounting::AsPlanned), written(GateCounting::AsTheyStand));
}

#[test]
fn capacity_and_gaps_count_gates_as_they_are_asked() {
    let (_folder, app) = app(&[LATER, NEVER, FREE]);
    let heads = |gates: GateCounting| {
        let answer = capacity(&app, None, 12, gates, at()).unwrap();
        assert_eq!(answer.waiting.hires.len(), 2);
        assert_eq!((answer.waiting.from, answer.waiting.until), (day("2020-01-01"), day("2020-12-31")));
        answer.months.iter().map(|month| month.headcount.round() as u32).collect::<Vec<_>>()
    };
    assert_eq!(heads(GateCounting::AsPlanned)[6..], [3, 3, 3, 3, 3, 3]);
    assert_eq!(heads(GateCounting::AsTheyStand)[6..], [1, 1, 1, 2, 2, 2]);
    let gaps = |gates: GateCounting| {
        let answer = gap_lines(&app, RowQuery::default(), gates, at()).unwrap();
        starts(&answer.waiting)
    };
    assert_eq!(gaps(GateCounting::AsPlanned)[0].2.as_deref(), Some("2020-06-03"));
    assert_eq!(gaps(GateCounting::AsTheyStand)[0].2.as_deref(), Some("2020-10-02"));
}
