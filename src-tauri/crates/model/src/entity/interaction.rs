use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

/// Interaction modes of Team Topologies (M. Skelton, M. Pais). A plan may have others.
pub mod mode {
    /// Two teams work closely together, for a limited time.
    pub const COLLABORATION: &str = "collaboration";
    /// One team provides, the other consumes, with little need to talk.
    pub const AS_A_SERVICE: &str = "x-as-a-service";
    /// One team helps the other to learn or to remove an obstacle, for a limited time.
    pub const FACILITATING: &str = "facilitating";

    pub const ALL: [&str; 3] = [COLLABORATION, AS_A_SERVICE, FACILITATING];
}

/// A team interaction: how two teams work together.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Interaction {
    pub id: InteractionId,
    /// The team that provides or facilitates; otherwise simply the first.
    pub team: TeamId,
    /// The team that consumes or is helped; otherwise simply the other.
    pub with: TeamId,
    /// One of [`mode::ALL`], or what the organisation calls it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mode: String,
    /// Its purpose.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub purpose: String,
    /// Planned end. It continues until its last day all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_end: Option<NaiveDate>,
    /// Format it was imported from (`csv`, …); none if entered by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// First day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Entity for Interaction {
    type Id = InteractionId;
    const KIND: Kind = Kind::Interaction;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        visit(self.team.into());
        visit(self.with.into());
    }

    fn check(&self) -> Result<(), FieldError> {
        if self.team == self.with {
            return Err(FieldError::new("with", "must be a different team"));
        }
        check_name("mode", &self.mode)?;
        check_text("purpose", &self.purpose)?;
        check_span(self.date_range())
    }
}

impl Interaction {
    /// Whether it is between these two teams, in either order.
    pub fn is_between(&self, a: TeamId, b: TeamId) -> bool {
        (self.team, self.with) == (a, b) || (self.team, self.with) == (b, a)
    }
}
