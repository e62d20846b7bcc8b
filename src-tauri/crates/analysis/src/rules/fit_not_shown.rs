//! Segments on which more and more is spent though nobody has shown that customers need the product.

use chrono::{Months, NaiveDate};
use headroom_model::{EntityRef, Metric, Position, Team, wording::count_of};
use num_bigint::BigInt;

use super::support::{
    spend::{self, Spend},
    unit_economics,
};
use crate::{
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
    metrics::{
        ExactValue, Figures, MeasuredMetric, Period, SeriesScope, metric_known_as, period_name, value_words,
    },
};

/// How many periods running spend has to rise.
const RISES: usize = 3;
/// How many periods are looked at for the newest answers.
const LOOK_BACK: usize = 24;

pub static RULE: Rule = Rule {
    id: "fit-not-shown",
    title: "Spend rises before customers need it",
    severity: Severity::Medium,
    why: "Spend has risen three times running, and too few customers would be very disappointed without the product, or \
          nobody has asked them lately. Growth that is bought before the product is needed leaves again.",
    fix: "Ask customers, and put hires for growth in this segment on hold until they would miss it.",
    source: Source {
        text: "S. Ellis: 40 % would be very disappointed, of 30 answers or more; a guide, not a law. The Real Startup Book",
        url: "https://kromatic.com/real-startup-book/4-evaluative-product-experiments/survey-product-market-fit/",
    },
    depends_on_date: true,
    thresholds: &[
        Threshold {
            name: "percent",
            default: 40,
            meaning: "Share of customers who would be very disappointed (%)",
            source: "S. Ellis",
        },
        Threshold {
            name: "answers",
            default: 30,
            meaning: "Answers from which a survey counts",
            source: "S. Ellis: about 30 before anything is concluded",
        },
        Threshold {
            name: "months",
            default: 6,
            meaning: "Months after which a survey is too old",
            source: "Headroom default: half a year of changes to the product",
        },
    ],
};

/// Without a remedy: hires that are held do not show that the product is needed. They are named, each to be held there.
pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

/// Only in plans that ask customers at all: where nobody ever did, every segment would be reported for the same reason.
fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let plan = check.context.snapshot.plan();
    let (Some(spend), Some(score)) =
        (metric_known_as(plan, "spend"), metric_known_as(plan, "very-disappointed"))
    else {
        return;
    };
    let answers = metric_known_as(plan, "survey-answers");
    let figures = Figures::new(plan);
    if figures.scopes(score.id).next().is_none() {
        return;
    }
    for scope in spend::scopes(&figures, spend) {
        let Some(of_scope) = Spend::new(&figures, spend, &scope) else { continue };
        let Some(rises) = rises(&of_scope, check.context.asked_on) else { continue };
        let survey = newest_survey(check, &figures, score, answers, &scope);
        let whose = spend::scope_words(plan, &scope);
        let message = match &survey {
            Some(survey) if survey.share >= percent(check.threshold("percent")) => continue,
            Some(survey) => format!(
                "{} on {whose} has risen three times running, and {} of customers would be very disappointed without the \
                 product",
                spend.name(),
                value_words(Some(score), None, &survey.share)
            ),
            None => format!(
                "{} on {whose} has risen three times running, and nobody has asked enough customers for {} whether they \
                 would miss the product",
                spend.name(),
                count_of(check.threshold("months") as usize, "month")
            ),
        };
        let mut finding = Finding::of_metric(check, score, message).about(&scope.key(plan));
        if let Some(survey) = &survey {
            finding = finding.with(Evidence::words("Newest survey", survey.words(score)));
        }
        let amounts = rises.iter().map(|(period, value)| {
            format!("{} {}", period_name(*period), value_words(Some(spend), of_scope.currency, value))
        });
        finding = finding.with(Evidence::words("Spend", amounts.collect::<Vec<_>>().join(" · ")));
        let hires = hires(check, &scope);
        found.push(if hires.is_empty() {
            finding
        } else {
            finding.with(Evidence::entities("Hires for growth", hires))
        });
    }
}

fn percent(percent: u32) -> ExactValue {
    ExactValue::new(BigInt::from(percent), BigInt::from(100))
}

/// The newest periods of spend, the oldest first, if each is above the one before it.
fn rises(spend: &Spend<'_>, day: NaiveDate) -> Option<Vec<(Period, ExactValue)>> {
    let newest = spend.newest(day)?;
    let back = i32::try_from(RISES).ok()?;
    let value = |period: Period| Some((period, spend.measured.value(period, day).ok()?));
    let values: Vec<_> = (0..=back).rev().map(|back| value(newest.later(-back))).collect::<Option<_>>()?;
    values.windows(2).all(|pair| pair[0].1 < pair[1].1).then_some(values)
}

/// What customers answered in a period.
struct Survey {
    period: Period,
    share: ExactValue,
    /// None: nobody counts them.
    answers: Option<ExactValue>,
}

impl Survey {
    fn words(&self, score: &Metric) -> String {
        let share = value_words(Some(score), None, &self.share);
        let of = self.answers.as_ref().map(|answers| format!(" of {}", value_words(None, None, answers)));
        format!("{}: {share}{}", period_name(self.period), of.map(|of| of + " answers").unwrap_or_default())
    }
}

/// The newest survey with enough answers that is not too old. Where nobody counts answers, they are taken to be enough.
fn newest_survey(
    check: &RuleContext<'_>,
    figures: &Figures<'_>,
    score: &Metric,
    answers: Option<&Metric>,
    scope: &SeriesScope,
) -> Option<Survey> {
    let day = check.context.asked_on;
    let oldest = day.checked_sub_months(Months::new(check.threshold("months"))).unwrap_or(NaiveDate::MIN);
    let enough = ExactValue::from_integer(BigInt::from(check.threshold("answers")));
    let measured = MeasuredMetric::new(figures, score, scope, score.period);
    let counted = answers
        .map(|answers| MeasuredMetric::new(figures, answers, scope, score.period))
        .filter(|counted| counted.is_valid && counted.is_measured());
    let periods: Vec<Period> = measured.periods_until(day, LOOK_BACK).collect();
    let survey = |period: &Period| {
        let share = measured.value(*period, day).ok()?;
        let answers = match &counted {
            Some(counted) => Some(counted.value(*period, day).ok().filter(|count| *count >= enough)?),
            None => None,
        };
        Some(Survey { period: *period, share, answers })
    };
    periods.iter().rev().take_while(|period| period.last() >= oldest).find_map(survey)
}

/// The hires for growth of the teams that serve a segment; of the whole organisation if it is the organisation's spend.
fn hires(check: &RuleContext<'_>, scope: &SeriesScope) -> Vec<EntityRef> {
    let plan = check.context.snapshot.plan();
    let is_for = |position: &&Position| {
        let team = position.team.and_then(|team| plan.get::<Team>(team));
        scope.is_organisation()
            || team.is_some_and(|team| !scope.segment.is_empty() && team.serves(&scope.segment))
    };
    let hires = unit_economics::growth_hires(check).into_iter();
    hires.filter(is_for).map(|position| position.id.into()).collect()
}
