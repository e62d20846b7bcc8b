//! Metrics: what was believed of their figures on a day, the value of a period made from them, and series of values.
//!
//! | step | module |
//! | --- | --- |
//! | days to periods | `period` |
//! | whose figures | `scope` |
//! | what a metric is made of | `parts` |
//! | what was believed on a day | `figures` |
//! | the value of a period, put together as the kind of the metric or its formula allows | `measured_metric` |
//! | all values of a metric | `series` |
//! | values in words | `words` |
//!
//! Nothing of it is stored: all of it follows from the plan and the day. A missing figure is neither zero nor the
//! figure of another scope.

mod figures;
mod measured_metric;
mod parts;
mod period;
mod scope;
mod series;
#[cfg(test)]
mod tests;
mod words;

pub use figures::{ExactValue, Figures, MissingReason, exact};
pub(crate) use measured_metric::MeasuredMetric;
pub use parts::{MeasuredParts, MetricParts};
pub use period::Period;
pub use scope::SeriesScope;
pub use series::{MetricSeries, SeriesPeriod, metric_series, series_of_metric};
pub use words::{approximate, period_name, reason_words, value_words};
