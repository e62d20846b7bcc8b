//! What a bet is to bring: a metric, how it is compared, and with what.

use headroom_files::{
    Place,
    records::{FieldStatement, KeyRef, RowRecord},
    shortened,
};
use headroom_model::{
    BetterDirection, ComparisonOperator, ExactDecimal, Kind, KnownMetric, MetricKind, MetricValue,
    PeriodLength, fields::slug,
};

use crate::{ImportedMetric, ImportedScope, imported_figures::text, metric_label::kind_by_name};

/// A plain number above this is no share: 40 may be 40 % or forty times.
const LARGEST_PLAIN_SHARE: i128 = 2;

/// A criterion as a file has it.
pub(super) struct WrittenCriterion<'w> {
    pub metric: &'w str,
    pub comparison: &'w str,
    pub value: &'w str,
}

/// A criterion that can be evaluated.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Criterion {
    pub metric: ImportedMetric,
    pub op: ComparisonOperator,
    pub value: MetricValue,
    pub scope: ImportedScope,
}

impl WrittenCriterion<'_> {
    pub fn is_empty(&self) -> bool {
        self.metric.is_empty() && self.value.is_empty()
    }

    /// As the file has it: `conversion >= 40`.
    pub fn words(&self) -> String {
        let parts = [self.metric, self.comparison, self.value].into_iter().filter(|part| !part.is_empty());
        shortened(&parts.collect::<Vec<_>>().join(" "))
    }

    /// # Errors
    /// Why it cannot be evaluated, and what to do.
    pub fn read(&self, scope: ImportedScope, place: &Place) -> Result<Criterion, (String, &'static str)> {
        if self.metric.is_empty() || self.value.is_empty() {
            return Err(("names no metric or no value".to_owned(), "state both"));
        }
        let (comparison, value) = self.halves();
        let value = without_thousands(value).parse::<MetricValue>().map_err(|fault| {
            (format!("“{}” {fault}", shortened(value)), "write the value as 25, 12% or 48000 EUR")
        })?;
        let is_percent = self.value.contains('%');
        let metric = self.metric_of(&value, is_percent, place);
        check_unit(&metric, &value, is_percent)?;
        let op = match comparison {
            "" if metric.better == BetterDirection::Down => ComparisonOperator::AtMost,
            "" => ComparisonOperator::AtLeast,
            word => comparison_of(word)
                .ok_or_else(|| (format!("“{}” is no comparison", shortened(word)), "use <, <=, > or >="))?,
        };
        Ok(Criterion { metric, op, value, scope })
    }

    /// A comparison may stand in the cell of the value: `>= 12%`.
    fn halves(&self) -> (&str, &str) {
        let value = self.value.trim();
        if !self.comparison.is_empty() {
            return (self.comparison.trim(), value);
        }
        let end = value.find(|letter: char| !matches!(letter, '<' | '>' | '=' | '≤' | '≥')).unwrap_or(0);
        (&value[..end], value[end..].trim())
    }

    fn metric_of(&self, value: &MetricValue, is_percent: bool, place: &Place) -> ImportedMetric {
        if let Some(known) = KnownMetric::called(self.metric) {
            return ImportedMetric::known(known, PeriodLength::Month, place.clone());
        }
        let unit = match (value.currency, is_percent) {
            (Some(_), _) => "money",
            (None, true) => "share",
            (None, false) => "",
        };
        ImportedMetric {
            key: slug(self.metric),
            name: self.metric.to_owned(),
            unit: unit.to_owned(),
            kind: if unit == "share" { MetricKind::Ratio } else { kind_by_name(self.metric, unit) },
            period: PeriodLength::Month,
            better: BetterDirection::Up,
            formula: String::new(),
            place: place.clone(),
        }
    }
}

/// The value has to be one that the metric can have.
fn check_unit(
    metric: &ImportedMetric,
    value: &MetricValue,
    is_percent: bool,
) -> Result<(), (String, &'static str)> {
    let name = &metric.name;
    let is_plain = value.currency.is_none() && !is_percent;
    match metric.unit.as_str() {
        "share" if is_plain && is_above(value.number, LARGEST_PLAIN_SHARE) => Err((
            format!("{name} is a share, and {} may be a percentage or not", value.number),
            "write 40% or 0.4",
        )),
        "share" if value.currency.is_some() => {
            Err((format!("{name} is a share and no amount"), "write 40% or 0.4"))
        }
        "money" if is_percent => {
            Err((format!("{name} is an amount and no share"), "name a metric that is a share, or an amount"))
        }
        "money" if is_plain => {
            Err((format!("{name} is an amount, and the value has no currency"), "write 48000 EUR"))
        }
        "money" | "share" | "" => Ok(()),
        unit if is_percent || value.currency.is_some() => {
            Err((format!("{name} is measured in {unit}"), "write a plain number"))
        }
        _ => Ok(()),
    }
}

fn is_above(number: ExactDecimal, limit: i128) -> bool {
    let (digits, decimals) = number.parts();
    i128::from(digits) > limit * 10_i128.pow(decimals)
}

/// `1,200` is how spreadsheets write a whole number; what has another form is left as it is.
fn without_thousands(text: &str) -> String {
    let is_grouped = text
        .split(',')
        .skip(1)
        .all(|group| group.len() >= 3 && group.chars().take(3).all(|letter| letter.is_ascii_digit()));
    if is_grouped { text.replace(',', "") } else { text.to_owned() }
}

fn comparison_of(word: &str) -> Option<ComparisonOperator> {
    let words = match word.to_lowercase().as_str() {
        "at least" | "gte" | "=>" | "min" => ">=",
        "at most" | "lte" | "=<" | "max" => "<=",
        "above" | "more than" | "over" | "gt" => ">",
        "below" | "less than" | "under" | "lt" => "<",
        _ => word,
    };
    ComparisonOperator::from_word(words)
}

impl Criterion {
    /// The key of its objective, made of what it says: `conversion-at-least-12`.
    pub fn key(&self) -> String {
        let op = match self.op {
            ComparisonOperator::Less => "below",
            ComparisonOperator::AtMost => "at-most",
            ComparisonOperator::More => "above",
            ComparisonOperator::AtLeast => "at-least",
        };
        let ImportedScope { segment, channel, market, .. } = &self.scope;
        let value = self.value.to_string().replace('.', "-");
        let words = [self.metric.key.as_str(), op, &value, segment, channel, market];
        let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).map(slug).collect();
        words.join("-")
    }

    pub fn objective_row(&self) -> RowRecord {
        let metric = KeyRef { kind: Some(Kind::Metric), key: self.metric.key.clone() };
        let mut fields = vec![
            ("key", text(self.key())),
            ("metric", FieldStatement::Reference(metric)),
            ("op", text(self.op.word())),
            ("value", text(self.value.to_string())),
        ];
        let ImportedScope { segment, channel, market, .. } = &self.scope;
        let scope = [("segment", segment), ("channel", channel), ("market", market)];
        fields.extend(
            scope.into_iter().filter(|(_, word)| !word.is_empty()).map(|(name, word)| (name, text(word))),
        );
        RowRecord { kind: Kind::Objective, place: self.metric.place.clone(), fields }
    }
}
