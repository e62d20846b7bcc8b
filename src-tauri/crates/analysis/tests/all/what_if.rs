//! What-if comparisons as sentences and gap by gap.

use chrono::NaiveDate;
use headroom_analysis::{
    forecast::{ForecastParams, Gap},
    what_if::{DepartureComparison, HypotheticalDeparture, WhatIf, departures, horizon},
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

/// Ada owns Till in person and leaves at the end of January. Bo and Cy are on Search, which owns Find.
fn shop() -> (Org, [u64; 3]) {
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
    // Here two people are enough for a team.
    org.set("rule.team-too-small.people", "1");
    (org, [ada, bo, cy])
}

struct Texts {
    sentences: Vec<String>,
    /// Subject, kind and mark of each gap that depends on them.
    gaps: Vec<String>,
    is_all_clear: bool,
}

fn texts(plan: &Plan, asked: &[(u64, Option<&str>)]) -> Texts {
    let from = date(DAY);
    let asked = asked.iter().map(|(person, last)| (PersonId(*person), last.map(date)));
    let departures = departures(plan, from, asked);
    let params = ForecastParams::new(plan, from, horizon(from, &departures));
    let what_if = WhatIf::new(plan, &params, &departures, true).unwrap();
    let comparison = DepartureComparison::new(&params, &departures, &what_if);
    let line = |gap: &Gap| {
        let mark = comparison.mark(gap)?;
        Some(format!("{} {} [{mark}]", plan.name_of(gap.subject), gap.kind.words()))
    };
    Texts {
        sentences: comparison.sentences(),
        gaps: what_if.departed.gaps.iter().filter_map(line).collect(),
        is_all_clear: comparison.against_staying.is_empty(),
    }
}

#[test]
fn what_if_defaults_to_the_planned_last_day() {
    let (org, [ada, ..]) = shop();
    let texts = texts(&org.plan, &[(ada, None)]);
    assert_eq!(
        texts.sentences,
        [
            "In the plan, Ada leaves on 31 Jan 2027, which opens 1 gap.",
            "This what-if uses the planned date, so nothing changes.",
        ]
    );
    assert_eq!(texts.gaps, ["Till has no one who can support it [in the plan]"]);
    assert!(!texts.is_all_clear);
}

#[test]
fn default_departure_is_90_days_ahead_once_per_person() {
    let (mut org, [ada, bo, cy]) = shop();
    org.alter(Kind::Person, cy, json!({"from": "2027-06-01"}));
    let asked = [(ada, None), (bo, None), (cy, None), (bo, Some("2027-01-15")), (9999, None)];
    let asked = asked.map(|(person, last)| (PersonId(person), last.map(date)));
    let found = departures(&org.plan, date(DAY), asked);
    let days: Vec<String> = found.iter().map(|it| it.last_day.to_string()).collect();
    assert_eq!(days, ["2027-01-31", "2027-01-15", "2027-08-30"]);
}

#[test]
fn earlier_departure_opens_planned_gaps_earlier() {
    let (org, [ada, ..]) = shop();
    let texts = texts(&org.plan, &[(ada, Some("2027-01-01"))]);
    assert_eq!(texts.sentences[1], "Leaving on 1 Jan 2027 instead opens 1 gap 30 days earlier.");
    assert_eq!(texts.gaps, ["Till has no one who can support it [30 days earlier]"]);
}

#[test]
fn later_departure_spares_planned_gaps() {
    let (org, [ada, ..]) = shop();
    let texts = texts(&org.plan, &[(ada, Some("2027-03-02"))]);
    assert_eq!(texts.sentences[1], "Leaving on 2 Mar 2027 instead removes 30 days from 1 gap.");
    assert_eq!(texts.gaps, ["Till has no one who can support it [30 days later]"]);
}

#[test]
fn unplanned_departure_adds_only_new_gaps() {
    let (org, [_, bo, cy]) = shop();
    let one = texts(&org.plan, &[(bo, None)]);
    assert_eq!(one.sentences[0], "No departure is planned for Bo.");
    assert_eq!(one.sentences[1], "Leaving on 22 Feb 2027 opens 2 new gaps.");
    let lost = ["Find has a single expert [new]", "Search owns services but has one member [new]"];
    assert_eq!(one.gaps, lost);
    // Both of them: from one responder to none.
    let both = texts(&org.plan, &[(bo, None), (cy, Some("2027-03-24"))]);
    assert_eq!(both.sentences[0], "No departure is planned for Bo and Cy.");
    assert_eq!(both.sentences[1], "Leaving on these dates opens 4 new gaps.");
    assert_eq!(both.gaps.len(), 4);
}

#[test]
fn all_clear_only_if_nothing_depends_on_them() {
    let (mut org, [ada, bo, _]) = shop();
    for name in ["Di", "Ed"] {
        let person = org.add(Kind::Person, json!({"name": name}));
        let search = org.plan.find::<headroom_model::Team>("search").unwrap().0;
        org.add(Kind::Membership, json!({"person": person, "team": search, "role": "member"}));
    }
    let clear = texts(&org.plan, &[(bo, None)]);
    assert!(clear.is_all_clear && clear.gaps.is_empty());
    assert_eq!(
        clear.sentences[1],
        "Leaving on 22 Feb 2027 opens no gaps: others can support the same services."
    );
    // Who owns nothing, in person or with a team, has nothing that others could support.
    let lone = org.add(Kind::Person, json!({"name": "Fay"}));
    let none = texts(&org.plan, &[(lone, None)]);
    assert!(none.is_all_clear);
    assert_eq!(none.sentences[1], "Leaving on 22 Feb 2027 opens no gaps: no service depends on them.");
    // Of two, one is enough.
    let both = texts(&org.plan, &[(lone, None), (bo, None)]);
    assert!(both.sentences[1].ends_with("others can support the same services."), "{:?}", both.sentences);
    // The departure of someone else with them counts.
    assert!(!texts(&org.plan, &[(bo, None), (ada, None)]).is_all_clear);
    // The forecast is longer for a departure after a year.
    let late = texts(&org.plan, &[(ada, Some("2028-06-30"))]);
    assert!(!late.is_all_clear, "{:?}", late.sentences);
    // If the forecast ends before the departure, nothing can be said.
    let from = date(DAY);
    let departures = [HypotheticalDeparture { person: PersonId(bo), last_day: date("2027-06-30") }];
    let params = ForecastParams::new(&org.plan, from, date("2027-01-15"));
    let what_if = WhatIf::new(&org.plan, &params, &departures, true).unwrap();
    let comparison = DepartureComparison::new(&params, &departures, &what_if);
    assert_eq!(
        comparison.sentences()[1],
        "Leaving on 30 Jun 2027 is after the forecast ends (15 Jan 2027): extend the forecast."
    );
}

#[test]
fn gap_missing_more_people_is_marked_as_worse() {
    let mut org = Org::default();
    let cash = org.team("Cash");
    let people = org.staff(cash, 5, "Lisbon");
    let till = org.service(json!({"name": "Till", "tier": 1}));
    org.own(till, cash, json!({}));
    let texts = texts(&org.plan, &[(people[0], None)]);
    assert!(!texts.is_all_clear);
    assert_eq!(texts.gaps, ["Cash can’t staff on-call [1 more person missing]"]);
    assert!(texts.sentences[1].ends_with("widens 1 gap (more people missing)."), "{:?}", texts.sentences);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    /// Day by day: a gap is marked exactly if it has days, or missing people, that it would not have if they
    /// remained.
    #[test]
    fn marked_gaps_agree_with_comparing_each_day(plan in plan(), who in 0usize..6, at in 0i64..50) {
        let person = plan.people.rows()[who].id;
        let departures = [HypotheticalDeparture { person, last_day: day(at) }];
        let params = ForecastParams::new(&plan, first(), day(40));
        let what_if = WhatIf::new(&plan, &params, &departures, true).unwrap();
        let comparison = DepartureComparison::new(&params, &departures, &what_if);
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
