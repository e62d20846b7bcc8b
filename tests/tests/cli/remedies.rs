//! Every remedy offered on the sample can be applied, and the first of each finding closes it.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_analysis::{DayView, remedies};
use headroom_model::Plan;
use headroom_store::Store;
use headroom_tests::Desk;

#[test]
fn remedies_close_their_findings() {
    let store = sample();
    let (mut tried, mut rules) = (0, std::collections::BTreeSet::new());
    // Before the sample's last operation, and a week before someone joins.
    for day in ["2026-11-24", "2027-01-25"].map(|day| day.parse().unwrap()) {
        let (more, of) = close(store.plan(), day);
        tried += more;
        rules.extend(of);
    }
    assert!(tried > 100 && rules.len() > 13, "{tried} remedies of {rules:?}");
    assert!(rules.contains("starter-without-checklist") && rules.contains("template-stale"), "{rules:?}");
}

#[test]
fn checklist_remedy_is_followed_by_the_buddy_finding() {
    let mut plan = (**sample().plan()).clone();
    let day: NaiveDate = "2027-02-22".parse().unwrap();
    for (rule, offered) in [("starter-without-checklist", 1), ("starter-without-buddy", 3)] {
        let view = DayView::new(&Arc::new(plan.clone()), day, None);
        let finding = view.findings().iter().find(|finding| finding.rule.id == rule).unwrap();
        let remedies = remedies(&view.context(), finding);
        assert_eq!(remedies.len(), offered, "{}", finding.message);
        plan.apply(&remedies[0].changes).unwrap();
        assert!(DayView::new(&Arc::new(plan.clone()), day, None).finding(&finding.id).is_none());
    }
}

fn sample() -> Store {
    let desk = Desk::new();
    std::fs::remove_file(&desk.plan).unwrap();
    desk.done(&["new", desk.path(), "--sample"]);
    Store::open(&desk.plan, headroom_tests::now()).unwrap()
}

/// Applies every remedy offered on a day; gives their number and rules.
fn close(plan: &Arc<Plan>, day: NaiveDate) -> (usize, Vec<&'static str>) {
    let view = DayView::new(plan, day, None);
    let (mut tried, mut rules) = (0, Vec::new());
    for finding in view.findings() {
        for (at, remedy) in remedies(&view.context(), finding).into_iter().enumerate() {
            assert!(!remedy.changes.is_empty(), "{}: {}", finding.id, remedy.label);
            // The label is a button and the name of a step; reasons are shown next to it.
            assert!(remedy.label.chars().count() <= 72, "{}: {}", finding.id, remedy.label);
            assert!(!remedy.reasons.iter().any(String::is_empty), "{}: {:?}", finding.id, remedy.reasons);
            let mut plan = (**plan).clone();
            plan.apply(&remedy.changes)
                .unwrap_or_else(|error| panic!("{}: {}: {error}", finding.id, remedy.label));
            let then = DayView::new(&Arc::new(plan), day, Some(&view.facts));
            assert!(
                at > 0 || then.finding(&finding.id).is_none(),
                "{} stays after: {}",
                finding.id,
                remedy.label
            );
            tried += 1;
            rules.push(finding.rule.id);
        }
    }
    (tried, rules)
}
