use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;
use crate::money::Money;

/// A person in a position, for a date range.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Assignment {
    pub id: AssignmentId,
    pub position: PositionId,
    pub person: PersonId,
    /// Annual full-time salary of this person, where it differs from that of the position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay: Option<Money>,
    /// Format it was imported from; none if entered by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// First day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Entity for Assignment {
    type Id = AssignmentId;
    const KIND: Kind = Kind::Assignment;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        visit(self.position.into());
        visit(self.person.into());
    }

    fn check(&self) -> Result<(), FieldError> {
        if self.pay.is_some_and(|pay| pay.minor < 0) {
            return Err(FieldError::new("pay", "must not be negative"));
        }
        check_span(self.date_range())
    }
}
