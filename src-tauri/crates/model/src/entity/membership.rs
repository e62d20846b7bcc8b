use chrono::NaiveDate;

use super::*;

entity! {
    /// A person on a team. Several roles on one team are several memberships; the person is counted once.
    pub struct Membership: MembershipId {
        person: PersonId, "person";
        team: TeamId, "team";
        /// `lead`, `member`, …; empty when the source records none.
        role: String, "role";
        /// Share of working time, in percent; none if unknown.
        share: Option<u8>, "share";
        /// Format it was imported from (`csv`, `backstage`, …); none if entered by hand.
        source: Option<String>, "imported from";
        /// First day.
        from: Option<NaiveDate>, "start date";
        /// Last day.
        until: Option<NaiveDate>, "end date";
    }
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
    fn compare(&self, other: &Self, places: &dyn Places) -> Ordering {
        compare_by!(self, other, row => (places.of(row.person), places.of(row.team), row.from, row.until, &row.role, row.share, &row.source))
    }

    fn display_name(&self, names: &dyn Names) -> String {
        format!("{} on {}", names.name(self.person.into()), names.name(self.team.into()))
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn check_together(&self) -> Result<(), FieldError> {
        if self.share.is_some_and(|share| share > 100) {
            return Err(FieldError::new("share", "must be between 0 and 100 percent"));
        }
        Ok(())
    }
}
