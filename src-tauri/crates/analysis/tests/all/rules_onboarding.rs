//! The rules about onboarding: when each reports something and when it does not.

use crate::org::{Org, words};
use headroom_analysis::{Finding, onboarding::checkout::SETTING};
use headroom_model::{EntityRef, Kind};
use serde_json::{Value, json};

/// A Tuesday; two weeks later is 8 Dec.
const DAY: &str = "2026-11-24";

/// Merges two objects; the second takes precedence.
fn with(mut values: Value, more: Value) -> Value {
    values.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    values
}

/// A template for joining with one item.
fn template(org: &mut Org, name: &str, more: Value) -> u64 {
    let template = org.add(Kind::Template, with(json!({"name": name, "reviewed": DAY}), more));
    let item = json!({"template": template, "title": "Say hello", "due": {"working_days": 0}});
    org.add(Kind::TemplateItem, item);
    template
}

fn person(org: &mut Org, name: &str, more: Value) -> u64 {
    org.add(Kind::Person, with(json!({"name": name}), more))
}

/// A checklist for joining with one open item.
fn list(org: &mut Org, person: u64, start: &str, more: Value) -> u64 {
    let list = org.add(Kind::Checklist, with(json!({"person": person, "start": start}), more));
    item(org, list, "Say hello", json!({"due": {"working_days": 0}}));
    list
}

fn item(org: &mut Org, list: u64, title: &str, more: Value) -> u64 {
    org.add(Kind::ChecklistItem, with(json!({"checklist": list, "title": title}), more))
}

fn done(on: &str) -> Value {
    json!({"is": "done", "on": on})
}

/// Applies each remedy of the only finding of a rule and asserts that it resolves the finding. Returns labels and
/// reasons.
fn remedies(org: &Org, rule: &str, day: &str) -> Vec<String> {
    let view = org.on(day);
    let finding = view.findings().iter().find(|finding| finding.rule.id == rule).unwrap();
    let offered = headroom_analysis::remedies(&view.context(), finding);
    let made = offered.into_iter().map(|remedy| {
        let mut then = Org { plan: org.plan.clone() };
        then.plan.apply(&remedy.changes).unwrap();
        assert!(then.on(day).finding(&finding.id).is_none(), "{} stays", finding.id);
        [vec![remedy.label], remedy.reasons].concat().join(" | ")
    });
    made.collect()
}

#[test]
fn new_hire_needs_a_checklist_two_weeks_ahead() {
    let rule = "starter-without-checklist";
    let mut org = Org::default();
    let cash = org.team("Cash");
    let ada = person(&mut org, "Ada", json!({"from": "2026-12-08"}));
    org.add(Kind::Membership, json!({"person": ada, "team": cash, "role": "member"}));
    person(&mut org, "Bo", json!({"from": "2026-12-09"}));
    assert!(org.found(rule, DAY).is_empty(), "a plan that keeps no checklists");
    template(&mut org, "Leaving", json!({"occasion": "leave"}));
    assert!(org.found(rule, DAY).is_empty(), "nor for joining");
    let joining = template(&mut org, "Joining", json!({}));
    let found = org.found(rule, DAY);
    assert_eq!(found.len(), 1, "Bo starts a day too late to be reported");
    assert_eq!(found[0].id, "starter-without-checklist/ada");
    assert_eq!(found[0].message, "Ada starts on 8 Dec 2026 and has no checklist");
    assert_eq!(found[0].subject, EntityRef { kind: Kind::Person, id: ada });
    assert_eq!((found[0].team.map(|team| team.0), found[0].day), (Some(cash), "2026-12-08".parse().ok()));
    assert_eq!(found[0].evidence[0].entities, [EntityRef { kind: Kind::Template, id: joining }]);
    let labels = remedies(&org, rule, DAY);
    assert_eq!(labels, ["Start checklist | 1 item from the matching templates"]);
    // The first two weeks, counting the first day.
    let last = org.messages(rule, "2026-12-21");
    assert_eq!(
        last,
        ["Ada started on 8 Dec 2026 and has no checklist", "Bo started on 9 Dec 2026 and has no checklist"]
    );
    assert_eq!(org.found(rule, "2026-12-21")[0].day, None);
    assert_eq!(org.messages(rule, "2026-12-22"), ["Bo started on 9 Dec 2026 and has no checklist"]);
    org.set("rule.starter-without-checklist.days", "15");
    assert_eq!(org.found(rule, DAY).len(), 2);
    org.set("rule.starter-without-checklist.days-from-start", "0");
    assert!(org.found(rule, "2026-12-09").is_empty());
    assert_eq!(org.found(rule, "2026-12-08").len(), 1, "Bo's is still to come");
    // A checklist for moving is not one for joining.
    let moving = list(&mut org, ada, "2026-12-08", json!({"occasion": "move"}));
    assert_eq!(org.found(rule, DAY).len(), 2);
    org.add(Kind::Checklist, json!({"person": ada, "start": "2026-12-01"}));
    assert_eq!(org.messages(rule, DAY), ["Bo starts on 9 Dec 2026 and has no checklist"]);
    assert!(moving > 0);
}

#[test]
fn missing_template_leaves_no_remedy() {
    let rule = "starter-without-checklist";
    let mut org = Org::default();
    template(&mut org, "Designers", json!({"discipline": "design"}));
    person(&mut org, "Ada", json!({"from": "2026-12-01"}));
    assert_eq!(
        org.messages(rule, DAY),
        ["Ada starts on 1 Dec 2026 and has no checklist; no onboarding template matches"]
    );
    assert!(remedies(&org, rule, DAY).is_empty());
    org.add(Kind::Template, json!({"name": "Everybody", "reviewed": DAY}));
    assert_eq!(
        org.messages(rule, DAY),
        ["Ada starts on 1 Dec 2026 and has no checklist; the matching templates are empty"]
    );
    assert!(remedies(&org, rule, DAY).is_empty());
}

#[test]
fn only_the_first_position_or_team_is_a_start() {
    let rule = "starter-without-checklist";
    let mut org = Org::default();
    template(&mut org, "Joining", json!({}));
    let cash = org.team("Cash");
    let position = org.add(Kind::Position, json!({"key": "HC-1", "team": cash}));
    let on_team = |org: &mut Org, person: u64, from: Value| {
        let values = json!({"person": person, "team": cash, "role": "member", "from": from});
        org.add(Kind::Membership, values);
    };
    // The position takes precedence over the team, whichever date is earlier.
    let ada = person(&mut org, "Ada", json!({}));
    org.add(Kind::Assignment, json!({"position": position, "person": ada, "from": "2026-12-01"}));
    on_team(&mut org, ada, json!("2026-11-30"));
    let bo = person(&mut org, "Bo", json!({}));
    on_team(&mut org, bo, json!("2026-12-01"));
    // Moved, always been there, employed for years, and unconfirmed.
    let cem = person(&mut org, "Cem", json!({}));
    on_team(&mut org, cem, json!("2020-01-01"));
    on_team(&mut org, cem, json!("2026-12-01"));
    let dia = person(&mut org, "Dia", json!({}));
    on_team(&mut org, dia, Value::Null);
    on_team(&mut org, dia, json!("2026-12-01"));
    let eve = person(&mut org, "Eve", json!({"from": "2019-05-01"}));
    on_team(&mut org, eve, json!("2026-12-01"));
    person(&mut org, "Fay", json!({}));
    assert_eq!(
        org.messages(rule, DAY),
        ["Ada starts on 1 Dec 2026 and has no checklist", "Bo starts on 1 Dec 2026 and has no checklist"]
    );
}

#[test]
fn former_people_and_shared_files_are_not_reported() {
    let mut org = Org::default();
    template(&mut org, "Joining", json!({"reviewed": "2020-01-01"}));
    // Left within the first two weeks, and never joined.
    let ada = person(&mut org, "Ada", json!({"from": "2026-11-16", "until": "2026-11-23"}));
    person(&mut org, "Bo", json!({"from": "2026-11-16", "until": "2026-11-23"}));
    list(&mut org, ada, "2026-11-16", json!({}));
    let rules = ["starter-without-checklist", "starter-without-buddy", "first-day-not-ready"];
    let reported = |org: &Org, day: &str| rules.map(|rule| org.found(rule, day).len());
    assert_eq!(reported(&org, "2026-11-23"), [1, 1, 0], "their last day");
    assert_eq!(reported(&org, "2026-11-20"), [1, 1, 1]);
    assert_eq!(reported(&org, DAY), [0, 0, 0]);
    assert_eq!(org.found("template-stale", DAY).len(), 1);
    org.set(SETTING, "{}");
    assert!(org.on("2026-11-20").findings().is_empty());
}

#[test]
fn buddy_is_required_from_two_weeks_before_to_a_month_after() {
    let rule = "starter-without-buddy";
    let mut org = Org::default();
    let ada = person(&mut org, "Ada", json!({"from": "2026-12-08"}));
    let own = list(&mut org, ada, "2026-12-08", json!({}));
    let found = org.found(rule, DAY);
    assert_eq!(found[0].message, "Ada starts on 8 Dec 2026 and has no buddy");
    assert_eq!(found[0].id, "starter-without-buddy/ada/2026-12-08");
    assert_eq!(found[0].subject, EntityRef { kind: Kind::Person, id: ada });
    assert_eq!(found[0].evidence[0].entities, [EntityRef { kind: Kind::Checklist, id: own }]);
    assert!(remedies(&org, rule, DAY).is_empty(), "nobody is on no team");
    assert!(org.found(rule, "2026-11-23").is_empty());
    assert_eq!(org.messages(rule, "2027-01-06"), ["Ada started on 8 Dec 2026 and has no buddy"]);
    assert!(org.found(rule, "2027-01-07").is_empty(), "30 days, the first one counted");
    // Over a leap day: 30 days from 30 Jan 2028 end on 28 Feb, and two weeks before 7 Mar is 22 Feb.
    let bo = person(&mut org, "Bo", json!({}));
    list(&mut org, bo, "2028-01-31", json!({}));
    assert_eq!(org.found(rule, "2028-02-29").len(), 1);
    assert!(org.found(rule, "2028-03-01").is_empty());
    // Not needed once the checklist is complete, nor for a move.
    let cem = person(&mut org, "Cem", json!({}));
    list(&mut org, cem, "2026-12-01", json!({"occasion": "move"}));
    let list = org.add(Kind::Checklist, json!({"person": cem, "start": "2026-11-02"}));
    item(&mut org, list, "Say hello", json!({"state": done("2026-11-02")}));
    item(&mut org, list, "Look around", json!({"optional": true}));
    item(&mut org, list, "Knows everybody", json!({"goal": true}));
    assert_eq!(org.found(rule, DAY).len(), 1);
    item(&mut org, list, "Read", json!({}));
    assert_eq!(org.found(rule, DAY).len(), 2);
}

#[test]
fn suggested_buddies_have_tenure_and_remain() {
    let rule = "starter-without-buddy";
    let mut org = Org::default();
    let (cash, goods) = (org.team("Cash"), org.team("Goods"));
    let on = |org: &mut Org, team: u64, name: &str, role: &str, more: Value| {
        let id = person(org, name, more);
        org.add(Kind::Membership, json!({"person": id, "team": team, "role": role}));
        id
    };
    let ada = on(&mut org, cash, "Ada", "member", json!({"from": "2026-12-01"}));
    // One person for each reason not to be suggested: lead, new, leaving within a month, on another team.
    on(&mut org, cash, "Lea", "lead", json!({}));
    on(&mut org, cash, "New", "member", json!({"from": "2026-09-02"}));
    on(&mut org, cash, "Off", "member", json!({"until": "2026-12-30"}));
    on(&mut org, goods, "Out", "member", json!({}));
    let zoe = on(&mut org, cash, "Zoe", "member", json!({"from": "2026-09-01"}));
    let bea = on(&mut org, cash, "Bea", "member", json!({"until": "2026-12-31"}));
    let cy = on(&mut org, cash, "Cy", "member", json!({}));
    let dan = on(&mut org, cash, "Dan", "member", json!({}));
    // Bea is the buddy of one; the one Cy was the buddy of is complete.
    let others = [("Una", bea, Value::Null), ("Vic", cy, done("2026-06-02")), ("Wim", dan, Value::Null)];
    for (name, buddy, state) in others {
        let new_hire = person(&mut org, name, json!({"from": "2026-06-01"}));
        let values = json!({"person": new_hire, "start": "2026-06-01", "buddy": buddy});
        let list = org.add(Kind::Checklist, values);
        let more = if state.is_null() { json!({}) } else { json!({"state": state}) };
        item(&mut org, list, "Say hello", more);
    }
    let own = list(&mut org, ada, "2026-12-01", json!({}));
    assert_eq!(org.found(rule, DAY)[0].team.map(|team| team.0), Some(cash));
    assert_eq!(
        remedies(&org, rule, DAY),
        [
            "Make Cy the buddy | buddy of no one else",
            "Make Zoe the buddy | buddy of no one else",
            "Make Bea the buddy | buddy of 1 other",
        ],
        "three of four"
    );
    org.set("rule.starter-without-buddy.days-there", "92");
    assert!(remedies(&org, rule, DAY).iter().all(|label| !label.contains("Zoe")));
    assert!(zoe > 0);
    // A buddy who leaves before the start does not count.
    let gone = on(&mut org, cash, "Gus", "member", json!({"until": "2026-11-30"}));
    org.alter(Kind::Checklist, own, json!({"buddy": gone}));
    assert_eq!(
        org.messages(rule, DAY),
        ["Ada starts on 1 Dec 2026, but the buddy, Gus, leaves on 30 Nov 2026"]
    );
    assert_eq!(
        org.messages(rule, "2026-12-01"),
        ["Ada starts on 1 Dec 2026, but the buddy, Gus, left on 30 Nov 2026"]
    );
    assert_eq!(remedies(&org, rule, DAY).len(), 3);
    let until_then = on(&mut org, cash, "Hal", "member", json!({"until": "2026-12-01"}));
    org.alter(Kind::Checklist, own, json!({"buddy": until_then}));
    assert!(org.found(rule, "2026-12-01").is_empty());
    assert_eq!(org.found(rule, "2026-12-02").len(), 1);
}

/// Ada starts on Monday 7 Dec. Her laptop is due a week before and takes `takes` working days; then she signs in.
fn ordered(takes: u64) -> (Org, u64, [u64; 2]) {
    let mut org = Org::default();
    let ada = person(&mut org, "Ada", json!({"location": "Gdańsk"}));
    let buddy = person(&mut org, "Bo", json!({}));
    let values = json!({"person": ada, "start": "2026-12-07", "buddy": buddy});
    let list = org.add(Kind::Checklist, values);
    let laptop = json!({"assignee": "it", "due": {"working_days": -5}, "place": 0});
    let more = if takes > 0 { json!({"takes_days": takes}) } else { json!({}) };
    let laptop = item(&mut org, list, "Order a laptop", with(laptop, more));
    let sign_in = json!({"needs": [laptop], "due": {"working_days": 0}, "place": 1});
    let sign_in = item(&mut org, list, "Sign in", sign_in);
    item(&mut org, list, "Read", json!({"due": {"working_days": 3}, "takes_days": 30, "place": 2}));
    (org, list, [laptop, sign_in])
}

fn only(found: Vec<Finding>) -> Finding {
    assert_eq!(found.len(), 1);
    found.into_iter().next().unwrap()
}

#[test]
fn late_day_one_names_the_critical_path_and_assignees() {
    let rule = "first-day-not-ready";
    // Nine working days from Tuesday 24 Nov are Monday 7 Dec.
    let (org, ..) = ordered(9);
    assert!(org.found(rule, DAY).is_empty());
    let (mut org, _, items) = ordered(10);
    let finding = only(org.found(rule, DAY));
    assert_eq!(
        finding.message,
        "Ada isn’t ready for day one (7 Dec 2026): “Order a laptop” (IT) delays it by 1 working day"
    );
    assert_eq!((finding.severity.name(), finding.day), ("high", "2026-12-07".parse().ok()));
    assert_eq!(finding.id, "first-day-not-ready/ada/2026-12-07");
    let path = finding.evidence.iter().find(|it| it.label == "Critical path").unwrap();
    assert_eq!(path.entities, items.map(|id| EntityRef { kind: Kind::ChecklistItem, id }));
    assert_eq!(words(&finding, "Assignees"), "IT, due 30 Nov 2026; Ada, due 7 Dec 2026");
    assert_eq!(words(&finding, "Ready on"), "8 Dec 2026");
    // A holiday at her location costs a day, one elsewhere does not.
    org.add(Kind::Holiday, json!({"day": "2026-12-02", "name": "off", "location": "Oslo"}));
    assert_eq!(words(&only(org.found(rule, DAY)), "Ready on"), "8 Dec 2026");
    org.add(Kind::Holiday, json!({"day": "2026-12-02", "name": "off", "location": "gdańsk"}));
    assert!(only(org.found(rule, DAY)).message.ends_with("by 2 working days"));
    let (mut org, ..) = ordered(9);
    org.add(Kind::Holiday, json!({"day": "2026-12-07", "name": "off"}));
    assert!(org.found(rule, DAY).is_empty(), "then the first day is Tuesday");
    org.add(Kind::Holiday, json!({"day": "2026-12-01", "name": "off"}));
    assert!(
        only(org.found(rule, DAY))
            .message
            .contains("(8 Dec 2026): “Order a laptop” (IT) delays it by 1 working day")
    );
}

#[test]
fn day_one_is_reported_from_two_weeks_before_to_a_week_after() {
    let rule = "first-day-not-ready";
    let (org, _, items) = ordered(30);
    assert!(org.found(rule, "2026-11-22").is_empty(), "fifteen days before");
    assert_eq!(org.found(rule, "2026-11-23").len(), 1);
    assert_eq!(org.found(rule, "2026-12-13").len(), 1, "a Sunday, the seventh day");
    assert!(org.found(rule, "2026-12-14").is_empty());
    // What is done a day late is ready; what is still open is not.
    let (mut org, list, _) = ordered(0);
    assert!(org.found(rule, "2026-12-07").is_empty(), "on the day itself everything can still be done");
    let finding = only(org.found(rule, "2026-12-09"));
    assert_eq!(
        finding.message,
        "Ada isn’t ready for day one (7 Dec 2026): “Order a laptop” (IT) delays it by 2 working days"
    );
    assert_eq!(finding.day, None);
    for id in org.plan.checklist_items.iter().map(|item| item.id.0).collect::<Vec<_>>() {
        org.alter(Kind::ChecklistItem, id, json!({"state": done("2026-12-09")}));
    }
    assert!(org.found(rule, "2026-12-09").is_empty());
    // Optional items delay nothing.
    item(&mut org, list, "Building pass", json!({"due": {"working_days": -1}, "optional": true}));
    assert!(org.found(rule, "2026-12-09").is_empty());
    assert!(items[0] > 0);
}

#[test]
fn day_one_accounts_for_leap_days() {
    let rule = "first-day-not-ready";
    let mut org = Org::default();
    let ada = person(&mut org, "Ada", json!({}));
    let buddy = person(&mut org, "Bo", json!({}));
    let values = json!({"person": ada, "start": "2028-03-01", "buddy": buddy});
    let list = org.add(Kind::Checklist, values);
    let laptop = item(
        &mut org,
        list,
        "Laptop",
        json!({"due": {"working_days": -1}, "takes_days": 2, "assignee": "it"}),
    );
    item(&mut org, list, "Set up", json!({"due": {"working_days": 0}, "needs": [laptop], "assignee": "it"}));
    assert!(org.found(rule, "2028-02-28").is_empty(), "28 and 29 Feb, ready on 1 Mar");
    assert_eq!(words(&only(org.found(rule, "2028-02-29")), "Assignees"), "IT, due 29 Feb 2028", "once");
}

#[test]
fn template_review_expires_after_180_days() {
    let rule = "template-stale";
    let mut org = Org::default();
    // 180 days before the day is 28 May.
    template(&mut org, "Fresh", json!({"reviewed": "2026-05-28"}));
    template(&mut org, "Later", json!({"reviewed": "2027-03-01"}));
    template(&mut org, "Unused", json!({"reviewed": null}));
    let old = template(&mut org, "Old", json!({"reviewed": "2026-05-27"}));
    let finding = only(org.found(rule, DAY));
    assert_eq!(finding.message, "Template “Old” not reviewed for 181 days");
    assert_eq!((finding.id.as_str(), finding.severity.name()), ("template-stale/old", "low"));
    assert_eq!(finding.subject, EntityRef { kind: Kind::Template, id: old });
    assert_eq!(words(&finding, "Last reviewed"), "27 May 2026");
    assert_eq!(words(&finding, "Checklists created from it"), "0");
    assert_eq!(remedies(&org, rule, DAY), ["Mark as reviewed on 24 Nov 2026"]);
    org.set("rule.template-stale.days", "181");
    assert!(org.found(rule, DAY).is_empty());
    // A leap day counts: from 31 Aug 2027 to 29 Feb 2028 are 182 days.
    template(&mut org, "Leap", json!({"reviewed": "2027-08-31"}));
    let messages = org.messages(rule, "2028-02-29");
    assert!(messages.contains(&"Template “Leap” not reviewed for 182 days".to_owned()));
}

#[test]
fn used_template_needs_a_review_and_feedback_raises_severity() {
    let rule = "template-stale";
    let mut org = Org::default();
    let joining = template(&mut org, "Joining", json!({"reviewed": null}));
    let origin = org.plan.template_items.iter().find(|item| item.template.0 == joining).unwrap().id.0;
    let ada = person(&mut org, "Ada", json!({}));
    let used = json!([{"template": "joining", "version": 1}]);
    let list = org.add(Kind::Checklist, json!({"person": ada, "start": "2026-02-02", "templates": used}));
    let finding = only(org.found(rule, DAY));
    assert_eq!(finding.message, "Template “Joining” never reviewed; 1 checklist created from it");
    assert_eq!((finding.severity.name(), finding.evidence.len()), ("low", 1));
    let feedback = |settled: Value| json!({"fault": "outdated", "on": "2026-02-03", "settled": settled});
    let more = |feedback: Value, origin: Value| json!({"origin": origin, "feedback": feedback});
    item(&mut org, list, "Say hello", more(feedback(json!("2026-03-01")), json!(origin)));
    item(&mut org, list, "Our own", more(feedback(Value::Null), Value::Null));
    assert_eq!(only(org.found(rule, DAY)).severity.name(), "low", "settled, or of another list");
    item(&mut org, list, "Read how we work", more(feedback(Value::Null), json!(origin)));
    let finding = only(org.found(rule, DAY));
    assert_eq!(finding.severity.name(), "medium");
    assert_eq!(words(&finding, "Open feedback"), "Read how we work is outdated");
    assert_eq!(remedies(&org, rule, DAY).len(), 1);
    org.set("rule.template-stale.severity", "off");
    assert!(org.found(rule, DAY).is_empty());
}
