use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;
use crate::{assumption_value::AssumptionValue, money::Money};

/// A figure that a plan reckons with, for whom it holds, and from when: employer taxes are 6.2 % in the US, an engineer
/// of level L4 takes five months to full output. Where several fit, the most specific counts: person, position, level,
/// discipline, location, team, organisation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Assumption {
    pub id: AssumptionId,
    /// What it is: one of [`KINDS`](crate::assumption_kind::KINDS), such as `employer-tax`.
    pub kind: String,
    /// Tells several of one kind apart that come on top of each other: `Social Security`, `Medicare`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    pub value: AssumptionValue,
    /// For a rate: the pay up to which it is taken, a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<PositionId>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub level: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub discipline: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// A team and all below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// Where the figure comes from: an address, or words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub origin: String,
    /// The source that brought it in; none when made by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// First day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Entity for Assumption {
    type Id = AssumptionId;
    const KIND: Kind = Kind::Assumption;

    fn id(&self) -> Self::Id {
        self.id
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        self.person.into_iter().for_each(|person| visit(person.into()));
        self.position.into_iter().for_each(|position| visit(position.into()));
        self.team.into_iter().for_each(|team| visit(team.into()));
    }

    fn check(&self) -> Result<(), FieldError> {
        check_name("kind", &self.kind)?;
        for (field, text) in [
            ("label", &self.label),
            ("level", &self.level),
            ("discipline", &self.discipline),
            ("location", &self.location),
        ] {
            check_short(field, text)?;
        }
        check_text("origin", &self.origin)?;
        check_span(self.date_range())?;
        crate::assumption_kind::check(self)
    }
}
