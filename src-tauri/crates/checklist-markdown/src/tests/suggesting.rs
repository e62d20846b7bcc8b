use crate::{ChecklistText, SuggestedAssignee, Under};

fn of(text: &str) -> Vec<(Option<SuggestedAssignee>, Option<i32>)> {
    let found = ChecklistText::read(text).suggestions();
    let value = found.into_iter().map(|found| {
        let due = found.due.map(|found| found.value.offset_working_days);
        (found.assignee.map(|found| found.value), due)
    });
    value.collect()
}

fn who(text: &str) -> Option<SuggestedAssignee> {
    of(text).pop().unwrap().0
}

#[test]
fn suggests_assignees_of_items() {
    let named = |name: &str| Some(SuggestedAssignee::Named(name.to_owned()));
    let cases = [
        ("Manager: order", Some(SuggestedAssignee::Manager)),
        ("**Buddy** show around", Some(SuggestedAssignee::Buddy)),
        ("**Buddy**: show around", Some(SuggestedAssignee::Buddy)),
        ("**Buddy:** show around", Some(SuggestedAssignee::Buddy)),
        ("_Buddy_ – show around", Some(SuggestedAssignee::Buddy)),
        ("[Manager] order", Some(SuggestedAssignee::Manager)),
        ("(IT) order", Some(SuggestedAssignee::It)),
        ("order (IT)", Some(SuggestedAssignee::It)),
        ("order [IT].", Some(SuggestedAssignee::It)),
        ("New team member: read", Some(SuggestedAssignee::NewHire)),
        ("People Ops: send", Some(SuggestedAssignee::PeopleOps)),
        ("HR / Manager: send", Some(SuggestedAssignee::PeopleOps)),
        ("Manager - order", Some(SuggestedAssignee::Manager)),
        ("👤 Manager: order", Some(SuggestedAssignee::Manager)),
        ("Manager (week 1): order", Some(SuggestedAssignee::Manager)),
        ("@ana-lima order", named("ana-lima")),
        ("@acme/it: order", named("acme/it")),
        ("[@ana](https://a.org/ana) order", named("ana")),
        ("order (@ana)", named("ana")),
        ("order, @ana", named("ana")),
        ("@manager order", Some(SuggestedAssignee::Manager)),
        ("**@Ana Lima:** order", named("Ana Lima")),
        ("Security: order", named("Security")),
        ("Manager\\: order", None),
        ("FOR CONTRACTORS: check with your manager", None),
        ("Note: ask the manager", None),
        ("Read [the guide](https://a.org)", None),
        ("Meet your manager", None),
        ("Send it: now", None),
        ("Email a@b.org (optional)", None),
        ("Re-read", None),
    ];
    for (title, expected) in cases {
        assert_eq!(who(&format!("- [ ] {title}")), expected, "{title}");
    }
}

#[test]
fn suggests_assignees_from_headings() {
    let cases = [
        ("Manager", Some(SuggestedAssignee::Manager)),
        ("Manager tasks", Some(SuggestedAssignee::Manager)),
        ("Manager's checklist", Some(SuggestedAssignee::Manager)),
        ("Tasks for the manager", Some(SuggestedAssignee::Manager)),
        ("Steps for the onboardee", Some(SuggestedAssignee::NewHire)),
        ("Onboarder", Some(SuggestedAssignee::Buddy)),
        ("New Person checklist", Some(SuggestedAssignee::NewHire)),
        ("🧑‍💻 Buddy", Some(SuggestedAssignee::Buddy)),
        ("Day 1: Manager", Some(SuggestedAssignee::Manager)),
        ("Week 2 (IT)", Some(SuggestedAssignee::It)),
        ("Manager tasks before day 1", Some(SuggestedAssignee::Manager)),
        ("For IT", Some(SuggestedAssignee::It)),
        ("Security team tasks", Some(SuggestedAssignee::Named("Security team".to_owned()))),
        ("Assignee (Ops Rotation Person)", Some(SuggestedAssignee::Named("Ops Rotation Person".to_owned()))),
        ("Security", None),
        ("Meet the manager", None),
        ("Documents to review", None),
        ("Access", None),
        ("Day 1", None),
    ];
    for (heading, expected) in cases {
        assert_eq!(who(&format!("## {heading}\n- [ ] a")), expected, "{heading}");
    }
}

#[test]
fn items_inherit_suggestions() {
    let text = "# Manager\n## Week 2\n- [ ] a\n- [ ] Buddy: b\n  - [ ] c by day 1\n### IT\n- [ ] d\n## Later\n- [ ] e\n# End\n- [ ] f\n";
    let (manager, buddy, it) =
        (Some(SuggestedAssignee::Manager), Some(SuggestedAssignee::Buddy), Some(SuggestedAssignee::It));
    let expected = [
        (manager.clone(), Some(9)),
        (buddy.clone(), Some(9)),
        (buddy.clone(), Some(0)),
        (it.clone(), Some(9)),
        (manager.clone(), None),
        (None, None),
    ];
    assert_eq!(of(text), expected);
    let labels = "**Day 1**\n\n- [ ] a\n\nManager:\n\n- [ ] b\n\nSome words about it.\n\n- [ ] c\n- Buddy\n  - [ ] d\n\n<details><summary>Week 2</summary>\n\n- [ ] e\n\n</details>\n\n- [ ] f\n\n> ## IT\n> - [ ] g\n\n- [ ] h\n";
    let expected = [
        (None, Some(0)),
        (manager.clone(), None),
        (manager.clone(), None),
        (buddy, None),
        (None, Some(9)),
        (None, None),
        (it, None),
        (None, None),
    ];
    assert_eq!(of(labels), expected);
}

#[test]
fn suggestions_have_their_words() {
    let text = "## Manager *tasks* in week&nbsp;2\n- [ ] a\n- [ ] é **Buddy**: by the **end** of week 1\n";
    let read = ChecklistText::read(text);
    let found = read.suggestions();
    let from = found[0].assignee.as_ref().unwrap();
    assert_eq!((from.words.as_str(), from.from), ("Manager tasks in week\u{a0}2", Some(Under::Section(1))));
    assert_eq!(read.markdown(found[0].due.as_ref().unwrap().span), "in week&nbsp;2");
    let due = found[1].due.as_ref().unwrap();
    assert_eq!((due.words.as_str(), due.from), ("by the end of week 1", None));
    assert_eq!(read.markdown(due.span), "by the **end** of week 1");
    assert_eq!(found[1].assignee.as_ref().unwrap().from, Some(Under::Section(1)));
}

#[test]
fn reads_a_realistic_checklist() {
    let text = "# Onboarding: NAME\n\n## Before day 1\n\n### Manager\n- [ ] Order a laptop (2 weeks before start)\n- [ ] IT: create accounts\n\n### People Ops\n1. [ ] Send the contract\n\n## Day 1\n- [ ] New team member: pick up the laptop\n- [ ] [Buddy] Lunch\n\n## Week 1\n- [ ] **Manager:** first 1:1 on day 2\n  - [ ] Agree on goals by the end of week 1\n- [ ] Read the handbook @new-hire\n\n## First 30 days (new hire)\n- [ ] Ship a change\n\n<details>\n<summary>60 days</summary>\n\n- [ ] @ana: review\n\n</details>\n\n## Optional\n- [ ] Join the choir\n";
    let named = Some(SuggestedAssignee::Named("ana".to_owned()));
    let expected = [
        (Some(SuggestedAssignee::Manager), Some(-10)),
        (Some(SuggestedAssignee::It), Some(-1)),
        (Some(SuggestedAssignee::PeopleOps), Some(-1)),
        (Some(SuggestedAssignee::NewHire), Some(0)),
        (Some(SuggestedAssignee::Buddy), Some(0)),
        (Some(SuggestedAssignee::Manager), Some(1)),
        (Some(SuggestedAssignee::Manager), Some(4)),
        (Some(SuggestedAssignee::NewHire), Some(4)),
        (Some(SuggestedAssignee::NewHire), Some(20)),
        (named, Some(42)),
        (None, None),
    ];
    assert_eq!(of(text), expected);
}
