use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

/// Somebody employed from a day, perhaps until a day.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    pub id: PersonId,
    /// The id people and other tools use. Never changes.
    pub key: String,
    pub name: String,
    /// Former names and other names; an import resolves them to this entity.
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
    /// Only mentioned by something else so far: a source refers to it and none defines it.
    #[serde(skip_serializing_if = "is_false")]
    pub unconfirmed: bool,
    /// The source that brought it in (`csv`, `backstage`, …); none when made by hand.
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
