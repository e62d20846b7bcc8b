//! Merged scenarios of which an expected figure was not reached by its day.

use std::sync::Arc;

use headroom_model::{BoundValue, ExpectedFigure, Plan, Scenario, ScenarioState, wording};

use super::{RULES, findings_of};
use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    expected_figures::{FigureOutcome, FigureReading, outcome, subject},
    facts::Facts,
    finding::{Evidence, Finding, Rule, Severity, Source},
    finding_status::reviewed,
};

pub static RULE: Rule = Rule {
    id: "expected-figure-missed",
    title: "Expected figure not reached",
    severity: Severity::Medium,
    why: "A scenario was merged since a figure was expected of it. The day has passed and the figure is another one: what \
          the change was made for has not come true, or the plan cannot tell.",
    fix: "Plan what is still missing, write into the outcome what was learned, and accept the finding. If the figure was \
          the wrong one, change it in the scenario.",
    source: Source {
        text: "A. Duke, Thinking in Bets (2018): judge a decision by what was expected of it, written down before",
        url: "https://www.annieduke.com/books/",
    },
    depends_on_date: true,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let plan = check.context.snapshot.plan();
    for scenario in plan.scenarios.iter().filter(|scenario| scenario.state == ScenarioState::Merged) {
        // On the day itself, it may still come true.
        let is_due = |expected: &&ExpectedFigure| expected.by < check.context.asked_on;
        let missed: Vec<(&ExpectedFigure, FigureOutcome)> = scenario
            .expected
            .iter()
            .filter(is_due)
            .map(|expected| (expected, on_day(check.context, plan, expected)))
            .filter(|(_, outcome)| outcome.is_kept != Some(true))
            .collect();
        if !missed.is_empty() {
            found.push(finding(check, scenario, &missed));
        }
    }
}

/// The figure on the day by which it was expected, as the plan knows that day now.
fn on_day(context: &Context<'_>, plan: &Arc<Plan>, expected: &ExpectedFigure) -> FigureOutcome {
    let snapshot = plan.as_of(expected.by);
    let count = |is_counted: &dyn Fn(&Finding) -> bool| {
        let facts = Facts::new(&snapshot);
        let found = findings_of(&expected.rule, &Context::new(&snapshot, &facts, context.policy));
        let is_open = |finding: &&Finding| reviewed(plan, finding, expected.by).is_open();
        found.iter().filter(|finding| is_counted(finding)).filter(is_open).count()
    };
    outcome(&snapshot, expected.by, expected, RULES, &count)
}

fn finding(
    check: &RuleContext<'_>,
    scenario: &Scenario,
    missed: &[(&ExpectedFigure, FigureOutcome)],
) -> Finding {
    let plan = check.context.snapshot.plan();
    let message = match missed {
        [(expected, outcome)] => format!(
            "Scenario “{}” expected {} {} by {}{}",
            scenario.name,
            lower_first(&subject(plan, expected, RULES)),
            expected.bound_words(),
            wording::date(expected.by),
            is(expected, outcome).map(|is| format!(": {is}")).unwrap_or_default()
        ),
        _ => format!("{} figures of scenario “{}” were not reached", missed.len(), scenario.name),
    };
    let mut finding = Finding::of_scenario(check, scenario, message);
    for (expected, outcome) in missed {
        let is = is(expected, outcome).unwrap_or_else(|| "not reached".to_owned());
        let (subject, by) = (subject(plan, expected, RULES), wording::date(expected.by));
        let said = format!("{subject}: {} by {by}; {is}", expected.bound_words());
        finding = finding.with(Evidence::words("Expected", said));
    }
    match scenario.decided {
        Some(day) => finding.with(Evidence::words("Merged", wording::date(day).to_string())),
        None => finding,
    }
}

/// What it was. A cost is not told: it would tell what people earn.
fn is(expected: &ExpectedFigure, outcome: &FigureOutcome) -> Option<String> {
    match (&outcome.reading, expected.value) {
        (Ok(FigureReading::Number(number)), BoundValue::Number(_)) => {
            Some(format!("it was {}", tidy(*number)))
        }
        (Ok(_), _) => None,
        (Err(reason), _) => Some(format!("unknown, since {reason}")),
    }
}

/// With up to two decimals: a capacity has endless ones.
fn tidy(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
