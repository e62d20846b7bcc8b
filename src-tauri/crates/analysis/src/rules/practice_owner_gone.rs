//! Levels that are required by a day on which nobody is left who would reach them.

use headroom_model::{Objective, wording::date};

use super::support::{
    practices::{self, PRODUCTION_READINESS},
    remedies::to_a_team,
};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity},
    practices::{AccountableOn, campaigns},
};

pub static RULE: Rule = Rule {
    id: "practice-owner-gone",
    title: "Required practice will have no owner",
    severity: Severity::High,
    why: "A level is required from a day on which the team that owns the service has ended or has nobody left.",
    fix: "Hand the service over, backfill the team, or move the day.",
    source: PRODUCTION_READINESS,
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(to_a_team) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let on = AccountableOn::new(snapshot);
    for campaign in campaigns(snapshot, practices::matrix(check), &on) {
        let Some(row) = snapshot.plan().get::<Objective>(campaign.objective) else { continue };
        for (subject, owner) in &campaign.without_owner {
            let Some(at) = subject.service().and_then(|service| snapshot.service_ix(service)) else {
                continue;
            };
            // What nobody owns today is another finding.
            let owners: Vec<String> =
                snapshot.owners(at).iter().map(|owner| practices::name_of(check, *owner)).collect();
            if owners.is_empty() {
                continue;
            }
            let name = practices::name_of(check, *subject);
            let practice = practices::name_of(check, row.metric);
            let message = format!(
                "{name} has to have {practice} at {} by {}, and nobody will be left in {}",
                row.value,
                date(campaign.from),
                owners.join(" and ")
            );
            let mut finding = Finding::of_service(check, at, message).about(&row.key);
            finding.day = Some(campaign.from);
            if !owner.leavers.is_empty() {
                let leavers = owner.leavers.iter().map(|person| (*person).into());
                finding = finding.with(Evidence::entities("Not there any more", leavers));
            }
            if !owner.ended.is_empty() {
                finding = finding.with(Evidence::entities("Ended by then", owner.ended.iter().copied()));
            }
            found.push(finding.with(Evidence::entities("Required by", [campaign.objective.into()])));
        }
    }
}
