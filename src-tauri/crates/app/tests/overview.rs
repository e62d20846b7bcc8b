//! The Overview gives the figures of the views that it leads to, on the sample.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use chrono::{Datelike, NaiveDate};
use headroom_app::{
    at::At,
    entities::{id::Id, severity::SeverityLevel},
    findings::{
        finding::{FindingFilter, FindingQuery, finding_groups},
        lines::finding_rows,
    },
    forecast::{ForecastQuery, forecast_gaps},
    frame::status::{frame, show_pay},
    hiring::{
        money::{CostStep, MoneyQuery, hiring_money},
        timeline::{TimelineQuery, hire_bars},
    },
    history::steps_since,
    onboarding::new_hires::{NewHireQuery, new_hire_lines},
    overview::{Overview, OverviewScope, overview, overview_choices},
    paging::RowQuery,
    state::{AppState, now, today},
};
use headroom_model::Team;

fn sample() -> (tempfile::TempDir, AppState) {
    let folder = tempfile::tempdir().unwrap();
    let store = headroom_sample::create(&folder.path().join("sample.headroom"), now(), today()).unwrap();
    (folder, AppState::on(store, "Ada".to_owned()))
}

fn of(app: &AppState, team: Option<Id>) -> Overview {
    overview(app, team.map_or(OverviewScope::Organisation, OverviewScope::Team), At::default()).unwrap()
}

fn first_of_year(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap()
}

#[test]
fn figures_are_those_of_the_views() {
    let (_folder, app) = sample();
    let found = of(&app, None);
    let frame = frame(&app, At::default()).unwrap();
    assert_eq!(found.headcount.people, f64::from(frame.people));
    assert_eq!(found.findings.as_ref().unwrap().total, frame.findings.as_ref().unwrap().open);
    let groups = finding_groups(&app, FindingFilter::Open, None, At::default()).unwrap();
    assert_eq!(
        (found.findings.as_ref().unwrap().critical, found.findings.as_ref().unwrap().high),
        (groups.critical, groups.high)
    );
    let bars = hire_bars(&app, TimelineQuery { state: "late".into(), ..TimelineQuery::default() }).unwrap();
    assert_eq!(found.positions.late, bars.late);
    assert!(found.positions.late > 0 && found.positions.open > found.positions.late);
    let query = ForecastQuery { until: Some(found.gaps.until), ..ForecastQuery::default() };
    let forecast = forecast_gaps(&app, query, At::default()).unwrap();
    assert_eq!(found.gaps.total, forecast.total);
    assert_eq!(found.gaps.unowned.len() as u32, found.gaps.unowned_total);
    assert!(!found.is_empty && found.months.len() == 25);
    let now = &found.months[12];
    assert_eq!(now.month.month(), today().month());
    assert!(now.cost.is_none(), "salaries are hidden");
    let last = found.months.last().unwrap();
    assert_eq!(found.headcount.ahead, last.people + last.planned);
    // A team without members has a rule of its own.
    let short = findings_of(&app, "on-call-understaffed") + findings_of(&app, "empty-team-owns");
    assert_eq!(found.on_call.teams - found.on_call.staffed, short);
}

fn findings_of(app: &AppState, rule: &str) -> u32 {
    let query = FindingQuery { rule: rule.into(), ..FindingQuery::default() };
    finding_rows(app, query, At::default()).unwrap().total
}

#[test]
fn the_most_urgent_come_first_and_once_for_each_subject() {
    let (_folder, app) = sample();
    let urgent = of(&app, None).findings.unwrap().urgent;
    assert_eq!(urgent.len(), 5);
    let order =
        |row: &headroom_app::entities::finding::FindingRow| (std::cmp::Reverse(row.severity), row.day);
    assert!(urgent.windows(2).all(|pair| order(&pair[0]) <= order(&pair[1])));
    assert_eq!(urgent[0].severity, SeverityLevel::Critical);
    let mut subjects: Vec<u64> = urgent.iter().map(|row| row.subject.id.0).collect();
    subjects.sort_unstable();
    subjects.dedup();
    assert_eq!(subjects.len(), 5);
}

#[test]
fn cost_is_that_of_the_cost_view_and_follows_hidden_pay() {
    let (_folder, app) = sample();
    for is_shown in [false, true] {
        show_pay(&app, is_shown).unwrap();
        let cost = of(&app, None).cost.unwrap();
        assert_eq!(cost.from, first_of_year(cost.from.year()));
        let query = MoneyQuery { step: CostStep::Year, ..MoneyQuery::default() };
        let answer = hiring_money(&app, query, At::default()).unwrap();
        assert_eq!((answer.from, answer.until), (cost.from, cost.until));
        let whole = answer.whole;
        let text =
            |amount: &Option<headroom_app::hidden_pay::ShownAmount>| amount.as_ref().unwrap().text.clone();
        assert_eq!(text(&cost.cost), text(&whole[0].cost));
        assert_eq!(text(&cost.budget), text(&whole[0].budget));
        assert_eq!(cost.left.is_some_and(|left| left.value < 0.0), cost.is_over);
        assert_eq!(cost.run_rate.is_some(), is_shown);
        let months = of(&app, None).months;
        assert!(months.iter().all(|month| month.cost.is_some() == is_shown));
    }
    let frame = frame(&app, At::default()).unwrap();
    assert_eq!(of(&app, None).cost.unwrap().run_rate.unwrap().text, frame.cost.unwrap().text);
}

/// Teams count with those below them, so those at the top add up to the organisation.
#[test]
fn topmost_teams_add_up_to_the_organisation() {
    let (_folder, app) = sample();
    show_pay(&app, true).unwrap();
    let whole = of(&app, None);
    let teams = overview_choices(&app, OverviewScope::Organisation, At::default()).unwrap().teams;
    let top: Vec<Overview> =
        teams.iter().filter(|team| team.depth == 0).map(|team| of(&app, Some(team.id))).collect();
    assert!(top.len() > 1 || teams.iter().any(|team| team.depth == 1));
    let sum = |figure: &dyn Fn(&Overview) -> u32| top.iter().map(figure).sum::<u32>();
    assert_eq!(sum(&|it| it.positions.open), whole.positions.open);
    assert_eq!(sum(&|it| it.on_call.teams), whole.on_call.teams);
    assert_eq!(sum(&|it| it.headcount.people as u32), whole.headcount.people as u32);
    let rate = |it: &Overview| {
        it.cost.as_ref().and_then(|cost| cost.run_rate.clone()).map_or(0.0, |rate| rate.value)
    };
    assert!((top.iter().map(rate).sum::<f64>() - rate(&whole)).abs() < 0.01);
    let nobody = overview(&app, OverviewScope::Team(Id(1)), At::default());
    assert!(nobody.is_err(), "an unknown team");
}

#[test]
fn overdue_items_are_those_of_the_checklists() {
    let (_folder, app) = sample();
    let query =
        NewHireQuery { rows: RowQuery { limit: 99, ..RowQuery::default() }, ..NewHireQuery::default() };
    let lines = new_hire_lines(&app, query, At::default()).unwrap().rows;
    let items: u32 = lines.iter().flat_map(|line| &line.dues).map(|due| due.overdue).sum();
    assert_eq!(of(&app, None).overdue.items, items);
    assert!(items > 0);
}

#[test]
fn an_empty_plan_is_said_to_be_empty() {
    let folder = tempfile::tempdir().unwrap();
    let store = headroom_store::Store::create(&folder.path().join("new.headroom"), now()).unwrap();
    let app = AppState::on(store, "Ada".to_owned());
    let found = of(&app, None);
    assert!(found.is_empty && found.cost.is_none());
    assert_eq!((found.headcount.people, found.findings.as_ref().unwrap().total), (0.0, 0));
    assert_eq!(steps_since(&app, 0, 3).unwrap().count, 0);
}

#[test]
fn steps_since_a_visit_are_counted() {
    let (_folder, app) = sample();
    let before = steps_since(&app, u32::MAX, 3).unwrap();
    assert_eq!((before.count, before.steps.len()), (0, 0));
    for name in ["A", "B", "C", "D"] {
        let put = |draft: &mut headroom_model::Draft<'_>| {
            let id = draft.new_id::<Team>();
            draft.put(Team { id, key: name.into(), name: name.into(), ..Team::default() });
            Ok(())
        };
        app.edit(|_| format!("Added {name}"), put).unwrap();
    }
    let since = steps_since(&app, before.newest, 3).unwrap();
    let labels: Vec<&str> = since.steps.iter().map(|step| step.label.as_str()).collect();
    assert_eq!((since.count, since.has_more, labels), (4, false, vec!["Added D", "Added C", "Added B"]));
    let newest = app.with_store(|store, _| store.newest_operation()).unwrap();
    assert_eq!(i64::from(since.newest), newest);
}
