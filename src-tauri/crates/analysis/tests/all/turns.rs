//! A day that reuses the results of another one equals the day calculated from scratch, on random plans.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use headroom_analysis::{DayView, EventDates, RULES};
use headroom_model::{
    Assignment, Checklist, ChecklistItem, Dependency, Draft, Due, Interaction, Membership, Owner, Ownership,
    Person, PersonId, Plan, Position, Service, Status, Team, Template, mode, role,
};
use proptest::{prelude::*, sample::Index};

fn day(at: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() + chrono::TimeDelta::days(at)
}

/// The random values of one row.
type Seed = (Option<i64>, Option<i64>, Index, Index, u8, i64);

fn seeds(most: usize) -> impl Strategy<Value = Vec<Seed>> {
    let begins = prop::option::of(-60i64..200);
    let seed =
        (begins, prop::option::of(0i64..150), any::<Index>(), any::<Index>(), any::<u8>(), -300i64..200);
    prop::collection::vec(seed, 1..most)
}

fn span(seed: &Seed) -> (Option<NaiveDate>, Option<NaiveDate>) {
    (seed.0.map(day), seed.1.map(|length| day(seed.0.unwrap_or(0) + length)))
}

fn plan(kinds: &[Vec<Seed>]) -> Plan {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    let (mut people, mut teams, mut services, mut seats) = (vec![], vec![], vec![], vec![]);
    for seed in &kinds[0] {
        let (id, (from, until)) = (draft.new_id::<Team>(), span(seed));
        let name = format!("t{}", id.0);
        draft.put(Team { id, key: name.clone(), name, from, until, ..Team::default() });
        teams.push(id);
    }
    for seed in &kinds[1] {
        let (id, (from, until)) = (draft.new_id::<Person>(), span(seed));
        let name = format!("p{}", id.0);
        draft.put(Person { id, key: name.clone(), name, from, until, ..Person::default() });
        people.push(id);
    }
    for seed in &kinds[2] {
        let (id, (from, until)) = (draft.new_id::<Service>(), span(seed));
        let (name, tier) = (format!("s{}", id.0), Some(1 + seed.4 % 4));
        draft.put(Service { id, key: name.clone(), name, tier, from, until, ..Service::default() });
        services.push(id);
    }
    for seed in &kinds[3] {
        let (person, team) = (*seed.2.get(&people), *seed.3.get(&teams));
        let (id, (from, until)) = (draft.new_id::<Membership>(), span(seed));
        draft.put(Membership { id, person, team, from, until, ..Membership::default() });
    }
    for seed in &kinds[4] {
        let owner = match seed.4 % 3 {
            0 => Owner::Person(*seed.3.get(&people)),
            _ => Owner::Team(*seed.3.get(&teams)),
        };
        let role = if seed.4 % 5 == 0 { role::BACKUP } else { role::OWNER }.to_owned();
        let (id, (from, until), service) = (draft.new_id::<Ownership>(), span(seed), *seed.2.get(&services));
        let confirmed = (seed.4 % 2 == 0).then(|| day(seed.5));
        draft.put(Ownership { id, service, owner, role, confirmed, from, until, ..Ownership::default() });
    }
    for seed in &kinds[5] {
        let (service, depends_on) = (*seed.2.get(&services), *seed.3.get(&services));
        let (id, (from, until)) = (draft.new_id::<Dependency>(), span(seed));
        draft.put(Dependency { id, service, depends_on, from, until, ..Dependency::default() });
        let (team, with) = (*seed.2.get(&teams), *seed.3.get(&teams));
        if team != with {
            let (id, expected_end) = (draft.new_id::<Interaction>(), (seed.4 % 2 == 0).then(|| day(seed.5)));
            let mode = mode::COLLABORATION.to_owned();
            draft.put(Interaction {
                id,
                team,
                with,
                mode,
                expected_end,
                from,
                until,
                ..Interaction::default()
            });
        }
        let (id, need_by) = (draft.new_id::<Position>(), Some(day(seed.5)));
        let (key, team) = (format!("HC-{}", id.0), Some(team));
        let status = Status::ALL[usize::from(seed.4) % Status::ALL.len()];
        draft.put(Position { id, key, team, need_by, status, from, until, ..Position::default() });
        seats.push(id);
        let (position, person) = (*seed.2.get(&seats), *seed.3.get(&people));
        let (id, from, until) =
            (draft.new_id::<Assignment>(), until, from.filter(|from| Some(*from) >= until));
        draft.put(Assignment { id, position, person, from, until, ..Assignment::default() });
    }
    for seed in &kinds[1] {
        onboarding(&mut draft, seed, *seed.2.get(&people), *seed.3.get(&people));
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    plan
}

/// A template, and sometimes a checklist made from it, with or without a buddy.
fn onboarding(draft: &mut Draft<'_>, seed: &Seed, person: PersonId, buddy: PersonId) {
    let (id, reviewed) = (draft.new_id::<Template>(), (!seed.4.is_multiple_of(3)).then(|| day(seed.5)));
    let name = format!("template {}", id.0);
    draft.put(Template { id, key: name.clone(), name, reviewed, ..Template::default() });
    if seed.4.is_multiple_of(4) {
        return;
    }
    let (id, item, buddy) = (
        draft.new_id::<Checklist>(),
        draft.new_id::<ChecklistItem>(),
        seed.4.is_multiple_of(2).then_some(buddy),
    );
    draft.put(Checklist { id, person, start: day(seed.5), buddy, ..Checklist::default() });
    draft.put(ChecklistItem {
        id: item,
        checklist: id,
        title: "Order a laptop".into(),
        due: Some(Due { working_days: -5, after: None }),
        takes_days: u32::from(seed.4 % 16),
        ..ChecklistItem::default()
    });
}

/// The findings of a day as texts.
fn seen(view: &DayView) -> Vec<String> {
    let finding = |finding: &headroom_analysis::Finding| {
        let headroom_analysis::Finding {
            id, severity, subject, message, evidence, team, weight, day, ..
        } = finding;
        format!("{id} {severity:?} {subject} {message} {evidence:?} {team:?} {weight} {day:?}")
    };
    view.findings().iter().map(finding).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn reused_day_equals_fresh_day(
        kinds in (seeds(6), seeds(10), seeds(10), seeds(16), seeds(16), seeds(8)),
        starts in prop::collection::vec(-80i64..380, 6),
        today in prop::option::of(-80i64..380),
    ) {
        let (a, b, c, d, e, f) = kinds;
        let plan = Arc::new(plan(&[a, b, c, d, e, f]));
        let event_dates = EventDates::new(&plan);
        for start in starts {
            let first = day(start);
            let of = |at: NaiveDate| match today {
                Some(today) => DayView::asked_on(&plan, at, day(today), None),
                None => DayView::new(&plan, at, None),
            };
            let view = of(first);
            // The next day, the last one of at most a year that is the same, and one in between.
            let same = (1..366).take_while(|ahead| event_dates.is_same(first, first + Days::new(*ahead))).last();
            for ahead in same.into_iter().flat_map(|last| [1, last / 2, last]) {
                let later = first + Days::new(ahead);
                let (reused, fresh) = (view.on(later), of(later));
                prop_assert_eq!(reused.snapshot.day(), later);
                prop_assert_eq!(seen(&reused), seen(&fresh), "{} as {}", later, first);
                let (a, b) = (&reused.snapshot, &fresh.snapshot);
                prop_assert_eq!(
                    (a.service_count(), a.team_count(), a.person_count(), a.position_count(), a.needs_graph()),
                    (b.service_count(), b.team_count(), b.person_count(), b.position_count(), b.needs_graph())
                );
            }
        }
    }
}

#[test]
fn rules_about_dates_are_marked_as_such() {
    let by_day: Vec<&str> = RULES.iter().filter(|rule| rule.depends_on_date).map(|rule| rule.id).collect();
    for wanted in [
        "leaver-leaves-nobody",
        "leaver-leaves-one",
        "ownership-unconfirmed",
        "collaboration-outlived",
        "starter-without-checklist",
        "starter-without-buddy",
        "first-day-not-ready",
        "template-stale",
    ] {
        assert!(by_day.contains(&wanted), "{by_day:?}");
    }
}
