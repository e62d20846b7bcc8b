use super::*;
use crate::forecast::GapKind;

pub static RULE: Rule = Rule {
    id: "leaver-leaves-nobody",
    title: "Service that nobody will stand behind",
    severity: Severity::Critical,
    why: "The plan has the day on which the last person behind this service goes. What they know goes with them.",
    fix: "Put a second person on it before that day, hand it over, or hire in time.",
    source: Source {
        text: "G. Avelino et al.: truck factors; the dates are your own",
        url: "https://arxiv.org/abs/1604.06766",
    },
    thresholds: &[leaving::DAYS],
    check,
    remedies: Some(to_a_team),
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    leaving::find(check, found, GapKind::Nobody);
}
