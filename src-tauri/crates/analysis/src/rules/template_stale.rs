use headroom_model::Template;

use super::*;
use crate::onboarding::template::{Care, Said, care};

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
    // On a day ahead nobody could have reviewed it later than today.
    let (plan, day) = (check.context.snapshot.plan(), check.context.asked_on);
    let limit = i64::from(limit(check.context.policy));
    // On most days there is nothing to tell, and who uses a template need not be known.
    let is_stale =
        |template: &Template| template.reviewed.is_none_or(|reviewed| (day - reviewed).num_days() > limit);
    if !plan.templates.iter().any(is_stale) {
        return;
    }
    for care in care(plan, day).into_iter().filter(|care| care.is_stale(limit)) {
        let Some(template) = plan.templates.get(care.template) else { continue };
        if let Some(message) = message(template, &care) {
            found.push(finding(check, template, &care, message));
        }
    }
}

/// What is wrong with it; none for one that nobody has used yet.
fn message(template: &Template, care: &Care) -> Option<String> {
    let name = &template.name;
    if let Some(days) = care.unreviewed_days {
        return Some(format!("Nobody has reviewed the template “{name}” for {days} days"));
    }
    let verb = if care.lists == 1 { "was" } else { "were" };
    let lists = count_of(care.lists, "checklist");
    (care.lists > 0)
        .then(|| format!("Nobody has ever reviewed the template “{name}”, and {lists} {verb} made from it"))
}

fn finding(check: &Check<'_>, template: &Template, care: &Care, message: String) -> Finding {
    let mut finding = Finding::of_template(check, template, message);
    if let Some(reviewed) = template.reviewed {
        finding = finding.with(Evidence::words("Last reviewed", seats::date(reviewed).to_string()));
    }
    finding = finding.with(Evidence::words("Checklists made from it", care.lists.to_string()));
    // What those who followed it say of its own items, one by one: `Security training is outdated`.
    let plan = check.context.snapshot.plan();
    let in_words = |said: &Said| {
        let item = plan.checklist_items.get(said.item).filter(|_| said.of.is_some())?;
        Some(format!("{} is {}", item.title, said.feedback.fault.word()))
    };
    let open: Vec<String> = care.open.iter().filter_map(in_words).collect();
    if open.is_empty() {
        // Nobody says that anything is wrong with it.
        finding.severity = finding.severity.min(Severity::Low);
        return finding;
    }
    finding.with(Evidence::words("Feedback to settle", open.join("; ")))
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let (plan, today) = (context.snapshot.plan(), context.asked_on);
    let Some(template) = plan.templates.get(finding.subject.id.into()) else { return Vec::new() };
    let mut draft = Draft::new(plan);
    draft.put(Template { reviewed: Some(today), ..template.clone() });
    let label = format!("Mark “{}” as reviewed on {}", template.name, seats::date(today));
    vec![Remedy::new(label, draft.finish())]
}
