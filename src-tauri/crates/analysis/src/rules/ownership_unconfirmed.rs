//! Ownership that was never confirmed, or not for a long time.

use chrono::NaiveDate;
use headroom_model::{Draft, Ownership, ServiceIx, Snapshot};

use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Severity, Source, Threshold},
};

pub static RULE: Rule = Rule {
    id: "ownership-unconfirmed",
    title: "Stale ownership",
    severity: Severity::Medium,
    why: "Ownership goes stale silently. A wrong owner is worse than none: people call, and no one responds.",
    fix: "Ask the owner, then confirm or hand over. Review owners, under Ownership, lists the most urgent first.",
    source: Source {
        text: "Kubernetes OWNERS guide: files not touched for six months",
        url: "https://www.kubernetes.dev/docs/guide/owners/",
    },
    depends_on_date: true,
    thresholds: &[Threshold {
        name: "days",
        default: 180,
        meaning: "Confirmation valid for (days)",
        source: "Kubernetes OWNERS guide: six months",
    }],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    // On a future date, nobody can have confirmed it later than today.
    let (day, limit) = (check.context.asked_on, i64::from(check.threshold("days")));
    for at in 0..snapshot.service_count() {
        let rows = || snapshot.ownerships(at).filter(|row| row.is_accountable());
        let Some(oldest) = rows().map(|row| confirmed_by(snapshot, at, row, day)).min() else { continue };
        let name = &snapshot.service(at).name;
        let Some(confirmed) = oldest else {
            let message = ["Owner of ", name, " never confirmed"].concat();
            let mut finding = Finding::of_service(check, at, message);
            // A source names the owner, which lowers the severity.
            finding.severity = finding.severity.min(Severity::Low);
            found.push(finding);
            continue;
        };
        let age = (day - confirmed).num_days();
        if age > limit {
            let message = format!("Owner of {name} not confirmed for {age} days");
            found.push(
                Finding::of_service(check, at, message)
                    .with(Evidence::words(
                        "Last confirmed",
                        headroom_model::wording::date(confirmed).to_string(),
                    ))
                    .with(Evidence::entities("Owner", rows().map(|row| row.owner.into()))),
            );
        }
    }
}

/// The date of confirmation, if it is not after the day looked at. Ownership that begins after `asked_on` cannot have
/// been confirmed yet and counts as confirmed on its first day.
fn confirmed_by(
    snapshot: &Snapshot,
    at: ServiceIx,
    row: &Ownership,
    asked_on: NaiveDate,
) -> Option<NaiveDate> {
    let begins = row.from.max(snapshot.service(at).from).filter(|from| *from > asked_on);
    row.confirmed.filter(|confirmed| *confirmed <= snapshot.day()).or(begins)
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let Some(at) = snapshot.service_ix(finding.subject.id.into()) else { return Vec::new() };
    let mut draft = Draft::new(snapshot.plan());
    for row in snapshot.ownerships(at).filter(|row| row.is_accountable()) {
        draft.put(Ownership { confirmed: Some(context.asked_on), ..row.clone() });
    }
    vec![Remedy::new("Confirm owner", draft.finish())]
}
