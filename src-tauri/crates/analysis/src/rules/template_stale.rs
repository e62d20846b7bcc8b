use headroom_model::{ChecklistItem, Plan, Template, TemplateItemId};
use rustc_hash::FxHashSet;

use super::*;

pub static RULE: Rule = Rule {
    id: "template-stale",
    title: "Template that nobody has reviewed lately",
    severity: Severity::Medium,
    why: "Tools and people change, and lists do not by themselves. Whoever is new cannot tell what is out of date, and does \
          it all the same.",
    fix: "Read it with somebody who followed it not long ago, settle the feedback on it, then mark it as reviewed.",
    source: Source {
        text: "Software Engineering at Google, chapter 10: freshness dates of documents, with the day of the last review",
        url: "https://abseil.io/resources/swe-book/html/ch10.html",
    },
    thresholds: &[Threshold {
        name: "days",
        default: 180,
        meaning: "how long a review holds, in days",
        source: "Headroom's own: half a year, as for the confirmation of an owner",
    }],
    check,
    remedies: Some(remedies),
};

/// How long a review holds, in days.
pub fn limit(policy: &Policy) -> u32 {
    policy.threshold(&RULE, "days")
}

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let plan = check.context.snapshot.plan();
    for template in plan.templates.iter() {
        if let Some(message) = message(check, template) {
            found.push(finding(check, template, message));
        }
    }
}

/// What is wrong with it. Of a review that lies ahead of the day nobody knows what was before.
fn message(check: &Check<'_>, template: &Template) -> Option<String> {
    let name = &template.name;
    let Some(reviewed) = template.reviewed else {
        let made = made_from(check.context.snapshot.plan(), template);
        let lists = count_of(made, "checklist");
        let verb = if made == 1 { "was" } else { "were" };
        return (made > 0).then(|| {
            format!("Nobody has ever reviewed the template “{name}”, and {lists} {verb} made from it")
        });
    };
    let age = (check.context.snapshot.day() - reviewed).num_days();
    (age > i64::from(limit(check.context.policy)))
        .then(|| format!("Nobody has reviewed the template “{name}” for {age} days"))
}

fn finding(check: &Check<'_>, template: &Template, message: String) -> Finding {
    let plan = check.context.snapshot.plan();
    let mut finding = Finding::of_template(check, template, message);
    if let Some(reviewed) = template.reviewed {
        finding = finding.with(Evidence::words("Last reviewed", seats::date(reviewed).to_string()));
    }
    let made = made_from(plan, template);
    finding = finding.with(Evidence::words("Checklists made from it", made.to_string()));
    let unsettled = unsettled(plan, template);
    if unsettled.is_empty() {
        // Nobody says that anything is wrong with it.
        finding.severity = finding.severity.min(Severity::Low);
        return finding;
    }
    finding.with(Evidence::words("Feedback to settle", unsettled.join("; ")))
}

fn made_from(plan: &Plan, template: &Template) -> usize {
    let is_used =
        |list: &&headroom_model::Checklist| list.templates.iter().any(|used| used.template == template.key);
    plan.checklists.iter().filter(is_used).count()
}

/// What those who followed it say, item by item: `Security training is outdated`.
fn unsettled(plan: &Plan, template: &Template) -> Vec<String> {
    let items = plan.template_items.iter().filter(|item| item.template == template.id);
    let own: FxHashSet<TemplateItemId> = items.map(|item| item.id).collect();
    let in_words = |item: &ChecklistItem| {
        let feedback = item.feedback.as_ref().filter(|feedback| feedback.settled.is_none())?;
        let origin = item.origin.is_some_and(|origin| own.contains(&TemplateItemId(origin)));
        origin.then(|| format!("{} is {}", item.title, feedback.fault.word()))
    };
    plan.checklist_items.iter().filter_map(in_words).collect()
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let (plan, today) = (context.snapshot.plan(), context.snapshot.day());
    let Some(template) = plan.templates.get(finding.subject.id.into()) else { return Vec::new() };
    let mut draft = Draft::new(plan);
    draft.put(Template { reviewed: Some(today), ..template.clone() });
    vec![Remedy {
        label: format!("Mark “{}” as reviewed on {}", template.name, seats::date(today)),
        changes: draft.finish(),
    }]
}
