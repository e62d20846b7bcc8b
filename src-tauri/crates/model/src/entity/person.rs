use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

/// A person, from the first to the last day of employment.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    pub id: PersonId,
    /// The key by which people and other tools know it; never changes.
    pub key: String,
    pub name: String,
    /// Former and other names; imports resolve them to this entity.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub company: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// Referred to by a source and defined by none.
    #[serde(skip_serializing_if = "is_false")]
    pub unconfirmed: bool,
    /// Format it was imported from (`csv`, `backstage`, …); none if entered by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
    /// First day of employment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day of employment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Entity for Person {
    type Id = PersonId;
    const KIND: Kind = Kind::Person;

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

    fn references(&self, _visit: &mut dyn FnMut(EntityRef)) {}

    fn check(&self) -> Result<(), FieldError> {
        check_name("key", &self.key)?;
        check_name("name", &self.name)?;
        check_list("aliases", &self.aliases)?;
        check_short("title", &self.title)?;
        check_short("company", &self.company)?;
        check_short("email", &self.email)?;
        check_short("location", &self.location)?;
        check_span(self.date_range())
    }
}
