use super::*;

pub static RULE: Rule = Rule {
    id: "person-share",
    title: "More or less than a full share of time",
    severity: Severity::Low,
    why: "The shares of somebody's time on their teams do not add up to a whole: the plan counts on hours that are not there, or forgets some.",
    fix: "Correct the shares; 100 % in all for somebody who works full time.",
    source: Source {
        text: "Fractional assignments, “percentages” anti-pattern",
        url: "https://teamtopologies.com/key-concepts",
    },
    thresholds: &[Threshold {
        name: "full",
        default: 100,
        meaning: "a full share, in percent of working time",
        source: "by definition",
    }],
    check,
    remedies: None,
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let full = check.threshold("full");
    for at in (0..snapshot.person_count()).filter(|at| !snapshot.person(*at).unconfirmed) {
        // Nothing can be said while a share is missing.
        let shares: Option<Vec<u32>> = snapshot.memberships(at).map(|row| row.share.map(u32::from)).collect();
        let Some(shares) = shares.filter(|shares| !shares.is_empty()) else { continue };
        let sum: u32 = shares.iter().sum();
        if sum != full {
            let person = snapshot.person(at);
            let message = format!("{} is planned for {sum} % of {full} %", person.name);
            let teams = snapshot.memberships(at).map(|row| row.team.into());
            let mut finding = Finding::of_person(check, at, message).with(Evidence::entities("Teams", teams));
            if sum > full {
                finding.severity = finding.severity.max(Severity::Medium);
            }
            found.push(finding);
        }
    }
}
