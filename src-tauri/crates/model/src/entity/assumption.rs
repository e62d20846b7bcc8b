use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;
use crate::{assumption_value::AssumptionValue, money::Money};

/// An assumption: a figure to calculate with, for whom and from when. Employer taxes are 6.2 % in the US; an engineer
/// of level L4 takes five months to full output. Where several match, the most specific applies: person, position,
/// level, discipline, location, team, organisation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Assumption {
    pub id: AssumptionId,
    /// Its type: an ID of [`KINDS`](crate::assumption_kind::KINDS), such as `employer-tax`.
    pub kind: String,
    /// Distinguishes several of one type that are added up: `Social Security`, `Medicare`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    pub value: AssumptionValue,
    /// For a rate: the annual pay up to which it applies.
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
    /// A team with its sub-teams.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// Source of the figure: an address, or words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub origin: String,
    /// Format it was imported from; none if entered by hand.
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
