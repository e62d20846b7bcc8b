//! Capacity of whole plans against figures calculated by hand.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_analysis::{
    assumptions::Assumptions,
    capacity::{Capacity, MonthStaffing, Months, headcount_lines, staffing},
};
use headroom_model::{Draft, Kind, Plan, TeamId, fields};
use serde_json::{Value, json};

#[derive(Default)]
struct Org(Plan);

impl Org {
    fn add(&mut self, kind: Kind, values: Value) -> u64 {
        let values: Vec<(String, Value)> = values.as_object().unwrap().clone().into_iter().collect();
        let mut draft = Draft::new(&self.0);
        let made = fields::create(&mut draft, kind, &values).unwrap();
        let changes = draft.finish();
        self.0.apply(&changes).unwrap();
        made.id
    }

    fn assume(&mut self, kind: &str, value: &str) {
        self.add(Kind::Assumption, json!({"kind": kind, "value": value}));
    }

    fn position(&mut self, team: u64, key: &str, values: Value) -> u64 {
        let mut all = json!({"key": key, "team": team});
        all.as_object_mut().unwrap().extend(values.as_object().unwrap().clone());
        self.add(Kind::Position, all)
    }
}

fn first() -> NaiveDate {
    "2027-01-01".parse().unwrap()
}

fn capacity(plan: &Plan, months: usize) -> Capacity {
    let assumptions = Assumptions::new(plan);
    Capacity::new(
        plan,
        &assumptions,
        &headcount_lines(plan, &assumptions),
        Months::new(first(), months),
        first(),
    )
}

fn rounded(values: impl Iterator<Item = f64>) -> Vec<f64> {
    values.map(|value| (value * 1e6).round() / 1e6).collect()
}

#[test]
fn ramp_up_matches_published_example() {
    let mut org = Org::default();
    let team = org.add(Kind::Team, json!({"name": "T"}));
    org.assume("ramp", "0% 25% 50% 75% 100%");
    org.assume("mentor-drag", "0%");
    org.assume("join-rate", "0%");
    for (at, start) in ["2027-01-01", "2027-02-01", "2027-02-01", "2027-04-01"].iter().enumerate() {
        org.position(team, &format!("P{at}"), json!({"start": start}));
    }
    let capacity = capacity(&org.0, 5);
    let months = capacity.of(Some(TeamId(team))).unwrap();
    assert_eq!(rounded(months.iter().map(|month| month.headcount)), [1.0, 3.0, 3.0, 4.0, 4.0]);
    assert_eq!(rounded(months.iter().map(|month| month.capacity())), [0.0, 0.25, 1.0, 1.75, 2.75]);
    assert_eq!(months.iter().map(|month| month.starts).collect::<Vec<_>>(), [1, 2, 0, 1, 0]);
}

#[test]
fn mentoring_interviews_departures_and_attrition_reduce_capacity() {
    let mut org = Org::default();
    let team = org.add(Kind::Team, json!({"name": "T"}));
    let position = org.position(team, "OLD", json!({}));
    let person = org.add(Kind::Person, json!({"name": "Ada"}));
    org.add(Kind::Assignment, json!({"position": position, "person": person, "until": "2027-04-15"}));
    org.assume("attrition", "50%");
    // Recruiting is open for 30 days before 1 April, then 30 days of notice: all interviews are in March.
    org.assume("time-to-fill", "30");
    org.position(team, "NEW", json!({"start": "2027-05-01"}));
    let capacity = capacity(&org.0, 6);
    let months = capacity.of(Some(TeamId(team))).unwrap();
    assert_eq!(rounded(months.iter().map(|month| month.headcount)), [1.0, 1.0, 1.0, 0.5, 1.0, 1.0]);
    let hours = rounded(months.iter().map(|month| month.interviews * 40.0 * 52.0 / 12.0));
    assert_eq!(hours, [0.0, 0.0, 40.0, 0.0, 0.0, 0.0]);
    assert_eq!(rounded([months[4].mentoring, months[4].lost_to_ramp()].into_iter()), [0.25, 0.8]);
    assert_eq!((months[3].leaves, months[4].starts), (1, 1));
    // From the first day on, half remain after a year.
    let half = 0.5_f64.powf(1.0 / 12.0);
    assert_eq!(
        rounded([months[0].expected_headcount].into_iter()),
        rounded([(1.0 - half) / -half.ln()].into_iter())
    );
    // Those who join in May are all present on the first of May.
    let may = months[4].expected_headcount;
    assert!(months[5].expected_headcount < may && may < 1.0, "{may}");
    let learning: Vec<(u32, u32)> = months.iter().map(|month| (month.learning, month.mentors)).collect();
    assert_eq!(learning, [(0, 1), (0, 1), (0, 1), (0, 0), (1, 0), (1, 0)]);
    assert!(months[4].lacks_mentors() && !months[2].lacks_mentors());
}

#[test]
fn hires_count_for_on_call_once_productive() {
    let mut org = Org::default();
    let team = org.add(Kind::Team, json!({"name": "T"}));
    for at in 0..7 {
        let person = org.add(Kind::Person, json!({"name": format!("P{at}"), "location": "Gdańsk"}));
        org.add(Kind::Membership, json!({"person": person, "team": team, "role": "member"}));
    }
    let service = org.add(Kind::Service, json!({"name": "S", "tier": 1}));
    org.add(Kind::Ownership, json!({"service": service, "owner": {"team": team}, "role": "owner"}));
    org.assume("ramp-time", "90");
    org.position(team, "NEW", json!({"start": "2027-02-01", "location": "Gdańsk"}));
    let plan = Arc::new(org.0);
    let assumptions = Assumptions::new(&plan);
    let heads = headcount_lines(&plan, &assumptions);
    let rows = staffing(&plan, &assumptions, &heads, &Months::new(first(), 5));
    let months: &[MonthStaffing] = &rows[&TeamId(team)];
    assert!(months.iter().all(|month| month.critical == 1 && month.on_call == 7 && !month.is_staffed));
    // 1 February and 90 days are 2 May.
    let staffed: Vec<bool> = months.iter().map(|month| month.is_staffed_with_hires).collect();
    assert_eq!(staffed, [false, false, false, false, true]);
    assert_eq!((months[0].people, months[1].people), (7, 8));
    assert_eq!(months[1].load_per_person(), Some(0.5));
}

/// A month is the same whichever period is asked for, also for people without a known first day.
#[test]
fn months_do_not_depend_on_period() {
    let mut org = Org::default();
    let team = org.add(Kind::Team, json!({"name": "T"}));
    org.assume("mentor-drag", "20%");
    org.add(Kind::Assumption, json!({"kind": "mentor-drag", "value": "0%", "from": "2027-06-01"}));
    org.add(Kind::Assumption, json!({"kind": "ramp", "value": "10% 90%", "from": "2027-03-01"}));
    org.position(team, "many", json!({"fte": "10", "pooled": true}));
    org.position(team, "since", json!({"start": "2027-03-15", "until": "2027-11-20"}));
    org.position(team, "later", json!({"start": "2027-08-09"}));
    let assumptions = Assumptions::new(&org.0);
    let heads = headcount_lines(&org.0, &assumptions);
    let of = |from: &str| {
        let from: NaiveDate = from.parse().unwrap();
        let capacity = Capacity::new(&org.0, &assumptions, &heads, Months::new(from, 24), first());
        let months = capacity.months.clone();
        let rows = capacity.sum(|_| true);
        let at = |day: &str| (0..24).find(|at| months.first_day(*at) == day.parse().unwrap()).unwrap();
        ["2027-08-01", "2027-12-01"]
            .map(|day| rounded([rows[at(day)].capacity(), rows[at(day)].headcount].into_iter()))
    };
    assert_eq!(of("2027-01-01"), of("2027-07-01"));
    assert_eq!(of("2027-01-01"), of("2026-05-01"));
    assert_eq!(of("2027-01-01"), of("2027-08-01"));
}
