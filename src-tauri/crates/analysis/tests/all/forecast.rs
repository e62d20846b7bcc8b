//! The forecast compared with evaluating each day, on random plans.

use std::sync::Arc;

use crate::plans::{day, first, plan};
use chrono::{Days, NaiveDate};
use headroom_analysis::{
    Responders,
    forecast::{ForecastParams, Gap, GapKind, forecast},
    team_load::team_load,
    what_if::{HypotheticalDeparture, WhatIf},
};
use headroom_model::{Draft, EntityRef, Membership, Owner, Ownership, Person, Plan, Service, Team, role};
use proptest::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// What is missing on one day, calculated from the snapshot of that day.
fn missing(plan: &Arc<Plan>, day: NaiveDate, params: &ForecastParams<'_>) -> FxHashSet<(EntityRef, GapKind)> {
    let snapshot = plan.as_of(day);
    let responders = Responders::new(&snapshot);
    let mut found = FxHashSet::default();
    for at in 0..snapshot.service_count() {
        let subject = EntityRef::from(snapshot.service(at).id);
        match (snapshot.owners(at).is_empty(), responders.of(at).len()) {
            (true, _) => drop(found.insert((subject, GapKind::Unowned))),
            (false, 0) => drop(found.insert((subject, GapKind::Nobody))),
            (false, 1) => drop(found.insert((subject, GapKind::OnePerson))),
            _ => {}
        }
    }
    for row in snapshot.dangling() {
        found.insert((row.service.into(), GapKind::Dangling));
    }
    for at in (0..snapshot.team_count()).filter(|at| !snapshot.team(*at).unconfirmed) {
        let subject = EntityRef::from(snapshot.team(at).id);
        let owned: Vec<&Service> = snapshot
            .held_by_team(at)
            .filter(|row| row.is_accountable())
            .filter_map(|row| plan.services.get(row.service))
            .collect();
        match (owned.is_empty(), responders.on(at).len()) {
            (false, 0) => drop(found.insert((subject, GapKind::TeamEmpty))),
            (false, 1) => drop(found.insert((subject, GapKind::TeamOnePerson))),
            _ => {}
        }
        let people = responders.on(at).iter().filter_map(|person| plan.people.get(*person));
        let is_staffed = params.rota.is_staffed(people.map(|person| person.location.as_str()));
        if owned.iter().any(|service| service.tier.is_some_and(|tier| tier <= params.on_call_tier))
            && !is_staffed
        {
            found.insert((subject, GapKind::OnCall));
        }
        if team_load(&snapshot, &responders, at).is_over(params.load_limit) {
            found.insert((subject, GapKind::OverLoad));
        }
        let people = responders.on(at).len() as u32;
        if people > 0 && people < params.smallest_team && snapshot.children_of(at).is_empty() {
            found.insert((subject, GapKind::TooSmall));
        }
    }
    found
}

type Run = (EntityRef, GapKind, Option<NaiveDate>, Option<NaiveDate>);

fn by_looking_at_each_day(plan: &Arc<Plan>, params: &ForecastParams<'_>) -> FxHashSet<Run> {
    let mut open: FxHashMap<(EntityRef, GapKind), Option<NaiveDate>> = FxHashMap::default();
    let mut runs = FxHashSet::default();
    let mut day = params.from;
    while day <= params.until {
        let now = missing(plan, day, params);
        let closed: Vec<_> = open.keys().copied().filter(|gap| !now.contains(gap)).collect();
        for gap in closed {
            let opened = open.remove(&gap).unwrap();
            runs.insert((gap.0, gap.1, opened, Some(day)));
        }
        for gap in now {
            open.entry(gap).or_insert((day > params.from).then_some(day));
        }
        day = day + Days::new(1);
    }
    runs.extend(open.into_iter().map(|((subject, kind), opened)| (subject, kind, opened, None)));
    runs
}

fn runs(gaps: &[Gap]) -> FxHashSet<Run> {
    gaps.iter().map(|gap| (gap.subject, gap.kind, gap.opens, gap.closes)).collect()
}

fn params(plan: &Plan) -> ForecastParams<'static> {
    let mut params = ForecastParams::new(plan, first(), day(60));
    // Small enough for small plans.
    params.rota = headroom_analysis::on_call::Rota { one_site: 3, each_of_two: 2 };
    params.load_limit = 20;
    params
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn forecast_agrees_with_every_single_day(plan in plan()) {
        let params = params(&plan);
        let found = forecast(&plan, &params);
        prop_assert_eq!(runs(&found), by_looking_at_each_day(&Arc::new(plan.clone()), &params));
        prop_assert_eq!(runs(&found).len(), found.len(), "each gap once");
    }

    #[test]
    fn hypothetical_departure_equals_planned_departure(plan in plan(), who in 0usize..6, last in -5i64..65) {
        let person = plan.people.iter().nth(who).unwrap().clone();
        // What ends with them on a later day than planned is extended as well, which another test covers.
        let last_day = person.until.map_or(day(last), |until| until.min(day(last)));
        let departures = [HypotheticalDeparture { person: person.id, last_day }];
        let what_if = WhatIf::new(&plan, &params(&plan), &departures, true).unwrap();
        let mut gone = plan.clone();
        let mut draft = Draft::new(&plan);
        // Nobody's last day can be before the day that precedes their first: then they are employed on no day.
        let until = person.from.map_or(last_day, |from| last_day.max(from.pred_opt().unwrap()));
        draft.put(Person { until: Some(until), ..person });
        let changes = draft.finish();
        gone.apply(&changes).unwrap();
        prop_assert_eq!(runs(&what_if.departed.gaps), runs(&forecast(&gone, &params(&gone))));
    }
}

#[test]
fn gap_opens_on_the_day_after_the_last_day() {
    let empty = Plan::default();
    let mut draft = Draft::new(&empty);
    let (team, service) = (draft.new_id::<Team>(), draft.new_id::<Service>());
    draft.put(Team { id: team, key: "cash".into(), name: "Cash".into(), ..Team::default() });
    draft.put(Service { id: service, key: "till".into(), name: "Till".into(), ..Service::default() });
    let id = draft.new_id::<Ownership>();
    draft.put(Ownership {
        id,
        service,
        owner: Owner::Team(team),
        role: role::OWNER.into(),
        ..Ownership::default()
    });
    let mut people = Vec::new();
    for (key, until) in [("ada", "2027-03-15"), ("ben", "2027-03-31")] {
        let person = draft.new_id::<Person>();
        draft.put(Person {
            id: person,
            key: key.into(),
            name: key.into(),
            until: until.parse().ok(),
            ..Person::default()
        });
        let id = draft.new_id::<Membership>();
        draft.put(Membership { id, person, team, ..Membership::default() });
        people.push(person);
    }
    let changes = draft.finish();
    let mut plan = Plan::default();
    plan.apply(&changes).unwrap();
    let from = "2027-01-01".parse().unwrap();
    let gaps = forecast(&plan, &ForecastParams::new(&plan, from, "2027-12-31".parse().unwrap()));
    let of = |kind| gaps.iter().find(|gap| gap.kind == kind).unwrap();
    let one = of(GapKind::OnePerson);
    assert_eq!((one.opens, one.closes), ("2027-03-16".parse().ok(), "2027-04-01".parse().ok()));
    assert_eq!(
        (one.because.as_slice(), one.people.as_slice()),
        (&[people[0].into()][..], &[people[1].into()][..])
    );
    let nobody = of(GapKind::Nobody);
    assert_eq!((nobody.opens, nobody.closes), ("2027-04-01".parse().ok(), None));
    assert_eq!(nobody.because, [people[1].into()]);
}
