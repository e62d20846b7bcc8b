use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupingKind {
    #[default]
    System,
    Domain,
}

impl GroupingKind {
    pub const ALL: [GroupingKind; 2] = [GroupingKind::System, GroupingKind::Domain];

    pub const fn noun(self) -> &'static str {
        match self {
            GroupingKind::System => "system",
            GroupingKind::Domain => "domain",
        }
    }

    const fn word(self) -> &'static str {
        self.noun()
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.noun() == word)
    }
}

word_value!(GroupingKind, |kind| kind.noun().to_owned());

entity! {
    /// A system (services that belong together) or a domain (a group of systems and services).
    pub struct Grouping: GroupingId {
        kind: GroupingKind, "type";
        /// The key by which people and other tools know it; never changes.
        key: String, "ID", required();
        name: String, "name", required();
        /// Former and other names; imports resolve them to this entity.
        aliases: Vec<String>, "also known as";
        /// A domain: of a system, or of a domain.
        parent: Option<GroupingId>, "parent";
        owner: Option<Owner>, "owner", columns(&["team", "person"]);
        description: String, "description", long();
        tags: Vec<String>, "tags";
        links: Vec<Link>, "links";
        /// Referred to by a source and defined by none.
        unconfirmed: bool, "unconfirmed";
        /// Format it was imported from (`csv`, `backstage`, …); none if entered by hand.
        source: Option<String>, "imported from";
        extra: Extra, "other source data";
        /// First day.
        from: Option<NaiveDate>, "start date";
        /// Last day.
        until: Option<NaiveDate>, "end date";
    }
}

impl Entity for Grouping {
    fn compare(&self, other: &Self, _places: &dyn Places) -> Ordering {
        compare_by!(self, other, row => (row.kind, &row.name, &row.key))
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }

    fn key_space(&self) -> &'static str {
        self.kind.noun()
    }
}
