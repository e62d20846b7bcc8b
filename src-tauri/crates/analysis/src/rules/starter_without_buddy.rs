//! New hires with an onboarding checklist and without a buddy who is there on the start date.

use chrono::{Days, NaiveDate};
use headroom_model::{Checklist, ChecklistId, Draft, Kind, LifecycleEvent, Plan};

use super::support::{apart::add_apart, new_hires, positions};
use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Finding, Remedy, Rule, Severity, Source, Threshold},
    onboarding::{Colleague, NewHire, NewHires, colleagues, day_for, not_complete, start_of},
};

pub static RULE: Rule = Rule {
    id: "starter-without-buddy",
    title: "New hire without a buddy",
    severity: Severity::Low,
    why: "A buddy answers the questions no one asks a manager. At Microsoft, 97% of new hires who met their buddy more \
          than eight times in 90 days said it made them productive sooner, against 56% of those who met once.",
    fix: "Name someone on the same team who knows the work and has time, or else someone on a neighbouring team.",
    source: Source {
        text: "D. Klinghoffer, C. Young, D. Haspas: Every new employee needs an onboarding “buddy”, 2019",
        url: "https://hbr.org/2019/06/every-new-employee-needs-an-onboarding-buddy",
    },
    depends_on_date: true,
    thresholds: &[
        new_hires::BEFORE,
        Threshold {
            name: new_hires::FROM_START,
            default: 30,
            meaning: "Keep reporting for (days from the start date)",
            source: "Headroom default: the first month of the 90 days that Microsoft studied",
        },
        Threshold {
            name: "days-there",
            default: 91,
            meaning: "Minimum tenure of a buddy on the start date (days)",
            source: "Headroom default: a quarter, after which they are no longer new themselves",
        },
    ],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

/// The number of buddies offered as remedies.
const MOST: usize = 3;

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (plan, today) = (check.context.snapshot.plan(), check.context.snapshot.day());
    let mut lists = new_hires::lists(check);
    let has_buddy = |list: &Checklist| {
        let is_there = |buddy| new_hires::is_there(plan, buddy, list.start.max(today));
        list.buddy.is_some_and(|buddy| is_there(buddy) && !is_only_mentioned(plan, buddy))
    };
    lists.retain(|list| !has_buddy(list));
    if lists.is_empty() {
        return;
    }
    let (open, index) = (not_complete(plan), NewHires::new(plan));
    for list in lists.into_iter().filter(|list| open.contains(&list.id)) {
        let new_hire = new_hire(&index, list, day_for(plan, list, today));
        add_apart(found, new_hires::of_list(check, list, new_hire.team, message(plan, list, today)));
    }
}

/// The new hire on the day on which a buddy is needed: the start, or today if that is later.
fn new_hire(index: &NewHires<'_>, list: &Checklist, day: NaiveDate) -> NewHire {
    let new_hire = index.of(list.person, list.occasion, day);
    NewHire { manager: list.manager.or(new_hire.manager), ..new_hire }
}

fn message(plan: &Plan, list: &Checklist, today: NaiveDate) -> String {
    let name = plan.name_of(list.person.into());
    let when = new_hires::starts(list.start, today);
    let Some(buddy) = list.buddy else { return format!("{name} {when} and has no buddy") };
    if is_only_mentioned(plan, buddy) {
        return format!("{name} {when}, but the buddy, {}, is unknown", plan.name_of(buddy.into()));
    }
    let last = plan.people.get(buddy).and_then(|row| row.until).unwrap_or(today);
    let verb = if last < today { "left" } else { "leaves" };
    format!(
        "{name} {when}, but the buddy, {}, {verb} on {}",
        plan.name_of(buddy.into()),
        positions::date(last)
    )
}

/// Whether a person is unconfirmed and counts as nobody.
fn is_only_mentioned(plan: &Plan, person: headroom_model::PersonId) -> bool {
    plan.people.get(person).is_some_and(|row| row.unconfirmed)
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let plan = context.snapshot.plan();
    let mut entities = finding.evidence.iter().flat_map(|evidence| &evidence.entities);
    let list = entities.find(|entity| entity.kind == Kind::Checklist);
    let list = list.and_then(|list| plan.checklists.get(ChecklistId(list.id)));
    let Some(list) = list else { return Vec::new() };
    let day = day_for(plan, list, context.snapshot.day());
    let (snapshot, new_hire) = (plan.as_of(day), new_hire(&NewHires::new(plan), list, day));
    let can_be = |one: &Colleague| is_known_and_stays(context, one, snapshot.day());
    let remedy = |one: Colleague| {
        let mut draft = Draft::new(plan);
        draft.put(Checklist { buddy: Some(one.person), ..list.clone() });
        let buddy = plan.name_of(one.person.into());
        let others = match one.looks_after {
            0 => "no one else".to_owned(),
            1 => "1 other".to_owned(),
            many => format!("{many} others"),
        };
        Remedy::new(format!("Make {buddy} the buddy"), draft.finish())
            .because(vec![format!("buddy of {others}")])
    };
    colleagues(&snapshot, &new_hire).into_iter().filter(can_be).take(MOST).map(remedy).collect()
}

/// Whether a colleague has the minimum tenure by the day and does not leave within the days of the policy.
fn is_known_and_stays(context: &Context<'_>, one: &Colleague, day: NaiveDate) -> bool {
    let (plan, policy) = (context.snapshot.plan(), context.policy);
    let since = start_of(plan, one.person, LifecycleEvent::Join);
    let there = policy.threshold(&RULE, "days-there");
    let needed = Days::new(policy.threshold(&RULE, new_hires::FROM_START).into());
    since.is_none_or(|since| (day - since).num_days() >= i64::from(there))
        && day.checked_add_days(needed).is_none_or(|last| new_hires::is_there(plan, one.person, last))
}
