use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;
use crate::{decimal6::Decimal6, money::Money};

/// The budget of a team and its sub-teams for a period: an amount, a headcount limit, or both.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Budget {
    pub id: BudgetId,
    /// None for the whole organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// For the whole period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Headcount limit at any time, in FTE.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seats: Option<Decimal6>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Format it was imported from; none if entered by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// First day of the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day of the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Entity for Budget {
    type Id = BudgetId;
    const KIND: Kind = Kind::Budget;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        self.team.into_iter().for_each(|team| visit(team.into()));
    }

    fn check(&self) -> Result<(), FieldError> {
        for (field, day) in [("from", self.from), ("until", self.until)] {
            if day.is_none() {
                return Err(FieldError::new(
                    field,
                    "is missing: a budget needs a start date and an end date",
                ));
            }
        }
        if self.amount.is_some_and(|amount| amount.minor < 0) {
            return Err(FieldError::new("amount", "must not be negative"));
        }
        if self.seats.is_some_and(|seats| seats < Decimal6::ZERO) {
            return Err(FieldError::new("seats", "must not be negative"));
        }
        check_text("note", &self.note)?;
        check_span(self.date_range())
    }
}
