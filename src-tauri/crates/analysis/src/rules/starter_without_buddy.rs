use chrono::{Days, NaiveDate};
use headroom_model::{Checklist, ChecklistId, Kind, Occasion, Plan};

use super::*;
use crate::onboarding::{Colleague, Newcomer, Newcomers, colleagues, found::day_for, not_complete, start_of};

pub static RULE: Rule = Rule {
    id: "starter-without-buddy",
    title: "Somebody starts and has no buddy",
    severity: Severity::Low,
    why: "A buddy answers what nobody asks a manager. At Microsoft 97 % of those who met theirs more than eight times in \
          90 days said that it helped them to be productive sooner, and 56 % of those who met once.",
    fix: "Name somebody of the same team who knows the work and has the time; where there is nobody, of one next to it.",
    source: Source {
        text: "D. Klinghoffer, C. Young, D. Haspas: Every new employee needs an onboarding “buddy”, 2019",
        url: "https://hbr.org/2019/06/every-new-employee-needs-an-onboarding-buddy",
    },
    thresholds: &[
        starting::BEFORE,
        Threshold {
            name: starting::FROM_START,
            default: 30,
            meaning: "how long after the start it is still told, in days from the first one on",
            source: "Headroom's own: the first month, of the 90 days that Microsoft looked at",
        },
        Threshold {
            name: "days-there",
            default: 91,
            meaning: "how long a buddy has been there by the start at the least, in days",
            source: "Headroom's own: a quarter of a year, by which they are not new themselves",
        },
    ],
    check,
    remedies: Some(remedies),
};

/// More to choose from is a list of the team.
const MOST: usize = 3;

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let (plan, today) = (check.context.snapshot.plan(), check.context.snapshot.day());
    let mut lists = starting::lists(check);
    let has_buddy = |list: &Checklist| {
        let is_there = |buddy| starting::is_there(plan, buddy, list.start.max(today));
        list.buddy.is_some_and(|buddy| is_there(buddy) && !is_only_mentioned(plan, buddy))
    };
    lists.retain(|list| !has_buddy(list));
    if lists.is_empty() {
        return;
    }
    let (open, newcomers) = (not_complete(plan), Newcomers::new(plan));
    for list in lists.into_iter().filter(|list| open.contains(&list.id)) {
        let newcomer = newcomer(&newcomers, list, day_for(plan, list, today));
        add_apart(found, starting::of_list(check, list, newcomer.team, message(plan, list, today)));
    }
}

/// Whoever starts, on the day on which a buddy is wanted: the start, or today from then on.
fn newcomer(newcomers: &Newcomers<'_>, list: &Checklist, day: NaiveDate) -> Newcomer {
    let newcomer = newcomers.of(list.person, list.occasion, day);
    Newcomer { manager: list.manager.or(newcomer.manager), ..newcomer }
}

fn message(plan: &Plan, list: &Checklist, today: NaiveDate) -> String {
    let name = plan.name_of(list.person.into());
    let when = starting::starts(list.start, today);
    let Some(buddy) = list.buddy else { return format!("{name} {when} and has no buddy") };
    if is_only_mentioned(plan, buddy) {
        return format!("{name} {when}, and no source defines the buddy, {}", plan.name_of(buddy.into()));
    }
    let last = plan.people.get(buddy).and_then(|row| row.until).unwrap_or(today);
    let verb = if last < today { "left" } else { "leaves" };
    format!("{name} {when}, and the buddy, {}, {verb} on {}", plan.name_of(buddy.into()), seats::date(last))
}

/// Then they count as nobody.
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
    let (snapshot, newcomer) = (plan.as_of(day), newcomer(&Newcomers::new(plan), list, day));
    let can_be = |one: &Colleague| is_known_and_stays(context, one, snapshot.day());
    let remedy = |one: Colleague| {
        let mut draft = Draft::new(plan);
        draft.put(Checklist { buddy: Some(one.person), ..list.clone() });
        let (buddy, name) = (plan.name_of(one.person.into()), plan.name_of(list.person.into()));
        let others = match one.looks_after {
            0 => "nobody else".to_owned(),
            1 => "one other".to_owned(),
            many => format!("{many} others"),
        };
        Remedy::new(format!("Make {buddy} the buddy of {name}"), draft.finish())
            .because(vec![format!("looks after {others}")])
    };
    colleagues(&snapshot, &newcomer).into_iter().filter(can_be).take(MOST).map(remedy).collect()
}

/// Whether a colleague has been there long enough by the day, and does not leave while a buddy is wanted.
fn is_known_and_stays(context: &Context<'_>, one: &Colleague, day: NaiveDate) -> bool {
    let (plan, policy) = (context.snapshot.plan(), context.policy);
    let since = start_of(plan, one.person, Occasion::Join);
    let there = policy.threshold(&RULE, "days-there");
    let stays = Days::new(policy.threshold(&RULE, starting::FROM_START).into());
    since.is_none_or(|since| (day - since).num_days() >= i64::from(there))
        && day.checked_add_days(stays).is_none_or(|last| starting::is_there(plan, one.person, last))
}
