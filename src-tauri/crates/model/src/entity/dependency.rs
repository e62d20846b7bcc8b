use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

/// A service depends on another.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Dependency {
    pub id: DependencyId,
    /// The dependent.
    pub service: ServiceId,
    /// What it depends on.
    pub depends_on: ServiceId,
    /// `consumes-api`, `provided-by`, …; empty for a plain dependency.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// `hard` (fails with it), `soft` (works without it), or empty if unknown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub criticality: String,
    /// Format it was imported from (`csv`, `backstage`, …); none if entered by hand.
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
