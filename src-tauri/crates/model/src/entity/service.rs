use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;
use crate::slo::Slo;

/// A link: runbook, dashboard, repository.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Link {
    pub url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Other attributes from the source (`icon`, `type`), by name.
    #[serde(skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

/// Anything that a team runs and owns: service, component, library, API, resource, subproject.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Service {
    pub id: ServiceId,
    /// The key by which people and other tools know it; never changes.
    pub key: String,
    pub name: String,
    /// Former and other names; imports resolve them to this entity.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// `service`, `library`, `api`, `resource`, or whatever the organisation calls it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// `experimental`, `production`, `deprecated`, or whatever the organisation calls it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lifecycle: String,
    /// How critical it is: 1 (most) to 4; none if unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<GroupingId>,
    /// Only if it is set for the service itself; otherwise the domain of its system applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<GroupingId>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// SLO: the availability target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objective: Option<Slo>,
    /// Confirmed to have neither dependencies nor dependents.
    #[serde(skip_serializing_if = "is_false")]
    pub standalone: bool,
    /// Referred to by a source and defined by none.
    #[serde(skip_serializing_if = "is_false")]
    pub unconfirmed: bool,
    /// Format it was imported from (`csv`, `backstage`, …); none if entered by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
    /// First day in service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day in service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Entity for Service {
    type Id = ServiceId;
    const KIND: Kind = Kind::Service;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn called(&self) -> Option<&str> {
        Some(&self.name)
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }

    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        self.system.into_iter().chain(self.domain).for_each(|grouping| visit(grouping.into()));
    }

    fn check(&self) -> Result<(), FieldError> {
        check_name("key", &self.key)?;
        check_name("name", &self.name)?;
        check_list("aliases", &self.aliases)?;
        check_short("kind", &self.kind)?;
        check_short("lifecycle", &self.lifecycle)?;
        if self.tier.is_some_and(|tier| !(1..=4).contains(&tier)) {
            return Err(FieldError::new("tier", "must be 1, 2, 3 or 4"));
        }
        check_text("description", &self.description)?;
        check_text("url", &self.url)?;
        check_list("tags", &self.tags)?;
        check_span(self.date_range())
    }
}
