//! Figures of metrics of money, and objectives that ask for them: a copy has none, since a figure cannot be left empty.
//!
//! Amounts always go. Ratios go as well, unless they are kept on purpose: with payback and ARPA, which may be known from
//! elsewhere, acquisition cost is known. What an objective asks of a ratio goes with the figures: payback under 12 times
//! ARPA is what an account may cost, which is an amount as a budget is.

use headroom_model::{
    ArithmeticOperator, EntityRef, KnownMetric, Metric, MetricFormula, MetricId, MetricValue, Money, Plan,
    currency_of,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    How,
    figure_texts::FigureTexts,
    money_metrics::{MoneyMetrics, MoneyRelation},
};

/// What a copy does with ratios of money, such as payback and net revenue retention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum RatiosOfMoney {
    #[default]
    Removed,
    Kept,
}

/// A ratio of money that a copy keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRatio {
    pub metric: MetricId,
    pub figures: usize,
    pub objectives: usize,
    /// What it is made of: `Customer acquisition cost ÷ (Average revenue per account × Gross margin)`; empty if that
    /// is not known.
    pub made_of: String,
}

/// What becomes of the figures of a plan.
#[derive(Debug, Default)]
pub struct MoneyFigures {
    metrics: MoneyMetrics,
    /// The observations and objectives that are left out, and why.
    pub left_out: FxHashMap<EntityRef, How>,
    pub texts: FigureTexts,
}

impl MoneyFigures {
    pub fn new(plan: &Plan, ratios: RatiosOfMoney) -> Self {
        let metrics = MoneyMetrics::new(plan);
        let mut texts = FigureTexts::new(ratios == RatiosOfMoney::Kept);
        let mut left_out = FxHashMap::default();
        let figures = plan.observations.iter().map(|row| (EntityRef::from(row.id), row.metric, row.value));
        let asked = plan.objectives.iter().map(|row| (EntityRef::from(row.id), row.metric, row.value));
        for (row, metric, value) in figures.chain(asked) {
            let how = match metrics.relation(metric) {
                Some(MoneyRelation::Amount) => How::Whole,
                Some(MoneyRelation::Ratio) if ratios == RatiosOfMoney::Removed => How::Ratio,
                _ => continue,
            };
            if how == How::Ratio && value.lacks.is_none() {
                texts.add_ratio(value.number);
            }
            left_out.insert(row, how);
        }
        // A line of a bill is nothing without its amount.
        left_out.extend(plan.cost_lines.iter().map(|line| (EntityRef::from(line.id), How::Whole)));
        for metric in plan.metrics.iter() {
            if let Some(relation) = metrics.relation(metric.id) {
                texts.add_name(metric.name(), relation);
            }
        }
        Self { metrics, left_out, texts }
    }

    /// The ratios that have figures or objectives, by name.
    pub fn kept(&self, plan: &Plan, ratios: RatiosOfMoney) -> Vec<KeptRatio> {
        if ratios == RatiosOfMoney::Removed {
            return Vec::new();
        }
        let mut kept: FxHashMap<MetricId, (usize, usize)> = FxHashMap::default();
        plan.observations.iter().for_each(|row| kept.entry(row.metric).or_default().0 += 1);
        plan.objectives.iter().for_each(|row| kept.entry(row.metric).or_default().1 += 1);
        kept.retain(|metric, _| self.metrics.relation(*metric) == Some(MoneyRelation::Ratio));
        let ratio = |row: &Metric| {
            let (figures, objectives) = kept.get(&row.id).copied()?;
            Some(KeptRatio { metric: row.id, figures, objectives, made_of: made_of(plan, row) })
        };
        plan.in_order::<Metric>().into_iter().filter_map(ratio).collect()
    }
}

/// Amounts of metrics that are of money without saying so in each figure.
pub fn amounts(plan: &Plan) -> Vec<Money> {
    let metrics = MoneyMetrics::new(plan);
    let is_amount = |metric: MetricId| metrics.relation(metric) == Some(MoneyRelation::Amount);
    let figures = plan.observations.iter().map(|row| (row.metric, row.value));
    let asked = plan.objectives.iter().map(|row| (row.metric, row.value));
    let values: FxHashSet<MetricValue> =
        figures.chain(asked).filter(|(metric, _)| is_amount(*metric)).map(|(_, value)| value).collect();
    let own = currency_of(plan);
    let figures = values.into_iter().filter_map(|value| value.amount().or_else(|| value.amount_in(own)));
    let bills = plan.cost_lines.iter().flat_map(|line| {
        [line.billed, line.effective].map(|number| MetricValue {
            number,
            currency: Some(line.currency),
            lacks: None,
        })
    });
    figures.chain(bills.filter_map(MetricValue::amount)).collect()
}

/// What a ratio is made of, in names.
fn made_of(plan: &Plan, metric: &Metric) -> String {
    if metric.is_quotient() {
        let product = |parts: &[MetricId]| {
            let names: Vec<String> = parts.iter().map(|part| plan.name_of((*part).into())).collect();
            if names.is_empty() { "1".to_owned() } else { names.join(" × ") }
        };
        let (over, under) = (product(&metric.numerator), product(&metric.denominator));
        return match metric.denominator.len() {
            0 => over,
            1 => format!("{over} ÷ {under}"),
            _ => format!("{over} ÷ ({under})"),
        };
    }
    let known = metric
        .known_formula()
        .or_else(|| KnownMetric::of_key(&metric.key))
        .or_else(|| KnownMetric::called(metric.name()));
    let formula = known.and_then(KnownMetric::parsed_formula);
    formula.map(|formula| formula_words(formula, 0)).unwrap_or_default()
}

/// A formula in names; in brackets if it binds less than what is around it.
fn formula_words(formula: &MetricFormula, around: u8) -> String {
    match formula {
        MetricFormula::Number(number) => number.to_string(),
        MetricFormula::Part(part) => {
            KnownMetric::of_key(&part.metric).map_or(part.metric.clone(), |known| known.name.to_owned())
        }
        MetricFormula::Binary(operator, sides) => {
            let binds = match operator {
                ArithmeticOperator::Plus | ArithmeticOperator::Minus => 1,
                ArithmeticOperator::Times | ArithmeticOperator::Over => 3,
            };
            // What follows a minus or a ÷ stands in brackets.
            let right = binds + u8::from(*operator != ArithmeticOperator::Plus);
            let [before, after] =
                [(&sides[0], binds), (&sides[1], right)].map(|(side, around)| formula_words(side, around));
            let words = format!("{before} {operator} {after}");
            if binds < around { format!("({words})") } else { words }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_said_in_names() {
        let made_of = |key: &str| {
            let metric = Metric { key: key.into(), ..Metric::default() };
            made_of(&Plan::default(), &metric)
        };
        assert_eq!(
            made_of("payback"),
            "Customer acquisition cost ÷ (Average revenue per account × Gross margin)"
        );
        assert_eq!(made_of("quick-ratio"), "(New MRR + Expansion MRR) ÷ (Contraction MRR + Churned MRR)");
        assert_eq!(made_of("grr"), "(Opening MRR − Contraction MRR − Churned MRR) ÷ Opening MRR");
        assert_eq!(made_of("margin"), "");
    }
}
