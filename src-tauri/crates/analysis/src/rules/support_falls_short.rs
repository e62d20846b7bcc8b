//! Support teams whose tickets and calls outgrow the people who will be there.

use headroom_model::wording;

use super::support::help_desk;
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
    staffing::open_by,
};

const RUNNING: Threshold = Threshold {
    name: "months",
    default: 2,
    meaning: "Months running in which people are too few",
    source: "Headroom default: one month may be an exception",
};

const WITHIN: Threshold = Threshold {
    name: "within",
    default: 6,
    meaning: "Months looked ahead",
    source: "Headroom default: about as long as a hire takes to be productive",
};

pub static RULE: Rule = Rule {
    id: "support-falls-short",
    title: "Too few people for tickets and calls",
    severity: Severity::High,
    why: "The work that tickets and calls make grows beyond the hours of those who will be there. Customers wait, and the \
          backlog grows from month to month.",
    fix: "Open a position in time, move somebody to the team, or remove what the tickets are about.",
    source: Source {
        text: "Workload and shrinkage: CCmath, Contact center staffing",
        url: "https://www.ccmath.com/contact-center-staffing/",
    },
    depends_on_date: true,
    thresholds: &[RUNNING, WITHIN],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (plan, day) = (check.context.snapshot.plan(), check.context.asked_on);
    let (running, within) = (check.threshold("months") as usize, check.threshold("within") as usize);
    for (at, outlook) in help_desk::outlooks(check) {
        let Some(month) = outlook.first_short(running, within) else { continue };
        let last = open_by(plan, outlook.team, month.first);
        let label = if last < day { "A position had to be open by" } else { "A position must be open by" };
        let message = format!(
            "{} needs {:.2} people for support from {}, {:.2} are there",
            check.context.snapshot.team(at).name,
            month.needed,
            month.first.format("%B %Y"),
            month.available
        );
        let open = Evidence::words(label, wording::date(last).to_string());
        let coming = outlook.coming().iter().take(within).map(help_desk::month_words);
        let finding = Finding::of_team(check, at, message).with(open).with(help_desk::handle_time(outlook));
        found.push(coming.fold(finding, |finding, words| finding.with(Evidence::words("Month", words))));
    }
}
