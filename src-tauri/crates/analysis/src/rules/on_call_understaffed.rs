//! Teams with critical services and too few people for an on-call rota.

use headroom_model::wording::count_of;

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Source},
    gap::GapKind,
    on_call::{in_words, on_call_policy, on_call_services},
    policy::{EACH_OF_TWO, ON_CALL_TIER, ONE_SITE},
};

pub static RULE: Rule = Rule {
    id: "on-call-understaffed",
    title: "Understaffed on-call rota",
    severity: GapKind::OnCall.severity(),
    why: "With too few people, everyone is woken too often. They burn out, or no one responds.",
    fix: "Add people, share the rota with a neighbouring team, or hand the critical services to a team that can staff it.",
    source: Source {
        text: "B. Beyer et al.: Site Reliability Engineering, “Being On-Call”: 8 people on one site, 6 on each of two",
        url: "https://sre.google/sre-book/being-on-call/",
    },
    depends_on_date: false,
    thresholds: &[ONE_SITE, EACH_OF_TWO, ON_CALL_TIER],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let (rota, tier) = on_call_policy(check.context.policy);
    for at in 0..snapshot.team_count() {
        let people = check.responders.on(at);
        let critical = on_call_services(snapshot, at, tier);
        // A team without members has a rule of its own.
        if critical.is_empty() || people.is_empty() || snapshot.team(at).unconfirmed {
            continue;
        }
        let locations = || {
            let persons = people.iter().filter_map(|person| snapshot.plan().people.get(*person));
            persons.map(|person| person.location.as_str())
        };
        if rota.is_staffed(locations()) {
            continue;
        }
        let tiers = if tier > 1 { format!("tier 1–{tier}") } else { format!("tier {tier}") };
        let message = format!(
            "{} can’t staff on-call: {}, {} more needed ({})",
            snapshot.team(at).name,
            count_of(people.len(), "person"),
            rota.lacks(locations()),
            count_of(critical.len(), &format!("{tiers} service")),
        );
        let needed = format!("{} on one site, or {} on each of two", rota.one_site, rota.each_of_two);
        let services = critical.into_iter().map(|service| snapshot.service(service).id.into());
        found.push(
            Finding::of_team(check, at, message)
                .with(Evidence::words("Needed", needed))
                .with(Evidence::words("On the team", in_words(snapshot, people)))
                .with(Evidence::entities("Services", services)),
        );
    }
}
