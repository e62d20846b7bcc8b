//! Forecast: on which days gaps open and close, calculated from the dates in the plan.
//!
//! A *gap* is a range of days on which a service has too few responders, an owner or a dependency is missing, or a
//! team cannot do what it owns ([`GapKind`]). Between two neighbouring dates nothing changes, so each service and
//! each team is evaluated only on the days on which something that it depends on begins or ends (`window`). The
//! result is the same as evaluating every day; `tests/all/forecast.rs` compares the two on random plans.
//!
//! Planned hires ([`Hire`]) count from the day on which they are productive, if they are passed in
//! [`ForecastParams`]; [`crate::coverage`] makes them. Severity is that of [`crate::SeverityScale`], so that a gap in the
//! forecast and the finding about it agree.
//!
//! What happens when somebody leaves is [`crate::what_if`]; what depends on a person today is [`crate::reliance`].
//! Tests: `tests/all/{forecast,relations}.rs`.

mod calculate;
mod difference;
mod params;
mod service;
mod stretch;
mod team;
mod window;

pub use crate::gap::{Gap, GapKey, GapKind};
pub use calculate::forecast;
pub(crate) use calculate::{forecast_of, openings};
pub use difference::{Added, added};
pub use params::{ForecastParams, Hire};
