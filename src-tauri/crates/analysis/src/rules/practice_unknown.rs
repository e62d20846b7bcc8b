//! Services of which required practices are not known.

use headroom_model::wording::{count_of, listed};

use super::support::practices::{self, PRODUCTION_READINESS};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity},
    policy::OLDEST_PRACTICE,
    practices::{PracticeCell, PracticeState, Standing, why_words},
};

pub static RULE: Rule = Rule {
    id: "practice-unknown",
    title: "Required practices are unknown",
    severity: Severity::Low,
    why: "A level is required, and nobody has looked, could say, or has looked lately. Unknown is neither passed nor failed.",
    fix: "Ask the owner, or import a newer scan.",
    source: PRODUCTION_READINESS,
    depends_on_date: true,
    thresholds: &[OLDEST_PRACTICE],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

/// How many are named in the message.
const NAMED: usize = 3;

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for row in &practices::matrix(check).rows {
        let unknown: Vec<(String, String)> = row
            .cells
            .iter()
            .filter(|cell| cell.required.is_some())
            .filter_map(|cell| Some((practices::metric(check, cell)?.name().to_owned(), why(check, cell)?)))
            .collect();
        if unknown.is_empty() {
            continue;
        }
        let names: Vec<String> = unknown.iter().take(NAMED).map(|(name, _)| name.clone()).collect();
        let more = unknown.len() - names.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let names = if more.is_empty() { listed(&names) } else { names.join(", ") };
        let count = count_of(unknown.len(), "required practice");
        let is = if unknown.len() == 1 { "is" } else { "are" };
        let name = practices::name_of(check, row.subject);
        let message = format!("{count} of {name} {is} not known: {names}{more}");
        let Some(finding) = practices::finding(check, row.subject, message) else { continue };
        let words: Vec<String> = unknown.into_iter().map(|(name, why)| format!("{name}: {why}")).collect();
        found.push(finding.with(Evidence::words("Not known", words.join("; "))));
    }
}

/// Why a practice is not known, if it is not. Nobody can have looked after today.
fn why(check: &RuleContext<'_>, cell: &PracticeCell) -> Option<String> {
    let age = practices::age_days(check, cell).unwrap_or_default();
    match (cell.reading.standing, cell.state) {
        (Standing::Unknown(why), _) => Some(why_words(why)),
        (_, PracticeState::Stale) if age > i64::from(check.threshold("days")) => {
            Some(format!("looked at {age} days ago"))
        }
        _ => None,
    }
}
