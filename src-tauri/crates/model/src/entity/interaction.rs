use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

/// How two teams work together (M. Skelton, M. Pais: Team Topologies). A plan may hold other modes.
pub mod mode {
    /// The two work closely together, for a time.
    pub const COLLABORATION: &str = "collaboration";
    /// One provides, the other consumes, with little need to talk.
    pub const AS_A_SERVICE: &str = "x-as-a-service";
    /// One helps the other to learn or to get rid of an obstacle, for a time.
    pub const FACILITATING: &str = "facilitating";

    pub const ALL: [&str; 3] = [COLLABORATION, AS_A_SERVICE, FACILITATING];
}

/// Two teams have said how they work together.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Interaction {
    pub id: InteractionId,
    /// The one that provides, facilitates, or just the first named.
    pub team: TeamId,
    /// The one that consumes, is helped, or just the other.
    pub with: TeamId,
    /// One of [`mode::ALL`], or what the organisation calls it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mode: String,
    /// What it is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub purpose: String,
    /// The day by which it was to be over. It goes on until its last day all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_end: Option<NaiveDate>,
    /// The source that brought it in (`csv`, …); none when made by hand.
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
    /// Whether it is between these two, whichever of them is named first.
    pub fn is_between(&self, a: TeamId, b: TeamId) -> bool {
        (self.team, self.with) == (a, b) || (self.team, self.with) == (b, a)
    }
}
