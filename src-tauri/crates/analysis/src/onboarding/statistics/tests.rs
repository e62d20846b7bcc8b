//! Tests of the statistics of checklists.

use std::sync::Arc;

use headroom_model::{
    Assignee, ChecklistItem, ChecklistItemId, Draft, Due, PersonId, Service, ServiceId, Template,
    TemplateItem,
};
use proptest::prelude::*;

use super::*;
use crate::onboarding::several::{List, day, done, due, plan, skipped, with};

const ADA: PersonId = PersonId(1);

fn list(start: &str, items: Vec<ChecklistItem>) -> List {
    List { person: ADA, start: day(start), items, ..List::default() }
}

fn times(lists: &[List], today: &str) -> TimeToProductivity {
    let plan = plan(2, lists);
    with(&plan, today, |schedules| Statistics::of(&plan, schedules, LifecycleEvent::Join).all)
}

fn spread(count: u32, [least, first_quartile, median, third_quartile, most]: [f64; 5]) -> Option<Quartiles> {
    Some(Quartiles { count, least, first_quartile, median, third_quartile, most })
}

#[test]
fn quartiles_are_of_type_7() {
    // The results of `quantile(1:10)` and `quantile(c(1, 2, 4, 8))` in R, of which type 7 is the default.
    assert_eq!(Quartiles::of((1..=10).rev()), spread(10, [1.0, 3.25, 5.5, 7.75, 10.0]));
    assert_eq!(Quartiles::of([8, 1, 4, 2]), spread(4, [1.0, 1.75, 3.0, 5.0, 8.0]));
    assert_eq!(Quartiles::of([-3]), spread(1, [-3.0; 5]));
    assert_eq!(Quartiles::of([]), None);
}

#[test]
fn completion_is_the_last_required_item() {
    let optional = done("2027-01-29", ChecklistItem { optional: true, ..due(1) });
    let lists = [
        // Friday of the second week: working day 9, eleven calendar days later. Optional items do not count.
        list("2027-01-04", vec![done("2027-01-15", due(1)), done("2027-01-05", due(1)), optional]),
        // An item skipped later does not count.
        list("2027-01-04", vec![done("2027-01-06", due(1)), skipped("2027-03-01", due(1))]),
        // A start on a Saturday, done on the Sunday: the first working day.
        list("2027-01-09", vec![done("2027-01-10", due(1))]),
        // Before the start.
        list("2027-01-04", vec![done("2026-12-31", due(-2))]),
        list("2027-01-04", vec![skipped("2027-01-05", due(1))]),
        list("2027-01-04", vec![done("2027-01-05", due(1)), due(9)]),
        list("2027-02-08", vec![due(0)]),
    ];
    let times = times(&lists, "2027-02-01");
    assert_eq!((times.lists, times.complete, times.under_way, times.to_come), (7, 5, 1, 1));
    assert_eq!(times.done_working_days, spread(4, [-2.0, -0.5, 1.0, 3.75, 9.0]));
    assert_eq!(times.done_calendar_days, spread(4, [-4.0, -0.25, 1.5, 4.25, 11.0]));
}

#[test]
fn contribution_is_work_on_a_service_by_the_new_hire() {
    let about = |item: ChecklistItem| ChecklistItem { service: Some(ServiceId(100)), ..item };
    let generated = |key: &str| {
        about(ChecklistItem { generated: key.into(), optional: true, ..ChecklistItem::default() })
    };
    let first = |items: Vec<ChecklistItem>| {
        let mut plan = (*plan(2, &[])).clone();
        let mut draft = Draft::new(&plan);
        let id = ServiceId(100);
        draft.put(Service { id, key: "checkout".into(), name: "Checkout".into(), ..Service::default() });
        let with_service = draft.finish();
        plan.apply(&with_service).unwrap();
        let lists = [list("2027-01-04", items)];
        let changes = several_changes(&plan, &lists);
        plan.apply(&changes).unwrap();
        with(&Arc::new(plan), "2027-02-01", |schedules| first_contribution(&schedules[0]))
    };
    let on = |text: &str| Some(day(text));
    assert_eq!(first(vec![done("2027-01-12", generated("task:dangling:7"))]), on("2027-01-12"));
    assert_eq!(first(vec![done("2027-01-12", about(due(3))), done("2027-01-11", due(2))]), on("2027-01-12"));
    let goal = ChecklistItem { goal: true, ..about(due(20)) };
    assert_eq!(first(vec![done("2027-01-20", goal), done("2027-01-25", about(due(3)))]), on("2027-01-20"));
    let of_others = ChecklistItem { assignee: Assignee::It, ..about(due(0)) };
    let optional = ChecklistItem { optional: true, ..about(due(3)) };
    let none = vec![
        done("2027-01-12", generated("learn:100")),
        done("2027-01-12", of_others),
        done("2027-01-12", optional),
        // Nothing before the start is a contribution.
        done("2027-01-01", about(due(3))),
        skipped("2027-01-12", about(due(3))),
        about(due(3)),
    ];
    assert_eq!(first(none), None);
}

/// Lists for an existing plan.
fn several_changes(plan: &Plan, lists: &[List]) -> Vec<headroom_model::Change> {
    let mut draft = Draft::new(plan);
    crate::onboarding::several::put_lists(&mut draft, lists);
    draft.finish()
}

#[test]
fn awaited_contributions_are_counted() {
    let task = || ChecklistItem { generated: "task:x".into(), optional: true, ..ChecklistItem::default() };
    let lists = [
        list("2027-01-04", vec![done("2027-01-07", task()), due(50)]),
        list("2027-01-04", vec![done("2027-01-14", task()), done("2027-01-04", due(0))]),
        // Under way and to come, without a contribution.
        list("2027-01-04", vec![task(), due(50)]),
        list("2027-02-08", vec![task(), due(50)]),
        // Complete without a contribution.
        list("2027-01-04", vec![done("2027-01-05", due(0))]),
    ];
    let times = times(&lists, "2027-02-01");
    assert_eq!(times.contribution_working_days, spread(2, [3.0, 4.25, 5.5, 6.75, 8.0]));
    assert_eq!(times.contribution_calendar_days, spread(2, [3.0, 4.75, 6.5, 8.25, 10.0]));
    assert_eq!((times.contribution_awaited, times.under_way, times.complete), (1, 2, 2));
}

#[test]
fn lists_are_grouped_by_template_team_and_occasion() {
    let of = |templates: &[&'static str]| List {
        templates: templates.to_vec(),
        ..list("2027-01-04", vec![due(0)])
    };
    let leaving = List { occasion: LifecycleEvent::Leave, ..of(&["leaving"]) };
    let lists = [of(&["all"]), of(&["all", "engineers", "all"]), of(&["engineers"]), of(&["all"]), leaving];
    let plan = plan(2, &lists);
    let found = with(&plan, "2027-02-01", |schedules| Statistics::of(&plan, schedules, LifecycleEvent::Join));
    let counts: Vec<(&str, u32)> =
        found.by_template.iter().map(|(key, times)| (key.as_str(), times.lists)).collect();
    assert_eq!(counts, [("all", 3), ("engineers", 2)]);
    assert_eq!(found.all.lists, 4);
    assert_eq!(
        found.by_team.iter().map(|(team, times)| (*team, times.lists)).collect::<Vec<_>>(),
        [(None, 4)]
    );
}

/// A copy of the template's item with this id.
fn copy(origin: u64, item: ChecklistItem) -> ChecklistItem {
    ChecklistItem { origin: Some(origin), title: format!("copy of {origin}"), ..item }
}

fn slipping(lists: &[List], today: &str) -> Vec<LateItems> {
    let plan = plan(2, lists);
    with(&plan, today, |schedules| Statistics::of(&plan, schedules, LifecycleEvent::Join).slipping)
}

#[test]
fn items_late_in_half_of_the_cases_are_reported() {
    // Due on Tuesday the 5th. Late by three and five working days, in time, and still open.
    let of = |days: &[&str]| -> Vec<List> {
        let done = days.iter().map(|on| list("2027-01-04", vec![copy(7, done(on, due(1)))]));
        done.collect()
    };
    assert_eq!(slipping(&of(&["2027-01-08", "2027-01-12"]), "2027-01-12"), []);
    assert_eq!(slipping(&of(&["2027-01-08", "2027-01-04", "2027-01-05"]), "2027-01-12"), []);
    let mut lists = of(&["2027-01-08", "2027-01-12", "2027-01-04", "2027-01-05"]);
    let found = slipping(&lists, "2027-01-12");
    assert_eq!((found.len(), found[0].origin, found[0].template), (1, 7, None));
    assert_eq!(found[0].title, "copy of 7");
    assert_eq!((found[0].cases, found[0].late, found[0].open, found[0].held_up), (4, 2, 0, 0));
    assert_eq!(Some(found[0].days_late), spread(2, [3.0, 3.5, 4.0, 4.5, 5.0]));
    // Skipped, optional, without a due date, or not yet due: not counted.
    lists.extend([
        list("2027-01-04", vec![copy(7, skipped("2027-01-29", due(1)))]),
        list("2027-01-04", vec![copy(7, done("2027-01-29", ChecklistItem { optional: true, ..due(1) }))]),
        list("2027-01-04", vec![copy(7, done("2027-01-29", ChecklistItem::default()))]),
        list("2027-01-11", vec![copy(7, due(1))]),
    ]);
    assert_eq!(slipping(&lists, "2027-01-12")[0].cases, 4);
    // A day later it is late.
    let found = slipping(&lists, "2027-01-13");
    assert_eq!((found[0].cases, found[0].late, found[0].open), (5, 3, 1));
    assert_eq!(Some(found[0].days_late), spread(3, [1.0, 2.0, 3.0, 4.0, 5.0]));
}

#[test]
fn blocked_items_are_distinguished_from_late_ones() {
    let lists: Vec<List> = ["2027-01-08", "2027-01-11", "2027-01-12"]
        .into_iter()
        .map(|on| {
            let laptop = copy(7, done(on, due(0)));
            let setup = ChecklistItem { needs: vec![ChecklistItemId(0)], ..due(1) };
            // Relative to the laptop's arrival, nobody is late.
            let after = Due { working_days: 3, after: Some(ChecklistItemId(0)) };
            let tour = ChecklistItem { due: Some(after), ..ChecklistItem::default() };
            // Late by itself: its dependency was in time.
            let badge = copy(10, done("2027-01-04", due(0)));
            let photo = ChecklistItem { needs: vec![ChecklistItemId(3)], ..due(1) };
            let items = vec![laptop, copy(8, setup), copy(9, done(on, tour)), badge, copy(11, photo)];
            list("2027-01-04", items)
        })
        .collect();
    let found = slipping(&lists, "2027-01-13");
    let told: Vec<(u64, u32, u32)> = found.iter().map(|it| (it.origin, it.late, it.held_up)).collect();
    assert_eq!(told, [(11, 3, 0), (8, 3, 3), (7, 3, 0)], "of equal ones by title");
}

#[test]
fn late_items_have_the_title_of_their_template() {
    let mut plan = (*plan(2, &[])).clone();
    let mut draft = Draft::new(&plan);
    let template = draft.new_id::<Template>();
    draft.put(Template { id: template, key: "all".into(), name: "Everybody".into(), ..Template::default() });
    let item = draft.new_id::<TemplateItem>();
    draft.put(TemplateItem { id: item, template, title: "Get a laptop".into(), ..TemplateItem::default() });
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    let lists = vec![list("2027-01-04", vec![copy(item.0, done("2027-01-08", due(1)))]); 3];
    let changes = several_changes(&plan, &lists);
    plan.apply(&changes).unwrap();
    let plan = Arc::new(plan);
    let found = with(&plan, "2027-01-12", |schedules| {
        Statistics::of(&plan, schedules, LifecycleEvent::Join).slipping
    });
    assert_eq!((found[0].title.as_str(), found[0].template), ("Get a laptop", Some(template)));
}

proptest! {
    /// The definition of type 7: `(1 - g) x[j] + g x[j + 1]`, where `j + g = 1 + (n - 1) p`.
    #[test]
    fn quartiles_agree_with_the_definition(values in proptest::collection::vec(-50i64..50, 1..30)) {
        let spread = Quartiles::of(values.iter().copied()).unwrap();
        let mut sorted = values.clone();
        sorted.sort_unstable();
        let quartile = |quarters: usize| {
            let (whole, part) = ((sorted.len() - 1) * quarters / 4, (sorted.len() - 1) * quarters % 4);
            let (low, high) = (sorted[whole], sorted[(whole + 1).min(sorted.len() - 1)]);
            low as f64 + (high - low) as f64 * part as f64 / 4.0
        };
        let found = [spread.least, spread.first_quartile, spread.median, spread.third_quartile, spread.most];
        for (quarters, found) in found.into_iter().enumerate() {
            prop_assert!((found - quartile(quarters)).abs() < 1e-9);
        }
    }
}
