use super::*;
use crate::forecast::GapKind;

pub static RULE: Rule = Rule {
    id: "leaver-leaves-nobody",
    title: "Service that nobody will stand behind",
    severity: Severity::High,
    why: "The plan has the day from which nobody answers for this service: the last person behind it goes, or it ends up \
          without an owner, or with one who has nobody. Critical where it is when it has happened, too.",
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
    leaving::find(check, found, &[GapKind::Nobody, GapKind::Unowned]);
}
