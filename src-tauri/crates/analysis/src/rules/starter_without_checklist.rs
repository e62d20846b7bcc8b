//! New hires without an onboarding checklist.

use chrono::NaiveDate;
use headroom_model::{Draft, LifecycleEvent, PersonId, Template};
use rustc_hash::FxHashSet;

use super::support::new_hires;
use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Severity, Source, Threshold},
    onboarding::{ChecklistStart, NewHire, NewHires, fitting, joins, start_checklist},
};

pub static RULE: Rule = Rule {
    id: "starter-without-checklist",
    title: "New hire without a checklist",
    severity: Severity::Medium,
    why: "What no one has written down, no one has ordered: laptops and accounts take days, and a first day without them \
          is remembered. A checklist two weeks ahead leaves enough time.",
    fix: "Start a checklist from the matching templates, or create one. Plans without any onboarding template or checklist \
          are not checked.",
    source: Source {
        text: "GitLab handbook: the onboarding issue is created no later than two weeks before the new team member joins",
        url: "https://about.gitlab.com/handbook/people-group/general-onboarding/onboarding-processes/",
    },
    depends_on_date: true,
    thresholds: &[
        new_hires::BEFORE,
        Threshold {
            name: new_hires::FROM_START,
            default: 14,
            meaning: "Keep reporting for (days from the start date)",
            source: "Headroom default: two weeks, as before the start",
        },
    ],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let plan = check.context.snapshot.plan();
    let is_joining = |occasion: LifecycleEvent| occasion == LifecycleEvent::Join;
    let listed: FxHashSet<PersonId> =
        plan.checklists.iter().filter(|list| is_joining(list.occasion)).map(|list| list.person).collect();
    if listed.is_empty() && !plan.templates.iter().any(|template| is_joining(template.occasion)) {
        return;
    }
    let (today, near) = (check.context.snapshot.day(), new_hires::near(check));
    let is_near = |(person, start): &(PersonId, NaiveDate)| {
        near.contains(start) && new_hires::is_there(plan, *person, (*start).max(today))
    };
    let starting: Vec<(PersonId, NaiveDate)> =
        joins(plan).into_iter().filter(|join| is_near(join) && !listed.contains(&join.0)).collect();
    if starting.is_empty() {
        return;
    }
    let new_hires = NewHires::new(plan);
    for (person, start) in starting {
        // Which templates fit depends on the team and position on the start date.
        let day = NewHire::day_of(plan, person, start);
        found.push(finding(check, &new_hires.of(person, LifecycleEvent::Join, day), start));
    }
}

fn finding(check: &RuleContext<'_>, new_hire: &NewHire, start: NaiveDate) -> Finding {
    let snapshot = check.context.snapshot;
    let plan = snapshot.plan();
    let fitting = fitting(plan, new_hire);
    let is_of = |template: &&Template| plan.template_items.iter().any(|item| item.template == template.id);
    let problem = match fitting.as_slice() {
        [] => "; no onboarding template matches",
        all if !all.iter().any(is_of) => "; the matching templates are empty",
        _ => "",
    };
    let name = plan.name_of(new_hire.person.into());
    let when = new_hires::starts(start, snapshot.day());
    let message = format!("{name} {when} and has no checklist{problem}");
    let mut finding = Finding::of_new_hire(check, new_hire.person, new_hire.team, message);
    finding.day = new_hires::ahead(check, start);
    if !fitting.is_empty() {
        let templates = fitting.iter().map(|template| template.id.into());
        finding = finding.with(Evidence::entities("Matching templates", templates));
    }
    finding
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let plan = context.snapshot.plan();
    let mut draft = Draft::new(plan);
    let what = ChecklistStart {
        person: finding.subject.id.into(),
        occasion: LifecycleEvent::Join,
        ..ChecklistStart::default()
    };
    let Ok(begun) = start_checklist(&mut draft, plan, &what) else { return Vec::new() };
    let reasons = vec![format!("{} from the matching templates", begun.counts)];
    vec![Remedy::new("Start checklist", draft.finish()).because(reasons)]
}
