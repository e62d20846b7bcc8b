//! Cost shares: for whom a service is there, by which its cost goes on to segments, channels, markets and products.

use chrono::NaiveDate;

use super::*;
use crate::decimal6::Decimal6;

entity! {
    /// Of what a service costs, so much is for a segment, a channel, a market or a product.
    pub struct CostShare: CostShareId {
        service: ServiceId, "service", identity();
        segment: String, "segment", identity();
        channel: String, "channel", identity();
        market: String, "market", identity();
        product: String, "product", identity();
        /// In proportion to the other shares of the service.
        weight: Decimal6 = Decimal6::from_millionths(1_000_000), "weight";
        /// Format it was imported from; none if entered by hand.
        source: Option<String>, "imported from";
        /// First day.
        from: Option<NaiveDate>, "start date";
        /// Last day.
        until: Option<NaiveDate>, "end date";
    }
}

impl Entity for CostShare {
    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn compare(&self, other: &Self, places: &dyn Places) -> Ordering {
        compare_by!(self, other, row => (places.of(row.service), &row.segment, &row.channel, &row.market, &row.product, row.from, row.until, row.weight, &row.source))
    }

    fn display_name(&self, names: &dyn Names) -> String {
        let whom = [&self.product, &self.segment, &self.channel, &self.market];
        let whom: Vec<&str> = whom.into_iter().map(String::as_str).filter(|whom| !whom.is_empty()).collect();
        format!("share of {} for {}", names.name(self.service.into()), whom.join(", "))
    }

    fn check_together(&self) -> Result<(), FieldError> {
        if [&self.segment, &self.channel, &self.market, &self.product].iter().all(|whom| whom.is_empty()) {
            return Err(FieldError::new(
                "segment",
                "is missing: a share is for a segment, channel, market or product",
            ));
        }
        if self.weight <= Decimal6::ZERO {
            return Err(FieldError::new("weight", "must be greater than zero"));
        }
        Ok(())
    }
}
