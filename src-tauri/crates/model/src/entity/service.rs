use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;
use crate::slo::Slo;

/// A link that people follow: runbook, dashboard, repository.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Link {
    pub url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The other attributes a source gave (`icon`, `type`), by name.
    #[serde(skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

/// Something that must be owned: service, component, library, API, resource, subproject.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Service {
    pub id: ServiceId,
    /// The id people and other tools use. Never changes.
    pub key: String,
    pub name: String,
    /// Former names and other names; an import resolves them to this entity.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// `service`, `library`, `api`, `resource`, or what the organisation calls it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// `experimental`, `production`, `deprecated`, or what the organisation calls it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lifecycle: String,
    /// How bad it is when it fails: 1 (worst) to 4; none when nobody has said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<GroupingId>,
    /// Only when it is said of the service itself; else the domain of its system counts.
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
    /// The share of time in which it is promised to work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objective: Option<Slo>,
    /// It needs nothing and nothing needs it, and somebody has said that this is right.
    #[serde(skip_serializing_if = "is_false")]
    pub standalone: bool,
    /// Only mentioned by something else so far: a source refers to it and none defines it.
    #[serde(skip_serializing_if = "is_false")]
    pub unconfirmed: bool,
    /// The source that brought it in (`csv`, `backstage`, …); none when made by hand.
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
