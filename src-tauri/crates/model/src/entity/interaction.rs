use chrono::NaiveDate;

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

entity! {
    /// A team interaction: how two teams work together.
    pub struct Interaction: InteractionId {
        /// The team that provides or facilitates; otherwise simply the first.
        team: TeamId, "team";
        /// The team that consumes or is helped; otherwise simply the other.
        with: TeamId, "with team";
        /// One of [`mode::ALL`], or what the organisation calls it.
        mode: String, "mode", required();
        /// Its purpose.
        purpose: String, "purpose", long();
        /// Planned end. It continues until its last day all the same.
        expected_end: Option<NaiveDate>, "planned end";
        /// Format it was imported from (`csv`, …); none if entered by hand.
        source: Option<String>, "imported from";
        /// First day.
        from: Option<NaiveDate>, "start date";
        /// Last day.
        until: Option<NaiveDate>, "end date";
    }
}

impl Entity for Interaction {
    fn compare(&self, other: &Self, places: &dyn Places) -> Ordering {
        compare_by!(self, other, row => (places.of(row.team), places.of(row.with), &row.mode, row.from, row.until, row.expected_end, &row.purpose, &row.source))
    }

    fn display_name(&self, names: &dyn Names) -> String {
        let (team, with) = (names.name(self.team.into()), names.name(self.with.into()));
        format!("{} between {team} and {with}", self.mode)
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn check_together(&self) -> Result<(), FieldError> {
        if self.team == self.with {
            return Err(FieldError::new("with", "must be a different team"));
        }
        Ok(())
    }
}

impl Interaction {
    /// Whether it is between these two teams, in either order.
    pub fn is_between(&self, a: TeamId, b: TeamId) -> bool {
        (self.team, self.with) == (a, b) || (self.team, self.with) == (b, a)
    }
}
