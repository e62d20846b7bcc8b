//! What the leaving of somebody comes to, in words and gap by gap.

use chrono::NaiveDate;
use headroom_analysis::forecast::{
    DepartureComparison, ForecastParams, Gap, HypotheticalDeparture, WhatIf, departures, horizon,
};
use headroom_model::{Kind, PersonId, Plan};
use proptest::prelude::*;
use serde_json::json;

use crate::{
    org::Org,
    plans::{day, first, plan},
};

const DAY: &str = "2026-11-24";

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Ada owns Till in person and leaves at the end of January; Bo and Cy are on Search, which owns Find.
fn shop() -> (Org, [u32; 3]) {
    let mut org = Org::default();
    let ada = org.add(Kind::Person, json!({"name": "Ada", "until": "2027-01-31"}));
    let search = org.team("Search");
    let mut on_search = |name: &str| {
        let person = org.add(Kind::Person, json!({"name": name}));
        org.add(Kind::Membership, json!({"person": person, "team": search, "role": "member"}));
        person
    };
    let (bo, cy) = (on_search("Bo"), on_search("Cy"));
    let till = org.service(json!({"name": "Till"}));
    org.add(Kind::Ownership, json!({"service": till, "owner": {"person": ada}, "role": "owner"}));
    let find = org.service(json!({"name": "Find"}));
    org.own(find, search, json!({}));
    // Two make a team here, and nobody is on call.
    org.set("rule.team-too-small.people", "1");
    (org, [ada, bo, cy])
}

struct Told {
    sentences: Vec<String>,
    /// Subject, kind and mark of each gap that is theirs.
    gaps: Vec<String>,
    is_all_clear: bool,
}

fn told(plan: &Plan, leavers: &[(u32, Option<&str>)]) -> Told {
    let from = date(DAY);
    let asked = leavers.iter().map(|(person, last)| (PersonId(*person), last.map(date)));
    let departures = departures(plan, from, asked);
    let question = ForecastParams::new(plan, from, horizon(from, &departures));
    let what_if = WhatIf::new(plan, &question, &departures, true).unwrap();
    let comparison = DepartureComparison::new(&question, &departures, &what_if);
    let line = |gap: &Gap| {
        let mark = comparison.mark(gap)?;
        Some(format!("{} {} [{mark}]", plan.name_of(gap.subject), gap.kind.words()))
    };
    Told {
        sentences: comparison.sentences(),
        gaps: what_if.departed.gaps.iter().filter_map(line).collect(),
        is_all_clear: comparison.against_staying.is_empty(),
    }
}

#[test]
fn somebody_whose_last_day_is_planned_is_asked_about_on_that_day() {
    let (org, [ada, ..]) = shop();
    let told = told(&org.plan, &[(ada, None)]);
    assert_eq!(
        told.sentences,
        [
            "In the plan, Ada leaves on 31 Jan 2027, which opens 1 gap.",
            "This what-if uses the planned date, so nothing changes.",
        ]
    );
    assert_eq!(told.gaps, ["Till has no one who can support it [in the plan]"]);
    assert!(!told.is_all_clear);
}

#[test]
fn the_day_that_is_assumed_lies_three_months_ahead_and_each_person_is_asked_about_once() {
    let (mut org, [ada, bo, cy]) = shop();
    org.alter(Kind::Person, cy, json!({"from": "2027-06-01"}));
    let asked = [(ada, None), (bo, None), (cy, None), (bo, Some("2027-01-15")), (9999, None)];
    let asked = asked.map(|(person, last)| (PersonId(person), last.map(date)));
    let found = departures(&org.plan, date(DAY), asked);
    let days: Vec<String> = found.iter().map(|it| it.last_day.to_string()).collect();
    assert_eq!(days, ["2027-01-31", "2027-01-15", "2027-08-30"]);
}

#[test]
fn an_earlier_day_opens_the_gaps_of_the_plan_earlier_and_no_new_ones() {
    let (org, [ada, ..]) = shop();
    let told = told(&org.plan, &[(ada, Some("2027-01-01"))]);
    assert_eq!(told.sentences[1], "Leaving on 1 Jan 2027 instead opens 1 gap 30 days earlier.");
    assert_eq!(told.gaps, ["Till has no one who can support it [30 days earlier]"]);
}

#[test]
fn a_later_day_spares_what_the_plan_loses_before_it() {
    let (org, [ada, ..]) = shop();
    let told = told(&org.plan, &[(ada, Some("2027-03-02"))]);
    assert_eq!(told.sentences[1], "Leaving on 2 Mar 2027 instead removes 30 days from 1 gap.");
    assert_eq!(told.gaps, ["Till has no one who can support it [30 days later]"]);
}

#[test]
fn of_somebody_without_a_last_day_everything_is_new() {
    let (org, [_, bo, cy]) = shop();
    let one = told(&org.plan, &[(bo, None)]);
    assert_eq!(one.sentences[0], "No departure is planned for Bo.");
    assert_eq!(one.sentences[1], "Leaving on 22 Feb 2027 opens 2 new gaps.");
    let lost = ["Find has a single expert [new]", "Search owns services but has one member [new]"];
    assert_eq!(one.gaps, lost);
    // Both of them: from one there is nobody.
    let both = told(&org.plan, &[(bo, None), (cy, Some("2027-03-24"))]);
    assert_eq!(both.sentences[0], "No departure is planned for Bo and Cy.");
    assert_eq!(both.sentences[1], "Leaving on these dates opens 4 new gaps.");
    assert_eq!(both.gaps.len(), 4);
}

#[test]
fn the_all_clear_is_given_only_where_nothing_depends_on_them() {
    let (mut org, [ada, bo, _]) = shop();
    for name in ["Di", "Ed"] {
        let person = org.add(Kind::Person, json!({"name": name}));
        let search = org.plan.find::<headroom_model::Team>("search").unwrap().0;
        org.add(Kind::Membership, json!({"person": person, "team": search, "role": "member"}));
    }
    let clear = told(&org.plan, &[(bo, None)]);
    assert!(clear.is_all_clear && clear.gaps.is_empty());
    assert_eq!(
        clear.sentences[1],
        "Leaving on 22 Feb 2027 opens no gaps: others can support the same services."
    );
    // Of somebody who goes with them, too.
    assert!(!told(&org.plan, &[(bo, None), (ada, None)]).is_all_clear);
    // Who leaves after a year is looked at for longer.
    let late = told(&org.plan, &[(ada, Some("2028-06-30"))]);
    assert!(!late.is_all_clear, "{:?}", late.sentences);
    // Where the days looked at end before, nothing is promised.
    let from = date(DAY);
    let departures = [HypotheticalDeparture { person: PersonId(bo), last_day: date("2027-06-30") }];
    let question = ForecastParams::new(&org.plan, from, date("2027-01-15"));
    let what_if = WhatIf::new(&org.plan, &question, &departures, true).unwrap();
    let comparison = DepartureComparison::new(&question, &departures, &what_if);
    assert_eq!(
        comparison.sentences()[1],
        "Leaving on 30 Jun 2027 is after the forecast ends (15 Jan 2027): extend the forecast."
    );
}

#[test]
fn a_gap_that_takes_more_people_is_worse_though_its_days_are_the_same() {
    let mut org = Org::default();
    let cash = org.team("Cash");
    let people = org.staff(cash, 5, "Lisbon");
    let till = org.service(json!({"name": "Till", "tier": 1}));
    org.own(till, cash, json!({}));
    let told = told(&org.plan, &[(people[0], None)]);
    assert!(!told.is_all_clear);
    assert_eq!(told.gaps, ["Cash can’t staff on-call [1 more person missing]"]);
    assert!(told.sentences[1].ends_with("widens 1 gap (more people missing)."), "{:?}", told.sentences);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    /// Looked at day by day, each gap of the departure is one of theirs exactly when it has a day, or takes people,
    /// beyond their remaining.
    #[test]
    fn nothing_is_marked_that_would_be_so_if_they_remained(plan in plan(), who in 0usize..6, at in 0i64..50) {
        let person = plan.people.rows()[who].id;
        let departures = [HypotheticalDeparture { person, last_day: day(at) }];
        let question = ForecastParams::new(&plan, first(), day(40));
        let what_if = WhatIf::new(&plan, &question, &departures, true).unwrap();
        let comparison = DepartureComparison::new(&question, &departures, &what_if);
        let is_open = |gaps: &[Gap], like: &Gap, on: NaiveDate| {
            gaps.iter().any(|gap| {
                (gap.subject, gap.kind) == (like.subject, like.kind)
                    && gap.opens.is_none_or(|opens| opens <= on)
                    && gap.closes.is_none_or(|closes| on < closes)
            })
        };
        for gap in &what_if.departed.gaps {
            let own = (0..=40).map(day).filter(|on| is_open(std::slice::from_ref(gap), gap, *on));
            let own: Vec<NaiveDate> = own.collect();
            let (staying, plan) = (comparison.against_staying.of(gap), comparison.against_plan.of(gap));
            prop_assert_eq!(comparison.mark(gap).is_some(), staying.is_some());
            let of_plan = staying.map(|_| (&what_if.planned.gaps, plan));
            for (others, found) in [(&what_if.remaining.gaps, staying)].into_iter().chain(of_plan) {
                let beyond = own.iter().filter(|on| !is_open(others, gap, **on)).count() as u32;
                prop_assert_eq!(found.map_or(0, |it| it.days), beyond);
                prop_assert_eq!(found.is_some_and(|it| it.is_new), beyond as usize == own.len());
                let earlier = own.iter().take_while(|on| !is_open(others, gap, **on)).count();
                if let Some(it) = found.filter(|it| !it.is_new) {
                    prop_assert_eq!(it.opens_earlier as usize, earlier);
                }
            }
        }
    }
}
