//! Metrics: what was believed of their figures on a day, the value of a period made from them, and series of values.
//!
//! | step | module |
//! | --- | --- |
//! | days to periods | `period` |
//! | whose figures | `scope` |
//! | what a metric is made of | `parts` |
//! | what was believed on a day | `figure_index`, `figures` |
//! | what the plan says itself | `of_plan` |
//! | periods whose value is the same on every day | `settled` |
//! | the value of a period, put together as the kind of the metric or its formula allows | `measured_metric` |
//! | all values of a metric | `series` |
//! | which metric of a plan is a known one | `metric_known_as` |
//! | segments, markets or channels side by side | `metrics_by_scope` |
//! | what MRR moved by, and what its movements do not explain | `mrr_movements` |
//! | who joined whom the figures are of | `scope_hires` |
//! | values in words | `words` |
//!
//! Nothing of it is stored: all of it follows from the plan and the day. A missing figure is neither zero nor the
//! figure of another scope.

#[cfg(test)]
mod by_scope_tests;
mod figure_index;
mod figures;
mod measured_metric;
mod metric_known_as;
mod metrics_by_scope;
mod mrr_movements;
mod of_plan;
mod parts;
mod period;
mod scope;
mod scope_hires;
mod series;
mod settled;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use figure_index::{Figure, FigureIndex, Series};
pub(crate) use figures::ExchangeRates;
pub use figures::{ExactValue, Figures, MissingReason, exact};
pub(crate) use measured_metric::MeasuredMetric;
pub use metric_known_as::metric_known_as;
pub use metrics_by_scope::{MetricsByScope, NoFigure, ScopeDimension, ScopeFigure, UnitMetric};
pub use mrr_movements::{MrrMovement, MrrMovements};
pub(crate) use of_plan::people_cost_by_team;
pub use parts::{MeasuredParts, MetricParts};
pub use period::Period;
pub(crate) use period::three_months;
pub use scope::SeriesScope;
pub use scope_hires::ScopeHires;
pub use series::{MetricSeries, SeriesPeriod, metric_series, series_of_metric};
pub use words::{approximate, period_name, reason_words, value_words};
