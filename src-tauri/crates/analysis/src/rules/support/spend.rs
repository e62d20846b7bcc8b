//! Helpers of the rules about what is spent on a segment, a channel or a market.

use chrono::NaiveDate;
use headroom_model::{Currency, Metric, PeriodLength, Plan};

use super::unit_economics::three_months;
use crate::metrics::{Figures, MeasuredMetric, Period, SeriesScope};

/// How many periods are looked at for the newest.
const LOOK_BACK: usize = 24;

/// What is spent, of whom there are figures: parts of the organisation where there are any, for what is true of one of them
/// is true of the whole as well, and is told once.
pub fn scopes(figures: &Figures<'_>, spend: &Metric) -> Vec<SeriesScope> {
    let parts = figures.parts.of(spend.id).metrics;
    let mut scopes: Vec<SeriesScope> = Vec::new();
    for scope in parts.iter().flat_map(|part| figures.scopes(*part)) {
        if !scopes.contains(scope) {
            scopes.push(scope.clone());
        }
    }
    if scopes.iter().any(|scope| !scope.is_organisation()) {
        scopes.retain(|scope| !scope.is_organisation());
    }
    scopes.sort_by_cached_key(|scope| scope.words(figures.plan));
    scopes
}

/// Spend in a scope, in months or quarters.
pub struct Spend<'f> {
    pub scope: &'f SeriesScope,
    pub measured: MeasuredMetric<'f>,
    pub length: PeriodLength,
    /// How many periods are three months.
    pub three: u32,
    pub currency: Option<Currency>,
}

impl<'f> Spend<'f> {
    /// None if it is not measured.
    pub fn new(figures: &'f Figures<'f>, spend: &'f Metric, scope: &'f SeriesScope) -> Option<Self> {
        let (length, three) = three_months(spend.period);
        let measured = MeasuredMetric::new(figures, spend, scope, length);
        let currency = measured.amounts_in();
        (measured.is_valid && measured.is_measured()).then_some(Self {
            scope,
            measured,
            length,
            three,
            currency,
        })
    }

    /// The newest period that is over and has a value, or ought to.
    pub fn newest(&self, day: NaiveDate) -> Option<Period> {
        self.measured.periods_until(day, LOOK_BACK).last()
    }
}

/// `Carriers`, or the organisation.
pub fn scope_words(plan: &Plan, scope: &SeriesScope) -> String {
    let words = scope.words(plan);
    if words.is_empty() { "the organisation".to_owned() } else { words }
}
