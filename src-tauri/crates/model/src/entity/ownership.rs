use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

/// Roles with a meaning in Headroom; a plan may have others.
pub mod role {
    pub const OWNER: &str = "owner";
    pub const BACKUP: &str = "backup";
}

/// Who owns something: `{"team": 3}` or `{"person": 7}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    Team(TeamId),
    Person(PersonId),
}

impl Default for Owner {
    fn default() -> Self {
        Owner::Team(TeamId::default())
    }
}

impl From<Owner> for EntityRef {
    fn from(owner: Owner) -> Self {
        match owner {
            Owner::Team(team) => team.into(),
            Owner::Person(person) => person.into(),
        }
    }
}

/// A team or person has a role for a service.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Ownership {
    pub id: OwnershipId,
    pub service: ServiceId,
    pub owner: Owner,
    /// [`role::OWNER`] is accountable; [`role::BACKUP`] steps in.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// The date on which someone last confirmed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<NaiveDate>,
    /// What the source calls the owner, if that is a former name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<String>,
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

impl Entity for Ownership {
    type Id = OwnershipId;
    const KIND: Kind = Kind::Ownership;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        visit(self.service.into());
        visit(self.owner.into());
    }

    fn check(&self) -> Result<(), FieldError> {
        check_name("role", &self.role)?;
        check_span(self.date_range())
    }
}

impl Ownership {
    pub fn is_accountable(&self) -> bool {
        self.role == role::OWNER
    }
}
