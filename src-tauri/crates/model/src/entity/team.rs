use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

/// A team; may have a parent team.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Team {
    pub id: TeamId,
    /// The key by which people and other tools know it; never changes.
    pub key: String,
    pub name: String,
    /// Former and other names; imports resolve them to this entity.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<TeamId>,
    /// `stream-aligned`, `platform`, `enabling`, `complicated-subsystem`, or whatever the organisation calls it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The mission: what the team is there to achieve.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub outcome: String,
    /// The customers it serves.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub segment: String,
    /// Referred to by a source and defined by none.
    #[serde(skip_serializing_if = "is_false")]
    pub unconfirmed: bool,
    /// Format it was imported from (`csv`, `backstage`, …); none if entered by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
    /// First day of the team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day before it is dissolved.
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
