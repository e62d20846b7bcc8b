use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;
use crate::{decimal6::Decimal6, money::Money};

/// A position of a baseline, as it was on the approval date. It refers by keys, so that it survives the position.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ApprovedPosition {
    /// Key of the position.
    pub position: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Key of its team.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub team: String,
    /// First paid day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last paid day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    pub fte: Decimal6,
    /// Annual cost, fully loaded, in the plan's currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annual_cost: Option<Money>,
    /// Whether someone was in it.
    #[serde(skip_serializing_if = "crate::field::FieldData::is_empty")]
    pub filled: bool,
}

json_value!(Vec<ApprovedPosition>, "[]", is_empty: Vec::is_empty, FieldType::Structure, MergeRule::Single,
    // Every position with its cost would be too long to read.
    |positions, _| crate::wording::count_of(positions.len(), "position"));

entity! {
    /// A baseline: the positions approved on a date, with their dates and cost.
    pub struct Approval: ApprovalId {
        /// `Budget 2027`.
        name: String, "name", required();
        on: NaiveDate, "date";
        /// Who approved it.
        by: String, "approved by";
        note: String, "note", long();
        /// In words they are counted, so that no cost is told.
        seats: Vec<ApprovedPosition>, "positions";
    }
}

impl Entity for Approval {
    fn compare(&self, other: &Self, _places: &dyn Places) -> Ordering {
        let seats = |row: &Self| {
            let seat = |seat: &ApprovedPosition| {
                (seat.position.clone(), seat.from, seat.annual_cost.map(Money::in_order))
            };
            row.seats.iter().map(seat).collect::<Vec<_>>()
        };
        compare_by!(self, other, row => (row.on, &row.name, &row.by, &row.note, seats(row)))
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(Some(self.on), None)
    }

    fn check_together(&self) -> Result<(), FieldError> {
        for seat in &self.seats {
            if seat.fte < Decimal6::ZERO || seat.annual_cost.is_some_and(|cost| cost.minor < 0) {
                let message = format!("{}: must not be negative", seat.position);
                return Err(FieldError::new("seats", message));
            }
            check_span(DateRange::new(seat.from, seat.until))
                .map_err(|error| FieldError::new("seats", format!("{}: {}", seat.position, error.message)))?;
        }
        Ok(())
    }
}
