//! Cost rules: whose a cost is, by label, account or namespace.

use chrono::NaiveDate;

use super::*;

/// What a rule can look at besides a label.
pub const COST_RULE_FIELDS: [&str; 3] = ["account", "namespace", "provider"];

entity! {
    /// Costs with a value of a label are those of a team or a service. Bills that were imported before follow as well.
    pub struct CostRule: CostRuleId {
        /// The key of a label, or `account`, `namespace` or `provider`.
        label: String, "label", required(), identity();
        /// The value, or a pattern with `*`.
        value: String, "value", required(), identity();
        team: Option<TeamId>, "team";
        service: Option<ServiceId>, "service";
        note: String, "note", long();
        /// Format it was imported from; none if entered by hand.
        source: Option<String>, "imported from";
        /// First day.
        from: Option<NaiveDate>, "start date";
        /// Last day.
        until: Option<NaiveDate>, "end date";
    }
}

impl CostRule {
    /// Whether it speaks of this value, whatever its case. Each `*` stands for any characters.
    pub fn matches(&self, value: &str) -> bool {
        let (pattern, value) = (self.value.trim().to_lowercase(), value.trim().to_lowercase());
        let mut parts = pattern.split('*');
        let Some(mut rest) = value.strip_prefix(parts.next().unwrap_or_default()) else { return false };
        let mut parts = parts.peekable();
        if parts.peek().is_none() {
            return rest.is_empty();
        }
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                return rest.ends_with(part);
            }
            let Some(at) = rest.find(part) else { return false };
            rest = &rest[at + part.len()..];
        }
        true
    }

    /// How exactly it names a value: whole values before patterns, long patterns before short ones.
    pub fn precision(&self) -> (bool, usize) {
        (!self.value.contains('*'), self.value.len())
    }
}

impl Entity for CostRule {
    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn compare(&self, other: &Self, places: &dyn Places) -> Ordering {
        compare_by!(self, other, row => (&row.label, &row.value, row.from, row.until))
            .then_with(|| compare_by!(self, other, row => (row.team.map(|team| places.of(team)), row.service.map(|service| places.of(service)), &row.note, &row.source)))
    }

    fn display_name(&self, names: &dyn Names) -> String {
        let whose = [self.team.map(EntityRef::from), self.service.map(EntityRef::from)];
        let whose: Vec<String> = whose.into_iter().flatten().map(|whose| names.name(whose)).collect();
        format!("cost of {} {} is of {}", self.label, self.value, whose.join(", "))
    }

    fn check_together(&self) -> Result<(), FieldError> {
        if self.team.is_none() && self.service.is_none() {
            return Err(FieldError::new("team", "is missing: a cost rule needs a team or a service"));
        }
        Ok(())
    }

    fn without(&self, removal: &dyn Removal) -> Option<Self> {
        let is_left = |target: EntityRef| !removal.is_gone(target);
        let team = self.team.filter(|team| is_left((*team).into()));
        let service = self.service.filter(|service| is_left((*service).into()));
        (team.is_some() || service.is_some()).then(|| Self { team, service, ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_values() {
        let matches = |pattern: &str, value: &str| {
            CostRule { value: pattern.into(), ..CostRule::default() }.matches(value)
        };
        assert!(matches("booking", "Booking") && !matches("booking", "booking-api"));
        assert!(matches("booking*", "booking-api") && matches("*-prod", "booking-prod"));
        assert!(matches("*", "") && matches("a*b*c", "a-b-b-c") && !matches("a*b*c", "a-c"));
        assert!(!matches("a*a", "a") && matches("", ""), "each part has characters of its own");
    }
}
