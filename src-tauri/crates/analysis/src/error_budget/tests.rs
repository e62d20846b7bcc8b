use chrono::NaiveDate;
use headroom_model::{
    ComparisonOperator, Draft, EntityTable, Metric, MetricId, MetricKind, Objective, ObjectiveId,
    ObjectiveWindow, Observation, ObservationId, PeriodLength, Plan, Service, ServiceId, built_in_metric,
};
use proptest::prelude::*;

use super::*;

const TILL: ServiceId = ServiceId(1);
const AVAILABILITY: MetricId = MetricId(1);
const DOWNTIME: MetricId = MetricId(2);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn put<T: EntityTable>(plan: &mut Plan, row: T) {
    let mut draft = Draft::new(plan);
    draft.put(row);
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
}

/// A plan with a service that is to be up 99.9 % of a window.
fn plan(window: Option<&str>) -> Plan {
    let mut plan = Plan::default();
    put(&mut plan, Service { id: TILL, key: "till".into(), name: "Till".into(), ..Service::default() });
    let metric =
        |id, key: &str, kind, period| Metric { id, key: key.into(), kind, period, ..Metric::default() };
    put(
        &mut plan,
        metric(AVAILABILITY, built_in_metric::AVAILABILITY, MetricKind::Ratio, PeriodLength::Month),
    );
    put(&mut plan, metric(DOWNTIME, built_in_metric::DOWNTIME_MINUTES, MetricKind::Flow, PeriodLength::Day));
    put(
        &mut plan,
        Objective {
            id: ObjectiveId(1),
            key: "till-up".into(),
            metric: AVAILABILITY,
            op: ComparisonOperator::AtLeast,
            value: "99.9%".parse().unwrap(),
            service: Some(TILL),
            window: window.map(|window| window.parse().unwrap()),
            ..Objective::default()
        },
    );
    plan
}

/// First day, last day, minutes, known from, believed until.
type Down<'t> = (&'t str, &'t str, &'t str, Option<&'t str>, Option<&'t str>);

/// Adds figures.
fn down(plan: &mut Plan, rows: &[Down<'_>]) {
    for (first, last, minutes, from, until) in rows {
        let id = ObservationId(plan.observations.len() as u64 + 1);
        put(
            plan,
            Observation {
                id,
                metric: DOWNTIME,
                service: Some(TILL),
                first: day(first),
                last: day(last),
                value: minutes.parse().unwrap(),
                from: from.map(day),
                until: until.map(day),
                ..Observation::default()
            },
        );
    }
}

fn days(plan: &mut Plan, rows: &[(&str, &str)]) {
    let rows: Vec<_> = rows.iter().map(|(day, minutes)| (*day, *day, *minutes, None, None)).collect();
    down(plan, &rows);
}

/// Measured on each day from the first to the last, without a minute down.
fn up(plan: &mut Plan, first: &str, last: &str) {
    let all = day(first).iter_days().take_while(|it| *it <= day(last)).map(|it| it.to_string());
    let all: Vec<String> = all.collect();
    days(plan, &all.iter().map(|it| (it.as_str(), "0")).collect::<Vec<_>>());
}

fn budget_on(plan: &Plan, on: &str) -> ErrorBudget {
    let downtime = Downtime::new(plan, day(on), None);
    let budgets = error_budgets(plan, day(on), None, &downtime);
    assert_eq!(budgets.len(), 1);
    budgets.into_iter().next().unwrap()
}

fn words_on(plan: &Plan, on: &str) -> String {
    budget_words(&budget_on(plan, on))
}

#[test]
fn of_several_budgets_the_one_with_least_left_is_the_strictest() {
    let mut plan = plan(Some("30d"));
    assert_eq!(all_error_budgets(&plan, day("2027-01-30"))[0].standing(), BudgetStanding::Unknown);
    let objective = plan.objectives.rows()[0].clone();
    for (id, target) in [(2, "100%"), (3, "99.99%"), (4, "99%")] {
        let (key, value) = (format!("till-{id}"), target.parse().unwrap());
        put(&mut plan, Objective { id: ObjectiveId(id), key, value, ..objective.clone() });
    }
    up(&mut plan, "2027-01-01", "2027-01-29");
    days(&mut plan, &[("2027-01-30", "20.7")]);
    let budgets = all_error_budgets(&plan, day("2027-01-30"));
    let strictest = strictest(&budgets);
    assert_eq!(strictest.len(), 1, "one a service");
    assert_eq!(percent_words(&strictest[0].1.slo.target), "99.99%");
    let mut standings: Vec<BudgetStanding> = budgets.iter().map(ErrorBudget::standing).collect();
    standings.sort();
    let words = |standing: &BudgetStanding| match standing {
        BudgetStanding::Left(share) => rounded(share, 2),
        other => format!("{other:?}"),
    };
    let words: Vec<String> = standings.iter().map(words).collect();
    assert_eq!(words, ["-3.79", "0.52", "0.95", "NothingMayFail"]);
}

#[test]
fn three_nines_of_thirty_days_are_43_minutes() {
    let mut plan = plan(Some("30d"));
    up(&mut plan, "2027-01-01", "2027-01-29");
    days(&mut plan, &[("2027-01-30", "20.7")]);
    let budget = budget_on(&plan, "2027-01-30");
    assert_eq!(rounded(&budget.minutes, 3), "43.200");
    let reading = budget.reading.unwrap();
    assert_eq!((reading.measured_days, reading.elapsed_days), (30, 30));
    assert_eq!(rounded(&reading.left, 3), "22.500");
    assert_eq!(rounded(&reading.spent.unwrap(), 4), "0.4792");
    // 20.7 of 7 × 1.44 minutes.
    assert_eq!(rounded(&reading.burn.unwrap(), 4), "2.0536");
}

#[test]
fn day_without_figure_is_neither_up_nor_down() {
    let mut plan = plan(Some("30d"));
    assert_eq!(budget_on(&plan, "2027-01-30").reading, Err(NoBudgetReading::NoFigures));
    up(&mut plan, "2027-01-21", "2027-01-29");
    days(&mut plan, &[("2027-01-30", "7.2")]);
    let reading = budget_on(&plan, "2027-01-30").reading.unwrap();
    assert_eq!((reading.measured_days, rounded(&reading.budget, 3)), (10, "14.400".into()));
    assert_eq!(rounded(&reading.spent.unwrap(), 4), "0.5000");
    assert!(words_on(&plan, "2027-01-30").starts_with("7.2 of 14.4 minutes left · 10 of 30 days measured"));
}

#[test]
fn budget_ends_when_days_like_the_last_ones_fill_it() {
    let mut plan = plan(Some("30d"));
    up(&mut plan, "2027-01-01", "2027-01-29");
    days(&mut plan, &[("2027-01-30", "21")]);
    // Three minutes a day: 42 after seven days, 45 after eight.
    let reading = budget_on(&plan, "2027-01-30").reading.unwrap();
    assert_eq!(reading.ends_on, Some(day("2027-02-07")));
    assert_eq!(
        words_on(&plan, "2027-01-30"),
        "22.2 of 43.2 minutes left · burn 2.08 · ends on 7 Feb 2027 at this rate"
    );
    days(&mut plan, &[("2027-01-31", "22.2")]);
    let spent = budget_on(&plan, "2027-01-31").reading.unwrap();
    assert_eq!((spent.is_exhausted, spent.ends_on), (Some(true), None));
    assert!(words_on(&plan, "2027-01-31").starts_with("spent: 43.2 of 43.2 minutes down"));
}

#[test]
fn slow_burn_never_ends() {
    let mut plan = plan(Some("30d"));
    up(&mut plan, "2027-01-01", "2027-01-29");
    days(&mut plan, &[("2027-01-30", "5")]);
    let reading = budget_on(&plan, "2027-01-30").reading.unwrap();
    assert_eq!((rounded(&reading.burn.unwrap(), 2), reading.ends_on), ("0.50".into(), None));
}

#[test]
fn calendar_month_ends_with_the_month() {
    let mut plan = plan(Some("1M calendar"));
    up(&mut plan, "2027-01-01", "2027-02-09");
    days(&mut plan, &[("2027-02-10", "7")]);
    let reading = budget_on(&plan, "2027-02-10").reading.unwrap();
    assert_eq!((reading.days.first, reading.days.last), (day("2027-02-01"), day("2027-02-28")));
    assert_eq!((reading.elapsed_days, reading.measured_days), (10, 10));
    // One minute a day: 7 + k is never 1.44 × (10 + k).
    assert_eq!(reading.ends_on, None);
    days(&mut plan, &[("2027-02-11", "7.5")]);
    // 14.5 of 15.84, and 2.07 a day: 16.57 of 17.28, 18.64 of 18.72, 20.71 of 20.16.
    assert_eq!(budget_on(&plan, "2027-02-11").reading.unwrap().ends_on, Some(day("2027-02-14")));
    up(&mut plan, "2027-02-12", "2027-02-28");
    assert_eq!(budget_on(&plan, "2027-02-28").reading.unwrap().ends_on, None, "a new month begins");
}

#[test]
fn restated_figures_are_believed_until_they_are() {
    let mut plan = plan(Some("30d"));
    down(
        &mut plan,
        &[
            ("2027-01-30", "2027-01-30", "0", None, Some("2027-02-01")),
            ("2027-01-30", "2027-01-30", "9", Some("2027-02-02"), None),
        ],
    );
    let down_on = |on| rounded(&budget_on(&plan, on).reading.unwrap().down, 0);
    assert_eq!(budget_on(&plan, "2027-01-29").reading, Err(NoBudgetReading::NoFigures));
    assert_eq!(
        (down_on("2027-01-30"), down_on("2027-02-01"), down_on("2027-02-02")),
        ("0".into(), "0".into(), "9".into())
    );
}

#[test]
fn contradicting_figures_are_none_and_longer_ones_count_as_a_whole() {
    let mut plan = plan(Some("30d"));
    days(&mut plan, &[("2027-01-05", "1"), ("2027-01-05", "2"), ("2027-01-06", "3"), ("2027-01-06", "3")]);
    let reading = budget_on(&plan, "2027-01-10").reading.unwrap();
    assert_eq!((reading.measured_days, rounded(&reading.down, 0)), (1, "3".into()));
    let month = |first, last, minutes| (first, last, minutes, None, None);
    down(&mut plan, &[month("2027-02-01", "2027-02-28", "28"), month("2027-03-01", "2027-03-31", "0")]);
    let downtime = Downtime::new(&plan, day("2027-04-30"), None);
    let till = downtime.of(TILL).unwrap();
    assert_eq!(till.within(day("2027-02-01"), day("2027-02-28")).days, 28);
    assert_eq!(till.within(day("2027-02-02"), day("2027-02-28")).days, 0, "by day nobody knows");
    assert_eq!(till.within(day("2027-03-02"), day("2027-03-11")).days, 10, "not a minute on any day");
}

#[test]
fn availability_tells_what_nobody_counted_in_minutes() {
    let mut plan = plan(Some("30d"));
    days(&mut plan, &[("2027-01-05", "10")]);
    let shares = [("2027-01-05", "0.9"), ("2027-01-06", "99.5%"), ("2027-01-07", "1"), ("2027-01-08", "3")];
    for (first, share) in shares {
        let id = ObservationId(plan.observations.len() as u64 + 1);
        put(
            &mut plan,
            Observation {
                id,
                metric: AVAILABILITY,
                service: Some(TILL),
                first: day(first),
                last: day(first),
                value: share.parse().unwrap(),
                ..Observation::default()
            },
        );
    }
    let reading = budget_on(&plan, "2027-01-10").reading.unwrap();
    // Ten minutes that were counted, and half a percent of a day; three is no share.
    assert_eq!((reading.measured_days, rounded(&reading.down, 1)), (3, "17.2".into()));
}

#[test]
fn months_say_whether_they_are_complete() {
    let mut plan = plan(None);
    up(&mut plan, "2026-12-30", "2027-02-02");
    days(&mut plan, &[("2027-02-03", "36")]);
    let downtime = Downtime::new(&plan, day("2027-02-03"), None);
    let months = months(downtime.of(TILL).unwrap(), day("2027-02-03"));
    let said: Vec<(String, i64, String, bool)> = months
        .iter()
        .map(|it| (it.first.to_string(), it.measured_days, rounded(&it.availability, 6), it.is_complete))
        .collect();
    let expected = [
        ("2026-12-01", 2, "1.000000", false),
        ("2027-01-01", 31, "1.000000", true),
        ("2027-02-01", 3, "0.991667", false),
    ];
    assert_eq!(said, expected.map(|it| (it.0.to_owned(), it.1, it.2.to_owned(), it.3)));
}

#[test]
fn slos_are_shares_of_services_and_the_slo_of_one_stands_in() {
    let mut plan = plan(None);
    let budget = budget_on(&plan, "2027-01-30");
    assert!(budget.slo.is_window_assumed);
    assert_eq!(window_words(&budget.slo), "30 days (assumed)");
    let mut service = plan.services.get(TILL).unwrap().clone();
    service.objective = "99.5".parse().ok();
    put(&mut plan, service);
    assert_eq!(percent_words(&budget_on(&plan, "2027-01-30").slo.target), "99.9%");
    let mut objective = plan.objectives.get(ObjectiveId(1)).unwrap().clone();
    objective.until = Some(day("2027-01-29"));
    put(&mut plan, objective.clone());
    let budget = budget_on(&plan, "2027-01-30");
    assert_eq!((percent_words(&budget.slo.target), budget.slo.id), ("99.5%".into(), None));
    objective.until = None;
    objective.value = "100%".parse().unwrap();
    put(&mut plan, objective);
    up(&mut plan, "2027-01-01", "2027-01-30");
    let reading = budget_on(&plan, "2027-01-30").reading.unwrap();
    assert_eq!((reading.spent, reading.is_exhausted, reading.burn), (None, None, None));
    assert_eq!(words_on(&plan, "2027-01-30"), "0 minutes down; nothing may fail");
}

#[test]
fn latency_and_short_windows_have_no_reading() {
    let mut plan = plan(Some("1h"));
    up(&mut plan, "2027-01-01", "2027-01-30");
    assert_eq!(budget_on(&plan, "2027-01-30").reading, Err(NoBudgetReading::TooShort));
    assert_eq!(rounded(&budget_on(&plan, "2027-01-30").minutes, 3), "0.060");
    let latency = Metric { id: MetricId(3), key: "latency/till".into(), ..Metric::default() };
    put(&mut plan, latency);
    let mut objective = plan.objectives.get(ObjectiveId(1)).unwrap().clone();
    objective.metric = MetricId(3);
    put(&mut plan, objective);
    assert_eq!(budget_on(&plan, "2027-01-30").reading, Err(NoBudgetReading::NotAvailability));
}

#[test]
fn windows_have_the_days_of_the_calendar() {
    let span = |window: &str, on: &str| {
        let days = WindowDays::of(window.parse::<ObjectiveWindow>().unwrap(), day(on)).unwrap();
        (days.first.to_string(), days.last.to_string())
    };
    let days = |first: &str, last: &str| (first.to_owned(), last.to_owned());
    assert_eq!(span("4w", "2027-03-14"), days("2027-02-15", "2027-03-14"));
    assert_eq!(span("1w calendar", "2027-03-14"), days("2027-03-08", "2027-03-14"));
    assert_eq!(span("1M calendar", "2027-02-14"), days("2027-02-01", "2027-02-28"));
    assert_eq!(span("1Q calendar", "2027-02-14"), days("2027-01-01", "2027-03-31"));
    assert_eq!(span("1Y calendar", "2027-02-14"), days("2027-01-01", "2027-12-31"));
    assert_eq!(span("28d calendar", "2027-03-14"), days("2027-02-15", "2027-03-14"));
}

proptest! {
    #[test]
    fn rounding_is_to_the_nearest_and_half_to_even(numerator in -1_000_000_i64..1_000_000, denominator in 1_i64..2_000) {
        let value = ExactValue::new(numerator.into(), denominator.into());
        let thousandths: i64 = rounded(&value, 3).replace('.', "").parse().unwrap();
        let distance = (i128::from(thousandths) * i128::from(denominator) - i128::from(numerator) * 1000).abs() * 2;
        prop_assert!(distance < i128::from(denominator) || distance == i128::from(denominator) && thousandths % 2 == 0);
    }

    #[test]
    fn what_is_left_and_spent_is_the_budget(minutes in prop::collection::vec(0_u32..1441, 1..40), on in 0_u64..40) {
        let mut plan = plan(Some("30d"));
        let begin = day("2027-01-01");
        for (at, minutes) in minutes.iter().enumerate() {
            let measured = (begin + chrono::Days::new(at as u64)).to_string();
            days(&mut plan, &[(&measured, &minutes.to_string())]);
        }
        let on = (begin + chrono::Days::new(on)).to_string();
        if let Ok(reading) = budget_on(&plan, &on).reading {
            prop_assert_eq!(&reading.left + &reading.down, reading.budget.clone());
            prop_assert_eq!(reading.is_exhausted, Some(reading.down >= reading.budget));
            prop_assert!(reading.measured_days <= 30);
            prop_assert!(reading.ends_on.is_none_or(|end| end > day(&on)));
        }
    }
}
