//! Teams with critical services and too few people for an on-call rota.

use super::*;
use crate::on_call::{Rota, in_words};

pub static RULE: Rule = Rule {
    id: "on-call-understaffed",
    title: "Understaffed on-call rota",
    severity: Severity::High,
    why: "With too few people, everyone is woken too often. They burn out, or no one responds.",
    fix: "Add people, share the rota with a neighbouring team, or hand the critical services to a team that can staff it.",
    source: Source {
        text: "B. Beyer et al.: Site Reliability Engineering, “Being On-Call”: 8 people on one site, 6 on each of two",
        url: "https://sre.google/sre-book/being-on-call/",
    },
    depends_on_date: false,
    thresholds: &[
        Threshold {
            name: "people",
            default: 8,
            meaning: "Minimum people on one site",
            source: "Site Reliability Engineering, “Being On-Call”; W. Larson: Sizing engineering teams",
        },
        Threshold {
            name: "each-of-two",
            default: 6,
            meaning: "Minimum people on each of two sites",
            source: "Site Reliability Engineering, “Being On-Call”",
        },
        Threshold {
            name: "tier",
            default: 2,
            meaning: "Lowest tier that needs on-call (1–4)",
            source: "Headroom default: tiers 1 and 2 hurt customers when they fail",
        },
    ],
    check,
    remedies: None,
};

/// The rota's minimum and the lowest tier that needs on-call.
pub fn policy(policy: &Policy) -> (Rota, u8) {
    let number = |name| policy.threshold(&RULE, name);
    let rota = Rota { one_site: number("people"), each_of_two: number("each-of-two") };
    (rota, u8::try_from(number("tier")).unwrap_or(u8::MAX))
}

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let (rota, tier) = policy(check.context.policy);
    for at in 0..snapshot.team_count() {
        let people = check.responders.on(at);
        let critical = critical(snapshot, at, tier);
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

/// The services of a tier that needs on-call that the team is accountable for.
pub fn critical(snapshot: &Snapshot, at: TeamIx, tier: u8) -> Vec<ServiceIx> {
    let mut services: Vec<ServiceIx> = snapshot
        .held_by_team(at)
        .filter(|row| row.is_accountable())
        .filter_map(|row| snapshot.service_ix(row.service))
        .filter(|service| snapshot.service(*service).tier.is_some_and(|own| own <= tier))
        .collect();
    services.sort_unstable();
    services.dedup();
    services
}
