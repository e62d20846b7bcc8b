use chrono::NaiveDate;

use super::*;
use crate::{assumption_value::AssumptionValue, money::Money};

entity! {
    /// An assumption: a figure to calculate with, for whom and from when. Employer taxes are 6.2 % in the US; an engineer
    /// of level L4 takes five months to full output. Where several match, the most specific applies: person, position,
    /// level, discipline, location, team, organisation.
    pub struct Assumption: AssumptionId {
        /// Its type: an ID of [`KINDS`](crate::assumption_kind::KINDS), such as `employer-tax`.
        kind: String, "type", required(), identity(), in_words(|row, _| crate::assumption_kind::title(&row.kind).to_owned());
        /// Distinguishes several of one type that are added up: `Social Security`, `Medicare`.
        label: String, "label", identity();
        value: AssumptionValue, "value", pay_in(Assumption::is_pay);
        /// For a rate: the annual pay up to which it applies.
        cap: Option<Money>, "annual cap", columns(&["cap", "currency"]);
        person: Option<PersonId>, "person", identity();
        position: Option<PositionId>, "position", identity();
        level: String, "level", identity();
        discipline: String, "discipline", identity();
        location: String, "location", identity();
        /// A team with its sub-teams.
        team: Option<TeamId>, "team", identity();
        /// Source of the figure: an address, or words.
        origin: String, "source", long();
        /// Format it was imported from; none if entered by hand.
        source: Option<String>, "imported from";
        /// First day.
        from: Option<NaiveDate>, "start date";
        /// Last day.
        until: Option<NaiveDate>, "end date";
    }
}

impl Entity for Assumption {
    fn compare(&self, other: &Self, places: &dyn Places) -> Ordering {
        compare_by!(self, other, row => (
            (&row.kind, row.from, row.until, &row.label),
            (row.person.map(|person| places.of(person)), row.position.map(|position| places.of(position))),
            (&row.level, &row.discipline, &row.location, row.team.map(|team| places.of(team))),
            (row.value.to_string(), row.cap.map(Money::in_order), &row.origin, &row.source),
        ))
    }

    fn without(&self, _removal: &dyn Removal) -> Option<Self> {
        // One about someone who no longer exists would hold for everyone.
        None
    }

    fn display_name(&self, names: &dyn Names) -> String {
        // Without the value: names are shown where salaries must not be.
        let said = [&self.level, &self.discipline, &self.location];
        let one = self.person.map(EntityRef::from).or_else(|| self.position.map(EntityRef::from));
        let whom = one.map(|one| names.name(one));
        let whom = whom
            .or_else(|| said.into_iter().find(|text| !text.is_empty()).cloned())
            .or_else(|| self.team.map(|team| names.name(team.into())));
        let label = if self.label.is_empty() { String::new() } else { format!(" ({})", self.label) };
        let whom = whom.map(|whom| format!(" for {whom}")).unwrap_or_default();
        format!("{}{label}{whom}", crate::assumption_kind::title(&self.kind))
    }

    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn check_together(&self) -> Result<(), FieldError> {
        crate::assumption_kind::check(self)
    }
}

impl Assumption {
    /// Whether its value is what one person is paid: an amount for one person or position, or any amount of base or
    /// variable pay, since a level may have one person.
    pub fn is_pay(&self) -> bool {
        let is_of_one = self.person.is_some() || self.position.is_some();
        matches!(self.value, AssumptionValue::Amount(_))
            && (is_of_one || matches!(&*self.kind, "base" | "variable"))
    }
}
