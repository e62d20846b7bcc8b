//! What MRR moved by over some months: from its opening to its closing, with what the movements do not explain.

use headroom_model::Currency;
use num_traits::Zero;

use super::{
    ExactValue, MeasuredMetric, MetricsByScope, NoFigure, Period, SeriesScope, metrics_by_scope::value_in,
};

/// The movements by their keys; whether they add to MRR, and whether nobody need measure them.
const MOVEMENTS: [(&str, bool, bool); 5] = [
    ("new-mrr", true, false),
    ("reactivation-mrr", true, true),
    ("expansion-mrr", true, false),
    ("contraction-mrr", false, false),
    ("churned-mrr", false, false),
];

/// A movement of MRR over all months.
#[derive(Debug, Clone, PartialEq)]
pub struct MrrMovement {
    /// That of the known metric.
    pub key: &'static str,
    pub adds: bool,
    /// Its sum, without a sign. None if any month lacks it.
    pub value: Result<ExactValue, NoFigure>,
    /// The months that lack it.
    pub missing: Vec<Period>,
}

/// From the opening MRR of a month to the closing MRR of the same or a later one.
#[derive(Debug, Clone, PartialEq)]
pub struct MrrMovements {
    pub first: Period,
    pub last: Period,
    /// That of all amounts.
    pub currency: Currency,
    pub opening: Result<ExactValue, NoFigure>,
    /// Nobody measures the opening MRR: it is the closing one of the month before.
    pub opens_with_last_closing: bool,
    pub movements: Vec<MrrMovement>,
    pub closing: Result<ExactValue, NoFigure>,
    /// Closing less opening less the movements that are known; none without both ends.
    pub not_explained: Option<ExactValue>,
}

impl MrrMovements {
    /// Of a scope, or of several together, over so many months up to one.
    pub fn new(by_scope: &MetricsByScope<'_>, scopes: &[SeriesScope], last: Period, months: u32) -> Self {
        let first = last.later(1 - i32::try_from(months.max(1)).unwrap_or(i32::MAX));
        let reader = MrrReader::new(by_scope, scopes);
        let movements: Vec<MrrMovement> =
            MOVEMENTS.iter().filter_map(|movement| reader.movement(*movement, first, last)).collect();
        let closing = reader.value("mrr", last);
        let opens_with_last_closing = reader.measured("mrr-start").is_none();
        let opening = match opens_with_last_closing {
            true => reader.value("mrr", first.later(-1)),
            false => reader.value("mrr-start", first),
        };
        let not_explained = match (&opening, &closing) {
            (Ok(opening), Ok(closing)) => Some(closing - opening - sum_of(&movements)),
            _ => None,
        };
        Self {
            first,
            last,
            currency: reader.currency,
            opening,
            opens_with_last_closing,
            movements,
            closing,
            not_explained,
        }
    }

    /// Whether MRR is measured here at all.
    pub fn is_measured(&self) -> bool {
        self.closing != Err(NoFigure::NotMeasured) || self.movements.iter().any(|it| it.value.is_ok())
    }
}

fn sum_of(movements: &[MrrMovement]) -> ExactValue {
    let known = movements.iter().filter_map(|movement| {
        let value = movement.value.as_ref().ok()?;
        Some(if movement.adds { value.clone() } else { -value.clone() })
    });
    known.sum()
}

/// The figures of MRR in a scope, all in one currency.
struct MrrReader<'b, 'f> {
    by_scope: &'b MetricsByScope<'f>,
    scopes: &'b [SeriesScope],
    currency: Currency,
}

impl<'b, 'f> MrrReader<'b, 'f> {
    fn new(by_scope: &'b MetricsByScope<'f>, scopes: &'b [SeriesScope]) -> Self {
        let mut reader = Self { by_scope, scopes, currency: by_scope.figures.currency };
        let keys = MOVEMENTS.iter().map(|(key, ..)| *key).chain(["mrr-start", "mrr"]);
        let mut currencies = keys.filter_map(|key| reader.measured(key)?.amounts_in());
        if let Some(first) = currencies.next()
            && currencies.all(|currency| currency == first)
        {
            reader.currency = first;
        }
        reader
    }

    /// None if nobody measures it here.
    fn measured(&self, key: &str) -> Option<MeasuredMetric<'f>> {
        let metric = self.by_scope.metric(key)?;
        let measured = self.by_scope.measured(metric, self.scopes).in_currency(self.currency);
        measured.is_measured().then_some(measured)
    }

    fn value(&self, key: &str, month: Period) -> Result<ExactValue, NoFigure> {
        let measured = self.measured(key).ok_or(NoFigure::NotMeasured)?;
        value_in(&measured, month, self.by_scope.day)
    }

    fn movement(
        &self,
        (key, adds, is_optional): (&'static str, bool, bool),
        first: Period,
        last: Period,
    ) -> Option<MrrMovement> {
        let Some(measured) = self.measured(key) else {
            let value = Err(NoFigure::NotMeasured);
            return (!is_optional).then_some(MrrMovement { key, adds, value, missing: Vec::new() });
        };
        let (mut value, mut missing) = (Ok(ExactValue::zero()), Vec::new());
        for month in (first.number..=last.number).map(|number| Period { number, ..first }) {
            match value_in(&measured, month, self.by_scope.day) {
                Ok(found) => value = value.map(|sum| sum + found),
                Err(reason) => {
                    value = value.and(Err(reason));
                    missing.push(month);
                }
            }
        }
        Some(MrrMovement { key, adds, value, missing })
    }
}
