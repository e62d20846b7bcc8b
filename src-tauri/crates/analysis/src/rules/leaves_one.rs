use super::*;
use crate::forecast::GapKind;

pub static RULE: Rule = Rule {
    id: "leaver-leaves-one",
    title: "Service that will rest on one person",
    severity: Severity::High,
    why: "The plan has the day from which one person alone stands behind this service, because others go or because it is \
          handed over. It matters as much as when it has happened.",
    fix: "Bring a second person up to speed while both are still here.",
    source: Source {
        text: "G. Avelino et al.: truck factors; the dates are your own",
        url: "https://arxiv.org/abs/1604.06766",
    },
    thresholds: &[leaving::DAYS],
    check,
    remedies: None,
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    leaving::find(check, found, &[GapKind::OnePerson]);
}
