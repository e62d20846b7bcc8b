//! Tests of the onboarding workload.

use chrono::TimeDelta;
use headroom_model::{Assignee, ChecklistItem, ItemState, PersonId, TeamId};
use proptest::prelude::*;

use super::*;
use crate::onboarding::several::{List, day, done, due_on, plan, with};

const ADA: PersonId = PersonId(1);
const BEN: PersonId = PersonId(2);
const CAT: PersonId = PersonId(3);

fn on(text: &str, assignee: Assignee) -> ChecklistItem {
    due_on(day(text), assignee)
}

#[test]
fn workload_sums_new_hires_by_week() {
    let optional = ChecklistItem { optional: true, ..on("2027-01-06", Assignee::Buddy) };
    let goal = ChecklistItem { goal: true, ..on("2027-01-06", Assignee::Buddy) };
    let undated = ChecklistItem { assignee: Assignee::Buddy, ..ChecklistItem::default() };
    let blocked =
        ChecklistItem { state: ItemState::Blocked { by: "stock".into() }, ..on("2027-01-08", Assignee::It) };
    let ada = List {
        person: ADA,
        start: day("2027-01-04"),
        buddy: Some(CAT),
        items: vec![
            // A week ago, yesterday, today.
            on("2026-12-30", Assignee::Buddy),
            on("2027-01-05", Assignee::Buddy),
            on("2027-01-06", Assignee::Buddy),
            on("2027-01-13", Assignee::Person(CAT)),
            on("2027-02-01", Assignee::Buddy),
            done("2027-01-05", on("2027-01-05", Assignee::Buddy)),
            undated,
            optional,
            goal,
            blocked,
            // Work for one's own list does not count, however the assignee is named.
            on("2027-01-05", Assignee::NewHire),
            on("2027-01-05", Assignee::Person(ADA)),
        ],
        ..List::default()
    };
    let ben = List {
        person: BEN,
        start: day("2027-01-11"),
        buddy: Some(CAT),
        items: vec![
            // A Sunday belongs to the week before.
            on("2027-01-10", Assignee::Buddy),
            on("2027-01-11", Assignee::Buddy),
            on("2027-01-11", Assignee::Person(ADA)),
            on("2027-01-12", Assignee::Team(TeamId(4))),
            on("2027-01-12", Assignee::Manager),
        ],
        ..List::default()
    };
    let plan = plan(3, &[ada, ben]);
    let lists: Vec<ChecklistId> = plan.checklists.iter().map(|list| list.id).collect();
    let load =
        with(&plan, "2027-01-06", |schedules| OnboardingWorkload::of(&plan, schedules, day("2027-01-07"), 3));
    assert_eq!(load.weeks, ["2027-01-04", "2027-01-11", "2027-01-18"].map(day));
    let cat = &load.rows[0];
    assert_eq!(cat.assignee, ResolvedAssignee::Person(CAT));
    assert_eq!((&cat.open_by_week[..], cat.overdue, cat.later, cat.undated), (&[4, 2, 0][..], 2, 1, 1));
    assert_eq!((cat.in_weeks(), cat.open(), cat.busiest()), (6, 8, Some(0)));
    assert_eq!(cat.roles, [RoleLoad { role: Some("buddy"), open: 7 }, RoleLoad { role: None, open: 1 }]);
    let new_hires = [
        NewHireLoad { checklist: lists[0], person: ADA, open: 6, overdue: 2 },
        NewHireLoad { checklist: lists[1], person: BEN, open: 2, overdue: 0 },
    ];
    assert_eq!(cat.starters, new_hires);
    let others: Vec<(&ResolvedAssignee, &[u32])> =
        load.rows[1..].iter().map(|row| (&row.assignee, &row.open_by_week[..])).collect();
    let expected: [(&ResolvedAssignee, &[u32]); 4] = [
        (&ResolvedAssignee::Person(ADA), &[0, 1, 0]),
        (&ResolvedAssignee::Team(TeamId(4)), &[0, 1, 0]),
        (&ResolvedAssignee::Role("IT"), &[1, 0, 0]),
        (&ResolvedAssignee::Role("Manager"), &[0, 1, 0]),
    ];
    assert_eq!(others, expected);
}

#[test]
fn weeks_are_iso_8601_across_years() {
    let empty = plan(1, &[]);
    let none = with(&empty, "2027-01-01", |schedules| {
        OnboardingWorkload::of(&empty, schedules, day("2027-01-01"), 2)
    });
    assert_eq!(
        none,
        OnboardingWorkload { weeks: vec![day("2026-12-28"), day("2027-01-04")], rows: Vec::new() }
    );
    let early = OnboardingWorkload::of(&headroom_model::Plan::default(), &[], NaiveDate::MAX, 3);
    assert_eq!(early.weeks.len(), 1);
}

#[test]
fn overdue_items_are_in_the_week_of_today() {
    let list = List {
        person: ADA,
        start: day("2027-01-04"),
        items: vec![on("2027-01-04", Assignee::It), on("2027-01-20", Assignee::It)],
        ..List::default()
    };
    let plan = plan(1, &[list]);
    let by_week = |from: &str| {
        let load =
            with(&plan, "2027-01-13", |schedules| OnboardingWorkload::of(&plan, schedules, day(from), 3));
        (load.rows[0].open_by_week.clone(), load.rows[0].overdue)
    };
    // From the week in which it was due; from that of today; from the next one.
    assert_eq!(by_week("2027-01-04"), (vec![0, 1, 1], 1));
    assert_eq!(by_week("2027-01-13"), (vec![1, 1, 0], 1));
    assert_eq!(by_week("2027-01-18"), (vec![1, 0, 0], 1));
}

proptest! {
    #[test]
    fn weeks_agree_with_counting_days(
        dues in proptest::collection::vec((0u64..3, proptest::option::of(-40i64..80)), 0..40),
        from in -30i64..60, weeks in 0usize..8
    ) {
        let today = day("2027-01-06");
        let from = today + TimeDelta::days(from);
        let items = dues.iter().map(|(doer, due)| ChecklistItem {
            due_by_hand: due.map(|days| today + TimeDelta::days(days)),
            assignee: Assignee::Person(PersonId(1 + doer)),
            ..ChecklistItem::default()
        });
        let list = List { person: ADA, start: today, items: items.collect(), ..List::default() };
        let plan = plan(3, &[list]);
        let load = with(&plan, "2027-01-06", |schedules| OnboardingWorkload::of(&plan, schedules, from, weeks));
        prop_assert!(load.rows.iter().all(|row| row.assignee != ResolvedAssignee::Person(ADA)));
        prop_assert_eq!(load.weeks.len(), weeks);
        for doer in 1..3 {
            let own: Vec<Option<i64>> =
                dues.iter().filter(|(it, _)| *it == doer).map(|(_, due)| *due).collect();
            let Some(row) = load.rows.iter().find(|row| row.assignee == ResolvedAssignee::Person(PersonId(1 + doer))) else {
                prop_assert!(own.is_empty());
                continue;
            };
            for (at, monday) in load.weeks.iter().enumerate() {
                let days: Vec<NaiveDate> = monday.iter_days().take(7).collect();
                let on = |day: &NaiveDate| own.iter().flatten().filter(|due| {
                    (today + TimeDelta::days(**due)).max(today) == *day
                }).count();
                prop_assert_eq!(row.open_by_week[at] as usize, days.iter().map(on).sum::<usize>());
            }
            let later = |due: &&i64| {
                let last = load.weeks.last().map(|monday| *monday + TimeDelta::days(6));
                last.is_none_or(|last| (today + TimeDelta::days(**due)).max(today) > last)
            };
            prop_assert_eq!(row.later as usize, own.iter().flatten().filter(later).count());
            prop_assert_eq!(row.open() as usize, own.len());
            prop_assert_eq!(row.overdue as usize, own.iter().flatten().filter(|due| **due < 0).count());
            prop_assert_eq!(row.undated as usize, own.iter().filter(|due| due.is_none()).count());
        }
        let most: Vec<u32> = load.rows.iter().map(WorkloadRow::in_weeks).collect();
        prop_assert!(most.is_sorted_by(|a, b| a >= b));
    }
}
