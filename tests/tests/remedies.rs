//! Every remedy that is offered on the sample can be made, and the first of each closes its finding.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use chrono::{NaiveDate, Utc};
use headroom_analysis::DayView;
use headroom_store::Store;
use headroom_tests::Desk;

#[test]
fn remedies_close_what_they_are_for() {
    let desk = Desk::new();
    std::fs::remove_file(&desk.plan).unwrap();
    desk.done(&["new", desk.path(), "--sample"]);
    let store = Store::open(&desk.plan, Utc::now()).unwrap();
    let day: NaiveDate = "2026-11-24".parse().unwrap();
    let view = DayView::new(store.plan(), day, None);
    let (mut tried, mut rules) = (0, std::collections::BTreeSet::new());
    for finding in &view.findings {
        let Some(remedies) = finding.rule.remedies else { continue };
        for (at, remedy) in remedies(&view.context(), finding).into_iter().enumerate() {
            assert!(!remedy.changes.is_empty(), "{}: {}", finding.id, remedy.label);
            let mut plan = (**store.plan()).clone();
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
            rules.insert(finding.rule.id);
        }
    }
    assert!(tried > 50 && rules.len() > 12, "{tried} remedies of {rules:?}");
}
