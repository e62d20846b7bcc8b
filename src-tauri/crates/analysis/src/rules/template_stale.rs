//! Templates in use whose last review is too old.

use headroom_model::{Draft, Template, wording::count_of};

use super::support::positions;
use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Severity, Source, Threshold},
    onboarding::template::{OpenFeedback, ReviewStatus, review_status},
    policy::Policy,
};

pub static RULE: Rule = Rule {
    id: "template-stale",
    title: "Stale template",
    severity: Severity::Medium,
    why: "Tools and people change; templates don’t follow by themselves. New hires can’t tell what is out of date and do it \
          anyway.",
    fix: "Go through it with someone who used it recently, resolve its feedback, then mark it as reviewed.",
    source: Source {
        text: "Software Engineering at Google, chapter 10: documents with freshness dates, updated at each review",
        url: "https://abseil.io/resources/swe-book/html/ch10.html",
    },
    depends_on_date: true,
    thresholds: &[Threshold {
        name: "days",
        default: 180,
        meaning: "Review valid for (days)",
        source: "Headroom default: half a year, as for owner confirmations",
    }],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

/// How long a review is valid, in days.
pub fn limit(policy: &Policy) -> u32 {
    policy.threshold(&RULE, "days")
}

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    // On a future date, nobody can have reviewed it later than today.
    let (plan, day) = (check.context.snapshot.plan(), check.context.asked_on);
    let limit = i64::from(limit(check.context.policy));
    // Cheap test first: the review status needs all checklists.
    let is_stale =
        |template: &Template| template.reviewed.is_none_or(|reviewed| (day - reviewed).num_days() > limit);
    if !plan.templates.iter().any(is_stale) {
        return;
    }
    for care in review_status(plan, day).into_iter().filter(|care| care.is_stale(limit)) {
        let Some(template) = plan.templates.get(care.template) else { continue };
        if let Some(message) = message(template, &care) {
            found.push(finding(check, template, &care, message));
        }
    }
}

/// The message; none for a template that was never used.
fn message(template: &Template, care: &ReviewStatus) -> Option<String> {
    let name = &template.name;
    if let Some(days) = care.unreviewed_days {
        return Some(format!("Template “{name}” not reviewed for {days} days"));
    }
    let lists = count_of(care.lists, "checklist");
    (care.lists > 0).then(|| format!("Template “{name}” never reviewed; {lists} created from it"))
}

fn finding(check: &RuleContext<'_>, template: &Template, care: &ReviewStatus, message: String) -> Finding {
    let mut finding = Finding::of_template(check, template, message);
    if let Some(reviewed) = template.reviewed {
        finding = finding.with(Evidence::words("Last reviewed", positions::date(reviewed).to_string()));
    }
    finding = finding.with(Evidence::words("Checklists created from it", care.lists.to_string()));
    // Open feedback on its own items: `Security training is outdated`.
    let plan = check.context.snapshot.plan();
    let in_words = |said: &OpenFeedback| {
        let item = plan.checklist_items.get(said.item).filter(|_| said.of.is_some())?;
        Some(format!("{} is {}", item.title, said.feedback.fault.word()))
    };
    let open: Vec<String> = care.open.iter().filter_map(in_words).collect();
    if open.is_empty() {
        // Without feedback the severity is lower.
        finding.severity = finding.severity.min(Severity::Low);
        return finding;
    }
    finding.with(Evidence::words("Open feedback", open.join("; ")))
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let (plan, today) = (context.snapshot.plan(), context.asked_on);
    let Some(template) = plan.templates.get(finding.subject.id.into()) else { return Vec::new() };
    let mut draft = Draft::new(plan);
    draft.put(Template { reviewed: Some(today), ..template.clone() });
    let label = format!("Mark as reviewed on {}", positions::date(today));
    vec![Remedy::new(label, draft.finish())]
}
