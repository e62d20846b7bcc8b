use chrono::NaiveDate;
use headroom_model::{Occasion, PersonId, Template};
use rustc_hash::FxHashSet;

use super::*;
use crate::onboarding::{Begin, Newcomer, Newcomers, begin, fitting, joins};

pub static RULE: Rule = Rule {
    id: "starter-without-checklist",
    title: "Somebody starts and has no checklist",
    severity: Severity::Medium,
    why: "What nobody has written down, nobody has ordered: laptop and accounts take their days, and a first day without \
          them is remembered. A list two weeks before leaves the time to do it.",
    fix: "Start a checklist from the templates that fit, or make one that does. A plan without any template or checklist \
          for joining keeps them elsewhere, and is not told.",
    source: Source {
        text: "GitLab handbook: the onboarding issue is created no later than two weeks before the new team member joins",
        url: "https://about.gitlab.com/handbook/people-group/general-onboarding/onboarding-processes/",
    },
    thresholds: &[
        starting::BEFORE,
        Threshold {
            name: starting::FROM_START,
            default: 14,
            meaning: "how long after the start it is still told, in days from the first one on",
            source: "Headroom's own: the first two weeks, as the two before",
        },
    ],
    check,
    remedies: Some(remedies),
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let plan = check.context.snapshot.plan();
    let is_joining = |occasion: Occasion| occasion == Occasion::Join;
    let listed: FxHashSet<PersonId> =
        plan.checklists.iter().filter(|list| is_joining(list.occasion)).map(|list| list.person).collect();
    if listed.is_empty() && !plan.templates.iter().any(|template| is_joining(template.occasion)) {
        return;
    }
    let (today, near) = (check.context.snapshot.day(), starting::near(check));
    let is_near = |(person, start): &(PersonId, NaiveDate)| {
        near.contains(start) && starting::is_there(plan, *person, (*start).max(today))
    };
    let starters: Vec<(PersonId, NaiveDate)> =
        joins(plan).into_iter().filter(|join| is_near(join) && !listed.contains(&join.0)).collect();
    if starters.is_empty() {
        return;
    }
    let newcomers = Newcomers::new(plan);
    for (person, start) in starters {
        // Whom a template fits is known on the day of the start only.
        let day = Newcomer::day_of(plan, person, start);
        found.push(finding(check, &newcomers.of(person, Occasion::Join, day), start));
    }
}

fn finding(check: &Check<'_>, newcomer: &Newcomer, start: NaiveDate) -> Finding {
    let snapshot = check.context.snapshot;
    let plan = snapshot.plan();
    let fitting = fitting(plan, newcomer);
    let is_of = |template: &&Template| plan.template_items.iter().any(|item| item.template == template.id);
    let problem = match fitting.as_slice() {
        [] => ", and no template for joining fits",
        all if !all.iter().any(is_of) => ", and nothing is in the templates that fit",
        _ => "",
    };
    let name = plan.name_of(newcomer.person.into());
    let when = starting::starts(start, snapshot.day());
    let message = format!("{name} {when} and has no checklist{problem}");
    let mut finding = Finding::of_newcomer(check, newcomer.person, newcomer.team, message);
    finding.day = starting::ahead(check, start);
    if !fitting.is_empty() {
        let templates = fitting.iter().map(|template| template.id.into());
        finding = finding.with(Evidence::entities("Templates that fit", templates));
    }
    finding
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let plan = context.snapshot.plan();
    let mut draft = Draft::new(plan);
    let what = Begin { person: finding.subject.id.into(), occasion: Occasion::Join, ..Begin::default() };
    let Ok(begun) = begin(&mut draft, plan, &what) else { return Vec::new() };
    let name = plan.name_of(finding.subject);
    let reasons = vec![format!("{} from the templates that fit", begun.counts)];
    vec![Remedy::new(format!("Start a checklist for {name}"), draft.finish()).because(reasons)]
}
