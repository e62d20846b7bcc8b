use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;
use crate::slo::Slo;

/// A link: runbook, dashboard, repository.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Link {
    pub url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Other attributes from the source (`icon`, `type`), by name.
    #[serde(skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

json_value!(Vec<Link>, "[]", is_empty: Vec::is_empty, FieldType::Structure, MergeRule::Set,
|links, _| {
    let words = links.iter().map(|link| match link.title.as_str() {
        "" => link.url.clone(),
        title => format!("{title} ({})", link.url),
    });
    words.collect::<Vec<_>>().join(", ")
});

entity! {
    /// Anything that a team runs and owns: service, component, library, API, resource, subproject.
    pub struct Service: ServiceId {
        /// The key by which people and other tools know it; never changes.
        key: String, "ID", required();
        name: String, "name", required();
        /// Former and other names; imports resolve them to this entity.
        aliases: Vec<String>, "also known as";
        /// `service`, `library`, `api`, `resource`, or whatever the organisation calls it.
        kind: String, "type";
        /// `experimental`, `production`, `deprecated`, or whatever the organisation calls it.
        lifecycle: String, "lifecycle";
        /// How critical it is: 1 (most) to 4; none if unknown.
        tier: Option<u8>, "tier";
        system: Option<GroupingId>, "system";
        /// Only if it is set for the service itself; otherwise the domain of its system applies.
        domain: Option<GroupingId>, "domain";
        description: String, "description", long();
        url: String, "URL", long();
        tags: Vec<String>, "tags";
        links: Vec<Link>, "links";
        /// SLO: the availability target.
        objective: Option<Slo>, "SLO";
        /// Confirmed to have neither dependencies nor dependents.
        standalone: bool, "standalone";
        /// Referred to by a source and defined by none.
        unconfirmed: bool, "unconfirmed";
        /// Format it was imported from (`csv`, `backstage`, …); none if entered by hand.
        source: Option<String>, "imported from";
        extra: Extra, "other source data";
        /// First day in service.
        from: Option<NaiveDate>, "start date";
        /// Last day in service.
        until: Option<NaiveDate>, "end date";
    }
}

impl Entity for Service {
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

    fn check_together(&self) -> Result<(), FieldError> {
        if self.tier.is_some_and(|tier| !(1..=4).contains(&tier)) {
            return Err(FieldError::new("tier", "must be 1, 2, 3 or 4"));
        }
        Ok(())
    }
}
