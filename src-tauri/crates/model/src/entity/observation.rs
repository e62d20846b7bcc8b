//! Observations: figures of a metric, with the days on which they were believed.

use chrono::NaiveDate;

use super::*;
use crate::{metric_value::MetricValue, shared_text::SharedText};

entity! {
    /// A figure of a metric for a span of days. A restatement ends one observation and begins another, so that any day
    /// shows what was believed on it.
    pub struct Observation: ObservationId {
        metric: MetricId, "metric", identity();
        /// First day of what it measures.
        first: NaiveDate, "first day measured", identity();
        /// Last day of what it measures.
        last: NaiveDate, "last day measured", identity();
        /// Two figures for the same days are two: nobody chooses between them silently.
        value: MetricValue, "value", identity();
        /// What it is about: any of these, or none for the organisation.
        service: Option<ServiceId>, "service", identity();
        team: Option<TeamId>, "team", identity();
        segment: SharedText, "segment", identity();
        channel: SharedText, "channel", identity();
        market: SharedText, "market", identity();
        /// Where the figure is from: an address, a file with its cell, or words.
        origin: SharedText, "source", long();
        /// Format it was imported from; none if entered by hand.
        source: Option<SharedText>, "imported from";
        /// First day on which it is known; none: the day on which it is due.
        from: Option<NaiveDate>, "known from";
        /// Last day on which it is believed; none: it still is.
        until: Option<NaiveDate>, "believed until";
    }
}

impl Entity for Observation {
    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn compare(&self, other: &Self, places: &dyn Places) -> Ordering {
        let scope = |row: &Self| {
            (
                row.service.map(|service| places.of(service)),
                row.team.map(|team| places.of(team)),
                row.segment.clone(),
                row.channel.clone(),
                row.market.clone(),
            )
        };
        let metrics = places.of(self.metric).cmp(&places.of(other.metric));
        metrics
            .then_with(|| scope(self).cmp(&scope(other)))
            .then_with(|| compare_by!(self, other, row => (row.first, row.last, row.from, row.until)))
            .then_with(|| self.value.to_string().cmp(&other.value.to_string()))
            .then_with(|| compare_by!(self, other, row => (&row.origin, &row.source)))
    }

    fn display_name(&self, names: &dyn Names) -> String {
        format!("{} of {}", names.name(self.metric.into()), crate::wording::date(self.first))
    }

    fn check_together(&self) -> Result<(), FieldError> {
        if self.last < self.first {
            return Err(FieldError::new("last", "is before the first day measured"));
        }
        Ok(())
    }
}
