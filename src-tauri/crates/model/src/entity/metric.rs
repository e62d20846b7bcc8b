//! Metrics: what is measured, and how its figures may be put together.

use serde::{Deserialize, Serialize};

use super::*;
use crate::known_metrics::KnownMetric;

/// What a figure of a metric is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MetricKind {
    /// How it stands on the last day of a period: customers, MRR.
    #[default]
    Stock,
    /// What came about in a period: spend, new customers. Figures of periods add up.
    Flow,
    /// A rate, a median or a score: figures of periods do not add up.
    Ratio,
}

impl MetricKind {
    pub const ALL: [MetricKind; 3] = [MetricKind::Stock, MetricKind::Flow, MetricKind::Ratio];

    pub const fn word(self) -> &'static str {
        match self {
            MetricKind::Stock => "stock",
            MetricKind::Flow => "flow",
            MetricKind::Ratio => "ratio",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word().eq_ignore_ascii_case(word.trim()))
    }
}

word_value!(MetricKind, |kind| kind.word().to_owned());

/// The length of the periods that a metric is measured in. A shorter one is less than a longer one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PeriodLength {
    Day,
    /// Monday to Sunday.
    Week,
    #[default]
    Month,
    Quarter,
}

impl PeriodLength {
    pub const ALL: [PeriodLength; 4] =
        [PeriodLength::Day, PeriodLength::Week, PeriodLength::Month, PeriodLength::Quarter];

    pub const fn word(self) -> &'static str {
        match self {
            PeriodLength::Day => "day",
            PeriodLength::Week => "week",
            PeriodLength::Month => "month",
            PeriodLength::Quarter => "quarter",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|length| length.word().eq_ignore_ascii_case(word.trim()))
    }
}

word_value!(PeriodLength, |length| length.word().to_owned());

/// Which way a metric gets better.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BetterDirection {
    #[default]
    Up,
    Down,
}

impl BetterDirection {
    pub const ALL: [BetterDirection; 2] = [BetterDirection::Up, BetterDirection::Down];

    pub const fn word(self) -> &'static str {
        match self {
            BetterDirection::Up => "up",
            BetterDirection::Down => "down",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|direction| direction.word().eq_ignore_ascii_case(word.trim()))
    }
}

word_value!(BetterDirection, |direction| direction.word().to_owned());

entity! {
    /// What is measured: MRR, payback, CSAT.
    pub struct Metric: MetricId {
        /// The key by which people and files know it; never changes.
        key: String, "ID", required();
        name: String, "name";
        /// `money`, `count`, `share`, `hours`, `months`, or any other.
        unit: String, "unit";
        kind: MetricKind, "kind";
        period: PeriodLength, "period";
        /// Days after the end of a period until its figure is due.
        lag: u32, "days until due";
        better: BetterDirection, "gets better";
        /// The words for the values 0, 1, 2, … of a metric that is a level.
        levels: Vec<String>, "levels";
        /// What it is a quotient of: the product of these, …
        numerator: Vec<MetricId>, "numerator";
        /// … over the product of these. A quotient has no figures of its own: its parts have.
        denominator: Vec<MetricId>, "denominator";
        /// The key of the known metric whose formula gives its value; empty if it has figures or is a quotient.
        formula: String, "formula";
        /// Source of the definition: an address, or words.
        origin: String, "source", long();
        /// Format it was imported from; none if entered by hand.
        source: Option<String>, "imported from";
    }
}

json_value!(Vec<MetricId>, "[]", is_empty: Vec::is_empty, FieldType::References(Kind::Metric), MergeRule::Set,
    |metrics, names| listed(metrics, names),
    references: |metrics, visit| metrics.iter().for_each(|metric| visit((*metric).into())));

impl Entity for Metric {
    fn check_together(&self) -> Result<(), FieldError> {
        if !self.formula.is_empty() && self.known_formula().is_none() {
            return Err(FieldError::new(
                "formula",
                "is not one of the known formulas, such as payback, nrr or headcount",
            ));
        }
        if !self.formula.is_empty() && self.is_quotient() {
            return Err(FieldError::new("formula", "is not possible beside a numerator or a denominator"));
        }
        Ok(())
    }

    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn called(&self) -> Option<&str> {
        Some(self.name())
    }

    fn display_name(&self, _names: &dyn Names) -> String {
        self.name().to_owned()
    }

    /// A quotient that lacks a part would be another figure: it has none of its parts any more.
    fn without(&self, removal: &dyn Removal) -> Option<Self> {
        let is_gone = |part: &MetricId| removal.is_gone((*part).into());
        let mut left = self.clone();
        if self.parts().any(is_gone) {
            left.numerator.clear();
            left.denominator.clear();
        }
        Some(left)
    }
}

impl Metric {
    /// Its name, or its key if it has none.
    pub fn name(&self) -> &str {
        if self.name.is_empty() { &self.key } else { &self.name }
    }

    pub fn parts(&self) -> impl Iterator<Item = &MetricId> {
        self.numerator.iter().chain(&self.denominator)
    }

    /// Whether its value is made of those of its parts.
    pub fn is_quotient(&self) -> bool {
        !self.numerator.is_empty() || !self.denominator.is_empty()
    }

    /// The known metric whose formula gives its value, or which the plan says itself.
    pub fn known_formula(&self) -> Option<&'static KnownMetric> {
        KnownMetric::of_key(&self.formula).filter(|known| known.is_derived())
    }

    /// Whether it has no figures of its own: its value follows from those of others.
    pub fn is_derived(&self) -> bool {
        self.is_quotient() || !self.formula.is_empty()
    }
}
