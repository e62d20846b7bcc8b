use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupingKind {
    #[default]
    System,
    Domain,
}

impl GroupingKind {
    pub fn noun(self) -> &'static str {
        match self {
            GroupingKind::System => "system",
            GroupingKind::Domain => "domain",
        }
    }
}

/// A system (services that belong together) or a domain (a group of systems and services).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Grouping {
    pub id: GroupingId,
    pub kind: GroupingKind,
    /// The key by which people and other tools know it; never changes.
    pub key: String,
    pub name: String,
    /// Former and other names; imports resolve them to this entity.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// A domain: of a system, or of a domain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<GroupingId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Referred to by a source and defined by none.
    #[serde(skip_serializing_if = "is_false")]
    pub unconfirmed: bool,
    /// Format it was imported from (`csv`, `backstage`, …); none if entered by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
    /// First day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Entity for Grouping {
    type Id = GroupingId;
    const KIND: Kind = Kind::Grouping;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }

    fn key_space(&self) -> &'static str {
        self.kind.noun()
    }

    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        self.parent.into_iter().for_each(|grouping| visit(grouping.into()));
        self.owner.into_iter().for_each(|owner| visit(owner.into()));
    }

    fn check(&self) -> Result<(), FieldError> {
        check_name("key", &self.key)?;
        check_name("name", &self.name)?;
        check_list("aliases", &self.aliases)?;
        check_text("description", &self.description)?;
        check_list("tags", &self.tags)?;
        check_span(self.date_range())
    }
}
