use chrono::NaiveDate;

use super::*;
use crate::same_word;

entity! {
    /// A team; may have a parent team.
    pub struct Team: TeamId {
        /// The key by which people and other tools know it; never changes.
        key: String, "ID", required();
        name: String, "name", required();
        /// Former and other names; imports resolve them to this entity.
        aliases: Vec<String>, "also known as";
        parent: Option<TeamId>, "parent team";
        /// `stream-aligned`, `platform`, `enabling`, `complicated-subsystem`, or whatever the organisation calls it.
        kind: String, "type";
        description: String, "description", long();
        /// The mission: what the team is there to achieve.
        outcome: String, "mission", long();
        /// The customers it serves.
        segment: String, "customers";
        /// Referred to by a source and defined by none.
        unconfirmed: bool, "unconfirmed";
        /// Format it was imported from (`csv`, `backstage`, …); none if entered by hand.
        source: Option<String>, "imported from";
        extra: Extra, "other source data";
        /// First day of the team.
        from: Option<NaiveDate>, "start date";
        /// Last day before it is dissolved.
        until: Option<NaiveDate>, "end date";
    }
}

impl Team {
    /// Whether it serves a segment: `Shippers; Carriers` names two.
    pub fn serves(&self, segment: &str) -> bool {
        same_word(&self.segment, segment) || self.segment.split([';', ',']).any(|one| same_word(one, segment))
    }
}

impl Entity for Team {
    fn above(&self) -> Option<EntityRef> {
        self.parent.map(EntityRef::from)
    }

    fn without(&self, removal: &dyn Removal) -> Option<Self> {
        let parent = self.above().and_then(|above| removal.remaining_above(above));
        Some(Self { parent: parent.map(|above| above.id.into()), ..self.clone() })
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
}
