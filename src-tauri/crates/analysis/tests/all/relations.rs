//! Metamorphic tests: relations between a random plan and the plan after a change with a known effect.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{Days, NaiveDate};
use headroom_analysis::{
    DayView, Finding, Responders, Severity,
    assumptions::Assumptions,
    cost::{Costs, cost_by_position},
    coverage::hires,
    forecast::{Added, ForecastParams, Gap, GapKind, forecast},
    hiring::{BackfillDecision, Occupancy, departures, occupancies},
    what_if::{HypotheticalDeparture, WhatIf},
};
use headroom_model::{
    Change, Draft, Entity, EntityRef, Membership, Ownership, Person, PersonId, Plan, PositionId, Service,
    Team,
};
use proptest::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::plans::{day, first, plan, positions::plan_with_positions};

/// The rules about how a service is covered, now or later.
const COVERAGE: [&str; 7] = [
    "unowned-service",
    "unknown-owner",
    "owner-team-empty",
    "bus-factor-one",
    "fragile-articulation",
    "leaver-leaves-nobody",
    "leaver-leaves-one",
];

fn params(plan: &Plan) -> ForecastParams<'static> {
    ForecastParams::new(plan, first(), day(70)).asked_on(first())
}

fn altered(plan: &Plan, alter: impl FnOnce(&mut Draft<'_>)) -> Plan {
    let mut draft = Draft::new(plan);
    alter(&mut draft);
    let changes: Vec<Change> = draft.finish();
    let mut plan = plan.clone();
    plan.apply(&changes).unwrap();
    plan
}

/// The plan in which someone's employment ends on the day, or before it begins.
fn ended(plan: &Plan, person: PersonId, last: NaiveDate) -> Plan {
    let row = plan.people.get(person).unwrap().clone();
    let last = row.until.map_or(last, |until| until.min(last));
    let until = Some(row.from.map_or(last, |from| last.max(from - Days::new(1))));
    altered(plan, |draft| draft.put(Person { until, ..row }))
}

fn nth<T>(mut rows: impl Iterator<Item = T>, at: usize) -> Option<T> {
    rows.nth(at)
}

type GapDays = FxHashMap<(EntityRef, GapKind), BTreeSet<NaiveDate>>;

fn days_of(gaps: &[Gap]) -> GapDays {
    let mut days = GapDays::default();
    for gap in gaps {
        let until = gap.closes.unwrap_or(day(71));
        let open = gap.opens.unwrap_or(first()).iter_days().take_while(|day| *day < until);
        days.entry((gap.subject, gap.kind)).or_default().extend(open);
    }
    days
}

fn days_added(added: &[Added]) -> GapDays {
    let mut days = GapDays::default();
    for one in added {
        let mut count = 0;
        for (from, last) in &one.stretches {
            let stretch: Vec<NaiveDate> = from.iter_days().take_while(|day| day <= last).collect();
            count += stretch.len();
            days.entry((one.gap.subject, one.gap.kind)).or_default().extend(stretch);
        }
        assert_eq!(count, one.days as usize);
    }
    days.retain(|_, days| !days.is_empty());
    days
}

fn beyond(days: &GapDays, other: &GapDays) -> GapDays {
    let mut days = days.clone();
    for (key, days) in &mut days {
        if let Some(other) = other.get(key) {
            days.retain(|day| !other.contains(day));
        }
    }
    days.retain(|_, days| !days.is_empty());
    days
}

fn cost(plan: &Plan) -> FxHashMap<PositionId, i64> {
    let costs = Costs::new(plan, first(), day(200));
    cost_by_position(&costs).into_iter().map(|(position, money)| (position, money.minor)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// For gaps, hires and costs.
    #[test]
    fn what_if_equals_the_plan_with_the_departure(
        plan in plan_with_positions(),
        who in 0usize..6,
        last in -5i64..75,
        is_with_hires in any::<bool>(),
    ) {
        let person = nth(plan.people.iter(), who).unwrap().clone();
        // For a later day than planned, what ends with them is extended as well.
        let last_day = person.until.map_or(day(last), |until| until.min(day(last)));
        let departures = [HypotheticalDeparture { person: person.id, last_day }];
        let what_if = WhatIf::new(&plan, &params(&plan), &departures, is_with_hires).unwrap();
        let real = ended(&plan, person.id, last_day);
        let asked = params(&real);
        let planned = hires(&real, &asked);
        let gaps = forecast(&real, &asked.with(if is_with_hires { &planned } else { &[] }));
        prop_assert_eq!(&what_if.departed.gaps, &gaps);
        prop_assert_eq!(&what_if.departed.hires, &planned);
        prop_assert_eq!(cost(&what_if.departed.plan), cost(&real));
        prop_assert_eq!(&*what_if.planned.plan, &plan);
        let remains = what_if.remaining.plan.people.get(person.id).unwrap();
        prop_assert!(remains.until.is_none() || person.date_range().is_empty());
    }

    /// Differences are by day, whatever the days on which gaps open and close.
    #[test]
    fn added_days_agree_with_comparing_each_day(
        plan in plan_with_positions(),
        leave in prop::collection::vec((0usize..6, -5i64..75), 1..3),
    ) {
        let departures: Vec<HypotheticalDeparture> = leave.into_iter().map(|(who, last)| {
            HypotheticalDeparture { person: nth(plan.people.iter(), who).unwrap().id, last_day: day(last) }
        }).collect();
        let what_if = WhatIf::new(&plan, &params(&plan), &departures, true).unwrap();
        let (remaining, planned, departed) = (
            days_of(&what_if.remaining.gaps),
            days_of(&what_if.planned.gaps),
            days_of(&what_if.departed.gaps),
        );
        prop_assert_eq!(days_added(&what_if.added), beyond(&departed, &planned));
        prop_assert_eq!(days_added(&what_if.planned_losses), beyond(&planned, &remaining));
        prop_assert_eq!(days_added(&what_if.losses), beyond(&departed, &remaining));
        prop_assert_eq!(days_added(&what_if.spared), beyond(&planned, &departed));
        for added in what_if.added.iter().chain(&what_if.losses) {
            let known = if what_if.added.contains(added) { &planned } else { &remaining };
            let of_kind = known.get(&(added.gap.subject, added.gap.kind)).cloned().unwrap_or_default();
            let open = days_of(std::slice::from_ref(&added.gap)).into_values().next().unwrap();
            prop_assert_eq!(added.is_new, open.is_disjoint(&of_kind));
        }
    }

    /// The backfill decision of a departure is what cost, headcount and hires are calculated with.
    #[test]
    fn departures_agree_with_cost_headcount_and_hires(plan in plan_with_positions()) {
        let assumptions = Assumptions::new(&plan);
        let all = occupancies(&plan, &assumptions);
        let planned = |position: PositionId| -> Vec<&Occupancy> {
            all.iter().filter(|occupancy| occupancy.position == position && occupancy.is_planned(&plan)).collect()
        };
        for departure in departures(&plan, NaiveDate::MIN, NaiveDate::MAX) {
            let after: Vec<_> = planned(departure.position).iter().map(|occupancy| occupancy.from).collect();
            match departure.decision {
                BackfillDecision::Refilled(start) => {
                    prop_assert_eq!(&after, &[Some(start)]);
                    prop_assert!(start > departure.last);
                }
                // The successor has a departure of their own, or none.
                BackfillDecision::Followed(_) => {}
                _ => prop_assert!(after.is_empty(), "{departure:?} {after:?}"),
            }
        }
        for position in plan.positions.iter() {
            for occupancy in planned(position.id) {
                let named = all.iter().filter(|it| it.position == position.id && it.person.is_some());
                let lasts: Vec<_> = named.map(|occupancy| occupancy.until).collect();
                prop_assert!(lasts.iter().all(|last| last.is_some_and(|last| Some(last) < occupancy.from)));
                let last = lasts.into_iter().flatten().max();
                let is_ahead = |day: Option<NaiveDate>| day.is_some_and(|day| last.is_none_or(|last| day > last));
                prop_assert!(is_ahead(position.start) || is_ahead(position.need_by));
            }
        }
        // It is a finding as well.
        let view = DayView::new(&Arc::new(plan.clone()), first(), None);
        let reported = view.findings().iter().filter(|finding| finding.rule.id == "leaver-undecided");
        let reported: FxHashSet<EntityRef> = reported.map(|finding| finding.subject).collect();
        for departure in departures(&plan, first(), day(300)) {
            prop_assert_eq!(
                reported.contains(&departure.position.into()) || departure.decision != BackfillDecision::Undecided,
                true,
                "{:?}", departure
            );
            prop_assert!(departure.decision == BackfillDecision::Undecided || !reported.contains(&departure.position.into())
                || matches!(departure.decision, BackfillDecision::Followed(_)));
        }
    }
}

fn view(plan: &Plan) -> DayView {
    DayView::new(&Arc::new(plan.clone()), first(), None)
}

/// The findings about the coverage of a service. An unknown owner besides a known one is another problem, which
/// disappears with that owner.
fn coverage(view: &DayView, service: EntityRef) -> Vec<&Finding> {
    let at = view.snapshot.service_ix(service.id.into());
    let is_covered = at.is_some_and(|at| !Responders::new(&view.snapshot).of(at).is_empty());
    let is_meant = |finding: &&Finding| {
        COVERAGE.contains(&finding.rule.id) && !(is_covered && finding.rule.id == "unknown-owner")
    };
    view.findings_of(service).filter(is_meant).collect()
}

fn worst(view: &DayView, service: EntityRef) -> Option<Severity> {
    coverage(view, service).iter().map(|finding| finding.severity).max()
}

fn at_risk(view: &DayView) -> usize {
    let services = view.snapshot.plan().services.iter().map(|service| EntityRef::from(service.id));
    services.filter(|service| !coverage(view, *service).is_empty()).count()
}

/// Asserts that no service is better covered than before, whether it exists already or in the future.
fn assert_not_less(before: &DayView, after: &DayView, what: &str) {
    for service in before.snapshot.plan().services.iter() {
        let (was, is) = (worst(before, service.id.into()), worst(after, service.id.into()));
        assert!(is >= was, "{what}: {was:?} of {} becomes {is:?}", service.key);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn departures_never_improve_coverage(
        plan in plan_with_positions(),
        who in 0usize..6,
        last in prop_oneof![Just(-1i64), -1i64..60],
    ) {
        let person = nth(plan.people.iter(), who).unwrap().id;
        let before = view(&plan);
        let responders = Responders::new(&before.snapshot);
        let alone: Vec<EntityRef> = (0..before.snapshot.service_count())
            .filter(|at| responders.of(*at) == [person])
            .map(|at| before.snapshot.service(at).id.into())
            .collect();
        let after = view(&ended(&plan, person, day(last)));
        for service in alone {
            let worst = |view: &DayView| view.findings_of(service).map(|finding| finding.severity).max();
            prop_assert!(worst(&after) >= worst(&before));
        }
        prop_assert!(at_risk(&after) >= at_risk(&before));
    }

    #[test]
    fn fewer_members_or_owners_never_improve_coverage(plan in plan(), which in any::<prop::sample::Index>()) {
        let before = view(&plan);
        if !plan.memberships.is_empty() {
            let row = &plan.memberships.rows()[which.index(plan.memberships.len())];
            let after = view(&altered(&plan, |draft| draft.remove::<Membership>(row.id)));
            assert_not_less(&before, &after, "a member less");
        }
        if !plan.ownerships.is_empty() {
            let row = &plan.ownerships.rows()[which.index(plan.ownerships.len())];
            let after = view(&altered(&plan, |draft| draft.remove::<Ownership>(row.id)));
            assert_not_less(&before, &after, "an owner less");
        }
        let team = plan.teams.rows()[which.index(plan.teams.len())].clone();
        let until = Some(team.from.map_or(day(-1), |from| day(-1).max(from - Days::new(1))));
        if team.until.is_none_or(|planned| Some(planned) > until) {
            let after = view(&altered(&plan, |draft| draft.put(Team { until, ..team })));
            assert_not_less(&before, &after, "a team less");
        }
    }

    #[test]
    fn more_members_never_worsen_coverage(plan in plan(), team in 0usize..4) {
        let team = nth(plan.teams.iter(), team).unwrap().id;
        let more = altered(&plan, |draft| {
            let (person, id) = (draft.new_id::<Person>(), draft.new_id::<Membership>());
            draft.put(Person { id: person, key: "new".into(), name: "New".into(), ..Person::default() });
            draft.put(Membership { id, person, team, ..Membership::default() });
        });
        assert_not_less(&view(&more), &view(&plan), "a member more, seen backwards");
    }

    /// Each coverage gap in the forecast has a finding with the same severity.
    #[test]
    fn coverage_gaps_and_findings_agree(plan in plan_with_positions()) {
        let view = view(&plan);
        let gaps = forecast(&plan, &ForecastParams::new(&plan, first(), first() + Days::new(365)));
        let mut reported: FxHashSet<(EntityRef, GapKind)> = FxHashSet::default();
        let kinds = [GapKind::Unowned, GapKind::Nobody, GapKind::OnePerson];
        for gap in gaps.iter().filter(|gap| kinds.contains(&gap.kind)) {
            let found = coverage(&view, gap.subject);
            // From nobody to one person is a gain.
            let is_gain = gap.kind == GapKind::OnePerson && gap.because.iter().any(|it| gap.people.contains(it));
            if gap.opens.is_some() && (is_gain || !reported.insert((gap.subject, gap.kind))) {
                continue;
            }
            let mut of_day = found.iter().filter(|finding| finding.day == gap.opens);
            let is_reported = of_day.any(|finding| {
                finding.severity == gap.severity && finding.rule.id != "fragile-articulation"
            });
            prop_assert!(is_reported, "{gap:?} in {found:?}");
        }
        // There are no other findings about the future.
        let ahead = view.findings().iter().filter(|it| it.rule.id.starts_with("leaver-leaves-"));
        prop_assert_eq!(ahead.count(), reported.len());
    }

    /// On a future date, stale ownership is reported only if it is stale today; for a date in the past, today does
    /// not matter.
    #[test]
    fn future_dates_report_nothing_that_can_still_be_done(
        plan in plan(),
        confirmed in prop::collection::vec(prop::option::of(-300i64..0), 9),
        ahead in 0u64..700,
    ) {
        let plan = altered(&plan, |draft| {
            for (row, confirmed) in plan.ownerships.iter().zip(&confirmed) {
                draft.put(Ownership { confirmed: confirmed.map(day), ..row.clone() });
            }
        });
        let (plan, later) = (Arc::new(plan), first() + Days::new(ahead));
        let reported = |view: &DayView| -> BTreeSet<String> {
            let rule = "ownership-unconfirmed";
            view.findings().iter().filter(|it| it.rule.id == rule).map(|it| it.id.clone()).collect()
        };
        let seen = |view: &DayView| -> Vec<String> {
            view.findings().iter().map(|it| format!("{} {:?} {}", it.id, it.severity, it.message)).collect()
        };
        let then = DayView::asked_on(&plan, later, first(), None);
        let now = DayView::new(&plan, first(), None);
        let held = |id: &String| {
            let key = id.split('/').nth(1).unwrap();
            let service = plan.find::<Service>(key).unwrap();
            // Its owners change until then, or it does not exist on both days.
            now.snapshot.service_ix(service).is_some_and(|at| {
                let rows = |view: &DayView, at| -> BTreeSet<u64> {
                    view.snapshot.ownerships(at).map(|row| row.id.0).collect()
                };
                then.snapshot.service_ix(service).is_some_and(|it| rows(&then, it) == rows(&now, at))
            })
        };
        let (before, after) = (reported(&now), reported(&then));
        let more: Vec<&String> = after.iter().filter(|id| held(id) && !before.contains(*id)).collect();
        prop_assert!(more.is_empty(), "{:?}", more);
        // Asked on the day itself, or on any later day.
        let (own, past) = (DayView::new(&plan, first(), None), DayView::asked_on(&plan, first(), later, None));
        prop_assert_eq!(seen(&own), seen(&past));
    }
}
