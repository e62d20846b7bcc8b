//! Objectives: what a metric is to be, for some periods running.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;
use crate::{metric_value::MetricValue, objective_window::ObjectiveWindow};

/// How a figure is compared with the value of an objective.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ComparisonOperator {
    #[default]
    #[serde(rename = "<")]
    Less,
    #[serde(rename = "<=")]
    AtMost,
    #[serde(rename = ">")]
    More,
    #[serde(rename = ">=")]
    AtLeast,
}

impl ComparisonOperator {
    pub const ALL: [ComparisonOperator; 4] = [
        ComparisonOperator::Less,
        ComparisonOperator::AtMost,
        ComparisonOperator::More,
        ComparisonOperator::AtLeast,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            ComparisonOperator::Less => "<",
            ComparisonOperator::AtMost => "<=",
            ComparisonOperator::More => ">",
            ComparisonOperator::AtLeast => ">=",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        match word.trim() {
            "<" => Some(ComparisonOperator::Less),
            "<=" | "≤" => Some(ComparisonOperator::AtMost),
            ">" => Some(ComparisonOperator::More),
            ">=" | "≥" => Some(ComparisonOperator::AtLeast),
            _ => None,
        }
    }

    /// As it is printed: `≤`.
    pub const fn sign(self) -> &'static str {
        match self {
            ComparisonOperator::Less => "<",
            ComparisonOperator::AtMost => "≤",
            ComparisonOperator::More => ">",
            ComparisonOperator::AtLeast => "≥",
        }
    }

    /// Whether a figure that stands so to the value keeps it.
    pub fn is_kept(self, ordering: Ordering) -> bool {
        match self {
            ComparisonOperator::Less => ordering.is_lt(),
            ComparisonOperator::AtMost => ordering.is_le(),
            ComparisonOperator::More => ordering.is_gt(),
            ComparisonOperator::AtLeast => ordering.is_ge(),
        }
    }
}

word_value!(ComparisonOperator, |comparison| comparison.sign().to_owned());

/// What a period without a figure does to an objective.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissingFigures {
    /// Whether the objective is met is not known.
    #[default]
    Hold,
    /// The period is left out, as long as the newest figure is not too old.
    Skip,
}

impl MissingFigures {
    pub const ALL: [MissingFigures; 2] = [MissingFigures::Hold, MissingFigures::Skip];

    pub const fn word(self) -> &'static str {
        match self {
            MissingFigures::Hold => "hold",
            MissingFigures::Skip => "skip",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|missing| missing.word().eq_ignore_ascii_case(word.trim()))
    }
}

word_value!(MissingFigures, |missing| missing.word().to_owned());

entity! {
    /// What a metric is to be, in some periods running: payback under 12 months in two months.
    pub struct Objective: ObjectiveId {
        /// The key by which people and files know it; never changes.
        key: String, "ID", required();
        metric: MetricId, "metric", required();
        op: ComparisonOperator, "comparison", required();
        value: MetricValue, "value";
        name: String, "name";
        /// In how many periods running.
        periods: u32 = 1, "periods";
        /// The length of these periods; none: that of the metric.
        period: Option<PeriodLength>, "period";
        /// Over how many periods each figure is taken.
        over: u32 = 1, "taken over";
        /// What a period without a figure does.
        gaps: MissingFigures, "missing figures";
        /// Of an SLO: the time over which it is counted.
        window: Option<ObjectiveWindow>, "window";
        /// How its budget is counted, in the words of the file: `Occurrences`, `Timeslices`.
        method: String, "budgeting method";
        /// Whose figures: any of these, or none for those of the organisation.
        service: Option<ServiceId>, "service";
        team: Option<TeamId>, "team";
        /// That of each service which has this tier on the day asked: 1 to 4.
        tier: Option<u8>, "tier";
        segment: String, "segment";
        channel: String, "channel";
        market: String, "market";
        /// Why it is what it is: an address, or words.
        origin: String, "reason", long();
        /// Format it was imported from; none if entered by hand.
        source: Option<String>, "imported from";
        /// First day on which it holds.
        from: Option<NaiveDate>, "holds from";
        /// Last day on which it holds.
        until: Option<NaiveDate>, "holds until";
    }
}

json_value!(Vec<ObjectiveId>, "[]", is_empty: Vec::is_empty, FieldType::References(Kind::Objective), MergeRule::Set,
    |objectives, names| listed(objectives, names),
    references: |objectives, visit| objectives.iter().for_each(|objective| visit((*objective).into())));

impl Entity for Objective {
    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn called(&self) -> Option<&str> {
        Some(if self.name.is_empty() { &self.key } else { &self.name })
    }

    fn display_name(&self, names: &dyn Names) -> String {
        if !self.name.is_empty() {
            return self.name.clone();
        }
        format!("{} {} {}", names.name(self.metric.into()), self.op.sign(), self.value)
    }

    fn check_together(&self) -> Result<(), FieldError> {
        if self.value.lacks.is_some() {
            return Err(FieldError::new("value", "must be a number"));
        }
        for (field, count) in [("periods", self.periods), ("over", self.over)] {
            if !(1..=PERIODS_LIMIT).contains(&count) {
                return Err(FieldError::new(field, format!("must be between 1 and {PERIODS_LIMIT}")));
            }
        }
        if self.tier.is_some_and(|tier| !(1..=4).contains(&tier)) {
            return Err(FieldError::new("tier", "must be 1, 2, 3 or 4"));
        }
        Ok(())
    }
}

/// The most periods running that an objective asks for, and the most that a figure is taken over.
const PERIODS_LIMIT: u32 = 60;
