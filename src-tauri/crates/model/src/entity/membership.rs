use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

/// A person on a team. Several roles on one team are several memberships; the person is counted once.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Membership {
    pub id: MembershipId,
    pub person: PersonId,
    pub team: TeamId,
    /// `lead`, `member`, …; empty when the source records none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// Share of working time, in percent; none if unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<u8>,
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

/// Roles that make someone the lead of a team.
const LEAD_ROLES: [&str; 4] = ["lead", "chair", "tech_lead", "maintainer"];

/// Whether a role on a team is a lead. A membership may name several roles, separated by `;`, `,`, `/` or `|`.
pub fn is_lead(role: &str) -> bool {
    role.split([';', ',', '/', '|'])
        .map(|role| role.trim().to_lowercase().replace([' ', '-'], "_"))
        .any(|role| LEAD_ROLES.contains(&role.as_str()))
}

impl Entity for Membership {
    type Id = MembershipId;
    const KIND: Kind = Kind::Membership;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        visit(self.person.into());
        visit(self.team.into());
    }

    fn check(&self) -> Result<(), FieldError> {
        check_short("role", &self.role)?;
        if self.share.is_some_and(|share| share > 100) {
            return Err(FieldError::new("share", "must be between 0 and 100 percent"));
        }
        check_span(self.date_range())
    }
}
