use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

/// A group with a purpose; may have a parent.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Team {
    pub id: TeamId,
    /// The id people and other tools use. Never changes.
    pub key: String,
    pub name: String,
    /// Former names and other names; an import resolves them to this entity.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<TeamId>,
    /// `stream-aligned`, `platform`, `enabling`, `complicated-subsystem`, or what the organisation calls it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What the team is there to bring about.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub outcome: String,
    /// The customers it serves.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub segment: String,
    /// Only mentioned by something else so far: a source refers to it and none defines it.
    #[serde(skip_serializing_if = "is_false")]
    pub unconfirmed: bool,
    /// The source that brought it in (`csv`, `backstage`, …); none when made by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
    /// First day of the team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day before it is disbanded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Entity for Team {
    type Id = TeamId;
    const KIND: Kind = Kind::Team;

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
        self.parent.into_iter().for_each(|team| visit(team.into()));
    }

    fn check(&self) -> Result<(), FieldError> {
        check_name("key", &self.key)?;
        check_name("name", &self.name)?;
        check_list("aliases", &self.aliases)?;
        check_short("kind", &self.kind)?;
        check_text("description", &self.description)?;
        check_text("outcome", &self.outcome)?;
        check_short("segment", &self.segment)?;
        check_span(self.date_range())
    }
}
