use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

/// A day on which nobody works, everywhere or at one location.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Holiday {
    pub id: HolidayId,
    pub name: String,
    pub day: NaiveDate,
    /// Empty: everywhere.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// The source that brought it in; none when made by hand.
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
