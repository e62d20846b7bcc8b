//! Support teams that solve fewer tickets at first contact though nobody has more of them.

use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
    staffing::SupportMonth,
};

use super::support::help_desk;

const POINTS: Threshold = Threshold {
    name: "points",
    default: 5,
    meaning: "Fall that is reported, in percentage points",
    source: "Headroom default: more than chance in a month of some hundred tickets",
};

/// Months between the two that are compared.
const MONTHS_APART: u32 = 3;

pub static RULE: Rule = Rule {
    id: "train-rather-than-hire",
    title: "First contact resolution falls without more tickets",
    severity: Severity::Medium,
    why: "Fewer tickets are solved at first contact, though nobody has more of them than before. That is a lack of knowledge, \
          not of people: more people would know as little.",
    fix: "Write down what the tickets are about, and train the team before it grows.",
    source: Source {
        text: "First contact resolution: Freshservice, How do you calculate FCR?",
        url: "https://support.freshservice.com/en/support/solutions/articles/50000004904-how-do-you-calculate-fcr-",
    },
    depends_on_date: true,
    thresholds: &[POINTS],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let least = f64::from(check.threshold("points")) / 100.0;
    for (at, outlook) in help_desk::outlooks(check) {
        let Some((before, now)) = compared(&outlook.months[..outlook.over]) else { continue };
        let (Some(share_before), Some(share_now)) = (before.first_contact, now.first_contact) else {
            continue;
        };
        let (Some(each_before), Some(each_now)) = (before.volume_each(), now.volume_each()) else { continue };
        // A millionth is less than any figure says.
        let has_fallen = share_before - share_now >= least - 1e-6;
        if !has_fallen || each_now > each_before {
            continue;
        }
        let message = format!(
            "{} solves {:.0} % of its tickets at first contact in {}, after {:.0} % in {}, though nobody has more of them",
            check.context.snapshot.team(at).name,
            share_now * 100.0,
            now.first.format("%B %Y"),
            share_before * 100.0,
            before.first.format("%B %Y")
        );
        let each = format!("{each_before:.0} then, {each_now:.0} now");
        found.push(
            Finding::of_team(check, at, message).with(Evidence::words("Tickets and calls for each", each)),
        );
    }
}

/// The newest month with a share of tickets solved at first contact, after the one some months before it.
fn compared(over: &[SupportMonth]) -> Option<(&SupportMonth, &SupportMonth)> {
    let now = over.iter().rev().find(|month| month.first_contact.is_some())?;
    let before = now.first.checked_sub_months(chrono::Months::new(MONTHS_APART))?;
    Some((over.iter().find(|month| month.first == before)?, now))
}
