//! Gates against what a walk through all days says.

use chrono::NaiveDate;
use headroom_model::{Kind, Plan, PositionId};
use headroom_tests::rows;
use proptest::prelude::*;
use serde_json::json;

use super::{GateState, PeriodVerdict, gate_of};
use crate::metrics::{ExactValue, Period};

const DAYS: usize = 120;

fn begin() -> NaiveDate {
    "2026-01-01".parse().unwrap()
}

/// A figure of a day: how many, the day from which it is known if it is not due, days for which it is believed.
type DayFigure = (u8, Option<u8>, Option<u8>);

#[derive(Debug, Clone)]
struct Case {
    days: Vec<Option<DayFigure>>,
    /// Figures that come beside those of their days, from another day on.
    more: Vec<(u8, DayFigure)>,
    lag: u8,
    at_least: u32,
    periods: u8,
    skips: bool,
}

fn figure() -> impl Strategy<Value = DayFigure> {
    let late = prop_oneof![9 => Just(None), 1 => (0_u8..40).prop_map(Some)];
    let passing = prop_oneof![30 => Just(None), 1 => (1_u8..60).prop_map(Some)];
    (0_u8..4, late, passing)
}

fn case() -> impl Strategy<Value = Case> {
    let day = prop_oneof![60 => figure().prop_map(Some), 1 => Just(None)];
    let days = prop::collection::vec(day, DAYS);
    let more = prop::collection::vec((0_u8..DAYS as u8, figure()), 0..2);
    (days, more, 0_u8..6, 30_u32..55, 1_u8..3, any::<bool>()).prop_map(
        |(days, more, lag, at_least, periods, skips)| Case { days, more, lag, at_least, periods, skips },
    )
}

struct Figure {
    day: NaiveDate,
    value: u8,
    from: Option<NaiveDate>,
    known: NaiveDate,
    until: NaiveDate,
}

impl Case {
    fn figures(&self) -> Vec<Figure> {
        let days = self.days.iter().enumerate().filter_map(|(at, figure)| Some((at, (*figure)?)));
        let more = self.more.iter().map(|(at, figure)| (usize::from(*at), *figure));
        let figure = |(at, (value, late, passing)): (usize, DayFigure)| {
            let day = begin() + chrono::Days::new(at as u64);
            let from = late.map(|late| day + chrono::Days::new(u64::from(late)));
            let known = from.unwrap_or(day + chrono::Days::new(u64::from(self.lag) + 1));
            let until = passing.map_or(NaiveDate::MAX, |days| known + chrono::Days::new(u64::from(days)));
            Figure { day, value, from, known, until }
        };
        days.chain(more).map(figure).collect()
    }

    fn plan(&self) -> (Plan, PositionId) {
        let mut plan = Plan::default();
        let metric = json!({"key": "leads", "kind": "flow", "period": "day", "lag": self.lag});
        let metric = rows::add(&mut plan, Kind::Metric, metric);
        for figure in self.figures() {
            let until = (figure.until != NaiveDate::MAX).then_some(figure.until);
            let row = json!({
                "metric": metric, "first": figure.day, "last": figure.day, "value": figure.value.to_string(),
                "from": figure.from, "until": until,
            });
            rows::add(&mut plan, Kind::Observation, row);
        }
        let objective = json!({
            "key": "enough", "metric": metric, "op": ">=", "value": self.at_least.to_string(),
            "period": "month", "periods": self.periods, "gaps": if self.skips { "skip" } else { "hold" },
        });
        let objective = rows::add(&mut plan, Kind::Objective, objective);
        let position = json!({"key": "HC-1", "title": "Engineer", "waits_for": [objective]});
        let position = rows::add(&mut plan, Kind::Position, position).into();
        (plan, position)
    }

    /// The sum of a month as it is believed on a day; none if a day lacks a figure or has two.
    fn total(&self, figures: &[Figure], month: Period, on: NaiveDate) -> Option<u32> {
        let mut sum = 0;
        for day in month.first().iter_days().take_while(|day| *day <= month.last()) {
            let believed = |figure: &&Figure| figure.day == day && figure.known <= on && on <= figure.until;
            let mut found = figures.iter().filter(believed);
            sum += u32::from(found.next()?.value);
            if found.next().is_some() {
                return None;
            }
        }
        Some(sum)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn sums_and_the_day_since_which_a_gate_is_met_are_those_of_a_walk_through_all_days(case in case()) {
        let ((plan, position), figures) = (case.plan(), case.figures());
        let mut met_since = None;
        for on in begin().iter_days().take(DAYS + 60) {
            let Some(gate) = gate_of(&plan, position, on) else { continue };
            met_since = (gate.state == GateState::Met).then(|| met_since.unwrap_or(on));
            prop_assert_eq!(gate.since, met_since, "on {}", on);
            for reading in &gate.objectives[0].1.periods {
                let total = case.total(&figures, reading.period, on);
                let expected = total.map(|total| ExactValue::from_integer(total.into()));
                prop_assert_eq!(reading.value.clone().ok(), expected, "{:?} on {}", reading.period, on);
                prop_assert_eq!(reading.verdict == PeriodVerdict::Pass, total >= Some(case.at_least));
            }
        }
    }
}
