use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

/// A service needs another.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Dependency {
    pub id: DependencyId,
    /// The one that needs.
    pub service: ServiceId,
    /// The one that is needed.
    pub depends_on: ServiceId,
    /// `consumes-api`, `provided-by`, …; empty for a plain dependency.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// `hard` (it fails too), `soft` (it degrades), or empty when nobody has said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub criticality: String,
    /// The source that brought it in (`csv`, `backstage`, …); none when made by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// First day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Entity for Dependency {
    type Id = DependencyId;
    const KIND: Kind = Kind::Dependency;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        visit(self.service.into());
        visit(self.depends_on.into());
    }

    fn check(&self) -> Result<(), FieldError> {
        check_short("kind", &self.kind)?;
        check_short("criticality", &self.criticality)?;
        check_span(self.date_range())
    }
}
