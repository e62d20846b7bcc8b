//! Owners that a source refers to by a former name.

use super::support::apart::add_apart;
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "owner-by-former-name",
    title: "Outdated owner name",
    severity: Severity::Low,
    why: "The source still uses a name that the owner no longer has. Other tools that read the source find no one.",
    fix: "Correct the name in the source: export the owners as a patch, or ask its maintainers.",
    source: Source {
        text: "OpsLevel: a renamed team keeps its old alias, so nothing breaks and nothing gets corrected",
        url: "https://docs.opslevel.com/docs/opslevel-yml",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in 0..snapshot.service_count() {
        for row in snapshot.ownerships(at).filter(|row| row.is_accountable()) {
            let Some(named) = &row.named else { continue };
            let (service, owner) = (&snapshot.service(at).name, snapshot.plan().name_of(row.owner.into()));
            let message = format!("{service} is owned by “{named}”, a former name of {owner}");
            let mut finding = Finding::of_service(check, at, message).about(named);
            if let Some(source) = &row.source {
                finding = finding.with(Evidence::words("Source", source.clone()));
            }
            add_apart(found, finding.with(Evidence::entities("Owner", [row.owner.into()])));
        }
    }
}
