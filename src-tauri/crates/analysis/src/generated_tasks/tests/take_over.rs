//! Introductions for taking over a service, and the text about a service.

use headroom_model::{Owner, ServiceId, transfer_ownership};

use super::*;

const START: &str = "2027-01-04";

/// Services without dependencies. The first one is Cleo's, then Ben's, then Ada's, each from a date.
fn handed_over(days: &[(&str, usize)]) -> (Arc<Plan>, NewHire) {
    let (plan, new_hire) = plan(2, &[]);
    let mut plan = Plan::clone(&plan);
    for (on, person) in days {
        let owner = Owner::Person(plan.people.rows()[*person].id);
        let mut draft = Draft::new(&plan);
        transfer_ownership(&mut draft, plan.services.rows()[0].id, Some(owner), role::OWNER, day(on));
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
    }
    (Arc::new(plan), new_hire)
}

fn reasons(plan: &Arc<Plan>, new_hire: &NewHire, on: &str) -> Vec<(String, String)> {
    let list = Checklist {
        id: 900.into(),
        person: new_hire.person,
        occasion: LifecycleEvent::TakeOver,
        start: day(START),
        service: Some(plan.services.rows()[0].id),
        ..Checklist::default()
    };
    let view = DayView::new(plan, day(on), None);
    let found = generated_tasks(&view, &list, new_hire);
    let people = found.into_iter().filter(|found| found.key.starts_with("meet:"));
    people.map(|found| (found.title, found.text)).collect()
}

fn meet(name: &str, reason: &str) -> (String, String) {
    (format!("Meet {name}"), format!("- {reason}"))
}

#[test]
fn former_owner_is_introduced_before_and_after_the_transfer() {
    let (plan, new_hire) = handed_over(&[("2026-01-01", 1), ("2027-02-01", 0)]);
    assert_eq!(reasons(&plan, &new_hire, START), [meet("BEN", "owns S0 until you take over")]);
    let until = meet("BEN", "owned S0 until 31 Jan 2027");
    assert_eq!(reasons(&plan, &new_hire, "2027-02-01"), [until]);
    // Before the start of the list.
    for (on, until) in [("2027-01-04", "3 Jan 2027"), ("2026-12-20", "19 Dec 2026")] {
        let (plan, new_hire) = handed_over(&[("2026-01-01", 1), (on, 0)]);
        assert_eq!(reasons(&plan, &new_hire, START), [meet("BEN", &format!("owned S0 until {until}"))]);
    }
}

#[test]
fn recent_former_owners_are_introduced_else_the_last_one() {
    let (plan, new_hire) = handed_over(&[("2026-01-01", 1), ("2026-11-01", 2), ("2026-12-20", 0)]);
    let found = reasons(&plan, &new_hire, START);
    assert_eq!(
        found,
        [meet("CLEO", "owned S0 until 19 Dec 2026"), meet("BEN", "owned S0 until 31 Oct 2026")]
    );
    // Long ago: the last one who is still there.
    let (plan, new_hire) = handed_over(&[("2025-01-01", 1), ("2025-11-01", 2), ("2026-01-20", 0)]);
    assert_eq!(reasons(&plan, &new_hire, START), [meet("CLEO", "owned S0 until 19 Jan 2026")]);
    let mut draft = Draft::new(&plan);
    draft.put(Person { until: Some(day("2026-06-30")), ..plan.people.rows()[2].clone() });
    let changes = draft.finish();
    let mut plan = Plan::clone(&plan);
    plan.apply(&changes).unwrap();
    assert_eq!(reasons(&Arc::new(plan), &new_hire, START), [meet("BEN", "owned S0 until 31 Oct 2025")]);
}

#[test]
fn service_texts_are_sentences() {
    let (plan, new_hire) = plan(6, &[(1, 0), (2, 0), (0, 3), (0, 4), (0, 5)]);
    let text = |description: &str, tier: Option<u8>, service: usize| {
        let mut plan = Plan::clone(&plan);
        let mut draft = Draft::new(&plan);
        draft.put(Service { description: description.into(), tier, ..plan.services.rows()[service].clone() });
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        let plan = Arc::new(plan);
        let list = Checklist { id: 900.into(), person: new_hire.person, ..Checklist::default() };
        let found = generated_tasks(&view(&plan), &list, &new_hire);
        let id: ServiceId = plan.services.rows()[service].id;
        found.into_iter().find(|found| found.key == format!("learn:{}", id.0)).unwrap().text
    };
    let needs = "\n\nIt depends on S3 (THEIRS), S4 (THEIRS) and S5 (THEIRS).";
    assert_eq!(
        text("Takes payments.", Some(1), 0),
        format!("Takes payments. It is tier 1, and 2 services depend on it.{needs}")
    );
    assert_eq!(text("Takes payments", None, 0), format!("Takes payments. 2 services depend on it.{needs}"));
    assert_eq!(text("", Some(3), 0), format!("It is tier 3, and 2 services depend on it.{needs}"));
    assert_eq!(
        text("- cards\n- cash", Some(2), 2),
        "- cards\n- cash\n\nIt is tier 2.\n\nIt depends on S0 (OURS)."
    );
    assert_eq!(text("", None, 2), "It depends on S0 (OURS).");
}

#[test]
fn services_in_a_cycle_have_a_text_each() {
    let (plan, new_hire) = plan(6, &[(0, 1), (1, 2), (2, 0)]);
    let list = Checklist { id: 900.into(), person: new_hire.person, ..Checklist::default() };
    let found = generated_tasks(&view(&plan), &list, &new_hire);
    let lesson = found.iter().find(|found| found.key.starts_with("learn:")).unwrap();
    assert_eq!(lesson.title, "Get to know S0, S1 and S2");
    let text =
        "S0, S1 and S2 depend on each other, so learn them together.\n\n**S0**: 2 services depend on it.";
    assert!(lesson.text.starts_with(text), "{}", lesson.text);
}
