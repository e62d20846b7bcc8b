//! Which metrics are of money: amounts, and ratios of amounts, from which money follows.
//!
//! A metric is an *amount* if its unit is money or a currency, if one of its figures has a currency, or if what it is a
//! quotient of comes to money: `spend / customers`. From a figure per amount, an amount follows with a count that anybody
//! has, so that it is one as well: `customers / spend`.
//!
//! It is a *ratio* if it is made of amounts and is none: payback, net revenue retention. That follows from its quotient or
//! its known formula, down to the last part; and, where its parts are not in the plan, from its key or its name.

use headroom_model::{KnownMetric, Metric, MetricId, Plan, PlanMetric};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{currency, figure_texts, json};

/// The unit of metrics of money.
const MONEY: &str = "money";
/// Measured, and made of amounts all the same: gross margin is what is left of revenue.
const SHARES_OF_MONEY: &[&str] = &["margin"];
/// Metrics in these are not of money, whatever they are called: `Hours spent on payroll`.
const UNITS_OF_OTHERS: &[&str] =
    &["count", "people", "hours", "minutes", "seconds", "days", "level", "score", "points"];

/// What a metric has to do with money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyRelation {
    Amount,
    /// Made of amounts, and no amount itself.
    Ratio,
}

/// The metrics of a plan that are of money.
#[derive(Debug, Default)]
pub struct MoneyMetrics(FxHashMap<MetricId, MoneyRelation>);

impl MoneyMetrics {
    pub fn new(plan: &Plan) -> Self {
        let with_currency: FxHashSet<MetricId> = {
            let observations = plan.observations.iter().map(|row| (row.metric, row.value));
            let objectives = plan.objectives.iter().map(|row| (row.metric, row.value));
            let figures = observations.chain(objectives);
            figures.filter(|(_, value)| value.currency.is_some()).map(|(metric, _)| metric).collect()
        };
        let itself = |metric: &Metric| match with_currency.contains(&metric.id) {
            true => Some(MoneyRelation::Amount),
            false => by_itself(metric),
        };
        let mut found = Self(FxHashMap::default());
        found.0.extend(plan.metrics.iter().filter_map(|metric| Some((metric.id, itself(metric)?))));
        // A quotient may be a part of another.
        while found.add_quotients(plan) {}
        found
    }

    pub fn relation(&self, metric: MetricId) -> Option<MoneyRelation> {
        self.0.get(&metric).copied()
    }

    /// Whether there were any that were not known to be of money.
    fn add_quotients(&mut self, plan: &Plan) -> bool {
        let new = plan.metrics.iter().filter(|metric| !self.0.contains_key(&metric.id));
        let new: Vec<_> = new.filter_map(|metric| Some((metric.id, self.of_quotient(metric)?))).collect();
        self.0.extend(new.iter().copied());
        !new.is_empty()
    }

    fn of_quotient(&self, metric: &Metric) -> Option<MoneyRelation> {
        let amounts = |parts: &[MetricId]| {
            parts.iter().filter(|part| self.relation(**part) == Some(MoneyRelation::Amount)).count()
        };
        metric.parts().any(|part| self.relation(*part).is_some()).then(|| {
            match amounts(&metric.numerator) == amounts(&metric.denominator) {
                true => MoneyRelation::Ratio,
                false => MoneyRelation::Amount,
            }
        })
    }
}

/// What a known metric is, by its formula and those of its parts.
pub fn of_known(known: &KnownMetric) -> Option<MoneyRelation> {
    if known.unit == MONEY {
        return Some(MoneyRelation::Amount);
    }
    let is_of_money = |key: &str| KnownMetric::of_key(key).and_then(of_known).is_some();
    let parts = known.parsed_formula().map(|formula| formula.parts()).unwrap_or_default();
    let is_ratio = SHARES_OF_MONEY.contains(&known.key) || parts.iter().any(|part| is_of_money(&part.metric));
    is_ratio.then_some(MoneyRelation::Ratio)
}

/// What a metric is by its unit, its formula, its key and its name.
fn by_itself(metric: &Metric) -> Option<MoneyRelation> {
    if is_money_unit(&metric.unit) || metric.plan_metric().is_some_and(PlanMetric::is_cost) {
        return Some(MoneyRelation::Amount);
    }
    let is_other = UNITS_OF_OTHERS.iter().any(|unit| metric.unit.trim().eq_ignore_ascii_case(unit));
    let known = metric
        .known_formula()
        .or_else(|| KnownMetric::of_key(&metric.key))
        .or_else(|| KnownMetric::called(metric.name()));
    let named = match known {
        Some(known) => of_known(known),
        None => by_words(&metric.key).or_else(|| by_words(metric.name())),
    };
    match named? {
        // Payback in days is payback.
        MoneyRelation::Ratio => Some(MoneyRelation::Ratio),
        MoneyRelation::Amount if is_other => None,
        MoneyRelation::Amount if metric.unit.trim().is_empty() => Some(MoneyRelation::Amount),
        // `MRR growth` is a share.
        MoneyRelation::Amount => Some(MoneyRelation::Ratio),
    }
}

/// `Payback of Shippers` is a ratio, `Cloud cost per customer` an amount.
fn by_words(name: &str) -> Option<MoneyRelation> {
    let of_known = figure_texts::known_in(name);
    of_known.or_else(|| json::is_named_after_pay(name).then_some(MoneyRelation::Amount))
}

/// `money`, `EUR`, `€ k`, `USD per seat`.
fn is_money_unit(unit: &str) -> bool {
    let is_money = |word: &str| word.eq_ignore_ascii_case(MONEY) || currency::is_named(word);
    unit.contains(currency::is_sign) || unit.split(|letter: char| !letter.is_alphabetic()).any(is_money)
}

#[cfg(test)]
mod tests {
    use headroom_model::{Draft, KNOWN_METRICS, Observation};

    use super::*;

    /// A new known metric has to be put here.
    #[test]
    fn every_known_metric_is_an_amount_a_ratio_or_neither() {
        let keys = |relation: Option<MoneyRelation>| {
            let of = KNOWN_METRICS.iter().filter(move |known| of_known(known) == relation);
            of.map(|known| known.key).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            keys(Some(MoneyRelation::Amount)),
            "mrr-start new-mrr reactivation-mrr expansion-mrr contraction-mrr churned-mrr mrr spend revenue arr \
             mrr-difference arpa cac ltv unit-cost people-cost cloud-cost"
        );
        assert_eq!(
            keys(Some(MoneyRelation::Ratio)),
            "margin nrr grr revenue-churn quick-ratio payback ltv-cac"
        );
        assert_eq!(
            keys(None),
            "customers new-customers reactivated-customers lost-customers leads trials \
             tickets-created tickets-solved backlog fcr csat first-reply-minutes resolution-minutes \
             calls handle-seconds handle-minutes service-level answer-seconds availability nps \
             very-disappointed survey-answers deployments deployment-days deployment-days-a-week \
             failed-deployments rework-deployments deployed-commits lead-time-hours \
             lead-time-without-bots-hours recovery-hours logo-churn conversion lead-velocity \
             change-failure-rate rework-rate headcount effective-capacity on-call-people \
             on-call-margin"
        );
    }

    #[test]
    fn units_keys_and_names_say_what_a_metric_is() {
        let of = |key: &str, name: &str, unit: &str| {
            by_itself(&Metric { key: key.into(), name: name.into(), unit: unit.into(), ..Metric::default() })
        };
        let (amount, ratio) = (Some(MoneyRelation::Amount), Some(MoneyRelation::Ratio));
        for (key, name, unit, is) in [
            ("m1", "Bookings", "€ k", amount),
            ("m1", "Bookings", "Money", amount),
            ("m1", "Bookings", "USD per seat", amount),
            ("mrr", "", "", amount),
            ("m1", "Cloud cost per customer", "", amount),
            ("m1", "CAC in Germany", "", amount),
            ("payback", "", "", ratio),
            ("m1", "CAC payback", "months", ratio),
            ("m1", "Payback of Shippers", "days", ratio),
            ("m1", "Gross margin EU", "share", ratio),
            ("m1", "MRR growth", "share", ratio),
            ("m1", "MRR churn rate in Germany", "share", ratio),
            ("m1", "Spend without owner", "share", ratio),
            ("customers", "Customers", "count", None),
            ("m1", "Customers with MRR above average", "count", None),
            ("m1", "Hours spent on payroll", "hours", None),
            ("m1", "Error budget left", "share", None),
            ("logo-churn", "Logo churn", "share", None),
        ] {
            assert_eq!(of(key, name, unit), is, "{key} {name} {unit}");
        }
    }

    #[test]
    fn what_people_cost_is_an_amount_whatever_its_unit() {
        let metric = Metric { formula: "people-cost".into(), unit: "count".into(), ..Metric::default() };
        assert_eq!(by_itself(&metric), Some(MoneyRelation::Amount));
        let metric = Metric { formula: "headcount".into(), ..metric };
        assert_eq!(by_itself(&metric), None);
    }

    #[test]
    fn what_is_made_of_amounts_is_of_money() {
        let empty = Plan::default();
        let mut draft = Draft::new(&empty);
        let mut put = |key: &str, unit: &str, numerator: &[MetricId], denominator: &[MetricId]| {
            let id = draft.new_id::<Metric>();
            let (numerator, denominator) = (numerator.to_vec(), denominator.to_vec());
            let (key, unit) = (key.to_owned(), unit.to_owned());
            draft.put(Metric { id, key, unit, numerator, denominator, ..Metric::default() });
            id
        };
        // Before its parts, whose figures alone say what they are.
        let (bookings, wins, seats) =
            (put("bookings", "", &[], &[]), put("wins", "count", &[], &[]), put("seats", "money", &[], &[]));
        let per_win = put("per-win", "", &[bookings], &[wins]);
        let wins_per = put("wins-per", "", &[wins], &[bookings]);
        let both = put("both", "", &[bookings], &[seats]);
        let of_both = put("of-both", "share", &[both], &[wins]);
        let rate = put("rate", "share", &[wins], &[wins]);
        let value = "1200 EUR".parse().unwrap();
        let id = draft.new_id::<Observation>();
        draft.put(Observation { id, metric: bookings, value, ..Observation::default() });
        let metrics = MoneyMetrics::new(&draft.outcome().unwrap());
        for metric in [bookings, seats, per_win, wins_per] {
            assert_eq!(metrics.relation(metric), Some(MoneyRelation::Amount));
        }
        for metric in [both, of_both] {
            assert_eq!(metrics.relation(metric), Some(MoneyRelation::Ratio));
        }
        assert_eq!([wins, rate].map(|metric| metrics.relation(metric)), [None, None]);
    }
}
