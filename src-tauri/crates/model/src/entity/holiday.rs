use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

/// A public holiday, everywhere or at one location.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Holiday {
    pub id: HolidayId,
    pub name: String,
    pub day: NaiveDate,
    /// Empty for everywhere.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// Format it was imported from; none if entered by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Entity for Holiday {
    type Id = HolidayId;
    const KIND: Kind = Kind::Holiday;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::ALWAYS
    }

    fn references(&self, _visit: &mut dyn FnMut(EntityRef)) {}

    fn check(&self) -> Result<(), FieldError> {
        check_short("name", &self.name)?;
        check_short("location", &self.location)
    }
}
