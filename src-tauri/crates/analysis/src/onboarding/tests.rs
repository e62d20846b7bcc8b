//! Tests of scheduling, milestones, merging of templates and starting a checklist.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{
    Assignee, Checklist, ChecklistId, ChecklistItem, ChecklistItemId, Draft, Due, Holiday, ItemState,
    LifecycleEvent, ListPlace, Person, Plan, Template, TemplateItem,
};
use proptest::{prelude::*, sample::Index};

use super::*;
use crate::schedule::Calendar;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// One person with a checklist from `start`, these items, and holidays everywhere.
fn plan(start: NaiveDate, items: &[ChecklistItem], holidays: &[NaiveDate]) -> Arc<Plan> {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    let person = draft.new_id::<Person>();
    draft.put(Person { id: person, key: "ada".into(), name: "Ada".into(), ..Person::default() });
    for day in holidays {
        let id = draft.new_id::<Holiday>();
        draft.put(Holiday { id, day: *day, name: "off".into(), ..Holiday::default() });
    }
    let checklist = draft.new_id::<Checklist>();
    draft.put(Checklist { id: checklist, person, start, ..Checklist::default() });
    let first = items.iter().map(|_| draft.new_id::<ChecklistItem>()).collect::<Vec<_>>();
    for (at, item) in items.iter().enumerate() {
        let real = |id: &ChecklistItemId| first[id.0 as usize];
        draft.put(ChecklistItem {
            id: first[at],
            checklist,
            title: format!("item {at}"),
            needs: item.needs.iter().map(real).collect(),
            due: item.due.map(|due| Due { after: due.after.as_ref().map(real), ..due }),
            place: ListPlace::nth(at),
            ..item.clone()
        });
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    Arc::new(plan)
}

fn due(working_days: i32) -> ChecklistItem {
    ChecklistItem { due: Some(Due { working_days, after: None }), ..ChecklistItem::default() }
}

/// Items refer to each other by index until they are in a plan.
fn at(place: u64) -> ChecklistItemId {
    ChecklistItemId(place)
}

fn with<T>(plan: &Arc<Plan>, today: NaiveDate, look: impl FnOnce(&ChecklistSchedule<'_>) -> T) -> T {
    let calendar = Calendar::new(plan);
    let schedules = ChecklistSchedules::new(plan, &calendar, today);
    look(&schedules.course(&plan.checklists.rows()[0]).unwrap())
}

fn due_days(plan: &Arc<Plan>) -> Vec<Option<NaiveDate>> {
    with(plan, day("2020-01-01"), |schedule| schedule.items.iter().map(|item| item.due).collect())
}

fn dues(start: &str, offsets: &[i32], holidays: &[&str]) -> Vec<String> {
    let items: Vec<ChecklistItem> = offsets.iter().map(|offset| due(*offset)).collect();
    let holidays: Vec<NaiveDate> = holidays.iter().map(|text| day(text)).collect();
    let days = due_days(&plan(day(start), &items, &holidays));
    days.into_iter().map(|day| day.unwrap().to_string()).collect()
}

#[test]
fn due_days_avoid_weekends_and_holidays() {
    // Across years.
    let holidays = ["2026-12-25", "2027-01-01"];
    assert_eq!(
        dues("2026-12-28", &[-2, -1, 0, 4, 5], &holidays),
        ["2026-12-23", "2026-12-24", "2026-12-28", "2027-01-04", "2027-01-05"]
    );
    // A start on a holiday, and one on a Saturday: day 0 is later, day -1 earlier.
    assert_eq!(dues("2027-01-01", &[-1, 0, 1], &holidays), ["2026-12-31", "2027-01-04", "2027-01-05"]);
    assert_eq!(dues("2027-01-02", &[-1, 0], &holidays), ["2026-12-31", "2027-01-04"]);
    // A leap day is a day like any other.
    assert_eq!(dues("2028-02-28", &[1, 2], &[]), ["2028-02-29", "2028-03-01"]);
    // Years away, beyond the days that are listed.
    assert_eq!(dues("2027-01-04", &[1_000, -1_000], &[]), ["2030-11-04", "2023-03-06"]);
}

#[test]
fn due_date_counts_from_completion_of_another_item() {
    let after = |working_days, place| ChecklistItem {
        due: Some(Due { working_days, after: Some(at(place)) }),
        ..ChecklistItem::default()
    };
    let items = [due(1), after(2, 0), after(1, 1)];
    let planned = due_days(&plan(day("2027-01-04"), &items, &[]));
    assert_eq!(planned, ["2027-01-05", "2027-01-07", "2027-01-08"].map(|text| Some(day(text))));
    // Done on a Sunday counts as Monday.
    let done = ItemState::Done { on: day("2027-01-10"), by: String::new() };
    let items = [ChecklistItem { state: done, ..due(1) }, after(2, 0), after(1, 1)];
    let real = due_days(&plan(day("2027-01-04"), &items, &[]));
    assert_eq!(real[1..], ["2027-01-13", "2027-01-14"].map(|text| Some(day(text))));
}

#[test]
fn late_item_delays_day_one() {
    let laptop = ChecklistItem { takes_days: 10, assignee: Assignee::It, ..due(-5) };
    let accounts = ChecklistItem { takes_days: 2, needs: vec![at(0)], assignee: Assignee::It, ..due(-1) };
    let desk = due(-1);
    let setup = ChecklistItem { needs: vec![at(1)], ..due(0) };
    let later = due(20);
    let plan = plan(day("2027-02-01"), &[laptop, accounts, desk, setup, later], &[]);
    // In time: three working days of slack on the laptop (-5, two days for the accounts, due on -1 until day 0).
    with(&plan, day("2027-01-04"), |schedule| {
        let day_one = schedule.milestones().day_one.unwrap();
        assert_eq!((day_one.number, day_one.on), (0, day("2027-02-01")));
        assert_eq!(day_one.slack, [Some(3), Some(1), Some(1), Some(0), None]);
        assert_eq!(day_one.path, [3]);
        assert_eq!((day_one.put_off(0, 3), day_one.put_off(0, 5), day_one.put_off(4, 9)), (0, 2, 0));
    });
    // A week before the start nobody has ordered it.
    with(&plan, day("2027-01-25"), |schedule| {
        let day_one = schedule.milestones().day_one.unwrap();
        assert_eq!((day_one.number, day_one.on), (7, day("2027-02-10")));
        assert_eq!(day_one.path, [0, 1, 3]);
        assert_eq!(day_one.slack[0], Some(0));
        assert!(schedule.is_blocked(1) == schedule.items[0].is_overdue(schedule.today));
    });
}

#[test]
fn optional_items_and_goals_are_never_overdue() {
    let goal = ChecklistItem { goal: true, ..due(-3) };
    let optional = ChecklistItem { optional: true, ..due(-2) };
    let done = ItemState::Done { on: day("2027-01-02"), by: String::new() };
    let needed = ChecklistItem { state: done, ..due(0) };
    let plan = plan(day("2027-01-04"), &[goal, optional, needed], &[]);
    with(&plan, day("2027-03-01"), |schedule| {
        assert!(schedule.is_complete() && schedule.items.iter().all(|item| !item.is_overdue(schedule.today)));
        assert_eq!(schedule.progress(), Progress { items: 1, over: 1, overdue: 0, blocked: 0 });
    });
}

fn state() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![2 => Just(None), 1 => (-20i64..20).prop_map(Some)]
}

/// The raw values of an item; see [`items`].
type Row = (Option<i32>, Vec<Index>, Option<Index>, u32, Option<i64>, (bool, bool, Option<i64>));

/// Random lists in which items depend on earlier ones.
fn items() -> impl Strategy<Value = Vec<ChecklistItem>> {
    let start = day("2027-03-01");
    let item = (
        proptest::option::weighted(0.8, -12i32..25),
        proptest::collection::vec(any::<Index>(), 0..3),
        proptest::option::weighted(0.3, any::<Index>()),
        0u32..4,
        state(),
        (any::<bool>(), proptest::bool::weighted(0.2), proptest::option::weighted(0.1, -10i64..30)),
    );
    proptest::collection::vec(item, 1..14).prop_map(move |rows| {
        let build = |(place, row): (usize, _)| {
            let (offset, needs, after, takes_days, done, (goal, optional, by_hand)): Row = row;
            let earlier = |index: &Index| at(index.index(place) as u64);
            ChecklistItem {
                due: offset.map(|working_days| Due {
                    working_days,
                    after: after.as_ref().filter(|_| place > 0).map(earlier),
                }),
                needs: if place == 0 { Vec::new() } else { needs.iter().map(earlier).collect() },
                takes_days,
                goal: goal && optional,
                optional,
                due_by_hand: by_hand.map(|days| start + chrono::TimeDelta::days(days)),
                state: done.map_or(ItemState::Open, |days| ItemState::Done {
                    on: start + chrono::TimeDelta::days(days),
                    by: String::new(),
                }),
                ..ChecklistItem::default()
            }
        };
        rows.into_iter().enumerate().map(build).collect()
    })
}

/// The finish of every item by repeating until nothing changes, with one item delayed by some days.
fn brute_force(schedule: &ChecklistSchedule<'_>, held: Option<(usize, i32)>) -> Vec<i32> {
    let today = schedule.number(schedule.today);
    let mut finish = vec![i32::MIN / 2; schedule.items.len()];
    loop {
        let before = finish.clone();
        for (at, scheduled) in schedule.items.iter().enumerate() {
            let item = scheduled.item;
            let place =
                |id: &ChecklistItemId| schedule.items.iter().position(|other| other.item.id == *id).unwrap();
            finish[at] = match &item.state {
                ItemState::Done { on, .. } => schedule.number(*on),
                _ => {
                    let takes = item.takes_days as i32;
                    let mut days = vec![today + takes];
                    days.extend(scheduled.due_number);
                    days.extend(item.needs.iter().map(|id| finish[place(id)] + takes));
                    if let Some(due) = item.due
                        && let Some(after) = due.after
                    {
                        days.push(finish[place(&after)] + due.working_days.max(takes));
                    }
                    if let Some((held, days_late)) = held
                        && held == at
                    {
                        days.push(scheduled.finish + days_late);
                    }
                    days.into_iter().max().unwrap()
                }
            };
        }
        if finish == before {
            return finish;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn complete_lists_have_no_overdue_items(items in items(), later in 0i64..60) {
        let today = day("2027-03-01") + chrono::TimeDelta::days(later);
        with(&plan(day("2027-03-01"), &items, &[]), today, |schedule| {
            let progress = schedule.progress();
            let marked = schedule.items.iter().filter(|item| item.is_overdue(today)).count();
            prop_assert_eq!(progress.overdue, marked);
            prop_assert!(!schedule.is_complete() || marked == 0);
            prop_assert!(progress.over + progress.overdue <= progress.items);
            Ok(())
        })?;
    }

    #[test]
    fn critical_path_agrees_with_delaying_each_item(
        items in items(), today in -30i64..40, holiday in proptest::collection::vec(-30i64..60, 0..6)
    ) {
        let start = day("2027-03-01");
        let from = |days: i64| start + chrono::TimeDelta::days(days);
        let holidays: Vec<NaiveDate> = holiday.into_iter().map(from).collect();
        let plan = plan(start, &items, &holidays);
        with(&plan, from(today), |schedule| {
            let calm = brute_force(schedule, None);
            let finish: Vec<i32> = schedule.items.iter().map(|scheduled| scheduled.finish).collect();
            prop_assert_eq!(&calm, &finish);
            let milestones = schedule.milestones();
            for (milestone, is_target) in [
                (milestones.day_one, &(|at: usize| schedule.items[at].due_number.is_some_and(|it| it <= 0)) as &dyn Fn(usize) -> bool),
                (milestones.productive, &|_| true),
            ] {
                let targets: Vec<usize> = (0..items.len())
                    .filter(|at| !items[*at].optional && !items[*at].goal && is_target(*at))
                    .collect();
                let reached = |finish: &[i32]| targets.iter().map(|at| finish[*at]).max();
                prop_assert_eq!(milestone.as_ref().map(|it| it.number), reached(&calm));
                let Some(milestone) = milestone else { continue };
                for at in (0..items.len()).filter(|at| !items[*at].state.is_over()) {
                    for days in 0..8 {
                        let late = reached(&brute_force(schedule, Some((at, days)))).unwrap();
                        prop_assert_eq!(late - milestone.number, milestone.put_off(at, days), "item {} by {}", at, days);
                    }
                }
                // The path is a chain of open items without slack that ends at the milestone.
                for at in &milestone.path {
                    prop_assert_eq!(milestone.slack[*at], Some(0));
                }
                for pair in milestone.path.windows(2) {
                    prop_assert!(schedule.waits_for(pair[1]).any(|before| before == pair[0]));
                }
                let is_open_last = targets.iter().any(|at| !items[*at].state.is_over() && calm[*at] == milestone.number);
                prop_assert_eq!(milestone.path.is_empty(), !is_open_last);
            }
            Ok(())
        })?;
    }

    #[test]
    fn moving_the_start_moves_only_relative_due_dates(
        items in items(), moved in -40i64..40, holiday in proptest::collection::vec(-60i64..90, 0..8)
    ) {
        let start = day("2027-03-01");
        let from = |days: i64| start + chrono::TimeDelta::days(days);
        let holidays: Vec<NaiveDate> = holiday.into_iter().map(from).collect();
        let plan = plan(start, &items, &holidays);
        let checklist = plan.checklists.rows()[0].clone();
        let mut later = (*plan).clone();
        let mut draft = Draft::new(&plan);
        draft.put(Checklist { start: from(moved), ..checklist });
        let changes = draft.finish();
        later.apply(&changes).unwrap();
        let later = Arc::new(later);
        // Only the start itself is stored.
        prop_assert_eq!(&later.checklist_items, &plan.checklist_items);
        let is_working = |day: &NaiveDate| Calendar::new(&plan).is_working(*day, "");
        let (before, after) = (due_days(&plan), due_days(&later));
        for (at, item) in items.iter().enumerate() {
            // Set by hand, or relative to something done: unchanged.
            let mut root = at;
            let mut is_fixed = false;
            loop {
                if items[root].due_by_hand.is_some() || (root != at && items[root].state.is_over()) {
                    is_fixed = true;
                    break;
                }
                match items[root].due.and_then(|due| due.after) {
                    Some(before) => root = before.0 as usize,
                    None => break,
                }
            }
            if is_fixed {
                prop_assert_eq!(before[at], after[at]);
            } else if let (Some(then), Some(now)) = (before[at], after[at]) {
                // On working days, as far from day one as before.
                prop_assert!(is_working(&then) && is_working(&now));
                if item.due.is_some_and(|due| due.after.is_none()) {
                    let working = |start: NaiveDate, day: NaiveDate| {
                        let first = Calendar::new(&plan).on_or_after(start, "");
                        let (low, high) = (first.min(day), first.max(day));
                        low.iter_days().take_while(|it| *it < high).filter(is_working).count() as i32
                            * if day < first { -1 } else { 1 }
                    };
                    prop_assert_eq!(working(start, then), item.due.unwrap().working_days);
                    prop_assert_eq!(working(from(moved), now), item.due.unwrap().working_days);
                }
            }
        }
    }
}

/// A template with these items: title, offset, assignee.
fn template(
    draft: &mut Draft<'_>,
    key: &str,
    rows: &[(&str, i32, Assignee)],
    alter: impl FnOnce(&mut Template),
) {
    let id = draft.new_id::<Template>();
    let mut template = Template { id, key: key.into(), name: key.into(), ..Template::default() };
    alter(&mut template);
    draft.put(template);
    for (place, (title, working_days, assignee)) in rows.iter().enumerate() {
        let item = draft.new_id::<TemplateItem>();
        draft.put(TemplateItem {
            id: item,
            template: id,
            title: (*title).into(),
            due: Some(Due { working_days: *working_days, after: None }),
            assignee: assignee.clone(),
            place: ListPlace::nth(place),
            ..TemplateItem::default()
        });
    }
}

#[test]
fn templates_are_merged_by_due_date_without_duplicates() {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    let general = [
        ("Get a laptop", -5, Assignee::It),
        ("Say hello", 0, Assignee::NewHire),
        ("Read the handbook", 3, Assignee::NewHire),
    ];
    template(&mut draft, "all", &general, |_| ());
    let engineers = [("Set up", 1, Assignee::NewHire), ("read the Handbook!", 2, Assignee::NewHire)];
    template(&mut draft, "engineers", &engineers, |it| it.discipline = "Engineering".into());
    template(&mut draft, "designers", &[("Colours", 1, Assignee::NewHire)], |it| {
        it.discipline = "Design".into()
    });
    let person = draft.new_id::<Person>();
    let from = Some(day("2027-01-04"));
    draft.put(Person { id: person, key: "ada".into(), name: "Ada".into(), from, ..Person::default() });
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    let new_hire = NewHire {
        discipline: "engineering".into(),
        ..NewHires::new(&plan).of(person, LifecycleEvent::Join, day("2027-01-04"))
    };
    let composed = merge_templates(&plan, fitting(&plan, &new_hire));
    let titles: Vec<&str> = composed.items.iter().map(|composed| composed.item.title.as_str()).collect();
    assert_eq!(titles, ["Get a laptop", "Say hello", "Set up", "read the Handbook!"]);
    assert_eq!(composed.doubles.len(), 1);
}

fn begun(plan: &Plan, what: &ChecklistStart) -> (Result<StartedChecklist, StartError>, Plan) {
    let plan = Arc::new(plan.clone());
    let mut draft = Draft::new(&plan);
    let begun = start_checklist(&mut draft, &plan, what);
    let changes = draft.finish();
    let mut after = (*plan).clone();
    after.apply(&changes).unwrap();
    (begun, after)
}

#[test]
fn checklist_is_started_once_and_only_with_items() {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    let (ada, ben) = (draft.new_id::<Person>(), draft.new_id::<Person>());
    let from = Some(day("2027-01-04"));
    draft.put(Person { id: ada, key: "ada".into(), name: "Ada".into(), from, ..Person::default() });
    draft.put(Person { id: ben, key: "ben".into(), name: "Ben".into(), ..Person::default() });
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    let what = ChecklistStart { person: ada, ..ChecklistStart::default() };
    let error = begun(&plan, &what).0.unwrap_err();
    assert!(error.message(&plan).contains("no onboarding template matches Ada"), "{}", error.message(&plan));
    let mut draft = Draft::new(&plan);
    template(&mut draft, "empty", &[], |_| ());
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    assert_eq!(begun(&plan, &what).0, Err(StartError::NoItems { templates: vec!["empty".into()] }));
    let mut draft = Draft::new(&plan);
    template(&mut draft, "all", &[("Say hello", 0, Assignee::NewHire)], |_| ());
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    let (first, after) = begun(&plan, &what);
    let first = first.unwrap();
    assert_eq!((first.start, first.counts.items), (day("2027-01-04"), 1));
    assert_eq!(after.checklist_items.rows()[0].origin, Some(plan.template_items.rows()[0].id.into()));
    let again = begun(&after, &what).0;
    assert_eq!(
        again,
        Err(StartError::HasOne { checklist: first.checklist, person: ada, start: first.start })
    );
    let nobody = begun(&plan, &ChecklistStart { person: ben, ..ChecklistStart::default() }).0.unwrap_err();
    assert_eq!(nobody.message(&plan), "Ben has no start date in the plan; choose one");
    assert_eq!(ChecklistId::default(), ChecklistId(0));
}
